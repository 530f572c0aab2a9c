//! What would be done, before it is done.

use leptos::prelude::*;

use crate::desk::form::{Buttons, FormState, FormView, head, heading};
use crate::desk::frame::{Bar, page};
use crate::desk::shapes::shape;
use crate::words::{t, t1, with};

/// The page.
#[derive(Clone, Debug)]
pub struct PreviewPage {
    /// Who looks.
    pub bar: Bar,
    /// What was asked for, and what is wrong with it.
    pub form: FormState,
    /// Who it is for.
    pub title: String,
    /// Class and school.
    pub home: String,
    /// Where the form goes.
    pub action: String,
    /// Address of the page to find someone else.
    pub back: String,
    /// What it comes to.
    pub sums: Sums,
    /// Reservations made or changed, in words: what, and its dates.
    pub made: Vec<(String, Vec<String>)>,
    /// Reservations cancelled.
    pub cancelled: Vec<(String, Vec<String>)>,
    /// Dates left aside, by reason.
    pub aside: Vec<LeftAside>,
    /// Dates on which there is no place left.
    pub over: Vec<Over>,
    /// What goes beyond rules of booking.
    pub rules: Vec<BeyondRules>,
    /// Rules that are not said one by one.
    pub more_rules: usize,
    /// Whom and when something special concerns, such as an outing.
    pub notes: Vec<String>,
}

/// What a plan comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Reservations made.
    pub made: usize,
    /// Formulas changed.
    pub changed: usize,
    /// Reservations cancelled.
    pub cancelled: usize,
    /// Left aside: public holidays.
    pub holidays: usize,
    /// Left aside: school holidays.
    pub vacations: usize,
    /// Left aside: closed.
    pub closed: usize,
    /// Left aside for another reason.
    pub other: usize,
    /// As wished already.
    pub already: usize,
    /// Beyond the number of places.
    pub beyond: usize,
}

/// Dates left aside for one reason.
#[derive(Clone, Debug)]
pub struct LeftAside {
    /// Why.
    pub why: String,
    /// Which.
    pub dates: Vec<String>,
}

/// What goes beyond a rule, and for whom.
#[derive(Clone, Debug)]
pub struct BeyondRules {
    /// « Cantine, mardi 24 novembre ».
    pub what: String,
    /// What the rule says.
    pub why: String,
    /// The children.
    pub who: Vec<String>,
}

/// A date without a place left.
#[derive(Clone, Debug)]
pub struct Over {
    /// « lundi 23 novembre, Cantine, École Jaurès ».
    pub place: String,
    /// Places taken.
    pub taken: u32,
    /// Places there are.
    pub capacity: u32,
    /// Children who would come beyond.
    pub more: usize,
}

impl Sums {
    /// Whether anything would be done, the number of places aside.
    fn does(&self) -> bool {
        self.made + self.changed + self.cancelled + self.beyond > 0
    }

    /// « 34 jours, 3 jours fériés laissés de côté, 2 déjà réservés, 1 au-delà de la capacité. »
    pub(super) fn sentence(&self) -> String {
        let parts = [
            (self.made, t1("bookings-sum-made", "count", self.made)),
            (self.changed, t1("bookings-sum-changed", "count", self.changed)),
            (
                self.cancelled,
                t1("bookings-sum-cancelled", "count", self.cancelled),
            ),
            (self.holidays, t1("bookings-sum-holidays", "count", self.holidays)),
            (
                self.vacations,
                t1("bookings-sum-vacations", "count", self.vacations),
            ),
            (self.closed, t1("bookings-sum-closed", "count", self.closed)),
            (self.other, t1("bookings-sum-other", "count", self.other)),
            (self.already, t1("bookings-sum-already", "count", self.already)),
            (self.beyond, t1("bookings-sum-beyond", "count", self.beyond)),
        ];
        let words: Vec<String> = parts
            .into_iter()
            .filter_map(|(count, words)| (count > 0).then_some(words))
            .collect();
        if words.is_empty() {
            t("bookings-nothing")
        } else {
            t1("bookings-sum", "list", words.join(", "))
        }
    }
}

/// Why a date is left aside, in words.
pub mod reason {
    use crate::words::{t, t1};

    /// A public holiday.
    pub fn holiday(name: &str) -> String {
        t1("bookings-aside-holiday", "name", name)
    }

    /// School holidays.
    pub fn vacation(name: &str) -> String {
        t1("bookings-aside-vacation", "name", name)
    }

    /// The commune is closed.
    pub fn closed(why: &str) -> String {
        t1("bookings-aside-closed", "why", why)
    }

    /// The school is closed.
    pub fn shut(why: &str) -> String {
        t1("bookings-aside-shut", "why", why)
    }

    /// Not that weekday.
    pub fn weekday() -> String {
        t("bookings-aside-weekday")
    }

    /// Not there.
    pub fn not_offered() -> String {
        t("bookings-aside-not-offered")
    }

    /// The child has left.
    pub fn left() -> String {
        t("bookings-aside-left")
    }

    /// A rule that knows no exception.
    pub fn rule(words: &str) -> String {
        t1("bookings-aside-rule", "words", words)
    }

    /// Expected at another site.
    pub fn elsewhere(site: &str) -> String {
        t1("bookings-aside-elsewhere", "site", site)
    }
}

