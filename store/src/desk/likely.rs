//! Likely duplicates of a case: the same country, overlapping days, and the same service or place; among the
//! organisation's own cases and all published incidents, never among others' unpublished ones.

use std::collections::BTreeSet;

use domain::country::CountryCode;
use domain::fold;
use domain::form::Form;
use domain::incident::Draft;
use domain::rights::Action;
use domain::{Day, PartialDate, stored};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::audit::{self, Entry};
use super::cases::{Case, allow, locked};
use super::{Member, Saved};
use crate::error::Result;
use crate::{CURRENT, Store, StoreError, stamp, text};

const PLACES_GONE: &str = "DELETE FROM desk_case_place WHERE case_id = $1";
const ADD_PLACE: &str = "INSERT INTO desk_case_place (case_id, organisation, country, first_day, last_day) \
     VALUES ($1, $2, $3, $4, $5)";
// Both come through an index on the country, and both read whatever overlaps the case's own days.
const OWN: &str = "SELECT DISTINCT o.id, o.working, o.created_at FROM desk_case_place p \
     JOIN desk_case_place q ON q.organisation = p.organisation AND q.country = p.country \
         AND q.first_day <= p.last_day AND q.last_day >= p.first_day AND q.case_id <> p.case_id \
     JOIN desk_case o ON o.id = q.case_id AND o.public_state = 'none' \
     WHERE p.case_id = $1 ORDER BY o.created_at DESC, o.id DESC LIMIT 100";
const PUBLISHED: &str = "SELECT DISTINCT i.id, i.reference, i.content, i.start_first FROM desk_case_place p \
     JOIN record_incident_facet f ON f.facet = 'country' AND f.value = p.country \
     JOIN record_incident i ON i.version_id = f.version_id AND i.edition_to = $2 AND i.state = 'published' \
         AND i.start_first <= p.last_day AND i.last_day >= p.first_day AND i.id <> p.case_id \
     LEFT JOIN record_withheld w ON w.incident = i.id \
     WHERE p.case_id = $1 AND w.incident IS NULL ORDER BY i.start_first DESC, i.id LIMIT 100";
const SAID: &str = "SELECT other, said FROM desk_case_likely WHERE case_id = $1";
const SAY: &str = "INSERT INTO desk_case_likely (case_id, other, said, member, at) VALUES ($1, $2, $3, $4, $5) \
     ON CONFLICT (case_id, other) DO UPDATE SET said = excluded.said, member = excluded.member, at = excluded.at";
const PUBLISHED_ONE: &str = "SELECT id, reference, content FROM record_incident \
     WHERE reference = $1 AND edition_to = $2 AND state = 'published' \
     AND NOT EXISTS (SELECT 1 FROM record_withheld w WHERE w.incident = record_incident.id)";
const OWN_ONE: &str = "SELECT id, working FROM desk_case WHERE id = $1 AND organisation = $2";

pub(super) const QUERIES: &[&str] =
    &[PLACES_GONE, ADD_PLACE, OWN, PUBLISHED, SAID, SAY, PUBLISHED_ONE, OWN_ONE];

/// Shown at most.
const MOST: usize = 8;

/// A case or incident that may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    /// Its reference where it is published, else the case's id: what a form names it by.
    pub key: String,
    /// It is published.
    pub is_published: bool,
    /// Its title.
    pub title: String,
    /// Its start, as it stands there.
    pub start: String,
    /// The series it belongs to.
    pub series: String,
    /// It was linked to this case, and is not published yet.
    pub is_linked: bool,
}

/// What a member says of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Another incident, which has to do with this one.
    Related,
    /// Another order of the same series.
    SameSeries,
    /// Neither: it is set aside.
    NotTheSame,
}

/// What two cases are compared by.
struct Told {
    id: String,
    likely: Likely,
    kind: String,
    services: BTreeSet<String>,
    places: BTreeSet<String>,
}

