//! PostgreSQL's programs as Debian installs them, and the account that runs them.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where each major version has a folder.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The programs of one version, and who may run them.
#[derive(Debug)]
pub(crate) struct Programs {
    folder: PathBuf,
    /// The major version.
    pub(crate) major: u32,
    /// PostgreSQL refuses to run as root: the user and group to run as instead.
    account: Option<(u32, u32)>,
}

impl Programs {
    /// The newest version of this machine.
    ///
    /// # Panics
    /// When there is none, or nobody to run it.
    pub(crate) fn newest() -> &'static Self {
        static FOUND: OnceLock<Programs> = OnceLock::new();
        FOUND.get_or_init(|| {
            let (major, folder) = versions().into_iter().max().unwrap_or_else(|| {
                panic!("No PostgreSQL server under {VERSIONS}. Run make test, which installs it.")
            });
            // The kernel gives the entries of a process to its user.
            let root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
            Programs {
                folder,
                major,
                account: root.then(unprivileged),
            }
        })
    }

    /// One of them, to be run in that folder by its owner.
    pub(crate) fn command(&self, name: &str, place: &Path) -> Command {
        let mut words = self.words(name).into_iter();
        let mut command = Command::new(words.next().unwrap_or_default());
        command.args(words).current_dir(place);
        command
    }

    /// The words that start one of them.
    pub(crate) fn words(&self, name: &str) -> Vec<String> {
        let program = self.folder.join(name).display().to_string();
        match self.account {
            None => vec![program],
            Some((user, group)) => vec![
                "setpriv".into(),
                format!("--reuid={user}"),
                format!("--regid={group}"),
                "--clear-groups".into(),
                program,
            ],
        }
    }

    /// Gives a folder, or a tree of them, to whoever runs the programs.
    ///
    /// # Panics
    /// When the disk does not want it.
    pub(crate) fn give(&self, path: &Path) {
        let Some((user, group)) = self.account else { return };
        chown(path, Some(user), Some(group)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    }
}

fn versions() -> Vec<(u32, PathBuf)> {
    let folders = fs::read_dir(VERSIONS).into_iter().flatten().flatten();
    folders
        .filter_map(|entry| {
            let major = entry.file_name().to_str()?.parse().ok()?;
            let folder = entry.path().join("bin");
            folder.join("postgres").exists().then_some((major, folder))
        })
        .collect()
}

/// Debian's account for databases, or nobody's.
fn unprivileged() -> (u32, u32) {
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    ["postgres", "nobody"]
        .into_iter()
        .find_map(|name| account(&accounts, name))
        .expect("as root, PostgreSQL needs the user postgres or nobody")
}

/// User and group of an account. A line reads `name:x:user:group:…`.
fn account(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let line = accounts
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
    let mut fields = line.split(':').skip(1);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}
