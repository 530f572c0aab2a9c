//! A whole set of rules in words.

use super::Said;
use crate::operation::RuleSetRecord;

/// A chapter of a set of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// What it is about.
    pub title: String,
    /// A sentence or two for each line, in the order in which they are read.
    pub lines: Vec<String>,
}

impl Said<'_> {
    /// A set of rules, chapter by chapter, without those that say nothing. The town's own words stand where it has
    /// some.
    pub fn chapters(&self, set: &RuleSetRecord) -> Vec<Chapter> {
        let town = |words: &Option<String>, said: String| match words {
            Some(words) => format!("{words} – {said}"),
            None => said,
        };
        let until_start = || vec![self.t("booking-said-until-start")];
        let delays = |lines: Vec<String>| if lines.is_empty() { until_start() } else { lines };
        let openings = set
            .openings
            .iter()
            .map(|line| town(&line.words, self.opening(line)));
        let add = set.add.iter().map(|line| town(&line.words, self.add(line)));
        let cancel = set.cancel.iter().map(|line| town(&line.words, self.cancel(line)));
        let conditions = set
            .conditions
            .iter()
            .map(|line| town(&line.words, self.condition(line)));
        let limits = set.limits.iter().map(|line| town(&line.words, self.limit(line)));
        let groups = set.groups.iter().map(|line| self.group(line));
        let places = groups
            .chain(set.places.iter().map(|line| self.places(line)))
            .chain(set.waiting.iter().map(|waiting| self.waiting(waiting)));
        let prices = set
            .prices
            .iter()
            .map(|line| self.price(line))
            .chain([self.payment(&set.payment)]);
        let all = [
            ("booking-chapter-openings", openings.collect()),
            ("booking-chapter-add", delays(add.collect())),
            ("booking-chapter-cancel", delays(cancel.collect())),
            ("booking-chapter-conditions", conditions.collect()),
            ("booking-chapter-limits", limits.collect()),
            (
                "booking-chapter-links",
                set.links.iter().map(|line| self.link(line)).collect(),
            ),
            ("booking-chapter-places", places.collect()),
            ("booking-chapter-prices", prices.collect::<Vec<String>>()),
        ];
        all.into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(key, lines)| Chapter {
                title: self.t(key),
                lines,
            })
            .collect()
    }
}
