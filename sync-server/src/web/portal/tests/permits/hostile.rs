//! Every form of the portal, sent with what no page would send: an answer that a person can read, and no fault.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use super::super::ground::{CLAIRE, PETIT, Towns, at};
use super::table::{TABLE, nothing};
use crate::web::browser::Browser;

/// What is typed: a header, a tag, no character at all, half of one, an id of nobody, and much of it.
fn typed() -> [String; 6] {
    [
        "a@b.example\r\nBcc: c@d.example".into(),
        "<script>alert(1)</script>\"'><b>".into(),
        "\0".into(),
        "é\u{202e}\u{0301}\u{fffd}".into(),
        "00000000-0000-0000-0000-00000000dead".into(),
        "x".repeat(2000),
    ]
}

/// A form as a page has it: where it goes, and its fields.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    action: String,
    token: String,
    fields: BTreeSet<String>,
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// The forms of a page that are posted.
fn forms_of(html: &str, page: &str) -> Vec<Form> {
    let mut all = Vec::new();
    for form in html.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap_or_default();
        let head = form.split('>').next().unwrap_or_default();
        if attribute(head, "method") != Some("post") {
            continue;
        }
        let mut found = Form {
            action: attribute(head, "action").unwrap_or(page).replace("&amp;", "&"),
            token: String::new(),
            fields: BTreeSet::new(),
        };
        for tag in form.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let Some(name) = attribute(tag, "name") else {
                continue;
            };
            if name == "jeton" {
                attribute(tag, "value")
                    .unwrap_or_default()
                    .clone_into(&mut found.token);
            } else {
                found.fields.insert(name.to_owned());
            }
        }
        all.push(found);
    }
    all
}

/// Every form that somebody is shown, but the one that logs out.
fn forms(browser: &mut Browser) -> Vec<Form> {
    let mut all = Vec::new();
    for (method, path, _) in TABLE {
        if *method == "GET" {
            let address = nothing(path);
            let reply = browser.get(&address);
            all.extend(forms_of(&reply.text, &address));
        }
    }
    all.retain(|form| !form.action.ends_with("/deconnexion"));
    all.sort();
    all.dedup_by(|a, b| a.action == b.action && a.fields == b.fields);
    all
}

#[test]
fn what_no_page_would_send_gets_an_answer_and_no_fault() {
    for who in ["nobody", "Claire", "who has codes"] {
        let towns = Towns::new();
        let mut browser = match who {
            "Claire" => towns.family(CLAIRE, at("12:00")),
            "nobody" => towns.browser(at("12:00")),
            _ => towns.with_codes(PETIT, at("12:00")),
        };
        let forms = forms(&mut browser);
        assert!(!forms.is_empty(), "{who} is shown forms");
        for form in forms {
            for value in typed() {
                let mut fields: Vec<(&str, &str)> =
                    form.fields.iter().map(|name| (name.as_str(), &*value)).collect();
                fields.push(("jeton", &form.token));
                let reply = browser.clone().post(&form.action, &fields);
                let place = format!(
                    "{who}, {}, « {} »",
                    form.action,
                    &value.chars().take(20).collect::<String>()
                );
                assert!(reply.status.as_u16() < 500, "{place}: {}", reply.text);
                assert_ne!(reply.status, StatusCode::FORBIDDEN, "{place}: the form was ours");
                assert!(!reply.text.contains("<script>alert"), "{place}: a tag came back");
                for (name, value) in &reply.headers {
                    let value = value.to_str().unwrap_or("unreadable");
                    assert!(
                        !value.contains("Bcc") && !value.contains("alert"),
                        "{place}: {name}: {value}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_form_that_is_none_or_too_large_is_refused_in_words() {
    let towns = Towns::new();
    let before = towns.written();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let mut nobody = towns.browser(at("12:00"));
    let form = "application/x-www-form-urlencoded";
    let bodies = [
        (form, "a=".to_owned() + &"x".repeat(1 << 20)),
        (form, "jeton=%FF%FE&%00=%".to_owned()),
        ("application/json", "{\"jeton\":1}".to_owned()),
        ("multipart/form-data; boundary=x", "--x--".to_owned()),
    ];
    for (method, path, _) in TABLE.iter().filter(|(method, ..)| *method == "POST") {
        for (kind, body) in &bodies {
            for browser in [&mut claire, &mut nobody] {
                let mut browser = browser.clone();
                let reply = browser.send(method, &nothing(path), body.clone(), &[("content-type", *kind)]);
                let status = reply.status.as_u16();
                assert!(
                    (300..500).contains(&status),
                    "{path}, {kind}: {status} {}",
                    reply.text
                );
                let words = reply.header("content-type").starts_with("text/html") || status == 303;
                assert!(words, "{path}, {kind}: {status} {}", reply.text);
            }
        }
    }
    assert_eq!(towns.written(), before, "nothing was written");
}

#[test]
fn a_form_of_another_session_or_another_site_changes_nothing() {
    let towns = Towns::new();
    let before = towns.written();
    let mut claire = towns.family(CLAIRE, at("12:00"));
    let mut other = towns.family(CLAIRE, at("12:00"));
    let forms = forms(&mut claire);
    for form in &forms {
        let mut fields: Vec<(&str, &str)> = form.fields.iter().map(|name| (name.as_str(), "1")).collect();
        fields.push(("jeton", &form.token));
        let reply = other.post(&form.action, &fields);
        assert_eq!(
            reply.status,
            StatusCode::FORBIDDEN,
            "{}: a token of another session",
            form.action
        );
        let mut lured = claire.clone();
        lured.headers.push(("sec-fetch-site", "cross-site".into()));
        let reply = lured.post(&form.action, &fields);
        assert_eq!(
            reply.status,
            StatusCode::FORBIDDEN,
            "{}: sent by another site",
            form.action
        );
    }
    assert_eq!(towns.written(), before);
}
