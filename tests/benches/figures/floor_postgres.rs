//! The floor of a backlog in PostgreSQL: the marks of a push put into one table by one statement, in one transaction
//! that waits for the disk, with no program of ours in between but the same web library.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::post;
use shared::wire::MEDIA_TYPE;
use test_postgres::Database;

use crate::town::FINE;

const TABLE: &str = "create schema floor; create table floor.mark (id text primary key, site text not null, date text not null, kind text not null, \
     child text not null, activity text not null, device text not null, device_seq bigint not null, \
     device_time bigint not null, mono_ms bigint not null, boot bigint not null, offset_ms bigint, after text, \
     replaces text, at bigint); create index mark_of_sheet on floor.mark (site, date)";
const INSERT: &str = "insert into floor.mark select * from json_populate_recordset(null::floor.mark, ($1::text)::json) \
     on conflict do nothing";

/// Connections, lent one request each.
type Lines = Arc<Mutex<Vec<postgres::Client>>>;

/// `/rows` takes a JSON array of marks.
pub(crate) fn router(database: &Database, connections: usize) -> Router {
    database.client().batch_execute(TABLE).expect(FINE);
    let lines: Lines = Arc::new(Mutex::new((0..connections).map(|_| database.client()).collect()));
    // A blocking client must not be closed on a thread of the runtime, where the router ends: these end with the program.
    std::mem::forget(Arc::clone(&lines));
    Router::new()
        .route("/rows", post(rows))
        .layer(DefaultBodyLimit::max(8 << 20))
        .with_state(lines)
}

async fn rows(State(lines): State<Lines>, body: Bytes) -> impl IntoResponse {
    let stored = tokio::task::spawn_blocking(move || {
        let mut line = lines
            .lock()
            .expect(FINE)
            .pop()
            .expect("a connection for each client");
        let text = std::str::from_utf8(&body).expect(FINE);
        let statement = line.prepare(INSERT).expect(FINE);
        let stored = line.execute(&statement, &[&text]).expect(FINE);
        lines.lock().expect(FINE).push(line);
        stored
    });
    let answer = serde_json::json!({ "stored": stored.await.expect(FINE) }).to_string();
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], answer)
}

/// Marks in a schema.
pub(crate) fn count(database: &Database, schema: &str) -> usize {
    let sql = format!("select count(*) from \"{schema}\".mark");
    let row = database.client().query_one(&sql, &[]).expect(FINE);
    row.get::<_, i64>(0) as usize
}
