//! A screen in memory, for windows nobody looks at.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::FileExt;
use std::path::Path;
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
        Self::new("1280x800x24", None)
    }

    /// The same, with its pixels in a file of `folder`.
    pub fn watched(folder: &Path) -> Self {
        Self::new("1280x800x24", Some(folder))
    }

    fn new(size: &str, pixels: Option<&Path>) -> Self {
        let mut command = Command::new("Xvfb");
        if let Some(folder) = pixels {
            command.arg("-fbdir").arg(folder);
        }
        // It picks a free number itself and writes it to its stdout.
        let mut server = command
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

/// The pixels of a [`Screen::watched`], as the X server keeps them.
pub struct Pixels {
    file: File,
    from: u64,
    line: u64,
}

impl Pixels {
    /// Of the screen whose pixels lie in `folder`.
    ///
    /// # Panics
    /// When there are none.
    pub fn of(folder: &Path) -> Self {
        let file = File::open(folder.join("Xvfb_screen0")).expect("the screen's pixels");
        // The head of the window dump format: numbers of 32 bits.
        let number = |nth: u64| {
            let mut bytes = [0; 4];
            file.read_exact_at(&mut bytes, nth * 4)
                .expect("the head of the pixels");
            u64::from(u32::from_be_bytes(bytes))
        };
        let (head, line, colours) = (number(0), number(12), number(19));
        Self {
            file,
            from: head + colours * 12,
            line,
        }
    }

    /// Some lines of the screen, one after the other.
    ///
    /// # Panics
    /// When the screen is smaller.
    pub fn lines(&self, lines: impl IntoIterator<Item = u64>) -> Vec<u8> {
        let mut all = Vec::new();
        for line in lines {
            let at = all.len();
            all.resize(at + usize::try_from(self.line).unwrap_or(0), 0);
            let place = self.from + line * self.line;
            self.file
                .read_exact_at(&mut all[at..], place)
                .expect("a line of pixels");
        }
        all
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
