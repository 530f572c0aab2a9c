//! `serve`.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use shared::addresses::{Addresses, Places};
use shared::codec::{Blob, encode};
use shared::operation::{Actor, Body, Channel};
use shared::slug::Slug;
use sync_server::clock::Clock;
use sync_server::commune::Commune;
use sync_server::corridor::CorridorError;
use sync_server::host::FILES_EACH;
use sync_server::identity;
use sync_server::jobs::Runner;
use sync_server::letters::{Courier, Post, SmtpAddress, is_address};
use sync_server::metrics;
use sync_server::offsite::{Shipper, Target, TargetAddress};
use sync_server::outages::{self, Alive, Silence};
use sync_server::web::{App, Front, Network, Proxies, router_behind, watch_router};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{Desk, Stop};

/// How long requests under way may take once the server is asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// How long work whose request was cut may still take, so that stores are closed in order.
const LAST_WORK: Duration = Duration::from_secs(5);
/// How long the last entries may take to be off-site once everything else has ended.
const LAST_SHIPPING: Duration = Duration::from_secs(8);
/// A day, in ms.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Adresse d’écoute.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Adresse et port d’écoute ; le port 0 en choisit un libre
    #[arg(long, default_value = "127.0.0.1:4700", value_name = "ADDR")]
    listen: SocketAddr,
    /// Adresse publique à donner aux tablettes, la principale d’abord ; à répéter pour un secours
    #[arg(long, value_name = "URL")]
    address: Vec<String>,
    /// Où les tablettes cherchent une liste d’adresses plus récente quand aucun serveur ne répond
    #[arg(long, value_name = "URL", requires = "address")]
    fallback: Option<String>,
    /// Adresse d’écoute réservée à `/metrics`, qui n’est alors plus servi ailleurs
    #[arg(long, value_name = "ADDR")]
    metrics_listen: Option<SocketAddr>,
    /// Mandataire (proxy) cru sur l’adresse du client, par son adresse ou son réseau ; à répéter. Par
    /// défaut : ceux de cette machine
    #[arg(long, value_name = "CIDR")]
    trusted_proxy: Vec<Network>,
    /// Prié de s’arrêter, répond encore aussi longtemps en disant « stopping » à /healthz, pour qu’un
    /// répartiteur de charge cesse de lui envoyer du monde
    #[arg(long, default_value_t = 0, value_name = "SECONDS")]
    drain: u64,
    /// Collectivités gardées ouvertes à la fois ; au-delà, la moins récemment utilisée est fermée (par défaut : selon
    /// le nombre de fichiers que le système permet, 256 au plus)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    open_communes: Option<u32>,
    /// Sauvegarde hors du site : dossier d’un autre lieu, ou s3://seau/prefixe avec les variables AWS_… habituelles
    #[arg(long, env = "PREAU_OFFSITE", value_name = "URL")]
    offsite: Option<TargetAddress>,
    /// Jours pendant lesquels ce qui est hors du site y reste ; au-delà, un instantané par mois pendant treize mois
    #[arg(long, env = "PREAU_OFFSITE_KEEP", default_value_t = 35, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    offsite_keep: u32,
    /// Adresse de FranceConnect (ou d’un fournisseur qui parle comme lui), telle qu’il la donne : son « issuer »
    #[arg(long, env = "PREAU_FRANCECONNECT_URL", value_name = "URL", requires_all = ["franceconnect_id", "franceconnect_secret_file"])]
    franceconnect_url: Option<String>,
    /// Identifiant que FranceConnect nous a donné
    #[arg(long, env = "PREAU_FRANCECONNECT_ID", value_name = "ID")]
    franceconnect_id: Option<String>,
    /// Fichier du secret que FranceConnect nous a donné
    #[arg(long, env = "PREAU_FRANCECONNECT_SECRET_FILE", value_name = "FILE")]
    franceconnect_secret_file: Option<PathBuf>,
    /// Serveur de courrier : smtp://utilisateur:mot-de-passe@hôte:port, ou smtps://… ; sans lui, les courriels attendent
    #[arg(
        long,
        env = "PREAU_SMTP",
        value_name = "URL",
        requires = "smtp_from",
        hide_env_values = true
    )]
    smtp: Option<SmtpAddress>,
    /// Adresse d’expédition des courriels ; ce qui ne peut être remis y revient
    #[arg(long, env = "PREAU_SMTP_FROM", value_name = "ADDRESS", value_parser = sender)]
    smtp_from: Option<String>,
}

/// An address that letters can come from.
fn sender(text: &str) -> Result<String, String> {
    if is_address(text) {
        Ok(text.to_owned())
    } else {
        Err("écrivez une adresse électronique, comme portail@ville.fr".into())
    }
}

/// Communes kept open at most, unless it is said otherwise.
const MOST_COMMUNES: usize = 256;
/// File descriptors for everything that is no commune: requests, listeners, the list.
const OTHER_FILES: usize = 400;

