//! The typical week: weekdays and activities of each child.

use leptos::prelude::*;

use super::super::frame::{Frame, page};
use super::form::{ActivityChoice, Spans, activities, spans, weekday_names};
use super::{Way, ways};
use crate::desk::form::{Choice, FormState, FormView};
use crate::words::{t, with};

/// The name of the boxes of the grid.
pub(super) const BOX: &str = "s";

/// A child of the grid.
#[derive(Clone, Debug)]
pub struct WeekChild {
    /// What stands for it in the boxes.
    pub mark: String,
    /// First name.
    pub first_name: String,
    /// What it can be booked for: short name and weekdays, bit 0 is Monday.
    pub activities: Vec<(String, u8)>,
    /// The Monday of the week that the boxes are filled in from, in words.
    pub derived_from: Option<String>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct WeekPage {
    /// What stands around it.
    pub frame: Frame,
    /// What stands in the form.
    pub form: FormState,
    /// The children.
    pub children: Vec<WeekChild>,
    /// All children to choose from.
    pub all: Vec<Choice>,
    /// The one of several that is shown alone.
    pub chosen: Option<String>,
    /// What can be asked for.
    pub activities: Vec<ActivityChoice>,
    /// The weekdays on which any of it takes place: bit 0 is Monday.
    pub weekdays: u8,
    /// Spans that are one tap away.
    pub spans: Spans,
}

/// Draws it.
pub fn week_page(view: &WeekPage) -> String {
    let title = t("portal-period-week-title");
    let frame = &view.frame;
    page(frame, &title.clone(), || {
        let form = FormView::of_filters(&view.form);
        let grids: Vec<_> = view.children.iter().map(|child| grid(view, child)).collect();
        let none = view.activities.is_empty() || view.children.is_empty();
        let fields = (!none).then(|| {
            view! {
                <form class="form period-form" method="get" action=frame.at("/reservations/periode/apercu")>
                    <input type="hidden" name="vue" value="semaine" />
                    {view.chosen.clone().map(|id| view! { <input type="hidden" name="enfant" value=id /> })}
                    {grids}
                    {activities(&form, &view.activities, false)}
                    {form.tick("remplacer", t("portal-period-replace"), Some(t("portal-period-replace-hint")))}
                    {spans(&form, view.spans)}
                </form>
            }
        });
        view! {
            <p class="crumb"><a href=frame.at("/reservations")>{t("portal-place-bookings")}</a></p>
            <h1>{title}</h1>
            {ways(frame, Way::Week, view.all.len() > 1, view.chosen.as_deref())}
            {choose(view)}
            <p class="home-quiet">{t("portal-period-week-said")}</p>
            {form.file_flaw(BOX, &t("portal-period-weekdays")).map(|flaw| view! { <p class="error" role="alert">{flaw}</p> })}
            {form.summary()}
            {none.then(|| view! { <p class="home-quiet">{t("portal-period-nothing-on-line")}</p> })}
            {fields}
        }
        .into_any()
    })
}

/// All children, or one of them alone, where there are several.
fn choose(view: &WeekPage) -> Option<AnyView> {
    if view.all.len() < 2 {
        return None;
    }
    let path = view.frame.at("/reservations/periode/semaine");
    let one = |id: Option<&str>, words: String| {
        let current = (view.chosen.as_deref() == id).then_some("true");
        let href = id.map_or_else(|| path.clone(), |id| format!("{path}?enfant={id}"));
        view! { <li><a class="button" href=href aria-current=current>{words}</a></li> }.into_any()
    };
    let mut items = vec![one(None, t("portal-home-all-children"))];
    items.extend(
        view.all
            .iter()
            .map(|child| one(Some(&child.value), child.label.clone())),
    );
    Some(
        view! {
            <nav class="span-choice" aria-label=t("portal-home-choose-child")><ul role="list">{items}</ul></nav>
        }
        .into_any(),
    )
}

fn grid(view: &WeekPage, child: &WeekChild) -> AnyView {
    let names = weekday_names();
    let days: Vec<usize> = (0..7).filter(|day| view.weekdays & (1 << day) != 0).collect();
    let heads: Vec<_> = days
        .iter()
        .map(|day| {
            let name = names[*day].clone();
            let abbreviated: String = name.chars().take(2).collect();
            view! { <th scope="col"><abbr title=name>{abbreviated}</abbr></th> }.into_any()
        })
        .collect();
    let ticked = view.form.all(BOX);
    let rows: Vec<_> = child
        .activities
        .iter()
        .filter_map(|(slug, weekdays)| {
            let activity = view.activities.iter().find(|one| one.slug == *slug)?;
            let cells: Vec<_> = days
                .iter()
                .map(|day| {
                    if weekdays & (1 << day) == 0 {
                        return view! { <td class="period-none">"–"</td> }.into_any();
                    }
                    let value = format!("{}.{slug}.{day}", child.mark);
                    let label = with(
                        "portal-period-box",
                        &[
                            ("child", &child.first_name),
                            ("activity", &activity.name),
                            ("day", &names[*day]),
                        ],
                    );
                    let checked = ticked.contains(&value.as_str());
                    view! {
                        <td><label class="period-box"><input type="checkbox" name=BOX value=value checked=checked aria-label=label /></label></td>
                    }
                    .into_any()
                })
                .collect();
            Some(view! { <tr><th scope="row">{activity.name.clone()}</th>{cells}</tr> }.into_any())
        })
        .collect();
    let from = child.derived_from.as_ref().map(
        |week| view! { <p class="home-quiet">{with("portal-period-week-derived", &[("week", week)])}</p> },
    );
    view! {
        <section class="period-week">
            <h2>{child.first_name.clone()}</h2>
            {from}
            <table class="period-grid">
                <caption class="unseen">{with("portal-period-week-caption", &[("child", &child.first_name)])}</caption>
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}
