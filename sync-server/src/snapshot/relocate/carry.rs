//! The one write transaction of a move: copy, fill, verify, seal.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Seek, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use shared::codec::Hash32;
use shared::slug::Slug;

use super::{RelocateError, Seal, Step, Steps, place_of, seal};
use crate::clock::random;
use crate::commune::Commune;
use crate::corridor::journal;
use crate::host::Host;
use crate::keys::{self, Keys};
use crate::snapshot::{Contents, Making, SnapshotError, restore_into, write};
use crate::store::{Store, StoreError, Write};
use crate::verify::{Report, verify};

/// How often the source's transaction shows that it lives while the destination is filled: a
/// database ends one that says nothing for minutes.
const BEAT: Duration = Duration::from_secs(20);

struct Journey {
    from: Arc<Host>,
    to: Arc<Host>,
    slug: Slug,
    keys: Keys,
    steps: Steps,
}

/// Copies a commune and seals its store, in one transaction.
pub(super) fn carry(
    from: &Arc<Host>,
    to: &Arc<Host>,
    slug: &Slug,
    store: &Store,
    steps: &Steps,
) -> Result<Seal, RelocateError> {
    let journey = Journey {
        from: Arc::clone(from),
        to: Arc::clone(to),
        slug: slug.clone(),
        keys: Keys::load(&from.setup().keys, slug)?,
        steps: Arc::clone(steps),
    };
    journey.no_other_key()?;
    store.write(move |tx| journey.run(tx))
}

impl Journey {
    fn run(&self, tx: &mut dyn Write) -> Result<Seal, RelocateError> {
        let mut file = nameless(self.from.data()).map_err(SnapshotError::Io)?;
        let making = Making {
            shipping: self.keys.shipping,
            salt: Hash32(random()),
            made_at: self.from.clock.now(),
        };
        let mut out = BufWriter::new(&mut file);
        let contents = write(tx, &making, &mut out)?;
        out.flush().map_err(SnapshotError::Io)?;
        drop(out);
        (self.steps)(Step::Written);
        let report = self.settle_beside(tx, file, &contents)?;
        self.hand_over_key()?;
        (self.steps)(Step::Verified);
        let seal = Seal {
            to: place_of(&self.to),
            at: self.from.clock.now(),
            branch: contents.manifest.at.branch,
            tables: contents.totals.tables,
            rows: contents.totals.rows,
            marks: report.marks,
            entries: contents.manifest.at.seq,
            head: contents.manifest.at.hash,
        };
        seal::put(tx, &seal)?;
        (self.steps)(Step::Sealing);
        Ok(seal)
    }

    /// Fills and verifies the destination on a thread of its own.
    fn settle_beside(
        &self,
        tx: &mut dyn Write,
        file: File,
        contents: &Contents,
    ) -> Result<Report, RelocateError> {
        std::thread::scope(|scope| {
            let (done, wait) = channel();
            scope.spawn(move || done.send(self.settle(file, contents)));
            loop {
                match wait.recv_timeout(BEAT) {
                    Ok(settled) => return settled,
                    Err(RecvTimeoutError::Timeout) => {
                        journal::head(tx, contents.manifest.at.branch)?;
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(StoreError::Unavailable("the copy did not finish".into()).into());
                    }
                }
            }
        })
    }

    fn settle(&self, mut file: File, contents: &Contents) -> Result<Report, RelocateError> {
        file.rewind().map_err(SnapshotError::Io)?;
        let store = self.to.backend().make(&self.slug, self.to.clock)?;
        let restored = restore_into(&store, BufReader::new(file), &self.keys.shipping)?;
        if restored != *contents {
            return Err(SnapshotError::Damaged("it does not read as it was written".into()).into());
        }
        (self.steps)(Step::Filled);
        let commune = Commune::open(self.slug.clone(), store, self.keys.clone(), self.to.clock)?;
        let report = verify(&commune)?;
        if !report.ok {
            return Err(RelocateError::Unsound(report.problems));
        }
        if commune.head()? != contents.manifest.at {
            return Err(SnapshotError::Differs("journal".into()).into());
        }
        if let Some(file) = self.to.backend().store_path(&self.slug)
            && let Some(folder) = file.parent()
        {
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .map_err(SnapshotError::Io)?;
        }
        Ok(report)
    }

    /// A key of that name at the destination must be the same.
    fn no_other_key(&self) -> Result<bool, RelocateError> {
        let folder = &self.to.setup().keys;
        let (ours, theirs) = (
            keys::path(&self.from.setup().keys, &self.slug),
            keys::path(folder, &self.slug),
        );
        if !theirs.exists() {
            return Ok(false);
        }
        let read = |path: &Path| fs::read(path).map_err(SnapshotError::Io);
        if read(&ours)? != read(&theirs)? {
            return Err(RelocateError::OtherKey {
                slug: self.slug.clone(),
                folder: folder.display().to_string(),
            });
        }
        Ok(true)
    }

    /// Puts the key into the destination's folder, whole or not at all.
    fn hand_over_key(&self) -> Result<(), RelocateError> {
        if self.no_other_key()? {
            return Ok(());
        }
        let folder = &self.to.setup().keys;
        let bytes = fs::read(keys::path(&self.from.setup().keys, &self.slug)).map_err(SnapshotError::Io)?;
        let put = || -> std::io::Result<()> {
            let passing = folder.join(format!(".{}-{}", self.slug, unique()));
            let mut out = private(&passing)?;
            out.write_all(&bytes)?;
            out.sync_all()?;
            fs::rename(&passing, keys::path(folder, &self.slug))?;
            File::open(folder)?.sync_all()
        };
        put().map_err(SnapshotError::Io)?;
        Ok(())
    }
}

/// A file that no other process can open, and that goes with this one, however it ends.
fn nameless(folder: &Path) -> std::io::Result<File> {
    let path = folder.join(format!(".passage-{}", unique()));
    let file = private(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}

fn private(path: &Path) -> std::io::Result<File> {
    File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
}

fn unique() -> String {
    data_encoding::HEXLOWER.encode(&random::<8>())
}
