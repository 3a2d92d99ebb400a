//! One sheet's part of a mapping, with every heading replaced by where it stands: rows of theirs become rows of ours.

use std::borrow::Cow;
use std::collections::BTreeMap;

use csv::StringRecord;
use domain::Problem;

use super::columns::{Columns, folded};
use super::status;
use super::{Correction, Field, Flag, Otherwise, Pass, SheetOf, Unfold};
use crate::row::Cells;
use crate::table::FileError;

/// A row of theirs.
#[derive(Clone, Copy)]
pub(super) struct Theirs<'r> {
    pub(super) record: &'r StringRecord,
    /// What means "nothing" in a cell.
    pub(super) missing: &'r [String],
}

impl<'r> Theirs<'r> {
    /// The cell; empty where it holds one of the words for "nothing".
    pub(super) fn cell(&self, at: usize) -> &'r str {
        let cell = self.record.get(at).unwrap_or_default().trim();
        if self.missing.iter().any(|word| word.eq_ignore_ascii_case(cell)) { "" } else { cell }
    }
}

/// A row of ours made of one of theirs.
#[derive(Clone, Default)]
pub(super) struct Ours<'r> {
    /// Our heading, the cell, what the file calls it.
    pub(super) cells: Vec<(&'r str, Cow<'r, str>, &'r str)>,
    pub(super) wrong: Vec<(String, Problem)>,
}

impl Cells for Ours<'_> {
    fn cell(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(to, ..)| *to == column).map(|(_, cell, _)| &**cell)
    }

    fn called(&self, column: &str) -> String {
        let found = self.cells.iter().find(|(to, ..)| *to == column);
        found.map(|(_, _, called)| *called).filter(|called| !called.is_empty()).unwrap_or(column).to_owned()
    }
}

impl<'r> Ours<'r> {
    /// Puts a cell in; a second one for the same heading is a further item of a list.
    fn put(&mut self, to: &'r str, cell: Cow<'r, str>, called: &'r str) {
        match self.cells.iter_mut().find(|(heading, ..)| *heading == to) {
            None => self.cells.push((to, cell, called)),
            Some((_, held, from)) if held.is_empty() => (*held, *from) = (cell, called),
            Some(_) if cell.is_empty() => {}
            Some((_, held, _)) => {
                let held = held.to_mut();
                held.push(';');
                held.push_str(&cell);
            }
        }
    }

    fn replace(&mut self, to: &'r str, cell: &'r str) {
        self.cells.retain(|(heading, ..)| *heading != to);
        self.wrong.retain(|(heading, _)| heading != to);
        self.cells.push((to, Cow::Borrowed(cell), ""));
    }
}

