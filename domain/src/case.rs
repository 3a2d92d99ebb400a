//! The life of a case: a public version, at most one working version, and the steps between their states.

use crate::treaty::slugs;

slugs! {
    /// What the public has of a case.
    PublicState {
        /// Nothing.
        None = "none",
        /// A published version.
        Published = "published",
        /// A page with the reason; the content only at its own editions.
        Retracted = "retracted",
        /// Hidden from every edition while it is reviewed.
        Withheld = "withheld",
        /// Gone for good.
        Erased = "erased",
    }
}

slugs! {
    /// Where the working version stands.
    WorkingState {
        /// Being written.
        Draft = "draft",
        /// Waiting for a reviewer.
        Submitted = "submitted",
        /// Sent back with a reason.
        ChangesRequested = "changes-requested",
        /// A reviewer who changed nothing has seen exactly this.
        Verified = "verified",
    }
}

slugs! {
    /// What takes words back for good, and asks for two persons.
    Withdrawal {
        /// Blanks one field.
        Redact = "redact",
        /// Erases the case and everything in it.
        Erase = "erase",
    }
}

/// What can happen to a working version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Somebody changes its content.
    Edit,
    /// The entrant (or a reviewer) hands it in.
    Submit,
    /// A reviewer sends it back.
    RequestChanges,
    /// A reviewer has seen it and stands for it.
    Verify,
}

impl WorkingState {
    /// The state after `step`, or `None` where the step is not possible from here. Any change takes a
    /// verification back.
    pub fn after(self, step: Step) -> Option<Self> {
        match (self, step) {
            (Self::Verified | Self::Submitted, Step::Edit) => Some(Self::Submitted),
            (state, Step::Edit) => Some(state),
            (Self::Draft | Self::ChangesRequested, Step::Submit) => Some(Self::Submitted),
            (Self::Submitted | Self::Verified, Step::RequestChanges) => Some(Self::ChangesRequested),
            (Self::Submitted, Step::Verify) => Some(Self::Verified),
            _ => None,
        }
    }
}

impl PublicState {
    /// A newly verified version may replace this one.
    pub fn may_be_replaced(self) -> bool {
        matches!(self, Self::None | Self::Published | Self::Retracted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_change_takes_a_verification_back() {
        assert_eq!(WorkingState::Verified.after(Step::Edit), Some(WorkingState::Submitted));
    }

    #[test]
    fn what_was_not_submitted_cannot_be_verified() {
        assert_eq!(WorkingState::Draft.after(Step::Verify), None);
        assert_eq!(WorkingState::ChangesRequested.after(Step::Verify), None);
        assert_eq!(WorkingState::Verified.after(Step::Verify), None);
    }
}
