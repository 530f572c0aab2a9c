//! A static page: what no server of pages goes below. It is served by the same web library, in a process of its own,
//! so that its processor time can be told from the browsers'.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, ExitCode, Stdio};

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

use super::Server;
use crate::hosts::processor_ms;
use crate::town::{FINE, Serving};

/// The word by which this program is asked to be that server.
const WORD: &str = "--static-page=";

/// A process that serves it.
pub(crate) struct Still {
    child: Child,
    _stdin: ChildStdin,
    address: String,
}

impl Still {
    /// Starts one with a page of so many bytes.
    pub(crate) fn start(bytes: usize) -> Self {
        let mut child = Command::new(std::env::current_exe().expect(FINE))
            .arg(format!("{WORD}{bytes}"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect(FINE);
        let mut line = String::new();
        let stdout = child.stdout.take().expect(FINE);
        BufReader::new(stdout).read_line(&mut line).expect(FINE);
        Self {
            _stdin: child.stdin.take().expect(FINE),
            child,
            address: line.trim().to_owned(),
        }
    }
}

impl Server for Still {
    fn address(&self) -> &str {
        &self.address
    }

    fn processor_ms(&self) -> f64 {
        processor_ms(self.child.id())
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves a static page until stdin ends, if this program was asked to.
#[expect(clippy::print_stdout, reason = "says where it listens")]
pub(crate) fn serve(arguments: &[String]) -> Option<ExitCode> {
    let bytes = arguments.iter().find_map(|word| word.strip_prefix(WORD))?;
    let page: &'static str = String::leak("x".repeat(bytes.parse().ok()?));
    let serve = move || async move { ([(CONTENT_TYPE, "text/html; charset=utf-8")], page) };
    let serving = Serving::start(Router::new().fallback(get(serve)));
    println!("{}", serving.address.trim_start_matches("http://"));
    for _ in std::io::stdin().lines() {}
    Some(ExitCode::SUCCESS)
}
