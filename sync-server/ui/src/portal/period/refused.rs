//! Why something cannot be, in words.

use leptos::prelude::*;
use shared::operation::Why;

use super::plan::{Because, Fold, Refused, RefusedLine};
use super::short;
use crate::words::{t, t1, with};

/// The reasons, each with its days.
pub(super) fn refused(groups: &[Refused], phone: Option<&str>) -> AnyView {
    let items: Vec<_> = groups.iter().map(|one| group(one, phone)).collect();
    view! { <ul class="period-refused" role="list">{items}</ul> }.into_any()
}

fn group(group: &Refused, phone: Option<&str>) -> AnyView {
    let (words, call) = match &group.because {
        Because::Rule { words, call, .. } => (words.clone(), *call),
        Because::OtherFormula(_) | Because::Nowhere => (None, false),
    };
    let lines: Vec<_> = group.lines.iter().map(line).collect();
    view! {
        <li>
            <h3>{because(&group.because)}" "<span class="period-count">{t1("portal-period-days", "count", group.count)}</span></h3>
            {words.map(|words| view! { <p class="period-rule">{words}</p> })}
            <ul role="list">{lines}</ul>
            {call.then(|| view! {
                <p>{t("portal-period-call")}" "{match phone {
                    Some(phone) => super::super::home::tel(phone),
                    None => t("portal-home-the-town-hall").into_any(),
                }}</p>
            })}
        </li>
    }
    .into_any()
}

fn line(line: &RefusedLine) -> AnyView {
    let mut by_child: Vec<(&str, Vec<&str>)> = Vec::new();
    for (child, activity) in &line.of {
        match by_child.last_mut() {
            Some((last, activities)) if *last == child => activities.push(activity),
            _ => by_child.push((child, vec![activity])),
        }
    }
    let of = by_child
        .into_iter()
        .map(|(child, activities)| match activities.as_slice() {
            [one] => with("portal-period-of", &[("child", child), ("activity", one)]),
            several => format!("{child} ({})", several.join(", ")),
        });
    let of: Vec<String> = of.collect();
    let days: Vec<String> = line.folds.iter().map(days).collect();
    let days = days.join(", ");
    let of = (!of.is_empty()).then(|| {
        let of = of.join(", ");
        view! { <strong>{of}</strong>{t("form-colon")} }
    });
    view! { <li>{of}{days}</li> }.into_any()
}

/// « Léa, cantine ».
pub(super) fn of_whom((child, activity): &(String, String)) -> String {
    with("portal-period-of", &[("child", child), ("activity", activity)])
}

/// « 17 octobre – 1er novembre », or « mardi 20 octobre ».
fn days(fold: &Fold) -> String {
    if fold.from == fold.until {
        shared::words::day(fold.from)
    } else {
        format!("{} – {}", short(fold.from), short(fold.until))
    }
}

/// What stands above the days.
fn because(because: &Because) -> String {
    let (why, number, name) = match because {
        Because::OtherFormula(Some(formula)) => {
            return t1("portal-period-because-formula-named", "formula", formula.as_str());
        }
        Because::OtherFormula(None) => return t("portal-period-because-formula"),
        Because::Nowhere => return t("portal-period-because-nowhere"),
        Because::Rule {
            why, number, name, ..
        } => (*why, *number, name.as_deref()),
    };
    let named = |key: &str, plain: String| match name {
        Some(name) => t1(key, "name", name),
        None => plain,
    };
    match why {
        Why::Deadline => t("portal-period-because-deadline"),
        Why::NotYet => t("portal-period-because-not-yet"),
        Why::WindowClosed => t("portal-period-because-window"),
        Why::Full => t("portal-period-because-full"),
        Why::Limit => match number {
            Some(number) => t1("portal-period-because-limit-of", "count", number),
            None => t("portal-period-because-limit"),
        },
        Why::Excluded => named(
            "portal-period-because-excluded-by",
            t("portal-period-because-excluded"),
        ),
        Why::Needs => named(
            "portal-period-because-needs-other",
            t("portal-period-because-needs"),
        ),
        Why::Age => t("portal-period-because-age"),
        Why::School => t("portal-period-because-school"),
        Why::Class => t("portal-period-because-class"),
        Why::Residence => t("portal-period-because-residence"),
        Why::Documents => named(
            "portal-period-because-document",
            t("portal-period-because-documents"),
        ),
        Why::Unpaid => t("portal-period-because-unpaid"),
        Why::Closed => name.map_or_else(|| t("portal-period-because-closed"), str::to_owned),
        Why::NotOffered => name.map_or_else(|| t("portal-period-because-not-offered"), str::to_owned),
        Why::Left => t("portal-period-because-left"),
        Why::Elsewhere => named(
            "portal-period-because-elsewhere-at",
            t("portal-period-because-elsewhere"),
        ),
        Why::Already => t("portal-period-because-already"),
        Why::PriceChanged => t("portal-period-because-price"),
        Why::NotYours => t("portal-period-because-not-yours"),
        Why::Past => t("portal-period-because-past"),
        Why::NotOnLine => t("portal-period-because-not-on-line"),
        Why::Final => t("portal-period-because-final"),
        Why::With => t("portal-period-because-with"),
    }
}
