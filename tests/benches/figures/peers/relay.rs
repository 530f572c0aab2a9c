//! What stands between a client and its server to count: every byte of either direction, heads and bodies alike. All
//! parties of a comparison pass one of these.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use crate::town::FINE;

/// A relay on a port of its own; it lasts as long as the program.
pub(crate) struct Relay {
    port: u16,
    carried: Arc<Carried>,
}

#[derive(Default)]
struct Carried {
    up: AtomicU64,
    down: AtomicU64,
}

impl Relay {
    /// Before a server (`host:port`).
    pub(crate) fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect(FINE);
        let port = listener.local_addr().expect(FINE).port();
        let carried = Arc::new(Carried::default());
        let (server, heard) = (server.to_owned(), Arc::clone(&carried));
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let upstream = TcpStream::connect(&server).expect("the server behind a relay listens");
                let (back, answers) = (client.try_clone().expect(FINE), upstream.try_clone().expect(FINE));
                let (up, down) = (Arc::clone(&heard), Arc::clone(&heard));
                thread::spawn(move || carry(client, upstream, &up.up));
                thread::spawn(move || carry(answers, back, &down.down));
            }
        });
        Self { port, carried }
    }

    /// Its address, to which a path can be added.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Bytes so far, up and down.
    pub(crate) fn carried(&self) -> (u64, u64) {
        let read = |counter: &AtomicU64| counter.load(Ordering::SeqCst);
        (read(&self.carried.up), read(&self.carried.down))
    }
}

/// Carries bytes one way until either end has enough. They are counted before they are handed on, so that whoever
/// has its answer has it counted.
fn carry(mut from: TcpStream, mut to: TcpStream, counter: &AtomicU64) {
    let _ = to.set_nodelay(true);
    let mut piece = vec![0; 64 << 10];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        counter.fetch_add(length as u64, Ordering::SeqCst);
        if to.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}
