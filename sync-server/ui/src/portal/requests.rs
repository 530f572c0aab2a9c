//! Mes demandes.

use leptos::prelude::*;
use shared::ids::RequestId;
use shared::operation::{RequestKind, RequestState};

use super::frame::{Frame, page};
use super::home::tel;
use crate::desk::form::{Buttons, Choice, Field, FormState, FormView, Radios, Select, TextArea};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// A request in a list.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Its id.
    pub id: RequestId,
    /// What it is about.
    pub kind: RequestKind,
    /// First name of the child, where it is about one.
    pub child: Option<String>,
    /// A few words.
    pub title: String,
    /// Where it stands.
    pub state: RequestState,
    /// « 2026-11-23 »: when it last changed.
    pub date: String,
    /// « lundi 23 novembre », « 8 h 30 ».
    pub moment: (String, String),
}

/// The list.
#[derive(Clone, Debug)]
pub struct RequestsPage {
    /// What stands around it.
    pub frame: Frame,
    /// The requests of this page.
    pub rows: Vec<RequestRow>,
    /// Whoever looks may ask.
    pub asks: bool,
    /// Which page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
}

/// The form of a new one.
#[derive(Clone, Debug)]
pub struct NewRequestPage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form.
    pub form: FormState,
    /// What it may be about.
    pub kinds: Vec<Choice>,
    /// The children.
    pub children: Vec<Choice>,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// Whoever looks.
    Own,
    /// The same, to an agent on the telephone.
    ByPhone,
    /// The town hall.
    TownHall,
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct Word {
    /// Who.
    pub voice: Voice,
    /// « 2026-11-23 ».
    pub date: String,
    /// « lundi 23 novembre », « 8 h 30 ».
    pub moment: (String, String),
    /// What.
    pub text: String,
}

/// One request.
#[derive(Clone, Debug)]
pub struct ThreadPage {
    /// What stands around it.
    pub frame: Frame,
    /// What the town calls itself: « mairie ».
    pub label: String,
    /// The request.
    pub row: RequestRow,
    /// What was said, the oldest first.
    pub words: Vec<Word>,
    /// What stands in the form that adds to it.
    pub form: FormState,
    /// Whoever looks may add to it.
    pub asks: bool,
}

/// What a request is about, in words.
pub fn kind_words(kind: RequestKind) -> String {
    match kind {
        RequestKind::File => t("portal-home-request-file"),
        RequestKind::Booking => t("portal-home-request-booking"),
        RequestKind::Bill => t("portal-home-request-bill"),
        RequestKind::Other => t("portal-home-request-other"),
    }
}

/// Where a request stands: shape and word, for a family.
pub(crate) fn state_badge(state: RequestState) -> AnyView {
    let (sign, colour, word) = match state {
        RequestState::Open => ("expected", "expected", t("portal-home-request-open")),
        RequestState::Waiting => ("alert", "absent", t("portal-home-request-waiting")),
        RequestState::Done => ("present", "present", t("portal-home-request-done")),
        RequestState::Refused => ("absent", "absent", t("portal-home-request-refused")),
    };
    view! { <span class="request-state" data-state=colour>{shape(sign)}<span>{word}</span></span> }.into_any()
}

/// Draws the list.
pub fn requests_page(view: &RequestsPage) -> String {
    let title = t("portal-place-requests");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let rows: Vec<_> = view.rows.iter().map(|one| row(frame, one)).collect();
        let none = rows.is_empty();
        let link = |page: usize, words: String| {
            let href = frame.at(&format!("/demandes?page={page}"));
            view! { <a class="button" href=href>{words}</a> }.into_any()
        };
        let newer = (view.page > 1).then(|| link(view.page - 1, t("portal-home-newer")));
        let older = (view.page < view.pages).then(|| link(view.page + 1, t("portal-home-older")));
        view! {
            <h1>{title}</h1>
            {view.asks.then(|| view! {
                <p><a class="button" data-kind="primary" href=frame.at("/demandes/nouvelle")>{t("portal-home-request-new")}</a></p>
            })}
            {none.then(|| view! { <p class="home-quiet">{t("portal-home-requests-none")}</p> })}
            <ul class="requests" role="list">{rows}</ul>
            <nav class="home-pager" aria-label=t("portal-home-pages")>{newer}{older}</nav>
        }
        .into_any()
    })
}

