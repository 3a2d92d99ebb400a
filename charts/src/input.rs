//! What a caller hands over: plain values, already read from the record.

use jiff::civil::Date;
use text::Text;

/// A country as a chart names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Country {
    /// Its ISO 3166-1 alpha-3 code.
    pub iso3: String,
    /// Its short name, for labels: "United States".
    pub name: String,
    /// Its name inside a sentence: "the United States".
    pub in_sentence: String,
}

impl Country {
    /// A country whose name needs no article.
    pub fn new(iso3: impl Into<String>, name: impl Into<String>) -> Country {
        let name = name.into();
        Country { iso3: iso3.into(), in_sentence: name.clone(), name }
    }
}

/// The value of one year. A year without a value has no point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The year.
    pub year: i16,
    /// The value as published.
    pub value: f64,
    /// The lower bound of its uncertainty interval, if the publisher gives one.
    pub low: Option<f64>,
    /// The upper bound.
    pub high: Option<f64>,
}

/// One country's values.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Whose.
    pub country: Country,
    /// Its values, in any order.
    pub points: Vec<Point>,
}

/// A year from which values are not comparable with those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The first year after the break.
    pub year: i16,
    /// What changed, in a few words.
    pub name: String,
}

/// Where the numbers come from; the foot of the picture and the header of the CSV.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Provenance {
    /// Who published them.
    pub publisher: String,
    /// Which release: "version 13".
    pub release: Option<String>,
    /// A newer release that is known and not used.
    pub newer_release: Option<String>,
    /// The licence: "CC BY-SA 4.0".
    pub licence: String,
    /// Where the chart is found.
    pub address: String,
    /// The edition of the record, where the figure shows parts of the record.
    pub edition: Option<i64>,
    /// Whole sentences to add to the foot.
    pub notes: Vec<String>,
}

/// The earliest and latest day that a date may be; the same when it is known to the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bounds {
    /// Not before this day.
    pub not_before: Date,
    /// Not after this day.
    pub not_after: Date,
}

impl Bounds {
    /// A date known to the day.
    pub fn day(day: Date) -> Bounds {
        Bounds { not_before: day, not_after: day }
    }

    /// Whether the day is known.
    pub fn is_exact(self) -> bool {
        self.not_before == self.not_after
    }
}

/// How far a mark reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// It is of one day (an act), or its end is not recorded.
    Open,
    /// It ended.
    Ended(Bounds),
    /// It was still going on when last reported, that day.
    Ongoing(Date),
}

/// What a mark stands for; decides its shape, colour and side of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkShape {
    /// A treaty action: a diamond.
    TreatyAction,
    /// An incident: a disc.
    Incident,
}

/// Something that happened, for the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What it stands for.
    pub shape: MarkShape,
    /// When it was done or began.
    pub from: Bounds,
    /// How far it reaches.
    pub until: Until,
    /// What it is, whole: "Nationwide block of WhatsApp by court order".
    pub label: String,
    /// The same in two or three words: "WhatsApp blocked".
    pub short_label: String,
    /// The kind, as a word: "platform or site blocking", "accession".
    pub kind: String,
    /// Its reference or address in the record, if it has one.
    pub reference: Option<String>,
}

/// What [`crate::indicator`] draws.
#[derive(Clone, Debug)]
pub struct IndicatorInput {
    /// The language spoken.
    pub text: Text,
    /// The indicator's code.
    pub code: String,
    /// Its name, as a sentence begins with it: "Freedom of expression".
    pub name: String,
    /// Its unit: "index".
    pub unit: String,
    /// What up means: "higher is freer".
    pub direction: String,
    /// How many decimals people read.
    pub decimals: usize,
    /// The ends of its scale, if it has ends; the axis then shows all of it.
    pub scale: Option<(f64, f64)>,
    /// The countries, the first one first.
    pub series: Vec<Series>,
    /// The `iso3` of the one that stands out, if one should. Of more than seven one always does.
    pub highlight: Option<String>,
    /// Breaks of the series.
    pub breaks: Vec<Break>,
    /// Treaty actions and incidents.
    pub marks: Vec<Mark>,
    /// The first year to show; otherwise that of the data.
    pub first_year: Option<i16>,
    /// The last year to show; otherwise the later of data and marks.
    pub last_year: Option<i16>,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

/// How complete the incidents handed over are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// All that were found, by a declared watch.
    AllFound,
    /// Examples.
    Examples,
}

/// What [`crate::timeline`] draws.
#[derive(Clone, Debug)]
pub struct TimelineInput {
    /// The language spoken.
    pub text: Text,
    /// Whose timeline.
    pub country: Country,
    /// Treaty actions and incidents.
    pub marks: Vec<Mark>,
    /// What a count of the incidents means.
    pub counting: Counting,
    /// The day that the axis reaches to: today, or the day of the edition.
    pub today: Date,
    /// Where the facts come from.
    pub provenance: Provenance,
}
