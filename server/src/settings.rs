//! Settings: from flags, then `TREATYWATCH_…`, then a file; a key that nobody knows is an error.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;

/// What `serve` is told. Flags and environment variables are read by the command line; what they leave open is
/// taken from the file.
#[derive(Clone, Debug, Default, clap::Args, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Where to listen [default: 127.0.0.1:3000].
    #[arg(long, env = "TREATYWATCH_ADDR")]
    pub addr: Option<SocketAddr>,
    /// The data folder: database, evidence, keys [default: treatywatch-data].
    #[arg(long, env = "TREATYWATCH_DATA")]
    pub data: Option<PathBuf>,
    /// A database elsewhere: postgres://user@host/name, instead of SQLite in the data folder.
    #[arg(long, env = "TREATYWATCH_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// The address under which readers reach this copy [default: http://localhost:PORT].
    #[arg(long, env = "TREATYWATCH_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// Who runs this copy, as /about names them.
    #[arg(long, env = "TREATYWATCH_OPERATOR")]
    pub operator: Option<String>,
    /// Where to write to about this copy and holes in it: mailto:security@example.org or an https address.
    #[arg(long, env = "TREATYWATCH_CONTACT")]
    pub contact: Option<String>,
    /// The name that the audit log's checkpoints bear, for good [default: the host of the public address].
    #[arg(long, env = "TREATYWATCH_LOG_NAME")]
    pub log_name: Option<String>,
    /// How many proxies stand in front of this server and add to X-Forwarded-For [default: 0].
    #[arg(long, env = "TREATYWATCH_TRUSTED_PROXIES")]
    pub trusted_proxies: Option<usize>,
    /// Memory for answers that are ready to send, in MiB; 0 turns the cache off [default: 64].
    #[arg(long, env = "TREATYWATCH_CACHE")]
    pub cache: Option<u64>,
    /// The most that one evidence file may hold, in MiB [default: 200].
    #[arg(long, env = "TREATYWATCH_EVIDENCE_LIMIT")]
    pub evidence_limit: Option<u64>,
    /// A program that reads an evidence file on its standard input and ends with 0 if it may be kept, 1 if not.
    #[arg(long, env = "TREATYWATCH_SCANNER")]
    pub scanner: Option<PathBuf>,
    /// Writes nothing: everything can be read, and nothing saved. Nobody can sign in.
    #[arg(long, env = "TREATYWATCH_READ_ONLY")]
    pub read_only: bool,
}

/// Every setting with its flag and its environment variable: what docs/settings.md must name.
pub const SETTINGS: &[(&str, &str)] = &[
    ("--addr", "TREATYWATCH_ADDR"),
    ("--data", "TREATYWATCH_DATA"),
    ("--database", "TREATYWATCH_DATABASE"),
    ("--public-url", "TREATYWATCH_PUBLIC_URL"),
    ("--operator", "TREATYWATCH_OPERATOR"),
    ("--contact", "TREATYWATCH_CONTACT"),
    ("--log-name", "TREATYWATCH_LOG_NAME"),
    ("--trusted-proxies", "TREATYWATCH_TRUSTED_PROXIES"),
    ("--cache", "TREATYWATCH_CACHE"),
    ("--evidence-limit", "TREATYWATCH_EVIDENCE_LIMIT"),
    ("--scanner", "TREATYWATCH_SCANNER"),
    ("--read-only", "TREATYWATCH_READ_ONLY"),
    ("--settings-file", "TREATYWATCH_SETTINGS"),
];

/// A setting that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("cannot read the settings file {0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The file holds something that is no setting.
    #[error("the settings file {0} cannot be used: {1}")]
    Content(PathBuf, toml::de::Error),
    /// The public address is not one.
    #[error("--public-url {0:?} is not an address like https://example.org, without a path")]
    PublicUrl(String),
    /// The contact is no address.
    #[error(
        "--contact {0:?} is not an address like mailto:security@example.org or https://example.org/contact"
    )]
    Contact(String),
    /// The log's name is none.
    #[error("--log-name {0:?} is not a name like example.org/audit: no blank, no plus sign")]
    LogName(String),
}

impl Settings {
    /// With what flags and environment leave open taken from `file`.
    pub fn with_file(self, file: Option<PathBuf>) -> Result<Self, SettingsError> {
        let Some(path) = file else { return Ok(self) };
        let text = std::fs::read_to_string(&path).map_err(|e| SettingsError::File(path.clone(), e))?;
        let file: Self = toml::from_str(&text).map_err(|e| SettingsError::Content(path, e))?;
        Ok(Self {
            addr: self.addr.or(file.addr),
            data: self.data.or(file.data),
            database: self.database.or(file.database),
            public_url: self.public_url.or(file.public_url),
            operator: self.operator.or(file.operator),
            contact: self.contact.or(file.contact),
            log_name: self.log_name.or(file.log_name),
            trusted_proxies: self.trusted_proxies.or(file.trusted_proxies),
            cache: self.cache.or(file.cache),
            evidence_limit: self.evidence_limit.or(file.evidence_limit),
            scanner: self.scanner.or(file.scanner),
            read_only: self.read_only || file.read_only,
        })
    }

