//! The page: what waits for a decision, what can be read, what was merged.

use leptos::prelude::*;

use super::open::{OpenGroup, settle};
use crate::desk::form::{Buttons, FormState, FormView, heading};
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with, with_args};
use shared::words::FluentArgs;

/// The page.
#[derive(Clone, Debug)]
pub struct MergePage {
    /// Who looks.
    pub bar: Bar,
    /// Its address; forms go below it.
    pub address: String,
    /// The page of a return from a loss.
    pub recovery: String,
    /// What waits for a decision, alike with alike.
    pub open: Vec<OpenGroup>,
    /// How much waits; more than is shown, perhaps.
    pub waiting: u64,
    /// What is under way, or read and waiting to be looked at.
    pub runs: Vec<RunLine>,
    /// What the host found by itself.
    pub sources: Vec<SourceLine>,
    /// The form that sends a file.
    pub upload: FormState,
    /// Largest file, in gigabytes.
    pub most_gb: u64,
    /// Whether anything was merged in the name of families.
    pub families: u64,
    /// Operations that are told and never merged, the newest first.
    pub listed: Vec<ListedLine>,
    /// How many there are.
    pub listed_total: u64,
    /// What was merged, the newest first.
    pub past: Vec<PastMerge>,
}

/// A merge that somebody asked for.
#[derive(Clone, Debug)]
pub struct RunLine {
    /// Of what.
    pub name: String,
    /// Its page.
    pub address: String,
}

/// A place where something lost may lie.
#[derive(Clone, Debug)]
pub struct SourceLine {
    /// What the form sends, and people read.
    pub from: String,
    /// The off-site target rather than a store that was set aside.
    pub offsite: bool,
}

/// A lost operation that is told and never merged.
#[derive(Clone, Debug)]
pub struct ListedLine {
    /// What it is.
    pub kind: String,
    /// When it was made.
    pub made: String,
    /// Who asked.
    pub who: String,
    /// Why it is not merged.
    pub why: String,
}

/// A merge of before.
#[derive(Clone, Debug)]
pub struct PastMerge {
    /// When.
    pub at: String,
    /// Of what.
    pub source: String,
    /// How many operations were lost.
    pub entries: u64,
    /// Who asked.
    pub who: String,
}

/// Draws it.
pub fn merge_page(view: &MergePage) -> String {
    let mut title = t("merge-title");
    if view.upload.is_flawed() {
        title = t1("form-title-error", "title", title.as_str());
    }
    page(Head::titled(title), &view.bar, || {
        let under = [(t("recovery-title"), view.recovery.clone())];
        view! {
            {heading(t("merge-title"), &under, None)}
            <p class="lead">{t("merge-lead")}</p>
            {runs(&view.runs)}
            {settle(&view.open, view.waiting, &view.address, &view.bar.token)}
            {families(view)}
            {sources(view)}
            {upload(view)}
            {listed(view)}
            {past(&view.past)}
        }
        .into_any()
    })
}

fn runs(runs: &[RunLine]) -> Option<AnyView> {
    if runs.is_empty() {
        return None;
    }
    let lines: Vec<_> = runs
        .iter()
        .map(|run| {
            view! {
                <div class="notice">
                    {shape("left")}
                    <p class="grow">{t1("merge-run", "name", run.name.as_str())}</p>
                    <a class="button" href=run.address.clone()>{t("merge-run-see")}</a>
                </div>
            }
            .into_any()
        })
        .collect();
    Some(view! { <div class="merge-runs">{lines}</div> }.into_any())
}

fn families(view: &MergePage) -> Option<AnyView> {
    if view.families == 0 {
        return None;
    }
    Some(
        view! {
            <section class="merge-part" aria-labelledby="titre-familles">
                <h2 id="titre-familles">{t("merge-families")}</h2>
                <p class="lead">{t1("merge-families-count", "count", view.families)}" "{t("merge-families-mail")}</p>
                <p><a class="button" href=format!("{}/familles", view.address)>{t("merge-families-see")}</a></p>
            </section>
        }
        .into_any(),
    )
}

