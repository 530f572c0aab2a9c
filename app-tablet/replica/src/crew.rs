//! Who points: the staff of the site cards, those a director took on for the day, and the count
//! of wrong PINs. All of it works without a line.

use std::collections::BTreeMap;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{OptionalExtension, params};
use shared::codec::{Hash32, decode, encode};
use shared::fold::Fold;
use shared::ids::{ActivityId, MarkId, StaffId, mint};
use shared::mark::{Kind, Substitute};
use shared::seal;
use shared::text::search_key;
use uuid::Uuid;

use crate::clock::{Moment, random};
use crate::day::Lists;
use crate::error::ReplicaError;
use crate::point::{Draft, LONGEST_NAME, Target};
use crate::tablet::Tablet;

/// Minutes without a touch after which the screens ask who points.
pub(crate) const IDLE_MINUTES: u32 = 5;
/// Wrong PINs in a row that lock a person.
pub(crate) const FAILURES: u32 = 6;
/// The role that may take on substitutes and unlock colleagues.
pub(crate) const DIRECTOR: &str = "directeur";
/// The role of those taken on for the day.
const SUBSTITUTE: &str = "remplacant";

/// A member of the staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    pub(crate) id: StaffId,
    pub(crate) name: String,
    pub(crate) role: String,
    pub(crate) pin: Option<String>,
}

/// The staff of this tablet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Staff {
    /// By name.
    pub(crate) members: Vec<Member>,
    /// Somebody has a PIN, even if their last day is over: names are not shown to nobody.
    pub(crate) needed: bool,
}

/// Who holds the tablet.
#[derive(Clone, Debug)]
pub(crate) struct Holder {
    /// Their id: it stands on every mark they make.
    pub(crate) staff: StaffId,
    /// The PIN they showed, as hashed: a new one from the town hall ends their turn.
    pin: String,
    /// The last command.
    seen: Moment,
}

impl Staff {
    /// A member by id.
    pub(crate) fn member(&self, id: StaffId) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }
}

impl Member {
    pub(crate) fn is_director(&self) -> bool {
        self.role == DIRECTOR
    }
}

fn argon() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The PHC form of a PIN. Takes tens of milliseconds.
pub(crate) fn hashed(pin: &str) -> String {
    let salt = SaltString::encode_b64(&random::<16>());
    let hashed = salt.and_then(|salt| {
        argon()
            .hash_password(pin.as_bytes(), &salt)
            .map(|phc| phc.to_string())
    });
    hashed.unwrap_or_default()
}

/// Whether a PIN is the one hashed. Takes tens of milliseconds.
pub(crate) fn verifies(pin: &str, phc: &str) -> bool {
    PasswordHash::new(phc).is_ok_and(|phc| argon().verify_password(pin.as_bytes(), &phc).is_ok())
}

/// Those taken on for a day whose words can be opened.
pub(crate) fn substitutes(fold: &Fold, key: &Hash32) -> impl Iterator<Item = (StaffId, Substitute)> {
    fold.substitutes.iter().filter_map(|(id, (mark, sealed))| {
        let bytes = seal::open_bytes(key, *mark, sealed)?;
        Some((*id, decode(&bytes).ok()?))
    })
}

impl Tablet {
    /// The staff of this tablet's sites, those taken on today included.
    pub(crate) fn staff(&mut self, lists: &mut Lists) -> Result<Staff, ReplicaError> {
        let today = self.today();
        let mut staff = Staff::default();
        let mut members: BTreeMap<StaffId, Member> = BTreeMap::new();
        let cards = self.cards(lists)?;
        for person in cards.iter().flat_map(|card| &card.staff) {
            staff.needed |= person.pin.is_some();
            if person.until.is_none_or(|until| until >= today) {
                members.entry(person.id).or_insert_with(|| Member {
                    id: person.id,
                    name: person.name.clone(),
                    role: person.role.clone(),
                    pin: person.pin.clone(),
                });
            }
        }
        let directors: Vec<StaffId> = members
            .values()
            .filter(|m| m.is_director())
            .map(|m| m.id)
            .collect();
        let fold = self.fold_of_date(lists, today)?;
        if !fold.substitutes.is_empty()
            && let Some(card) = cards.first()
        {
            let marks = self.marks_of_date(today)?;
            for (id, person) in substitutes(&fold, &card.note_key) {
                let mark = fold.substitutes.get(&id).map(|(mark, _)| *mark);
                let author = mark.and_then(|mark| marks.get(mark)?.1.staff);
                if author.is_some_and(|author| directors.contains(&author)) {
                    members.entry(id).or_insert_with(|| Member {
                        id,
                        name: person.name,
                        role: SUBSTITUTE.to_owned(),
                        pin: Some(person.pin),
                    });
                }
            }
        }
        staff.members = members.into_values().collect();
        staff
            .members
            .sort_by_cached_key(|member| (search_key(&member.name), member.id));
        Ok(staff)
    }