    /// Where to listen.
    pub fn address(&self) -> SocketAddr {
        self.addr.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)))
    }

    /// The data folder.
    pub fn folder(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| PathBuf::from("treatywatch-data"))
    }

    /// The address under which readers reach this copy, without a slash at the end; `port` is the one it really
    /// listens on.
    pub fn public_address(&self, port: u16) -> Result<String, SettingsError> {
        let Some(url) = &self.public_url else { return Ok(format!("http://localhost:{port}")) };
        let url = url.trim_end_matches('/');
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '"', '<']) => {
                Ok(url.to_owned())
            }
            _ => Err(SettingsError::PublicUrl(url.to_owned())),
        }
    }

    /// Where to write to about this copy, if that was said.
    pub fn contact_address(&self) -> Result<Option<String>, SettingsError> {
        let Some(contact) = &self.contact else { return Ok(None) };
        let is_whole = |rest: &str, mark: char| {
            rest.split_once(mark).is_some_and(|(before, after)| !before.is_empty() && !after.is_empty())
        };
        let fits = contact.strip_prefix("mailto:").is_some_and(|rest| is_whole(rest, '@'))
            || contact.strip_prefix("https://").is_some_and(|rest| is_whole(rest, '.'));
        if !fits || contact.chars().any(|c| !c.is_ascii_graphic()) {
            return Err(SettingsError::Contact(contact.clone()));
        }
        Ok(Some(contact.clone()))
    }

    /// The name that checkpoints bear: the one given, or the host of `public_url`.
    pub fn checkpoint_origin(&self, public_url: &str) -> Result<String, SettingsError> {
        let host = public_url.split_once("://").map_or(public_url, |(_, host)| host);
        let name = self.log_name.as_deref().unwrap_or(host);
        if name.is_empty() || name.contains(|c: char| c == '+' || c.is_whitespace() || c.is_control()) {
            return Err(SettingsError::LogName(name.to_owned()));
        }
        Ok(name.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_wins_over_the_file_and_an_unknown_key_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, "operator = \"from the file\"\ncache = 8\n").unwrap();
        let flags = Settings { cache: Some(16), ..Settings::default() };
        let settings = flags.with_file(Some(path.clone())).unwrap();
        assert_eq!((settings.cache, settings.operator.as_deref()), (Some(16), Some("from the file")));
        std::fs::write(&path, "oprator = \"typo\"\n").unwrap();
        assert!(Settings::default().with_file(Some(path)).is_err());
    }

    #[test]
    fn the_public_address_is_an_origin() {
        let with = |url: &str| Settings { public_url: Some(url.to_owned()), ..Settings::default() };
        assert_eq!(with("https://example.org/").public_address(1).unwrap(), "https://example.org");
        assert_eq!(Settings::default().public_address(3000).unwrap(), "http://localhost:3000");
        for url in ["example.org", "https://example.org/path", "https://u@example.org", "ftp://example.org"] {
            assert!(with(url).public_address(1).is_err(), "{url}");
        }
    }

    #[test]
    fn a_contact_is_a_mail_or_web_address() {
        let with = |contact: &str| Settings { contact: Some(contact.to_owned()), ..Settings::default() };
        assert_eq!(Settings::default().contact_address().unwrap(), None);
        for contact in ["mailto:security@example.org", "https://example.org/contact"] {
            assert_eq!(with(contact).contact_address().unwrap().as_deref(), Some(contact));
        }
        for contact in
            ["", "security@example.org", "http://example.org", "mailto:a@b\nExpires: 2000", "https://"]
        {
            assert!(with(contact).contact_address().is_err(), "{contact}");
        }
    }

    #[test]
    fn the_log_is_named_by_its_host_unless_it_is_given_a_name() {
        let with = |name: &str| Settings { log_name: Some(name.to_owned()), ..Settings::default() };
        let url = "https://example.org";
        assert_eq!(Settings::default().checkpoint_origin(url).unwrap(), "example.org");
        assert_eq!(with("example.org/audit").checkpoint_origin(url).unwrap(), "example.org/audit");
        for name in ["", "two words", "a+b", "a\nb"] {
            assert!(with(name).checkpoint_origin(url).is_err(), "{name}");
        }
    }
}
