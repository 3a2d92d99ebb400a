//! The evidence of a case as one file to hand over: the originals, their hashes, who had them in hand, and a checkpoint.
//!
//! A plain tar, so that every system can unpack it; `sha256sum -c SHA256SUMS` inside says whether anything changed since
//! it came to the desk. The checkpoint is of the log as it stands with this export in it: whoever gets the bundle can hold
//! the log against it later. Nothing of it is held in memory at once.

use std::fmt::Write as _;
use std::io;

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use domain::evidence::export_name;
use domain::stored::content_hash;
use futures_util::{Stream, TryStreamExt, stream};
use store::StoreError;
use store::desk::{CustodyLine, Member, Original};
use tokio::sync::mpsc;

use super::{answer, evidence, member};
use crate::state::App;

/// Sends the evidence of a case; written into every custody list.
pub(crate) async fn export(State(app): State<App>, Path(id): Path<String>, request: Request) -> Response {
    match member::form(&app, request, &format!("/desk/cases/{id}/export")).await {
        Ok((member, _)) => act(&app, &member, &id).await,
        Err(response) => response,
    }
}

/// The same, for a member.
pub(super) async fn act(app: &App, member: &Member, id: &str) -> Response {
    match parts(app, member, id).await {
        Ok((originals, texts)) => {
            evidence::attachment("evidence.tar", Body::from_stream(bundle(app.clone(), originals, texts)))
        }
        Err(error) => answer::refusal(app, &error),
    }
}

/// The originals, and the small files beside them.
async fn parts(
    app: &App,
    member: &Member,
    id: &str,
) -> Result<(Vec<(String, Original)>, Vec<(&'static str, String)>), StoreError> {
    let store = app.store();
    let opened = store.open_originals(member, id, None, "exported", app.key(), app.now()).await?;
    let custody = store.custody(member, id).await?;
    let named: Vec<(String, Original)> = opened
        .into_iter()
        .enumerate()
        .map(|(n, original)| (format!("files/{}", export_name(n + 1, &original.evidence.name)), original))
        .collect();
    let mut texts = vec![("custody.csv", custody_csv(&named, &custody))];
    if let Some(note) = app.checkpoint_now().await? {
        texts.push(("checkpoint.txt", note));
        texts.push(("checkpoint-key.txt", format!("{}\n", app.verifier())));
    }
    let mut sums = String::new();
    for (name, original) in &named {
        let _ = writeln!(sums, "{}  {name}", original.evidence.sha256);
    }
    for (name, text) in &texts {
        let _ = writeln!(sums, "{}  {name}", content_hash(text));
    }
    texts.insert(0, ("SHA256SUMS", sums));
    Ok((named, texts))
}

/// The custody lists of the files in it, as a table.
fn custody_csv(named: &[(String, Original)], custody: &[CustodyLine]) -> String {
    let lines_of = |(path, original): &(String, Original)| {
        let (path, name) = (path.clone(), original.evidence.name.clone());
        let own = custody.iter().filter(|line| line.evidence == original.evidence.id);
        own.map(|line| {
            let CustodyLine { at, member, act, detail, .. } = line.clone();
            vec![path.clone(), name.clone(), at, member, act, detail]
        })
        .collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = named.iter().flat_map(lines_of).collect();
    charts::text_csv(&["file", "name", "at", "member", "act", "detail"], &rows)
}

/// The tar, made as fast as it is taken. Where a file cannot be read to its end the stream breaks off with an error, and
/// the browser says that the download failed: half a bundle must not look whole.
fn bundle(
    app: App,
    originals: Vec<(String, Original)>,
    texts: Vec<(&'static str, String)>,
) -> impl Stream<Item = io::Result<Bytes>> + Send {
    let (send, mut receive) = mpsc::channel::<io::Result<Bytes>>(4);
    tokio::spawn(async move {
        if let Err(error) = write(&app, &originals, &texts, &send).await {
            tracing::error!(%error, "an export broke off");
            let _ = send.send(Err(io::Error::other(error.to_string()))).await;
        }
    });
    stream::poll_fn(move |context| receive.poll_recv(context))
}

async fn write(
    app: &App,
    originals: &[(String, Original)],
    texts: &[(&'static str, String)],
    send: &mpsc::Sender<io::Result<Bytes>>,
) -> Result<(), StoreError> {
    // Whoever hung up wants no more.
    let give = async |bytes: Bytes| send.send(Ok(bytes)).await.is_ok();
    for (name, text) in texts {
        let size = text.len() as u64;
        let whole = [header(name, size)?, Bytes::from(text.clone()), padding(size)];
        for bytes in whole {
            if !give(bytes).await {
                return Ok(());
            }
        }
    }
    for (name, original) in originals {
        let size = original.evidence.bytes;
        if !give(header(name, size)?).await {
            return Ok(());
        }
        let mut plain = std::pin::pin!(app.evidence().read(&original.object, &original.key).await?);
        let mut sent = 0;
        while let Some(bytes) = plain.try_next().await? {
            sent += bytes.len() as u64;
            if !give(bytes).await {
                return Ok(());
            }
        }
        if sent != size {
            return Err(StoreError::Files(format!("a file has {sent} bytes, its row says {size}")));
        }
        give(padding(size)).await;
    }
    give(Bytes::from_static(&[0; 1024])).await;
    Ok(())
}

fn header(name: &str, size: u64) -> Result<Bytes, StoreError> {
    let mut header = tar::Header::new_ustar();
    header.set_path(name).map_err(|e| StoreError::Files(e.to_string()))?;
    header.set_size(size);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header.set_cksum();
    Ok(Bytes::copy_from_slice(header.as_bytes()))
}

/// Each file of a tar ends at a multiple of 512 bytes.
fn padding(size: u64) -> Bytes {
    const ZEROS: [u8; 512] = [0; 512];
    Bytes::from_static(&ZEROS[..usize::try_from((512 - size % 512) % 512).unwrap_or(0)])
}
