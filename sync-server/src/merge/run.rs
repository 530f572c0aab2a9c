//! The execution of a merge, in chunks: each is weighed and written in one transaction, against the record
//! as it is then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use chrono_tz::Tz;
use shared::codec::{Blob, Hash32, encode};
use shared::ids::{OperationId, mint};
use shared::operation::{Actor, Body, Channel, Fate, LostEntry, Operation, Refusal, decode_body};
use shared::receipt::Position;
use shared::sign::PublicKey;
use shared::time::UtcMs;

use super::history::{Asks, History, Item};
use super::judge::Why;
use super::report::{Line, MergeError, Report};
use super::subjects::{Subject, subjects};
use super::view::{Found, View};
use super::weigh::{Said, Scales, Weighed, written};
use crate::clock::{Clock, random};
use crate::corridor::{self, Applied, Context, CorridorError, Mode, Origin, journal};
use crate::store::{Read, Row, Store, StoreError, Write};

/// What a run needs to know besides the record.
#[derive(Clone)]
pub(super) struct Errand {
    pub(super) clock: Clock,
    pub(super) zone: Tz,
    pub(super) commune: PublicKey,
    /// Under which sheets are written; `None` where they are left behind.
    pub(super) sheet_actor: Option<[u8; 16]>,
    pub(super) actor: Actor,
    pub(super) source: String,
    /// Entries in one transaction.
    pub(super) chunk: usize,
}

/// Where the two histories parted, and what is missing here.
pub(super) struct Start {
    pub(super) fork: Option<Position>,
    /// The entries that this journal lacks, by their place in the history.
    pub(super) missing: Vec<usize>,
    /// Those that an earlier run accounted for.
    pub(super) known: usize,
}

impl Start {
    /// Looks for the parting.
    pub(super) fn of(tx: &mut dyn Read, history: &History) -> Result<Self, StoreError> {
        let mut fork: Option<Position> = None;
        let mut missing = Vec::new();
        let mut known = 0;
        let mut common = |tx: &mut dyn Read, at: &Position| -> Result<bool, StoreError> {
            let is_here = at.seq > 0 && journal::contains(tx, at)?;
            if is_here && fork.is_none_or(|fork| fork.seq < at.seq) {
                fork = Some(*at);
            }
            Ok(is_here)
        };
        for parent in &history.parents {
            common(tx, parent)?;
        }
        for (nth, item) in history.items.iter().enumerate() {
            if common(tx, &item.at)? {
                continue;
            }
            missing.push(nth);
            let before = item.at.seq.saturating_sub(1);
            if let Some(row) = tx.first(include_str!("../record/merge/entry.sql"), &[before.into()])?
                && row.hash(1)? == item.previous
            {
                let at = Position {
                    branch: shared::ids::BranchId(row.uuid(0)?),
                    seq: before,
                    hash: item.previous,
                };
                common(tx, &at)?;
            }
            if row_of(tx, &item.at)?.is_some() {
                known += 1;
            }
        }
        Ok(Self { fork, missing, known })
    }
}

fn row_of(tx: &mut dyn Read, at: &Position) -> Result<Option<Row>, StoreError> {
    let key = [at.branch.into(), at.seq.into(), at.hash.into()];
    tx.first(include_str!("../record/lost/resolve.sql"), &key)
}

/// A run over a store: the commune's, or a copy on which it is rehearsed.
pub(super) struct Run {
    errand: Arc<Errand>,
    history: Arc<History>,
    start: Arc<Start>,
    /// What is committed only ever goes into it: it stays true when a chunk is undone.
    view: Arc<Mutex<View>>,
    open: BTreeSet<Subject>,
    began: bool,
    next: usize,
    pub(super) report: Report,
}

impl Run {
    pub(super) fn new(errand: Errand, history: Arc<History>, start: Start) -> Self {
        let report = Report {
            fork: start.fork,
            end: history.items.last().map(|item| item.at),
            problems: history.problems.clone(),
            ..Report::default()
        };
        let fork = start.fork.map_or(0, |fork| fork.seq);
        Self {
            errand: Arc::new(errand),
            history,
            start: Arc::new(start),
            view: Arc::new(Mutex::new(View::since(fork))),
            open: BTreeSet::new(),
            began: false,
            next: 0,
            report,
        }
    }

    /// Reads ahead what people worked on here, while nobody waits.
    pub(super) fn look(&self, store: &Store) -> Result<(), StoreError> {
        let mut view = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        store.read(|tx| view.look(tx, &self.history))
    }

