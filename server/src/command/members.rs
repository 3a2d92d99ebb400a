//! `treatywatch organisation add` and `treatywatch member add`.

use std::io::Read;

use clap::Subcommand;
use domain::rights::Role;
use jiff::Timestamp;
use store::desk::NewMember;

use super::{Failure, Place};
use crate::sign_in::{hash_password, refuse_password};

/// Organisations.
#[derive(Subcommand)]
pub(super) enum Organisation {
    /// Adds one.
    Add {
        /// Its short name, in lower case: letters, digits, hyphens.
        slug: String,
        /// Its name.
        #[arg(long)]
        name: String,
        #[command(flatten)]
        place: Place,
    },
}

impl Organisation {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let Self::Add { slug, name, place } = self;
        let fits = !slug.is_empty()
            && slug.len() <= 60
            && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits {
            return Err(
                format!("{slug:?} is not a short name: lower-case letters, digits and hyphens").into()
            );
        }
        if name.trim().is_empty() {
            return Err("an organisation needs a name".into());
        }
        place.open().await?.add_organisation(&slug, name.trim(), Timestamp::now()).await?;
        println!("Added the organisation {slug}.");
        Ok(())
    }
}

/// Members.
#[derive(Subcommand)]
pub(super) enum MemberCommand {
    /// Adds one to an organisation.
    Add {
        /// Their e-mail address, with which they sign in.
        #[arg(long)]
        email: String,
        /// The short name of their organisation.
        #[arg(long)]
        organisation: String,
        /// researcher, analyst, reviewer, manager or steward.
        #[arg(long, value_parser = role)]
        role: Role,
        /// Reads the password from standard input (it is never an argument: others could see it).
        #[arg(long, required = true)]
        password_stdin: bool,
        #[command(flatten)]
        place: Place,
    },
}

impl MemberCommand {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let Self::Add { email, organisation, role, password_stdin: _, place } = self;
        if !email.contains('@') || email.len() > 200 || email.chars().any(char::is_whitespace) {
            return Err(format!("{email:?} is not an e-mail address").into());
        }
        let mut password = String::new();
        std::io::stdin().take(4096).read_to_string(&mut password)?;
        let password = password.trim_end_matches(['\r', '\n']);
        if let Some(problem) = refuse_password(password) {
            return Err(text::Text::new(text::Language::English).say(problem).into());
        }
        let hash = hash_password(password)?;
        let new = NewMember { email: &email, organisation: &organisation, role, password_hash: &hash };
        place.open().await?.add_member(new, Timestamp::now()).await.map_err(|e| match e {
            store::StoreError::NotFound => format!("there is no organisation {organisation}"),
            other => other.to_string(),
        })?;
        println!("Added {email} as {}.", role.slug());
        Ok(())
    }
}

fn role(text: &str) -> Result<Role, String> {
    let all: Vec<&str> = Role::ALL.iter().map(|r| r.slug()).collect();
    text.parse().map_err(|_| format!("not a role; the roles are {}", all.join(", ")))
}
