//! The evidence of a case: adding files, saying what each shows and who agreed to it, who had it in hand.

use domain::evidence::{Consent, thumbnail_size};
use domain::rights::{Action, Facts, may};
use leptos::prelude::*;
use store::desk::{Case, CustodyLine, Evidence, Member};
use text::Text;

use super::{Island, cases, desk_page};
use crate::components::form::{
    Choice, Control, Field, Sight, Weight, button, control_id, error_of, error_summary, field, hidden,
};
use crate::context::PageContext;
use crate::islands::{Upload, UploadWords};
use crate::words;

/// What the page shows.
#[derive(Clone, Debug)]
pub struct EvidencePage {
    /// Who asks.
    pub member: Member,
    /// The case.
    pub case: Case,
    /// What rights ask for.
    pub facts: Facts,
    /// Its files, in the order in which they came.
    pub files: Vec<Evidence>,
    /// Who had them in hand.
    pub custody: Vec<CustodyLine>,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// Names of files that were taken all the same.
    pub added: Vec<String>,
    /// What was typed and refused: `shows.ID` and the like.
    pub typed: Vec<(String, String)>,
    /// The most that a file may hold, in MiB.
    pub megabytes: u64,
    /// The start script, where the program carries its islands.
    pub island: Option<Island>,
    /// What was just done.
    pub done: Option<String>,
}

/// What can be done with one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileAct {
    /// Say what it shows and who agreed.
    Describe,
    /// Open the original.
    Read,
    /// Take consent back.
    Withdraw,
    /// Remove it.
    Remove,
}

impl FileAct {
    /// The one that a button sent.
    pub fn parse(sent: &str) -> Option<Self> {
        [Self::Describe, Self::Read, Self::Withdraw, Self::Remove].into_iter().find(|act| act.slug() == sent)
    }

    /// As its button sends it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Describe => "describe",
            Self::Read => "read",
            Self::Withdraw => "withdraw",
            Self::Remove => "remove",
        }
    }

    /// The field of its reason.
    pub fn reason_field(self) -> &'static str {
        if self == Self::Remove { "remove_reason" } else { "withdraw_reason" }
    }
}

/// The page.
pub fn evidence(context: &PageContext, page: EvidencePage) -> String {
    let text = context.text;
    let title = text.say("evidence-title");
    let scripts = page.island.as_ref().map(|island| island.scripts.clone());
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, scripts, move || {
        let case = &page.case;
        let name = if case.draft.title.trim().is_empty() {
            text.say("desk-untitled")
        } else {
            case.draft.title.clone()
        };
        let may_edit = may(page.member.role, case.relation(&page.member), Action::Edit, page.facts);
        let has_originals = has_originals(&page);
        let files = page.files.iter().map(|file| one(text, &page, file, may_edit)).collect_view();
        let none = page.files.is_empty().then(|| view! { <p>{text.say("evidence-none")}</p> });
        view! {
            <h1>{title}</h1>
            <p dir="auto">
                <a href=format!("/desk/cases/{}{}", case.id, if has_originals { "" } else { "/review" })>{name}</a>
            </p>
            <p>{text.say(if has_originals { "evidence-explained" } else { "partner-evidence-explained" })}</p>
            {error_summary(text, page.errors.clone())}
            {added(text, &page.added)}
            {may_edit.then(|| add(text, &page))}
            {none}
            {files}
            {has_originals.then(|| export(text, &page))}
        }
    })
}

/// Whether the member may open the original files, and see who did.
fn has_originals(page: &EvidencePage) -> bool {
    may(page.member.role, page.case.relation(&page.member), Action::Originals, page.facts)
}

fn added(text: Text, names: &[String]) -> Option<AnyView> {
    (!names.is_empty()).then(|| {
        view! { <p role="status">{text.with("evidence-added-these", &[("names", names.join(", ").into())])}</p> }
            .into_any()
    })
}

