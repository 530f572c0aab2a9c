//! The way to the server. Planning a request and taking in an answer are synchronous work on the
//! file; only [`transport`] waits for the network. Nothing is kept between trips that a crash
//! could lose: sending again is harmless.

mod absorb;
mod addresses;
mod back;
mod enrol;
mod request;
pub mod transport;

use std::sync::{Arc, Mutex, MutexGuard};

use shared::codec::{decode, encode};
use shared::wire::{DAY_OTHERS, Signed, SignedAnswer, SyncResponse, hints, words};

pub(crate) use absorb::take_over;
pub(crate) use addresses::published;
pub use addresses::{Trust, give};
pub use enrol::enrol;
use request::{Handing, Plan, Wants};

use crate::error::ReplicaError;
use crate::store::meta;
use crate::tablet::Tablet;
use transport::{Post, Said, Transport};

/// Trips of one attempt at most: a year of sheets fits.
const TRIPS: u32 = 60;

/// What one attempt did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Outcome {
    /// Requests that were answered.
    pub round_trips: u32,
    /// Bytes of request bodies.
    pub bytes_up: u64,
    /// Bytes of answers.
    pub bytes_down: u64,
    /// Own marks that got a receipt.
    pub accepted: u64,
    /// Marks of other tablets that came.
    pub received: u64,
    /// Own marks the server set aside.
    pub quarantined: u64,
    /// What a server that came back from a loss was handed back.
    pub returned: Returned,
    /// Lists, cards or the roster came, or another branch: what was opened is out of date.
    #[serde(skip)]
    pub lists: bool,
}

/// What a tablet handed back after a loss.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Returned {
    /// Marks that a receipt had covered and the server lacked.
    pub marks: u64,
    /// Day lists that it lacked; cards and the roster go back beside them.
    pub lists: u64,
}

/// The tablet as several tasks share it.
pub type SharedTablet = Arc<Mutex<Tablet>>;

pub(crate) fn held(tablet: &SharedTablet) -> Result<MutexGuard<'_, Tablet>, ReplicaError> {
    tablet
        .lock()
        .map_err(|_| ReplicaError::Fault("un fil d’exécution s’est arrêté ; redémarrez la tablette".into()))
}

/// One exchange without a line: it says which bytes go up, and takes in those that come down. Whoever
/// carries them may lose them, or carry something else: nothing but what was answered counts. Where
/// weeks wait, today goes first and alone.
pub struct Exchange {
    wants: Wants,
    asked: Option<Asked>,
    trips: u32,
    outcome: Outcome,
    /// Ends after one answer.
    of_today: bool,
    /// Something was answered.
    answered: bool,
    /// What the server said when it took no backlog: today is handed in all the same.
    later: Option<(String, Option<u64>)>,
}

impl Default for Exchange {
    fn default() -> Self {
        Self::handing(Handing::TodayFirst)
    }
}

/// A request under way: its frame, and what is needed to read the answer.
struct Asked {
    frame: Vec<u8>,
    plan: Plan,
}

impl Exchange {
    fn handing(handing: Handing) -> Self {
        Self {
            wants: Wants {
                handing,
                ..Wants::default()
            },
            asked: None,
            trips: 0,
            outcome: Outcome::default(),
            of_today: false,
            answered: false,
            later: None,
        }
    }

    /// One answered request with today's marks alone, for as long as the server takes no backlog. It
    /// brings what is new, too. Nothing is accepted yet where older marks wait: a receipt is over all.
    pub fn of_today() -> Self {
        Self {
            of_today: true,
            ..Self::handing(Handing::TodayOnly)
        }
    }

