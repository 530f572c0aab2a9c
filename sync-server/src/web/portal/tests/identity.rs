//! FranceConnect, tied and used, and every way in which somebody comes back who should not.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use metrics_exporter_prometheus::PrometheusBuilder;
use serde_json::{Value, json};
use shared::codec::Hash32;
use shared::ids::GuardianId;
use shared::operation::{Body, PortalRecord};
use shared::time::UtcMs;

use super::ground::{CLAIRE, LOGIN_OF_CLAIRE, PASSWORD, PAUL, Towns, at};
use crate::identity::fake::Fake;
use crate::store::Row;
use crate::web::browser::{Browser, Reply};
use crate::web::{App, router};

const RETURN: &str = "/ville/franceconnect/retour";

struct Ground {
    towns: Towns,
    fake: Fake,
}

/// What the provider was told of somebody who left.
struct Left {
    asked: BTreeMap<String, String>,
}

impl Ground {
    fn new() -> Self {
        let ground = Self {
            towns: Towns::new(),
            fake: Fake::start(),
        };
        ground.towns.set_up(PortalRecord {
            france_connect: true,
            ..PortalRecord::default()
        });
        ground
    }

    /// A browser before a server that knows the provider, with the cookies of another.
    fn browser(&self, like: Browser, now: UtcMs) -> Browser {
        let host = self.towns.host(now);
        host.identity.offer(self.fake.provider());
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        Browser {
            server: router(App { host, metrics }),
            ..like
        }
    }

    fn nobody(&self) -> Browser {
        self.browser(self.towns.browser(at("12:00")), at("12:00"))
    }

    fn family(&self, who: GuardianId) -> Browser {
        self.browser(self.towns.family(who, at("12:00")), at("12:00"))
    }

    /// What is right in the token of somebody.
    fn claims(&self, subject: &str, left: &Left) -> Value {
        self.fake.claims(subject, &left.asked["nonce"], at("12:00"))
    }

    /// The address with which somebody comes back.
    fn back(&self, left: &Left, claims: Value) -> String {
        let code = self.fake.code(claims, &left.asked["code_challenge"]);
        format!("{RETURN}?code={code}&state={}", left.asked["state"])
    }

    fn identity_of(&self, who: GuardianId) -> Option<Hash32> {
        let commune = self.towns.commune(at("12:00"));
        let sql = "select identity from guardian where id = ?1";
        let row = commune
            .store
            .read(|tx| tx.first(sql, &[who.into()]))
            .unwrap()
            .unwrap();
        row.opt(0, Row::hash).unwrap()
    }

    /// Ties an identity to an account, as its page does.
    fn tie(&self, browser: &mut Browser, subject: &str, password: &str) -> Reply {
        let left = leave(browser, "/ville/franceconnect?lier=oui");
        let page = browser.get(&self.back(&left, self.claims(subject, &left)));
        assert_eq!(page.status, StatusCode::OK, "{}", page.words());
        let field = |name: &str| {
            let after = page
                .text
                .split(&format!("name=\"{name}\" value=\""))
                .nth(1)
                .unwrap();
            after.split('"').next().unwrap().to_owned()
        };
        let (sealed, name, token) = (field("identite"), field("nom"), page.token());
        let fields = [
            ("identite", sealed.as_str()),
            ("nom", &name),
            ("mot_de_passe", password),
            ("jeton", &token),
        ];
        browser.post("/ville/compte/franceconnect/lier", &fields)
    }
}

/// Leaves for the provider.
fn leave(browser: &mut Browser, path: &str) -> Left {
    let reply = browser.get(path);
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.words());
    let (address, query) = reply.header("location").split_once('?').unwrap();
    assert!(address.ends_with("/authorize"), "{address}");
    let asked = query.split('&').filter_map(|pair| pair.split_once('='));
    Left {
        asked: asked
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    }
}

/// Whether this browser is in.
fn is_in(browser: &mut Browser) -> bool {
    browser.get("/ville/compte").status == StatusCode::OK
}

