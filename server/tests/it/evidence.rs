//! Evidence files over HTTP: a researcher adds them, a reviewer reads and exports them, readers get what was agreed, and
//! attackers send what they can think of.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use axum::http::Method;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::support::{Answer, EVIDENCE_LIMIT, History, Member, Who, World, each_engine};
use store::desk::audit::Verifier;

/// A photograph that says in its metadata where it was taken.
fn photo() -> Vec<u8> {
    let picture = RgbImage::from_fn(640, 480, |x, y| Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut jpeg = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut jpeg, ImageFormat::Jpeg).unwrap();
    let jpeg = jpeg.into_inner();
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0GPS of a made-up witness";
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, exif, &jpeg[2..]].concat()
}

async fn add(by: &Member, id: &str, files: &[(&str, &[u8])]) -> Answer {
    let path = format!("/desk/cases/{id}/evidence");
    by.ask(Method::POST, &path).sent_by_our_page().files(files).send().await
}

/// The ids of the case's files, in the order in which they came.
async fn ids(world: &World, case: &str) -> Vec<String> {
    world.evidence(false).await.into_iter().filter(|(of, _)| of == case).map(|(_, id)| id).collect()
}

async fn act(by: &Member, id: &str, file: &str, fields: &[(&str, &str)]) -> Answer {
    let named: Vec<(String, &str)> = fields
        .iter()
        .map(|(name, value)| {
            (if *name == "do" { (*name).to_owned() } else { format!("{name}.{file}") }, *value)
        })
        .collect();
    let named: Vec<(&str, &str)> = named.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    by.post(&format!("/desk/cases/{id}/evidence/{file}"), &named).await
}

