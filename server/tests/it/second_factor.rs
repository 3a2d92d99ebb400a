//! Signing in with a code: who has to, that a code works once, and what a thief of the password gets.

use domain::rights::Role;
use server::hash_password;
use store::desk::NewMember;
use totp_rs::{Builder, Secret, Totp};

use crate::support::{Answer, PASSWORD, Stranger, World, each_engine};

const PAGE: &str = "/desk/account/second-factor";
const REVIEWER: &str = "nadia@silent-heron.example";
const RESEARCHER: &str = "piet@silent-heron.example";

/// A member who is no trial member.
async fn add(world: &World, email: &str, role: Role) {
    let hash = hash_password(PASSWORD).unwrap();
    let organisation = "silent-heron";
    let new = NewMember { email, organisation, role, password_hash: &hash, is_trial: false };
    world.store.add_member(new, jiff::Timestamp::now()).await.unwrap();
}

async fn types_password(browser: &Stranger, email: &str) -> Answer {
    browser.post("/sign-in", &[("email", email), ("password", PASSWORD)]).await
}

async fn types_code(browser: &Stranger, code: &str) -> Answer {
    browser.post("/sign-in/code", &[("code", code)]).await
}

/// The authenticator that scanned the page.
fn authenticator(page: &Answer) -> Totp {
    let text = page.text();
    let (_, after) = text.split_once("<code dir=\"ltr\">").expect("a secret");
    let secret: String = after.chars().take_while(|c| *c != '<').filter(|c| *c != ' ').collect();
    Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap()
}

/// The code of the step `later` than this one; the server takes one step before and after.
fn code(totp: &Totp, later: i64) -> String {
    totp.generate(u64::try_from(jiff::Timestamp::now().as_second() + 30 * later).unwrap()).to_string()
}

fn recovery_codes(page: &Answer) -> Vec<String> {
    let text = page.text();
    let codes = text.split("<code dir=\"ltr\">").skip(1);
    codes.map(|rest| rest.chars().take_while(|c| *c != '<').collect()).collect()
}

/// Sets it up; the authenticator and the recovery codes.
async fn set_up(browser: &Stranger) -> (Totp, Vec<String>) {
    assert_eq!(browser.post(PAGE, &[("do", "begin")]).await.moved(), PAGE);
    let page = browser.get(PAGE).await.expect(200);
    assert!(page.text().contains("<svg"), "the QR code");
    let totp = authenticator(&page);
    browser
        .post(PAGE, &[("do", "confirm"), ("code.confirm", "000000x")])
        .await
        .expect(422)
        .says("does not fit");
    let now = code(&totp, 0);
    let page = browser.post(PAGE, &[("do", "confirm"), ("code.confirm", &now)]).await.expect(200);
    let codes = recovery_codes(&page);
    assert_eq!(codes.len(), store::desk::RECOVERY_CODES);
    (totp, codes)
}

