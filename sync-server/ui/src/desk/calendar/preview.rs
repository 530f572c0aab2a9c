//! What an exceptional day would change, before it is saved.

use leptos::prelude::*;
use shared::operation::{ExceptionalDayRecord, ExceptionalKind};
use shared::words::hour;

use super::when::when_words;
use super::{kind_effect, kind_shape, kind_words, meal_effect};
use crate::desk::form::{Buttons, FormState, FormView, head, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct PreviewPage {
    /// Who looks.
    pub bar: Bar,
    /// What was entered: it is carried along.
    pub form: FormState,
    /// Where it is sent.
    pub action: String,
    /// The calendar, then the list of exceptional days.
    pub under: [String; 2],
    /// What was entered, understood.
    pub day: ExceptionalDayRecord,
    /// Names of its schools and classes.
    pub whom: String,
    /// Name of the site of the minimum service.
    pub service_site: Option<String>,
    /// Who is concerned.
    pub concerned: Concerned,
}

/// Who is concerned, and what becomes of what was reserved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Children.
    pub children: usize,
    /// Classes.
    pub classes: usize,
    /// Households of the children who booked; each is told.
    pub families: usize,
    /// Reservations that are cancelled.
    pub cancelled: usize,
    /// Those of them that were paid and are credited.
    pub credited: usize,
    /// Reservations that this day cancelled before and still does.
    pub cancelled_before: usize,
    /// Reservations that this day cancelled before and that stand again.
    pub given_back: usize,
    /// Reservations in those days.
    pub reservations: usize,
    /// Reservations that show on no list.
    pub dropped: usize,
    /// Meals that are no longer ordered.
    pub meals_cancelled: usize,
    /// Meals that become picnics.
    pub picnics: usize,
    /// Reservations whose child is out with its class, neither expected nor absent.
    pub away: usize,
    /// Still expected, activity by activity, in the order of the day.
    pub stay: Vec<(String, usize)>,
}

/// Draws the page.
pub fn preview(view: &PreviewPage) -> String {
    page(head(t("calendar-preview"), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let mut carried = view.form.pairs().to_vec();
        carried.retain(|(name, _)| name != "etape");
        let carried: Vec<_> = carried
            .into_iter()
            .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
            .collect();
        let [calendar, list] = view.under.clone();
        let inside = view! {
            {carried}
            {what(view)}
            {counts(&view.concerned)}
            <section class="form-part">
                <h2>{t("calendar-preview-rules")}</h2>
                {rules(&view.day, view.service_site.as_deref())}
            </section>
            <p><button class="button" name="etape" value="corriger">{t("calendar-preview-correct")}</button></p>
        };
        let buttons = Buttons::save().cancel(&list).sends("etape", "enregistrer");
        view! {
            {heading(t("calendar-preview"), &[(t("calendar-title"), calendar), (t("calendar-days"), list.clone())], None)}
            {form.sheet(&view.action, buttons, inside.into_any())}
        }
        .into_any()
    })
}

fn what(view: &PreviewPage) -> AnyView {
    let day = &view.day;
    view! {
        <div class="day-card">
            <p class="what">{shape(kind_shape(day.kind))}<strong>{kind_words(day.kind)}</strong>{t("form-colon")}{day.words.clone()}</p>
            <p>{when_words(day.from, day.until)}</p>
            <p>{view.whom.clone()}</p>
        </div>
    }
    .into_any()
}

fn counts(concerned: &Concerned) -> AnyView {
    let figures = [
        ("calendar-count-children", concerned.children, true),
        ("calendar-count-classes", concerned.classes, true),
        (
            "calendar-count-families",
            concerned.families,
            concerned.families > 0,
        ),
        (
            "calendar-count-cancelled",
            concerned.cancelled,
            concerned.cancelled > 0,
        ),
        (
            "calendar-count-credited",
            concerned.credited,
            concerned.credited > 0,
        ),
        (
            "calendar-count-cancelled-before",
            concerned.cancelled_before,
            concerned.cancelled_before > 0,
        ),
        (
            "calendar-count-back",
            concerned.given_back,
            concerned.given_back > 0,
        ),
        // What is cancelled is on no list either.
        (
            "calendar-count-dropped",
            concerned.dropped,
            concerned.dropped > concerned.cancelled,
        ),
        (
            "calendar-count-away",
            concerned.away,
            // Where each is a meal that falls away, the meals say it already.
            concerned.away > concerned.meals_cancelled + concerned.picnics,
        ),
        (
            "calendar-count-meals-cancelled",
            concerned.meals_cancelled,
            concerned.meals_cancelled > 0,
        ),
        ("calendar-count-picnics", concerned.picnics, concerned.picnics > 0),
    ];
    let mut items: Vec<_> = figures
        .into_iter()
        .filter(|(_, _, shown)| *shown)
        .map(|(key, count, _)| view! { <li>{t1(key, "count", count)}</li> }.into_any())
        .collect();
    items.extend(concerned.stay.iter().map(|(activity, count)| {
        let mut args = shared::words::FluentArgs::new();
        args.set("count", *count);
        args.set("activity", activity.as_str());
        view! { <li>{crate::words::with_args("calendar-count-stay", &args)}</li> }.into_any()
    }));
    let none = (concerned.reservations + concerned.cancelled_before == 0)
        .then(|| view! { <p class="hint">{t("calendar-count-no-reservation")}</p> });
    view! {
        <section class="concerned" aria-labelledby="concernes">
            <h2 id="concernes">{t("calendar-preview-counts")}</h2>
            <ul role="list">{items}</ul>
            {none}
        </section>
    }
    .into_any()
}

/// What the kind, the meals and the minimum service do, in plain sentences.
pub(super) fn rules(day: &ExceptionalDayRecord, service_site: Option<&str>) -> AnyView {
    let meals = (day.kind != ExceptionalKind::Closure).then(|| meal_effect(day.meals));
    let service = day.minimum_service.as_ref().map(|service| {
        with(
            "calendar-service-effect",
            &[
                ("site", service_site.unwrap_or_default()),
                ("opens", &hour(service.opens.time())),
                ("closes", &hour(service.closes.time())),
            ],
        )
    });
    view! {
        <ul>
            <li>{kind_effect(day.kind)}</li>
            {meals.map(|words| view! { <li>{words}</li> })}
            {service.map(|words| view! { <li>{words}</li> })}
            {if day.cancels {
                view! { <li>{t("calendar-fate-cancel-effect")}</li><li>{t("calendar-back-how")}</li> }.into_any()
            } else {
                view! { <li>{t("calendar-effect-restores")}</li> }.into_any()
            }}
            <li>{t("calendar-told")}</li>
        </ul>
    }
    .into_any()
}
