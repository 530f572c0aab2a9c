//! What came back, site by site and tablet by tablet: the part that stays live.

use leptos::prelude::*;

use crate::desk::devices::name_of;
use crate::desk::shapes::shape;
use crate::words::{t, t1, with, with_args};
use shared::words::FluentArgs;

/// What is fetched again when something changed.
#[derive(Clone, Debug)]
pub struct RecoveryBoard {
    /// Its address.
    pub address: String,
    /// The point of the journal it shows, as `BRANCH:SEQ`.
    pub head: String,
    /// « 16 h 42 ».
    pub as_of: String,
    /// The sites.
    pub sites: Vec<SiteLine>,
    /// Tablets that are still waited for.
    pub awaited: usize,
    /// All tablets that count.
    pub tablets: usize,
    /// Taps of tablets nobody knows.
    pub of_unknown: u64,
    /// Payloads kept aside since, and those that wait for a person.
    pub aside: (u64, u64),
    /// Proposals that wait.
    pub proposals: usize,
}

/// A site.
#[derive(Clone, Debug)]
pub struct SiteLine {
    /// Its name.
    pub name: String,
    /// Taps made before and handed back since.
    pub marks: u64,
    /// Day lists handed back.
    pub lists: u64,
    /// Its tablets.
    pub tablets: Vec<TabletRow>,
}

/// A tablet.
#[derive(Clone, Debug)]
pub struct TabletRow {
    /// Its name; empty when it has none.
    pub name: String,
    /// The end of its id.
    pub end: String,
    /// « aujourd’hui, 16 h 42 »; `None` when it was not heard of since.
    pub contact: Option<String>,
    /// Taps it handed back: its own, then those of others.
    pub marks: (u64, u64),
    /// Day lists it handed back.
    pub lists: u64,
    /// « écriture n° 1 234, aujourd’hui, 16 h 42 »: the journal entry and the moment.
    pub agreed: Option<(u64, String)>,
    /// What is to be said.
    pub verdict: Verdict,
    /// Where it can be given up, for whom that may be.
    pub waive: Option<String>,
}

/// What is to be said of a tablet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both hold the same.
    AllBack,
    /// Enrolled since.
    New,
    /// Withdrawn.
    Withdrawn,
    /// Waited for no longer, and why.
    Waived(String),
    /// Not compared yet.
    Comparing,
    /// It owes so many taps.
    Owes(u64),
    /// Not heard of since.
    NotSeen,
}

impl Verdict {
    /// Its shape, and the state its colour is of.
    fn look(&self) -> (&'static str, &'static str) {
        match self {
            Self::AllBack | Self::New => ("present", "present"),
            Self::Withdrawn | Self::Waived(_) => ("absent", "expected"),
            Self::Comparing => ("expected", "expected"),
            Self::Owes(_) | Self::NotSeen => ("alert", "absent"),
        }
    }

    fn words(&self) -> String {
        match self {
            Self::AllBack => t("recovery-verdict-all"),
            Self::New => t("recovery-verdict-new"),
            Self::Withdrawn => t("recovery-verdict-withdrawn"),
            Self::Waived(reason) => t1("recovery-verdict-waived", "reason", reason.as_str()),
            Self::Comparing => t("recovery-verdict-comparing"),
            Self::Owes(count) => t1("recovery-verdict-owes", "count", *count),
            Self::NotSeen => t("recovery-verdict-not-seen"),
        }
    }

    fn is_settled(&self) -> bool {
        matches!(
            self,
            Self::AllBack | Self::New | Self::Withdrawn | Self::Waived(_)
        )
    }
}

/// Draws what changes, alone.
pub fn board_fragment(board: &RecoveryBoard) -> String {
    Owner::new().with(|| fragment(board).to_html())
}

