//! Facts through the one door: added, changed, ended, checked, proposed; old editions keep answering as they did.

use domain::Problem;
use domain::fact::{CheckedAgainst, Fact, FactKind};
use domain::rights::Role;
use domain::treaty::{ActionKind, Effect, InForce, Treaty, TreatyAction};
use store::StoreError;
use store::desk::{Member, NewProposal, ProposalState, ProposedAct};
use store::publish::FactChange;
use store::record::{Cause, FactFilter, FactLine};

use crate::starter::{action, starter};
use crate::support::{People, TODAY, World, at, each_engine, fields, member};
use crate::thread::live;

/// A record with the made-up starter, and a steward.
async fn desk(world: &World) -> (Member, People) {
    world.store.load_starter(&starter(), at(0)).await.unwrap();
    let people = People::join(&world.store).await;
    world.store.add_organisation("operator", "Operator", at(0)).await.unwrap();
    (member(&world.store, "operator", "steward@example.org", Role::Steward).await, people)
}

async fn all(world: &World, kind: FactKind) -> Vec<FactLine> {
    let filter = FactFilter { limit: 1_000, ..FactFilter::default() };
    live(world).await.facts(kind, &filter).await.unwrap()
}

fn change(line: &FactLine, to: Option<Fact>) -> FactChange {
    FactChange { kind: line.fact.kind(), id: Some(line.id.clone()), seen: line.version.clone(), to }
}

fn add(fact: Fact) -> FactChange {
    FactChange { kind: fact.kind(), id: None, seen: String::new(), to: Some(fact) }
}

fn treaty_of(line: &FactLine) -> Treaty {
    let Fact::Treaty(treaty) = &line.fact else { panic!("{line:?}") };
    (**treaty).clone()
}

fn action_of(line: &FactLine) -> TreatyAction {
    let Fact::Action(action) = &line.fact else { panic!("{line:?}") };
    action.clone()
}

