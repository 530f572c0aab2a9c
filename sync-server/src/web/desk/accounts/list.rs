//! The list of guardians with the state of their accounts.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::accounts::{AccountRow, ListPage, StateView, list_page};
use server_ui::desk::form::{Address, FormState};
use shared::ids::{ClassId, SchoolId};
use shared::text::search_key;
use shared::time::UtcMs;

use super::people::{Narrow, Person, State, people};
use crate::commune::Commune;
use crate::store::{Read, StoreError};
use crate::web::desk::day::day_of;
use crate::web::desk::families::places;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Guardians on a page.
const SIZE: usize = 50;

/// A state in words that a page draws.
pub(super) fn state_view(state: State, commune: &Commune) -> StateView {
    let today = commune.today();
    let day = |at: UtcMs| day_of(at.date_in(commune.zone), today);
    match state {
        State::None => StateView::None,
        State::Asked(at) => StateView::Asked(day(at)),
        State::Bounced => StateView::Bounced,
        State::Active(UtcMs(0)) => StateView::Active(None),
        State::Active(at) => StateView::Active(Some(day(at))),
        State::Deleted(until) => StateView::Deleted(day(until)),
    }
}

/// What narrows a list, as an address or a form says it; `None` when it names nothing.
pub(super) fn narrow(school: &str, class: &str) -> Option<Narrow> {
    let id = |text: &str| -> Option<Option<uuid::Uuid>> {
        if text.is_empty() {
            Some(None)
        } else {
            text.parse().ok().map(Some)
        }
    };
    Some(Narrow {
        school: id(school)?.map(SchoolId),
        class: id(class)?.map(ClassId),
    })
}

/// Whether each word of a search stands in what is known of somebody.
fn says(person: &Person, words: &[String]) -> bool {
    let mut text = person.key.clone();
    for more in [
        person.email.as_deref(),
        person.phone.as_deref(),
        Some(&person.home),
    ] {
        text.push('\n');
        text.push_str(&search_key(more.unwrap_or_default()));
    }
    for kid in &person.children {
        text.push('\n');
        text.push_str(&search_key(&kid.name));
    }
    words.iter().all(|word| text.contains(word))
}

fn fitting(
    tx: &mut dyn Read,
    commune: &Commune,
    address: &Address,
) -> Result<Option<Vec<Person>>, StoreError> {
    let Some(narrow) = narrow(address.value("ecole"), address.value("classe")) else {
        return Ok(None);
    };
    let query: String = address.value("q").chars().take(100).collect();
    let key = search_key(&query);
    let words: Vec<String> = key
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let state = address.value("etat");
    let mut all = people(tx, commune.today())?;
    all.retain(|person| {
        let in_state = match state {
            "" => true,
            "sans-adresse" => person.email.is_none(),
            "rejete" => person.bounced,
            word => person.state.word() == word,
        };
        in_state && narrow.fits(person) && says(person, &words)
    });
    Ok(Some(all))
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let address = desk.asked(&["q", "ecole", "classe", "etat", "page"]);
    let (bar, home) = (desk.bar(), desk.at(""));
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let Some(all) = fitting(tx, commune, &address)? else {
                return Ok(None);
            };
            let number = match address.value("page") {
                "" => 1,
                text => text.parse::<usize>().unwrap_or(0),
            };
            if !(1..=all.len().div_ceil(SIZE).max(1)).contains(&number) {
                return Ok(None);
            }
            let (schools, classes) = places(tx)?;
            let waiting = tx.query(include_str!("sql/registrations_open.sql"), &[])?.len();
            let form = address
                .pairs()
                .iter()
                .fold(FormState::default(), |form, (name, value)| form.with(name, value));
            let total = all.len();
            let rows = all
                .into_iter()
                .skip((number - 1) * SIZE)
                .take(SIZE)
                .map(|person| row(&person, commune, &home))
                .collect();
            Ok::<_, StoreError>(Some(ListPage {
                bar,
                home: home.clone(),
                form,
                schools,
                classes,
                rows,
                total,
                page: number,
                size: SIZE,
                waiting,
                address,
            }))
        })
    });
    match found.await? {
        Some(view) => Ok(page(StatusCode::OK, list_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

fn row(person: &Person, commune: &Commune, home: &str) -> AccountRow {
    let today = commune.today();
    AccountRow {
        id: person.id.to_string(),
        address: format!("{home}/comptes/{}", person.id),
        last_name: person.last_name.clone(),
        first_name: person.first_name.clone(),
        home: person.home.clone(),
        email: person.email.clone(),
        children: person.children.iter().map(|kid| kid.name.clone()).collect(),
        state: state_view(person.state, commune),
        bounced: person.bounced,
        codes: person.codes_at.map(|at| day_of(at.date_in(commune.zone), today)),
    }
}
