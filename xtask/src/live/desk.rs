//! What members do at the desk. What they write is made up and says so.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{Browser, Server};

/// How far a case has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Opened,
    Submitted,
    Verified,
    Published,
}

/// The trial members, signed in.
pub(crate) struct Team {
    pub(crate) researcher: Browser,
    pub(crate) first: Browser,
    pub(crate) second: Browser,
}

impl Team {
    /// Signs in those whom `serve --demo` has made and told of.
    pub(crate) fn sign_in(server: &Server) -> Result<Self> {
        let member = |email: &str| {
            let told = server.said.iter().find_map(|line| line.strip_prefix(&format!("demo: {email} ")));
            Browser::sign_in(&server.url(""), email, told.with_context(|| format!("no {email} was made"))?)
        };
        Ok(Self {
            researcher: member("researcher@example.org")?,
            first: member("reviewer@example.org")?,
            second: member("second-reviewer@example.org")?,
        })
    }

    /// The same sessions at a server that was started again.
    pub(crate) fn at(&self, server: &Server) -> Self {
        let at = |browser: &Browser| browser.at(&server.url(""));
        Self { researcher: at(&self.researcher), first: at(&self.first), second: at(&self.second) }
    }

    /// Brings a new case through to the public, telling `done` of each step that was acknowledged.
    pub(crate) fn publish_one(&self, number: usize, mut done: impl FnMut(&str, Step)) -> Result<()> {
        let id = self.researcher.new_case()?;
        done(&id, Step::Opened);
        // Not all on one day: each would be a likely duplicate of all others.
        let start = format!("{}-{:02}-{:02}", 2004 + number % 20, 1 + number % 12, 1 + number % 28);
        let mut fields = COMPLETE.to_vec();
        fields.extend([("start", start.as_str()), ("revision", "1"), ("do", "submit")]);
        expect(self.researcher.post(&format!("/desk/cases/{id}"), &fields)?.moved()?, "done=submitted")?;
        done(&id, Step::Submitted);
        for (reviewer, step, to) in
            [(&self.first, "verify", Step::Verified), (&self.second, "publish", Step::Published)]
        {
            let seen = seen(&reviewer.get(&format!("/desk/cases/{id}/review"))?.text())?;
            let path = format!("/desk/cases/{id}/{step}");
            expect(reviewer.post(&path, &[("seen", &seen)])?.moved()?, &format!("done={step}"))?;
            done(&id, to);
        }
        Ok(())
    }
}

impl Browser {
    /// Opens a case; its id.
    pub(crate) fn new_case(&self) -> Result<String> {
        let location = self.post("/desk/cases", &[])?.moved()?;
        Ok(location.strip_prefix("/desk/cases/").with_context(|| location.clone())?.to_owned())
    }

    /// Saves as the island does while somebody types; the revision made. `revision` is the one that was last told.
    pub(crate) fn autosave(&self, id: &str, revision: i64, fields: &[(&str, &str)]) -> Result<i64> {
        let mut revision = revision;
        // A save that was kept and never answered stands in the way of the next: its revision is told, and the text is
        // sent again, as somebody does who has seen both.
        for _ in 0..2 {
            let base = revision.to_string();
            let all: Vec<_> = fields.iter().copied().chain([("revision", base.as_str())]).collect();
            let answer = self.post(&format!("/desk/cases/{id}/autosave"), &all)?;
            let json: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let told = json["revision"].as_i64();
            match (answer.status, told) {
                (200, Some(told)) => return Ok(told),
                (409, Some(told)) => revision = told,
                (status, _) => bail!("a save was answered with {status}: {json}"),
            }
        }
        bail!("a save conflicts with itself")
    }

    /// Adds a file to a case.
    pub(crate) fn upload(&self, id: &str, name: &str, bytes: &[u8]) -> Result<()> {
        let answer = self.send_file(&format!("/desk/cases/{id}/evidence"), name, bytes)?;
        let json: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        if answer.status != 200 || json["added"][0] != name {
            bail!("an upload was answered with {}: {json}", answer.status);
        }
        Ok(())
    }

    /// The original of a file.
    pub(crate) fn original(&self, id: &str, file: &str) -> Result<Vec<u8>> {
        let answer = self.post(&format!("/desk/cases/{id}/evidence/{file}"), &[("do", "read")])?;
        if answer.status != 200 {
            bail!("reading a file was answered with {}", answer.status);
        }
        Ok(answer.body)
    }
}

/// The hash of what a reviewer was shown.
fn seen(page: &str) -> Result<String> {
    let (_, after) = page.split_once("name=\"seen\" value=\"").context("a review page without its hash")?;
    Ok(after.split('"').next().unwrap_or_default().to_owned())
}

fn expect(location: String, part: &str) -> Result<()> {
    if !location.contains(part) {
        bail!("sent on to {location} instead of {part}");
    }
    Ok(())
}

/// What publishing asks for, but for the start.
const COMPLETE: &[(&str, &str)] = &[
    ("places.0", "Brazil"),
    ("kind", "platform-blocking"),
    (
        "narrative",
        "A made-up court of this test had a messenger blocked. Made-up operators complied for a day.",
    ),
    ("sources.0.url", "https://news.example/messenger-blocked"),
    ("title", "Made-up messenger blocked for a test"),
    ("bearing", "alleged-misuse"),
    ("actors.0.role", "ordered"),
    ("actors.0.state", "BRA"),
    ("actors.0.attribution", "acknowledged"),
    ("authority_kind", "court"),
    ("no_justification_found", "yes"),
    ("naming", "nobody-named"),
    ("comment_not_asked", "The court of this test answers no questions."),
];