impl Store {
    /// What may be the same as this case, what shares a service or a place first. Three queries, however much there is.
    pub async fn likely(&self, case: &Case) -> Result<Vec<Likely>> {
        let mut connection = self.desk_pool().acquire().await?;
        let said = sqlx::query(SAID).bind(case.id.clone()).fetch_all(&mut *connection).await?;
        let said: Vec<(String, String)> =
            said.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_>>()?;
        let said_of = |id: &str| said.iter().find(|(other, _)| other == id).map(|(_, said)| said.as_str());
        let own = sqlx::query(OWN).bind(case.id.clone()).fetch_all(&mut *connection).await?;
        let published =
            sqlx::query(PUBLISHED).bind(case.id.clone()).bind(CURRENT).fetch_all(&mut *connection).await?;
        let mut all: Vec<Told> = own.iter().map(told_by_case).collect::<Result<_>>()?;
        all.extend(published.iter().map(told_by_record).collect::<Result<Vec<_>>>()?);
        let mine = told(case.id.clone(), &case.draft);
        let related: BTreeSet<&str> = case.draft.related.lines().map(str::trim).collect();
        let mut found: Vec<(u8, Likely)> = Vec::new();
        for mut other in all {
            let Some(closeness) = closeness(&mine, &other) else { continue };
            other.likely.is_linked = said_of(&other.id) == Some("related") && !other.likely.is_published;
            let in_series = !other.likely.series.is_empty() && other.likely.series == case.draft.series;
            let settled = said_of(&other.id) == Some("not-the-same")
                || related.contains(other.likely.key.as_str())
                || in_series;
            if !settled {
                found.push((closeness, other.likely));
            }
        }
        found.sort_by_key(|(closeness, _)| *closeness);
        Ok(found.into_iter().map(|(_, likely)| likely).take(MOST).collect())
    }

    /// Keeps what a member says of a likely duplicate. A published one that is related, and a series, stand in the
    /// case's own fields from then on, saved on the revision that the form names.
    pub async fn say_of_likely(
        &self,
        member: &Member,
        id: &str,
        key: &str,
        verdict: Verdict,
        at: jiff::Timestamp,
    ) -> Result<()> {
        let mut tx = self.write().await?;
        let (case, facts) = locked(&mut tx, member, id).await?;
        allow(member, &case, Action::Edit, facts)?;
        case.working_state.ok_or(StoreError::WrongState)?;
        let other = one(&mut tx, member, key).await?;
        let (field, value, act) = match verdict {
            Verdict::Related if other.likely.is_published => {
                let lines = case.draft.related.lines().map(str::trim).filter(|line| *line != key);
                let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).chain([key]).collect();
                ("related", lines.join("\n"), "likely duplicate linked")
            }
            Verdict::Related => ("", String::new(), "likely duplicate linked"),
            Verdict::SameSeries => ("series", series(&case.draft, &other), "likely duplicate in series"),
            Verdict::NotTheSame => ("", String::new(), "likely duplicate set aside"),
        };
        if verdict != Verdict::SameSeries {
            let said = if verdict == Verdict::NotTheSame { "not-the-same" } else { "related" };
            sqlx::query(SAY)
                .bind(id.to_owned())
                .bind(other.id.clone())
                .bind(said)
                .bind(member.id.clone())
                .bind(stamp(at))
                .execute(&mut *tx)
                .await?;
        }
        audit::append(&mut tx, at, Entry { act, actor: &member.id, subject: id, reason: key }).await?;
        if !field.is_empty() {
            let fields = [(field.to_owned(), value)];
            let base = case.revision;
            match super::change::save_in(&mut tx, member, id, base, (Form::Case, &fields), true, at).await? {
                Saved::At(_) => {}
                // Locked since it was read: nobody else can have changed it.
                Saved::Conflict { .. } => return Err(StoreError::WrongState),
            }
        }
        Ok(tx.commit().await?)
    }
}

/// Writes where and when a case happened, as far as its working version says so.
pub(super) async fn keep_places(tx: &mut Transaction<'_, Any>, case: &Case) -> Result<()> {
    sqlx::query(PLACES_GONE).bind(case.id.clone()).execute(&mut **tx).await?;
    let Some((first, last)) = days(&case.draft) else { return Ok(()) };
    let codes: BTreeSet<CountryCode> = case.draft.places.iter().filter_map(|p| p.parse().ok()).collect();
    for code in codes {
        sqlx::query(ADD_PLACE)
            .bind(case.id.clone())
            .bind(case.organisation.clone())
            .bind(code.to_string())
            .bind(first.to_string())
            .bind(last.to_string())
            .execute(&mut **tx)
            .await?;
    }
    Ok(())
}

