//! From a tap on one tablet until another shows it: both real, each with its own line to a real server.

use std::convert::Infallible;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State as Shared;
use axum::response::sse::{Event, Sse};
use axum::routing::{get, post};
use futures_util::stream;
use rusqlite::Connection;
use shared::fold::State;
use shared::ids::MarkId;
use shared::screen::Ask;
use sync_server::clock::Stopwatch;
use system_tests::clock::{pause, wait_for};
use tablet_replica::app::App;
use tablet_replica::store::{Db, marks};
use tablet_replica::sync::run;
use tablet_replica::{Target, clock::Clock};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use crate::floor::WAL_FULL;
use crate::hosts::{Line, Place, Process};
use crate::measure::{Figure, Samples, Unit};
use crate::town::{Client, EVENING, FINE, Serving, Town, child, folder, monday, morning, site, tablet_of};

/// Taps, each seen before the next is made.
const ROUNDS: usize = 200;
/// Taps whose exchange waits as it does behind the window.
const PACED: usize = 10;
/// How long a sign may take before the bench gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of a tap's request.
const TAP: [u8; 430] = [0x5a; 430];

pub(crate) fn measure() -> Vec<Figure> {
    [Place::files(), Place::postgres()].iter().flat_map(on).collect()
}

fn on(place: &Place) -> Vec<Figure> {
    let town = Town::founded_in(place, 1, ROUNDS + 3 * PACED);
    let server = Process::start(place);
    server.surveyed(1);
    let address = format!("http://{}", server.address());
    let client = Client::new();
    let home = folder();
    let tapping = tablet_of(home.path(), &town, &address, &client);
    let watching = Watching::new(&town, &address);
    Watching::listens(&server, 1);
    let bare = Bare::new(place);

    let target = Target {
        site: site(0),
        date: monday(),
        activity: EVENING,
    };
    let (mut stored, mut shown, mut floor) = (Samples::default(), Samples::default(), Samples::default());
    for n in 0..ROUNDS {
        if n % 2 == 0 {
            bare.round(&client, &mut floor);
        }
        watching.forgets_signs();
        let watch = Stopwatch::start();
        let mark = tapping
            .lock()
            .expect(FINE)
            .arrive(target, child(n), None, None)
            .expect(FINE);
        client
            .runtime
            .block_on(run(&tapping, &client.transport))
            .expect(FINE);
        watching.holds(mark);
        stored.add(watch.seconds());
        watching.shows(n);
        shown.add(watch.seconds());
        if n % 2 == 1 {
            bare.round(&client, &mut floor);
        }
    }
    drop(tapping);
    let paced = paced(&town, &address, &server, &watching);
    let engine = place.engine();
    let beside = "beside one POST, one durable row and one event to a second client";
    let figure = |name: &str, ours: Samples, floor: &Samples, note: String| Figure {
        name: format!("{name}, {engine}"),
        ours,
        floor: floor.clone(),
        goal: None,
        unit: Unit::Ms,
        notes: vec![format!("{name}, {engine}: {note}")],
    };
    vec![
        figure(
            "tap to stored on a second tablet",
            stored,
            &floor,
            format!("the exchange asked for at once, {beside}; two exchanges and three commits more"),
        ),
        figure(
            "tap to visible on a second tablet",
            shown,
            &floor,
            format!(
                "as before, and the second tablet's list of {} children folded again",
                ROUNDS + 3 * PACED
            ),
        ),
        figure(
            "tap to visible on a second tablet as the window paces it",
            paced,
            &floor,
            format!(
                "{PACED} taps, each after a pause of the hand; by design an exchange waits until whoever taps pauses"
            ),
        ),
    ]
}

/// The same through the program behind the window, which decides by itself when it exchanges.
fn paced(town: &Town, address: &str, server: &Process, watching: &Watching) -> Samples {
    let tapping = Watching::new(town, address);
    Watching::listens(server, 2);
    let mut samples = Samples::default();
    for n in ROUNDS..ROUNDS + PACED {
        // What comes back from the server of the tap before has settled, and the hand has rested.
        pause(Duration::from_secs(4));
        watching.forgets_signs();
        samples.time(|| {
            tapping.taps(n);
            watching.shows(n);
        });
    }
    samples
}

/// The program behind a tablet's window, exchanging by itself.
struct Watching {
    app: App,
    signs: Mutex<Receiver<()>>,
    file: Db,
    runtime: Runtime,
    _home: TempDir,
}

impl Watching {
    fn new(town: &Town, address: &str) -> Self {
        let (home, runtime) = (folder(), Runtime::new().expect(FINE));
        let app = App::with_clock(home.path(), Clock::starting_at(morning())).expect(FINE);
        let (tell, signs) = channel();
        app.on_change(Box::new(move || {
            let _ = tell.send(());
        }));
        let enrolled = runtime.block_on(app.enrol(address.to_owned(), town.code(site(0))));
        enrolled.expect(FINE);
        let for_ever = app.clone();
        runtime.spawn(async move { for_ever.run_sync().await });
        Self {
            app,
            signs: Mutex::new(signs),
            file: Db::open(home.path()).expect(FINE),
            runtime,
            _home: home,
        }
    }

    /// Waits until the server says that so many listen.
    fn listens(server: &Process, listeners: usize) {
        wait_for("the second tablet to listen", || {
            let (_, page) = Line::to(server.address()).get("/metrics", "");
            let page = String::from_utf8_lossy(&page).into_owned();
            page.contains(&format!("\npreau_listeners {listeners}\n"))
                .then_some(())
        });
    }

