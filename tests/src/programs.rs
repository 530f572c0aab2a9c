//! The programs under test, as a build left them beside the test itself.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The folder where this profile's programs are built.
///
/// # Panics
/// When the test does not lie where cargo puts tests.
pub fn folder() -> PathBuf {
    let here = std::env::current_exe().expect("a running test has a path");
    // target/PROFILE/deps/TEST
    let folder = here
        .parent()
        .and_then(Path::parent)
        .expect("cargo puts tests in target/PROFILE/deps");
    folder.to_owned()
}

/// A program of the workspace.
///
/// # Panics
/// When it was not built: the message says how.
pub fn find(name: &str) -> PathBuf {
    let program = folder().join(name);
    let missing = format!(
        "{} is missing. Build the programs first: cargo build --workspace --exclude tablet-ui \
         (make test does that by itself).",
        program.display()
    );
    assert!(program.exists(), "{missing}");
    program
}

/// A program ready to be started: settings of the developer's own shell do not reach it.
pub fn command(name: &str) -> Command {
    command_under(&[], name)
}

/// The same under another program with its arguments, which starts it in its own place.
pub fn command_under(under: &[OsString], name: &str) -> Command {
    let mut command = match under {
        [] => Command::new(find(name)),
        [other, args @ ..] => {
            let mut command = Command::new(other);
            command.args(args).arg(find(name));
            command
        }
    };
    for setting in [
        "PREAU_DATA",
        "PREAU_KEYS",
        "PREAU_STORE",
        "PREAU_STORE_CA",
        "PREAU_STORE_CONNECTIONS",
        "PREAU_TABLET_HOME",
        "PREAU_FRANCECONNECT_URL",
        "PREAU_FRANCECONNECT_ID",
        "PREAU_FRANCECONNECT_SECRET_FILE",
        "PREAU_OFFSITE",
        "PREAU_OFFSITE_KEEP",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_ENDPOINT",
        "AWS_ENDPOINT_URL",
        "AWS_ENDPOINT_URL_S3",
        "RUST_LOG",
        "HTTP_PROXY",
        "http_proxy",
    ] {
        command.env_remove(setting);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs a program to its end with these settings in its environment.
///
/// # Panics
/// When it cannot be started.
pub fn run_with<S: AsRef<OsStr>>(
    name: &str,
    args: impl IntoIterator<Item = S>,
    environment: &[(&str, String)],
) -> Said {
    let settings = environment.iter().map(|(name, value)| (*name, value));
    let output = command(name).args(args).envs(settings).output();
    Said::of(output.unwrap_or_else(|error| panic!("{name} cannot be started: {error}")))
}

/// The same under another program with its arguments.
///
/// # Panics
/// When it cannot be started.
pub fn run_under<S: AsRef<OsStr>>(
    under: &[OsString],
    name: &str,
    args: impl IntoIterator<Item = S>,
    environment: &[(&str, String)],
) -> Said {
    let settings = environment.iter().map(|(name, value)| (*name, value));
    let output = command_under(under, name).args(args).envs(settings).output();
    Said::of(output.unwrap_or_else(|error| panic!("{name} cannot be started: {error}")))
}

/// Runs a program to its end.
///
/// # Panics
/// When it cannot be started.
pub fn run<S: AsRef<OsStr>>(name: &str, args: impl IntoIterator<Item = S>) -> Said {
    let output = command(name).args(args).output();
    Said::of(output.unwrap_or_else(|error| panic!("{name} cannot be started: {error}")))
}

/// What a program said and how it ended.
#[derive(Clone, Debug)]
pub struct Said {
    /// Exit code; `None` when a signal ended it.
    pub code: Option<i32>,
    /// Its stdout.
    pub stdout: String,
    /// Its stderr.
    pub stderr: String,
}

impl Said {
    /// Of a process that ended.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The JSON value of a command that was done.
    ///
    /// # Panics
    /// When it was not, or stdout is not exactly one JSON value.
    #[track_caller]
    pub fn done(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:#?}");
        self.json()
    }

    /// The one JSON value on stdout, however the command ended.
    ///
    /// # Panics
    /// When stdout is not exactly one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("not one JSON value: {error}\n{self:#?}"))
    }

    /// The sentence with which a command ended that was not done.
    ///
    /// # Panics
    /// When the code is another, something was printed on stdout, or the sentence is none.
    #[track_caller]
    pub fn stopped(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert_eq!(self.stdout, "", "a command that was not done prints no result");
        let sentence = self.stderr.trim_end().lines().last().unwrap_or_default();
        assert!(
            sentence.len() > 20 && sentence.contains(' '),
            "no sentence for a person: {self:#?}"
        );
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        sentence
    }
}