fn sources(view: &MergePage) -> AnyView {
    let lines: Vec<_> = view
        .sources
        .iter()
        .enumerate()
        .map(|(n, source)| {
            let id = format!("source-{n}");
            let kind = if source.offsite {
                t("merge-source-offsite")
            } else {
                t("merge-source-aside")
            };
            view! {
                <li class="merge-source">
                    <div class="merge-source-name" id=id.clone()>
                        <strong>{kind}</strong>
                        <code>{source.from.clone()}</code>
                    </div>
                    <form method="post" action=format!("{}/lire", view.address)>
                        {token_field(&view.bar.token)}
                        <input type="hidden" name="source" value=source.from.clone() />
                        <button class="button" aria-describedby=id>{t("merge-source-read")}</button>
                    </form>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="merge-part" id="sources" aria-labelledby="titre-sources">
            <h2 id="titre-sources">{t("merge-sources")}</h2>
            <p class="lead">{t("merge-sources-lead")}</p>
            {if lines.is_empty() {
                view! { <p class="quiet">{t("merge-sources-none")}</p> }.into_any()
            } else {
                view! { <ul class="merge-sources" role="list">{lines}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}

fn upload(view: &MergePage) -> AnyView {
    let form = FormView::new(&view.upload, &view.bar);
    let flaw = form.file_flaw("fichier", &t("merge-file"));
    let invalid = flaw.is_some().then_some("true");
    let about = if flaw.is_some() {
        "fichier-aide fichier-erreur"
    } else {
        "fichier-aide"
    };
    let inside = view! {
        <div class="field">
            <label for="fichier">{t("merge-file")}</label>
            <p class="hint" id="fichier-aide">{t1("merge-file-hint", "gb", view.most_gb)}</p>
            <input class="input" type="file" id="fichier" name="fichier" required aria-invalid=invalid aria-describedby=about />
            {flaw.map(|flaw| view! {
                <p class="error" id="fichier-erreur">{shape("alert")}<span>{flaw}</span></p>
            })}
        </div>
    };
    let drawn = form.upload(
        &format!("{}/envoi", view.address),
        Buttons::named(t("merge-file-send")),
        inside.into_any(),
    );
    view! {
        <section class="merge-part" aria-labelledby="titre-envoi">
            <h2 id="titre-envoi">{t("merge-upload")}</h2>
            <p class="lead">{t1("merge-upload-lead", "slug", view.bar.slug.as_str())}</p>
            {drawn}
        </section>
    }
    .into_any()
}

fn listed(view: &MergePage) -> Option<AnyView> {
    if view.listed_total == 0 {
        return None;
    }
    let lines: Vec<_> = view
        .listed
        .iter()
        .map(|line| {
            let made = with("merge-listed-made", &[("made", &line.made), ("who", &line.who)]);
            view! {
                <li>
                    <strong>{line.kind.clone()}</strong>
                    <span>{line.why.clone()}</span>
                    <span class="details">{made}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let left = view.listed_total.saturating_sub(view.listed.len() as u64);
    Some(
        view! {
            <section class="merge-part" aria-labelledby="titre-dites">
                <h2 id="titre-dites">{t("merge-listed")}</h2>
                <p class="lead">{t("merge-listed-lead")}</p>
                <details>
                    <summary>{t1("merge-listed-count", "count", view.listed_total)}</summary>
                    <ul class="merge-rows" role="list">{lines}</ul>
                    {(left > 0).then(|| view! { <p class="quiet">{t1("merge-listed-more", "count", left)}</p> })}
                </details>
            </section>
        }
        .into_any(),
    )
}

fn past(past: &[PastMerge]) -> Option<AnyView> {
    if past.is_empty() {
        return None;
    }
    let lines: Vec<_> = past
        .iter()
        .map(|merge| {
            let mut args = FluentArgs::new();
            args.set("count", merge.entries);
            args.set("who", merge.who.as_str());
            view! {
                <li>
                    <strong>{merge.at.clone()}</strong>
                    <span>{with_args("merge-past-line", &args)}</span>
                    <code>{merge.source.clone()}</code>
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="merge-part" aria-labelledby="titre-passees">
                <h2 id="titre-passees">{t("merge-past")}</h2>
                <ul class="merge-rows" role="list">{lines}</ul>
            </section>
        }
        .into_any(),
    )
}
