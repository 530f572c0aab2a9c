//! A decision on one discrepancy, on those ticked, or on all of a filter.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::discrepancies::{DecidePage, decide_page, words};
use server_ui::desk::form::{Flaw, FormState};
use shared::codec::Minute;
use shared::ids::{ReservationId, SettlementId, mint};
use shared::mark::Reason;
use shared::operation::{Actor, Body, Decision, Outcome, SettledDiscrepancy, Stated};
use shared::time::UtcMs;

use super::super::posted::Posted;
use super::super::reply::{DeskError, page, see_other};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::asked::Asked;
use super::lines::Found;
use super::names::Names;
use super::show::{Said, draw};
use super::{MOST, PATH, decided, read};
use crate::clock::random;
use crate::commune::Commune;
use crate::discrepancies::{Choice, fits, refresh};
use crate::store::StoreError;

/// Longest note, in characters.
const LONGEST_NOTE: usize = 1_000;
/// Told by name on the page of a decision.
const TOLD: usize = 8;

/// What was chosen.
struct Chosen {
    found: Vec<Found>,
    names: Names,
    /// What was shown is not what is there.
    moved: bool,
    /// More than one operation takes.
    too_many: bool,
}

/// Which discrepancies a form speaks of.
#[derive(Clone)]
struct Wanted {
    keys: Vec<String>,
    /// All of the filter, as long as it is what was shown.
    all: Option<String>,
}

impl Wanted {
    fn of(form: &FormState) -> Self {
        let one = form.value("un").split_once(' ').map(|(_, key)| key.to_owned());
        let all = (one.is_none() && form.has("tout")).then(|| form.value("empreinte").to_owned());
        let keys = match one {
            Some(key) => vec![key],
            None => form.all("choix").into_iter().map(str::to_owned).collect(),
        };
        Self { keys, all }
    }
}

/// The decision a form speaks of.
fn choice(form: &FormState) -> Option<Choice> {
    let word = form
        .value("un")
        .split_once(' ')
        .map_or_else(|| form.value("faire"), |(word, _)| word);
    Choice::named(word)
}

/// Finds what is meant, as it stands now.
fn find(commune: &Commune, asked: &Asked, wanted: &Wanted) -> Result<Chosen, StoreError> {
    let today = commune.today();
    refresh::refresh(commune, asked.period(today), refresh::AT_ONCE)?;
    commune.store.read(|tx| {
        let names = Names::load(tx)?;
        let filter = asked.filter(today, &names);
        if let Some(shown) = &wanted.all {
            let total = read::total(&read::counts(tx, &filter)?, &filter);
            let moved = read::fingerprint(tx, &filter, total)? != *shown;
            let too_many = total > MOST;
            let found = if moved || too_many {
                Vec::new()
            } else {
                read::all(tx, &filter, MOST)?
            };
            return Ok(Chosen {
                found,
                names,
                moved,
                too_many,
            });
        }
        let mut found = read::all(tx, &filter, usize::MAX)?;
        found.retain(|one| wanted.keys.contains(&one.key()));
        Ok(Chosen {
            moved: found.is_empty() && !wanted.keys.is_empty(),
            too_many: found.len() > MOST,
            found,
            names,
        })
    })
}

/// A sentence about what cannot be done, and how it is answered.
fn trouble(chosen: &Chosen, choice: Choice) -> Option<(String, StatusCode)> {
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if chosen.moved {
        return Some((words::moved(), StatusCode::CONFLICT));
    }
    if chosen.too_many {
        return Some((words::too_many(MOST), wrong));
    }
    if chosen.found.is_empty() {
        return Some((words::nothing_chosen(), wrong));
    }
    let unfit = chosen
        .found
        .iter()
        .filter(|one| !fits(one.kind, one.child.is_some()).contains(&choice))
        .count();
    (unfit > 0).then(|| (words::does_not_fit(unfit, chosen.found.len()), wrong))
}

pub(super) async fn decide(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::SettleDiscrepancies)?;
    let asked = Asked::carried(&desk, &form);
    let (wanted, choice) = (Wanted::of(&form), choice(&form));
    let (looked, keys) = (asked.clone(), wanted.clone());
    let found = desk
        .visit
        .app
        .with(&desk.visit.slug, move |commune| find(commune, &looked, &keys));
    let chosen = found.await?;
    let choice = choice.unwrap_or(Choice::Confirm);
    if let Some((words, status)) = trouble(&chosen, choice) {
        return refused(&desk, asked, &wanted, words, status).await;
    }
    if choice == Choice::Attach {
        let key = chosen.found.first().map(Found::key).unwrap_or_default();
        let query = asked.address.to_string();
        let query = query.split_once('?').map(|(_, query)| format!("?{query}"));
        let there = desk.at(&format!("{PATH}/rattacher/{key}"));
        return Ok(see_other(&format!("{there}{}", query.unwrap_or_default())));
    }
    let at_once = matches!(choice, Choice::Confirm | Choice::Reserve);
    if !at_once && !form.has("dit") {
        // What a button of a line said is carried on as a box that is ticked.
        if form.has("un") {
            form.drop_all("choix");
            form.drop_all("tout");
            for key in &wanted.keys {
                form = form.with("choix", key);
            }
        }
        return Ok(ask(&desk, form, choice, &chosen, &asked, StatusCode::OK));
    }
    let stated = if at_once {
        Some(Details::default())
    } else {
        details(&mut form, choice)
    };
    let Some(details) = stated else {
        return Ok(ask(
            &desk,
            form,
            choice,
            &chosen,
            &asked,
            StatusCode::UNPROCESSABLE_ENTITY,
        ));
    };
    let lines = lines(&desk.commune, &chosen, choice, &details);
    match desk.submit(None, Body::SettleDiscrepancies { lines }).await? {
        Ok(outcome) => done(&desk, &asked, &outcome).await,
        Err(refusal) if at_once => {
            let wrong = StatusCode::UNPROCESSABLE_ENTITY;
            refused(&desk, asked, &wanted, refusal.to_string(), wrong).await
        }
        Err(refusal) => {
            form.refuse("note", &refusal);
            let wrong = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(ask(&desk, form, choice, &chosen, &asked, wrong))
        }
    }
}

