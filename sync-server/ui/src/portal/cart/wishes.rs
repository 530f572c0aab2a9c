//! What was asked for and is waited for.

use leptos::prelude::*;
use shared::ids::WishId;
use shared::operation::Priced;

use super::price_words;
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::portal::home::tel;
use crate::words::{t, t1, with};

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WishKindShown {
    /// A reservation.
    Add,
    /// A cancellation.
    Cancel,
    /// A place.
    Wait,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WishStands {
    /// Nobody answered.
    Open,
    /// It waits as the how many-th.
    Waits(u32),
    /// A place is kept until then: « lundi 23 novembre à 18 h », and how much time is left in words.
    Offered(String, String),
    /// Yes.
    Accepted,
    /// No.
    Refused,
    /// The family no longer wants it.
    Withdrawn,
    /// It is over.
    Ended,
}

impl WishStands {
    /// Nothing more happens to it.
    pub fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Accepted | Self::Refused | Self::Withdrawn | Self::Ended
        )
    }
}

/// One.
#[derive(Clone, Debug)]
pub struct WishLine {
    /// Which.
    pub id: WishId,
    /// First name.
    pub child: String,
    /// The activity, with its formula.
    pub what: String,
    /// « lundi 23 novembre ».
    pub day: String,
    /// What was asked.
    pub kind: WishKindShown,
    /// How far it is.
    pub stands: WishStands,
    /// « lundi 16 novembre à 8 h 30 ».
    pub since: String,
    /// What it would cost.
    pub priced: Option<Priced>,
    /// What the town hall answered.
    pub said: Option<String>,
    /// Whoever looks may withdraw it.
    pub own: bool,
}

/// The page.
#[derive(Clone, Debug)]
pub struct WishPage {
    /// What stands around it.
    pub frame: Frame,
    /// Offers first, then what is open, then what was answered.
    pub lines: Vec<WishLine>,
    /// Whoever looks may change something.
    pub may_change: bool,
    /// What was sent is no longer so.
    pub overtaken: bool,
    /// Whom to call.
    pub phone: Option<String>,
}

/// Draws it.
pub fn wishes_page(view: &WishPage) -> String {
    let title = t("cart-wishes");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let part = |heading: String, wanted: fn(&WishStands) -> bool| {
            let lines: Vec<_> = view
                .lines
                .iter()
                .filter(|line| wanted(&line.stands))
                .map(|line| one(view, line))
                .collect();
            (!lines.is_empty())
                .then(|| view! { <section class="recap-part"><h2>{heading}</h2><ul class="wishes" role="list">{lines}</ul></section> })
        };
        let offers = part(t("cart-wishes-offers"), |stands| {
            matches!(stands, WishStands::Offered(..))
        });
        let open = part(t("cart-wishes-open"), |stands| {
            matches!(stands, WishStands::Open | WishStands::Waits(_))
        });
        let over = part(t("cart-wishes-over"), WishStands::is_over);
        view! {
            <p class="crumb no-print"><a href=frame.at("/reservations")>{t("portal-place-bookings")}</a></p>
            <h1>{title}</h1>
            {view.overtaken.then(|| view! {
                <div class="notice" data-kind="care" role="status">{shape("alert")}<p class="grow">{t("cart-wishes-overtaken")}</p></div>
            })}
            {view.lines.is_empty().then(|| view! { <p class="home-quiet">{t("cart-wishes-none")}</p> })}
            {offers}
            {open}
            {over}
            <p class="home-quiet">
                {t("cart-wishes-call")}" "
                {match &view.phone { Some(phone) => tel(phone), None => t("portal-home-the-town-hall").into_any() }}
            </p>
        }
        .into_any()
    })
}

fn badge(line: &WishLine) -> (&'static str, &'static str, String) {
    match &line.stands {
        WishStands::Open => ("expected", "expected", t("cart-wish-open")),
        WishStands::Waits(rank) => ("free", "left", t1("cart-fate-wait", "rank", *rank)),
        WishStands::Offered(..) => ("alert", "absent", t("cart-wish-offered")),
        WishStands::Accepted => ("present", "present", t("cart-wish-accepted")),
        WishStands::Refused => ("absent", "absent", t("cart-wish-refused")),
        WishStands::Withdrawn => ("absent", "expected", t("cart-wish-withdrawn")),
        WishStands::Ended => ("absent", "expected", t("cart-wish-ended")),
    }
}

fn one(view: &WishPage, line: &WishLine) -> AnyView {
    let (sign, colour, word) = badge(line);
    let kind = match line.kind {
        WishKindShown::Add => t("cart-wish-add"),
        WishKindShown::Cancel => t("cart-wish-cancel"),
        WishKindShown::Wait => t("cart-wish-wait"),
    };
    let mut notes = vec![with(
        "cart-wish-since",
        &[("kind", &kind), ("since", &line.since)],
    )];
    notes.extend(line.priced.as_ref().map(price_words));
    if let WishStands::Offered(until, left) = &line.stands {
        notes.push(with("cart-wish-until", &[("until", until), ("left", left)]));
    }
    let said = line.said.as_deref();
    notes.extend(said.map(|words| t1("notice-wish-said", "words", words)));
    let notes: Vec<_> = notes
        .into_iter()
        .map(|note| view! { <p class="home-when">{note}</p> }.into_any())
        .collect();
    let offered = matches!(line.stands, WishStands::Offered(..));
    let buttons = (view.may_change && line.own && !line.stands.is_over()).then(|| {
        let token = view.frame.person.as_ref().map(|person| person.token.clone());
        let spoken = with(
            "cart-wish-of",
            &[("what", &line.what), ("child", &line.child), ("day", &line.day)],
        );
        let take = offered.then(|| {
            let label = format!("{} : {spoken}", t("cart-wish-take"));
            view! { <button class="button" data-kind="primary" name="geste" value="prendre" aria-label=label>{t("cart-wish-take")}</button> }
        });
        let label = format!("{} : {spoken}", t("cart-wish-withdraw"));
        view! {
            <form class="buttons no-print" method="post" action=view.frame.at("/reservations/demandes")>
                <input type="hidden" name="jeton" value=token.unwrap_or_default() />
                <input type="hidden" name="demande" value=line.id.to_string() />
                {take}
                <button class="button" data-kind="quiet" name="geste" value="retirer" aria-label=label>{t("cart-wish-withdraw")}</button>
            </form>
        }
    });
    view! {
        <li>
            <p class="request-title"><strong>{line.child.clone()}</strong>" · "{line.what.clone()}", "{line.day.clone()}</p>
            <span class="request-state" data-state=colour>{shape(sign)}<span>{word}</span></span>
            {notes}
            {buttons}
        </li>
    }
    .into_any()
}
