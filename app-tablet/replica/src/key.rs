//! The key of the tablet's file: 32 random bytes, kept outside it, readable by their owner only.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use data_encoding::HEXLOWER_PERMISSIVE;
use zeroize::Zeroizing;

use crate::clock::random;
use crate::error::ReplicaError;

/// The name of the key's file in the home folder.
pub(crate) const FILE: &str = "replica.key";

/// Reads the key beside the file, or draws one when neither exists.
///
/// # Errors
/// [`ReplicaError::Damaged`] when the file is there but its key is not, or cannot be read.
pub(crate) fn of(home: &Path, file_exists: bool) -> Result<Zeroizing<String>, ReplicaError> {
    let path = home.join(FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let text = Zeroizing::new(text.trim().to_owned());
            let whole = HEXLOWER_PERMISSIVE
                .decode(text.as_bytes())
                .is_ok_and(|bytes| bytes.len() == 32);
            if whole {
                Ok(text)
            } else {
                Err(ReplicaError::Damaged(format!(
                    "{} n’est pas une clé",
                    path.display()
                )))
            }
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !file_exists => draw(home, &path),
        Err(error) => Err(ReplicaError::Damaged(format!(
            "la clé {} manque : {error}",
            path.display()
        ))),
    }
}

fn draw(home: &Path, path: &Path) -> Result<Zeroizing<String>, ReplicaError> {
    let text = Zeroizing::new(data_encoding::HEXLOWER.encode(&random::<32>()));
    let temporary = home.join(format!(
        "replica.key.{}",
        data_encoding::HEXLOWER.encode(&random::<4>())
    ));
    let write = || -> std::io::Result<()> {
        let mut out = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&temporary)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        // A hard link fails where a key is there already: two first starts at once agree on one.
        let linked = fs::hard_link(&temporary, path);
        fs::remove_file(&temporary)?;
        match linked {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        fs::File::open(home)?.sync_all()
    };
    write().map_err(|e| ReplicaError::Disk(e.to_string()))?;
    let kept = fs::read_to_string(path).map_err(|e| ReplicaError::Disk(e.to_string()))?;
    Ok(Zeroizing::new(kept.trim().to_owned()))
}