fn holds(bytes: &[u8], words: &str) -> bool {
    bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

/// A submitted case with the photograph, described and agreed to be shown.
async fn shown(world: &World, people: &History) -> (String, String) {
    let id = people.submitted(&[]).await;
    add(&people.researcher, &id, &[("IMG of Dogberry.jpg", &photo())]).await.expect(303);
    let file = ids(world, &id).await.remove(0);
    let fields = [("do", "describe"), ("shows", "A square, empty"), ("consent", "public")];
    let refused = act(&people.researcher, &id, &file, &fields).await.expect(422).says("This is needed");
    let form = refused.page().form(&format!("/desk/cases/{id}/evidence/{file}"));
    assert_eq!(form.value(&format!("shows.{file}")), Some("A square, empty"), "nothing typed is lost");
    let note = [fields[0], fields[1], fields[2], ("consent_note", "by letter, secretly")];
    assert!(act(&people.researcher, &id, &file, &note).await.moved().contains("done=evidence-describe"));
    (id, file)
}

#[tokio::test]
async fn a_photograph_is_kept_as_it_is_and_shown_without_what_it_hides() {
    each_engine("a_photograph_is_kept_as_it_is_and_shown_without_what_it_hides", async |world| {
        let people = world.desk().await;
        let (id, file) = shown(world, &people).await;
        for lies in world.evidence_files() {
            // Words long enough not to stand in random bytes by chance.
            assert!(
                !holds(&lies, "GPS of a made-up") && !holds(&lies, "JFIF\0\x01"),
                "it lies there encrypted"
            );
        }
        let page = people.first.get(&format!("/desk/cases/{id}/evidence")).await.expect(200);
        let page = page.says("IMG of Dogberry.jpg").says("image/jpeg").says("inger@silent-heron.example");
        let original = act(&people.first, &id, &file, &[("do", "read")]).await.expect(200);
        assert_eq!(original.body, photo(), "not a bit is changed");
        assert_eq!(original.header("content-type"), "application/octet-stream");
        assert!(original.header("content-disposition").starts_with("attachment; filename=\"IMG of"));
        assert_eq!(original.header("cache-control"), "no-store");
        page.never_says("downloaded the original");
        let page = people.researcher.get(&format!("/desk/cases/{id}/evidence")).await.expect(200);
        page.says("downloaded the original · amara@silent-heron.example");

        assert!(people.first.step(&id, "verify", "").await.moved().contains("done=verify"));
        assert!(people.second.step(&id, "publish", "").await.moved().contains("done=publish"));
        let reference = people.reference(&id).await;
        let stranger = world.stranger();
        let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
        let page = page.says("A square, empty").never_says("Dogberry").never_says("secretly");
        let links = page.page().links();
        let copy = links.iter().find(|link| link.contains("/evidence/")).unwrap();
        for path in [copy.clone(), format!("{copy}/thumbnail"), format!("{copy}?edition=2")] {
            let picture = stranger.get(&path).await.expect(200);
            assert_eq!(picture.header("content-type"), "image/jpeg");
            assert!(holds(&picture.body, "JFIF") && !holds(&picture.body, "GPS"), "{path}");
        }
        stranger.get(&format!("{copy}?edition=1")).await.expect(404);
        let hidden = people.first.step(&id, "hide", "Somebody is in danger.").await;
        assert!(hidden.moved().contains("done=hide"));
        stranger.get(copy).await.expect(404);
        people.second.step(&id, "restore", "It was a mistake.").await.expect(303);
        stranger.get(copy).await.expect(200);

        let reason = [("do", "withdraw"), ("withdraw_reason", "She asked for it.")];
        act(&people.researcher, &id, &file, &[("do", "withdraw")]).await.expect(422);
        assert!(act(&people.researcher, &id, &file, &reason).await.moved().contains("evidence-withdraw"));
        for path in [copy.clone(), format!("{copy}?edition=2")] {
            stranger.get(&path).await.expect(404);
        }
        let page = stranger.get(&format!("/incidents/{reference}")).await.expect(200);
        page.says("A file was withheld on").never_says("A square, empty");
    })
    .await;
}

#[tokio::test]
async fn an_export_verifies_with_sha256sum() {
    each_engine("an_export_verifies_with_sha256sum", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let large = vec![7_u8; 200_001];
        let arabic = "صورة/../\u{202E}gpj.exe";
        let files: [(&str, &[u8]); 3] =
            [("=cmd.txt", b"a made-up letter"), (arabic, &large), ("photo.jpg", &photo())];
        add(&people.researcher, &id, &files).await.expect(303);
        let export = people.first.post(&format!("/desk/cases/{id}/export"), &[]).await.expect(200);
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("evidence.tar"), &export.body).unwrap();
        run(folder.path(), "tar", &["--extract", "--file=evidence.tar"]);
        let checked = run(folder.path(), "sha256sum", &["--check", "--strict", "SHA256SUMS"]);
        assert_eq!(checked.matches(": OK").count(), 6, "files, custody, checkpoint and its key: {checked}");
        let custody = std::fs::read_to_string(folder.path().join("custody.csv")).unwrap();
        assert_eq!(custody.matches("exported").count(), 3, "{custody}");
        assert!(custody.contains(",'=cmd.txt,") && !custody.contains('\u{202E}'), "{custody}");
        // The log can be held against what was handed over, which names the export itself.
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        let key: Verifier = read("checkpoint-key.txt").parse().unwrap();
        assert_eq!(key.to_string(), world.app.verifier().to_string());
        let checkpoint = key.read(&read("checkpoint.txt")).unwrap();
        let entries = world.store.verify_audit().await.unwrap().unwrap();
        assert_eq!(checkpoint.entries, entries);
        people.researcher.new_case().await;
        let continues = world.store.verify_audit_against(Some(&checkpoint)).await.unwrap();
        assert!(continues.is_ok_and(|now| now > entries));
        // Cut off just before the export, the log is whole by itself and does not hold.
        for sql in [
            "DELETE FROM desk_audit WHERE number >= (SELECT MIN(number) FROM desk_audit WHERE act = 'evidence exported')",
            "UPDATE desk_audit_head SET number = (SELECT MAX(number) FROM desk_audit), \
             hash = (SELECT hash FROM desk_audit ORDER BY number DESC LIMIT 1)",
        ] {
            sqlx::query(sql).execute(&world.raw).await.unwrap();
        }
        assert!(world.store.verify_audit().await.unwrap().is_ok());
        assert!(world.store.verify_audit_against(Some(&checkpoint)).await.unwrap().is_err());
        // One bit of the encrypted file is enough to break it off.
        let object = world.evidence_files().len();
        assert_eq!(object, 3);
    })
    .await;
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let done = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_and_the_rest_is_kept() {
    each_engine("what_cannot_be_taken_is_said_and_the_rest_is_kept", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let large = vec![1_u8; usize::try_from(EVIDENCE_LIMIT).unwrap() + 1];
        let files: [(&str, &[u8]); 3] = [("empty.txt", b""), ("large.bin", &large), ("kept.txt", b"kept")];
        let answer = add(&people.researcher, &id, &files).await.expect(422);
        answer.says("empty.txt is empty").says("large.bin is larger than 3 MB").says("Kept: kept.txt");
        assert_eq!(world.evidence_files().len(), 1, "nothing is left of what was refused");
        add(&people.researcher, &id, &[]).await.expect(422).says("Choose at least one file");
        let path = format!("/desk/cases/{id}/evidence");
        let json = people.researcher.ask(Method::POST, &path).sent_by_our_page();
        let json =
            json.header("accept", "application/json").files(&[("a.txt", b"a")]).send().await.expect(200);
        assert_eq!(json.json()["added"][0], "a.txt");
        // No form of files.
        people.researcher.post(&path, &[("files", "x")]).await.expect(415);
        let cut = people.researcher.ask(Method::POST, &path).sent_by_our_page();
        let cut = cut.header("content-type", "multipart/form-data; boundary=b").body(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"cut.txt\"\r\n\r\nhalf of it",
        );
        cut.send().await.expect(422).says("cut.txt did not arrive whole");
        assert_eq!(ids(world, &id).await.len(), 2);
        // From elsewhere, from nobody, from another organisation.
        let elsewhere = people.researcher.ask(Method::POST, &path).header("sec-fetch-site", "cross-site");
        elsewhere.files(&[("x", b"x")]).send().await.expect(403);
        let stranger = world.stranger();
        let nobody = stranger.ask(Method::POST, &path).sent_by_our_page().files(&[("x", b"x")]).send().await;
        assert_eq!(nobody.moved(), "/sign-in");
        let outsider = world.sign_in(Who::Outsider).await;
        add(&outsider, &id, &[("x", b"x")]).await.expect(404);
        assert_eq!(world.evidence_files().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn files_made_to_hurt_are_kept_as_bytes_and_never_run() {
    each_engine("files_made_to_hurt_are_kept_as_bytes_and_never_run", async |world| {
        let people = world.desk().await;
        let id = people.submitted(&[]).await;
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
        let mut bomb = photo();
        bomb.truncate(200);
        let files: [(&str, &[u8]); 4] = [
            ("picture.svg", svg),
            ("../../../etc/cron.d/x.html", b"<html><script>alert(2)</script>"),
            ("photo.jpg", &bomb),
            ("\"><img src=x onerror=alert(3)>.txt", b"x"),
        ];
        add(&people.researcher, &id, &files).await.expect(303);
        let page = people.researcher.get(&format!("/desk/cases/{id}/evidence")).await.expect(200);
        assert!(!page.text().contains("<img src=x") && !page.text().contains("etc/cron"));
        for file in ids(world, &id).await {
            people.first.get(&format!("/desk/cases/{id}/evidence/{file}/copy")).await.expect(404);
            let read = act(&people.first, &id, &file, &[("do", "read")]).await.expect(200);
            assert_eq!(read.header("content-type"), "application/octet-stream");
            assert!(read.header("content-disposition").starts_with("attachment; "));
            assert_eq!(read.header("x-content-type-options"), "nosniff");
        }
    })
    .await;
}

#[tokio::test]
async fn the_operators_scanner_decides_and_where_it_is_silent_nothing_is_taken() {
    each_engine("the_operators_scanner_decides", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        let folder = tempfile::tempdir().unwrap();
        let scanner = folder.path().join("scanner");
        for (script, file, says) in [
            (
                "#!/bin/sh\nif grep -q made-up-virus; then exit 1; fi\n",
                &b"a made-up-virus"[..],
                "was refused",
            ),
            ("#!/bin/sh\nexit 3\n", b"clean", "could not be scanned"),
        ] {
            std::fs::write(&scanner, script).unwrap();
            make_program(&scanner);
            let router = world.scanned_by(&scanner).await;
            let researcher = Member::sign_in(router, Who::Researcher).await;
            add(&researcher, &id, &[("x.txt", file)]).await.expect(422).says(says);
        }
        let nowhere = world.scanned_by(&folder.path().join("nothing")).await;
        let researcher = Member::sign_in(nowhere, Who::Researcher).await;
        add(&researcher, &id, &[("x.txt", b"clean")]).await.expect(422).says("could not be scanned");
        assert!(world.evidence_files().is_empty());
        std::fs::write(&scanner, "#!/bin/sh\nif grep -q made-up-virus; then exit 1; fi\n").unwrap();
        make_program(&scanner);
        let router = world.scanned_by(&scanner).await;
        let researcher = Member::sign_in(router, Who::Researcher).await;
        add(&researcher, &id, &[("x.txt", b"clean")]).await.expect(303);
        // A large file, which the scanner does not read to its end.
        std::fs::write(&scanner, "#!/bin/sh\nexit 0\n").unwrap();
        add(&researcher, &id, &[("large.bin", &vec![1; 2 << 20])]).await.expect(303);
    })
    .await;
}

fn make_program(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[tokio::test]
async fn a_file_that_came_by_mistake_is_removed_and_its_line_stays() {
    each_engine("a_file_that_came_by_mistake_is_removed_and_its_line_stays", async |world| {
        let people = world.desk().await;
        let id = people.draft(&[]).await;
        add(&people.researcher, &id, &[("wrong.txt", b"the wrong one")]).await.expect(303);
        let file = ids(world, &id).await.remove(0);
        let fields = [("do", "remove"), ("remove_reason", "It shows a bystander.")];
        assert!(act(&people.researcher, &id, &file, &fields).await.moved().contains("done=evidence-remove"));
        assert!(world.evidence_files().is_empty());
        let page = people.first.get(&format!("/desk/cases/{id}/evidence")).await.expect(200);
        page.says("Removed").says("It shows a bystander.").says("SHA-256");
        act(&people.first, &id, &file, &[("do", "read")]).await.expect(404);
        act(&people.researcher, &id, &file, &fields).await.expect(409);
    })
    .await;
}
