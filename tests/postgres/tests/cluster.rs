//! The clusters of tests: they start, they hold what they promise, and they leave nothing behind.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use postgres::{Client, NoTls};
use test_postgres::clock::wait_for;
use test_postgres::{Cluster, Database, Options, PASSWORD};

fn text(client: &mut Client, query: &str) -> String {
    client.query_one(query, &[]).expect(query).get(0)
}

fn names(database: &Database) -> Vec<String> {
    let rows = database
        .client()
        .query("select name from child order by name", &[]);
    rows.expect("rows").iter().map(|row| row.get(0)).collect()
}

fn write(database: &Database, name: &str) {
    let mut client = database.client();
    client
        .batch_execute("create table if not exists child (name text)")
        .expect("a table");
    client
        .execute("insert into child values ($1)", &[&name])
        .expect("a row");
}

/// The folders that clusters of this process have now.
fn folders(pid: u32) -> Vec<PathBuf> {
    let prefix = format!("preau-postgres-{pid}-");
    let all = fs::read_dir(std::env::temp_dir()).expect("the folder of temporary files");
    all.map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(&prefix))
        })
        .collect()
}

/// Processes that were started with this word in their command line.
fn processes(word: &str) -> Vec<String> {
    let all = fs::read_dir("/proc").expect("/proc");
    all.filter_map(|entry| fs::read(entry.ok()?.path().join("cmdline")).ok())
        .map(|line| String::from_utf8_lossy(&line).replace('\0', " "))
        .filter(|line| line.contains(word))
        .collect()
}

#[test]
fn databases_are_apart_and_an_ordinary_role_owns_them() {
    let (one, other) = (Cluster::shared().database(), Cluster::shared().database());
    write(&one, "Léa");
    write(&other, "Tom");
    write(&other, "Éloïse");
    assert_eq!(names(&one), ["Léa"]);
    assert_eq!(
        names(&other),
        ["Éloïse", "Tom"],
        "the order is a language's, not that of bytes"
    );
    let superuser = text(&mut one.client(), "select current_setting('is_superuser')");
    assert_eq!(superuser, "off");
    let wrong = one.url().replace(PASSWORD, "guess");
    let refused = Client::connect(&wrong, NoTls)
        .map(drop)
        .expect_err("the password counts");
    assert!(format!("{refused:?}").contains("28P01"), "{refused:?}");
}

#[test]
fn a_copy_holds_what_was_there_and_goes_its_own_way() {
    let original = Cluster::shared().database();
    write(&original, "Léa");
    let copy = original.copy();
    write(&copy, "Tom");
    assert_eq!(names(&original), ["Léa"]);
    assert_eq!(names(&copy), ["Léa", "Tom"]);
    let mut connected = original.client();
    original.put_back(&copy);
    connected
        .batch_execute("select 1")
        .expect_err("the session was cut");
    assert_eq!(names(&original), ["Léa", "Tom"]);
}

#[test]
fn a_database_goes_with_its_test_whoever_is_connected() {
    let database = Cluster::shared().database();
    let (url, mut client) = (database.url(), database.client());
    drop(database);
    assert!(client.batch_execute("select 1").is_err(), "the session was cut");
    let gone = Client::connect(&url, NoTls).map(drop).expect_err("it is gone");
    assert!(format!("{gone:?}").contains("3D000"), "{gone:?}");
}

#[test]
fn a_cluster_dropped_leaves_no_process_and_no_folder() {
    let cluster = Cluster::start(Options {
        durable: true,
        settings: vec!["work_mem=1MB".into()],
    });
    let database = cluster.database();
    let mut client = database.client();
    assert_eq!(text(&mut client, "select current_setting('fsync')"), "on");
    assert_eq!(text(&mut client, "select current_setting('work_mem')"), "1MB");
    let port = format!("port={}", cluster.port());
    let folder = cluster.folder().to_owned();
    assert!(!processes(&port).is_empty() && folder.exists());
    drop(cluster);
    assert_eq!(processes(&port), [""; 0]);
    assert!(!folder.exists());
}

