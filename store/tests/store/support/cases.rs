//! People and cases, all plainly fictional.

use domain::Day;
use domain::country::{Country, CountryKind, Gazetteer};
use domain::rights::Role;
use store::Store;
use store::desk::{Member, NewMember, Saved, SealingKey, SessionTimes};
use store::publish::Published;

/// The day on which everything happens.
pub(crate) const TODAY: Day = jiff::civil::date(2026, 11, 20);

/// What submitting asks for.
pub(crate) const FOR_SUBMITTING: &[(&str, &str)] = &[
    ("places.0", "Freedonia"),
    ("kind", "platform-blocking"),
    ("start", "2016-05-02"),
    ("narrative", "A court of Freedonia ordered a messenger blocked. All operators complied for a day."),
    ("sources.0.url", "https://example.org/freedonia-blocks-messenger"),
];

/// What publishing asks for beyond that.
pub(crate) const FOR_PUBLISHING: &[(&str, &str)] = &[
    ("title", "Messenger blocked in Freedonia by court order"),
    ("bearing", "alleged-misuse"),
    ("actors.0.role", "ordered"),
    ("actors.0.state", "XFR"),
    ("actors.0.attribution", "acknowledged"),
    ("authority_kind", "court"),
    ("no_justification_found", "yes"),
    ("naming", "nobody-named"),
    ("comment_not_asked", "The court does not answer questions."),
];

/// `minute` minutes into the day.
pub(crate) fn at(minute: i64) -> jiff::Timestamp {
    let start: jiff::Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
    start + jiff::SignedDuration::from_mins(minute)
}

/// Fields as a form sends them.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

/// Two countries that no map has.
pub(crate) fn countries() -> Vec<Country> {
    [("XFR", "Freedonia"), ("XSY", "Sylvania")]
        .map(|(code, name)| Country {
            code: code.parse().unwrap(),
            alpha2: None,
            name: name.to_owned(),
            kind: CountryKind::State,
            region: Some("Nowhere".to_owned()),
            sub_region: None,
            existed_from: None,
            existed_to: None,
            administered_by: None,
            aliases: Vec::new(),
            source: "made up for a test".to_owned(),
        })
        .into()
}

/// An organisation with a researcher and two reviewers, and somebody from another organisation.
pub(crate) struct People {
    pub(crate) researcher: Member,
    pub(crate) first: Member,
    pub(crate) second: Member,
    pub(crate) stranger: Member,
    pub(crate) gazetteer: Gazetteer,
}

impl People {
    pub(crate) async fn join(store: &Store) -> Self {
        store.add_organisation("harbour", "Harbour Watch", at(0)).await.unwrap();
        store.add_organisation("lighthouse", "Lighthouse", at(0)).await.unwrap();
        Self {
            researcher: member(store, "harbour", "researcher@example.org", Role::Researcher).await,
            first: member(store, "harbour", "first@example.org", Role::Reviewer).await,
            second: member(store, "harbour", "second@example.org", Role::Reviewer).await,
            stranger: member(store, "lighthouse", "stranger@example.org", Role::Reviewer).await,
            gazetteer: Gazetteer::new(&countries()),
        }
    }
}

pub(crate) async fn member(store: &Store, organisation: &str, email: &str, role: Role) -> Member {
    let new = NewMember { email, organisation, role, password_hash: "a hash", is_trial: false };
    store.add_member(new, at(0)).await.unwrap();
    let id = store.sign_in(email).await.unwrap().unwrap().member;
    let token = store.begin_session(&id, SessionTimes::default(), at(0)).await.unwrap();
    store.session(&token, SessionTimes::default(), at(0)).await.unwrap().unwrap()
}

/// Saves `pairs`, based on what stands there now; the revision made.
pub(crate) async fn save(store: &Store, member: &Member, id: &str, pairs: &[(&str, &str)]) -> i64 {
    let base = store.case(member, id).await.unwrap().0.revision;
    match store.save(member, id, base, &fields(pairs), true, at(2)).await.unwrap() {
        Saved::At(revision) => revision,
        conflict => panic!("{conflict:?}"),
    }
}

/// The hash of the working version, as `member` sees it.
pub(crate) async fn seen(store: &Store, member: &Member, id: &str) -> String {
    store.case(member, id).await.unwrap().0.draft_hash().unwrap()
}

/// A new case of the researcher, not submitted.
pub(crate) async fn open(store: &Store, people: &People) -> String {
    let id = store.new_case(&people.researcher, at(1)).await.unwrap();
    save(store, &people.researcher, &id, FOR_SUBMITTING).await;
    id
}

/// The researcher fills in what publishing asks for.
async fn complete(store: &Store, people: &People, id: &str) {
    save(store, &people.researcher, id, FOR_PUBLISHING).await;
}

/// A case that the researcher completed and submitted.
pub(crate) async fn submitted(store: &Store, people: &People) -> String {
    let id = open(store, people).await;
    complete(store, people, &id).await;
    store.submit(&people.researcher, &id, &people.gazetteer, TODAY, at(3)).await.unwrap();
    id
}

/// A case that stands verified by the first reviewer.
pub(crate) async fn verified(store: &Store, people: &People) -> String {
    let id = submitted(store, people).await;
    let hash = seen(store, &people.first, &id).await;
    store.verify(&people.first, &id, &hash, &people.gazetteer, TODAY, at(4)).await.unwrap();
    id
}

/// The second reviewer publishes a case that stands verified.
pub(crate) async fn publish(store: &Store, people: &People, id: &str) -> Published {
    store.publish(&people.second, id, &people.gazetteer, &key(), TODAY, at(5)).await.unwrap()
}

/// A published case: its id and what publishing gave.
pub(crate) async fn published(store: &Store, people: &People) -> (String, Published) {
    let id = verified(store, people).await;
    let published = publish(store, people, &id).await;
    (id, published)
}

/// The key of sealed notes and evidence in these tests.
pub(crate) fn key() -> SealingKey {
    SealingKey::new([7; 32])
}
