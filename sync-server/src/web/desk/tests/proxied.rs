//! A proxy before the server, and people who say that they are one.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use metrics_exporter_prometheus::PrometheusBuilder;

use super::browser::Browser;
use super::town::{EMAIL, PASSWORD, Town, at};
use crate::web::{App, Front, Proxies, router_behind, watch_router};

/// The proxy that the host named.
const PROXY: &str = "10.0.0.7:40000";

fn app(town: &Town) -> App {
    App {
        host: town.host(at("12:00")),
        metrics: PrometheusBuilder::new().build_recorder().handle(),
    }
}

/// A browser whose requests reach the server from `peer`.
fn from(town: &Town, peer: &str, headers: &[(&'static str, &str)]) -> Browser {
    let front = Front {
        proxies: Proxies::named(vec!["10.0.0.0/24".parse().unwrap()]),
        ..Front::default()
    };
    let peer: SocketAddr = peer.parse().unwrap();
    let mut browser = town.browser(at("12:00"));
    browser.server = router_behind(app(town), front).layer(Extension(ConnectInfo(peer)));
    browser.headers = vec![("host", "preau.example".into())];
    browser
        .headers
        .extend(headers.iter().map(|(name, value)| (*name, (*value).to_owned())));
    browser
}

#[test]
fn through_the_proxy_each_town_hall_has_its_own_count() {
    let town = Town::founded();
    let told = |client| [("x-forwarded-for", client), ("x-forwarded-proto", "https")];
    let mut guessing = from(&town, PROXY, &told("198.51.100.4"));
    for n in 1..=60 {
        guessing.log_in(&format!("agent{n}@mairie.example"), "essai");
    }
    assert_eq!(
        guessing.log_in(EMAIL, PASSWORD).status,
        StatusCode::TOO_MANY_REQUESTS
    );
    let mut next_door = from(&town, PROXY, &told("198.51.100.5"));
    let reply = next_door.log_in(EMAIL, PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(reply.header("set-cookie").starts_with("__Host-preau-ville="));
}

#[test]
fn inventing_a_new_address_each_time_gains_no_guess() {
    let town = Town::founded();
    let mut locked_at = None;
    for n in 1..=61 {
        // The proxy adds the address it saw behind whatever the client wrote.
        let told = format!("192.0.2.{n}, 198.51.100.4");
        let headers = [("x-forwarded-for", told.as_str()), ("x-forwarded-proto", "https")];
        let mut forger = from(&town, PROXY, &headers);
        let reply = forger.log_in(&format!("agent{n}@mairie.example"), "essai");
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            locked_at = Some(n);
            break;
        }
    }
    assert_eq!(locked_at, Some(60));
}

#[test]
fn whoever_is_not_the_proxy_cannot_claim_an_encrypted_line() {
    let town = Town::founded();
    let before = town.head();
    let claim = [
        ("x-forwarded-proto", "https"),
        ("x-forwarded-for", "198.51.100.4"),
        ("x-forwarded-host", "ailleurs.example"),
    ];
    let mut outside = from(&town, "203.0.113.9:50000", &claim);
    let page = outside.get("/ville/gestion/connexion");
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.text.contains("mot_de_passe"));
    assert!(
        page.headers
            .get("set-cookie")
            .is_none_or(|cookie| { !cookie.to_str().unwrap().contains("Secure") })
    );
    assert_eq!(town.head(), before);

    let mut inside = from(&town, PROXY, &claim[..2]);
    let page = inside.get("/ville/gestion/connexion");
    assert_eq!(
        page.status,
        StatusCode::OK,
        "the same words from the proxy are believed"
    );
}

#[test]
fn figures_are_for_the_host_and_not_for_the_world() {
    let town = Town::founded();
    let mut host = from(&town, "10.0.0.20:50000", &[]);
    assert_eq!(host.get("/metrics").status, StatusCode::OK);
    for sign in ["x-forwarded-for", "x-forwarded-proto", "forwarded", "via"] {
        // A proxy that the host forgot to name hands on just the same.
        for peer in [PROXY, "203.0.113.9:50000"] {
            let mut world = from(&town, peer, &[(sign, "198.51.100.4")]);
            assert_eq!(
                world.get("/metrics").status,
                StatusCode::NOT_FOUND,
                "{sign} {peer}"
            );
            assert_eq!(world.get("/healthz").status, StatusCode::OK, "{sign} {peer}");
        }
    }
}

#[test]
fn a_listener_of_its_own_takes_the_figures_off_the_public_one() {
    let town = Town::founded();
    let front = Front {
        metrics: false,
        ..Front::default()
    };
    let mut public = town.browser(at("12:00"));
    public.server = router_behind(app(&town), front);
    assert_eq!(public.get("/metrics").status, StatusCode::NOT_FOUND);
    assert_eq!(public.get("/healthz").status, StatusCode::OK);

    let mut watch = town.browser(at("12:00"));
    watch.server = watch_router(app(&town));
    let figures = watch.get("/metrics");
    assert_eq!(figures.status, StatusCode::OK);
    assert_eq!(
        figures.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    assert_eq!(watch.get("/healthz").status, StatusCode::OK);
    for page in ["/ville/gestion/connexion", "/v1/sync", "/static/desk.css"] {
        assert_eq!(watch.get(page).status, StatusCode::NOT_FOUND, "{page}");
    }
}
