//! The words that stand in forms of rules, and what people read for them.

use shared::operation::{AgeOn, Counted, Entrance, LinkKind, Season, Span, Verdict};

use crate::desk::form::Choice;
use crate::words::t;

/// Something that is chosen from few.
pub trait Word: Copy + PartialEq + 'static {
    /// All of them, each with the word that is sent.
    const ALL: &'static [(Self, &'static str)];

    /// What people read.
    fn said(self) -> String;

    /// The word that is sent.
    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(one, _)| *one == self)
            .map_or("", |(_, word)| word)
    }

    /// Reads the word back.
    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(_, one)| *one == word)
            .map(|(one, _)| *one)
    }

    /// All of them, to choose from.
    fn choices() -> Vec<Choice> {
        Self::ALL
            .iter()
            .map(|(one, word)| Choice::new(*word, one.said()))
            .collect()
    }
}

macro_rules! words {
    ($($name:ident { $($one:ident $word:literal $key:literal;)* })*) => { $(
        impl Word for $name {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$one, $word),)*];

            fn said(self) -> String {
                match self {
                    $(Self::$one => t($key),)*
                }
            }
        }
    )* };
}

/// How an instant is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// Hours before the session.
    Hours,
    /// Days before, at an hour.
    Days,
    /// A weekday of a week before.
    Weekday,
    /// A day of a month before.
    DayOfMonth,
    /// The last day of class before the holidays.
    LastSchoolDay,
    /// Hours before the Monday of the week.
    Week,
    /// Days before the holidays or the stretch of school.
    Period,
    /// An instant of the calendar.
    At,
    /// The beginning of the session.
    Start,
    /// Its end.
    End,
}

/// What something late costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CostKind {
    /// As in time.
    Free,
    /// Instead of the price.
    Replaces,
    /// Besides the price.
    Adds,
    /// The whole price.
    Full,
    /// A part of it.
    Part,
    /// A fixed amount.
    Due,
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionKind {
    /// Age.
    Age,
    /// Schools.
    Schools,
    /// Classes.
    Classes,
    /// Levels.
    Levels,
    /// Where the household lives.
    Residence,
    /// Documents.
    Documents,
    /// What is unpaid.
    Unpaid,
}

/// When it is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentKind {
    /// With the bill.
    Billed,
    /// When it is booked.
    AtBooking,
}

