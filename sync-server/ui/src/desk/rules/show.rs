//! One set: every line as families read it, what is wrong with it, and what can be done.

use leptos::prelude::*;

use super::list::standing;
use super::word::{Table, Word};
use crate::desk::form::{Buttons, Field, FormState, FormView, confirm, head, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct ShowPage {
    /// Who looks.
    pub bar: Bar,
    /// The list of sets.
    pub list: String,
    /// Its own address.
    pub at: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub activities: String,
    /// From when until when.
    pub span: String,
    /// Families are judged by it.
    pub live: bool,
    /// Sessions of today are judged by it.
    pub today: bool,
    /// Its version.
    pub version: i64,
    /// Whoever looks may change rules.
    pub may_edit: bool,
    /// What was found.
    pub found: Vec<Found>,
    /// Its tables.
    pub tables: Vec<TableBlock>,
    /// What was asked for and could not be done.
    pub refused: Option<String>,
}

/// A contradiction, a hole, or what may be meant otherwise.
#[derive(Clone, Debug)]
pub struct Found {
    /// It keeps the set from going live.
    pub grave: bool,
    /// What it is.
    pub words: String,
}

/// One table.
#[derive(Clone, Debug)]
pub struct TableBlock {
    /// Which.
    pub table: Table,
    /// Its lines as families read them.
    pub lines: Vec<String>,
}

/// Draws it.
pub fn show_page(view: &ShowPage) -> String {
    page(Head::titled(view.name.clone()), &view.bar, || {
        let edits = view.may_edit && !view.live;
        let tables: Vec<_> = view
            .tables
            .iter()
            .map(|block| table(view, block, edits))
            .collect();
        let doing = view! {
            {view.may_edit.then(|| view! {
                <a class="button" href=format!("{}/essai", view.at)>{t("desk-rules-try")}</a>
            })}
            {edits.then(|| view! {
                <a class="button" href=format!("{}/modifier", view.at)>{t("desk-rules-change")}</a>
            })}
        };
        view! {
            {heading(view.name.clone(), &[(t("desk-rules-title"), view.list.clone())], Some(doing.into_any()))}
            {view.refused.clone().map(|words| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
            })}
            <p class="lead">{standing(view.live, view.today)}" "{view.activities.clone()}" · "{view.span.clone()}</p>
            {(view.live && view.may_edit).then(|| view! { <p class="notice">{t("desk-rules-live-said")}</p> })}
            {found(&view.found)}
            {tables}
            {view.may_edit.then(|| further(view))}
        }
        .into_any()
    })
}

