//! `/{slug}/gestion/envois`: letters to families.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use server_ui::desk::form::Done;
use server_ui::desk::letters::{LetterLine, LettersPage, letters_page};
use server_ui::desk::outages::moment_words;
use shared::ids::LetterId;
use shared::operation::{Actor, Channel, LetterFate};
use shared::time::UtcMs;

use super::day::{day_of, hour_of};
use super::posted::Posted;
use super::reply::{DeskError, page};
use super::rights::Right;
use super::visit::Desk;
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::letters::{self, read};
use crate::store::StoreError;
use crate::web::App;

/// Under `/{slug}/gestion`.
const PATH: &str = "/envois";
/// Letters of a page.
const PAGE: u64 = 100;
/// Letters that one gesture decides on, at most: what is shown, or all that is held.
const AT_ONCE: usize = 2_000;
/// Order of the tabs.
const TABS: [LetterFate; 6] = [
    LetterFate::Queued,
    LetterFate::Held,
    LetterFate::Bounced,
    LetterFate::GivenUp,
    LetterFate::Sent,
    LetterFate::Dropped,
];

/// The routes of this area.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/{slug}/gestion/envois", get(show).post(submit))
}

async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    draw(&desk, StatusCode::OK, None).await
}

/// What is done with letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gesture {
    Release,
    ReleaseAll,
    Drop,
    DropAll,
}

impl Gesture {
    fn named(word: &str) -> Option<Self> {
        Some(match word {
            "envoyer" => Self::Release,
            "envoyer-tout" => Self::ReleaseAll,
            "ecarter" => Self::Drop,
            "ecarter-tout" => Self::DropAll,
            _ => return None,
        })
    }

    fn fate(self) -> LetterFate {
        match self {
            Self::Release | Self::ReleaseAll => LetterFate::Queued,
            Self::Drop | Self::DropAll => LetterFate::Dropped,
        }
    }
}

async fn submit(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::ManageAccounts)?;
    let Some(gesture) = Gesture::named(form.value("geste")) else {
        return Err(desk.said(server_ui::desk::Notice::FormUnreadable));
    };
    let chosen = form.all("courriel").into_iter();
    let chosen: Vec<LetterId> = chosen.filter_map(|id| id.parse().ok()).collect();
    let all = matches!(gesture, Gesture::ReleaseAll | Gesture::DropAll);
    if chosen.is_empty() && !all {
        let wrong = server_ui::desk::letters::none_chosen();
        return draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, Some(wrong)).await;
    }
    let by = (Actor::Agent(desk.session.agent), Channel::Desk);
    let done = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let mut which = commune.store.read(|tx| {
            let held = read::held(tx)?;
            let waiting = read::waiting(tx)?;
            Ok::<_, StoreError>(match gesture {
                // A letter that left meanwhile is not touched.
                Gesture::Release => chosen.into_iter().filter(|id| held.contains(id)).collect(),
                Gesture::Drop => chosen
                    .into_iter()
                    .filter(|id| held.contains(id) || waiting.contains(id))
                    .collect(),
                Gesture::ReleaseAll | Gesture::DropAll => held,
            })
        })?;
        which.truncate(AT_ONCE);
        if which.is_empty() {
            return Ok(());
        }
        let fate = gesture.fate();
        let detail = if fate == LetterFate::Dropped { "desk" } else { "" };
        letters::note(commune, by, &which, fate, detail)
    });
    let done: Result<(), crate::web::WebError> = done.await;
    done?;
    let address = desk.at(&format!("{PATH}?etat={}", form.value("etat")));
    Ok(desk.done(&address, Done::Saved))
}

async fn draw(desk: &Desk, status: StatusCode, wrong: Option<String>) -> Result<Response, DeskError> {
    let address = desk.asked(&["etat", "q", "apres"]);
    let fate = LetterFate::named(address.value("etat"));
    let from: u64 = address.value("apres").parse().unwrap_or(0);
    let sought = address.value("q").trim().to_owned();
    let (bar, action, families) = (desk.bar(), desk.at(PATH), desk.at("/responsables"));
    let no_server = desk.visit.app.host.letters.post().is_none();
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let (tally, queue) = commune
            .store
            .read(|tx| Ok::<_, StoreError>((read::tally(tx)?, letters::queue(tx)?)))?;
        let fate = fate.unwrap_or(if tally.held > 0 {
            LetterFate::Held
        } else {
            LetterFate::Queued
        });
        let found = commune.store.read(|tx| {
            if sought.is_empty() {
                read::page(tx, fate, from, PAGE + 1)
            } else {
                read::search(tx, fate, &sought)
            }
        })?;
        let more = sought.is_empty() && found.len() as u64 > PAGE;
        let next = more.then(|| {
            let address = address.clone().with("etat", fate.as_str());
            address.with("apres", (from + PAGE).to_string()).to_string()
        });
        let shown = found.into_iter().take(PAGE as usize);
        Ok::<_, CorridorError>(LettersPage {
            bar,
            fate,
            tally: TABS.map(|fate| (fate, tally.of_fate(fate))).into(),
            oldest: queue.oldest.map(|at| moment(at, commune)),
            no_server,
            letters: shown.map(|letter| line(letter, commune, &families)).collect(),
            next,
            action,
            wrong,
            address,
        })
    });
    Ok(page(status, letters_page(&view.await?)))
}

/// « lundi 23 novembre à 16 h 42 ».
fn moment(at: UtcMs, commune: &Commune) -> String {
    moment_words(
        &day_of(at.date_in(commune.zone), commune.today()),
        &hour_of(at, commune),
    )
}

fn line(letter: read::Listed, commune: &Commune, families: &str) -> LetterLine {
    let (person, name) = match letter.guardian {
        Some((id, name)) if !name.is_empty() => (Some(format!("{families}/{id}")), name),
        _ => (None, String::new()),
    };
    LetterLine {
        id: letter.id.to_string(),
        to: letter.to,
        name,
        person,
        kind: letter.kind,
        since: moment(letter.queued_at, commune),
        detail: letter.detail,
        tries: letter.tries,
    }
}
