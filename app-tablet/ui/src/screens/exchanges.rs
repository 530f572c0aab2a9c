//! The page of exchanges, in the place of the list: what became of each tap, and contradictions.
//!
//! Whoever opens it asks one thing: has everything arrived? The first sentence answers.

mod address;
mod contradictions;
mod facts;
mod fates;
mod line;
mod log;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::{Choice, Settling, SyncPage, Trouble};

use crate::board::Board;
use crate::commands;
use crate::parts::Shape;
use crate::words::{t, t1};

/// The page on the screen. A handle: copies are the same.
#[derive(Clone, Copy)]
struct Exchanges {
    board: Board,
    /// What the core last said; `None` before its first answer.
    page: RwSignal<Option<SyncPage>>,
    /// Why the last question was not answered. What was there stays.
    trouble: RwSignal<Option<String>>,
    /// Id of the choice that is being made.
    settling: RwSignal<Option<String>>,
    /// Questions asked, and the newest one whose answer is shown.
    asked: StoredValue<u64>,
    shown: StoredValue<u64>,
}

impl Exchanges {
    fn new(board: Board) -> Self {
        Self {
            board,
            page: RwSignal::new(None),
            trouble: RwSignal::new(None),
            settling: RwSignal::new(None),
            asked: StoredValue::new(0),
            shown: StoredValue::new(0),
        }
    }

    /// A part of the page. Follows it.
    fn part<T: PartialEq + Send + Sync + 'static>(self, of: fn(&SyncPage) -> T) -> Memo<Option<T>> {
        Memo::new(move |_| self.page.read().as_ref().map(of))
    }

    /// Asks what became of the taps.
    fn ask(self) {
        let turn = self.turn();
        spawn_local(async move {
            let answer = commands::sync_page().await;
            self.answered(turn, answer);
        });
    }

    /// Settles a contradiction: one more mark says what is true.
    fn settle(self, choice: Choice) {
        if self.settling.read_untracked().is_some() {
            return;
        }
        self.settling.set(Some(choice.id.clone()));
        let turn = self.turn();
        spawn_local(async move {
            let answer = commands::settle(Settling { choice: choice.id }).await;
            // The page may be gone by now, and its handles with it.
            let _ = self.settling.try_set(None);
            if answer.is_ok() {
                self.board
                    .said
                    .set(t1("tablet-exchanges-said-settled", "choice", &choice.name));
                contradictions::go_on();
            }
            self.answered(turn, answer);
            self.board.reload();
        });
    }

    fn turn(self) -> u64 {
        self.asked.update_value(|turn| *turn += 1);
        self.asked.get_value()
    }

    /// Takes an answer, unless a later question was answered before it.
    fn answered(self, turn: u64, answer: Result<SyncPage, Trouble>) {
        let Some(shown) = self.shown.try_get_value() else {
            return;
        };
        match answer {
            Ok(_) if turn < shown => {}
            Ok(page) => {
                self.shown.set_value(turn);
                self.trouble.set(None);
                if self.page.read_untracked().as_ref() != Some(&page) {
                    self.page.set(Some(page));
                }
            }
            Err(trouble) if trouble.locked => self.board.staff.refused(),
            Err(trouble) => self.trouble.set(Some(trouble.message)),
        }
    }
}

/// The whole page.
#[component]
pub(crate) fn ExchangesPage(board: Board) -> impl IntoView {
    let exchanges = Exchanges::new(board);
    // Asked at once, and again whenever the core may know more.
    Effect::new(move || {
        board.beat.track();
        exchanges.ask();
    });
    let title = NodeRef::<html::H2>::new();
    Effect::new(move || {
        if let Some(title) = title.get() {
            // Where the focus is refused the page is read from its beginning all the same.
            let _ = title.focus();
        }
    });
    let leave = move |ev: web_sys::KeyboardEvent| {
        if ev.key() == "Escape" {
            board.back();
        }
    };
    let ready = Memo::new(move |_| exchanges.page.read().is_some());
    view! {
        <main class="exchanges" data-testid="exchanges" on:keydown=leave>
            <header>
                <button class="button" type="button" data-testid="exchanges-back" on:click=move |_| board.back()>
                    <Shape name="before" />
                    {t("tablet-exchanges-back")}
                </button>
                <h2 node_ref=title tabindex="-1">{t("tablet-exchanges-title")}</h2>
            </header>
            <div class="scroll" tabindex="0" role="region" aria-label=t("tablet-exchanges-title")>
                <Told exchanges />
                <Show
                    when=move || ready.get()
                    fallback=move || {
                        exchanges.trouble.read().is_none().then(|| view! {
                            <p class="reading" role="status">{t("tablet-exchanges-reading")}</p>
                        })
                    }
                >
                    <line::LinePart exchanges />
                    <contradictions::Contradictions exchanges />
                    <log::Log exchanges />
                    <address::Address exchanges />
                    <facts::Facts exchanges />
                </Show>
            </div>
        </main>
    }
}

/// What went wrong with the last question, and asking it again.
#[component]
fn Told(exchanges: Exchanges) -> impl IntoView {
    move || {
        exchanges.trouble.get().map(|message| {
            view! {
                <div class="notice" data-kind="alert" role="alert" data-testid="exchanges-trouble">
                    <Shape name="alert" />
                    <p class="grow">{message}</p>
                    <button class="button" type="button" on:click=move |_| exchanges.ask()>{t("tablet-retry")}</button>
                </div>
            }
        })
    }
}