/// The days that it can have been going on, as far as they are typed.
fn days(draft: &Draft) -> Option<(Day, Day)> {
    let start: PartialDate = draft.start.parse().ok()?;
    let end = draft.end.parse().map_or(start, |end: PartialDate| end);
    Some((start.first(), end.last().max(start.last())))
}

/// How alike two are: 0 where they share a service or a place, 1 where one says neither and the kind is the same,
/// nothing where they tell of different ones.
fn closeness(mine: &Told, other: &Told) -> Option<u8> {
    let shares = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).next().is_some();
    if shares(&mine.services, &other.services) || shares(&mine.places, &other.places) {
        return Some(0);
    }
    let says_nothing = |told: &Told| told.services.is_empty() && told.places.is_empty();
    let same_kind = !mine.kind.is_empty() && mine.kind == other.kind;
    ((says_nothing(mine) || says_nothing(other)) && same_kind).then_some(1)
}

/// The name of the series that both belong to from now on.
fn series(mine: &Draft, other: &Told) -> String {
    let names = [&other.likely.series, &mine.series, &other.likely.key];
    let published = other.likely.is_published;
    let name = names.into_iter().take(if published { 3 } else { 2 }).find(|name| !name.trim().is_empty());
    // A series is public with the case: an unpublished case's title is nobody's to publish by it.
    let title = if published && !other.likely.title.is_empty() { &other.likely.title } else { &mine.title };
    name.unwrap_or(title).trim().chars().take(domain::incident::LIMITS.line).collect()
}

/// The published incident or own case that a form names.
async fn one(tx: &mut Transaction<'_, Any>, member: &Member, key: &str) -> Result<Told> {
    let row = sqlx::query(PUBLISHED_ONE).bind(text(key)).bind(CURRENT).fetch_optional(&mut **tx).await?;
    if let Some(row) = row {
        return told_by_record(&row);
    }
    let own = sqlx::query(OWN_ONE).bind(text(key)).bind(member.organisation.clone());
    told_by_case(&own.fetch_optional(&mut **tx).await?.ok_or(StoreError::NotFound)?)
}

fn told_by_case(row: &AnyRow) -> Result<Told> {
    let json: Option<String> = row.try_get(1)?;
    let draft: Draft = json.map(|json| serde_json::from_str(&json)).transpose()?.unwrap_or_default();
    Ok(told(row.try_get(0)?, &draft))
}

fn told_by_record(row: &AnyRow) -> Result<Told> {
    let (id, reference): (String, String) = (row.try_get(0)?, row.try_get(1)?);
    let incident = stored::read(&row.try_get::<String, _>(2)?)?;
    Ok(Told {
        likely: Likely {
            key: reference,
            is_published: true,
            title: incident.title.clone(),
            start: incident.start.to_string(),
            series: incident.series.clone(),
            is_linked: false,
        },
        kind: incident.kind.slug().to_owned(),
        services: incident.services.iter().map(|s| fold::words(s).join(" ")).collect(),
        places: places(&incident.place_name),
        id,
    })
}

fn told(id: String, draft: &Draft) -> Told {
    let lines =
        |text: &str| text.lines().map(|l| fold::words(l).join(" ")).filter(|l| !l.is_empty()).collect();
    Told {
        likely: Likely {
            key: id.clone(),
            is_published: false,
            title: draft.title.clone(),
            start: draft.start.clone(),
            series: draft.series.clone(),
            is_linked: false,
        },
        id,
        kind: draft.kind.clone(),
        services: lines(&draft.services),
        places: places(&draft.place_name),
    }
}

/// The places that a text names, one each: "North-West and South-West regions, Bamenda".
fn places(text: &str) -> BTreeSet<String> {
    let parts = text.split([',', ';', '\n', '/']);
    parts.map(|part| fold::words(part).join(" ")).filter(|part| !part.is_empty()).collect()
}
