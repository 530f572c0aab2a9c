//! Jobs that wait for the writer share one commit.
//!
//! Whoever gets the writer commits every job that waits, so that a rush costs few fsyncs.

use std::sync::{Arc, Mutex, MutexGuard};

use super::{Job, StoreError};
use crate::clock::Stopwatch;
use crate::metrics;

/// What each job of a batch came to, in the batch's order.
pub(super) type Ends = Vec<Result<(), StoreError>>;

#[derive(Default)]
pub(super) struct Queue(Mutex<Vec<Waiting>>);

struct Waiting {
    job: Job,
    ticket: Arc<Mutex<Option<Result<(), StoreError>>>>,
}

impl Queue {
    /// Has a job committed with all others that wait, by `commit`, which gets the batch.
    ///
    /// # Errors
    /// What the job came to, or what `commit` failed with.
    pub(super) fn run<W>(
        &self,
        job: Job,
        writer: &Mutex<W>,
        commit: impl FnOnce(&mut W, Vec<Job>) -> Result<Ends, StoreError>,
    ) -> Result<(), StoreError> {
        let ticket = Arc::new(Mutex::new(None));
        held(&self.0)?.push(Waiting {
            job,
            ticket: Arc::clone(&ticket),
        });
        let watch = Stopwatch::start();
        let mut writer = held(writer)?;
        metrics::writer_waited(watch.seconds());
        if held(&ticket)?.is_none() {
            let batch = std::mem::take(&mut *held(&self.0)?);
            let (jobs, tickets): (Vec<_>, Vec<_>) = batch.into_iter().map(|w| (w.job, w.ticket)).unzip();
            let committed = commit(&mut writer, jobs);
            if committed.is_ok() {
                metrics::committed();
            }
            for (place, ticket) in tickets.iter().enumerate() {
                let end = match &committed {
                    Ok(ends) => ends.get(place).cloned().unwrap_or_else(|| Err(not_run())),
                    Err(error) => Err(error.clone()),
                };
                *held(ticket)? = Some(end);
            }
        }
        drop(writer);
        let answer = held(&ticket)?.take();
        answer.unwrap_or_else(|| Err(not_run()))
    }
}

fn not_run() -> StoreError {
    StoreError::Unavailable("the job was not run".into())
}

pub(super) fn poisoned() -> StoreError {
    StoreError::Unavailable("a thread of this process died while it held the store".into())
}

pub(super) fn held<T>(mutex: &Mutex<T>) -> Result<MutexGuard<'_, T>, StoreError> {
    mutex.lock().map_err(|_| poisoned())
}
