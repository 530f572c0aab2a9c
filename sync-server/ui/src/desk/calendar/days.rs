//! Exceptional days: those to come, those past, and taking one back.

use leptos::prelude::*;
use shared::operation::{ExceptionalDayRecord, ExceptionalKind};

use super::when::when_words;
use super::{kind_shape, kind_words, meal_words};
use crate::desk::form::{Buttons, FormState, FormView, head, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The list.
#[derive(Clone, Debug)]
pub struct DaysPage {
    /// Who looks.
    pub bar: Bar,
    /// The calendar.
    pub back: String,
    /// Where a new one is entered, for whoever may.
    pub new: Option<String>,
    /// Those of today and later, the nearest first.
    pub coming: Vec<DayLine>,
    /// Those past, the newest first.
    pub past: Vec<DayLine>,
}

/// A line of the list.
#[derive(Clone, Debug)]
pub struct DayLine {
    /// The day.
    pub day: ExceptionalDayRecord,
    /// Names of its schools and classes.
    pub whom: String,
    /// Where it is changed, for whoever may.
    pub edit: Option<String>,
    /// Where it is taken back.
    pub remove: Option<String>,
}

/// Draws the list.
pub fn days_page(view: &DaysPage) -> String {
    page(Head::titled(t("calendar-days")), &view.bar, || {
        let doing = view.new.clone().map(|address| {
            view! { <a class="button" data-kind="primary" href=address>{t("calendar-day-new")}</a> }
                .into_any()
        });
        let none = view.coming.is_empty();
        view! {
            {heading(t("calendar-days"), &[(t("calendar-title"), view.back.clone())], doing)}
            <p class="follows">{t("calendar-days-about")}</p>
            {none.then(|| view! { <div class="empty"><p><strong>{t("calendar-days-none")}</strong></p><p>{t("calendar-days-none-then")}</p></div> })}
            {(!none).then(|| table(t("calendar-days-coming"), &view.coming))}
            {(!view.past.is_empty()).then(|| table(t("calendar-days-past"), &view.past))}
        }
        .into_any()
    })
}

fn table(title: String, lines: &[DayLine]) -> AnyView {
    let rows: Vec<_> = lines.iter().map(line).collect();
    view! {
        <section class="exceptional">
            <table class="records">
                <caption>{title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("calendar-column-what")}</th>
                        <th scope="col">{t("calendar-column-when")}</th>
                        <th scope="col">{t("calendar-column-whom")}</th>
                        <th scope="col">{t("calendar-column-meals")}</th>
                        <th scope="col"><span class="unseen">{t("calendar-column-do")}</span></th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn line(line: &DayLine) -> AnyView {
    let day = &line.day;
    let meals = if day.kind == ExceptionalKind::Closure {
        t("calendar-meals-none")
    } else {
        meal_words(day.meals)
    };
    let named =
        |words: String| view! { {words}<span class="unseen">{t("form-colon")}{day.words.clone()}</span> };
    view! {
        <tr>
            <th scope="row">
                <span class="mark">{shape(kind_shape(day.kind))}{kind_words(day.kind)}</span>
                <span class="why">{day.words.clone()}</span>
                {day.cancels.then(|| view! { <span class="why">{t("calendar-cancels")}</span> })}
                {day.minimum_service.is_some().then(|| view! { <span class="why">{t("calendar-service")}</span> })}
            </th>
            <td>{when_words(day.from, day.until)}</td>
            <td>{line.whom.clone()}</td>
            <td><span class="said-narrow">{t("calendar-column-meals")}{t("form-colon")}</span>{meals}</td>
            <td class="do">
                {line.edit.clone().map(|address| view! { <a class="button" href=address>{named(t("calendar-edit"))}</a> })}
                {line.remove.clone().map(|address| view! { <a class="button" data-kind="quiet" href=address>{named(t("calendar-remove"))}</a> })}
            </td>
        </tr>
    }
    .into_any()
}

/// Taking one back.
#[derive(Clone, Debug)]
pub struct RemovePage {
    /// Who looks.
    pub bar: Bar,
    /// The version seen.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The calendar, then the list.
    pub under: [String; 2],
    /// What is taken back.
    pub day: ExceptionalDayRecord,
    /// Names of its schools and classes.
    pub whom: String,
    /// How many reservations that it cancelled stand again.
    pub given_back: usize,
}

/// Draws the question.
pub fn remove_page(view: &RemovePage) -> String {
    let title = t1("calendar-day-remove", "words", view.day.words.as_str());
    page(head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let [calendar, list] = view.under.clone();
        let inside = view! {
            <div class="day-card">
                <p class="what">{shape(kind_shape(view.day.kind))}<strong>{kind_words(view.day.kind)}</strong>{t("form-colon")}{view.day.words.clone()}</p>
                <p>{when_words(view.day.from, view.day.until)}</p>
                <p>{view.whom.clone()}</p>
            </div>
            <p>{if view.given_back == 0 { t("calendar-day-remove-then") } else { t1("calendar-count-back", "count", view.given_back) }}</p>
            {(view.given_back > 0).then(|| view! { <p class="hint">{t("calendar-back-how")}</p> })}
        };
        view! {
            {heading(title, &[(t("calendar-title"), calendar), (t("calendar-days"), list.clone())], None)}
            {form.sheet(&view.action, Buttons::named(t("calendar-remove")).cancel(&list), inside.into_any())}
        }
        .into_any()
    })
}
