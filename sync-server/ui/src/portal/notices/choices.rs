//! What is sent besides the feed, and through what: a table of boxes, whole without a script.

use leptos::prelude::*;
use shared::operation::NoticeKind;

use super::words::kind_words;
use crate::desk::form::{Buttons, Field, FormState, FormView, heading};
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1, with};

/// Further addresses for notices of bills, at most.
pub const MAX_MORE: usize = 3;

/// A line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// What.
    pub kind: NoticeKind,
    /// By e-mail.
    pub mail: bool,
    /// On devices.
    pub push: bool,
}

/// Through what anything is sent.
#[derive(Clone, Debug)]
pub struct Channels {
    /// Where mails go; nowhere where there is none.
    pub address: Option<String>,
    /// What is sent there comes back.
    pub bounces: bool,
    /// The public key that browsers know our messages by, in base64url; none where messages cannot be sent.
    pub key: Option<String>,
    /// Devices that take messages: what a form sends, their name, since when.
    pub devices: Vec<(String, String, String)>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct ChoicesPage {
    /// What stands around it.
    pub frame: Frame,
    /// Goes back with the forms.
    pub token: String,
    /// What is chosen.
    pub choices: Vec<Choice>,
    /// Further addresses for bills: `adresse_1` and on.
    pub form: FormState,
    /// Through what.
    pub channels: Channels,
    /// Nothing can be changed: an agent looks.
    pub only_looking: bool,
}

/// Draws the page.
pub fn choices_page(view: &ChoicesPage) -> String {
    let title = t("notices-title");
    let at = |path: &str| view.frame.at(path);
    page(&view.frame, &title.clone(), || {
        let form = FormView::with_token(&view.form, &view.token);
        let rows: Vec<_> = view.choices.iter().map(row).collect();
        let more: Vec<_> = (1..=MAX_MORE)
            .map(|nth| {
                let field = Field::email(
                    format!("adresse_{nth}"),
                    t1("notices-more-one", "nth", nth.to_string()),
                );
                form.field(field)
            })
            .collect();
        let inside = view! {
            <div class="notices-scroll">
                <table class="notices-table">
                    <caption>{t("notices-table")}</caption>
                    <thead><tr>
                        <th scope="col">{t("notices-what")}</th>
                        <th scope="col">{t("notices-by-mail")}</th>
                        <th scope="col">{t("notices-by-push")}</th>
                    </tr></thead>
                    <tbody>
                        {rows}
                        <tr>
                            <th scope="row">{kind_words(NoticeKind::Account)}</th>
                            <td>{t("notices-always")}</td>
                            <td>{t("notices-always")}</td>
                        </tr>
                    </tbody>
                </table>
            </div>
            <fieldset class="notices-more">
                <legend>{t("notices-more")}</legend>
                <p class="hint">{t("notices-more-hint")}</p>
                {more}
            </fieldset>
        };
        view! {
            {heading(title, &[(t("portal-place-account"), at("/compte"))], None)}
            <p>{t("notices-lead")}</p>
            {mail(view)}
            {form.sheet(&at("/compte/notifications"), Buttons::named(t("notices-save")), inside.into_any())}
            {devices(view)}
            <script src="/static/portal.js" defer></script>
        }
        .into_any()
    })
}

fn row(choice: &Choice) -> AnyView {
    let kind = kind_words(choice.kind);
    let word = choice.kind.as_str();
    let by_mail = t1("notices-by-mail-of", "kind", kind.as_str());
    let by_push = t1("notices-by-push-of", "kind", kind.as_str());
    view! {
        <tr>
            <th scope="row">{kind}</th>
            <td><label><input type="checkbox" name="courriel" value=word checked=choice.mail aria-label=by_mail /></label></td>
            <td><label><input type="checkbox" name="appareil" value=word checked=choice.push aria-label=by_push /></label></td>
        </tr>
    }
    .into_any()
}

fn mail(view: &ChoicesPage) -> AnyView {
    let change = view! { <a href=view.frame.at("/compte/contact")>{t("notices-change-address")}</a> };
    match &view.channels.address {
        Some(address) if view.channels.bounces => view! {
            <div class="notice" data-kind="alert" role="alert">{shape("alert")}
                <p class="grow">{t1("notices-mail-bounces", "address", address.as_str())}" "{change}</p>
            </div>
        }
        .into_any(),
        Some(address) => {
            view! { <p>{t1("notices-mail-to", "address", address.as_str())}" "{change}</p> }.into_any()
        }
        None => view! {
            <div class="notice" data-kind="care">{shape("alert")}<p class="grow">{t("notices-mail-nowhere")}" "{change}</p></div>
        }
        .into_any(),
    }
}

fn devices(view: &ChoicesPage) -> AnyView {
    let devices: Vec<_> = view
        .channels
        .devices
        .iter()
        .map(|(endpoint, name, since)| {
            let name = if name.is_empty() {
                t("notices-device-unnamed")
            } else {
                name.clone()
            };
            let words = with("notices-device-since", &[("name", &name), ("since", since)]);
            let label = format!("{} : {words}", t("notices-device-drop"));
            view! {
                <li><form method="post" action=view.frame.at("/push/retirer")>
                    <input type="hidden" name="jeton" value=view.token.clone() />
                    <input type="hidden" name="appareil" value=endpoint.clone() />
                    <span>{words}</span>
                    <button class="button" data-kind="quiet" aria-label=label>{t("notices-device-drop")}</button>
                </form></li>
            }
            .into_any()
        })
        .collect();
    let none = devices.is_empty();
    let add = view.channels.key.clone().filter(|_| !view.only_looking).map(|key| {
        view! {
            <form class="notices-add" method="post" action=view.frame.at("/push") data-push=view.frame.at("/") data-key=key hidden>
                <input type="hidden" name="jeton" value=view.token.clone() />
                <input type="hidden" name="adresse" />
                <input type="hidden" name="cle" />
                <input type="hidden" name="secret" />
                <button class="button">{t("notices-device-here")}</button>
                <p role="alert" hidden>{t("notices-device-refused")}</p>
            </form>
            <p class="hint" data-without-push>{t("notices-devices-need-script")}</p>
        }
    });
    view! {
        <section class="notices-devices" aria-labelledby="appareils">
            <h2 id="appareils">{t("notices-devices")}</h2>
            {none.then(|| view! { <p>{t("notices-devices-none")}</p> })}
            <ul role="list">{devices}</ul>
            {add}
        </section>
    }
    .into_any()
}
