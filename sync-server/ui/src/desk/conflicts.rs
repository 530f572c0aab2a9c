//! Marks that contradict each other: one sentence each, and what to do.

use leptos::prelude::*;

use super::shapes::shape;
use crate::words::{t, t1, with};

/// A contradiction, about a child where one is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// « Martin Léa »; `None` when it is about no child.
    pub child: Option<String>,
    /// What does not agree.
    pub said: Said,
}

/// What does not agree; hours as « 16 h 32 ».
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Here, says one; absent, says the other.
    PresentAndAbsent {
        /// Hour of the arrival or departure.
        present: String,
        /// Hour of the absence.
        absent: String,
    },
    /// A departure without arrival.
    OutBeforeIn {
        /// Its hour.
        out: String,
    },
    /// At two sites at once.
    TwoSites {
        /// One.
        a: String,
        /// The other.
        b: String,
    },
    /// Two corrections of one mark.
    TwoCorrections {
        /// One hour.
        a: String,
        /// The other.
        b: String,
    },
    /// One mark with two values.
    TwoValues,
    /// A tablet's clock jumped, or was doubted.
    ClockJumped {
        /// Hour of the first mark after.
        after: String,
    },
}

/// The sentence of a contradiction.
fn sentence(contradiction: &Contradiction) -> String {
    match &contradiction.said {
        Said::PresentAndAbsent { present, absent } => with(
            "desk-conflict-present-absent",
            &[("present", present), ("absent", absent)],
        ),
        Said::OutBeforeIn { out } => t1("desk-conflict-out-before-in", "out", out.as_str()),
        Said::TwoSites { a, b } => with("desk-conflict-two-sites", &[("a", a), ("b", b)]),
        Said::TwoCorrections { a, b } => with("desk-conflict-two-corrections", &[("a", a), ("b", b)]),
        Said::TwoValues => t("desk-conflict-two-values"),
        Said::ClockJumped { after } => t1("desk-conflict-clock", "after", after.as_str()),
    }
}

/// Draws them.
pub(super) fn conflicts(all: &[Contradiction], decide: &str) -> impl IntoView + use<> {
    let decide = decide.to_owned();
    (!all.is_empty()).then(move || {
        let items: Vec<_> = all
            .iter()
            .map(|one| {
                view! {
                    <li>
                        {one.child.clone().map(|child| view! { <strong>{child}</strong>"\u{a0}: " })}
                        {sentence(one)}
                    </li>
                }
                .into_any()
            })
            .collect();
        view! {
            <section class="notice conflicts" data-kind="care" aria-labelledby="contradictions">
                {shape("alert")}
                <div class="grow">
                    <h3 id="contradictions">{t1("desk-conflicts", "count", all.len())}</h3>
                    <ul>{items}</ul>
                    <p>{t("desk-conflicts-then")}" "<a href=decide>{t("discrepancy-of-list")}</a></p>
                </div>
            </section>
        }
    })
}
