//! The cart.

use leptos::prelude::*;
use shared::day_list::Symbol;
use shared::ids::{ActivityId, CartId, ChildId, SiteId};
use shared::money::Cents;
use shared::operation::Priced;

use super::folded::{is_long, parted};
use super::recap::cost_words;
use super::{euros, late_words, price_words};
use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::portal::home::{symbol, tel};
use crate::portal::prose::typeset;
use crate::words::{t, t1, with};

/// What would become of a line now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It would be booked.
    Book(Priced),
    /// It would be asked for: why.
    Request(Priced, String),
    /// It would wait, as the how many-th.
    Wait(Priced, u32),
    /// It would be cancelled: what is due, what is credited, within how many days a certificate excuses.
    Cancel(Cents, Cents, Option<u16>),
    /// A cancellation would be asked for: what is due, and why.
    RequestCancel(Cents, String),
    /// It cannot pass: why, and whether somebody may still help on the telephone.
    Refuse(String, bool),
}

impl Fate {
    /// It does not pass.
    pub fn is_refused(&self) -> bool {
        matches!(self, Self::Refuse(..))
    }

    /// What is due if the cart is validated as it stands.
    pub fn due(&self) -> Cents {
        match self {
            Self::Book(priced) => priced.total,
            Self::Cancel(due, ..) => *due,
            _ => Cents::ZERO,
        }
    }
}

impl Fate {
    /// What would be due besides, were everything that is asked or waited for said yes to.
    fn asked(&self) -> Cents {
        match self {
            Self::Request(priced, _) | Self::Wait(priced, _) => priced.total,
            Self::RequestCancel(due, _) => *due,
            _ => Cents::ZERO,
        }
    }
}

/// A price that is another than the one shown before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The one shown before.
    pub before: Cents,
    /// The one of now.
    pub now: Cents,
}

/// What it costs to leave the site where something is booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// What is due all the same.
    pub due: Cents,
    /// What was paid is credited.
    pub credited: Cents,
    /// Nothing is due with a certificate within so many days.
    pub excused_within_days: Option<u16>,
}

/// A line.
#[derive(Clone, Debug)]
pub struct CartLine {
    /// The activity.
    pub activity: ActivityId,
    /// At which site.
    pub site: SiteId,
    /// Its name, with the formula where one is chosen.
    pub what: String,
    /// What would become of it now.
    pub fate: Fate,
    /// Its price moved since it was shown.
    pub moved: Option<Moved>,
    /// « 23 h 12 »: until when the place is held, and the same for a script.
    pub held: Option<(String, i64)>,
    /// « vendredi 20 novembre à 12 h »: until when it can be had as it is.
    pub until: Option<String>,
    /// Where it is to be now, and where it is booked: that gives way.
    pub moves: Option<(String, String)>,
    /// What leaving that costs, where it costs something.
    pub leaving: Option<Leaving>,
    /// It came with another one.
    pub brought_by: Option<String>,
    /// The town's own words of the rule that counted.
    pub rule: Option<String>,
}

impl CartLine {
    /// What is due if the cart is validated as it stands.
    pub fn due(&self) -> Cents {
        self.fate.due() + self.leaving.map_or(Cents::ZERO, |leaving| leaving.due)
    }
}

/// A day of a child.
#[derive(Clone, Debug)]
pub struct CartDay {
    /// « 2026-11-23 ».
    pub date: String,
    /// « lundi 23 novembre ».
    pub label: String,
    /// Its lines.
    pub lines: Vec<CartLine>,
}

/// A child.
#[derive(Clone, Debug)]
pub struct CartChild {
    /// Which.
    pub id: ChildId,
    /// First name.
    pub first_name: String,
    /// The colour and symbol it knows as its own.
    pub symbol: Symbol,
    /// Its days.
    pub days: Vec<CartDay>,
}

/// What is said above the cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It was changed elsewhere since it was looked at.
    Changed,
    /// It was validated before, and what stands here was put in since.
    Over,
    /// A line that was sent cannot be read.
    Unreadable,
    /// A line that was sent is none of this family's.
    NotYours,
    /// It holds as much as it can.
    Full,
    /// It was validated, and nothing of it could be taken.
    Nothing,
}

