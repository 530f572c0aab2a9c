//! Guessing is told to the town hall: once an hour for a kind and a network, however long somebody goes on.

use std::net::IpAddr;

use shared::operation::{Actor, Body, Channel, Guessing};

use crate::commune::Commune;
use crate::corridor::CorridorError;

/// How long nothing more is noted of a kind and a network, in milliseconds.
const QUIET_MS: i64 = 60 * 60 * 1000;

/// Notes that somebody was locked out after `attempts` wrong tries.
///
/// # Errors
/// [`CorridorError`] of the engine.
pub(super) fn note(
    commune: &Commune,
    what: Guessing,
    attempts: u32,
    from: Option<IpAddr>,
) -> Result<(), CorridorError> {
    let from = from.map(truncated).unwrap_or_default();
    let since = commune.clock.now().plus_ms(-QUIET_MS);
    let params = [what.as_str().into(), from.as_str().into(), since.into()];
    let noted = commune
        .store
        .read(|tx| tx.first(include_str!("sql/guessing_noted.sql"), &params))?;
    if noted.is_none() {
        let body = Body::NoteGuessing { what, attempts, from };
        commune.submit(commune.operation(Actor::System, Channel::Portal, body))?;
    }
    Ok(())
}

/// The network of an address: enough to know an operator by, too little to know a household.
fn truncated(address: IpAddr) -> String {
    let address = match address {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    match address {
        IpAddr::V4(four) => {
            let [a, b, c, _] = four.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(six) => {
            let [a, b, c, ..] = six.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_address_only_its_network_is_written_down() {
        let of = |text: &str| truncated(text.parse().unwrap());
        assert_eq!(of("203.0.113.77"), "203.0.113.0/24");
        assert_eq!(of("::ffff:203.0.113.77"), "203.0.113.0/24");
        assert_eq!(of("2001:db8:7:8::9"), "2001:db8:7::/48");
    }
}
