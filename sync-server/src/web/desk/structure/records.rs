//! The pages that every part of the set-up has: its list, a new record, a record, retiring it and
//! putting it back.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, FormState};
use server_ui::desk::structure::{Choices, Known, Line, ListPage, Part, RecordPage, list_page, record_page};
use shared::ids::mint;
use shared::operation::{Body, Refusal};
use uuid::Uuid;

use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::{Right, may};
use super::super::visit::Desk;
use super::town::{Kept, Town};
use crate::clock::random;
use crate::record::Versioned;

/// A kind of record with pages of its own.
pub(super) trait Kind: Clone + PartialEq + Send + Sync + 'static {
    /// Where its pages stand.
    const PART: Part;
    /// What it takes to see the list.
    const SEE: Right = Right::SeeStructure;
    /// What it takes to change a record.
    const EDIT: Right = Right::EditStructure;
    /// Whether a record can be taken out of what is offered, by a button.
    const RETIRES: bool = true;
    /// Where a refusal that belongs to no other field is told.
    const NAMED: &'static str = "identifiant";

    /// All of them.
    fn all(town: &Town) -> &[Versioned<Self>];
    /// Its id.
    fn id(&self) -> Uuid;
    /// Its name.
    fn name(&self) -> &str;
    /// No longer offered.
    fn retired(&self, town: &Town) -> bool;
    /// Takes it out of what is offered, or back.
    fn retire(&mut self, _retired: bool) {}
    /// Whether whoever looks may see it.
    fn within(&self, _town: &Town) -> bool {
        true
    }
    /// Whether it has a PIN or a password.
    fn has_secret(&self, _town: &Town) -> bool {
        false
    }
    /// What it refers to already.
    fn kept(&self) -> Kept {
        Kept::default()
    }
    /// Its line in the list.
    fn line(&self, town: &Town) -> Line;
    /// What stands in the form of a new one.
    fn blank(town: &Town) -> FormState;
    /// What stands in its form.
    fn fill(&self) -> FormState;
    /// A button that asks for another form instead of sending this one.
    fn reshaped(_form: &mut FormState) -> bool {
        false
    }
    /// Reads the form; what is wrong is noted there, and is all there is of a record without a name.
    fn read(
        form: &mut FormState,
        id: Uuid,
        before: Option<&Self>,
        choices: &Choices,
        town: &Town,
    ) -> Option<Self>;
    /// What asks the corridor for it.
    fn body(self) -> Body;
    /// The answer once a new one is in the record.
    fn created(desk: &Desk, _record: Self) -> impl Future<Output = Result<Response, DeskError>> + Send {
        let answer = desk.done(&base::<Self>(desk), Done::Created);
        async move { Ok(answer) }
    }
}

/// A page's record and what it is shown with.
struct Sight<K> {
    town: Town,
    found: Option<Versioned<K>>,
    choices: Choices,
}

pub(super) async fn town_of(desk: &Desk) -> Result<Town, DeskError> {
    let reach = desk.reach().clone();
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| Town::load(tx, today, reach))
    });
    Ok(found.await?)
}

/// The record of an id; `None` when there is none, or not within reach.
async fn sight<K: Kind>(desk: &Desk, id: Uuid) -> Result<Sight<K>, DeskError> {
    let town = town_of(desk).await?;
    let found = K::all(&town)
        .iter()
        .find(|(record, _)| record.id() == id)
        .cloned();
    if let Some((record, _)) = &found
        && !record.within(&town)
    {
        return Err(desk.said(Notice::Forbidden));
    }
    let kept = found
        .as_ref()
        .map(|(record, _)| record.kept())
        .unwrap_or_default();
    let choices = town.choices(&kept);
    Ok(Sight { town, found, choices })
}

