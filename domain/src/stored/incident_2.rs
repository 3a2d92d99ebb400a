//! Schema `incident/2`: schema 1, and in one object what only some kinds have. Frozen: never change what these structs
//! write.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Unreadable;
use super::incident_1::{IncidentV1, SCHEMA as SCHEMA_1, maybe, value};
use crate::incident::{Incident, Particulars, Person, Side, Stage};

pub(super) const SCHEMA: &str = "incident/2";

/// Where the object stands.
const PARTICULARS: &str = "particulars";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParticularsV2 {
    start_time: Option<String>,
    end_time: Option<String>,
    extent: Option<String>,
    aimed_at: Vec<String>,
    channel: Option<String>,
    requesting: SideV2,
    requested: SideV2,
    provider: String,
    targets: Vec<String>,
    persons: Vec<PersonV2>,
    stages: Vec<StageV2>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SideV2 {
    state: Option<String>,
    authority: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonV2 {
    role: String,
    number: Option<u32>,
    name: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StageV2 {
    stage: String,
    date: Option<String>,
    note: String,
}

/// What is written of `incident`.
pub(super) fn write(incident: &Incident) -> Result<Value, serde_json::Error> {
    let mut json = serde_json::to_value(IncidentV1::from(incident))?;
    json["schema"] = SCHEMA.into();
    json[PARTICULARS] = serde_json::to_value(ParticularsV2::from(&incident.particulars))?;
    Ok(json)
}

/// Up to today's type.
pub(super) fn read(json: &str) -> Result<Incident, Unreadable> {
    let mut all: Map<String, Value> = serde_json::from_str(json)?;
    let particulars: ParticularsV2 = serde_json::from_value(all.remove(PARTICULARS).unwrap_or_default())?;
    all.insert("schema".to_owned(), SCHEMA_1.into());
    let incident = serde_json::from_value::<IncidentV1>(Value::Object(all))?.up()?;
    Ok(Incident { particulars: particulars.up()?, ..incident })
}

impl From<&Particulars> for ParticularsV2 {
    fn from(p: &Particulars) -> Self {
        let side = |side: &Side| SideV2 {
            state: side.state.map(|state| state.to_string()),
            authority: side.authority.clone(),
        };
        let person = |person: &Person| PersonV2 {
            role: person.role.slug().to_owned(),
            number: person.number,
            name: person.name.clone(),
        };
        let stage = |stage: &Stage| StageV2 {
            stage: stage.stage.slug().to_owned(),
            date: stage.date.map(|date| date.to_string()),
            note: stage.note.clone(),
        };
        Self {
            start_time: p.start_time.map(|time| time.to_string()),
            end_time: p.end_time.map(|time| time.to_string()),
            extent: p.extent.map(|extent| extent.slug().to_owned()),
            aimed_at: p.aimed_at.clone(),
            channel: p.channel.map(|channel| channel.slug().to_owned()),
            requesting: side(&p.requesting),
            requested: side(&p.requested),
            provider: p.provider.clone(),
            targets: p.targets.clone(),
            persons: p.persons.iter().map(person).collect(),
            stages: p.stages.iter().map(stage).collect(),
        }
    }
}

impl ParticularsV2 {
    fn up(self) -> Result<Particulars, Unreadable> {
        Ok(Particulars {
            start_time: maybe(&self.start_time)?,
            end_time: maybe(&self.end_time)?,
            extent: maybe(&self.extent)?,
            aimed_at: self.aimed_at,
            channel: maybe(&self.channel)?,
            requesting: self.requesting.up()?,
            requested: self.requested.up()?,
            provider: self.provider,
            targets: self.targets,
            persons: self.persons.into_iter().map(PersonV2::up).collect::<Result<_, _>>()?,
            stages: self.stages.into_iter().map(StageV2::up).collect::<Result<_, _>>()?,
        })
    }
}

impl SideV2 {
    fn up(self) -> Result<Side, Unreadable> {
        Ok(Side { state: maybe(&self.state)?, authority: self.authority })
    }
}

impl PersonV2 {
    fn up(self) -> Result<Person, Unreadable> {
        Ok(Person { role: value(&self.role)?, number: self.number, name: self.name })
    }
}

impl StageV2 {
    fn up(self) -> Result<Stage, Unreadable> {
        Ok(Stage { stage: value(&self.stage)?, date: maybe(&self.date)?, note: self.note })
    }
}
