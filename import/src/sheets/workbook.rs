//! Office Open XML workbooks.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use csv::StringRecord;

use super::{Format, Input, Limits, ReadAs, Sheet, Sheets};
use crate::table::FileError;

pub(super) fn read(input: &Input, limits: Limits) -> Result<Sheets, FileError> {
    let bytes = input.held(limits)?;
    unpacks_within(&bytes, limits)?;
    let mut workbook = Xlsx::new(Cursor::new(&bytes)).map_err(|_| FileError::NotAWorkbook)?;
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in workbook.sheet_names() {
        // Charts and macros are sheets too; they have no cells.
        let Ok(reader) = workbook.worksheet_cells_reader(&name) else { continue };
        sheets.push(Sheet::held(name, rows(reader, limits, &mut cells)?));
    }
    let read_as = ReadAs { format: Format::Workbook, charset: None, charset_guessed: false, separator: None };
    Ok(Sheets { read_as, sheets })
}

/// A workbook is a ZIP archive, and what its headers say of sizes is only what somebody wrote there: everything is unpacked
/// once and counted, before anything is held.
fn unpacks_within(bytes: &[u8], limits: Limits) -> Result<(), FileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::NotAWorkbook)?;
    let mut left = limits.unpacked;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(|_| FileError::NotAWorkbook)?;
        let unpacked =
            io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| FileError::NotAWorkbook)?;
        left = left.checked_sub(unpacked).ok_or(FileError::TooLarge { most_mib: limits.unpacked >> 20 })?;
    }
    Ok(())
}

fn rows<R: Read + io::Seek>(
    mut reader: calamine::XlsxCellReader<'_, R>,
    limits: Limits,
    cells: &mut usize,
) -> Result<Vec<(usize, StringRecord)>, FileError> {
    let mut rows: Vec<(usize, StringRecord)> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|_| FileError::NotAWorkbook)? {
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize);
        // Empty cells before this one take room too: all of them are counted, before any is made.
        let before = rows.last().filter(|(last, _)| *last == row).map_or(0, |(_, record)| record.len());
        *cells += (column + 1).saturating_sub(before);
        if column >= limits.columns || *cells > limits.cells {
            return Err(FileError::TooManyCells);
        }
        match rows.last() {
            Some((last, _)) if *last == row => {}
            // Cells come row by row; a file that jumps back was not written by a spreadsheet program.
            Some((last, _)) if *last > row => return Err(FileError::NotAWorkbook),
            _ => rows.push((row, StringRecord::new())),
        }
        if let Some((_, record)) = rows.last_mut() {
            while record.len() < column {
                record.push_field("");
            }
            record.push_field(&text);
        }
    }
    Ok(rows)
}

/// A cell as text: dates as ISO 8601, numbers in their shortest form.
fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) => self::moment(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The day; with the time of day where it is not midnight. A length of time stays the number of days it is.
fn moment(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, hour, minute, _, _) = moment.to_ymd_hms_milli();
    if (hour, minute) == (0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    }
}
