//! Two towns, and in the first three households: the Martins, the Petits, the Roux. Tom is a child of the Martins
//! and of the Petits, a week each; Léa of the Martins alone, Mia of the Petits, Noé of the Roux.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use axum::http::StatusCode;
use chrono::{Days, NaiveDate};
use metrics_exporter_prometheus::PrometheusBuilder;
use shared::codec::{Blob, Hash32, Minute, encode};
use shared::ids::{
    ActivityId, AgentId, BatchId, ChildId, GuardianId, HouseholdId, ReservationId, ServiceId, SiteId,
};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, AgentRecord, Authority, Body, Channel, ChildRecord, CustodyRecord, FamilyCode,
    GuardianRecord, HolidaySharing, HouseholdRecord, PortalRecord, ReservationLine, Role, ServiceRecord,
    Sharing, SiteRecord,
};
use shared::time::UtcMs;
use shared::withdrawal::{Withdrawal, Withdrawn};
use uuid::Uuid;

use super::super::session::{self, Opening, Stage};
use crate::clock::Clock;
use crate::commune::Commune;
use crate::host::Host;
use crate::passwords;
use crate::record;
use crate::store::testing::Place;
use crate::web::browser::Browser;
use crate::web::{App, router};

/// The town that tests are about.
pub(super) const TOWN: &str = "ville";
/// The town next door, on the same server.
pub(super) const NEXT_TOWN: &str = "voisine";
/// Everybody's password.
pub(super) const PASSWORD: &str = "quatre mots pour entrer";

/// Claire Martin: full authority over Léa and Tom.
pub(super) const CLAIRE: GuardianId = GuardianId(Uuid::from_u128(0x9a1));
/// Denis Leroy: lives with her, and has no authority over anybody.
pub(super) const DENIS: GuardianId = GuardianId(Uuid::from_u128(0x9a2));
/// Paul Petit: Tom's father, and Mia's.
pub(super) const PAUL: GuardianId = GuardianId(Uuid::from_u128(0x9b1));
/// Emma Petit: has no login yet.
pub(super) const EMMA: GuardianId = GuardianId(Uuid::from_u128(0x9b2));
/// Rita Roux: of another family.
pub(super) const RITA: GuardianId = GuardianId(Uuid::from_u128(0x9c1));
/// Luc Noir: deleted his account.
pub(super) const LUC: GuardianId = GuardianId(Uuid::from_u128(0x9d1));
/// A guardian of the town next door, with Claire's login.
pub(super) const NEIGHBOUR: GuardianId = GuardianId(Uuid::from_u128(0x9e1));

/// Claire's and Denis's.
pub(super) const MARTIN: HouseholdId = HouseholdId(Uuid::from_u128(0xf1));
/// Paul's and Emma's.
pub(super) const PETIT: HouseholdId = HouseholdId(Uuid::from_u128(0xf2));
/// Rita's.
pub(super) const ROUX: HouseholdId = HouseholdId(Uuid::from_u128(0xf3));
/// Luc's.
pub(super) const NOIR: HouseholdId = HouseholdId(Uuid::from_u128(0xf4));

/// Of the Martins.
pub(super) const LEA: ChildId = ChildId(Uuid::from_u128(0xc1));
/// Of the Martins and the Petits; this week with the Martins.
pub(super) const TOM: ChildId = ChildId(Uuid::from_u128(0xc2));
/// Of the Petits.
pub(super) const MIA: ChildId = ChildId(Uuid::from_u128(0xc3));
/// Of the Roux.
pub(super) const NOE: ChildId = ChildId(Uuid::from_u128(0xc4));

/// The one site.
pub(super) const JAURES: SiteId = SiteId(Uuid::from_u128(0x51));
/// The canteen.
pub(super) const CANTEEN: ActivityId = ActivityId(Uuid::from_u128(0xa1));

/// Logins; they are the contact e-mails too.
pub(super) const LOGIN_OF_CLAIRE: &str = "claire@famille.example";
pub(super) const LOGIN_OF_DENIS: &str = "denis@famille.example";
pub(super) const LOGIN_OF_PAUL: &str = "paul@famille.example";
pub(super) const LOGIN_OF_RITA: &str = "rita@famille.example";
pub(super) const LOGIN_OF_LUC: &str = "luc@famille.example";
/// Emma's contact e-mail; she has no login.
pub(super) const EMAIL_OF_EMMA: &str = "emma@famille.example";