/// Booking is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shut {
    /// It can be looked at.
    pub read_only: bool,
    /// What the town says.
    pub message: String,
    /// « lundi 23 novembre à 8 h 30 »: since when.
    pub since: Option<String>,
    /// Somebody meant to validate.
    pub met: bool,
}

/// The page.
#[derive(Clone, Debug)]
pub struct CartPage {
    /// What stands around it.
    pub frame: Frame,
    /// The cart and a word for what is shown of it; nothing where it is empty.
    pub cart: Option<(CartId, String)>,
    /// What is in it.
    pub children: Vec<CartChild>,
    /// What is said above.
    pub trouble: Option<Trouble>,
    /// Booking is not open.
    pub shut: Option<Shut>,
    /// Whom to call.
    pub phone: Option<String>,
    /// Whoever looks may change it.
    pub may_change: bool,
}

impl CartPage {
    pub(super) fn lines(&self) -> impl Iterator<Item = &CartLine> {
        let days = self.children.iter().flat_map(|child| &child.days);
        days.flat_map(|day| &day.lines)
    }

    pub(super) fn token(&self) -> String {
        let person = self.frame.person.as_ref();
        person.map(|person| person.token.clone()).unwrap_or_default()
    }
}

/// Draws it.
pub fn cart_page(view: &CartPage) -> String {
    let title = t("cart-title");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let empty = view.children.is_empty();
        view! {
            <p class="crumb no-print"><a href=frame.at("/reservations")>{t("portal-place-bookings")}</a></p>
            <h1>{title}</h1>
            {view.trouble.map(trouble)}
            {view.shut.as_ref().map(|one| shut(one, empty))}
            {if empty { nothing(frame) } else { full(view) }}
        }
        .into_any()
    })
}

fn notice(kind: &'static str, words: String) -> AnyView {
    let sign = if kind == "care" { "alert" } else { "present" };
    view! { <div class="notice" data-kind=kind role="status">{shape(sign)}<p class="grow">{words}</p></div> }
        .into_any()
}

fn trouble(trouble: Trouble) -> AnyView {
    notice(
        "care",
        match trouble {
            Trouble::Changed => t("cart-trouble-changed"),
            Trouble::Over => t("cart-trouble-over"),
            Trouble::Unreadable => t("cart-trouble-unreadable"),
            Trouble::NotYours => t("cart-trouble-not-yours"),
            Trouble::Full => t("cart-trouble-full"),
            Trouble::Nothing => t("cart-trouble-nothing"),
        },
    )
}

/// Where nothing is in the cart, nothing is said to be kept.
fn shut(shut: &Shut, empty: bool) -> AnyView {
    let first = match &shut.since {
        Some(since) => t1("cart-shut-since", "since", since.as_str()),
        None => t("cart-shut"),
    };
    let kept = match (shut.met, empty) {
        (true, true) => Some(t("cart-shut-gone")),
        (true, false) => Some(t("cart-shut-met")),
        (false, true) => None,
        (false, false) => Some(t("cart-shut-kept")),
    };
    view! {
        <div class="notice" data-kind="care" role="status">
            {shape("closed")}
            <div class="grow">
                <p><strong>{first}</strong>" "{typeset(&shut.message)}</p>
                {kept.map(|kept| view! { <p>{kept}</p> })}
            </div>
        </div>
    }
    .into_any()
}

fn nothing(frame: &Frame) -> AnyView {
    view! {
        <p>{t("cart-empty")}</p>
        <p class="buttons">
            <a class="button" data-kind="primary" href=frame.at("/reservations")>{t("cart-to-grid")}</a>
            <a class="button" href=frame.at("/reservations/demandes")>{t("cart-to-wishes")}</a>
        </p>
    }
    .into_any()
}