#[test]
fn what_was_committed_survives_a_power_cut_and_a_restart() {
    let cluster = Cluster::start(Options::default());
    let database = cluster.database();
    write(&database, "Léa");
    let mut cut = database.client();
    cluster.kill9();
    assert!(cut.batch_execute("select 1").is_err());
    cluster.restart();
    assert_eq!(names(&database), ["Léa"]);
    assert!(
        cluster.log().contains("was not properly shut down"),
        "{}",
        cluster.log()
    );
    cluster.stop();
    cluster.restart();
    assert_eq!(names(&database), ["Léa"]);
}

#[test]
fn a_standby_follows_and_takes_over_on_a_timeline_of_its_own() {
    let primary = Cluster::start(Options::default());
    let database = primary.database();
    let standby = primary.standby();
    write(&database, "Léa");
    standby.catch_up(&primary);
    let both = database.url_through(&[&standby, &primary]);
    let port = "select current_setting('port')";
    let timeline = "select cast(timeline_id as text) from pg_control_checkpoint()";
    let mut before = Client::connect(&both, NoTls).expect("the primary");
    assert_eq!(text(&mut before, port), primary.port().to_string());
    assert_eq!(text(&mut before, timeline), "1");
    primary.kill9();
    standby.promote();
    let mut after = Client::connect(&both, NoTls).expect("the standby");
    assert_eq!(text(&mut after, port), standby.port().to_string());
    after
        .execute("insert into child values ('Tom')", &[])
        .expect("it takes writes");
    after.batch_execute("checkpoint").expect_err("an ordinary role");
    assert_eq!(
        text(&mut after, "select string_agg(name, ' ') from child"),
        "Léa Tom"
    );
}

#[test]
fn a_folder_copied_and_put_back_is_the_same_system_as_it_was() {
    let cluster = Cluster::start(Options::default());
    let database = cluster.database();
    let system = "select cast(system_identifier as text) from pg_control_system()";
    let identity = text(&mut database.client(), system);
    write(&database, "Léa");
    cluster.stop();
    let copy = cluster.copy_folder();
    cluster.restart();
    write(&database, "Tom");
    let twin = Cluster::start_from(&copy);
    let mut there = Client::connect(&database.url_through(&[&twin]), NoTls).expect("the twin");
    assert_eq!(text(&mut there, system), identity);
    assert_eq!(text(&mut there, "select string_agg(name, ' ') from child"), "Léa");
    cluster.kill9();
    cluster.put_back(&copy);
    cluster.restart();
    assert_eq!(names(&database), ["Léa"]);
}

/// A process of its own with a cluster, and the address it printed.
fn holder() -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_test-postgres"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut url = String::new();
    let stdout = child.stdout.take().expect("its stdout is ours");
    BufReader::new(stdout).read_line(&mut url).expect("a line");
    (child, url.trim().to_owned())
}

/// Waits until folder and processes are gone.
fn gone(pid: u32, port: &str) {
    wait_for("the server to end", || {
        (folders(pid).is_empty() && processes(&format!("port={port}")).is_empty()).then_some(())
    });
}

#[test]
fn a_cluster_ends_with_its_process_however_that_ends() {
    for kill in [true, false] {
        let (mut child, url) = holder();
        let port = url
            .rsplit_once(':')
            .and_then(|(_, rest)| rest.split('/').next())
            .expect("a port")
            .to_owned();
        assert_eq!(
            text(&mut Client::connect(&url, NoTls).expect(&url), "select 'here'"),
            "here"
        );
        let pid = child.id();
        assert_eq!(folders(pid).len(), 1);
        assert!(!processes(&format!("port={port}")).is_empty());
        if kill {
            child.kill().expect("one's own child can be killed");
        } else {
            drop(child.stdin.take());
        }
        child.wait().expect("it ends");
        gone(pid, &port);
    }
}
