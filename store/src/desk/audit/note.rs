//! A checkpoint as a text that anybody can keep: in the outer shape of C2SP's checkpoints (tlog-checkpoint) and signed
//! notes (signed-note), so that their tools read it. The hash in it is the log's last entry's, not a tree's root.
//!
//! ```text
//! example.org
//! 1250
//! <SHA-256 of entry 1250, base64>
//!
//! — example.org <key id and Ed25519 signature, base64>
//! ```

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use sha2::{Digest, Sha256};

use super::hex;

/// The kind of signature, as C2SP numbers them.
const KIND: u8 = 1;

/// How long the log was, and which entry came last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose log it is: a host's name, or one that the operator gave.
    pub origin: String,
    /// How many entries it had.
    pub entries: i64,
    /// The hash of the last, in hexadecimal as the log has it.
    pub head: String,
}

/// Why a text is no checkpoint to go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// It is no checkpoint.
    #[error(
        "this is no checkpoint: it has an origin, a number and a hash, each on its line, an empty line and a signature"
    )]
    Shape,
    /// It bears no signature of this key.
    #[error("the checkpoint is not signed by this key: it was altered, or is of another installation")]
    Signature,
    /// The verifying key is none.
    #[error("this is no verifying key: name+id+key, as /transparency shows it")]
    Key,
}

/// The key that checkpoints are signed with. It prints as nothing.
pub struct LogKey(Ed25519KeyPair);

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LogKey(…)")
    }
}

impl LogKey {
    /// From the 32 bytes of the key file.
    pub fn new(seed: [u8; 32]) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&seed).expect("any 32 bytes are an Ed25519 seed"))
    }

    /// What others check this key's signatures with, for a log of this name.
    pub fn verifier(&self, origin: &str) -> Verifier {
        let key = self.0.public_key().as_ref().try_into().expect("Ed25519 keys have 32 bytes");
        Verifier { name: origin.to_owned(), key }
    }

    pub(super) fn sign(&self, checkpoint: &Checkpoint) -> String {
        let Checkpoint { origin, entries, head } = checkpoint;
        let text = format!("{origin}\n{entries}\n{}\n", BASE64.encode(bytes(head)));
        let signature = [&self.verifier(origin).id()[..], self.0.sign(text.as_bytes()).as_ref()].concat();
        format!("{text}\n— {origin} {}\n", BASE64.encode(signature))
    }
}

/// The public half of a [`LogKey`] with the name it signs for; written as C2SP writes verifying keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: [u8; 32],
}

impl Verifier {
    /// Reads a checkpoint that this key signed.
    pub fn read(&self, note: &str) -> Result<Checkpoint, CheckpointError> {
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(CheckpointError::Shape)?;
        let text = format!("{text}\n");
        let checkpoint = Checkpoint::parse(&text).ok_or(CheckpointError::Shape)?;
        let key = UnparsedPublicKey::new(&ED25519, self.key);
        let is_ours = |line: &str| {
            let signature = line.strip_prefix("— ")?.strip_prefix(&self.name)?.strip_prefix(' ')?;
            let signature = BASE64.decode(signature).ok()?;
            let signature = signature.strip_prefix(&self.id()[..])?;
            key.verify(text.as_bytes(), signature).ok()
        };
        let signed = checkpoint.origin == self.name && signatures.lines().any(|line| is_ours(line).is_some());
        if signed { Ok(checkpoint) } else { Err(CheckpointError::Signature) }
    }

    fn id(&self) -> [u8; 4] {
        let hash =
            Sha256::new_with_prefix(&self.name).chain_update([b'\n', KIND]).chain_update(self.key).finalize();
        [hash[0], hash[1], hash[2], hash[3]]
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = BASE64.encode([&[KIND][..], &self.key].concat());
        write!(f, "{}+{}+{key}", self.name, hex(&self.id()))
    }
}

impl FromStr for Verifier {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let parts = || {
            let (name, rest) = text.trim().split_once('+')?;
            let (_, key) = rest.split_once('+')?;
            let key = BASE64.decode(key).ok()?;
            let key = key.strip_prefix(&[KIND])?.try_into().ok()?;
            Some(Self { name: name.to_owned(), key })
        };
        // The id is a function of name and key: one that differs is a slip of the pen.
        parts().filter(|key| key.to_string() == text.trim()).ok_or(CheckpointError::Key)
    }
}

impl Checkpoint {
    /// Whose log a note says it is of, before anything is believed.
    pub fn origin_of(note: &str) -> &str {
        note.lines().next().unwrap_or_default()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        let (origin, number, hash) = (lines.next()?, lines.next()?, lines.next()?);
        let entries: i64 = number.parse().ok()?;
        let hash = BASE64.decode(hash).ok()?;
        let is_plain = !origin.is_empty() && entries > 0 && entries.to_string() == number && hash.len() == 32;
        // Lines after these three are for extensions that we do not know.
        let whole = is_plain && lines.all(|line| !line.is_empty());
        whole.then(|| Self { origin: origin.to_owned(), entries, head: hex(&hash) })
    }
}

/// The bytes of a hash that the log made; what is no hexadecimal has none.
fn bytes(hash: &str) -> Vec<u8> {
    let pair = |at: usize| hash.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    (0..hash.len()).step_by(2).map_while(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checkpoint() -> Checkpoint {
        Checkpoint { origin: "example.org".to_owned(), entries: 1250, head: "ab".repeat(32) }
    }

    #[test]
    fn what_was_signed_is_read_back_and_nothing_else() {
        let key = LogKey::new([7; 32]);
        let verifier = key.verifier("example.org");
        let note = key.sign(&checkpoint());
        assert_eq!(verifier.read(&note), Ok(checkpoint()));
        // Another witness's signature beside ours changes nothing.
        assert_eq!(verifier.read(&format!("{note}— witness.example AAAA\n")), Ok(checkpoint()));
        for position in 0..note.len() {
            let mut altered = note.clone().into_bytes();
            altered[position] ^= 1;
            let Ok(altered) = String::from_utf8(altered) else { continue };
            assert!(verifier.read(&altered).is_err(), "{altered}");
        }
        assert_eq!(verifier.read(&note.replace("1250", "1251")), Err(CheckpointError::Signature));
        assert_eq!(key.verifier("example.net").read(&note), Err(CheckpointError::Signature));
        assert_eq!(LogKey::new([8; 32]).verifier("example.org").read(&note), Err(CheckpointError::Signature));
        for no_note in
            ["", "example.org", "example.org\n0\nAAAA\n\n— example.org AAAA\n", &note.replace("\n\n", "\n")]
        {
            assert_eq!(verifier.read(no_note), Err(CheckpointError::Shape), "{no_note}");
        }
        assert_eq!(format!("{key:?}"), "LogKey(…)");
    }

    #[test]
    fn a_verifying_key_is_written_as_others_write_them() {
        let verifier = LogKey::new([7; 32]).verifier("example.org");
        let text = verifier.to_string();
        assert_eq!(text.parse(), Ok(verifier));
        assert!(text.starts_with("example.org+"), "{text}");
        for wrong in ["", "example.org", &text.replace("example", "exempel"), &text[..text.len() - 1]] {
            assert_eq!(wrong.parse::<Verifier>(), Err(CheckpointError::Key), "{wrong}");
        }
    }
}
