//! With whom a child is, and who decides for it.

use leptos::prelude::*;
use shared::operation::Authority;

use crate::desk::families::{authority_said, under_children};
use crate::desk::form::{
    self, Buttons, Choice, Field, FormState, FormView, Radios, Select, TextArea, heading,
};
use crate::desk::frame::{Bar, page};
use crate::words::{t, t1, with};

/// A week of the preview.
#[derive(Clone, Debug)]
pub struct CustodyWeek {
    /// Its Monday, in words.
    pub first: String,
    /// From Monday to Sunday: « 23/11 », and which of the households; `None` where nothing says.
    pub days: Vec<(String, Option<usize>)>,
}

/// What the form shows.
#[derive(Clone, Debug)]
pub struct CustodyPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// The child.
    pub child: String,
    /// Its card.
    pub card: String,
    /// Where the form goes.
    pub action: String,
    /// What stands in it.
    pub form: FormState,
    /// Its households.
    pub homes: Vec<Choice>,
    /// Their guardians: id, name, household, and the authority of their own file.
    pub guardians: Vec<(String, String, String, Authority)>,
    /// Rows of exceptions.
    pub rows: usize,
    /// The next weeks; none where nothing is shared.
    pub weeks: Vec<CustodyWeek>,
}

/// Draws it.
pub fn custody_page(view: &CustodyPage) -> String {
    let title = t1("accounts-custody-of", "name", view.child.as_str());
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let inside = view! {
            {sharing(&form, view)}
            {exceptions(&form, view)}
            {authorities(&form, view)}
            {form.text_area(TextArea::new("note", t("accounts-custody-note"), 3).hint(t("accounts-custody-note-hint")))}
            <button class="button" name="apercu" value="oui">{t("accounts-custody-preview")}</button>
        };
        let crumbs = [
            under_children(&view.home),
            (view.child.clone(), view.card.clone()),
        ];
        view! {
            {heading(title, &crumbs, None)}
            <p class="lead">{t("accounts-custody-about")}</p>
            {form.sheet(&view.action, Buttons::save().cancel(&view.card), inside.into_any())}
            {(!view.weeks.is_empty()).then(|| preview(view))}
        }
        .into_any()
    })
}

fn sharing(form: &FormView<'_>, view: &CustodyPage) -> AnyView {
    if view.homes.len() < 2 {
        return view! {
            <input type="hidden" name="partage" value="unique" />
            <p class="hint">{t("accounts-custody-one-home")}</p>
        }
        .into_any();
    }
    let ways = [
        Choice::new("unique", t("accounts-custody-none")).explained(t("accounts-custody-none-hint")),
        Choice::new("alternance", t("accounts-custody-weeks")),
    ];
    let holidays = [
        Choice::new("semaines", t("accounts-custody-holidays-weeks")),
        Choice::new("paires", t("accounts-custody-holidays-even")),
        Choice::new("impaires", t("accounts-custody-holidays-odd")),
    ];
    view! {
        {form.radios(Radios::new("partage", t("accounts-custody-how"), &ways))}
        <fieldset class="form-part">
            <legend>{t("accounts-custody-weeks")}</legend>
            {form.select(Select::new("premier", t("accounts-custody-first"), &view.homes).or_none(t("accounts-custody-choose")))}
            {form.select(Select::new("second", t("accounts-custody-second"), &view.homes).or_none(t("accounts-custody-choose")))}
            {form.field(Field::date("debut", t("accounts-custody-anchor")).hint(t("accounts-custody-anchor-hint")))}
            {form.radios(Radios::new("vacances", t("accounts-custody-holidays"), &holidays))}
        </fieldset>
    }
    .into_any()
}

