//! The target: objects by name, in a folder or in a bucket.
//!
//! Every operation blocks its caller and ends: each has its time, a few retries where the network
//! failed, and a size beyond which nothing is read. The target has a runtime of its own, so that a
//! mount that hangs for ever holds up nobody but its user. Not for async code: call it from a thread
//! that may block.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ClientOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload,
    RetryConfig, WriteMultipart,
};
use shared::time::UtcMs;
use tokio::runtime::Runtime;
use tokio::sync::watch;

use super::{Access, TargetAddress, TargetError, TargetReader};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a small question may take, retries included.
const ASK: Duration = Duration::from_secs(30);
/// Bytes a second that a target must take or give, beyond the time for a question.
const SLOWEST: u64 = 64 * 1024;
/// How long a listing may take: a page of a thousand names each moment, and there may be many.
const LIST: Duration = Duration::from_mins(10);
/// A file is sent in pieces of so many bytes.
const PIECE: usize = 8 << 20;
/// The library tries again so often by itself.
const RETRIES: usize = 2;

/// A target.
pub struct Target {
    place: Place,
    shown: String,
    /// `None` only while it is dropped.
    runtime: Option<Runtime>,
    stop: watch::Sender<bool>,
}

enum Place {
    /// Opened anew for each operation: what is mounted there may come and go.
    Folder(std::path::PathBuf),
    Bucket {
        store: Arc<dyn ObjectStore>,
        prefix: String,
        /// Whether it understands « only if there is none »; found out at the first put.
        conditional: std::sync::atomic::AtomicBool,
    },
}

/// An object of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its name under the target.
    pub path: String,
    /// Its size, in bytes.
    pub bytes: u64,
    /// When the target says that it was written.
    pub modified: UtcMs,
}

/// What came of putting an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is there now.
    Written,
    /// One of that name was there already; nothing was changed.
    Exists,
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown)
    }
}

impl std::fmt::Debug for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Target({})", self.shown)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // What hangs in a dead mount is not waited for.
            runtime.shutdown_background();
        }
    }
}

impl Target {
    /// Opens a target; asks nothing of it yet. A bucket is reached as the `AWS_…` variables of the
    /// environment say: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`.
    ///
    /// # Errors
    /// [`TargetError::Settings`].
    pub fn open(address: &TargetAddress) -> Result<Self, TargetError> {
        Self::build(address, AmazonS3Builder::from_env())
    }

    /// The same with these settings for a bucket, whatever the environment says.
    ///
    /// # Errors
    /// [`TargetError::Settings`].
    pub fn open_with(address: &TargetAddress, access: &Access) -> Result<Self, TargetError> {
        let builder = AmazonS3Builder::new()
            .with_endpoint(&access.endpoint)
            .with_region(&access.region)
            .with_access_key_id(&access.key_id)
            .with_secret_access_key(&access.secret);
        Self::build(address, builder)
    }

    fn build(address: &TargetAddress, builder: AmazonS3Builder) -> Result<Self, TargetError> {
        let shown = address.to_string();
        let settings = |why: String| TargetError::Settings {
            place: address.to_string(),
            why,
        };
        let place = match address {
            TargetAddress::Folder(folder) => {
                Place::Folder(std::path::absolute(folder).map_err(|e| settings(e.to_string()))?)
            }
            TargetAddress::Bucket { bucket, prefix } => Place::Bucket {
                store: Arc::new(
                    with_bounds(builder)
                        .with_bucket_name(bucket)
                        .build()
                        .map_err(|e| settings(format!("{e}. Vérifiez les variables AWS_…")))?,
                ),
                prefix: prefix.clone(),
                conditional: true.into(),
            },
        };
        Self::at_place(place, shown)
    }

    /// A target over any store of objects, as a bucket without a prefix; `shown` is its name for people.
    ///
    /// # Errors
    /// [`TargetError::Settings`] when the machine gives no threads.
    pub fn over(store: Arc<dyn ObjectStore>, shown: &str) -> Result<Self, TargetError> {
        let place = Place::Bucket {
            store,
            prefix: String::new(),
            conditional: true.into(),
        };
        Self::at_place(place, shown.to_owned())
    }

