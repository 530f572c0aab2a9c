//! Texts: written, drawn as families will see them, published from when until when, taken off.

use axum::http::StatusCode;
use axum::response::Response;
use chrono::Datelike;
use server_ui::desk::Notice;
use server_ui::desk::form::{Choice, Done, Flaw, FormState};
use server_ui::desk::portal::{
    RemoveTextPage, TextForm, TextRow, TextState, TextsPage, form_page, kind_words, remove_page, texts_page,
};
use shared::ids::{SiteId, TextId, mint};
use shared::operation::{Body, Refusal, TextKind, TextRecord};
use shared::time::UtcMs;
use shared::words::{day, hour_or_full};

use super::PATH;
use crate::clock::random;
use crate::commune::Commune;
use crate::record::{self, TownText};
use crate::store::StoreError;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Longest title and longest text, in characters.
const TITLE: usize = 120;
const TEXT: usize = 60_000;

fn back(desk: &Desk) -> String {
    desk.at(&format!("{PATH}/textes"))
}

pub(super) async fn list(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let home = back(&desk);
    let rows = desk
        .visit
        .app
        .with(&desk.visit.slug, move |commune| rows(commune, &home));
    let view = TextsPage {
        bar: desk.bar(),
        home: desk.at(PATH),
        rows: rows.await?,
    };
    Ok(page(StatusCode::OK, texts_page(&view)))
}

fn rows(commune: &Commune, home: &str) -> Result<Vec<TextRow>, StoreError> {
    let now = commune.clock.now();
    commune.store.read(|tx| {
        let mut rows = Vec::new();
        for one in record::texts(tx)? {
            let kind = one.text.kind;
            let current = kind == TextKind::News
                || record::shown_text(tx, kind, now)?.is_some_and(|shown| shown.text.id == one.text.id);
            let accepted = if kind.is_accepted() {
                Some(record::text_accepted_count(tx, one.text.id, one.text.edition)?)
            } else {
                None
            };
            rows.push(TextRow {
                address: format!("{home}/{}", one.text.id),
                kind,
                state: state_of(&one, now, current),
                when: when(&one.text, commune),
                edition: kind.is_accepted().then_some(one.text.edition),
                accepted,
                title: one.text.title,
            });
        }
        Ok(rows)
    })
}

fn state_of(one: &TownText, now: UtcMs, current: bool) -> TextState {
    match one.text.from {
        None => TextState::Draft,
        Some(from) if from > now => TextState::Planned,
        Some(_) if current && one.is_shown(now) => TextState::Shown,
        Some(_) => TextState::Over,
    }
}

/// « lundi 23 novembre 2026, 8 h », and until when.
fn when(text: &TextRecord, commune: &Commune) -> String {
    let said = |at: UtcMs| {
        let (date, time) = (at.date_in(commune.zone), at.time_in(commune.zone));
        format!("{} {}, {}", day(date), date.year(), hour_or_full(time))
    };
    match (text.from.map(said), text.until.map(said)) {
        (None, _) => String::new(),
        (Some(from), None) => from,
        (Some(from), Some(until)) => format!("{from} – {until}"),
    }
}

pub(super) async fn new(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let Some(kind) = desk.visit.asked("genre").and_then(TextKind::named) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let title = if kind == TextKind::News {
        String::new()
    } else {
        kind_words(kind)
    };
    let form = FormState::default()
        .with("numero", mint(desk.commune.clock.now(), random()).to_string())
        .with("titre", title)
        .with("etat", "publie");
    draw(&desk, form, kind, None, StatusCode::OK).await
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let one = find(&desk).await?;
    let form = form_of(&desk, &one.text).of_version(one.version);
    draw(&desk, form, one.text.kind, Some(&one.text), StatusCode::OK).await
}

pub(super) async fn create(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditPortal)?;
    let Some(kind) = desk.visit.asked("genre").and_then(TextKind::named) else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    take(desk, form, kind, None).await
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditPortal)?;
    let one = find(&desk).await?;
    take(desk, form, one.text.kind, Some(one)).await
}

/// An instant of two fields; without an hour the whole day, from its first minute.
fn instant(form: &mut FormState, name: &str, zone: chrono_tz::Tz) -> Option<UtcMs> {
    let date_field = format!("{name}_date");
    let time_field = format!("{name}_heure");
    let (date, time) = (form.maybe_date(&date_field), form.maybe_time(&time_field));
    if date.is_none() && time.is_some() {
        form.flaw(&date_field, Flaw::Missing);
    }
    let time = time.map(shared::codec::Minute::time).unwrap_or_default();
    date.map(|date| UtcMs::at_civil(date, time, zone))
}

