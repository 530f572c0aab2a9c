//! What a store or server of this kind cannot do without: the floors.

use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::post;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use shared::wire::MEDIA_TYPE;

use crate::town::FINE;

pub(crate) const WAL_FULL: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;";

/// A tablet's file as bare as can be: two tables, the same cipher, the same durability.
pub(crate) struct TwoRows(Connection);

impl TwoRows {
    pub(crate) fn open(file: &Path) -> Self {
        let db = Connection::open(file).expect(FINE);
        db.pragma_update(None, "key", format!("x'{}'", "5a".repeat(32)))
            .expect(FINE);
        db.execute_batch(WAL_FULL).expect(FINE);
        db.execute_batch(
            "create table mark (id blob primary key, value blob not null) without rowid; \
             create table change (n integer primary key, bytes blob not null);",
        )
        .expect(FINE);
        Self(db)
    }

    /// One transaction: a row of a mark's size and one of a change's.
    pub(crate) fn write(&mut self, id: &[u8; 16], value: &[u8], change: &[u8]) {
        let tx = self
            .0
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .expect(FINE);
        tx.prepare_cached("insert into mark values (?1, ?2)")
            .expect(FINE)
            .execute(params![id, value])
            .expect(FINE);
        tx.prepare_cached("insert into change (bytes) values (?1)")
            .expect(FINE)
            .execute([change])
            .expect(FINE);
        tx.commit().expect(FINE);
    }
}

/// A mark as a server of rows would take it.
#[derive(Serialize, Deserialize)]
pub(crate) struct JsonMark {
    pub(crate) id: String,
    pub(crate) site: String,
    pub(crate) date: String,
    pub(crate) kind: String,
    pub(crate) child: String,
    pub(crate) activity: String,
    pub(crate) device: String,
    pub(crate) device_seq: i64,
    pub(crate) device_time: i64,
    pub(crate) mono_ms: i64,
    pub(crate) boot: i64,
    pub(crate) offset_ms: Option<i64>,
    pub(crate) after: Option<String>,
    pub(crate) replaces: Option<String>,
    pub(crate) at: Option<i64>,
}

const INSERT: &str = "insert into mark values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) \
                      on conflict do nothing";

type Shared = State<Arc<Mutex<Connection>>>;

/// A server of rows: `/rows` takes a JSON array of marks, `/echo/N` keeps a row and answers N bytes.
pub(crate) fn router(file: &Path) -> Router {
    let db = Connection::open(file).expect(FINE);
    db.execute_batch(WAL_FULL).expect(FINE);
    db.execute_batch(
        "PRAGMA cache_size = -16000; \
         create table mark (id text primary key, site text not null, date text not null, kind text not null, \
         child text not null, activity text not null, device text not null, device_seq integer not null, \
         device_time integer not null, mono_ms integer not null, boot integer not null, offset_ms integer, \
         after text, replaces text, at integer); \
         create index mark_of_sheet on mark (site, date); \
         create table echo (n integer primary key, bytes blob not null);",
    )
    .expect(FINE);
    Router::new()
        .route("/rows", post(rows))
        .route("/echo/{size}", post(echo))
        .layer(DefaultBodyLimit::max(8 << 20))
        .with_state(Arc::new(Mutex::new(db)))
}

async fn rows(State(db): Shared, body: Bytes) -> impl IntoResponse {
    let stored = tokio::task::spawn_blocking(move || {
        let marks: Vec<JsonMark> = serde_json::from_slice(&body).expect(FINE);
        let mut db = db.lock().expect(FINE);
        let tx = db
            .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
            .expect(FINE);
        let mut stored = 0;
        for m in &marks {
            let row = params![
                m.id,
                m.site,
                m.date,
                m.kind,
                m.child,
                m.activity,
                m.device,
                m.device_seq,
                m.device_time,
                m.mono_ms,
                m.boot,
                m.offset_ms,
                m.after,
                m.replaces,
                m.at
            ];
            stored += tx.prepare_cached(INSERT).expect(FINE).execute(row).expect(FINE);
        }
        tx.commit().expect(FINE);
        stored
    });
    let answer = serde_json::json!({ "stored": stored.await.expect(FINE) }).to_string();
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], answer)
}

async fn echo(
    State(db): Shared,
    axum::extract::Path(size): axum::extract::Path<usize>,
    body: Bytes,
) -> impl IntoResponse {
    let kept = tokio::task::spawn_blocking(move || {
        let db = db.lock().expect(FINE);
        db.prepare_cached("insert into echo (bytes) values (?1)")
            .expect(FINE)
            .execute([&body[..]])
            .expect(FINE);
    });
    kept.await.expect(FINE);
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], vec![0; size])
}
