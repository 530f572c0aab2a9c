//! What the form of a member of the staff holds. A director reaches the staff of its own sites, and
//! leaves what a member does elsewhere as it is.

use server_ui::desk::form::{Flaw, FormState};
use server_ui::desk::structure::{Choices, Line, Part, StaffFacts, staff_line};
use shared::ids::{SiteId, StaffId};
use shared::operation::{Body, StaffRecord};
use uuid::Uuid;

use super::super::rights::Right;
use super::records::Kind;
use super::town::{Kept, Town, offered};
use crate::record::Versioned;

const NAME_MOST: usize = 120;
/// Roles as the record has them.
const ROLES: [&str; 5] = ["directeur", "animateur", "atsem", "restauration", "remplacant"];

impl Kind for StaffRecord {
    const PART: Part = Part::Staff;
    const EDIT: Right = Right::ManageStaff;
    const RETIRES: bool = false;
    const NAMED: &'static str = "nom";

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.staff
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn retired(&self, town: &Town) -> bool {
        self.until.is_some_and(|until| until < town.today)
    }

    fn within(&self, town: &Town) -> bool {
        town.reach.has_any(&self.sites)
    }

    fn has_secret(&self, town: &Town) -> bool {
        town.staff_with_code.contains(&self.id)
    }

    fn kept(&self) -> Kept {
        Kept {
            sites: self.sites.clone(),
            ..Kept::default()
        }
    }

    fn line(&self, town: &Town) -> Line {
        let facts = StaffFacts {
            sites: town.site_names(&self.sites),
            has_code: self.has_secret(town),
            over: self.retired(town),
        };
        staff_line(self, &facts)
    }

    fn blank(town: &Town) -> FormState {
        let within =
            |(site, _): &&Versioned<shared::operation::SiteRecord>| !site.retired && town.reach.has(site.id);
        let mut sites = town.sites.iter().filter(within);
        let only = sites.next().filter(|_| sites.next().is_none());
        FormState::default().with_maybe("sites", only.map(|(site, _)| site.id.to_string()))
    }

    fn fill(&self) -> FormState {
        FormState::default()
            .with("nom", &self.name)
            .with("role", &self.role)
            .with_all("sites", self.sites.iter().map(ToString::to_string))
            .with_maybe("jusqu", self.until.map(|until| until.to_string()))
    }

    fn read(
        form: &mut FormState,
        id: Uuid,
        before: Option<&Self>,
        choices: &Choices,
        town: &Town,
    ) -> Option<Self> {
        let name = form.text("nom", NAME_MOST);
        let role = form.choice("role", "", |word| ROLES.into_iter().find(|role| *role == word));
        let elsewhere: Vec<SiteId> = before
            .into_iter()
            .flat_map(|before| before.sites.iter().copied())
            .filter(|site| !town.reach.has(*site))
            .collect();
        let mut sites: Vec<SiteId> = form.choices("sites", |word| offered(&choices.sites, word).map(SiteId));
        // Nobody may be left without a site, and no director lets go of somebody else's staff.
        if sites.is_empty() {
            form.flaw("sites", Flaw::NoneChosen);
        }
        sites.extend(elsewhere);
        Some(Self {
            id: StaffId(id),
            name,
            role: role.to_owned(),
            sites,
            until: form.maybe_date("jusqu"),
        })
    }

    fn body(self) -> Body {
        Body::PutStaff { staff: self }
    }
}
