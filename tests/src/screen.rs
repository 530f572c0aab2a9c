//! A screen in memory, for windows nobody looks at.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::webdriver::cannot_start;

/// A screen of its own for one test; it goes out with the test.
pub struct Screen {
    display: String,
    server: Child,
}

impl Screen {
    /// A tablet held sideways.
    pub fn landscape() -> Self {
        Self::new("1280x800x24")
    }

    fn new(size: &str) -> Self {
        // It picks a free number itself and writes it to its stdout.
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| cannot_start("Xvfb", &error));
        let stdout = server.stdout.take().expect("its stdout is ours");
        let mut number = String::new();
        BufReader::new(stdout)
            .read_line(&mut number)
            .expect("its first line");
        let number = number.trim();
        assert!(!number.is_empty(), "Xvfb ended before it had a screen");
        Self {
            display: format!(":{number}"),
            server,
        }
    }

    /// What `DISPLAY` has to say.
    pub fn display(&self) -> &str {
        &self.display
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
