//! What becomes of a lost operation: pure, from what the record of today says of its subjects.

use shared::time::UtcMs;

/// What becomes of an operation, or of one line of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is written.
    Write,
    /// The record says the same; why, in French.
    There(&'static str),
    /// The record says otherwise; what it says, in French.
    Settle(Why),
}

/// Against what an operation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// An older entry of the same lost history speaks of the same and is open.
    Follows,
    /// Somebody worked on the same here, at this instant.
    Changed(UtcMs),
    /// The reservation that stands was made here otherwise.
    OtherReservation,
    /// The reservation was cancelled here, at this instant.
    Cancelled(UtcMs),
    /// It stood here under the same number, and ended.
    Ended,
    /// It was made anew here, at this instant if that is known.
    Anew(Option<UtcMs>),
    /// No place is left.
    Full(u32),
    /// What it speaks of is not in the record.
    Missing(&'static str),
    /// Another decision stands on the same.
    OtherDecision,
    /// Nobody would be left who may give rights.
    LastAdministrator,
    /// What the corridor answered.
    Refused(String),
    /// This program cannot read it.
    Newer,
}

impl Why {
    /// Said to a person; `at` puts an instant into words.
    pub(super) fn words(&self, at: impl Fn(UtcMs) -> String) -> String {
        match self {
            Self::Follows => "Suit une opération retrouvée sur le même sujet, encore à trancher.".into(),
            Self::Changed(when) => format!("Modifié ici aussi, le {}.", at(*when)),
            Self::OtherReservation => "Une autre réservation tient déjà cette place, autrement.".into(),
            Self::Cancelled(when) => format!("Annulée ici le {}.", at(*when)),
            Self::Ended => "Annulée ici depuis.".into(),
            Self::Anew(Some(when)) => format!("Refaite ici depuis, le {}.", at(*when)),
            Self::Anew(None) => "Une autre réservation a été faite ici.".into(),
            Self::Full(places) => format!("Il n’y a plus de place : {places} au plus."),
            Self::Missing(what) => format!("Introuvable ici : {what}."),
            Self::OtherDecision => "Une autre décision a été prise ici.".into(),
            Self::LastAdministrator => "Il ne resterait aucun administrateur.".into(),
            Self::Refused(words) => words.clone(),
            Self::Newer => "Cette opération vient d’une version plus récente du logiciel.".into(),
        }
    }
}

/// A thing that has one state, which an operation replaces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Thing {
    /// It is as the operation wants it.
    pub(super) same: bool,
    /// When somebody last worked on it here since the histories parted.
    pub(super) touched: Option<UtcMs>,
    /// An older lost entry that speaks of it is open.
    pub(super) waits: bool,
    /// It would take the last administrator away.
    pub(super) last_administrator: bool,
}

/// Judges an operation that replaces the state of a thing.
pub(super) fn thing(facts: Thing) -> Verdict {
    if facts.waits {
        return Verdict::Settle(Why::Follows);
    }
    if facts.same {
        return Verdict::There("");
    }
    if let Some(at) = facts.touched {
        return Verdict::Settle(Why::Changed(at));
    }
    if facts.last_administrator {
        return Verdict::Settle(Why::LastAdministrator);
    }
    Verdict::Write
}

/// What the record says of a reservation to be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ToMake {
    /// What it speaks of and the record lacks.
    pub(super) missing: Option<&'static str>,
    /// A reservation of the same stands; whether it is the same in all else.
    pub(super) standing: Option<bool>,
    /// It stood here under the same number, and ended.
    pub(super) ended: bool,
    /// When somebody last worked on it here since the histories parted.
    pub(super) touched: Option<UtcMs>,
    /// An older lost entry that speaks of it is open.
    pub(super) waits: bool,
    /// As many stand as there are places: how many.
    pub(super) full: Option<u32>,
    /// A later entry of the lost history cancels it.
    pub(super) ends: bool,
}

/// What is said of a reservation that came and went in the lost history.
pub(super) const CAME_AND_WENT: &str =
    "Annulée ensuite dans l’historique retrouvé : il n’y a rien à reprendre.";

