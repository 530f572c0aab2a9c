//! What a proxy in front of the server says about who asks.
//!
//! `X-Forwarded-For`, `-Proto` and `-Host` are believed of a proxy that the host named, and of
//! nobody else: whoever could write them could guess passwords from a new address each time, and
//! be shown pages meant for an encrypted line. What an unknown neighbour wrote is taken away before
//! any handler sees it.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Addresses that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    bits: u32,
}

/// Why a text is no network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkError {
    /// No address before the slash.
    #[error("une adresse IP ou un réseau est attendu, par exemple 10.0.0.7 ou 10.0.0.0/24")]
    Address,
    /// No number of bits after it, or too many.
    #[error("la longueur du préfixe, après « / », doit être un nombre d’au plus 32 (IPv4) ou 128 (IPv6)")]
    Length,
    /// The address lies inside the network, it does not name it.
    #[error(
        "cette adresse n’est pas la première de son réseau : corrigez l’adresse ou la longueur du préfixe"
    )]
    Inside,
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
        let first: IpAddr = address.trim().parse().map_err(|_| NetworkError::Address)?;
        let width = if first.is_ipv4() { 32 } else { 128 };
        let bits = length.map_or(Ok(width), |length| {
            let bits = length.trim().parse().map_err(|_| NetworkError::Length)?;
            if bits <= width {
                Ok(bits)
            } else {
                Err(NetworkError::Length)
            }
        })?;
        if start(first, bits) == first {
            Ok(Self { first, bits })
        } else {
            Err(NetworkError::Inside)
        }
    }
}

/// The first address of the network of `bits` bits in which an address lies.
fn start(address: IpAddr, bits: u32) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            IpAddr::V4((v4.to_bits() & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            IpAddr::V6((v6.to_bits() & mask).into())
        }
    }
}

impl Network {
    fn holds(self, address: IpAddr) -> bool {
        self.first.is_ipv4() == address.is_ipv4() && start(address, self.bits) == self.first
    }
}

/// The proxies that the host named; by default those of this machine.
#[derive(Clone, Debug)]
pub struct Proxies(Vec<Network>);

impl Default for Proxies {
    fn default() -> Self {
        let loopback = |first: IpAddr, bits| Network { first, bits };
        Self(vec![
            loopback([127, 0, 0, 0].into(), 8),
            loopback(std::net::Ipv6Addr::LOCALHOST.into(), 128),
        ])
    }
}

impl Proxies {
    /// Those named; none named means those of this machine.
    pub fn named(networks: Vec<Network>) -> Self {
        if networks.is_empty() {
            Self::default()
        } else {
            Self(networks)
        }
    }

    fn trust(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }

    /// Whom a request comes from. Each proxy adds the address that it was called from at the end of
    /// the list, so the list is read from there for as long as the teller is a proxy of ours; what
    /// stands further left may be anybody's invention.
    fn client(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
        let told: Vec<&str> = headers
            .get_all(FOR)
            .iter()
            .flat_map(|line| line.to_str().unwrap_or_default().split(','))
            .collect();
        let mut client = peer;
        for entry in told.into_iter().rev() {
            if client.is_some_and(|teller| !self.trust(teller)) {
                break;
            }
            let Some(address) = address(entry) else { break };
            client = Some(address);
        }
        client
    }
}

/// An address as proxies write it: bare, or with a port.
fn address(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let bare = entry.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<IpAddr>()
        .or_else(|_| entry.parse::<SocketAddr>().map(|socket| socket.ip()))
        .ok()
        .map(|address| address.to_canonical())
}

/// Who asks, as far as it can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    /// Where the request began.
    pub(super) address: Option<IpAddr>,
    /// Somebody says to have handed it on, whether or not we believe what else they say.
    pub(super) handed_on: bool,
}

/// Judges what a request says of its way here, and leaves only what can be believed.
pub(super) async fn judge(State(proxies): State<Arc<Proxies>>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let headers = request.headers_mut();
    let signs = [FOR, PROTO, HOST, header::FORWARDED, header::VIA];
    let handed_on = signs.iter().any(|name| headers.contains_key(name));
    if peer.is_some_and(|peer| !proxies.trust(peer)) {
        for name in [FOR, PROTO, HOST, header::FORWARDED] {
            headers.remove(name);
        }
    }
    let caller = Caller {
        address: proxies.client(peer, headers),
        handed_on,
    };
    request.extensions_mut().insert(caller);
    next.run(request).await
}

/// Shows a page to whoever reached this server by itself, and hides it from whoever came through a
/// proxy: figures of the host are not for the world that the proxy faces.
pub(super) async fn not_handed_on(request: Request, next: Next) -> Response {
    let caller = request.extensions().get::<Caller>();
    if caller.is_some_and(|caller| caller.handed_on) {
        StatusCode::NOT_FOUND.into_response()
    } else {
        next.run(request).await
    }
}