/// A Monday of school, by the clocks of Paris.
pub(super) fn at(time: &str) -> UtcMs {
    UtcMs::parse(&format!("2026-11-23T{time}:00+01:00")).unwrap()
}

/// That Monday.
pub(super) fn monday() -> NaiveDate {
    at("12:00").date_in(chrono_tz::Europe::Paris)
}

/// Puts operations of the town hall through the corridor.
pub(super) fn apply(commune: &Commune, bodies: Vec<Body>) {
    let make = |body| commune.operation(Actor::Host, Channel::Command, body);
    commune
        .submit_all(bodies.into_iter().map(make).collect())
        .unwrap();
}

/// What stands in the address of a link that nobody has.
pub(super) fn nobodys_link() -> String {
    data_encoding::BASE64URL_NOPAD.encode(&Hash32::ZERO.0)
}

/// The agent of a role: `role@mairie.example`, with everybody's password.
pub(super) fn agent(role: Role) -> AgentId {
    let nth = Role::ALL.iter().position(|one| *one == role).unwrap();
    AgentId(Uuid::from_u128(0xe00 + nth as u128))
}

/// The e-mail of the agent of a role.
pub(super) fn email_of(role: Role) -> String {
    format!("{}@mairie.example", role.as_str())
}

/// The ground of a test: a host with two towns, in a place of its own.
pub(super) struct Towns {
    place: Place,
}

impl Towns {
    /// Founds both.
    pub(super) fn new() -> Self {
        let towns = Self { place: Place::new() };
        let host = towns.host(at("07:00"));
        for (slug, name) in [(TOWN, "Ville d’Essai"), (NEXT_TOWN, "Ville Voisine")] {
            let slug = slug.parse().unwrap();
            host.create(&slug, name, "Europe/Paris", "mairie").unwrap();
        }
        apply(&host.commune(TOWN).unwrap(), people());
        let neighbour = [
            household(
                HouseholdId(Uuid::from_u128(0xf5)),
                "Voisin",
                vec![guardian(
                    NEIGHBOUR,
                    ("Nina", "Voisin"),
                    LOGIN_OF_CLAIRE,
                    Authority::Full,
                )],
            ),
            login(NEIGHBOUR, LOGIN_OF_CLAIRE),
        ];
        apply(&host.commune(NEXT_TOWN).unwrap(), neighbour.into());
        towns
    }

    /// The server's process, its clock standing at an instant when it starts.
    pub(super) fn host(&self, now: UtcMs) -> Arc<Host> {
        self.place.host(Clock::starting_at(now))
    }

    /// The first town.
    pub(super) fn commune(&self, now: UtcMs) -> Arc<Commune> {
        self.host(now).commune(TOWN).unwrap()
    }

    /// Number of its newest journal entry: what a refusal must not move.
    pub(super) fn head(&self) -> u64 {
        self.commune(at("12:00")).head().unwrap().seq
    }

    /// How many entries a family or an agent wrote: what the server notes of itself is none of them.
    pub(super) fn written(&self) -> usize {
        let sql = "select seq from journal where kind <> 'note_guessing' and kind <> 'set_push_key'";
        let commune = self.commune(at("12:00"));
        commune.store.read(|tx| tx.query(sql, &[])).unwrap().len()
    }

    /// Applies operations of the town hall in the first town.
    pub(super) fn apply(&self, bodies: Vec<Body>) {
        apply(&self.commune(at("12:00")), bodies);
    }

    /// A browser before a server that was started at an instant: nobody is in.
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

    /// A browser in which a guardian is in, without having passed the door.
    pub(super) fn family(&self, who: GuardianId, now: UtcMs) -> Browser {
        self.opened(TOWN, Stage::In, opening(Some(who), None, None), now)
    }

    /// A browser in which a guardian of the town next door is in, there.
    pub(super) fn neighbour(&self, now: UtcMs) -> Browser {
        self.opened(NEXT_TOWN, Stage::In, opening(Some(NEIGHBOUR), None, None), now)
    }

    /// A browser whose user owes a second factor.
    pub(super) fn owing_factor(&self, who: GuardianId, now: UtcMs) -> Browser {
        self.opened(TOWN, Stage::Factor, opening(Some(who), None, None), now)
    }

    /// A browser whose user gave the right codes of a household.
    pub(super) fn with_codes(&self, household: HouseholdId, now: UtcMs) -> Browser {
        self.opened(TOWN, Stage::Codes, opening(None, Some(household), None), now)
    }