fn add(text: Text, page: &EvidencePage) -> AnyView {
    let action = format!("/desk/cases/{}/evidence", page.case.id);
    let error = error_of(&page.errors, "files");
    let class = if error.is_some() { "field wrong" } else { "field" };
    let id = control_id("files");
    let limit = i64::try_from(page.megabytes).unwrap_or(i64::MAX);
    let form = view! {
        <form method="post" action=action.clone() enctype="multipart/form-data">
            {hidden("member", &page.member.id)}
            <div class=class>
                <label for=id.clone()>{text.say("evidence-files")}</label>
                <p class="hint" id="f-files-hint">
                    {text.with("evidence-files-hint", &[("limit", limit.into())])}
                </p>
                {error.map(|said| view! { <p class="error">{said}</p> })}
                <input type="file" name="files" id=id multiple aria-describedby="f-files-hint" />
            </div>
            {button(text.say("evidence-add"), "", "", Weight::Main)}
        </form>
    };
    let then = format!("{action}?done=evidence-added");
    let form = if page.island.is_some() {
        let words = UploadWords {
            waiting: text.say("upload-waiting"),
            sending: text.with("upload-sending", &[("percent", "{percent}".into())]),
            keeping: text.say("upload-keeping"),
            kept: text.say("upload-kept"),
            offline: text.say("upload-offline"),
            signed_out: text.say("upload-signed-out"),
            refused: text.say("upload-refused"),
        };
        view! { <Upload then words>{form}</Upload> }.into_any()
    } else {
        form.into_any()
    };
    view! {
        <section>
            <h2>{text.say("evidence-add-title")}</h2>
            {form}
        </section>
    }
    .into_any()
}

fn one(text: Text, page: &EvidencePage, file: &Evidence, may_edit: bool) -> AnyView {
    let about = text.with(
        "evidence-about",
        &[
            ("type", file.media_type.clone().into()),
            ("size", words::file_size(text, file.bytes).into()),
            ("when", cases::moment(text, &file.added_at).into()),
        ],
    );
    let heading = control_id(&format!("file.{}", file.id));
    let own = has_originals(page).then(|| {
        view! {
            <p class="meta hash">
                {text.say("evidence-hash")} " " <code dir="ltr">{file.sha256.clone()}</code>
            </p>
            {custody(text, page, file)}
        }
    });
    // A partner is not told what the file is called.
    let name = if file.name.is_empty() { file.media_type.clone() } else { file.name.clone() };
    let body = match &file.removed_at {
        Some(at) => {
            view! { <p>{text.with("evidence-removed", &[("when", cases::moment(text, at).into())])}</p> }
                .into_any()
        }
        None => standing(text, page, file, may_edit),
    };
    view! {
        <section class="evidence" aria-labelledby=heading>
            <h2 id=heading.clone() dir="auto">
                {name}
            </h2>
            <p class="meta">{about}</p>
            {own}
            {body}
        </section>
    }
    .into_any()
}

fn standing(text: Text, page: &EvidencePage, file: &Evidence, may_edit: bool) -> AnyView {
    let at = format!("/desk/cases/{}/evidence/{}", page.case.id, file.id);
    let shows = file.description.shows.clone();
    let picture = (!file.copy_type.is_empty()).then(|| {
        let alt = if shows.is_empty() { text.say("evidence-not-described") } else { shows.clone() };
        let (width, height) = thumbnail_size(file.copy_size.0, file.copy_size.1);
        view! {
            <p>
                <a href=format!("{at}/copy")>
                    <img class="thumbnail" src=format!("{at}/thumbnail") alt=alt loading="lazy" width=width height=height />
                </a>
            </p>
            <p class="meta">{text.say("evidence-copy-explained")}</p>
        }
    });
    let consent = file.description.consent;
    let state = text.say(if file.is_shown() { "evidence-is-shown" } else { "evidence-is-not-shown" });
    let describe = (may_edit && consent != Consent::Withdrawn).then(|| describe(text, page, file, &at));
    let told = describe.is_none().then(|| {
        view! {
            <p dir="auto">{shows}</p>
            <p>{text.say(&format!("consent-{}", consent.slug()))}</p>
        }
    });
    let withdraw = (may_edit && consent.shows()).then(|| reasoned(text, page, file, &at, FileAct::Withdraw));
    let remove = may_edit.then(|| reasoned(text, page, file, &at, FileAct::Remove));
    view! {
        {picture}
        <p>{state}</p>
        {told}
        {describe}
        {has_originals(page).then(|| read(text, page, &at))}
        {withdraw}
        {remove}
    }
    .into_any()
}

fn read(text: Text, page: &EvidencePage, at: &str) -> AnyView {
    view! {
        <form method="post" action=at.to_owned()>
            {hidden("member", &page.member.id)} {button(text.say("evidence-read"), "do", "read", Weight::Plain)}
            <p class="hint">{text.say("evidence-read-explained")}</p>
        </form>
    }
    .into_any()
}

