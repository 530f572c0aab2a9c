//! A cell: one activity of a child on a day. Shape, word, then colour.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use leptos::prelude::*;
use shared::money::Cents;
use shared::operation::Why;
use shared::words::{day, hour_or_full, money};

use crate::words::{t, t1, with};

/// Where an activity stands for a child on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellState {
    /// It can be booked.
    Free,
    /// It can be asked for; the town hall decides.
    OnRequest,
    /// No place is left, and one may wait for one.
    Full,
    /// It is booked, and can be cancelled.
    Booked,
    /// It is booked, and cannot be changed any more.
    Locked,
    /// It is booked by the child's other household.
    OtherHome,
    /// It cannot be booked.
    Barred,
    /// It was asked for.
    Asked,
    /// It was asked for, and the town hall said yes.
    Granted,
    /// Its cancellation was asked for.
    CancelAsked,
    /// It was asked for, and the town hall said no.
    Refused,
    /// The child waits for a place, as the how many-th.
    Waiting(u32),
    /// A place is offered.
    Offered,
    /// Nothing takes place.
    Closed,
    /// It is in the cart, to be booked.
    InCart,
    /// Its cancellation is in the cart.
    CancelInCart,
    /// The child is away with its class.
    Away,
    /// The child is or was there.
    Present,
    /// Absent, with a reason.
    Excused,
    /// Absent, without a reason.
    Unexcused,
    /// There without a reservation.
    NotBooked,
    /// Booked, and nobody pointed it.
    Unpointed,
}

impl CellState {
    /// The word of the page's style for its shape and colour.
    pub(super) fn sign(&self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::OnRequest => "ask",
            Self::Full => "full",
            Self::Booked | Self::Granted => "booked",
            Self::Locked | Self::OtherHome => "locked",
            Self::Barred => "barred",
            Self::Asked => "asked",
            Self::CancelAsked => "unasked",
            Self::Refused => "refused",
            Self::Waiting(_) => "waiting",
            Self::Offered => "offered",
            Self::Closed => "closed",
            Self::InCart => "cart",
            Self::CancelInCart => "uncart",
            Self::Away => "away",
            Self::Present => "present",
            Self::Excused => "excused",
            Self::Unexcused => "unexcused",
            Self::NotBooked => "extra",
            Self::Unpointed => "unpointed",
        }
    }

    /// Its word.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Free => t("portal-bookings-free"),
            Self::OnRequest => t("portal-bookings-on-request"),
            Self::Full => t("portal-bookings-full"),
            Self::Booked => t("portal-bookings-booked"),
            Self::Locked => t("portal-bookings-locked"),
            Self::OtherHome => t("portal-bookings-other-home"),
            Self::Barred => t("portal-bookings-barred"),
            Self::Asked => t("portal-bookings-asked"),
            Self::Granted => t("portal-bookings-granted"),
            Self::CancelAsked => t("portal-bookings-cancel-asked"),
            Self::Refused => t("portal-bookings-refused"),
            Self::Waiting(rank) => t1("portal-bookings-waiting", "rank", i64::from(*rank)),
            Self::Offered => t("portal-bookings-offered"),
            Self::Closed => t("portal-bookings-closed"),
            Self::InCart => t("portal-bookings-in-cart"),
            Self::CancelInCart => t("portal-bookings-cancel-in-cart"),
            Self::Away => t("portal-bookings-away"),
            Self::Present => t("portal-bookings-present"),
            Self::Excused => t("portal-bookings-excused"),
            Self::Unexcused => t("portal-bookings-unexcused"),
            Self::NotBooked => t("portal-bookings-not-booked"),
            Self::Unpointed => t("portal-bookings-unpointed"),
        }
    }
}

/// What one tap on a cell does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tap {
    /// Nothing.
    None,
    /// It opens the page of the cell.
    Look,
    /// It goes into the cart.
    Add,
}

/// A few words beside a state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// Words of the town.
    Text(String),
    /// It has been so since then.
    Since(NaiveDateTime),
    /// It can be booked from then on.
    From(NaiveDateTime),
    /// What is due all the same if it is cancelled.
    Due(Cents),
    /// The town hall decides whether it is cancelled.
    OnRequest,
    /// Why, with the name it turns on.
    Why(Why, Option<String>),
}

