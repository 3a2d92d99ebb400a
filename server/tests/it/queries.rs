//! The country page asks the database a constant number of times, however much there is to tell.

use crate::support::{counted, each_engine};

/// The most that it may ask.
const MOST: u64 = 20;

#[tokio::test]
async fn the_country_page_asks_a_constant_number_of_times() {
    each_engine("the_country_page_asks_a_constant_number_of_times", async |world| {
        let stranger = world.stranger();
        // The spellings of all countries are read once per edition.
        stranger.get("/countries/deu").await.expect(200);
        let (much, brazil) = counted(stranger.get("/countries/bra")).await;
        let (little, antarctica) = counted(stranger.get("/countries/ata")).await;
        let (kept, again) = counted(stranger.get("/countries/bra")).await;
        let country = much.expect(200).body.len();
        assert!(country > little.expect(200).body.len() + 10_000, "one has much to tell, the other little");
        println!("the country page: {brazil} statements");
        assert_eq!(brazil, antarctica);
        assert!((1..=MOST).contains(&brazil), "{brazil}");
        assert_eq!((kept.expect(200).body.len(), again), (country, 0), "a kept answer asks nothing");
    })
    .await;
}
