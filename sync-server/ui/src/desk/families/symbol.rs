//! The colour and symbol that a child knows as its own.

use leptos::prelude::*;
use shared::day_list::Symbol;
use shared::symbol::{COLOURS, SHAPES};

use crate::desk::form::FormView;
use crate::words::t;

/// The symbol, drawn from the sprite that tablets use too.
pub(super) fn drawn(symbol: Symbol) -> AnyView {
    let colour = COLOURS.get(usize::from(symbol.colour)).copied();
    let shape = SHAPES.get(usize::from(symbol.shape)).copied().unwrap_or_default();
    view! {
        <svg class="symbol" data-colour=colour role="img" aria-label=shape_word(shape)>
            <use href=format!("/static/symbols.svg#{shape}")></use>
        </svg>
    }
    .into_any()
}

/// Chooses both: boxes drawn as what they choose.
pub(super) fn picker(form: &FormView<'_>) -> AnyView {
    let colour = form.state().value("couleur").to_owned();
    let shape = form.state().value("symbole").to_owned();
    let colours: Vec<_> = COLOURS
        .iter()
        .map(|name| choice("couleur", name, &colour, &colour_word(name), false))
        .collect();
    let shapes: Vec<_> = SHAPES
        .iter()
        .map(|name| choice("symbole", name, &shape, &shape_word(name), true))
        .collect();
    view! {
        <fieldset class="field group symbols">
            <legend>{t("families-symbol")}</legend>
            <p class="hint">{t("families-symbol-hint")}</p>
            <fieldset class="swatches">
                <legend class="unseen">{t("families-colour")}</legend>
                <label class="swatch none">
                    <input type="radio" name="couleur" id="couleur" value="" checked=colour.is_empty() />
                    <span>{t("families-symbol-none")}</span>
                </label>
                {colours}
            </fieldset>
            <fieldset class="swatches">
                <legend class="unseen">{t("families-shape")}</legend>
                <label class="swatch none">
                    <input type="radio" name="symbole" id="symbole" value="" checked=shape.is_empty() />
                    <span>{t("families-symbol-none")}</span>
                </label>
                {shapes}
            </fieldset>
            {form.file_flaw("symbole", &t("families-symbol")).map(|flaw| view! { <p class="error">{flaw}</p> })}
        </fieldset>
    }
    .into_any()
}

fn choice(group: &'static str, name: &'static str, chosen: &str, word: &str, is_shape: bool) -> AnyView {
    let picture = if is_shape {
        view! {
            <svg class="symbol" aria-hidden="true"><use href=format!("/static/symbols.svg#{name}")></use></svg>
        }
        .into_any()
    } else {
        view! { <span class="dot" data-colour=name></span> }.into_any()
    };
    view! {
        <label class="swatch">
            <input type="radio" name=group value=name checked=chosen == name />
            {picture}
            <span class="word">{word.to_owned()}</span>
        </label>
    }
    .into_any()
}

fn colour_word(name: &str) -> String {
    match name {
        "red" => t("families-colour-red"),
        "orange" => t("families-colour-orange"),
        "yellow" => t("families-colour-yellow"),
        "green" => t("families-colour-green"),
        "teal" => t("families-colour-teal"),
        "blue" => t("families-colour-blue"),
        "purple" => t("families-colour-purple"),
        _ => t("families-colour-pink"),
    }
}

fn shape_word(name: &str) -> String {
    match name {
        "sun" => t("families-shape-sun"),
        "moon" => t("families-shape-moon"),
        "star" => t("families-shape-star"),
        "heart" => t("families-shape-heart"),
        "leaf" => t("families-shape-leaf"),
        "tree" => t("families-shape-tree"),
        "flower" => t("families-shape-flower"),
        "apple" => t("families-shape-apple"),
        "cherry" => t("families-shape-cherry"),
        "pear" => t("families-shape-pear"),
        "fish" => t("families-shape-fish"),
        "bird" => t("families-shape-bird"),
        "cat" => t("families-shape-cat"),
        "snail" => t("families-shape-snail"),
        "butterfly" => t("families-shape-butterfly"),
        "ladybird" => t("families-shape-ladybird"),
        "boat" => t("families-shape-boat"),
        "car" => t("families-shape-car"),
        "train" => t("families-shape-train"),
        "balloon" => t("families-shape-balloon"),
        "umbrella" => t("families-shape-umbrella"),
        "house" => t("families-shape-house"),
        "kite" => t("families-shape-kite"),
        _ => t("families-shape-mushroom"),
    }
}