/// The record of the address, with its version.
pub(super) async fn standing<K: Kind>(desk: &Desk) -> Result<(Town, Versioned<K>), DeskError> {
    let id = desk.uuid("id")?;
    let Sight { town, found, .. } = sight::<K>(desk, id).await?;
    match found {
        Some(found) => Ok((town, found)),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

/// The address of the part's list.
pub(super) fn base<K: Kind>(desk: &Desk) -> String {
    K::PART.address(desk.commune.slug.as_str())
}

pub(super) async fn list<K: Kind>(desk: Desk) -> Result<Response, DeskError> {
    desk.require(K::SEE)?;
    let town = town_of(&desk).await?;
    let lines = K::all(&town)
        .iter()
        .filter(|(record, _)| record.within(&town))
        .map(|(record, _)| record.line(&town))
        .collect();
    let view = ListPage {
        bar: desk.bar(),
        part: K::PART,
        may_edit: may(desk.session.role, K::EDIT),
        lines,
    };
    Ok(page(StatusCode::OK, list_page(&view)))
}

pub(super) async fn new<K: Kind>(desk: Desk) -> Result<Response, DeskError> {
    desk.require(K::EDIT)?;
    let town = town_of(&desk).await?;
    // The id is drawn here, so that a form sent twice makes one record.
    let id = mint(desk.commune.clock.now(), random());
    let form = K::blank(&town).with("id", id.to_string());
    let choices = town.choices(&Kept::default());
    Ok(draw::<K>(&desk, StatusCode::OK, form, None, choices, &town))
}

pub(super) async fn show<K: Kind>(desk: Desk) -> Result<Response, DeskError> {
    desk.require(K::EDIT)?;
    let id = desk.uuid("id")?;
    let Sight { town, found, choices } = sight::<K>(&desk, id).await?;
    let Some((record, version)) = found else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let form = record.fill().of_version(version);
    Ok(draw(
        &desk,
        StatusCode::OK,
        form,
        Some((record, version)),
        choices,
        &town,
    ))
}

fn draw<K: Kind>(
    desk: &Desk,
    status: StatusCode,
    form: FormState,
    found: Option<Versioned<K>>,
    choices: Choices,
    town: &Town,
) -> Response {
    let known = found.map(|(record, version)| Known {
        id: record.id().to_string(),
        name: record.name().to_owned(),
        retired: record.retired(town),
        version,
        has_secret: record.has_secret(town),
    });
    let view = RecordPage {
        bar: desk.bar(),
        part: K::PART,
        form,
        known,
        choices,
    };
    page(status, record_page(&view))
}

pub(super) async fn create<K: Kind>(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(K::EDIT)?;
    let Some(id) = form.id::<Uuid>("id") else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let seen = sight::<K>(&desk, id).await?;
    if K::reshaped(&mut form) {
        return Ok(draw::<K>(
            &desk,
            StatusCode::OK,
            form,
            None,
            seen.choices,
            &seen.town,
        ));
    }
    put(&desk, form, id, seen, Done::Created).await
}

pub(super) async fn change<K: Kind>(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(K::EDIT)?;
    let id = desk.uuid("id")?;
    let seen = sight::<K>(&desk, id).await?;
    if seen.found.is_none() {
        return Err(desk.said(Notice::PageUnknown));
    }
    if K::reshaped(&mut form) {
        return Ok(draw(
            &desk,
            StatusCode::OK,
            form,
            seen.found,
            seen.choices,
            &seen.town,
        ));
    }
    put(&desk, form, id, seen, Done::Saved).await
}

/// Reads the form and puts the record through the corridor.
async fn put<K: Kind>(
    desk: &Desk,
    mut form: FormState,
    id: Uuid,
    seen: Sight<K>,
    done: Done,
) -> Result<Response, DeskError> {
    let Sight { town, found, choices } = seen;
    let before = found.as_ref().map(|(record, _)| record);
    let record = K::read(&mut form, id, before, &choices, &town);
    let shown = found.clone().filter(|_| done == Done::Saved);
    let Some(record) = form.sound(record).flatten() else {
        return Ok(draw(
            desk,
            StatusCode::UNPROCESSABLE_ENTITY,
            form,
            shown,
            choices,
            &town,
        ));
    };
    let list = base::<K>(desk);
    if let Some((stands, version)) = &found
        && *stands == record
        && (form.seen().is_none() || form.seen() == Some(*version))
    {
        let done = if done == Done::Created {
            done
        } else {
            Done::Unchanged
        };
        return Ok(desk.done(&list, done));
    }
    match desk.submit(form.seen(), record.clone().body()).await? {
        Ok(_) if done == Done::Created => K::created(desk, record).await,
        Ok(_) => Ok(desk.done(&list, done)),
        Err(Refusal::Changed { .. }) => overtaken::<K>(desk, form, id, done).await,
        Err(refusal) => {
            form.refuse(K::NAMED, &refusal);
            Ok(draw(
                desk,
                StatusCode::UNPROCESSABLE_ENTITY,
                form,
                shown,
                choices,
                &town,
            ))
        }
    }
}

/// Somebody else changed the record: both values are shown.
async fn overtaken<K: Kind>(
    desk: &Desk,
    mut form: FormState,
    id: Uuid,
    done: Done,
) -> Result<Response, DeskError> {
    let Sight { town, found, choices } = sight::<K>(desk, id).await?;
    let Some((record, version)) = found else {
        return Err(desk.said(Notice::PageUnknown));
    };
    form.overtaken(record.fill(), version);
    let shown = (done == Done::Saved).then_some((record, version));
    Ok(draw(desk, StatusCode::CONFLICT, form, shown, choices, &town))
}

pub(super) async fn retire<K: Kind>(posted: Posted) -> Result<Response, DeskError> {
    set_retired::<K>(posted, true).await
}

pub(super) async fn restore<K: Kind>(posted: Posted) -> Result<Response, DeskError> {
    set_retired::<K>(posted, false).await
}

async fn set_retired<K: Kind>(posted: Posted, retired: bool) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(K::EDIT)?;
    let (town, (mut record, version)) = standing::<K>(&desk).await?;
    let list = base::<K>(&desk);
    if record.retired(&town) == retired {
        return Ok(desk.done(&list, Done::Unchanged));
    }
    let id = record.id();
    record.retire(retired);
    let done = if retired { Done::Retired } else { Done::Restored };
    match desk.submit(form.seen(), record.clone().body()).await? {
        Ok(_) => Ok(desk.done(&list, done)),
        Err(Refusal::Changed { .. }) => overtaken::<K>(&desk, record.fill(), id, Done::Saved).await,
        Err(refusal) => {
            let mut form = record.fill().of_version(version);
            form.refuse(K::NAMED, &refusal);
            let choices = town.choices(&record.kept());
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(draw(&desk, status, form, Some((record, version)), choices, &town))
        }
    }
}
