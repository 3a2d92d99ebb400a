//! What waits at the desk: the parts of a member's queue, and why something that was set to happen did not.

use crate::treaty::slugs;

slugs! {
    /// A part of the queue.
    Section {
        /// Redactions and erasures that wait for this member.
        Withdrawals = "withdrawals",
        /// Wait for a review that this member may give.
        Review = "review",
        /// Stand verified; this member may publish them.
        Publish = "publish",
        /// Comments that wait for this member's answer.
        Comments = "comments",
        /// Sent back to this member.
        SentBack = "sent-back",
        /// This member's drafts.
        Drafts = "drafts",
        /// Will be published at their time.
        Scheduled = "scheduled",
        /// Wait for somebody else.
        Others = "others",
    }
}

slugs! {
    /// Why a line waits on somebody else, or for this member.
    Why {
        /// For a reviewer.
        Review = "review",
        /// For another reviewer: this one changed something in it.
        ReviewYouChangedIt = "review-you-changed-it",
        /// For a reviewer to publish it.
        Publish = "publish",
        /// For another reviewer to publish it: this one handed it in.
        PublishYouSubmittedIt = "publish-you-submitted-it",
        /// For who entered it, to change it.
        Changes = "changes",
        /// A redaction that was asked for.
        RedactAsked = "redact-asked",
        /// A redaction that the first of two began.
        RedactBegun = "redact-begun",
        /// An erasure that was asked for.
        EraseAsked = "erase-asked",
        /// An erasure that the first of two began.
        EraseBegun = "erase-begun",
    }
}

slugs! {
    /// Why a case was not published at the time that was set.
    TakenOff {
        /// Something in it changed since.
        Changed = "changed",
        /// The member who set it is kept out, or may not publish it any more.
        Member = "member",
        /// It does not hold what publishing asks for.
        Refused = "refused",
    }
}
