//! The page of exchanges: what became of each own tap, the clock, and contradictions to settle.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use shared::fold::{Conflict, Fold, Marks, history};
use shared::ids::{ChildId, MarkId};
use shared::mark::unpack;
use shared::screen::{MarkFate, Settling, SyncPage, Trouble};
use shared::time::UtcMs;
use shared::words::{day as day_label, hour};

use super::said::{fate, number, what};
use super::{App, Inner};
use crate::error::ReplicaError;
use crate::store::{marks, meta};
use crate::sync::{Trust, give};
use crate::tablet::Tablet;

/// Taps shown at most.
const MOST: usize = 200;
/// How far the clock may stand from the server's before the page says so, in ms.
const WORTH_SAYING_MS: i64 = 60_000;

/// What is told of a date once for all its taps.
struct Dated {
    times: BTreeMap<MarkId, UtcMs>,
    contested: BTreeSet<MarkId>,
    names: BTreeMap<ChildId, String>,
}

impl App {
    /// The page of exchanges.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn sync_page(&self) -> Result<SyncPage, Trouble> {
        self.held(Inner::sync_page).await
    }

    /// Takes an address of the server that a person gave; answers what became of it, as a sentence.
    ///
    /// # Errors
    /// [`Trouble`]: it is no address, or another server answers there. Nothing changed then.
    pub async fn give_address(&self, typed: String) -> Result<String, Trouble> {
        self.held(|_, _| Ok(())).await?;
        let trust = give(&self.0.tablet, &self.0.transport, &typed).await?;
        Ok(match trust {
            Trust::Answered => {
                self.exchange().await;
                self.0.words.t("core-address-answered")
            }
            Trust::Noted => self.0.words.t("core-address-noted"),
        })
    }

    /// Settles a contradiction by what was chosen. One that is settled already stays as it is.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn settle(&self, settling: Settling) -> Result<SyncPage, Trouble> {
        let settled = self.held(move |inner, tablet| {
            let open = inner.contradictions(tablet)?;
            let mut ways = open.into_iter().flat_map(|open| open.ways);
            if let Some(way) = ways.find(|way| way.id == settling.choice) {
                tablet.mark_all(way.drafts)?;
            }
            inner.sync_page(tablet)
        });
        self.woken(settled.await)
    }
}

impl Inner {
    fn sync_page(&self, tablet: &mut Tablet) -> Result<SyncPage, ReplicaError> {
        let enrolled = tablet.enrolled()?.clone();
        let in_backup_to = tablet.met().in_backup_to();
        let counts = marks::counts(tablet.db.reader(), in_backup_to)?;
        let open = self.contradictions(tablet)?;
        let mut own = marks::newest_own(tablet.db.reader(), true, MOST)?;
        own.extend(marks::newest_own(
            tablet.db.reader(),
            false,
            MOST.saturating_sub(own.len()),
        )?);
        let zone = tablet.zone();
        let activities = self.activity_names(tablet)?;
        let cards = tablet.cards(&mut *self.lists()?)?;
        let sites = super::shown::site_names(&cards);
        let mut dates: BTreeMap<NaiveDate, Dated> = BTreeMap::new();
        let mut fates = Vec::new();
        for (sheet, row) in own {
            let Ok(mark) = unpack(&row.value) else { continue };
            let dated = match dates.entry(sheet.date) {
                std::collections::btree_map::Entry::Occupied(held) => held.into_mut(),
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(self.dated(tablet, sheet.date)?)
                }
            };
            let at = dated.times.get(&row.id).copied().unwrap_or(mark.device_time);
            let who = match mark.child {
                Some(child) => dated.names.get(&child).cloned().unwrap_or_default(),
                None => self.words.t("core-whole-list"),
            };
            fates.push(MarkFate {
                mark: row.id.to_string(),
                at: hour(at.time_in(zone)),
                day: day_label(sheet.date),
                who,
                what: what(&self.words, &mark, zone, |site| {
                    sites.get(&site).cloned().unwrap_or_default()
                }),
                activity: activities.get(&mark.activity).cloned().unwrap_or_default(),
                fate: fate(&row, in_backup_to, dated.contested.contains(&row.id)),
            });
        }
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        let typed = meta::server_typed(tablet.db.reader())?;
        Ok(SyncPage {
            link: self.link(tablet)?,
            accepted: count(counts.accepted),
            in_backup: count(counts.in_backup),
            clock: self.clock_sentence(tablet),
            server: tablet.servers()?.into_iter().next().or(typed),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            device: number(enrolled.device()),
            marks: fates,
            contradictions: open.iter().map(super::contradictions::Open::shown).collect(),
        })
    }

    fn dated(&self, tablet: &mut Tablet, date: NaiveDate) -> Result<Dated, ReplicaError> {
        let fold: std::sync::Arc<Fold> = tablet.fold_of_date(&mut *self.lists()?, date)?;
        let marks: Marks = tablet.marks_of_date(date)?;
        Ok(Dated {
            times: history(&marks).times,
            contested: fold.conflicts.iter().flat_map(Conflict::marks).collect(),
            names: self.child_names(tablet, date, &fold, &marks)?,
        })
    }

    /// « La tablette avance de 3 minutes sur le serveur. »
    fn clock_sentence(&self, tablet: &Tablet) -> Option<String> {
        let moment = tablet.clock.now();
        if tablet.doubts(moment) {
            return Some(self.words.t("core-clock-doubted"));
        }
        let offset = tablet.offset_ms(moment)?;
        if offset.abs() < WORTH_SAYING_MS {
            return None;
        }
        let minutes = (offset.abs() + WORTH_SAYING_MS / 2) / WORTH_SAYING_MS;
        Some(if offset < 0 {
            self.words.t1("core-clock-ahead", "minutes", minutes)
        } else {
            self.words.t1("core-clock-behind", "minutes", minutes)
        })
    }
}
