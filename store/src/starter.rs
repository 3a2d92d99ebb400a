//! Loading the starter record: one act, one edition, on an empty record only.
//!
//! The incidents become cases of an organisation "Starter record" that nobody belongs to, so that they can be
//! corrected like any other once somebody is made a member of it.

use std::collections::BTreeMap;

use domain::country::Country;
use domain::fact::Fact;
use domain::incident::{Draft, Incident};
use domain::indicator::{Coverage, Indicator, Observation};
use domain::treaty::{GroupMember, Provision, Treaty, TreatyAction};
use sha2::{Digest, Sha256};
use sqlx::{Any, Row, Transaction};

use crate::desk::audit::{self, Entry};
use crate::error::Result;
use crate::publish::{NewVersion, add_edition, insert_fact, insert_version, next_edition, next_reference};
use crate::record::Cause;
use crate::{CURRENT, Store, StoreError, new_id, stamp};

const RELEASE: &str = "INSERT INTO record_release (id, indicator, edition_from, edition_to, hash, content) \
     VALUES ($1, $2, $3, $4, $5, $6)";
// A float that may be absent is bound as a number and a flag: sqlx's `Any` gives PostgreSQL an absent double the
// type of a single, and the statement it keeps then refuses the doubles that follow.
const OBSERVATION: &str = "INSERT INTO record_observation (release_id, country, period, value, low, high) \
     VALUES ($1, $2, $3, $4, CASE WHEN $6 = 1 THEN CAST($5 AS DOUBLE PRECISION) END, \
     CASE WHEN $8 = 1 THEN CAST($7 AS DOUBLE PRECISION) END)";
const ORGANISATION: &str = "INSERT INTO desk_organisation (id, slug, name, created_at) VALUES ($1, 'starter-record', 'Starter record', $2)";
const MEMBER: &str = "INSERT INTO desk_member (id, email, password_hash, disabled, created_at) \
     VALUES ($1, 'starter-record', '', 1, $2)";
const CASE: &str = "INSERT INTO desk_case (id, organisation, entrant, reference, public_state, working, revision, \
     field_revisions, version, note, created_at, changed_at) \
     VALUES ($1, $2, $3, $4, 'published', $5, 1, '{}', 1, '', $6, $6)";
const EDITION: &str = "SELECT edition FROM record_head WHERE one = 1";

pub(crate) const QUERIES: &[&str] = &[RELEASE, OBSERVATION, ORGANISATION, MEMBER, CASE, EDITION];

/// What the starter record holds, read and checked.
#[derive(Clone, Debug, Default)]
pub struct Starter {
    /// Countries and areas.
    pub countries: Vec<Country>,
    /// Instruments, in the order they are shown.
    pub treaties: Vec<Treaty>,
    /// Memberships of groups.
    pub groups: Vec<GroupMember>,
    /// Provisions, in order.
    pub provisions: Vec<Provision>,
    /// Treaty actions, settled.
    pub actions: Vec<TreatyAction>,
    /// Incidents, in the order in which they get their references.
    pub incidents: Vec<StarterIncident>,
    /// Indicators with their observations.
    pub indicators: Vec<(Indicator, Vec<Observation>)>,
    /// What the incidents cover.
    pub coverage: Vec<Coverage>,
}

/// An incident of the starter record.
#[derive(Clone, Debug)]
pub struct StarterIncident {
    /// Its key in the files: what others name it by there.
    pub key: String,
    /// The draft, for the case.
    pub draft: Draft,
    /// What it checked as.
    pub incident: Incident,
}

impl StarterIncident {
    /// With the keys of related incidents turned into their references.
    fn naming_others_by(&self, references: &BTreeMap<&str, String>) -> (Draft, Incident) {
        let (mut draft, mut incident) = (self.draft.clone(), self.incident.clone());
        for name in &mut incident.related {
            if let Some(reference) = references.get(name.as_str()) {
                name.clone_from(reference);
            }
        }
        draft.related = incident.related.join("\n");
        (draft, incident)
    }
}

impl Store {
    /// Publishes the starter record as the first edition.
    pub async fn load_starter(&self, starter: &Starter, at: jiff::Timestamp) -> Result<i64> {
        let mut tx = self.write().await?;
        let edition = next_edition(&mut tx).await?;
        if edition != 1 {
            return Err(StoreError::RecordNotEmpty);
        }
        let mut load = Load { tx: &mut tx, edition };
        load.reference_data(starter).await?;
        load.indicators(&starter.indicators).await?;
        load.incidents(&starter.incidents, at).await?;
        add_edition(&mut tx, edition, Cause::Starter, None, "", at).await?;
        let entry =
            Entry { act: "starter record loaded", actor: "command line", subject: "record", reason: "" };
        audit::append(&mut tx, at, entry).await?;
        tx.commit().await?;
        Ok(edition)
    }