    fn at_place(place: Place, shown: String) -> Result<Self, TargetError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(16)
            .thread_name("preau-offsite")
            .enable_all()
            .build()
            .map_err(|e| TargetError::Settings {
                place: shown.clone(),
                why: e.to_string(),
            })?;
        Ok(Self {
            place,
            shown,
            runtime: Some(runtime),
            stop: watch::Sender::new(false),
        })
    }

    /// Has every operation, under way or to come, end with [`TargetError::Stopped`].
    pub fn stop(&self) {
        self.stop.send_replace(true);
    }

    /// Puts an object where there is none of that name.
    ///
    /// # Errors
    /// [`TargetError`]; whether it was written is not known then.
    pub fn put_new(&self, path: &str, bytes: Vec<u8>) -> Result<Put, TargetError> {
        let store = self.store()?;
        let at = self.at(path);
        let within = time_for(bytes.len() as u64);
        if !self.is_conditional() {
            if self.size(path)?.is_some() {
                return Ok(Put::Exists);
            }
            self.run(within, store.put(&at, bytes.into()))?
                .map_err(|e| self.told(&e))?;
            return Ok(Put::Written);
        }
        let payload = PutPayload::from(bytes);
        let create = PutOptions::from(PutMode::Create);
        match self.run(within, store.put_opts(&at, payload.clone(), create))? {
            Ok(_) => Ok(Put::Written),
            Err(object_store::Error::AlreadyExists { .. }) => Ok(Put::Exists),
            Err(error) if self.cannot_be_conditional(&error) => {
                if self.size(path)?.is_some() {
                    return Ok(Put::Exists);
                }
                self.run(within, store.put(&at, payload))?
                    .map_err(|e| self.told(&e))?;
                Ok(Put::Written)
            }
            Err(error) => Err(self.told(&error)),
        }
    }

    /// Puts an object, over the one of that name if there is one.
    ///
    /// # Errors
    /// [`TargetError`]; whether it was written is not known then.
    pub fn put_over(&self, path: &str, bytes: Vec<u8>) -> Result<(), TargetError> {
        let store = self.store()?;
        let (at, within) = (self.at(path), time_for(bytes.len() as u64));
        self.run(within, store.put(&at, bytes.into()))?
            .map_err(|e| self.told(&e))?;
        Ok(())
    }

    /// The same of something that people read, with its media type where the target keeps one: a folder does not.
    ///
    /// # Errors
    /// [`TargetError`]; whether it was written is not known then.
    pub fn put_over_as(
        &self,
        path: &str,
        media_type: &'static str,
        bytes: Vec<u8>,
    ) -> Result<(), TargetError> {
        if matches!(self.place, Place::Folder(_)) {
            return self.put_over(path, bytes);
        }
        let store = self.store()?;
        let (at, within) = (self.at(path), time_for(bytes.len() as u64));
        let mut about = Attributes::new();
        about.insert(Attribute::ContentType, media_type.into());
        let options = PutOptions::from(about);
        self.run(within, store.put_opts(&at, bytes.into(), options))?
            .map_err(|e| self.told(&e))?;
        Ok(())
    }

    /// Puts what `input` gives, as it comes: it may be larger than memory. Nobody else may write
    /// under this name meanwhile.
    ///
    /// # Errors
    /// [`TargetError`]; nothing stands under that name then, or all of it. What `input` fails with
    /// is told as [`TargetError::Settings`].
    pub fn put_stream(&self, path: &str, mut input: impl Read) -> Result<Put, TargetError> {
        let mut piece = up_to(&mut input, PIECE).map_err(|e| self.unreadable(&e))?;
        if piece.len() < PIECE {
            return self.put_new(path, piece);
        }
        if self.size(path)?.is_some() {
            return Ok(Put::Exists);
        }
        let store = self.store()?;
        let upload = self.run(ASK, store.put_multipart(&self.at(path)))?;
        let upload = upload.map_err(|e| self.told(&e))?;
        let mut writing = WriteMultipart::new_with_chunk_size(upload, PIECE);
        let within = time_for(2 * PIECE as u64);
        let written = (|| {
            while !piece.is_empty() {
                // At most two pieces are under way.
                self.run(within, writing.wait_for_capacity(1))?
                    .map_err(|e| self.told(&e))?;
                self.enter(|| writing.put(std::mem::take(&mut piece).into()));
                piece = up_to(&mut input, PIECE).map_err(|e| self.unreadable(&e))?;
            }
            Ok(())
        })();
        match written {
            Ok(()) => {
                self.run(within, writing.finish())?.map_err(|e| self.told(&e))?;
                Ok(Put::Written)
            }
            Err(error) => {
                let _ = self.run(ASK, writing.abort());
                Err(error)
            }
        }
    }

    /// The whole of an object; `None` where there is none.
    ///
    /// # Errors
    /// [`TargetError::TooLarge`] for one of more than `most` bytes, of which nothing is read.
    pub fn get(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, TargetError> {
        let store = self.store()?;
        let at = self.at(path);
        let found = match self.run(ASK, store.get(&at))? {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(self.told(&error)),
        };
        if found.meta.size > most {
            return Err(TargetError::TooLarge {
                path: path.to_owned(),
                bytes: found.meta.size,
            });
        }
        let bytes = self.run(time_for(found.meta.size), found.bytes())?;
        Ok(Some(bytes.map_err(|e| self.told(&e))?.into()))
    }

    /// Bytes of an object, from `from` on, at most `count`. The object is there and as long.
    pub(super) fn range(&self, path: &str, from: u64, count: u64) -> Result<Vec<u8>, TargetError> {
        let store = self.store()?;
        let bytes = self.run(
            time_for(count),
            store.get_range(&self.at(path), from..from + count),
        )?;
        Ok(bytes.map_err(|e| self.told(&e))?.into())
    }

    /// Reads an object piece by piece, however large; `None` where there is none.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn reader(&self, path: &str) -> Result<Option<TargetReader<'_>>, TargetError> {
        Ok(self.size(path)?.map(|bytes| TargetReader::new(self, path, bytes)))
    }

    /// How large an object is, in bytes; `None` where there is none.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn size(&self, path: &str) -> Result<Option<u64>, TargetError> {
        let store = self.store()?;
        match self.run(ASK, store.head(&self.at(path)))? {
            Ok(meta) => Ok(Some(meta.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.told(&error)),
        }
    }

    /// What lies below a name, sorted; only what stands after `after`, where that is given.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn list(&self, below: &str, after: Option<&str>) -> Result<Vec<Object>, TargetError> {
        self.list_of(below, after, |_| true)
    }

    /// The same, of those alone that are wanted: a year of segments is more than is held in memory.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn list_of(
        &self,
        below: &str,
        after: Option<&str>,
        wanted: impl Fn(&Object) -> bool,
    ) -> Result<Vec<Object>, TargetError> {
        let store = self.store()?;
        let prefix = self.at(below);
        let stream = match after {
            Some(after) => store.list_with_offset(Some(&prefix), &self.at(after)),
            None => store.list(Some(&prefix)),
        };
        let read = async {
            let mut stream = std::pin::pin!(stream);
            let mut listed = Vec::new();
            while let Some(meta) = stream.try_next().await? {
                listed.extend(self.object(&meta).filter(&wanted));
            }
            Ok(listed)
        };
        let mut listed = match self.run(LIST, read)? {
            Ok(listed) => listed,
            Err(object_store::Error::NotFound { .. }) => Vec::new(),
            Err(error) => return Err(self.told(&error)),
        };
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(listed)
    }

    /// Deletes an object; one that is not there is as good as deleted.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn delete(&self, path: &str) -> Result<(), TargetError> {
        let store = self.store()?;
        match self.run(ASK, store.delete(&self.at(path)))? {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.told(&error)),
        }
    }

    /// Asks the target whether it is there and lets us look.
    ///
    /// # Errors
    /// [`TargetError`].
    pub fn reach(&self) -> Result<(), TargetError> {
        let store = self.store()?;
        let prefix = self.at("");
        let looked = self.run(ASK, async {
            store.list(Some(&prefix)).try_next().await.map(drop)
        })?;
        looked.map_err(|e| self.told(&e))
    }

    fn object(&self, meta: &object_store::ObjectMeta) -> Option<Object> {
        let full: &str = meta.location.as_ref();
        let path = match &self.place {
            Place::Bucket { prefix, .. } if !prefix.is_empty() => {
                full.strip_prefix(prefix.as_str())?.strip_prefix('/')?
            }
            _ => full,
        };
        Some(Object {
            path: path.to_owned(),
            bytes: meta.size,
            modified: UtcMs(meta.last_modified.timestamp_millis()),
        })
    }

    fn store(&self) -> Result<Arc<dyn ObjectStore>, TargetError> {
        match &self.place {
            Place::Bucket { store, .. } => Ok(Arc::clone(store)),
            Place::Folder(folder) => {
                let missing = |why: &dyn std::fmt::Display| TargetError::Unreachable {
                    place: self.shown.clone(),
                    why: format!(
                        "le dossier ne peut pas être ouvert : {why}. Créez-le ou remontez le disque"
                    ),
                };
                let folder = folder.clone();
                // A mount that is dead may hang here already.
                let opened = self.run(ASK, async move {
                    tokio::task::spawn_blocking(move || LocalFileSystem::new_with_prefix(folder)).await
                })?;
                match opened {
                    Ok(Ok(store)) => Ok(Arc::new(store.with_fsync(true))),
                    Ok(Err(error)) => Err(missing(&error)),
                    Err(error) => Err(missing(&error)),
                }
            }
        }
    }

    fn at(&self, path: &str) -> Path {
        match &self.place {
            Place::Folder(_) => Path::from(path),
            Place::Bucket { prefix, .. } => Path::from(format!("{prefix}/{path}")),
        }
    }

    fn is_conditional(&self) -> bool {
        match &self.place {
            Place::Folder(_) => true,
            Place::Bucket { conditional, .. } => conditional.load(std::sync::atomic::Ordering::Relaxed),
        }
    }

    /// Whether the bucket said that it does not know « only if there is none »: noted for next time.
    fn cannot_be_conditional(&self, error: &object_store::Error) -> bool {
        let Place::Bucket { conditional, .. } = &self.place else {
            return false;
        };
        let unknown = matches!(
            error,
            object_store::Error::NotImplemented { .. } | object_store::Error::NotSupported { .. }
        ) || error.to_string().contains("NotImplemented");
        if unknown {
            conditional.store(false, std::sync::atomic::Ordering::Relaxed);
        }
        unknown
    }

    fn told(&self, error: &object_store::Error) -> TargetError {
        TargetError::of(&self.shown, error)
    }

    fn unreadable(&self, error: &std::io::Error) -> TargetError {
        TargetError::Settings {
            place: self.shown.clone(),
            why: format!("ce qui devait y être écrit ne peut pas être lu ({error})"),
        }
    }

    fn enter<T>(&self, work: impl FnOnce() -> T) -> T {
        let _inside = self.runtime.as_ref().map(Runtime::enter);
        work()
    }

    fn run<T>(&self, within: Duration, work: impl Future<Output = T>) -> Result<T, TargetError> {
        let mut stop = self.stop.subscribe();
        let Some(runtime) = &self.runtime else {
            return Err(TargetError::Stopped);
        };
        runtime.block_on(async move {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => Err(TargetError::Stopped),
                done = tokio::time::timeout(within, work) => done.map_err(|_| TargetError::Unreachable {
                    place: self.shown.clone(),
                    why: format!("pas de réponse en {} s", within.as_secs()),
                }),
            }
        })
    }
}

fn with_bounds(builder: AmazonS3Builder) -> AmazonS3Builder {
    // Only the first to be installed counts; it is the one this workspace uses everywhere.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let endpoint = [AmazonS3ConfigKey::S3Endpoint, AmazonS3ConfigKey::Endpoint]
        .iter()
        .find_map(|key| builder.get_config_value(key));
    let near = endpoint.is_some_and(|endpoint| endpoint.starts_with("http://"));
    let options = ClientOptions::new()
        .with_allow_http(near)
        .with_connect_timeout(CONNECT)
        .with_timeout(time_for(2 * PIECE as u64))
        .with_pool_idle_timeout(Duration::from_mins(1));
    let retry = RetryConfig {
        max_retries: RETRIES,
        retry_timeout: ASK / 2,
        ..RetryConfig::default()
    };
    builder
        .with_client_options(options)
        .with_allow_http(near)
        .with_retry(retry)
}

/// How long so many bytes may take.
fn time_for(bytes: u64) -> Duration {
    ASK + Duration::from_secs(bytes / SLOWEST)
}

fn up_to(input: &mut impl Read, count: usize) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(count as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}