    /// A browser in which an agent looks as a guardian.
    pub(super) fn seen_as(&self, agent: AgentId, who: GuardianId, now: UtcMs) -> Browser {
        self.opened(TOWN, Stage::In, opening(Some(who), None, Some(agent)), now)
    }

    /// A browser in which the agent of a role is in, at the desk.
    pub(super) fn desk(&self, role: Role, now: UtcMs) -> Browser {
        let mut browser = self.browser(now);
        let reply = browser.log_in(&email_of(role), PASSWORD);
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
        browser
    }

    fn opened(&self, town: &str, stage: Stage, opening: Opening, now: UtcMs) -> Browser {
        let commune = self.host(now).commune(town).unwrap();
        let begin = move |tx: &mut dyn crate::store::Write| session::begin(tx, stage, opening, "Essai", now);
        let secret = commune.store.write(begin).unwrap();
        let mut browser = self.browser(now);
        let value = data_encoding::BASE64URL_NOPAD.encode(&secret);
        browser.cookies.insert(format!("famille-{town}"), value);
        browser
    }

    /// Makes the portal what a test needs.
    pub(super) fn set_up(&self, portal: PortalRecord) {
        let commune = self.commune(at("12:00"));
        let (_, version) = commune.store.read(record::portal).unwrap();
        let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutPortal { portal });
        operation.seen = (version > 0).then_some(version);
        commune.submit(operation).unwrap();
    }

    /// Withdraws a guardian from the portal.
    pub(super) fn withdraw(&self, guardian: GuardianId) {
        let commune = self.commune(at("12:00"));
        let kind = Withdrawn::Guardian;
        let withdrawal = Withdrawal::sign(kind, guardian.0, at("12:00"), &commune.keys.signing);
        let withdrawal = Blob(encode(&withdrawal));
        apply(&commune, vec![Body::Withdraw { withdrawal }]);
    }

    /// What the store holds of each session beside who it is of.
    pub(super) fn sessions(&self) -> Vec<Vec<u8>> {
        let commune = self.commune(at("12:00"));
        let sql = "select token from portal_session order by token";
        let rows = commune.store.read(|tx| tx.query(sql, &[])).unwrap();
        rows.iter().map(|row| row.bytes(0).unwrap()).collect()
    }

    /// Gives out a pair of codes of a child and a household.
    pub(super) fn give_codes(&self, pair: Hash32, child: ChildId, household: HouseholdId, expires_at: UtcMs) {
        let codes = vec![FamilyCode {
            pair,
            child,
            household,
        }];
        let batch = BatchId(Uuid::from_u128(0xba));
        self.apply(vec![Body::IssueFamilyCodes {
            codes,
            expires_at,
            batch,
        }]);
    }
}

fn opening(guardian: Option<GuardianId>, household: Option<HouseholdId>, agent: Option<AgentId>) -> Opening {
    Opening {
        guardian,
        household,
        agent,
        ..Opening::default()
    }
}

/// Hashing takes tens of milliseconds: once for everybody.
fn phc() -> String {
    static PHC: OnceLock<String> = OnceLock::new();
    PHC.get_or_init(|| passwords::hash(PASSWORD)).clone()
}

