//! The list on paper: A4 upright, one sheet per group or class, to be ticked by hand when all else
//! fails. The heading and the column heads stand on every page.

use leptos::prelude::*;
use shared::day_list::Standing;
use shared::mode::Mode;

use super::row::{ListPart, ListRow, ListSheet};
use crate::desk::frame::{Head, document};
use crate::desk::shapes::{shape, sprite};
use crate::words::{t, t1, with};

/// Empty rows at the end of a sheet, for children nobody expects.
const BLANK_ROWS: usize = 4;

/// The page: every sheet begins on a page of its own.
#[derive(Clone, Debug)]
pub struct PaperPage {
    /// The commune.
    pub commune: String,
    /// « lundi 23 novembre », « 7 h 12 ».
    pub printed: [String; 2],
    /// Address of the list on screen.
    pub back: String,
    /// Its title.
    pub title: String,
    /// The lists.
    pub sheets: Vec<ListSheet>,
}

/// What a page that stands alone is dressed in.
const STYLE: &str = concat!(
    include_str!("../../../static/base.css"),
    include_str!("../../../static/desk-lists.css"),
    include_str!("../../../static/paper-alone.css"),
);
/// A page that stands alone loads nothing, whoever opens it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// A box to tick.
struct Tick {
    words: String,
    /// With room for the hour.
    timed: bool,
}

/// The boxes of a mode, in the order they are ticked.
fn ticks(mode: Mode) -> Vec<Tick> {
    let tick = |words, timed| Tick { words, timed };
    let (present, out) = (|| t("desk-state-present"), || t("desk-column-out"));
    match mode {
        Mode::Presence => vec![tick(present(), false)],
        Mode::ArrivalDeparture => vec![tick(t("desk-column-in"), true), tick(out(), true)],
        Mode::DepartureOnly => vec![tick(present(), false), tick(out(), true)],
        Mode::ByException => vec![tick(t("desk-state-absent"), false)],
    }
}

/// Draws the page.
pub fn paper(view: &PaperPage) -> String {
    let head = Head {
        title: view.title.clone(),
        reloads: false,
        scripted: true,
    };
    document(head, &view.commune, || {
        view! {
            <header class="paper-bar no-print">
                <a class="button" href=view.back.clone()>{shape("before")}{t("desk-lists-back")}</a>
                <button class="button" data-kind="primary" type="button" data-print hidden>{t("desk-print")}</button>
                <p class="quiet">{t("desk-lists-paper-help")}</p>
            </header>
            <main id="page" class="paper" tabindex="-1">
                <h1 class="unseen">{view.title.clone()}</h1>
                {sheets(view, || view! {
                    <div class="empty"><p><strong>{t("desk-lists-nothing")}</strong></p><p>{t("desk-lists-nothing-then")}</p></div>
                }.into_any())}
            </main>
        }
        .into_any()
    })
}

