//! What a town sets up: schools, sites, classes, services, activities, staff and agents.
//!
//! Every part has a list, and a page for each record; [`Part`] says where they stand. What differs
//! between parts is what a line of the list tells ([`lines`]) and the fields of the form.

mod activities;
mod code;
mod index;
mod invitation;
mod lines;
mod list;
mod people;
mod places;
mod record;
mod words;

pub use activities::FORMULAS_MOST;
pub use code::{CodeGiven, CodePage, code_given_page, code_page};
pub use index::{IndexPage, PartCount, index_page};
pub use invitation::{DismissalPage, LinkGiven, dismissal_page, link_page};
pub use lines::{
    ActivityFacts, AgentFacts, AgentState, SiteFacts, StaffFacts, activity_line, agent_line, class_line,
    school_line, service_line, site_line, staff_line,
};
pub use list::{Line, ListPage, list_page};
pub use record::{Choices, Known, RecordPage, record_page};

use crate::words::t;

/// A part of what a town sets up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Schools.
    Schools,
    /// Places with tablets.
    Sites,
    /// Classes of schools.
    Classes,
    /// Services that activities belong to.
    Services,
    /// What is pointed.
    Activities,
    /// Who points.
    Staff,
    /// Who works at the desk.
    Agents,
}

impl Part {
    /// All of them, in the order a town is set up.
    pub const ALL: [Self; 7] = [
        Self::Schools,
        Self::Classes,
        Self::Sites,
        Self::Services,
        Self::Activities,
        Self::Staff,
        Self::Agents,
    ];

    /// Its word in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Schools => "ecoles",
            Self::Sites => "sites",
            Self::Classes => "classes",
            Self::Services => "services",
            Self::Activities => "activites",
            Self::Staff => "personnel",
            Self::Agents => "agents",
        }
    }

    /// Address of its list.
    pub fn address(self, slug: &str) -> String {
        format!("/{slug}/gestion/reglages/{}", self.word())
    }

    /// What it is called.
    fn title(self) -> String {
        match self {
            Self::Schools => t("structure-schools"),
            Self::Sites => t("structure-sites"),
            Self::Classes => t("structure-classes"),
            Self::Services => t("structure-services"),
            Self::Activities => t("structure-activities"),
            Self::Staff => t("structure-staff"),
            Self::Agents => t("structure-agents"),
        }
    }

    /// What it is for, in a sentence.
    fn said(self) -> String {
        match self {
            Self::Schools => t("structure-schools-said"),
            Self::Sites => t("structure-sites-said"),
            Self::Classes => t("structure-classes-said"),
            Self::Services => t("structure-services-said"),
            Self::Activities => t("structure-activities-said"),
            Self::Staff => t("structure-staff-said"),
            Self::Agents => t("structure-agents-said"),
        }
    }

    /// The button that makes a new one.
    fn new_words(self) -> String {
        match self {
            Self::Schools => t("structure-school-new"),
            Self::Sites => t("structure-site-new"),
            Self::Classes => t("structure-class-new"),
            Self::Services => t("structure-service-new"),
            Self::Activities => t("structure-activity-new"),
            Self::Staff => t("structure-staff-new"),
            Self::Agents => t("structure-agent-new"),
        }
    }

    /// What an empty list says.
    fn none_words(self) -> String {
        match self {
            Self::Schools => t("structure-schools-none"),
            Self::Sites => t("structure-sites-none"),
            Self::Classes => t("structure-classes-none"),
            Self::Services => t("structure-services-none"),
            Self::Activities => t("structure-activities-none"),
            Self::Staff => t("structure-staff-none"),
            Self::Agents => t("structure-agents-none"),
        }
    }
}