/// How many communes the system has room for, once it was asked for all it gives this process.
fn room_for_communes() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let has = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: has.maximum,
        maximum: has.maximum,
    };
    let files = if setrlimit(Resource::Nofile, raised).is_ok() {
        has.maximum
    } else {
        has.current
    };
    // No limit at all is none to be reached.
    let files = files.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX));
    (files.saturating_sub(OTHER_FILES) / FILES_EACH).clamp(8, MOST_COMMUNES)
}

/// How often figures nobody asked for are summed up, so that they do not pile up in memory.
const UPKEEP: Duration = Duration::from_secs(5);

pub(super) fn serve(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let fault = |why: String| Stop::Fault(why);
    let metrics = metrics::collector()
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|e| fault(e.to_string()))?;
    metrics::describe();
    metrics::started(
        desk.host.backend().kind(),
        Clock::system().now().0 as f64 / 1000.0,
    );
    offer_identities(desk, args)?;
    // Ended with this function.
    let _serving = desk.host.begin_serving()?;
    desk.host.keep_open(
        args.open_communes
            .map_or_else(room_for_communes, |most| most as usize),
    );
    // Ended with this function.
    let (_alive, silences) = Alive::begin(&desk.host)?;
    // Before anything opens a commune, as shipping does: each is told.
    tell_at_opening(desk, silences);
    // Before anything else opens a commune: it is told of each.
    let shipper = ship(desk, args)?;
    publish_at_opening(desk, args);
    // Ended with this function.
    let _others = desk.host.hear_others()?;
    let app = App {
        host: Arc::clone(&desk.host),
        metrics,
    };
    let jobs = Runner::start(&desk.host)?;
    open_office(desk, args);
    let runtime = tokio::runtime::Runtime::new().map_err(|e| fault(e.to_string()))?;
    let (served, courier) = runtime.block_on(async {
        let mut courier = None;
        let served = answer(desk, args, app, &mut courier).await;
        (served, courier)
    });
    if matches!(served, Ok(End::AtOnce)) {
        jobs.abandon();
        desk.host.letters.close();
        if let Some(shipper) = shipper {
            shipper.abandon();
        }
        runtime.shutdown_background();
        return Err(fault("arrêt immédiat, des demandes ont été coupées".into()));
    }
    jobs.stop();
    drop(courier);
    // What was written last is off-site before the process goes, as far as the target keeps up.
    if let Some(shipper) = shipper {
        shipper.finish(LAST_SHIPPING);
    }
    runtime.shutdown_timeout(LAST_WORK);
    served.map(|_| ())
}

/// Lets towns offer the provider of identities that is named.
fn offer_identities(desk: &Desk, args: &Args) -> Result<(), Stop> {
    let named = (
        &args.franceconnect_url,
        &args.franceconnect_id,
        &args.franceconnect_secret_file,
    );
    let (Some(url), Some(client), Some(secret)) = named else {
        return Ok(());
    };
    let settings = identity::Settings::read(url, client, secret).map_err(|e| Stop::Refused(e.to_string()))?;
    let provider = identity::Provider::new(settings).map_err(|e| Stop::Fault(e.to_string()))?;
    desk.host.identity.offer(provider);
    tracing::info!("families of towns that offer it come in with FranceConnect");
    Ok(())
}

/// Says where letters leave, where a mail server is named.
fn open_office(desk: &Desk, args: &Args) {
    let from = args.smtp_from.as_ref().and_then(|from| from.parse().ok());
    match (&args.smtp, from) {
        (Some(server), Some(from)) => {
            tracing::info!(%server, %from, "letters leave by this mail server");
            if args.address.is_empty() {
                tracing::warn!(
                    "links of letters lead to the address listened at: name the public one (--address)"
                );
            }
            desk.host.letters.opens(Post {
                server: server.clone(),
                from,
            });
        }
        _ => tracing::warn!("no mail server is named: letters wait (--smtp)"),
    }
}

/// Starts shipping, where a target is named. Whether it answers is found out while others are served.
fn ship(desk: &Desk, args: &Args) -> Result<Option<Shipper>, Stop> {
    let Some(address) = &args.offsite else {
        tracing::warn!("nothing is shipped off-site: this disk is the only copy (--offsite)");
        return Ok(None);
    };
    let target = Target::open(address)?;
    tracing::info!(%target, keep_days = args.offsite_keep, "what is written is shipped off-site");
    desk.host.merges.ships_to(address.to_string());
    let keep_ms = i64::from(args.offsite_keep) * DAY_MS;
    Ok(Some(Shipper::start(&desk.host, target, keep_ms)?))
}

/// How serving ended.
enum End {
    /// As asked: requests under way were finished, or had their time.
    InOrder,
    /// Somebody asked twice.
    AtOnce,
}

