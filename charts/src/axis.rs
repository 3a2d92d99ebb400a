//! Round numbers for axes, and days as numbers.

use jiff::civil::Date;

/// Round values from `low` to `high`, both included where round, about `wanted` of them.
pub(crate) fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let step = step((high - low) / wanted.max(1) as f64);
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let mut ticks = Vec::new();
    let mut at = first;
    while at <= last {
        // Adding nothing turns a negative zero into zero.
        ticks.push(at * step + 0.0);
        at += 1.0;
    }
    ticks
}

/// How many decimals tell the ticks apart.
pub(crate) fn decimals(ticks: &[f64]) -> usize {
    let apart = |places: usize| {
        let scale = 10f64.powi(i32::try_from(places).unwrap_or(0));
        ticks.iter().all(|tick| (tick * scale - (tick * scale).round()).abs() < 1e-6)
    };
    (0..6).find(|places| apart(*places)).unwrap_or(6)
}

/// Years from `first` to `last` at a round distance, so that there are at most `most`.
pub(crate) fn years(first: i16, last: i16, most: usize) -> Vec<i16> {
    let span = usize::from(last.abs_diff(first)) + 1;
    let step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500]
        .into_iter()
        .find(|step| span.div_ceil(*step) <= most.max(1))
        .unwrap_or(1000);
    (first..=last).filter(|year| usize::from(year.unsigned_abs()).is_multiple_of(step)).collect()
}

/// A day as a number: 1 July 2016 is about 2016.5.
pub(crate) fn day(day: Date) -> f64 {
    let passed = f64::from(day.day_of_year()) - 1.0;
    f64::from(day.year()) + passed / f64::from(day.days_in_year())
}

/// The end of a day.
pub(crate) fn day_end(at: Date) -> f64 {
    day(at) + 1.0 / f64::from(at.days_in_year())
}

/// The smallest of 1, 2, 5 times a power of ten that is not less than `least`.
fn step(least: f64) -> f64 {
    let power = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|round| round * power)
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round() {
        let near =
            |a: Vec<f64>, b: &[f64]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-9);
        assert!(near(ticks(0.0, 1.0, 5), &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]));
        assert!(near(ticks(-2.5, 2.5, 5), &[-2.0, -1.0, 0.0, 1.0, 2.0]));
        assert_eq!(decimals(&ticks(0.0, 1.0, 5)), 1);
        assert_eq!(decimals(&ticks(-2.5, 2.5, 5)), 0);
        assert_eq!(years(2000, 2023, 6), vec![2000, 2005, 2010, 2015, 2020]);
        assert_eq!(years(2000, 2003, 6), vec![2000, 2001, 2002, 2003]);
    }

    #[test]
    fn days_are_numbers() {
        assert!((day(date(2016, 1, 1)) - 2016.0).abs() < 1e-9);
        assert!((day_end(date(2016, 12, 31)) - 2017.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn ticks_stay_within_and_are_few(low in -1e3..1e3f64, span in 1e-3..1e4f64, wanted in 2..8usize) {
            let ticks = ticks(low, low + span, wanted);
            prop_assert!(ticks.len() <= wanted + 1);
            for tick in ticks {
                prop_assert!(tick >= low - span * 1e-6 && tick <= low + span * (1.0 + 1e-6));
            }
        }

        #[test]
        fn years_are_few(first in 1789..2024i16, span in 0..240i16, most in 2..12usize) {
            let years = years(first, first + span, most);
            prop_assert!(years.len() <= most + 1);
        }
    }
}