fn exceptions(form: &FormView<'_>, view: &CustodyPage) -> AnyView {
    if view.homes.len() < 2 {
        return ().into_any();
    }
    let rows: Vec<_> = (0..view.rows)
        .map(|row| {
            let nth = row + 1;
            let filled = !form.state().value(&format!("du-{row}")).is_empty();
            view! {
                <div class="accounts-period" role="group" aria-label=t1("accounts-custody-exception", "nth", nth)>
                    {form.field(Field::date(format!("du-{row}"), t("accounts-from")))}
                    {form.field(Field::date(format!("au-{row}"), t("accounts-until")))}
                    {form.select(Select::new(format!("chez-{row}"), t("accounts-custody-with"), &view.homes).or_none(t("accounts-custody-choose")))}
                    {filled.then(|| form.tick(&format!("oter-{row}"), t("accounts-custody-exception-drop"), None))}
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="form-part">
            <legend>{t("accounts-custody-exceptions")}</legend>
            <p class="hint">{t("accounts-custody-exceptions-hint")}</p>
            {rows}
        </fieldset>
    }
    .into_any()
}

fn authorities(form: &FormView<'_>, view: &CustodyPage) -> AnyView {
    let choices = [Authority::Full, Authority::None, Authority::ByJudgment]
        .map(|authority| Choice::new(authority.as_str(), authority_said(authority)));
    let people: Vec<_> = view
        .guardians
        .iter()
        .map(|(id, name, home, own)| {
            let label = with("accounts-custody-guardian", &[("name", name), ("home", home)]);
            let as_file = t1("accounts-custody-as-file", "authority", authority_said(*own));
            form.select(Select::new(format!("autorite-{id}"), label, &choices).or_none(as_file))
        })
        .collect();
    view! {
        <fieldset class="form-part">
            <legend>{t("accounts-custody-authority")}</legend>
            <p class="hint">{t("accounts-custody-authority-hint")}</p>
            {people}
        </fieldset>
    }
    .into_any()
}

fn preview(view: &CustodyPage) -> AnyView {
    let letter = |place: usize| ["A", "B", "C", "D", "E", "F"].get(place).copied().unwrap_or("…");
    let key: Vec<_> = view
        .homes
        .iter()
        .enumerate()
        .map(|(place, home)| {
            view! { <li><span class="accounts-day" data-home=place.to_string()>{letter(place)}</span>{home.label.clone()}</li> }
                .into_any()
        })
        .collect();
    let rows: Vec<_> = view
        .weeks
        .iter()
        .map(|week| {
            let days: Vec<_> = week
                .days
                .iter()
                .map(|(date, place)| {
                    let name = place
                        .and_then(|place| view.homes.get(place))
                        .map_or_else(|| t("accounts-custody-nobody"), |home| home.label.clone());
                    view! {
                        <td>
                            <span class="accounts-day" data-home=place.map(|place| place.to_string())>
                                <span aria-hidden="true">{place.map_or("–", letter)}</span>
                                <span class="unseen">{name}</span>
                            </span>
                            <span class="details">{date.clone()}</span>
                        </td>
                    }
                    .into_any()
                })
                .collect();
            view! { <tr><th scope="row">{week.first.clone()}</th>{days}</tr> }.into_any()
        })
        .collect();
    let heads = [
        t("form-monday"),
        t("form-tuesday"),
        t("form-wednesday"),
        t("form-thursday"),
        t("form-friday"),
        t("form-saturday"),
        t("form-sunday"),
    ];
    let heads: Vec<_> = heads
        .into_iter()
        .map(|day| {
            let short: String = day.chars().take(3).collect();
            view! { <th scope="col"><span aria-hidden="true">{short}</span><span class="unseen">{day}</span></th> }.into_any()
        })
        .collect();
    view! {
        <section class="accounts-preview" aria-labelledby="apercu">
            <h2 id="apercu">{t("accounts-custody-next")}</h2>
            <ul class="accounts-key" role="list">{key}</ul>
            <div class="accounts-scroll" tabindex="0" role="region" aria-labelledby="apercu">
                <table class="accounts-weeks">
                    <caption class="unseen">{t("accounts-custody-next")}</caption>
                    <thead><tr><th scope="col">{t("accounts-custody-week")}</th>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