/// Draws the same lists as a document that stands alone, its style inside: what lies off-site, to be printed
/// without any server.
pub fn paper_alone(view: &PaperPage) -> String {
    let html = Owner::new().with(|| {
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta http-equiv="Content-Security-Policy" content=POLICY />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="robots" content="noindex" />
                    <title>{with("desk-title", &[("page", &view.title), ("commune", &view.commune)])}</title>
                    <style inner_html=STYLE></style>
                </head>
                <body>
                    {sprite()}
                    <header class="paper-bar no-print"><p class="quiet">{t("desk-lists-alone-help")}</p></header>
                    <main id="page" class="paper">
                        <h1 class="paper-alone-title no-print">{view.title.clone()}</h1>
                        {sheets(view, || view! { <p class="paper-alone-none">{t("desk-lists-alone-none")}</p> }.into_any())}
                    </main>
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!doctype html>\n{html}\n")
}

/// Every sheet, or what stands where there is none.
fn sheets(view: &PaperPage, none: impl FnOnce() -> AnyView) -> AnyView {
    let sheets: Vec<_> = view
        .sheets
        .iter()
        .flat_map(|sheet| sheet.parts.iter().map(move |part| (sheet, part)))
        .enumerate()
        .map(|(n, (sheet, part))| page(view, sheet, part, n))
        .collect();
    if sheets.is_empty() {
        return none();
    }
    sheets.into_any()
}

fn page(view: &PaperPage, sheet: &ListSheet, part: &ListPart, n: usize) -> AnyView {
    let boxes = ticks(sheet.mode);
    let columns = (boxes.len() + 5).to_string();
    let rows: Vec<_> = part
        .rows
        .iter()
        .enumerate()
        .map(|(i, row)| line(part, row, i + 1, &boxes))
        .collect();
    let blanks: Vec<_> = (0..BLANK_ROWS).map(|_| blank(&boxes)).collect();
    let id = format!("feuille-{n}");
    let head = heading(view, sheet, part, &id, &columns);
    let foot = view! { <tfoot><tr><td class="paper-foot" colspan=columns.clone()>{t("desk-lists-destroy")}</td></tr></tfoot> }
        .into_any();
    view! {
        <section class="paper-sheet" aria-labelledby=id>
            <table class="paper-list">
                <thead>{head}{columns_head(&boxes)}</thead>
                {foot}
                <tbody>{rows}</tbody>
                <tbody class="paper-unexpected">
                    <tr class="paper-part-head"><th scope="rowgroup" colspan=columns>{t("desk-lists-unexpected")}</th></tr>
                    {blanks}
                </tbody>
            </table>
            <p class="signature">
                <span>{t("desk-lists-signed-by")}</span><span>{t("desk-lists-signed-at")}</span><span>{t("desk-lists-signature")}</span>
            </p>
        </section>
    }
    .into_any()
}

/// What stands on top of every page of a sheet.
fn heading(view: &PaperPage, sheet: &ListSheet, part: &ListPart, id: &str, columns: &str) -> AnyView {
    let notices: Vec<_> = sheet
        .notices
        .iter()
        .map(|notice| {
            view! { <p class="paper-notice">{shape("alert")}<span>{notice.clone()}</span></p> }.into_any()
        })
        .collect();
    let [date, at] = &view.printed;
    let count = t1("desk-lists-expected", "count", expected(part));
    let when = view! {
        <div class="paper-when">
            <p class="paper-day">{sheet.date.clone()}</p>
            <p>{sheet.hours.clone()}", "{count}</p>
            <p>{with("desk-lists-printed", &[("date", date), ("at", at)])}</p>
        </div>
    }
    .into_any();
    view! {
        <tr>
            <td class="paper-head" colspan=columns.to_owned()>
                <div class="paper-title">
                    <div>
                        <h2 id=id.to_owned()>{sheet.activity.clone()}<span class="paper-part">{part.title()}</span></h2>
                        <p>{view.commune.clone()}" – "<strong>{sheet.site.clone()}</strong></p>
                    </div>
                    {when}
                </div>
                {notices}
            </td>
        </tr>
    }
    .into_any()
}

fn columns_head(boxes: &[Tick]) -> AnyView {
    let heads: Vec<_> = boxes
        .iter()
        .map(|tick| view! { <th scope="col" class="paper-tick-column">{tick.words.clone()}</th> }.into_any())
        .collect();
    view! {
        <tr>
            <th scope="col" class="paper-count"><span class="unseen">{t("desk-lists-number")}</span></th>
            {heads}
            <th scope="col">{t("desk-column-name")}</th>
            <th scope="col">{t("desk-column-badges")}</th>
            <th scope="col">{t("desk-lists-day")}</th>
            <th scope="col">{t("desk-lists-phone")}</th>
        </tr>
    }
    .into_any()
}

fn expected(part: &ListPart) -> usize {
    part.rows.iter().filter(|row| row.is_expected()).count()
}

fn tick_cells(boxes: &[Tick], struck: bool) -> Vec<AnyView> {
    boxes
        .iter()
        .map(|tick| {
            let timed = tick.timed && !struck;
            view! {
                <td class="paper-tick-column">
                    {(!struck).then(|| view! { <span class="paper-tick"></span> })}
                    {struck.then(|| view! { <span class="paper-struck">{t("desk-lists-dash")}</span> })}
                    {timed.then(|| view! { <span class="paper-at">{t("desk-lists-hour")}</span> })}
                </td>
            }
            .into_any()
        })
        .collect()
}

fn line(part: &ListPart, row: &ListRow, n: usize, boxes: &[Tick]) -> AnyView {
    let away = matches!(row.standing, Some(Standing::Away { .. }));
    let badges: Vec<_> = row
        .badges_in_words()
        .into_iter()
        .map(|(words, alert)| {
            view! { <span class="paper-badge" data-kind=alert.then_some("alert")>{alert.then(|| shape("alert"))}{words}</span> }
                .into_any()
        })
        .collect();
    let facts: Vec<_> = [
        row.standing_in_words(),
        row.note.clone(),
        row.times(),
        row.formula.clone(),
    ]
    .into_iter()
    .flatten()
    .chain(row.seat())
    .chain(row.ways())
    .map(|fact| view! { <span class="paper-fact">{fact}</span> }.into_any())
    .collect();
    // What the heading says already is not said again.
    let home = [row.home().map(str::to_owned), row.group.clone()];
    let home: Vec<String> = home
        .into_iter()
        .flatten()
        .filter(|words| Some(words) != part.name.as_ref())
        .collect();
    let phone = row.phone.clone();
    view! {
        <tr data-standing=away.then_some("away")>
            <td class="paper-count">{n}</td>
            {tick_cells(boxes, away)}
            <th scope="row" class="paper-child">
                <span class="paper-last">{row.last_name.clone()}</span>" "<span class="paper-first">{row.first_name.clone()}</span>
                <span class="paper-home">{home.join(", ")}</span>
            </th>
            <td class="paper-know">{badges}{row.must_know.clone().map(|words| view! { <span class="paper-must">{words}</span> })}</td>
            <td class="paper-facts">{facts}</td>
            <td class="paper-phone">{phone}</td>
        </tr>
    }
    .into_any()
}

fn blank(boxes: &[Tick]) -> AnyView {
    view! {
        <tr class="paper-blank">
            <td class="paper-count"></td>
            {tick_cells(boxes, false)}
            <td></td>
            <td></td>
            <td></td>
            <td></td>
        </tr>
    }
    .into_any()
}

/// The title of the page: « Listes de l’école Jules-Ferry, lundi 23 novembre ».
pub fn paper_title(site: &str, date: &str) -> String {
    with("desk-lists-paper-title", &[("site", site), ("date", date)])
}
