//! A bounded pool of connections, shared by all communes of a process.

use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::connection::{Connection, fault};
use super::signals::Notifier;
use crate::store::queue::held;
use crate::store::{StoreError, Waits};

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(5);
/// How long a cut line stays unnoticed.
const ALIVE: Duration = Duration::from_secs(15);

/// How to reach a database.
#[derive(Clone, Debug)]
pub struct Options {
    /// `postgres://…`; several hosts are tried in turn.
    pub url: String,
    /// Certificates to trust, as PEM; those of the system where there is none.
    pub authorities: Option<std::path::PathBuf>,
    /// Connections at most, at least 1.
    pub connections: usize,
}

/// Connections to one database.
pub struct Pool {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    most: usize,
    waits: Waits,
    places: Mutex<Places>,
    freed: Condvar,
    notifier: Mutex<Option<Notifier>>,
}

#[derive(Default)]
struct Places {
    idle: Vec<Connection>,
    lent: usize,
}

/// How a pool is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// Connections that work.
    pub lent: usize,
    /// Connections that wait for work.
    pub idle: usize,
    /// Connections at most.
    pub most: usize,
}

impl Pool {
    /// A pool; nothing is connected yet.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the address or the certificates cannot be read.
    pub fn new(options: &Options) -> Result<Arc<Self>, StoreError> {
        Self::with_waits(options, Waits::default())
    }

    /// The same, with other waits.
    ///
    /// # Errors
    /// See [`Self::new`].
    pub fn with_waits(options: &Options, waits: Waits) -> Result<Arc<Self>, StoreError> {
        let unreadable = |why: String| StoreError::Unavailable(why);
        let mut config: Config = options
            .url
            .parse()
            .map_err(|error: postgres::Error| unreadable(format!("the address cannot be read: {error}")))?;
        config
            .connect_timeout(CONNECT)
            .keepalives_idle(ALIVE)
            .tcp_user_timeout(ALIVE * 2);
        if config.get_ssl_mode() == SslMode::Prefer {
            config.ssl_mode(if is_near(&config) {
                SslMode::Disable
            } else {
                SslMode::Require
            });
        }
        let tls = match config.get_ssl_mode() {
            SslMode::Disable => None,
            _ => Some(encryption(options).map_err(unreadable)?),
        };
        let pool = Arc::new(Self {
            config,
            tls,
            most: options.connections.max(1),
            waits,
            places: Mutex::default(),
            freed: Condvar::new(),
            notifier: Mutex::default(),
        });
        Ok(pool)
    }

    /// How many connections there are.
    pub fn usage(&self) -> Use {
        let places = self.places.lock();
        let (lent, idle) = places.map_or((0, 0), |places| (places.lent, places.idle.len()));
        Use {
            lent,
            idle,
            most: self.most,
        }
    }

    /// A connection outside the pool: for listening, locks and migrations.
    pub(super) fn connect(&self) -> Result<Connection, StoreError> {
        let client: Result<Client, postgres::Error> = match &self.tls {
            None => self.config.connect(NoTls),
            Some(tls) => self.config.connect(tls.clone()),
        };
        let connection = client
            .map_err(|error| match fault(&error) {
                StoreError::Engine(why) => StoreError::Unavailable(why),
                other => other,
            })
            .and_then(|client| Connection::new(client, self.waits.writer));
        crate::metrics::connected(connection.is_ok());
        connection
    }

    /// Lends a connection that `ready` made ready to `work`. One that broke is not kept; one that is
    /// found broken before any work was done is replaced, so that a server that was restarted or
    /// replaced costs nobody an answer.
    pub(super) fn with<T>(
        &self,
        ready: impl Fn(&mut Connection) -> Result<(), StoreError>,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut lent = self.lend()?;
        if let Some(waited) = lent.connection.as_mut() {
            match ready(waited) {
                Err(_) if waited.client.is_closed() => {
                    lent.connection = None;
                    self.forget_idle();
                }
                Err(error) => {
                    lent.sound = true;
                    return Err(error);
                }
                Ok(()) => {}
            }
        }
        let connection = match &mut lent.connection {
            Some(connection) => connection,
            none => {
                let fresh = none.insert(self.connect()?);
                ready(fresh)?;
                fresh
            }
        };
        let done = work(connection);
        lent.sound = !matches!(done, Err(StoreError::Unavailable(_)));
        done
    }

    fn lend(&self) -> Result<Lent<'_>, StoreError> {
        let mut places = held(&self.places)?;
        if places.idle.is_empty() && places.lent >= self.most {
            crate::metrics::pool_waited();
            let full = |places: &mut Places| places.idle.is_empty() && places.lent >= self.most;
            let waited = self.freed.wait_timeout_while(places, self.waits.connection, full);
            let (after, timeout) =
                waited.map_err(|_| StoreError::Unavailable("a thread died while it held the pool".into()))?;
            if timeout.timed_out() {
                return Err(StoreError::Unavailable(
                    "no connection became free in time".into(),
                ));
            }
            places = after;
        }
        places.lent += 1;
        Ok(Lent {
            pool: self,
            connection: places.idle.pop(),
            sound: false,
        })
    }

    /// Throws away the connections that wait: the server they lead to may be gone.
    pub(super) fn forget_idle(&self) {
        if let Ok(mut places) = self.places.lock() {
            places.idle.clear();
        }
    }

    /// Lets the other processes know that a commune's record changed; soon, and together with others.
    pub(super) fn notify(self: &Arc<Self>, slug: &str) {
        let Ok(mut notifier) = self.notifier.lock() else {
            return;
        };
        notifier
            .get_or_insert_with(|| Notifier::start(Arc::downgrade(self)))
            .tell(slug);
    }

    /// Sends what is still to be told; before a process ends.
    pub fn flush(&self) {
        let notifier = self.notifier.lock().ok().and_then(|mut notifier| notifier.take());
        if let Some(notifier) = notifier {
            notifier.finish();
        }
    }
}

struct Lent<'p> {
    pool: &'p Pool,
    connection: Option<Connection>,
    sound: bool,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let sound = self.sound;
        let kept = self
            .connection
            .take()
            .filter(|connection| sound && !connection.client.is_closed());
        if let Ok(mut places) = self.pool.places.lock() {
            places.lent -= 1;
            places.idle.extend(kept);
            self.pool.freed.notify_one();
        }
    }
}

/// Whether all hosts are this machine: nobody listens in between.
fn is_near(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name
                    .parse::<std::net::IpAddr>()
                    .is_ok_and(|address| address.is_loopback())
        }
    })
}

fn encryption(options: &Options) -> Result<MakeRustlsConnect, String> {
    let mut roots = RootCertStore::empty();
    let certificates: Vec<CertificateDer<'static>> = match &options.authorities {
        Some(file) => CertificateDer::pem_file_iter(file)
            .and_then(Iterator::collect)
            .map_err(|error| format!("{}: {error:?}", file.display()))?,
        None => rustls_native_certs::load_native_certs().certs,
    };
    roots.add_parsable_certificates(certificates);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