pub(super) fn fragment(board: &RecoveryBoard) -> impl IntoView + use<> {
    let mut args = FluentArgs::new();
    args.set("awaited", board.awaited);
    args.set("tablets", board.tablets);
    let sites: Vec<_> = board.sites.iter().map(site).collect();
    let none = board.tablets == 0;
    view! {
        <div id="board" data-address=board.address.clone() data-head=board.head.clone()>
            <p class="recovery-sum" data-state=if board.awaited == 0 && !none { "present" } else { "absent" }>
                {shape(if board.awaited == 0 && !none { "present" } else { "alert" })}
                <span>{if none { t("recovery-no-tablet") } else { with_args("recovery-sum", &args) }}</span>
            </p>
            {notes(board)}
            {table(sites)}
            <p class="as-of">{t1("desk-as-of", "at", board.as_of.as_str())}</p>
        </div>
    }
}

fn notes(board: &RecoveryBoard) -> AnyView {
    view! {
            <ul class="recovery-notes">
                {(board.proposals > 0).then(|| view! {
                    <li><a href="#propositions">{t1("recovery-sum-proposals", "count", board.proposals)}</a></li>
                })}
                {(board.of_unknown > 0).then(|| view! { <li>{t1("recovery-of-unknown", "count", board.of_unknown)}</li> })}
                {(board.aside.0 > 0).then(|| view! { <li>{aside(board.aside)}</li> })}
            </ul>
    }
    .into_any()
}

fn table(sites: Vec<AnyView>) -> AnyView {
    view! {
            <div class="scrolls" tabindex="0" role="region" aria-label=t("recovery-tablets")>
                <table class="list recovery-tablets">
                    <caption class="unseen">{t("recovery-tablets")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("recovery-column-tablet")}</th>
                            <th scope="col">{t("recovery-column-state")}</th>
                            <th scope="col" class="wide">{t("recovery-column-contact")}</th>
                            <th scope="col" class="number">{t("recovery-column-marks")}</th>
                            <th scope="col" class="number wide">{t("recovery-column-lists")}</th>
                            <th scope="col" class="wide">{t("recovery-column-agreed")}</th>
                        </tr>
                    </thead>
                    {sites}
                </table>
            </div>
    }
    .into_any()
}

fn aside((all, waiting): (u64, u64)) -> String {
    let mut args = FluentArgs::new();
    args.set("all", all);
    args.set("waiting", waiting);
    with_args("recovery-aside", &args)
}

fn site(site: &SiteLine) -> AnyView {
    let open = site.tablets.iter().filter(|t| !t.verdict.is_settled()).count();
    let said = if site.tablets.is_empty() {
        t("recovery-site-none")
    } else if open == 0 {
        t("recovery-site-all")
    } else {
        t1("recovery-site-open", "count", open)
    };
    let rows: Vec<_> = site.tablets.iter().map(row).collect();
    view! {
        <tbody>
            <tr class="place">
                <th scope="rowgroup" colspan="2">{site.name.clone()}<span class="details">{said}</span></th>
                <td class="wide"></td>
                <td class="number">{site.marks}</td>
                <td class="number wide">{site.lists}</td>
                <td class="wide"></td>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

fn row(tablet: &TabletRow) -> AnyView {
    let name = name_of(&tablet.name, &tablet.end);
    let (own, others) = tablet.marks;
    let (sign, state) = tablet.verdict.look();
    let agreed = match &tablet.agreed {
        Some((seq, at)) => with("recovery-agreed", &[("seq", &seq.to_string()), ("at", at)]),
        None => t("recovery-not-agreed"),
    };
    let contact = tablet.contact.clone().unwrap_or_else(|| t("recovery-never"));
    view! {
        <tr>
            <th scope="row" class="name">
                <strong>{name.clone()}</strong>
                <span class="details narrow-only">{contact.clone()}</span>
            </th>
            <td>
                <span class="verdict" data-state=state>{shape(sign)}<span>{tablet.verdict.words()}</span></span>
                {tablet.waive.clone().map(|address| view! {
                    <a class="no-print recovery-waive" href=address aria-label=t1("recovery-waive-this", "tablet", name.as_str())>
                        {t("recovery-waive")}
                    </a>
                })}
            </td>
            <td class="wide">{contact}</td>
            <td class="number">
                {own + others}
                {(others > 0).then(|| view! { <span class="details">{t1("recovery-marks-others", "count", others)}</span> })}
            </td>
            <td class="number wide">{tablet.lists}</td>
            <td class="wide">{agreed}</td>
        </tr>
    }
    .into_any()
}
