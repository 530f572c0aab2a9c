//! Facts of a set-up in words.

use shared::codec::Minute;
use shared::mode::Mode;
use shared::operation::{Meal, Role, SchoolKind};
use shared::words::hour;

use crate::words::{t, t1};

pub(super) fn kind_of_school(kind: SchoolKind) -> String {
    match kind {
        SchoolKind::Public => t("structure-school-public"),
        SchoolKind::Private => t("structure-school-private"),
        SchoolKind::Outside => t("structure-school-outside"),
    }
}

/// « 4 jours », « 4 jours et demi ».
pub(super) fn week(half_days: u8) -> String {
    if half_days == 9 {
        t("structure-week-nine")
    } else {
        t("structure-week-eight")
    }
}

/// « 8 h 30 – 16 h 30 ».
pub(super) fn hours(from: Minute, to: Minute) -> String {
    format!("{} – {}", hour(from.time()), hour(to.time()))
}

pub(super) fn mode(mode: Mode) -> String {
    match mode {
        Mode::Presence => t("structure-mode-presence"),
        Mode::ArrivalDeparture => t("structure-mode-both"),
        Mode::DepartureOnly => t("structure-mode-departure"),
        Mode::ByException => t("structure-mode-exception"),
    }
}

pub(super) fn mode_said(mode: Mode) -> String {
    match mode {
        Mode::Presence => t("structure-mode-presence-said"),
        Mode::ArrivalDeparture => t("structure-mode-both-said"),
        Mode::DepartureOnly => t("structure-mode-departure-said"),
        Mode::ByException => t("structure-mode-exception-said"),
    }
}

pub(super) fn meal(meal: Meal) -> String {
    match meal {
        Meal::None => t("structure-meal-none"),
        Meal::Meal => t("structure-meal-meal"),
        Meal::Picnic => t("structure-meal-picnic"),
        Meal::Basket => t("structure-meal-basket"),
    }
}

/// « lun. mar. jeu. ven. », or « tous les jours d’école » and the like where that is shorter.
pub(super) fn weekdays(days: u8) -> String {
    match days {
        0b111_1111 => return t("structure-days-all"),
        0b001_1111 => return t("structure-days-working"),
        _ => {}
    }
    let names = [
        t("structure-mon"),
        t("structure-tue"),
        t("structure-wed"),
        t("structure-thu"),
        t("structure-fri"),
        t("structure-sat"),
        t("structure-sun"),
    ];
    let named: Vec<String> = names
        .into_iter()
        .enumerate()
        .filter(|(day, _)| days & (1 << day) != 0)
        .map(|(_, name)| name)
        .collect();
    named.join(", ")
}

/// A word of a staff record.
pub(super) fn staff_role(word: &str) -> String {
    match word {
        "directeur" => t("structure-staff-directeur"),
        "animateur" => t("structure-staff-animateur"),
        "atsem" => t("structure-staff-atsem"),
        "restauration" => t("structure-staff-restauration"),
        "remplacant" => t("structure-staff-remplacant"),
        other => other.to_owned(),
    }
}

pub(super) fn role(role: Role) -> String {
    match role {
        Role::Administrateur => t("structure-role-administrateur"),
        Role::Gestionnaire => t("structure-role-gestionnaire"),
        Role::Directeur => t("structure-role-directeur"),
        Role::Regisseur => t("structure-role-regisseur"),
        Role::Mandataire => t("structure-role-mandataire"),
        Role::Lecture => t("structure-role-lecture"),
    }
}

pub(super) fn role_said(role: Role) -> String {
    match role {
        Role::Administrateur => t("structure-role-administrateur-said"),
        Role::Gestionnaire => t("structure-role-gestionnaire-said"),
        Role::Directeur => t("structure-role-directeur-said"),
        Role::Regisseur => t("structure-role-regisseur-said"),
        Role::Mandataire => t("structure-role-mandataire-said"),
        Role::Lecture => t("structure-role-lecture-said"),
    }
}

pub(super) fn places(capacity: Option<u32>) -> String {
    capacity.map_or_else(
        || t("structure-capacity-none"),
        |n| t1("structure-capacity", "count", n),
    )
}
