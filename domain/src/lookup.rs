//! Where to look for more about what happened in a country over some days: addresses at services that measure networks
//! and keep copies of pages. They are shown as links; nothing is asked of them by us.

use jiff::{ToSpan, tz::Offset};

use crate::day::Day;

/// Days that are shown before and after: an outage is seen against what was usual.
const AROUND: i32 = 3;

/// A service, and the address at which it shows a country over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// Its name.
    pub service: &'static str,
    /// The address.
    pub address: String,
}

/// Where networks of the country with this ISO 3166-1 alpha-2 code are measured, from some days before `first` to some
/// days after `last`.
pub fn measurements(alpha2: &str, first: Day, last: Day) -> Vec<Lookup> {
    let country: String = alpha2.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_uppercase();
    let from = first.saturating_sub(AROUND.days());
    let until = last.saturating_add(AROUND.days());
    let (since, to) = (seconds(from), seconds(until));
    let lookup = |service, address| Lookup { service, address };
    vec![
        lookup(
            "OONI Explorer",
            format!(
                "https://explorer.ooni.org/chart/mat?probe_cc={country}&since={from}&until={until}\
                 &time_grain=day&axis_x=measurement_start_day&test_name=web_connectivity"
            ),
        ),
        lookup(
            "IODA",
            format!("https://ioda.inetintel.cc.gatech.edu/country/{country}?from={since}&until={to}"),
        ),
        lookup(
            "Cloudflare Radar",
            format!(
                "https://radar.cloudflare.com/{}?dateStart={from}&dateEnd={until}",
                country.to_lowercase()
            ),
        ),
    ]
}

/// The copies that the Wayback Machine keeps of a page, around a day; nothing where it is no web address.
pub fn copies(url: &str, day: Day) -> Option<Lookup> {
    let url = url.trim();
    let is_address = url.starts_with("https://") || url.starts_with("http://");
    let address = format!("https://web.archive.org/web/{}*/{url}", day.strftime("%Y%m%d"));
    (is_address && !url.contains(char::is_whitespace))
        .then_some(Lookup { service: "Wayback Machine", address })
}

/// The first second of a day, in UTC.
fn seconds(day: Day) -> i64 {
    Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_or(0, |midnight| midnight.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_country_is_looked_up_some_days_around_what_happened() {
        let found = measurements("br", date(2016, 5, 2), date(2016, 5, 3));
        let addresses: Vec<&str> = found.iter().map(|lookup| lookup.address.as_str()).collect();
        assert_eq!(
            addresses,
            [
                "https://explorer.ooni.org/chart/mat?probe_cc=BR&since=2016-04-29&until=2016-05-06\
                 &time_grain=day&axis_x=measurement_start_day&test_name=web_connectivity",
                "https://ioda.inetintel.cc.gatech.edu/country/BR?from=1461888000&until=1462492800",
                "https://radar.cloudflare.com/br?dateStart=2016-04-29&dateEnd=2016-05-06",
            ]
        );
        assert_eq!(measurements("b&r", Day::MIN, Day::MAX).len(), 3, "no day is too early or late");
    }

    #[test]
    fn copies_of_a_page_are_asked_for_by_its_address() {
        let found = copies(" https://news.example/a?b=c ", date(2016, 5, 2)).unwrap();
        assert_eq!(found.address, "https://web.archive.org/web/20160502*/https://news.example/a?b=c");
        for no in ["", "news.example", "javascript:alert(1)", "https://a b"] {
            assert_eq!(copies(no, date(2016, 5, 2)), None, "{no}");
        }
    }
}
