//! A copy of everything that stands there of a person.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use crate::desk::form::{Buttons, FormState, FormView, heading};
use crate::words::{t, t1, with};

/// Asking for a copy.
#[derive(Clone, Debug)]
pub struct DataPage {
    /// What stands around it.
    pub frame: Frame,
}

/// Draws it.
pub fn data_page(view: &DataPage) -> String {
    let title = t("account-data");
    let frame = &view.frame;
    let token = frame
        .person
        .as_ref()
        .map(|person| person.token.clone())
        .unwrap_or_default();
    page(frame, &title.clone(), || {
        let state = FormState::default();
        let form = FormView::with_token(&state, &token);
        let inside = view! {
            <p>{t("account-data-what")}</p>
            <p>{t("account-data-care")}</p>
        };
        view! {
            {heading(title, &[(t("portal-place-account"), frame.at("/compte"))], None)}
            {form.sheet(&frame.at("/compte/donnees"), Buttons::named(t("account-data-take")), inside.into_any())}
        }
        .into_any()
    })
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident $word:literal $key:literal;)*) => {
        /// Words of a copy: its parts, and what stands in them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Part {
            $($(#[$doc])* $name,)*
        }

        impl Part {
            /// Its name in the JSON.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }

        /// Its words.
        pub fn copy_words(part: Part) -> String {
            match part {
                $(Part::$name => t($key),)*
            }
        }
    };
}

parts! {
    /// The account.
    Account "compte" "account-copy-account";
    /// The household.
    Household "foyer" "account-copy-household";
    /// Its children.
    Children "enfants" "account-copy-children";
    /// Their reservations.
    Bookings "reservations" "account-copy-bookings";
    /// What was asked.
    Requests "demandes" "account-copy-requests";
    /// The feed.
    Notices "fil" "account-copy-notices";
    /// What was mailed.
    Letters "messages" "account-copy-letters";
    /// What is sent, and through what.
    Choices "choix" "account-copy-choices";
    /// Texts that were accepted.
    Accepted "textes" "account-copy-accepted";
    /// What was done.
    History "historique" "account-copy-history";
    /// A name.
    Name "nom" "account-copy-name";
    /// The login.
    Login "identifiant" "account-login";
    /// The e-mail.
    Email "email" "account-email";
    /// The telephone.
    Phone "telephone" "account-phone";
    /// Since when there is an account.
    Activated "ouvert" "account-copy-activated";
    /// A second factor.
    Factor "double" "account-copy-factor";
    /// An identity.
    Identity "identite" "account-copy-identity";
    /// Yes.
    Yes "oui" "account-copy-yes";
    /// No.
    No "non" "account-copy-no";
    /// A reservation was cancelled.
    Cancelled "annulee" "account-copy-cancelled";
    /// By e-mail.
    ByMail "par_email" "account-copy-mail";
    /// On the telephone or the computer.
    ByPush "par_appareil" "account-copy-push";
}

/// « Né(e) le vendredi 4 mai 2018 ».
pub fn born_words(day: &str) -> String {
    t1("account-copy-born", "day", day)
}

/// A document of its own, readable without a server: titles with lines under each, a line being a name and a text.
pub fn copy_document(
    commune: &str,
    person: &str,
    made: &str,
    parts: &[(String, Vec<(String, String)>)],
) -> String {
    let title = with("account-copy-title", &[("person", person), ("commune", commune)]);
    let html = Owner::new().with(|| {
        let parts: Vec<_> = parts
            .iter()
            .map(|(name, lines)| {
                let rows: Vec<_> = lines
                    .iter()
                    .map(|(name, text)| {
                        view! { <tr><th scope="row">{name.clone()}</th><td>{text.clone()}</td></tr> }
                            .into_any()
                    })
                    .collect();
                let inside = if rows.is_empty() {
                    view! { <p>{t("account-copy-nothing")}</p> }.into_any()
                } else {
                    view! { <table><caption>{name.clone()}</caption><tbody>{rows}</tbody></table> }.into_any()
                };
                view! { <section><h2>{name.clone()}</h2>{inside}</section> }.into_any()
            })
            .collect();
        view! {
            <html lang="fr">
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <title>{title.clone()}</title>
                </head>
                <body>
                    <h1>{title.clone()}</h1>
                    <p>{t1("account-copy-made", "when", made)}</p>
                    {parts}
                </body>
            </html>
        }
        .to_html()
    });
    format!("<!doctype html>\n{html}\n")
}
