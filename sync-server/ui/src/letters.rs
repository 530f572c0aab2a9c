//! Letters as they are mailed: subject, plain text and HTML. The HTML is plain: headings and paragraphs, one link as a
//! button and once in clear, nothing loaded from anywhere.

use chrono::{NaiveDate, NaiveTime};
use leptos::prelude::*;
use shared::operation::{Fact, LetterKind, NoticeRecord};
use shared::words::{FluentArgs, day, hour_or_full, money};

use crate::portal::cart::{Recap, sections};
use crate::portal::notices::notice_words;
use crate::words::{t, t1, with, with_args};

/// What a letter is made of.
#[derive(Clone, Debug)]
pub struct LetterView {
    /// The commune's name.
    pub commune: String,
    /// What the town hall is called there.
    pub label: String,
    /// What the letter is for.
    pub kind: LetterKind,
    /// First name of whom it is for.
    pub name: Option<String>,
    /// What its sentences are filled with.
    pub facts: Vec<Fact>,
    /// The address it goes to.
    pub address: String,
    /// The notice it carries.
    pub notice: Option<NoticeRecord>,
    /// Its one link, whole.
    pub link: Option<String>,
    /// What became of the booking it tells of.
    pub booked: Option<Recap>,
    /// Lines that stand apart, such as codes.
    pub lines: Vec<String>,
    /// Until when its link is good, in the commune's zone.
    pub until: Option<(NaiveDate, NaiveTime)>,
    /// The portal's first page, whole.
    pub portal: String,
    /// Where one chooses what is sent, whole.
    pub choices: String,
    /// The telephone that families call.
    pub phone: Option<String>,
    /// The e-mail that families write to.
    pub email: Option<String>,
}

/// A letter as it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
}

/// What a letter says, before it is text or HTML.
struct Said {
    subject: String,
    before: Vec<String>,
    /// The button's words and where it leads.
    link: Option<(String, String)>,
    after: Vec<String>,
}

/// What sentences of letters are filled with.
pub(crate) fn args_of(facts: &[Fact]) -> FluentArgs<'static> {
    let mut args = FluentArgs::new();
    for fact in facts {
        // Numbers decide between singular and plural.
        match fact.value.parse::<i32>() {
            Ok(number) => args.set(fact.name.clone(), number),
            Err(_) => args.set(fact.name.clone(), fact.value.clone()),
        }
    }
    args
}

/// « lundi 30 novembre à 8 h 30 ».
fn instant((date, time): (NaiveDate, NaiveTime)) -> String {
    with(
        "letter-instant",
        &[("day", &day(date)), ("hour", &hour_or_full(time))],
    )
}