    /// Who holds the tablet, if their turn is not over: too long without a command, not of the
    /// staff any more, or another PIN since.
    pub(crate) fn holder(&mut self, staff: &Staff) -> Option<StaffId> {
        let now = self.clock.now();
        let idle_ms = u64::from(IDLE_MINUTES) * 2 * 60_000;
        self.holder = self.holder.take().filter(|holder| {
            let theirs = staff
                .member(holder.staff)
                .is_some_and(|m| m.pin.as_deref() == Some(&holder.pin));
            let idle = now.mono_ms.saturating_sub(holder.seen.mono_ms) > idle_ms;
            theirs && !idle && now.boot == holder.seen.boot
        });
        self.holder.as_ref().map(|holder| holder.staff)
    }

    /// Lets a command pass that shows or writes children, and counts as a sign of life.
    pub(crate) fn admit(&mut self, lists: &mut Lists) -> Result<(), ReplicaError> {
        let staff = self.staff(lists)?;
        let held = self.holder(&staff).is_some();
        if staff.needed && !held {
            return Err(ReplicaError::NobodyHolds);
        }
        let now = self.clock.now();
        if let Some(holder) = &mut self.holder {
            holder.seen = now;
        }
        Ok(())
    }

    /// Somebody showed the right PIN.
    pub(crate) fn hand_to(&mut self, member: StaffId, pin: &str) {
        self.holder = Some(Holder {
            staff: member,
            pin: pin.to_owned(),
            seen: self.clock.now(),
        });
    }

    /// Wrong PINs in a row against this PIN.
    pub(crate) fn failures(&self, staff: StaffId, pin: &str) -> Result<u32, ReplicaError> {
        let failures: Option<i64> = self
            .db
            .reader()
            .prepare_cached(include_str!("store/sql/pin_failures.sql"))?
            .query_row(params![staff.as_bytes(), pin], |row| row.get(0))
            .optional()?;
        Ok(u32::try_from(failures.unwrap_or(0)).unwrap_or(FAILURES))
    }

    /// Counts an attempt before it is looked at: neither haste nor a cut of the power wins one.
    pub(crate) fn count(&self, staff: StaffId, pin: &str, failures: u32) -> Result<(), ReplicaError> {
        self.db
            .reader()
            .prepare_cached(include_str!("store/sql/pin_put.sql"))?
            .execute(params![staff.as_bytes(), pin, failures])?;
        Ok(())
    }

    /// Forgets the attempts of a person: they showed the right PIN, or a director says so.
    pub(crate) fn forgive(&self, staff: StaffId) -> Result<(), ReplicaError> {
        self.db
            .reader()
            .prepare_cached(include_str!("store/sql/pin_clear.sql"))?
            .execute([staff.as_bytes()])?;
        Ok(())
    }

    /// Takes somebody on for today, on every site of this tablet; the other tablets learn it with
    /// the sheets.
    pub(crate) fn take_on(&mut self, name: &str, phc: String) -> Result<Vec<MarkId>, ReplicaError> {
        let name = name.trim().to_owned();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(ReplicaError::Refused(format!(
                "Écrivez le nom de la personne, en {LONGEST_NAME} caractères au plus."
            )));
        }
        let substitute = StaffId(mint(self.clock.now().wall, random()));
        let words = encode(&Substitute { name, pin: phc });
        let date = self.today();
        let mut drafts = Vec::new();
        for site in self.enrolled()?.sites().to_vec() {
            let (key, words) = (self.note_key(site)?, words.clone());
            let target = Target {
                site,
                date,
                activity: ActivityId(Uuid::nil()),
            };
            drafts.push(Draft::sealed(target, None, move |id| Kind::Welcome {
                staff: substitute,
                sealed: seal::seal_bytes(&key, id, &words).into(),
            }));
        }
        self.write_all(drafts)
    }
}
