//! « Ville de Démonstration »: an invented town, large enough to judge the software by.
//!
//! It is a pure function of a seed and a date. The same seed gives the same people with the same
//! ids on any date; the date says which days are booked, and which birthdays fit the classes.
//! Passwords need hashes and tablets need codes, which are the caller's to make.

mod accounts;
mod activities;
mod after_school;
mod bookings;
mod calendar;
mod dice;
mod families;
mod fill;
mod habits;
mod health;
mod manifest;
mod names;
mod pins;
mod places;
mod portal;
mod rules;
mod special;
mod staff;
#[cfg(test)]
mod tests;
mod wishes;

use chrono::NaiveDate;
use shared::ids::{AgentId, GuardianId, StaffId};
use shared::operation::Body;

pub use fill::fill;
pub use manifest::{
    AgentAccount, Family, FamilyChild, GuardianAccount, Manifest, Named, StaffMember, TabletCode,
};

use accounts::{Addresses, password};
use activities::ACTIVITIES;
use dice::Dice;
use families::{ACCOUNTS, Families, Kid};
use places::{SECTORS, SITES};

/// The name of the town.
pub const NAME: &str = "Ville de Démonstration";

/// A town, ready to be applied to a commune that has just been founded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Town {
    /// What to apply, in this order.
    pub bodies: Vec<Body>,
    /// What to write down; `slug` and `tablet_codes` are still to be filled in.
    pub manifest: Manifest,
    /// The passwords to set for agents.
    pub agent_passwords: Vec<AgentPassword>,
    /// The logins to set for guardians: all those of the families in the manifest.
    pub guardian_logins: Vec<GuardianLogin>,
    /// The PINs to set for the staff: all those of the manifest.
    pub staff_pins: Vec<StaffPin>,
}

/// An agent's password, in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentPassword {
    /// Whose.
    pub agent: AgentId,
    /// The password.
    pub password: String,
}

/// A guardian's login, its password in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardianLogin {
    /// Whose.
    pub guardian: GuardianId,
    /// The login: the e-mail.
    pub login: String,
    /// The password.
    pub password: String,
}

/// A PIN of the staff, in clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPin {
    /// Whose.
    pub staff: StaffId,
    /// Four digits.
    pub pin: String,
    /// The salt of its hash.
    pub salt: [u8; 16],
}

/// Makes the town of a seed, with the reservations around a date.
pub fn town(seed: u64, today: NaiveDate) -> Town {
    let mut bodies = Vec::new();
    let mut addresses = Addresses::default();
    places::put_schools_and_sites(seed, &mut bodies);
    let classes = places::put_classes(seed, &mut bodies);
    activities::put_activities(seed, &mut bodies);
    let (team, staff_pins) = staff::put_staff(seed, &mut bodies);
    let agents = staff::put_agents(seed, &mut addresses, &mut bodies);
    let year = calendar::school_year(today);
    let families = families::put_families(seed, year, &classes, &mut addresses, &mut bodies);
    bookings::put_reservations(seed, today, &families, &mut bodies);
    special::put_calendar(&mut bodies);
    special::put_exceptional_days(seed, today, &classes, &mut bodies);
    portal::put_portal(seed, today, &mut bodies);
    rules::put_rules(seed, today, &families, &mut bodies);

    let named = |slug: &str, name: &str| Named {
        slug: slug.into(),
        name: name.into(),
    };
    let (known, guardian_logins) = accounts_of(seed, &families);
    let agent_passwords = agents
        .iter()
        .map(|(agent, account)| AgentPassword {
            agent: *agent,
            password: account.password.clone(),
        })
        .collect();
    let manifest = Manifest {
        sites: SITES.iter().map(|site| named(site.slug, site.name)).collect(),
        activities: ACTIVITIES
            .iter()
            .map(|activity| named(activity.slug, activity.name))
            .collect(),
        agents: agents.into_iter().map(|(_, account)| account).collect(),
        families: known,
        staff: team,
        ..Manifest::default()
    };
    Town {
        bodies,
        manifest,
        agent_passwords,
        guardian_logins,
        staff_pins,
    }
}

/// The first families, with a login for each guardian.
fn accounts_of(seed: u64, families: &Families) -> (Vec<Family>, Vec<GuardianLogin>) {
    let mut logins = Vec::new();
    let mut known = Vec::new();
    for (home, record) in families.homes.iter().take(ACCOUNTS).enumerate() {
        let mut guardians = Vec::new();
        for guardian in &record.guardians {
            let Some(login) = guardian.email.clone() else {
                continue;
            };
            let mut dice = Dice::of(seed, "password", &[home as u64, guardians.len() as u64]);
            let password = password(&mut dice);
            guardians.push(GuardianAccount {
                email: login.clone(),
                password: password.clone(),
            });
            logins.push(GuardianLogin {
                guardian: guardian.id,
                login,
                password,
            });
        }
        let children = families
            .kids
            .iter()
            .filter(|kid| kid.homes.contains(&home))
            .map(listed)
            .collect();
        known.push(Family {
            name: record.name.clone(),
            guardians,
            children,
        });
    }
    (known, logins)
}

fn listed(kid: &Kid) -> FamilyChild {
    let site = kid.site.unwrap_or(SECTORS[kid.sector].wednesday);
    FamilyChild {
        id: kid.record.id,
        first_name: kid.record.first_name.clone(),
        last_name: kid.record.last_name.clone(),
        site: SITES[site].slug.to_owned(),
    }
}
