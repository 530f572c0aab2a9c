//! A site's day: the list, signed or proposed, beside what was pointed.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chrono::{Datelike, NaiveDate};
use shared::day_list::{DayList, Roster, SiteCard};
use shared::day_view::{DayRow, Known, modes, rows};
use shared::digest::SheetRef;
use shared::envelope::{Envelope, Scope};
use shared::fold::{Fold, Marks, fold};
use shared::ids::{ChildId, SiteId};
use shared::screen::ListSource;

use crate::error::ReplicaError;
use crate::store::marks;
use crate::tablet::Tablet;

/// The day of one site.
pub struct DayOf {
    /// The list.
    pub list: DayList,
    /// Where it comes from.
    pub source: ListSource,
    /// What the marks come to.
    pub fold: Fold,
    /// List and marks side by side.
    pub rows: Vec<DayRow>,
}

/// Server-owned data, opened once and kept while their envelopes are the same.
#[derive(Default)]
pub struct Lists {
    days: BTreeMap<SheetRef, (DayList, ListSource)>,
    roster: Option<BTreeMap<ChildId, Known>>,
}

impl Tablet {
    fn opened<T: for<'b> minicbor::Decode<'b, ()>>(
        &self,
        envelope: Option<Envelope>,
    ) -> Result<Option<T>, ReplicaError> {
        let key = &self.enrolled()?.commune_key;
        envelope
            .map(|e| {
                e.open(key)
                    .map_err(|why| ReplicaError::Damaged(format!("liste : {why}")))
            })
            .transpose()
    }

    /// The card of a site; `None` before the first exchange with the server.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn site_card(&self, site: SiteId) -> Result<Option<SiteCard>, ReplicaError> {
        self.opened(marks::envelope(
            self.db.reader(),
            &Scope::Site { site },
            self.branch(),
        )?)
    }

    /// The cards of this tablet's sites.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn site_cards(&self) -> Result<Vec<SiteCard>, ReplicaError> {
        let mut cards = Vec::new();
        for site in self.enrolled()?.sites() {
            cards.extend(self.site_card(*site)?);
        }
        Ok(cards)
    }

    /// The list of a date: the signed one, else the last same weekday's as a proposal, else an
    /// empty one with the site's activities.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn day_list(&self, site: SiteId, date: NaiveDate) -> Result<(DayList, ListSource), ReplicaError> {
        let scope = Scope::DayList { site, date };
        if let Some(list) = self.opened(marks::envelope(self.db.reader(), &scope, self.branch())?)? {
            return Ok((list, ListSource::Confirmed));
        }
        for envelope in marks::lists_of_weekday(self.db.reader(), site, date, self.branch())? {
            if let Some(mut list) = self.opened::<DayList>(Some(envelope))?
                && !list.rows.is_empty()
            {
                list.date = date;
                return Ok((list, ListSource::Unconfirmed));
            }
        }
        let weekday = 1_u8 << date.weekday().num_days_from_monday();
        let activities = self
            .site_card(site)?
            .map(|card| card.activities)
            .unwrap_or_default()
            .into_iter()
            .filter(|a| a.weekdays & weekday != 0)
            .map(|a| a.activity)
            .collect();
        let list = DayList {
            aliases: Vec::new(),
            notices: Vec::new(),
            site,
            date,
            activities,
            children: Vec::new(),
            rows: Vec::new(),
        };
        Ok((list, ListSource::Missing))
    }

    /// The roster of the town, by child.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn roster(&self) -> Result<Roster, ReplicaError> {
        let envelope = marks::envelope(self.db.reader(), &Scope::Roster, self.branch())?;
        Ok(self.opened(envelope)?.unwrap_or(Roster { children: Vec::new() }))
    }

    /// The list of a sheet, opened once while `lists` keeps it.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub(crate) fn list_of<'l>(
        &self,
        lists: &'l mut Lists,
        sheet: &SheetRef,
    ) -> Result<&'l (DayList, ListSource), ReplicaError> {
        Ok(match lists.days.entry(*sheet) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(free) => free.insert(self.day_list(sheet.site, sheet.date)?),
        })
    }

    /// A site's day. `lists` keeps what was opened between calls.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn day(&mut self, lists: &mut Lists, site: SiteId, date: NaiveDate) -> Result<DayOf, ReplicaError> {
        let sheet = SheetRef { site, date };
        let (list, source) = self.list_of(lists, &sheet)?.clone();
        if lists.roster.is_none() {
            lists.roster = Some(known(self.roster()?));
        }
        let fold = fold(&self.marks_of_date(date)?, &modes(&list));
        let roster = lists.roster.as_ref();
        let stranger = |child: ChildId| roster.and_then(|r| r.get(&child).cloned());
        let rows = rows(&list, &fold, self.zone(), &stranger);
        Ok(DayOf {
            list,
            source,
            fold,
            rows,
        })
    }

    /// The marks of all sites of this tablet on a date: a child may be at two of them.
    pub(crate) fn marks_of_date(&mut self, date: NaiveDate) -> Result<Marks, ReplicaError> {
        let sites = self.enrolled()?.sites().to_vec();
        self.sheets.refresh(self.db.data_version()?);
        let mut all = Marks::default();
        for site in sites {
            let (marks, _) = self.sheets.look(self.db.reader(), &SheetRef { site, date })?;
            all.merge(marks.clone());
        }
        Ok(all)
    }
}

impl Lists {
    /// Forgets what was opened: new envelopes may have come.
    pub fn clear(&mut self) {
        self.days.clear();
        self.roster = None;
    }
}

fn known(roster: Roster) -> BTreeMap<ChildId, Known> {
    let card = |c: shared::day_list::RosterChild| {
        let known = Known {
            first_name: c.first_name,
            last_name: c.last_name,
            school: c.school,
            must_know: c.allergy,
            phone: c.phone,
        };
        (c.id, known)
    };
    roster.children.into_iter().map(card).collect()
}
