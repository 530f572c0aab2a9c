//! Files that may stand twice.

use leptos::prelude::*;

use super::{fact, under};
use crate::desk::form::{self, Buttons, Choice, Field, FormState, FormView, Radios, heading};
use crate::desk::frame::{Bar, Head, page};
use crate::words::{t, t1};

/// Of what two files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubleKind {
    /// Children.
    Children,
    /// Households.
    Households,
}

impl DoubleKind {
    /// The word in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::Children => "enfants",
            Self::Households => "foyers",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Children, Self::Households]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Why two files may be of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyDouble {
    /// The same name and date of birth.
    NameAndBirth,
    /// The same name.
    Name,
    /// The same e-mail.
    Email,
    /// The same telephone.
    Phone,
}

/// In words.
pub(super) fn why_words(why: WhyDouble) -> String {
    match why {
        WhyDouble::NameAndBirth => t("accounts-why-name-and-birth"),
        WhyDouble::Name => t("accounts-why-name"),
        WhyDouble::Email => t("accounts-why-email"),
        WhyDouble::Phone => t("accounts-why-phone"),
    }
}

/// A pair.
#[derive(Clone, Debug)]
pub struct DoubleLine {
    /// Of what.
    pub kind: DoubleKind,
    /// Both files, in words.
    pub names: [String; 2],
    /// Why.
    pub why: Vec<WhyDouble>,
    /// Where they stand side by side.
    pub address: String,
}

/// What the list shows.
#[derive(Clone, Debug)]
pub struct DoublesPage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// How many pairs there are in all.
    pub total: usize,
    /// The first of them.
    pub lines: Vec<DoubleLine>,
}

/// Draws it.
pub fn doubles_page(view: &DoublesPage) -> String {
    let title = t("accounts-doubles");
    page(Head::titled(title.clone()), &view.bar, || {
        let rows: Vec<_> = view.lines.iter().map(line).collect();
        view! {
            {heading(title.clone(), &[under(&view.home)], None)}
            <p class="lead">{t("accounts-doubles-about")}</p>
            <p class="as-of" role="status">{t1("accounts-doubles-count", "count", view.total)}</p>
            {if rows.is_empty() {
                view! { <div class="empty"><p><strong>{t("accounts-doubles-none")}</strong></p><p>{t("accounts-doubles-none-then")}</p></div> }.into_any()
            } else {
                view! {
                    <table class="records accounts-doubles">
                        <caption class="unseen">{title}</caption>
                        <thead><tr>
                            <th scope="col">{t("accounts-doubles-files")}</th>
                            <th scope="col">{t("accounts-doubles-why")}</th>
                            <th scope="col"><span class="unseen">{t("accounts-doubles-compare")}</span></th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                }
                .into_any()
            }}
        }
        .into_any()
    })
}

fn line(line: &DoubleLine) -> AnyView {
    let why: Vec<String> = line.why.iter().map(|why| why_words(*why)).collect();
    let [one, two] = line.names.clone();
    let label = t1("accounts-doubles-compare-of", "name", one.as_str());
    view! {
        <tr>
            <th scope="row"><span class="accounts-two">{one}</span><span class="accounts-two">{two}</span></th>
            <td>{why.join(", ")}</td>
            <td><a class="button" href=line.address.clone() aria-label=label>{t("accounts-doubles-compare")}</a></td>
        </tr>
    }
    .into_any()
}

/// A file as it is compared.
#[derive(Clone, Debug)]
pub struct FileView {
    /// What is sent when it stays.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub address: String,
    /// « 04/03/2019 », of a child.
    pub born: Option<String>,
    /// School and class.
    pub places: Vec<String>,
    /// A child's households.
    pub homes: Vec<String>,
    /// A household's guardians: name, how they are reached, whether they get in.
    pub people: Vec<(String, Vec<String>, bool)>,
    /// A household's children.
    pub children: Vec<String>,
    /// Badges.
    pub badges: Vec<String>,
    /// Those who pay.
    pub payers: Vec<String>,
    /// Reservations from today on.
    pub booked: Option<u64>,
}

