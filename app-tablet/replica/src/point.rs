//! Pointing: one transaction per tap, and nothing is said to be done before it is on the disk.

use chrono::{Datelike, NaiveDate};
use shared::digest::SheetRef;
use shared::fold::frontier;
use shared::ids::{ActivityId, ChildId, FormulaId, MarkId, SiteId, StaffId};
use shared::mark::{AbsenceScope, Closing, Kind, Mark, Reason, pack, unpack};
use shared::seal;
use shared::time::UtcMs;

use crate::error::ReplicaError;
use crate::store::data_version;
use crate::store::marks::{self, MarkState};
use crate::tablet::Tablet;

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

/// What a mark says beyond its kind.
#[derive(Clone, Copy, Debug, Default)]
struct Said {
    child: Option<ChildId>,
    formula: Option<FormulaId>,
    stated: Option<UtcMs>,
    staff: Option<StaffId>,
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
        let said = Said {
            child: Some(child),
            formula,
            stated,
            staff: None,
        };
        self.mark(target, |_| Kind::In, said)
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
        self.mark(
            target,
            |_| Kind::Out,
            Said {
                child: Some(child),
                stated,
                ..Said::default()
            },
        )
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
        let said = Said {
            child: Some(child),
            stated,
            ..Said::default()
        };
        self.mark(target, |_| Kind::Absent { scope, reason }, said)
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
        self.mark(target, |_| Kind::Close { turned, children }, Said::default())
    }

    /// A closed list is opened again.
    ///
    /// # Errors
    /// See [`Tablet::arrive`].
    pub fn reopen(&mut self, target: Target) -> Result<MarkId, ReplicaError> {
        self.mark(target, |_| Kind::Reopen, Said::default())
    }

    /// A mark is undone.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when this tablet has no such mark; else see [`Tablet::arrive`].
    pub fn undo(&mut self, mark: MarkId) -> Result<MarkId, ReplicaError> {
        let (target, undone) = self.found(mark)?;
        self.mark(
            target,
            |_| Kind::Void { replaces: mark },
            Said {
                child: undone.child,
                ..Said::default()
            },
        )
    }

    /// The time of a mark is corrected.
    ///
    /// # Errors
    /// See [`Tablet::undo`].
    pub fn correct(&mut self, mark: MarkId, at: UtcMs) -> Result<MarkId, ReplicaError> {
        let (target, corrected) = self.found(mark)?;
        let kind = Kind::Correct {
            why: None,
            replaces: mark,
            at,
        };
        self.mark(
            target,
            |_| kind,
            Said {
                child: corrected.child,
                ..Said::default()
            },
        )
    }

    /// A memo on a child and day; its words are sealed, no sheet holds them in clear.
    ///
    /// # Errors
    /// [`ReplicaError::Refused`] when it is empty or too long, or before the first exchange.
    pub fn note(&mut self, target: Target, child: ChildId, text: &str) -> Result<MarkId, ReplicaError> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > seal::MAX_NOTE {
            return Err(ReplicaError::Refused(
                "Écrivez un mémo de 500 caractères au plus.".into(),
            ));
        }
        let card = self.site_card(target.site)?;
        let key = card.map(|card| card.note_key).ok_or_else(|| {
            ReplicaError::Refused("Synchronisez la tablette une première fois avant d’écrire un mémo.".into())
        })?;
        let kind = |id| Kind::Note {
            sealed: seal::seal(&key, id, text).into(),
        };
        self.mark(
            target,
            kind,
            Said {
                child: Some(child),
                ..Said::default()
            },
        )
    }

    fn found(&self, mark: MarkId) -> Result<(Target, Mark), ReplicaError> {
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

    /// Makes a mark: the row and the change of the document in one durable transaction.
    fn mark(
        &mut self,
        target: Target,
        kind: impl FnOnce(MarkId) -> Kind,
        said: Said,
    ) -> Result<MarkId, ReplicaError> {
        let enrolled = self.enrolled()?;
        let device = enrolled.device();
        if !enrolled.sites().contains(&target.site) {
            return Err(ReplicaError::Refused(
                "Ce site n’est pas pointé sur cette tablette.".into(),
            ));
        }
        if !(1..=9999).contains(&target.date.year()) {
            return Err(ReplicaError::Refused(format!(
                "La date {} n’est pas possible : réglez l’heure de la tablette, ou donnez la date de la liste.",
                target.date
            )));
        }
        let sheet = SheetRef {
            site: target.site,
            date: target.date,
        };
        let (id, now) = (self.new_mark_id(), self.clock.now());
        let (offset_ms, clock_doubted) = (self.offset_ms(now), self.doubts(now));
        let tx = self.db.begin()?;
        let done = (|| {
            // Looked at under the lock: another process may have written up to then.
            self.sheets.refresh(data_version(&tx)?);
            let open = self.sheets.open(&tx, &sheet)?;
            let after = said
                .child
                .map(|c| frontier(&open.marks, c, target.activity))
                .unwrap_or_default();
            let mark = Mark {
                kind: kind(id),
                child: said.child,
                activity: target.activity,
                formula: said.formula,
                device,
                device_seq: marks::next_seq(&tx)?,
                device_time: now.wall,
                mono_ms: now.mono_ms,
                boot: now.boot,
                offset_ms,
                staff: said.staff,
                stated: said.stated,
                after,
                clock_doubted,
            };
            let packed = pack(&mark);
            let change = open.document.put(id, &packed)?;
            marks::insert(
                &tx,
                &sheet,
                id,
                &packed,
                (true, mark.device_seq),
                MarkState::Pending,
            )?;
            if let Some(change) = change {
                marks::add_change(&tx, &sheet, &change)?;
            }
            open.marks.add(sheet.site, id, mark);
            open.states.insert(id, MarkState::Pending);
            Ok::<_, ReplicaError>(())
        })();
        let committed = done.and_then(|()| tx.commit().map_err(ReplicaError::from));
        if let Err(error) = committed {
            self.sheets.forget(&sheet);
            return Err(error);
        }
        Ok(id)
    }
}
