//! One outage: its span, and tablet by tablet what was made off line, what came back and when.

use leptos::prelude::*;
use shared::operation::OutageCause;
use shared::words::FluentArgs;

use super::list::{OutageLine, said};
use super::words::{cause_words, length_words};
use crate::desk::devices::name_of;
use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with, with_args};

/// The page.
#[derive(Clone, Debug)]
pub struct OutagePage {
    /// Who looks.
    pub bar: Bar,
    /// The outage.
    pub line: OutageLine,
    /// The list.
    pub list: String,
    /// Where it is changed, for whoever may.
    pub edit: Option<String>,
    /// The same as a file.
    pub file: String,
    /// What followed a loss, where this is one.
    pub recovery: Option<String>,
    /// All tablets together.
    pub sum: Sum,
    /// The tablets that it touched, those that owe something first.
    pub tablets: Vec<TabletLine>,
}

/// All tablets together.
#[derive(Clone, Debug, Default)]
pub struct Sum {
    /// Taps made off line that are here.
    pub back: u64,
    /// Taps that tablets say they still hold.
    pub owed: u64,
    /// Of those here, how many came from the lost disk.
    pub from_disk: u64,
    /// Tablets from which more may come.
    pub awaited: usize,
    /// « à 18 h 40 » or « le mardi 24 novembre à 8 h 12 »: when the last one came back.
    pub last: Option<String>,
}

/// A tablet.
#[derive(Clone, Debug, Default)]
pub struct TabletLine {
    /// Its name; empty where it has none.
    pub name: String,
    /// The end of its id.
    pub end: String,
    /// Names of its sites.
    pub sites: String,
    /// Taps made off line that are here.
    pub made: u64,
    /// When the first and the last of them were made.
    pub made_span: Option<[String; 2]>,
    /// When the first and the last of them came back.
    pub back_span: Option<[String; 2]>,
    /// How many of them other tablets handed in, each with its name.
    pub by_others: Vec<(String, u64)>,
    /// How many came from the lost disk.
    pub from_disk: u64,
    /// What it said that it still holds.
    pub owed: Option<u64>,
    /// When it was last heard of.
    pub heard: Option<String>,
    /// It was not heard of since the outage ended, or holds something.
    pub awaited: bool,
    /// Its rights were taken away.
    pub withdrawn: bool,
}

/// The sentence for whoever has one minute.
fn sentence(sum: &Sum) -> String {
    let made = sum.back + sum.owed;
    if made == 0 {
        return t("outages-sum-none");
    }
    let mut args = FluentArgs::new();
    args.set("made", made);
    args.set("back", sum.back);
    match &sum.last {
        Some(last) => {
            args.set("last", last.clone());
            with_args("outages-sum", &args)
        }
        None => with_args("outages-sum-nothing-back", &args),
    }
}

/// Draws the page.
pub fn outage_page(view: &OutagePage) -> String {
    let title = view.line.title();
    page(Head::titled(title.clone()), &view.bar, || {
        let doing = view! {
            {view.edit.clone().map(|address| view! { <a class="button" href=address>{t("outages-change")}</a> })}
            <a class="button" href=view.file.clone()>{t("outages-file")}</a>
            <button class="button" type="button" data-print hidden>{t("desk-print")}</button>
        };
        let loss = view.line.cause == OutageCause::Loss;
        let about = if loss {
            t("outages-about-loss")
        } else {
            t("outages-about-made")
        };
        view! {
            {heading(title, &[(t("outages-title"), view.list.clone())], Some(doing.into_any()))}
            {sum(&view.sum)}
            {facts(&view.line)}
            {view.recovery.clone().map(|address| view! { <p class="no-print"><a href=address>{t("outages-recovery")}</a></p> })}
            {table(&view.tablets)}
            <p class="quiet">{about}</p>
        }
        .into_any()
    })
}

fn sum(of: &Sum) -> AnyView {
    let settled = of.awaited == 0;
    let (sign, state) = if settled {
        ("present", "present")
    } else {
        ("alert", "absent")
    };
    let more = if settled {
        t("outages-complete")
    } else {
        t1("outages-awaited", "count", of.awaited)
    };
    view! {
        <div class="outages-sum" data-state=state>
            {shape(sign)}
            <div>
                <p class="outages-sentence">{sentence(of)}</p>
                <p>{more}</p>
                {(of.from_disk > 0).then(|| view! { <p>{t1("outages-disk-sum", "count", of.from_disk)}</p> })}
            </div>
        </div>
    }
    .into_any()
}