fn people() -> Vec<Body> {
    let full = Authority::Full;
    let mut bodies = vec![
        Body::PutSite {
            site: SiteRecord {
                nursery: false,
                retired: false,
                id: JAURES,
                slug: "jaures".parse().unwrap(),
                name: "École Jaurès".into(),
                school: None,
                phone: None,
            },
        },
        Body::PutService {
            service: ServiceRecord {
                retired: false,
                id: ServiceId(Uuid::from_u128(0x5e)),
                slug: "restauration".parse().unwrap(),
                name: "Restauration".into(),
            },
        },
        canteen(),
        household(
            MARTIN,
            "Martin",
            vec![
                guardian(CLAIRE, ("Claire", "Martin"), LOGIN_OF_CLAIRE, full),
                guardian(DENIS, ("Denis", "Leroy"), LOGIN_OF_DENIS, Authority::None),
            ],
        ),
        household(
            PETIT,
            "Petit",
            vec![
                guardian(PAUL, ("Paul", "Petit"), LOGIN_OF_PAUL, full),
                guardian(EMMA, ("Emma", "Petit"), EMAIL_OF_EMMA, full),
            ],
        ),
        household(
            ROUX,
            "Roux",
            vec![guardian(RITA, ("Rita", "Roux"), LOGIN_OF_RITA, full)],
        ),
        household(
            NOIR,
            "Noir",
            vec![guardian(LUC, ("Luc", "Noir"), LOGIN_OF_LUC, full)],
        ),
        child(LEA, "Léa", "Martin", &[MARTIN]),
        child(TOM, "Tom", "Petit-Martin", &[MARTIN, PETIT]),
        child(MIA, "Mia", "Petit", &[PETIT]),
        child(NOE, "Noé", "Roux", &[ROUX]),
        Body::PutCustody {
            custody: CustodyRecord {
                child: TOM,
                sharing: Some(Sharing {
                    first: MARTIN,
                    second: PETIT,
                    anchor: monday(),
                    holidays: HolidaySharing::AsWeeks,
                }),
                exceptions: Vec::new(),
                authorities: Vec::new(),
                note: "Jugement du 4 mars 2026".into(),
            },
        },
        Body::Reserve {
            lines: [LEA, TOM, MIA, NOE]
                .into_iter()
                .zip(1..)
                .flat_map(|(child, n)| [0, 1, 7, 8].map(|day| line(child, n * 100 + day)))
                .collect(),
        },
    ];
    bodies.extend([
        login(CLAIRE, LOGIN_OF_CLAIRE),
        login(DENIS, LOGIN_OF_DENIS),
        login(PAUL, LOGIN_OF_PAUL),
        login(RITA, LOGIN_OF_RITA),
        login(LUC, LOGIN_OF_LUC),
        Body::DeleteAccount { guardian: LUC },
    ]);
    for role in Role::ALL {
        let record = AgentRecord {
            sites: if role == Role::Directeur {
                vec![JAURES]
            } else {
                Vec::new()
            },
            id: agent(role),
            email: email_of(role),
            name: format!("M. {}", role.as_str()),
            role,
        };
        let password = Body::SetAgentPassword {
            agent: agent(role),
            phc: phc(),
            token: None,
        };
        bodies.extend([Body::PutAgent { agent: record }, password]);
    }
    bodies
}

fn household(id: HouseholdId, name: &str, guardians: Vec<GuardianRecord>) -> Body {
    let household = HouseholdRecord {
        id,
        name: name.into(),
        guardians,
    };
    Body::PutHousehold { household }
}

/// A telephone number of nobody else.
pub(super) fn phone_of(guardian: GuardianId) -> String {
    format!("06 39 98 {:04}", guardian.0.as_u128())
}

fn guardian(id: GuardianId, name: (&str, &str), email: &str, authority: Authority) -> GuardianRecord {
    GuardianRecord {
        id,
        first_name: name.0.into(),
        last_name: name.1.into(),
        email: Some(email.into()),
        phone: Some(phone_of(id)),
        authority,
    }
}

fn login(guardian: GuardianId, login: &str) -> Body {
    Body::SetGuardianLogin {
        guardian,
        login: login.into(),
        phc: phc(),
        token: None,
    }
}

fn child(id: ChildId, first_name: &str, last_name: &str, households: &[HouseholdId]) -> Body {
    let child = ChildRecord {
        symbol: None,
        health: Some(format!("Santé de {first_name} : asthme")),
        left_on: None,
        reference: None,
        id,
        first_name: first_name.into(),
        last_name: last_name.into(),
        born: NaiveDate::from_ymd_opt(2018, 5, 4).unwrap(),
        school: None,
        class: None,
        households: households.to_vec(),
        badges: Vec::new(),
        must_know: Some(format!("Trousse de {first_name}")),
        phone: None,
    };
    Body::PutChild { child }
}

fn canteen() -> Body {
    let activity = ActivityRecord {
        capacity: None,
        retired: false,
        id: CANTEEN,
        slug: "cantine".parse().unwrap(),
        name: "Cantine".into(),
        service: ServiceId(Uuid::from_u128(0x5e)),
        mode: Mode::Presence,
        weekdays: 0b1_1011,
        opens: Minute::new(11, 30),
        closes: Minute::new(13, 30),
        sites: vec![JAURES],
        formulas: Vec::new(),
    };
    Body::PutActivity { activity }
}

/// The canteen so many days after Monday: the last two digits of `n`.
fn line(child: ChildId, n: u128) -> ReservationLine {
    let day = u64::try_from(n % 100).unwrap();
    ReservationLine {
        id: ReservationId(Uuid::from_u128(n)),
        child,
        activity: CANTEEN,
        site: JAURES,
        date: monday().checked_add_days(Days::new(day)).unwrap(),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: None,
        expected_out: None,
        comes_from: None,
        goes_to: None,
        household: None,
    }
}
