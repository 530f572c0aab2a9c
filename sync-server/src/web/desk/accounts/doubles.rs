//! Files that may stand twice, shown side by side and united.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::Notice;
use server_ui::desk::accounts::{
    ComparePage, DoubleKind, DoubleLine, DoublesPage, FileView, WhyDouble, compare_page, doubles_page,
};
use server_ui::desk::form::{Done, FormState};
use shared::ids::{ChildId, HouseholdId};
use shared::operation::{Body, Refusal};
use uuid::Uuid;

use super::candidates::{self, Why};
use crate::commune::Commune;
use crate::import::values;
use crate::record;
use crate::store::{Read, StoreError};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Most pairs of one page.
const MOST: usize = 100;

/// All guardians as they are compared.
pub(super) fn guardians(tx: &mut dyn Read) -> Result<Vec<candidates::Guardian>, StoreError> {
    let mut all = Vec::new();
    for (household, _) in record::households(tx)? {
        for guardian in household.guardians {
            all.push(candidates::Guardian {
                id: guardian.id,
                household: household.id,
                first_name: guardian.first_name,
                last_name: guardian.last_name,
                email: guardian.email,
                phone: guardian.phone,
            });
        }
    }
    Ok(all)
}

/// All children as they are compared.
pub(super) fn children(tx: &mut dyn Read) -> Result<Vec<candidates::Child>, StoreError> {
    Ok(record::children(tx)?
        .into_iter()
        .map(|(child, _)| candidates::Child {
            id: child.id,
            first_name: child.first_name,
            last_name: child.last_name,
            born: child.born,
        })
        .collect())
}

fn why_words(why: Why) -> WhyDouble {
    match why {
        Why::NameAndBirth => WhyDouble::NameAndBirth,
        Why::Name => WhyDouble::Name,
        Why::Email => WhyDouble::Email,
        Why::Phone => WhyDouble::Phone,
    }
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let kids = children(tx)?;
            let names: BTreeMap<ChildId, String> = kids
                .iter()
                .map(|kid| {
                    let born = values::shown(kid.born);
                    (kid.id, format!("{} {}, {born}", kid.last_name, kid.first_name))
                })
                .collect();
            let homes: BTreeMap<HouseholdId, String> = record::households(tx)?
                .into_iter()
                .map(|(home, _)| (home.id, home_words(&home)))
                .collect();
            let of_children = candidates::children(&kids);
            let of_homes = candidates::households(&guardians(tx)?);
            let total = of_children.len() + of_homes.len();
            let mut lines: Vec<DoubleLine> = Vec::new();
            for ((one, two), why) in of_children {
                let said = [&one, &two].map(|id| names.get(id).cloned().unwrap_or_default());
                lines.push(line(&home, DoubleKind::Children, (one.0, two.0), said, &why));
            }
            for ((one, two), why) in of_homes {
                let said = [&one, &two].map(|id| homes.get(id).cloned().unwrap_or_default());
                lines.push(line(&home, DoubleKind::Households, (one.0, two.0), said, &why));
            }
            lines.truncate(MOST);
            Ok::<_, StoreError>(DoublesPage {
                bar,
                home,
                total,
                lines,
            })
        })
    });
    Ok(page(StatusCode::OK, doubles_page(&view.await?)))
}

fn line(
    home: &str,
    kind: DoubleKind,
    (one, two): (Uuid, Uuid),
    said: [String; 2],
    why: &std::collections::BTreeSet<Why>,
) -> DoubleLine {
    DoubleLine {
        kind,
        names: said,
        why: why.iter().copied().map(why_words).collect(),
        address: format!(
            "{home}/doublons/comparer?genre={}&un={one}&deux={two}",
            kind.word()
        ),
    }
}

fn home_words(home: &shared::operation::HouseholdRecord) -> String {
    let people: Vec<String> = home
        .guardians
        .iter()
        .map(|one| format!("{} {}", one.first_name, one.last_name).trim().to_owned())
        .collect();
    if people.is_empty() {
        home.name.clone()
    } else {
        format!("{} ({})", home.name, people.join(", "))
    }
}

/// Two files.
#[derive(Clone, Copy)]
struct Two {
    kind: DoubleKind,
    one: Uuid,
    two: Uuid,
}

fn two(kind: &str, one: &str, two: &str) -> Option<Two> {
    let both = Two {
        kind: DoubleKind::parse(kind)?,
        one: one.parse().ok()?,
        two: two.parse().ok()?,
    };
    (both.one != both.two).then_some(both)
}

pub(super) async fn compare(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    let asked = desk.asked(&["genre", "un", "deux"]);
    let Some(both) = two(asked.value("genre"), asked.value("un"), asked.value("deux")) else {
        return Err(desk.said(Notice::PageUnknown));
    };
    let form = FormState::default().with("garder", both.one.to_string());
    draw(&desk, both, form, StatusCode::OK).await
}

