//! `treatywatch organisation add` and `treatywatch member add`.

use std::io::Read;

use clap::Subcommand;
use domain::rights::Role;
use jiff::Timestamp;
use store::StoreError;
use store::desk::NewMember;

use super::{Failure, Place};
use crate::sign_in::{hash_password, is_address, refuse_password};

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
    /// Makes a link with which a member chooses a new password.
    Reset {
        /// The e-mail address with which they sign in.
        #[arg(long)]
        email: String,
        /// Also takes the second factor from them: they lost authenticator and recovery codes. Be sure who asks.
        #[arg(long)]
        second_factor: bool,
        /// Where the site is, to print the link whole.
        #[arg(long, env = "TREATYWATCH_PUBLIC_URL", default_value = "http://localhost:3000")]
        public_url: String,
        #[command(flatten)]
        place: Place,
    },
    /// Ends the sessions of one member, or of all.
    EndSessions {
        /// The e-mail address with which they sign in.
        #[arg(long, required_unless_present = "all", conflicts_with = "all")]
        email: Option<String>,
        /// Every member's.
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        place: Place,
    },
}

impl MemberCommand {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let (email, organisation, role, place) = match self {
            Self::Add { email, organisation, role, password_stdin: _, place } => {
                (email, organisation, role, place)
            }
            Self::Reset { email, second_factor, public_url, place } => {
                return reset(&email, second_factor, &public_url, &place).await;
            }
            Self::EndSessions { email, all: _, place } => {
                return end_sessions(email.as_deref(), &place).await;
            }
        };
        if !is_address(&email) {
            return Err(format!("{email:?} is not an e-mail address").into());
        }
        let mut password = String::new();
        std::io::stdin().take(4096).read_to_string(&mut password)?;
        let password = password.trim_end_matches(['\r', '\n']);
        if let Some(problem) = refuse_password(password) {
            return Err(text::Text::new(text::Language::English).say(problem).into());
        }
        let hash = hash_password(password)?;
        let new = NewMember {
            email: &email,
            organisation: &organisation,
            role,
            password_hash: &hash,
            is_trial: false,
        };
        place.open().await?.add_member(new, Timestamp::now()).await.map_err(|e| match e {
            StoreError::NotFound => format!("there is no organisation {organisation}"),
            other => other.to_string(),
        })?;
        println!("Added {email} as {}.", role.slug());
        Ok(())
    }
}

async fn reset(email: &str, second_factor: bool, public_url: &str, place: &Place) -> Result<(), Failure> {
    let store = place.open().await?;
    let said = |e| match e {
        StoreError::NotFound => format!("there is no member {email}"),
        StoreError::WrongState => format!("{email} is kept out; their manager lets them in again"),
        other => other.to_string(),
    };
    let token = store.recover_by_email(email, Timestamp::now()).await.map_err(said)?;
    if second_factor {
        store.reset_second_factor(email, Timestamp::now()).await.map_err(said)?;
        println!("The second factor of {email} is gone and their sessions are ended.");
    }
    println!("{}/invitations/{token}", public_url.trim_end_matches('/'));
    println!("It works once, for three days. Whoever opens it first chooses the password of {email}.");
    Ok(())
}

async fn end_sessions(email: Option<&str>, place: &Place) -> Result<(), Failure> {
    let ended = place.open().await?.end_sessions(email, Timestamp::now()).await;
    let ended = ended.map_err(|e| match (e, email) {
        (StoreError::NotFound, Some(email)) => format!("there is no member {email}"),
        (other, _) => other.to_string(),
    })?;
    println!("Ended {ended} sessions.");
    Ok(())
}

fn role(text: &str) -> Result<Role, String> {
    let all: Vec<&str> = Role::ALL.iter().map(|r| r.slug()).collect();
    text.parse().map_err(|_| format!("not a role; the roles are {}", all.join(", ")))
}
