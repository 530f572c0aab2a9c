//! What `/metrics` tells: every name, its labels and its meaning, and the one line that counts it.
//!
//! Ids and counts only: no name, address or body of anyone. Labels have few values each, so that
//! two thousand communes cost no more series than one; only a commune that cannot be served is
//! named, by its short name.

use ::metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder};

use crate::clock::Clock;
use crate::store::{Kind as Engine, Use};

/// How a figure behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only grows; starts at 0 with the process.
    Counter,
    /// Goes up and down.
    Gauge,
    /// Durations in seconds, counted by size.
    Histogram,
}

/// A figure.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Its name, stable between versions.
    pub name: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// The names of its labels.
    pub labels: &'static [&'static str],
    /// What it means.
    pub help: &'static str,
}

macro_rules! figures {
    ($($constant:ident: $kind:ident $name:literal $labels:tt $help:literal;)+) => {
        $(const $constant: &str = $name;)+
        /// Every figure that this program gives.
        pub const ALL: &[Metric] = &[
            $(Metric { name: $constant, kind: Kind::$kind, labels: &$labels, help: $help },)+
        ];
    };
}

figures! {
    BUILD_INFO: Gauge "preau_build_info" ["version", "engine"] "1; the program's version and the engine it was started with";
    CONTROL_UP: Gauge "preau_control_up" [] "1 when the list of communes could be read for this answer, else 0";
    COMMUNES: Gauge "preau_communes" [] "Communes on the list";
    COMMUNES_OPEN: Gauge "preau_communes_open" [] "Communes that this process holds open";
    COMMUNES_OPENED: Counter "preau_communes_opened_total" [] "Communes opened, those opened again after they were closed included";
    COMMUNES_SURVEYED: Gauge "preau_communes_surveyed" ["result"] "Communes looked at since the start: sound, or unfit to be served";
    COMMUNE_UNUSABLE: Gauge "preau_commune_unusable" ["commune"] "1 for a commune that could not be opened when last asked for: key, store or schema";
    HTTP_REQUESTS: Counter "preau_http_requests_total" ["route", "status"] "Requests answered, by class of route and HTTP status";
    HTTP_SECONDS: Histogram "preau_http_request_seconds" ["route"] "From a request's head to its answer's head";
    HTTP_IN_FLIGHT: Gauge "preau_http_requests_in_flight" [] "Requests that have no answer yet";
    SYNC_REQUESTS: Counter "preau_sync_requests_total" ["result"] "Exchanges with tablets: ok or refused";
    SYNC_SECONDS: Histogram "preau_sync_seconds" [] "An exchange on the server, from its frame to its receipt";
    SYNC_BYTES: Counter "preau_sync_bytes_total" ["way"] "Bytes of answered exchanges: up from tablets, down to them";
    SYNC_AT_WORK: Gauge "preau_sync_at_work" ["kind"] "Exchanges worked on now: taps of the day, looks that hand in nothing, backlogs";
    SYNC_WAITING: Gauge "preau_sync_waiting" ["kind"] "Exchanges let in that are read or wait for their turn";
    SYNC_HELD_BYTES: Gauge "preau_sync_held_bytes" ["kind"] "Bytes of bodies of the exchanges that were let in";
    SYNC_TURNED_AWAY: Counter "preau_sync_turned_away_total" ["kind"] "Requests answered 429 because there was no room; their tablets come back by themselves";
    QUARANTINED: Counter "preau_quarantined_total" [] "Payloads of tablets set aside";
    LISTENERS: Gauge "preau_listeners" [] "Tablets and pages that listen for changes";
    LOG_INS: Counter "preau_log_ins_total" ["result"] "Attempts to log in at the desk: ok, wrong or locked";
    STORE_TRANSACTIONS: Counter "preau_store_transactions_total" ["engine", "kind", "result"] "Pieces of work done in stores: read or write, ok or failed; those refused by a rule are ok";
    STORE_SECONDS: Histogram "preau_store_transaction_seconds" ["engine", "kind"] "A piece of work in a store, waiting and commit included";
    STORE_WRITER_WAIT: Histogram "preau_store_writer_wait_seconds" [] "How long a write waited for the one writer of its commune within this process";
    STORE_COMMITS: Counter "preau_store_commits_total" [] "Commits that wrote; fewer than writes when several share one";
    POOL_CONNECTIONS: Gauge "preau_store_pool_connections" ["state"] "Connections to PostgreSQL: at work (lent), waiting (idle), allowed (most)";
    POOL_WAITS: Counter "preau_store_pool_waits_total" [] "Times that work had to wait because every connection was at work";
    CONNECTED: Counter "preau_store_connects_total" ["result"] "Connections made to PostgreSQL, or tried in vain: ok or failed";
    NOTIFY_FAILURES: Counter "preau_store_notify_failures_total" [] "Words to other processes that could not be sent; they look by themselves a little later";
    BRANCHES_FORKED: Counter "preau_branches_forked_total" [] "Communes whose history began a new branch because the database server is another, or went back";
    JOURNAL_ENTRIES: Counter "preau_journal_entries_total" [] "Entries added to communes' journals, those of a transaction that was undone included";
    JOBS: Counter "preau_jobs_total" ["job", "result"] "Jobs that ended: tidy, sheets, discrepancies, history, accounts, offers or check; done, problems (a record that is not whole) or failed";
    JOB_DONE_AT: Gauge "preau_job_last_done_timestamp_seconds" ["job"] "When this process last ended a job well for any commune, in seconds since 1970";
    LEASE_TAKEOVERS: Counter "preau_lease_takeovers_total" [] "Jobs taken over from a process that began them and did not give them back: it died, or was too slow";
    CHECK_PROBLEMS: Gauge "preau_check_problems" ["commune"] "What the last nightly check found wrong in a commune's record; told for communes where it found something since the start";
    OFFSITE_UP: Gauge "preau_offsite_up" [] "1 when what was last put off-site read back as it was, 0 when that failed; told by a process that ships";
    OFFSITE_SEGMENTS: Counter "preau_offsite_segments_total" [] "Segments of journals put off-site and read back";
    OFFSITE_ENTRIES: Counter "preau_offsite_entries_total" [] "Entries of journals in them";
    OFFSITE_SNAPSHOTS: Counter "preau_offsite_snapshots_total" [] "Snapshots put off-site and read back to their end";
    OFFSITE_BYTES: Counter "preau_offsite_bytes_total" [] "Bytes of segments and snapshots put off-site";
    OFFSITE_FAILURES: Counter "preau_offsite_failures_total" ["cause"] "Turns of communes that did not get to their end: by the target, or by something else (ours)";
    OFFSITE_SPOILT: Counter "preau_offsite_spoilt_total" [] "Objects that did not read back as they were put; they were put again under another name";
    OFFSITE_LISTS: Counter "preau_offsite_lists_total" [] "Printable lists put off-site and read back";
    OFFSITE_PUBLIC: Counter "preau_offsite_public_total" [] "Times that the public page or its feed was put off-site and read back";
    OFFSITE_LIST_FAILURES: Counter "preau_offsite_list_failures_total" [] "Times that printable lists or the public page could not be put or did not read back; they are tried again a minute later";
    OFFSITE_BEHIND: Gauge "preau_offsite_behind_seconds" ["commune"] "Age of the oldest entry that is not off-site, of a commune whose shipping failed; 0 once it went through again";
    MAIL_SERVER_UP: Gauge "preau_mail_server_up" [] "1 when the mail server let us in at the last turn, 0 when not; told by a process that sends letters";
    LETTERS: Counter "preau_letters_total" ["result"] "Letters by what became of them: sent, bounced, given_up, dropped, later (asked to come again) or failed (ours)";
    LETTERS_WAIT: Gauge "preau_letters_waiting_seconds" [] "Age of the oldest letter that waits in the communes this process looked at; 0 where none does";
    BUZZES: Counter "preau_push_messages_total" ["result"] "Messages for devices: sent, later (not taken now, tried again), gone (the device takes none any more) or failed; each stands in the feed anyway";
    DATA_FREE: Gauge "preau_data_free_bytes" [] "Bytes that this program may still write on the disk of the data folder";
    RESIDENT: Gauge "process_resident_memory_bytes" [] "Memory that the process holds";
    CPU: Gauge "process_cpu_seconds_total" [] "Processor time used; only grows";
    OPEN_FDS: Gauge "process_open_fds" [] "Open files and connections";
    MAX_FDS: Gauge "process_max_fds" [] "How many there may be";
    STARTED: Gauge "process_start_time_seconds" [] "When the process started, in seconds since 1970";
}

