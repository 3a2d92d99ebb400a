//! The trial members: an organisation with a researcher, an analyst, two reviewers, a manager and a steward, with random passwords that are printed
//! once. Made only when asked for, and only where nobody is a member yet.

use domain::rights::Role;
use jiff::Timestamp;
use store::Store;
use store::desk::NewMember;

use super::Failure;
use crate::sign_in::hash_password;

const MEMBERS: &[(&str, Role)] = &[
    ("researcher@example.org", Role::Researcher),
    ("analyst@example.org", Role::Analyst),
    ("reviewer@example.org", Role::Reviewer),
    ("second-reviewer@example.org", Role::Reviewer),
    ("manager@example.org", Role::Manager),
    ("steward@example.org", Role::Steward),
];

/// Makes them and prints how to sign in.
pub(super) async fn make_members(store: &Store) -> Result<(), Failure> {
    let at = Timestamp::now();
    store.add_organisation("trial", "Trial organisation", at).await?;
    for (email, role) in MEMBERS {
        let password = random_password()?;
        let hash = hash_password(&password)?;
        let new =
            NewMember { email, organisation: "trial", role: *role, password_hash: &hash, is_trial: true };
        store.add_member(new, at).await?;
        println!("demo: {email} {password}");
    }
    println!("These passwords are shown this once. They are for trying it out, on this machine.");
    Ok(())
}

/// 20 letters and digits without those that look alike: about 98 bits.
fn random_password() -> Result<String, Failure> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0u8; 20];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect())
}
