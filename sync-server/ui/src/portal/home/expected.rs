//! What is expected of a family, each with the page where it is done.

use leptos::prelude::*;
use shared::ids::RequestId;
use shared::operation::TextKind;

use crate::desk::shapes::shape;
use crate::portal::frame::Frame;
use crate::words::{t, t1};

/// One thing that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text is to be read and accepted.
    Text {
        /// Which.
        kind: TextKind,
        /// Its title.
        title: String,
    },
    /// The town hall asked something back.
    Request {
        /// Of which request.
        id: RequestId,
        /// Its title.
        title: String,
    },
    /// Mails come back from an address.
    Bounced {
        /// Which.
        address: String,
    },
    /// There is no address to write to.
    NoEmail,
    /// There is no number to call.
    NoPhone,
    /// There is one number to call only.
    OnePhone,
}

impl Expected {
    fn said(&self, frame: &Frame, requests_open: bool) -> (String, Option<(String, String)>) {
        let file = || {
            let ask = (
                t("portal-home-tell-us"),
                frame.at("/demandes/nouvelle?sujet=file"),
            );
            requests_open.then_some(ask)
        };
        match self {
            Self::Text { kind, title } => {
                let path = match kind {
                    TextKind::Conditions => "/conditions",
                    _ => "/reglement",
                };
                let go = (t("portal-home-read-accept"), frame.at(path));
                (t1("portal-home-accept", "title", title.as_str()), Some(go))
            }
            Self::Request { id, title } => {
                let go = (t("portal-home-answer"), frame.at(&format!("/demandes/{id}")));
                (t1("portal-home-asked-back", "title", title.as_str()), Some(go))
            }
            Self::Bounced { address } => {
                let go = (t("portal-home-mend-address"), frame.at("/compte/contact"));
                (t1("portal-home-bounced", "address", address.as_str()), Some(go))
            }
            Self::NoEmail => {
                let go = (t("portal-home-give-address"), frame.at("/compte/contact"));
                (t("portal-home-no-email"), Some(go))
            }
            Self::NoPhone => (t("portal-home-no-phone"), file()),
            Self::OnePhone => (t("portal-home-one-phone"), file()),
        }
    }
}

/// Draws all of it; nothing where nothing is expected.
pub(super) fn expected(all: &[Expected], frame: &Frame, requests_open: bool) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let items: Vec<_> = all
        .iter()
        .map(|one| {
            let (words, go) = one.said(frame, requests_open);
            view! {
                <li>
                    {shape("after")}
                    <span class="grow">{words}</span>
                    {go.map(|(words, href)| view! { <a class="button" href=href>{words}</a> })}
                </li>
            }
            .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="home-expected" aria-labelledby="attendu">
                <h2 id="attendu">{t1("portal-home-expected", "count", all.len())}</h2>
                <ul role="list">{items}</ul>
            </section>
        }
        .into_any(),
    )
}
