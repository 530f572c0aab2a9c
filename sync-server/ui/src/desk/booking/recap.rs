//! What became of what an agent entered for a family: to be read out, printed, and found again by its address.

use leptos::prelude::*;

use super::said_narrow;
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct FamilyRecap {
    /// Who looks.
    pub bar: Bar,
    /// The household's name.
    pub family: String,
    /// Its grid.
    pub grid: String,
    /// What rules ask about it and what it owes.
    pub facts: String,
    /// When and by whom it was entered.
    pub entered: String,
    /// By telephone or at the desk.
    pub by: String,
    /// Each line, in the order of dates.
    pub lines: Vec<RecapLine>,
    /// What is due for all of it.
    pub total: Option<String>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// It is booked.
    Added,
    /// It is cancelled.
    Removed,
    /// It is asked for.
    Asked,
    /// Its cancellation is asked for.
    CancelAsked,
    /// It waits for a place.
    Waits,
    /// Nothing was changed.
    Refused,
}

impl Came {
    /// In the order of the page, with the shape of each.
    const ALL: [(Self, &'static str); 6] = [
        (Self::Added, "present"),
        (Self::Removed, "left"),
        (Self::Asked, "expected"),
        (Self::CancelAsked, "expected"),
        (Self::Waits, "expected"),
        (Self::Refused, "absent"),
    ];

    fn words(self) -> String {
        match self {
            Self::Added => t("desk-booking-recap-added"),
            Self::Removed => t("desk-booking-recap-removed"),
            Self::Asked => t("desk-booking-recap-asked"),
            Self::CancelAsked => t("desk-booking-recap-cancel-asked"),
            Self::Waits => t("desk-booking-recap-waits"),
            Self::Refused => t("desk-booking-recap-refused"),
        }
    }
}

/// A line.
#[derive(Clone, Debug)]
pub struct RecapLine {
    /// First name.
    pub child: String,
    /// The activity, with its formula.
    pub what: String,
    /// Where.
    pub site: String,
    /// « mardi 24 novembre ».
    pub date: String,
    /// What became of it.
    pub came: Came,
    /// Its price, what is due, or why it was refused.
    pub words: Option<String>,
    /// What was decided by name: who went beyond a rule or waived something, and why.
    pub by_name: Vec<String>,
}

/// Draws the page.
pub fn family_recap(view: &FamilyRecap) -> String {
    let title = t1("desk-booking-recap", "family", view.family.as_str());
    let head = Head {
        scripted: true,
        ..Head::titled(title.clone())
    };
    page(head, &view.bar, || {
        let family = t1("desk-booking-family", "family", view.family.as_str());
        let print =
            view! { <button class="button" type="button" data-print hidden>{t("desk-print")}</button> }
                .into_any();
        let refused = view.lines.iter().any(|line| line.came == Came::Refused);
        let (kind, sign, said) = if refused {
            ("care", "alert", t("desk-booking-recap-partly"))
        } else {
            ("done", "present", t("desk-booking-recap-all"))
        };
        let parts: Vec<_> = Came::ALL
            .iter()
            .filter_map(|(came, drawn)| part(view, *came, drawn))
            .collect();
        view! {
            {heading(title, &[(family, view.grid.clone())], Some(print))}
            <p class="lead">{view.entered.clone()}" "{view.by.clone()}</p>
            <div class="notice" data-kind=kind role="status">{shape(sign)}<p class="grow">{said}</p></div>
            {parts}
            {view.total.clone().map(|total| view! { <p class="booking-total"><strong>{total}</strong></p> })}
            <p class="buttons no-print">
                <a class="button" data-kind="primary" href=view.grid.clone()>{t("desk-booking-recap-to-grid")}</a>
                <a class="button" href=view.facts.clone()>{t("desk-booking-facts-link")}</a>
            </p>
        }
        .into_any()
    })
}

fn part(view: &FamilyRecap, came: Came, drawn: &'static str) -> Option<AnyView> {
    let lines: Vec<&RecapLine> = view.lines.iter().filter(|line| line.came == came).collect();
    if lines.is_empty() {
        return None;
    }
    let named = lines.iter().any(|line| !line.by_name.is_empty());
    let told = t(if came == Came::Refused {
        "desk-booking-recap-why"
    } else {
        "desk-booking-recap-price"
    });
    let rows: Vec<_> = lines.into_iter().map(|one| line(one, &told, named)).collect();
    Some(
        view! {
            <section class="booking-recap">
                <h2><span class="mark">{shape(drawn)}{came.words()}</span></h2>
                <table class="records booking-records">
                    <caption class="unseen">{came.words()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("desk-booking-date")}</th>
                            <th scope="col">{t("desk-booking-child")}</th>
                            <th scope="col">{t("desk-booking-activity")}</th>
                            <th scope="col">{told}</th>
                            {named.then(|| view! { <th scope="col">{t("desk-booking-recap-by-name")}</th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
        .into_any(),
    )
}

fn line(line: &RecapLine, told: &str, named: bool) -> AnyView {
    let any = !line.by_name.is_empty();
    let by_name: Vec<_> = line
        .by_name
        .iter()
        .map(|one| view! { <span class="booking-named">{one.clone()}</span> }.into_any())
        .collect();
    view! {
        <tr>
            <th scope="row">{line.date.clone()}</th>
            <td>{line.child.clone()}</td>
            <td>{line.what.clone()}<span class="why">{line.site.clone()}</span></td>
            <td>{line.words.clone().map(|words| view! { {said_narrow(told.to_owned())}{words} })}</td>
            {named.then(|| view! { <td>{any.then(|| said_narrow(t("desk-booking-recap-by-name")))}{by_name}</td> })}
        </tr>
    }
    .into_any()
}
