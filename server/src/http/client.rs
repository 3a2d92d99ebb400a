//! Who asks: the address of the client, as far as our own proxies vouch for it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};

/// The client's address: the peer's, or with `proxies` in front of us the one that the outermost of them saw.
pub(crate) fn address(headers: &HeaderMap, extensions: &Extensions, proxies: usize) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let peer = peer.unwrap_or(IpAddr::from([127, 0, 0, 1]));
    if proxies == 0 {
        return peer;
    }
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    // Each proxy appends whom it saw; anything further left was sent by the client and proves nothing.
    forwarded.len().checked_sub(proxies).and_then(|at| forwarded[at].parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_hops_are_believed() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 198.51.100.7".parse().unwrap());
        let none = Extensions::new();
        assert_eq!(address(&headers, &none, 0).to_string(), "127.0.0.1");
        assert_eq!(address(&headers, &none, 1).to_string(), "198.51.100.7");
        assert_eq!(address(&headers, &none, 3).to_string(), "127.0.0.1");
    }
}
