//! What the list of each part tells of a record.

use chrono::NaiveDate;
use shared::operation::{
    ActivityRecord, AgentRecord, ClassRecord, SchoolRecord, ServiceRecord, SiteRecord, StaffRecord,
};

use super::list::Line;
use super::{Part, words};
use crate::words::t;

/// The heads of the columns after the name.
pub(super) fn heads(part: Part) -> Vec<String> {
    match part {
        Part::Schools => vec![
            t("structure-school-kind"),
            t("structure-school-week"),
            t("structure-hours"),
            t("structure-classes"),
        ],
        Part::Sites => vec![
            t("structure-school"),
            t("structure-phone"),
            t("structure-layout"),
            t("structure-activities"),
        ],
        Part::Classes => vec![t("structure-school"), t("structure-level")],
        Part::Services => vec![t("structure-activities")],
        Part::Activities => vec![
            t("structure-service"),
            t("structure-mode"),
            t("structure-weekdays"),
            t("structure-hours"),
            t("structure-sites"),
            t("structure-formulas"),
        ],
        Part::Staff => vec![
            t("structure-role"),
            t("structure-sites"),
            t("structure-until"),
            t("structure-code"),
        ],
        Part::Agents => vec![
            t("structure-email"),
            t("structure-role"),
            t("structure-sites"),
            t("structure-account"),
        ],
    }
}

/// A school and how many classes it has.
pub fn school_line(school: &SchoolRecord, classes: usize) -> Line {
    Line {
        id: school.id.to_string(),
        name: school.name.clone(),
        cells: vec![
            words::kind_of_school(school.kind),
            words::week(school.half_days),
            words::hours(school.starts, school.ends),
            classes.to_string(),
        ],
        retired: school.retired,
    }
}

/// What the list tells of a site besides its record.
#[derive(Clone, Debug)]
pub struct SiteFacts {
    /// Name of its school.
    pub school: Option<String>,
    /// Names of what takes place there.
    pub activities: Vec<String>,
}

/// A site.
pub fn site_line(site: &SiteRecord, facts: &SiteFacts) -> Line {
    Line {
        id: site.id.to_string(),
        name: site.name.clone(),
        cells: vec![
            facts.school.clone().unwrap_or_default(),
            site.phone.clone().unwrap_or_default(),
            if site.nursery {
                t("structure-nursery")
            } else {
                t("structure-not-nursery")
            },
            facts.activities.join(", "),
        ],
        retired: site.retired,
    }
}

/// A class and the name of its school.
pub fn class_line(class: &ClassRecord, school: String) -> Line {
    Line {
        id: class.id.to_string(),
        name: class.name.clone(),
        cells: vec![school, class.level.clone()],
        retired: class.retired,
    }
}

/// A service and the names of its activities.
pub fn service_line(service: &ServiceRecord, activities: &[String]) -> Line {
    Line {
        id: service.id.to_string(),
        name: service.name.clone(),
        cells: vec![activities.join(", ")],
        retired: service.retired,
    }
}

/// What the list tells of an activity besides its record.
#[derive(Clone, Debug)]
pub struct ActivityFacts {
    /// Name of its service.
    pub service: String,
    /// Names of its sites.
    pub sites: Vec<String>,
}

/// An activity.
pub fn activity_line(activity: &ActivityRecord, facts: &ActivityFacts) -> Line {
    let formulas: Vec<String> = activity
        .formulas
        .iter()
        .map(|formula| formula.name.clone())
        .collect();
    let sites = match activity.capacity {
        Some(_) => format!(
            "{} ({})",
            facts.sites.join(", "),
            words::places(activity.capacity)
        ),
        None => facts.sites.join(", "),
    };
    Line {
        id: activity.id.to_string(),
        name: activity.name.clone(),
        cells: vec![
            facts.service.clone(),
            words::mode(activity.mode),
            words::weekdays(activity.weekdays),
            words::hours(activity.opens, activity.closes),
            sites,
            formulas.join(", "),
        ],
        retired: activity.retired,
    }
}

/// What the list tells of a member of the staff besides its record.
#[derive(Clone, Debug)]
pub struct StaffFacts {
    /// Names of its sites.
    pub sites: Vec<String>,
    /// Whether it has a PIN.
    pub has_code: bool,
    /// Its last day is over.
    pub over: bool,
}

/// A member of the staff.
pub fn staff_line(member: &StaffRecord, facts: &StaffFacts) -> Line {
    Line {
        id: member.id.to_string(),
        name: member.name.clone(),
        cells: vec![
            words::staff_role(&member.role),
            facts.sites.join(", "),
            member.until.map(day).unwrap_or_default(),
            if facts.has_code {
                t("structure-code-has")
            } else {
                t("structure-code-none")
            },
        ],
        retired: facts.over,
    }
}

fn day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// Where an agent's account stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentState {
    /// Invited: has no password yet.
    Invited,
    /// Has chosen a password.
    Active,
    /// Its rights were taken away.
    Dismissed,
}

/// What the list tells of an agent besides its record.
#[derive(Clone, Debug)]
pub struct AgentFacts {
    /// Names of a director's sites.
    pub sites: Vec<String>,
    /// Where its account stands.
    pub state: AgentState,
}

/// A user of the desk.
pub fn agent_line(agent: &AgentRecord, facts: &AgentFacts) -> Line {
    Line {
        id: agent.id.to_string(),
        name: agent.name.clone(),
        cells: vec![
            agent.email.clone(),
            words::role(agent.role),
            if agent.role == shared::operation::Role::Directeur {
                facts.sites.join(", ")
            } else {
                t("structure-sites-all")
            },
            match facts.state {
                AgentState::Invited => t("structure-account-invited"),
                AgentState::Active => t("structure-account-active"),
                AgentState::Dismissed => t("structure-account-dismissed"),
            },
        ],
        retired: facts.state == AgentState::Dismissed,
    }
}

#[cfg(test)]
mod tests {
    use shared::operation::SchoolKind;

    use super::*;
    use crate::words::t1;

    #[test]
    fn a_school_is_told_in_words() {
        let school = SchoolRecord {
            id: shared::ids::SchoolId(Default::default()),
            name: "École Jaurès".into(),
            kind: SchoolKind::Outside,
            half_days: 9,
            starts: shared::codec::Minute::new(8, 30),
            ends: shared::codec::Minute::new(16, 30),
            retired: false,
        };
        let line = school_line(&school, 3);
        assert_eq!(line.cells[1], "4\u{a0}jours et demi");
        assert_eq!(line.cells[2], "8\u{a0}h\u{a0}30 – 16\u{a0}h\u{a0}30");
        assert_eq!(words::weekdays(0b1_1011), "lun., mar., jeu., ven.");
        assert_eq!(t1("structure-capacity", "count", 40), "40\u{a0}places");
    }
}
