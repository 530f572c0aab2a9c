//! A town of a few people.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::http::StatusCode;
use chrono::{Datelike, NaiveDate};
use metrics_exporter_prometheus::PrometheusBuilder;
use shared::codec::{Blob, Hash32, Minute};
use shared::day_list::{Badge, BadgeKind};
use shared::ids::{ActivityId, AgentId, ChildId, DeviceId, MarkId, ReservationId, ServiceId, SiteId, mint};
use shared::mark::{Kind, Mark, pack};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, AgentRecord, Body, Channel, ChildRecord, ReceivedMark, ReservationLine, Role,
    ServiceRecord, SiteRecord,
};
use shared::sign::sha256;
use shared::time::UtcMs;
use uuid::Uuid;

use super::browser::Browser;
use crate::clock::{Clock, random};
use crate::commune::Commune;
use crate::host::Host;
use crate::passwords;
use crate::store::testing::Place;
use crate::web::{App, router};

pub(super) const PASSWORD: &str = "quatre mots pour entrer";
pub(super) const EMAIL: &str = "roche@mairie.example";
pub(super) const DAY: &str = "/ville/gestion/jour?site=jaures&date=2026-11-23&activite=cantine";

pub(super) const JAURES: SiteId = SiteId(Uuid::from_u128(0x51));
pub(super) const CURIE: SiteId = SiteId(Uuid::from_u128(0x52));
pub(super) const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));
pub(super) const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xa2));
pub(super) const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));
pub(super) const ZOE: ChildId = ChildId(Uuid::from_u128(0xc2));
pub(super) const NOE: ChildId = ChildId(Uuid::from_u128(0xc3));
pub(super) const ROCHE: AgentId = AgentId(Uuid::from_u128(0xe1));

/// A Monday of school, by the clocks of Paris.
pub(super) fn at(time: &str) -> UtcMs {
    UtcMs::parse(&format!("2026-11-23T{time}:00+01:00")).unwrap()
}

fn monday() -> NaiveDate {
    at("12:00").date_in(chrono_tz::Europe::Paris)
}

/// A tap: activity, child, what happened, when.
pub(super) type Tap<'a> = (ActivityId, ChildId, Kind, &'a str);

/// Puts operations through the corridor, as the host would.
pub(super) fn apply(commune: &Commune, bodies: Vec<Body>) {
    let make = |body| commune.operation(Actor::Host, Channel::Command, body);
    commune
        .submit_all(bodies.into_iter().map(make).collect())
        .unwrap();
}

/// A town in a place of its own.
pub(super) struct Town {
    place: Place,
}

impl Town {
    /// Nothing but an administrator: what the command line leaves behind.
    pub(super) fn bare() -> Self {
        let town = Self { place: Place::new() };
        let host = town.host(at("07:00"));
        let slug = "ville".parse().unwrap();
        let commune = host
            .create(&slug, "Ville d’Essai", "Europe/Paris", "mairie")
            .unwrap();
        let agent = AgentRecord {
            sites: Vec::new(),
            id: ROCHE,
            email: EMAIL.into(),
            name: "Mme Roche".into(),
            role: Role::Administrateur,
        };
        let phc = passwords::hash(PASSWORD);
        let password = Body::SetAgentPassword {
            agent: ROCHE,
            phc,
            token: None,
        };
        apply(&commune, vec![Body::PutAgent { agent }, password]);
        town
    }

    /// Two sites, two activities, two children on the lists, one beside them, one agent.
    pub(super) fn founded() -> Self {
        let town = Self { place: Place::new() };
        let host = town.host(at("07:00"));
        let commune = host
            .create(
                &"ville".parse().unwrap(),
                "Ville d’Essai",
                "Europe/Paris",
                "mairie",
            )
            .unwrap();
        let site = |id, slug: &str, name: &str| Body::PutSite {
            site: SiteRecord {
                nursery: false,
                retired: false,
                id,
                slug: slug.parse().unwrap(),
                name: name.into(),
                school: None,
                phone: None,
            },
        };
        let service = ServiceRecord {
            retired: false,
            id: ServiceId(Uuid::from_u128(0x5e)),
            slug: "restauration".parse().unwrap(),
            name: "Restauration".into(),
        };
        let agent = AgentRecord {
            sites: Vec::new(),
            id: ROCHE,
            email: EMAIL.into(),
            name: "Mme Roche".into(),
            role: Role::Gestionnaire,
        };
        apply(
            &commune,
            vec![
                site(JAURES, "jaures", "École Jaurès"),
                site(CURIE, "curie", "École Curie"),
                Body::PutService { service },
                activity(CANTEEN, "cantine", "Cantine", Mode::Presence, (11, 13)),
                activity(
                    EVENING,
                    "garderie-soir",
                    "Garderie du soir",
                    Mode::ArrivalDeparture,
                    (16, 18),
                ),
                child(LEA, "Léa", "Martin"),
                child(ZOE, "<b>Zoé</b>", "O’Brien & \"fils\""),
                child(NOE, "Noé", "Dupré"),
                Body::Reserve {
                    lines: vec![line(1, LEA), line(2, ZOE)],
                },
                Body::PutAgent { agent },
                Body::SetAgentPassword {
                    agent: ROCHE,
                    phc: passwords::hash(PASSWORD),
                    token: None,
                },
            ],
        );
        town
    }