    /// Does the next chunk. Answers the head of the journal if anything was written; `None` at the end.
    pub(super) fn step(&mut self, store: &Store) -> Result<Option<Position>, MergeError> {
        if self.next >= self.start.missing.len() {
            return Ok(None);
        }
        let mut refused = BTreeMap::new();
        let done = loop {
            let chunk = Chunk {
                errand: Arc::clone(&self.errand),
                history: Arc::clone(&self.history),
                start: Arc::clone(&self.start),
                view: Arc::clone(&self.view),
                refused: refused.clone(),
                open: self.open.clone(),
                first: self.next == 0,
                began: self.began,
                lines: Vec::new(),
                noted: Vec::new(),
            };
            let from = self.next;
            match store.write(move |tx| chunk.run(tx, from)) {
                Ok(done) => break done,
                // It was written in part perhaps: all of the chunk is undone, and done again without it.
                Err(Stop::Refused(nth, refusal)) => drop(refused.insert(nth, refusal.to_string())),
                Err(Stop::Failed(error)) => return Err(error),
            }
        };
        self.next += self.errand.chunk.max(1);
        self.open = done.open;
        self.began = done.began;
        done.lines.into_iter().for_each(|line| self.report.count(line));
        Ok(Some(done.head))
    }
}

enum Stop {
    Refused(usize, Refusal),
    Failed(MergeError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<CorridorError> for Stop {
    fn from(error: CorridorError) -> Self {
        Self::Failed(error.into())
    }
}

struct Done {
    head: Position,
    open: BTreeSet<Subject>,
    began: bool,
    lines: Vec<Line>,
}

struct Chunk {
    errand: Arc<Errand>,
    history: Arc<History>,
    start: Arc<Start>,
    view: Arc<Mutex<View>>,
    refused: BTreeMap<usize, String>,
    open: BTreeSet<Subject>,
    first: bool,
    began: bool,
    lines: Vec<Line>,
    noted: Vec<LostEntry>,
}

impl Chunk {
    fn run(mut self, tx: &mut dyn Write, from: usize) -> Result<Done, Stop> {
        let history = Arc::clone(&self.history);
        let start = Arc::clone(&self.start);
        let shared_view = Arc::clone(&self.view);
        let mut view = shared_view.lock().unwrap_or_else(PoisonError::into_inner);
        let branch = journal::current_branch(tx)?;
        let before = journal::head(tx, branch)?;
        view.look(tx, &history)?;
        if self.first {
            self.left_open(tx)?;
        }
        for nth in start.missing.iter().skip(from).take(self.errand.chunk.max(1)) {
            let item = &history.items[*nth];
            match known(tx, &item.at)? {
                Some((fate, why)) => self.line(item, fate, why, true),
                None => self.one(tx, &view, *nth, item)?,
            }
        }
        drop(view);
        if !self.noted.is_empty() {
            let lost = std::mem::take(&mut self.noted);
            self.own(tx, Body::NoteLost { lost })?;
        }
        let head = journal::head(tx, branch)?;
        if let Some(actor) = self.errand.sheet_actor
            && head.seq > before.seq
        {
            crate::sync::derive_since(tx, before.seq, actor)?;
        }
        Ok(Done {
            head,
            open: self.open,
            began: self.began,
            lines: self.lines,
        })
    }

    /// What an earlier run left open: later entries of the same subjects follow it.
    fn left_open(&mut self, tx: &mut dyn Write) -> Result<(), StoreError> {
        let history = Arc::clone(&self.history);
        for branch in history.branches() {
            let rows = tx.query(include_str!("../record/lost/of_branch.sql"), &[branch.into()])?;
            for row in rows {
                if row.text(2)? != Fate::ToSettle.as_str() || !row.is_null(5) {
                    continue;
                }
                if let Some(body) = row.opt(3, Row::bytes)? {
                    self.note_open(tx, &body)?;
                }
            }
        }
        Ok(())
    }

    fn note_open(&mut self, tx: &mut dyn Write, raw: &[u8]) -> Result<(), StoreError> {
        let Ok(body) = decode_body(raw) else {
            return Ok(());
        };
        let mut names = Found {
            tx,
            history: Some(&self.history),
            failed: None,
        };
        let all = subjects(&body, &mut names);
        names.done()?;
        self.open.extend(all);
        Ok(())
    }

    fn one(&mut self, tx: &mut dyn Write, view: &View, nth: usize, item: &Item) -> Result<(), Stop> {
        self.begin(tx)?;
        let commune = self.errand.commune;
        let weighed = match (self.refused.get(&nth), earlier(tx, item)?) {
            (_, Earlier::Same) => Weighed::there(""),
            (Some(words), _) => Weighed::settle(raw_of(item), Why::Refused(words.clone())),
            (None, earlier) => {
                let scales = Scales::new(tx, &self.history, view, &self.open, &commune);
                scales.weigh(nth, item)?.apart_if(earlier == Earlier::Apart)
            }
        };
        let mut fate = match &weighed {
            Weighed { listed: true, .. } => Fate::Listed,
            Weighed { rest: Some(_), .. } => Fate::ToSettle,
            Weighed { write: Some(_), .. } => Fate::Applied,
            _ => Fate::AlreadyThere,
        };
        if let Some(part) = &weighed.write {
            let operation = written(item, part);
            let origin = Origin {
                at: item.at,
                received_at: item.header.judged_at(),
            };
            let now = self.errand.clock.now();
            let applied = corridor::submit_merged(tx, &operation, Hash32(random()), now, origin);
            match applied {
                Ok(Applied { seq: Some(_), .. }) => {}
                Ok(Applied { seq: None, .. }) if fate == Fate::Applied => fate = Fate::AlreadyThere,
                Ok(_) => {}
                Err(CorridorError::Refused(refusal)) => return Err(Stop::Refused(nth, refusal)),
                Err(other) => return Err(other.into()),
            }
        }
        let why = match weighed.why {
            Said::Words(words) => words,
            Said::Why(why) => why.words(|at| said(at, self.errand.zone)),
        };
        if let Some(rest) = &weighed.rest {
            self.note_open(tx, rest)?;
        }
        if fate != Fate::Applied {
            self.noted.push(LostEntry {
                at: item.at,
                operation: item.header.operation,
                made_at: item.header.at,
                received_at: item.header.judged_at(),
                actor: item.header.actor,
                channel: item.header.channel,
                kind: item.header.kind.clone(),
                fate,
                body: weighed.rest.map(Blob),
                why: why.clone(),
            });
        }
        self.line(item, fate, why, false);
        Ok(())
    }

    /// The run says that it began, once it finds something new.
    fn begin(&mut self, tx: &mut dyn Write) -> Result<(), Stop> {
        if self.began {
            return Ok(());
        }
        self.began = true;
        let entries = self.start.missing.len().saturating_sub(self.start.known);
        let Some(end) = self.history.items.last().map(|item| item.at) else {
            return Ok(());
        };
        self.own(
            tx,
            Body::BeginMerge {
                source: self.errand.source.clone(),
                end,
                entries: entries as u64,
            },
        )
    }

    fn own(&self, tx: &mut dyn Write, body: Body) -> Result<(), Stop> {
        let now = self.errand.clock.now();
        let operation = Operation {
            id: OperationId(mint(now, random())),
            at: now,
            actor: self.errand.actor,
            channel: match self.errand.actor {
                Actor::Agent(_) => Channel::Desk,
                _ => Channel::Command,
            },
            seen: None,
            body,
        };
        let context = Context {
            now,
            mode: Mode::Live,
        };
        corridor::submit(tx, &operation, Hash32(random()), context)?;
        Ok(())
    }

    fn line(&mut self, item: &Item, fate: Fate, why: String, earlier: bool) {
        self.lines.push(Line {
            at: item.at,
            operation: item.header.operation,
            kind: item.header.kind.clone(),
            actor: item.header.actor,
            channel: item.header.channel,
            made_at: item.header.at,
            received_at: item.header.judged_at(),
            fate,
            why,
            earlier,
        });
    }
}

/// What this journal has under the id of a lost operation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Earlier {
    Nothing,
    /// The same: merged from another history, or sent again by its maker.
    Same,
    /// Another part of it.
    Apart,
}

fn earlier(tx: &mut dyn Write, item: &Item) -> Result<Earlier, StoreError> {
    if matches!(item.asks, Asks::Nothing(_)) {
        return Ok(Earlier::Nothing);
    }
    let Some(earlier) = journal::find(tx, item.header.operation)? else {
        return Ok(Earlier::Nothing);
    };
    let other = earlier.body.is_some_and(|body| Some(body) != item.raw);
    // Only what goes line by line can differ under one id.
    Ok(if other && goes_by_line(&item.asks) {
        Earlier::Apart
    } else {
        Earlier::Same
    })
}

fn goes_by_line(asks: &Asks) -> bool {
    let (Asks::Body(body) | Asks::Instead(body)) = asks else {
        return false;
    };
    matches!(
        **body,
        Body::Reserve { .. }
            | Body::CancelReservations { .. }
            | Body::Book { .. }
            | Body::TakeBackReservations { .. }
            | Body::SettleDiscrepancies { .. }
            | Body::UndoSettlements { .. }
    )
}

/// What an earlier run made of an entry: what it wrote or somebody settled is there now.
fn known(tx: &mut dyn Write, at: &Position) -> Result<Option<(Fate, String)>, StoreError> {
    let Some(row) = row_of(tx, at)? else {
        return Ok(None);
    };
    let fate = match Fate::named(&row.text(0)?) {
        Some(Fate::ToSettle) if row.is_null(5) => Fate::ToSettle,
        Some(Fate::Listed) => Fate::Listed,
        Some(_) => Fate::AlreadyThere,
        None => return Err(StoreError::Shape("fate".into())),
    };
    Ok(Some((fate, row.text(4)?)))
}

/// The encoded body that a person decides on.
fn raw_of(item: &Item) -> Vec<u8> {
    match &item.asks {
        Asks::Body(body) | Asks::Instead(body) => encode(&**body),
        Asks::Nothing(_) | Asks::Newer => item.raw.clone().unwrap_or_default(),
    }
}

/// An instant as people of the commune say it.
fn said(at: UtcMs, zone: Tz) -> String {
    let date = at.date_in(zone);
    format!(
        "{} à {}",
        date.format("%d/%m/%Y"),
        at.time_in(zone).format("%H:%M")
    )
}
