//! Public addresses: editions, other spellings, methods, languages, HEAD, and answers that are kept and compressed.

use std::io::Read;

use axum::http::Method;

use crate::support::{Answer, World, each_engine, public_places};

#[tokio::test]
async fn an_edition_is_a_number_between_the_first_and_the_newest() {
    each_engine("an_edition_is_a_number_between_the_first_and_the_newest", async |world| {
        let people = world.desk().await;
        let reference = people.published(&[]).await.reference;
        let head = world.store.head().await.unwrap().edition;
        let stranger = world.stranger();
        for path in public_places(world, &[&reference], &[]).await.record {
            let at = |edition: &str| {
                format!("{path}{}edition={edition}", if path.contains('?') { '&' } else { '?' })
            };
            for odd in ["abc", "-1", "1.5", "0x1", "99999999999999999999", "%EF%BC%91", "1%00"] {
                stranger.get(&at(odd)).await.expect(400).says("An edition is a number");
            }
            for outside in ["0", "999", "9223372036854775807"] {
                let said = stranger.get(&at(outside)).await.expect(404).words();
                assert!(said.contains(&format!(" {head}")), "{path} does not name edition {head}: {said}");
            }
            let answer = stranger.get(&at(&head.to_string())).await.expect(200);
            if answer.header("content-type").starts_with("text/html") {
                let text = answer.text();
                assert!(text.contains("edition-banner") && text.contains("noindex"), "{path}");
            }
            // No edition at all is the same as an empty one.
            assert_eq!(
                stranger.get(&at("")).await.expect(200).body,
                stranger.get(&path).await.expect(200).body
            );
        }
        // Texts have no editions.
        stranger.get("/about?edition=999").await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn other_spellings_are_sent_to_the_one_address_also_when_it_is_cached() {
    each_engine("other_spellings_are_sent_to_the_one_address_also_when_it_is_cached", async |world| {
        let stranger = world.stranger();
        for (right, others) in [
            (
                "/countries/bra",
                &[
                    "/countries/BRA",
                    "/countries/Bra",
                    "/countries/br",
                    "/countries/BR",
                    "/countries/Brazil",
                    "/countries/brazil",
                ][..],
            ),
            ("/countries/tur", &["/countries/turkey", "/countries/T%C3%BCrkiye", "/countries/TR"]),
            ("/treaties/budapest", &["/treaties/BUDAPEST", "/treaties/Budapest"]),
            ("/incidents/TW-2016-0001", &["/incidents/tw-2016-0001", "/incidents/Tw-2016-0001"]),
            ("/incidents/TW-2016-0001/record.json", &["/incidents/tw-2016-0001/record.json"]),
            ("/indicators/vdem-rule-of-law", &["/indicators/VDEM-rule-of-law"]),
        ] {
            for _ in ["not kept yet", "kept"] {
                for other in others {
                    let answer = stranger.get(&format!("{other}?edition=1&x=y")).await.expect(308);
                    assert_eq!(
                        answer.header("location"),
                        format!("{right}?edition=1&x=y"),
                        "the query stays"
                    );
                    assert_eq!(stranger.get(other).await.expect(308).header("location"), right);
                }
                stranger.get(right).await.expect(200);
            }
            let french = stranger.get(&format!("/fr{}", others[0])).await.expect(308);
            assert_eq!(french.header("location"), format!("/fr{right}"), "the language stays");
        }
        stranger.get("/countries/Brazl").await.expect(404).says("Brazil");
        for odd in [
            "/indicators/A%0d%0aSet-Cookie:x",
            "/indicators/A%20B",
            "/treaties/A%2F..%2FB",
            "/countries/%2F%2Fevil.example",
        ] {
            let answer = stranger.get(odd).await.expect(404);
            assert_eq!((answer.header("location"), answer.header("set-cookie")), ("", ""));
        }
    })
    .await;
}

#[tokio::test]
async fn each_route_takes_its_methods_and_no_others() {
    each_engine("each_route_takes_its_methods_and_no_others", async |world| {
        let places = public_places(world, &["TW-2016-0001"], &["x"]).await;
        let stranger = world.stranger();
        for path in
            places.record.iter().chain(&places.desk).chain([&"/healthz".to_owned(), &"/readyz".to_owned()])
        {
            for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
                let method = Method::from_bytes(method.as_bytes()).unwrap();
                let answer = stranger.ask(method, path).sent_by_our_page().send().await.expect(405);
                assert!(answer.header("allow").contains("GET"), "{path}: {}", answer.header("allow"));
            }
        }
        for path in places.record {
            stranger.post(&path, &[]).await.expect(405);
        }
        for (_, path) in server::ROUTES.iter().filter(|(method, path)| *method == "POST" && !is_read(path)) {
            stranger.get(&path.replace("{id}", "x")).await.expect(405);
        }
        // Neither has a path with a slash.
        for (method, uri) in [("CONNECT", "evil.example:443"), ("OPTIONS", "*")] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = stranger.ask(method, uri).sent_by_our_page().send().await;
            assert!(answer.status.is_client_error(), "{uri}: {}", answer.status);
        }
    })
    .await;
}

fn is_read(path: &str) -> bool {
    server::ROUTES.contains(&("GET", path))
}

#[tokio::test]
async fn a_language_that_is_not_ready_says_so_and_leads_to_english() {
    each_engine("a_language_that_is_not_ready_says_so_and_leads_to_english", async |world| {
        let stranger = world.stranger();
        for path in public_places(world, &["TW-2016-0001"], &[]).await.record {
            for language in ["fr", "es", "ar"] {
                let address = format!("/{language}{}", if path == "/" { "" } else { &path });
                for address in
                    [address.clone(), format!("{address}{}z=1", if path.contains('?') { '&' } else { '?' })]
                {
                    let page = stranger.get(&address).await.expect(404);
                    assert!(page.header("content-type").starts_with("text/html"));
                    assert!(page.header("content-security-policy").contains("style-src 'self'"), "{address}");
                    assert!(
                        page.page().links().contains(&path),
                        "{address} does not lead to {path}: {:?}",
                        page.page().links()
                    );
                }
            }
        }
        stranger.get("/de/countries/bra").await.expect(404);
        stranger.get("/en/countries/bra").await.expect(404);
        stranger.get("/countries/fra").await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn head_answers_as_get_does_without_the_body() {
    each_engine("head_answers_as_get_does_without_the_body", async |world| {
        let stranger = world.stranger();
        let places = public_places(world, &["TW-2016-0001"], &[]).await;
        for path in places.at_editions([]).iter().filter(|path| !path.contains(".png")) {
            let get = stranger.get(path).await;
            let head = stranger.ask(Method::HEAD, path).send().await;
            assert_eq!(head.status, get.status, "{path}");
            assert!(head.body.is_empty(), "{path}");
            for name in ["content-type", "etag", "cache-control", "content-security-policy", "vary"] {
                assert_eq!(head.header(name), get.header(name), "{path} {name}");
            }
            let length = head.header("content-length");
            assert!(length.is_empty() || length == get.body.len().to_string(), "{path}: {length}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_browser_has_is_not_sent_again_and_codings_hold_the_same_bytes() {
    each_engine("what_the_browser_has_is_not_sent_again_and_codings_hold_the_same_bytes", async |world| {
        let stranger = world.stranger();
        let places = public_places(world, &["TW-2016-0001"], &[]).await;
        for path in places.record.iter().filter(|path| !path.contains(".png")) {
            let plain = stranger.get(path).await.expect(200);
            let etag = plain.header("etag");
            assert!(etag.len() > 10 && plain.header("content-encoding").is_empty(), "{path}");
            assert_eq!(plain.header("vary"), "accept-encoding", "{path}");
            for tag in [etag.to_owned(), format!("\"other\", W/{etag}")] {
                let none =
                    stranger.ask(Method::GET, path).header("if-none-match", tag).send().await.expect(304);
                assert!(none.body.is_empty() && none.header("etag") == etag, "{path}");
            }
            let other = stranger.ask(Method::GET, path).header("if-none-match", "\"other\"").send().await;
            assert_eq!(other.expect(200).body, plain.body);
            for (accepted, coding) in [
                ("gzip, deflate, br", "br"),
                ("gzip", "gzip"),
                ("br;q=0, gzip;q=0.5", "gzip"),
                ("br;q=0,gzip;q=0", ""),
                ("identity", ""),
            ] {
                let coded = stranger
                    .ask(Method::GET, path)
                    .header("accept-encoding", accepted)
                    .send()
                    .await
                    .expect(200);
                let small = plain.body.len() <= 500;
                assert!(
                    coded.header("content-encoding") == coding || small,
                    "{path} {accepted}: {}",
                    coded.header("content-encoding")
                );
                assert!(decoded(&coded) == plain.body, "{path} {accepted}");
            }
        }
    })
    .await;
}

fn decoded(answer: &Answer) -> Vec<u8> {
    let mut bytes = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut answer.body.as_ref(), &mut bytes).unwrap(),
        "gzip" => drop(flate2::read::GzDecoder::new(answer.body.as_ref()).read_to_end(&mut bytes).unwrap()),
        _ => bytes.extend_from_slice(&answer.body),
    }
    bytes
}

#[tokio::test]
async fn unknown_parameters_and_their_order_make_no_other_answer() {
    each_engine("unknown_parameters_and_their_order_make_no_other_answer", async |world| {
        let stranger = world.stranger();
        for (one, other) in [
            ("/countries/bra", "/countries/bra?utm_source=x&fbclid=1"),
            (
                "/incidents?country=BRA&year=2016",
                "/incidents?year=2016&x=%3Cscript%3E&country=BRA&country=BRA",
            ),
            ("/charts/timeline.svg?country=BRA", "/charts/timeline.svg?lang=xx&country=BRA&width="),
            ("/", "/?"),
        ] {
            let (one, other) = (stranger.get(one).await.expect(200), stranger.get(other).await.expect(200));
            assert_eq!(one.header("etag"), other.header("etag"), "{}", other.asked);
            assert_eq!(one.body, other.body, "{}", other.asked);
        }
        let filtered = stranger.get("/incidents?country=BRA").await.expect(200);
        assert_ne!(filtered.header("etag"), stranger.get("/incidents").await.expect(200).header("etag"));
        stranger
            .get(&format!("/incidents?x={}", "a".repeat(5_000)))
            .await
            .expect(400)
            .says("longer than any address");
    })
    .await;
}

#[tokio::test]
async fn a_kept_answer_gives_way_to_a_new_edition_and_to_a_withdrawal() {
    each_engine("a_kept_answer_gives_way_to_a_new_edition_and_to_a_withdrawal", async |world| {
        let etag = async |world: &World| {
            world.stranger().get("/countries/bra").await.expect(200).header("etag").to_owned()
        };
        let people = world.desk().await;
        let before = etag(world).await;
        let id = people.published(&[]).await.id;
        let published = etag(world).await;
        assert_ne!(before, published);
        people.first.step(&id, "hide", "Risk.").await.expect(303);
        let hidden = etag(world).await;
        assert_ne!(published, hidden);
        people.second.step(&id, "restore", "None.").await.expect(303);
        assert_eq!(etag(world).await, published);
    })
    .await;
}
