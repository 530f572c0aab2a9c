//! One merge: being read, looked at, under way, done.

use leptos::prelude::*;

use crate::desk::form::{back_link, heading};
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with_args};
use shared::words::FluentArgs;

/// The page.
#[derive(Clone, Debug)]
pub struct RunPage {
    /// Who looks.
    pub bar: Bar,
    /// What is merged.
    pub name: String,
    /// Its address.
    pub address: String,
    /// The page of all merges.
    pub back: String,
    /// How far it is.
    pub stage: RunStage,
}

/// How far a merge is.
#[derive(Clone, Debug)]
pub enum RunStage {
    /// The source is being read.
    Reading,
    /// What would come of it.
    Read(RunCounts),
    /// Under way.
    Merging {
        /// Done.
        done: u64,
        /// All.
        all: u64,
    },
    /// Done.
    Merged(RunCounts),
    /// It stopped.
    Stopped(String),
}

/// What a merge does.
#[derive(Clone, Debug)]
pub struct RunCounts {
    /// All four.
    pub total: CountLine,
    /// Of them, accounted for by an earlier merge.
    pub earlier: u64,
    /// By kind.
    pub kinds: Vec<CountLine>,
    /// What would have to be settled, the first of them.
    pub to_settle: Vec<ToSettleLine>,
    /// What could not be read.
    pub problems: Vec<String>,
}

/// Counts under a name.
#[derive(Clone, Debug, Default)]
pub struct CountLine {
    /// The name.
    pub name: String,
    /// Merged.
    pub applied: u64,
    /// There already.
    pub already_there: u64,
    /// To settle.
    pub to_settle: u64,
    /// Told.
    pub listed: u64,
}

impl CountLine {
    fn all(&self) -> u64 {
        self.applied + self.already_there + self.to_settle + self.listed
    }
}

/// Something that would have to be settled.
#[derive(Clone, Debug)]
pub struct ToSettleLine {
    /// What it is.
    pub kind: String,
    /// When it was made.
    pub made: String,
    /// What it stands against.
    pub why: String,
}

/// Draws it.
pub fn run_page(view: &RunPage) -> String {
    let busy = matches!(view.stage, RunStage::Reading | RunStage::Merging { .. });
    let head = Head {
        reloads: busy,
        scripted: busy,
        ..Head::titled(title(&view.stage))
    };
    page(head, &view.bar, || {
        let under = [(t("merge-title"), view.back.clone())];
        view! {
            {heading(title(&view.stage), &under, None)}
            <p class="lead"><code class="merge-name">{view.name.clone()}</code></p>
            {stage(view)}
        }
        .into_any()
    })
}

fn title(stage: &RunStage) -> String {
    match stage {
        RunStage::Reading => t("merge-stage-reading"),
        RunStage::Read(_) => t("merge-stage-read"),
        RunStage::Merging { .. } => t("merge-stage-merging"),
        RunStage::Merged(_) => t("merge-stage-merged"),
        RunStage::Stopped(_) => t("merge-stage-stopped"),
    }
}

fn stage(view: &RunPage) -> AnyView {
    match &view.stage {
        RunStage::Reading => waiting(view, t("merge-reading"), None),
        RunStage::Merging { done, all } => {
            let mut args = FluentArgs::new();
            args.set("done", *done);
            args.set("all", *all);
            waiting(view, with_args("merge-merging", &args), Some((*done, *all)))
        }
        RunStage::Read(counts) => read(view, counts),
        RunStage::Merged(counts) => merged(view, counts),
        RunStage::Stopped(why) => view! {
            <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow merge-words">{why.clone()}</p></div>
            {back_link(t("merge-back"), &view.back)}
        }
        .into_any(),
    }
}

/// Scripts load the page again by themselves; without them there is a link.
fn waiting(view: &RunPage, words: String, far: Option<(u64, u64)>) -> AnyView {
    view! {
        <div class="notice" role="status" id="again" data-again="1500">
            {shape("left")}<p class="grow">{words}</p>
        </div>
        {far.map(|(done, all)| view! {
            <progress class="merge-progress" max=all.max(1) value=done aria-label=t("merge-stage-merging")></progress>
        })}
        <p class="quiet">{t("merge-goes-on")}</p>
        <p><a class="button" href=view.address.clone()>{t("merge-again")}</a></p>
    }
    .into_any()
}