fn full(view: &CartPage) -> AnyView {
    let frame = &view.frame;
    let children: Vec<_> = view.children.iter().map(|one| child(view, one)).collect();
    let refused = view.lines().filter(|line| line.fate.is_refused()).count();
    let passes = view.lines().count() - refused;
    let total: Cents = view.lines().map(CartLine::due).sum();
    let asked: Cents = view.lines().map(|line| line.fate.asked()).sum();
    let validate = (view.may_change && passes > 0 && view.shut.is_none()).then(|| {
        let (id, shown) = view
            .cart
            .clone()
            .map_or_else(Default::default, |(id, shown)| (id.to_string(), shown));
        view! {
            <form method="post" action=frame.at("/panier/valider")>
                <input type="hidden" name="jeton" value=view.token() />
                <input type="hidden" name="panier" value=id />
                <input type="hidden" name="vu" value=shown />
                <button class="button" data-kind="primary">{t("cart-validate")}</button>
            </form>
        }
    });
    let empty = view.may_change.then(|| {
        view! {
            <form method="post" action=frame.at("/panier/vider")>
                <input type="hidden" name="jeton" value=view.token() />
                <button class="button" data-kind="quiet">{t("cart-empty-it")}</button>
            </form>
        }
    });
    view! {
        {view.shut.is_none().then(|| view! { <p class="home-quiet">{t("cart-nothing-yet")}</p> })}
        <div class="cart-children">{children}</div>
        <p class="cart-total"><span>{t("cart-total")}</span>" "<strong>{euros(total)}</strong></p>
        {(asked != Cents::ZERO).then(|| view! { <p class="cart-more">{t1("cart-total-asked", "price", euros(asked))}</p> })}
        {(refused > 0).then(|| view! {
            <p>{t1("cart-some-refused", "count", refused)}" "{match &view.phone { Some(phone) => tel(phone), None => t("portal-home-the-town-hall").into_any() }}</p>
        })}
        <div class="buttons cart-buttons no-print">
            {validate}
            <a class="button" href=frame.at("/reservations")>{t("cart-go-on")}</a>
            {empty}
        </div>
    }
    .into_any()
}

