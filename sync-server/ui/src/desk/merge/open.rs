//! What stands against the record: both sides beside each other, and a choice.

use leptos::prelude::*;

use crate::desk::frame::token_field;
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// Operations of one kind.
#[derive(Clone, Debug)]
pub struct OpenGroup {
    /// What they are.
    pub kind: String,
    /// The oldest first.
    pub lines: Vec<OpenLine>,
    /// What stands in the field for a note.
    pub note: String,
    /// Why the form was not taken.
    pub trouble: Option<String>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct OpenLine {
    /// What forms send.
    pub name: String,
    /// Of whom or what it speaks.
    pub title: String,
    /// What it stands against.
    pub why: String,
    /// When it was made.
    pub made: String,
    /// Who asked.
    pub who: String,
    /// Both sides, field by field.
    pub fields: Vec<OpenField>,
    /// Whether what was found can be taken.
    pub takeable: bool,
    /// An older one of the same subject is to be settled first.
    pub waits: bool,
    /// Ticked when the form was sent.
    pub ticked: bool,
    /// Why the choice was not taken.
    pub trouble: Option<String>,
}

/// One field of both sides.
#[derive(Clone, Debug)]
pub struct OpenField {
    /// Its name.
    pub name: String,
    /// What was found.
    pub found: Option<String>,
    /// What the record says.
    pub here: Option<String>,
}

pub(super) fn settle(groups: &[OpenGroup], waiting: u64, address: &str, token: &str) -> Option<AnyView> {
    if waiting == 0 {
        return None;
    }
    let troubles = groups
        .iter()
        .flat_map(|group| &group.lines)
        .filter(|line| line.trouble.is_some())
        .count();
    let shown: usize = groups.iter().map(|group| group.lines.len()).sum();
    let left = waiting.saturating_sub(shown as u64);
    let drawn: Vec<_> = groups
        .iter()
        .enumerate()
        .map(|(n, one)| group(one, n, address, token))
        .collect();
    Some(
        view! {
            <section class="merge-part" id="trancher" aria-labelledby="titre-trancher">
                <h2 id="titre-trancher">{t1("merge-open", "count", waiting)}</h2>
                <p class="lead">{t("merge-open-lead")}</p>
                {(troubles > 0).then(|| view! {
                    <div class="notice" data-kind="alert" role="alert" id="erreurs" tabindex="-1">
                        {shape("alert")}<p class="grow">{t1("merge-open-troubles", "count", troubles)}</p>
                    </div>
                })}
                {drawn}
                {(left > 0).then(|| view! { <p class="quiet">{t1("merge-open-more", "count", left)}</p> })}
            </section>
        }
        .into_any(),
    )
}

fn group(group: &OpenGroup, n: usize, address: &str, token: &str) -> AnyView {
    let id = format!("groupe-{n}");
    let several = group.lines.len() > 1;
    let lines: Vec<_> = group
        .lines
        .iter()
        .enumerate()
        .map(|(m, one)| line(one, &format!("{id}-{m}"), several))
        .collect();
    let note = format!("{id}-note");
    let title = with(
        "merge-group",
        &[("kind", &group.kind), ("count", &group.lines.len().to_string())],
    );
    view! {
        <form class="merge-group" method="post" action=format!("{address}/trancher") aria-labelledby=id.clone()>
            {token_field(token)}
            <input type="hidden" name="groupe" value=n.to_string() />
            <h3 id=id.clone()>{title}</h3>
            {group.trouble.clone().map(|trouble| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{trouble}</p></div>
            })}
            <ul class="merge-open" role="list">{lines}</ul>
            <div class="merge-foot">
                <div class="field">
                    <label for=note.clone()>{t("merge-note")}</label>
                    <input class="input" id=note name="note" maxlength="2000" autocomplete="off" value=group.note.clone() />
                </div>
                {several.then(|| view! {
                    <div class="buttons">
                        <button class="button" name="garder" value="coches">{t("merge-keep-ticked")}</button>
                        <button class="button" name="prendre" value="coches">{t("merge-take-ticked")}</button>
                        <button class="button" data-kind="quiet" name="garder" value="tout">{t1("merge-keep-all", "count", group.lines.len())}</button>
                    </div>
                })}
            </div>
        </form>
    }
    .into_any()
}

fn line(line: &OpenLine, id: &str, several: bool) -> AnyView {
    let made = with("merge-open-made", &[("made", &line.made), ("who", &line.who)]);
    let title = if several {
        view! {
            <label class="choice merge-tick">
                <input type="checkbox" name="operation" value=line.name.clone() checked=line.ticked />
                <strong id=id.to_owned()>{line.title.clone()}</strong>
            </label>
        }
        .into_any()
    } else {
        view! { <strong id=id.to_owned()>{line.title.clone()}</strong> }.into_any()
    };
    let keep = format!("{id}-garder");
    let take = format!("{id}-prendre");
    let may_take = line.takeable && !line.waits;
    view! {
        <li class="merge-line">
            {several.then(|| view! { <input type="hidden" name="tous" value=line.name.clone() /> })}
            {title}
            <p class="merge-why">{line.why.clone()}</p>
            <p class="details">{made}</p>
            {sides(line, id)}
            {line.trouble.clone().map(|trouble| view! { <p class="error">{shape("alert")}<span>{trouble}</span></p> })}
            {line.waits.then(|| view! { <p class="details">{t("merge-waits")}</p> })}
            <div class="buttons">
                <button class="button" id=keep.clone() name="garder" value=line.name.clone() aria-labelledby=format!("{keep} {id}")>{t("merge-keep")}</button>
                {may_take.then(|| view! {
                    <button class="button" id=take.clone() name="prendre" value=line.name.clone() aria-labelledby=format!("{take} {id}")>{t("merge-take")}</button>
                })}
            </div>
        </li>
    }
    .into_any()
}

fn sides(line: &OpenLine, id: &str) -> Option<AnyView> {
    if line.fields.is_empty() {
        return None;
    }
    let said = |side: &Option<String>| match side.as_deref() {
        Some(text) if !text.is_empty() => view! { <span>{text.to_owned()}</span> }.into_any(),
        _ => view! { <span class="quiet">{t("merge-nothing-said")}</span> }.into_any(),
    };
    let rows: Vec<_> = line
        .fields
        .iter()
        .map(|field| {
            let differs = field.found != field.here;
            view! {
                <tr data-differs=differs.then_some("yes")>
                    <th scope="row">{field.name.clone()}</th>
                    <td data-label=t("merge-side-here")>{said(&field.here)}</td>
                    <td data-label=t("merge-side-found")>
                        {if differs {
                            view! { <mark>{said(&field.found)}</mark> }.into_any()
                        } else {
                            said(&field.found)
                        }}
                    </td>
                </tr>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <table class="merge-sides" aria-labelledby=id.to_owned()>
                <thead><tr>
                    <th scope="col">{t("merge-side-field")}</th>
                    <th scope="col">{t("merge-side-here")}</th>
                    <th scope="col">{t("merge-side-found")}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    )
}
