//! The desk's pages: sign-in, the list of cases, a case's form and that of its analysis, its review, its sealed notes.
//!
//! Every page is whole without JavaScript; the two forms are wrapped by one island that saves while somebody types.
//! What was typed always comes back, however wrong it was.

mod account;
mod analysis;
mod analysis_fields;
mod blur;
mod case_beside;
mod case_fields;
mod case_form;
mod case_people;
mod cases;
mod comments;
mod evidence;
mod hide;
mod invitation;
mod members;
mod message;
mod organisations;
mod partners;
mod problem;
mod queue;
mod record;
mod replies;
mod review;
mod review_check;
mod review_steps;
mod saving;
mod sealed;
mod second_factor;
mod sign_in;
mod value;
mod withdrawals;

pub use account::{Account, account};
pub use analysis::{AnalysisForm, analysis, analysis_parts};
pub use blur::{BlurPage, blur};
pub use case_beside::{Beside, case_beside};
pub use case_form::{CaseForm, Island, case_form, case_particulars};
pub use cases::{CaseList, cases};
pub use evidence::{EvidencePage, FileAct, evidence};
pub use hide::{Hide, hide};
pub use invitation::invitation;
pub use members::{Members, members};
pub use message::{message, not_now};
pub use organisations::{Organisations, organisations};
pub use partners::{Partners, partners};
pub use problem::{label, problem};
pub use queue::{QueuePage, queue};
pub use record::{
    FactList, FactPage, FactWords, Proposals, RecordDesk, Unchecked, UncheckedLine, fact, facts, proposals,
    record, unchecked,
};
pub use replies::{ReplyPage, reply};
pub use review::{Review, review};
pub use sealed::{Sealed, sealed};
pub use second_factor::{SecondFactorPage, Shown, second_factor};
pub use sign_in::{Replay, SignIn, sign_in, sign_in_code};
pub use value::Known;
pub use withdrawals::{WithdrawalsPage, withdrawals};

use domain::fact::{FactAction, may_on_facts};
use domain::membership::{
    MemberAction, OrganisationAction, Person, may_act_on, may_on_organisations, may_run_partners,
};
use leptos::prelude::*;
use store::desk::Member;

pub use crate::components::form::control_id;
use crate::components::form::{Weight, button, status_line};
use crate::components::shell::{PageHead, shell};
use crate::context::PageContext;

/// What was wrong with each field, with the field's name before it: for the summary on top of a form.
fn named(errors: &[(String, String)], label: impl Fn(&str) -> Option<String>) -> Vec<(String, String)> {
    let one = |(field, said): &(String, String)| {
        let said = label(field).map_or_else(|| said.clone(), |label| format!("{label}: {said}"));
        (field.clone(), said)
    };
    errors.iter().map(one).collect()
}

/// The frame of a desk page: who is signed in, where, the way out, and what was just done.
fn desk_page<V: IntoView + 'static>(
    context: &PageContext,
    member: &Member,
    title: String,
    done: Option<String>,
    scripts: Option<String>,
    body: impl FnOnce() -> V,
) -> String {
    let text = context.text;
    let head = PageHead { no_index: true, scripts, class: "desk", ..PageHead::new(title, String::new()) };
    let who = text.with(
        "desk-who",
        &[
            ("email", (&member.email).into()),
            ("organisation", (&member.organisation_name).into()),
            ("role", text.say(&format!("member-role-{}", member.role.slug())).into()),
        ],
    );
    // Everybody's own account; what else there is, for who may see it.
    let role = member.role;
    let runs_partners = may_run_partners(member.role);
    shell(context, head, move || {
        let place = |open: bool, path: &'static str, key: &str| {
            open.then(|| view! { <a href=path>{text.say(key)}</a> " " })
        };
        let runs_members = may_act_on(role, Person::SameOrganisation, MemberAction::List, &[]);
        let sees_organisations = may_on_organisations(role, OrganisationAction::List);
        let sees_facts = may_on_facts(role, FactAction::See);
        let partners =
            runs_partners.then(|| view! { <a href="/desk/partners">{text.say("partners-title")}</a> });
        view! {
            <div class="desk-bar">
                <p class="places">
                    <a href="/desk">{text.say("queue-title")}</a>
                    " "
                    {place(runs_members, "/desk/members", "members-title")}
                    {place(sees_organisations, "/desk/organisations", "organisations-title")}
                    {place(sees_facts, "/desk/record", "facts-title")}
                    {partners}
                    " "
                    <a href="/desk/account">{text.say("account-title")}</a>
                </p>
                <p>{who}</p>
                <form method="post" action="/sign-out">
                    {button(text.say("desk-sign-out"), "", "", Weight::Plain)}
                </form>
            </div>
            {done.map(status_line)}
            {body()}
        }
    })
}
