//! Who works for the town: those who point at the sites, and the users of the desk.

use shared::ids::{AgentId, StaffId};
use shared::operation::{AgentRecord, Body, Role, StaffRecord};

use super::StaffPin;
use super::accounts::{Addresses, password};
use super::dice::{Dice, id};
use super::manifest::{AgentAccount, StaffMember};
use super::names;
use super::places::{SITES, site_id};

/// The roles at each site, in the order of [`SITES`].
const TEAMS: [&[&str]; 6] = [
    &["directeur", "animateur", "animateur", "atsem", "restauration"],
    &["directeur", "animateur", "atsem", "restauration"],
    &["directeur", "animateur", "animateur", "restauration"],
    &["directeur", "animateur", "animateur", "atsem", "restauration"],
    &["directeur", "animateur", "animateur", "atsem", "restauration"],
    &["directeur", "animateur", "animateur"],
];

fn person(dice: &mut Dice) -> (&'static str, &'static str) {
    let first_names = if dice.percent(70) {
        names::WOMEN
    } else {
        names::MEN
    };
    (dice.pick(first_names), dice.pick(names::LAST))
}

/// Adds the teams of the sites and one substitute for all of them; their PINs are for the caller
/// to set.
pub(super) fn put_staff(seed: u64, bodies: &mut Vec<Body>) -> (Vec<StaffMember>, Vec<StaffPin>) {
    let mut n = 0;
    let (mut team, mut pins) = (Vec::new(), Vec::new());
    let mut put = |role: &str, sites: Vec<usize>| {
        let (first_name, last_name) = person(&mut Dice::of(seed, "staff name", &[n]));
        let staff = StaffRecord {
            until: None,
            id: StaffId(id(seed, "staff", &[n])),
            name: format!("{first_name} {last_name}"),
            role: role.into(),
            sites: sites.iter().map(|site| site_id(seed, *site)).collect(),
        };
        let mut dice = Dice::of(seed, "staff pin", &[n]);
        let pin = format!("{:04}", dice.below(10_000));
        team.push(StaffMember {
            name: staff.name.clone(),
            role: staff.role.clone(),
            site: match sites[..] {
                [site] => SITES[site].slug.to_owned(),
                _ => String::new(),
            },
            pin: pin.clone(),
        });
        pins.push(StaffPin {
            staff: staff.id,
            pin,
            salt: dice.uuid().into_bytes(),
        });
        bodies.push(Body::PutStaff { staff });
        n += 1;
    };
    for (site, team) in TEAMS.into_iter().enumerate() {
        for role in team {
            put(role, vec![site]);
        }
    }
    put("remplacant", (0..SITES.len()).collect());
    (team, pins)
}

/// Adds two agents per role, directors with a site each; their passwords are for the caller to set.
pub(super) fn put_agents(
    seed: u64,
    addresses: &mut Addresses,
    bodies: &mut Vec<Body>,
) -> Vec<(AgentId, AgentAccount)> {
    let mut accounts = Vec::new();
    for role in Role::ALL.into_iter().flat_map(|role| [role, role]) {
        let n = accounts.len() as u64;
        let mut dice = Dice::of(seed, "agent name", &[n]);
        let (first_name, last_name) = person(&mut dice);
        let agent = AgentRecord {
            sites: if role == Role::Directeur {
                vec![site_id(seed, accounts.len() % SITES.len())]
            } else {
                Vec::new()
            },
            id: AgentId(id(seed, "agent", &[n])),
            email: addresses.of(first_name, last_name),
            name: format!("{first_name} {last_name}"),
            role,
        };
        let account = AgentAccount {
            email: agent.email.clone(),
            password: password(&mut dice),
            role: role.as_str().to_owned(),
        };
        accounts.push((agent.id, account));
        bodies.push(Body::PutAgent { agent });
    }
    accounts
}
