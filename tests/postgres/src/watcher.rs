//! The shell that outlives a test for as long as it takes to clear up after it.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// A shell that starts a server, and stops it and removes its folder as soon as the pipe to it closes. The kernel
/// closes that pipe however this process ends.
#[derive(Debug)]
pub(crate) struct Watcher {
    shell: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Watcher {
    /// Over a folder, for a server started with these words.
    pub(crate) fn over(folder: &Path, words: &[String]) -> Self {
        let mut shell = Command::new("sh")
            .args(["-c", include_str!("watch.sh"), "watch.sh"])
            .arg(folder)
            .args(words)
            .current_dir("/")
            // Signals meant for the test's process group, such as Ctrl-C, do not end the watch.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh can be started");
        let orders = shell.stdin.take();
        let answers = BufReader::new(shell.stdout.take().expect("its stdout is ours"));
        Self {
            shell,
            orders,
            answers,
        }
    }

    /// Starts the server; its pid.
    pub(crate) fn start(&mut self, port: u16) -> u32 {
        self.order(&format!("start {port}"))
    }

    /// Waits until the server, which was told to, has ended.
    pub(crate) fn wait(&mut self) {
        self.order("wait");
    }

    fn order(&mut self, order: &str) -> u32 {
        let orders = self.orders.as_mut().expect("open until dropped");
        writeln!(orders, "{order}").expect("the watcher listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("the watcher answers");
        line.trim().parse().expect("a number")
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        drop(self.orders.take());
        let _ = self.shell.wait();
    }
}
