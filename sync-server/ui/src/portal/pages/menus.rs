//! Menus of a week, with allergens in words; and the lines in which the town hall writes them.

use leptos::prelude::*;
use shared::operation::Dish;
use shared::text::search_key;

use crate::desk::shapes::shape;
use crate::portal::frame::{Frame, page};
use crate::words::{t, t1, with};

/// A site to choose.
#[derive(Clone, Debug)]
pub struct SiteChoice {
    /// Its short name.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A meal.
#[derive(Clone, Debug, Default)]
pub struct Meal {
    /// Its dishes in order.
    pub dishes: Vec<Dish>,
    /// A word about it.
    pub note: String,
}

/// A day of the week.
#[derive(Clone, Debug)]
pub struct MenuDay {
    /// « lundi 23 novembre ».
    pub day: String,
    /// As machines read it.
    pub date: String,
    /// It is today.
    pub today: bool,
    /// What is eaten, where it is known.
    pub meal: Option<Meal>,
}

/// The page.
#[derive(Clone, Debug)]
pub struct MenuWeek {
    /// « 23 novembre » and « 27 novembre ».
    pub ends: (String, String),
    /// The Monday, as machines read it.
    pub monday: String,
    /// The Mondays before and after.
    pub around: (String, String),
    /// Sites with menus of their own to choose among; none where all eat the same.
    pub sites: Vec<SiteChoice>,
    /// The one chosen.
    pub site: Option<String>,
    /// Its days.
    pub days: Vec<MenuDay>,
}

/// What allergens are called: annex II of regulation (EU) 1169/2011, in its order.
fn allergens() -> [String; 14] {
    [
        t("menu-allergen-gluten"),
        t("menu-allergen-crustaceans"),
        t("menu-allergen-eggs"),
        t("menu-allergen-fish"),
        t("menu-allergen-peanuts"),
        t("menu-allergen-soy"),
        t("menu-allergen-milk"),
        t("menu-allergen-nuts"),
        t("menu-allergen-celery"),
        t("menu-allergen-mustard"),
        t("menu-allergen-sesame"),
        t("menu-allergen-sulphites"),
        t("menu-allergen-lupin"),
        t("menu-allergen-molluscs"),
    ]
}

/// Other words for the same, accents and number aside, with their place in the annex.
const ALSO: [(&str, u8); 26] = [
    ("ble", 1),
    ("cereales", 1),
    ("crustace", 2),
    ("oeuf", 3),
    ("poissons", 4),
    ("arachide", 5),
    ("cacahuete", 5),
    ("cacahuetes", 5),
    ("lactose", 7),
    ("lait et lactose", 7),
    ("noix", 8),
    ("noisette", 8),
    ("noisettes", 8),
    ("amande", 8),
    ("amandes", 8),
    ("fruit a coque", 8),
    ("fruits a coques", 8),
    ("celeris", 9),
    ("graines de sesame", 11),
    ("sulfite", 12),
    ("anhydride sulfureux", 12),
    ("anhydride sulfureux et sulfites", 12),
    ("mollusque", 14),
    ("lupins", 13),
    ("moutardes", 10),
    ("sojas", 6),
];

/// What the signs of a dish say, by their bit.
fn signs() -> [String; 5] {
    [
        t("menu-sign-organic"),
        t("menu-sign-local"),
        t("menu-sign-label"),
        t("menu-sign-meatless"),
        t("menu-sign-home-made"),
    ]
}

fn signs_of(dish: &Dish) -> Vec<String> {
    let all = signs().into_iter().enumerate();
    all.filter(|(bit, _)| dish.signs & (1 << bit) != 0)
        .map(|(_, words)| words)
        .collect()
}

fn allergens_of(dish: &Dish) -> Vec<String> {
    let names = allergens();
    dish.allergens
        .iter()
        .filter_map(|number| names.get(usize::from(*number).checked_sub(1)?).cloned())
        .collect()
}

/// The words that a line may hold after a dish: allergens, then signs.
pub fn dish_words() -> (String, String) {
    (allergens().join(", "), signs().join(", "))
}

/// A line of the town hall that names something unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotADish {
    /// No name before the first semicolon; the line.
    Nameless(usize),
    /// No allergen of the annex; the line and the word.
    Allergen(usize, String),
    /// No sign that is known; the line and the word.
    Sign(usize, String),
    /// More than three parts; the line.
    TooMany(usize),
}

