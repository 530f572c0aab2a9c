//! After a fire the server is elsewhere, and its old address never answers again, or somebody else does.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use shared::addresses::{Addresses, Places};
use shared::codec::encode;
use tablet_replica::ReplicaError;
use tablet_replica::sync::Trust;

use crate::one_process::{Hand, Kept, Line, Server, scratch, set_up, site};

/// A town, and a tablet that was enrolled at an address where the town is no more.
struct Moved {
    folder: tempfile::TempDir,
    town: Kept,
    line: Line,
}

/// What answers at the old address.
enum Old {
    Nobody,
    /// Takes connections and never answers.
    Silent(TcpListener),
    /// The server of another commune, which has another key.
    Another(Kept),
}

impl Moved {
    /// A tablet is enrolled; then the server stops, and something else listens in its place.
    fn away() -> (Self, u16) {
        let (folder, line, town) = (scratch(), Line::new(), Kept::nothing());
        town.found();
        town.open(0).desk(set_up(1));
        let server = town.open(0);
        let port = port(&server.address);
        let hand = Hand::enrolled(&folder.path().join("a"), 0, &server, &[site(0)], &line);
        hand.exchange(&line).expect("the server answers");
        hand.tap(site(0), 0, 0);
        drop((hand, server));
        (Self { folder, town, line }, port)
    }

    fn hand(&self) -> Hand {
        Hand::on(&self.folder.path().join("a"), 0)
    }

    fn arrived(&self, hand: &Hand, server: &Server) {
        hand.exchange(&self.line).expect("the server is found");
        assert_eq!(hand.status().counts.pending, 0);
        assert_eq!(server.verified(), 1);
    }
}

fn port(address: &str) -> u16 {
    let (_, port) = address.rsplit_once(':').expect("host:port");
    port.parse().expect("a port")
}

fn signed(server: &Server, servers: &[&str], fallback: Option<String>) -> Addresses {
    let places = Places {
        commune: server.commune.slug.clone(),
        // Later than what the tablet was enrolled with.
        at: server.commune.clock.now().plus_ms(3_600_000),
        servers: servers.iter().map(|&one| one.to_owned()).collect(),
        fallback,
    };
    Addresses::sign(places, &server.commune.keys.signing)
}

/// A static place: answers one request with these bytes, wherever it asks below it; says where that was.
fn place(content: Vec<u8>) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let url = format!("http://{}/dehors", listener.local_addr().expect("an address"));
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let mut head = [0; 4096];
        let read = stream.read(&mut head).expect("its head");
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            content.len()
        );
        let _ = stream.write_all(&content);
        let head = String::from_utf8_lossy(&head[..read]).into_owned();
        head.split(' ').nth(1).unwrap_or_default().to_owned()
    });
    (url, serving)
}

#[test]
fn a_silent_old_address_does_not_keep_a_tablet_from_the_next() {
    for old in [
        Old::Nobody,
        Old::Silent(TcpListener::bind("127.0.0.1:0").expect("a port")),
    ] {
        let (moved, gone) = Moved::away();
        let server = moved.town.open(0);
        let here = format!("http://{}", server.address);
        let main = match &old {
            Old::Silent(listener) => format!("http://{}", listener.local_addr().expect("an address")),
            Old::Nobody | Old::Another(_) => format!("http://127.0.0.1:{gone}"),
        };
        let hand = moved.hand();
        hand.carried(&encode(&signed(&server, &[&main, &here], None)));
        moved.arrived(&hand, &server);
    }
}

#[test]
fn another_commune_at_the_old_address_is_not_believed_and_the_next_is_tried() {
    let (moved, _) = Moved::away();
    let other = Old::Another(Kept::nothing());
    let Old::Another(kept) = &other else { return };
    kept.found();
    let stranger = kept.open(0);
    let server = moved.town.open(0);
    let (main, here) = (
        format!("http://{}", stranger.address),
        format!("http://{}", server.address),
    );
    let hand = moved.hand();
    hand.carried(&encode(&signed(&server, &[&main], None)));
    let alone = hand.exchange(&moved.line);
    assert!(alone.is_err(), "{alone:?}");
    assert_eq!(hand.status().counts.pending, 1, "nothing was believed");
    assert_eq!(stranger.verified(), 0, "nothing was taken there");
    hand.finds(here.trim_start_matches("http://"));
    moved.arrived(&hand, &server);
}

