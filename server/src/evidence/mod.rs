//! Taking evidence files in: each streams through hash, encryption and the operator's scanner, and is told by its first
//! bytes what it is. Of pictures a copy is made that holds nothing but what can be seen.

mod picture;
mod scanner;

use axum::extract::multipart::Field;
use domain::evidence::clean_name;
use store::StoreError;
use store::desk::{Member, NewEvidence};

use crate::state::App;
use scanner::Scanner;

/// Originals of pictures up to this many bytes get a copy; larger ones are kept and not shown.
const MOST_PICTURE_BYTES: usize = 40 << 20;
/// First bytes by which a type is told.
const HEAD: usize = 8 << 10;

/// Why a file was not taken. Each says what would be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotTaken {
    /// It has no bytes.
    Empty,
    /// It is larger than the operator allows.
    TooLarge,
    /// The operator's scanner refused it.
    Refused,
    /// The scanner could not be asked, so nothing is taken.
    NoScanner,
    /// The connection was lost, or the form is broken.
    CutOff,
}

impl NotTaken {
    /// The key of its sentence.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Empty => "evidence-not-taken-empty",
            Self::TooLarge => "evidence-not-taken-too-large",
            Self::Refused => "evidence-not-taken-refused",
            Self::NoScanner => "evidence-not-taken-no-scanner",
            Self::CutOff => "evidence-not-taken-cut-off",
        }
    }
}

/// What became of one file.
pub(crate) struct Taken {
    /// Its name, as it is kept.
    pub(crate) name: String,
    /// Why it was not taken, if it was not.
    pub(crate) not_taken: Option<NotTaken>,
}

/// Takes one file of a form into a case.
pub(crate) async fn take(
    app: &App,
    member: &Member,
    case: &str,
    field: Field<'_>,
) -> Result<Taken, StoreError> {
    let name = clean_name(field.file_name().unwrap_or_default());
    let not_taken = match receive(app, field).await? {
        Ok(received) => {
            let Received { file, media_type, copy } = received;
            let new = NewEvidence { name: &name, media_type: &media_type, file: &file, copy: copy.as_ref() };
            if let Err(error) = app.store().add_evidence(member, case, new, app.key(), app.now()).await {
                // Without a row it counts for nothing; what cannot be removed now is swept away later.
                let _ = app.evidence().remove(&file.object).await;
                return Err(error);
            }
            None
        }
        Err(not_taken) => Some(not_taken),
    };
    Ok(Taken { name, not_taken })
}

struct Received {
    file: store::evidence::StoredFile,
    media_type: String,
    copy: Option<store::desk::PictureCopy>,
}

async fn receive(app: &App, mut field: Field<'_>) -> Result<Result<Received, NotTaken>, StoreError> {
    let mut writer = app.evidence().begin().await?;
    let mut scanner = match Scanner::start(app.scanner()) {
        Ok(scanner) => scanner,
        Err(error) => {
            tracing::error!(%error, "the scanner cannot be started");
            writer.abort().await?;
            return Ok(Err(NotTaken::NoScanner));
        }
    };
    let mut head = Vec::new();
    // The whole of a picture is held for its copy; of anything else only the head.
    let mut held = Some(Vec::new());
    loop {
        let piece = match field.chunk().await {
            Ok(Some(piece)) => piece,
            Ok(None) => break,
            Err(_) => {
                writer.abort().await?;
                return Ok(Err(NotTaken::CutOff));
            }
        };
        if writer.bytes() + piece.len() as u64 > app.evidence_limit() {
            writer.abort().await?;
            return Ok(Err(NotTaken::TooLarge));
        }
        head.extend_from_slice(&piece[..piece.len().min(HEAD - head.len().min(HEAD))]);
        if let Some(bytes) = &mut held {
            bytes.extend_from_slice(&piece);
            let is_known = head.len() >= HEAD && !picture::is_picture(&head);
            if is_known || bytes.len() > MOST_PICTURE_BYTES {
                held = None;
            }
        }
        writer.write(&piece).await?;
        scanner.write(&piece).await;
    }
    if writer.bytes() == 0 {
        writer.abort().await?;
        return Ok(Err(NotTaken::Empty));
    }
    match scanner.verdict().await {
        Ok(true) => {}
        Ok(false) => {
            writer.abort().await?;
            return Ok(Err(NotTaken::Refused));
        }
        Err(error) => {
            tracing::error!(%error, "the scanner did not answer");
            writer.abort().await?;
            return Ok(Err(NotTaken::NoScanner));
        }
    }
    let copy = match held.filter(|bytes| picture::is_picture(bytes)) {
        Some(bytes) => picture::copy(app, bytes).await?,
        None => None,
    };
    Ok(Ok(Received { file: writer.finish().await?, media_type: media_type(&head), copy }))
}

/// What the first bytes say; never what the browser or the name says.
fn media_type(head: &[u8]) -> String {
    match infer::get(head) {
        Some(kind) => kind.mime_type().to_owned(),
        None if std::str::from_utf8(head).is_ok_and(|text| !text.contains('\0')) => "text/plain".to_owned(),
        // A head that was cut within a character is text all the same.
        None if head.len() == HEAD && is_text_but_for_its_end(head) => "text/plain".to_owned(),
        None => "application/octet-stream".to_owned(),
    }
}

fn is_text_but_for_its_end(head: &[u8]) -> bool {
    std::str::from_utf8(head).is_err_and(|e| e.error_len().is_none()) && !head.contains(&0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_is_told_by_the_bytes() {
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n...."), "image/png");
        assert_eq!(media_type(b"%PDF-1.7 "), "application/pdf");
        assert_eq!(media_type(b"PK\x03\x04...."), "application/zip");
        assert_eq!(media_type("Zeile für Zeile".as_bytes()), "text/plain");
        assert_eq!(media_type(&[0, 1, 2, 3]), "application/octet-stream");
        let mut cut = vec![b'a'; HEAD - 1];
        cut.push(0xC3);
        assert_eq!(media_type(&cut), "text/plain");
    }
}
