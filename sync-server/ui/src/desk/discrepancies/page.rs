//! The page: the filter, the kinds, and what lies under them.

use leptos::prelude::*;
use shared::operation::DiscrepancyKind;

use super::decided::{DecidedLot, decided};
use super::rows::{Open, open, spaced};
use super::sessions::{SessionLine, sessions};
use super::words;
use crate::desk::form::{Address, Choice, Field, FormState, FormView, Select, filters, heading, pager};
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct DiscrepanciesPage {
    /// Who looks.
    pub bar: Bar,
    /// What is asked for.
    pub address: Address,
    /// The same, to be changed.
    pub asked: FormState,
    /// Sites within reach.
    pub sites: Vec<Choice>,
    /// Activities.
    pub activities: Vec<Choice>,
    /// What is open, what was decided, the sessions.
    pub views: Vec<ViewTab>,
    /// The kinds, with how many of each are open.
    pub kinds: Vec<KindTab>,
    /// So many dates of the period were not looked at yet.
    pub left: usize,
    /// Why a decision was not taken.
    pub trouble: Option<String>,
    /// What was decided a moment ago.
    pub undo: Option<Undo>,
    /// What is shown.
    pub inside: Inside,
}

/// What is shown.
#[derive(Clone, Debug)]
pub enum Inside {
    /// What is open.
    Open(Box<Open>),
    /// What was decided: the lots of this page; whether there are more; where an undoing goes.
    Decided {
        /// The newest first.
        lots: Vec<DecidedLot>,
        /// Where an undoing goes; `None` for whoever may only look.
        action: Option<String>,
        /// Which page, how many lines on one, and how many lines in all.
        pages: (usize, usize, usize),
    },
    /// The sessions.
    Sessions {
        /// In order.
        lines: Vec<SessionLine>,
        /// Which page, how many lines on one, and how many lines in all.
        pages: (usize, usize, usize),
    },
}

/// One of the three views.
#[derive(Clone, Debug)]
pub struct ViewTab {
    /// Its name.
    pub label: String,
    /// Its address.
    pub address: String,
    /// It is the one shown.
    pub current: bool,
}

/// A kind, as a quick filter.
#[derive(Clone, Debug)]
pub struct KindTab {
    /// The kind; `None` for all.
    pub kind: Option<DiscrepancyKind>,
    /// How many are open.
    pub count: u64,
    /// Its address.
    pub address: String,
    /// It is the one shown.
    pub current: bool,
}

/// What was decided a moment ago, to be undone.
#[derive(Clone, Debug)]
pub struct Undo {
    /// The lot.
    pub lot: u64,
    /// How many.
    pub count: u64,
    /// Where an undoing goes.
    pub action: String,
}

/// Draws the page.
pub fn discrepancies_page(view: &DiscrepanciesPage) -> String {
    let title = match &view.trouble {
        Some(_) => t1("form-title-error", "title", t("discrepancy-title")),
        None => t("discrepancy-title"),
    };
    page(Head::titled(title), &view.bar, || {
        let again = view.address.to_string();
        view! {
            {heading(t("discrepancy-title"), &[], None)}
            {view.trouble.clone().map(|words| view! {
                <div class="notice" data-kind="alert" role="alert" id="erreurs" tabindex="-1">
                    {shape("alert")}<p class="grow">{words}</p>
                </div>
            })}
            {view.undo.as_ref().map(|undo| just_done(undo, view))}
            {views(&view.views)}
            {filter(view)}
            {(view.left > 0).then(|| view! {
                <div class="notice no-print" data-kind="care" role="status">
                    {shape("alert")}<p class="grow">{t1("discrepancy-left", "count", view.left)}</p>
                    <a class="button" href=again>{t("discrepancy-go-on")}</a>
                </div>
            })}
            {inside(view)}
        }
        .into_any()
    })
}

fn inside(view: &DiscrepanciesPage) -> AnyView {
    match &view.inside {
        Inside::Open(shown) => view! {
            {kinds(&view.kinds)}
            {open(shown, &view.address, &view.bar.token)}
        }
        .into_any(),
        Inside::Decided {
            lots,
            action,
            pages: (page, size, total),
        } => view! {
            {decided(lots, action.as_deref(), &view.address, &view.bar.token)}
            {pager(&view.address, *page, *size, *total)}
        }
        .into_any(),
        Inside::Sessions {
            lines,
            pages: (page, size, total),
        } => view! {
            {sessions(lines)}
            {pager(&view.address, *page, *size, *total)}
        }
        .into_any(),
    }
}

fn just_done(undo: &Undo, view: &DiscrepanciesPage) -> AnyView {
    view! {
        <div class="notice discrepancy-undo no-print" data-kind="done" role="status">
            {shape("present")}
            <p class="grow">{t1("discrepancy-just-done", "count", undo.count)}</p>
            <form method="post" action=undo.action.clone()>
                {token_field(&view.bar.token)}
                {super::rows::kept(&view.address)}
                <button class="button" data-kind="quiet" name="lot" value=undo.lot.to_string()>{t("discrepancy-undo")}</button>
            </form>
        </div>
    }
    .into_any()
}

fn views(all: &[ViewTab]) -> AnyView {
    let tabs: Vec<_> = all
        .iter()
        .map(|tab| {
            let current = tab.current.then_some("page");
            view! { <li><a href=tab.address.clone() aria-current=current>{tab.label.clone()}</a></li> }
                .into_any()
        })
        .collect();
    view! {
        <nav class="discrepancy-views no-print" aria-label=t("discrepancy-views")><ul role="list">{tabs}</ul></nav>
    }
    .into_any()
}

fn filter(view: &DiscrepanciesPage) -> AnyView {
    let form = FormView::of_filters(&view.asked);
    let fields = view! {
        {form.field(Field::date("du", t("discrepancy-from")))}
        {form.field(Field::date("au", t("discrepancy-until")))}
        {(view.sites.len() > 1).then(|| form.select(
            Select::new("site", t("discrepancy-site"), &view.sites).or_none(t("discrepancy-every-site")),
        ))}
        {form.select(
            Select::new("activite", t("discrepancy-activity"), &view.activities).or_none(t("discrepancy-every-activity")),
        )}
    };
    filters(&view.address, &["vue", "type"], fields.into_any())
}

/// The kinds with their counts: one click each.
fn kinds(all: &[KindTab]) -> Option<AnyView> {
    if all.len() < 2 {
        return None;
    }
    let tabs: Vec<_> = all
        .iter()
        .map(|tab| {
            let current = tab.current.then_some("true");
            let label = tab.kind.map_or_else(|| t("discrepancy-every-kind"), words::kind);
            let count = spaced(usize::try_from(tab.count).unwrap_or(usize::MAX));
            view! {
                <li>
                    <a href=tab.address.clone() aria-current=current>
                        {tab.kind.map(|kind| shape(words::shape_of(kind)))}
                        <span>{label}</span>" "<span class="discrepancy-count">{count}</span>
                    </a>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <nav class="discrepancy-kinds no-print" aria-label=t("discrepancy-kinds")><ul role="list">{tabs}</ul></nav>
        }
        .into_any(),
    )
}