    /// Nothing was ever published.
    pub async fn record_is_empty(&self) -> Result<bool> {
        let row = sqlx::query(EDITION).fetch_one(self.record_pool()).await?;
        Ok(row.try_get::<i64, _>(0)? == 0)
    }
}

struct Load<'t, 'c> {
    tx: &'t mut Transaction<'c, Any>,
    edition: i64,
}

impl Load<'_, '_> {
    async fn reference_data(&mut self, starter: &Starter) -> Result<()> {
        for country in &starter.countries {
            self.fact(Fact::Area(country.clone()), country.code.to_string(), 0).await?;
        }
        for (i, member) in starter.groups.iter().enumerate() {
            let id = format!("{}-{}-{i}", member.group, member.country);
            self.fact(Fact::Group(member.clone()), id, 0).await?;
        }
        for (i, coverage) in starter.coverage.iter().enumerate() {
            self.fact(Fact::Coverage(coverage.clone()), i.to_string(), 0).await?;
        }
        for (i, treaty) in starter.treaties.iter().enumerate() {
            self.fact(Fact::Treaty(Box::new(treaty.clone())), treaty.slug.to_string(), i).await?;
        }
        for (i, provision) in starter.provisions.iter().enumerate() {
            let id = format!("{}/{}", provision.treaty, provision.number);
            self.fact(Fact::Provision(provision.clone()), id, i).await?;
        }
        for (i, action) in starter.actions.iter().enumerate() {
            self.fact(Fact::Action(action.clone()), new_id(), i).await?;
        }
        Ok(())
    }

    async fn fact(&mut self, fact: Fact, id: String, position: usize) -> Result<()> {
        insert_fact(self.tx, self.edition, &id, &fact, position as i64).await
    }

    async fn indicators(&mut self, indicators: &[(Indicator, Vec<Observation>)]) -> Result<()> {
        for (indicator, observations) in indicators {
            let release = new_id();
            let mut hasher = Sha256::new();
            for o in observations {
                hasher.update(serde_json::to_string(o)?);
                sqlx::query(OBSERVATION)
                    .bind(release.clone())
                    .bind(o.country.to_string())
                    .bind(i64::from(o.year))
                    .bind(o.value)
                    .bind(o.low.unwrap_or(0.0))
                    .bind(i64::from(o.low.is_some()))
                    .bind(o.high.unwrap_or(0.0))
                    .bind(i64::from(o.high.is_some()))
                    .execute(&mut **self.tx)
                    .await?;
            }
            let hash: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
            sqlx::query(RELEASE)
                .bind(release)
                .bind(indicator.code.clone())
                .bind(self.edition)
                .bind(CURRENT)
                .bind(hash)
                .bind(serde_json::to_string(indicator)?)
                .execute(&mut **self.tx)
                .await?;
        }
        Ok(())
    }

    async fn incidents(&mut self, incidents: &[StarterIncident], at: jiff::Timestamp) -> Result<()> {
        let (organisation, member) = (new_id(), new_id());
        sqlx::query(ORGANISATION).bind(organisation.clone()).bind(stamp(at)).execute(&mut **self.tx).await?;
        // The entrant that every case needs: disabled from the start, so that nobody can sign in as it.
        sqlx::query(MEMBER).bind(member.clone()).bind(stamp(at)).execute(&mut **self.tx).await?;
        // Every reference first, because incidents name one another by the keys of their files.
        let mut references = BTreeMap::new();
        for one in incidents {
            let reference = next_reference(self.tx, one.incident.start.year()).await?;
            references.insert(one.key.as_str(), reference);
        }
        for one in incidents {
            let id = new_id();
            let reference = &references[one.key.as_str()];
            let (draft, incident) = one.naming_others_by(&references);
            sqlx::query(CASE)
                .bind(id.clone())
                .bind(organisation.clone())
                .bind(member.clone())
                .bind(reference.clone())
                .bind(serde_json::to_string(&draft)?)
                .bind(stamp(at))
                .execute(&mut **self.tx)
                .await?;
            insert_version(self.tx, NewVersion::incident(&id, reference, &incident, self.edition)).await?;
        }
        Ok(())
    }
}