fn found(found: &[Found]) -> AnyView {
    if found.is_empty() {
        return view! { <p class="rules-sound">{shape("present")}<span>{t("desk-rules-sound-said")}</span></p> }
            .into_any();
    }
    let items: Vec<_> = found
        .iter()
        .map(|one| {
            let (kind, word) = if one.grave {
                ("alert", t("desk-rules-error"))
            } else {
                ("care", t("desk-rules-warning"))
            };
            view! {
                <li class="notice" data-kind=kind>
                    {shape("alert")}<p class="grow"><strong>{word}</strong>" "{one.words.clone()}</p>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="rules-found" aria-labelledby="controle">
            <h2 id="controle">{t("desk-rules-checked")}</h2>
            <ul role="list">{items}</ul>
        </section>
    }
    .into_any()
}

fn table(view: &ShowPage, block: &TableBlock, edits: bool) -> AnyView {
    let table = block.table;
    let last = block.lines.len();
    let lines: Vec<_> = block
        .lines
        .iter()
        .enumerate()
        .map(|(n, said)| {
            let address = format!("{}/table/{}/{n}", view.at, table.word());
            view! {
                <li>
                    <p>{said.clone()}</p>
                    {edits.then(|| acts(view, table, &address, n, last))}
                </li>
            }
            .into_any()
        })
        .collect();
    let add = format!("{}/table/{}/nouvelle", view.at, table.word());
    view! {
        <section class="rules-table" id=table.word()>
            <h2>{table.said()}</h2>
            <p class="hint">{table.about()}</p>
            <ol>{lines}</ol>
            {(edits && !(table.is_single() && last > 0)).then(|| view! {
                <p class="no-print">
                    <a class="button" href=add>
                        {t("desk-rules-line-add")}<span class="unseen">{table.said()}</span>
                    </a>
                </p>
            })}
        </section>
    }
    .into_any()
}

/// What can be done with a line.
fn acts(view: &ShowPage, table: Table, address: &str, n: usize, last: usize) -> AnyView {
    let place = n + 1;
    let act = |word: &'static str, words: String| {
        view! {
            <button class="button" data-kind="quiet" name="faire" value=word>
                {words}<span class="unseen">{t1("desk-rules-line", "n", place)}</span>
            </button>
        }
        .into_any()
    };
    let single = table.is_single();
    view! {
        <div class="rules-acts no-print">
            <a class="button" data-kind="quiet" href=address.to_owned()>
                {t("desk-rules-line-change")}<span class="unseen">{t1("desk-rules-line", "n", place)}</span>
            </a>
            {(!single).then(|| view! {
                <form method="post" action=format!("{address}/deplacer")>
                    <input type="hidden" name="jeton" value=view.bar.token.clone() />
                    <input type="hidden" name="version" value=view.version.to_string() />
                    {(n > 0).then(|| act("monter", t("desk-rules-line-up")))}
                    {(place < last).then(|| act("descendre", t("desk-rules-line-down")))}
                    {act("supprimer", t("desk-rules-line-remove"))}
                </form>
            })}
        </div>
    }
    .into_any()
}

/// What else can be done with the set.
fn further(view: &ShowPage) -> AnyView {
    let small = |page: &str, title: String, said: String, button: String, primary: bool| {
        view! {
            <section class="further">
                <h2>{title}</h2>
                <p>{said}</p>
                <form method="post" action=format!("{}/{page}", view.at)>
                    <input type="hidden" name="jeton" value=view.bar.token.clone() />
                    <input type="hidden" name="version" value=view.version.to_string() />
                    <button class="button" data-kind=primary.then_some("primary")>{button}</button>
                </form>
            </section>
        }
        .into_any()
    };
    let force = if view.live {
        small(
            "retirer",
            t("desk-rules-retire"),
            t("desk-rules-retire-said"),
            t("desk-rules-retire"),
            false,
        )
    } else {
        small(
            "en-vigueur",
            t("desk-rules-go-live"),
            t("desk-rules-go-live-said"),
            t("desk-rules-go-live"),
            true,
        )
    };
    view! {
        {force}
        {small(
            "dupliquer", t("desk-rules-duplicate"), t("desk-rules-duplicate-said"), t("desk-rules-duplicate"), false,
        )}
        <section class="further">
            <h2>{t("desk-rules-version")}</h2>
            <p>{t("desk-rules-version-said")}</p>
            <p>
                <a class="button" href=format!("{}/version", view.at)>{t("desk-rules-version")}</a>
                {(!view.live).then(|| view! {
                    " "<a class="button" data-kind="quiet" href=format!("{}/supprimer", view.at)>{t("desk-rules-delete")}</a>
                })}
            </p>
        </section>
    }
    .into_any()
}

/// A new version from a date.
#[derive(Clone, Debug)]
pub struct VersionPage {
    /// Who looks.
    pub bar: Bar,
    /// The form.
    pub form: FormState,
    /// The list of sets, then the set.
    pub under: [String; 2],
    /// The set's name.
    pub name: String,
}

/// Draws it.
pub fn version_page(view: &VersionPage) -> String {
    let title = t("desk-rules-version");
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            {form.hidden("id")}
            {form.field(Field::date("du", t("desk-rules-from")).required().hint(t("desk-rules-version-hint")))}
        };
        let under = [
            (t("desk-rules-title"), view.under[0].clone()),
            (view.name.clone(), view.under[1].clone()),
        ];
        let action = format!("{}/version", view.under[1]);
        view! {
            {heading(title, &under, None)}
            <p class="lead">{t("desk-rules-version-said")}</p>
            {form.sheet(&action, Buttons::named(t("desk-rules-version-make")).cancel(&view.under[1]), inside.into_any())}
        }
        .into_any()
    })
}

/// Deleting a draft.
pub fn delete_page(view: &VersionPage) -> String {
    let title = t("desk-rules-delete");
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let under = [
            (t("desk-rules-title"), view.under[0].clone()),
            (view.name.clone(), view.under[1].clone()),
        ];
        let action = format!("{}/supprimer", view.under[1]);
        let word = t("desk-rules-delete-word");
        view! {
            {heading(title, &under, None)}
            {confirm(
                &form, &action, &word, vec![t1("desk-rules-delete-said", "name", view.name.as_str())],
                Buttons::named(t("desk-rules-delete")).cancel(&view.under[1]),
            )}
        }
        .into_any()
    })
}