fn describe(text: Text, page: &EvidencePage, file: &Evidence, at: &str) -> AnyView {
    let typed = |name: &str, held: &str| {
        let name = format!("{name}.{}", file.id);
        let typed = page.typed.iter().rev().find(|(sent, _)| *sent == name).map(|(_, value)| value.clone());
        (typed.unwrap_or_else(|| held.to_owned()), error_of(&page.errors, &name), name)
    };
    let (value, error, name) = typed("shows", &file.description.shows);
    let shows = Field::new(name, text.say("evidence-shows"))
        .control(Control::Lines(3))
        .hint(text.say("evidence-shows-hint"))
        .sight(Sight::Public)
        .value(value)
        .error(error);
    let (value, error, name) = typed("consent", file.description.consent.slug());
    let choices = Consent::ALL.iter().filter(|consent| **consent != Consent::Withdrawn).map(|consent| {
        let hint = Some(text.say(&format!("consent-{}-hint", consent.slug())));
        Choice { hint, ..Choice::new(consent.slug(), text.say(&format!("consent-{}", consent.slug()))) }
    });
    let consent = Field::new(name, text.say("evidence-consent"))
        .control(Control::Radios(choices.collect()))
        .sight(Sight::Desk)
        .value(value)
        .error(error);
    let (value, error, name) = typed("consent_note", &file.description.consent_note);
    let note = Field::new(name, text.say("evidence-consent-note"))
        .control(Control::Lines(2))
        .hint(text.say("evidence-consent-note-hint"))
        .sight(Sight::Desk)
        .value(value)
        .error(error);
    view! {
        <form method="post" action=at.to_owned()>
            {hidden("member", &page.member.id)} {field(text, shows)} {field(text, consent)} {field(text, note)}
            {button(text.say("evidence-describe"), "do", "describe", Weight::Main)}
        </form>
    }
    .into_any()
}

/// A step that needs a reason, folded away.
fn reasoned(text: Text, page: &EvidencePage, file: &Evidence, at: &str, act: FileAct) -> AnyView {
    let name = format!("{}.{}", act.reason_field(), file.id);
    let error = error_of(&page.errors, &name);
    let is_open = error.is_some();
    let key = format!("evidence-{}", act.slug());
    let reason = Field::new(name, text.say("evidence-reason"))
        .control(Control::Lines(2))
        .sight(Sight::Desk)
        .error(error);
    view! {
        <details open=is_open>
            <summary>{text.say(&key)}</summary>
            <p>{text.say(&format!("{key}-explained"))}</p>
            <form method="post" action=at.to_owned()>
                {hidden("member", &page.member.id)} {field(text, reason)}
                {button(text.say(&format!("{key}-button")), "do", act.slug(), Weight::Grave)}
            </form>
        </details>
    }
    .into_any()
}

fn custody(text: Text, page: &EvidencePage, file: &Evidence) -> AnyView {
    let lines = page
        .custody
        .iter()
        .filter(|line| line.evidence == file.id)
        .map(|line| {
            let act = text.say(&format!("custody-{}", line.act.replace(' ', "-")));
            // What was said with it is for people where they wrote it: a reason.
            let reason = matches!(line.act.as_str(), "removed" | "consent withdrawn")
                .then(|| view! { <p class="meta" dir="auto">{line.detail.clone()}</p> });
            view! { <li>{cases::moment(text, &line.at)} " · " {act} " · " {line.member.clone()} {reason}</li> }
        })
        .collect_view();
    view! {
        <details>
            <summary>{text.say("evidence-custody")}</summary>
            <ol class="versions">{lines}</ol>
        </details>
    }
    .into_any()
}

fn export(text: Text, page: &EvidencePage) -> Option<AnyView> {
    page.files.iter().any(|file| file.removed_at.is_none()).then(|| {
        view! {
            <section>
                <h2>{text.say("evidence-export")}</h2>
                <p>{text.say("evidence-export-explained")}</p>
                <form method="post" action=format!("/desk/cases/{}/export", page.case.id)>
                    {hidden("member", &page.member.id)}
                    {button(text.say("evidence-export-button"), "", "", Weight::Plain)}
                </form>
            </section>
        }
        .into_any()
    })
}
