//! The desk: sign-in, cases, review, sealed notes.
//!
//! Writes are plain forms: 303 on success, 422 with the page rendered again on refusal, and nothing typed is lost.
//! The island posts to the same case and is answered in JSON.

mod account;
mod analysis;
pub(crate) mod answer;
mod blur;
mod cases;
mod comments;
mod evidence;
mod export;
mod handing;
mod hide;
mod invitations;
mod member;
mod members;
mod organisations;
mod partners;
mod queue;
mod record;
mod replies;
mod saving;
mod sealed;
mod second_factor;
mod session;
mod steps;
mod withdrawals;

pub(super) use account::{account, change_password, end_sessions};
pub(super) use analysis::{analysis, autosave as autosave_analysis, save as save_analysis};
pub(super) use blur::{blur, blur_page};
pub(super) use cases::{autosave, case_form, new_case, save};
pub(super) use comments::comments;
pub(super) use evidence::{
    add as add_evidence, change as change_evidence, copy as evidence_copy, evidence,
    thumbnail as evidence_thumbnail,
};
pub(super) use export::export;
pub(super) use handing::{ACTS as HANDING, hand};
pub(super) use hide::{hide, hide_page};
pub(super) use invitations::{accept, invitation};
pub(super) use members::{disable, enable, invite, members, recover, set_role, withdraw};
pub(super) use organisations::{add as add_organisation, invite_manager, organisations};
pub(super) use partners::{change as change_partners, hand as hand_to_partner, partners};
pub(super) use queue::{cases, queue};
pub(super) use record::{change as change_record, fact, facts, new_fact, proposals, record, unchecked};
pub(super) use replies::{reply, reply_page};
pub(super) use sealed::{sealed, sealed_page};
pub(super) use second_factor::{change as change_second_factor, code, code_page, page as second_factor};
pub(super) use session::{sign_in, sign_in_page, sign_out};
pub(super) use steps::{STEPS, review, step};
pub(super) use withdrawals::{page as withdrawals, withdraw as change_withdrawals};
