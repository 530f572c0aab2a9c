//! The server of a world: a commune in a folder, opened as a process would open it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use shared::codec::{Blob, Hash32, decode, encode};
use shared::ids::{BranchId, DeviceId, MarkId, SiteId};
use shared::operation::{Actor, Body, Channel, Refusal};
use shared::wire::{EnrolRequest, SignedAnswer, words};
use shared::withdrawal::{Withdrawal, Withdrawn};
use sync_server::clock::{Clock, Hands, random};
use sync_server::commune::Commune;
use sync_server::corridor::{CorridorError, journal};
use sync_server::keys::Keys;
use sync_server::offsite::ByHand;
use sync_server::store::{Schema, Sqlite, Store, StoreError};
use sync_server::sync::{self, SyncError};
use uuid::Uuid;

use super::faulty::{Fault, Faulty, Shared, held};
use super::{Wrong, ground};
use crate::town::copy;

/// What a place is sure to hold, by the oracle's book-keeping.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Holding {
    pub(super) marks: BTreeSet<MarkId>,
    pub(super) withdrawn: BTreeSet<DeviceId>,
}

/// A copy of a folder, with what was in it.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) folder: PathBuf,
    pub(super) holding: Holding,
}

/// What the server says to a frame.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// An answer.
    Answer(Vec<u8>),
    /// A word instead of one.
    Refused(&'static str, String),
    /// Nothing: it is dead, its disk is full, it has a fault.
    Nothing,
}

/// The server.
pub(super) struct Hall {
    pub(super) data: PathBuf,
    /// Where what a death in the middle leaves lies.
    pub(super) left: PathBuf,
    /// Where its key is kept besides.
    pub(super) keys: PathBuf,
    pub(super) hands: &'static Hands,
    commune: Option<Arc<Commune>>,
    /// What ships, as long as the process lives.
    pub(super) hold: Option<ByHand>,
    /// Nothing of it is left.
    pub(super) burnt: bool,
    /// It came back from a loss once: what an agent has not opened again is closed.
    pub(super) restored: bool,
    /// Somebody opened or closed a part of the service.
    pub(super) switched: bool,
    pub(super) trouble: Shared,
    pub(super) holding: Holding,
    pub(super) copies: Vec<Kept>,
    /// Which history is written: another one after each time it is set back.
    pub(super) life: u32,
}

impl Hall {
    pub(super) fn new(folder: &Path, hands: &'static Hands) -> Self {
        let data = folder.join("server");
        ground::lay(&data);
        let keys = folder.join("safe");
        copy(&data.join("keys"), &keys);
        Self {
            left: folder.join("left"),
            keys,
            data,
            hands,
            commune: None,
            hold: None,
            burnt: false,
            restored: false,
            switched: false,
            trouble: Shared::default(),
            holding: Holding::default(),
            copies: Vec::new(),
            life: 0,
        }
    }

    /// The commune, opened if no process has it open.
    pub(super) fn commune(&mut self) -> Result<Arc<Commune>, Wrong> {
        if let Some(commune) = &self.commune {
            return Ok(Arc::clone(commune));
        }
        let keys = Keys::load(&self.data.join("keys"), &ground::slug()).map_err(Wrong::of("keys"))?;
        let sqlite = Sqlite::open(&ground::store_file(&self.data), Schema::Commune)
            .map_err(Wrong::of("the server's store does not open"))?;
        let faulty = Faulty::over(sqlite, Arc::clone(&self.trouble), &self.data, &self.left);
        let commune = Commune::open(ground::slug(), Store::new(faulty), keys, Clock::of(self.hands))
            .map_err(Wrong::of("the commune does not open"))?;
        self.commune = Some(Arc::clone(&commune));
        Ok(commune)
    }

    /// The process is killed; the next request finds a new one.
    pub(super) fn kill(&mut self) {
        self.hold = None;
        self.commune = None;
    }

    /// After work: where the process died of it, what lay on the disk at that instant is what is left.
    pub(super) fn bury(&mut self) {
        let dead = std::mem::take(&mut held(&self.trouble).dead);
        if dead {
            self.kill();
            if self.left.exists() {
                fs::remove_dir_all(&self.data).expect("the data goes");
                fs::rename(&self.left, &self.data).expect("what is left");
            }
        }
    }

    /// What is to go wrong next.
    pub(super) fn plan(&mut self, fault: Fault) {
        held(&self.trouble).next = fault;
    }

    /// A frame reaches the server.
    pub(super) fn deliver(&mut self, frame: &[u8]) -> Result<Said, Wrong> {
        if self.burnt {
            return Ok(Said::Nothing);
        }
        let commune = self.commune()?;
        let said = match sync::read(frame) {
            Err(error) => refusal(error)?,
            Ok((_, request)) if *sync::commune_of(&request) != commune.slug => {
                Said::Refused(words::COMMUNE_UNKNOWN, "commune".into())
            }
            Ok((signed, request)) => match sync::answer(&commune, &signed, request) {
                Ok(response) => {
                    let answer = SignedAnswer::new(frame, &response, &commune.keys.signing);
                    Said::Answer(encode(&answer))
                }
                Err(error) => refusal(error)?,
            },
        };
        drop(commune);
        let dead = held(&self.trouble).dead;
        self.bury();
        Ok(if dead { Said::Nothing } else { said })
    }