/// A mapping's sheet with every heading replaced by where it stands.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    set: &'a BTreeMap<String, String>,
    fields: Vec<Made<'a>>,
    flags: Vec<(&'a Flag, usize, Vec<String>)>,
    unfold: Vec<Unfolded<'a>>,
    status: Option<status::Columns<'a>>,
    passes: Vec<(&'a Pass, usize)>,
    corrections: Vec<(&'a Correction, Vec<(usize, String)>)>,
    /// The columns that it makes something of.
    pub(super) used: Vec<usize>,
}

/// Cells, and the words of which each holds one. `None`: the sheet has no such column, so it never fits.
type Guard = Option<Vec<(usize, Vec<String>)>>;

/// A field and where its cells are.
#[derive(Debug)]
struct Made<'a> {
    field: &'a Field,
    from: Vec<usize>,
    templates: Vec<Vec<Part<'a>>>,
    cases: Vec<(Guard, &'a str)>,
    when: Guard,
    unless: Guard,
    codes: BTreeMap<String, &'a str>,
    called: String,
}

#[derive(Debug)]
enum Part<'a> {
    Text(&'a str),
    Cell(usize),
}

/// A column that makes a row of its own.
#[derive(Debug)]
struct Unfolded<'a> {
    unfold: &'a Unfold,
    at: usize,
    called: String,
    groups: Vec<(String, String)>,
    beside: Vec<(&'a str, usize)>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(of: &'a SheetOf, columns: &Columns) -> Result<Self, FileError> {
        let mut used = Vec::new();
        let mut at = |heading: &str| -> Result<Option<usize>, FileError> {
            let position = columns.position(heading)?;
            used.extend(position);
            Ok(position)
        };
        let mut fields = Vec::new();
        for field in &of.fields {
            let mut from = Vec::new();
            for heading in &field.from {
                from.extend(at(heading)?);
            }
            let mut cases = Vec::new();
            for case in &field.cases {
                cases.push((guard(&case.when, &mut at)?, case.is.as_str()));
            }
            let mut templates = Vec::new();
            for template in &field.templates {
                templates.push(parts(template, &mut at)?);
            }
            let (when, unless) = (guard(&field.when, &mut at)?, guard(&field.unless, &mut at)?);
            let called = from.first().map(|at| columns.heading(*at).to_owned()).unwrap_or_default();
            let codes = field.codes.iter().map(|(word, code)| (folded(word), code.as_str())).collect();
            fields.push(Made { field, from, templates, cases, when, unless, codes, called });
        }
        let mut flags = Vec::new();
        for flag in &of.flags {
            if let Some(at) = at(&flag.from)? {
                flags.push((flag, at, flag.yes.iter().map(|word| folded(word)).collect()));
            }
        }
        let mut passes = Vec::new();
        for pass in &of.passes {
            passes.extend(at(&pass.heading)?.map(|at| (pass, at)));
        }
        let mut corrections = Vec::new();
        for correction in &of.corrections {
            let mut when = Vec::new();
            for (heading, word) in &correction.when {
                match at(heading)? {
                    Some(at) => when.push((at, folded(word))),
                    None => return Err(FileError::MissingHeadings(vec![heading.clone()])),
                }
            }
            corrections.push((correction, when));
        }
        let mut unfold = Vec::new();
        for one in &of.unfold {
            unfolded(one, columns, &mut at, &mut unfold)?;
        }
        let status = of.status.as_ref().map(|table| status::Columns::new(table, columns)).transpose()?;
        used.extend(status.iter().flat_map(|status| status.used()));
        Ok(Self { set: &of.set, fields, flags, unfold, status, passes, corrections, used })
    }

    /// Why a row holds nothing of its own.
    pub(super) fn passes(&self, theirs: Theirs<'_>) -> Option<&'a str> {
        let fits = |(pass, at): &&(&'a Pass, usize)| pass.pattern.0.is_match(theirs.cell(*at));
        self.passes.iter().find(fits).map(|(pass, _)| pass.reason.as_str())
    }

    /// The rows of ours that one of theirs makes.
    pub(super) fn rows<'r>(
        &'r self,
        theirs: Theirs<'r>,
        given: &'r BTreeMap<String, String>,
        corrected: &mut Vec<&'r str>,
        take: &mut dyn FnMut(Ours<'r>),
    ) {
        let mut ours = Ours::default();
        for (to, text) in self.set.iter().chain(given) {
            ours.cells.push((to, Cow::Borrowed(text), ""));
        }
        for made in &self.fields {
            made.put(theirs, &mut ours);
        }
        for (flag, at, yes) in &self.flags {
            if yes.contains(&folded(theirs.cell(*at))) {
                ours.put(&flag.to, Cow::Borrowed(&flag.item), &flag.from);
            }
        }
        for (correction, when) in &self.corrections {
            if when.iter().all(|(at, word)| folded(theirs.cell(*at)) == *word) {
                correction.set.iter().for_each(|(to, text)| ours.replace(to, text));
                corrected.push(&correction.reason);
            }
        }
        if let Some(status) = &self.status {
            return status.rows(theirs, &ours, take);
        }
        if self.unfold.is_empty() {
            return take(ours);
        }
        for column in &self.unfold {
            let cell = theirs.cell(column.at);
            if cell.is_empty() {
                continue;
            }
            let mut one = ours.clone();
            for (to, text) in &column.unfold.set {
                one.put(to, Cow::Borrowed(text), "");
            }
            for (to, text) in &column.groups {
                one.put(to, Cow::Borrowed(text), &column.called);
            }
            for (to, at) in &column.beside {
                one.put(to, Cow::Borrowed(theirs.cell(*at)), &column.called);
            }
            one.put(&column.unfold.to, Cow::Borrowed(cell), &column.called);
            take(one);
        }
    }
}

/// The columns that one rule unfolds.
fn unfolded<'a>(
    unfold: &'a Unfold,
    columns: &Columns,
    at: &mut impl FnMut(&str) -> Result<Option<usize>, FileError>,
    into: &mut Vec<Unfolded<'a>>,
) -> Result<(), FileError> {
    let mut places: Vec<(usize, Vec<(String, String)>)> = Vec::new();
    if let Some(heading) = &unfold.from {
        places.extend(at(heading)?.map(|at| (at, Vec::new())));
    }
    if let Some(pattern) = &unfold.headings {
        for (place, heading) in columns.all() {
            let Some(fits) = pattern.0.captures(heading) else { continue };
            let names = pattern.0.capture_names().flatten();
            let groups =
                names.filter_map(|name| Some((name.to_owned(), fits.name(name)?.as_str().to_owned())));
            places.push((place, groups.collect()));
            at(heading)?;
        }
    }
    for (place, groups) in places {
        let mut beside = Vec::new();
        for (to, template) in &unfold.beside {
            let heading = groups
                .iter()
                .fold(template.clone(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
            beside.extend(at(&heading)?.map(|at| (to.as_str(), at)));
        }
        into.push(Unfolded { unfold, at: place, called: columns.heading(place).to_owned(), groups, beside });
    }
    Ok(())
}

fn guard(
    words: &BTreeMap<String, Vec<String>>,
    at: &mut impl FnMut(&str) -> Result<Option<usize>, FileError>,
) -> Result<Guard, FileError> {
    let mut guard = Some(Vec::new());
    for (heading, words) in words {
        match (at(heading)?, &mut guard) {
            (Some(at), Some(guard)) => guard.push((at, words.iter().map(|word| folded(word)).collect())),
            _ => guard = None,
        }
    }
    Ok(guard)
}

fn fits(guard: &Guard, theirs: Theirs<'_>) -> bool {
    let holds = |(at, words): &(usize, Vec<String>)| words.contains(&folded(theirs.cell(*at)));
    guard.as_ref().is_some_and(|guard| guard.iter().all(holds))
}

/// A template as texts and places of cells. A heading that this sheet does not have is an empty cell.
fn parts<'a>(
    template: &'a str,
    at: &mut impl FnMut(&str) -> Result<Option<usize>, FileError>,
) -> Result<Vec<Part<'a>>, FileError> {
    let (mut parts, mut rest) = (Vec::new(), template);
    while let Some((text, (heading, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        parts.push(Part::Text(text));
        parts.push(Part::Cell(at(heading)?.unwrap_or(usize::MAX)));
        rest = after;
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}

/// A template's text; `None` where a cell in it is empty.
fn filled(template: &[Part<'_>], theirs: Theirs<'_>) -> Option<String> {
    let mut text = String::new();
    for part in template {
        match part {
            Part::Text(part) => text.push_str(part),
            Part::Cell(at) => text.push_str(Some(theirs.cell(*at)).filter(|cell| !cell.is_empty())?),
        }
    }
    Some(text)
}

/// What of a text fits: the group `value`, or all of it.
fn value<'t>(fits: &regex::Captures<'t>) -> &'t str {
    fits.name("value").or_else(|| fits.get(0)).map_or("", |fit| fit.as_str()).trim()
}

impl Made<'_> {
    /// The cell is taken as it stands.
    fn is_plain(&self) -> bool {
        let field = self.field;
        field.pattern.is_none()
            && field.all.is_none()
            && field.split.is_none()
            && field.dates.is_empty()
            && self.codes.is_empty()
    }

    fn put<'r>(&'r self, theirs: Theirs<'r>, ours: &mut Ours<'r>) {
        let to = self.field.to.as_str();
        let is_excluded = !self.field.unless.is_empty() && fits(&self.unless, theirs);
        if is_excluded || !fits(&self.when, theirs) {
            return;
        }
        let text = self.text(theirs);
        if text.is_empty() {
            return ours.put(to, Cow::Borrowed(&self.field.empty), &self.called);
        }
        if self.is_plain() {
            return ours.put(to, text, &self.called);
        }
        let items: Vec<&str> = match (&self.field.all, &self.field.split) {
            (Some(all), _) => all.0.captures_iter(&text).map(|fits| value(&fits)).collect(),
            (None, Some(split)) => split.0.split(&text).map(str::trim).collect(),
            (None, None) => vec![&text],
        };
        let mut made: Vec<Cow<'_, str>> = Vec::new();
        let mut wrong = None;
        for item in items.into_iter().filter(|item| !item.is_empty()) {
            match self.item(item) {
                Ok(item) if item.is_empty() || made.contains(&item) => {}
                Ok(item) => made.push(item),
                Err(problem) => wrong = wrong.or(Some(problem)),
            }
        }
        let cell = match wrong.is_some() {
            // What could not be understood is shown as it stands.
            true => text.into_owned(),
            false if made.is_empty() => self.field.empty.clone(),
            false => made.join(";"),
        };
        ours.put(to, Cow::Owned(cell), &self.called);
        ours.wrong.extend(wrong.map(|problem| (to.to_owned(), problem)));
    }

    fn text<'r>(&'r self, theirs: Theirs<'r>) -> Cow<'r, str> {
        if let Some((_, is)) = self.cases.iter().find(|(when, _)| fits(when, theirs)) {
            return Cow::Borrowed(is);
        }
        if let Some(text) = self.templates.iter().find_map(|template| filled(template, theirs)) {
            return Cow::Owned(text);
        }
        let mut cells = self.from.iter().map(|at| theirs.cell(*at)).filter(|cell| !cell.is_empty());
        match &self.field.join {
            Some(join) => Cow::Owned(cells.collect::<Vec<_>>().join(join)),
            None => Cow::Borrowed(cells.next().unwrap_or_default()),
        }
    }

    fn item<'r>(&'r self, item: &'r str) -> Result<Cow<'r, str>, Problem> {
        let short = || item.chars().take(80).collect::<String>();
        let mut item = item;
        if let Some(pattern) = &self.field.pattern {
            let fits = pattern.0.captures(item).ok_or_else(|| Problem::NotInList { value: short() })?;
            item = value(&fits);
        }
        if !self.field.dates.is_empty() {
            return status::date(item, &self.field.dates)
                .map(Cow::Owned)
                .ok_or_else(|| Problem::NotADate { value: short() });
        }
        if self.codes.is_empty() {
            return Ok(Cow::Borrowed(item));
        }
        match (self.codes.get(&folded(item)), self.field.otherwise) {
            (Some(code), _) => Ok(Cow::Borrowed(code)),
            (None, Otherwise::Keep) => Ok(Cow::Borrowed(item)),
            (None, Otherwise::Drop) => Ok(Cow::Borrowed("")),
            (None, Otherwise::Refuse) => Err(Problem::NotInList { value: short() }),
        }
    }
}