#[test]
fn a_newer_signed_list_in_the_static_place_leads_to_the_new_server() {
    let (moved, gone) = Moved::away();
    let server = moved.town.open(0);
    let old = format!("http://127.0.0.1:{gone}");
    let here = format!("http://{}", server.address);
    let hand = moved.hand();
    let newer = |fallback| {
        let mut list = signed(&server, &[&here], fallback);
        list.places.at = list.places.at.plus_ms(60_000);
        Addresses::sign(list.places, &server.commune.keys.signing)
    };
    let (url, serving) = place(encode(&newer(None)));
    hand.carried(&encode(&signed(&server, &[&old], Some(url))));
    moved.arrived(&hand, &server);
    let asked = serving.join().expect("it was asked");
    assert_eq!(asked, format!("/dehors/{}/addresses", server.commune.slug));
}

#[test]
fn a_static_place_full_of_rubbish_or_with_a_strangers_list_changes_nothing() {
    let (moved, gone) = Moved::away();
    let server = moved.town.open(0);
    let old = format!("http://127.0.0.1:{gone}");
    let stranger = Kept::nothing();
    stranger.found();
    let stranger = stranger.open(0);
    let forged = encode(&signed(&stranger, &["http://127.0.0.1:9"], None));
    for content in [vec![0xff; 200_000], b"<html>".to_vec(), forged] {
        let hand = moved.hand();
        let (url, serving) = place(content);
        let list = signed(&server, &[&old], Some(format!("{url}/addresses")));
        hand.carried(&encode(&list));
        let held = hand.addresses();
        let said = hand.exchange(&moved.line);
        assert!(matches!(said, Err(ReplicaError::NoNetwork(_))), "{said:?}");
        assert_eq!(hand.addresses(), held);
        // The list it carried first stands; the place of that one was asked.
        if held == Some(list) {
            serving.join().expect("it was asked");
        }
    }
}

#[test]
fn an_address_given_by_hand_counts_once_the_commune_answers_there() {
    let (moved, _) = Moved::away();
    let hand = moved.hand();
    // Nobody there yet: it is noted, and nothing is lost.
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let nowhere = free.local_addr().expect("an address").to_string();
    drop(free);
    assert_eq!(hand.given(&nowhere, &moved.line).expect("noted"), Trust::Noted);
    assert!(hand.exchange(&moved.line).is_err());
    // A stranger there: refused, and what was noted stays as it was.
    let kept = Kept::nothing();
    kept.found();
    let stranger = kept.open(0);
    let refused = hand.given(&stranger.address, &moved.line);
    assert!(matches!(refused, Err(ReplicaError::Refused(_))), "{refused:?}");
    for typo in ["", "preau exemple", "  "] {
        let refused = hand.given(typo, &moved.line);
        assert!(
            matches!(refused, Err(ReplicaError::Refused(_))),
            "{typo}: {refused:?}"
        );
    }
    assert_eq!(hand.status().counts.pending, 1);
    // The commune.
    let server = moved.town.open(0);
    assert_eq!(
        hand.given(&server.address, &moved.line).expect("it answers"),
        Trust::Answered
    );
    assert_eq!(server.verified(), 0, "a greeting hands nothing in");
    moved.arrived(&hand, &server);
    let hand = hand.restarted();
    moved_on(&moved, &hand, server);
}

/// The server moves once more, and the address is given before it is there.
fn moved_on(moved: &Moved, hand: &Hand, server: Server) {
    let address = server.address.clone();
    drop(server);
    let line = TcpListener::bind("127.0.0.1:0").expect("a port");
    let next = line.local_addr().expect("an address").to_string();
    drop(line);
    assert_eq!(hand.given(&next, &moved.line).expect("noted"), Trust::Noted);
    let server = moved.town.open_at(&next, 0);
    assert_ne!(server.address, address);
    hand.tap(site(0), 1, 0);
    hand.exchange(&moved.line)
        .expect("what was noted is tried when nobody else answers");
    assert_eq!(hand.status().counts.pending, 0);
    assert!(Path::new(&hand.home).exists());
}
