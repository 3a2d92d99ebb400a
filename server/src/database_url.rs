//! Whether a database's address lets its words cross a network in the open: the driver falls back to plain text where
//! nothing is said of `sslmode`.

/// What is wrong with an address, if anything. `environment` gives what libpq's variables say (`PGHOST`, `PGSSLMODE`), which
/// the driver reads too.
pub(crate) fn refuse(url: &str, environment: impl Fn(&str) -> Option<String>) -> Option<String> {
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"))?;
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = address.split('/').next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    // An IPv6 address stands in brackets, a port behind a colon.
    let host = match host.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let given = |names: [&str; 2]| {
        let pairs =
            form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| names.contains(&name.as_ref()));
        pairs.last().map(|(_, value)| value.into_owned())
    };
    let host = given(["host", "hostaddr"])
        .or_else(|| Some(host.to_owned()).filter(|host| !host.is_empty()))
        .or_else(|| environment("PGHOST"))
        .unwrap_or_default();
    let mode = given(["sslmode", "ssl-mode"]).or_else(|| environment("PGSSLMODE")).unwrap_or_default();
    // `disable` is said by somebody who knows: a private wire, a tunnel.
    let is_said = matches!(mode.as_str(), "disable" | "require" | "verify-ca" | "verify-full");
    (!is_here(&host) && !is_said).then(|| {
        format!(
            "the database is on another machine ({host}), and its address does not say that the connection is encrypted: \
             add ?sslmode=verify-full; or ?sslmode=disable if it may cross that network in the open"
        )
    })
}

/// This machine: nothing, a socket's folder, a loopback address.
fn is_here(host: &str) -> bool {
    let is_socket = host.starts_with('/') || host.to_ascii_lowercase().starts_with("%2f");
    let is_loopback = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    host.is_empty() || is_socket || is_loopback || host.eq_ignore_ascii_case("localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_to_another_machine_has_to_be_said() {
        let none = |_: &str| None;
        for fine in [
            "sqlite:///data/treatywatch.sqlite",
            "postgres:///treatywatch",
            "postgres://user@localhost/name",
            "postgres://user:pass@127.0.0.1:5432/name",
            "postgresql://[::1]:5432/name",
            "postgres://%2Frun%2Fpostgresql/name",
            "postgres:///name?host=/run/postgresql",
            "postgres://db.example.org/name?sslmode=verify-full",
            "postgres://db.example.org/name?sslmode=disable",
            "postgres://u@db.example.org:5432/name?application_name=x&ssl-mode=require",
        ] {
            assert_eq!(refuse(fine, none), None, "{fine}");
        }
        for open in [
            "postgres://db.example.org/name",
            "postgres://u:localhost@db.example.org:5432/name",
            "postgresql://user@192.0.2.7/name?sslmode=prefer",
            "postgres://[2001:db8::1]/name?sslmode=allow",
            "postgres://localhost/name?host=db.example.org",
            "postgres://db.example.org?sslmode=",
        ] {
            assert!(refuse(open, none).is_some_and(|said| said.contains("sslmode=verify-full")), "{open}");
        }
        // The driver reads these too.
        assert!(
            refuse("postgres:///name", |name| (name == "PGHOST").then(|| "192.0.2.7".to_owned())).is_some()
        );
        let said = |name: &str| (name == "PGSSLMODE").then(|| "verify-full".to_owned());
        assert_eq!(refuse("postgres://db.example.org/name", said), None);
    }
}
