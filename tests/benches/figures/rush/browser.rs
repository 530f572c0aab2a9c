//! One family's browser in the rush: over real HTTP, with its own cookies.

use sync_server::clock::Stopwatch;

use super::families::{ACTIVITY, PASSWORD, child_of, login};
use crate::board::{cookie_of, encoded};
use crate::hosts::Line;
use crate::measure::Samples;
use crate::town::FINE;

/// The day that everybody wants.
const DATE: &str = "2026-11-25";

/// What came of a family's try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It has a place.
    Booked,
    /// It was told that no place is left.
    Full,
}

/// How long each step took.
#[derive(Clone, Default)]
pub(super) struct Steps {
    /// From the log-in page to being in.
    pub(super) log_in: Samples,
    /// From the preview to the cart.
    pub(super) cart: Samples,
    /// The form that validates.
    pub(super) validate: Samples,
    /// Every request.
    pub(super) all: Samples,
}

impl Steps {
    /// Adds another's.
    pub(super) fn extend(&mut self, other: Self) {
        self.log_in.extend(other.log_in);
        self.cart.extend(other.cart);
        self.validate.extend(other.validate);
        self.all.extend(other.all);
    }
}

/// The nth family logs in, puts the day into its cart and validates.
pub(super) fn tries(n: usize, server: &str, steps: &mut Steps) -> End {
    let mut line = Line::to(server);
    let watch = Stopwatch::start();
    let cookie = logs_in(n, &mut line, steps);
    steps.log_in.add(watch.seconds());

    let watch = Stopwatch::start();
    let preview = format!(
        "/demo/reservations/periode/apercu?enfant={}&activite={ACTIVITY}&jour=2&du={DATE}&au={DATE}&sur=dates",
        child_of(n)
    );
    let (head, page) = steps.all.time(|| line.get(&preview, &cookie));
    assert!(head.contains(" 200 "), "{head}");
    let page = text(&page);
    if !page.contains("period-send") {
        assert!(page.contains("Complet"), "nothing but « complet »: {page}");
        steps.cart.add(watch.seconds());
        return End::Full;
    }
    let form = fields(&page, "class=\"period-send\"");
    let (head, _) = steps
        .all
        .time(|| line.post("/demo/reservations/periode/apercu", &cookie, &form));
    assert!(head.contains(" 303 "), "{head}");
    steps.cart.add(watch.seconds());

    let (head, page) = steps.all.time(|| line.get("/demo/panier", &cookie));
    assert!(head.contains(" 200 "), "{head}");
    let page = text(&page);
    if !page.contains("/panier/valider") {
        // Between preview and cart somebody else took the last place.
        return End::Full;
    }
    let form = fields(&page, "action=\"/demo/panier/valider\"");
    let watch = Stopwatch::start();
    let (head, page) = steps
        .all
        .time(|| line.post("/demo/panier/valider", &cookie, &form));
    steps.validate.add(watch.seconds());
    if head.contains(" 303 ") {
        return End::Booked;
    }
    assert!(
        head.contains(" 409 ") || head.contains(" 422 "),
        "{head}\n{}",
        text(&page)
    );
    End::Full
}

fn logs_in(n: usize, line: &mut Line, steps: &mut Steps) -> String {
    let (head, page) = steps.all.time(|| line.get("/demo/connexion", ""));
    let page = text(&page);
    let (_, rest) = page.split_once("name=\"jeton\" value=\"").expect(FINE);
    let (token, _) = rest.split_once('"').expect(FINE);
    let form = format!(
        "jeton={token}&identifiant={}&mot_de_passe={}",
        encoded(&login(n).into()),
        encoded(&PASSWORD.into())
    );
    let cookie = cookie_of(&head);
    let (head, _) = steps.all.time(|| line.post("/demo/connexion", &cookie, &form));
    assert!(head.contains(" 303 "), "{head}");
    cookie_of(&head)
}

fn text(page: &[u8]) -> String {
    String::from_utf8_lossy(page).into_owned()
}

/// The hidden fields of the form that begins where a text stands, as a browser sends them.
fn fields(page: &str, mark: &str) -> String {
    let (_, form) = page.split_once(mark).expect(FINE);
    let (form, _) = form.split_once("</form>").expect(FINE);
    let value = |tag: &str, name: &str| {
        let (_, after) = tag.split_once(&format!("{name}=\""))?;
        after.split_once('"').map(|(value, _)| value.to_owned())
    };
    let pairs: Vec<String> = form
        .split("<input")
        .skip(1)
        .filter_map(|tag| {
            let (name, value) = (value(tag, "name")?, value(tag, "value")?);
            Some(format!("{name}={}", encoded(&value.into())))
        })
        .collect();
    pairs.join("&")
}