fn child(view: &CartPage, child: &CartChild) -> AnyView {
    let title = format!("panier-{}", child.id);
    let labelled = title.clone();
    let (alike, days) = if is_long(view) {
        parted(view, child)
    } else {
        (None, child.days.clone())
    };
    let days: Vec<_> = days
        .iter()
        .map(|one| {
            let lines: Vec<_> = one
                .lines
                .iter()
                .map(|each| line(view, child, one, each))
                .collect();
            view! {
                <li class="day">
                    <p class="day-name"><time datetime=one.date.clone()>{one.label.clone()}</time></p>
                    <ul class="cart-lines" role="list">{lines}</ul>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="home-child" aria-labelledby=labelled>
            <div class="home-child-head">{symbol(child.symbol)}<h2 id=title>{child.first_name.clone()}</h2></div>
            {alike}
            {(!days.is_empty()).then(|| view! { <ol class="days" role="list">{days}</ol> })}
        </section>
    }
    .into_any()
}

/// Shape, colour and word of what would become of a line.
pub(super) fn sign(fate: &Fate) -> (&'static str, &'static str, String) {
    match fate {
        Fate::Book(_) => ("unexpected", "present", t("cart-fate-book")),
        Fate::Request(..) => ("expected", "left", t("cart-fate-request")),
        Fate::Wait(_, rank) => ("free", "left", t1("cart-fate-wait", "rank", *rank)),
        Fate::Cancel(..) => ("absent", "absent", t("cart-fate-cancel")),
        Fate::RequestCancel(..) => ("expected", "left", t("cart-fate-request-cancel")),
        Fate::Refuse(..) => ("alert", "alert", t("cart-fate-refuse")),
    }
}

fn price_of(line: &CartLine) -> Option<String> {
    match &line.fate {
        Fate::Book(_) if line.leaving.is_some() => Some(euros(line.due())),
        Fate::Book(priced) | Fate::Request(priced, _) | Fate::Wait(priced, _) => {
            Some(late_words(priced).map_or_else(|| price_words(priced), |_| euros(priced.total)))
        }
        Fate::Cancel(due, ..) | Fate::RequestCancel(due, _) => Some(cost_words(*due)),
        Fate::Refuse(..) => None,
    }
}

/// What is given back, and with what nothing is due.
fn also_of_cancelling(credited: Cents, excused: Option<u16>) -> impl Iterator<Item = String> {
    let credited = (credited != Cents::ZERO).then(|| t1("cart-credited", "price", euros(credited)));
    let excused = excused.map(|days| t1("cart-excused", "days", u32::from(days)));
    credited.into_iter().chain(excused)
}

/// What is said under a line.
fn notes(line: &CartLine) -> Vec<String> {
    let mut notes = Vec::new();
    if let Fate::Book(priced) | Fate::Request(priced, _) | Fate::Wait(priced, _) = &line.fate {
        notes.extend(late_words(priced));
    }
    match &line.fate {
        Fate::Request(_, why) | Fate::RequestCancel(_, why) => {
            notes.push(why.clone());
            notes.push(t("cart-request-then"));
        }
        Fate::Wait(..) => notes.push(t("cart-wait-then")),
        Fate::Cancel(_, credited, excused) => {
            notes.extend(also_of_cancelling(*credited, *excused));
        }
        Fate::Refuse(why, _) => notes.push(why.clone()),
        Fate::Book(_) => {}
    }
    notes.extend(line.moved.map(|moved| {
        with(
            "cart-moved",
            &[("before", &euros(moved.before)), ("now", &euros(moved.now))],
        )
    }));
    let moves = line.moves.as_ref();
    notes.extend(moves.map(|(now, before)| with("cart-moves", &[("site", now), ("before", before)])));
    if let (Some(leaving), Some((_, before))) = (&line.leaving, moves) {
        notes.push(with(
            "cart-leaving",
            &[("price", &euros(leaving.due)), ("before", before)],
        ));
        notes.extend(also_of_cancelling(leaving.credited, leaving.excused_within_days));
    }
    let name = line.brought_by.as_deref();
    notes.extend(name.map(|name| t1("cart-brought", "name", name)));
    if !line.fate.is_refused() {
        notes.extend(
            line.until
                .as_deref()
                .map(|until| t1("cart-until", "until", until)),
        );
    }
    notes.retain(|note| !note.is_empty());
    notes
}

fn line(view: &CartPage, child: &CartChild, day: &CartDay, line: &CartLine) -> AnyView {
    let (shape_of, colour, word) = sign(&line.fate);
    let notes: Vec<_> = notes(line)
        .into_iter()
        .map(|note| view! { <span class="day-note">{note}</span> }.into_any())
        .collect();
    let held = line.held.clone().map(|(until, at)| {
        view! { <span class="day-note cart-held" data-until=at.to_string()>{t1("cart-held", "until", until)}</span> }
    });
    let out = view.may_change.then(|| {
        let spoken = with(
            "cart-take-out",
            &[
                ("what", &line.what),
                ("child", &child.first_name),
                ("day", &day.label),
            ],
        );
        view! {
            <form class="cart-out no-print" method="post" action=view.frame.at("/panier/lignes")>
                <input type="hidden" name="jeton" value=view.token() />
                <input type="hidden" name="enfant" value=child.id.to_string() />
                <input type="hidden" name="activite" value=line.activity.to_string() />
                <input type="hidden" name="site" value=line.site.to_string() />
                <input type="hidden" name="date" value=day.date.clone() />
                <input type="hidden" name="sorte" value="retrait" />
                <button class="button" data-kind="quiet" aria-label=spoken>{t("cart-take-out-short")}</button>
            </form>
        }
    });
    view! {
        <li class="day-line cart-line" data-state=colour>
            {shape(shape_of)}
            <span class="day-what">
                <strong>{line.what.clone()}</strong>" "<span class="cart-word">{word}</span>
            </span>
            <span class="day-state cart-price">{price_of(line)}</span>
            {notes}
            {held}
            {out}
        </li>
    }
    .into_any()
}
