//! Who asks, and what they were answered.

use axum::http::StatusCode;
use server_ui::portal::{Said, said};
use shared::operation::Role;

use super::super::ground::{CLAIRE, DENIS, LUC, PAUL, PETIT, RITA, TOWN, Towns, agent, at};
use crate::web::browser::{Browser, Reply};

/// How far somebody is from being in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// No session of this town's portal.
    Nobody,
    /// Codes on paper were right.
    Codes,
    /// A second factor is owed.
    Factor,
    /// A guardian of this town.
    Family,
    /// An agent who looks as a guardian.
    Looking,
}

/// Somebody who asks.
pub(super) struct Stranger {
    pub(super) name: String,
    pub(super) class: Class,
    pub(super) browser: Browser,
}

/// All kinds of them, at noon. `CLAIRE` is who things belong to; she is the first of the families.
pub(super) fn all(towns: &Towns) -> Vec<Stranger> {
    let noon = at("12:00");
    let mut all = nobodies(towns);
    let mut add = |name: &str, class, browser| {
        all.push(Stranger {
            name: name.to_owned(),
            class,
            browser,
        });
    };
    add(
        "codes of the other household",
        Class::Codes,
        towns.with_codes(PETIT, noon),
    );
    add(
        "Claire, a second factor owed",
        Class::Factor,
        towns.owing_factor(CLAIRE, noon),
    );
    add("Claire", Class::Family, towns.family(CLAIRE, noon));
    add(
        "Denis, without authority",
        Class::Family,
        towns.family(DENIS, noon),
    );
    add(
        "Paul, of the child's other household",
        Class::Family,
        towns.family(PAUL, noon),
    );
    add("Rita, of another family", Class::Family, towns.family(RITA, noon));
    for role in [Role::Administrateur, Role::Gestionnaire] {
        let browser = towns.seen_as(agent(role), CLAIRE, noon);
        add(
            &format!("{} looking as Claire", role.as_str()),
            Class::Looking,
            browser,
        );
    }
    all
}

/// Those who have no session of this town's portal, whatever else they have.
pub(super) fn nobodies(towns: &Towns) -> Vec<Stranger> {
    let noon = at("12:00");
    let mut all = vec![("nobody".to_owned(), towns.browser(noon))];
    all.push(("a guardian of the town next door".into(), towns.neighbour(noon)));
    // The same cookie under this town's name.
    let mut renamed = towns.neighbour(noon);
    let cookie = renamed.cookies.pop_first().map(|(_, value)| value);
    renamed.cookies.insert(format!("famille-{TOWN}"), cookie.unwrap());
    all.push(("a cookie of next door under this town's name".into(), renamed));
    let mut forged = towns.browser(noon);
    forged.cookies.insert(format!("famille-{TOWN}"), "A".repeat(43));
    all.push(("a forged cookie".into(), forged));
    let mut broken = towns.browser(noon);
    broken
        .cookies
        .insert(format!("famille-{TOWN}"), "%00é'\"--".into());
    all.push(("a cookie that is none".into(), broken));
    let mut ended = towns.browser(noon);
    ended.cookies = towns.family(CLAIRE, at("12:00").plus_ms(-13 * 3_600_000)).cookies;
    all.push(("an ended session of Claire".into(), ended));
    all.push(("Luc, who deleted his account".into(), towns.family(LUC, noon)));
    for role in Role::ALL {
        all.push((format!("{} at the desk", role.as_str()), towns.desk(role, noon)));
    }
    let of = |(name, browser)| Stranger {
        name,
        class: Class::Nobody,
        browser,
    };
    all.into_iter().map(of).collect()
}

/// What an answer comes to, in one letter.
///
/// `x` the page; `r` the form is not ours (with another, it would have been taken); `l` log in first; `c` say first
/// which guardian you are; `p` give codes first; `f` give the second factor first; `h` home; `o` an agent looks and changes nothing; `n` no
/// such page, or none for whoever asks; `u` no such link; `b` a form that cannot be read; anything else `?`.
pub(super) fn answer(reply: &Reply) -> char {
    let says = |what| reply.text == said(what, Some((TOWN, "Ville d’Essai")));
    match reply.status {
        StatusCode::OK | StatusCode::NOT_MODIFIED => 'x',
        StatusCode::SEE_OTHER => {
            let to = reply.header("location").strip_prefix("/ville");
            match to.map(|rest| rest.split('?').next().unwrap_or_default()) {
                Some("/connexion") => 'l',
                Some("/codes/qui") => 'c',
                Some("/codes") => 'p',
                Some("/verification") => 'f',
                Some("" | "/") => 'h',
                _ => '?',
            }
        }
        StatusCode::FORBIDDEN if says(Said::OnlyLooking) => 'o',
        StatusCode::FORBIDDEN if says(Said::FormRefused) => 'r',
        StatusCode::NOT_FOUND if says(Said::PageUnknown) => 'n',
        StatusCode::NOT_FOUND if says(Said::LinkUnknown) => 'u',
        StatusCode::BAD_REQUEST if says(Said::FormUnreadable) => 'b',
        _ => '?',
    }
}

/// What is the same for all who are told the same: everything but a fresh cookie for forms.
pub(super) fn bytes(reply: &Reply) -> (StatusCode, Vec<(String, String)>, String) {
    let mut headers: Vec<(String, String)> = reply
        .headers
        .iter()
        .filter(|(name, _)| *name != "set-cookie")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .collect();
    headers.sort();
    (reply.status, headers, reply.text.clone())
}
