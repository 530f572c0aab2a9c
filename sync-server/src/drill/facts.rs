//! What a commune's record says, thing by thing and by identity: what is compared before and after.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::codec::{Hash32, encode};
use shared::digest::sheet_digest;
use shared::ids::{
    ActivityId, AgentId, ChildId, DeviceId, ExceptionalDayId, HouseholdId, MarkId, ReservationId, SiteId,
};
use shared::mark::{Kind as Tap, Mark, unpack};
use shared::sheet::Values;
use shared::sign::sha256;
use shared::withdrawal::{Subject, Withdrawn};

use crate::record;
use crate::returns;
use crate::store::{Read, Row, StoreError};

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// What was tapped of a child.
    Marks,
    /// Lists that were closed.
    Closings,
    /// Reservations that stand.
    Bookings,
    /// Reservations that were cancelled.
    Cancellations,
    /// Households, guardians and children.
    Families,
    /// Activities and exceptional days.
    Settings,
    /// Users of the desk.
    Agents,
    /// Tablets.
    Tablets,
    /// Rights taken away.
    Withdrawals,
}

impl Kind {
    /// All, as the table has them.
    pub(super) const ALL: [Self; 9] = [
        Self::Marks,
        Self::Closings,
        Self::Bookings,
        Self::Cancellations,
        Self::Families,
        Self::Settings,
        Self::Agents,
        Self::Tablets,
        Self::Withdrawals,
    ];

    /// Its word for tools.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Marks => "marks",
            Self::Closings => "closings",
            Self::Bookings => "bookings",
            Self::Cancellations => "cancellations",
            Self::Families => "families",
            Self::Settings => "settings",
            Self::Agents => "agents",
            Self::Tablets => "tablets",
            Self::Withdrawals => "withdrawals",
        }
    }

    /// Its name in the table.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Marks => "Pointages",
            Self::Closings => "Listes closes",
            Self::Bookings => "Réservations",
            Self::Cancellations => "Annulations",
            Self::Families => "Fiches des familles",
            Self::Settings => "Réglages",
            Self::Agents => "Agents",
            Self::Tablets => "Tablettes",
            Self::Withdrawals => "Retraits",
        }
    }
}

/// The identity of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// A mark about a child.
    Mark(MarkId),
    /// A mark that closed a list.
    Closing(MarkId),
    /// The standing reservation of a child, for an activity at a site on a date.
    Booking(returns::Key),
    /// A reservation that was cancelled.
    Cancellation(ReservationId),
    /// A household with its guardians.
    Household(HouseholdId),
    /// A child.
    Child(ChildId),
    /// An activity.
    Activity(ActivityId),
    /// An exceptional day.
    Day(ExceptionalDayId),
    /// An agent.
    Agent(AgentId),
    /// A tablet.
    Tablet(DeviceId),
    /// A right taken away.
    Withdrawal(Withdrawn, Subject),
}

impl Key {
    /// The line of the table it is counted in.
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Mark(_) => Kind::Marks,
            Self::Closing(_) => Kind::Closings,
            Self::Booking(_) => Kind::Bookings,
            Self::Cancellation(_) => Kind::Cancellations,
            Self::Household(_) | Self::Child(_) => Kind::Families,
            Self::Activity(_) | Self::Day(_) => Kind::Settings,
            Self::Agent(_) => Kind::Agents,
            Self::Tablet(_) => Kind::Tablets,
            Self::Withdrawal(..) => Kind::Withdrawals,
        }
    }

    /// How a mark is counted.
    pub(super) fn of_mark(id: MarkId, mark: &Mark) -> Self {
        match mark.kind {
            Tap::Close { .. } => Self::Closing(id),
            _ => Self::Mark(id),
        }
    }
}

/// What a record says: each thing with the digest of all that is said of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// The things.
    pub(super) things: BTreeMap<Key, Hash32>,
    /// The digest of each sheet, by the short name of its site.
    pub(super) sheets: BTreeMap<(String, NaiveDate), Hash32>,
    /// What every reservation ever made is about.
    pub(super) reservations: BTreeMap<ReservationId, returns::Key>,
    /// The standing ones by what they are about.
    pub(super) standing: BTreeMap<returns::Key, ReservationId>,
    /// The households of each child.
    pub(super) homes: BTreeMap<ChildId, Vec<HouseholdId>>,
    /// Who and what is spoken of.
    pub(super) names: Names,
}