async fn take(
    desk: Desk,
    mut form: FormState,
    kind: TextKind,
    known: Option<TownText>,
) -> Result<Response, DeskError> {
    // The number stands in the form, so that sending it twice publishes once.
    let id = match &known {
        Some(one) => one.text.id,
        None => form
            .value("numero")
            .parse()
            .map_err(|_| desk.said(Notice::FormUnreadable))?,
    };
    let zone = desk.commune.zone;
    let published = form.choice("etat", false, |word| match word {
        "publie" => Some(true),
        "brouillon" => Some(false),
        _ => None,
    });
    let (from, until) = (instant(&mut form, "debut", zone), instant(&mut form, "fin", zone));
    // What stands published keeps the instant at which it was, when nobody says another.
    let from = from.or_else(|| known.as_ref().and_then(|one| one.text.from));
    let edition = known.as_ref().map_or(1, |one| one.text.edition);
    let again = kind.is_accepted() && known.is_some() && form.has("nouvelle_edition");
    let text = TextRecord {
        id,
        kind,
        title: form.text("titre", TITLE),
        text: form.maybe_lines("texte", TEXT).unwrap_or_default(),
        from: published.then(|| from.unwrap_or_else(|| desk.commune.clock.now())),
        until,
        pinned: form.has("epingle"),
        edition: edition.saturating_add(u32::from(again)),
        sites: form.choices("sites", |word| word.parse::<SiteId>().ok()),
    };
    if text.text.is_empty() {
        form.flaw("texte", Flaw::Missing);
    }
    let of = known.as_ref().map(|one| &one.text);
    if form.has("apercu") {
        return draw(&desk, form, kind, of, StatusCode::OK).await;
    }
    let Some(text) = form.sound(text) else {
        return draw(&desk, form, kind, of, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let done = if published { Done::Published } else { Done::Saved };
    match desk.submit(form.seen(), Body::PutText { text }).await? {
        Ok(_) => Ok(desk.done(&back(&desk), done)),
        Err(Refusal::Changed { version }) => {
            if let Some(newer) = by_id(&desk, id).await? {
                form.overtaken(form_of(&desk, &newer.text), version);
            }
            draw(&desk, form, kind, of, StatusCode::CONFLICT).await
        }
        Err(refusal) => {
            form.refuse("texte", &refusal);
            draw(&desk, form, kind, of, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub(super) async fn ask_removal(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let one = find(&desk).await?;
    let form = FormState::default().of_version(one.version);
    Ok(ask(&desk, form, &one.text, StatusCode::OK))
}

pub(super) async fn remove(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditPortal)?;
    let one = find(&desk).await?;
    let body = Body::RemoveText { text: one.text.id };
    let status = match desk.submit(form.seen(), body).await? {
        Ok(_) => return Ok(desk.done(&back(&desk), Done::TakenOff)),
        Err(Refusal::Changed { version }) => {
            form.overtaken(FormState::default(), version);
            StatusCode::CONFLICT
        }
        Err(refusal) => {
            form.refuse("titre", &refusal);
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    Ok(ask(&desk, form, &one.text, status))
}

/// The text that the address names.
async fn find(desk: &Desk) -> Result<TownText, DeskError> {
    let id = TextId(desk.uuid("id")?);
    by_id(desk, id)
        .await?
        .ok_or_else(|| desk.said(Notice::PageUnknown))
}

async fn by_id(desk: &Desk, id: TextId) -> Result<Option<TownText>, DeskError> {
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| record::text(tx, id))
    });
    Ok(found.await?)
}

fn form_of(desk: &Desk, text: &TextRecord) -> FormState {
    let zone = desk.commune.zone;
    let date = |at: UtcMs| at.date_in(zone).to_string();
    let time = |at: UtcMs| at.time_in(zone).format("%H:%M").to_string();
    let state = if text.from.is_some() {
        "publie"
    } else {
        "brouillon"
    };
    let form = FormState::default()
        .with("numero", text.id.to_string())
        .with("titre", text.title.clone())
        .with("texte", text.text.clone())
        .with("etat", state)
        .with_maybe("debut_date", text.from.map(date))
        .with_maybe("debut_heure", text.from.map(time))
        .with_maybe("fin_date", text.until.map(date))
        .with_maybe("fin_heure", text.until.map(time))
        .with_all("sites", text.sites.iter().map(ToString::to_string));
    if text.pinned {
        form.with("epingle", "oui")
    } else {
        form
    }
}

async fn draw(
    desk: &Desk,
    mut form: FormState,
    kind: TextKind,
    known: Option<&TextRecord>,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let sites = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(record::sites));
    let sites = sites.await?.into_iter().map(|(site, _)| site);
    let preview = form
        .has("apercu")
        .then(|| (form.value("titre").to_owned(), form.value("texte").to_owned()));
    form.drop_all("apercu");
    let home = back(desk);
    let view = TextForm {
        bar: desk.bar(),
        form,
        home: desk.at(PATH),
        action: match known {
            Some(text) => format!("{home}/{}", text.id),
            None => format!("{home}/nouveau?genre={}", kind.as_str()),
        },
        kind,
        edition: known.map(|text| text.edition),
        removal: known.map(|text| format!("{home}/{}/retirer", text.id)),
        sites: sites
            .filter(|site| !site.retired)
            .map(|site| Choice::new(site.id.to_string(), site.name))
            .collect(),
        preview,
    };
    Ok(page(status, form_page(&view)))
}

fn ask(desk: &Desk, form: FormState, text: &TextRecord, status: StatusCode) -> Response {
    let home = back(desk);
    let view = RemoveTextPage {
        bar: desk.bar(),
        form,
        action: format!("{home}/{}/retirer", text.id),
        title: text.title.clone(),
        back: home,
    };
    page(status, remove_page(&view))
}
