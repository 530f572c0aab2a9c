//! The line between a tablet and its server, with everything that can happen on a line.
//!
//! It carries whole HTTP requests and answers, one after the other; what happens to the next one
//! is said beforehand.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};

use shared::wire::MEDIA_TYPE;

/// What happens to one exchange.
#[derive(Debug)]
pub enum Trouble {
    /// Nothing.
    None,
    /// The line is cut before this byte of the request, which is counted round when it is longer.
    CutUp(usize),
    /// The line is cut before this byte of the answer; the server has done its part.
    CutDown(usize),
    /// The server has answered, and not one byte of the answer arrives.
    LoseAnswer,
    /// Bytes of the request's body change: each place (counted round) is combined with the mask.
    DamageUp(Vec<(usize, u8)>),
    /// Bytes of the answer's body change.
    DamageDown(Vec<(usize, u8)>),
    /// The request is lost, and the line with it: the server hears nothing.
    LoseRequest,
    /// The request arrives twice: the server answers both, and the first answer comes back.
    Twice,
    /// The request is held up, and the line breaks. It arrives right after the next one, and nobody
    /// hears the answer.
    Late,
    /// The answer waits: the first end is told that it has come, the second lets it go on.
    Hold(Sender<()>, Receiver<()>),
    /// The answer arrives at once with this status and nothing else; the server hears nothing.
    Instead(u16),
    /// The answer arrives at once with this body, as if the server had sent it; it hears nothing.
    Body(Vec<u8>),
}

impl Trouble {
    /// An answer that waits: hear on the first end that it has come, send on the second to let it
    /// go on.
    pub fn hold() -> (Self, Receiver<()>, Sender<()>) {
        let (came, hear_came) = channel();
        let (go_on, hear_go_on) = channel();
        (Self::Hold(came, hear_go_on), hear_came, go_on)
    }
}

/// Bodies of one exchange as they left their senders.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Of the request.
    pub up: Vec<u8>,
    /// Of the answer.
    pub down: Vec<u8>,
    /// Bytes of the whole request, its head included.
    pub sent: usize,
}

#[derive(Default)]
struct State {
    ahead: VecDeque<Trouble>,
    seen: Vec<Seen>,
    server: String,
    /// Requests that were held up, oldest first.
    late: Vec<Vec<u8>>,
    cut: bool,
    closed: bool,
}

/// A line; it is closed when it goes out of scope.
pub struct Proxy {
    address: String,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// A line to a server (`host:port`).
    ///
    /// # Panics
    /// When the machine has no free port.
    pub fn to(server: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let state = Arc::new(Mutex::new(State {
            server: server.to_owned(),
            ..State::default()
        }));
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if held(&shared).closed {
                    break;
                }
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || while carry(&client, &shared).is_some() {});
            }
        });
        Self { address, state }
    }

    /// Its address as a tablet is told it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Says what happens to the next exchange for which nothing was said yet.
    pub fn next(&self, trouble: Trouble) {
        held(&self.state).ahead.push_back(trouble);
    }

    /// Takes back what was said and did not happen.
    pub fn calm(&self) {
        held(&self.state).ahead.clear();
    }

    /// Cuts the line: nothing passes any more, whichever way, until it is healed.
    pub fn cut(&self) {
        held(&self.state).cut = true;
    }

    /// Heals a line that was cut.
    pub fn heal(&self) {
        held(&self.state).cut = false;
    }

    /// The exchanges so far, and forgets them.
    pub fn take_seen(&self) -> Vec<Seen> {
        std::mem::take(&mut held(&self.state).seen)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        held(&self.state).closed = true;
        // Wakes the thread that listens.
        let _ = TcpStream::connect(&self.address);
    }
}

fn held(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("no thread of the line panics")
}

