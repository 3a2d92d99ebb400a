//! The desk's pages: sign-in, the list of cases, a case's form, its review, its sealed notes.
//!
//! Every page is whole without JavaScript; the case's form is wrapped by one island that saves while somebody types.
//! What was typed always comes back, however wrong it was.

mod account;
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
mod problem;
mod queue;
mod review;
mod review_check;
mod review_steps;
mod sealed;
mod second_factor;
mod sign_in;
mod value;
mod withdrawals;

pub use account::{Account, account};
pub use blur::{BlurPage, blur};
pub use case_beside::{Beside, case_beside};
pub use case_form::{CaseForm, Island, case_form, case_particulars};
pub use cases::{CaseList, cases};
pub use evidence::{EvidencePage, FileAct, evidence};
pub use hide::{Hide, hide};
pub use invitation::invitation;
pub use members::{Members, members};
pub use message::message;
pub use problem::{label, problem};
pub use queue::{QueuePage, queue};
pub use review::{Review, review};
pub use sealed::{Sealed, sealed};
pub use second_factor::{SecondFactorPage, Shown, second_factor};
pub use sign_in::{Replay, SignIn, sign_in, sign_in_code};
pub use withdrawals::{WithdrawalsPage, withdrawals};

use domain::membership::{MemberAction, Person, may_act_on};
use leptos::prelude::*;
use store::desk::Member;

pub use crate::components::form::control_id;
use crate::components::form::{Weight, button, status_line};
use crate::components::shell::{PageHead, shell};
use crate::context::PageContext;

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
    // Everybody's own account; the members for who runs them.
    let runs_members = may_act_on(member.role, Person::SameOrganisation, MemberAction::List, &[]);
    shell(context, head, move || {
        let members = runs_members.then(|| view! { <a href="/desk/members">{text.say("members-title")}</a> });
        view! {
            <div class="desk-bar">
                <p class="places">
                    <a href="/desk">{text.say("queue-title")}</a>
                    " "
                    {members}
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
