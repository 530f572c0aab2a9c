//! Where a message may go. The address comes from a browser, so that anybody who is logged in could name any: only
//! what lies on the open Internet is called, and no redirect is followed.

use std::net::{IpAddr, SocketAddr};

/// Whether an address is one of the open Internet.
pub(super) fn is_open(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            let shared = a == 100 && (64..128).contains(&b);
            let special =
                a == 0 || (a == 192 && b == 0 && c == 0) || (a == 198 && (b == 18 || b == 19)) || a >= 224;
            !(ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || ip.is_documentation()
                || shared
                || special)
        }
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_open(IpAddr::V4(ip)),
            // 2000::/3 is what is given out; without documentation, and without 6to4 and Teredo, which hide others.
            None => {
                let [first, second, ..] = ip.segments();
                (0x2000..0x4000).contains(&first)
                    && first != 0x2002
                    && !(first == 0x2001 && (second == 0xdb8 || second == 0))
            }
        },
    }
}

/// Why a host is not called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotCalled {
    /// Nobody knows it now.
    Unknown,
    /// It does not lie on the open Internet.
    Inside,
}

/// The addresses of a host, if all of them are of the open Internet.
pub(super) async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, NotCalled> {
    let found = tokio::net::lookup_host((host, port)).await;
    let found: Vec<SocketAddr> = found.map_err(|_| NotCalled::Unknown)?.collect();
    match found.iter().all(|at| is_open(at.ip())) {
        _ if found.is_empty() => Err(NotCalled::Unknown),
        true => Ok(found),
        false => Err(NotCalled::Inside),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_internet_is_called() {
        for inside in [
            "127.0.0.1",
            "10.0.0.1",
            "172.16.9.9",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:10.0.0.1",
            "2001:db8::1",
            "2002:7f00:1::",
            "ff02::1",
            "64:ff9b::7f00:1",
        ] {
            assert!(!is_open(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["93.184.216.34", "2a00:1450:4007:80e::200e"] {
            assert!(is_open(outside.parse().unwrap()), "{outside}");
        }
    }
}