/// The request came encrypted.
pub(super) fn is_https(headers: &HeaderMap) -> bool {
    text(headers, &PROTO).is_some_and(|proto| proto.eq_ignore_ascii_case("https"))
}

/// How this server was called: scheme and host, for a link that is handed on.
pub(super) fn origin(headers: &HeaderMap) -> String {
    let scheme = if is_https(headers) { "https" } else { "http" };
    let host = text(headers, &HOST).or_else(|| text(headers, &header::HOST));
    let plain = |host: &&str| {
        host.chars()
            .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    };
    format!("{scheme}://{}", host.filter(plain).unwrap_or("localhost"))
}

fn text<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn proxies(networks: &[&str]) -> Proxies {
        Proxies::named(networks.iter().map(|text| text.parse().unwrap()).collect())
    }

    fn client(proxies: &Proxies, peer: &str, told: &[&str]) -> IpAddr {
        let headers: HeaderMap = told.iter().map(|line| (FOR, line.parse().unwrap())).collect();
        proxies.client(Some(ip(peer)), &headers).unwrap()
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let network: Network = "10.20.0.0/14".parse().unwrap();
        assert!(network.holds(ip("10.20.0.0")) && network.holds(ip("10.23.255.255")));
        assert!(!network.holds(ip("10.24.0.0")) && !network.holds(ip("::ffff:10.20.0.1")));
        let all: Network = "0.0.0.0/0".parse().unwrap();
        assert!(all.holds(ip("203.0.113.9")) && !all.holds(ip("2001:db8::1")));
        let six: Network = "2001:db8::/33".parse().unwrap();
        assert!(six.holds(ip("2001:db8:7fff::1")) && !six.holds(ip("2001:db8:8000::1")));
        let one: Network = "192.0.2.7".parse().unwrap();
        assert!(one.holds(ip("192.0.2.7")) && !one.holds(ip("192.0.2.6")));
    }

    #[test]
    fn a_mistyped_network_is_told_what_is_wrong_with_it() {
        for (text, wrong) in [
            ("mandataire.example", NetworkError::Address),
            ("", NetworkError::Address),
            ("10.0.0.0/", NetworkError::Length),
            ("10.0.0.0/33", NetworkError::Length),
            ("2001:db8::/129", NetworkError::Length),
            ("10.0.0.7/24", NetworkError::Inside),
            ("2001:db8::1/64", NetworkError::Inside),
        ] {
            assert_eq!(text.parse::<Network>(), Err(wrong), "{text}");
        }
    }

    #[test]
    fn nobody_but_a_proxy_says_where_a_request_began() {
        let ours = proxies(&["10.0.0.0/24"]);
        assert_eq!(client(&ours, "203.0.113.9", &["198.51.100.4"]), ip("203.0.113.9"));
        assert_eq!(client(&ours, "10.0.0.7", &["198.51.100.4"]), ip("198.51.100.4"));
        // A machine's own address is no longer believed once the host named others.
        assert_eq!(client(&ours, "127.0.0.1", &["198.51.100.4"]), ip("127.0.0.1"));
    }

    #[test]
    fn what_a_client_wrote_before_our_proxy_is_not_believed() {
        let ours = proxies(&["10.0.0.0/24"]);
        let forged = ["192.0.2.1, 198.51.100.4"];
        assert_eq!(client(&ours, "10.0.0.7", &forged), ip("198.51.100.4"));
        // Two lines of one name are one list.
        assert_eq!(
            client(&ours, "10.0.0.7", &["192.0.2.1", "198.51.100.4"]),
            ip("198.51.100.4")
        );
        // Nor does naming one of our proxies take a forger further than its own address.
        let forged = ["192.0.2.1, 10.0.0.9, 198.51.100.4"];
        assert_eq!(client(&ours, "10.0.0.7", &forged), ip("198.51.100.4"));
    }

    #[test]
    fn a_chain_of_our_proxies_is_followed_to_its_end() {
        let ours = proxies(&["10.0.0.0/24", "2001:db8:1::/48"]);
        let chain = ["198.51.100.4, 2001:db8:1::5, 10.0.0.9"];
        assert_eq!(client(&ours, "10.0.0.7", &chain), ip("198.51.100.4"));
        let with_ports = ["198.51.100.4:61234, [2001:db8:1::5]:443"];
        assert_eq!(client(&ours, "10.0.0.7", &with_ports), ip("198.51.100.4"));
        let mapped = ["::ffff:198.51.100.4"];
        assert_eq!(client(&ours, "10.0.0.7", &mapped), ip("198.51.100.4"));
    }

    #[test]
    fn an_entry_that_is_no_address_ends_the_search_at_who_wrote_it() {
        let ours = proxies(&["10.0.0.0/24"]);
        for told in ["unknown", "", "192.0.2.1, _hidden", "192.0.2.1,"] {
            assert_eq!(client(&ours, "10.0.0.7", &[told]), ip("10.0.0.7"), "{told:?}");
        }
    }
}
