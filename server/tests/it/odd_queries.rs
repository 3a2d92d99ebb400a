//! Ten thousand odd addresses: whatever is asked, the answer is one that we meant.

use axum::http::Method;

use crate::support::{World, each_engine};

/// How many on each engine.
const MANY: u32 = 10_000;

const PATHS: &[&str] = &[
    "/",
    "/countries",
    "/countries/bra",
    "/countries/ata",
    "/treaties",
    "/treaties/budapest",
    "/incidents",
    "/incidents/TW-2016-0001",
    "/incidents/TW-2016-0001/record.json",
    "/indicators",
    "/indicators/vdem-rule-of-law",
    "/changes",
    "/methodology",
    "/safety",
    "/about",
    "/charts/timeline.svg",
    "/charts/timeline.csv",
    "/charts/timeline.json",
    "/charts/indicator.svg",
    "/charts/indicator.csv",
    "/charts/indicator.json",
    "/healthz",
    "/readyz",
    "/sign-in",
    "/desk",
    "/desk/cases/x",
    "/assets/x",
];
const HEADS: &[&str] = &[
    "",
    "/countries/",
    "/treaties/",
    "/incidents/",
    "/indicators/",
    "/charts/",
    "/assets/",
    "/desk/cases/",
    "/fr/",
    "/ar/",
];
const NAMES: &[&str] = &[
    "edition",
    "country",
    "kind",
    "bearing",
    "year",
    "treaty",
    "after",
    "before",
    "find",
    "indicator",
    "from",
    "to",
    "events",
    "theme",
    "width",
    "height",
    "lang",
    "done",
    "more",
    "q",
    "",
    "%00",
    "edition[]",
    "__proto__",
];
const VALUES: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "2",
    "2016",
    "1e9",
    "NaN",
    "inf",
    "-0",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999",
    "0x10",
    "01",
    "+1",
    "1%20",
    "%20",
    "%00",
    "%FF",
    "%C3%28",
    "%F0%9F%92%A9",
    "%E2%80%AE",
    "%25",
    "%0d%0a",
    "'",
    "%22",
    "%3Cscript%3E",
    "..%2F..%2Fetc%2Fpasswd",
    "BRA",
    "bra",
    "Brazil",
    "BRA,USA,IND",
    ",,,,",
    "XXX",
    "budapest",
    "vdem-rule-of-law",
    "wgi-voice-and-accountability",
    "platform-blocking",
    "alleged-misuse",
    "2016-01-01~TW-2016-0001",
    "9999-12-31~",
    "~",
    "2016-02-31~x",
    "none",
    "dark",
    "auto",
    "719",
    "5000",
    "TW-0000-0000",
    "TW-99999999999-1",
    "%EF%BC%91",
    "null",
];

/// xorshift64*: the same addresses in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % below
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.next(list.len())]
    }

    fn value(&mut self) -> String {
        match self.next(8) {
            0 => (0..self.next(40)).map(|_| format!("%{:02X}", self.next(256))).collect(),
            1 => "ab-_.~!$'()*,;:@%2B".repeat(self.next(20)),
            _ => self.of(VALUES).to_owned(),
        }
    }

    fn address(&mut self) -> String {
        let path = match self.next(5) {
            0 => format!("{}{}", self.of(HEADS), self.value()),
            1 => format!(
                "{}{}{}",
                self.of(HEADS),
                self.of(VALUES),
                self.of(&["/", "//", "/x", ".svg", "/record.json", "/."])
            ),
            _ => self.of(PATHS).to_owned(),
        };
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        let pairs: Vec<String> =
            (0..self.next(5)).map(|_| format!("{}={}", self.of(NAMES), self.value())).collect();
        let joint = self.of(&["&", "&", "&", ";", "&&"]);
        if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join(joint)) }
    }
}

async fn ask_many(world: &World) {
    let stranger = world.stranger();
    let mut random = Random(0x5eed_0f0d_d000_0001);
    let mut seen = std::collections::BTreeMap::<u16, u32>::new();
    for n in 0..MANY {
        let address = random.address();
        let method = if n % 9 == 0 { Method::HEAD } else { Method::GET };
        let answer = stranger.ask(method, &address).send().await;
        let status = answer.status.as_u16();
        assert!(matches!(status, 200 | 303 | 308 | 400 | 404 | 405), "{status}: {address}");
        assert!(status == 303 || !answer.header("content-security-policy").is_empty(), "{address}");
        *seen.entry(status).or_default() += 1;
    }
    println!("{MANY} odd addresses: {seen:?}");
    for status in [200, 308, 400, 404] {
        assert!(seen.get(&status).is_some_and(|count| *count > 20), "too few of {status}: {seen:?}");
    }
}

#[tokio::test]
async fn ten_thousand_odd_addresses_are_answered_as_meant() {
    each_engine("ten_thousand_odd_addresses_are_answered_as_meant", ask_many).await;
}
