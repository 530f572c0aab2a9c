//! Days on which school is not as usual: what the town hall enters at its desk, the tablets show,
//! and closing a list makes nobody absent who was not awaited.

use serde_json::Value;
use system_tests::rows::{Value as Sql, rows};
use system_tests::tablet::name;
use system_tests::town::{FRIDAY, MONDAY};
use system_tests::{Server, Tablet, Town};
use uuid::Uuid;

use crate::desk::Desk;

const SITE: &str = "jules-ferry";
const NEW: &str = "calendrier/jours/nouveau";

impl Desk {
    /// Saves an exceptional day, having seen what it changes.
    fn enters(&mut self, page: &str, fields: &[(&str, &str)]) {
        let all = [fields, &[("etape", "enregistrer")]].concat();
        assert_eq!(self.fill_in(page, &all), 303, "{fields:?}");
    }

    /// The page of the only exceptional day of that name.
    fn page_of(&mut self, words: &str) -> String {
        let list = self.page("calendrier/jours");
        let row = list
            .split("<tr>")
            .find(|row| row.contains(words))
            .expect("its line");
        let start = row.find("calendrier/jours/").expect("its link");
        row[start..].split('"').next().expect("its address").to_owned()
    }
}

/// A class of the site, its school, and which of its children are booked where on Monday.
struct Class {
    id: String,
    /// What the form calls the classes of its school.
    field: String,
    school: String,
    site: String,
    pupils: usize,
    canteen: Vec<String>,
    evening: Vec<String>,
}

/// The class with most children in the evening.
fn class(town: &Town) -> Class {
    let word = |text: &str| Sql::Text(text.to_owned());
    let id = |bytes: &[u8]| Uuid::from_slice(bytes).expect("an id").to_string();
    let found = rows(
        town,
        "select c.class, c.school, r.site from reservation r join child c on c.id = r.child
         join activity a on a.id = r.activity join site s on s.id = r.site
         where r.date = ?1 and s.slug = ?2 and a.slug = 'garderie-soir' and r.cancelled_at is null
         and c.class is not null and c.school = s.school
         group by c.class, c.school, r.site order by count(*) desc, c.class",
        &[word(MONDAY), word(SITE)],
    );
    let first = found.first().expect("a class with children in the evening");
    let (class, school, site) = (first.bytes(0), first.bytes(1), first.bytes(2));
    let booked = |activity: &str| {
        let found = rows(
            town,
            "select c.last_name || ' ' || c.first_name from reservation r join child c on c.id = r.child
             join activity a on a.id = r.activity
             where r.date = ?1 and a.slug = ?2 and c.class = ?3 and r.site = ?4 and r.cancelled_at is null",
            &[
                word(MONDAY),
                word(activity),
                Sql::Blob(class.to_owned()),
                Sql::Blob(site.to_owned()),
            ],
        );
        let mut names: Vec<_> = found.iter().map(|row| row.text(0).to_owned()).collect();
        names.sort();
        names
    };
    let pupils = rows(
        town,
        "select count(*) from child where school = ?1",
        &[Sql::Blob(school.to_owned())],
    );
    Class {
        canteen: booked("cantine"),
        evening: booked("garderie-soir"),
        pupils: usize::try_from(pupils[0].int(0)).expect("no fewer than none"),
        id: id(class),
        field: format!("classes-{}", id(school)),
        school: id(school),
        site: id(site),
    }
}

/// Names on a list of an activity whose row says this.
fn names(list: &[Value], activity: &str, says: impl Fn(&Value) -> bool) -> Vec<String> {
    let mut names: Vec<_> = list
        .iter()
        .filter(|row| row["activity"] == activity && says(row))
        .map(name)
        .collect();
    names.sort();
    names
}

fn town_with_tablet() -> (Town, Class, Server, Desk, Tablet) {
    let town = Town::new();
    let class = class(&town);
    let server = town.server();
    let desk = Desk::of(&town, &server, "gestionnaire");
    let tablet = town.tablet("a", &server.url(), &[SITE]);
    (town, class, server, desk, tablet)
}