    /// The frame of the next request. Asking again before an answer plans anew.
    ///
    /// # Errors
    /// [`ReplicaError`] of the file; [`ReplicaError::NoNetwork`] when there is no end to it.
    pub fn ask(&mut self, tablet: &mut Tablet) -> Result<Vec<u8>, ReplicaError> {
        if self.trips >= TRIPS {
            return Err(ReplicaError::NoNetwork(
                "l’échange n’en finit pas ; il reprendra".into(),
            ));
        }
        self.trips += 1;
        let (request, plan) = tablet.plan(&self.wants)?;
        let frame = encode(&Signed::new(&request, &tablet.enrolled()?.key()));
        self.outcome.bytes_up += frame.len() as u64;
        self.asked = Some(Asked {
            frame: frame.clone(),
            plan,
        });
        Ok(frame)
    }

    /// Headers by which a busy server judges the newest request before it reads it.
    ///
    /// # Errors
    /// [`ReplicaError::NotEnrolled`].
    pub fn hints(&self, tablet: &Tablet) -> Result<Vec<(&'static str, String)>, ReplicaError> {
        let commune = tablet.enrolled()?.credential.grant.commune.to_string();
        let mut told = vec![(hints::COMMUNE, commune)];
        let others = self.asked.as_ref().map_or(0, |asked| asked.plan.others);
        if others > 0 {
            told.push((hints::BACKLOG, others.to_string()));
        }
        Ok(told)
    }

    /// The server asks to come back later, after so many seconds where it said so. `Ok` when asking
    /// again helps: today alone may pass where a backlog does not.
    ///
    /// # Errors
    /// [`ReplicaError::Later`].
    pub fn put_off(&mut self, why: String, after_s: Option<u64>) -> Result<(), ReplicaError> {
        let others = self.asked.take().map_or(0, |asked| asked.plan.others);
        if others > DAY_OTHERS && !self.answered && self.later.is_none() {
            self.later = Some((why, after_s));
            self.wants.handing = Handing::TodayOnly;
            return Ok(());
        }
        let (why, after_s) = self.later.take().unwrap_or((why, after_s));
        Err(ReplicaError::Later {
            why,
            after_s,
            today: self.answered,
        })
    }

    /// Takes in the answer to the newest request; answers whether all is said.
    ///
    /// # Errors
    /// [`ReplicaError::Later`] when today was taken after a backlog was not.
    /// [`ReplicaError::Untrusted`] when it is no answer of the commune to that request; nothing
    /// changed then. Else what could not be taken in.
    pub fn absorb(&mut self, tablet: &mut Tablet, bytes: &[u8]) -> Result<bool, ReplicaError> {
        let asked = self.asked.take().ok_or_else(unasked)?;
        self.outcome.round_trips += 1;
        self.outcome.bytes_down += bytes.len() as u64;
        let response = tablet.believed(&asked.frame, bytes)?;
        let next = tablet.absorb(response, &asked.plan, &mut self.outcome)?;
        self.answered = true;
        if let Some((why, after_s)) = self.later.take() {
            return Err(ReplicaError::Later {
                why,
                after_s,
                today: true,
            });
        }
        match next {
            Some(next) if !self.of_today => {
                self.wants = next;
                Ok(false)
            }
            Some(_) | None => Ok(true),
        }
    }

    /// The server refused the newest request. `Ok` when asking again helps.
    ///
    /// # Errors
    /// What the refusal means; a withdrawal is remembered.
    pub fn refused(&mut self, tablet: &mut Tablet, word: &str, message: String) -> Result<(), ReplicaError> {
        self.asked = None;
        self.outcome.round_trips += 1;
        if word == words::DEVICE_UNKNOWN && !self.wants.credential {
            self.wants.credential = true;
            return Ok(());
        }
        let error = ReplicaError::said(word, message);
        if matches!(error, ReplicaError::Withdrawn) {
            tablet.met.withdrawn = true;
            meta::put_met(tablet.db.reader(), &tablet.met)?;
        }
        Err(error)
    }

    /// The server does not know the tablet: shows its title with the next request. Answers whether that
    /// is new.
    fn shows_credential(&mut self) -> bool {
        !std::mem::replace(&mut self.wants.credential, true)
    }

    /// What was done so far.
    pub fn outcome(&self) -> Outcome {
        self.outcome
    }
}