fn said(view: &LetterView) -> Said {
    let mut args = args_of(&view.facts);
    if args.get("days").is_none() {
        args.set("days", 0);
    }
    args.set("commune", view.commune.clone());
    args.set("address", view.address.clone());
    let say = |key: &str| with_args(key, &args);
    let until = view.until.map(instant);
    let once = until
        .as_deref()
        .map(|until| t1("letter-link-once", "until", until));
    let linked = |words: String| view.link.clone().map(|link| (words, link));
    match view.kind {
        LetterKind::Notice => notice(view),
        LetterKind::Activation => Said {
            subject: say("letter-activation"),
            before: vec![say("letter-activation-text")],
            link: linked(t("letter-activation-link")),
            after: once.into_iter().chain([t("letter-activation-then")]).collect(),
        },
        LetterKind::Reset => Said {
            subject: say("letter-reset"),
            before: vec![say("letter-reset-text")],
            link: linked(t("letter-reset-link")),
            after: once.into_iter().chain([t("letter-reset-then")]).collect(),
        },
        LetterKind::Login => Said {
            subject: say("letter-login"),
            before: vec![say("letter-login-text")],
            link: linked(t("letter-login-link")),
            after: once.into_iter().chain([t("letter-login-then")]).collect(),
        },
        LetterKind::Contact => Said {
            subject: say("letter-contact"),
            before: vec![say("letter-contact-text")],
            link: linked(t("letter-contact-link")),
            after: once.into_iter().chain([t("letter-contact-then")]).collect(),
        },
        LetterKind::NoAccount => Said {
            subject: say("letter-no-account"),
            before: vec![say("letter-no-account-text"), t("letter-no-account-then")],
            link: None,
            after: Vec::new(),
        },
        LetterKind::Registered => Said {
            subject: say("letter-registered"),
            before: vec![say("letter-registered-text")],
            link: None,
            after: Vec::new(),
        },
        LetterKind::RegistrationRefused => Said {
            subject: say("letter-refused"),
            before: vec![say("letter-refused-text"), say("letter-refused-reason")],
            link: None,
            after: Vec::new(),
        },
        LetterKind::Codes => Said {
            subject: say("letter-codes"),
            before: vec![say("letter-codes-text")],
            link: linked(t("letter-codes-link")),
            after: until
                .as_deref()
                .map(|until| t1("letter-codes-until", "until", until))
                .into_iter()
                .collect(),
        },
        LetterKind::Deleted => Said {
            subject: say("letter-deleted"),
            before: vec![say("letter-deleted-text"), t("letter-deleted-then")],
            link: None,
            after: Vec::new(),
        },
        LetterKind::Booked => {
            let when = view.booked.as_ref().map_or("", |recap| recap.when.as_str());
            let by_town = view.booked.as_ref().is_some_and(|recap| recap.by_town);
            let first = if by_town {
                with(
                    "cart-letter-town",
                    &[("label", view.label.as_str()), ("when", when)],
                )
            } else {
                t1("cart-letter-web", "when", when)
            };
            let total = view.booked.as_ref().map(Recap::total).unwrap_or_default();
            let beyond = view.booked.as_ref().is_some_and(|recap| recap.beyond.is_some());
            Said {
                subject: say("cart-letter"),
                before: vec![first],
                link: linked(t("cart-letter-link")),
                after: std::iter::once(t1("cart-letter-total", "total", money(total)))
                    // Why is between the town hall and its rules.
                    .chain(beyond.then(|| t("cart-recap-beyond")))
                    .chain([t1("letter-notice-choices", "address", view.choices.as_str())])
                    .collect(),
            }
        }
        LetterKind::Agent => Said {
            subject: say("letter-agent"),
            before: vec![say("letter-agent-text")],
            link: linked(t("letter-agent-link")),
            after: once.into_iter().collect(),
        },
    }
}

/// A letter that carries a notice. Its words are those of the feed; its link leads to the portal, where one logs in.
fn notice(view: &LetterView) -> Said {
    let words = view.notice.as_ref().map(notice_words);
    let (title, text) = words.map_or_else(Default::default, |words| (words.title, words.text));
    Said {
        subject: with("letter-notice", &[("title", &title), ("commune", &view.commune)]),
        before: vec![title, text]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect(),
        link: Some((t("letter-notice-link"), view.portal.clone())),
        after: vec![t1("letter-notice-choices", "address", view.choices.as_str())],
    }
}

/// Whom to ask.
fn contact(view: &LetterView) -> Option<String> {
    let ways: Vec<&str> = [&view.phone, &view.email]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!ways.is_empty()).then(|| with("letter-contact-us", &[("ways", &ways.join(" · "))]))
}

/// Words a letter.
pub fn letter(view: &LetterView) -> Drawn {
    let said = said(view);
    let named = |name: &str| view.facts.iter().find(|fact| fact.name == name);
    let asked = named("name").or_else(|| named("first_name"));
    let name = view.name.as_ref().or_else(|| asked.map(|fact| &fact.value));
    let hello = match name {
        Some(name) => t1("letter-hello", "name", name.as_str()),
        None => t("letter-hello-somebody"),
    };
    let foot: Vec<String> = contact(view)
        .into_iter()
        .chain([t1("letter-foot", "commune", view.commune.as_str())])
        .collect();
    Drawn {
        text: plain(&said, &hello, view, &foot),
        html: html(&said, hello, view, foot),
        subject: said.subject,
    }
}

fn plain(said: &Said, hello: &str, view: &LetterView, foot: &[String]) -> String {
    let mut parts = vec![hello.to_owned()];
    parts.extend(said.before.iter().cloned());
    if !view.lines.is_empty() {
        parts.push(view.lines.join("\n"));
    }
    for (heading, lines) in view.booked.iter().flat_map(sections) {
        parts.push(format!("{heading}\n- {}", lines.join("\n- ")));
    }
    if let Some((words, link)) = &said.link {
        parts.push(with("letter-link", &[("words", words)]) + "\n" + link);
    }
    parts.extend(said.after.iter().cloned());
    parts.push("-- \n".to_owned() + &foot.join("\n"));
    parts.join("\n\n") + "\n"
}

