//! Dates of marks in words, as precise as they are known.

use jiff::civil::Date;
use text::Text;

use crate::input::{Bounds, Mark, MarkShape, Until};
use crate::measure::is_right_to_left;

/// "19 July 2016", "July 2016", "2016", "between 3 July 2016 and 9 August 2016".
pub(crate) fn bounds(text: Text, bounds: Bounds) -> String {
    let (first, last) = (bounds.not_before, bounds.not_after);
    let same_year = first.year() == last.year();
    if first == last {
        text.day(first)
    } else if same_year && first.month() == last.month() && spans_months(first, last) {
        text.month(first.year(), first.month())
    } else if same_year && first.day_of_year() == 1 && last.month() == 12 && last.day() == 31 {
        first.year().to_string()
    } else {
        let (first, last) = (text.day(first), text.day(last));
        let args = [("first", first.into()), ("last", last.into())];
        text.with("chart-between", &args)
    }
}

/// When a mark was, with its end if it has one.
pub(crate) fn when(text: Text, mark: &Mark) -> String {
    let from = bounds(text, mark.from);
    match mark.until {
        Until::Open => from,
        Until::Ended(end) if end == mark.from => from,
        Until::Ended(end) => {
            let until = bounds(text, end);
            let args = [("from", from.into()), ("until", until.into())];
            text.with("chart-until", &args)
        }
        Until::Ongoing(day) => format!("{from}, {}", ongoing(text, day)),
    }
}

/// "ongoing when last reported (3 July 2016)".
pub(crate) fn ongoing(text: Text, day: Date) -> String {
    text.with("chart-ongoing", &[("day", text.day(day).into())])
}

/// The word for what a mark stands for.
pub(crate) fn group(text: Text, shape: MarkShape) -> String {
    text.say(match shape {
        MarkShape::TreatyAction => "chart-group-action",
        MarkShape::Incident => "chart-group-incident",
    })
}

/// A mark as one line: "platform or site blocking: WhatsApp blocked, 19 July 2016".
pub(crate) fn mark(text: Text, mark: &Mark) -> String {
    let args =
        [("kind", (&mark.kind).into()), ("label", (&mark.label).into()), ("when", when(text, mark).into())];
    text.with("chart-mark-title", &args)
}

/// A name for a sentence that is written the other way: set apart, so that numbers and
/// punctuation behind it stay where they belong.
pub(crate) fn isolated(text: Text, name: &str) -> String {
    if is_right_to_left(name) == text.language().is_right_to_left() {
        name.to_owned()
    } else {
        format!("\u{2068}{name}\u{2069}")
    }
}

fn spans_months(first: Date, last: Date) -> bool {
    first.day() == 1 && last == last.last_of_month()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use text::Language;

    #[test]
    fn a_date_is_said_as_precisely_as_it_is_known() {
        let text = Text::new(Language::English);
        let said = |a, b| {
            let (not_before, not_after) = (a, b);
            bounds(text, Bounds { not_before, not_after })
        };
        let day = date(2016, 7, 19);
        assert_eq!(said(day, day), "19 July 2016");
        assert_eq!(said(date(2016, 7, 1), date(2016, 7, 31)), "July 2016");
        assert_eq!(said(date(2016, 1, 1), date(2016, 12, 31)), "2016");
        assert_eq!(said(date(2016, 7, 3), date(2016, 8, 9)), "between 3 July 2016 and 9 August 2016");
    }
}