/// Upper bounds of the classes of durations, in seconds: from a transaction in memory to the time a
/// tablet waits for an answer.
const BOUNDS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0,
];

/// What collects the figures, for the program to install.
///
/// # Errors
/// [`BuildError`] if the bounds were not in order.
pub fn collector() -> Result<PrometheusBuilder, BuildError> {
    PrometheusBuilder::new().set_buckets(&BOUNDS)
}

/// Tells the collector what each figure means.
pub fn describe() {
    for metric in ALL {
        match metric.kind {
            Kind::Counter => describe_counter!(metric.name, metric.help),
            Kind::Gauge => describe_gauge!(metric.name, metric.help),
            Kind::Histogram => describe_histogram!(metric.name, metric.help),
        }
    }
}

/// The program started, `at` seconds after 1970.
pub fn started(engine: Engine, at: f64) {
    gauge!(STARTED).set(at);
    begin_at_zero(engine);
    gauge!(BUILD_INFO, "version" => env!("CARGO_PKG_VERSION"), "engine" => word(engine)).set(1.0);
}

/// Shows as 0 what has not happened yet: Prometheus sees no rise in a figure that begins at 1, and
/// an alert on the first payload set aside would stay silent.
fn begin_at_zero(engine: Engine) {
    for name in [
        QUARANTINED,
        JOURNAL_ENTRIES,
        BRANCHES_FORKED,
        POOL_WAITS,
        NOTIFY_FAILURES,
        STORE_COMMITS,
        LEASE_TAKEOVERS,
    ] {
        counter!(name).increment(0);
    }
    for result in ["ok", "refused"] {
        counter!(SYNC_REQUESTS, "result" => result).increment(0);
    }
    for kind in ["day", "look", "backlog"] {
        counter!(SYNC_TURNED_AWAY, "kind" => kind).increment(0);
        admitted(kind, 0, 0, 0);
    }
    for result in ["ok", "wrong", "locked"] {
        counter!(LOG_INS, "result" => result).increment(0);
    }
    counter!(JOBS, "job" => "any", "result" => "failed").increment(0);
    for result in ["sent", "later", "gone", "failed"] {
        counter!(BUZZES, "result" => result).increment(0);
    }
    for result in ["sent", "bounced", "given_up", "dropped", "later", "failed"] {
        counter!(LETTERS, "result" => result).increment(0);
    }
    for result in ["ok", "failed"] {
        counter!(CONNECTED, "result" => result).increment(0);
        for kind in ["read", "write"] {
            let labels = [("engine", word(engine)), ("kind", kind), ("result", result)];
            counter!(STORE_TRANSACTIONS, &labels).increment(0);
        }
    }
}