impl Note {
    fn words(&self, beside: NaiveDate) -> String {
        match self {
            Self::Text(words) => words.clone(),
            Self::Since(at) => t1("portal-bookings-since", "at", instant_words(*at, beside)),
            Self::From(at) => t1("portal-bookings-from", "at", instant_words(*at, beside)),
            Self::Due(cents) => t1("portal-bookings-cancel-due", "price", money(*cents)),
            Self::OnRequest => t("portal-bookings-cancel-on-request"),
            Self::Why(why, name) => why_words(*why, name.as_deref().unwrap_or_default()),
        }
    }
}

fn why_words(why: Why, name: &str) -> String {
    match why {
        Why::Deadline | Why::WindowClosed => t("portal-bookings-why-late"),
        Why::NotYet => t("portal-bookings-why-not-yet"),
        Why::Full => t("portal-bookings-why-full"),
        Why::Limit => t("portal-bookings-why-limit"),
        Why::Excluded => t1("portal-bookings-why-excluded", "name", name),
        Why::Needs | Why::With => t1("portal-bookings-why-needs", "name", name),
        Why::Age => t("portal-bookings-why-age"),
        Why::School => t("portal-bookings-why-school"),
        Why::Class => t("portal-bookings-why-class"),
        Why::Residence => t("portal-bookings-why-residence"),
        Why::Documents => t1("portal-bookings-why-documents", "name", name),
        Why::Unpaid => t("portal-bookings-why-unpaid"),
        Why::Elsewhere => t1("portal-bookings-why-elsewhere", "name", name),
        Why::Final => t("portal-bookings-why-final"),
        Why::Past => t("portal-bookings-why-past"),
        _ => t("portal-bookings-why-other"),
    }
}

/// A cell of the grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellView {
    /// The column it stands in, from 1.
    pub column: usize,
    /// The activity's short name, in addresses.
    pub slug: String,
    /// The activity's name.
    pub activity: String,
    /// Where it stands.
    pub state: CellState,
    /// How it is taken, or the hours of the stay.
    pub detail: Option<String>,
    /// Why, in few words.
    pub note: Option<Note>,
    /// Until when it can be had as it is now, by the town's clock.
    pub until: Option<NaiveDateTime>,
    /// What it costs this family.
    pub price: Option<Cents>,
    /// It costs more in another formula.
    pub is_least: bool,
    /// What one tap does.
    pub tap: Tap,
}

/// « lundi 23 à 12 h »; the month is said where it is another than that of the date beside it.
pub(super) fn instant_words(at: NaiveDateTime, beside: NaiveDate) -> String {
    let date = at.date();
    let words = day(date);
    let same_month = (date.year(), date.month()) == (beside.year(), beside.month());
    let words = match words.rsplit_once(' ') {
        Some((short, _)) if same_month => short,
        _ => &words,
    };
    let hour = hour_or_full(at.time());
    with("portal-bookings-instant", &[("day", words), ("hour", &hour)])
}

/// A cell under the name of its day. All that is heard stands in it: the activity's name and the date are only hidden
/// from those who see them at the head of the column and of the row.
pub(super) fn cell(cell: &CellView, date: NaiveDate, child: &str, page: &str) -> AnyView {
    let inside = inside(cell, date);
    let class = format!("k{} {}", cell.column, cell.state.sign());
    match cell.tap {
        Tap::None => view! { <p class=class>{inside}</p> }.into_any(),
        Tap::Look => {
            let href = format!("{page}/{date}/{}/{child}", cell.slug);
            view! { <a class=class href=href>{inside}</a> }.into_any()
        }
        Tap::Add => {
            let line = format!(".{}..{date}.", cell.slug);
            view! { <button class=class name="ligne" value=line>{inside}</button> }.into_any()
        }
    }
}

fn inside(cell: &CellView, date: NaiveDate) -> AnyView {
    let more: Vec<String> = [
        cell.detail.clone(),
        cell.note.as_ref().map(|note| note.words(date)),
        cell.until
            .map(|at| t1("portal-bookings-until", "at", instant_words(at, date))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let more = more.join(", ");
    let price = cell.price.map(money).map(|price| {
        if cell.is_least {
            t1("portal-bookings-least", "price", price)
        } else {
            price
        }
    });
    view! {
        <i>{cell.activity.clone()}</i>
        <u>{format!(", {}, ", day(date))}</u>
        <b>{cell.state.words()}</b>
        {(!more.is_empty()).then(|| view! { ", "<small>{more}</small> })}
        {price.map(|price| view! { ", "<em>{price}</em> })}
    }
    .into_any()
}
