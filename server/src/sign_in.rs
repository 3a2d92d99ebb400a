//! Signing in: argon2id off the async threads and bounded; unknown and known members answer alike in text, status
//! and time; too many tries wait.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use store::StoreError;

use crate::state::App;

/// What is compared for members that do not exist, so that they take as long.
static NOBODY: std::sync::LazyLock<String> =
    std::sync::LazyLock::new(|| hash_password("nobody has this password").unwrap_or_default());

/// The hash to keep of a password.
pub fn hash_password(password: &str) -> Result<String, String> {
    Argon2::default()
        .hash_password(password.as_bytes())
        .map(|hash| hash.to_string())
        .map_err(|e| e.to_string())
}

/// How often somebody may try: from one address, at one account from one address, and at one account at all (loose, so
/// that a stranger cannot lock a member out by trying); and how many codes.
pub(crate) struct SignInLimits {
    account: DefaultKeyedRateLimiter<String>,
    account_from: DefaultKeyedRateLimiter<(String, IpAddr)>,
    address: DefaultKeyedRateLimiter<IpAddr>,
    code: DefaultKeyedRateLimiter<String>,
}

impl Default for SignInLimits {
    fn default() -> Self {
        let per_minute = |n: u32| Quota::per_minute(NonZeroU32::new(n).expect("a limit above zero"));
        Self {
            account: RateLimiter::keyed(per_minute(100)),
            account_from: RateLimiter::keyed(per_minute(10)),
            address: RateLimiter::keyed(per_minute(30)),
            // Three of a million codes fit at a time, and whoever guesses knows the password already: at ten an hour
            // they would need years.
            code: RateLimiter::keyed(Quota::per_hour(NonZeroU32::new(10).expect("a limit above zero"))),
        }
    }
}

impl SignInLimits {
    /// Counts a try; how long to wait where there were too many.
    fn check(&self, account: &str, address: IpAddr) -> Result<(), Duration> {
        let now = DefaultClock::default().now();
        let wait = |until: governor::NotUntil<_>| until.wait_time_from(now);
        // Keys nobody used for a while are dropped, so that strangers cannot fill the memory.
        if self.account.len() > 10_000 {
            self.account.retain_recent();
        }
        if self.address.len() > 10_000 {
            self.address.retain_recent();
        }
        if self.account_from.len() > 10_000 {
            self.account_from.retain_recent();
        }
        let address = network(address);
        self.address.check_key(&address).map_err(wait)?;
        // No address is longer, and a key that anybody can make must stay small.
        let account: String = account.trim().chars().take(200).collect();
        let account = account.to_lowercase();
        self.account_from.check_key(&(account.clone(), address)).map_err(wait)?;
        self.account.check_key(&account).map_err(wait)
    }
}

impl SignInLimits {
    /// Counts a code that a member, known by their password, typed; how long to wait where there were too many. What is
    /// longer than an app's code can only be a recovery code, which nobody guesses: so whoever uses up the tries does
    /// not lock the member out.
    pub(crate) fn check_code(&self, member: &str, code: &str) -> Result<(), Duration> {
        let now = DefaultClock::default().now();
        let is_short = code.chars().filter(|c| c.is_alphanumeric()).count() < 16;
        let limiter = if is_short { &self.code } else { &self.account };
        limiter.check_key(&member.to_owned()).map_err(|until| until.wait_time_from(now))
    }
}

/// Who has one IPv6 address has 2^64 of them: they count as one.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// What came of a try.
pub(crate) enum Try {
    /// The member proved who they are.
    Member(String),
    /// They did not.
    Refused,
    /// Too many tries: wait so long.
    Wait(Duration),
}