impl NotADish {
    /// The sentence beside the field.
    pub fn words(&self) -> String {
        let line = |line: &usize| line.to_string();
        match self {
            Self::Nameless(nth) => t1("menu-line-nameless", "line", line(nth)),
            Self::TooMany(nth) => t1("menu-line-too-many", "line", line(nth)),
            Self::Allergen(nth, word) => with("menu-line-allergen", &[("line", &line(nth)), ("word", word)]),
            Self::Sign(nth, word) => with("menu-line-sign", &[("line", &line(nth)), ("word", word)]),
        }
    }
}

/// Dishes as the town hall writes them, a line each: `Gratin ; lait, gluten ; bio, fait maison`. Allergens are words or
/// their numbers in the annex.
///
/// # Errors
/// [`NotADish`]: the first line that does not do.
pub fn dishes_of(text: &str) -> Result<Vec<Dish>, NotADish> {
    let names: Vec<String> = allergens().iter().map(|name| search_key(name)).collect();
    let signs: Vec<String> = signs().iter().map(|name| search_key(name)).collect();
    let mut dishes = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let nth = at + 1;
        if line.trim().is_empty() {
            continue;
        }
        let parts: Vec<&str> = line.split(';').map(str::trim).collect();
        let (name, first, second) = match parts[..] {
            [name] => (name, "", ""),
            [name, first] => (name, first, ""),
            [name, first, second] => (name, first, second),
            _ => return Err(NotADish::TooMany(nth)),
        };
        if name.is_empty() {
            return Err(NotADish::Nameless(nth));
        }
        let mut dish = Dish {
            name: name.split_whitespace().collect::<Vec<_>>().join(" "),
            allergens: Vec::new(),
            signs: 0,
        };
        for word in words(first) {
            let number = allergen(word, &names).ok_or_else(|| NotADish::Allergen(nth, word.to_owned()))?;
            if !dish.allergens.contains(&number) {
                dish.allergens.push(number);
            }
        }
        dish.allergens.sort_unstable();
        for word in words(second) {
            let key = search_key(word);
            let bit = signs.iter().position(|sign| *sign == key);
            let bit = bit.ok_or_else(|| NotADish::Sign(nth, word.to_owned()))?;
            dish.signs |= 1 << bit;
        }
        dishes.push(dish);
    }
    Ok(dishes)
}

fn words(part: &str) -> impl Iterator<Item = &str> {
    part.split(',').map(str::trim).filter(|word| !word.is_empty())
}

fn allergen(word: &str, names: &[String]) -> Option<u8> {
    let key = search_key(word);
    if let Ok(number) = key.parse::<u8>() {
        return (1..=14).contains(&number).then_some(number);
    }
    let place = names.iter().position(|name| *name == key);
    place.and_then(|place| u8::try_from(place + 1).ok()).or_else(|| {
        ALSO.iter()
            .find(|(also, _)| *also == key)
            .map(|(_, number)| *number)
    })
}

/// The line in which a dish is written.
pub fn dish_line(dish: &Dish) -> String {
    let (allergens, signs) = (allergens_of(dish).join(", "), signs_of(dish).join(", "));
    // What parts a line cannot stand in a name.
    let name = dish.name.replace(';', ",");
    match (allergens.is_empty(), signs.is_empty()) {
        (true, true) => name,
        (false, true) => format!("{name} ; {allergens}"),
        (true, false) => format!("{name} ; ; {signs}"),
        (false, false) => format!("{name} ; {allergens} ; {signs}"),
    }
}

/// Draws a meal.
pub(crate) fn meal(meal: &Meal) -> AnyView {
    let dishes: Vec<_> = meal
        .dishes
        .iter()
        .map(|dish| {
            let signs: Vec<_> = signs_of(dish)
                .into_iter()
                .map(|words| view! { " "<span class="badge">{words}</span> }.into_any())
                .collect();
            let allergens = allergens_of(dish);
            let said = (!allergens.is_empty()).then(|| {
                view! { <span class="pages-allergens">{t1("menu-allergens", "list", allergens.join(", "))}</span> }
            });
            view! { <li><span class="pages-dish">{dish.name.clone()}{signs}</span>{said}</li> }.into_any()
        })
        .collect();
    let note = (!meal.note.is_empty()).then(|| view! { <p class="pages-note">{meal.note.clone()}</p> });
    view! {
        {(!meal.dishes.is_empty()).then(|| view! { <ul class="pages-dishes" role="list">{dishes}</ul> })}
        {note}
    }
    .into_any()
}

