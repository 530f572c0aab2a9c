//! What families ask.

use leptos::prelude::*;
use shared::operation::{RequestKind, RequestState};

use super::form::{
    Address, Buttons, Choice, Field, FormState, FormView, Radios, Select, TextArea, filters, head, heading,
    pager,
};
use super::frame::{Bar, Head, page};
use super::shapes::shape;
use crate::portal::requests::kind_words as words_of_families;
use crate::words::{t, t1, with};

/// A request in the queue.
#[derive(Clone, Debug)]
pub struct RequestLine {
    /// Where it is.
    pub address: String,
    /// What it is about.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// A few words.
    pub title: String,
    /// Who asks; empty where its file is gone.
    pub who: String,
    /// First name of the child, where it is about one.
    pub child: Option<String>,
    /// « lundi 23 novembre »: when it last changed.
    pub day: String,
    /// « 8 h 30 ».
    pub hour: String,
}

/// The queue.
#[derive(Clone, Debug)]
pub struct QueuePage {
    /// Who looks.
    pub bar: Bar,
    /// The address of this page.
    pub address: Address,
    /// What is asked for.
    pub form: FormState,
    /// States to choose from.
    pub states: Vec<Choice>,
    /// Subjects to choose from.
    pub kinds: Vec<Choice>,
    /// The requests of this page.
    pub rows: Vec<RequestLine>,
    /// How many there are in all.
    pub total: usize,
    /// Which page.
    pub page: usize,
    /// Requests on a page.
    pub size: usize,
    /// Where one is noted for a family.
    pub new: String,
}

/// Who asks.
#[derive(Clone, Debug, Default)]
pub struct Asker {
    /// Name; empty where its file is gone.
    pub name: String,
    /// The name on the household's file.
    pub household: String,
    /// Where that is.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Contact e-mail.
    pub email: Option<String>,
}

/// Something that was said.
#[derive(Clone, Debug)]
pub struct RequestWord {
    /// Who, of the town hall; nobody where the family speaks.
    pub agent: Option<String>,
    /// It was noted for the family.
    pub by_phone: bool,
    /// « lundi 23 novembre ».
    pub day: String,
    /// « 8 h 30 ».
    pub hour: String,
    /// What.
    pub text: String,
}

/// One request.
#[derive(Clone, Debug)]
pub struct RequestPage {
    /// Who looks.
    pub bar: Bar,
    /// Where the queue is.
    pub queue: String,
    /// Where an answer goes.
    pub action: String,
    /// What it is about.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// A few words.
    pub title: String,
    /// Who asks.
    pub asker: Asker,
    /// The child: name and card.
    pub child: Option<(String, String)>,
    /// What was said, the oldest first.
    pub words: Vec<RequestWord>,
    /// What an answer makes of it.
    pub answers: Vec<Choice>,
    /// What stands in the form.
    pub form: FormState,
}

/// Somebody who may be calling.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Where the form for them is.
    pub address: String,
    /// Name.
    pub name: String,
    /// The name on the household's file.
    pub household: String,
}

/// Noting one for a family.
#[derive(Clone, Debug)]
pub struct NotePage {
    /// Who looks.
    pub bar: Bar,
    /// Where the queue is.
    pub queue: String,
    /// The address of this page.
    pub action: String,
    /// What was searched for, while nobody is chosen.
    pub query: Option<String>,
    /// Who was found.
    pub callers: Vec<Caller>,
    /// Who calls.
    pub who: Option<String>,
    /// Subjects to choose from.
    pub kinds: Vec<Choice>,
    /// Children to choose from.
    pub children: Vec<Choice>,
    /// What stands in the form.
    pub form: FormState,
}

/// What a request is about, in words.
pub fn kind_words(kind: RequestKind) -> String {
    words_of_families(kind)
}

/// Where a request stands, for the town hall.
pub fn state_words(state: RequestState) -> String {
    match state {
        RequestState::Open => t("requests-open"),
        RequestState::Waiting => t("requests-waiting"),
        RequestState::Done => t("requests-done"),
        RequestState::Refused => t("requests-refused"),
    }
}

