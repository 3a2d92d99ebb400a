//! The facts of the record at the desk: lists, a fact's form, what is not yet checked, proposals.
//!
//! A steward changes and checks, each as an edition; who works on cases proposes, by the same forms.

mod form;
mod lists;
mod unchecked;

pub(crate) use form::{fact, new_fact};
pub(crate) use lists::{facts, proposals, record};
pub(crate) use unchecked::unchecked;

use std::collections::BTreeSet;
use std::sync::Arc;

use app::desk::FactWords;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use domain::country::Gazetteer;
use domain::fact::{FactAction, FactKind, Known, may_on_facts};
use domain::treaty::{Treaty, TreatySlug};
use store::StoreError;
use store::desk::Member;

use super::{answer, member};
use crate::state::App;

/// Where everything here stands.
pub(super) const PATH: &str = "/desk/record";

/// Every form of these pages.
pub(crate) async fn change(State(app): State<App>, uri: Uri, request: Request) -> Response {
    match member::form(&app, request, uri.path()).await {
        Ok((member, fields)) => act(&app, &member, uri.path().trim_start_matches(PATH), &fields).await,
        Err(response) => response,
    }
}

/// What a form asks for that was sent to `rest`, the path below [`PATH`].
pub(in crate::routes::desk) async fn act(
    app: &App,
    member: &Member,
    rest: &str,
    fields: &[(String, String)],
) -> Response {
    let rest = percent_encoding::percent_decode_str(rest.trim_start_matches('/')).decode_utf8_lossy();
    match rest.split_once('/') {
        None if rest == "unchecked" => unchecked::check(app, member, fields).await,
        Some(("proposals", id)) => lists::decline(app, member, id, fields).await,
        kind_and_fact => {
            let (kind, fact) = kind_and_fact.map_or((&*rest, None), |(kind, fact)| (kind, Some(fact)));
            match kind.parse::<FactKind>() {
                Ok(kind) => form::act(app, member, kind, fact, fields).await,
                Err(_) => answer::refusal(app, &StoreError::NotFound),
            }
        }
    }
}

/// A member who may see the facts at the desk, and what was just done.
async fn seer(app: &App, uri: &Uri, headers: &HeaderMap) -> Result<(Member, Option<String>), Response> {
    let (member, done) = member::required_after(app, uri, headers).await?;
    if !may_on_facts(member.role, FactAction::See) {
        return Err(answer::refusal(app, &StoreError::Forbidden));
    }
    Ok((member, done))
}

/// What every page here is made with: the treaties on record and the countries in all their spellings.
struct Reading {
    treaties: Vec<Treaty>,
    slugs: BTreeSet<TreatySlug>,
    countries: Arc<Gazetteer>,
}

impl Reading {
    async fn new(app: &App) -> Result<Self, StoreError> {
        let treaties = app.live().treaties().await?;
        let slugs = treaties.iter().map(|treaty| treaty.slug.clone()).collect();
        Ok(Self { treaties, slugs, countries: app.gazetteer().await? })
    }

    fn known(&self, app: &App) -> Known<'_> {
        Known { countries: &self.countries, treaties: &self.slugs, today: app.today() }
    }

    fn words(self, app: &App) -> FactWords {
        FactWords {
            text: answer::context(app, PATH, true).text,
            treaties: self.treaties,
            countries: self.countries,
        }
    }
}

/// The address of the page after this one: the same list, from `last` on.
fn next(path: &str, of: &[(&str, &str)]) -> String {
    format!("{path}?{}", form_urlencoded::Serializer::new(String::new()).extend_pairs(of).finish())
}

/// The last value of a query by that name.
fn asked(uri: &Uri, name: &str) -> String {
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    pairs.filter(|(key, _)| key == name).map(|(_, value)| value.into_owned()).last().unwrap_or_default()
}
