//! Children and their families: found as somebody on the telephone says their names, read, changed.

mod card;
mod child_form;
mod home_form;
mod list;
mod symbol;

pub use card::{CardPage, GuardianView, HistoryLine, HomeView, PaidBy, TodayLine, WeekView, card_page};
pub use child_form::{BADGE_ROWS, ChildFormPage, child_form_page};
pub use home_form::{HomeFormPage, home_form_page};
pub use list::{ChildRow, ListPage, list_page};

use leptos::prelude::*;
use shared::day_list::{Badge, BadgeKind};
use shared::operation::Authority;

use super::form::Choice;
use super::rows::badge_words;
use crate::words::{t, t1, with};

fn badge_word(kind: BadgeKind) -> String {
    match kind {
        BadgeKind::Pai => t("families-badge-pai"),
        BadgeKind::Allergy => t("families-badge-allergy"),
        BadgeKind::Diet => t("families-badge-diet"),
        BadgeKind::LeavesAlone => t("families-badge-leaves-alone"),
        BadgeKind::ForbiddenCollector => t("families-badge-forbidden-collector"),
    }
}

fn authority_word(authority: Authority) -> String {
    match authority {
        Authority::Full => t("families-authority-full"),
        Authority::None => t("families-authority-none"),
        Authority::ByJudgment => t("families-authority-by-judgment"),
    }
}

/// Kinds of badges with their words in forms.
pub const BADGES: [(BadgeKind, &str); 5] = [
    (BadgeKind::Pai, "pai"),
    (BadgeKind::Allergy, "allergie"),
    (BadgeKind::Diet, "regime"),
    (BadgeKind::LeavesAlone, "seul"),
    (BadgeKind::ForbiddenCollector, "interdit"),
];

fn badge_choices() -> Vec<Choice> {
    BADGES
        .map(|(kind, word)| Choice::new(word, badge_word(kind)))
        .to_vec()
}

fn authority_choices() -> Vec<Choice> {
    [Authority::Full, Authority::None, Authority::ByJudgment]
        .map(|authority| Choice::new(authority.as_str(), authority_word(authority)))
        .to_vec()
}

/// The page that leads here.
fn under(home: &str) -> (String, String) {
    (t("families-title"), format!("{home}/enfants"))
}

fn badge_view(badge: &Badge) -> AnyView {
    let (words, alert) = badge_words(badge);
    let kind = alert.then_some("alert");
    view! { <span class="badge" data-kind=kind>{words}</span> }.into_any()
}

/// « Famille Martin ».
pub fn home_name(last_name: &str) -> String {
    t1("families-home-of", "name", last_name)
}

/// Who changed something, when it was no agent.
pub fn actor_family() -> String {
    t("families-actor-family")
}

/// An agent who is no longer known.
pub fn actor_agent() -> String {
    t("families-actor-agent")
}

/// The host.
pub fn actor_host() -> String {
    t("families-actor-host")
}

/// What a change of households is called.
pub fn field_homes() -> String {
    t("families-homes")
}

/// What a change of badges is called.
pub fn field_badges() -> String {
    t("families-badges")
}

/// What a change of the symbol is called.
pub fn field_symbol() -> String {
    t("families-symbol")
}

/// What a change of health details is called.
pub fn field_health() -> String {
    t("families-health")
}

/// Parental authority, in words.
pub(in crate::desk) fn authority_said(authority: Authority) -> String {
    authority_word(authority)
}

/// The list of children, for pages of other parts that stand under it.
pub(in crate::desk) fn under_children(home: &str) -> (String, String) {
    under(home)
}

/// A badge, in words.
pub fn badge_said(badge: &Badge) -> String {
    badge_words(badge).0
}

/// With whom a child of two households is today, and in a week.
pub fn shared_words(today: &str, next_week: &str) -> String {
    with("accounts-card-shared", &[("today", today), ("next", next_week)])
}
