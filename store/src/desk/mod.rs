//! The desk: members, sessions, cases, sealed notes, the audit log. Private; nothing here is read by public pages.

mod analysis;
pub mod audit;
mod blur;
mod cases;
mod change;
mod comments;
mod evidence;
mod handing;
mod imports;
mod likely;
mod members;
mod organisations;
mod partners;
mod people;
mod proposals;
mod queue;
mod replies;
mod schedule;
mod sealed;
mod second_factor;
mod sessions;
mod withdrawals;

pub(crate) use analysis::unless_contradicted;
pub(crate) use blur::settled;
pub use blur::{Blur, Mention};
pub use cases::{Case, CaseLine, VersionLine};
pub(crate) use cases::{allow, locked, snapshot};
pub use change::{Conflict, Saved};
pub use comments::{Comment, Said};
pub(crate) use evidence::shown as shown_evidence;
pub use evidence::{CustodyLine, Evidence, NewEvidence, Original, PictureCopy};
pub use handing::Colleague;
pub use imports::{Imported, ImportedCase, NewImport, NewRow};
pub use likely::{Likely, Verdict};
pub use members::{Member, NewMember, SignIn};
pub use organisations::{ManagerLine, OrganisationLine};
pub use partners::{Partner, Partnership};
pub use people::{Invitation, LINK_LASTS, Link, MemberLine};
pub(crate) use proposals::take_proposal;
pub use proposals::{NewProposal, Proposal, ProposalState, ProposedAct};
pub use queue::{Queue, QueueLine};
pub use replies::{MOST_WAITING, OpenReply, Receipt, Received, ReplyLine};
pub(crate) use replies::{locked_reply, set as set_reply};
pub use schedule::Schedule;
pub(crate) use schedule::{decided, forget as forget_schedule};
pub use sealed::{KeyFile, Rotate, Rotated, SealingKey, note_hash};
pub use second_factor::{RECOVERY_CODES, SecondFactor, SecondFactorSetup};
pub use sessions::{SessionLine, SessionTimes};
pub use withdrawals::WithdrawalLine;
pub(crate) use withdrawals::{confirmed, forget_reasons, withhold_in_desk};

/// Every query of this half, for the test that prepares each on both engines.
pub fn queries() -> Vec<&'static str> {
    let mut all = Vec::new();
    all.extend(analysis::QUERIES);
    all.extend(audit::queries());
    all.extend(cases::QUERIES);
    all.extend(change::QUERIES);
    all.extend(comments::QUERIES);
    all.extend(evidence::QUERIES);
    all.extend(blur::QUERIES);
    all.extend(imports::QUERIES);
    all.extend(handing::QUERIES);
    all.extend(likely::QUERIES);
    all.extend(members::QUERIES);
    all.extend(partners::QUERIES);
    all.extend(organisations::QUERIES);
    all.extend(people::QUERIES);
    all.extend(queue::QUERIES);
    all.extend(schedule::QUERIES);
    all.extend(proposals::QUERIES);
    all.extend(replies::QUERIES);
    all.extend(sealed::queries());
    all.extend(second_factor::QUERIES);
    all.extend(sessions::QUERIES);
    all.extend(withdrawals::QUERIES);
    all
}