/// Names, for what is said to a person.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Short names and names of sites.
    pub(super) sites: BTreeMap<SiteId, (String, String)>,
    /// Short names and names of activities.
    pub(super) activities: BTreeMap<ActivityId, (String, String)>,
    people: BTreeMap<Key, String>,
    taps: BTreeMap<MarkId, Mark>,
    cancelled: BTreeMap<ReservationId, returns::Key>,
}

/// Reads everything that is compared.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn read(tx: &mut dyn Read) -> Result<Facts, StoreError> {
    let mut facts = Facts::default();
    places(tx, &mut facts)?;
    people(tx, &mut facts)?;
    bookings(tx, &mut facts)?;
    rights(tx, &mut facts)?;
    for row in tx.query(include_str!("../record/mark/sheets.sql"), &[])? {
        sheet(tx, &mut facts, SiteId(row.uuid(0)?), row.date(1)?)?;
    }
    Ok(facts)
}

fn digest(content: &impl minicbor::Encode<()>) -> Hash32 {
    sha256(&[&encode(content)])
}

fn places(tx: &mut dyn Read, facts: &mut Facts) -> Result<(), StoreError> {
    for (site, _) in record::sites(tx)? {
        let names = (site.slug.to_string(), site.name);
        facts.names.sites.insert(site.id, names);
    }
    for (activity, _) in record::activities(tx)? {
        let names = (activity.slug.to_string(), activity.name.clone());
        facts.names.activities.insert(activity.id, names);
        facts.put(Key::Activity(activity.id), digest(&activity), activity.name);
    }
    for (day, _) in record::exceptional_days(tx)? {
        let said = format!("{} du {}", day.words, day.from.format("%d/%m/%Y"));
        facts.put(Key::Day(day.id), digest(&day), said);
    }
    Ok(())
}

fn people(tx: &mut dyn Read, facts: &mut Facts) -> Result<(), StoreError> {
    for (mut household, _) in record::households(tx)? {
        household.guardians.sort_by_key(|guardian| guardian.id);
        let said = format!("fiche du foyer {}", household.name);
        facts.put(Key::Household(household.id), digest(&household), said);
    }
    for (mut child, _) in record::children(tx)? {
        child.households.sort();
        let said = format!("{} {}", child.last_name, child.first_name);
        facts.put(Key::Child(child.id), digest(&child), said);
        facts.homes.insert(child.id, child.households);
    }
    let with_password = record::agents_with_password(tx)?;
    for (agent, _) in record::agents(tx)? {
        // An agent who can no longer log in with the password of before has lost something.
        let content = sha256(&[&encode(&agent), &[u8::from(with_password.contains(&agent.id))]]);
        let said = format!("agent {}", agent.email);
        facts.put(Key::Agent(agent.id), content, said);
    }
    Ok(())
}

fn bookings(tx: &mut dyn Read, facts: &mut Facts) -> Result<(), StoreError> {
    for row in tx.query(include_str!("sql/reservations.sql"), &[])? {
        let id = ReservationId(row.uuid(0)?);
        let key = (
            SiteId(row.uuid(3)?),
            row.date(4)?,
            ActivityId(row.uuid(2)?),
            ChildId(row.uuid(1)?),
        );
        facts.reservations.insert(id, key);
        if row.is_null(13) {
            facts.things.insert(Key::Booking(key), details(&row)?);
            facts.standing.insert(key, id);
        } else {
            facts.things.insert(Key::Cancellation(id), Hash32::ZERO);
            facts.names.cancelled.insert(id, key);
        }
    }
    Ok(())
}

/// Everything that is said of a reservation beside whose, what, where and when.
fn details(row: &Row) -> Result<Hash32, StoreError> {
    let numbers = [
        row.opt(7, Row::int)?,
        row.opt(9, Row::int)?,
        row.opt(10, Row::int)?,
    ];
    let texts = [
        row.opt(6, Row::text)?,
        row.opt(8, Row::text)?,
        row.opt(11, Row::text)?,
        row.opt(12, Row::text)?,
    ];
    let formula = row.opt(5, Row::uuid)?;
    let all = format!("{formula:?} {numbers:?} {texts:?}");
    Ok(sha256(&[all.as_bytes()]))
}

