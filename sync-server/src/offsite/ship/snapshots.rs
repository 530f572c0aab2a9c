//! The daily snapshot: made into a file that only its owner reads, put, read back to its end, proved. Then
//! what is too old goes.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use shared::codec::Hash32;
use shared::ids::BranchId;
use shared::offsite::Name;
use shared::receipt::Position;
use shared::time::UtcMs;

use super::failure::Failure;
use super::{history, keep};
use crate::clock::random;
use crate::commune::Commune;
use crate::jobs::when;
use crate::metrics;
use crate::offsite::{Progress, Put, Target, opened};
use crate::snapshot::{self, Contents, Making};

/// Where nothing was written a snapshot is made all the same after so long, in ms: disks forget too.
const IDLE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Whether a snapshot is due: at the commune's night where something was written since the last, after
/// a week in any case, at once where none is known.
pub(super) fn is_due(commune: &Commune, progress: &Progress, head: &Position, now: UtcMs) -> bool {
    let Some((seq, made_at)) = progress.snapshot else {
        return true;
    };
    let night = when::last_night(now, commune.zone, &commune.slug);
    let rested = now.0.saturating_sub(made_at.0) >= IDLE_MS;
    when::is_before(made_at, night, now) && (head.seq > seq || rested)
}

/// The snapshot that was put.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Under which name.
    pub path: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// What it holds.
    pub contents: Contents,
}

/// Makes a snapshot and puts it off-site; it is proved when this returns. `folder` is where it lies on
/// its way.
pub(in crate::offsite) fn send(commune: &Commune, target: &Target, folder: &Path) -> Result<Sent, Failure> {
    let made_at = commune.clock.now();
    let passing = Passing::at(folder.join(format!(
        "{}-{}.part",
        commune.slug,
        data_encoding::HEXLOWER.encode(&random::<8>())
    )))?;
    let making = Making {
        shipping: commune.keys.shipping,
        salt: Hash32(random()),
        made_at,
    };
    let mut out = BufWriter::new(&passing.file);
    let contents = commune.store.read(|tx| snapshot::write(tx, &making, &mut out))?;
    out.flush()?;
    drop(out);
    let bytes = passing.file.metadata()?.len();
    (&passing.file).rewind()?;
    let path = Name::snapshot(&contents.manifest.at, made_at).path(&commune.slug);
    if target.put_stream(&path, &passing.file)? == Put::Exists {
        // Within one second of another, of the same entry.
        tracing::debug!(commune = %commune.slug, path, "this snapshot is there already");
    }
    let reader = target
        .reader(&path)?
        .ok_or_else(|| Failure::spoilt(&path, "introuvable"))?;
    let read = snapshot::check(BufReader::new(reader), &making.shipping)?;
    if read.manifest.at != contents.manifest.at || read.tables != contents.tables {
        return Err(Failure::spoilt(&path, "un autre que celui envoyé"));
    }
    metrics::shipped_snapshot(bytes);
    Ok(Sent {
        path,
        bytes,
        contents,
    })
}

/// Deletes what is too old, once the snapshot that everything younger rests on was read to its end.
/// Answers how many strange objects lie there, and when the oldest snapshot was made.
pub(super) fn retain(
    commune: &Commune,
    target: &Target,
    keep_ms: i64,
    now: UtcMs,
) -> Result<(u64, Option<UtcMs>), Failure> {
    let since = now.plus_ms(-keep_ms);
    let objects = target.list_of(commune.slug.as_str(), None, |object| {
        let young = object.modified >= since;
        !(young && matches!(Name::parse(&object.path), Some((_, Name::Segment { .. }))))
    })?;
    let (branches, head) = commune
        .store
        .read(|tx| Ok::<_, crate::store::StoreError>((history::branches(tx)?, history::newest(tx)?)))?;
    let ids: BTreeSet<BranchId> = branches.iter().map(|birth| birth.id).collect();
    let is_ours =
        |seq: u64, branch: [u8; 8]| seq <= head.seq && ids.iter().any(|id| id.as_bytes()[..8] == branch);
    let plan = keep::plan(&objects, now, keep_ms, is_ours);
    if let Some(base) = &plan.base {
        let checked = opened::snapshot(&commune.keys, target, base)?;
        let contents = checked.ok_or_else(|| Failure::spoilt(base, "introuvable"))??;
        if !commune
            .store
            .read(|tx| history::holds(tx, &contents.manifest.at))?
        {
            return Err(Failure::spoilt(base, "d’une autre histoire que celle-ci"));
        }
        for path in &plan.delete {
            target.delete(path)?;
        }
        tracing::info!(commune = %commune.slug, objects = plan.delete.len(), "what was too old off-site is deleted");
    }
    if plan.strange > 0 {
        tracing::warn!(commune = %commune.slug, objects = plan.strange, "objects off-site are none of ours; they stay");
    }
    Ok((plan.strange, plan.oldest_at))
}

/// A snapshot on its way: gone with this value.
struct Passing {
    file: File,
    path: PathBuf,
}

impl Passing {
    fn at(path: PathBuf) -> std::io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt;
        let mut open = File::options();
        let file = open
            .read(true)
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)?;
        Ok(Self { file, path })
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The folder for snapshots on their way; what a killed process left there is removed.
pub(in crate::offsite) fn passing_folder(data: &Path) -> std::io::Result<PathBuf> {
    use std::os::unix::fs::DirBuilderExt;
    let folder = data.join("offsite-passing");
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder)?;
    Ok(folder)
}

/// Removes what killed processes left in it, where no process can be using it.
pub(super) fn sweep(folder: &Path) {
    let Ok(left) = fs::read_dir(folder) else { return };
    for file in left.flatten() {
        if file
            .path()
            .extension()
            .is_some_and(|extension| extension == "part")
        {
            let _ = fs::remove_file(file.path());
        }
    }
}