/// Judges a reservation to be made.
pub(super) fn make(facts: ToMake) -> Verdict {
    if facts.standing == Some(true) && !facts.waits {
        return Verdict::There("");
    }
    let why = match facts {
        ToMake { waits: true, .. } => Why::Follows,
        ToMake {
            missing: Some(what), ..
        } => Why::Missing(what),
        ToMake {
            standing: Some(_), ..
        } => Why::OtherReservation,
        ToMake {
            touched: Some(at), ..
        } => Why::Cancelled(at),
        ToMake { ended: true, .. } => Why::Ended,
        ToMake {
            full: Some(places), ..
        } => Why::Full(places),
        _ => return Verdict::Write,
    };
    if facts.ends {
        return Verdict::There(CAME_AND_WENT);
    }
    Verdict::Settle(why)
}

/// What the record says of a reservation to be cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToCancel {
    /// It is not known what it was of.
    Unknown,
    /// None of the kind stands.
    Gone,
    /// It stands itself, or the machine took it back, or this very history made what stands.
    Stands,
    /// A person made it anew.
    Anew(Option<UtcMs>),
}

/// Judges a reservation to be cancelled.
pub(super) fn cancel(facts: ToCancel, waits: bool) -> Verdict {
    match facts {
        ToCancel::Gone => Verdict::There(""),
        _ if waits => Verdict::Settle(Why::Follows),
        ToCancel::Unknown => Verdict::Settle(Why::Missing("cette réservation")),
        ToCancel::Stands => Verdict::Write,
        ToCancel::Anew(at) => Verdict::Settle(Why::Anew(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: UtcMs = UtcMs(1);

    #[test]
    fn a_thing_is_written_over_only_where_nobody_worked_on_it() {
        let fresh = Thing::default();
        assert_eq!(thing(fresh), Verdict::Write);
        let touched = Thing {
            touched: Some(THEN),
            ..fresh
        };
        assert_eq!(thing(touched), Verdict::Settle(Why::Changed(THEN)));
        let same = Thing {
            same: true,
            ..touched
        };
        assert_eq!(thing(same), Verdict::There(""));
        let waits = Thing { waits: true, ..same };
        assert_eq!(thing(waits), Verdict::Settle(Why::Follows), "order is kept");
        let last = Thing {
            last_administrator: true,
            ..fresh
        };
        assert_eq!(thing(last), Verdict::Settle(Why::LastAdministrator));
    }

    #[test]
    fn a_reservation_that_clashes_and_ended_anyway_bothers_nobody() {
        let fresh = ToMake::default();
        assert_eq!(make(fresh), Verdict::Write);
        let full = ToMake {
            full: Some(12),
            ..fresh
        };
        assert_eq!(make(full), Verdict::Settle(Why::Full(12)));
        assert_eq!(make(ToMake { ends: true, ..full }), Verdict::There(CAME_AND_WENT));
        assert_eq!(
            make(ToMake { ends: true, ..fresh }),
            Verdict::Write,
            "without a clash its story is written, and its end"
        );
        let same = ToMake {
            standing: Some(true),
            touched: Some(THEN),
            full: Some(12),
            ..fresh
        };
        assert_eq!(make(same), Verdict::There(""));
        let other = ToMake {
            standing: Some(false),
            ..same
        };
        assert_eq!(make(other), Verdict::Settle(Why::OtherReservation));
        let ended = ToMake {
            standing: None,
            ..same
        };
        assert_eq!(make(ended), Verdict::Settle(Why::Cancelled(THEN)));
    }

    #[test]
    fn what_a_person_made_anew_is_not_cancelled() {
        assert_eq!(cancel(ToCancel::Stands, false), Verdict::Write);
        assert_eq!(cancel(ToCancel::Gone, true), Verdict::There(""));
        assert_eq!(cancel(ToCancel::Stands, true), Verdict::Settle(Why::Follows));
        let anew = ToCancel::Anew(Some(THEN));
        assert_eq!(cancel(anew, false), Verdict::Settle(Why::Anew(Some(THEN))));
    }
}