fn html(said: &Said, hello: String, view: &LetterView, foot: Vec<String>) -> String {
    let paragraphs = |texts: &[String]| -> Vec<AnyView> {
        texts
            .iter()
            .map(|text| view! { <p>{text.clone()}</p> }.into_any())
            .collect()
    };
    let lines: Vec<AnyView> = view
        .lines
        .iter()
        .map(|line| view! { <p><strong>{line.clone()}</strong></p> }.into_any())
        .collect();
    let parts: Vec<AnyView> = view
        .booked
        .iter()
        .flat_map(sections)
        .map(|(heading, lines)| {
            let lines: Vec<AnyView> = lines
                .into_iter()
                .map(|line| view! { <li>{line}</li> }.into_any())
                .collect();
            view! { <h2>{heading}</h2><ul>{lines}</ul> }.into_any()
        })
        .collect();
    let html = Owner::new().with(|| {
        let link = said.link.clone().map(|(words, link)| {
            view! {
                <p><a href=link.clone()>{words}</a></p>
                <p>{t("letter-link-clear")}<br />{link}</p>
            }
        });
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <title>{said.subject.clone()}</title>
                </head>
                <body>
                    <h1>{said.subject.clone()}</h1>
                    <p>{hello}</p>
                    {paragraphs(&said.before)}
                    {lines}
                    {parts}
                    {link}
                    {paragraphs(&said.after)}
                    <hr />
                    {paragraphs(&foot)}
                </body>
            </html>
        }
        .to_html()
    });
    // What a browser's script would need to find its way is only noise in a letter.
    format!("<!doctype html>\n{}\n", html.replace("<!>", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(kind: LetterKind) -> LetterView {
        LetterView {
            commune: "Valmont".into(),
            label: "mairie".into(),
            kind,
            name: Some("Zoé".into()),
            facts: [
                ("reason", "L’école n’est pas de la commune."),
                ("days", "30"),
                ("first_name", "Zoé"),
            ]
            .map(|(name, value)| Fact {
                name: name.into(),
                value: value.into(),
            })
            .into(),
            address: "zoe@famille.example".into(),
            notice: None,
            link: Some("https://portail.example/valmont/activer/JETON".into()),
            booked: None,
            lines: vec!["7F3K-9Q2M".into()],
            until: Some((
                NaiveDate::from_ymd_opt(2026, 11, 30).unwrap(),
                NaiveTime::from_hms_opt(8, 30, 0).unwrap(),
            )),
            portal: "https://portail.example/valmont/".into(),
            choices: "https://portail.example/valmont/compte/notifications".into(),
            phone: Some("04 65 71 00 00".into()),
            email: None,
        }
    }

    #[test]
    fn every_kind_says_the_same_in_text_and_html_and_loads_nothing() {
        for kind in LetterKind::ALL {
            let drawn = letter(&view(*kind));
            assert!(
                !drawn.subject.is_empty() && !drawn.subject.contains("letter-"),
                "{drawn:?}"
            );
            assert!(
                !drawn.text.contains("letter-") && !drawn.text.contains("{ $"),
                "{}",
                drawn.text
            );
            for loaded in ["<img", "src=", "<link", "<script", "style", "http-equiv"] {
                assert!(!drawn.html.contains(loaded), "{loaded}: {}", drawn.html);
            }
            assert!(drawn.text.starts_with("Bonjour Zoé,"), "{}", drawn.text);
        }
    }

    #[test]
    fn the_link_stands_once_in_clear() {
        let drawn = letter(&view(LetterKind::Activation));
        let link = "https://portail.example/valmont/activer/JETON";
        assert_eq!(drawn.text.matches(link).count(), 1);
        assert_eq!(drawn.html.matches(link).count(), 2, "as a link and in clear");
        assert!(
            drawn.text.contains("lundi 30 novembre à 8\u{a0}h\u{a0}30"),
            "{}",
            drawn.text
        );
    }

    #[test]
    fn what_people_typed_is_text() {
        let mut view = view(LetterKind::RegistrationRefused);
        view.name = Some("<b>Zoé</b>".into());
        assert!(letter(&view).html.contains("&lt;b&gt;Zoé&lt;/b&gt;"));
    }
}