/// What the comparison shows.
#[derive(Clone, Debug)]
pub struct ComparePage {
    /// The bar.
    pub bar: Bar,
    /// The desk's address.
    pub home: String,
    /// Of what the files are.
    pub kind: DoubleKind,
    /// What stands in the form.
    pub form: FormState,
    /// Both.
    pub files: [FileView; 2],
}

/// Draws it.
pub fn compare_page(view: &ComparePage) -> String {
    let title = match view.kind {
        DoubleKind::Children => t("accounts-compare-children"),
        DoubleKind::Households => t("accounts-compare-households"),
    };
    page(form::head(title.clone(), &view.form), &view.bar, || {
        let form = FormView::new(&view.form, &view.bar);
        let files: Vec<_> = view
            .files
            .iter()
            .enumerate()
            .map(|(place, one)| file(one, place))
            .collect();
        let choices: Vec<Choice> = view
            .files
            .iter()
            .enumerate()
            .map(|(place, one)| {
                let letter = if place == 0 { "A" } else { "B" };
                Choice::new(one.id.clone(), format!("{letter} – {}", one.name))
            })
            .collect();
        let said = match view.kind {
            DoubleKind::Children => t("accounts-compare-children-said"),
            DoubleKind::Households => t("accounts-compare-households-said"),
        };
        let inside = view! {
            {form.hidden("genre")}
            {form.hidden("un")}
            {form.hidden("deux")}
            {form.radios(Radios::new("garder", t("accounts-compare-keep"), &choices))}
            <div class="said"><p>{said}</p><p>{t("accounts-compare-final")}</p></div>
            {form.field(Field::text("mot", t1("form-type-word", "word", "RÉUNIR")).required().narrow())}
        };
        let list = (t("accounts-doubles"), format!("{}/doublons", view.home));
        let back = list.1.clone();
        let action = back.clone();
        let buttons = Buttons::named(t("accounts-compare-unite")).grave().cancel(&back);
        view! {
            {heading(title, &[under(&view.home), list], None)}
            <div class="accounts-files">{files}</div>
            {form.sheet(&action, buttons, inside.into_any())}
        }
        .into_any()
    })
}

fn file(file: &FileView, place: usize) -> AnyView {
    let listed = |items: Vec<String>| -> AnyView {
        if items.is_empty() {
            return t("families-nothing").into_any();
        }
        let items: Vec<_> = items
            .into_iter()
            .map(|item| view! { <li>{item}</li> }.into_any())
            .collect();
        view! { <ul role="list" class="people">{items}</ul> }.into_any()
    };
    let is_child = file.born.is_some();
    let people: Vec<String> = file
        .people
        .iter()
        .map(|(name, reached, gets_in)| {
            let mut said = vec![name.clone()];
            said.extend(reached.iter().cloned());
            if *gets_in {
                said.push(t("accounts-compare-gets-in"));
            }
            said.join(" · ")
        })
        .collect();
    let letter = if place == 0 { "A" } else { "B" };
    view! {
        <section class="part accounts-file">
            <h2><span class="accounts-day" data-home=place.to_string()>{letter}</span><a href=file.address.clone()>{file.name.clone()}</a></h2>
            <dl class="facts">
                {file.born.clone().map(|born| fact(t("families-born"), born.into_any()))}
                {is_child.then(|| fact(t("families-place"), listed(file.places.clone())))}
                {is_child.then(|| fact(t("families-homes"), listed(file.homes.clone())))}
                {is_child.then(|| fact(t("families-badges"), listed(file.badges.clone())))}
                {(!is_child).then(|| fact(t("families-guardians"), listed(people)))}
                {(!is_child).then(|| fact(t("accounts-children"), listed(file.children.clone())))}
                {fact(t("accounts-payers"), listed(file.payers.clone()))}
                {file.booked.map(|count| fact(t("accounts-compare-booked"), count.into_any()))}
            </dl>
        </section>
    }
    .into_any()
}