/// The list again, with why nothing was decided.
async fn refused(
    desk: &Desk,
    asked: Asked,
    wanted: &Wanted,
    words: String,
    status: StatusCode,
) -> Result<Response, DeskError> {
    let said = Said {
        trouble: Some(words),
        ticked: wanted.keys.clone(),
        all: wanted.all.is_some() && status != StatusCode::CONFLICT,
        lot: None,
    };
    draw(desk, asked, said, status).await
}

/// Back to the list, where what was done can be undone.
pub(super) async fn done(desk: &Desk, asked: &Asked, outcome: &Outcome) -> Result<Response, DeskError> {
    let actor = Actor::Agent(desk.session.agent);
    let changed = matches!(outcome, Outcome::Reserved { changed, .. } if *changed > 0);
    let newest = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| decided::newest(tx, &actor))
    });
    let lot = newest.await?.filter(|_| changed);
    let address = asked.address.without("page");
    let address = lot.map_or_else(|| address.clone(), |lot| address.with("lot", lot));
    Ok(see_other(&address.to_string()))
}

/// What a decision says besides.
#[derive(Default)]
struct Details {
    reason: Option<Reason>,
    present: bool,
    from: Option<Minute>,
    until: Option<Minute>,
    note: String,
}

/// Reads them; what is wrong is noted in the form.
fn details(form: &mut FormState, choice: Choice) -> Option<Details> {
    let mut details = Details {
        note: form.maybe_lines("note", LONGEST_NOTE).unwrap_or_default(),
        ..Details::default()
    };
    match choice {
        Choice::Ignore if details.note.is_empty() => form.flaw("note", Flaw::Missing),
        Choice::Justify => {
            let reason = form.choice("motif", Reason::Other, words::reason_named);
            details.reason = Some(reason);
        }
        Choice::Correct => {
            details.present = form.choice("fait", true, |word| match word {
                "present" => Some(true),
                "absent" => Some(false),
                _ => None,
            });
            if details.present {
                details.from = form.maybe_time("arrivee");
                details.until = form.maybe_time("depart");
                if let (Some(from), Some(until)) = (details.from, details.until)
                    && until < from
                {
                    form.flaw("depart", Flaw::Said("discrepancy-until-before-from"));
                }
            } else {
                details.reason = Some(form.choice("motif", Reason::Other, words::reason_named));
            }
        }
        _ => {}
    }
    form.sound(details)
}

fn lines(commune: &Commune, chosen: &Chosen, choice: Choice, details: &Details) -> Vec<SettledDiscrepancy> {
    let now = commune.clock.now();
    let line = |one: &Found| {
        let at = |minute: Option<Minute>| {
            minute.map(|minute| UtcMs::at_civil(one.date, minute.time(), commune.zone))
        };
        let decision = match choice {
            Choice::Confirm => Decision::Confirm,
            Choice::Ignore | Choice::Attach => Decision::Ignore,
            Choice::Reserve => Decision::Reserve {
                line: one.reservation(&chosen.names, ReservationId(mint(now, random())))?,
            },
            Choice::Justify => Decision::Justify {
                reason: details.reason?,
            },
            Choice::Correct if details.present => Decision::Correct {
                stated: Stated::Present {
                    from: at(details.from),
                    until: at(details.until),
                },
            },
            Choice::Correct => Decision::Correct {
                stated: Stated::Absent {
                    reason: details.reason?,
                },
            },
        };
        Some(SettledDiscrepancy {
            id: SettlementId(mint(now, random())),
            kind: one.kind,
            site: one.site,
            date: one.date,
            activity: one.activity,
            child: one.child,
            evidence: one.digest,
            decision,
            note: details.note.clone(),
        })
    };
    chosen.found.iter().filter_map(line).collect()
}

/// The page that asks for more.
fn ask(
    desk: &Desk,
    form: FormState,
    choice: Choice,
    chosen: &Chosen,
    asked: &Asked,
    status: StatusCode,
) -> Response {
    let commune = &desk.commune;
    let told = chosen.found.iter().take(TOLD).map(|one| {
        let place = one.place(&chosen.names, commune);
        let kind = words::kind(one.kind);
        match one.who(commune) {
            Some(who) => format!("{who} · {kind} · {place}"),
            None => format!("{kind} · {place}"),
        }
    });
    let view = DecidePage {
        bar: desk.bar(),
        decision: choice.as_str(),
        count: chosen.found.len(),
        some: told.collect(),
        action: desk.at(&format!("{PATH}/decider")),
        address: asked.address.clone(),
        form,
    };
    page(status, decide_page(&view))
}
