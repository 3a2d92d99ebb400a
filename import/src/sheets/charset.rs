//! Which charset a text is in: said, marked by its first bytes, or guessed.

use std::borrow::Cow;
use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use super::{Hints, Input};
use crate::table::FileError;

/// A charset, and whether it is a guess.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charset {
    pub(super) encoding: &'static Encoding,
    pub(super) guessed: bool,
}

/// How much of a file a guess looks at.
const LOOKED_AT: usize = 8 << 20;

/// The charset of a file: as said, as its byte order mark says, UTF-8 where all of the looked-at part is, else a guess.
pub(super) fn of(input: &Input, hints: Hints) -> Result<Charset, FileError> {
    let mut bytes = Vec::new();
    input.open()?.take(LOOKED_AT as u64).read_to_end(&mut bytes)?;
    Ok(of_bytes(&bytes, hints))
}

fn of_bytes(bytes: &[u8], hints: Hints) -> Charset {
    let bytes = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let known = |encoding| Charset { encoding, guessed: false };
    if let Some(encoding) = hints.charset {
        return known(encoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return known(encoding);
    }
    let cut = bytes.len() == LOOKED_AT;
    match std::str::from_utf8(bytes) {
        Ok(_) => return known(UTF_8),
        // A character cut in two by the end of the part looked at is none that is wrong.
        Err(error) if cut && error.error_len().is_none() => return known(UTF_8),
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, !cut);
    Charset { encoding: detector.guess(None, Utf8Detection::Deny), guessed: true }
}

/// A held text, decoded; what its charset has no character for is refused, never replaced.
pub(super) fn decode(bytes: &[u8], hints: Hints) -> Result<(String, Charset), FileError> {
    let charset = of_bytes(bytes, hints);
    let (text, _, wrong) = charset.encoding.decode(bytes);
    if wrong { Err(FileError::NotText) } else { Ok((text.into_owned(), charset)) }
}

/// The first bytes as text, whatever the charset: enough to tell formats apart.
pub(super) fn start_of(bytes: &[u8]) -> Cow<'_, str> {
    let encoding = Encoding::for_bom(bytes).map_or(UTF_8, |(encoding, _)| encoding);
    encoding.decode(bytes).0
}
