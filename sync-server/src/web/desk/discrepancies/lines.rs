//! What shows a discrepancy, put in words.

use server_ui::desk::devices::SaidMark;
use server_ui::desk::discrepancies::{EvidenceLine, Line, mark_words, words};
use shared::ids::{ActivityId, ChildId, SiteId};
use shared::mark::Kind;
use shared::operation::{DiscrepancyKind, ReservationLine};
use shared::seal;
use shared::time::UtcMs;
use shared::words::hour;

use super::super::day::{day_of, hour_of};
use super::moment;
use super::names::Names;
use crate::commune::Commune;
use crate::discrepancies::{Evidence, EvidenceMark, fits, read_evidence};
use crate::store::{Row, StoreError};

/// Marks told one by one; a list may have hundreds.
const TOLD: usize = 6;

/// A discrepancy as its row has it.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) site: SiteId,
    pub(super) date: chrono::NaiveDate,
    pub(super) activity: ActivityId,
    pub(super) child: Option<ChildId>,
    pub(super) kind: DiscrepancyKind,
    pub(super) digest: shared::codec::Hash32,
    pub(super) evidence: Evidence,
    /// « Martin Léa ».
    name: Option<String>,
}

/// What a box sends: the start of the digest.
pub(super) fn key_of(digest: &shared::codec::Hash32) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&digest.0[..16])
}

/// The kind that stands in a column.
pub(super) fn kind_of(row: &Row, column: usize) -> Result<DiscrepancyKind, StoreError> {
    DiscrepancyKind::named(&row.text(column)?).ok_or_else(|| StoreError::Shape("kind of discrepancy".into()))
}

/// « Martin Léa », where the record knows the child.
pub(super) fn name_of(row: &Row, column: usize) -> Result<Option<String>, StoreError> {
    match row.opt(column, Row::text)? {
        Some(last) => Ok(Some(format!("{last} {}", row.text(column + 1)?))),
        None => Ok(None),
    }
}