/// Draws the page.
pub fn menu_page(frame: &Frame, view: &MenuWeek) -> String {
    let title = t("menu-title");
    page(frame, &title.clone(), || {
        let site = view
            .site
            .as_ref()
            .map(|site| format!("&site={site}"))
            .unwrap_or_default();
        let to = |monday: &str| frame.at(&format!("/menus?semaine={monday}{site}"));
        let days: Vec<_> = view.days.iter().map(day).collect();
        let (before, after) = &view.around;
        view! {
            <h1>{title}</h1>
            <p class="pages-week">{with("menu-week", &[("first", &view.ends.0), ("last", &view.ends.1)])}</p>
            {chooser(frame, view)}
            <nav class="pages-weeks no-print" aria-label=t("menu-weeks")>
                <a class="button" rel="prev" href=to(before)>{shape("before")}<span>{t("menu-before")}</span></a>
                <a class="button" rel="next" href=to(after)><span>{t("menu-after")}</span>{shape("after")}</a>
            </nav>
            <div class="pages-menus">{days}</div>
            <p class="pages-about">{t("menu-about")}</p>
        }
        .into_any()
    })
}

fn day(day: &MenuDay) -> AnyView {
    let inside = match &day.meal {
        Some(one) => meal(one),
        None => view! { <p class="pages-about">{t("menu-unknown")}</p> }.into_any(),
    };
    let id = format!("jour-{}", day.date);
    view! {
        <section class="pages-day" data-today=day.today.then_some("true") aria-labelledby=id.clone()>
            <h2 id=id.clone()><time datetime=day.date.clone()>{day.day.clone()}</time>
                {day.today.then(|| view! { " "<span class="badge">{t("menu-today")}</span> })}
            </h2>
            {inside}
        </section>
    }
    .into_any()
}

fn chooser(frame: &Frame, view: &MenuWeek) -> Option<AnyView> {
    if view.sites.is_empty() {
        return None;
    }
    let options: Vec<_> = view
        .sites
        .iter()
        .map(|site| {
            let selected = view.site.as_deref() == Some(site.slug.as_str());
            view! { <option value=site.slug.clone() selected=selected>{site.name.clone()}</option> }
                .into_any()
        })
        .collect();
    Some(
        view! {
            <form class="pages-site" method="get" action=frame.at("/menus")>
                <input type="hidden" name="semaine" value=view.monday.clone() />
                <div class="field">
                    <label for="site">{t("menu-site")}</label>
                    <select class="input" id="site" name="site">
                        <option value="">{t("menu-site-any")}</option>
                        {options}
                    </select>
                </div>
                <button class="button no-print">{t("menu-site-choose")}</button>
            </form>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_dish_with_its_allergens_and_signs() {
        let dishes = dishes_of(
            "Betteraves râpées ; moutarde, 12 ; bio, Local\n\n  Gratin de   pâtes ; Œufs, GLUTEN, lait ; fait maison\nPomme",
        )
        .unwrap();
        assert_eq!(dishes.len(), 3);
        assert_eq!(
            (&*dishes[0].name, &dishes[0].allergens[..], dishes[0].signs),
            ("Betteraves râpées", &[10, 12][..], 0b11)
        );
        assert_eq!(
            (&*dishes[1].name, &dishes[1].allergens[..], dishes[1].signs),
            ("Gratin de pâtes", &[1, 3, 7][..], 0b1_0000)
        );
        assert_eq!(
            (&*dishes[2].name, dishes[2].allergens.len(), dishes[2].signs),
            ("Pomme", 0, 0)
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let dishes: Vec<Dish> = (0..32u8)
            .map(|signs| Dish {
                name: format!("Plat {signs}"),
                allergens: (1..=14).filter(|n| signs & (1 << (n % 5)) != 0).collect(),
                signs,
            })
            .collect();
        let text: Vec<String> = dishes.iter().map(dish_line).collect();
        assert_eq!(dishes_of(&text.join("\n")), Ok(dishes));
    }

    #[test]
    fn an_unknown_word_is_said_with_its_line() {
        assert_eq!(
            dishes_of("Riz\nPoulet ; plumes"),
            Err(NotADish::Allergen(2, "plumes".into()))
        );
        assert_eq!(dishes_of("Riz ; 15"), Err(NotADish::Allergen(1, "15".into())));
        assert_eq!(dishes_of("Riz ; ; chaud"), Err(NotADish::Sign(1, "chaud".into())));
        assert_eq!(dishes_of(" ; lait"), Err(NotADish::Nameless(1)));
        assert_eq!(dishes_of("a;b;c;d"), Err(NotADish::TooMany(1)));
        assert!(NotADish::Allergen(2, "plumes".into()).words().contains("plumes"));
    }

    #[test]
    fn other_words_for_an_allergen_are_none_of_the_annex_itself() {
        let names: Vec<String> = allergens().iter().map(|name| search_key(name)).collect();
        for (also, number) in ALSO {
            assert_eq!(search_key(also), also);
            assert!(!names.contains(&also.to_owned()), "{also}");
            assert_eq!(allergen(also, &names), Some(number));
        }
    }
}