/// What an answer makes of a request.
pub fn settled_words(state: RequestState) -> String {
    match state {
        RequestState::Open | RequestState::Waiting => t("requests-to-waiting"),
        RequestState::Done => t("requests-to-done"),
        RequestState::Refused => t("requests-to-refused"),
    }
}

/// The word of the filter that shows all.
pub fn all_words() -> String {
    t("requests-all")
}

fn badge(state: RequestState) -> AnyView {
    let (sign, colour) = match state {
        RequestState::Open => ("expected", "expected"),
        RequestState::Waiting => ("before", "left"),
        RequestState::Done => ("present", "present"),
        RequestState::Refused => ("absent", "absent"),
    };
    view! { <span class="requests-state" data-state=colour>{shape(sign)}<span>{state_words(state)}</span></span> }
        .into_any()
}

/// Draws the queue.
pub fn queue_page(view: &QueuePage) -> String {
    page(Head::titled(t("requests-title")), &view.bar, || {
        let form = FormView::of_filters(&view.form);
        let fields = view! {
            {form.select(Select::new("etat", t("requests-state"), &view.states))}
            {form.select(Select::new("sujet", t("requests-kind"), &view.kinds).or_none(t("requests-all")))}
        };
        let doing = view! { <a class="button" href=view.new.clone()>{t("requests-note")}</a> };
        let rows: Vec<_> = view.rows.iter().map(row).collect();
        let inside = if rows.is_empty() {
            view! { <div class="empty"><p>{t("requests-none")}</p></div> }.into_any()
        } else {
            view! {
                <section class="sheet whole">
                    <table class="list requests-list">
                        <thead>
                            <tr>
                                <th scope="col">{t("requests-request")}</th>
                                <th scope="col">{t("requests-state")}</th>
                                <th scope="col" class="wide">{t("requests-since")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
            }
            .into_any()
        };
        view! {
            {heading(t("requests-title"), &[], Some(doing.into_any()))}
            {filters(&view.address, &[], fields.into_any())}
            <p class="as-of" role="status">{t1("requests-count", "count", view.total)}</p>
            {inside}
            {pager(&view.address, view.page, view.size, view.total)}
        }
        .into_any()
    })
}

fn row(row: &RequestLine) -> AnyView {
    let mut about: Vec<String> = vec![kind_words(row.kind)];
    about.extend(row.child.clone());
    about.extend((!row.who.is_empty()).then(|| row.who.clone()));
    let when = with("requests-when", &[("day", &row.day), ("hour", &row.hour)]);
    view! {
        <tr>
            <th scope="row">
                <a href=row.address.clone()>{row.title.clone()}</a>
                <span class="why">{about.join(" · ")}</span>
                <span class="narrow details">{when.clone()}</span>
            </th>
            <td>{badge(row.state)}</td>
            <td class="wide details">{when}</td>
        </tr>
    }
    .into_any()
}

/// Draws one.
pub fn request_page(view: &RequestPage) -> String {
    page(head(view.title.clone(), &view.form), &view.bar, || {
        let words: Vec<_> = view.words.iter().map(|one| word(one, &view.asker)).collect();
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            {form.text_area(TextArea::new("texte", t("requests-answer"), 5).hint(t("requests-answer-hint")).required())}
            {form.radios(Radios::new("etat", t("requests-then"), &view.answers))}
        };
        view! {
            {heading(view.title.clone(), &[(t("requests-title"), view.queue.clone())], None)}
            <p>{badge(view.state)}</p>
            {about(view)}
            <ol class="requests-thread" role="list">{words}</ol>
            {form.sheet(&view.action, Buttons::named(t("requests-send")), inside.into_any())}
        }
        .into_any()
    })
}

