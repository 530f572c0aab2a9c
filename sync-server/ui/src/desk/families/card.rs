//! The card of a child: all that somebody asks on the telephone, on one page.

use leptos::prelude::*;
use shared::day_list::{Badge, Symbol};
use shared::fold::State;
use shared::operation::Authority;

use super::{authority_word, badge_view, symbol, under};
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::{of_state, shape};
use crate::words::{t, t1, with};

/// A household.
#[derive(Clone, Debug)]
pub struct HomeView {
    /// Its name.
    pub name: String,
    /// Where it is changed.
    pub edit: String,
    /// Where its reservations stand.
    pub bookings: String,
    /// What rules ask about it, and what it owes for reservations.
    pub facts: String,
    /// Where a child is added to it.
    pub add_child: String,
    /// Its guardians.
    pub guardians: Vec<GuardianView>,
    /// Its other children: name and card.
    pub siblings: Vec<(String, String)>,
}

/// A guardian.
#[derive(Clone, Debug)]
pub struct GuardianView {
    /// First and last name.
    pub name: String,
    /// Parental authority.
    pub authority: Authority,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
}

/// Who pays for the child.
#[derive(Clone, Debug)]
pub struct PaidBy {
    /// Its name.
    pub name: String,
    /// It is an organisation.
    pub organisation: bool,
    /// « 01/09/2026 ».
    pub from: String,
    /// The last day, where it is known.
    pub until: Option<String>,
    /// Where it is changed.
    pub address: String,
}

/// A week's reservations.
#[derive(Clone, Debug)]
pub struct WeekView {
    /// It is the present one.
    pub is_this: bool,
    /// Days with what is booked.
    pub days: Vec<(String, Vec<String>)>,
}

/// What was pointed today.
#[derive(Clone, Debug)]
pub struct TodayLine {
    /// The activity and its site.
    pub activity: String,
    /// What the marks come to.
    pub state: State,
    /// « 11 h 35 – 13 h 20 ».
    pub stays: Vec<String>,
}

/// One change of the record.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// Day and hour.
    pub when: String,
    /// Who, in words.
    pub who: String,
    /// It was made then.
    pub made: bool,
    /// Through an import.
    pub imported: bool,
    /// What changed: labels of fields.
    pub what: Vec<String>,
}

/// What the card shows.
#[derive(Clone, Debug)]
pub struct CardPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// « lundi 4 mars 2019 ».
    pub born: String,
    /// Whole years.
    pub age: u32,
    /// School.
    pub school: Option<String>,
    /// Class.
    pub class: Option<String>,
    /// Its number in another register.
    pub reference: Option<String>,
    /// The day it left or leaves.
    pub left: Option<String>,
    /// Its symbol.
    pub symbol: Symbol,
    /// Badges.
    pub badges: Vec<Badge>,
    /// What staff must know.
    pub must_know: Option<String>,
    /// Health details; `None` where whoever looks may not see them.
    pub health: Option<Option<String>>,
    /// Number to call first.
    pub phone: Option<String>,
    /// Its households.
    pub homes: Vec<HomeView>,
    /// Who pays; `None` where whoever looks may not see it.
    pub payers: Option<Vec<PaidBy>>,
    /// Where a payer is added.
    pub add_payer: String,
    /// Where custody and authority are changed.
    pub custody: String,
    /// With whom the child is, in words, where that is shared.
    pub shared: Option<String>,
    /// What was pointed today.
    pub today: Vec<TodayLine>,
    /// This week's and next week's reservations.
    pub weeks: Vec<WeekView>,
    /// Where they are changed.
    pub bookings: Option<String>,
    /// Its changes, newest first.
    pub history: Vec<HistoryLine>,
    /// Where it is changed; `None` where whoever looks may not.
    pub edit: Option<String>,
    /// Where a household is added.
    pub add_home: String,
}

/// Draws it.
pub fn card_page(view: &CardPage) -> String {
    let title = format!("{} {}", view.last_name, view.first_name);
    page(Head::titled(title.clone()), &view.bar, || {
        let doing = view.edit.clone().map(|edit| {
            view! { <a class="button" data-kind="primary" href=edit>{t("families-edit")}</a> }.into_any()
        });
        view! {
            {heading(title, &[under(&view.home)], doing)}
            <div class="card">
                {identity(view)}
                {today(view)}
                {homes(view)}
                {paying(view)}
                {weeks(view)}
                {health(view)}
                {history(view)}
            </div>
        }
        .into_any()
    })
}