#[test]
fn a_class_out_with_a_picnic_is_neither_awaited_nor_absent_and_comes_back_in_the_evening() {
    let (town, class, _server, mut desk, tablet) = town_with_tablet();
    let before = tablet.list(MONDAY);
    let outing = [
        ("genre", "outing"),
        ("motif", "Sortie au musée"),
        ("du", MONDAY),
        ("au", MONDAY),
        (class.field.as_str(), class.id.as_str()),
        ("repas", "picnic"),
    ];
    desk.enters(NEW, &outing);
    tablet.sync();
    let list = tablet.list(MONDAY);
    assert!(!class.canteen.is_empty() && !class.evening.is_empty());
    assert_eq!(
        names(&list, "cantine", |row| row["standing"] == "away"),
        class.canteen
    );
    assert_eq!(list.len(), before.len(), "everybody is still on the list");

    tablet.close("cantine", MONDAY);
    let closed = tablet.list(MONDAY);
    let absent = names(&closed, "cantine", |row| row["state"] == "absent");
    assert!(!absent.is_empty(), "the others did not come");
    assert_eq!(
        names(&closed, "cantine", |row| row["standing"] == "away"
            && row["state"] == "expected"),
        class.canteen,
        "closing makes nobody of the class absent"
    );
    let evening = names(&closed, "garderie-soir", |row| {
        row["state"] == "expected" && row["standing"].is_null()
    });
    assert!(
        class.evening.iter().all(|child| evening.contains(child)),
        "the evening awaits them"
    );
    tablet.sync();
    town.verify();
}

#[test]
fn an_outing_taken_back_leaves_every_list_as_it_was() {
    let (_town, class, _server, mut desk, tablet) = town_with_tablet();
    let before = tablet.list(MONDAY);
    let outing = [
        ("genre", "outing"),
        ("motif", "Sortie annulée ensuite"),
        ("du", MONDAY),
        ("au", MONDAY),
        (class.field.as_str(), class.id.as_str()),
        ("repas", "cancelled"),
    ];
    desk.enters(NEW, &outing);
    tablet.sync();
    assert!(tablet.list(MONDAY) != before);
    let page = desk.page_of("Sortie annulée ensuite");
    assert_eq!(desk.fill_in(&format!("{page}/supprimer"), &[]), 303);
    tablet.sync();
    assert!(tablet.list(MONDAY) == before, "as if it had never been");
}

#[test]
fn a_strike_with_minimum_service_lists_the_whole_school_and_awaits_nobody() {
    let (town, class, _server, mut desk, tablet) = town_with_tablet();
    let strike = [
        ("genre", "strike"),
        ("motif", "Grève du 23 novembre"),
        ("du", MONDAY),
        ("au", MONDAY),
        ("ecoles", class.school.as_str()),
        ("repas", "kept"),
        ("sma_site", class.site.as_str()),
        ("sma_ouvre", "08:30"),
        ("sma_ferme", "16:30"),
    ];
    desk.enters(NEW, &strike);
    tablet.sync();
    let list = tablet.list(MONDAY);
    let free = names(&list, "sma", |row| row["standing"] == "free");
    assert_eq!(free.len(), class.pupils, "every child of the school may come");
    let one = tablet.expected(MONDAY, "sma").remove(0);
    tablet.in_(&one, "sma");
    tablet.close("sma", MONDAY);
    let closed = tablet.list(MONDAY);
    assert!(
        names(&closed, "sma", |row| row["state"] == "absent").is_empty(),
        "nobody had to come"
    );
    assert_eq!(names(&closed, "sma", |row| row["state"] == "present"), [one]);
    tablet.sync();
    town.verify();
}

#[test]
fn a_closure_without_an_end_empties_every_day_until_it_is_ended() {
    let (_town, class, _server, mut desk, tablet) = town_with_tablet();
    let friday = tablet.list(FRIDAY);
    assert!(!friday.is_empty());
    let mut closure = vec![
        ("genre", "closure"),
        ("motif", "Dégât des eaux"),
        ("du", MONDAY),
        ("au", ""),
        ("ecoles", class.school.as_str()),
    ];
    desk.enters(NEW, &closure);
    tablet.sync();
    let of_class = |list: &[Value]| {
        let booked = |row: &&Value| class.canteen.contains(&name(row)) || class.evening.contains(&name(row));
        list.iter().filter(booked).count()
    };
    assert_eq!(
        (of_class(&tablet.list(MONDAY)), of_class(&tablet.list(FRIDAY))),
        (0, 0)
    );
    let page = desk.page_of("Dégât des eaux");
    closure[3] = ("au", MONDAY);
    desk.enters(&page, &closure);
    tablet.sync();
    assert_eq!(of_class(&tablet.list(MONDAY)), 0);
    assert!(tablet.list(FRIDAY) == friday, "the school is open again");
}
