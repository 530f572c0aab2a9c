//! What was done a moment ago: a word in the address of the page that follows a form, never a text, so that nobody can
//! put words of their own on a page of the town.

use leptos::prelude::*;

use crate::desk::shapes::shape;
use crate::words::t;

/// The sentence of a word; `None` for a word of somebody else's making.
fn words(word: &str) -> Option<String> {
    Some(match word {
        "sorti" => t("portal-door-done-out"),
        "bienvenue" => t("portal-door-done-in"),
        "mot-de-passe" => t("portal-door-done-password"),
        "adresse-confirmee" => t("portal-door-done-address"),
        "facteur-retire" => t("portal-door-done-factor-off"),
        "session-fermee" => t("portal-door-done-session"),
        "deja" => t("portal-door-done-already"),
        "envoyee" => t("portal-home-request-sent"),
        "completee" => t("portal-home-request-added"),
        "choix" => t("notices-saved"),
        "appareil" => t("notices-device-added"),
        "appareil-retire" => t("notices-device-dropped"),
        "contact" => t("account-done-contact"),
        "lettre" => t("account-done-address"),
        "lie" => t("account-done-tied"),
        "delie" => t("account-done-untied"),
        "au-panier" => t("cart-done-in"),
        "hors-panier" => t("cart-done-out"),
        "panier-vide" => t("cart-done-emptied"),
        "choix-perdu" => t("cart-done-lost"),
        "place-au-panier" => t("cart-done-taken"),
        "demande-retiree" => t("cart-done-wish-withdrawn"),
        "accepte" => t("page-accept-done"),
        _ => return None,
    })
}

/// The notice at the head of the page.
pub(super) fn done_notice(word: Option<&str>) -> Option<AnyView> {
    let word = word?;
    let words = words(word)?;
    let (kind, sign) = if word == "choix-perdu" {
        ("care", "alert")
    } else {
        ("done", "present")
    };
    Some(
        view! {
            <div class="notice done no-print" data-kind=kind role="status">
                {shape(sign)}<p class="grow">{words}</p>
            </div>
        }
        .into_any(),
    )
}
