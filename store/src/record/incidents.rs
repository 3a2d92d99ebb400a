//! Incidents: one at its address, and lists of them.

use std::collections::BTreeMap;

use domain::country::CountryCode;
use domain::incident::Incident;
use domain::stored;
use sqlx::{Row, any::AnyRow};

use super::{
    Cause, CountryCount, Dispute, IncidentAnswer, IncidentFilter, IncidentLine, PublicIncident, Record,
    Retracted, WithheldField, day,
};
use crate::error::Result;

const ONE: &str = "SELECT id, state, content, content_hash, hash_before, edition_from, reason FROM record_incident \
     WHERE reference = $2 AND edition_from <= $1 AND $1 < edition_to";
const WITHHELD: &str = "SELECT day FROM record_withheld WHERE incident = $1";
const ERASED: &str = "SELECT day FROM record_erasure WHERE reference = $1";
const DISPUTE: &str = "SELECT said_by, reason, edition_from FROM record_dispute \
     WHERE id = $1 AND edition_from <= $2 AND $2 < edition_to";
const REDACTIONS: &str = "SELECT field, day FROM record_redaction WHERE incident = $1 ORDER BY day, field";

// Withheld incidents are in no list; those retracted are at their own address only. An empty text asks for all.
macro_rules! listed {
    () => {
        "FROM record_incident i \
         LEFT JOIN record_withheld w ON w.incident = i.id \
         LEFT JOIN record_dispute d ON d.id = i.id AND d.edition_from <= $1 AND $1 < d.edition_to \
         WHERE i.edition_from <= $1 AND $1 < i.edition_to AND i.state = 'published' AND w.incident IS NULL \
         AND ($2 = '' OR EXISTS (SELECT 1 FROM record_incident_facet f \
             WHERE f.version_id = i.version_id AND f.facet = 'country' AND f.value = $2)) \
         AND ($3 = '' OR i.kind = $3) AND ($4 = '' OR i.bearing = $4) \
         AND ($5 = '' OR EXISTS (SELECT 1 FROM record_incident_facet f \
             WHERE f.version_id = i.version_id AND f.facet = 'year' AND f.value = $5)) \
         AND ($6 = '' OR EXISTS (SELECT 1 FROM record_incident_facet f \
             WHERE f.version_id = i.version_id AND f.facet = 'treaty' AND f.value = $6))"
    };
}
const LIST: &str = concat!(
    "SELECT i.reference, i.content, i.edition_from, CASE WHEN d.id IS NULL THEN 0 ELSE 1 END ",
    listed!(),
    " AND ($7 = '' OR i.start_first < $7 OR (i.start_first = $7 AND i.reference < $8)) \
     ORDER BY i.start_first DESC, i.reference DESC LIMIT $9"
);
const COUNT: &str = concat!("SELECT COUNT(*) ", listed!());
const BY_COUNTRY: &str = "SELECT f.value, f.facet, COUNT(*) FROM record_incident_facet f \
     JOIN record_incident i ON i.version_id = f.version_id \
     LEFT JOIN record_withheld w ON w.incident = i.id \
     WHERE i.edition_from <= $1 AND $1 < i.edition_to AND i.state = 'published' AND w.incident IS NULL \
     AND (f.facet = 'country' OR f.facet = 'counted') GROUP BY f.value, f.facet";

pub(super) const QUERIES: &[&str] = &[ONE, WITHHELD, ERASED, DISPUTE, REDACTIONS, LIST, COUNT, BY_COUNTRY];

impl Record {
    /// What stands at an incident's address; `None` where nothing ever did as of this edition.
    pub async fn incident(&self, reference: &str) -> Result<Option<IncidentAnswer>> {
        let erased = sqlx::query(ERASED).bind(crate::text(reference)).fetch_optional(&self.pool).await?;
        if erased.is_some() {
            return Ok(Some(IncidentAnswer::Erased));
        }
        let row = sqlx::query(ONE)
            .bind(self.edition)
            .bind(crate::text(reference))
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let id: String = row.try_get(0)?;
        if sqlx::query(WITHHELD).bind(id.clone()).fetch_optional(&self.pool).await?.is_some() {
            return Ok(Some(IncidentAnswer::Withheld));
        }
        let history = self.history(&id).await?;
        let replies = self.replies(&id).await?;
        let edition_from: i64 = row.try_get(5)?;
        if row.try_get::<String, _>(1)? == "retracted" {
            return Ok(Some(IncidentAnswer::Retracted(Retracted {
                reference: reference.to_owned(),
                reason: row.try_get(6)?,
                // A reply may have been answered since.
                on: history
                    .iter()
                    .rfind(|edition| edition.cause == Cause::Retraction)
                    .map_or(self.day, |edition| edition.day),
                edition: edition_from,
                replies,
                history,
            })));
        }
        let evidence = self.evidence(&id).await?;
        let dispute =
            sqlx::query(DISPUTE).bind(id.clone()).bind(self.edition).fetch_optional(&self.pool).await?;
        let withheld = sqlx::query(REDACTIONS).bind(id).fetch_all(&self.pool).await?;
        let json: String = row.try_get(2)?;
        Ok(Some(IncidentAnswer::Published(Box::new(PublicIncident {
            reference: reference.to_owned(),
            incident: stored::read(&json)?,
            json,
            content_hash: row.try_get(3)?,
            hash_before: row.try_get(4)?,
            edition_from,
            withheld_fields: withheld
                .iter()
                .map(|row| Ok(WithheldField { field: row.try_get(0)?, on: day(row, 1)? }))
                .collect::<Result<_>>()?,
            evidence,
            replies,
            dispute: dispute.map(|row| self::dispute(&row)).transpose()?,
            history,
        }))))
    }

