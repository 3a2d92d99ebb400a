//! Cases by the plain forms, in any state. What they tell is made up and says so.

use super::{Answer, Form, Member, Who, World};

/// What submitting asks for.
pub(crate) const FIVE_FIELDS: &[(&str, &str)] = &[
    ("places.0", "Brazil"),
    ("kind", "platform-blocking"),
    ("start", "2016-05-02"),
    (
        "narrative",
        "A made-up court of this test had a messenger blocked. Made-up operators complied for a day.",
    ),
    ("sources.0.url", "https://news.example/messenger-blocked"),
];

/// What publishing asks for beyond that.
pub(crate) const COMPLETE: &[(&str, &str)] = &[
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

/// A published case.
#[derive(Clone, Debug)]
pub(crate) struct Published {
    /// The case's id.
    pub(crate) id: String,
    /// The incident's reference.
    pub(crate) reference: String,
}

/// The three who bring a case through.
#[derive(Debug)]
pub(crate) struct History {
    /// Enters it.
    pub(crate) researcher: Member,
    /// Verifies it.
    pub(crate) first: Member,
    /// Publishes it.
    pub(crate) second: Member,
}

impl Form {
    /// Types into fields; one that does not stand there is sent all the same.
    pub(crate) fn set(&mut self, typed: &[(&str, &str)]) {
        for (name, value) in typed {
            if self.value(name).is_some() {
                self.fill(&[(name, value)]);
            } else {
                self.fields.push(((*name).to_owned(), (*value).to_owned()));
            }
        }
    }
}

impl Member {
    /// Opens a new case by the button of the list; its id.
    pub(crate) async fn new_case(&self) -> String {
        let form = self.get("/desk").await.expect(200).page().form("/desk/cases");
        let location = self.send(&form, "").await.moved();
        location.strip_prefix("/desk/cases/").unwrap().to_owned()
    }

    /// Types into a case's form and presses a button.
    pub(crate) async fn type_into(&self, id: &str, typed: &[(&str, &str)], button: &str) -> Answer {
        let mut form = self.case_form(id).await;
        form.set(typed);
        self.send(&form, button).await
    }
}

impl Member {
    /// Reveals a case's sealed note and seals another in its place.
    pub(crate) async fn seal(&self, id: &str, note: &str) -> Answer {
        let path = format!("/desk/cases/{id}/sealed");
        let mut form = self.reveal(id).await.page().form(&path);
        form.fill(&[("note", note)]);
        self.send(&form, "save").await
    }

    /// Reveals a case's sealed note.
    pub(crate) async fn reveal(&self, id: &str) -> Answer {
        let path = format!("/desk/cases/{id}/sealed");
        let form = self.get(&path).await.expect(200).page().form(&path);
        self.send(&form, "reveal").await.expect(200)
    }
}

impl Member {
    /// Stands for what the review page shows, whether or not it offers that.
    pub(crate) async fn verify_unoffered(&self, id: &str) -> Answer {
        let page = self.get(&format!("/desk/cases/{id}/review")).await.expect(200).page();
        let seen = page.forms.iter().find_map(|form| form.value("seen")).unwrap().to_owned();
        self.post(&format!("/desk/cases/{id}/verify"), &[("seen", &seen)]).await
    }
}

impl World {
    /// Signs in the three.
    pub(crate) async fn desk(&self) -> History {
        History {
            researcher: self.sign_in(Who::Researcher).await,
            first: self.sign_in(Who::FirstReviewer).await,
            second: self.sign_in(Who::SecondReviewer).await,
        }
    }
}

impl History {
    /// A case of the researcher with what submitting asks for, and `more`.
    pub(crate) async fn draft(&self, more: &[(&str, &str)]) -> String {
        let id = self.researcher.new_case().await;
        let all: Vec<_> = FIVE_FIELDS.iter().chain(more).copied().collect();
        assert!(self.researcher.type_into(&id, &all, "save").await.moved().contains("done=saved"));
        id
    }

    /// A complete case that waits for a reviewer.
    pub(crate) async fn submitted(&self, more: &[(&str, &str)]) -> String {
        let all: Vec<_> = COMPLETE.iter().chain(more).copied().collect();
        let id = self.draft(&all).await;
        assert!(self.researcher.type_into(&id, &[], "submit").await.moved().contains("done=submitted"));
        id
    }

    /// A case that the first reviewer stands for.
    pub(crate) async fn verified(&self, more: &[(&str, &str)]) -> String {
        let id = self.submitted(more).await;
        assert!(self.first.step(&id, "verify", "").await.moved().contains("done=verify"));
        id
    }

    /// A published case.
    pub(crate) async fn published(&self, more: &[(&str, &str)]) -> Published {
        let id = self.verified(more).await;
        assert!(self.second.step(&id, "publish", "").await.moved().contains("done=publish"));
        Published { reference: self.reference(&id).await, id }
    }

    /// A correction of a published case, published; begun by the researcher for `reason`.
    pub(crate) async fn corrected(&self, id: &str, reason: &str, typed: &[(&str, &str)]) {
        assert!(self.researcher.step(id, "correct", reason).await.moved().contains("done=correct"));
        assert!(self.researcher.type_into(id, typed, "submit").await.moved().contains("done=submitted"));
        assert!(self.first.step(id, "verify", "").await.moved().contains("done=verify"));
        assert!(self.second.step(id, "publish", "").await.moved().contains("done=publish"));
    }

    /// The reference that the case's page links to.
    pub(crate) async fn reference(&self, id: &str) -> String {
        let page = self.researcher.get(&format!("/desk/cases/{id}")).await.expect(200).page();
        let public =
            page.links().into_iter().find_map(|l| l.strip_prefix("/incidents/TW-").map(str::to_owned));
        format!("TW-{}", public.unwrap())
    }
}
