//! What families asked for and wait for, one line each, decided on several at once.

use leptos::prelude::*;

use super::{Turn, said_narrow, turns};
use crate::desk::form::{
    Address, Buttons, Choice, FormState, FormView, Select, TextArea, filters, head, heading, pager,
};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::t;

/// The page.
#[derive(Clone, Debug)]
pub struct QueuePage {
    /// Who looks.
    pub bar: Bar,
    /// Its address, with what it asks for.
    pub address: Address,
    /// What the filters hold.
    pub filter: FormState,
    /// What is ticked and typed.
    pub form: FormState,
    /// Where the form goes.
    pub action: String,
    /// The page to find somebody.
    pub back: String,
    /// Requests or waiting lists.
    pub kinds: Vec<Turn>,
    /// Activities to choose from.
    pub activities: Vec<Choice>,
    /// Sites to choose from.
    pub sites: Vec<Choice>,
    /// The lines of this page.
    pub lines: Vec<WishLine>,
    /// Which page, how many lines on each, how many in all.
    pub pages: (usize, usize, usize),
    /// Waiting lists are shown, not requests.
    pub waiting: bool,
    /// Something may be decided.
    pub edits: bool,
}

/// Somebody's wish.
#[derive(Clone, Debug)]
pub struct WishLine {
    /// What is sent.
    pub id: String,
    /// The child.
    pub child: String,
    /// Where its family's grid is.
    pub family: Option<String>,
    /// « Cantine, École Jaurès ».
    pub what: String,
    /// « lundi 23 novembre ».
    pub date: String,
    /// Adding, cancelling or waiting, and how far it is.
    pub kind: String,
    /// Since when.
    pub since: String,
    /// « 48 places sur 50 ».
    pub places: String,
    /// No place is left.
    pub full: bool,
    /// « n° 2 », where it waits.
    pub rank: Option<String>,
    /// What it costs if the town hall says yes.
    pub price: Option<String>,
}

/// Draws the page.
pub fn queue_page(view: &QueuePage) -> String {
    let title = t(if view.waiting {
        "desk-booking-waiting"
    } else {
        "desk-booking-requests"
    });
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let filter = FormView::of_filters(&view.filter);
        let fields = view! {
            {filter.select(Select::new("activite", t("desk-booking-activity"), &view.activities).or_none(t("desk-booking-all")))}
            {filter.select(Select::new("site", t("desk-booking-site"), &view.sites).or_none(t("desk-booking-all")))}
        };
        let (nth, size, total) = view.pages;
        view! {
            {heading(title, &[(t("bookings-title"), view.back.clone())], None)}
            {turns(&view.kinds, t("desk-booking-queues"))}
            {filters(&view.address, &["sorte"], fields.into_any())}
            {if view.lines.is_empty() {
                view! { <div class="empty"><p><strong>{t("desk-booking-queue-none")}</strong></p><p>{t("desk-booking-queue-none-then")}</p></div> }.into_any()
            } else {
                sheet(view, &form)
            }}
            {pager(&view.address, nth, size, total)}
        }
        .into_any()
    })
}

fn sheet(view: &QueuePage, form: &FormView<'_>) -> AnyView {
    let flaw = form.file_flaw("souhait", &t("desk-booking-ticked"));
    let lines: Vec<_> = view.lines.iter().map(|one| line(form, one, view.edits)).collect();
    let (first, second, other) = if view.waiting {
        (
            ("geste", "proposer"),
            "desk-booking-offer",
            ("retirer", "desk-booking-remove"),
        )
    } else {
        (
            ("geste", "accepter"),
            "desk-booking-accept",
            ("refuser", "desk-booking-refuse"),
        )
    };
    let table = view! {
        <table class="records booking-records" id="souhait">
            <caption>{t("desk-booking-queue-caption")}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("desk-booking-child")}</th>
                    <th scope="col">{t("desk-booking-what")}</th>
                    <th scope="col">{t("desk-booking-asked")}</th>
                    <th scope="col">{t("desk-booking-places")}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    };
    if !view.edits {
        return table.into_any();
    }
    let inside = view! {
        {table}
        {flaw.map(|flaw| view! { <p class="error">{shape("alert")}<span>{flaw}</span></p> })}
        {(!view.waiting).then(|| view! {
            {form.text_area(TextArea::new("mots", t("desk-booking-words"), 2).hint(t("desk-booking-words-hint")))}
            {form.tick("au_dela", t("desk-booking-beyond-places"), Some(t("desk-booking-beyond-places-hint")))}
        })}
    };
    let buttons = Buttons::named(t(second))
        .sends(first.0, first.1)
        .also("geste", other.0, t(other.1));
    view! { <div class="wide-form">{form.sheet(&view.action, buttons, inside.into_any())}</div> }.into_any()
}

fn line(form: &FormView<'_>, line: &WishLine, edits: bool) -> AnyView {
    let checked = form.state().all("souhait").contains(&line.id.as_str());
    let name = view! {
        {match &line.family {
            Some(address) => view! { <a href=address.clone()>{line.child.clone()}</a> }.into_any(),
            None => line.child.clone().into_any(),
        }}
    };
    view! {
        <tr>
            <th scope="row">
                <div class="booking-who">
                    {edits.then(|| view! {
                        <label class="booking-tick"><input type="checkbox" name="souhait" value=line.id.clone() checked=checked /><span class="unseen">{line.child.clone()}</span></label>
                    })}
                    {name}
                </div>
            </th>
            <td>{line.what.clone()}<span class="why">{line.date.clone()}</span></td>
            <td>{line.kind.clone()}<span class="why">{line.since.clone()}</span>{line.rank.clone().map(|rank| view! { <span class="why">{rank}</span> })}{line.price.clone().map(|price| view! { <span class="why">{price}</span> })}</td>
            <td>{said_narrow(t("desk-booking-places"))}<span class="mark">{line.full.then(|| shape("alert"))}{line.places.clone()}</span></td>
        </tr>
    }
    .into_any()
}
