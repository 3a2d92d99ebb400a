//! "On that day: …": standing over every day that an incident's start may be, and what changed while it lasted.

use domain::country::Country;
use domain::incident::{Draft, Incident};
use domain::standing::{Groups, Segment, standing_over};
use domain::treaty::{Treaty, TreatyAction};
use domain::{Day, PartialDate};
use text::Text;

use super::names::Names;
use super::standing::{Marked, full, short};
use super::{brief, clauses, days};

/// One treaty's standing on an incident's day, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnDay {
    /// The treaty's slug.
    pub slug: String,
    /// Its name for narrow places.
    pub treaty: String,
    /// The mark and the words in short.
    pub short: Marked,
    /// The mark and the words with the days that prove them.
    pub full: Marked,
    /// Nothing is on record for it.
    pub no_record: bool,
}

/// Which treaties a line names whatever the standing is: the human-rights covenant and the two conventions on
/// cybercrime that are open beyond a region.
pub const ALWAYS: [&str; 3] = ["iccpr", "budapest", "un-cybercrime"];

/// The treaty named by `slug` is one of [`ALWAYS`].
pub fn is_always_named(slug: &str) -> bool {
    ALWAYS.contains(&slug)
}

/// When something happened, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// When it began.
    pub start: PartialDate,
    /// When it ended.
    pub end: Option<PartialDate>,
}

impl When {
    /// The last day on which it can have been going on, as far as is known.
    pub fn last_day(self) -> Day {
        self.end.unwrap_or(self.start).last()
    }

    /// As far as a draft says; nothing where it says no start.
    pub fn of_draft(draft: &Draft) -> Option<Self> {
        Some(Self { start: draft.start.parse().ok()?, end: draft.end.parse().ok() })
    }
}

impl From<&Incident> for When {
    fn from(incident: &Incident) -> Self {
        Self { start: incident.start, end: incident.end }
    }
}

/// The standing of `state` under `treaty` on the day of what happened.
pub fn on_day(
    text: Text,
    happened: When,
    treaty: &Treaty,
    state: &Country,
    groups: &Groups,
    actions: &[TreatyAction],
    names: &Names,
) -> OnDay {
    let over = |first, last| standing_over(treaty, state, groups, actions, first, last);
    let at_start = over(happened.start.first(), happened.start.last());
    let after = over(happened.start.last(), happened.last_day());
    let when = days::partial(text, happened.start);
    // It surely lasted to the first day that its end can be; beyond that nobody knows.
    let surely_to = happened.end.map_or(happened.start.last(), |end| end.first());
    let say = |words: &dyn Fn(&Segment) -> Marked, changed: &dyn Fn(&Segment) -> Marked| {
        let words = if at_start.len() > 1 { changed } else { words };
        let mut said = changing(text, &at_start, &when, words);
        let mut last = at_start.last().map(|segment| changed(segment).words).unwrap_or_default();
        // The first segment is that of the last possible day of the start, said already.
        for segment in after.iter().skip(1) {
            let next = changed(segment).words;
            if next == last {
                continue;
            }
            let key = if segment.from <= surely_to { "standing-during" } else { "standing-during-perhaps" };
            let day = text.day(segment.from).into();
            let during = text.with(key, &[("after", next.as_str().into()), ("day", day)]);
            said.words = clauses(text, [said.words, during]);
            last = next;
        }
        said
    };
    OnDay {
        slug: treaty.slug.to_string(),
        treaty: brief(treaty),
        short: say(&|segment| short(text, &segment.standing), &|segment| short(text, &segment.standing)),
        // Where it changed, the days of the changes are enough; what proves each stands on the country's page.
        full: say(&|segment| full(text, &segment.standing, names), &|segment| short(text, &segment.standing)),
        no_record: at_start.iter().all(|segment| segment.standing.is_no_record()),
    }
}

/// The same on every day the start may be, or the changes with their days.
fn changing(text: Text, segments: &[Segment], when: &str, words: &dyn Fn(&Segment) -> Marked) -> Marked {
    let mut said: Option<Marked> = None;
    let mut last = String::new();
    for segment in segments {
        let next = words(segment);
        // Segments may differ in what proves them and read alike.
        if next.words == last {
            continue;
        }
        last.clone_from(&next.words);
        said = Some(match said {
            None => next,
            Some(before) => Marked {
                mark: "◔",
                bound: false,
                words: text.with(
                    "standing-until",
                    &[
                        ("before", before.words.into()),
                        ("day", text.day(segment.from).into()),
                        ("after", next.words.into()),
                    ],
                ),
            },
        });
    }
    let said = said.expect("a stretch of days has at least one segment");
    if said.mark != "◔" || segments.len() == 1 {
        return said;
    }
    let words = text.with("standing-in", &[("when", when.into()), ("changes", said.words.as_str().into())]);
    Marked { words, ..said }
}
