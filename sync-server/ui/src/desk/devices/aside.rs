//! One payload that was kept aside: what it says, and what becomes of it.

use leptos::prelude::*;
use shared::mark::Reason;

use crate::desk::form::heading;
use crate::desk::frame::{Bar, Head, page, token_field};
use crate::desk::quarantine::{KeptAside, reason, tablet_of};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct AsidePage {
    /// Who looks.
    pub bar: Bar,
    /// The payload.
    pub kept: KeptAside,
    /// What could be read in it, in order of time.
    pub lines: Vec<AsideLine>,
    /// How many of them are stored already.
    pub already: usize,
    /// Where the decision goes; `None` for whoever may not decide.
    pub action: Option<String>,
    /// What was decided meanwhile by somebody else, in words.
    pub trouble: Option<String>,
}

/// A readable mark.
#[derive(Clone, Debug)]
pub struct AsideLine {
    /// « Martin Léa »; empty when nobody knows the child, or the whole list is meant.
    pub child: String,
    /// The activity; empty where none is named.
    pub activity: String,
    /// What happened.
    pub said: SaidMark,
    /// « lundi 23 novembre, 16 h 42 ».
    pub at: String,
    /// It is stored already.
    pub known: bool,
}

/// What a mark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaidMark {
    /// An arrival.
    In,
    /// A departure.
    Out,
    /// An absence.
    Absent(Reason),
    /// The list was closed over so many children.
    Close(usize),
    /// The list was opened again.
    Reopen,
    /// A time was corrected to this one.
    Correct(String),
    /// A mark was undone.
    Void,
    /// A memo.
    Note,
    /// Somebody was taken on for the day.
    Welcome,
    /// A child nobody knew, with the words about it.
    Stranger(String),
    /// Sent to this site.
    Transfer(String),
}

/// What a mark says, in words.
pub fn mark_words(said: &SaidMark) -> String {
    match said {
        SaidMark::In => t("devices-mark-in"),
        SaidMark::Out => t("devices-mark-out"),
        SaidMark::Absent(reason) => t1("devices-mark-absent", "reason", why(*reason)),
        SaidMark::Close(count) => t1("devices-mark-close", "count", *count),
        SaidMark::Reopen => t("devices-mark-reopen"),
        SaidMark::Correct(at) => t1("devices-mark-correct", "at", at.as_str()),
        SaidMark::Void => t("devices-mark-void"),
        SaidMark::Note => t("devices-mark-note"),
        SaidMark::Welcome => t("devices-mark-welcome"),
        SaidMark::Stranger(words) => t1("devices-mark-stranger", "words", words.as_str()),
        SaidMark::Transfer(site) => t1("devices-mark-transfer", "site", site.as_str()),
    }
}

fn why(reason: Reason) -> String {
    match reason {
        Reason::Unjustified => t("devices-reason-unjustified"),
        Reason::Announced => t("devices-reason-announced"),
        Reason::Illness => t("devices-reason-illness"),
        Reason::Family => t("devices-reason-family"),
        Reason::School => t("devices-reason-school"),
        Reason::Other => t("devices-reason-other"),
    }
}

/// Draws the page.
pub fn aside_page(view: &AsidePage) -> String {
    let title = t1("devices-aside-title", "tablet", tablet_of(&view.kept));
    page(Head::titled(title.clone()), &view.bar, || {
        let back = format!("/{}/gestion/quarantaine", view.bar.slug);
        let kept = &view.kept;
        let rows: Vec<_> = view.lines.iter().map(row).collect();
        let none = rows.is_empty();
        view! {
            {heading(title, &[(t("desk-aside-title"), back.clone())], None)}
            {view.trouble.clone().map(|words| view! {
                <div class="notice" data-kind="alert" role="alert">{shape("alert")}<p class="grow">{words}</p></div>
            })}
            <dl class="facts">
                <div><dt>{t("desk-aside-received")}</dt><dd>{kept.received.clone()}</dd></div>
                <div><dt>{t("desk-aside-list")}</dt><dd>{format!("{}, {}", kept.site, kept.date)}</dd></div>
                <div><dt>{t("desk-aside-why")}</dt><dd>{reason(&kept.reason)}</dd></div>
            </dl>
            {if none {
                view! {
                    <div class="empty">
                        <p><strong>{t("devices-aside-unreadable")}</strong></p><p>{t("devices-aside-unreadable-then")}</p>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <p class="lead">{t1("devices-aside-lines", "count", view.lines.len())}" "{t1("devices-aside-already", "count", view.already)}</p>
                    <div class="scrolls">
                        <table class="list aside-lines">
                            <caption class="unseen">{t("devices-aside-caption")}</caption>
                            <thead><tr>
                                <th scope="col">{t("devices-aside-child")}</th>
                                <th scope="col">{t("devices-aside-said")}</th>
                                <th scope="col">{t("devices-aside-activity")}</th>
                                <th scope="col">{t("devices-aside-at")}</th>
                                <th scope="col">{t("devices-aside-state")}</th>
                            </tr></thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </div>
                }
                .into_any()
            }}
            {decision(view, none)}
        }
        .into_any()
    })
}

fn row(line: &AsideLine) -> AnyView {
    let child = if line.child.is_empty() {
        t("devices-aside-nobody")
    } else {
        line.child.clone()
    };
    let state = if line.known {
        t("devices-aside-stored")
    } else {
        t("devices-aside-new")
    };
    view! {
        <tr data-known=line.known.then_some("true")>
            <th scope="row" class="name">{child}</th>
            <td>{mark_words(&line.said)}</td>
            <td>{line.activity.clone()}</td>
            <td>{line.at.clone()}</td>
            <td>{state}</td>
        </tr>
    }
    .into_any()
}

/// Two buttons, each with what it does.
fn decision(view: &AsidePage, none: bool) -> AnyView {
    if let Some(settled) = &view.kept.settled {
        let words = if settled == "taken" {
            t("devices-aside-was-taken")
        } else {
            t("devices-aside-was-left")
        };
        return view! { <p class="notice" data-kind="done">{shape("present")}<span class="grow">{words}</span></p> }
            .into_any();
    }
    let Some(action) = view.action.clone() else {
        return view! { <p class="quiet">{t("devices-aside-not-yours")}</p> }.into_any();
    };
    view! {
        <form class="decide no-print" method="post" action=action>
            {token_field(&view.bar.token)}
            {(!none).then(|| view! {
                <div>
                    <button class="button" data-kind="primary" name="choix" value="prendre" aria-describedby="prendre-aide">
                        {t("devices-aside-take")}
                    </button>
                    <p class="hint" id="prendre-aide">{t("devices-aside-take-hint")}</p>
                </div>
            })}
            <div>
                <button class="button" name="choix" value="laisser" aria-describedby="laisser-aide">
                    {t("devices-aside-leave")}
                </button>
                <p class="hint" id="laisser-aide">{t("devices-aside-leave-hint")}</p>
            </div>
        </form>
    }
    .into_any()
}