#[test]
fn an_identity_that_its_owner_tied_opens_the_account() {
    let ground = Ground::new();
    let mut claire = ground.family(CLAIRE);
    assert!(
        claire
            .get("/ville/compte")
            .text
            .contains("/ville/compte/franceconnect")
    );
    assert!(
        claire
            .get("/ville/compte/franceconnect")
            .text
            .contains("/ville/franceconnect?lier=oui")
    );
    let reply = ground.tie(&mut claire, "claire-fc", PASSWORD);
    assert_eq!(
        reply.header("location"),
        "/ville/compte/franceconnect?fait=lie",
        "{}",
        reply.words()
    );
    assert!(
        claire
            .get("/ville/compte/franceconnect")
            .words()
            .contains("Une identité FranceConnect est liée")
    );

    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let asked = |name: &str| left.asked[name].as_str();
    assert_eq!((asked("acr_values"), asked("response_type")), ("eidas1", "code"));
    assert_eq!(
        (asked("client_id"), asked("code_challenge_method")),
        ("nous", "S256")
    );
    assert_eq!(asked("scope"), "openid+given_name+family_name");
    assert_eq!(
        asked("redirect_uri"),
        "http%3A%2F%2Flocalhost%3A8080%2Fville%2Ffranceconnect%2Fretour"
    );
    let reply = browser.get(&ground.back(&left, ground.claims("claire-fc", &left)));
    assert_eq!(
        (reply.status, reply.header("location")),
        (StatusCode::SEE_OTHER, "/ville/")
    );
    assert!(browser.get("/ville/compte").words().contains(LOGIN_OF_CLAIRE));
    let history = browser.get("/ville/compte/historique").words();
    assert!(
        history.contains("Connexion avec FranceConnect") && history.contains("Identité FranceConnect liée")
    );

    // Out here, then out there.
    let token = browser.get("/ville/compte/contact").token();
    let reply = browser.post("/ville/deconnexion", &[("jeton", &token)]);
    assert_eq!(reply.header("location"), "/ville/franceconnect/sortie");
    let page = browser.get("/ville/franceconnect/sortie");
    assert!(page.text.contains("/end?id_token_hint=") && page.text.contains("post_logout_redirect_uri="));
    assert!(!is_in(&mut browser));
    let again = browser.get("/ville/franceconnect/sortie");
    assert_eq!(
        (again.status, again.header("location")),
        (StatusCode::SEE_OTHER, "/ville/"),
        "once"
    );
}

#[test]
fn nobody_is_matched_by_a_name_or_an_address() {
    let ground = Ground::new();
    ground.fake.says.lock().unwrap().about =
        json!({ "given_name": "Claire", "family_name": "Martin", "email": LOGIN_OF_CLAIRE });
    let before = ground.towns.head();
    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let reply = browser.get(&ground.back(&left, ground.claims("claire-fc", &left)));
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(reply.words().contains("Identité non liée") && !reply.words().contains("Claire"));
    assert!(!is_in(&mut browser));
    assert_eq!(ground.towns.head(), before);
}