fn unasked() -> ReplicaError {
    ReplicaError::Fault("une réponse sans demande".into())
}

/// One attempt: trips until nothing is left to say, or an error. What was accepted before an
/// error stays accepted.
///
/// # Errors
/// [`ReplicaError::NoNetwork`] when nobody answers, [`ReplicaError::Later`] when the server asks to
/// come back, or what it refused.
pub async fn run(tablet: &SharedTablet, transport: &Transport) -> Result<Outcome, ReplicaError> {
    carry(Exchange::default(), tablet, transport).await
}

/// The same with today's marks alone: see [`Exchange::of_today`].
///
/// # Errors
/// See [`run`].
pub async fn run_today(tablet: &SharedTablet, transport: &Transport) -> Result<Outcome, ReplicaError> {
    carry(Exchange::of_today(), tablet, transport).await
}

async fn carry(
    mut exchange: Exchange,
    tablet: &SharedTablet,
    transport: &Transport,
) -> Result<Outcome, ReplicaError> {
    let (mut moved, mut tried) = (false, false);
    loop {
        let (servers, frame, hints) = {
            let mut tablet = held(tablet)?;
            let frame = exchange.ask(&mut tablet)?;
            (tablet.servers()?, frame, exchange.hints(&tablet)?)
        };
        let ours = |bytes: &[u8]| held(tablet).is_ok_and(|tablet| tablet.believed(&frame, bytes).is_ok());
        let shown = exchange.wants.credential;
        let knows_us = |word: &str| shown || word != words::DEVICE_UNKNOWN;
        let post = Post {
            path: "/v1/sync",
            frame: &frame,
            hints: &hints,
        };
        let said = transport.race(&servers, &post, &ours, &knows_us).await;
        let (why, refused) = match said {
            Ok(bytes) => {
                let mut tablet = held(tablet)?;
                if exchange.absorb(&mut tablet, &bytes)? {
                    if let Err(error) = tablet.prune() {
                        tracing::warn!(%error, "what is old stays for now");
                    }
                    return Ok(exchange.outcome());
                }
                continue;
            }
            Err(Said::Refused { word, message }) if !knows_us(&word) => {
                exchange.refused(&mut *held(tablet)?, &word, message)?;
                continue;
            }
            Err(Said::Later { why, after_s }) => {
                exchange.put_off(why, after_s)?;
                continue;
            }
            Err(Said::Refused { word, message }) => (None, Some((word, message))),
            Err(Said::Nothing(why)) => (Some(why), None),
        };
        // A server of another commune is no answer.
        let nobody = refused
            .as_ref()
            .is_none_or(|(word, _)| word == words::COMMUNE_UNKNOWN || word == transport::UNSIGNED);
        if nobody && !moved {
            moved = true;
            if addresses::find_elsewhere(tablet, transport).await? {
                tracing::info!("a newer list of addresses was found where nothing answered");
                continue;
            }
        }
        if nobody && !tried {
            tried = true;
            if addresses::try_candidate(tablet, transport).await? {
                tracing::info!("the address that a person gave is the commune's");
                continue;
            }
        }
        match refused {
            Some((word, _)) if word == transport::UNSIGNED => {
                return Err(ReplicaError::Untrusted("signature".into()));
            }
            Some((word, message)) => exchange.refused(&mut *held(tablet)?, &word, message)?,
            None => return Err(ReplicaError::NoNetwork(why.unwrap_or_default())),
        }
    }
}

impl Tablet {
    /// The response in an answer to this frame, if the commune signed it.
    fn believed(&self, frame: &[u8], bytes: &[u8]) -> Result<SyncResponse, ReplicaError> {
        let untrusted = |what: &str| ReplicaError::Untrusted(what.to_owned());
        let answer: SignedAnswer = decode(bytes).map_err(|_| untrusted("réponse illisible"))?;
        if !answer.is_of(frame, &self.enrolled()?.commune_key) {
            return Err(untrusted("signature"));
        }
        decode(&answer.response.0).map_err(|e| untrusted(&e.to_string()))
    }
}