fn facts(line: &OutageLine) -> AnyView {
    let note = if line.cause == OutageCause::Loss {
        t("outages-source")
    } else {
        t("outages-note")
    };
    view! {
        <dl class="facts outages-facts">
            <div><dt>{t("outages-column-from")}</dt><dd>{line.from.clone()}</dd></div>
            <div><dt>{t("outages-column-until")}</dt><dd>{line.until_words()}</dd></div>
            <div><dt>{t("outages-column-length")}</dt><dd>{length_words(line.length_ms)}</dd></div>
            <div><dt>{t("outages-column-what")}</dt><dd>{cause_words(line.cause)}</dd></div>
            <div><dt>{t("outages-column-where")}</dt><dd>{line.place()}</dd></div>
            {(!line.note.is_empty()).then(|| view! { <div><dt>{note}</dt><dd class="outages-note">{line.note.clone()}</dd></div> })}
        </dl>
    }
    .into_any()
}

fn table(tablets: &[TabletLine]) -> AnyView {
    if tablets.is_empty() {
        return view! { <div class="empty"><p><strong>{t("outages-no-tablets")}</strong></p></div> }
            .into_any();
    }
    let rows: Vec<_> = tablets.iter().map(row).collect();
    view! {
        <h2 class="outages-tablets-title">{t("outages-tablets")}</h2>
        <table class="records outages-tablets">
            <caption class="unseen">{t("outages-tablets")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("outages-column-tablet")}</th>
                    <th scope="col">{t("outages-column-made")}</th>
                    <th scope="col">{t("outages-column-back")}</th>
                    <th scope="col">{t("outages-column-owed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn span_words(span: &[String; 2]) -> String {
    let [first, last] = span;
    if first == last {
        first.clone()
    } else {
        with("outages-span", &[("first", first), ("last", last)])
    }
}

/// What is still to be expected of a tablet: shape, state and words.
fn owed_words(tablet: &TabletLine) -> (&'static str, &'static str, String) {
    match tablet.owed {
        _ if tablet.withdrawn => ("absent", "expected", t("outages-withdrawn")),
        Some(count) if count > 0 => ("alert", "absent", t1("devices-owed", "count", count)),
        Some(_) if !tablet.awaited => ("present", "present", t("devices-owed-none")),
        _ => ("alert", "absent", t("outages-not-heard")),
    }
}

fn detail(words: String) -> AnyView {
    view! { <span class="outages-said">{words}</span> }.into_any()
}

fn by_other((name, count): &(String, u64)) -> AnyView {
    let mut args = FluentArgs::new();
    args.set("count", *count);
    args.set("tablet", name.clone());
    detail(with_args("outages-by-other", &args))
}

fn row(tablet: &TabletLine) -> AnyView {
    let (sign, state, owed) = owed_words(tablet);
    let none = tablet.made == 0;
    let made = if none {
        t("outages-nothing")
    } else {
        t1("outages-taps", "count", tablet.made)
    };
    let back = if none {
        "–".to_owned()
    } else {
        t1("outages-taps", "count", tablet.made)
    };
    let heard = match &tablet.heard {
        Some(at) => t1("outages-heard", "at", at.as_str()),
        None => t("outages-never-heard"),
    };
    let others: Vec<_> = tablet.by_others.iter().map(by_other).collect();
    view! {
        <tr>
            <th scope="row"><strong>{name_of(&tablet.name, &tablet.end)}</strong>{detail(tablet.sites.clone())}</th>
            <td>{said(t("outages-column-made"))}{made}{tablet.made_span.as_ref().map(|span| detail(span_words(span)))}</td>
            <td>
                {said(t("outages-column-back"))}{back}
                {tablet.back_span.as_ref().map(|span| detail(span_words(span)))}
                {others}
                {(tablet.from_disk > 0).then(|| detail(t1("outages-disk", "count", tablet.from_disk)))}
            </td>
            <td>
                {said(t("outages-column-owed"))}
                <span class="owed" data-state=state>{shape(sign)}{owed}</span>
                {detail(heard)}
            </td>
        </tr>
    }
    .into_any()
}