#[test]
fn only_who_left_comes_back_and_only_once() {
    let ground = Ground::new();
    let reply = ground.tie(&mut ground.family(CLAIRE), "claire-fc", PASSWORD);
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    let before = ground.towns.head();
    let refused = |browser: &mut Browser, address: &str, why: &str| {
        let reply = browser.get(address);
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{why}");
        assert!(reply.words().contains("Retour de FranceConnect refusé"), "{why}");
        assert!(!is_in(browser), "{why}");
    };

    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let address = ground.back(&left, ground.claims("claire-fc", &left));
    let forged = address.replace(&left.asked["state"], &"A".repeat(43));
    refused(&mut browser, &forged, "a state that nobody was given");
    refused(&mut browser, &address.replace("&state=", "&autre="), "no state");
    // An attacker who left sends the address to somebody else: their browser never left.
    refused(&mut ground.nobody(), &address, "another browser");
    refused(&mut browser, &address, "the cookie went with the first refusal");

    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let address = ground.back(&left, ground.claims("claire-fc", &left));
    let cookies = browser.cookies.clone();
    assert_eq!(browser.get(&address).status, StatusCode::SEE_OTHER);
    let mut replay = ground.nobody();
    replay.cookies.clone_from(&cookies);
    refused(&mut replay, &address, "a state that was used");

    // A code that was used, with a state that was not.
    let mut other = ground.nobody();
    let second = leave(&mut other, "/ville/franceconnect");
    let replayed = address.replace(&left.asked["state"], &second.asked["state"]);
    refused(&mut other, &replayed, "a code that was used");

    // A code of somebody else's trip: made for another challenge.
    let mut other = ground.nobody();
    let third = leave(&mut other, "/ville/franceconnect");
    let code = ground.fake.code(
        ground.claims("claire-fc", &third),
        &second.asked["code_challenge"],
    );
    let injected = format!("{RETURN}?code={code}&state={}", third.asked["state"]);
    refused(&mut other, &injected, "a code made for another verifier");

    // Eleven minutes away.
    let mut late = ground.nobody();
    let left = leave(&mut late, "/ville/franceconnect");
    let address = ground.back(&left, ground.claims("claire-fc", &left));
    let mut late = ground.browser(late, at("12:11"));
    refused(&mut late, &address, "too late");
    assert_eq!(ground.towns.head(), before + 1, "one log-in");
}

#[test]
fn a_token_that_is_not_right_opens_nothing() {
    let ground = Ground::new();
    assert_eq!(
        ground
            .tie(&mut ground.family(CLAIRE), "claire-fc", PASSWORD)
            .status,
        StatusCode::SEE_OTHER
    );
    let before = ground.towns.head();
    let now_s = at("12:00").0 / 1000;
    for (claim, value) in [
        ("nonce", json!("un autre")),
        ("aud", json!("un autre")),
        ("iss", json!("https://ailleurs.example")),
        ("exp", json!(now_s - 120)),
        ("iat", json!(now_s - 7200)),
        ("acr", json!("eidas0")),
    ] {
        let mut browser = ground.nobody();
        let left = leave(&mut browser, "/ville/franceconnect");
        let mut claims = ground.claims("claire-fc", &left);
        claims[claim] = value;
        let reply = browser.get(&ground.back(&left, claims));
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{claim}");
        assert!(
            reply.words().contains("refusé") && !is_in(&mut browser),
            "{claim}"
        );
    }
    // What is told of the person is about another.
    ground.fake.says.lock().unwrap().about = json!({ "sub": "un autre" });
    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let reply = browser.get(&ground.back(&left, ground.claims("claire-fc", &left)));
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(ground.towns.head(), before);
}

