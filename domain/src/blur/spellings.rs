//! The ways in which a place, a day or a person is written, and finding them in a text.

use super::{Blurrable, Blurred};
use crate::day::PartialDate;
use crate::fold::{fold, words};

/// One way of writing it: words in a row.
pub(super) struct Spelling {
    words: Vec<String>,
    /// Small words between are passed over ("19th of July").
    is_date: bool,
}

impl Spelling {
    /// Whether `text`, an address perhaps, has it.
    pub(super) fn stands_in(&self, text: &str) -> bool {
        let text = percent_encoding::percent_decode_str(text).decode_utf8_lossy();
        let found: Vec<String> =
            tokens(&text).into_iter().filter(|t| !(self.is_date && is_small(t))).collect();
        let in_a_row = found.windows(self.words.len()).any(|row| row == self.words);
        // Scripts that put small words onto others, or no space between, have no word bounds to go by.
        let letters = self.words.concat();
        let has_no_bounds = letters.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
        in_a_row || (has_no_bounds && fold(&text).contains(&self.words.join(" ")))
    }
}

/// Every spelling of what was blurred.
pub(super) fn of(blurred: &Blurred) -> Vec<Spelling> {
    let (sequences, is_date) = match blurred.what {
        Blurrable::Place => (places(blurred), false),
        Blurrable::Person => (names(&blurred.original), false),
        Blurrable::Day => (dates(blurred), true),
    };
    let sequences = sequences.into_iter().filter(|words| !words.is_empty());
    sequences.map(|words| Spelling { words, is_date }).collect()
}

/// Each place of a list that the wider place does not name too; also written as one word, as in file names.
fn places(blurred: &Blurred) -> Vec<Vec<String>> {
    let kept = words(&blurred.shown).join(" ");
    let parts = blurred.original.split([',', ';', '/', '\n']).map(tokens);
    let hidden: Vec<Vec<String>> = parts
        .filter(|part| !part.is_empty() && !format!(" {kept} ").contains(&format!(" {} ", part.join(" "))))
        .collect();
    let joined: Vec<Vec<String>> =
        hidden.iter().filter(|part| part.len() > 1).map(|part| vec![part.concat()]).collect();
    [hidden, joined].concat()
}

/// What is to be shown still names the first place of the list.
pub(super) fn names_the_first(blurred: &Blurred) -> bool {
    let first = tokens(blurred.original.split([',', ';', '/', '\n']).next().unwrap_or_default());
    let spelling = Spelling { words: first, is_date: false };
    !spelling.words.is_empty() && spelling.stands_in(&blurred.shown)
}

/// A name whole, the other way round, as one word, and its last part alone.
fn names(original: &str) -> Vec<Vec<String>> {
    let whole = tokens(original);
    let reversed = match whole.split_last() {
        Some((last, rest)) => [std::slice::from_ref(last), rest].concat(),
        None => Vec::new(),
    };
    let last: Vec<String> =
        whole.last().filter(|word| word.chars().count() > 2).cloned().into_iter().collect();
    vec![vec![whole.concat()], reversed, last, whole]
}

const MONTHS: [&[&str]; 12] = [
    &["January", "Jan", "janvier", "enero", "janeiro", "يناير", "كانون الثاني"],
    &["February", "Feb", "février", "febrero", "fevereiro", "فبراير", "شباط"],
    &["March", "Mar", "mars", "marzo", "março", "مارس", "آذار"],
    &["April", "Apr", "avril", "abril", "أبريل", "نيسان"],
    &["May", "mai", "mayo", "maio", "مايو", "أيار"],
    &["June", "Jun", "juin", "junio", "junho", "يونيو", "حزيران"],
    &["July", "Jul", "juillet", "julio", "julho", "يوليو", "تموز"],
    &["August", "Aug", "août", "agosto", "أغسطس", "آب"],
    &["September", "Sep", "Sept", "septembre", "septiembre", "setembro", "سبتمبر", "أيلول"],
    &["October", "Oct", "octobre", "octubre", "outubro", "أكتوبر", "تشرين الأول"],
    &["November", "Nov", "novembre", "noviembre", "novembro", "نوفمبر", "تشرين الثاني"],
    &["December", "Dec", "décembre", "diciembre", "dezembro", "ديسمبر", "كانون الأول"],
];

/// A day, and its month where only the year is shown.
fn dates(blurred: &Blurred) -> Vec<Vec<String>> {
    let Ok(date) = blurred.original.parse::<PartialDate>() else { return Vec::new() };
    let (year, month) = (date.year().to_string(), date.month().unwrap_or(1));
    let number = month.to_string();
    let names = || MONTHS[usize::from(month.unsigned_abs().clamp(1, 12)) - 1].iter().map(|name| tokens(name));
    let one = |word: &str| vec![word.to_owned()];
    let mut all = Vec::new();
    if let Some(day) = date.exact() {
        let of_month = day.day().to_string();
        let (y, m, d) = (one(&year), one(&number), one(&of_month));
        all.extend([[&*y, &m, &d].concat(), [&*d, &m, &y].concat(), [&*m, &d, &y].concat()]);
        all.push(one(&format!("{year}{month:02}{:02}", day.day())));
        all.extend(names().flat_map(|name| [[&*d, &name].concat(), [&*name, &d].concat()]));
    }
    if blurred.shown == year && date.month().is_some() {
        let (y, m) = (one(&year), one(&number));
        all.extend([[&*y, &m].concat(), [&*m, &y].concat(), one(&format!("{year}{month:02}"))]);
        all.extend(names().flat_map(|name| [[&*name, &y].concat(), [&*y, &name].concat()]));
        // "May" is more often another word.
        all.extend(names().filter(|name| name.concat().chars().count() > 3));
    }
    all
}

/// The words of a text, with numbers standing alone and without leading zeros: "19th" is "19", "th".
fn tokens(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in words(text) {
        let mut piece = String::new();
        for c in word.chars() {
            if piece.chars().last().is_some_and(|last| last.is_numeric() != c.is_numeric()) {
                found.push(std::mem::take(&mut piece));
            }
            piece.push(c);
        }
        found.push(piece);
    }
    found
        .into_iter()
        .map(|piece| if piece.len() < 3 { piece.trim_start_matches('0').to_owned() } else { piece })
        .collect()
}

fn is_small(word: &str) -> bool {
    matches!(word, "th" | "st" | "nd" | "rd" | "of" | "the" | "de" | "del" | "er" | "le" | "")
}
