//! What stands before several processes of one server: it hands each connection to the next that
//! takes it, and knows nothing of what is said.

use std::io::copy;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A balancer; it is closed when it goes out of scope.
pub struct Balancer {
    address: String,
    shared: Arc<Shared>,
}

struct Shared {
    servers: Mutex<Vec<String>>,
    turn: AtomicUsize,
    closed: AtomicBool,
}

impl Balancer {
    /// Before these servers (`host:port`).
    ///
    /// # Panics
    /// When the machine has no free port.
    pub fn before(servers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let shared = Arc::new(Shared {
            servers: Mutex::new(servers.iter().map(ToString::to_string).collect()),
            turn: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        });
        let heard = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if heard.closed.load(Ordering::Relaxed) {
                    break;
                }
                let shared = Arc::clone(&heard);
                std::thread::spawn(move || carry(&client, &shared));
            }
        });
        Self { address, shared }
    }

    /// Its address as a tablet is told it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.shared.closed.store(true, Ordering::Relaxed);
        // Wakes the thread that listens.
        let _ = TcpStream::connect(&self.address);
    }
}

/// Carries bytes both ways until either end has enough.
fn carry(client: &TcpStream, shared: &Shared) {
    let servers = shared.servers.lock().expect("no thread of it panics").clone();
    let turn = shared.turn.fetch_add(1, Ordering::Relaxed);
    let taken =
        (0..servers.len()).find_map(|n| TcpStream::connect(&servers[(turn + n) % servers.len()]).ok());
    let Some(server) = taken else {
        let _ = client.shutdown(Shutdown::Both);
        return;
    };
    std::thread::scope(|both| {
        let (mut up_from, mut up_to) = (client, &server);
        both.spawn(move || {
            let _ = copy(&mut up_from, &mut up_to);
            let _ = up_to.shutdown(Shutdown::Write);
        });
        let (mut down_from, mut down_to) = (&server, client);
        let _ = copy(&mut down_from, &mut down_to);
        let _ = down_to.shutdown(Shutdown::Both);
    });
}