async fn draw(desk: &Desk, both: Two, form: FormState, status: StatusCode) -> Result<Response, DeskError> {
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let files = [both.one, both.two].map(|id| match both.kind {
                DoubleKind::Children => child_file(tx, commune, ChildId(id), &home),
                DoubleKind::Households => home_file(tx, HouseholdId(id), &home),
            });
            let [one, two] = files;
            let (Some((one, first)), Some((two, second))) = (one?, two?) else {
                return Ok(None);
            };
            let seen = form.seen().unwrap_or(first.max(second));
            let form = form
                .with("genre", both.kind.word())
                .with("un", both.one.to_string())
                .with("deux", both.two.to_string())
                .of_version(seen);
            Ok::<_, StoreError>(Some(ComparePage {
                bar,
                home,
                kind: both.kind,
                form,
                files: [one, two],
            }))
        })
    });
    match view.await? {
        Some(view) => Ok(page(status, compare_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

type File = Option<(FileView, i64)>;

fn child_file(tx: &mut dyn Read, commune: &Commune, id: ChildId, home: &str) -> Result<File, StoreError> {
    let Some((child, version)) = record::child(tx, id)? else {
        return Ok(None);
    };
    let mut homes = Vec::new();
    for household in &child.households {
        if let Some((household, _)) = record::household(tx, *household)? {
            homes.push(home_words(&household));
        }
    }
    let school = match child.school {
        Some(id) => record::school(tx, id)?.map(|(school, _)| school.name),
        None => None,
    };
    let class = match child.class {
        Some(id) => record::class(tx, id)?.map(|(class, _)| class.name),
        None => None,
    };
    let params = [id.into(), commune.today().into()];
    let booked = tx.first(include_str!("sql/booked_from.sql"), &params)?;
    let payers = record::payers_of_child(tx, id)?;
    Ok(Some((
        FileView {
            id: id.to_string(),
            name: format!("{} {}", child.last_name, child.first_name),
            address: format!("{home}/enfants/{id}"),
            born: Some(values::shown(child.born)),
            places: school.into_iter().chain(class).collect(),
            homes,
            people: Vec::new(),
            children: Vec::new(),
            badges: child
                .badges
                .iter()
                .map(server_ui::desk::families::badge_said)
                .collect(),
            payers: payers.into_iter().map(|(payer, _)| payer.name).collect(),
            booked: Some(booked.map_or(Ok(0), |row| row.count(0))?),
        },
        version,
    )))
}

fn home_file(tx: &mut dyn Read, id: HouseholdId, home: &str) -> Result<File, StoreError> {
    let Some((household, version)) = record::household(tx, id)? else {
        return Ok(None);
    };
    let mut people = Vec::new();
    for guardian in &household.guardians {
        let account = tx.first(include_str!("sql/account.sql"), &[guardian.id.into()])?;
        let gets_in = account.is_some_and(|row| !row.is_null(5) && row.is_null(7));
        let name = format!("{} {}", guardian.first_name, guardian.last_name);
        let reached = [guardian.email.clone(), guardian.phone.clone()];
        people.push((
            name.trim().to_owned(),
            reached.into_iter().flatten().collect(),
            gets_in,
        ));
    }
    let mut children = Vec::new();
    for row in tx.query(include_str!("sql/children_of.sql"), &[id.into()])? {
        children.push(format!("{} {}", row.text(0)?, row.text(1)?));
    }
    let payers = record::payers_of_household(tx, id)?;
    Ok(Some((
        FileView {
            id: id.to_string(),
            name: household.name,
            address: format!("{home}/foyers/{id}"),
            born: None,
            places: Vec::new(),
            homes: Vec::new(),
            people,
            children,
            badges: Vec::new(),
            payers: payers.into_iter().map(|(payer, _)| payer.name).collect(),
            booked: None,
        },
        version,
    )))
}

pub(super) async fn unite(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageAccounts)?;
    let both = two(form.value("genre"), form.value("un"), form.value("deux"));
    let Some(both) = both else {
        return Err(desk.said(Notice::FormUnreadable));
    };
    let keep = form.choice("garder", both.one, |word| {
        let id = word.parse().ok()?;
        [both.one, both.two].contains(&id).then_some(id)
    });
    form.word("mot", "RÉUNIR");
    for name in ["genre", "un", "deux"] {
        form.drop_all(name);
    }
    if form.is_flawed() {
        return draw(&desk, both, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let gone = if keep == both.one { both.two } else { both.one };
    let body = match both.kind {
        DoubleKind::Children => Body::MergeChildren {
            keep: ChildId(keep),
            gone: ChildId(gone),
        },
        DoubleKind::Households => Body::MergeHouseholds {
            keep: HouseholdId(keep),
            gone: HouseholdId(gone),
        },
    };
    match desk.submit(form.seen(), body).await? {
        Ok(_) => Ok(desk.done(&desk.at("/doublons"), Done::United)),
        Err(Refusal::Changed { version }) => {
            form.overtaken(FormState::default().with("garder", keep.to_string()), version);
            draw(&desk, both, form, StatusCode::CONFLICT).await
        }
        Err(refusal) => {
            form.refuse("garder", &refusal);
            draw(&desk, both, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
