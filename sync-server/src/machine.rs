//! What the system tells of this process and its disk. What it does not tell is left out.

use std::net::IpAddr;
use std::path::Path;

use rustix::process::{Resource, getrlimit};

use crate::clock;
use crate::metrics::Process;

/// Whether a host is this machine, as it is named or numbered in an address: nobody on the way listens to what is
/// sent there.
pub(crate) fn is_here(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The process, looked at now.
pub fn process() -> Process {
    Process {
        resident: resident(),
        cpu: Some(clock::processor_seconds()),
        open_fds: std::fs::read_dir("/proc/self/fd")
            .ok()
            .map(|open| open.count() as f64),
        max_fds: getrlimit(Resource::Nofile).current.map(|most| most as f64),
    }
}

/// `VmRSS:     12345 kB`, in bytes.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim_end().parse().ok()?;
    Some((kib * 1024) as f64)
}

/// Bytes that this program may still write on the disk of a folder.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(folder).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_files_and_time() {
        let told = process();
        assert!(told.resident.unwrap() > 100_000.0, "{told:?}");
        assert!(told.open_fds.unwrap() >= 3.0, "{told:?}");
        assert!(told.cpu.unwrap() > 0.0, "{told:?}");
    }

    #[test]
    fn a_disk_has_room_and_no_folder_has_none() {
        assert!(free_bytes(Path::new("/proc/self")).is_some());
        assert_eq!(free_bytes(Path::new("/proc/self/nowhere")), None);
    }
}