/// What is looked at for each answer of `/metrics`.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// Communes on the list; none when it cannot be read.
    pub communes: Option<usize>,
    /// Communes held open.
    pub open: usize,
    /// Bytes free on the disk of the data folder.
    pub free: Option<u64>,
    /// The pool of connections, where there is one.
    pub pool: Option<Use>,
}

/// The state of the host, looked at now.
pub fn host(host: Host) {
    gauge!(CONTROL_UP).set(f64::from(u8::from(host.communes.is_some())));
    if let Some(communes) = host.communes {
        gauge!(COMMUNES).set(communes as f64);
    }
    gauge!(COMMUNES_OPEN).set(host.open as f64);
    if let Some(free) = host.free {
        gauge!(DATA_FREE).set(free as f64);
    }
    if let Some(pool) = host.pool {
        for (state, connections) in [("lent", pool.lent), ("idle", pool.idle), ("most", pool.most)] {
            gauge!(POOL_CONNECTIONS, "state" => state).set(connections as f64);
        }
    }
}

/// What the process itself uses.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Process {
    /// Bytes of memory.
    pub resident: Option<f64>,
    /// Seconds of processor time.
    pub cpu: Option<f64>,
    /// Open files.
    pub open_fds: Option<f64>,
    /// How many there may be; none when there is no bound.
    pub max_fds: Option<f64>,
}

