//! Comma-separated values, with any common separator: read from where they lie, row by row.

use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::{CoderResult, Decoder, UTF_8};

use super::charset::{self, Charset};
use super::{Format, Hints, Input, Limits, ReadAs, Rows, Sheet, Sheets};
use crate::table::FileError;

/// The separators that are tried, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How much of a file the guess of its separator looks at.
const LOOKED_AT: usize = 64 << 10;

#[derive(Debug)]
pub(super) struct Separated {
    input: Input,
    charset: Charset,
    separator: u8,
    columns: usize,
}

pub(super) fn read(input: Input, hints: Hints, limits: Limits) -> Result<Sheets, FileError> {
    let charset = charset::of(&input, hints)?;
    let separator = match hints.separator {
        Some(separator) => separator,
        None => guess(&input, charset)?,
    };
    let separated = Separated { input, charset, separator, columns: limits.columns };
    separated.check()?;
    let read_as = ReadAs {
        format: Format::Separated,
        charset: Some(charset.encoding.name()),
        charset_guessed: charset.guessed,
        separator: Some(char::from(separator)),
    };
    Ok(Sheets { read_as, sheets: vec![Sheet { name: String::new(), rows: Rows::Separated(separated) }] })
}

impl Separated {
    pub(super) fn each(
        &self,
        seen: &mut impl FnMut(usize, &StringRecord) -> ControlFlow<()>,
    ) -> Result<(), FileError> {
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(self.separator)
            .from_reader(Decoded::new(&self.input, self.charset)?);
        let (mut record, mut number, mut line) = (StringRecord::new(), 0, reader.position().line());
        while reader.read_record(&mut record).map_err(not_text)? {
            // The reader passes over empty lines; a spreadsheet counts them.
            let after = reader.position().line();
            let inside = record.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
            let empty = after.saturating_sub(line + inside + 1);
            number += 1 + empty as usize;
            line = after;
            if record.len() > self.columns {
                return Err(FileError::TooManyCells);
            }
            if seen(number, &record).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// The structure is whole: text to the end, and the end not inside a quoted cell. In a whole file each quote inside a
    /// quoted cell is doubled, so it has an even number of them.
    fn check(&self) -> Result<(), FileError> {
        let mut text = Decoded::new(&self.input, self.charset)?;
        let (mut buffer, mut quotes, mut blank) = (vec![0; 64 << 10], 0_usize, true);
        loop {
            let read = text.read(&mut buffer).map_err(of_charset)?;
            let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else { break };
            quotes += part.iter().filter(|byte| **byte == b'"').count();
            blank = blank && part.iter().all(u8::is_ascii_whitespace);
        }
        match (blank, quotes % 2) {
            (true, _) => Err(FileError::Empty),
            (_, 1) => Err(FileError::CutOff),
            _ => Ok(()),
        }
    }
}

fn not_text(error: csv::Error) -> FileError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => of_charset(error),
        _ => FileError::NotText,
    }
}

fn of_charset(error: io::Error) -> FileError {
    if error.kind() == io::ErrorKind::InvalidData { FileError::NotText } else { error.into() }
}

/// The separator that cuts the first rows into the most columns, in the most rows alike.
fn guess(input: &Input, charset: Charset) -> Result<u8, FileError> {
    let mut start = Vec::new();
    Decoded::new(input, charset)?.take(LOOKED_AT as u64).read_to_end(&mut start).map_err(of_charset)?;
    if start.len() == LOOKED_AT {
        // The last line is cut.
        start.truncate(start.iter().rposition(|byte| *byte == b'\n').map_or(start.len(), |at| at + 1));
    }
    let score = |separator: u8| {
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .delimiter(separator)
            .from_reader(start.as_slice());
        let widths: Vec<usize> = reader.byte_records().filter_map(Result::ok).map(|row| row.len()).collect();
        let widest = widths.iter().copied().max().unwrap_or(0);
        let alike = widths.iter().filter(|width| **width == widest).count();
        // A separator that occurs here and there in texts makes few rows alike.
        if widest > 1 && alike * 2 >= widths.len() { widest } else { 1 }
    };
    let best =
        SEPARATORS.into_iter().map(|separator| (score(separator), separator)).rev().max_by_key(|s| s.0);
    Ok(best.map_or(b',', |(_, separator)| separator))
}

/// A file's text as UTF-8, without its byte order mark. A character that the charset has not is an error of the kind
/// `InvalidData`.
struct Decoded<'a> {
    from: BufReader<Box<dyn Read + 'a>>,
    /// `None` where the bytes are passed on as they are, and checked by whoever reads them.
    decoder: Option<Decoder>,
    bytes: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    ended: bool,
    last: Option<u8>,
}

impl<'a> Decoded<'a> {
    fn new(input: &'a Input, charset: Charset) -> io::Result<Self> {
        let mut from = BufReader::with_capacity(64 << 10, input.open()?);
        let is_utf8 = charset.encoding == UTF_8;
        if is_utf8 {
            let mut start = [0; 3];
            let mut read = 0;
            while let Some(rest) = start.get_mut(read..).filter(|rest| !rest.is_empty()) {
                match from.read(rest)? {
                    0 => break,
                    more => read += more,
                }
            }
            let start: Vec<u8> = start.into_iter().take(read).collect();
            let kept = if start == *b"\xef\xbb\xbf" { Vec::new() } else { start };
            return Ok(Self {
                from,
                decoder: None,
                bytes: Vec::new(),
                text: kept,
                given: 0,
                ended: false,
                last: None,
            });
        }
        let decoder = Some(charset.encoding.new_decoder_with_bom_removal());
        Ok(Self {
            from,
            decoder,
            bytes: vec![0; 32 << 10],
            text: Vec::new(),
            given: 0,
            ended: false,
            last: None,
        })
    }

    /// Decodes the next part; `false` at the end.
    fn more(&mut self) -> io::Result<bool> {
        let Some(decoder) = &mut self.decoder else { return Ok(false) };
        if self.ended {
            return Ok(false);
        }
        let read = self.from.read(&mut self.bytes)?;
        self.ended = read == 0;
        let bytes = self.bytes.get(..read).unwrap_or_default();
        let room = decoder.max_utf8_buffer_length(read).unwrap_or(read * 4 + 16);
        self.text.resize(room, 0);
        let (result, _, written, wrong) = decoder.decode_to_utf8(bytes, &mut self.text, self.ended);
        debug_assert_eq!(result, CoderResult::InputEmpty, "there is room for all of it");
        if wrong {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not of this charset"));
        }
        self.text.truncate(written);
        self.given = 0;
        Ok(true)
    }
}

impl Decoded<'_> {
    fn part(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(waiting) = self.text.get(self.given..).filter(|waiting| !waiting.is_empty()) {
                let count = waiting.len().min(into.len());
                into.iter_mut().zip(waiting).for_each(|(to, from)| *to = *from);
                self.given += count;
                return Ok(count);
            }
            if self.decoder.is_none() {
                return self.from.read(into);
            }
            if !self.more()? {
                return Ok(0);
            }
        }
    }
}

impl Read for Decoded<'_> {
    /// The last line ends too, also where the file leaves its end out: lines can be counted then.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.part(into)?;
        if read > 0 {
            self.last = into.get(read - 1).copied();
            return Ok(read);
        }
        match (self.last.replace(b'\n'), into.first_mut()) {
            (None | Some(b'\n'), _) | (_, None) => Ok(0),
            (Some(_), Some(end)) => {
                *end = b'\n';
                Ok(1)
            }
        }
    }
}
