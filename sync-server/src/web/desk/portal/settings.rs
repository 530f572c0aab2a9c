//! Tabs, ways in, how the town hall is reached, mails, the colour.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::portal::{Logo, SettingsPage, settings_page};
use server_ui::portal::colours::{preview_colours, shown};
use shared::operation::{Body, PortalRecord, Refusal, Tab, UnopenedTab};

use super::PATH;
use crate::record;
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// The colour that is shown where the town chose none.
const OURS: &str = "#1f5f8b";
/// Longest words, in characters.
const WELCOME: usize = 4_000;
const SAID: usize = 500;
const NAME: usize = 120;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let (portal, version) = known(&desk).await?;
    draw(&desk, state_of(&portal, version), None, StatusCode::OK).await
}

async fn known(desk: &Desk) -> Result<record::Versioned<PortalRecord>, DeskError> {
    let found = desk
        .visit
        .app
        .with(&desk.visit.slug, |commune| commune.store.read(record::portal));
    Ok(found.await?)
}

fn state_of(portal: &PortalRecord, version: i64) -> FormState {
    let mut form = FormState::default()
        .with("accueil", portal.welcome.clone())
        .with_maybe("telephone", portal.phone.clone())
        .with_maybe("courriel", portal.email.clone())
        .with("horaires", portal.hours.join("\n"))
        .with_maybe("couleur", portal.accent.clone())
        .with("expediteur", portal.sender_name.clone())
        .with_maybe("adresse_envoi", portal.sender.clone())
        .with_maybe("reponse", portal.reply_to.clone())
        .with_maybe("historique", portal.history_years.map(|years| years.to_string()))
        .with("restauration", portal.restore_days.to_string());
    let ticks = [
        ("codes", portal.codes),
        ("inscription", portal.registration),
        ("franceconnect", portal.france_connect),
        ("depart", portal.child_left),
    ];
    for (name, _) in ticks.into_iter().filter(|(_, on)| *on) {
        form = form.with(name, "oui");
    }
    for tab in Tab::ALL {
        let unopened = portal.unopened.iter().find(|one| one.tab == tab);
        match unopened {
            Some(one) => form = form.with(format!("texte_{}", tab.as_str()), one.text.clone()),
            None => form = form.with(format!("ouvert_{}", tab.as_str()), "oui"),
        }
    }
    // Nothing is at version 0: it was never set up.
    if version == 0 {
        form
    } else {
        form.of_version(version)
    }
}

fn read(form: &mut FormState) -> PortalRecord {
    let accent = form.maybe_text("couleur", NAME).map(|text| {
        let text = text.to_lowercase();
        if text.starts_with('#') {
            text
        } else {
            format!("#{text}")
        }
    });
    if accent.as_deref().is_some_and(|accent| shown(accent).is_none()) {
        form.flaw("couleur", Flaw::Said("desk-portal-not-a-colour"));
    }
    let hours = form.maybe_lines("horaires", WELCOME).unwrap_or_default();
    let unopened = Tab::ALL
        .into_iter()
        .filter(|tab| !form.has(&format!("ouvert_{}", tab.as_str())))
        .collect::<Vec<_>>()
        .into_iter()
        .map(|tab| UnopenedTab {
            tab,
            text: form
                .maybe_text(&format!("texte_{}", tab.as_str()), SAID)
                .unwrap_or_default(),
        })
        .collect();
    PortalRecord {
        accent,
        welcome: form.maybe_lines("accueil", WELCOME).unwrap_or_default(),
        phone: form.maybe_phone("telephone"),
        email: form.maybe_email("courriel"),
        hours: hours
            .lines()
            .map(|line| line.trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect(),
        unopened,
        codes: form.has("codes"),
        registration: form.has("inscription"),
        france_connect: form.has("franceconnect"),
        child_left: form.has("depart"),
        sender_name: form.maybe_text("expediteur", NAME).unwrap_or_default(),
        sender: form.maybe_email("adresse_envoi"),
        reply_to: form.maybe_email("reponse"),
        history_years: form
            .maybe_number("historique", 0, 10)
            .and_then(|years| years.try_into().ok()),
        restore_days: form.number("restauration", 1, 365).try_into().unwrap_or(30),
    }
}

pub(super) async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditPortal)?;
    let portal = read(&mut form);
    if form.has("apercu") {
        // Nothing is saved: the page is drawn again with the colour that was typed.
        let mut shown = form;
        shown.drop_all("apercu");
        return draw(&desk, shown, None, StatusCode::OK).await;
    }
    let Some(portal) = form.sound(portal) else {
        return draw(&desk, form, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match desk.submit(form.seen(), Body::PutPortal { portal }).await? {
        Ok(_) => Ok(desk.done(&desk.at(PATH), Done::Saved)),
        Err(Refusal::Changed { version }) => {
            let (newer, _) = known(&desk).await?;
            form.overtaken(state_of(&newer, version), version);
            draw(&desk, form, None, StatusCode::CONFLICT).await
        }
        Err(refusal) => {
            form.refuse("accueil", &refusal);
            draw(&desk, form, None, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// The page, with the form of a logo as it was sent, where one was.
pub(super) async fn draw(
    desk: &Desk,
    form: FormState,
    logo_form: Option<FormState>,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let logo = desk.visit.app.with(&desk.visit.slug, |commune| {
        commune.store.read(record::logo_version)
    });
    let public = format!("/{}/", desk.commune.slug);
    let logo = logo.await?.map(|(version, words)| Logo {
        src: format!("{public}logo?v={version}"),
        words,
    });
    let typed = form.value("couleur").trim().to_lowercase();
    let typed = if typed.starts_with('#') {
        typed
    } else {
        format!("#{typed}")
    };
    let colour = if shown(&typed).is_some() {
        typed
    } else {
        OURS.to_owned()
    };
    let view = SettingsPage {
        bar: desk.bar(),
        form,
        home: desk.at(PATH),
        public,
        colour,
        logo_form: logo_form.unwrap_or_else(|| {
            FormState::default().with_maybe("mots", logo.as_ref().map(|logo| logo.words.clone()))
        }),
        logo,
    };
    Ok(page(status, settings_page(&view)))
}

/// The settings as they stand, around a form of a logo that was not taken.
pub(super) async fn draw_logo(
    desk: &Desk,
    logo_form: FormState,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let (portal, version) = known(desk).await?;
    draw(desk, state_of(&portal, version), Some(logo_form), status).await
}

/// Both themes of a colour, for the preview alone.
pub(super) async fn preview(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditPortal)?;
    let accent = format!("#{}", desk.visit.asked("couleur").unwrap_or_default());
    let kind = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
    Ok((kind, preview_colours(&accent)).into_response())
}