/// The process, looked at now. What the system does not tell is left out.
pub fn process(process: Process) {
    let figures = [
        (RESIDENT, process.resident),
        (CPU, process.cpu),
        (OPEN_FDS, process.open_fds),
        (MAX_FDS, process.max_fds),
    ];
    for (name, value) in figures {
        if let Some(value) = value {
            gauge!(name).set(value);
        }
    }
}

/// A commune could not be opened, or can be again.
pub fn commune_usable(slug: &str, usable: bool) {
    gauge!(COMMUNE_UNUSABLE, "commune" => slug.to_owned()).set(f64::from(u8::from(!usable)));
}

/// A request under way; it ends when this goes out of scope, answered or not.
#[derive(Debug)]
pub struct InFlight(());

impl InFlight {
    /// A request arrived.
    pub fn begin() -> Self {
        gauge!(HTTP_IN_FLIGHT).increment(1.0);
        Self(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(HTTP_IN_FLIGHT).decrement(1.0);
    }
}

/// A request was answered.
pub fn answered(route: &'static str, status: u16, seconds: f64) {
    counter!(HTTP_REQUESTS, "route" => route, "status" => status.to_string()).increment(1);
    histogram!(HTTP_SECONDS, "route" => route).record(seconds);
}

/// An exchange was judged.
pub fn exchanged(ok: bool, seconds: f64) {
    let result = if ok { "ok" } else { "refused" };
    counter!(SYNC_REQUESTS, "result" => result).increment(1);
    histogram!(SYNC_SECONDS).record(seconds);
}

/// Bytes of an exchange that was answered.
pub fn exchanged_bytes(up: u64, down: u64) {
    counter!(SYNC_BYTES, "way" => "up").increment(up);
    counter!(SYNC_BYTES, "way" => "down").increment(down);
}

/// So many exchanges of a kind are worked on and let in beside, with so many bytes of bodies.
pub fn admitted(kind: &'static str, working: usize, waiting: usize, bytes: usize) {
    gauge!(SYNC_AT_WORK, "kind" => kind).set(working as f64);
    gauge!(SYNC_WAITING, "kind" => kind).set(waiting as f64);
    gauge!(SYNC_HELD_BYTES, "kind" => kind).set(bytes as f64);
}

/// A request found no room and was turned away.
pub fn turned_away(kind: &'static str) {
    counter!(SYNC_TURNED_AWAY, "kind" => kind).increment(1);
}

/// A payload was set aside.
pub fn quarantined() {
    counter!(QUARANTINED).increment(1);
}

/// Someone listens for changes, until this goes out of scope.
#[derive(Debug)]
pub struct Listening(());

impl Listening {
    /// A listener came.
    pub fn begin() -> Self {
        gauge!(LISTENERS).increment(1.0);
        Self(())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        gauge!(LISTENERS).decrement(1.0);
    }
}

/// How an attempt to log in ended.
pub fn logged_in(result: &'static str) {
    counter!(LOG_INS, "result" => result).increment(1);
}

/// A piece of work in a store ended; `ok` unless the engine failed.
pub fn transacted(engine: Engine, kind: &'static str, ok: bool, seconds: f64) {
    let (engine, result) = (word(engine), if ok { "ok" } else { "failed" });
    counter!(STORE_TRANSACTIONS, "engine" => engine, "kind" => kind, "result" => result).increment(1);
    histogram!(STORE_SECONDS, "engine" => engine, "kind" => kind).record(seconds);
}

fn word(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

/// A write got the writer of its commune.
pub fn writer_waited(seconds: f64) {
    histogram!(STORE_WRITER_WAIT).record(seconds);
}

/// Writes were committed together.
pub fn committed() {
    counter!(STORE_COMMITS).increment(1);
}

/// A commune was opened.
pub fn commune_opened() {
    counter!(COMMUNES_OPENED).increment(1);
}

/// So many communes were looked at since the start.
pub fn surveyed(sound: usize, unfit: usize) {
    gauge!(COMMUNES_SURVEYED, "result" => "sound").set(sound as f64);
    gauge!(COMMUNES_SURVEYED, "result" => "unfit").set(unfit as f64);
}

/// Every connection was at work, and work had to wait.
pub fn pool_waited() {
    counter!(POOL_WAITS).increment(1);
}

/// A connection was made, or could not be.
pub fn connected(ok: bool) {
    counter!(CONNECTED, "result" => if ok { "ok" } else { "failed" }).increment(1);
}

/// A word to other processes could not be sent.
pub fn notify_failed() {
    counter!(NOTIFY_FAILURES).increment(1);
}

/// A commune's history began a new branch.
pub fn branch_forked() {
    counter!(BRANCHES_FORKED).increment(1);
}

/// This process ships.
pub fn ships() {
    for name in [
        OFFSITE_SEGMENTS,
        OFFSITE_ENTRIES,
        OFFSITE_SNAPSHOTS,
        OFFSITE_BYTES,
        OFFSITE_SPOILT,
        OFFSITE_LISTS,
        OFFSITE_PUBLIC,
        OFFSITE_LIST_FAILURES,
    ] {
        counter!(name).increment(0);
    }
    for cause in ["target", "ours"] {
        counter!(OFFSITE_FAILURES, "cause" => cause).increment(0);
    }
}

/// A segment with so many entries was put off-site and read back.
pub fn shipped_segment(entries: usize, bytes: usize) {
    counter!(OFFSITE_SEGMENTS).increment(1);
    counter!(OFFSITE_ENTRIES).increment(entries as u64);
    counter!(OFFSITE_BYTES).increment(bytes as u64);
}

/// A snapshot was put off-site and read back.
pub fn shipped_snapshot(bytes: u64) {
    counter!(OFFSITE_SNAPSHOTS).increment(1);
    counter!(OFFSITE_BYTES).increment(bytes);
}

/// What was put off-site does not read back as it was.
pub fn shipped_spoilt() {
    counter!(OFFSITE_SPOILT).increment(1);
}

/// A printable list was put off-site and read back.
pub fn shipped_list() {
    counter!(OFFSITE_LISTS).increment(1);
}

/// The public page or its feed was put off-site and read back.
pub fn shipped_public() {
    counter!(OFFSITE_PUBLIC).increment(1);
}

/// A printable list or the public page could not be put, or did not read back as it was.
pub fn list_failed() {
    counter!(OFFSITE_LIST_FAILURES).increment(1);
}

/// Something was proved to be off-site.
pub fn offsite_reached() {
    gauge!(OFFSITE_UP).set(1.0);
}

/// A turn did not get to its end, by the target or by something of ours.
pub fn offsite_failed(by_target: bool) {
    if by_target {
        gauge!(OFFSITE_UP).set(0.0);
    }
    let cause = if by_target { "target" } else { "ours" };
    counter!(OFFSITE_FAILURES, "cause" => cause).increment(1);
}

/// How old a commune's oldest entry is that is not off-site.
pub fn offsite_behind(commune: &str, seconds: f64) {
    gauge!(OFFSITE_BEHIND, "commune" => commune.to_owned()).set(seconds);
}

/// An entry was added to a journal.
pub fn journaled() {
    counter!(JOURNAL_ENTRIES).increment(1);
}

/// A job ended.
pub fn job_ended(job: &'static str, result: &'static str) {
    counter!(JOBS, "job" => job, "result" => result).increment(1);
    if result != "failed" {
        let now = Clock::system().now().0 as f64 / 1000.0;
        gauge!(JOB_DONE_AT, "job" => job).set(now);
    }
}

/// A job was taken over from somebody who did not give it back.
pub fn lease_taken_over() {
    counter!(LEASE_TAKEOVERS).increment(1);
}

/// Whether the mail server let us in.
pub fn mail_server(up: bool) {
    gauge!(MAIL_SERVER_UP).set(if up { 1.0 } else { 0.0 });
}

/// Something became of a letter.
pub fn letter(result: &'static str) {
    counter!(LETTERS, "result" => result).increment(1);
}

/// Something became of a message for a device.
pub fn buzzed(result: &'static str) {
    counter!(BUZZES, "result" => result).increment(1);
}

/// How long the oldest letter waits, in seconds.
pub fn letters_wait(seconds: f64) {
    gauge!(LETTERS_WAIT).set(seconds);
}

/// A commune's record was checked.
pub fn checked(slug: &str, problems: usize) {
    gauge!(CHECK_PROBLEMS, "commune" => slug.to_owned()).set(problems as f64);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rules_of_prometheus() {
        let mut names: Vec<&str> = ALL.iter().map(|metric| metric.name).collect();
        for metric in ALL {
            let total = metric.name.ends_with("_total");
            let seconds = metric.name.ends_with("_seconds");
            assert!(
                match metric.kind {
                    Kind::Counter => total,
                    Kind::Histogram => seconds && metric.labels.len() <= 2,
                    // A figure that the system keeps for us.
                    Kind::Gauge => !total || metric.name == "process_cpu_seconds_total",
                },
                "{}",
                metric.name
            );
            assert!(metric.name.starts_with("preau_") || metric.name.starts_with("process_"));
            assert!(
                !metric.help.is_empty() && !metric.help.ends_with('.'),
                "{}",
                metric.name
            );
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ALL.len(), "a name stands for one figure");
    }

    #[test]
    fn what_is_counted_is_told_with_its_meaning() {
        let recorder = collector().unwrap().build_recorder();
        let handle = recorder.handle();
        let pending = ::metrics::with_local_recorder(&recorder, || {
            describe();
            started(Engine::Sqlite, 1_795_345_200.0);
            drop(InFlight::begin());
            answered("sync", 200, 0.004);
            commune_usable("ville", false);
            host(Host {
                communes: None,
                open: 3,
                free: None,
                pool: None,
            });
            InFlight::begin()
        });
        let told = handle.render();
        drop(pending);
        for line in [
            "# HELP preau_http_requests_total Requests answered, by class of route and HTTP status",
            "preau_http_requests_total{route=\"sync\",status=\"200\"} 1",
            "preau_http_request_seconds_bucket{route=\"sync\",le=\"0.0025\"} 0",
            "preau_http_request_seconds_bucket{route=\"sync\",le=\"0.005\"} 1",
            "preau_http_requests_in_flight 1",
            "preau_build_info{version=\"0.1.0\",engine=\"sqlite\"} 1",
            "preau_commune_unusable{commune=\"ville\"} 1",
            "preau_control_up 0",
            "preau_quarantined_total 0",
            "preau_log_ins_total{result=\"locked\"} 0",
            "preau_store_transactions_total{engine=\"sqlite\",kind=\"write\",result=\"failed\"} 0",
            "preau_communes_open 3",
        ] {
            assert!(told.lines().any(|told| told == line), "{line}\n{told}");
        }
        assert!(
            !told.contains("\npreau_communes "),
            "an unknown number is not told as 0"
        );
    }
}
