//! A town on this disk, its server in this process, and its tablets.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use chrono::NaiveDate;
use metrics_exporter_prometheus::PrometheusBuilder;
use shared::codec::Minute;
use shared::ids::{ActivityId, ChildId, DeviceId, ReservationId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{
    ActivityRecord, Actor, Body, Channel, ChildRecord, ReservationLine, ServiceRecord, SiteRecord,
};
use shared::sign::{SigningKey, sha256};
use shared::slug::Slug;
use shared::time::UtcMs;
use shared::wire::EnrolRequest;
use sync_server::clock::{Clock, random};
use sync_server::commune::Commune;
use sync_server::host::{Host, Setup};
use sync_server::sync::{code_hash, enrol, new_code};
use sync_server::web::{App, router};
use tablet_replica::Tablet;
use tablet_replica::sync::transport::Transport;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use uuid::Uuid;

use crate::hosts::Place;

/// What a bench hopes for at every step.
pub(crate) const FINE: &str = "the bench's own town works";

/// The one activity.
pub(crate) const EVENING: ActivityId = ActivityId(Uuid::from_u128(0xac));

/// The day on which the bench takes place.
pub(crate) fn monday() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect(FINE)
}

/// That morning.
pub(crate) fn morning() -> UtcMs {
    UtcMs::parse("2026-11-23T06:00:00Z").expect(FINE)
}

/// The nth site.
pub(crate) fn site(n: usize) -> SiteId {
    SiteId(Uuid::from_u128(0x1_0000 + n as u128))
}

/// The nth child. Ids of children are random: they must not compress better than they would.
pub(crate) fn child(n: usize) -> ChildId {
    let drawn = sha256(&[&n.to_be_bytes()]);
    ChildId(Uuid::from_slice(&drawn.0[..16]).expect(FINE))
}

/// A folder on the disk the build lies on: a folder in memory would make every floor free.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect(FINE)
}

/// A town: its server's folder and its one commune.
pub(crate) struct Town {
    /// Its own folder, where it lies in no other place.
    pub(crate) folder: TempDir,
    pub(crate) host: Arc<Host>,
    pub(crate) commune: Arc<Commune>,
}

impl Town {
    /// Founds a town. Its children are expected at the first site on the bench's day.
    pub(crate) fn founded(sites: usize, children: usize) -> Self {
        let folder = folder();
        let setup = Setup::folder(&folder.path().join("data"));
        let host = Host::open(setup, Clock::starting_at(morning())).expect(FINE);
        Self::founded_on(folder, host, sites, children)
    }

    /// The same in a place of either engine.
    pub(crate) fn founded_in(place: &Place, sites: usize, children: usize) -> Self {
        Self::founded_on(folder(), place.host(), sites, children)
    }

    fn founded_on(folder: TempDir, host: Arc<Host>, sites: usize, children: usize) -> Self {
        let slug: Slug = "ville".parse().expect(FINE);
        let commune = host
            .create(&slug, "Ville d’Essai", "Europe/Paris", "mairie")
            .expect(FINE);
        let town = Self {
            folder,
            host,
            commune,
        };
        let mut bodies: Vec<Body> = (0..sites).map(put_site).collect();
        let service = ServiceId(Uuid::from_u128(0x5e));
        let (slug, name) = (slug_of("periscolaire"), "Périscolaire".to_owned());
        bodies.push(Body::PutService {
            service: ServiceRecord {
                retired: false,
                id: service,
                slug,
                name,
            },
        });
        bodies.push(Body::PutActivity {
            activity: evening(service, sites),
        });
        bodies.extend((0..children).map(put_child));
        bodies.push(Body::Reserve {
            lines: (0..children).map(reserved).collect(),
        });
        let make = |body| town.commune.operation(Actor::Host, Channel::Command, body);
        town.commune
            .submit_all(bodies.into_iter().map(make).collect())
            .expect(FINE);
        town
    }

    /// A one-time code for a tablet of a site.
    pub(crate) fn code(&self, site: SiteId) -> String {
        let code = new_code(&self.commune.slug, random());
        let expires_at = self.commune.clock.now().plus_ms(86_400_000);
        let body = Body::IssueTabletCode {
            code: code_hash(&code),
            sites: vec![site],
            expires_at,
        };
        self.commune
            .submit(self.commune.operation(Actor::Host, Channel::Command, body))
            .expect(FINE);
        code
    }

    /// Enrols a tablet that is no more than its id and key.
    pub(crate) fn enrolled(&self, site: SiteId) -> (DeviceId, SigningKey) {
        let device = DeviceId(Uuid::from_bytes(random()));
        let key = SigningKey::from_seed(&random());
        self.enrol(site, device, &key);
        (device, key)
    }

