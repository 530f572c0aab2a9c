//! Rows of guardians in a form: `resp-nom-0`, `resp-prenom-0`, …

use server_ui::desk::form::{Flaw, FormState};
use shared::ids::{GuardianId, HouseholdId};
use shared::operation::{Authority, GuardianRecord, HouseholdRecord};
use uuid::Uuid;

use crate::clock::random;

/// Most rows of one form.
pub(super) const MOST: usize = 12;
/// Longest name, in characters.
const NAME_CHARS: usize = 120;

/// Reads one row; `None` when it is empty, or its guardian is to go. What is wrong is noted in the
/// form.
pub(super) fn read(
    form: &mut FormState,
    row: usize,
    known: &[GuardianRecord],
    new: Uuid,
) -> Option<GuardianRecord> {
    let name = |what: &str| format!("resp-{what}-{row}");
    let told = form.value(&name("id")).parse().ok().map(GuardianId);
    let id = told.filter(|id| known.iter().any(|guardian| guardian.id == *id));
    if form.has(&name("retirer")) {
        return None;
    }
    let last_name = form.maybe_text(&name("nom"), NAME_CHARS);
    let first_name = form.maybe_text(&name("prenom"), NAME_CHARS);
    let phone = form.maybe_phone(&name("telephone"));
    let email = form.maybe_email(&name("courriel"));
    let said = ["nom", "prenom", "telephone", "courriel"];
    let empty = said.iter().all(|what| form.value(&name(what)).trim().is_empty());
    if empty && id.is_none() {
        return None;
    }
    let authority = form.choice(&name("autorite"), Authority::Full, Authority::parse);
    let Some(last_name) = last_name else {
        if form.value(&name("nom")).trim().is_empty() {
            form.flaw(&name("nom"), Flaw::Missing);
        }
        return None;
    };
    Some(GuardianRecord {
        id: id.unwrap_or(GuardianId(new)),
        first_name: first_name.unwrap_or_default(),
        last_name,
        email,
        phone,
        authority,
    })
}

/// The rows of a household, with one more to fill in.
pub(super) fn state_of(household: &HouseholdRecord) -> FormState {
    let form = FormState::default().with("foyer", household.name.clone());
    household
        .guardians
        .iter()
        .enumerate()
        .fold(form, |form, (row, guardian)| {
            let name = |what: &str| format!("resp-{what}-{row}");
            form.with(name("id"), guardian.id.to_string())
                .with(name("nom"), guardian.last_name.clone())
                .with(name("prenom"), guardian.first_name.clone())
                .with_maybe(name("telephone"), guardian.phone.clone())
                .with_maybe(name("courriel"), guardian.email.clone())
                .with(name("autorite"), guardian.authority.as_str())
        })
}

/// A number for something new, put into the form that makes it: whoever sends the form twice makes
/// one thing.
pub(super) fn number(form: &FormState) -> Uuid {
    form.value("numero")
        .parse()
        .unwrap_or_else(|_| Uuid::from_bytes(random()))
}

/// A number that follows from another one.
pub(super) fn follows(number: Uuid, what: &str) -> Uuid {
    Uuid::new_v5(&number, what.as_bytes())
}

/// The household of a form's number.
pub(super) fn household_of(number: Uuid) -> HouseholdId {
    HouseholdId(follows(number, "household"))
}
