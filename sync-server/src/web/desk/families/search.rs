//! The list, and the search: any part of a name of the child or of a guardian, digits of a telephone,
//! an e-mail; accents and case aside.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use server_ui::desk::Notice;
use server_ui::desk::families::{ChildRow, ListPage, list_page};
use server_ui::desk::form::{Address, Choice, FormState};
use shared::ids::{ChildId, ClassId, SchoolId, SiteId};
use shared::text::search_key;

use super::scope::Scope;
use crate::import::values;
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::desk::reach::Reach;
use crate::web::desk::reply::{DeskError, page};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;

/// Children on a page.
const SIZE: usize = 50;
/// Longest search looked at, in characters.
const QUERY_CHARS: usize = 100;

/// What is searched for.
pub(super) struct Query {
    words: Vec<String>,
    /// Digits of a telephone.
    digits: Option<String>,
}

impl Query {
    pub(super) fn of(text: &str) -> Self {
        let text: String = text.chars().take(QUERY_CHARS).collect();
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        // A number is typed with gaps, and with its country; names hold no digits.
        let is_number = digits.len() >= 4 && !text.chars().any(char::is_alphabetic);
        let digits = is_number.then(|| match digits.strip_prefix("33") {
            Some(rest) if text.trim_start().starts_with('+') => format!("0{rest}"),
            _ => digits,
        });
        let words = if digits.is_some() {
            Vec::new()
        } else {
            search_key(&text)
                .split(' ')
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Self { words, digits }
    }

    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.digits.is_none()
    }

    /// Whether each word stands in the child's key or in that of one of its guardians.
    fn fits(&self, child: &str, family: Option<&Family>) -> bool {
        if let Some(digits) = &self.digits {
            return family.is_some_and(|family| family.phones.iter().any(|phone| phone.contains(digits)));
        }
        self.words
            .iter()
            .all(|word| child.contains(word) || family.is_some_and(|family| family.keys.contains(word)))
    }
}

/// What is known of a child's guardians.
#[derive(Default)]
struct Family {
    /// Names and e-mails.
    keys: String,
    phones: Vec<String>,
}