/// Carries one request and its answer; `None` when the line is at its end.
fn carry(client: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut request = read_message(client)?;
    let (trouble, server) = {
        let mut state = held(state);
        (
            state.ahead.pop_front().unwrap_or(Trouble::None),
            state.server.clone(),
        )
    };
    let hang_up = |stream: &TcpStream| {
        let _ = stream.shutdown(Shutdown::Both);
        None
    };
    let (seen_up, sent) = (request.body().to_vec(), request.bytes.len());
    let keep = |down: &[u8]| {
        held(state).seen.push(Seen {
            up: seen_up.clone(),
            down: down.to_vec(),
            sent,
        });
    };
    if held(state).cut || matches!(trouble, Trouble::LoseRequest) {
        keep(&[]);
        return hang_up(client);
    }
    if let Trouble::Late = trouble {
        keep(&[]);
        held(state).late.push(request.bytes);
        return hang_up(client);
    }
    if let Trouble::Instead(status) = trouble {
        keep(&[]);
        let text = format!("HTTP/1.1 {status} -\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        let mut client = client;
        client.write_all(text.as_bytes()).ok()?;
        return hang_up(client);
    }
    if let Trouble::Body(body) = trouble {
        keep(&body);
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {MEDIA_TYPE}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        let mut client = client;
        client.write_all(&[head.as_bytes(), &body].concat()).ok()?;
        return hang_up(client);
    }
    let Ok(mut up) = TcpStream::connect(&server) else {
        return hang_up(client);
    };
    match &trouble {
        Trouble::CutUp(at) => {
            let at = at % request.bytes.len();
            let _ = up.write_all(&request.bytes[..at]);
            let _ = up.shutdown(Shutdown::Both);
            keep(&[]);
            return hang_up(client);
        }
        Trouble::DamageUp(places) => request.damage(places),
        _ => {}
    }
    up.write_all(&request.bytes).ok()?;
    let Some(mut answer) = read_message(&up) else {
        return hang_up(client);
    };
    keep(answer.body());
    let mut again = std::mem::take(&mut held(state).late);
    if let Trouble::Twice = trouble {
        again.push(request.bytes);
    }
    for request in again {
        hand_over(&server, &request);
    }
    if held(state).cut {
        return hang_up(client);
    }
    let mut client = client;
    match trouble {
        Trouble::LoseAnswer => return hang_up(client),
        Trouble::CutDown(at) => {
            let at = at % answer.bytes.len();
            let _ = client.write_all(&answer.bytes[..at]);
            return hang_up(client);
        }
        Trouble::DamageDown(places) => answer.damage(&places),
        Trouble::Hold(came, go_on) => {
            let _ = came.send(());
            let _ = go_on.recv();
        }
        Trouble::None
        | Trouble::Twice
        | Trouble::Late
        | Trouble::LoseRequest
        | Trouble::CutUp(_)
        | Trouble::DamageUp(_)
        | Trouble::Instead(_)
        | Trouble::Body(_) => {}
    }
    client.write_all(&answer.bytes).ok()?;
    if !answer.measured {
        // A stream of events: it lasts as long as both ends want it.
        let _ = std::io::copy(&mut up, &mut client);
        return hang_up(client);
    }
    Some(())
}

/// Hands a request to the server and waits until it has answered.
fn hand_over(server: &str, request: &[u8]) {
    if let Ok(mut up) = TcpStream::connect(server)
        && up.write_all(request).is_ok()
    {
        let _ = read_message(&up);
        let _ = up.shutdown(Shutdown::Both);
    }
}

struct Message {
    bytes: Vec<u8>,
    body_from: usize,
    /// It said how long it is.
    measured: bool,
}

impl Message {
    fn body(&self) -> &[u8] {
        &self.bytes[self.body_from..]
    }

    fn damage(&mut self, places: &[(usize, u8)]) {
        let length = self.bytes.len() - self.body_from;
        for (at, mask) in places.iter().filter(|_| length > 0) {
            self.bytes[self.body_from + at % length] ^= mask;
        }
    }
}

/// Reads one HTTP message: the head, and the body as long as the head says.
fn read_message(mut stream: &TcpStream) -> Option<Message> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 16 << 10];
    let body_from = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        let n = stream.read(&mut chunk).ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&chunk[..n]);
    };
    let head = String::from_utf8_lossy(&bytes[..body_from]).to_ascii_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse::<usize>().ok());
    let whole = body_from + length.unwrap_or(0);
    while bytes.len() < whole {
        let n = stream.read(&mut chunk).ok().filter(|n| *n > 0)?;
        bytes.extend_from_slice(&chunk[..n]);
    }
    let measured = length.is_some() || !head.starts_with("http/");
    Some(Message {
        bytes,
        body_from,
        measured,
    })
}
