//! Samples, a figure beside its floor, and what several runs of it say together.

use std::fmt;

use sync_server::clock::Stopwatch;

/// The two lines over the figures.
pub(crate) const HEADING: &str = "| figure | Préau p50 / p99 (min–max) | floor p50 / p99 (min–max) | ratio of p50: median of runs (min–max) | goal |\n\
     | --- | --- | --- | --- | --- |";

/// What the numbers of a figure count.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Unit {
    /// Milliseconds.
    #[default]
    Ms,
    /// Kibibytes.
    Kib,
    /// Things, as file descriptors.
    Count,
}

impl Unit {
    fn sign(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::Kib => "KiB",
            Self::Count => "",
        }
    }
}

/// Numbers of one kind: times in milliseconds, unless the figure says another unit.
#[derive(Clone, Default)]
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

    /// Adds a number of the figure's own unit.
    pub(crate) fn count(&mut self, number: f64) {
        self.0.push(number);
    }

    /// Adds all numbers of another.
    pub(crate) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number that a share of the samples stays below.
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

/// One run of one figure.
#[derive(Default)]
pub(crate) struct Figure {
    /// What was measured.
    pub(crate) name: String,
    /// What its numbers count.
    pub(crate) unit: Unit,
    /// This product.
    pub(crate) ours: Samples,
    /// What no product of its kind goes below.
    pub(crate) floor: Samples,
    /// The ratio of medians to stay below, where one is set.
    pub(crate) goal: Option<f64>,
    /// What the numbers do not say.
    pub(crate) notes: Vec<String>,
}

/// One line of the table: all runs of one figure.
pub(crate) struct Line {
    figure: Figure,
    /// The ratio of medians of each run.
    ratios: Samples,
}

impl Line {
    /// Adds a run's figures to the lines so far.
    pub(crate) fn gather(lines: &mut Vec<Self>, run: Vec<Figure>) {
        for figure in run {
            let ratio = figure.ours.quantile(0.5) / figure.floor.quantile(0.5);
            match lines.iter_mut().find(|line| line.figure.name == figure.name) {
                Some(line) => {
                    line.ratios.count(ratio);
                    line.figure.ours.extend(figure.ours);
                    line.figure.floor.extend(figure.floor);
                    // The newest run's words stand for all.
                    line.figure.notes = figure.notes;
                }
                None => {
                    let mut ratios = Samples::default();
                    ratios.count(ratio);
                    lines.push(Self { figure, ratios });
                }
            }
        }
    }

    /// What the numbers do not say.
    pub(crate) fn notes(&self) -> &[String] {
        &self.figure.notes
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [p50, min, max] = [0.5, 0.0, 1.0].map(|share| self.ratios.quantile(share));
        let goal = self.figure.goal.map_or("–".to_owned(), |goal| {
            format!("≤ {goal:.1} {}", if p50 <= goal { "met" } else { "MISSED" })
        });
        let Figure {
            name,
            unit,
            ours,
            floor,
            ..
        } = &self.figure;
        let sign = unit.sign();
        let runs = self.ratios.0.len();
        write!(
            f,
            "| {name} | {ours} {sign} | {floor} {sign} | {p50:.2} of {runs} ({min:.2}–{max:.2}) | {goal} |"
        )
    }
}