    fn forgets_signs(&self) {
        let signs = self.signs.lock().expect(FINE);
        while signs.try_recv().is_ok() {}
    }

    /// Looks again at each sign that something changed, until it finds it.
    fn until(&self, found: impl Fn() -> bool) {
        let signs = self.signs.lock().expect(FINE);
        while !found() {
            signs
                .recv_timeout(PATIENCE)
                .expect("a sign that something changed");
        }
    }

    /// Waits until its file has the mark.
    fn holds(&self, mark: MarkId) {
        self.until(|| marks::find(self.file.reader(), mark).expect(FINE).is_some());
    }

    fn ask() -> Ask {
        Ask {
            site: Some(site(0).to_string()),
            date: Some(monday().to_string()),
            activity: Some(EVENING.to_string()),
        }
    }

    /// Waits until its list shows the nth child present.
    fn shows(&self, n: usize) {
        self.until(|| {
            let day = self.runtime.block_on(self.app.day(Self::ask())).expect(FINE);
            let wanted = child(n).to_string();
            day.rows
                .iter()
                .any(|row| row.child == wanted && row.state == State::Present)
        });
    }

    fn taps(&self, n: usize) {
        let Ask { site, date, activity } = Self::ask();
        let tap = shared::screen::Tap {
            site: site.expect(FINE),
            date: date.expect(FINE),
            activity: activity.expect(FINE),
            child: child(n).to_string(),
            deed: shared::screen::Deed::In,
            reason: None,
            rest_of_day: false,
        };
        self.runtime.block_on(self.app.tap(tap)).expect(FINE);
    }
}

/// Keeps a row durably.
type Keep = Box<dyn FnMut(&[u8]) + Send>;

/// What nothing of this kind does without: a request, one durable row, an event to somebody else.
struct Bare {
    server: Serving,
    heard: Receiver<()>,
    _listens: Runtime,
    /// Dropped last, and by no thread of a runtime: a client of PostgreSQL has one of its own.
    _rows: Rows,
}

#[derive(Clone)]
struct Rows {
    keep: Arc<Mutex<Keep>>,
    told: watch::Sender<u64>,
}

impl Bare {
    fn new(place: &Place) -> Self {
        let keep: Keep = match place.database() {
            None => in_a_file(&place.data().with_file_name("bare.db")),
            Some(database) => {
                let mut client = database.client();
                client
                    .batch_execute("create schema bare; create table bare.row (n bigserial primary key, bytes bytea not null)")
                    .expect(FINE);
                let insert = client
                    .prepare("insert into bare.row (bytes) values ($1)")
                    .expect(FINE);
                Box::new(move |bytes| {
                    client.execute(&insert, &[&bytes]).expect(FINE);
                })
            }
        };
        let rows = Rows {
            keep: Arc::new(Mutex::new(keep)),
            told: watch::channel(0).0,
        };
        let router = Router::new()
            .route("/tap", post(tap))
            .route("/events", get(events))
            .with_state(rows.clone());
        let server = Serving::start(router);
        let (tell, heard) = channel();
        let runtime = Runtime::new().expect(FINE);
        let url = format!("{}/events", server.address);
        runtime.spawn(async move {
            let mut stream = reqwest::get(url).await.expect(FINE);
            // It ends with the server, in the middle of what it says.
            while let Ok(Some(piece)) = stream.chunk().await {
                if piece.starts_with(b"data") && tell.send(()).is_err() {
                    return;
                }
            }
        });
        wait_for("the bare listener", || {
            (rows.told.receiver_count() > 0).then_some(())
        });
        Self {
            server,
            heard,
            _listens: runtime,
            _rows: rows,
        }
    }

    fn round(&self, client: &Client, samples: &mut Samples) {
        let address = std::slice::from_ref(&self.server.address);
        samples.time(|| {
            client.post(address, "/tap", &TAP);
            self.heard.recv_timeout(PATIENCE).expect("the event");
        });
    }
}

fn in_a_file(file: &Path) -> Keep {
    let db = Connection::open(file).expect(FINE);
    db.execute_batch(WAL_FULL).expect(FINE);
    db.execute_batch("create table row (n integer primary key, bytes blob not null)")
        .expect(FINE);
    Box::new(move |bytes| {
        let mut insert = db
            .prepare_cached("insert into row (bytes) values (?1)")
            .expect(FINE);
        insert.execute([bytes]).expect(FINE);
    })
}

async fn tap(Shared(rows): Shared<Rows>, body: Bytes) -> impl axum::response::IntoResponse {
    let told = rows.told.clone();
    let kept = tokio::task::spawn_blocking(move || (rows.keep.lock().expect(FINE))(&body));
    kept.await.expect(FINE);
    told.send_modify(|n| *n += 1);
    ([("content-type", shared::wire::MEDIA_TYPE)], vec![0_u8; 312])
}

async fn events(
    Shared(rows): Shared<Rows>,
) -> Sse<impl futures_util::Stream<Item = Result<Event, Infallible>>> {
    Sse::new(stream::unfold(rows.told.subscribe(), |mut told| async move {
        told.changed().await.ok()?;
        let n = *told.borrow_and_update();
        Some((Ok(Event::default().data(n.to_string())), told))
    }))
}
