//! The menus of a week, a day a field, a dish a line.

use leptos::prelude::*;

use super::{Sheet, sheets};
use crate::desk::form::{self, Buttons, Choice, Field, FormState, FormView, Select, TextArea, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::portal::pages::{Meal, dish_words, meal};
use crate::words::{t, t1, with};

/// A day.
#[derive(Clone, Debug)]
pub struct MenuDayForm {
    /// « lundi 23 novembre ».
    pub day: String,
    /// As families will see it, where that was asked for.
    pub preview: Option<Meal>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct MenusPage {
    /// Who looks.
    pub bar: Bar,
    /// What stands in the form: `semaine`, `site`, `jour_0` and `mot_0` to `jour_4` and `mot_4`.
    pub form: FormState,
    /// The first page of this area.
    pub home: String,
    /// Sites to choose among; none is everybody's menu.
    pub sites: Vec<Choice>,
    /// The Mondays before and after.
    pub around: (String, String),
    /// Its days, Monday first.
    pub days: Vec<MenuDayForm>,
}

/// Draws the page.
pub fn menus_page(view: &MenusPage) -> String {
    let title = t("desk-portal-menus");
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let (site, monday) = (view.form.value("site"), view.form.value("semaine"));
        let home = format!("{}/menus", view.home);
        let to = |monday: &str| format!("{home}?semaine={monday}&site={site}");
        let first = view.days.first().map(|day| day.day.clone()).unwrap_or_default();
        let last = view.days.last().map(|day| day.day.clone()).unwrap_or_default();
        let days: Vec<_> = view
            .days
            .iter()
            .enumerate()
            .map(|(nth, day)| day_view(&form, nth, day))
            .collect();
        let filters = FormState::default().with("site", site);
        let choose = FormView::of_filters(&filters);
        let (allergens, signs) = dish_words();
        let inside = view! {
            {form.hidden("semaine")}
            {form.hidden("site")}
            <div class="portal-help">
                <p>{t("desk-portal-menu-lines")}</p>
                <p class="portal-example">{t("desk-portal-menu-example")}</p>
                <p>{t1("desk-portal-menu-allergens", "list", allergens)}</p>
                <p>{t1("desk-portal-menu-signs", "list", signs)}</p>
            </div>
            <div class="portal-doing">
                <button class="button" name="copier" value="oui">{t("desk-portal-menu-copy")}</button>
                <button class="button" name="apercu" value="oui">{t("desk-portal-preview")}</button>
            </div>
            <div class="portal-days">{days}</div>
        };
        let (before, after) = &view.around;
        let under = [(t("desk-portal-title"), view.home.clone())];
        view! {
            {heading(title, &under, None)}
            {sheets(&view.home, Sheet::Menus)}
            <form class="portal-choose" method="get" action=home.clone()>
                <input type="hidden" name="semaine" value=monday.to_owned() />
                {choose.select(Select::new("site", t("desk-portal-menu-site"), &view.sites).or_none(t("desk-portal-menu-all")))}
                <button class="button">{t("desk-portal-menu-show")}</button>
            </form>
            <nav class="portal-weeks" aria-label=t("menu-weeks")>
                <a class="button" href=to(before)>{shape("before")}<span>{t("menu-before")}</span></a>
                <strong>{with("menu-week", &[("first", &first), ("last", &last)])}</strong>
                <a class="button" href=to(after)><span>{t("menu-after")}</span>{shape("after")}</a>
            </nav>
            {form.sheet(&home, Buttons::save(), inside.into_any())}
        }
        .into_any()
    })
}

fn day_view(form: &FormView<'_>, nth: usize, day: &MenuDayForm) -> AnyView {
    let preview = day.preview.as_ref().map(|one| {
        view! { <div class="portal-drawn"><p class="hint">{t("desk-portal-preview-title")}</p>{meal(one)}</div> }
    });
    view! {
        <div class="portal-day">
            {form.text_area(TextArea::new(format!("jour_{nth}"), day.day.clone(), 6))}
            {form.field(Field::text(format!("mot_{nth}"), t1("desk-portal-menu-note", "day", day.day.as_str())).max(500))}
            {preview}
        </div>
    }
    .into_any()
}
