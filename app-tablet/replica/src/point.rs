//! Pointing: one transaction per tap, and nothing is said to be done before it is on the disk.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use shared::codec::Hash32;
use shared::digest::SheetRef;
use shared::fold::frontier;
use shared::ids::{ActivityId, ChildId, FormulaId, MarkId, SiteId, mint};
use shared::mark::{AbsenceScope, Because, Closing, Kind, Mark, Reason, pack, unpack};
use shared::seal;
use shared::time::UtcMs;

use crate::clock::random;
use crate::error::ReplicaError;
use crate::store::data_version;
use crate::store::marks::{self, MarkState};
use crate::tablet::Tablet;

/// Longest name of somebody nobody knows yet, in characters.
pub(crate) const LONGEST_NAME: usize = 80;

/// The list a gesture is made on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The site.
    pub site: SiteId,
    /// The date of the list, whatever the clock says.
    pub date: NaiveDate,
    /// The activity.
    pub activity: ActivityId,
}

/// An absence to be noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Absence {
    /// From this session, or for the rest of the day.
    pub scope: AbsenceScope,
    /// Why.
    pub reason: Reason,
}

/// A mark to be made: what it says, before it has an id.
pub(crate) struct Draft {
    target: Target,
    child: Option<ChildId>,
    kind: Box<dyn FnOnce(MarkId) -> Kind + Send>,
    formula: Option<FormulaId>,
    stated: Option<UtcMs>,
    /// Other ids of the child: marks made while nobody knew it are its own.
    aliases: Vec<ChildId>,
    /// Marks a person looked at: they are in view even if they are another child's or list's.
    seen: Vec<MarkId>,
}

impl Draft {
    /// One that says no more than its kind.
    pub(crate) fn new(target: Target, child: Option<ChildId>, kind: Kind) -> Self {
        Self::sealed(target, child, move |_| kind)
    }

