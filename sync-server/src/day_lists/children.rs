//! The cards of children on a list.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::codec::Minute;
use shared::day_list::{Badge, BadgeKind, Contact, ListedChild, Symbol};
use shared::ids::{ChildId, ClassId, HouseholdId, SchoolId, SiteId};
use shared::operation::Authority;

use super::shape;
use crate::store::{Read, Row, StoreError, Value};

/// A child with what exceptional days are judged by.
pub(super) struct Card {
    pub(super) card: ListedChild,
    pub(super) school: Option<SchoolId>,
    pub(super) class: Option<ClassId>,
    /// When its school begins and ends.
    pub(super) hours: Option<(Minute, Minute)>,
}

/// What stands beside a child's own row.
#[derive(Default)]
struct Beside {
    badges: BTreeMap<ChildId, Vec<Badge>>,
    households: BTreeMap<ChildId, Vec<HouseholdId>>,
    contacts: BTreeMap<ChildId, Vec<(Authority, Contact)>>,
}

impl Beside {
    /// Reads badges, households and contacts, each row beginning with its child.
    fn read(tx: &mut dyn Read, sql: [&str; 3], of: &[Value]) -> Result<Self, StoreError> {
        let [badges, households, contacts] = sql;
        let mut beside = Self::default();
        for row in tx.query(badges, of)? {
            let child = ChildId(row.uuid(0)?);
            beside.badges.entry(child).or_default().push(badge(&row)?);
        }
        for row in tx.query(households, of)? {
            let child = ChildId(row.uuid(0)?);
            let household = HouseholdId(row.uuid(1)?);
            beside.households.entry(child).or_default().push(household);
        }
        for row in tx.query(contacts, of)? {
            let child = ChildId(row.uuid(0)?);
            beside.contacts.entry(child).or_default().push(contact(&row)?);
        }
        Ok(beside)
    }
}

/// The children with a reservation, in French order of names.
pub(super) fn reserved(tx: &mut dyn Read, site: SiteId, date: NaiveDate) -> Result<Vec<Card>, StoreError> {
    let day = [date.into(), site.into()];
    let sql = [
        include_str!("../record/child/badges_of_day.sql"),
        include_str!("../record/child/households_of_day.sql"),
        include_str!("../record/child/contacts_of_day.sql"),
    ];
    let mut beside = Beside::read(tx, sql, &day)?;
    let rows = tx.query(include_str!("../record/child/of_day.sql"), &day)?;
    rows.iter().map(|row| card(row, &mut beside)).collect()
}

/// The children of a school or class, in French order of names.
pub(super) fn of_school(
    tx: &mut dyn Read,
    date: NaiveDate,
    school: Option<SchoolId>,
    class: Option<ClassId>,
) -> Result<Vec<Card>, StoreError> {
    let of = [school.into(), class.into(), date.into()];
    let sql = [
        include_str!("../record/child/badges_of_school.sql"),
        include_str!("../record/child/households_of_school.sql"),
        include_str!("../record/child/contacts_of_school.sql"),
    ];
    let mut beside = Beside::read(tx, sql, &of[..2])?;
    let rows = tx.query(include_str!("../record/child/of_school.sql"), &of)?;
    rows.iter().map(|row| card(row, &mut beside)).collect()
}

fn card(row: &Row, beside: &mut Beside) -> Result<Card, StoreError> {
    let id = ChildId(row.uuid(0)?);
    let phone = row.opt(7, Row::text)?;
    let small = |row: &Row, i| u8::try_from(row.int(i)?).map_err(|_| shape("symbol"));
    let symbol = match (row.opt(8, small)?, row.opt(9, small)?) {
        (Some(colour), Some(shape)) => Some(Symbol { colour, shape }),
        _ => None,
    };
    let known = beside.contacts.remove(&id).unwrap_or_default();
    let hours = match (row.opt(13, Row::minute)?, row.opt(14, Row::minute)?) {
        (Some(starts), Some(ends)) => Some((starts, ends)),
        _ => None,
    };
    Ok(Card {
        card: ListedChild {
            id,
            first_name: row.text(1)?,
            last_name: row.text(2)?,
            born: row.date(3)?,
            school: row.opt(4, Row::text)?,
            class: row.opt(5, Row::text)?,
            households: beside.households.remove(&id).unwrap_or_default(),
            badges: beside.badges.remove(&id).unwrap_or_default(),
            must_know: row.opt(6, Row::text)?,
            contacts: in_order(known, phone.as_deref()),
            phone,
            health: row.opt(10, Row::text)?,
            symbol,
        },
        school: row.opt(11, Row::uuid)?.map(SchoolId),
        class: row.opt(12, Row::uuid)?.map(ClassId),
        hours,
    })
}