/// Serves until it is asked to stop, then goes in order: `/healthz` says so, and whoever balances
/// loads has `--drain` to notice; no connection is taken any more and streams of events end, so that
/// tablets and boards connect elsewhere; requests under way are finished.
async fn answer(desk: &Desk, args: &Args, app: App, courier: &mut Option<Courier>) -> Result<End, Stop> {
    let fault = |e: std::io::Error| Stop::Fault(e.to_string());
    let mut signals = Signals::new().map_err(fault)?;
    let (listener, address) = listen(args.listen).await?;
    // Links of letters carry the first address that is published, never the one a request named.
    let called = args.address.first().cloned();
    let called = called.unwrap_or_else(|| format!("http://{address}"));
    desk.host.letters.is_called(&called);
    *courier = Some(Courier::start(&desk.host)?);
    let mut said = serde_json::json!({ "listening": address.to_string() });
    if let Some(watched) = args.metrics_listen {
        let (listener, address) = listen(watched).await?;
        said["metrics"] = address.to_string().into();
        tokio::spawn(axum::serve(listener, watch_router(app.clone())).into_future());
    }
    tokio::spawn(upkeep(app.metrics.clone()));
    desk.print(&said, &format!("Préau écoute sur http://{address}"));
    // Communes whose key or store is wrong are told of; the others are served meanwhile.
    desk.host.survey_behind();
    let front = Front {
        proxies: Proxies::named(args.trusted_proxy.clone()),
        metrics: args.metrics_listen.is_none(),
    };
    let app = router_behind(app, front).into_make_service_with_connect_info::<SocketAddr>();
    let (close, closed) = tokio::sync::oneshot::channel::<()>();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        let _ = closed.await;
    });
    let mut serving = std::pin::pin!(serving.into_future());
    tokio::select! {
        served = &mut serving => return served.map(|()| End::InOrder).map_err(fault),
        () = signals.next() => {}
    }
    tracing::info!("stopping: requests under way are finished");
    desk.host.stop_soon();
    tokio::select! {
        served = &mut serving => return served.map(|()| End::InOrder).map_err(fault),
        () = tokio::time::sleep(Duration::from_secs(args.drain)) => {}
        () = signals.next() => return Ok(End::AtOnce),
    }
    desk.host.close();
    let _ = close.send(());
    tokio::select! {
        served = &mut serving => served.map(|()| End::InOrder).map_err(fault),
        () = tokio::time::sleep(LAST_REQUESTS) => {
            tracing::warn!("requests still under way are cut");
            Ok(End::InOrder)
        }
        () = signals.next() => Ok(End::AtOnce),
    }
}

async fn listen(at: SocketAddr) -> Result<(TcpListener, SocketAddr), Stop> {
    let refused = |e: std::io::Error| Stop::Refused(format!("Impossible d’écouter sur {at} : {e}."));
    let listener = TcpListener::bind(at).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    Ok((listener, address))
}

async fn upkeep(metrics: PrometheusHandle) {
    let mut beat = tokio::time::interval(UPKEEP);
    loop {
        beat.tick().await;
        metrics.run_upkeep();
    }
}

/// Publishes the addresses given in every commune, once, when it is first opened; the same list again changes nothing.
fn publish_at_opening(desk: &Desk, args: &Args) {
    if args.address.is_empty() {
        return;
    }
    let (servers, fallback) = (args.address.clone(), args.fallback.clone());
    let published: Mutex<BTreeSet<Slug>> = Mutex::default();
    desk.host.at_opening(move |commune| {
        if published
            .lock()
            .is_ok_and(|published| published.contains(&commune.slug))
        {
            return;
        }
        match publish(commune, &servers, fallback.as_ref()) {
            Ok(()) => {
                if let Ok(mut published) = published.lock() {
                    published.insert(commune.slug.clone());
                }
            }
            Err(error) => {
                tracing::error!(commune = %commune.slug, %error, "the addresses are not published");
            }
        }
    });
}

/// Has every commune know of the spans in which no server ran; what it knows already changes nothing.
fn tell_at_opening(desk: &Desk, silences: Vec<Silence>) {
    if silences.is_empty() {
        return;
    }
    desk.host.at_opening(move |commune| {
        if let Err(error) = outages::tell(commune, &silences) {
            tracing::error!(commune = %commune.slug, %error, "that no server ran is not noted");
        }
    });
}

fn publish(commune: &Commune, servers: &[String], fallback: Option<&String>) -> Result<(), CorridorError> {
    // The newest list wins on tablets, too: a clock that went back must not make this one the older.
    let held = commune.store.read(|tx| sync_server::sync::addresses(tx))?;
    let now = commune.clock.now();
    let places = Places {
        commune: commune.slug.clone(),
        at: held.map_or(now, |held| now.max(held.places.at.plus_ms(1))),
        servers: servers.to_vec(),
        fallback: fallback.cloned(),
    };
    let addresses = Blob(encode(&Addresses::sign(places, &commune.keys.signing)));
    let body = Body::PublishAddresses { addresses };
    commune.submit(commune.operation(Actor::Host, Channel::Command, body))?;
    Ok(())
}

/// SIGTERM and Ctrl-C.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Ends when either comes.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
