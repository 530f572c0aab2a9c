//! The account.

use super::Story;
use crate::clock::Stopwatch;
use crate::drill::calendar::{at, day};
use crate::drill::report::{Gone, Report, TabletEnd};
use crate::drill::tablets::Tablet;
use crate::drill::tally::{Stages, tally};
use crate::drill::world::{each, read};
use crate::drill::{DrillError, SLUG, account, facts};

impl Story<'_> {
    /// Compares, and says.
    pub(super) fn reckoning(self, watch: Stopwatch) -> Result<Report, DrillError> {
        let now = at(day(4, 2), 11, 0);
        let verify = self
            .world
            .programs
            .server(&self.world.place, now, &["verify", SLUG])?
            .json()?;
        let end = self.world.facts()?;
        let (fork, known) = (self.fork, &self.before.reservations);
        let account = read(&self.world.place, |commune| {
            commune.store.read(|tx| account::read(tx, fork, known))
        })?;
        let tally = tally(&Stages {
            before: &self.before.things,
            survived: &self.survived,
            reseeded: &self.reseeded,
            end: &end.things,
            open: &account.open,
            settled: &account.settled,
            touched: &account.touched,
            held: &self.held,
        });
        let gone = tally.losses.iter().map(|loss| Gone {
            kind: loss.key.kind().as_str(),
            what: self.before.names.say(&loss.key),
            held_by: loss.held_by.clone(),
        });
        let gone = gone.collect();
        let tablets: Vec<Tablet> = self.world.tablets.clone();
        let statuses = each(&tablets, |tablet| tablet.status(&self.world.programs, now))?;
        let tablets = tablets.iter().zip(statuses).map(|(tablet, status)| {
            let differs = |((site, date), digest): &(&(String, String), &String)| {
                let date = date.parse().unwrap_or_default();
                let here = end
                    .sheets
                    .get(&((*site).clone(), date))
                    .map(shared::codec::Hash32::hex);
                here.as_ref() != Some(*digest)
            };
            TabletEnd {
                name: tablet.name.clone(),
                site: tablet.site.clone(),
                pending: status.pending,
                quarantined: status.quarantined,
                sheets: status.sheets.len(),
                differing: status.sheets.iter().filter(differs).count(),
            }
        });
        let tablets = tablets.collect();
        // What somebody was told is done and no store nor tablet had when it burnt.
        let done = self.world.done.iter();
        let never = done.filter(|key| match key {
            facts::Key::Household(_) => self.before.things.get(key) == self.founding.things.get(key),
            _ => !self.before.things.contains_key(key),
        });
        let never = never.map(|key| self.before.names.say(key)).collect();
        Ok(Report {
            tally,
            gone,
            never,
            merge: self.merge,
            tablets,
            verify,
            problems: self.problems,
            seconds: watch.seconds(),
            kept: self
                .world
                .options
                .keep
                .as_ref()
                .map(|_| self.world.root.path.clone()),
        })
    }
}