fn rights(tx: &mut dyn Read, facts: &mut Facts) -> Result<(), StoreError> {
    for row in tx.query(include_str!("../record/device/all.sql"), &[])? {
        let said = format!("tablette « {} »", row.text(1)?);
        facts.put(Key::Tablet(DeviceId(row.uuid(0)?)), Hash32::ZERO, said);
    }
    for kind in Withdrawn::ALL {
        let params = [kind.as_str().into()];
        for row in tx.query(include_str!("../record/withdrawal/of_kind.sql"), &params)? {
            let subject = row.uuid(0)?;
            let key = Key::Withdrawal(kind, subject.into());
            facts.put(
                key,
                Hash32::ZERO,
                format!("retrait ({} {subject})", kind.as_str()),
            );
        }
    }
    Ok(())
}

fn sheet(tx: &mut dyn Read, facts: &mut Facts, site: SiteId, date: NaiveDate) -> Result<(), StoreError> {
    let mut values = Values::new();
    let params = [site.into(), date.into()];
    for row in tx.query(include_str!("../record/mark/of_sheet.sql"), &params)? {
        values
            .entry(MarkId(row.uuid(0)?))
            .or_default()
            .insert(row.bytes(1)?);
    }
    let pairs = values
        .iter()
        .flat_map(|(id, all)| all.iter().map(move |value| (*id, value.as_slice())));
    let digest = sheet_digest(pairs);
    facts.take_marks(&values);
    let slug = facts.names.sites.get(&site).map(|(slug, _)| slug.clone());
    facts
        .sheets
        .insert((slug.unwrap_or_else(|| site.to_string()), date), digest);
    Ok(())
}

impl Facts {
    fn put(&mut self, key: Key, content: Hash32, said: String) {
        self.things.insert(key, content);
        self.names.people.insert(key, said);
    }

    /// Adds the marks of a sheet that are not there yet, whoever holds it; answers all of them.
    pub(super) fn take_marks(&mut self, marks: &Values) -> Vec<Key> {
        let mut taken = Vec::new();
        for (id, values) in marks {
            let Some(mark) = values.iter().find_map(|value| unpack(value).ok()) else {
                continue;
            };
            let all: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
            let key = Key::of_mark(*id, &mark);
            self.things.entry(key).or_insert_with(|| sha256(&all));
            self.names.taps.insert(*id, mark);
            taken.push(key);
        }
        taken
    }
}

impl Names {
    /// A thing, said to a person.
    pub(super) fn say(&self, key: &Key) -> String {
        match key {
            Key::Mark(id) | Key::Closing(id) => self.tap(*id),
            Key::Booking(about) => format!("réservation de {}", self.about(about)),
            Key::Cancellation(id) => match self.cancelled.get(id) {
                Some(about) => format!("annulation de {}", self.about(about)),
                None => format!("annulation {id}"),
            },
            _ => self
                .people
                .get(key)
                .cloned()
                .unwrap_or_else(|| format!("{key:?}")),
        }
    }

    fn about(&self, (site, date, activity, child): &returns::Key) -> String {
        format!(
            "{}, {} à {}, le {}",
            self.child(*child),
            self.activity(*activity),
            self.site(*site),
            date.format("%d/%m/%Y")
        )
    }

    fn tap(&self, id: MarkId) -> String {
        let Some(mark) = self.taps.get(&id) else {
            return format!("pointage {id}");
        };
        let what = match mark.kind {
            Tap::In => "arrivée",
            Tap::Out => "départ",
            Tap::Absent { .. } => "absence",
            Tap::Close { .. } => "clôture de la liste",
            _ => "pointage",
        };
        let whose = mark.child.map(|child| format!(" de {}", self.child(child)));
        format!(
            "{what}{}, {}, {} ({id})",
            whose.unwrap_or_default(),
            self.activity(mark.activity),
            mark.device_time
        )
    }

    fn child(&self, id: ChildId) -> String {
        self.people
            .get(&Key::Child(id))
            .cloned()
            .unwrap_or_else(|| id.to_string())
    }

    fn activity(&self, id: ActivityId) -> String {
        self.activities
            .get(&id)
            .map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }

    fn site(&self, id: SiteId) -> String {
        self.sites
            .get(&id)
            .map_or_else(|| id.to_string(), |(_, name)| name.clone())
    }

    /// The activity with a short name.
    pub(super) fn activity_named(&self, slug: &str) -> Option<ActivityId> {
        let mut all = self.activities.iter();
        all.find(|(_, (short, _))| short == slug).map(|(id, _)| *id)
    }

    /// The site with a short name.
    pub(super) fn site_named(&self, slug: &str) -> Option<SiteId> {
        let mut all = self.sites.iter();
        all.find(|(_, (short, _))| short == slug).map(|(id, _)| *id)
    }
}