#[test]
fn a_provider_that_is_down_leaves_the_password() {
    let ground = Ground::new();
    let before = ground.towns.head();
    for status in [
        StatusCode::INTERNAL_SERVER_ERROR,
        StatusCode::FOUND,
        StatusCode::NOT_FOUND,
    ] {
        ground.fake.says.lock().unwrap().broken = Some(status);
        let reply = ground.nobody().get("/ville/franceconnect");
        assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{status}");
        assert!(reply.words().contains("ne répond pas") && reply.text.contains("/ville/connexion"));
    }
    ground.fake.says.lock().unwrap().broken = None;
    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let address = ground.back(&left, ground.claims("claire-fc", &left));
    ground.fake.says.lock().unwrap().broken = Some(StatusCode::BAD_GATEWAY);
    assert_eq!(browser.get(&address).status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(ground.towns.head(), before);

    ground.fake.says.lock().unwrap().broken = None;
    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let given_up = format!("{RETURN}?error=access_denied&state={}", left.asked["state"]);
    let reply = browser.get(&given_up);
    assert!(reply.words().contains("Connexion abandonnée"));
    let again = browser.get(&given_up);
    assert_eq!(again.status, StatusCode::FORBIDDEN, "that state is used up");
}

#[test]
fn tying_takes_the_password_and_one_account() {
    let ground = Ground::new();
    let mut claire = ground.family(CLAIRE);
    let before = ground.towns.head();
    let reply = ground.tie(&mut claire, "claire-fc", "un autre mot de passe");
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.words().contains("Ce n’est pas le mot de passe"));
    assert!(!reply.text.contains("un autre mot de passe"));
    assert_eq!((ground.towns.head(), ground.identity_of(CLAIRE)), (before, None));

    // Somebody else's form, or one of our own making, ties nothing.
    let token = claire.get("/ville/compte/contact").token();
    for sealed in ["", "AAAA", "n’importe"] {
        let fields = [
            ("identite", sealed),
            ("mot_de_passe", PASSWORD),
            ("jeton", token.as_str()),
        ];
        let reply = claire.post("/ville/compte/franceconnect/lier", &fields);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{sealed}");
    }
    assert_eq!(ground.identity_of(CLAIRE), None);

    assert_eq!(
        ground.tie(&mut claire, "claire-fc", PASSWORD).status,
        StatusCode::SEE_OTHER
    );
    let tied = ground.identity_of(CLAIRE);
    assert!(tied.is_some());
    let reply = ground.tie(&mut ground.family(PAUL), "claire-fc", PASSWORD);
    assert_eq!(reply.status, StatusCode::CONFLICT);
    assert!(reply.words().contains("Identité déjà liée") && !reply.words().contains("Claire"));
    assert_eq!(
        (ground.identity_of(CLAIRE), ground.identity_of(PAUL)),
        (tied, None)
    );

    let token = claire.get("/ville/compte/franceconnect").token();
    let reply = claire.post("/ville/compte/franceconnect/delier", &[("jeton", &token)]);
    assert_eq!(reply.header("location"), "/ville/compte/franceconnect?fait=delie");
    assert_eq!(ground.identity_of(CLAIRE), None);
}

#[test]
fn who_left_to_tie_ties_to_their_own_account_alone() {
    let ground = Ground::new();
    let mut claire = ground.family(CLAIRE);
    let left = leave(&mut claire, "/ville/franceconnect?lier=oui");
    // Meanwhile Paul came in, in the same browser.
    let paul = ground.family(PAUL);
    let mut shared = claire.clone();
    shared.cookies.extend(paul.cookies);
    let reply = shared.get(&ground.back(&left, ground.claims("claire-fc", &left)));
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert_eq!(
        ground.nobody().get("/ville/franceconnect?lier=oui").status,
        StatusCode::SEE_OTHER
    );
    let asked = ground.nobody().get("/ville/franceconnect?lier=oui");
    assert!(
        asked.header("location").starts_with("/ville/connexion"),
        "log in first"
    );
}

#[test]
fn a_deleted_account_is_opened_by_no_identity() {
    let ground = Ground::new();
    let mut claire = ground.family(CLAIRE);
    assert_eq!(
        ground.tie(&mut claire, "claire-fc", PASSWORD).status,
        StatusCode::SEE_OTHER
    );
    ground.towns.apply(vec![Body::DeleteAccount { guardian: CLAIRE }]);
    let mut browser = ground.nobody();
    let left = leave(&mut browser, "/ville/franceconnect");
    let reply = browser.get(&ground.back(&left, ground.claims("claire-fc", &left)));
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    assert!(!is_in(&mut browser));
}

#[test]
fn nothing_is_offered_that_the_town_or_the_host_does_not() {
    let ground = Ground::new();
    ground.towns.set_up(PortalRecord::default());
    for path in ["/ville/franceconnect", RETURN, "/ville/franceconnect/sortie"] {
        assert_eq!(ground.nobody().get(path).status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(
        ground.family(CLAIRE).get("/ville/compte/franceconnect").status,
        StatusCode::NOT_FOUND
    );
    ground.towns.set_up(PortalRecord {
        france_connect: true,
        ..PortalRecord::default()
    });
    let without = ground.towns.browser(at("12:00")).get("/ville/franceconnect");
    assert_eq!(without.status, StatusCode::NOT_FOUND, "the host knows nobody");
}
