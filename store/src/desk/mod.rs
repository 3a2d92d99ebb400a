//! The desk: members, sessions, cases, sealed notes, the audit log. Private; nothing here is read by public pages.

pub mod audit;
mod blur;
mod cases;
mod change;
mod evidence;
mod handing;
mod likely;
mod members;
mod people;
mod sealed;
mod second_factor;
mod sessions;

pub(crate) use blur::settled;
pub use blur::{Blur, Mention};
pub use cases::{Case, CaseLine, VersionLine};
pub(crate) use cases::{allow, locked, snapshot};
pub use change::{Conflict, Saved};
pub(crate) use evidence::shown as shown_evidence;
pub use evidence::{CustodyLine, Evidence, NewEvidence, Original, PictureCopy};
pub use handing::Colleague;
pub use likely::{Likely, Verdict};
pub use members::{Member, NewMember, SignIn};
pub use people::{Invitation, LINK_LASTS, Link, MemberLine};
pub use sealed::{SealingKey, note_hash};
pub use second_factor::{RECOVERY_CODES, SecondFactor, SecondFactorSetup};
pub use sessions::{SessionLine, SessionTimes};

/// Every query of this half, for the test that prepares each on both engines.
pub fn queries() -> Vec<&'static str> {
    let mut all = Vec::new();
    all.extend(audit::queries());
    all.extend(cases::QUERIES);
    all.extend(change::QUERIES);
    all.extend(evidence::QUERIES);
    all.extend(blur::QUERIES);
    all.extend(handing::QUERIES);
    all.extend(likely::QUERIES);
    all.extend(members::QUERIES);
    all.extend(people::QUERIES);
    all.extend(sealed::QUERIES);
    all.extend(second_factor::QUERIES);
    all.extend(sessions::QUERIES);
    all
}
