//! How many replies may come: from one network, and in all. Addresses stay in memory, for an hour or two.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::sign_in::network;

/// Many people share one network: an office, a mobile provider, a Tor exit.
const FROM_ONE_NETWORK: u32 = 10;
/// More than reviewers can read.
const IN_ALL: u32 = 300;

/// Counts replies.
pub(crate) struct ReplyLimits {
    network: DefaultKeyedRateLimiter<IpAddr>,
    all: DefaultDirectRateLimiter,
}

impl Default for ReplyLimits {
    fn default() -> Self {
        let per_hour = |n: u32| Quota::per_hour(NonZeroU32::new(n).expect("a limit above zero"));
        Self {
            network: RateLimiter::keyed(per_hour(FROM_ONE_NETWORK)),
            all: RateLimiter::direct(per_hour(IN_ALL)),
        }
    }
}

impl ReplyLimits {
    /// Counts a reply; how long to wait where there were too many.
    pub(crate) fn check(&self, address: IpAddr) -> Result<(), Duration> {
        let now = DefaultClock::default().now();
        if self.network.len() > 1_000 {
            self.forget();
        }
        self.network.check_key(&network(address)).map_err(|until| until.wait_time_from(now))?;
        self.all.check().map_err(|until| until.wait_time_from(now))
    }

    /// Drops the networks from which nothing came for an hour.
    pub(crate) fn forget(&self) {
        self.network.retain_recent();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_from_one_network_waits_and_others_do_not() {
        let limits = ReplyLimits::default();
        let of = |last: u16| IpAddr::from([0x2001, 0xdb8, 1, 1, 0, 0, 0, last]);
        for n in 0..10 {
            assert!(limits.check(of(n)).is_ok(), "one network, whatever the address: {n}");
        }
        assert!(limits.check(of(77)).is_err_and(|wait| wait <= Duration::from_secs(3600)));
        assert!(limits.check(IpAddr::from([192, 0, 2, 1])).is_ok());
    }

    #[test]
    fn many_networks_together_are_a_flood_too() {
        let limits = ReplyLimits::default();
        let taken =
            (0..2_000u32).filter(|n| limits.check(IpAddr::from((n + 1).to_be_bytes())).is_ok()).count();
        assert_eq!(taken, 300);
    }
}
