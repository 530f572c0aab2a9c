//! A mother ties her FranceConnect identity to her account and comes in with it: the town's server as a process, and a
//! real OpenID Connect provider (npm's oidc-provider, set up as FranceConnect v2 is) on this machine.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

use reqwest::header::{HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, StatusCode, Url};
use shared::operation::{Actor, Body, Channel, PortalRecord};
use system_tests::tablet::text;
use system_tests::town::{MONDAY, SLUG};
use system_tests::{Server, Town};
use tokio::runtime::Runtime;

use crate::host;

/// How families call the town: a proxy with TLS stands before it.
const TOWN: &str = "https://preau.example";

/// The provider, as a process. It ends with its stdin.
struct Provider {
    issuer: String,
    child: Child,
    stdin: Option<ChildStdin>,
}

impl Provider {
    fn start(now: &str) -> Self {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let library = here.join("../target-tools/oidc/node_modules/oidc-provider/lib/index.js");
        assert!(
            library.exists(),
            "{} is missing. Run scripts/setup.sh tests.",
            library.display()
        );
        let mut child = Command::new("node")
            .arg(here.join("oidc/launch.mjs"))
            .arg(library.canonicalize().expect("a file"))
            .arg(now)
            .arg(format!("{TOWN}/{SLUG}/franceconnect/retour"))
            .arg(format!("{TOWN}/{SLUG}/"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("node runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it says where it is");
        let said: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        Self {
            issuer: text(&said["issuer"]).to_owned(),
            stdin: child.stdin.take(),
            child,
        }
    }

    /// It does not answer any more.
    fn stop(&mut self) {
        drop(self.stdin.take());
        self.child.wait().expect("it ends");
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    /// Where the page stands.
    at: Url,
    text: String,
}

impl Reply {
    fn leads(&self) -> Url {
        let location = self.headers.get(LOCATION).expect("it leads somewhere");
        self.at
            .join(location.to_str().expect("text"))
            .expect("an address")
    }

    fn hidden(&self, name: &str) -> String {
        let after = self.text.split(&format!("name=\"{name}\" value=\"")).nth(1);
        let after = after.unwrap_or_else(|| panic!("no {name} in {}", self.text));
        after.split('"').next().expect("a value").replace("&#39;", "'")
    }
}

/// A browser: what is meant for the town goes to its server, as through its proxy.
struct Browser {
    runtime: Runtime,
    client: Client,
    server: String,
    cookies: BTreeMap<(String, String), String>,
}

impl Browser {
    fn before(server: &Server) -> Self {
        // A process has one; whoever came first set the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // What serves HTTP in these tests asks for it too.
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client");
        Self {
            runtime: Runtime::new().expect("a runtime"),
            client,
            server: server.url(),
            cookies: BTreeMap::new(),
        }
    }

    fn ask(&mut self, method: Method, at: &Url, fields: &[(&str, &str)]) -> Reply {
        let is_town = at.as_str().starts_with(TOWN);
        let address = if is_town {
            at.as_str().replacen(TOWN, &self.server, 1)
        } else {
            at.to_string()
        };
        let site = at.origin().ascii_serialization();
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .filter(|((owner, _), _)| *owner == site)
            .map(|((_, name), value)| format!("{name}={value}"))
            .collect();
        let mut form = Url::parse("http://form").expect("an address");
        form.query_pairs_mut().extend_pairs(fields);
        let mut request = self
            .client
            .request(method, address)
            .header("cookie", cookies.join("; "))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.query().unwrap_or_default().to_owned());
        if is_town {
            request = request
                .header("host", "preau.example")
                .header("x-forwarded-proto", "https")
                .header("x-forwarded-for", "192.0.2.7");
        }
        let (status, headers, text) = self.runtime.block_on(async {
            let answer = request.send().await.expect("an answer");
            let (status, headers) = (answer.status(), answer.headers().clone());
            (status, headers, answer.text().await.expect("text"))
        });
        for cookie in headers.get_all(SET_COOKIE) {
            let pair = cookie
                .to_str()
                .expect("text")
                .split(';')
                .next()
                .unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie");
            let key = (site.clone(), name.to_owned());
            if value.is_empty() {
                self.cookies.remove(&key);
            } else {
                self.cookies.insert(key, value.to_owned());
            }
        }
        Reply {
            status,
            headers,
            at: at.clone(),
            text,
        }
    }

    fn get(&mut self, path: &str) -> Reply {
        let at = Url::parse(&format!("{TOWN}/{SLUG}{path}")).expect("an address");
        self.ask(Method::GET, &at, &[])
    }

    /// Fills in the form of a page.
    fn send(&mut self, page: &str, to: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.get(page).hidden("jeton");
        let all: Vec<_> = fields
            .iter()
            .copied()
            .chain([("jeton", token.as_str())])
            .collect();
        let at = Url::parse(&format!("{TOWN}/{SLUG}{to}")).expect("an address");
        self.ask(Method::POST, &at, &all)
    }

    /// Goes to the provider, says there who it is, and comes back; an empty name gives up there.
    fn identify(&mut self, path: &str, who: &str) -> (Url, Reply) {
        let mut reply = self.get(path);
        for _ in 0..8 {
            assert_eq!(
                reply.status,
                StatusCode::SEE_OTHER,
                "{}: {}",
                reply.at,
                reply.text
            );
            let next = reply.leads();
            reply = if next.path().starts_with("/interaction/") {
                self.ask(Method::POST, &next, &[("qui", who)])
            } else {
                self.ask(Method::GET, &next, &[])
            };
            if reply.at.path().ends_with("/franceconnect/retour") {
                return (reply.at.clone(), reply);
            }
        }
        panic!("nobody came back; the last was {}", reply.at);
    }
}

fn offers_identities(town: &Town, now: &str) {
    let host = host(town, now);
    let commune = host.commune(SLUG).expect("the town");
    let portal = PortalRecord {
        france_connect: true,
        ..PortalRecord::default()
    };
    let (_, version) = commune
        .store
        .read(sync_server::record::portal)
        .expect("the portal");
    let mut operation = commune.operation(Actor::Host, Channel::Command, Body::PutPortal { portal });
    operation.seen = (version > 0).then_some(version);
    commune.submit(operation).expect("the portal is set up");
}

#[test]
fn a_mother_ties_her_identity_and_comes_in_with_it() {
    let town = Town::new();
    let now = format!("{MONDAY}T12:00:00+01:00");
    offers_identities(&town, &now);
    let mut provider = Provider::start(&now);
    let secret = town.place("franceconnect");
    std::fs::write(&secret, "un secret de test assez long pour servir\n").expect("a file");
    let issuer = provider.issuer.clone();
    let options = [
        "--franceconnect-url",
        &issuer,
        "--franceconnect-id",
        "preau",
        "--franceconnect-secret-file",
        secret.to_str().expect("a path"),
    ];
    let server = Server::start_with(town.options(), town.place("server.log"), &now, &options, &[]);

    let mother = &town.demo()["families"][0]["guardians"][0];
    let (login, password) = (text(&mother["email"]), text(&mother["password"]));
    let mut browser = Browser::before(&server);

    // Nobody knows this identity yet, whatever it is called.
    let (_, reply) = browser.identify("/franceconnect", "mere");
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.text.contains("Identité non liée"), "{}", reply.text);

    let entered = [("identifiant", login), ("mot_de_passe", password)];
    let reply = browser.send("/connexion", "/connexion", &entered);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let (_, page) = browser.identify("/franceconnect?lier=oui", "mere");
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("mere Essai"), "the provider's name is shown");
    let (sealed, name, token) = (page.hidden("identite"), page.hidden("nom"), page.hidden("jeton"));
    let fields = [
        ("identite", sealed.as_str()),
        ("nom", &name),
        ("mot_de_passe", password),
        ("jeton", &token),
    ];
    let to = Url::parse(&format!("{TOWN}/{SLUG}/compte/franceconnect/lier")).expect("an address");
    let reply = browser.ask(Method::POST, &to, &fields);
    assert!(reply.leads().as_str().ends_with("?fait=lie"), "{}", reply.text);

