//! The day on the screen: what the core last said, and the only code that asks it for more.
//!
//! Several commands may be under way at once. An answer is therefore never taken whole: it may
//! not know of a tap that was answered after it was asked for. Every sending and every answer is
//! a *turn*; a row takes what an answer says of it only if the answer was asked for after the
//! row's own last answer. When something was left out that way, the day is asked for once more as
//! soon as nothing is under way.

mod answers;
mod asks;
mod gestures;
mod offer;

use leptos::prelude::*;
use shared::mode::Mode;
use shared::screen::{Ask, Day, ListRef, Tab};

pub(crate) use offer::Offer;

use crate::crew::Staff;
use crate::filter::{Filter, Part};
use crate::line::Line;
use crate::order::Sort;

/// What stands in the place of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Page {
    /// The list itself.
    List,
    /// The card of a child.
    Card(String),
    /// A child that is not on the list, with what was searched for so far.
    Find(String),
    /// What became of each tap.
    Sync,
}

/// The day on the screen. A handle: copies are the same board.
#[derive(Clone, Copy)]
pub(crate) struct Board {
    /// Who points.
    pub(crate) staff: Staff,
    /// Everything but the rows; `None` before the first answer.
    pub(crate) day: RwSignal<Option<Day>>,
    /// The rows of the list shown, in the order the core gave them.
    pub(crate) lines: RwSignal<Vec<Line>>,
    /// What stands in the place of the list.
    pub(crate) page: RwSignal<Page>,
    /// The part of the list shown, by state.
    pub(crate) filter: RwSignal<Filter>,
    /// The part of the list shown, by group or class.
    pub(crate) part: RwSignal<Part>,
    /// The order of the rows.
    pub(crate) sort: RwSignal<Sort>,
    /// What is searched for.
    pub(crate) query: RwSignal<String>,
    /// The words of the search, as names are compared.
    pub(crate) needles: Memo<Vec<String>>,
    /// Touches choose rows instead of pointing them.
    pub(crate) selecting: RwSignal<bool>,
    /// What is offered at the foot of the list for a while.
    pub(crate) offer: RwSignal<Option<Offer>>,
    /// Another list is on its way.
    pub(crate) loading: RwSignal<bool>,
    /// An exchange with the server that somebody asked for is under way.
    pub(crate) syncing: RwSignal<bool>,
    /// A gesture on the whole list, or on several rows, is under way.
    pub(crate) closing: RwSignal<bool>,
    /// What went wrong with something that is not one row's.
    pub(crate) trouble: RwSignal<Option<String>>,
    /// What was done last, for those who do not see it.
    pub(crate) said: RwSignal<String>,
    /// Grows whenever the core may know something new: pages that show more than rows ask again.
    pub(crate) beat: RwSignal<u64>,
    /// Grows with each list shown; an answer for an earlier one is not taken.
    view: StoredValue<u64>,
    turns: StoredValue<Turns>,
    touches: StoredValue<u64>,
}

/// The order of questions and answers.
#[derive(Clone, Copy, Default)]
struct Turns {
    now: u64,
    /// When the answer shown in [`Board::day`] was asked for.
    shown: u64,
    under_way: usize,
    /// The list shown is being asked for anew.
    reloading: bool,
    /// An answer knew less than the screen.
    left_out: bool,
    /// The last line made.
    line: u64,
    /// The last offer made.
    offer: u64,
}

impl Board {
    /// A board without a day.
    pub(crate) fn new() -> Self {
        let query = RwSignal::new(String::new());
        let needles = Memo::new(move |_| {
            let key = shared::text::search_key(&query.read());
            key.split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        });
        Self {
            staff: Staff::new(),
            day: RwSignal::new(None),
            lines: RwSignal::new(Vec::new()),
            page: RwSignal::new(Page::List),
            filter: RwSignal::new(Filter::All),
            part: RwSignal::new(Part::Whole),
            sort: RwSignal::new(Sort::Name),
            query,
            needles,
            selecting: RwSignal::new(false),
            offer: RwSignal::new(None),
            loading: RwSignal::new(false),
            syncing: RwSignal::new(false),
            closing: RwSignal::new(false),
            trouble: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            beat: RwSignal::new(0),
            view: StoredValue::new(0),
            turns: StoredValue::new(Turns::default()),
            touches: StoredValue::new(0),
        }
    }