fn fact(label: String, value: AnyView) -> AnyView {
    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
}

fn identity(view: &CardPage) -> AnyView {
    let or_nothing =
        |value: &Option<String>| value.clone().unwrap_or_else(|| t("families-nothing")).into_any();
    let badges: Vec<_> = view.badges.iter().map(badge_view).collect();
    let phone = view
        .phone
        .clone()
        .map(|phone| fact(t("families-phone"), call(phone)));
    view! {
        <section class="part identity" aria-labelledby="identite">
            <h2 id="identite">{t("families-identity")}</h2>
            <div class="with-symbol">
                {symbol::drawn(view.symbol)}
                <dl class="facts">
                    {fact(t("families-born"), view! { {view.born.clone()}" – "{t1("families-years", "count", view.age)} }.into_any())}
                    {fact(t("families-school"), or_nothing(&view.school))}
                    {fact(t("families-class"), or_nothing(&view.class))}
                    {view.reference.clone().map(|reference| fact(t("families-reference"), reference.into_any()))}
                    {phone}
                </dl>
            </div>
            {view.left.clone().map(|left| view! {
                <p class="notice" data-kind="care">{shape("left")}<span>{t1("families-left", "date", left)}</span></p>
            })}
            {(!badges.is_empty()).then(|| view! { <p class="badges">{badges}</p> })}
            {view.must_know.clone().map(|text| view! {
                <p class="must-know"><strong>{t("families-must-know")}</strong>{t("form-colon")}{text}</p>
            })}
        </section>
    }
    .into_any()
}

fn call(phone: String) -> AnyView {
    let number: String = phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect();
    view! { <a href=format!("tel:{number}")>{phone}</a> }.into_any()
}

