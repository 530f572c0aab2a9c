//! What was done, in words, newest first.

use leptos::prelude::*;
use shared::operation::{Fact, LinkPurpose, LogInWay};

use super::super::frame::{Frame, page};
use crate::desk::form::heading;
use crate::letters::args_of;
use crate::words::{t, t1, with, with_args};
use shared::words::FluentArgs;

/// Through what, and by whom, as far as a family is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Whoever reads, on the portal.
    Own,
    /// Another guardian of the household, on the portal.
    Other(String),
    /// Somebody who is not logged in, on the portal.
    Portal,
    /// The town hall, by its label.
    Town(String),
    /// The town hall by its label, for somebody on the telephone.
    Phone(String),
    /// A tablet.
    Tablet,
    /// The server by itself, or its host.
    Server,
}

/// Its words.
pub fn origin_words(origin: &Origin) -> String {
    match origin {
        Origin::Own => t("history-by-you"),
        Origin::Other(name) => t1("history-by-other", "name", name.as_str()),
        Origin::Portal => t("history-by-portal"),
        Origin::Town(label) => t1("history-by-town", "label", label.as_str()),
        Origin::Phone(label) => t1("history-by-phone", "label", label.as_str()),
        Origin::Tablet => t("history-by-tablet"),
        Origin::Server => t("history-by-server"),
    }
}

/// Kinds of deeds that may be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryKind {
    /// Log-ins, passwords, choices.
    Account,
    /// Reservations.
    Bookings,
    /// What tablets noted.
    Presence,
    /// Files.
    File,
    /// Requests.
    Requests,
}

impl HistoryKind {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Account,
        Self::Bookings,
        Self::Presence,
        Self::File,
        Self::Requests,
    ];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Account => "compte",
            Self::Bookings => "reservations",
            Self::Presence => "presences",
            Self::File => "dossier",
            Self::Requests => "demandes",
        }
    }

    /// The kind with this word.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }

    fn words(self) -> String {
        match self {
            Self::Account => t("history-kind-account"),
            Self::Bookings => t("history-kind-bookings"),
            Self::Presence => t("history-kind-presence"),
            Self::File => t("history-kind-file"),
            Self::Requests => t("history-kind-requests"),
        }
    }
}

/// Steps of a booking besides what is reserved and what is cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A reservation was asked for.
    Asked,
    /// A place is waited for.
    Waits,
    /// A cancellation was asked for.
    CancelAsked,
    /// It was refused by the rules.
    Refused,
    /// The town hall said yes.
    Accepted,
    /// The town hall said no.
    Declined,
    /// The family no longer wants it.
    Withdrawn,
    /// A place was offered.
    Offered,
    /// The offer is over.
    Ended,
    /// What was due besides is waived.
    Waived,
    /// It was paid.
    Paid,
    /// It is due again.
    Restored,
    /// It was not paid in time and is given back.
    GivenBack,
}

impl Step {
    fn key(self) -> &'static str {
        match self {
            Self::Asked => "history-booking-asked",
            Self::Waits => "history-booking-waits",
            Self::CancelAsked => "history-booking-cancel-asked",
            Self::Refused => "history-booking-refused",
            Self::Accepted => "history-booking-accepted",
            Self::Declined => "history-booking-declined",
            Self::Withdrawn => "history-booking-withdrawn",
            Self::Offered => "history-booking-offered",
            Self::Ended => "history-booking-ended",
            Self::Waived => "history-booking-waived",
            Self::Paid => "history-booking-paid",
            Self::Restored => "history-booking-restored",
            Self::GivenBack => "history-booking-given-back",
        }
    }
}