    /// A tablet asks to be enrolled.
    pub(super) fn enrol(&mut self, frame: &[u8]) -> Result<Said, Wrong> {
        if self.burnt {
            return Ok(Said::Nothing);
        }
        let commune = self.commune()?;
        let request: EnrolRequest = decode(frame).map_err(Wrong::of("an enrolment"))?;
        let (_, code) = sync::tidy_code(&request.code).ok_or_else(|| Wrong::new("a code"))?;
        let said = match sync::enrol(&commune, &request, &code, "http://monde") {
            Ok(response) => Said::Answer(encode(&response)),
            Err(error) => refusal(error)?,
        };
        drop(commune);
        let dead = held(&self.trouble).dead;
        self.bury();
        Ok(if dead { Said::Nothing } else { said })
    }

    /// An operation of the town hall; answers whether it is done.
    pub(super) fn submit(&mut self, body: Body) -> Result<bool, Wrong> {
        if self.burnt {
            return Ok(false);
        }
        let commune = self.commune()?;
        let done = commune.submit(commune.operation(Actor::Host, Channel::Command, body));
        drop(commune);
        let dead = held(&self.trouble).dead;
        self.bury();
        match done {
            Ok(_) => Ok(!dead),
            Err(CorridorError::Store(StoreError::Unavailable(_))) => Ok(false),
            // A site that a rebuilt town does not know yet, a branch of the service that is closed.
            Err(CorridorError::Refused(_)) if self.restored || self.switched => Ok(false),
            Err(error) => Err(Wrong::new(format!("an operation of the town hall: {error}"))),
        }
    }

    /// A one-time code, if it could be issued.
    pub(super) fn code(&mut self, sites: &[SiteId]) -> Result<Option<String>, Wrong> {
        if self.burnt {
            return Ok(None);
        }
        let slug = ground::slug();
        let code = sync::new_code(&slug, random());
        let expires_at = self.commune()?.clock.now().plus_ms(86_400_000);
        let body = Body::IssueTabletCode {
            code: sync::code_hash(&code),
            sites: sites.to_vec(),
            expires_at,
        };
        Ok(self.submit(body)?.then_some(code))
    }

    /// Takes a tablet's rights away.
    pub(super) fn revoke(&mut self, device: DeviceId) -> Result<(), Wrong> {
        if self.burnt {
            return Ok(());
        }
        let commune = self.commune()?;
        let now = commune.clock.now();
        let withdrawal = Withdrawal::sign(Withdrawn::Device, device.0, now, &commune.keys.signing);
        drop(commune);
        let body = Body::Withdraw {
            withdrawal: Blob(encode(&withdrawal)),
        };
        if self.submit(body)? {
            self.holding.withdrawn.insert(device);
        }
        Ok(())
    }

    /// Copies the folder, as a backup by hand would.
    pub(super) fn copy_to(&mut self, folder: PathBuf) {
        copy(&self.data, &folder);
        self.copies.push(Kept {
            folder,
            holding: self.holding.clone(),
        });
    }

    /// Puts a copy back in place of the folder; with a fork, its history goes on under a new branch.
    pub(super) fn set_back(&mut self, nth: usize, fork: bool) -> Result<(), Wrong> {
        let kept = self.copies[nth].clone();
        self.kill();
        if !self.burnt {
            fs::remove_dir_all(&self.data).expect("the data goes");
        }
        self.burnt = false;
        copy(&kept.folder, &self.data);
        self.holding = kept.holding;
        self.life += 1;
        if fork {
            let commune = self.commune()?;
            let (branch, now) = (
                BranchId(uuid::Builder::from_random_bytes(random()).into_uuid()),
                commune.clock.now(),
            );
            let forked = commune
                .store
                .write(move |tx| journal::fork_branch(tx, branch, now));
            drop(commune);
            let dead = held(&self.trouble).dead;
            self.bury();
            match forked {
                Ok(_) | Err(StoreError::Unavailable(_)) => {}
                Err(error) if dead => drop(error),
                Err(error) => return Err(Wrong::new(format!("the fork: {error}"))),
            }
        }
        Ok(())
    }

    /// Tablets whose rights are taken away, by the server's own record.
    pub(super) fn gone(&mut self) -> Result<BTreeSet<DeviceId>, Wrong> {
        let rows = self
            .commune()?
            .store
            .read(|tx| tx.query("select subject from withdrawal where kind = 'device'", &[]))
            .map_err(Wrong::of("withdrawals"))?;
        rows.iter()
            .map(|row| row.uuid(0).map(DeviceId).map_err(Wrong::of("a withdrawal")))
            .collect()
    }

    /// The hash of the newest entry of the journal.
    pub(super) fn head(&mut self) -> Result<(u64, Hash32, Uuid), Wrong> {
        let head = self.commune()?.head().map_err(Wrong::of("the journal"))?;
        Ok((head.seq, head.hash, head.branch.0))
    }
}

fn refusal(error: SyncError) -> Result<Said, Wrong> {
    Ok(match error {
        SyncError::Malformed(why) => Said::Refused(words::MALFORMED, why),
        SyncError::DeviceUnknown => Said::Refused(words::DEVICE_UNKNOWN, "?".into()),
        SyncError::Withdrawn | SyncError::Refused(Refusal::Withdrawn) => {
            Said::Refused(words::WITHDRAWN, "retirée".into())
        }
        SyncError::BadSignature => Said::Refused(words::BAD_SIGNATURE, "signature".into()),
        SyncError::Refused(Refusal::CodeExpired) => Said::Refused(words::CODE_EXPIRED, "code".into()),
        SyncError::Refused(Refusal::CodeUnknown) => Said::Refused(words::CODE_UNKNOWN, "code".into()),
        SyncError::Refused(Refusal::CodeUsed) => Said::Refused(words::CODE_USED, "code".into()),
        SyncError::Store(StoreError::Unavailable(_)) => Said::Nothing,
        error => return Err(Wrong::new(format!("the server has a fault: {error}"))),
    })
}
