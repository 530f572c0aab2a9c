//! A site's day: the list, signed or proposed, beside what was pointed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use shared::day_list::{DayList, Roster, RosterChild, SiteCard};
use shared::day_view::{DayRow, Known, modes, rows};
use shared::digest::SheetRef;
use shared::envelope::{Envelope, Scope};
use shared::fold::{Fold, Marks, Modes, fold};
use shared::ids::{ChildId, MarkId, SiteId};
use shared::screen::ListSource;
use shared::seal;
use shared::text::search_key;

use crate::error::ReplicaError;
use crate::store::{lost, marks};
use crate::tablet::Tablet;

/// The children of the town, each with its search key.
pub(crate) type Townsfolk = BTreeMap<ChildId, (RosterChild, String)>;

/// Lists and folded dates kept at once.
const HELD: usize = 24;

/// The day of one site.
pub struct DayOf {
    /// The list, with the children another site of this tablet sent.
    pub list: Arc<DayList>,
    /// Where it comes from.
    pub source: ListSource,
    /// What the marks come to.
    pub fold: Arc<Fold>,
    /// List and marks side by side.
    pub rows: Vec<DayRow>,
}

/// Server-owned data, opened once and kept while the envelopes are the same, and what the marks
/// came to, kept while they are.
#[derive(Default)]
pub struct Lists {
    version: i64,
    cards: Option<Arc<Vec<SiteCard>>>,
    days: BTreeMap<SheetRef, (Arc<DayList>, ListSource)>,
    roster: Option<Arc<Townsfolk>>,
    folds: BTreeMap<NaiveDate, (u64, Arc<Fold>)>,
    last: Option<(SheetRef, u64, Arc<DayOf>)>,
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
        self.opened(self.chosen(&Scope::Site { site })?.map(|(card, _)| card))
    }

    /// What is shown of a scope: what the branch of now says, however low its number; but of a lost branch
    /// where the server has not caught up with that. Answers whether it is from before the loss.
    fn chosen(&self, scope: &Scope) -> Result<Option<(Envelope, bool)>, ReplicaError> {
        let db = self.db.reader();
        let lineage = self.lineage()?;
        if lineage.branch.is_none() {
            let held = marks::envelope(db, scope, self.branch())?;
            return Ok(held.map(|envelope| (envelope, false)));
        }
        Ok(lineage.choose(lost::of_scope(db, scope)?))
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

    /// The list of a date: the signed one (that of before a loss where the server has none since), else the last same weekday's as a proposal, else an
    /// empty one with the site's activities.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn day_list(&self, site: SiteId, date: NaiveDate) -> Result<(DayList, ListSource), ReplicaError> {
        let scope = Scope::DayList { site, date };
        if let Some((envelope, before)) = self.chosen(&scope)?
            && let Some(list) = self.opened(Some(envelope))?
        {
            let source = if before {
                ListSource::BeforeLoss
            } else {
                ListSource::Confirmed
            };
            return Ok((list, source));
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
        let envelope = self.chosen(&Scope::Roster)?.map(|(roster, _)| roster);
        Ok(self.opened(envelope)?.unwrap_or(Roster { children: Vec::new() }))
    }

    /// The list of a sheet, opened once while `lists` keeps it.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub(crate) fn list_of(
        &self,
        lists: &mut Lists,
        sheet: &SheetRef,
    ) -> Result<(Arc<DayList>, ListSource), ReplicaError> {
        if let Some((list, source)) = lists.days.get(sheet) {
            return Ok((Arc::clone(list), *source));
        }
        let (list, source) = self.day_list(sheet.site, sheet.date)?;
        let list = Arc::new(list);
        while lists.days.len() >= HELD {
            lists.days.pop_first();
        }
        lists.days.insert(*sheet, (Arc::clone(&list), source));
        Ok((list, source))
    }

    /// The cards of this tablet's sites, opened once.
    pub(crate) fn cards(&self, lists: &mut Lists) -> Result<Arc<Vec<SiteCard>>, ReplicaError> {
        self.keep_up(lists)?;
        if lists.cards.is_none() {
            lists.cards = Some(Arc::new(self.site_cards()?));
        }
        Ok(lists.cards.clone().unwrap_or_default())
    }

    /// The roster of the town by child, opened once.
    pub(crate) fn town(&self, lists: &mut Lists) -> Result<Arc<Townsfolk>, ReplicaError> {
        if lists.roster.is_none() {
            let children = self.roster()?.children.into_iter();
            let keyed = children.map(|child| {
                let key = search_key(&format!("{} {}", child.last_name, child.first_name));
                (child.id, (child, key))
            });
            lists.roster = Some(Arc::new(keyed.collect()));
        }
        Ok(lists.roster.clone().unwrap_or_default())
    }

    /// Forgets what was opened when another process has written since.
    fn keep_up(&self, lists: &mut Lists) -> Result<(), ReplicaError> {
        let version = self.db.data_version()?;
        if lists.version != version {
            lists.clear();
            lists.version = version;
        }
        Ok(())
    }

    /// What the marks of a date come to, over all sites of this tablet: a child may be at two of
    /// them. Children recognised since count under their own id.
    pub(crate) fn fold_of_date(
        &mut self,
        lists: &mut Lists,
        date: NaiveDate,
    ) -> Result<Arc<Fold>, ReplicaError> {
        self.keep_up(lists)?;
        self.sheets.refresh(self.db.data_version()?);
        let generation = self.sheets.generation();
        if let Some((of, fold)) = lists.folds.get(&date)
            && *of == generation
        {
            return Ok(Arc::clone(fold));
        }
        let marks = self.marks_of_date(date)?;
        let folded = Arc::new(if marks.is_empty() {
            Fold::default()
        } else {
            let (names, modes) = self.names_and_modes(lists, date)?;
            fold(&marks.known_as(&names), &modes)
        });
        while lists.folds.len() >= HELD {
            lists.folds.pop_first();
        }
        lists.folds.insert(date, (generation, Arc::clone(&folded)));
        Ok(folded)
    }

    /// Who the unknown children of a date are, and how each activity is pointed.
    pub(crate) fn names_and_modes(
        &self,
        lists: &mut Lists,
        date: NaiveDate,
    ) -> Result<(BTreeMap<ChildId, ChildId>, Modes), ReplicaError> {
        let mut known: Modes = self
            .cards(lists)?
            .iter()
            .flat_map(|card| card.activities.iter().map(|a| (a.activity.id, a.activity.mode)))
            .collect();
        let mut names = BTreeMap::new();
        for site in self.enrolled()?.sites() {
            let (list, _) = self.list_of(lists, &SheetRef { site: *site, date })?;
            known.extend(modes(&list));
            names.extend(list.aliases.iter().map(|alias| (alias.unknown, alias.child)));
        }
        Ok((names, known))
    }

    /// A site's day. `lists` keeps what was opened and folded between calls.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file.
    pub fn day(
        &mut self,
        lists: &mut Lists,
        site: SiteId,
        date: NaiveDate,
    ) -> Result<Arc<DayOf>, ReplicaError> {
        let sheet = SheetRef { site, date };
        let fold = self.fold_of_date(lists, date)?;
        let generation = self.sheets.generation();
        if let Some((of, at, day)) = &lists.last
            && (*of, *at) == (sheet, generation)
        {
            return Ok(Arc::clone(day));
        }
        let (mut list, source) = self.list_of(lists, &sheet)?;
        self.take_in_guests(lists, &mut list, &fold)?;
        let described = self.described(lists, &fold)?;
        let town = self.town(lists)?;
        let stranger = |child: ChildId| known(&town, &described, child);
        let rows = rows(&list, &fold, self.zone(), &stranger);
        let day = Arc::new(DayOf {
            list,
            source,
            fold,
            rows,
        });
        lists.last = Some((sheet, generation, Arc::clone(&day)));
        Ok(day)
    }

    /// Children whom another site of this very tablet sent for the day stand on the list before
    /// the server says so.
    fn take_in_guests(
        &self,
        lists: &mut Lists,
        list: &mut Arc<DayList>,
        fold: &Fold,
    ) -> Result<(), ReplicaError> {
        let mut sent: BTreeMap<SiteId, BTreeSet<ChildId>> = BTreeMap::new();
        for (child, transfer) in fold.transfers.iter().filter(|(_, t)| t.to == list.site) {
            sent.entry(transfer.from).or_default().insert(*child);
        }
        let cards = self.cards(lists)?;
        for (from, children) in sent {
            let sheet = SheetRef {
                site: from,
                date: list.date,
            };
            let (theirs, _) = self.list_of(lists, &sheet)?;
            let card = cards.iter().find(|card| card.site == from);
            let name = card.map(|card| card.name.clone()).unwrap_or_default();
            Arc::make_mut(list).take_in(&theirs, &name, &children);
        }
        Ok(())
    }

    /// What the animateurs wrote of the children nobody knows.
    pub(crate) fn described(
        &self,
        lists: &mut Lists,
        fold: &Fold,
    ) -> Result<BTreeMap<ChildId, String>, ReplicaError> {
        let cards = self.cards(lists)?;
        let Some(card) = cards.first() else {
            return Ok(BTreeMap::new());
        };
        let opened = |(child, (mark, sealed)): (&ChildId, &(MarkId, Vec<u8>))| {
            Some((*child, seal::open(&card.note_key, *mark, sealed)?))
        };
        Ok(fold.strangers.iter().filter_map(opened).collect())
    }

    /// The marks of all sites of this tablet on a date.
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
        *self = Self {
            version: self.version,
            ..Self::default()
        };
    }
}

/// What is known of a child that stands on no list of the day.
pub(crate) fn known(
    town: &Townsfolk,
    described: &BTreeMap<ChildId, String>,
    child: ChildId,
) -> Option<Known> {
    let of_town = town.get(&child).map(|(c, _)| Known {
        first_name: c.first_name.clone(),
        last_name: c.last_name.clone(),
        school: c.school.clone(),
        must_know: c.allergy.clone(),
        phone: c.phone.clone(),
    });
    of_town.or_else(|| {
        Some(Known {
            first_name: described.get(&child)?.clone(),
            ..Known::default()
        })
    })
}
