//! A target that fails when it is told to: down, full, deaf after a put, or one that keeps and gives back damaged bytes.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path as Folder;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{
    CopyOptions, Error, GetOptions, GetResult, GetResultPayload, ListResult, MultipartUpload, ObjectMeta,
    ObjectStore, PutMultipartOptions, PutOptions, PutPayload, PutResult, Result,
};
use shared::time::UtcMs;

/// What is wrong with the target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::simulation) enum Sea {
    /// Nothing.
    #[default]
    Calm,
    /// It answers nothing.
    Down,
    /// It can be read, and takes nothing.
    Full,
    /// The next object is put, and nobody hears of it.
    LosesPut,
    /// The next object put is damaged on its way to the disk.
    SpoilsPut,
    /// The next object read is damaged on its way back.
    SpoilsGet,
    /// After so many questions it is down.
    Sinks(u32),
}

/// The same, as the world and the target share it; with how often it hurt.
#[derive(Debug, Default)]
pub(in crate::simulation) struct Weather {
    pub(in crate::simulation) sea: Sea,
    pub(in crate::simulation) hurt: u64,
    /// The time it is there: how old an object is, is told by the world's time and not by the machine's.
    pub(in crate::simulation) now: UtcMs,
    written: BTreeMap<String, UtcMs>,
}

impl Weather {
    /// When an object was put.
    pub(super) fn when(&self, name: &str) -> Option<UtcMs> {
        self.written.get(name).copied()
    }
}

pub(in crate::simulation) type SharedSea = Arc<Mutex<Weather>>;

pub(in crate::simulation) fn sea(weather: &SharedSea) -> MutexGuard<'_, Weather> {
    weather.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder, with its troubles.
pub(super) struct Stormy {
    folder: LocalFileSystem,
    weather: SharedSea,
}

impl Stormy {
    pub(super) fn over(folder: &Folder, weather: SharedSea) -> Self {
        let folder = LocalFileSystem::new_with_prefix(folder).expect("a folder for the target");
        Self { folder, weather }
    }

    fn asked(&self) -> Result<()> {
        let mut weather = sea(&self.weather);
        match &mut weather.sea {
            Sea::Sinks(0) => weather.sea = Sea::Down,
            Sea::Sinks(left) => *left -= 1,
            _ => {}
        }
        if weather.sea == Sea::Down {
            weather.hurt += 1;
            return Err(broken(ErrorKind::ConnectionRefused));
        }
        Ok(())
    }

    /// Whether that is wrong now; it is then over.
    fn once(&self, what: Sea) -> bool {
        let mut weather = sea(&self.weather);
        let now = weather.sea == what;
        if now {
            weather.sea = Sea::Calm;
            weather.hurt += 1;
        }
        now
    }

    fn written(&self, location: &Path) {
        let mut weather = sea(&self.weather);
        let now = weather.now;
        weather.written.insert(location.to_string(), now);
    }

    fn has_room(&self) -> Result<()> {
        self.asked()?;
        let mut weather = sea(&self.weather);
        if weather.sea == Sea::Full {
            weather.hurt += 1;
            return Err(broken(ErrorKind::StorageFull));
        }
        Ok(())
    }
}

/// An object as it is listed, with the world's time.
fn told_by(weather: &SharedSea, meta: ObjectMeta) -> ObjectMeta {
    let weather = sea(weather);
    let at = weather.written.get(meta.location.as_ref()).copied();
    let at = at.unwrap_or(weather.now);
    ObjectMeta {
        last_modified: at.utc(),
        ..meta
    }
}

fn broken(kind: ErrorKind) -> Error {
    Error::Generic {
        store: "world",
        source: Box::new(std::io::Error::from(kind)),
    }
}

fn spoilt(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 0x20;
    }
    bytes
}

impl fmt::Debug for Stormy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stormy")
    }
}

impl fmt::Display for Stormy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("world")
    }
}

#[async_trait]
impl ObjectStore for Stormy {
    async fn put_opts(&self, location: &Path, payload: PutPayload, opts: PutOptions) -> Result<PutResult> {
        self.has_room()?;
        let payload = if self.once(Sea::SpoilsPut) {
            let whole: Vec<u8> = payload.iter().flat_map(|part| part.to_vec()).collect();
            PutPayload::from(spoilt(&whole))
        } else {
            payload
        };
        let put = self.folder.put_opts(location, payload, opts).await?;
        self.written(location);
        if self.once(Sea::LosesPut) {
            return Err(broken(ErrorKind::ConnectionReset));
        }
        Ok(put)
    }

    async fn put_multipart_opts(
        &self,
        location: &Path,
        opts: PutMultipartOptions,
    ) -> Result<Box<dyn MultipartUpload>> {
        self.has_room()?;
        self.written(location);
        self.folder.put_multipart_opts(location, opts).await
    }

    async fn get_opts(&self, location: &Path, options: GetOptions) -> Result<GetResult> {
        self.asked()?;
        let head = options.head;
        let got = self.folder.get_opts(location, options).await?;
        if head || !self.once(Sea::SpoilsGet) {
            return Ok(got);
        }
        let (meta, range) = (got.meta.clone(), got.range.clone());
        let (attributes, extensions) = (got.attributes.clone(), got.extensions.clone());
        let bytes = spoilt(&got.bytes().await?);
        Ok(GetResult {
            payload: GetResultPayload::Stream(stream::once(async move { Ok(bytes.into()) }).boxed()),
            meta,
            range,
            attributes,
            extensions,
        })
    }

    fn delete_stream(&self, locations: BoxStream<'static, Result<Path>>) -> BoxStream<'static, Result<Path>> {
        match self.asked() {
            Ok(()) => self.folder.delete_stream(locations),
            Err(error) => stream::once(async move { Err(error) }).boxed(),
        }
    }

    fn list(&self, prefix: Option<&Path>) -> BoxStream<'static, Result<ObjectMeta>> {
        match self.asked() {
            Ok(()) => {
                let weather = Arc::clone(&self.weather);
                let told = move |meta| told_by(&weather, meta);
                self.folder.list(prefix).map_ok(told).boxed()
            }
            Err(error) => stream::once(async move { Err(error) }).boxed(),
        }
    }

    async fn list_with_delimiter(&self, prefix: Option<&Path>) -> Result<ListResult> {
        self.asked()?;
        self.folder.list_with_delimiter(prefix).await
    }

    async fn copy_opts(&self, from: &Path, to: &Path, options: CopyOptions) -> Result<()> {
        self.has_room()?;
        self.folder.copy_opts(from, to, options).await
    }
}