words! {
    Season {
        Any "toutes" "desk-rules-season-any";
        School "ecole" "desk-rules-season-school";
        Holidays "vacances" "desk-rules-season-holidays";
        FirstDayBack "rentree" "desk-rules-season-first-day-back";
    }
    Counted {
        Calendar "calendaires" "desk-rules-counted-calendar";
        Worked "ouvres" "desk-rules-counted-worked";
        Workable "ouvrables" "desk-rules-counted-workable";
        School "classe" "desk-rules-counted-school";
        Open "ouverture" "desk-rules-counted-open";
        NotHolidays "hors-feries" "desk-rules-counted-not-holidays";
        NotVacations "hors-vacances" "desk-rules-counted-not-vacations";
    }
    Entrance {
        Portal "portail" "desk-rules-entrance-portal";
        Phone "telephone" "desk-rules-entrance-phone";
        Desk "guichet" "desk-rules-entrance-desk";
        Door "porte" "desk-rules-entrance-door";
    }
    Verdict {
        Refuse "refus" "desk-rules-verdict-refuse";
        Request "demande" "desk-rules-verdict-request";
        Accept "accord" "desk-rules-verdict-accept";
    }
    AgeOn {
        Session "jour" "desk-rules-age-on-session";
        SchoolYear "rentree" "desk-rules-age-on-school-year";
        CalendarYear "decembre" "desk-rules-age-on-calendar-year";
    }
    Span {
        Day "jour" "desk-rules-span-day";
        Week "semaine" "desk-rules-span-week";
        Month "mois" "desk-rules-span-month";
        Period "periode" "desk-rules-span-period";
        Year "annee" "desk-rules-span-year";
    }
    LinkKind {
        Excludes "exclut" "desk-rules-link-excludes";
        Needs "exige" "desk-rules-link-needs";
        Brings "entraine" "desk-rules-link-brings";
    }
    MomentKind {
        Days "jours" "desk-rules-moment-days";
        Hours "heures" "desk-rules-moment-hours";
        Weekday "semaine" "desk-rules-moment-weekday";
        DayOfMonth "mois" "desk-rules-moment-month";
        LastSchoolDay "dernier" "desk-rules-moment-last-school-day";
        Week "lundi" "desk-rules-moment-week";
        Period "periode" "desk-rules-moment-period";
        At "date" "desk-rules-moment-at";
        Start "debut" "desk-rules-moment-start";
        End "fin" "desk-rules-moment-end";
    }
    CostKind {
        Free "rien" "desk-rules-cost-free";
        Replaces "remplace" "desk-rules-cost-replaces";
        Adds "ajoute" "desk-rules-cost-adds";
        Full "entier" "desk-rules-cost-full";
        Part "part" "desk-rules-cost-part";
        Due "somme" "desk-rules-cost-due";
    }
    ConditionKind {
        Age "age" "desk-rules-condition-age";
        Schools "ecoles" "desk-rules-condition-schools";
        Classes "classes" "desk-rules-condition-classes";
        Levels "niveaux" "desk-rules-condition-levels";
        Residence "commune" "desk-rules-condition-residence";
        Documents "pieces" "desk-rules-condition-documents";
        Unpaid "impayes" "desk-rules-condition-unpaid";
    }
    PaymentKind {
        Billed "facture" "desk-rules-payment-billed";
        AtBooking "comptant" "desk-rules-payment-at-booking";
    }
    Table {
        Openings "ouverture" "desk-rules-table-openings";
        Add "ajout" "desk-rules-table-add";
        Cancel "annulation" "desk-rules-table-cancel";
        Conditions "conditions" "desk-rules-table-conditions";
        Limits "limites" "desk-rules-table-limits";
        Links "liens" "desk-rules-table-links";
        Groups "groupes" "desk-rules-table-groups";
        Places "places" "desk-rules-table-places";
        Waiting "attente" "desk-rules-table-waiting";
        Prices "tarifs" "desk-rules-table-prices";
        Payment "paiement" "desk-rules-table-payment";
    }
}

/// A table of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// From when until when booking is possible.
    Openings,
    /// Until when one may add.
    Add,
    /// Until when one may cancel.
    Cancel,
    /// Who may.
    Conditions,
    /// How many.
    Limits,
    /// With what.
    Links,
    /// Groups that places are counted in.
    Groups,
    /// How many places.
    Places,
    /// Waiting for one.
    Waiting,
    /// What it costs.
    Prices,
    /// When it is paid.
    Payment,
}

impl Table {
    /// What it is for, and what holds where it is empty.
    pub(super) fn about(self) -> String {
        match self {
            Self::Openings => t("desk-rules-about-openings"),
            Self::Add => t("desk-rules-about-add"),
            Self::Cancel => t("desk-rules-about-cancel"),
            Self::Conditions => t("desk-rules-about-conditions"),
            Self::Limits => t("desk-rules-about-limits"),
            Self::Links => t("desk-rules-about-links"),
            Self::Groups => t("desk-rules-about-groups"),
            Self::Places => t("desk-rules-about-places"),
            Self::Waiting => t("desk-rules-about-waiting"),
            Self::Prices => t("desk-rules-about-prices"),
            Self::Payment => t("desk-rules-about-payment"),
        }
    }

    /// It holds one thing, which is changed and never moved.
    pub fn is_single(self) -> bool {
        matches!(self, Self::Waiting | Self::Payment)
    }
}