    /// Incidents, newest first possible day first.
    pub async fn incidents(&self, filter: &IncidentFilter) -> Result<Vec<IncidentLine>> {
        let (start, reference) =
            filter.after.as_ref().map_or(("", ""), |after| (after.start.as_str(), after.reference.as_str()));
        let limit = if filter.limit > 0 { filter.limit } else { i64::MAX };
        let rows = self
            .filtered(LIST, filter)
            .bind(crate::text(start))
            .bind(crate::text(reference))
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(line).collect()
    }

    /// How many incidents a filter finds, whatever its page.
    pub async fn incident_count(&self, filter: &IncidentFilter) -> Result<i64> {
        Ok(self.filtered(COUNT, filter).fetch_one(&self.pool).await?.try_get(0)?)
    }

    /// How many incidents each country has.
    pub async fn incident_counts_by_country(&self) -> Result<BTreeMap<CountryCode, CountryCount>> {
        let rows = sqlx::query(BY_COUNTRY).bind(self.edition).fetch_all(&self.pool).await?;
        let mut counts: BTreeMap<CountryCode, CountryCount> = BTreeMap::new();
        for row in &rows {
            let code: String = row.try_get(0)?;
            let facet: String = row.try_get(1)?;
            let number: i64 = row.try_get(2)?;
            let Ok(code) = code.parse::<CountryCode>() else { continue };
            let count = counts.entry(code).or_default();
            if facet == "counted" {
                count.answerable += number;
                count.others -= number;
            } else {
                count.others += number;
            }
        }
        Ok(counts)
    }

    fn filtered(
        &self,
        query: &'static str,
        filter: &IncidentFilter,
    ) -> sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments> {
        let text = |value: Option<&str>| crate::text(value.unwrap_or_default());
        sqlx::query(query)
            .bind(self.edition)
            .bind(filter.country.map(|c| c.to_string()).unwrap_or_default())
            .bind(text(filter.kind.map(|k| k.slug())))
            .bind(text(filter.bearing.map(|b| b.slug())))
            .bind(filter.year.map(|y| y.to_string()).unwrap_or_default())
            .bind(text(filter.treaty.as_deref()))
    }
}

/// What a version is found by: written beside it when it is published. `country` finds answerable or happened
/// there; `counted` is what enters counts.
pub(crate) fn facets(incident: &Incident) -> Vec<(&'static str, String)> {
    let mut facets: Vec<(&'static str, String)> = Vec::new();
    let answerable = incident.answerable();
    facets.extend(answerable.iter().map(|c| ("answerable", c.to_string())));
    facets.extend(answerable.iter().chain(&incident.happened_here()).map(|c| ("country", c.to_string())));
    if incident.counts() {
        facets.extend(answerable.iter().map(|c| ("counted", c.to_string())));
    }
    facets.extend(super::years_of(incident.start, incident.end).take(200).map(|y| ("year", y.to_string())));
    facets.extend(incident.analysis.links.iter().map(|l| ("treaty", l.treaty.to_string())));
    facets.sort_unstable();
    facets.dedup();
    facets
}

fn dispute(row: &AnyRow) -> Result<Dispute> {
    Ok(Dispute { said_by: row.try_get(0)?, reason: row.try_get(1)?, edition_from: row.try_get(2)? })
}

fn line(row: &AnyRow) -> Result<IncidentLine> {
    let json: String = row.try_get(1)?;
    Ok(IncidentLine {
        reference: row.try_get(0)?,
        incident: stored::read(&json)?,
        edition_from: row.try_get(2)?,
        is_disputed: row.try_get::<i64, _>(3)? != 0,
    })
}
