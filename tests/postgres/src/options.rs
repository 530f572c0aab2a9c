//! How a cluster is to run.

use crate::programs::Programs;

/// How a cluster is to run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What was committed survives a power cut of the machine, at the price of waiting for the disk. Without it, it
    /// survives only what ends the server, [`crate::Cluster::kill9`] included.
    pub durable: bool,
    /// Further settings of PostgreSQL, as `name=value`.
    pub settings: Vec<String>,
}

impl Options {
    /// Settings as PostgreSQL takes them on its command line.
    pub(crate) fn settings(&self, folder: &str) -> Vec<String> {
        let mut all = vec![
            "listen_addresses=127.0.0.1".to_owned(),
            format!("unix_socket_directories={folder}"),
            "max_connections=200".into(),
            "shared_buffers=32MB".into(),
            // A killed server leaves nothing in /dev/shm.
            "dynamic_shared_memory_type=mmap".into(),
            "max_wal_size=1GB".into(),
            "wal_keep_size=256MB".into(),
            "jit=off".into(),
            // Sessions that rely on the server's zone are found out.
            "timezone=Europe/Paris".into(),
        ];
        if !self.durable {
            let fast = [
                "fsync=off",
                "full_page_writes=off",
                "autovacuum=off",
                "checkpoint_timeout=1h",
            ];
            all.extend(fast.map(str::to_owned));
        }
        all.extend(self.settings.iter().cloned());
        all.into_iter()
            .flat_map(|setting| ["-c".to_owned(), setting])
            .collect()
    }
}

/// The order of text in a new cluster is a language's, not that of bytes, so that who relies on either is found out.
pub(crate) fn locale(programs: &Programs) -> &'static [&'static str] {
    if programs.major >= 15 {
        &["--locale-provider=icu", "--icu-locale=fr-FR", "--locale=C.UTF-8"]
    } else {
        &["--locale=C.UTF-8"]
    }
}