fn read(view: &RunPage, counts: &RunCounts) -> AnyView {
    let new = counts.total.all().saturating_sub(counts.earlier);
    let left = counts.total.to_settle as usize;
    let shown = counts.to_settle.len();
    let open: Vec<_> = counts
        .to_settle
        .iter()
        .map(|line| {
            view! {
                <li>
                    <strong>{line.kind.clone()}</strong>
                    <span>{line.why.clone()}</span>
                    <span class="details">{line.made.clone()}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        {problems(&counts.problems)}
        {if new == 0 {
            view! { <div class="empty"><p><strong>{t("merge-nothing")}</strong></p><p>{t("merge-nothing-then")}</p></div> }.into_any()
        } else {
            view! { <p>{t1("merge-would", "count", new)}</p> }.into_any()
        }}
        {table(counts)}
        {(shown > 0).then(|| view! {
            <section class="merge-part" aria-labelledby="titre-apres">
                <h2 id="titre-apres">{t("merge-then-settle")}</h2>
                <ul class="merge-rows" role="list">{open}</ul>
                {(left > shown).then(|| view! { <p class="quiet">{t1("merge-open-more", "count", left - shown)}</p> })}
            </section>
        })}
        <div class="merge-do">
            {(new > 0).then(|| view! {
                <form method="post" action=format!("{}/reunir", view.address)>
                    {token_field(&view.bar.token)}
                    <button class="button" data-kind="primary">{t("merge-do")}</button>
                </form>
            })}
            <form method="post" action=format!("{}/abandon", view.address)>
                {token_field(&view.bar.token)}
                <button class="button" data-kind="quiet">{t("merge-leave")}</button>
            </form>
        </div>
        {(new > 0).then(|| view! { <p class="quiet">{t("merge-do-lead")}</p> })}
    }
    .into_any()
}

fn merged(view: &RunPage, counts: &RunCounts) -> AnyView {
    let open = counts.total.to_settle;
    view! {
        <div class="notice" data-kind="done" role="status">
            {shape("present")}<p class="grow">{t1("merge-merged", "count", counts.total.applied)}</p>
        </div>
        {problems(&counts.problems)}
        {table(counts)}
        {if open > 0 {
            view! {
                <p><a class="button" data-kind="primary" href=format!("{}#trancher", view.back)>{t1("merge-settle-now", "count", open)}</a></p>
            }
            .into_any()
        } else {
            back_link(t("merge-back"), &view.back).into_any()
        }}
    }
    .into_any()
}

fn problems(problems: &[String]) -> Option<AnyView> {
    if problems.is_empty() {
        return None;
    }
    let lines: Vec<_> = problems
        .iter()
        .map(|problem| view! { <li>{problem.clone()}</li> }.into_any())
        .collect();
    Some(
        view! {
            <div class="notice" data-kind="care">
                {shape("alert")}
                <div class="grow"><p><strong>{t("merge-problems")}</strong></p><ul class="merge-words">{lines}</ul></div>
            </div>
        }
        .into_any(),
    )
}

fn table(counts: &RunCounts) -> Option<AnyView> {
    if counts.total.all() == 0 {
        return None;
    }
    let cells = |line: &CountLine| {
        let cell = |label: String, count: u64| {
            view! { <td class="merge-number" data-label=label data-none=(count == 0).then_some("yes")>{count.to_string()}</td> }
                .into_any()
        };
        [
            cell(t("merge-column-applied"), line.applied),
            cell(t("merge-column-there"), line.already_there),
            cell(t("merge-column-settle"), line.to_settle),
            cell(t("merge-column-listed"), line.listed),
        ]
        .into_iter()
        .collect::<Vec<_>>()
    };
    let rows: Vec<_> = counts
        .kinds
        .iter()
        .map(|kind| view! { <tr><th scope="row">{kind.name.clone()}</th>{cells(kind)}</tr> }.into_any())
        .collect();
    Some(
        view! {
            <table class="merge-counts">
                <caption class="unseen">{t("merge-column-caption")}</caption>
                <thead><tr>
                    <th scope="col">{t("merge-column-kind")}</th>
                    <th scope="col" class="merge-number">{t("merge-column-applied")}</th>
                    <th scope="col" class="merge-number">{t("merge-column-there")}</th>
                    <th scope="col" class="merge-number">{t("merge-column-settle")}</th>
                    <th scope="col" class="merge-number">{t("merge-column-listed")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th scope="row">{t("merge-column-all")}</th>{cells(&counts.total)}</tr></tfoot>
            </table>
            {(counts.earlier > 0).then(|| view! { <p class="quiet">{t1("merge-earlier", "count", counts.earlier)}</p> })}
        }
        .into_any(),
    )
}