fn about(row: &RequestRow) -> String {
    let kind = kind_words(row.kind);
    match &row.child {
        Some(child) => with("portal-home-request-about", &[("kind", &kind), ("child", child)]),
        None => kind,
    }
}

fn row(frame: &Frame, row: &RequestRow) -> AnyView {
    let (day, hour) = &row.moment;
    let when = with("portal-home-when", &[("day", day), ("hour", hour)]);
    view! {
        <li>
            <p class="request-title"><a href=frame.at(&format!("/demandes/{}", row.id))>{row.title.clone()}</a></p>
            {state_badge(row.state)}
            <p class="home-when">{about(row)}" · "<time datetime=row.date.clone()>{when}</time></p>
        </li>
    }
    .into_any()
}

/// Draws the form.
pub fn new_request_page(view: &NewRequestPage) -> String {
    let title = t("portal-home-request-new");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let token = frame.person.as_ref().map(|person| person.token.clone());
        let token = token.unwrap_or_default();
        let form = FormView::with_token(&view.form, &token);
        let several = !view.children.is_empty();
        let inside = view! {
            {form.hidden("demande")}
            {form.radios(Radios::new("sujet", t("portal-home-request-kind"), &view.kinds))}
            {several.then(|| form.select(
                Select::new("enfant", t("portal-home-request-child"), &view.children).or_none(t("portal-home-request-no-child")),
            ))}
            {form.field(Field::text("titre", t("portal-home-request-title")).hint(t("portal-home-request-title-hint")).required().max(120))}
            {form.text_area(TextArea::new("texte", t("portal-home-request-text"), 6).required())}
        };
        view! {
            <h1>{title}</h1>
            {view.phone.as_deref().map(|phone| view! {
                <p class="home-quiet">{t("portal-home-request-urgent")}" "{tel(phone)}</p>
            })}
            {form.sheet(&frame.at("/demandes/nouvelle"), Buttons::named(t("portal-home-send")).cancel(&frame.at("/demandes")), inside.into_any())}
        }
        .into_any()
    })
}

/// Draws one.
pub fn thread_page(view: &ThreadPage) -> String {
    let title = view.row.title.clone();
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let words: Vec<_> = view.words.iter().map(|one| word(one, &view.label)).collect();
        let next = match view.row.state {
            RequestState::Open => t("portal-home-request-open-then"),
            RequestState::Waiting => t("portal-home-request-waiting-then"),
            RequestState::Done | RequestState::Refused => t("portal-home-request-over-then"),
        };
        view! {
            <p class="crumb"><a href=frame.at("/demandes")>{t("portal-place-requests")}</a></p>
            <h1>{title}</h1>
            <p class="request-about">{state_badge(view.row.state)}" "<span>{about(&view.row)}</span></p>
            <p class="home-quiet">{next}</p>
            <ol class="thread" role="list">{words}</ol>
            {view.asks.then(|| add(view))}
        }
        .into_any()
    })
}

fn add(view: &ThreadPage) -> AnyView {
    let frame = &view.frame;
    let token = frame.person.as_ref().map(|person| person.token.clone());
    let token = token.unwrap_or_default();
    let form = FormView::with_token(&view.form, &token);
    let label = match view.row.state {
        RequestState::Waiting => t("portal-home-request-your-answer"),
        _ => t("portal-home-request-more"),
    };
    let inside = form.text_area(TextArea::new("texte", label, 4).required());
    let action = frame.at(&format!("/demandes/{}", view.row.id));
    form.sheet(&action, Buttons::named(t("portal-home-send")), inside)
}

fn word(word: &Word, label: &str) -> AnyView {
    let who = match word.voice {
        Voice::Own => t("portal-home-voice-own"),
        Voice::ByPhone => t1("portal-home-voice-phone", "label", label),
        Voice::TownHall => t1("portal-home-voice-town", "label", label),
    };
    let side = (word.voice == Voice::TownHall).then_some("town");
    let (day, hour) = &word.moment;
    let when = with("portal-home-when", &[("day", day), ("hour", hour)]);
    view! {
        <li data-voice=side>
            <p class="thread-who"><strong>{who}</strong>" "<time datetime=word.date.clone()>{when}</time></p>
            <p class="thread-text">{word.text.clone()}</p>
        </li>
    }
    .into_any()
}