    /// Enrols this tablet: several towns may be told of the same.
    pub(crate) fn enrol(&self, site: SiteId, device: DeviceId, key: &SigningKey) {
        let code = self.code(site);
        let request = EnrolRequest::sign(code.clone(), device, "tablette".into(), key);
        enrol(&self.commune, &request, &code, "http://127.0.0.1").expect(FINE);
    }

    /// The server's routes.
    pub(crate) fn router(&self) -> Router {
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        router(App {
            host: Arc::clone(&self.host),
            metrics,
        })
    }
}

fn slug_of(word: &str) -> Slug {
    word.parse().expect(FINE)
}

fn put_site(n: usize) -> Body {
    let record = SiteRecord {
        nursery: false,
        retired: false,
        id: site(n),
        slug: slug_of(&format!("ecole-{n}")),
        name: format!("École {n}"),
        school: None,
        phone: None,
    };
    Body::PutSite { site: record }
}

fn evening(service: ServiceId, sites: usize) -> ActivityRecord {
    ActivityRecord {
        capacity: None,
        retired: false,
        id: EVENING,
        slug: slug_of("garderie-soir"),
        name: "Garderie du soir".into(),
        service,
        mode: Mode::ArrivalDeparture,
        weekdays: 0b1_1111,
        opens: Minute::new(16, 0),
        closes: Minute::new(19, 0),
        sites: (0..sites).map(site).collect(),
        formulas: Vec::new(),
    }
}

/// The nth child's record.
pub(crate) fn put_child(n: usize) -> Body {
    let record = ChildRecord {
        symbol: None,
        health: None,
        left_on: None,
        reference: None,
        id: child(n),
        first_name: format!("Prénom{n}"),
        last_name: format!("Nom{}", n * 7919 % 1000),
        born: NaiveDate::from_ymd_opt(2019, 1, 1 + (n % 28) as u32).expect(FINE),
        school: None,
        class: None,
        households: Vec::new(),
        badges: Vec::new(),
        must_know: None,
        phone: Some("0601020304".into()),
    };
    Body::PutChild { child: record }
}

fn reserved(n: usize) -> ReservationLine {
    ReservationLine {
        id: ReservationId(Uuid::from_u128(0xe0_0000 + n as u128)),
        child: child(n),
        activity: EVENING,
        site: site(0),
        date: monday(),
        formula: None,
        group: None,
        sitting: None,
        table: None,
        expected_in: Some(Minute::new(16, 30)),
        expected_out: Some(Minute::new(18, 0)),
        comes_from: None,
        goes_to: None,
        household: None,
    }
}

/// Routes served on a free port of this machine by threads of their own.
pub(crate) struct Serving {
    pub(crate) address: String,
    _runtime: Runtime,
}

impl Serving {
    pub(crate) fn start(router: Router) -> Self {
        Self::start_on(router, 0)
    }

    /// The same on this port.
    pub(crate) fn start_on(router: Router, port: u16) -> Self {
        let runtime = Runtime::new().expect(FINE);
        let here: SocketAddr = ([127, 0, 0, 1], port).into();
        let listener = runtime.block_on(tokio::net::TcpListener::bind(here)).expect(FINE);
        let address = format!("http://{}", listener.local_addr().expect(FINE));
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            _runtime: runtime,
        }
    }
}

/// A client that keeps its connection, on the thread of its caller.
pub(crate) struct Client {
    pub(crate) transport: Transport,
    pub(crate) runtime: Runtime,
}

impl Client {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect(FINE);
        Self {
            transport: Transport::new().expect(FINE),
            runtime,
        }
    }

    /// Posts a body and reads the answer.
    pub(crate) fn post(&self, server: &[String], path: &str, body: &[u8]) -> Vec<u8> {
        self.runtime
            .block_on(self.transport.post(server, path, body))
            .expect(FINE)
    }
}

/// A tablet of the first site, enrolled, its lists fetched.
pub(crate) fn tablet(home: &Path, town: &Town, server: &Serving, client: &Client) -> Arc<Mutex<Tablet>> {
    tablet_of(home, town, &server.address, client)
}

/// The same, of a server at this address.
pub(crate) fn tablet_of(home: &Path, town: &Town, server: &str, client: &Client) -> Arc<Mutex<Tablet>> {
    let clock = tablet_replica::clock::Clock::starting_at(morning());
    let tablet = Arc::new(Mutex::new(Tablet::open(home, clock).expect(FINE)));
    let code = town.code(site(0));
    let enrolled = tablet_replica::sync::enrol(&tablet, &client.transport, server, &code, "tablette");
    client.runtime.block_on(enrolled).expect(FINE);
    client
        .runtime
        .block_on(tablet_replica::sync::run(&tablet, &client.transport))
        .expect(FINE);
    tablet
}