    /// The server's process, its clock standing at an instant when it starts.
    pub(super) fn host(&self, now: UtcMs) -> Arc<Host> {
        self.place.host(Clock::starting_at(now))
    }

    pub(super) fn commune(&self, now: UtcMs) -> Arc<Commune> {
        self.host(now).commune("ville").unwrap()
    }

    /// Number of the newest journal entry: what a refusal must not move.
    pub(super) fn head(&self) -> u64 {
        self.commune(at("12:00")).head().unwrap().seq
    }

    /// A browser before a server that was started at an instant.
    pub(super) fn browser(&self, now: UtcMs) -> Browser {
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let server = router(App {
            host: self.host(now),
            metrics,
        });
        Browser {
            server,
            cookies: BTreeMap::new(),
            headers: vec![("host", "localhost:8080".into())],
        }
    }

    /// A browser whose user has logged in.
    pub(super) fn desk(&self, now: UtcMs) -> Browser {
        let mut browser = self.browser(now);
        let reply = browser.log_in(EMAIL, PASSWORD);
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        browser
    }

    /// Marks of a tablet, as the sync endpoint would hand them in.
    pub(super) fn points(&self, site: SiteId, device: u128, marks: &[Tap<'_>]) {
        self.points_of_day("2026-11-23", site, device, marks);
    }

    /// The same, on the list of another day.
    pub(super) fn points_of_day(&self, date: &str, site: SiteId, device: u128, marks: &[Tap<'_>]) {
        let device = DeviceId(Uuid::from_u128(device));
        let marks = marks.iter().zip(1..).map(|((activity, child, kind, time), seq)| {
            mark(device, seq, *activity, Some(*child), kind.clone(), at(time))
        });
        self.hand_in(date.parse().unwrap(), site, marks.collect());
    }

    /// A gesture on a whole list.
    pub(super) fn closes(&self, site: SiteId, device: u128, activity: ActivityId, kind: Kind, time: &str) {
        let mark = mark(
            DeviceId(Uuid::from_u128(device)),
            1,
            activity,
            None,
            kind,
            at(time),
        );
        self.hand_in(monday(), site, vec![mark]);
    }

    /// Marks under ids that are known already.
    pub(super) fn hands_in(
        &self,
        site: SiteId,
        device: u128,
        marks: &[(MarkId, ActivityId, ChildId, Kind, &str)],
    ) {
        let device = DeviceId(Uuid::from_u128(device));
        let marks = marks
            .iter()
            .zip(900..)
            .map(|((id, activity, child, kind, time), seq)| {
                let mark = mark(device, seq, *activity, Some(*child), kind.clone(), at(time));
                (*id, mark)
            });
        self.receive(monday(), site, marks.collect());
    }

    /// A tablet in service at a site since the morning.
    pub(super) fn has_tablet(&self, device: u128, site: SiteId) {
        let code = Hash32([9; 32]);
        let issue = Body::IssueTabletCode {
            code,
            sites: vec![site],
            expires_at: at("23:00"),
        };
        let enrol = Body::EnrolDevice {
            code,
            device: DeviceId(Uuid::from_u128(device)),
            key: [1; 32],
            name: "Cantine 1".into(),
        };
        apply(&self.commune(at("08:00")), vec![issue, enrol]);
    }

    /// A tablet was heard of, and said how many taps it owes.
    pub(super) fn heard_of(&self, device: u128, when: UtcMs, owed: i64) {
        let params = [
            DeviceId(Uuid::from_u128(device)).into(),
            when.into(),
            "1.0".into(),
            owed.into(),
        ];
        let sql = include_str!("../../../record/device/put_contact.sql");
        self.commune(when)
            .store
            .write(move |tx| tx.execute(sql, &params))
            .unwrap();
    }

    fn hand_in(&self, date: NaiveDate, site: SiteId, marks: Vec<Mark>) {
        let named = marks
            .into_iter()
            .map(|mark| (MarkId(mint(mark.device_time, random())), mark));
        self.receive(date, site, named.collect());
    }

    fn receive(&self, date: NaiveDate, site: SiteId, marks: Vec<(MarkId, Mark)>) {
        let device = marks[0].1.device;
        let received = marks.iter().map(|(id, mark)| ReceivedMark {
            id: *id,
            value: Blob(pack(mark)),
            returned: false,
        });
        let body = Body::ReceiveMarks {
            device,
            site,
            date: date.num_days_from_ce(),
            marks: received.collect(),
        };
        apply(&self.commune(at("12:00")), vec![body]);
    }

    /// Gives Mme Roche another role.
    pub(super) fn becomes(&self, role: Role, sites: &[SiteId]) {
        self.change_agent(AgentRecord {
            sites: sites.to_vec(),
            id: ROCHE,
            email: EMAIL.into(),
            name: "Mme Roche".into(),
            role,
        });
    }

    /// Changes an agent as it stands.
    pub(super) fn change_agent(&self, agent: AgentRecord) {
        let commune = self.commune(at("12:00"));
        let version = include_str!("../../../record/agent/version.sql");
        let seen = commune
            .store
            .read(|tx| tx.first(version, &[agent.id.into()]))
            .unwrap();
        let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutAgent { agent });
        operation.seen = Some(seen.unwrap().int(0).unwrap());
        commune.submit(operation).unwrap();
    }

    /// A one-time link for an agent: what stands in its address.
    pub(super) fn link(&self, expires_at: UtcMs) -> String {
        let token: [u8; 32] = random();
        let body = Body::IssueAgentLink {
            agent: ROCHE,
            token: sha256(&[&token]),
            expires_at,
        };
        apply(&self.commune(at("08:00")), vec![body]);
        data_encoding::BASE64URL_NOPAD.encode(&token)
    }
}

fn mark(
    device: DeviceId,
    seq: u64,
    activity: ActivityId,
    child: Option<ChildId>,
    kind: Kind,
    time: UtcMs,
) -> Mark {
    Mark {
        kind,
        child,
        activity,
        formula: None,
        device,
        device_seq: seq,
        device_time: time,
        mono_ms: u64::try_from(time.0 - at("07:00").0).unwrap(),
        boot: 1,
        offset_ms: Some(0),
        staff: None,
        stated: None,
        after: Vec::new(),
        clock_doubted: false,
    }
}

fn activity(id: ActivityId, slug: &str, name: &str, mode: Mode, (opens, closes): (u16, u16)) -> Body {
    let activity = ActivityRecord {
        capacity: None,
        retired: false,
        id,
        slug: slug.parse().unwrap(),
        name: name.into(),
        service: ServiceId(Uuid::from_u128(0x5e)),
        mode,
        weekdays: 0b1_1011,
        opens: Minute::new(opens, 30),
        closes: Minute::new(closes, 30),
        sites: vec![JAURES, CURIE],
        formulas: Vec::new(),
    };
    Body::PutActivity { activity }
}

fn child(id: ChildId, first_name: &str, last_name: &str) -> Body {
    let child = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id,
        first_name: first_name.into(),
        last_name: last_name.into(),
        born: NaiveDate::from_ymd_opt(2018, 5, 4).unwrap(),
        school: None,
        class: None,
        households: Vec::new(),
        badges: vec![Badge {
            kind: BadgeKind::Allergy,
            text: "arachide".into(),
        }],
        must_know: Some("Trousse d’urgence dans le bureau".into()),
        phone: None,
    };
    Body::PutChild { child }
}

fn line(n: u128, child: ChildId) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(n)),
        child,
        activity: CANTEEN,
        site: JAURES,
        date: monday(),
        formula: None,
        group: Some("Les lynx".into()),
        sitting: Some(1),
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

/// A hash that no link has.
pub(super) fn nobodys_link() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&Hash32::ZERO.0)
}