/// What was done. Names and days are as people read them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Somebody logged in.
    LoggedIn(LogInWay),
    /// A password was chosen.
    Password,
    /// A link was mailed to an address.
    Link(LinkPurpose, String),
    /// A link was opened: an address is confirmed.
    Address,
    /// A second factor was set up, or given up.
    Factor(bool),
    /// An identity was tied, or untied.
    Identity(bool),
    /// Telephone or e-mail changed.
    Contact,
    /// The account was deleted.
    Deleted,
    /// It was restored.
    Restored,
    /// What opened it is forgotten.
    Forgotten,
    /// What is sent was chosen.
    Choices,
    /// A browser takes messages, or no longer.
    Messages(bool),
    /// A text was accepted.
    Accepted,
    /// An agent looked at the portal as this person.
    SeenAs,
    /// A copy of the data was taken.
    Exported,
    /// Codes on paper were given out.
    Codes,
    /// The household's file changed.
    Household,
    /// A child's file changed.
    Child(String),
    /// With whom a child is changed.
    Custody(String),
    /// Who pays changed.
    Payer,
    /// Two files became one.
    Merged,
    /// A registration was accepted.
    Registered,
    /// Something was asked.
    Asked(String),
    /// It was answered.
    Answered,
    /// Reservations of a child: activities, and when.
    Reserved(String, String, String),
    /// Reservations that were cancelled: the same.
    Cancelled(String, String, String),
    /// What a closure made of reservations, in the facts of what was told.
    Closure(Vec<Fact>),
    /// Another step of a booking: which, then name, activities, when.
    Booking(Step, String, String, String),
    /// What rules ask about the household was written.
    Facts,
    /// Which documents of a child the town hall holds.
    Documents(String),
    /// Reservations taken back after a loss.
    TakenBack(String),
    /// A child arrived: name, activity, when.
    In(String, String, String),
    /// A child left: the same.
    Out(String, String, String),
    /// A child was said to be absent: name, activity, when.
    Absent(String, String, String),
    /// Another word of a tablet on a child: name and activity.
    Noted(String, String),
    /// What was noted of somebody unknown is this child's.
    Attached(String),
    /// The town hall settled what did not agree for a child on a day.
    Settled(String, String),
}

fn three(key: &str, child: &str, what: &str, when: &str) -> String {
    with(key, &[("child", child), ("what", what), ("when", when)])
}

/// Its words.
pub fn deed_words(deed: &Deed) -> String {
    match deed {
        Deed::LoggedIn(LogInWay::Password) => t("history-in-password"),
        Deed::LoggedIn(LogInWay::SecondFactor) => t("history-in-factor"),
        Deed::LoggedIn(LogInWay::RecoveryCode) => t("history-in-recovery"),
        Deed::LoggedIn(LogInWay::FranceConnect) => t("history-in-franceconnect"),
        Deed::LoggedIn(LogInWay::Link) => t("history-in-link"),
        Deed::Password => t("history-password"),
        Deed::Link(LinkPurpose::Activate, to) => t1("history-link-activate", "to", to.as_str()),
        Deed::Link(LinkPurpose::Reset, to) => t1("history-link-reset", "to", to.as_str()),
        Deed::Link(LinkPurpose::Login, to) => t1("history-link-login", "to", to.as_str()),
        Deed::Link(LinkPurpose::Contact, to) => t1("history-link-contact", "to", to.as_str()),
        Deed::Address => t("history-address"),
        Deed::Factor(true) => t("history-factor"),
        Deed::Factor(false) => t("history-factor-off"),
        Deed::Identity(true) => t("history-identity"),
        Deed::Identity(false) => t("history-identity-off"),
        Deed::Contact => t("history-contact"),
        Deed::Deleted => t("history-deleted"),
        Deed::Restored => t("history-restored"),
        Deed::Forgotten => t("history-forgotten"),
        Deed::Choices => t("history-choices"),
        Deed::Messages(true) => t("history-messages"),
        Deed::Messages(false) => t("history-messages-off"),
        Deed::Accepted => t("history-accepted"),
        Deed::SeenAs => t("history-seen-as"),
        Deed::Exported => t("history-exported"),
        Deed::Codes => t("history-codes"),
        Deed::Household => t("history-household"),
        Deed::Child(child) => t1("history-child", "child", child.as_str()),
        Deed::Custody(child) => t1("history-custody", "child", child.as_str()),
        Deed::Payer => t("history-payer"),
        Deed::Merged => t("history-merged"),
        Deed::Registered => t("history-registered"),
        Deed::Asked(title) => t1("history-asked", "title", title.as_str()),
        Deed::Answered => t("history-answered"),
        Deed::Reserved(child, what, when) => three("history-reserved", child, what, when),
        Deed::Cancelled(child, what, when) => three("history-cancelled", child, what, when),
        Deed::Closure(facts) => with_args("history-closure", &args_of(facts)),
        Deed::Booking(step, child, what, when) => three(step.key(), child, what, when),
        Deed::Facts => t("history-facts"),
        Deed::Documents(child) => t1("history-documents", "child", child.as_str()),
        Deed::TakenBack(child) => t1("history-taken-back", "child", child.as_str()),
        Deed::In(child, what, when) => three("history-in", child, what, when),
        Deed::Out(child, what, when) => three("history-out", child, what, when),
        Deed::Absent(child, what, when) => three("history-absent", child, what, when),
        Deed::Noted(child, what) => with("history-noted", &[("child", child), ("what", what)]),
        Deed::Attached(child) => t1("history-attached", "child", child.as_str()),
        Deed::Settled(child, when) => with("history-settled", &[("child", child), ("when", when)]),
    }
}

