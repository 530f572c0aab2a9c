//! How full sessions are.

use leptos::prelude::*;

use super::{Turn, said_narrow, turns};
use crate::desk::form::{Address, Choice, FormState, FormView, Select, filters, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1};

/// The page.
#[derive(Clone, Debug)]
pub struct OccupationPage {
    /// Who looks.
    pub bar: Bar,
    /// Its address, with what it asks for.
    pub address: Address,
    /// What the filters hold.
    pub filter: FormState,
    /// The page to find somebody.
    pub back: String,
    /// Week or month.
    pub ways: Vec<Turn>,
    /// The span shown.
    pub span: String,
    /// The span before and the one after.
    pub around: [String; 2],
    /// The same as a file.
    pub file: String,
    /// Activities to choose from.
    pub activities: Vec<Choice>,
    /// Sites to choose from.
    pub sites: Vec<Choice>,
    /// One line for each session.
    pub lines: Vec<SessionLine>,
}

/// A session.
#[derive(Clone, Debug)]
pub struct SessionLine {
    /// « lundi 23 novembre ».
    pub date: String,
    /// The activity.
    pub activity: String,
    /// The site.
    pub site: String,
    /// In all, then group by group.
    pub groups: Vec<Group>,
    /// Children who wait for a place.
    pub waiting: u32,
}

/// The places of a session, in all or in a group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name; none: in all.
    pub name: Option<String>,
    /// How many there are; none: no limit.
    pub places: Option<u32>,
    /// Taken.
    pub taken: u32,
    /// Held in carts for a time.
    pub held: u32,
}

impl Group {
    /// How many are left.
    pub fn left(&self) -> Option<u32> {
        self.places
            .map(|places| places.saturating_sub(self.taken).saturating_sub(self.held))
    }
}

/// Draws the page.
pub fn occupation_page(view: &OccupationPage) -> String {
    let title = t("desk-booking-occupation");
    page(Head::titled(title.clone()), &view.bar, || {
        let filter = FormView::of_filters(&view.filter);
        let fields = view! {
            {filter.select(Select::new("activite", t("desk-booking-activity"), &view.activities).or_none(t("desk-booking-all")))}
            {filter.select(Select::new("site", t("desk-booking-site"), &view.sites).or_none(t("desk-booking-all")))}
        };
        let [before, after] = view.around.clone();
        let file = view.file.clone();
        let doing = view! { <a class="button" href=file>{t("desk-booking-file")}</a> }.into_any();
        view! {
            {heading(title, &[(t("bookings-title"), view.back.clone())], Some(doing))}
            {turns(&view.ways, t("desk-booking-ways"))}
            <nav class="booking-span no-print" aria-label=t("desk-booking-spans")>
                <a class="button" rel="prev" href=before>{shape("before")}{t("desk-booking-before")}</a>
                <strong>{view.span.clone()}</strong>
                <a class="button" rel="next" href=after>{t("desk-booking-after")}{shape("after")}</a>
            </nav>
            {filters(&view.address, &["vue", "date"], fields.into_any())}
            {if view.lines.is_empty() {
                view! { <div class="empty"><p><strong>{t("desk-booking-occupation-none")}</strong></p><p>{t("desk-booking-occupation-none-then")}</p></div> }.into_any()
            } else {
                table(view)
            }}
        }
        .into_any()
    })
}

fn table(view: &OccupationPage) -> AnyView {
    let days: Vec<_> = view
        .lines
        .chunk_by(|one, next| one.date == next.date)
        .map(|lines| {
            let date = lines.first().map(|line| line.date.clone());
            let rows: Vec<_> = lines.iter().flat_map(session).collect();
            view! {
                <tbody>
                    <tr class="booking-day"><th scope="rowgroup" colspan="7">{date}</th></tr>
                    {rows}
                </tbody>
            }
            .into_any()
        })
        .collect();
    view! {
        <table class="records booking-records">
            <caption>{view.span.clone()}</caption>
            <thead>
                <tr>
                    <th scope="col">{t("desk-booking-session")}</th>
                    <th scope="col">{t("desk-booking-group")}</th>
                    <th scope="col" class="number">{t("desk-booking-count-places")}</th>
                    <th scope="col" class="number">{t("desk-booking-count-taken")}</th>
                    <th scope="col" class="number">{t("desk-booking-count-held")}</th>
                    <th scope="col" class="number">{t("desk-booking-count-left")}</th>
                    <th scope="col" class="number">{t("desk-booking-count-waiting")}</th>
                </tr>
            </thead>
            {days}
        </table>
    }
    .into_any()
}

fn session(line: &SessionLine) -> Vec<AnyView> {
    let number =
        |count: Option<u32>| count.map_or_else(|| t("desk-booking-no-limit"), |count| count.to_string());
    line.groups
        .iter()
        .map(|group| {
            let whole = group.name.is_none();
            let full = group.left() == Some(0);
            let name = group.name.clone().unwrap_or_else(|| t("desk-booking-in-all"));
            view! {
                <tr>
                    <th scope="row">
                        {line.activity.clone()}<span class="why">{line.site.clone()}</span>
                    </th>
                    <td>{name}</td>
                    <td class="number">{said_narrow(t("desk-booking-count-places"))}{number(group.places)}</td>
                    <td class="number">{said_narrow(t("desk-booking-count-taken"))}{group.taken}</td>
                    <td class="number">{said_narrow(t("desk-booking-count-held"))}{group.held}</td>
                    <td class="number">
                        {group.places.is_some().then(|| said_narrow(t("desk-booking-count-left")))}
                        {match (full, group.left()) {
                            (true, _) => view! { <span class="mark">{shape("alert")}{t("desk-booking-full")}</span> }.into_any(),
                            (false, Some(left)) => t1("desk-booking-left", "count", left).into_any(),
                            (false, None) => ().into_any(),
                        }}
                    </td>
                    <td class="number">{whole.then(|| view! { {said_narrow(t("desk-booking-count-waiting"))}{line.waiting} })}</td>
                </tr>
            }
            .into_any()
        })
        .collect()
}