#[tokio::test]
async fn a_fact_is_added_changed_and_ended_and_old_editions_stay_as_they_were() {
    each_engine("a_fact_is_added_changed_and_ended", async |world| {
        let (steward, _) = desk(world).await;
        let store = &world.store;
        let dones = async || -> Vec<_> {
            let actions = live(world).await.actions_under_treaty("zeta").await.unwrap();
            actions.into_iter().map(|action| (action.kind, action.done)).collect()
        };
        let before = dones().await;
        let new = action("zeta", "XSY", ActionKind::Ratification, "2020-01-31");
        let edition =
            store.change_facts(&steward, vec![add(Fact::Action(new.clone()))], "Ratified", None, at(1)).await;
        assert_eq!(edition.unwrap(), 2);
        let lines = all(world, FactKind::Action).await;
        let added = lines.iter().find(|line| action_of(line).done == new.done).unwrap();
        assert_eq!((added.edition_from, added.edition_to), (2, None));

        let corrected = TreatyAction { provisions: "2".to_owned(), ..action_of(added) };
        let changes = vec![change(added, Some(Fact::Action(corrected)))];
        store.change_facts(&steward, changes, "Provision named", None, at(2)).await.unwrap();
        let stale = vec![change(added, None)];
        let late = store.change_facts(&steward, stale, "Late", None, at(3)).await;
        assert!(matches!(late, Err(StoreError::WrongState)), "{late:?}");
        assert_eq!(store.head().await.unwrap().edition, 3, "what is refused makes no edition");

        let record = live(world).await;
        let stands = record.fact(FactKind::Action, &added.id).await.unwrap().unwrap();
        store.change_facts(&steward, vec![change(&stands, None)], "A mistake", None, at(4)).await.unwrap();
        let record = live(world).await;
        assert_eq!(record.fact(FactKind::Action, &added.id).await.unwrap(), None);
        assert_eq!(dones().await, before);
        let history = record.fact_history(FactKind::Action, &added.id).await.unwrap();
        let spans: Vec<_> = history.iter().map(|line| (line.edition_from, line.edition_to)).collect();
        assert_eq!(spans, [(3, Some(4)), (2, Some(3))]);
        let head = store.head().await.unwrap();
        for (edition, count) in [(1, 2), (2, 3), (3, 3), (4, 2)] {
            let record = store.as_of(head, edition).await.unwrap().unwrap();
            assert_eq!(record.actions_under_treaty("zeta").await.unwrap().len(), count, "{edition}");
        }
        let editions = record.editions(None, 9).await.unwrap();
        assert_eq!((editions[0].cause, editions[0].reason.as_str()), (Cause::Facts, "A mistake"));
        assert_eq!(editions.iter().map(|edition| edition.number).collect::<Vec<_>>(), [4, 3, 2, 1]);
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn days_of_effect_follow_the_entry_into_force_and_the_treaty_s_rule() {
    each_engine("days_of_effect_follow", async |world| {
        let (steward, _) = desk(world).await;
        let store = &world.store;
        let effect = async || {
            let actions = live(world).await.actions_under_treaty("zeta").await.unwrap();
            actions.iter().find(|a| a.kind == ActionKind::Ratification).unwrap().effect
        };
        assert_eq!(effect().await, Effect::NotRecorded, "the starter of this test was not settled");
        let treaties = all(world, FactKind::Treaty).await;
        let zeta = treaties.iter().find(|line| line.id == "zeta").unwrap();
        let since = Treaty { in_force: InForce::Since("2002-01-01".parse().unwrap()), ..treaty_of(zeta) };
        let to = Some(Fact::Treaty(Box::new(since)));
        store.change_facts(&steward, vec![change(zeta, to)], "In force", None, at(1)).await.unwrap();
        assert!(matches!(effect().await, Effect::Computed(_)), "{:?}", effect().await);

        let entry = action("zeta", "XFR", ActionKind::EntryIntoForce, "2002-09-01");
        store
            .change_facts(&steward, vec![add(Fact::Action(entry.clone()))], "Entry", None, at(2))
            .await
            .unwrap();
        assert_eq!(effect().await, Effect::FromEntry(entry.done));
        let lines = all(world, FactKind::Action).await;
        let line = lines.iter().find(|l| action_of(l).kind == ActionKind::EntryIntoForce).unwrap();
        store.change_facts(&steward, vec![change(line, None)], "Not so", None, at(3)).await.unwrap();
        assert!(matches!(effect().await, Effect::Computed(_)), "{:?}", effect().await);
    })
    .await;
}

#[tokio::test]
async fn what_stands_already_what_is_in_use_and_what_changes_nothing_is_refused_whole() {
    each_engine("what_stands_already_is_refused", async |world| {
        let (steward, people) = desk(world).await;
        let store = &world.store;
        let (treaties, areas) = (all(world, FactKind::Treaty).await, all(world, FactKind::Area).await);
        let actions = all(world, FactKind::Action).await;
        let refused = async |changes, field: &str, problem: Problem| {
            let error = store.change_facts(&steward, changes, "x", None, at(1)).await.unwrap_err();
            let StoreError::Refused(errors) = error else { panic!("{error}") };
            assert_eq!((errors[0].field.as_str(), &errors[0].problem), (field, &problem));
        };
        refused(vec![add(treaties[0].fact.clone())], "slug", Problem::AlreadyThere).await;
        refused(vec![add(actions[0].fact.clone())], "done", Problem::AlreadyThere).await;
        refused(vec![change(&treaties[0], None)], "reason", Problem::InUse { count: 4 }).await;
        let (uses, incident) = (2, 1);
        refused(vec![change(&areas[0], None)], "reason", Problem::InUse { count: uses + incident + 3 }).await;
        refused(vec![change(&areas[0], Some(areas[0].fact.clone()))], "reason", Problem::Unchanged).await;
        // A good one beside a bad one: neither.
        let good = add(Fact::Action(action("alpha", "XSY", ActionKind::Accession, "2010-01-01")));
        refused(vec![good, add(treaties[0].fact.clone())], "slug", Problem::AlreadyThere).await;
        assert_eq!(store.head().await.unwrap().edition, 1);
        for nobody in [&people.researcher, &people.first, &people.stranger] {
            let changes = vec![change(&actions[0], None)];
            let refused = store.change_facts(nobody, changes, "x", None, at(1)).await;
            assert!(matches!(refused, Err(StoreError::Forbidden)), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_indicator_s_other_wording_keeps_its_observations() {
    each_engine("an_indicator_s_other_wording_keeps_its_observations", async |world| {
        let (steward, _) = desk(world).await;
        let line = all(world, FactKind::Indicator).await.remove(0);
        let before = live(world).await;
        let old = before.indicators().await.unwrap().remove(0);
        let Fact::Indicator(mut indicator) = line.fact.clone() else { panic!("{line:?}") };
        indicator.newer_release = "2".to_owned();
        let changes = vec![change(&line, Some(Fact::Indicator(indicator)))];
        world.store.change_facts(&steward, changes, "A newer one is out", None, at(1)).await.unwrap();
        let after = live(world).await;
        let new = after.indicators().await.unwrap().remove(0);
        assert_ne!(new.id, old.id);
        assert_eq!((new.indicator.newer_release.as_str(), &new.hash), ("2", &old.hash));
        assert_eq!(
            after.observations(&new.id, &[]).await.unwrap(),
            after.observations(&old.id, &[]).await.unwrap()
        );
        assert_eq!(before.indicators().await.unwrap(), [old]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_checked_is_one_list_and_leaves_it_once_a_source_is_named() {
    each_engine("what_is_not_checked_is_one_list", async |world| {
        let (steward, _) = desk(world).await;
        let unchecked = async |after: (&str, &str), limit| {
            live(world).await.unchecked(None, "", after, limit).await.unwrap()
        };
        let lines = unchecked(("", ""), 100).await;
        let kinds: Vec<_> = lines.iter().map(|line| line.fact.kind().slug()).collect();
        assert_eq!(kinds, ["groups", "provisions", "provisions", "provisions", "treaties", "treaties"]);
        let first = unchecked(("", ""), 2).await;
        assert_eq!(unchecked((first[1].fact.kind().slug(), &first[1].id), 100).await, lines[2..]);
        let counts = live(world).await.count_unchecked().await.unwrap();
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<i64>(), 6);

        let against = |line: &FactLine| {
            let (url, title) = ("https://example.org/text".to_owned(), "The text".to_owned());
            let fact = line.fact.clone().checked_against(&CheckedAgainst { url, title, read_on: TODAY });
            change(line, Some(fact))
        };
        let changes = lines[..4].iter().map(against).collect();
        world.store.change_facts(&steward, changes, "Read against the text", None, at(1)).await.unwrap();
        assert_eq!(unchecked(("", ""), 100).await.len(), 2);
        assert_eq!(world.store.head().await.unwrap().edition, 2, "one edition for all of them");
        let provisions = live(world).await.provisions("alpha").await.unwrap();
        assert!(provisions.iter().all(|p| p.checked && p.checked_on == Some(TODAY)), "{provisions:?}");
        let head = world.store.head().await.unwrap();
        let before = world.store.as_of(head, 1).await.unwrap().unwrap();
        assert_eq!(before.unchecked(None, "", ("", ""), 100).await.unwrap().len(), 6, "as it stood");
    })
    .await;
}

#[tokio::test]
async fn facts_are_paged_by_treaty_and_country() {
    each_engine("facts_are_paged_by_treaty_and_country", async |world| {
        desk(world).await;
        let record = live(world).await;
        let page = async |filter: FactFilter| {
            record.facts(FactKind::Action, &FactFilter { limit: 2, ..filter }).await.unwrap()
        };
        let first = page(FactFilter::default()).await;
        let after = first[1].id.clone();
        let rest = page(FactFilter { after, ..FactFilter::default() }).await;
        let read: Vec<_> = first.iter().chain(&rest).map(|line| action_of(line).treaty.to_string()).collect();
        assert_eq!(read, ["alpha", "zeta", "zeta"]);
        let of =
            page(FactFilter { treaty: "zeta".into(), country: "XFR".into(), ..FactFilter::default() }).await;
        assert_eq!(of.len(), 1);
        for kind in FactKind::ALL {
            let filter = FactFilter { country: "XFR".into(), limit: 9, ..FactFilter::default() };
            let lines = record.facts(*kind, &filter).await.unwrap();
            let about = matches!(kind, FactKind::Action | FactKind::Area | FactKind::Group);
            assert_eq!(!lines.is_empty(), about, "{kind:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_proposal_is_taken_or_declined_once_and_its_proposer_reads_why() {
    each_engine("a_proposal_is_taken_or_declined_once", async |world| {
        let (steward, people) = desk(world).await;
        let store = &world.store;
        let typed = fields(&[("treaty", "zeta"), ("country", "Sylvania")]);
        let propose = async |by: &Member| {
            let new = NewProposal {
                act: ProposedAct::Add,
                kind: FactKind::Action,
                fact: "",
                seen: "",
                fields: &typed,
                reason: "The list has it",
            };
            store.propose(by, new, at(1)).await
        };
        let (one, two) =
            (propose(&people.researcher).await.unwrap(), propose(&people.stranger).await.unwrap());
        assert!(matches!(propose(&steward).await, Err(StoreError::Forbidden)));
        assert_eq!(store.count_proposals(&steward).await.unwrap(), 2);
        assert_eq!(store.count_proposals(&people.researcher).await.unwrap(), 1);
        assert_eq!(
            store.proposals(&people.first, "", 9).await.unwrap(),
            [],
            "others' are not theirs to read"
        );
        let other = store.proposal(&people.first, &one).await;
        assert!(matches!(other, Err(StoreError::NotFound)), "{other:?}");
        let read = store.proposal(&steward, &one).await.unwrap();
        assert_eq!((read.fields, read.organisation_name.as_str()), (typed.clone(), "Harbour Watch"));

        let accession = Fact::Action(action("zeta", "XSY", ActionKind::Accession, "2021-01-01"));
        let taken = store.change_facts(&steward, vec![add(accession)], "Acceded", Some(&one), at(2)).await;
        store.decline_proposal(&steward, &two, "The page says otherwise", at(3)).await.unwrap();
        let own = store.proposals(&people.researcher, "", 9).await.unwrap();
        assert_eq!((own[0].state, own[0].edition), (ProposalState::Taken, taken.ok()));
        let own = store.proposals(&people.stranger, "", 9).await.unwrap();
        assert_eq!(
            (own[0].state, own[0].answer.as_str()),
            (ProposalState::Declined, "The page says otherwise")
        );
        assert_eq!(store.proposals(&steward, "", 9).await.unwrap(), []);

        let twice = Fact::Action(action("zeta", "XSY", ActionKind::Denunciation, "2022-01-01"));
        let again = store.change_facts(&steward, vec![add(twice)], "Again", Some(&two), at(4)).await;
        assert!(matches!(again, Err(StoreError::WrongState)), "{again:?}");
        let head = store.head().await.unwrap().edition;
        assert_eq!(Some(head), own[0].edition.or(Some(2)), "and nothing of it was written");
        let declined = store.decline_proposal(&people.first, &two, "x", at(5)).await;
        assert!(matches!(declined, Err(StoreError::Forbidden)), "{declined:?}");
        assert!(store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}
