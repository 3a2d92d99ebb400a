//! A steward sees to organisations and comes to see none of their cases by it.

use domain::membership::{OrganisationAction, may_on_organisations};

use crate::support::{PASSWORD, Who, World, each_engine};

async fn id_of(world: &World, slug: &str) -> String {
    use sqlx::Row;
    let sql = "SELECT id FROM desk_organisation WHERE slug = $1";
    sqlx::query(sql).bind(slug.to_owned()).fetch_one(&world.raw).await.unwrap().try_get(0).unwrap()
}

#[tokio::test]
async fn an_organisation_is_added_and_its_first_manager_joins_by_a_link() {
    each_engine("an_organisation_is_added_and_its_first_manager_joins_by_a_link", async |world| {
        let steward = world.sign_in(Who::Steward).await;
        steward.get("/desk").await.expect(200).says("Organisations");
        let page = steward.get("/desk/organisations").await.expect(200).says("Silent Heron");
        page.says("2 × researcher").never_says(Who::Researcher.email());
        let mut form = steward.get("/desk/organisations").await.page().form("/desk/organisations");
        form.fill(&[("name", "مرصد الميناء"), ("slug", "Harbour Watch")]);
        let refused = steward.send(&form, "").await.expect(422).says("is not a short name");
        assert!(refused.text().contains("مرصد الميناء"), "what was typed is still there");
        form.fill(&[("slug", "silent-heron")]);
        steward.send(&form, "").await.expect(422).says("Another organisation has this short name");
        form.fill(&[("slug", "harbour-watch")]);
        assert_eq!(steward.send(&form, "").await.moved(), "/desk/organisations?done=organisation-added");

        let id = id_of(world, "harbour-watch").await;
        let invite = format!("/desk/organisations/{id}/invite");
        let mut form = steward.get("/desk/organisations").await.page().form(&invite);
        let email = format!("email.{id}");
        form.fill(&[(&email, "nobody")]);
        steward.send(&form, "").await.expect(422).says("This is not an e-mail address");
        form.fill(&[(&email, "Mona@harbour.example")]);
        let made = steward.send(&form, "").await.expect(200).says("shown this once");
        let text = made.text();
        let (_, after) = text.split_once("http://localhost:3000/invitations/").unwrap();
        let link = format!("/invitations/{}", &after[..64]);
        world.stranger().get(&link).await.expect(200).says("You are invited to مرصد الميناء as manager");
        world.stranger().post(&link, &[("password", PASSWORD)]).await.expect(200);
        // From now on it is their own business.
        let page = steward.get("/desk/organisations").await.expect(200).says("1 manager");
        assert!(page.page().find_form(&invite).is_none());
        steward
            .post(&invite, &[("email", "alias@example.org")])
            .await
            .expect(409)
            .says("Somebody belongs to this organisation already");
        assert!(world.store.verify_audit().await.unwrap().is_ok());
    })
    .await;
}

#[tokio::test]
async fn no_organisation_at_work_is_entered_by_a_steward_s_link() {
    each_engine("no_organisation_at_work_is_entered_by_a_steward_s_link", async |world| {
        let steward = world.sign_in(Who::Steward).await;
        for slug in ["silent-heron", "far-lighthouse"] {
            let invite = format!("/desk/organisations/{}/invite", id_of(world, slug).await);
            steward.post(&invite, &[("email", "alias@example.org")]).await.expect(409);
        }
        assert!(world.dump("desk_invitation").await.is_empty());
        steward.post("/desk/organisations/none/invite", &[("email", "a@example.org")]).await.expect(404);
        // Everybody may know who runs the organisation they work in.
        let page = world.sign_in(Who::Researcher).await.get("/desk/account").await.expect(200);
        page.says("Who runs Silent Heron").says(Who::Manager.email()).never_says("invited by a steward");
    })
    .await;
}

#[tokio::test]
async fn an_organisation_with_cases_and_no_members_is_the_operators_to_give_a_manager() {
    each_engine(
        "an_organisation_with_cases_and_no_members_is_the_operators_to_give_a_manager",
        async |world| {
            let people = world.desk().await;
            let steward = world.sign_in(Who::Steward).await;
            let mut form = steward.get("/desk/organisations").await.page().form("/desk/organisations");
            form.fill(&[("name", "Documented record"), ("slug", "documented")]);
            steward.send(&form, "").await.expect(303);
            let id = id_of(world, "documented").await;
            let invite = format!("/desk/organisations/{id}/invite");
            let made = steward.post(&invite, &[("email", "early@example.org")]).await.expect(200);
            let text = made.text();
            let (_, after) = text.split_once("http://localhost:3000/invitations/").unwrap();
            let link = format!("/invitations/{}", &after[..64]);
            // As the starter record: incidents of an organisation that nobody belongs to.
            let case = people.published(&[]).await.id;
            let give = "UPDATE desk_case SET organisation = $2 WHERE id = $1";
            sqlx::query(give).bind(case).bind(id.clone()).execute(&world.raw).await.unwrap();
            let page = steward.get("/desk/organisations").await.expect(200);
            assert!(page.page().find_form(&invite).is_none(), "no link is offered");
            steward.post(&invite, &[("email", "alias@example.org")]).await.expect(409);
            // A link made before works no more.
            world.stranger().post(&link, &[("password", PASSWORD)]).await.expect(404);
        },
    )
    .await;
}

#[tokio::test]
async fn organisations_are_seen_to_as_the_rights_say() {
    each_engine("organisations_are_seen_to_as_the_rights_say", async |world| {
        let empty =
            "INSERT INTO desk_organisation (id, slug, name, created_at) VALUES ('e', 'empty', 'Empty', '')";
        sqlx::query(empty).execute(&world.raw).await.unwrap();
        for who in
            [Who::Researcher, Who::Analyst, Who::FirstReviewer, Who::Manager, Who::Steward, Who::Outsider]
        {
            let member = world.sign_in(who).await;
            let may = |action| may_on_organisations(who.role(), action);
            let status = member.get("/desk/organisations").await.status.as_u16();
            assert_eq!(status, if may(OrganisationAction::List) { 200 } else { 403 }, "{who:?} lists");
            let slug = format!("by-{}", who.email().len());
            let fields = [("name", "Made up"), ("slug", slug.as_str())];
            let status = member.post("/desk/organisations", &fields).await.status.as_u16();
            assert_eq!(status, if may(OrganisationAction::Add) { 303 } else { 403 }, "{who:?} adds");
            let fields = [("email", "first@example.org")];
            let status = member.post("/desk/organisations/e/invite", &fields).await.status.as_u16();
            let expected = if may(OrganisationAction::InviteFirstManager) { 200 } else { 403 };
            assert_eq!(status, expected, "{who:?} invites");
        }
    })
    .await;
}
