//! What tablets sent and the server could not take, kept aside for a person to look at.

use leptos::prelude::*;

use super::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct QuarantinePage {
    /// Who looks.
    pub bar: Bar,
    /// What was kept aside, newest first.
    pub kept: Vec<KeptAside>,
    /// Children nobody knew, newest first.
    pub strangers: Vec<Stranger>,
}

/// A child nobody knew.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// What it is called or looks like.
    pub words: String,
    /// « École Jaurès, lundi 23 novembre ».
    pub place: String,
    /// Who it was said to be.
    pub known_as: Option<String>,
    /// Address of the page that says who it is; `None` for whoever may not say.
    pub address: Option<String>,
}

/// One payload.
#[derive(Clone, Debug)]
pub struct KeptAside {
    /// « lundi 23 novembre, 16 h 42 ».
    pub received: String,
    /// The tablet's name; empty when it has none.
    pub tablet: String,
    /// The end of the tablet's id.
    pub tablet_id: String,
    /// The site it was said to be of; empty when we do not know it.
    pub site: String,
    /// « lundi 23 novembre ».
    pub date: String,
    /// The word of the record for why.
    pub reason: String,
    /// Its size.
    pub bytes: u64,
    /// What was decided: the word of the record.
    pub settled: Option<String>,
    /// Address of its page.
    pub address: String,
}

/// Why, in words.
pub(super) fn reason(word: &str) -> String {
    match word {
        "damaged" => t("desk-aside-damaged"),
        "too_large" => t("desk-aside-too-large"),
        "forbidden_change" => t("desk-aside-forbidden-change"),
        "malformed_mark" => t("desk-aside-malformed-mark"),
        "duplicate_sequence" => t("desk-aside-duplicate-sequence"),
        "head_missing" => t("desk-aside-head-missing"),
        "library_fault" => t("desk-aside-library-fault"),
        "withdrawn_device" => t("desk-aside-withdrawn-device"),
        "foreign_site" => t("desk-aside-foreign-site"),
        other => t1("desk-aside-other", "word", other),
    }
}

/// « 812 octets », « 1,2 Ko ».
fn size(bytes: u64) -> String {
    if bytes < 1_000 {
        return t1("desk-bytes", "count", bytes);
    }
    let tenths = bytes.saturating_add(50) / 100;
    t1(
        "desk-kilobytes",
        "size",
        format!("{},{}", tenths / 10, tenths % 10),
    )
}

/// Draws the page.
pub fn quarantine(view: &QuarantinePage) -> String {
    let head = Head {
        title: t("desk-aside-title"),
        reloads: false,
        scripted: false,
    };
    page(head, &view.bar, || {
        let (settled, waiting): (Vec<_>, Vec<_>) = view.kept.iter().partition(|kept| kept.settled.is_some());
        let quiet = waiting.is_empty();
        view! {
            <div class="top"><h1>{t("desk-aside-title")}</h1></div>
            {if quiet {
                view! {
                    <div class="empty"><p><strong>{t("desk-aside-none")}</strong></p><p>{t("desk-aside-none-then")}</p></div>
                }
                .into_any()
            } else {
                view! {
                    <p class="lead">{t("desk-aside-lead")}</p>
                    {table(t("desk-aside-title"), &waiting)}
                    <h2>{t("desk-aside-do")}</h2>
                    <ol class="steps">
                        <li>{t("devices-aside-do-read")}</li>
                        <li>{t("desk-aside-do-compare")}</li>
                        <li>{t("desk-aside-do-host")}</li>
                    </ol>
                }
                .into_any()
            }}
            {strangers(&view.strangers)}
            {(!settled.is_empty()).then(|| view! {
                <h2>{t("devices-aside-settled")}</h2>
                {table(t("devices-aside-settled"), &settled)}
            })}
        }
        .into_any()
    })
}

fn table(caption: String, kept: &[&KeptAside]) -> AnyView {
    let rows: Vec<_> = kept.iter().map(|kept| row(kept)).collect();
    view! {
        <div class="scrolls">
            <table class="list aside-list">
                <caption class="unseen">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("desk-aside-received")}</th>
                        <th scope="col">{t("desk-aside-tablet")}</th>
                        <th scope="col" class="wide">{t("desk-aside-list")}</th>
                        <th scope="col">{t("desk-aside-why")}</th>
                        <th scope="col" class="time">{t("desk-aside-size")}</th>
                        <th scope="col"><span class="unseen">{t("devices-column-do")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The tablet that sent a payload.
pub(super) fn tablet_of(kept: &KeptAside) -> String {
    if kept.tablet.is_empty() {
        t1("desk-aside-tablet-unnamed", "id", kept.tablet_id.as_str())
    } else {
        kept.tablet.clone()
    }
}

fn row(kept: &KeptAside) -> AnyView {
    let site = if kept.site.is_empty() {
        t("desk-aside-site-unknown")
    } else {
        kept.site.clone()
    };
    let list = format!("{site}, {}", kept.date);
    let open = match kept.settled.as_deref() {
        None => t("devices-aside-open"),
        Some("taken") => t("devices-aside-taken"),
        Some(_) => t("devices-aside-left"),
    };
    view! {
        <tr>
            <th scope="row" class="when">{kept.received.clone()}</th>
            <td>{tablet_of(kept)}<span class="narrow details">{list.clone()}</span></td>
            <td class="wide">{list.clone()}</td>
            <td>{reason(&kept.reason)}</td>
            <td class="time">{size(kept.bytes)}</td>
            <td class="doing"><a class="button" href=kept.address.clone()>{open}</a></td>
        </tr>
    }
    .into_any()
}

fn strangers(all: &[Stranger]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let rows: Vec<_> = all
        .iter()
        .map(|stranger| {
            let known = match &stranger.known_as {
                Some(name) => t1("devices-unknown-known", "name", name.as_str()),
                None => t("devices-unknown-open"),
            };
            let say = if stranger.known_as.is_some() {
                t("devices-unknown-correct")
            } else {
                t("devices-unknown-say")
            };
            view! {
                <tr>
                    <th scope="row" class="name"><strong>{stranger.words.clone()}</strong></th>
                    <td>{stranger.place.clone()}</td>
                    <td>{known}</td>
                    <td class="doing">{stranger.address.clone().map(|address| view! { <a class="button" href=address>{say}</a> })}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <h2 id="inconnus">{t("devices-unknown-heading")}</h2>
            <p class="lead">{t("devices-unknown-lead")}</p>
            <div class="scrolls">
                <table class="list strangers">
                    <caption class="unseen">{t("devices-unknown-heading")}</caption>
                    <thead><tr>
                        <th scope="col">{t("devices-unknown-words")}</th>
                        <th scope="col">{t("devices-unknown-place")}</th>
                        <th scope="col">{t("devices-unknown-who")}</th>
                        <th scope="col"><span class="unseen">{t("devices-column-do")}</span></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_written_as_people_read_them() {
        assert_eq!(size(812), "812\u{a0}octets");
        assert_eq!(size(1_249), "1,2\u{a0}Ko");
        assert_eq!(size(1_250), "1,3\u{a0}Ko");
    }
}
