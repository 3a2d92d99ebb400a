//! Who may do what: one total function over role, relation, action and the facts that two-person rules need.
//!
//! It is the table of the handbook (docs/rights.md) as code. Where that table is silent, the answer is no.

use crate::treaty::slugs;

slugs! {
    /// A member's role in an organisation. One per membership.
    Role {
        /// Enters cases.
        Researcher = "researcher",
        /// Says what a case means.
        Analyst = "analyst",
        /// Decides what is published.
        Reviewer = "reviewer",
        /// Runs the organisation's members.
        Manager = "manager",
        /// Runs the reference data.
        Steward = "steward",
    }
}

impl Role {
    /// Whether a member with this role signs in with a second factor: those who decide what is public, who works here,
    /// and what the reference data says.
    pub fn needs_second_factor(self) -> bool {
        match self {
            Self::Reviewer | Self::Manager | Self::Steward => true,
            Self::Researcher | Self::Analyst => false,
        }
    }
}

/// How a member stands to a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Entered it.
    Entrant,
    /// Same organisation, and it was handed over to them.
    HandedOver,
    /// Same organisation.
    SameOrganisation,
    /// Another organisation, to whose reviewers it was handed as second person; as long as a version waits for review.
    Partner,
    /// Another organisation, or none.
    Other,
}

impl Relation {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Entrant, Self::HandedOver, Self::SameOrganisation, Self::Partner, Self::Other];
}

/// What somebody wants to do with a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// See that it exists, in a list.
    List,
    /// See its content.
    See,
    /// Open or take out the originals of its evidence files, and see who had them in hand.
    Originals,
    /// Read or write its sealed notes.
    SealedNotes,
    /// Show the sealed notes to the organisation's researchers, or to them alone again.
    ShareNotes,
    /// Hand the case over to a researcher, or take it back.
    HandOver,
    /// Change what the working version says of what happened.
    Edit,
    /// Change what it says that this means; open a correction.
    EditAnalysis,
    /// Hand it in.
    Submit,
    /// Hand it to a partner organisation's reviewers, or take it back.
    HandToPartner,
    /// Send it back.
    RequestChanges,
    /// Comment on a field or on the whole, answer, resolve.
    Comment,
    /// Stand for it.
    Verify,
    /// Publish, also a correction; set a time at which that is done.
    Publish,
    /// Take such a time back.
    Unschedule,
    /// Mark a published incident as disputed, or lift that.
    Dispute,
    /// Take a published incident back, with a reason.
    Retract,
    /// Undo hiding.
    Restore,
    /// Hide from the public at once.
    Hide,
    /// Ask for a redaction or an erasure.
    Ask,
    /// Blank a field in every edition, with a second person.
    Redact,
    /// Read what somebody without an account replied to it, and say what is to come of that.
    AnswerReply,
    /// Publish the answer that somebody prepared.
    PublishReply,
    /// Erase the case with everything in it, with a second person.
    Erase,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 24] = [
        Self::List,
        Self::See,
        Self::Originals,
        Self::SealedNotes,
        Self::ShareNotes,
        Self::HandOver,
        Self::Edit,
        Self::EditAnalysis,
        Self::Submit,
        Self::HandToPartner,
        Self::RequestChanges,
        Self::Comment,
        Self::Verify,
        Self::Publish,
        Self::Unschedule,
        Self::Dispute,
        Self::Retract,
        Self::Restore,
        Self::Hide,
        Self::Ask,
        Self::Redact,
        Self::AnswerReply,
        Self::PublishReply,
        Self::Erase,
    ];
}

/// The facts that two-person rules ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// They changed something in this working version.
    pub changed_this_version: bool,
    /// They submitted this version.
    pub submitted_this_version: bool,
    /// They verified this version.
    pub verified_this_version: bool,
    /// The version stands verified.
    pub stands_verified: bool,
    /// The entrant shared the sealed notes with the whole organisation's researchers.
    pub notes_shared: bool,
    /// They hid this incident, prepared this answer, or asked for this act first.
    pub first_of_two: bool,
    /// It was published before, and nothing but the analysis tells the working version from that.
    pub analysis_alone: bool,
}

