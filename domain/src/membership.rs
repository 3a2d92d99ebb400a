//! Who may act on an organisation's members: one total function beside [`crate::rights::may`], which is about cases.

use crate::rights::Role;

/// How a person stands to the member who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    /// They themselves.
    Oneself,
    /// A member of the same organisation, or somebody invited to it.
    SameOrganisation,
    /// Anybody else.
    Other,
}

impl Person {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Oneself, Self::SameOrganisation, Self::Other];
}

/// What somebody wants to do to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemberAction {
    /// See who the members are.
    List,
    /// Invite somebody, or take an invitation back.
    Invite,
    /// Give another role.
    SetRole,
    /// Keep somebody out, or let them in again.
    Disable,
    /// Hand out a link for a new password.
    Recover,
}

impl MemberAction {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::List, Self::Invite, Self::SetRole, Self::Disable, Self::Recover];
}

/// Whether a member with `role` may do `action` to `person`, where the roles in `involved` are held or to be given.
///
/// A manager runs their own organisation's members and nobody else's. Not their own membership: an organisation
/// whose only manager demoted or shut out themselves could not be helped by itself. Stewards answer for the public
/// record of all organisations, so no organisation makes or unmakes one; the operator does, on the command line.
pub fn may_act_on(role: Role, person: Person, action: MemberAction, involved: &[Role]) -> bool {
    if role != Role::Manager || person == Person::Other {
        return false;
    }
    match action {
        MemberAction::List => true,
        MemberAction::Invite => !involved.contains(&Role::Steward),
        MemberAction::SetRole | MemberAction::Disable | MemberAction::Recover => {
            person != Person::Oneself && !involved.contains(&Role::Steward)
        }
    }
}

/// Whether a member with `role` may name, accept and end partner organisations for their own: it decides who else reads
/// what they enter, so it is for who decides who works here.
pub fn may_run_partners(role: Role) -> bool {
    match role {
        Role::Manager => true,
        Role::Researcher | Role::Analyst | Role::Reviewer | Role::Steward => false,
    }
}

/// What somebody wants to do with organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrganisationAction {
    /// See which there are, and how many members have which role.
    List,
    /// Add one.
    Add,
    /// Hand out the link for its first manager. Never while somebody belongs to it: see [`crate::rights`], a steward
    /// sees no case, and must not come to see one by making themselves a manager.
    InviteFirstManager,
}

impl OrganisationAction {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::List, Self::Add, Self::InviteFirstManager];
}

/// Whether a member with `role` may do `action`: who answers for the record of all organisations does.
pub fn may_on_organisations(role: Role, action: OrganisationAction) -> bool {
    match action {
        OrganisationAction::List | OrganisationAction::Add | OrganisationAction::InviteFirstManager => {
            role == Role::Steward
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_cell() -> impl Iterator<Item = (Role, Person, MemberAction, Role, bool)> {
        Role::ALL.iter().flat_map(|&role| {
            Person::ALL.into_iter().flat_map(move |person| {
                MemberAction::ALL.into_iter().flat_map(move |action| {
                    Role::ALL.iter().map(move |&involved| {
                        (role, person, action, involved, may_act_on(role, person, action, &[involved]))
                    })
                })
            })
        })
    }

    #[test]
    fn only_managers_act_on_members_and_only_on_their_own_organisations() {
        for (role, person, action, involved, allowed) in every_cell() {
            if allowed {
                assert_eq!(role, Role::Manager, "{action:?} {involved:?}");
                assert_ne!(person, Person::Other, "{action:?} {involved:?}");
            }
        }
    }

    #[test]
    fn no_organisation_makes_a_steward_and_no_manager_shuts_themselves_out() {
        for (_, person, action, involved, allowed) in every_cell() {
            if allowed && action != MemberAction::List {
                assert_ne!(involved, Role::Steward, "{action:?}");
                assert!(person != Person::Oneself || action == MemberAction::Invite, "{action:?}");
            }
        }
    }

    #[test]
    fn stewards_and_nobody_else_see_to_organisations_and_act_on_nobody_in_them() {
        for &role in Role::ALL {
            for action in OrganisationAction::ALL {
                assert_eq!(may_on_organisations(role, action), role == Role::Steward, "{role:?} {action:?}");
            }
        }
        assert!(every_cell().all(|(role, .., allowed)| role != Role::Steward || !allowed));
    }

    #[test]
    fn a_manager_may_do_each_of_them_to_a_colleague() {
        for action in MemberAction::ALL {
            assert!(may_act_on(Role::Manager, Person::SameOrganisation, action, &[Role::Reviewer]));
        }
    }
}