#[tokio::test]
async fn a_reviewer_gets_nowhere_before_setting_it_up() {
    each_engine("a_reviewer_gets_nowhere_before_setting_it_up", async |world| {
        add(world, REVIEWER, Role::Reviewer).await;
        let nadia = world.stranger();
        assert_eq!(types_password(&nadia, REVIEWER).await.moved(), "/desk");
        for path in ["/desk", "/desk/account", "/desk/hide", "/desk/cases/x", "/desk/cases/x/review"] {
            assert_eq!(nadia.get(path).await.moved(), PAGE, "{path}");
        }
        assert_eq!(nadia.post("/desk/account/password", &[("new", "x")]).await.moved(), PAGE);
        assert_eq!(nadia.post("/desk/cases", &[]).await.moved(), PAGE);
        nadia.post("/desk/hide", &[("reference", "TW-2016-0001"), ("reason", "R")]).await.expect(401);
        nadia.post("/desk/cases/x/autosave", &[("title", "T")]).await.expect(401);
        nadia.get(PAGE).await.expect(200).says("a stolen password must not be enough");
        set_up(&nadia).await;
        nadia.get("/desk").await.expect(200).says("reviewer, Silent Heron");
        nadia.post(PAGE, &[("do", "drop"), ("code.drop", "123456")]).await.expect(403);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_app_works_once_and_so_does_a_recovery_code() {
    each_engine("a_code_of_the_app_works_once_and_so_does_a_recovery_code", async |world| {
        add(world, RESEARCHER, Role::Researcher).await;
        let piet = world.stranger();
        assert_eq!(types_password(&piet, RESEARCHER).await.moved(), "/desk");
        piet.get("/desk").await.expect(200);
        let (totp, codes) = set_up(&piet).await;
        let secret = totp.secret().to_base32();
        let dump = world.dump("").await.join("\n");
        assert!(!dump.contains(&secret) && !dump.contains(&codes[0]), "neither is kept as it is");

        let other = world.stranger();
        types_password(&other, RESEARCHER).await.expect(200).says("One more code");
        assert_eq!(other.get("/desk").await.moved(), "/sign-in", "the password alone opens nothing");
        other.get("/sign-in/code").await.expect(200);
        // Confirming used up this step's code; the next one is good once.
        types_code(&other, &code(&totp, 0)).await.expect(422).says("does not fit");
        let next = code(&totp, 1);
        assert_eq!(types_code(&other, &format!("{} {}", &next[..3], &next[3..])).await.moved(), "/desk");
        other.get("/desk").await.expect(200);

        let third = world.stranger();
        types_password(&third, RESEARCHER).await.expect(200);
        types_code(&third, &next).await.expect(422);
        assert_eq!(types_code(&third, &codes[0].to_uppercase()).await.moved(), "/desk");
        let fourth = world.stranger();
        types_password(&fourth, RESEARCHER).await.expect(200);
        types_code(&fourth, &codes[0]).await.expect(422);
        assert_eq!(types_code(&fourth, &codes[1]).await.moved(), "/desk");
        fourth.get(PAGE).await.expect(200).says("8 recovery codes are left");

        // New codes end the old ones, and dropping it goes back to the password.
        let codes_form = [("do", "codes"), ("code.codes", codes[2].as_str())];
        let new = recovery_codes(&fourth.post(PAGE, &codes_form).await.expect(200));
        let drop = async |code: &str| fourth.post(PAGE, &[("do", "drop"), ("code.drop", code)]).await;
        drop(&codes[3]).await.expect(422);
        assert_eq!(drop(&new[0]).await.moved(), PAGE);
        assert_eq!(types_password(&world.stranger(), RESEARCHER).await.moved(), "/desk");
    })
    .await;
}

#[tokio::test]
async fn a_thief_of_the_password_cannot_guess_and_does_not_lock_the_member_out() {
    each_engine("a_thief_of_the_password_cannot_guess", async |world| {
        add(world, REVIEWER, Role::Reviewer).await;
        let nadia = world.stranger();
        assert_eq!(types_password(&nadia, REVIEWER).await.moved(), "/desk");
        let (totp, codes) = set_up(&nadia).await;
        let thief = world.stranger();
        types_password(&thief, REVIEWER).await.expect(200);
        let mut waits = 0;
        for guess in 0..12 {
            let answer = types_code(&thief, &format!("{guess:06}")).await;
            if answer.status == 429 {
                assert!(answer.header("retry-after").parse::<u64>().unwrap() > 60);
                answer.says("use a recovery code");
                waits += 1;
            } else {
                answer.expect(422);
            }
        }
        assert!(waits >= 2, "ten an hour");
        types_code(&thief, &code(&totp, 1)).await.expect(429);
        // A new authenticator is not to be had without the old one either.
        thief.post(PAGE, &[("do", "begin")]).await.expect(303);
        assert_eq!(thief.get(PAGE).await.moved(), "/sign-in");
        // The member comes in by a recovery code, and a link for a new password does not make the code go away.
        let elsewhere = world.stranger();
        types_password(&elsewhere, REVIEWER).await.expect(200);
        assert_eq!(types_code(&elsewhere, &codes[0]).await.moved(), "/desk");
        let token = world.store.recover_by_email(REVIEWER, jiff::Timestamp::now()).await.unwrap();
        let new = "lamp heron violet 29";
        thief.post(&format!("/invitations/{token}"), &[("password", new)]).await.expect(200);
        thief
            .post("/sign-in", &[("email", REVIEWER), ("password", new)])
            .await
            .expect(200)
            .says("One more code");
        // Only the operator takes it away, and that ends every session.
        nadia.get(PAGE).await.expect(303);
        world.store.reset_second_factor(REVIEWER, jiff::Timestamp::now()).await.unwrap();
        assert_eq!(thief.post("/sign-in", &[("email", REVIEWER), ("password", new)]).await.moved(), "/desk");
        assert_eq!(thief.get("/desk").await.moved(), PAGE);
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_is_carried_through_password_and_code() {
    each_engine("what_was_typed_is_carried_through_password_and_code", async |world| {
        add(world, RESEARCHER, Role::Researcher).await;
        let piet = world.stranger();
        assert_eq!(types_password(&piet, RESEARCHER).await.moved(), "/desk");
        let (totp, _) = set_up(&piet).await;
        let case = piet.post("/desk/cases", &[]).await.moved();
        let form = {
            let mut form = piet.get(&case).await.expect(200).page().form(&case);
            form.fill(&[("title", "A fictional case\nof Xanadu & <co>")]);
            form
        };
        piet.set_cookie(None);
        let page = piet.send(&form, "").await.expect(401).says("What you typed is kept").page();
        let mut sign_in = page.form("/sign-in");
        sign_in.fill(&[("email", RESEARCHER), ("password", PASSWORD)]);
        let mut code_form = piet.send(&sign_in, "").await.expect(200).page().form("/sign-in/code");
        code_form.fill(&[("code", "123")]);
        let mut again = piet.send(&code_form, "").await.expect(422).page().form("/sign-in/code");
        again.fill(&[("code", &code(&totp, 1))]);
        piet.send(&again, "").await.expect(303);
        piet.get(&case).await.expect(200).says("A fictional case");
    })
    .await;
}
