//! The UN Treaty Collection's XML of one treaty (`…/MTDSG/Volume …/….en.xml`): its table of participants.

use csv::StringRecord;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Format, Hints, ReadAs, Sheet, Sheets, charset};
use crate::table::FileError;

/// One sheet, "Participants": the headings, then a row for each participant. Marks of end notes are taken out; square
/// brackets stay, for they say that a participation has ended.
pub(super) fn read(bytes: &[u8], hints: Hints) -> Result<Sheets, FileError> {
    let (text, charset) = charset::decode(bytes, hints)?;
    let mut reader = Reader::from_str(&text);
    let mut path: Vec<String> = Vec::new();
    let mut rows: Vec<(usize, StringRecord)> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    let mut entry = String::new();
    loop {
        let event = reader.read_event().map_err(|_| FileError::NotXml)?;
        let within = |name: &str| path.iter().any(|part| part == name);
        match event {
            Event::Eof => break,
            // An entity defined in the file itself could unfold without end; none of the publisher's files has one.
            Event::DocType(_) => return Err(FileError::NotXml),
            Event::Start(start) => {
                match start.local_name().as_ref() {
                    "Entry" => entry.clear(),
                    "Row" => row.clear(),
                    _ => {}
                }
                path.push(start.local_name().as_ref().to_owned());
            }
            Event::Empty(empty) if empty.local_name().as_ref() == "Entry" => row.push(String::new()),
            Event::Text(text) if within("Entry") => {
                entry.push_str(&text);
            }
            Event::CData(text) if within("Entry") => {
                entry.push_str(&text);
            }
            Event::GeneralRef(reference) if within("Entry") => {
                match reference.resolve_char_ref().map_err(|_| FileError::NotXml)? {
                    Some(character) => entry.push(character),
                    None => entry.push_str(quick_xml::escape::resolve_xml_entity(&reference).unwrap_or(" ")),
                }
            }
            Event::End(end) => {
                path.pop();
                let within = |name: &str| path.iter().any(|part| part == name);
                match end.local_name().as_ref() {
                    "Entry" => row.push(without_marks(&entry)),
                    "Row" if within("Participants") && row.iter().any(|cell| !cell.is_empty()) => {
                        rows.push((rows.len() + 1, StringRecord::from(std::mem::take(&mut row))));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    if !path.is_empty() {
        return Err(FileError::CutOff);
    }
    if rows.is_empty() {
        return Err(FileError::NotXml);
    }
    let read_as = ReadAs {
        format: Format::TreatyCollection,
        charset: Some(charset.encoding.name()),
        charset_guessed: charset.guessed,
        separator: None,
    };
    Ok(Sheets { read_as, sheets: vec![Sheet::held("Participants", rows)] })
}

/// A cell without its marks of end notes (`<superscript>4</superscript>`, written as text) and other markup.
fn without_marks(cell: &str) -> String {
    let mut rest = cell;
    let mut clean = String::new();
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        clean.push_str(before);
        let after = tag.find('>').and_then(|end| tag.get(end + 1..)).unwrap_or_default();
        let is_mark = tag.starts_with("<superscript") || tag.starts_with("<sup");
        rest = if is_mark {
            after
                .find("</")
                .and_then(|end| after.get(end..))
                .and_then(|end| end.split_once('>'))
                .map_or("", |(_, r)| r)
        } else {
            after
        };
    }
    clean.push_str(rest);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}
