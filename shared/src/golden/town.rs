//! What a town sets up and decides: bodies 23 to 28, and the fields added to older records.

use minicbor::{Decode, Encode};

use super::{date, golden, id};
use crate::calendar::{HolidayRegion, SchoolZone};
use crate::codec::{Blob, Hash32, Minute, decode, encode};
use crate::day_list::{Alias, Contact, ListedRow, OtherSite, SiteStaff, Standing, Symbol};
use crate::ids::{
    ActivityId, AgentId, ChildId, ClassId, ExceptionalDayId, FormulaId, GuardianId, MarkId, SchoolId, SiteId,
    StaffId,
};
use crate::operation::{
    AgentRecord, Authority, Body, CalendarRecord, ChildRecord, ExceptionalDayRecord, ExceptionalKind,
    FormulaRecord, GuardianRecord, LocalKind, LocalPeriod, Meal, MealEffect, MinimumService, ReceivedMark,
    Role, Settlement, SiteRecord, StaffRecord,
};

#[test]
fn pins_settlements_and_recognised_children() {
    golden(
        &Body::SetStaffPin {
            staff: StaffId(id(12)),
            phc: Some("$argon2id$".into()),
        },
        "8317500c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c6a246172676f6e32696424",
    );
    golden(
        &Body::SetStaffPin {
            staff: StaffId(id(12)),
            phc: None,
        },
        "8217500c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
    );
    let marks = vec![ReceivedMark {
        id: MarkId(id(11)),
        value: Blob(vec![1]),
        returned: false,
    }];
    let hash = Hash32([9; 32]);
    golden(
        &Body::SettleQuarantine {
            hash,
            settlement: Settlement::Taken { marks },
        },
        "83181b5820090909090909090909090909090909090909090909090909090909090909090982008183500b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b4101f4",
    );
    golden(
        &Body::SettleQuarantine {
            hash,
            settlement: Settlement::Left,
        },
        "83181b582009090909090909090909090909090909090909090909090909090909090909098101",
    );
    golden(
        &Body::AttachChild {
            unknown: ChildId(id(7)),
            child: ChildId(id(8)),
        },
        "83181c50070707070707070707070707070707075008080808080808080808080808080808",
    );
}

#[test]
fn calendars_and_exceptional_days() {
    let calendar = CalendarRecord {
        zone: SchoolZone::C,
        region: HolidayRegion::AlsaceMoselle,
        good_friday: true,
        local: vec![LocalPeriod {
            from: date(),
            until: date(),
            name: "Pont".into(),
            kind: LocalKind::Closed,
        }],
    };
    golden(
        &Body::PutCalendar { calendar },
        "821818840201f581841a000b4a671a000b4a6764506f6e7400",
    );
    let day = ExceptionalDayRecord {
        id: ExceptionalDayId(id(13)),
        kind: ExceptionalKind::Strike,
        from: date(),
        until: None,
        schools: vec![SchoolId(id(14))],
        classes: vec![ClassId(id(15))],
        words: "Grève".into(),
        meals: MealEffect::Picnic,
        minimum_service: Some(MinimumService {
            activity: ActivityId(id(8)),
            site: SiteId(id(5)),
            opens: Minute::new(8, 30),
            closes: Minute::new(16, 30),
        }),
        sites: Vec::new(),
        services: Vec::new(),
        cancels: false,
    };
    golden(
        &Body::PutExceptionalDay { day: day.clone() },
        "712dc9c416ef03bbf929ae3f573043435cbd97c411495f32ffd122222f72e0d5",
    );
    let plain = ExceptionalDayRecord {
        until: Some(date()),
        minimum_service: None,
        ..day
    };
    golden(
        &Body::PutExceptionalDay { day: plain },
        "82181988500d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d011a000b4a671a000b4a6781500e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e81500f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f664772c3a8766502",
    );
    golden(
        &Body::RemoveExceptionalDay {
            day: ExceptionalDayId(id(13)),
        },
        "82181a500d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d",
    );
}

