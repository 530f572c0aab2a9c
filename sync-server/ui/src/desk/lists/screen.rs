//! The list on screen: choose, count, print.

use leptos::prelude::*;

use super::kitchen::{Kitchen, kitchen};
use super::row::{ListPart, ListRow, ListSheet, PartBy};
use crate::desk::Choice;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct ListsPage {
    /// Who looks.
    pub bar: Bar,
    /// Sites to choose from.
    pub sites: Vec<Choice>,
    /// The one shown.
    pub site: Choice,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// « lundi 23 novembre ».
    pub date_label: String,
    /// Address of the day before.
    pub before: String,
    /// Address of the day after.
    pub after: String,
    /// Activities of the day.
    pub activities: Vec<Choice>,
    /// Slug of the one shown.
    pub activity: Option<String>,
    /// What the list is parted by.
    pub by: PartBy,
    /// Address of the print version of this list.
    pub paper: String,
    /// Address of the print version of every list of the day.
    pub paper_of_day: String,
    /// Address of the print version of this list for the whole week.
    pub paper_of_week: String,
    /// Address of the file.
    pub file: String,
    /// The list.
    pub sheet: Option<ListSheet>,
    /// What the kitchen prepares that day.
    pub kitchen: Kitchen,
    /// What is special about the day.
    pub notices: Vec<String>,
}

/// Draws the page.
pub fn lists_page(view: &ListsPage) -> String {
    let head = Head {
        title: t("desk-lists-title"),
        reloads: false,
        scripted: true,
    };
    page(head, &view.bar, || {
        let notices: Vec<_> = view
            .notices
            .iter()
            .map(|notice| {
                view! { <p class="notice" data-kind="care">{shape("alert")}<span class="grow">{notice.clone()}</span></p> }
                    .into_any()
            })
            .collect();
        let body = match &view.sheet {
            Some(sheet) if sheet.rows().next().is_some() => list(view, sheet),
            Some(_) => empty(t("desk-nobody"), t("desk-lists-nobody-then")),
            None => empty(t("desk-lists-nothing"), t("desk-lists-nothing-then")),
        };
        view! {
            <div class="top">
                <h1>{view.site.name.clone()}<span class="date">{view.date_label.clone()}</span></h1>
                <nav class="days" aria-label=t("desk-days")>
                    <a class="button" href=view.before.clone()>{shape("before")}<span class="unseen">{t("desk-day-before")}</span></a>
                    <a class="button" href=view.after.clone()>{shape("after")}<span class="unseen">{t("desk-day-after")}</span></a>
                </nav>
            </div>
            {filters(view)}
            {notices}
            {kitchen(&view.kitchen)}
            {prints(view)}
            {body}
        }
        .into_any()
    })
}

fn filters(view: &ListsPage) -> impl IntoView + use<> {
    let option = |choice: &Choice, chosen: bool| {
        view! { <option value=choice.slug.clone() selected=chosen>{choice.name.clone()}</option> }.into_any()
    };
    let sites: Vec<_> = view
        .sites
        .iter()
        .map(|site| option(site, site.slug == view.site.slug))
        .collect();
    let activities: Vec<_> = view
        .activities
        .iter()
        .map(|activity| option(activity, view.activity.as_ref() == Some(&activity.slug)))
        .collect();
    let by = |value: PartBy, words: String| {
        view! { <option value=value.as_str() selected=view.by == value>{words}</option> }.into_any()
    };
    let parts = vec![
        by(PartBy::Group, t("desk-lists-by-group")),
        by(PartBy::Class, t("desk-lists-by-class")),
    ];
    view! {
        <form class="filters" method="get" action=format!("/{}/gestion/listes", view.bar.slug)>
            <div class="field">
                <label for="site">{t("desk-filter-site")}</label>
                <select class="input" id="site" name="site">{sites}</select>
            </div>
            <div class="field">
                <label for="date">{t("desk-filter-date")}</label>
                <input class="input" id="date" name="date" type="date" value=view.date.clone() required />
            </div>
            <div class="field">
                <label for="activite">{t("desk-lists-activity")}</label>
                <select class="input" id="activite" name="activite">{activities}</select>
            </div>
            <div class="field">
                <label for="par">{t("desk-lists-by")}</label>
                <select class="input" id="par" name="par">{parts}</select>
            </div>
            <button class="button">{t("desk-filter-show")}</button>
        </form>
    }
}