/// Draws the page.
pub fn preview_page(view: &PreviewPage) -> String {
    page(head(t("bookings-preview"), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let kept: Vec<_> = view
            .form
            .pairs()
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "geste" | "au_dela"))
            .map(|(name, value)| {
                view! { <input type="hidden" name=name.clone() value=value.clone() /> }.into_any()
            })
            .collect();
        let beyond = (!view.over.is_empty()).then(|| over(view, &form));
        let inside = view! {
            {kept}
            {beyond}
            <p><button class="button" name="geste" value="modifier">{t("bookings-change")}</button></p>
        }
        .into_any();
        let only_cancels = view.sums.made + view.sums.changed + view.sums.beyond == 0;
        let buttons = if only_cancels {
            Buttons::named(t1("bookings-do-cancel", "count", view.sums.cancelled)).grave()
        } else if view.sums.cancelled > 0 {
            Buttons::named(t("bookings-do-both"))
        } else {
            Buttons::named(t("bookings-do-reserve"))
        };
        let body = if view.sums.does() {
            form.sheet(&view.action, buttons.sends("geste", "faire"), inside)
        } else {
            view! {
                <form class="form" method="post" action=view.action.clone()>
                    <input type="hidden" name="jeton" value=view.bar.token.clone() />
                    {inside}
                </form>
            }
            .into_any()
        };
        view! {
            {heading(t("bookings-preview"), &[(t("bookings-title"), view.back.clone())], None)}
            <p class="lead"><strong>{view.title.clone()}</strong>" "{view.home.clone()}</p>
            <p class="plan-sum">{view.sums.sentence()}</p>
            {dates(t("bookings-list-made"), &view.made)}
            {dates(t("bookings-list-cancelled"), &view.cancelled)}
            {aside(&view.aside)}
            {notes(&view.notes)}
            {rules(view)}
            {body}
        }
        .into_any()
    })
}

fn over(view: &PreviewPage, form: &FormView<'_>) -> AnyView {
    let lines: Vec<_> = view
        .over
        .iter()
        .map(|over| {
            let words = with(
                "bookings-over-line",
                &[
                    ("place", &over.place),
                    ("taken", &over.taken.to_string()),
                    ("capacity", &over.capacity.to_string()),
                    ("more", &over.more.to_string()),
                ],
            );
            view! { <li>{words}</li> }.into_any()
        })
        .collect();
    view! {
        <section class="notice over" data-kind="care" aria-labelledby="au-dela-titre">
            {shape("alert")}
            <div class="grow">
                <h2 id="au-dela-titre">{t("bookings-over")}</h2>
                <ul>{lines}</ul>
                {form.tick("au_dela", t("bookings-over-tick"), Some(t("bookings-over-hint")))}
            </div>
        </section>
    }
    .into_any()
}

fn rules(view: &PreviewPage) -> Option<AnyView> {
    if view.rules.is_empty() {
        return None;
    }
    let lines: Vec<_> = view
        .rules
        .iter()
        .map(|one| {
            let who = one.who.join(" · ");
            view! { <dt>{one.what.clone()}<span class="why">{one.why.clone()}</span></dt><dd>{who}</dd> }
                .into_any()
        })
        .collect();
    Some(
        view! {
            <section class="notice over plan-rules" data-kind="care" aria-labelledby="regles-titre">
                {shape("alert")}
                <div class="grow">
                    <h2 id="regles-titre">{t("bookings-rules")}</h2>
                    <p>{t("bookings-rules-then")}</p>
                    <dl class="plan-list">{lines}</dl>
                    {(view.more_rules > 0).then(|| view! { <p>{t1("bookings-rules-more", "count", view.more_rules)}</p> })}
                </div>
            </section>
        }
        .into_any(),
    )
}

fn dates(title: String, all: &[(String, Vec<String>)]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let lines: Vec<_> = all
        .iter()
        .map(|(what, dates)| view! { <dt>{what.clone()}</dt><dd>{dates.join(", ")}</dd> }.into_any())
        .collect();
    Some(
        view! { <section class="plan-part"><h2>{title}</h2><dl class="plan-list">{lines}</dl></section> }
            .into_any(),
    )
}

fn aside(all: &[LeftAside]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let lines: Vec<_> = all
        .iter()
        .map(|one| view! { <dt>{one.why.clone()}</dt><dd>{one.dates.join(", ")}</dd> }.into_any())
        .collect();
    Some(
        view! {
            <section class="plan-part plan-aside"><h2>{t("bookings-list-aside")}</h2><dl class="plan-list">{lines}</dl></section>
        }
        .into_any(),
    )
}

fn notes(all: &[String]) -> Option<AnyView> {
    if all.is_empty() {
        return None;
    }
    let lines: Vec<_> = all
        .iter()
        .map(|note| view! { <li>{note.clone()}</li> }.into_any())
        .collect();
    Some(
        view! { <section class="plan-part"><h2>{t("bookings-list-notes")}</h2><ul>{lines}</ul></section> }
            .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_said_in_one_sentence() {
        let sums = Sums {
            made: 34,
            holidays: 3,
            already: 2,
            beyond: 1,
            ..Sums::default()
        };
        assert_eq!(
            sums.sentence(),
            "34 jours à réserver, 3 jours fériés laissés de côté, 2 déjà faits, 1 au-delà de la capacité."
        );
        assert_eq!(Sums::default().sentence(), "Rien à changer.");
    }
}
