//! A school beside the town's sites: a class of three, a canteen of two places, a director of another
//! site, and one who may only look.

use axum::http::StatusCode;
use chrono::NaiveDate;
use shared::calendar::{HolidayRegion, SchoolZone};
use shared::codec::Minute;
use shared::ids::{ActivityId, AgentId, ChildId, ClassId, FormulaId, SchoolId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, AgentRecord, Body, CalendarRecord, ChildRecord, ClassRecord, FormulaRecord, Meal, Role,
    SchoolKind, SchoolRecord, SiteRecord,
};
use uuid::Uuid;

use super::browser::Browser;
use super::town::{CURIE, PASSWORD, Town, apply, at};
use crate::passwords;

pub(super) const PASTEUR: SiteId = SiteId(Uuid::from_u128(0x53));
pub(super) const LUNCH: ActivityId = ActivityId(Uuid::from_u128(0xa3));
pub(super) const MEAL: FormulaId = FormulaId(Uuid::from_u128(0xf1));
pub(super) const BASKET: FormulaId = FormulaId(Uuid::from_u128(0xf2));
pub(super) const SCHOOL: SchoolId = SchoolId(Uuid::from_u128(0x5c));
pub(super) const CE1: ClassId = ClassId(Uuid::from_u128(0xce1));
pub(super) const TOM: ChildId = ChildId(Uuid::from_u128(0xd1));
pub(super) const INES: ChildId = ChildId(Uuid::from_u128(0xd2));
pub(super) const UGO: ChildId = ChildId(Uuid::from_u128(0xd3));

fn child(id: ChildId, first_name: &str, last_name: &str) -> Body {
    Body::PutChild {
        child: ChildRecord {
            symbol: None,
            health: None,
            left_on: None,
            reference: None,
            id,
            first_name: first_name.into(),
            last_name: last_name.into(),
            born: NaiveDate::from_ymd_opt(2018, 5, 4).unwrap(),
            school: Some(SCHOOL),
            class: Some(CE1),
            households: Vec::new(),
            badges: Vec::new(),
            must_know: None,
            phone: Some("01 99 00 11 22".into()),
        },
    }
}

pub(super) fn agent(id: u128, email: &str, role: Role, sites: Vec<SiteId>) -> Vec<Body> {
    let id = AgentId(Uuid::from_u128(id));
    let agent = AgentRecord {
        id,
        email: email.into(),
        name: "M. Faure".into(),
        role,
        sites,
    };
    let password = Body::SetAgentPassword {
        agent: id,
        phc: passwords::hash(PASSWORD),
        token: None,
    };
    vec![Body::PutAgent { agent }, password]
}

/// The town with a school, a class of three, and a canteen of two places.
pub(super) fn town() -> Town {
    let town = Town::founded();
    let formula = |id, slug: &str, name: &str, meal| FormulaRecord {
        id,
        slug: slug.parse().unwrap(),
        name: name.into(),
        meal,
    };
    let school = SchoolRecord {
        id: SCHOOL,
        name: "École Pasteur".into(),
        kind: SchoolKind::Public,
        half_days: 8,
        starts: Minute::new(8, 30),
        ends: Minute::new(16, 30),
        retired: false,
    };
    let site = SiteRecord {
        id: PASTEUR,
        slug: "pasteur".parse().unwrap(),
        name: "Site Pasteur".into(),
        school: Some(SCHOOL),
        phone: None,
        retired: false,
        nursery: false,
    };
    let class = ClassRecord {
        id: CE1,
        school: SCHOOL,
        name: "CE1 <i>Petit</i>".into(),
        level: "CE1".into(),
        retired: false,
    };
    let activity = ActivityRecord {
        id: LUNCH,
        slug: "repas-midi".parse().unwrap(),
        name: "Repas de midi".into(),
        service: ServiceId(Uuid::from_u128(0x5e)),
        mode: Mode::Presence,
        weekdays: 0b1_1011,
        opens: Minute::new(11, 45),
        closes: Minute::new(13, 30),
        sites: vec![PASTEUR, CURIE],
        formulas: vec![
            formula(MEAL, "repas", "Repas", Meal::Meal),
            formula(BASKET, "panier", "Panier", Meal::Basket),
        ],
        retired: false,
        capacity: Some(2),
    };
    let calendar = CalendarRecord {
        zone: SchoolZone::C,
        region: HolidayRegion::Metropole,
        good_friday: false,
        local: Vec::new(),
    };
    let mut bodies = vec![
        Body::PutSchool { school },
        Body::PutSite { site },
        Body::PutClass { class },
        Body::PutActivity { activity },
        Body::PutCalendar { calendar },
        child(TOM, "Tom", "Abel"),
        child(INES, "Inès", "<b>Bo</b>"),
        child(UGO, "Ugo", "Caro"),
    ];
    bodies.extend(agent(0xe2, "faure@mairie.example", Role::Directeur, vec![CURIE]));
    bodies.extend(agent(0xe3, "lecture@mairie.example", Role::Lecture, Vec::new()));
    apply(&town.commune(at("11:00")), bodies);
    town
}

pub(super) fn logged_in(town: &Town, email: &str) -> Browser {
    let mut browser = town.browser(at("12:00"));
    let reply = browser.log_in(email, PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    browser
}