    // Another day, another telephone.
    let mut telephone = Browser::before(&server);
    let (came_back, reply) = telephone.identify("/franceconnect", "mere");
    assert_eq!(reply.leads().path(), format!("/{SLUG}/"), "{}", reply.text);
    let account = telephone.get("/compte");
    assert!(account.status == StatusCode::OK && account.text.contains(login));
    assert!(
        telephone
            .get("/compte/historique")
            .text
            .contains("Connexion avec FranceConnect")
    );

    // Whoever saw the address she came back to gets nothing from it.
    let mut thief = Browser::before(&server);
    thief.cookies.clone_from(&telephone.cookies);
    // Of the town's cookies, all but the session; what the provider knows her by is hers.
    thief
        .cookies
        .retain(|(owner, name), _| owner == TOWN && !name.contains("famille"));
    let reply = thief.ask(Method::GET, &came_back, &[]);
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "{}", reply.text);
    assert_ne!(thief.get("/compte").status, StatusCode::OK);

    // Somebody else's identity opens nothing, nor does giving up.
    let (_, reply) = thief.identify("/franceconnect", "voisin");
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let mut hesitant = Browser::before(&server);
    let (_, reply) = hesitant.identify("/franceconnect", "");
    assert!(reply.text.contains("Connexion abandonnée"), "{}", reply.text);

    // Out of the portal, then out of the provider, then back at the town.
    let reply = telephone.send("/compte/contact", "/deconnexion", &[]);
    let page = telephone.ask(Method::GET, &reply.leads(), &[]);
    let onwards = page
        .text
        .split("href=\"")
        .find(|href| href.contains("id_token_hint="));
    let onwards = onwards
        .and_then(|href| href.split('"').next())
        .expect("a way out");
    let onwards = Url::parse(&onwards.replace("&amp;", "&")).expect("an address");
    let asked = telephone.ask(Method::GET, &onwards, &[]);
    assert_eq!(asked.status, StatusCode::OK, "{}", asked.text);
    let confirm = onwards.join("/session/end/confirm").expect("an address");
    let xsrf = asked.hidden("xsrf");
    let out = telephone.ask(Method::POST, &confirm, &[("xsrf", &xsrf), ("logout", "yes")]);
    assert!(
        out.leads().as_str().starts_with(&format!("{TOWN}/{SLUG}/")),
        "{}",
        out.text
    );
    assert_ne!(telephone.get("/compte").status, StatusCode::OK);

    // The provider is down: the town says so, and passwords still open.
    provider.stop();
    let known = telephone.get("/franceconnect");
    assert_eq!(
        known.status,
        StatusCode::SEE_OTHER,
        "its addresses are known for an hour"
    );
    let mut restarted = Server::start_with(town.options(), town.place("second.log"), &now, &options, &[]);
    let mut browser = Browser::before(&restarted);
    let reply = browser.get("/franceconnect");
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(reply.text.contains("ne répond pas"), "{}", reply.text);
    let reply = browser.send("/connexion", "/connexion", &entered);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    restarted.stop();
    assert!(!restarted.log().contains("mere Essai"), "no name is logged");
}
