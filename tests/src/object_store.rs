//! A server that speaks S3, from a registry (`s3s-fs`), over a folder: what is put into a bucket can
//! be looked at, cut and spoilt as files. It listens on this machine, and can be made to hang, to
//! fail and to go away.

use std::future::pending;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use sync_server::offsite::{Access, TargetAddress};
use tokio::runtime::Runtime;
use tokio::sync::watch;

const KEY_ID: &str = "AKIAPREAU";
const SECRET: &str = "not-a-secret";
const REGION: &str = "fr-par";
/// The bucket that is there from the start.
pub const BUCKET: &str = "sauvegardes";

/// How it behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It answers.
    Well,
    /// It takes requests and never answers, until its mood changes.
    Hanging,
    /// It answers, but takes no snapshot: whoever puts one waits until its mood changes.
    SlowWithSnapshots,
    /// It answers every request with this status.
    Failing(u16),
}

/// Such a server; it ends when it goes out of scope.
pub struct ObjectStore {
    folder: PathBuf,
    address: SocketAddr,
    mood: watch::Sender<Mood>,
    requests: Arc<AtomicUsize>,
    runtime: Option<Runtime>,
}

impl ObjectStore {
    /// Starts one over a folder, which it makes, with one empty bucket.
    pub fn start(folder: &Path) -> Self {
        Self::start_on(folder, SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// The same at this address.
    pub fn start_on(folder: &Path, address: SocketAddr) -> Self {
        std::fs::create_dir_all(folder.join(BUCKET)).expect("a folder for the bucket");
        let mut store = Self {
            folder: folder.to_owned(),
            address,
            mood: watch::Sender::new(Mood::Well),
            requests: Arc::default(),
            runtime: None,
        };
        store.come_back();
        store
    }

    /// Goes away: nobody listens on its port any more.
    pub fn go_away(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }

    /// Listens again, on the port it had.
    pub fn come_back(&mut self) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let files = FileSystem::new(&self.folder).expect("a store over the folder");
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
        let service = builder.build();
        let listener = TcpListener::bind(self.address).expect("its port");
        listener.set_nonblocking(true).expect("a socket");
        self.address = listener.local_addr().expect("an address");
        let (mood, requests) = (self.mood.subscribe(), Arc::clone(&self.requests));
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
            while let Ok((socket, _)) = listener.accept().await {
                let (service, mood, requests) = (service.clone(), mood.clone(), Arc::clone(&requests));
                let answer = service_fn(move |request| {
                    requests.fetch_add(1, Ordering::Relaxed);
                    respond(service.clone(), mood.clone(), request)
                });
                let serving = hyper::server::conn::http1::Builder::new();
                tokio::spawn(serving.serve_connection(TokioIo::new(socket), answer));
            }
        });
        self.runtime = Some(runtime);
    }

    /// From now on it behaves so.
    pub fn be(&self, mood: Mood) {
        self.mood.send_replace(mood);
    }

    /// How many requests came so far.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }

    /// Where what is put under a prefix of the bucket lies.
    pub fn files(&self, prefix: &str) -> PathBuf {
        self.folder.join(BUCKET).join(prefix)
    }

    /// What `--offsite` takes.
    pub fn url(&self, prefix: &str) -> String {
        format!("s3://{BUCKET}/{prefix}")
    }

    /// The same, read.
    pub fn target(&self, prefix: &str) -> TargetAddress {
        self.url(prefix).parse().expect("an address")
    }

    /// How it is reached.
    pub fn access(&self) -> Access {
        Access {
            endpoint: format!("http://{}", self.address),
            region: REGION.into(),
            key_id: KEY_ID.into(),
            secret: SECRET.into(),
        }
    }

    /// How it is reached, for the environment of a program.
    pub fn environment(&self) -> [(&'static str, String); 4] {
        let Access {
            endpoint,
            region,
            key_id,
            secret,
        } = self.access();
        [
            ("AWS_ENDPOINT", endpoint),
            ("AWS_REGION", region),
            ("AWS_ACCESS_KEY_ID", key_id),
            ("AWS_SECRET_ACCESS_KEY", secret),
        ]
    }
}

impl Drop for ObjectStore {
    fn drop(&mut self) {
        self.go_away();
    }
}

async fn respond(
    service: S3Service,
    mut mood: watch::Receiver<Mood>,
    request: Request<Incoming>,
) -> io::Result<Response<Body>> {
    let is_snapshot = request.uri().path().ends_with(".snapshot") && request.method() != hyper::Method::GET;
    let hangs = move |mood: &Mood| match mood {
        Mood::Hanging => true,
        Mood::SlowWithSnapshots => is_snapshot,
        Mood::Well | Mood::Failing(_) => false,
    };
    let Ok(mood) = mood.wait_for(|mood| !hangs(mood)).await.map(|mood| *mood) else {
        return pending().await;
    };
    if let Mood::Failing(status) = mood {
        let mut answer = Response::new(Body::empty());
        *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        return Ok(answer);
    }
    let answer = hyper::service::Service::call(&service, request).await;
    answer.map_err(|error| io::Error::other(format!("{error:?}")))
}