fn today(view: &CardPage) -> AnyView {
    let lines: Vec<_> = view
        .today
        .iter()
        .map(|line| {
            let word = match line.state {
                State::Expected => t("desk-state-expected"),
                State::Present => t("desk-state-present"),
                State::Left => t("desk-state-left"),
                State::Absent => t("desk-state-absent"),
            };
            let stays = (!line.stays.is_empty()).then(|| line.stays.join(", "));
            view! {
                <li data-state=of_state(line.state)>
                    <span class="state"><span class="mark">{shape(of_state(line.state))}<span class="word">{word}</span></span></span>
                    <span>{line.activity.clone()}{stays.map(|stays| view! { <span class="details">" "{stays}</span> })}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="part" aria-labelledby="aujourdhui">
            <h2 id="aujourdhui">{t("families-today")}</h2>
            {if lines.is_empty() {
                view! { <p class="quiet">{t("families-today-none")}</p> }.into_any()
            } else {
                view! { <ul class="today" role="list">{lines}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

fn homes(view: &CardPage) -> AnyView {
    let edits = view.edit.is_some();
    let homes: Vec<_> = view.homes.iter().map(|home| home_view(home, edits)).collect();
    view! {
        <section class="part" aria-labelledby="famille">
            <h2 id="famille">{t("families-family")}</h2>
            {view.homes.is_empty().then(|| view! { <p class="quiet">{t("families-no-home")}</p> })}
            {homes}
            {view.shared.clone().map(|shared| view! { <p>{shared}</p> })}
            {edits.then(|| view! {
                <p class="buttons">
                    <a class="button" href=view.add_home.clone()>{t("families-add-home")}</a>
                    <a class="button" href=view.custody.clone()>{t("accounts-card-custody")}</a>
                </p>
            })}
        </section>
    }
    .into_any()
}

fn paying(view: &CardPage) -> Option<AnyView> {
    let payers = view.payers.as_ref()?;
    let lines: Vec<_> = payers
        .iter()
        .map(|payer| {
            let period = match &payer.until {
                Some(until) => with("accounts-card-period", &[("from", &payer.from), ("until", until)]),
                None => t1("accounts-card-since", "from", payer.from.as_str()),
            };
            view! {
                <li>
                    <span class="who-name"><a href=payer.address.clone()>{payer.name.clone()}</a></span>
                    {payer.organisation.then(|| view! { <span class="badge">{t("accounts-payer-organisation")}</span> })}
                    <span class="details">{period}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="part" aria-labelledby="payeurs">
                <h2 id="payeurs">{t("accounts-payers")}</h2>
                {if lines.is_empty() {
                    view! { <p class="quiet">{t("accounts-card-no-payer")}</p> }.into_any()
                } else {
                    view! { <ul class="people" role="list">{lines}</ul> }.into_any()
                }}
                <p><a class="button" href=view.add_payer.clone()>{t("accounts-card-add-payer")}</a></p>
            </section>
        }
        .into_any(),
    )
}

fn home_view(home: &HomeView, edits: bool) -> AnyView {
    let people: Vec<_> = home
        .guardians
        .iter()
        .map(|guardian| {
            let email = guardian.email.clone().map(|email| {
                view! { <a href=format!("mailto:{email}")>{email.clone()}</a> }
            });
            let alert = (guardian.authority != Authority::Full).then_some("alert");
            view! {
                <li>
                    <span class="who-name">{guardian.name.clone()}</span>
                    <span class="badge" data-kind=alert>{authority_word(guardian.authority)}</span>
                    <span class="contacts">{guardian.phone.clone().map(call)}{email}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let siblings: Vec<_> = home
        .siblings
        .iter()
        .map(|(name, card)| view! { <li><a href=card.clone()>{name.clone()}</a></li> }.into_any())
        .collect();
    view! {
        <article class="home">
            <h3>{home.name.clone()}</h3>
            <ul class="people" role="list">{people}</ul>
            {(!siblings.is_empty()).then(|| view! {
                <p class="details">{t("families-siblings")}</p><ul class="siblings" role="list">{siblings}</ul>
            })}
            <p class="buttons">
                <a class="button" href=home.bookings.clone() aria-label=t1("desk-booking-family-link", "family", home.name.as_str())>{t("bookings-title")}</a>
                <a class="button" data-kind="quiet" href=home.facts.clone() aria-label=t1("desk-booking-facts", "family", home.name.as_str())>{t("desk-booking-facts-link")}</a>
            </p>
            {edits.then(|| view! {
                <p class="buttons">
                    <a class="button" href=home.edit.clone() aria-label=t1("families-edit-home-of", "name", home.name.as_str())>{t("families-edit-home")}</a>
                    <a class="button" data-kind="quiet" href=home.add_child.clone() aria-label=t1("families-add-child-to", "name", home.name.as_str())>{t("families-add-child")}</a>
                </p>
            })}
        </article>
    }
    .into_any()
}

fn weeks(view: &CardPage) -> AnyView {
    let weeks: Vec<_> = view
        .weeks
        .iter()
        .map(|week| {
            let title = if week.is_this {
                t("families-this-week")
            } else {
                t("families-next-week")
            };
            let days: Vec<_> = week
                .days
                .iter()
                .map(|(day, booked)| fact(day.clone(), booked.join(", ").into_any()))
                .collect();
            view! {
                <h3>{title}</h3>
                {if days.is_empty() {
                    view! { <p class="quiet">{t("families-no-bookings")}</p> }.into_any()
                } else {
                    view! { <dl class="facts">{days}</dl> }.into_any()
                }}
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="part" aria-labelledby="reservations">
            <h2 id="reservations">{t("families-bookings")}</h2>
            {weeks}
            {view.bookings.clone().map(|address| view! { <p><a class="button" href=address>{t("families-see-bookings")}</a></p> })}
        </section>
    }
    .into_any()
}

fn health(view: &CardPage) -> Option<AnyView> {
    let health = view.health.clone()?;
    Some(
        view! {
            <section class="part" aria-labelledby="sante">
                <h2 id="sante">{t("families-health")}</h2>
                <p class="prose">{health.unwrap_or_else(|| t("families-nothing"))}</p>
            </section>
        }
        .into_any(),
    )
}

fn history(view: &CardPage) -> AnyView {
    let lines: Vec<_> = view
        .history
        .iter()
        .map(|line| {
            let facts = [("who", line.who.as_str()), ("when", line.when.as_str())];
            let said = match (line.made, line.imported) {
                (true, true) => with("families-history-imported", &facts),
                (true, false) => with("families-history-made", &facts),
                (false, true) => with("families-history-changed-by-import", &facts),
                (false, false) => with("families-history-changed", &facts),
            };
            let what = (!line.what.is_empty()).then(|| line.what.join(", "));
            view! { <li>{said}{what.map(|what| view! { <span class="details">" "{what}</span> })}</li> }
                .into_any()
        })
        .collect();
    view! {
        <section class="part" aria-labelledby="historique">
            <h2 id="historique">{t("families-history")}</h2>
            <ol class="history" role="list">{lines}</ol>
        </section>
    }
    .into_any()
}