/// Compares address and password.
pub(crate) async fn sign_in(
    app: &App,
    email: &str,
    password: &str,
    address: IpAddr,
) -> Result<Try, StoreError> {
    if let Err(wait) = app.limits().check(email, address) {
        return Ok(Try::Wait(wait));
    }
    let known = app.store().sign_in(email).await?;
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let password = password.to_owned();
    let fits = in_turn(app, move || {
        let hash = hash.as_deref().unwrap_or(&NOBODY);
        Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
    });
    let fits = fits.await?.unwrap_or(false);
    Ok(match known {
        Some(known) if fits => Try::Member(known.member),
        _ => {
            // Neither who nor from where: who runs this sees that somebody guesses, and no log becomes a list of members.
            tracing::warn!("a sign-in was refused");
            Try::Refused
        }
    })
}

/// Whether a text is written like an e-mail address. Nothing is ever sent to it: it is the name to sign in with.
pub(crate) fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
        && text.len() <= 200
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The hash to keep of a new password, made off the async threads and in turn with other hashes.
pub(crate) async fn hash_in_turn(app: &App, password: &str) -> Result<String, StoreError> {
    let password = password.to_owned();
    let hash = in_turn(app, move || hash_password(&password)).await?;
    hash.unwrap_or_else(|| Err("the hashing stopped".to_owned())).map_err(StoreError::Unreadable)
}

/// Work that takes a core and much memory, off the async threads and two at once; `None` where it stopped.
async fn in_turn<T: Send + 'static>(
    app: &App,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<T>, StoreError> {
    // The turn goes with the work: whoever hangs up does not make room for more of it.
    let turn = app.hashing().acquire_owned().await.map_err(|_| StoreError::NotFound)?;
    let done = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work()
    });
    Ok(done.await.ok())
}

/// A password that is refused when it is set: too short, or soon found by who tries common ones, names, words, dates,
/// rows of keys, and what people make of them. 30,000 passwords of breaches are among them; nobody is asked.
pub(crate) fn refuse_password(password: &str) -> Option<&'static str> {
    // Only the beginning of a very long one is looked at, which takes time with its length; what is behind cannot make
    // it weaker.
    let beginning: String = password.chars().take(80).collect();
    let short = password.chars().count() < 12;
    // Guessed within a hundred million tries: seconds, for who has the hashes.
    let weak = || zxcvbn::zxcvbn(&beginning, &["treatywatch"]).score() < zxcvbn::Score::Three;
    match () {
        () if short => Some("password-too-short"),
        () if weak() => Some("password-too-common"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_common_passwords_are_refused() {
        for password in ["short", "eleven char", "x", ""] {
            assert_eq!(refuse_password(password), Some("password-too-short"), "{password}");
        }
        for password in [
            "password1234",
            "111111111111",
            "passwordpassword",
            "PASSWORD-2026",
            "P@ssw0rd2026",
            "Treatywatch1",
            "qwertyuiop[]",
            "1q2w3e4r5t6y",
            "iloveyou1234",
            "abcdefghijkl",
            "trustno1trustno1",
        ] {
            assert_eq!(refuse_password(password), Some("password-too-common"), "{password}");
        }
        for password in
            ["heron lamp violet 27", "an exercise lamp of violet 27", "мост фиалка цапля", "xq7Kp2vLm9Rt"]
        {
            assert_eq!(refuse_password(password), None, "{password}");
        }
        let start = std::time::Instant::now();
        assert_eq!(refuse_password(&"heron lamp violet ".repeat(200_000)), None);
        assert!(start.elapsed() < Duration::from_secs(2), "a long one takes no longer");
    }

    #[test]
    fn the_eleventh_try_at_an_account_waits() {
        let limits = SignInLimits::default();
        let (stranger, member) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        for _ in 0..10 {
            assert!(limits.check("A@example.org", stranger).is_ok());
        }
        assert!(limits.check("a@example.org ", stranger).is_err());
        assert!(limits.check("b@example.org", stranger).is_ok());
        assert!(limits.check("a@example.org", member).is_ok(), "a stranger does not lock a member out");
    }
}