#[test]
fn records_with_all_their_fields() {
    golden(
        &ChildRecord {
            id: ChildId(id(7)),
            first_name: "Léa".into(),
            last_name: "Martin".into(),
            born: date(),
            school: None,
            class: None,
            households: Vec::new(),
            badges: Vec::new(),
            must_know: None,
            phone: None,
            symbol: Some(Symbol { colour: 2, shape: 3 }),
            health: Some("Asthme".into()),
            reference: Some("INE1".into()),
            left_on: Some(date()),
        },
        "8e5007070707070707070707070707070707644cc3a961664d617274696e1a000b4a67f6f68080f6f682020366417374686d6564494e45311a000b4a67",
    );
    golden(
        &site(true),
        "87500505050505050505050505050505050564736974656453697465f6623034f5f5",
    );
    golden(
        &FormulaRecord {
            id: FormulaId(id(9)),
            slug: "repas".parse().unwrap(),
            name: "Repas".into(),
            meal: Meal::Basket,
        },
        "84500909090909090909090909090909090965726570617365526570617303",
    );
    golden(
        &staff(Some(date())),
        "85500c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c644e6f726165617473656d801a000b4a67",
    );
    golden(
        &guardian(Authority::ByJudgment),
        "86501010101010101010101010101010101064416e6e61664d617274696ef662303602",
    );
    golden(
        &agent(vec![SiteId(id(5))]),
        "855011111111111111111111111111111111666140622e667264416e6e6102815005050505050505050505050505050505",
    );
}

#[test]
fn what_tablets_are_told() {
    golden(
        &Alias {
            unknown: ChildId(id(7)),
            child: ChildId(id(8)),
        },
        "8250070707070707070707070707070707075008080808080808080808080808080808",
    );
    golden(
        &Contact {
            name: "Anna".into(),
            phone: "06".into(),
        },
        "8264416e6e61623036",
    );
    golden(
        &OtherSite {
            site: SiteId(id(5)),
            name: "B".into(),
        },
        "8250050505050505050505050505050505056142",
    );
    golden(
        &SiteStaff {
            id: StaffId(id(12)),
            name: "Nora".into(),
            role: "atsem".into(),
            pin: Some("$".into()),
            until: Some(date()),
        },
        "85500c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c644e6f726165617473656d61241a000b4a67",
    );
    let standings = [
        Standing::Away {
            words: "Musée".into(),
            picnic: true,
        },
        Standing::Free,
        Standing::Guest { from: "A".into() },
    ];
    let expected = [
        "8c50070707070707070707070707070707075008080808080808080808080808080808f6f6f6f6f6f6f6f68300664d7573c3a965f5664772c3a87665",
        "8c50070707070707070707070707070707075008080808080808080808080808080808f6f6f6f6f6f6f6f68101664772c3a87665",
        "8c50070707070707070707070707070707075008080808080808080808080808080808f6f6f6f6f6f6f6f682026141664772c3a87665",
    ];
    for (standing, expected) in standings.into_iter().zip(expected) {
        golden(
            &ListedRow {
                child: ChildId(id(7)),
                activity: ActivityId(id(8)),
                formula: None,
                group: None,
                sitting: None,
                table: None,
                expected_in: None,
                expected_out: None,
                comes_from: None,
                goes_to: None,
                standing: Some(standing),
                note: Some("Grève".into()),
            },
            expected,
        );
    }
}

/// What was written before the fields were added is read with their usual value, and a record with
/// nothing unusual is written as it was then.
#[test]
fn records_from_before() {
    before(&site(false), 5);
    before(&staff(None), 4);
    before(&guardian(Authority::Full), 5);
    before(&agent(Vec::new()), 4);
}

#[track_caller]
fn before<T>(value: &T, fields: u64)
where
    T: Encode<()> + for<'b> Decode<'b, ()> + PartialEq + std::fmt::Debug,
{
    let bytes = encode(value);
    assert_eq!(minicbor::Decoder::new(&bytes).array().ok(), Some(Some(fields)));
    assert_eq!(decode::<T>(&bytes).as_ref(), Ok(value));
}

fn site(nursery: bool) -> SiteRecord {
    SiteRecord {
        id: SiteId(id(5)),
        slug: "site".parse().expect("a slug"),
        name: "Site".into(),
        school: None,
        phone: Some("04".into()),
        retired: nursery,
        nursery,
    }
}

fn staff(until: Option<chrono::NaiveDate>) -> StaffRecord {
    StaffRecord {
        id: StaffId(id(12)),
        name: "Nora".into(),
        role: "atsem".into(),
        sites: Vec::new(),
        until,
    }
}

fn guardian(authority: Authority) -> GuardianRecord {
    GuardianRecord {
        id: GuardianId(id(16)),
        first_name: "Anna".into(),
        last_name: "Martin".into(),
        email: None,
        phone: Some("06".into()),
        authority,
    }
}

fn agent(sites: Vec<SiteId>) -> AgentRecord {
    AgentRecord {
        id: AgentId(id(17)),
        email: "a@b.fr".into(),
        name: "Anna".into(),
        role: Role::Directeur,
        sites,
    }
}
