//! Days as precisely as they are known, never more.

use domain::{Day, DayBounds, PartialDate};
use text::Text;

/// "19 July 2016", "July 2016" or "2016".
pub fn partial(text: Text, date: PartialDate) -> String {
    match (date.exact(), date.month()) {
        (Some(day), _) => text.day(day),
        (None, Some(month)) => text.month(date.year(), month),
        (None, None) => date.year().to_string(),
    }
}

/// "30 November 2022", "May 2023", "by 28 October 2025", "between … and …", "on a day not recorded".
pub fn bounds(text: Text, bounds: DayBounds) -> String {
    match (bounds.not_before, bounds.not_after) {
        (Some(first), Some(last)) if first == last => text.day(first),
        (Some(first), Some(last)) => whole(first, last).map_or_else(
            || {
                text.with(
                    "day-between",
                    &[("first", text.day(first).into()), ("last", text.day(last).into())],
                )
            },
            |date| partial(text, date),
        ),
        (None, Some(last)) => text.with("day-by", &[("day", text.day(last).into())]),
        (Some(first), None) => text.with("day-from", &[("day", text.day(first).into())]),
        (None, None) => text.say("day-unknown"),
    }
}

/// Bounds after "since": a day, or "a day between 8 June 2023 and 30 June 2023".
pub fn since(text: Text, known: DayBounds) -> String {
    match (known.not_before, known.not_after) {
        (Some(first), Some(last)) if first != last && whole(first, last).is_none() => text
            .with("day-some-between", &[("first", text.day(first).into()), ("last", text.day(last).into())]),
        _ => bounds(text, known),
    }
}

/// From start to end: "2 May 2016 to 3 May 2016", "July 2016", "from 2019, ongoing at the last source".
pub fn span(text: Text, start: PartialDate, end: Option<PartialDate>, ongoing: Option<bool>) -> String {
    let from = partial(text, start);
    match end {
        Some(end) if end == start => from,
        Some(end) => {
            let from = shortened(text, start, end).unwrap_or(from);
            text.with("date-span", &[("from", from.into()), ("to", partial(text, end).into())])
        }
        None if ongoing == Some(true) => text.with("date-since-ongoing", &[("from", from.into())]),
        None => from,
    }
}

/// A start without what its end says again: the "2" of "2 to 3 May 2016", the "30 August" of "30 August to 8 October
/// 2024".
fn shortened(text: Text, start: PartialDate, end: PartialDate) -> Option<String> {
    let (first, last) = (start.exact()?, end.exact()?);
    if first.year() != last.year() {
        return None;
    }
    let day = first.day().to_string();
    if first.month() == last.month() {
        return Some(day);
    }
    let month = text.say(&format!("month-{}", first.month()));
    Some(text.with("date-day-month", &[("day", day.into()), ("month", month.into())]))
}

/// Bounds inside a sentence: "on 30 November 2022", "in May 2023", "by 28 October 2025".
pub fn on(text: Text, known: DayBounds) -> String {
    let when = bounds(text, known);
    match (known.exact(), known.not_before.zip(known.not_after)) {
        (Some(_), _) => text.with("day-on", &[("day", when.into())]),
        (None, Some((first, last))) if whole(first, last).is_some() => {
            text.with("day-in", &[("date", when.into())])
        }
        _ => when,
    }
}

/// "over 3 calendar days", "over 28 to 59 calendar days".
pub fn duration(text: Text, (least, most): (i32, i32)) -> String {
    if least == most {
        text.with("duration", &[("days", least.into())])
    } else {
        text.with("duration-between", &[("least", least.into()), ("most", most.into())])
    }
}

/// The month or year that two days are the ends of.
fn whole(first: Day, last: Day) -> Option<PartialDate> {
    let month = format!("{:04}-{:02}", first.year(), first.month());
    let year = format!("{:04}", first.year());
    [month, year]
        .into_iter()
        .filter_map(|date| date.parse::<PartialDate>().ok())
        .find(|date| date.first() == first && date.last() == last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use text::Language;

    const EN: Language = Language::English;

    fn bounded(first: Option<&str>, last: Option<&str>) -> String {
        let day = |text: &str| text.parse::<Day>().unwrap();
        bounds(Text::new(EN), DayBounds { not_before: first.map(day), not_after: last.map(day) })
    }

    #[test]
    fn a_day_is_said_as_precisely_as_it_is_known() {
        assert_eq!(bounded(Some("2022-11-30"), Some("2022-11-30")), "30 November 2022");
        assert_eq!(bounded(Some("2023-05-01"), Some("2023-05-31")), "May 2023");
        assert_eq!(bounded(Some("2023-01-01"), Some("2023-12-31")), "2023");
        assert_eq!(
            bounded(Some("2023-01-01"), Some("2023-11-30")),
            "between 1 January 2023 and 30 November 2023"
        );
        assert_eq!(bounded(None, Some("2025-10-28")), "by 28 October 2025");
        assert_eq!(bounded(Some("2025-10-28"), None), "on or after 28 October 2025");
        assert_eq!(bounded(None, None), "on a day not recorded");
    }

    #[test]
    fn an_end_that_nobody_recorded_is_not_made_up() {
        let text = Text::new(EN);
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert_eq!(span(text, date("2016-05-02"), None, None), "2 May 2016");
        assert_eq!(span(text, date("2016-05-02"), Some(date("2016-05-03")), None), "2 to 3 May 2016");
        assert_eq!(
            span(text, date("2024-08-30"), Some(date("2024-10-08")), None),
            "30 August to 8 October 2024"
        );
        assert_eq!(
            span(text, date("2019-08-04"), Some(date("2020-03-04")), None),
            "4 August 2019 to 4 March 2020"
        );
        assert_eq!(span(text, date("2019"), None, Some(true)), "from 2019, ongoing at the last source");
        assert_eq!(span(text, date("2016-07"), Some(date("2016-07")), None), "July 2016");
        assert_eq!(duration(text, (1, 1)), "within one calendar day");
        assert_eq!(duration(text, (28, 59)), "over 28 to 59 calendar days");
    }
}
