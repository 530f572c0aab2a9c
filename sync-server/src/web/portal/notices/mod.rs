//! What is sent to whom, and through what; messages on the telephone.

use std::collections::BTreeSet;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use server_ui::assets::ASSETS;
use server_ui::desk::form::{Flaw, FormState};
use server_ui::portal::notices::{Channels, Choice, ChoicesPage, MAX_MORE, choices_page};
use server_ui::portal::{Place, Said};
use shared::codec::{Blob, Hash32, decode};
use shared::ids::GuardianId;
use shared::operation::{Body, NoticeChoice, NoticeKind, PushRecord, Refusal};
use shared::words::day;

use super::door::Sent;
use super::family::{Family, Guest};
use super::permit::Permit;
use super::reply::{PortalError, page};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::letters;
use crate::notices::{Choices, choices, offered, usual};
use crate::push;
use crate::store::{Row, StoreError};
use crate::web::App;

/// Where it lies.
const PATH: &str = "/compte/notifications";
/// Devices of one guardian, at most: each costs a message.
const MOST_DEVICES: usize = 10;

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/{slug}/compte/notifications", get(show).post(submit))
        .route("/{slug}/push", post(add))
        .route("/{slug}/push/retirer", post(remove))
        .route("/{slug}/sw.js", get(worker))
}

/// The script that shows messages. It lies under the commune, so that it reaches no other.
async fn worker(guest: Guest) -> Result<Response, PortalError> {
    let worker = ASSETS.iter().find(|asset| asset.name == "sw.js");
    let worker = worker.ok_or_else(|| guest.said(Said::PageUnknown))?;
    let about = [
        (header::CONTENT_TYPE, worker.media_type),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    Ok((about, worker.text).into_response())
}

/// What the page shows of the record.
struct Known {
    choices: Choices,
    channels: Channels,
}

fn known(commune: &Commune, guardian: GuardianId, looks: bool) -> Result<Known, CorridorError> {
    let key = if looks {
        push::held(commune)?
    } else {
        push::made(commune)?
    };
    let known = commune.store.read(|tx| {
        let row = tx.first(include_str!("sql/contact.sql"), &[guardian.into()])?;
        let (email, login) = match row {
            Some(row) => (row.opt(0, Row::text)?, row.opt(1, Row::text)?),
            None => (None, None),
        };
        let login = login.filter(|login| letters::is_address(login));
        let address = email.filter(|email| !email.is_empty()).or(login);
        let bounces = match &address {
            Some(address) => letters::read::bounces(tx, address)?,
            None => false,
        };
        let rows = tx.query(include_str!("sql/devices.sql"), &[guardian.into()])?;
        let devices = rows.iter().map(|row| {
            let push: PushRecord = decode(&row.bytes(1)?).map_err(|_| StoreError::Shape("push".into()))?;
            let since = shared::time::UtcMs(row.int(2)?).date_in(commune.zone);
            Ok((row.hash(0)?.hex(), push.name, day(since)))
        });
        Ok::<_, StoreError>(Known {
            choices: choices(tx, guardian)?,
            channels: Channels {
                address,
                bounces,
                key: None,
                devices: devices.collect::<Result<_, StoreError>>()?,
            },
        })
    })?;
    Ok(Known {
        channels: Channels {
            key: key.map(|key| data_encoding::BASE64URL_NOPAD.encode(key.public())),
            ..known.channels
        },
        ..known
    })
}

async fn look(family: &Family) -> Result<Known, PortalError> {
    let (guardian, looks) = (family.id(), family.is_agent());
    let found = family
        .visit
        .app
        .with(&family.visit.slug, move |commune| known(commune, guardian, looks));
    Ok(found.await?)
}

fn draw(
    family: &Family,
    status: StatusCode,
    known: Known,
    form: FormState,
    of: impl Fn(NoticeKind) -> NoticeChoice,
) -> Response {
    let kinds = offered(&family.ground.portal);
    let view = ChoicesPage {
        frame: family.frame(Some(Place::Account)),
        token: family.token(),
        choices: kinds
            .into_iter()
            .map(|kind| {
                let choice = of(kind);
                Choice {
                    kind,
                    mail: choice.mail,
                    push: choice.push,
                }
            })
            .collect(),
        form,
        channels: known.channels,
        only_looking: family.is_agent(),
    };
    page(status, choices_page(&view))
}

async fn show(guest: Guest) -> Result<Response, PortalError> {
    let family = guest.require(Permit::SeeAccount)?;
    let known = look(&family).await?;
    let more = known.choices.more.iter().zip(1..);
    let form = more.fold(FormState::default(), |form, (address, nth)| {
        form.with(format!("adresse_{nth}"), address.as_str())
    });
    let choices = known.choices.clone();
    Ok(draw(&family, StatusCode::OK, known, form, |kind| {
        choices.of(kind)
    }))
}

async fn submit(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::ChangeAccount)?;
    let mut form = family.own_form(sent)?;
    let (by_mail, by_push) = (ticked(&form, "courriel"), ticked(&form, "appareil"));
    let of = |kind: NoticeKind| NoticeChoice {
        kind,
        mail: by_mail.contains(&kind),
        push: by_push.contains(&kind),
    };
    let mut more = Vec::new();
    for nth in 1..=MAX_MORE {
        let name = format!("adresse_{nth}");
        let address = form.maybe_email(&name);
        if address
            .as_ref()
            .is_some_and(|address| !letters::is_address(address))
        {
            form.flaw(&name, Flaw::NotAnEmail);
        }
        more.extend(address.filter(|address| !more.contains(address)));
    }
    // What is as it comes is not written: a kind that comes later is on like the others.
    let kinds = offered(&family.ground.portal).into_iter();
    let choices = kinds.map(of).filter(|choice| *choice != usual(choice.kind));
    let body = Body::ChooseNotices {
        guardian: family.id(),
        choices: choices.collect(),
        more,
    };
    if !form.is_flawed() {
        match family.submit(None, body).await? {
            Ok(_) => return Ok(family.done(PATH, "choix")),
            Err(Refusal::Invalid(words)) => form.flaw("adresse_1", Flaw::Words(words)),
            Err(_) => return Err(family.said(Said::FormRefused)),
        }
    }
    let known = look(&family).await?;
    Ok(draw(&family, StatusCode::UNPROCESSABLE_ENTITY, known, form, of))
}

