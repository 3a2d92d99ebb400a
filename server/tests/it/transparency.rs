//! Somebody outside saves a checkpoint and the key to check it with.

use store::desk::audit::Verifier;

use crate::support::{Who, each_engine};

#[tokio::test]
async fn a_reader_can_save_the_checkpoint_and_the_key_that_checks_it() {
    each_engine("a_reader_can_save_the_checkpoint_and_the_key_that_checks_it", async |world| {
        let reader = world.stranger();
        reader.get("/transparency/checkpoint").await.expect(404);
        world.app.make_checkpoint().await;
        let answer = reader.get("/transparency/checkpoint").await.expect(200);
        assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8");
        let page = reader.get("/transparency").await.expect(200);
        assert!(page.page().links().contains(&"/transparency/checkpoint".to_owned()));
        let text = page.text();
        let key = text.split("<code>").nth(1).and_then(|rest| rest.split("</code>").next()).unwrap();
        let checkpoint = key.parse::<Verifier>().unwrap().read(&answer.text()).unwrap();
        assert_eq!(checkpoint.origin, "localhost:3000");
        let kept = world.store.verify_audit_against(Some(&checkpoint)).await.unwrap();
        assert_eq!(kept, Ok(checkpoint.entries));
        // What is done later continues it, and the day's checkpoint stays as it is.
        world.sign_in(Who::Researcher).await.new_case().await;
        world.app.make_checkpoint().await;
        assert_eq!(reader.get("/transparency/checkpoint").await.body, answer.body);
        let kept = world.store.verify_audit_against(Some(&checkpoint)).await.unwrap().unwrap();
        assert!(kept > checkpoint.entries);
    })
    .await;
}
