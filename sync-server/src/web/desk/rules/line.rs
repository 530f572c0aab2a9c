//! The lines of a set's tables: added, changed, moved, removed.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::rules::{LinePage, Table, Word, line_page};
use shared::operation::{Body, Refusal, RuleSetRecord};

use super::sets::Sets;
use super::tables::{LINES_MOST, empty, fill, lines, put, read};
use super::{PATH, parts, said, show};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// What the address names: a table, and a line of it unless it is a new one.
fn named(desk: &Desk) -> Result<(Table, Option<usize>), DeskError> {
    let unknown = || desk.said(Notice::PageUnknown);
    let table = Table::parse(desk.word("table")).ok_or_else(unknown)?;
    match desk.word("n") {
        "nouvelle" => Ok((table, None)),
        n => Ok((table, Some(n.parse().map_err(|_| unknown())?))),
    }
}

pub(super) async fn edit(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::EditRules)?;
    let (table, n) = named(&desk)?;
    let sets = Sets::load(&desk).await?;
    let (set, version) = sets.of(&desk)?;
    let all = lines(&set, table);
    let form = match n {
        None => empty(table),
        Some(n) => fill(all.get(n).ok_or_else(|| desk.said(Notice::PageUnknown))?),
    };
    Ok(draw(&desk, form.of_version(version), &sets, &set, StatusCode::OK))
}

pub(super) async fn change(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::EditRules)?;
    let (table, n) = named(&desk)?;
    let sets = Sets::load(&desk).await?;
    let (mut set, version) = sets.of(&desk)?;
    if parts::reshaped(&mut form) {
        return Ok(draw(&desk, form, &sets, &set, StatusCode::OK));
    }
    let line = read(&mut form, table, &sets.choices(&set));
    let mut all = lines(&set, table);
    if set.live {
        form.flaw("", Flaw::Said("desk-rules-is-live"));
    } else if n.is_none() && all.len() >= LINES_MOST {
        form.flaw("", Flaw::Said("desk-rules-too-many-lines"));
    }
    let overtaken = form.seen().is_some_and(|seen| seen != version);
    let Some(line) = form.sound(line).flatten() else {
        return Ok(draw(&desk, form, &sets, &set, StatusCode::UNPROCESSABLE_ENTITY));
    };
    if overtaken {
        return Ok(overtook(&desk, form, &sets));
    }
    match n {
        Some(n) if n < all.len() => all[n] = line,
        Some(_) if !table.is_single() => return Err(desk.said(Notice::PageUnknown)),
        _ => all.push(line),
    }
    put(&mut set, table, all);
    match desk
        .submit(form.seen(), Body::PutRules { rules: set.clone() })
        .await?
    {
        Ok(_) => {
            let back = desk.at(&format!("{PATH}/{}#{}", set.id, table.word()));
            Ok(desk.done(&back, Done::Saved))
        }
        Err(Refusal::Changed { .. }) => Ok(overtook(&desk, form, &Sets::load(&desk).await?)),
        Err(refusal) => {
            form.refuse("", &refusal);
            Ok(draw(&desk, form, &sets, &set, StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// Somebody else changed the set: both lines are shown where there are two.
fn overtook(desk: &Desk, mut form: FormState, sets: &Sets) -> Response {
    let (Ok((set, version)), Ok((table, n))) = (sets.of(desk), named(desk)) else {
        return axum::response::IntoResponse::into_response(desk.said(Notice::PageUnknown));
    };
    let all = lines(&set, table);
    let newer = n.and_then(|n| all.get(n)).map(fill);
    // A new line stands beside nothing: it is sent again over what somebody else changed.
    form.overtaken(
        newer.unwrap_or_else(|| FormState::read(form.pairs().to_vec())),
        version,
    );
    draw(desk, form, sets, &set, StatusCode::CONFLICT)
}

fn draw(desk: &Desk, form: FormState, sets: &Sets, set: &RuleSetRecord, status: StatusCode) -> Response {
    let Ok((table, n)) = named(desk) else {
        return axum::response::IntoResponse::into_response(desk.said(Notice::PageUnknown));
    };
    let list = desk.at(PATH);
    let at = format!("{list}/{}", set.id);
    let said = n.and_then(|n| said::table(set, table, sets).into_iter().nth(n));
    let view = LinePage {
        bar: desk.bar(),
        table,
        place: n.map(|n| n + 1),
        set: set.name.clone(),
        form,
        choices: sets.choices(set),
        action: format!("{at}/table/{}/{}", table.word(), desk.word("n")),
        under: [list, at],
        said,
    };
    page(status, line_page(&view))
}

/// Moves a line up or down, or takes it out.
pub(super) async fn shift(posted: Posted) -> Result<Response, DeskError> {
    let (desk, form) = posted.allow(Right::EditRules)?;
    let (table, n) = named(&desk)?;
    let sets = Sets::load(&desk).await?;
    let (mut set, version) = sets.of(&desk)?;
    let mut all = lines(&set, table);
    if form.seen().is_some_and(|seen| seen != version) {
        return show::refused(&desk, &Refusal::Changed { version }).await;
    }
    let n = n.filter(|n| *n < all.len() && !set.live && !table.is_single());
    let n = n.ok_or_else(|| desk.said(Notice::PageUnknown))?;
    match form.value("faire") {
        "monter" if n > 0 => all.swap(n, n - 1),
        "descendre" if n + 1 < all.len() => all.swap(n, n + 1),
        "supprimer" => drop(all.remove(n)),
        _ => return Err(desk.said(Notice::FormUnreadable)),
    }
    put(&mut set, table, all);
    let back = desk.at(&format!("{PATH}/{}#{}", set.id, table.word()));
    match desk.submit(form.seen(), Body::PutRules { rules: set }).await? {
        Ok(_) => Ok(desk.done(&back, Done::Saved)),
        Err(refusal) => show::refused(&desk, &refusal).await,
    }
}
