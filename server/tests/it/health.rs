//! Whether it lives, and whether it can answer.

use crate::support::each_engine;

#[tokio::test]
async fn it_is_ready_while_the_database_answers() {
    each_engine("it_is_ready_while_the_database_answers", async |world| {
        let stranger = world.stranger();
        assert_eq!(stranger.get("/healthz").await.expect(200).text(), "ok\n");
        assert_eq!(stranger.get("/readyz").await.expect(200).text(), "ready\n");
        stranger.get("/countries/bra").await.expect(200);
        world.store.close().await;
        assert_eq!(stranger.get("/healthz").await.expect(200).text(), "ok\n");
        assert_eq!(stranger.get("/readyz").await.expect(503).text(), "not ready\n");
        // What is kept is still answered; what is not fails as a page that tells nothing of its inside.
        stranger.get("/countries/bra").await.expect(200);
        let failed = stranger.get("/countries/usa").await.expect(500);
        for inside in ["sqlx", "pool", "SELECT", "postgres", "sqlite"] {
            assert!(!failed.text().to_lowercase().contains(&inside.to_lowercase()), "{inside}");
        }
    })
    .await;
}
