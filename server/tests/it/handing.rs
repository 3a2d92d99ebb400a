//! A case handed over to a colleague, and its sealed notes shared with them; both taken back the same way.

use crate::support::{Who, each_engine};

const NOTE: &str = "a fictional witness in a made-up town";

#[tokio::test]
async fn a_case_is_handed_over_to_a_colleague_and_taken_back() {
    each_engine("a_case_is_handed_over_to_a_colleague_and_taken_back", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let other = world.sign_in(Who::OtherResearcher).await;
        let (page, act) = (format!("/desk/cases/{id}"), format!("/desk/cases/{id}/hand-over"));
        other.get(&page).await.expect(200).says("You can read this case").never_says("Hand over");
        other.post(&act, &[("to", "")]).await.expect(403);

        // The one other researcher is the one who can be chosen.
        let form = people.researcher.get(&page).await.expect(200).page().form(&act);
        assert!(people.researcher.send(&form, "").await.moved().contains("done=handed-over"));
        other.get(&page).await.expect(200).never_says("You can read this case");
        assert!(other.type_into(&id, &[("title", "By Tomas")], "save").await.moved().contains("done=saved"));
        people.researcher.get(&page).await.expect(200).says(Who::OtherResearcher.email());
        // Whom it was handed to does not hand it on.
        other.post(&act, &[("to", "")]).await.expect(403);
        // Nor is it handed to somebody who is no researcher here.
        let entrant = form.value("member").expect("whose form it is");
        for nobody in ["nobody", entrant] {
            people.researcher.post(&act, &[("to", nobody)]).await.expect(409).says("to another than the one");
        }

        // A reviewer takes it back as well.
        assert!(people.first.post(&act, &[("to", "")]).await.moved().contains("done=taken-back"));
        other.post(&page, &[("title", "By Tomas again"), ("revision", "9")]).await.expect(403);
        other.get(&page).await.expect(200).says("You can read this case");
        let log = world.dump("desk_audit").await.join("\n");
        assert!(log.contains("case handed over") && log.contains("case taken back"), "{log}");
    })
    .await;
}

#[tokio::test]
async fn sealed_notes_are_shared_by_the_entrant_alone_and_taken_back() {
    each_engine("sealed_notes_are_shared_by_the_entrant_alone_and_taken_back", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        people.researcher.seal(&id, NOTE).await.expect(303);
        let other = world.sign_in(Who::OtherResearcher).await;
        let (sealed, share) = (format!("/desk/cases/{id}/sealed"), format!("/desk/cases/{id}/share-notes"));
        other.get(&sealed).await.expect(403);
        // Neither a colleague nor a reviewer shares what another was told.
        for member in [&other, &people.first] {
            member.post(&share, &[("share", "yes")]).await.expect(403);
        }
        assert!(
            people.researcher.post(&share, &[("share", "yes")]).await.moved().contains("done=notes-shared")
        );
        let note = other.reveal(&id).await.page().form(&sealed);
        assert_eq!(note.value("note"), Some(NOTE));
        world.sign_in(Who::Analyst).await.get(&sealed).await.expect(403);
        assert!(
            people.researcher.post(&share, &[("share", "no")]).await.moved().contains("done=notes-unshared")
        );
        other.get(&sealed).await.expect(403);
        other.post(&sealed, &[("do", "reveal")]).await.expect(403);
    })
    .await;
}
