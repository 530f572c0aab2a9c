//! How restless the machine is: the same work, which nothing of ours takes part in, again and again.

use std::fs::{self, File};
use std::io::Write;

use shared::sign::sha256;

use crate::measure::Samples;
use crate::town::{FINE, folder};

/// What the machine itself did to a number that should not move.
#[derive(Default)]
pub(crate) struct Noise {
    processor: Samples,
    disk: Samples,
    load: Vec<String>,
}

impl Noise {
    /// Looks at the machine once: eight turns of processor and disk, and who else works.
    pub(crate) fn look(&mut self) {
        let folder = folder();
        let mut file = File::create(folder.path().join("noise")).expect(FINE);
        let block = vec![0x5a; 1 << 20];
        for _ in 0..8 {
            self.processor.time(|| sha256(&[&block]));
            self.disk.time(|| {
                file.write_all(&block[..4096]).expect(FINE);
                file.sync_data().expect(FINE);
            });
        }
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        self.load
            .push(load.split(' ').next().unwrap_or_default().to_owned());
    }

    /// One sentence for the head of the table.
    pub(crate) fn words(&self) -> String {
        let spread = |samples: &Samples| {
            let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|share| samples.quantile(share));
            format!("{p50:.2} ms (80 % within {p10:.2}–{p90:.2})")
        };
        format!(
            "machine noise: SHA-256 of 1 MiB {}; 4 KiB written and synced {}; load average at each look: {}",
            spread(&self.processor),
            spread(&self.disk),
            self.load.join(" ")
        )
    }
}
