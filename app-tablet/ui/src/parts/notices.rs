//! What must be said above the list: nothing on most days.

use chrono::NaiveDate;
use leptos::prelude::*;
use shared::screen::{Day, ListSource};

use crate::board::{Board, Page};
use crate::parts::{ServiceNotice, Shape};
use crate::words::{self, counted, long_date, t, t1};

/// The notices that hold now, the gravest first.
#[component]
pub(crate) fn Notices(board: Board) -> impl IntoView {
    let day = move |of: fn(&Day) -> bool| Memo::new(move |_| board.day.read().as_ref().is_some_and(of));
    let withdrawn = day(|day| day.link.withdrawn);
    let doubted = day(|day| day.clock_doubted);
    let unconfirmed = day(|day| day.list == ListSource::Unconfirmed);
    let missing = day(|day| day.list == ListSource::Missing);
    let before_loss = day(|day| day.list == ListSource::BeforeLoss);
    let withheld = day(|day| day.link.withheld);
    let back = Memo::new(move |_| board.day.read().as_ref().and_then(|day| words::back(&day.link)));
    let conflicts = Memo::new(move |_| {
        let told = board.page.get() == Page::Sync;
        !told
            && board
                .day
                .read()
                .as_ref()
                .is_some_and(|day| day.link.conflicts > 0)
    });
    let kept_aside = Memo::new(move |_| board.day.read().as_ref().map_or(0, |day| day.link.quarantined));
    let of_day = Memo::new(move |_| {
        let day = board.day.read();
        day.as_ref().map(|day| day.notices.clone()).unwrap_or_default()
    });
    // A person who said that the date is right is not asked again until the doubt comes back.
    let date_is_right = RwSignal::new(false);
    Effect::new(move || {
        if !doubted.get() {
            date_is_right.set(false);
        }
    });
    view! {
        <section class="notices" aria-label=t("tablet-notices")>
            <Show when=move || withdrawn.get()>
                <div class="notice" data-kind="alert" role="alert" data-testid="notice-withdrawn">
                    <Shape name="alert" />
                    <p class="grow">{t("tablet-withdrawn")}</p>
                </div>
            </Show>
            {move || board.trouble.get().map(|message| view! {
                <div class="notice" data-kind="alert" role="alert" data-testid="notice-trouble">
                    <Shape name="alert" />
                    <p class="grow">{message}</p>
                    <button class="button" type="button" on:click=move |_| board.reload()>{t("tablet-retry")}</button>
                    <button class="button" type="button" on:click=move |_| board.trouble.set(None)>
                        {t("tablet-understood")}
                    </button>
                </div>
            })}
            <Show when=move || doubted.get() && !date_is_right.get()>
                <ClockDoubted board date_is_right />
            </Show>
            <ServiceNotice board />
            <Show when=move || unconfirmed.get()>
                <div class="notice" data-kind="care" data-testid="notice-unconfirmed">
                    <Shape name="alert" />
                    <p class="grow">{t("tablet-unconfirmed")}</p>
                </div>
            </Show>
            <Show when=move || missing.get()>
                <div class="notice" data-kind="care" data-testid="notice-missing">
                    <Shape name="alert" />
                    <p class="grow">{t("tablet-missing")}</p>
                </div>
            </Show>
            <Show when=move || before_loss.get()>
                <div class="notice" data-testid="notice-before-loss">
                    <Shape name="info" />
                    <p class="grow">{t("tablet-before-loss")}</p>
                </div>
            </Show>
            <Show when=move || withheld.get()>
                <div class="notice" data-testid="notice-withheld">
                    <Shape name="info" />
                    <p class="grow">{t("tablet-withheld")}</p>
                </div>
            </Show>
            {move || back.get().map(|said| view! {
                <div class="notice" role="status" data-testid="notice-back">
                    <Shape name="info" />
                    <p class="grow">{said}</p>
                </div>
            })}
            <Show when=move || conflicts.get()>
                <div class="notice" data-kind="alert" data-testid="notice-conflicts">
                    <Shape name="alert" />
                    <p class="grow">{t("tablet-conflicts")}</p>
                    <button
                        class="button"
                        type="button"
                        data-testid="conflicts-open"
                        on:click=move |_| board.open(Page::Sync)
                    >
                        {t("tablet-conflicts-open")}
                    </button>
                </div>
            </Show>
            <Show when=move || { kept_aside.get() > 0 }>
                <div class="notice" data-kind="care" data-testid="notice-quarantined">
                    <Shape name="alert" />
                    <p class="grow">{move || counted("tablet-quarantined", kept_aside.get())}</p>
                </div>
            </Show>
            <For each=move || of_day.get() key=String::clone let:said>
                <div class="notice" data-testid="notice-day">
                    <Shape name="info" />
                    <p class="grow">{said}</p>
                </div>
            </For>
        </section>
    }
}

/// Asks which date is being pointed. Taps go on meanwhile.
#[component]
fn ClockDoubted(board: Board, date_is_right: RwSignal<bool>) -> impl IntoView {
    let other = RwSignal::new(String::new());
    let unreadable = RwSignal::new(false);
    let question = move || {
        let day = board.day.read();
        let today = day.as_ref().map(|day| long_date(&day.today)).unwrap_or_default();
        t1("tablet-clock", "date", &today)
    };
    let right = move || {
        let day = board.day.read();
        t1(
            "tablet-clock-right",
            "date",
            &day.as_ref().map(|day| day.date_label.clone()).unwrap_or_default(),
        )
    };
    let choose = move |ev: leptos::ev::SubmitEvent| {
        ev.prevent_default();
        let date = read_date(&other.read_untracked());
        unreadable.set(date.is_none());
        if let Some(date) = date {
            board.show_date(date.to_string());
        }
    };
    view! {
        <div class="notice clock" data-kind="care" role="alert" data-testid="notice-clock">
            <Shape name="alert" />
            <p class="grow">{question}</p>
            <form class="other-date" novalidate on:submit=choose>
                <label class="unseen" for="other-date">{t("tablet-clock-other")}</label>
                <input
                    class="input"
                    id="other-date"
                    type="date"
                    data-testid="clock-date"
                    placeholder=t("tablet-clock-format")
                    aria-invalid=move || unreadable.get().to_string()
                    prop:value=other
                    on:input=move |ev| other.set(event_target_value(&ev))
                />
                <button class="button" type="submit">{t("tablet-clock-show")}</button>
            </form>
            <button
                class="button"
                type="button"
                data-kind="primary"
                data-testid="clock-right"
                on:click=move |_| date_is_right.set(true)
            >
                {right}
            </button>
        </div>
    }
}

/// A date as a date field gives it, or as people write it where the field is plain text.
fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    text.parse()
        .ok()
        .or_else(|| NaiveDate::parse_from_str(text, "%d/%m/%Y").ok())
}
