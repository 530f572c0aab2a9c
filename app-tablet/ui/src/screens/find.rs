//! « Enfant imprévu »: a child that is not on the list, of this site, of the town, or unknown.

use leptos::ev::SubmitEvent;
use leptos::html::Input;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::mode::Mode;
use shared::screen::{Deed, Found};

use crate::board::Board;
use crate::commands;
use crate::parts::Shape;
use crate::words::{t, t1};

/// A search field over the site and the town. One touch on a child that was found adds it.
#[component]
pub(super) fn FindPage(board: Board, query: String) -> impl IntoView {
    let typed = RwSignal::new(query);
    let found = RwSignal::new(None::<(String, Vec<Found>)>);
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<String>);
    let asked = StoredValue::new(0_u64);
    let field = NodeRef::<Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // A page that refuses the focus leaves it where it is: no worse than before.
            let _ = field.focus();
        }
    });
    Effect::new(move || {
        let query = typed.read().trim().to_owned();
        asked.update_value(|asked| *asked += 1);
        let this = asked.get_value();
        let Some(list) = board.list().filter(|_| !query.is_empty()) else {
            found.set(None);
            return;
        };
        spawn_local(async move {
            let answer = commands::find(list, query.clone()).await;
            // What was typed meanwhile asks anew.
            if asked.get_value() != this {
                return;
            }
            match answer {
                Ok(children) => {
                    trouble.set(None);
                    found.set(Some((query, children)));
                }
                Err(refused) if refused.locked => board.staff.refused(),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    });
    let add = move |child: String| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let deed = match board.mode() {
            Mode::DepartureOnly => Deed::Out,
            Mode::Presence | Mode::ArrivalDeparture | Mode::ByException => Deed::In,
        };
        spawn_local(async move {
            let answer = board.add(child, deed).await;
            busy.set(false);
            match answer {
                Ok(()) => back_to_list(board),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    };
    let results = move || {
        let (query, children) = found.get()?;
        if children.is_empty() {
            return Some(
                view! {
                    <p class="what" role="status" data-testid="find-nobody">{t1("tablet-find-nobody", "query", &query)}</p>
                }
                .into_any(),
            );
        }
        let rows = children.into_iter().map(|child| {
            let id = child.child.clone();
            view! { <FoundRow child on_add=Callback::new(move |()| add(id.clone())) /> }
        });
        Some(
            view! { <ul class="found" role="list" data-testid="found">{rows.collect_view()}</ul> }.into_any(),
        )
    };
    view! {
        <main class="page find-page" data-testid="find">
            <div class="page-bar">
                <button class="button" type="button" data-testid="back" on:click=move |_| board.back()>
                    <Shape name="before" />
                    {t("tablet-back")}
                </button>
                <h2>{t("tablet-find-title")}</h2>
            </div>
            <div class="find-search" role="search">
                <label for="find">{t("tablet-find-label")}</label>
                <input
                    class="input"
                    id="find"
                    data-testid="find-query"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    node_ref=field
                    prop:value=typed
                    on:input=move |ev| typed.set(event_target_value(&ev))
                />
            </div>
            <div class="page-scroll" role="region" tabindex="0" aria-label=t("tablet-find-results")>
                {move || trouble.get().map(|message| view! {
                    <div class="notice" data-kind="alert" role="alert"><Shape name="alert" /><p class="grow">{message}</p></div>
                })}
                {results}
                <Unknown board typed trouble busy />
            </div>
        </main>
    }
}

fn back_to_list(board: Board) {
    board.query.set(String::new());
    board.back();
}

/// A child that was found, with what must be known before it stays.
#[component]
fn FoundRow(child: Found, on_add: Callback<()>) -> impl IntoView {
    let about: Vec<String> = [child.age_label, child.place, child.detail]
        .into_iter()
        .flatten()
        .collect();
    let allergy = child.allergy.map(|allergy| {
        view! { <span class="found-allergy"><Shape name="alert" /><span>{allergy}</span></span> }
    });
    let phone = child.phone.map(|phone| {
        view! { <span class="found-phone"><Shape name="phone" />{phone}</span> }
    });
    let from = t(if child.of_site {
        "tablet-find-of-site"
    } else {
        "tablet-find-of-town"
    });
    view! {
        <li>
            <button
                class="found-child"
                type="button"
                data-testid=format!("found-{}", child.child)
                on:click=move |_| on_add.run(())
            >
                <span class="who">
                    <span class="name">
                        <span class="last">{child.last_name}</span>
                        " "
                        <span class="first">{child.first_name}</span>
                    </span>
                    <span class="meta">{about.join(" · ")}</span>
                </span>
                <span class="found-know">{allergy}{phone}</span>
                <span class="badge">{from}</span>
                <span class="found-add"><Shape name="plus" />{t("tablet-find-add")}</span>
            </button>
        </li>
    }
}

/// A child nobody knows: what it is called or looks like, for somebody to recognise it later.
#[component]
fn Unknown(
    board: Board,
    typed: RwSignal<String>,
    trouble: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let begin = move |_| {
        text.set(typed.read_untracked().trim().to_owned());
        open.set(true);
        request_animation_frame(|| crate::parts::focus("#stranger"));
    };
    let submit = move |ev: SubmitEvent| {
        ev.prevent_default();
        let told = text.read_untracked().trim().to_owned();
        if told.is_empty() {
            trouble.set(Some(t("tablet-stranger-empty")));
            return;
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer = board.add_stranger(told).await;
            busy.set(false);
            match answer {
                Ok(()) => back_to_list(board),
                Err(refused) => trouble.set(Some(refused.message)),
            }
        });
    };
    view! {
        <section class="unknown">
            <p hidden=move || open.get()>
                {t("tablet-stranger-ask")}
                " "
                <button class="button" type="button" data-testid="stranger-open" on:click=begin>
                    {t("tablet-stranger-open")}
                </button>
            </p>
            <form novalidate on:submit=submit hidden=move || !open.get()>
                <div class="field">
                    <label for="stranger">{t("tablet-stranger-label")}</label>
                    <input
                        class="input"
                        id="stranger"
                        data-testid="stranger"
                        type="text"
                        autocomplete="off"
                        aria-describedby="stranger-hint"
                        prop:value=text
                        on:input=move |ev| text.set(event_target_value(&ev))
                    />
                    <p class="hint" id="stranger-hint">{t("tablet-stranger-hint")}</p>
                </div>
                <button class="button" type="submit" data-kind="primary" data-testid="stranger-submit">
                    {t("tablet-stranger-submit")}
                </button>
            </form>
        </section>
    }
}
