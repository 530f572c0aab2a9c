//! What every answer of the portal carries, and what none does.

use super::super::ground::{CLAIRE, Towns, at};
use super::table::{TABLE, ask, nothing};
use crate::web::browser::{Browser, Reply};

/// A guardian's browser, nobody's, and nobody's over https.
fn browsers(towns: &Towns) -> [Browser; 3] {
    let noon = at("12:00");
    let mut https = towns.browser(noon);
    https.headers = vec![
        ("host", "preau.example".into()),
        ("x-forwarded-proto", "https".into()),
    ];
    [towns.family(CLAIRE, noon), towns.browser(noon), https]
}

fn each(towns: &Towns, look: impl Fn(&str, &Reply)) {
    for browser in browsers(towns) {
        for (method, path, _) in TABLE {
            let reply = ask(&mut browser.clone(), method, &nothing(path));
            look(&format!("{method} {path}"), &reply);
        }
    }
}

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    each(&Towns::new(), |route, reply| {
        let policy = reply.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{route}: {policy}");
        for open in ["unsafe", "*", "data:", "http:", "https:", "blob:"] {
            assert!(!policy.contains(open), "{route}: {policy}");
        }
        for closed in ["base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
            assert!(policy.contains(closed), "{route}: {policy}");
        }
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{route}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{route}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{route}");
    });
}

#[test]
fn what_a_family_sees_is_kept_by_nothing_on_the_way() {
    let towns = Towns::new();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    for (method, path, _) in TABLE {
        let reply = ask(&mut claire.clone(), method, &nothing(path));
        let kept = reply.header("cache-control");
        // A logo and a colour are the town's, whoever asks.
        let towns_own =
            path.ends_with("/logo") || path.ends_with("/couleurs.css") || path.ends_with("/sw.js");
        assert!(
            kept == "no-store" || kept.starts_with("private") || towns_own,
            "{method} {path}: {kept}"
        );
    }
    assert_eq!(claire.get("/ville/connexion").header("cache-control"), "no-store");
}

#[test]
fn nothing_stands_inline_and_nothing_comes_from_elsewhere() {
    each(&Towns::new(), |route, reply| {
        if !reply.header("content-type").starts_with("text/html") {
            return;
        }
        for inline in [
            "<style",
            " style=",
            "javascript:",
            "<script>",
            "<base",
            "<iframe",
            "<object",
        ] {
            assert!(!reply.text.contains(inline), "{route}: {inline}");
        }
        for tag in reply.text.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let mut attributes = tag.split_whitespace().skip(1);
            assert!(!attributes.any(|one| one.starts_with("on")), "{route}: <{tag}>");
            for source in ["src=\"", "action=\""] {
                let foreign = tag.split(source).nth(1).is_some_and(|to| !to.starts_with('/'));
                assert!(!foreign, "{route}: <{tag}>");
            }
        }
    });
}

#[test]
fn cookies_are_out_of_reach_and_bound_to_their_town() {
    each(&Towns::new(), |route, reply| {
        for cookie in reply.headers.get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{route}: {cookie}");
            assert!(
                cookie.contains("; Path=/ville/;")
                    || cookie.starts_with("__Host-") && cookie.contains("; Secure;"),
                "{route}: {cookie}"
            );
            let name = cookie.split('=').next().unwrap_or_default();
            assert!(name.ends_with("-ville"), "{route}: {cookie}");
        }
    });
}

#[test]
fn nobody_is_led_off_this_server() {
    let towns = Towns::new();
    let mut browser = towns.browser(at("12:00"));
    browser.headers = vec![
        ("host", "ailleurs.example".into()),
        ("x-forwarded-host", "pire.example".into()),
        ("x-forwarded-proto", "https".into()),
        ("forwarded", "host=pire.example;proto=https".into()),
    ];
    for (method, path, _) in TABLE {
        for address in [
            nothing(path),
            format!("{}?retour=//ailleurs.example", nothing(path)),
        ] {
            let reply = ask(&mut browser.clone(), method, &address);
            let to = reply.header("location");
            assert!(
                to.is_empty() || (to.starts_with("/ville") && !to.contains("//")),
                "{method} {path}: {to}"
            );
            for name in ["ailleurs.example", "pire.example"] {
                assert!(
                    !reply.text.contains(name),
                    "{method} {path} repeats the name it was called by"
                );
            }
        }
    }
}