fn prints(view: &ListsPage) -> impl IntoView + use<> {
    let some = !view.activities.is_empty();
    some.then(|| {
        view! {
            <nav class="prints" aria-label=t("desk-lists-take")>
                <a class="button" data-kind="primary" href=view.paper.clone()>{t("desk-lists-print")}</a>
                <a class="button" href=view.paper_of_week.clone()>{t("desk-lists-print-week")}</a>
                <a class="button" href=view.paper_of_day.clone()>{t("desk-lists-print-all")}</a>
                <a class="button" href=view.file.clone() download>{t("desk-lists-file")}</a>
            </nav>
        }
    })
}

fn list(view: &ListsPage, sheet: &ListSheet) -> AnyView {
    let parts: Vec<_> = sheet.parts.iter().map(part).collect();
    let totals: Vec<_> = sheet.parts.iter().map(total).collect();
    let caption = t1("desk-caption", "activity", sheet.activity.as_str());
    let heading = match view.by {
        PartBy::Group => t("desk-lists-group"),
        PartBy::Class => t("desk-lists-class"),
    };
    view! {
        <section class="sheet lists-sheet" aria-labelledby="liste">
            <header>
                <h2 id="liste">{sheet.activity.clone()}<span class="hours">{sheet.hours.clone()}</span></h2>
                <table class="totals">
                    <caption class="unseen">{t("desk-lists-totals")}</caption>
                    <thead>
                        <tr><th scope="col">{heading}</th><th scope="col" class="number">{t("desk-count-expected")}</th></tr>
                    </thead>
                    <tbody>{totals}</tbody>
                    <tfoot>
                        <tr><th scope="row">{t("desk-lists-total")}</th><td class="number">{sheet.expected()}</td></tr>
                    </tfoot>
                </table>
            </header>
            <table class="list">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("desk-column-name")}</th>
                        <th scope="col" class="wide">{t("desk-lists-day")}</th>
                        <th scope="col" class="wide">{t("desk-column-badges")}</th>
                        <th scope="col" class="time">{t("desk-lists-phone")}</th>
                    </tr>
                </thead>
                {parts}
            </table>
        </section>
    }
    .into_any()
}

fn total(part: &ListPart) -> AnyView {
    let expected = part.rows.iter().filter(|row| row.is_expected()).count();
    view! { <tr><th scope="row">{part.title()}</th><td class="number">{expected}</td></tr> }.into_any()
}

fn part(part: &ListPart) -> AnyView {
    let rows: Vec<_> = part.rows.iter().map(line).collect();
    view! {
        <tbody>
            <tr class="part"><th scope="rowgroup" colspan="4">{part.title()}</th></tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn line(row: &ListRow) -> AnyView {
    let facts = || -> Vec<AnyView> {
        let all: Vec<String> = [
            row.standing_in_words(),
            row.note.clone(),
            row.home().map(str::to_owned),
            row.times(),
            row.formula.clone(),
        ]
        .into_iter()
        .flatten()
        .chain(row.seat())
        .chain(row.ways())
        .collect();
        let last = all.len().saturating_sub(1);
        all.into_iter()
            .enumerate()
            .map(|(i, mut fact)| {
                if i < last {
                    fact.push_str(" ·");
                }
                view! { <span class="fact">{fact}</span>" " }.into_any()
            })
            .collect()
    };
    let badges = || -> Vec<AnyView> {
        row.badges_in_words()
            .into_iter()
            .map(|(words, alert)| {
                view! {
                    <span class="badge" data-kind=alert.then_some("alert")>{alert.then(|| shape("alert"))}{words}</span>
                }
                .into_any()
            })
            .collect()
    };
    let small = (!row.badges.is_empty()).then(|| view! { <span class="narrow badges">{badges()}</span> });
    let excused = (!row.is_expected()).then_some("true");
    view! {
        <tr data-excused=excused>
            <th scope="row" class="name">
                <span class="last">{row.last_name.clone()}</span>" "<span class="first">{row.first_name.clone()}</span>
                <span class="narrow details">{facts()}</span>
                {small}
            </th>
            <td class="wide details">{facts()}</td>
            <td class="wide"><span class="badges">{badges()}</span></td>
            <td class="time">{row.phone.clone()}</td>
        </tr>
    }
    .into_any()
}

fn empty(said: String, then: String) -> AnyView {
    view! { <div class="empty"><p><strong>{said}</strong></p><p>{then}</p></div> }.into_any()
}