fn badge(row: &Row) -> Result<Badge, StoreError> {
    let kind = match row.int(1)? {
        0 => BadgeKind::Pai,
        1 => BadgeKind::Allergy,
        2 => BadgeKind::Diet,
        3 => BadgeKind::LeavesAlone,
        4 => BadgeKind::ForbiddenCollector,
        _ => return Err(shape("badge")),
    };
    Ok(Badge {
        kind,
        text: row.text(2)?,
    })
}

fn contact(row: &Row) -> Result<(Authority, Contact), StoreError> {
    let authority = Authority::parse(&row.text(4)?).ok_or_else(|| shape("authority"))?;
    let name = format!("{} {}", row.text(1)?, row.text(2)?).trim().to_owned();
    let name = match authority {
        Authority::Full => name,
        Authority::None => format!("{name} (sans autorité parentale)"),
        Authority::ByJudgment => format!("{name} (autorité selon jugement)"),
    };
    let phone = row.text(3)?;
    Ok((authority, Contact { name, phone }))
}

/// Whom to call, in order: the child's own number, then those who hold parental authority, then
/// the others.
fn in_order(mut known: Vec<(Authority, Contact)>, first: Option<&str>) -> Vec<Contact> {
    let digits = |phone: &str| phone.chars().filter(char::is_ascii_digit).collect::<String>();
    let first = first.map(|phone| (digits(phone), phone));
    let is_first = |contact: &Contact| {
        first
            .as_ref()
            .is_some_and(|(wanted, _)| digits(&contact.phone) == *wanted)
    };
    known.sort_by_key(|(authority, contact)| (!is_first(contact), *authority == Authority::None));
    let mut contacts: Vec<Contact> = known.into_iter().map(|(_, contact)| contact).collect();
    if let Some((_, phone)) = &first
        && !contacts.iter().any(&is_first)
    {
        let own = Contact {
            name: "À appeler d’abord".to_owned(),
            phone: (*phone).to_owned(),
        };
        contacts.insert(0, own);
    }
    contacts.dedup();
    contacts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(authority: Authority, name: &str, phone: &str) -> (Authority, Contact) {
        let contact = Contact {
            name: name.into(),
            phone: phone.into(),
        };
        (authority, contact)
    }

    fn phones(contacts: &[Contact]) -> Vec<&str> {
        contacts.iter().map(|c| c.phone.as_str()).collect()
    }

    #[test]
    fn the_childs_own_number_comes_first_under_the_name_of_whose_it_is() {
        let known = vec![
            said(Authority::None, "Paul", "06 39 98 00 01"),
            said(Authority::Full, "Anna", "06 39 98 00 02"),
            said(Authority::Full, "Jean", "06 39 98 00 03"),
        ];
        let contacts = in_order(known.clone(), Some("0639980003"));
        assert_eq!(
            phones(&contacts),
            ["06 39 98 00 03", "06 39 98 00 02", "06 39 98 00 01"]
        );
        assert_eq!(contacts[0].name, "Jean");
        let contacts = in_order(known, Some("04 65 71 00 00"));
        assert_eq!(
            (contacts.len(), contacts[0].phone.as_str()),
            (4, "04 65 71 00 00")
        );
        assert!(in_order(Vec::new(), None).is_empty());
    }
}
