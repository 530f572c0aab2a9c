//! The page, drawn.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::discrepancies::{DiscrepanciesPage, Inside, Undo, ViewTab, discrepancies_page};
use server_ui::desk::form::{Address, FormState};
use shared::operation::Actor;

use super::super::reply::{DeskError, page, see_other};
use super::super::rights::{Right, may};
use super::super::visit::Desk;
use super::asked::{Asked, Shown};
use super::names::Names;
use super::{PATH, count_open, decided, read, sessions};
use crate::discrepancies::refresh;
use crate::store::StoreError;

/// What stands on the page besides the list: a decision that was not taken, or one that was.
#[derive(Default)]
pub(super) struct Said {
    pub(super) trouble: Option<String>,
    pub(super) ticked: Vec<String>,
    pub(super) all: bool,
    /// The entry of a decision that may be undone.
    pub(super) lot: Option<u64>,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeDiscrepancies)?;
    let said = Said {
        lot: desk.asked(&["lot"]).value("lot").parse().ok(),
        ..Said::default()
    };
    let asked = Asked::of(&desk);
    draw(&desk, asked, said, StatusCode::OK).await
}

/// Whoever reloads the answer to a form that was not taken comes back to the list.
pub(super) async fn again(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeDiscrepancies)?;
    Ok(see_other(&desk.at(PATH)))
}

pub(super) async fn draw(
    desk: &Desk,
    asked: Asked,
    said: Said,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let mut bar = desk.bar();
    let settles = may(desk.session.role, Right::SettleDiscrepancies);
    let waives = may(desk.session.role, Right::WaiveSessions);
    let base = desk.at(PATH);
    let actor = Actor::Agent(desk.session.agent);
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        let period = asked.period(today);
        let left = refresh::refresh(commune, period, refresh::AT_ONCE)?;
        // What was just looked at counts.
        bar.open = count_open(commune, &asked.reach)?;
        commune.store.read(|tx| {
            let names = Names::load(tx)?;
            let filter = asked.filter(today, &names);
            let counts = read::counts(tx, &filter)?;
            let shown = asked.shown();
            let inside = match shown {
                Shown::Open => {
                    let mut open = read::open(tx, commune, &names, &filter, &counts)?;
                    open.action = settles.then(|| format!("{base}/decider"));
                    open.ticked = said.ticked;
                    open.all = said.all;
                    Inside::Open(Box::new(open))
                }
                Shown::Decided => {
                    let (lots, pages) = decided::page(tx, commune, &names, &filter)?;
                    Inside::Decided {
                        lots,
                        action: settles.then(|| format!("{base}/annuler")),
                        pages,
                    }
                }
                Shown::Sessions => {
                    let waives = waives.then_some(base.as_str());
                    let (lines, pages) =
                        sessions::page(tx, commune, &names, &filter, &asked.address, waives)?;
                    Inside::Sessions { lines, pages }
                }
            };
            let undo = match said.lot.filter(|_| settles) {
                Some(lot) => decided::undoable(tx, lot, &actor, &asked.reach)?.map(|count| Undo {
                    lot,
                    count,
                    action: format!("{base}/annuler"),
                }),
                None => None,
            };
            let open = read::total(&counts, &filter);
            Ok::<_, StoreError>(DiscrepanciesPage {
                bar,
                asked: fields(&asked.address, period),
                sites: names.sites(&asked.reach),
                activities: names.activities(),
                views: views(&asked.address, shown, open),
                kinds: read::kinds(&counts, &filter, &asked.address),
                left,
                trouble: said.trouble,
                undo,
                inside,
                address: asked.address,
            })
        })
    });
    Ok(page(status, discrepancies_page(&view.await?)))
}

/// What the filter shows: the period in full, even where none was asked for.
fn fields(address: &Address, (from, until): (chrono::NaiveDate, chrono::NaiveDate)) -> FormState {
    FormState::default()
        .with("du", from.to_string())
        .with("au", until.to_string())
        .with("site", address.value("site"))
        .with("activite", address.value("activite"))
}

fn views(address: &Address, shown: Shown, open: usize) -> Vec<ViewTab> {
    use server_ui::desk::discrepancies::words;
    let first = address.without("page");
    let tab = |label, word: &str, which| ViewTab {
        label,
        address: first.with("vue", word).to_string(),
        current: shown == which,
    };
    vec![
        tab(words::view_open(open), "", Shown::Open),
        tab(words::view_decided(), "decides", Shown::Decided),
        tab(words::view_sessions(), "seances", Shown::Sessions),
    ]
}