fn about(view: &RequestPage) -> AnyView {
    let asker = &view.asker;
    let who = match (&asker.address, asker.name.is_empty()) {
        (Some(address), false) => view! {
            <a href=address.clone()>{asker.name.clone()}</a>" "<span class="details">{t1("requests-household", "name", asker.household.as_str())}</span>
        }
        .into_any(),
        _ => view! { {t("requests-file-gone")} }.into_any(),
    };
    let ways: Vec<&str> = [&asker.phone, &asker.email]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let ways = ways.join(" · ");
    view! {
        <dl class="requests-about">
            <div><dt>{t("requests-who")}</dt><dd>{who}</dd></div>
            {(!ways.is_empty()).then(|| view! { <div><dt>{t("requests-reach")}</dt><dd>{ways}</dd></div> })}
            <div><dt>{t("requests-kind")}</dt><dd>{kind_words(view.kind)}</dd></div>
            {view.child.clone().map(|(name, address)| view! {
                <div><dt>{t("requests-child")}</dt><dd><a href=address>{name}</a></dd></div>
            })}
        </dl>
    }
    .into_any()
}

fn word(word: &RequestWord, asker: &Asker) -> AnyView {
    let who = match (&word.agent, word.by_phone) {
        (Some(agent), true) => t1("requests-by-phone", "agent", agent.as_str()),
        (Some(agent), false) => agent.clone(),
        (None, _) if asker.name.is_empty() => t("requests-family"),
        (None, _) => asker.name.clone(),
    };
    let side = (word.agent.is_some() && !word.by_phone).then_some("town");
    let when = with("requests-when", &[("day", &word.day), ("hour", &word.hour)]);
    view! {
        <li data-voice=side>
            <p class="requests-who"><strong>{who}</strong>" "<span class="details">{when}</span></p>
            <p class="requests-text">{word.text.clone()}</p>
        </li>
    }
    .into_any()
}

/// Draws the page on which one is noted.
pub fn note_page(view: &NotePage) -> String {
    page(head(t("requests-note"), &view.form), &view.bar, || {
        let under = [(t("requests-title"), view.queue.clone())];
        match &view.query {
            Some(query) => view! {
                {heading(t("requests-note"), &under, None)}
                {callers(view, query)}
            }
            .into_any(),
            None => view! {
                {heading(t("requests-note"), &under, None)}
                {note_form(view)}
            }
            .into_any(),
        }
    })
}

fn callers(view: &NotePage, query: &str) -> AnyView {
    let state = FormState::default().with("q", query);
    let form = FormView::of_filters(&state);
    let field = form.field(Field::search("q", t("requests-caller")));
    let address = Address::new(view.action.clone());
    let items: Vec<_> = view
        .callers
        .iter()
        .map(|caller| {
            view! {
                <li>
                    <a href=caller.address.clone()>{caller.name.clone()}</a>" "
                    <span class="details">{t1("requests-household", "name", caller.household.as_str())}</span>
                </li>
            }
            .into_any()
        })
        .collect();
    let nobody = items.is_empty() && !query.trim().is_empty();
    view! {
        {filters(&address, &[], field)}
        {nobody.then(|| view! { <div class="empty"><p>{t("requests-nobody")}</p></div> })}
        <ul class="requests-callers" role="list">{items}</ul>
    }
    .into_any()
}

fn note_form(view: &NotePage) -> AnyView {
    let form = FormView::new(&view.form, &view.bar);
    let several = !view.children.is_empty();
    let inside = view! {
        {form.hidden("demande")}
        {form.hidden("responsable")}
        {form.radios(Radios::new("sujet", t("requests-kind"), &view.kinds))}
        {several.then(|| form.select(
            Select::new("enfant", t("requests-child"), &view.children).or_none(t("requests-no-child")),
        ))}
        {form.field(Field::text("titre", t("requests-in-short")).required().max(120))}
        {form.text_area(TextArea::new("texte", t("requests-said"), 5).required())}
    };
    view! {
        {view.who.as_deref().map(|who| view! { <p>{t1("requests-for", "name", who)}</p> })}
        {form.sheet(&view.action, Buttons::save().cancel(&view.queue), inside.into_any())}
    }
    .into_any()
}
