//! Samples, and a figure beside its floor.

use std::fmt;

use sync_server::clock::Stopwatch;

/// The two lines over the figures.
pub(crate) const HEADING: &str = "| figure | Préau p50 / p99 (min–max), ms | floor p50 / p99 (min–max), ms | ratio p50 / p99 | goal |\n\
     | --- | --- | --- | --- | --- |";

/// Times in milliseconds.
#[derive(Default)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// Runs work and takes its time.
    pub(crate) fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let watch = Stopwatch::start();
        let done = work();
        self.add(watch.seconds());
        done
    }

    /// Adds a time in seconds.
    pub(crate) fn add(&mut self, seconds: f64) {
        self.0.push(seconds * 1e3);
    }

    /// Adds all times of another.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The time that a share of the samples stays below.
    pub(crate) fn quantile(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Samples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, p99, min, max] = [0.5, 0.99, 0.0, 1.0].map(|share| self.quantile(share));
        write!(f, "{p50:.2} / {p99:.2} ({min:.2}–{max:.2})")
    }
}

/// One line of the table.
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    /// This product.
    pub(crate) ours: Samples,
    /// What no product of its kind goes below.
    pub(crate) floor: Samples,
    /// The ratio of medians to stay below, where one is set.
    pub(crate) goal: Option<f64>,
    /// What the times do not say.
    pub(crate) notes: Vec<String>,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ratio = |share| self.ours.quantile(share) / self.floor.quantile(share);
        let goal = self.goal.map_or("–".to_owned(), |goal| {
            format!(
                "≤ {goal:.1} {}",
                if ratio(0.5) <= goal { "met" } else { "MISSED" }
            )
        });
        let Self {
            name, ours, floor, ..
        } = self;
        write!(
            f,
            "| {name} | {ours} | {floor} | {:.2} / {:.2} | {goal} |",
            ratio(0.5),
            ratio(0.99)
        )
    }
}
