//! Codes on paper, and who of the household makes a login with them.

use leptos::prelude::*;

use super::{alert, done, help_line, titled};
use crate::desk::form::{Buttons, Choice, Field, FormState, FormView, Radios};
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1};

/// The page that takes a pair.
#[derive(Clone, Debug)]
pub struct CodesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What was typed.
    pub form: FormState,
    /// Why it opened nothing.
    pub trouble: Option<CodesTrouble>,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Why a pair opened nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodesTrouble {
    /// The two do not go together, or were never given out: the same words for both.
    Wrong,
    /// They are too old, or others were given out since.
    Expired,
    /// Too many tries; again from this hour on.
    Locked(String),
}

/// Draws it.
pub fn codes_page(view: &CodesPage) -> String {
    let title = t("portal-door-codes");
    page(
        &view.frame,
        &titled(&title, &view.form, view.trouble.is_some()),
        || {
            let trouble = view.trouble.as_ref().map(|trouble| {
                alert(match trouble {
                    CodesTrouble::Wrong => t("portal-door-codes-wrong"),
                    CodesTrouble::Expired => t("portal-door-codes-expired"),
                    CodesTrouble::Locked(until) => t1("portal-door-codes-locked", "until", until.as_str()),
                })
            });
            let form = FormView::with_token(&view.form, &view.token);
            let code = |name: &'static str, label: String| {
                form.field(Field::text(name, label).required().max(40).narrow())
            };
            let inside = view! {
                <div class="door-codes">
                    {code("enfant", t("portal-door-code-child"))}
                    {code("payeur", t("portal-door-code-payer"))}
                </div>
            };
            let buttons = Buttons::named(t("portal-door-codes-submit")).cancel(&view.frame.at("/connexion"));
            view! {
                <div class="door">
                    <h1>{title}</h1>
                    <p>{t("portal-door-codes-said")}</p>
                    {trouble}
                    {form.sheet(&view.frame.at("/codes"), buttons, inside.into_any())}
                    {help_line(view.phone.as_deref())}
                </div>
            }
            .into_any()
        },
    )
}

/// The page that asks who is there.
#[derive(Clone, Debug)]
pub struct WhoPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the form.
    pub token: String,
    /// What was typed.
    pub form: FormState,
    /// Those without a login: first name and initial.
    pub choices: Vec<Choice>,
    /// A letter left a moment ago.
    pub sent: bool,
    /// The telephone that families call.
    pub phone: Option<String>,
}

/// Draws it.
pub fn who_page(view: &WhoPage) -> String {
    let title = t("portal-door-who");
    page(&view.frame, &titled(&title, &view.form, false), || {
        let log_in = view.frame.at("/connexion");
        if view.choices.is_empty() {
            return view! {
                <div class="door">
                    <h1>{title}</h1>
                    <p>{t("portal-door-who-nobody")}</p>
                    <p><a class="button" data-kind="primary" href=view.frame.at("/mot-de-passe")>{t("portal-door-forgotten")}</a></p>
                    {help_line(view.phone.as_deref())}
                </div>
            }
            .into_any();
        }
        let form = FormView::with_token(&view.form, &view.token);
        let inside = view! {
            {form.radios(Radios::new("responsable", t("portal-door-who-you"), &view.choices))}
            {form.field(
                Field::email("adresse", t("portal-door-who-address"))
                    .hint(t("portal-door-who-address-hint"))
                    .required()
                    .max(254)
                    .autocomplete("email"),
            )}
        };
        let buttons = Buttons::named(t("portal-door-who-submit"));
        view! {
            <div class="door">
                <h1>{if view.sent { t("portal-door-who-sent") } else { title.clone() }}</h1>
                {view.sent.then(|| view! {
                    {done(t("portal-door-who-sent-then"))}
                    <p>{t("portal-door-letter-late")}</p>
                    <h2>{t("portal-door-who-again")}</h2>
                })}
                {(!view.sent).then(|| view! { <p>{t("portal-door-who-said")}</p> })}
                {form.sheet(&view.frame.at("/codes/qui"), buttons, inside.into_any())}
                <form class="door-leave" method="post" action=view.frame.at("/deconnexion")>
                    <input type="hidden" name="jeton" value=view.token.clone() />
                    <button class="button" data-kind="quiet">{t("portal-door-who-leave")}</button>
                </form>
                <p class="door-aside"><a href=log_in>{t("portal-door-who-has-login")}</a></p>
            </div>
        }
        .into_any()
    })
}
