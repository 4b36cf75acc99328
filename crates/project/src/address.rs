//! Which addresses the network at large has, and a resolver that gives no others to
//! those who must not reach them.

use std::{
    collections::HashMap,
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex},
};

use ureq::{
    Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

/// Whether an address belongs to the network at large: not to this machine, a
/// private network, a link, or a range that is reserved for something else.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// The ranges of the registry for special purposes (RFC 6890 and those after it).
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let [[a, b], [c, d]] = [high.to_be_bytes(), low.to_be_bytes()];
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Translated to IPv4 on the way, so the address within counts.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, second, ..] => !matches!(second, 0..=0x1ff | 0xdb8),
        [0x3fff, ..] => false,
        // Everything that is given out lies here; mapped, local, private and
        // multicast addresses do not.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Looks names up, and remembers whose addresses were all public. What connects takes
/// the addresses from here, so a name that changes its mind in between gains nothing.
#[derive(Debug)]
pub struct WatchfulResolver {
    /// Hosts that are connected to wherever they are; without, all are.
    pub excepted: Option<Vec<String>>,
    /// What is known of the hosts that were looked up.
    pub seen: Seen,
}

/// Which hosts had public addresses only when they were last looked up.
#[derive(Clone, Debug, Default)]
pub struct Seen(Arc<Mutex<HashMap<String, bool>>>);

impl Seen {
    /// Whether a host was looked up and is in the network at large.
    pub fn is_public(&self, host: &str) -> bool {
        let seen = self.0.lock().expect("no holder of the lock panics");
        seen.get(host).copied().unwrap_or(false)
    }

    fn note(&self, host: &str, is_public: bool) {
        let mut seen = self.0.lock().expect("no holder of the lock panics");
        seen.insert(host.to_owned(), is_public);
    }
}

impl Resolver for WatchfulResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let host = host.to_lowercase();
        let private = found.iter().find(|address| !is_public(address.ip()));
        self.seen.note(&host, private.is_none());
        let excepted = self.excepted.as_ref();
        let may = excepted.is_none_or(|names| names.contains(&host));
        match private.filter(|_| !may) {
            None => Ok(found),
            Some(address) => Err(Error::Other(Box::new(NotPublic {
                address: address.ip(),
                host,
            }))),
        }
    }
}

/// A host is not in the network at large.
#[derive(Debug)]
pub struct NotPublic {
    host: String,
    address: IpAddr,
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, address } = self;
        write!(
            f,
            "`{host}` has the address `{address}`, which is not a public one, and only those may be connected to"
        )
    }
}

impl std::error::Error for NotPublic {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_network_at_large_are_public() {
        for text in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::1",
            "fec0::1",
            "100::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.169.0.1",
            "223.255.255.255",
            "2606:4700:4700::1111",
            "2001:4860:4860::8888",
            "64:ff9b::808:808",
            "2002:808:808::1",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