/// « lundi 23 novembre », or « 12 jours, du … au … ».
pub fn days_words(days: usize, first: &str, last: &str) -> String {
    if days <= 1 {
        return first.to_owned();
    }
    let mut args = FluentArgs::new();
    args.set("count", days);
    args.set("first", first.to_owned());
    args.set("last", last.to_owned());
    with_args("history-days", &args)
}

/// « lundi 23 novembre 2026 à 18 h 05 ».
pub fn moment_words(day: &str, hour: &str) -> String {
    with("history-moment", &[("day", day), ("hour", hour)])
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryLine {
    /// « lundi 23 novembre 2026 à 18 h 05 ».
    pub when: String,
    /// What.
    pub deed: Deed,
    /// By whom, through what.
    pub origin: Origin,
}

/// A page of the history.
#[derive(Clone, Debug)]
pub struct HistoryPage {
    /// What stands around it.
    pub frame: Frame,
    /// Its lines.
    pub lines: Vec<HistoryLine>,
    /// The kind asked for; all where there is none.
    pub kind: Option<HistoryKind>,
    /// The first day that is shown.
    pub since: String,
    /// The place that older lines begin at, where there are any.
    pub older: Option<u64>,
    /// The page is not the newest.
    pub later: bool,
    /// The newest of the journal is still being looked through.
    pub behind: bool,
}

/// Draws it.
pub fn history_page(view: &HistoryPage) -> String {
    let title = t("account-history");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let path = frame.at("/compte/historique");
        let of_kind = |kind: Option<HistoryKind>| {
            kind.map_or(path.clone(), |kind| format!("{path}?genre={}", kind.as_str()))
        };
        let kinds: Vec<_> = std::iter::once(None)
            .chain(HistoryKind::ALL.into_iter().map(Some))
            .map(|kind| {
                let words = kind.map_or_else(|| t("history-kind-all"), HistoryKind::words);
                let current = (kind == view.kind).then_some("true");
                view! { <li><a class="button" href=of_kind(kind) aria-current=current>{words}</a></li> }
                    .into_any()
            })
            .collect();
        let lines: Vec<_> = view
            .lines
            .iter()
            .map(|line| {
                view! {
                    <li class="account-line">
                        <span class="what">{deed_words(&line.deed)}</span>
                        <span class="from">{line.when.clone()}" · "{origin_words(&line.origin)}</span>
                    </li>
                }
                .into_any()
            })
            .collect();
        let empty = lines.is_empty().then(|| view! { <p>{t("history-empty")}</p> });
        let older = view.older.map(|before| {
            let kind = view
                .kind
                .map(|kind| format!("&genre={}", kind.as_str()))
                .unwrap_or_default();
            let address = format!("{path}?avant={before}{kind}");
            view! { <a class="button" rel="next" href=address>{t("history-older")}</a> }
        });
        let newest = view.later.then(
            || view! { <a class="button" rel="first" href=of_kind(view.kind)>{t("history-newest")}</a> },
        );
        view! {
            {heading(title, &[(t("portal-place-account"), frame.at("/compte"))], None)}
            <p>{t1("history-since", "day", view.since.as_str())}</p>
            <nav aria-label=t("history-kinds")><ul class="account-kinds" role="list">{kinds}</ul></nav>
            {view.behind.then(|| view! { <p class="hint" role="status">{t("history-behind")}</p> })}
            <ul class="account-lines" role="list">{lines}</ul>
            {empty}
            <p class="buttons no-print">{newest}{older}</p>
        }
        .into_any()
    })
}