fn ticked(form: &FormState, name: &str) -> BTreeSet<NoticeKind> {
    form.all(name).into_iter().filter_map(NoticeKind::named).collect()
}

/// A browser takes messages from now on.
async fn add(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::ChangeAccount)?;
    let form = family.own_form(sent)?;
    let bytes = |name: &str| {
        let text = form.value(name).as_bytes();
        data_encoding::BASE64URL_NOPAD.decode(text).unwrap_or_default()
    };
    let known = look(&family).await?;
    if known.channels.devices.len() >= MOST_DEVICES {
        return Err(family.said(Said::FormRefused));
    }
    let push = PushRecord {
        guardian: family.id(),
        endpoint: form.value("adresse").to_owned(),
        key: Blob(bytes("cle")),
        auth: Blob(bytes("secret")),
        name: browser(family.visit.header("user-agent").unwrap_or_default()),
    };
    match family.submit(None, Body::PutPush { push }).await? {
        Ok(_) => Ok(family.done(PATH, "appareil")),
        Err(_) => Err(family.said(Said::FormUnreadable)),
    }
}

/// A browser takes none any more.
async fn remove(guest: Guest, sent: Sent) -> Result<Response, PortalError> {
    let family = guest.require(Permit::ChangeAccount)?;
    let form = family.own_form(sent)?;
    let hash = data_encoding::HEXLOWER.decode(form.value("appareil").as_bytes());
    let endpoint = hash.ok().and_then(|hash| Hash32::from_slice(&hash));
    let endpoint = endpoint.ok_or_else(|| family.said(Said::FormUnreadable))?;
    let guardian = family.id();
    match family.submit(None, Body::DropPush { guardian, endpoint }).await? {
        Ok(_) => Ok(family.done(PATH, "appareil-retire")),
        Err(_) => Err(family.said(Said::FormRefused)),
    }
}

/// « Firefox, Android », as far as a browser says.
fn browser(agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known
            .iter()
            .find(|(sign, _)| agent.contains(sign))
            .map(|(_, name)| *name)
    };
    let program = first(&[
        ("Firefox", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    [program, system]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::browser;

    #[test]
    fn a_device_is_called_what_people_call_it() {
        let phone = "Mozilla/5.0 (Android 14; Mobile; rv:131.0) Gecko/131.0 Firefox/131.0";
        assert_eq!(browser(phone), "Firefox, Android");
        assert_eq!(browser("curl/8"), "");
    }
}
