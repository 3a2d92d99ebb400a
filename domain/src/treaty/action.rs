//! Treaty actions: what a state did, in the depositary's words, with the day it was done, the day of effect and
//! the day we learned of it.

use serde::{Deserialize, Serialize};

use super::TreatySlug;
use crate::country::CountryCode;
use crate::day::{Day, DayBounds};
use crate::error::Problem;

macro_rules! slugs {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $slug:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $slug)] $variant),+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its slug, the same in addresses, files and tables.
            pub fn slug(self) -> &'static str {
                match self { $(Self::$variant => $slug),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::error::Problem;

            fn from_str(text: &str) -> Result<Self, $crate::error::Problem> {
                match text.trim() {
                    $($slug => Ok(Self::$variant),)+
                    other => Err($crate::error::Problem::NotInList { value: other.to_owned() }),
                }
            }
        }
    };
}
pub(crate) use slugs;

slugs! {
    /// What a state did.
    ActionKind {
        /// Signature subject to ratification.
        Signature = "signature",
        /// Signature without reservation as to ratification: a consent.
        DefinitiveSignature = "definitive-signature",
        /// Ratification.
        Ratification = "ratification",
        /// Acceptance.
        Acceptance = "acceptance",
        /// Approval.
        Approval = "approval",
        /// Accession, without an earlier signature.
        Accession = "accession",
        /// Succession: takes effect from the state's independence.
        Succession = "succession",
        /// Formal confirmation, by an organisation.
        FormalConfirmation = "formal-confirmation",
        /// A consent to be bound whose form is not recorded.
        ConsentFormNotRecorded = "consent-form-not-recorded",
        /// Provisional application.
        ProvisionalApplication = "provisional-application",
        /// Entry into force for that state.
        EntryIntoForce = "entry-into-force",
        /// Reservation.
        Reservation = "reservation",
        /// Declaration, also of an option that an article itself gives.
        Declaration = "declaration",
        /// A reservation withdrawn, in part or whole.
        ReservationWithdrawal = "reservation-withdrawal",
        /// Objection to another state's reservation.
        Objection = "objection",
        /// Derogation in an emergency.
        Derogation = "derogation",
        /// The end of a derogation.
        DerogationEnd = "derogation-end",
        /// Extension to a territory.
        TerritorialApplication = "territorial-application",
        /// Invitation to accede.
        InvitationToAccede = "invitation-to-accede",
        /// Denunciation or withdrawal from the treaty.
        Denunciation = "denunciation",
        /// A signature taken back.
        SignatureWithdrawal = "signature-withdrawal",
        /// The depositary corrected its list.
        DepositaryCorrection = "depositary-correction",
        /// An act of domestic approval: shown and never counted.
        DomesticApproval = "domestic-approval",
        /// Reported by somebody to have ratified: shown and never counted.
        ReportedRatified = "reported-ratified",
    }
}

impl ActionKind {
    /// It expresses consent to be bound.
    pub fn is_consent(self) -> bool {
        matches!(
            self,
            Self::DefinitiveSignature
                | Self::Ratification
                | Self::Acceptance
                | Self::Approval
                | Self::Accession
                | Self::Succession
                | Self::FormalConfirmation
                | Self::ConsentFormNotRecorded
        )
    }

    /// It binds, or tells of the day from which it does: a consent, or an entry into force.
    pub fn is_binding(self) -> bool {
        self.is_consent() || self == Self::EntryIntoForce
    }

    /// It changes a state's standing (statements about a treaty do not).
    pub fn changes_standing(self) -> bool {
        self.is_consent()
            || matches!(
                self,
                Self::Signature
                    | Self::SignatureWithdrawal
                    | Self::ProvisionalApplication
                    | Self::EntryIntoForce
                    | Self::Denunciation
                    | Self::TerritorialApplication
            )
    }
}

/// When an action takes effect, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", content = "day", rename_all = "kebab-case")]
pub enum Effect {
    /// A source gives the day, or bounds of it.
    Recorded(DayBounds),
    /// Taken from the entry into force for that state, which an action of its own records.
    FromEntry(DayBounds),
    /// Computed by the treaty's rule, and marked so.
    Computed(DayBounds),
    /// Neither recorded nor to be computed.
    NotRecorded,
}

impl Effect {
    /// The bounds, however they are known; nothing bounds what is not recorded.
    pub fn bounds(&self) -> DayBounds {
        match self {
            Self::Recorded(bounds) | Self::FromEntry(bounds) | Self::Computed(bounds) => *bounds,
            Self::NotRecorded => DayBounds::default(),
        }
    }

    /// Some source tells of the day; it was not computed.
    pub fn is_recorded(&self) -> bool {
        matches!(self, Self::Recorded(_) | Self::FromEntry(_))
    }
}

/// One action of one state under one treaty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreatyAction {
    /// The treaty.
    pub treaty: TreatySlug,
    /// Who did it.
    pub country: CountryCode,
    /// What was done.
    pub kind: ActionKind,
    /// The day it was done.
    pub done: DayBounds,
    /// The day of effect.
    pub effect: Effect,
    /// A consent after an earlier one ended: it proves nothing about the time before.
    pub again: bool,
    /// For a territorial application: the state through which the treaty applies.
    pub through: Option<CountryCode>,
    /// Checked against a source; an unchecked action adds its status with those words and proves nothing else.
    pub checked: bool,
    /// The day on which that source was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<Day>,
    /// The provisions it touches, as written.
    pub provisions: String,
    /// The text as deposited, or an excerpt or summary.
    pub text: String,
    /// The page it was seen on.
    pub source_url: String,
    /// What that page is.
    pub source_title: String,
    /// The day the source says its list is of, as written.
    pub seen_as_of: String,
    /// The day we learned of it.
    pub learned: Option<Day>,
    /// The one that is used where several sources tell of the same act.
    pub used: bool,
    /// Why it is not, or what else should be known.
    pub note: String,
}

impl TreatyAction {
    /// Its bounds contradict one another, or an effect comes before the act.
    pub fn check(&self) -> Result<(), Problem> {
        let effect = self.effect.bounds();
        if !self.done.is_consistent() || !effect.is_consistent() {
            return Err(Problem::EndBeforeStart);
        }
        match (self.done.not_before, effect.not_after) {
            (Some(done), Some(effect)) if effect < done && self.kind != ActionKind::Succession => {
                Err(Problem::EndBeforeStart)
            }
            _ => Ok(()),
        }
    }
}
