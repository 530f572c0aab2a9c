//! The first page of the settings.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::structure::{IndexPage, Part, PartCount, index_page};

use super::super::reply::{DeskError, page};
use super::super::rights::{Right, may};
use super::super::service;
use super::super::visit::Desk;
use super::records::{Kind, town_of};
use super::town::Town;

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeStructure)?;
    let town = town_of(&desk).await?;
    let may_agents = may(desk.session.role, Right::ManageAgents);
    let parts: Vec<PartCount> = Part::ALL
        .into_iter()
        .filter(|part| *part != Part::Agents || may_agents)
        .map(|part| PartCount {
            part,
            count: count(part, &town),
        })
        .collect();
    let needed = [Part::Sites, Part::Services, Part::Activities, Part::Staff];
    let complete = needed.into_iter().all(|part| count(part, &town) > 0);
    let view = IndexPage {
        bar: desk.bar(),
        parts,
        complete,
        service: desk.at(service::PATH),
    };
    Ok(page(StatusCode::OK, index_page(&view)))
}

/// How many records of a part are in use and within reach.
fn count(part: Part, town: &Town) -> usize {
    fn of<K: Kind>(town: &Town) -> usize {
        K::all(town)
            .iter()
            .filter(|(record, _)| !record.retired(town) && record.within(town))
            .count()
    }
    use shared::operation as o;
    match part {
        Part::Schools => of::<o::SchoolRecord>(town),
        Part::Sites => of::<o::SiteRecord>(town),
        Part::Classes => of::<o::ClassRecord>(town),
        Part::Services => of::<o::ServiceRecord>(town),
        Part::Activities => of::<o::ActivityRecord>(town),
        Part::Staff => of::<o::StaffRecord>(town),
        Part::Agents => of::<o::AgentRecord>(town),
    }
}