/// What narrows a list.
#[derive(Default)]
struct Filter {
    school: Option<SchoolId>,
    class: Option<ClassId>,
    site: Option<Scope>,
    with_left: bool,
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::SeeFamilies)?;
    let address = desk.asked(&["q", "ecole", "classe", "site", "partis", "page"]);
    let reach = desk.reach().clone();
    let (edits, imports) = (desk.may(Right::EditFamilies), desk.may(Right::Import));
    let (bar, home) = (desk.bar(), desk.at(""));
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        let today = commune.today();
        commune.store.read(|tx| {
            let Some(listed) = find(tx, &address, &reach, today)? else {
                return Ok(None);
            };
            let (schools, classes, sites) = choices(tx, &reach)?;
            let form = address
                .pairs()
                .iter()
                .fold(FormState::default(), |form, (name, value)| form.with(name, value));
            Ok::<_, StoreError>(Some(ListPage {
                bar,
                home: home.clone(),
                form,
                schools,
                classes,
                sites,
                rows: listed
                    .rows
                    .iter()
                    .map(|child| child_row(tx, *child, &home, today))
                    .collect::<Result<_, _>>()?,
                total: listed.total,
                page: listed.page,
                size: SIZE,
                edits,
                imports,
                address,
            }))
        })
    });
    match found.await? {
        Some(view) => Ok(page(StatusCode::OK, list_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

/// A page of children.
struct Listed {
    rows: Vec<ChildId>,
    total: usize,
    page: usize,
}

/// The children asked for; `None` when the address names something that is not there.
fn find(
    tx: &mut dyn Read,
    address: &Address,
    reach: &Reach,
    today: NaiveDate,
) -> Result<Option<Listed>, StoreError> {
    let number = match address.value("page") {
        "" => 1,
        text => text.parse::<usize>().unwrap_or(0),
    };
    let Some(filter) = filter(tx, address, reach)? else {
        return Ok(None);
    };
    let scope = Scope::of_reach(tx, reach)?;
    let all = matching(tx, &Query::of(address.value("q")), &filter, scope.as_ref(), today)?;
    if !(1..=all.len().div_ceil(SIZE).max(1)).contains(&number) {
        return Ok(None);
    }
    Ok(Some(Listed {
        total: all.len(),
        rows: all.into_iter().skip((number - 1) * SIZE).take(SIZE).collect(),
        page: number,
    }))
}

fn filter(tx: &mut dyn Read, address: &Address, reach: &Reach) -> Result<Option<Filter>, StoreError> {
    let mut filter = Filter {
        with_left: !address.value("partis").is_empty(),
        ..Filter::default()
    };
    for (name, slot) in [("ecole", 0), ("classe", 1)] {
        let text = address.value(name);
        if text.is_empty() {
            continue;
        }
        match (slot, text.parse()) {
            (0, Ok(id)) => filter.school = Some(SchoolId(id)),
            (1, Ok(id)) => filter.class = Some(ClassId(id)),
            _ => return Ok(None),
        }
    }
    let slug = address.value("site");
    if !slug.is_empty() {
        let sites = record::sites(tx)?;
        let site = sites
            .iter()
            .find(|(site, _)| site.slug.as_str() == slug && reach.has(site.id));
        let Some((site, _)) = site else { return Ok(None) };
        filter.site = Some(Scope::of_sites(tx, &BTreeSet::from([site.id]))?);
    }
    Ok(Some(filter))
}

/// All children that fit, in the order of names. Children and guardians are gone through in memory:
/// a town has some ten thousand, and a part of a name is in no index.
fn matching(
    tx: &mut dyn Read,
    query: &Query,
    filter: &Filter,
    scope: Option<&Scope>,
    today: NaiveDate,
) -> Result<Vec<ChildId>, StoreError> {
    let families = if query.is_empty() {
        BTreeMap::new()
    } else {
        families(tx)?
    };
    let mut found = Vec::new();
    for row in tx.query(include_str!("sql/children.sql"), &[])? {
        let child = ChildId(row.uuid(0)?);
        let school = row.opt(3, Row::uuid)?.map(SchoolId);
        let class = row.opt(4, Row::uuid)?.map(ClassId);
        let gone = !filter.with_left && row.opt(2, Row::date)?.is_some_and(|left| left <= today);
        let fits = !gone
            && filter.school.is_none_or(|wanted| school == Some(wanted))
            && filter.class.is_none_or(|wanted| class == Some(wanted))
            && filter.site.as_ref().is_none_or(|site| site.has(child, school))
            && scope.is_none_or(|scope| scope.has(child, school))
            && (query.is_empty() || query.fits(&row.text(1)?, families.get(&child)));
        if fits {
            found.push(child);
        }
    }
    Ok(found)
}

fn families(tx: &mut dyn Read) -> Result<BTreeMap<ChildId, Family>, StoreError> {
    let mut families: BTreeMap<ChildId, Family> = BTreeMap::new();
    for row in tx.query(include_str!("sql/guardians.sql"), &[])? {
        let family = families.entry(ChildId(row.uuid(0)?)).or_default();
        family.keys.push('\n');
        family.keys.push_str(&row.text(1)?);
        if let Some(email) = row.opt(3, Row::text)? {
            family.keys.push('\n');
            family.keys.push_str(&search_key(&email));
        }
        if let Some(phone) = row.opt(2, Row::text)? {
            let plain = values::plain(&phone);
            family
                .phones
                .push(plain.chars().filter(char::is_ascii_digit).collect());
        }
    }
    Ok(families)
}

/// Schools, classes and sites to choose from.
pub(super) type Offered = (Vec<Choice>, Vec<Choice>, Vec<Choice>);

fn choices(tx: &mut dyn Read, reach: &Reach) -> Result<Offered, StoreError> {
    let (schools, classes) = places(tx)?;
    let sites = record::sites(tx)?;
    let sites = sites
        .into_iter()
        .filter(|(site, _)| !site.retired && reach.has(site.id))
        .map(|(site, _)| Choice::new(site.slug.to_string(), site.name));
    Ok((schools, classes, sites.collect()))
}

/// Schools and classes still offered; a class is called with its school.
pub(in crate::web::desk) fn places(tx: &mut dyn Read) -> Result<(Vec<Choice>, Vec<Choice>), StoreError> {
    let schools: Vec<_> = record::schools(tx)?
        .into_iter()
        .filter(|(school, _)| !school.retired)
        .collect();
    let name = |id: SchoolId| {
        schools
            .iter()
            .find(|(school, _)| school.id == id)
            .map(|(school, _)| school.name.clone())
    };
    let mut classes: Vec<(String, String)> = record::classes(tx)?
        .into_iter()
        .filter(|(class, _)| !class.retired)
        .filter_map(|(class, _)| {
            Some((
                class.id.to_string(),
                format!("{} – {}", name(class.school)?, class.name),
            ))
        })
        .collect();
    classes.sort_by_cached_key(|(_, label)| search_key(label));
    let classes = classes.into_iter().map(|(id, label)| Choice::new(id, label));
    let schools = schools
        .iter()
        .map(|(school, _)| Choice::new(school.id.to_string(), school.name.clone()));
    Ok((schools.collect(), classes.collect()))
}

fn child_row(tx: &mut dyn Read, id: ChildId, home: &str, today: NaiveDate) -> Result<ChildRow, StoreError> {
    let (child, _) =
        record::child(tx, id)?.ok_or_else(|| StoreError::Damaged("a child that was listed".into()))?;
    let mut guardians = Vec::new();
    for household in &child.households {
        let found = record::household(tx, *household)?;
        for guardian in found.into_iter().flat_map(|(household, _)| household.guardians) {
            let name = format!("{} {}", guardian.first_name, guardian.last_name);
            guardians.push((name.trim().to_owned(), guardian.phone, guardian.email));
        }
    }
    let (school, class) = place(tx, child.school, child.class)?;
    Ok(ChildRow {
        address: format!("{home}/enfants/{id}"),
        last_name: child.last_name,
        first_name: child.first_name,
        born: values::shown(child.born),
        age: today.years_since(child.born).unwrap_or(0),
        places: school.into_iter().chain(class).collect(),
        badges: child.badges,
        guardians,
        left: child.left_on.map(values::shown),
    })
}

/// The names of a school and a class.
pub(super) fn place(
    tx: &mut dyn Read,
    school: Option<SchoolId>,
    class: Option<ClassId>,
) -> Result<(Option<String>, Option<String>), StoreError> {
    let school = match school {
        Some(id) => record::school(tx, id)?.map(|(school, _)| school.name),
        None => None,
    };
    let class = match class {
        Some(id) => record::class(tx, id)?.map(|(class, _)| class.name),
        None => None,
    };
    Ok((school, class))
}

/// Whether somebody may see a child.
pub(super) fn reaches(
    tx: &mut dyn Read,
    reach: &Reach,
    child: ChildId,
    school: Option<SchoolId>,
) -> Result<bool, StoreError> {
    Ok(Scope::of_reach(tx, reach)?.is_none_or(|scope| scope.has(child, school)))
}

/// Names of the sites, for what was pointed there.
pub(super) fn site_names(tx: &mut dyn Read) -> Result<BTreeMap<SiteId, String>, StoreError> {
    Ok(record::sites(tx)?
        .into_iter()
        .map(|(site, _)| (site.id, site.name))
        .collect())
}