impl Found {
    pub(super) fn of(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            site: SiteId(row.uuid(0)?),
            date: row.date(1)?,
            activity: ActivityId(row.uuid(2)?),
            child: ChildId::from_slice(&row.bytes(3)?),
            kind: kind_of(row, 4)?,
            digest: row.hash(5)?,
            evidence: read_evidence(&row.bytes(6)?)?,
            name: name_of(row, 7)?,
        })
    }

    pub(super) fn key(&self) -> String {
        key_of(&self.digest)
    }

    /// Whom it is about: a child by name, or what a tablet calls one that nobody knows.
    pub(super) fn who(&self, commune: &Commune) -> Option<String> {
        self.child?;
        if let Some(name) = &self.name {
            return Some(name.clone());
        }
        let described = self.evidence.marks.iter().find_map(|one| described(one, commune));
        Some(described.unwrap_or_else(server_ui::desk::devices::without_words))
    }

    /// « lundi 23 novembre · École Jaurès · Cantine ».
    pub(super) fn place(&self, names: &Names, commune: &Commune) -> String {
        let day = day_of(self.date, commune.today());
        let (site, activity) = (names.site(self.site), names.activity(self.activity));
        format!("{day} · {site} · {activity}")
    }

    pub(super) fn line(&self, names: &Names, commune: &Commune) -> Line {
        let Evidence {
            marks,
            booked,
            closes,
        } = &self.evidence;
        let mut facts = Vec::new();
        if let Some(booked) = booked {
            let formula = booked.formula.and_then(|formula| names.formula(formula));
            let at = |minute: Option<shared::codec::Minute>| minute.map(|minute| hour(minute.time()));
            let (from, until) = (at(booked.expected_in), at(booked.expected_out));
            facts.push(words::booked(
                formula,
                from.as_deref(),
                until.as_deref(),
                booked.guest,
            ));
        }
        facts.extend(closes.map(|minute| words::closes(&hour(minute.time()))));
        let told = marks.iter().take(TOLD);
        Line {
            key: self.key(),
            kind: self.kind,
            child: self.who(commune),
            facts,
            evidence: told.map(|one| self.told(one, names, commune)).collect(),
            fits: fits(self.kind, self.child.is_some())
                .iter()
                .map(|choice| choice.as_str())
                .collect(),
        }
    }

    fn told(&self, one: &EvidenceMark, names: &Names, commune: &Commune) -> EvidenceLine {
        let mark = &one.mark;
        let mut asides = Vec::new();
        if one.site != self.site || mark.activity != self.activity {
            asides.push(words::aside_elsewhere(
                names.site(one.site),
                &names.activity(mark.activity),
            ));
        }
        if one.undone {
            asides.push(words::aside_undone());
        }
        if mark.stated.is_some() {
            asides.push(words::aside_stated());
        }
        if mark.clock_doubted || self.kind == DiscrepancyKind::ClockJumped {
            asides.push(words::aside_doubted(&hour_of(mark.device_time, commune)));
        }
        let first = one.received.iter().map(|received| received.at).min();
        if let Some(back) = one.received.iter().find(|received| received.returned) {
            asides.push(words::aside_returned(&names.device(back.by)));
        }
        EvidenceLine {
            what: mark_words(&said(one, names, commune)),
            at: self.hour(one.at, commune),
            by: mark
                .staff
                .and_then(|staff| names.staff(staff))
                .unwrap_or_default()
                .to_owned(),
            tablet: names.device(mark.device),
            received: first.map(|at| self.hour(at, commune)).unwrap_or_default(),
            asides,
        }
    }

    /// The hour alone on the day itself.
    fn hour(&self, at: UtcMs, commune: &Commune) -> String {
        if at.date_in(commune.zone) == self.date {
            hour_of(at, commune)
        } else {
            moment(at, commune)
        }
    }

    /// The reservation of what took place.
    pub(super) fn reservation(
        &self,
        names: &Names,
        id: shared::ids::ReservationId,
    ) -> Option<ReservationLine> {
        let mut pointed = self.evidence.marks.iter().rev().filter(|one| !one.undone);
        let formula = pointed
            .find_map(|one| one.mark.formula)
            .or_else(|| names.only_formula(self.activity));
        Some(ReservationLine {
            id,
            child: self.child?,
            activity: self.activity,
            site: self.site,
            date: self.date,
            formula,
            group: None,
            sitting: None,
            table: None,
            expected_in: None,
            expected_out: None,
            comes_from: None,
            goes_to: None,
            household: None,
        })
    }
}

fn described(one: &EvidenceMark, commune: &Commune) -> Option<String> {
    let Kind::Stranger { sealed } = &one.mark.kind else {
        return None;
    };
    let words = seal::open(&commune.keys.notes, one.id, &sealed.0)?;
    let words = words.trim().to_owned();
    (!words.is_empty()).then_some(words)
}

fn said(one: &EvidenceMark, names: &Names, commune: &Commune) -> SaidMark {
    match &one.mark.kind {
        Kind::In => SaidMark::In,
        Kind::Out => SaidMark::Out,
        Kind::Absent { reason, .. } => SaidMark::Absent(*reason),
        Kind::Close { children, .. } => SaidMark::Close(children.len()),
        Kind::Reopen => SaidMark::Reopen,
        Kind::Correct { at, .. } => SaidMark::Correct(hour_of(*at, commune)),
        Kind::Void { .. } => SaidMark::Void,
        Kind::Note { .. } => SaidMark::Note,
        Kind::Welcome { .. } => SaidMark::Welcome,
        Kind::Stranger { .. } => SaidMark::Stranger(described(one, commune).unwrap_or_default()),
        Kind::Transfer { to } => SaidMark::Transfer(names.site(*to).to_owned()),
    }
}