    /// The tab of the list shown. Follows it.
    pub(crate) fn tab(self) -> Option<Tab> {
        let day = self.day.read();
        let day = day.as_ref()?;
        day.activities
            .iter()
            .find(|tab| Some(&tab.id) == day.activity.as_ref())
            .cloned()
    }

    /// How the list shown is pointed. Follows it.
    pub(crate) fn mode(self) -> Mode {
        self.tab().map(|tab| tab.mode).unwrap_or_default()
    }

    /// Whether the site lists its children by class, with colour and symbol. Follows it.
    pub(crate) fn nursery(self) -> bool {
        self.day.read().as_ref().is_some_and(|day| day.nursery)
    }

    /// How many rows of the group or class shown belong to a filter. Follows them.
    pub(crate) fn count(self, filter: Filter) -> usize {
        let part = self.part.read();
        let lines = self.lines.read();
        let rows = lines.iter().map(|line| line.row.read());
        rows.filter(|row| filter.takes(row) && part.takes(row)).count()
    }

    /// Whether a row is shown. Follows all it depends on.
    pub(crate) fn shows(self, line: &Line) -> bool {
        line.shown(self.filter.get(), &self.part.read(), &self.needles.read())
    }

    /// The line of a child on the list shown.
    pub(crate) fn line(self, child: &str) -> Option<Line> {
        let lines = self.lines.read_untracked();
        lines.iter().find(|line| line.child == child).cloned()
    }

    /// The list shown, as the core is asked for it.
    pub(crate) fn ask(self) -> Ask {
        self.day.with_untracked(|day| match day {
            Some(day) => Ask {
                site: Some(day.site.id.clone()),
                date: Some(day.date.clone()),
                activity: day.activity.clone(),
            },
            None => Ask::default(),
        })
    }

    /// The list shown, for a gesture on it; none where the day has no activity.
    pub(crate) fn list(self) -> Option<ListRef> {
        let ask = self.ask();
        Some(ListRef {
            site: ask.site?,
            date: ask.date?,
            activity: ask.activity?,
        })
    }

    /// Shows another part of the list, without the rows that only stayed because they were touched.
    pub(crate) fn choose(self, filter: Filter) {
        self.let_all_go();
        self.filter.set(filter);
    }

    /// Shows another group or class.
    pub(crate) fn choose_part(self, part: Part) {
        self.let_all_go();
        self.part.set(part);
    }

    fn let_all_go(self) {
        for line in self.lines.get_untracked() {
            line.kept.set(false);
        }
    }

    /// Opens a page in the place of the list.
    pub(crate) fn open(self, page: Page) {
        self.page.set(page);
    }

    /// Goes back to the list; the keyboard goes back to where it came from.
    pub(crate) fn back(self) {
        let from = self.page.get_untracked();
        self.page.set(Page::List);
        let opener = match from {
            Page::List => return,
            Page::Card(child) => format!("[data-testid=\"row-more-{child}\"]"),
            Page::Find(_) => "[data-testid=\"find-open\"]".to_owned(),
            Page::Sync => "[data-testid=\"sync-open\"]".to_owned(),
        };
        request_animation_frame(move || crate::parts::focus(&opener));
    }

    /// How often the screen was touched.
    pub(crate) fn touches(self) -> u64 {
        self.touches.get_value()
    }

    /// The screen was touched.
    pub(crate) fn touched(self) {
        self.touches.update_value(|n| *n += 1);
        self.staff.touched();
    }
}
