//! Answers that are ready to send: bytes in plain, gzip and brotli with their ETag, by weight.
//!
//! The key is what the answer is a function of: path, canonical query and language, as text, and beside it the
//! edition, the day and the withdrawals. When the head moves, old entries simply are not asked for any more.

use std::sync::Arc;

use bytes::Bytes;
use domain::Day;
use moka::sync::Cache as Moka;
use sha2::{Digest, Sha256};

use crate::http::headers::Policy;

/// What an answer is a function of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    /// Path with language prefix and canonical query.
    pub(crate) address: String,
    /// The edition it is as of.
    pub(crate) edition: i64,
    /// The newest edition (pages of old editions name it).
    pub(crate) head: i64,
    /// What was withdrawn so far.
    pub(crate) withdrawals: i64,
    /// The day of the answer.
    pub(crate) day: Day,
}

/// An answer, ready to send.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) status: u16,
    pub(crate) content_type: &'static str,
    pub(crate) etag: String,
    /// Somebody may keep it for a minute; an error page is not kept.
    pub(crate) plain: Bytes,
    pub(crate) gzip: Option<Bytes>,
    pub(crate) brotli: Option<Bytes>,
    /// Extra headers (a download's name).
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The row of the header table that it is sent with.
    pub(crate) policy: Policy,
}

impl Ready {
    /// Bytes with their ETag, compressed where that pays and `compress` says so.
    pub(crate) fn new(status: u16, content_type: &'static str, body: Vec<u8>, compress: bool) -> Self {
        let hash = Sha256::digest(&body);
        let etag: String = hash[..12].iter().map(|b| format!("{b:02x}")).collect();
        let worth = compress && body.len() > 500 && !content_type.starts_with("image/png");
        Self {
            status,
            content_type,
            etag: format!("\"{etag}\""),
            gzip: worth.then(|| gzip(&body)),
            brotli: worth.then(|| brotli(&body)),
            plain: Bytes::from(body),
            headers: Vec::new(),
            policy: Policy::Public,
        }
    }

    fn weight(&self) -> usize {
        let compressed = |body: &Option<Bytes>| body.as_ref().map_or(0, Bytes::len);
        400 + self.plain.len() + compressed(&self.gzip) + compressed(&self.brotli)
    }
}

/// The cache.
pub(crate) struct Cache {
    answers: Option<Moka<Key, Arc<Ready>>>,
}

impl Cache {
    /// Of at most so many bytes; of none at all with 0.
    pub(crate) fn new(bytes: u64) -> Self {
        let answers = (bytes > 0).then(|| {
            Moka::builder()
                .max_capacity(bytes)
                .weigher(|key: &Key, ready: &Arc<Ready>| {
                    u32::try_from(key.address.len() + ready.weight()).unwrap_or(u32::MAX)
                })
                .build()
        });
        Self { answers }
    }

    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Ready>> {
        self.answers.as_ref()?.get(key)
    }

    pub(crate) fn put(&self, key: Key, ready: Arc<Ready>) {
        if let Some(answers) = &self.answers {
            answers.insert(key, ready);
        }
    }

    /// Answers are kept at all: then compressing them pays.
    pub(crate) fn is_on(&self) -> bool {
        self.answers.is_some()
    }
}

/// In gzip, at a level that costs little.
pub(crate) fn gzip(body: &[u8]) -> Bytes {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("writing into memory does not fail").into()
}

fn brotli(body: &[u8]) -> Bytes {
    let params = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 22, ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &body[..], &mut out, &params).expect("writing into memory does not fail");
    out.into()
}