/// Whether a member with `role`, standing to the case in `relation`, may do `action` given `facts`.
pub fn may(role: Role, relation: Relation, action: Action, facts: Facts) -> bool {
    use Action::*;
    use Role::*;
    if role == Steward {
        // A steward answers for the public record, whoever entered a case, and sees no more than the public does.
        return action == Hide;
    }
    if relation == Relation::Other {
        // Not even that it exists.
        return false;
    }
    if relation == Relation::Partner {
        // What is to become public, and no more: not the sources' files, not the notes, not the case's other steps.
        return role == Reviewer
            && match action {
                List | See | Comment | HandToPartner => true,
                RequestChanges | Verify => !facts.changed_this_version,
                Publish => facts.stands_verified && !facts.submitted_this_version,
                _ => false,
            };
    }
    let own = relation == Relation::Entrant;
    let handed = relation == Relation::HandedOver;
    match (role, action) {
        (Steward, _) => false,
        (_, List | Ask) => true,
        (Manager, Hide) => true,
        (Manager, Redact | Erase) => !facts.first_of_two,
        (Manager, _) => false,
        (_, See | Originals | Comment) => true,
        (Researcher, SealedNotes) => own || facts.notes_shared,
        (Reviewer, SealedNotes) => true,
        (Analyst, SealedNotes) => false,
        // Whose sources they are.
        (Researcher | Reviewer, ShareNotes) => own,
        (Researcher, HandOver) => own,
        (Reviewer, HandOver) => true,
        (Analyst, ShareNotes | HandOver) => false,
        (Researcher, Edit | EditAnalysis | Submit) => own || handed,
        (Reviewer, Edit | EditAnalysis | Submit) => true,
        (Analyst, Edit) => false,
        (Analyst, EditAnalysis) => true,
        // Whoever corrects nothing but the analysis of what is public need not wait for who entered the case.
        (Analyst, Submit) => facts.analysis_alone,
        (Researcher, HandToPartner) => own,
        (Reviewer, HandToPartner) => true,
        (Analyst, HandToPartner) => false,
        (Reviewer, RequestChanges | Verify) => !facts.changed_this_version,
        (Reviewer, Publish) => facts.stands_verified && !facts.submitted_this_version,
        // Its reason is public at once, so it takes another person than the one who handed the incident in.
        (Reviewer, Retract) => !facts.first_of_two && !facts.submitted_this_version,
        (Reviewer, Dispute) => !facts.submitted_this_version,
        // Nothing becomes public by it.
        (Reviewer, Unschedule) => true,
        (Reviewer, Restore) => !facts.first_of_two,
        (Reviewer, Hide) => true,
        (Reviewer, Redact | Erase) => !facts.first_of_two,
        (Reviewer, AnswerReply) => true,
        (Reviewer, PublishReply) => !facts.first_of_two,
        (
            Researcher | Analyst,
            RequestChanges | Verify | Publish | Unschedule | Dispute | Retract | Restore | Hide | Redact
            | Erase | AnswerReply | PublishReply,
        ) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_facts() -> impl Iterator<Item = Facts> {
        (0..128u8).map(|bits| {
            let bit = |n: u8| bits & (1 << n) != 0;
            Facts {
                changed_this_version: bit(0),
                submitted_this_version: bit(1),
                verified_this_version: bit(2),
                stands_verified: bit(3),
                notes_shared: bit(4),
                first_of_two: bit(5),
                analysis_alone: bit(6),
            }
        })
    }

    #[test]
    fn nobody_from_elsewhere_may_do_anything_but_a_steward_hide() {
        assert!(may(Role::Steward, Relation::Other, Action::Hide, Facts::default()));
        for &role in Role::ALL.iter().filter(|role| **role != Role::Steward) {
            for action in Action::ALL {
                for facts in all_facts() {
                    assert!(!may(role, Relation::Other, action, facts), "{role:?} {action:?}");
                }
            }
        }
    }

    #[test]
    fn a_partner_organisations_reviewer_sees_what_becomes_public_and_changes_nothing() {
        for &role in Role::ALL {
            for action in Action::ALL {
                for facts in all_facts() {
                    let allowed = may(role, Relation::Partner, action, facts);
                    let own = may(role, Relation::SameOrganisation, action, facts);
                    assert!(!allowed || own, "{role:?} {action:?}: never more than the owner's own reviewer");
                    if matches!(
                        action,
                        Action::SealedNotes | Action::Originals | Action::Edit | Action::Submit
                    ) {
                        assert!(!allowed, "{role:?} {action:?}");
                    }
                }
            }
        }
        assert!(may(Role::Reviewer, Relation::Partner, Action::Verify, Facts::default()));
    }

    #[test]
    fn only_a_reviewer_publishes_and_only_what_another_submitted_and_stands_verified() {
        for &role in Role::ALL {
            for relation in Relation::ALL {
                for facts in all_facts() {
                    if may(role, relation, Action::Publish, facts) {
                        assert_eq!(role, Role::Reviewer);
                        assert!(facts.stands_verified && !facts.submitted_this_version);
                    }
                }
            }
        }
    }

    #[test]
    fn who_changed_the_version_does_not_verify_it() {
        let changed = Facts { changed_this_version: true, ..Facts::default() };
        assert!(!may(Role::Reviewer, Relation::SameOrganisation, Action::Verify, changed));
        assert!(may(Role::Reviewer, Relation::SameOrganisation, Action::Verify, Facts::default()));
    }

    #[test]
    fn a_manager_sees_the_list_only() {
        let facts = Facts::default();
        assert!(may(Role::Manager, Relation::SameOrganisation, Action::List, facts));
        assert!(!may(Role::Manager, Relation::SameOrganisation, Action::See, facts));
        assert!(!may(Role::Manager, Relation::SameOrganisation, Action::SealedNotes, facts));
    }

    /// What `role` may do in `relation`, each with the facts it needs: `+fact` must hold, `-fact` must not be.
    fn rights_of(role: Role, relation: Relation) -> Vec<String> {
        const NAMES: [&str; 7] = [
            "changed",
            "submitted",
            "verified",
            "stands-verified",
            "shared",
            "first-of-two",
            "analysis-alone",
        ];
        let mut rights = Vec::new();
        for action in Action::ALL {
            let allowed: Vec<u8> = (0..128)
                .zip(all_facts())
                .filter(|(_, facts)| may(role, relation, action, *facts))
                .map(|(bits, _)| bits)
                .collect();
            let (Some(all_of), Some(any_of)) =
                (allowed.iter().copied().reduce(|a, b| a & b), allowed.iter().copied().reduce(|a, b| a | b))
            else {
                continue;
            };
            let mut right = format!("{action:?}");
            let mut free = 0;
            for (i, name) in NAMES.iter().enumerate() {
                match (all_of >> i & 1, any_of >> i & 1) {
                    (1, _) => right += &format!(" +{name}"),
                    (_, 0) => right += &format!(" -{name}"),
                    _ => free += 1,
                }
            }
            assert_eq!(
                allowed.len(),
                1 << free,
                "{role:?} {relation:?} {action:?} needs more than facts one by one"
            );
            rights.push(right);
        }
        rights
    }

    /// Whoever changes a right changes a line of `rights/table.txt`.
    #[test]
    fn the_whole_table() {
        let mut table = String::new();
        for &role in Role::ALL {
            for relation in Relation::ALL {
                let rights = rights_of(role, relation);
                if rights.is_empty() {
                    table += &format!("{role:?} as {relation:?}: nothing\n");
                }
                for right in rights {
                    table += &format!("{role:?} as {relation:?}: {right}\n");
                }
            }
        }
        assert!(table == include_str!("rights/table.txt"), "the table is now\n{table}");
    }
}