    /// One whose words are sealed for its id.
    pub(crate) fn sealed(
        target: Target,
        child: Option<ChildId>,
        kind: impl FnOnce(MarkId) -> Kind + Send + 'static,
    ) -> Self {
        Self {
            target,
            child,
            kind: Box::new(kind),
            formula: None,
            stated: None,
            aliases: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Of a child that has other ids too.
    pub(crate) fn aliases(self, aliases: Vec<ChildId>) -> Self {
        Self { aliases, ..self }
    }

    /// Made with these marks in view.
    pub(crate) fn seeing(self, seen: Vec<MarkId>) -> Self {
        Self { seen, ..self }
    }

    /// With the formula taken.
    pub(crate) fn formula(self, formula: Option<FormulaId>) -> Self {
        Self { formula, ..self }
    }

    /// With the time a person stated.
    pub(crate) fn stated(self, stated: Option<UtcMs>) -> Self {
        Self { stated, ..self }
    }

    fn sheet(&self) -> SheetRef {
        SheetRef {
            site: self.target.site,
            date: self.target.date,
        }
    }
}

impl Tablet {
    /// A child arrives; `stated` is the time a person gives instead of now.
    ///
    /// # Errors
    /// [`ReplicaError`]: the tap is not recorded then, and says so.
    pub fn arrive(
        &mut self,
        target: Target,
        child: ChildId,
        formula: Option<FormulaId>,
        stated: Option<UtcMs>,
    ) -> Result<MarkId, ReplicaError> {
        let draft = Draft::new(target, Some(child), Kind::In);
        self.mark(draft.formula(formula).stated(stated))
    }

    /// A child leaves.
    ///
    /// # Errors
    /// See [`Tablet::arrive`].
    pub fn leave(
        &mut self,
        target: Target,
        child: ChildId,
        stated: Option<UtcMs>,
    ) -> Result<MarkId, ReplicaError> {
        self.mark(Draft::new(target, Some(child), Kind::Out).stated(stated))
    }

    /// A child is absent.
    ///
    /// # Errors
    /// See [`Tablet::arrive`].
    pub fn absent(
        &mut self,
        target: Target,
        child: ChildId,
        absence: Absence,
        stated: Option<UtcMs>,
    ) -> Result<MarkId, ReplicaError> {
        let Absence { scope, reason } = absence;
        let kind = Kind::Absent { scope, reason };
        self.mark(Draft::new(target, Some(child), kind).stated(stated))
    }

    /// A list is closed: those still expected become what the mode says.
    ///
    /// # Errors
    /// See [`Tablet::arrive`].
    pub fn close(
        &mut self,
        target: Target,
        turned: Closing,
        children: Vec<ChildId>,
    ) -> Result<MarkId, ReplicaError> {
        self.mark(Draft::new(target, None, Kind::Close { turned, children }))
    }

    /// A closed list is opened again.
    ///
    /// # Errors
    /// See [`Tablet::arrive`].
    pub fn reopen(&mut self, target: Target) -> Result<MarkId, ReplicaError> {
        self.mark(Draft::new(target, None, Kind::Reopen))
    }

    /// A mark is undone.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when this tablet has no such mark; else see [`Tablet::arrive`].
    pub fn undo(&mut self, mark: MarkId) -> Result<MarkId, ReplicaError> {
        let draft = self.undoing(mark)?;
        self.mark(draft)
    }

    /// The time of a mark is corrected.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when this tablet has no such mark; else see [`Tablet::arrive`].
    pub fn correct(&mut self, mark: MarkId, at: UtcMs, why: Option<Because>) -> Result<MarkId, ReplicaError> {
        let draft = self.correcting(mark, at, why)?;
        self.mark(draft)
    }

    /// A child goes to another site for the rest of the day.
    ///
    /// # Errors
    /// See [`Tablet::arrive`].
    pub fn transfer(&mut self, target: Target, child: ChildId, to: SiteId) -> Result<MarkId, ReplicaError> {
        self.mark(Draft::new(target, Some(child), Kind::Transfer { to }))
    }

    /// The mark that undoes another.
    pub(crate) fn undoing(&self, mark: MarkId) -> Result<Draft, ReplicaError> {
        let (target, undone) = self.found(mark)?;
        Ok(Draft::new(target, undone.child, Kind::Void { replaces: mark }))
    }

    /// The mark that corrects the time of another.
    pub(crate) fn correcting(
        &self,
        mark: MarkId,
        at: UtcMs,
        why: Option<Because>,
    ) -> Result<Draft, ReplicaError> {
        let (target, corrected) = self.found(mark)?;
        let kind = Kind::Correct {
            replaces: mark,
            at,
            why,
        };
        Ok(Draft::new(target, corrected.child, kind))
    }

    /// A memo on a child and day; its words are sealed, no sheet holds them in clear.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when it is empty or too long, or before the first exchange.
    pub fn note(&mut self, target: Target, child: ChildId, text: &str) -> Result<MarkId, ReplicaError> {
        let text = text.trim().to_owned();
        if text.is_empty() || text.chars().count() > seal::MAX_NOTE {
            return Err(ReplicaError::Refused(
                "Écrivez un mémo de 500 caractères au plus.".into(),
            ));
        }
        let key = self.note_key(target.site)?;
        let kind = move |id| Kind::Note {
            sealed: seal::seal(&key, id, &text).into(),
        };
        self.mark(Draft::sealed(target, Some(child), kind))
    }

    /// Nobody knows this child: it gets an id of its own, and what it is called is sealed. It
    /// arrives in the same transaction. Answers both marks.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when the description is empty or too long, or before the first exchange; else see
    /// [`Tablet::arrive`].
    pub fn stranger(&mut self, target: Target, description: &str) -> Result<Vec<MarkId>, ReplicaError> {
        let text = description.trim().to_owned();
        if text.is_empty() || text.chars().count() > LONGEST_NAME {
            return Err(ReplicaError::Refused(format!(
                "Écrivez le nom de l’enfant, ou à quoi il se reconnaît, en {LONGEST_NAME} caractères au plus."
            )));
        }
        let key = self.note_key(target.site)?;
        let child = ChildId(mint(self.clock.now().wall, random()));
        let kind = move |id| Kind::Stranger {
            sealed: seal::seal(&key, id, &text).into(),
        };
        self.mark_all(vec![
            Draft::sealed(target, Some(child), kind),
            Draft::new(target, Some(child), Kind::In),
        ])
    }

    /// The commune's note key.
    pub(crate) fn note_key(&self, site: SiteId) -> Result<Hash32, ReplicaError> {
        let card = self.site_card(site)?;
        card.map(|card| card.note_key).ok_or_else(|| {
            ReplicaError::Refused(
                "Synchronisez la tablette une première fois : elle n’a pas encore de quoi protéger ces mots."
                    .into(),
            )
        })
    }

    pub(crate) fn found(&self, mark: MarkId) -> Result<(Target, Mark), ReplicaError> {
        let found = marks::find(self.db.reader(), mark)?;
        let (sheet, value) = found.ok_or_else(|| {
            ReplicaError::Refused(format!("Cette tablette n’a pas de pointage « {mark} »."))
        })?;
        let mark = unpack(&value)?;
        Ok((
            Target {
                site: sheet.site,
                date: sheet.date,
                activity: mark.activity,
            },
            mark,
        ))
    }

    fn mark(&mut self, draft: Draft) -> Result<MarkId, ReplicaError> {
        let made = self.mark_all(vec![draft])?;
        made.first()
            .copied()
            .ok_or_else(|| ReplicaError::Fault("pointage".into()))
    }

    /// Makes marks: their rows and the changes of their documents in one durable transaction, all
    /// of them or none. Each has those before it in view.
    ///
    /// # Errors
    /// [`ReplicaError::Closed`] while the town hall wants no pointing and nobody decided otherwise.
    pub(crate) fn mark_all(&mut self, drafts: Vec<Draft>) -> Result<Vec<MarkId>, ReplicaError> {
        self.may_point()?;
        self.write_all(drafts)
    }

    /// The same whatever is closed: who points is noted at any time.
    pub(crate) fn write_all(&mut self, drafts: Vec<Draft>) -> Result<Vec<MarkId>, ReplicaError> {
        let enrolled = self.enrolled()?;
        let device = enrolled.device();
        if drafts.iter().any(|d| !enrolled.sites().contains(&d.target.site)) {
            return Err(ReplicaError::Refused(
                "Ce site n’est pas pointé sur cette tablette.".into(),
            ));
        }
        if let Some(draft) = drafts
            .iter()
            .find(|d| !(1..=9999).contains(&d.target.date.year()))
        {
            return Err(ReplicaError::Refused(format!(
                "La date {} n’est pas possible : réglez l’heure de la tablette, ou donnez la date de la liste.",
                draft.target.date
            )));
        }
        let touched: BTreeSet<SheetRef> = drafts.iter().map(Draft::sheet).collect();
        let ids: Vec<MarkId> = drafts.iter().map(|_| self.new_mark_id()).collect();
        let now = self.clock.now();
        let (offset_ms, clock_doubted) = (self.offset_ms(now), self.doubts(now));
        let staff = self.holder.as_ref().map(|holder| holder.staff);
        let tx = self.db.begin()?;
        let done = (|| {
            // Looked at under the lock: another process may have written up to then.
            self.sheets.refresh(data_version(&tx)?);
            for (draft, id) in drafts.into_iter().zip(&ids) {
                let sheet = draft.sheet();
                let open = self.sheets.open(&tx, &sheet)?;
                let mut after: Vec<MarkId> = draft
                    .child
                    .iter()
                    .chain(&draft.aliases)
                    .flat_map(|c| frontier(&open.marks, *c, draft.target.activity))
                    .collect();
                after.extend(draft.seen.iter().filter(|seen| open.marks.get(**seen).is_some()));
                after.sort_unstable();
                after.dedup();
                let mark = Mark {
                    kind: (draft.kind)(*id),
                    child: draft.child,
                    activity: draft.target.activity,
                    formula: draft.formula,
                    device,
                    device_seq: marks::next_seq(&tx)?,
                    device_time: now.wall,
                    mono_ms: now.mono_ms,
                    boot: now.boot,
                    offset_ms,
                    staff,
                    stated: draft.stated,
                    after,
                    clock_doubted,
                };
                let packed = pack(&mark);
                let change = open.document.put(*id, &packed)?;
                marks::insert(
                    &tx,
                    &sheet,
                    *id,
                    &packed,
                    (true, mark.device_seq),
                    MarkState::Pending,
                )?;
                if let Some(change) = change {
                    marks::add_change(&tx, &sheet, &change)?;
                }
                open.marks.add(sheet.site, *id, mark);
                open.states.insert(*id, MarkState::Pending);
            }
            Ok::<_, ReplicaError>(())
        })();
        let committed = done.and_then(|()| tx.commit().map_err(ReplicaError::from));
        self.sheets.changed();
        if let Err(error) = committed {
            for sheet in &touched {
                self.sheets.forget(sheet);
            }
            return Err(error);
        }
        Ok(ids)
    }
}
