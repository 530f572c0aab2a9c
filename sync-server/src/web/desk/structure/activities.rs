//! What the form of an activity holds: its formulas stand in numbered lines, added and taken out by
//! buttons that send the form without saving it.

use server_ui::desk::form::{Flaw, FormState};
use server_ui::desk::structure::{ActivityFacts, Choices, FORMULAS_MOST, Line, Part, activity_line};
use shared::ids::{ActivityId, FormulaId, ServiceId, SiteId};
use shared::mode::Mode;
use shared::operation::{ActivityRecord, Body, FormulaRecord, Meal};
use shared::slug::Slug;
use uuid::Uuid;

use super::places::{clock, in_order, others, short_name};
use super::records::Kind;
use super::town::{Kept, Town, offered};
use crate::clock::random;
use crate::record::Versioned;
use crate::short_names::made_from;

const NAME_MOST: usize = 120;
const PLACES_MOST: i64 = 9_999;

impl Kind for ActivityRecord {
    const PART: Part = Part::Activities;

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.activities
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn retired(&self, _: &Town) -> bool {
        self.retired
    }

    fn retire(&mut self, retired: bool) {
        self.retired = retired;
    }

    fn kept(&self) -> Kept {
        Kept {
            sites: self.sites.clone(),
            services: vec![self.service],
            ..Kept::default()
        }
    }

    fn line(&self, town: &Town) -> Line {
        let facts = ActivityFacts {
            service: town.service_name(self.service),
            sites: town.site_names(&self.sites),
        };
        activity_line(self, &facts)
    }

    fn blank(town: &Town) -> FormState {
        let mut services = town.services.iter().filter(|(service, _)| !service.retired);
        let only = services.next().filter(|_| services.next().is_none());
        let mut sites = town.sites.iter().filter(|(site, _)| !site.retired);
        let site = sites.next().filter(|_| sites.next().is_none());
        FormState::default()
            .with_maybe("service", only.map(|(service, _)| service.id.to_string()))
            .with_maybe("sites", site.map(|(site, _)| site.id.to_string()))
            .with_weekdays("jours", 0b1_1011)
            .with("formules", "0")
    }

    fn fill(&self) -> FormState {
        let form = FormState::default()
            .with("nom", &self.name)
            .with("service", self.service.to_string())
            .with("mode", self.mode.as_str())
            .with_weekdays("jours", self.weekdays)
            .with("debut", clock(self.opens))
            .with("fin", clock(self.closes))
            .with_all("sites", self.sites.iter().map(ToString::to_string))
            .with_maybe("places", self.capacity.map(|places| places.to_string()))
            .with("identifiant", self.slug.as_str())
            .with("formules", self.formulas.len().to_string());
        self.formulas.iter().enumerate().fold(form, |form, (n, formula)| {
            form.with(format!("formule-{n}-id"), formula.id.to_string())
                .with(format!("formule-{n}-mot"), formula.slug.as_str())
                .with(format!("formule-{n}-nom"), &formula.name)
                .with(format!("formule-{n}-repas"), formula.meal.as_str())
        })
    }

    fn reshaped(form: &mut FormState) -> bool {
        let asked = form.value("faire").to_owned();
        let count = lines(form);
        if asked == "formule" && count < FORMULAS_MOST {
            form.set("formules", (count + 1).to_string());
            return true;
        }
        let Some(gone) = asked.strip_prefix("sans-").and_then(|n| n.parse::<usize>().ok()) else {
            return false;
        };
        for n in gone..count {
            for part in ["id", "mot", "nom", "repas"] {
                let next = form.value(&format!("formule-{}-{part}", n + 1)).to_owned();
                form.set(&format!("formule-{n}-{part}"), next);
            }
        }
        form.set("formules", count.saturating_sub(1).to_string());
        true
    }

    fn read(
        form: &mut FormState,
        id: Uuid,
        before: Option<&Self>,
        choices: &Choices,
        town: &Town,
    ) -> Option<Self> {
        let name = form.text("nom", NAME_MOST);
        let service = form.choice("service", Uuid::nil(), |word| offered(&choices.services, word));
        let mode = form.choice("mode", Mode::default(), Mode::parse);
        let weekdays = form.weekdays("jours");
        let (opens, closes) = (form.time("debut"), form.time("fin"));
        let sites: Vec<SiteId> = form.choices("sites", |word| offered(&choices.sites, word).map(SiteId));
        let capacity = form.maybe_number("places", 1, PLACES_MOST);
        let formulas = formulas(form, before);
        let taken: Vec<&str> = others(&town.activities, id)
            .map(|activity| activity.slug.as_str())
            .collect();
        let slug = short_name(
            form,
            &name,
            before.map(|activity| &activity.slug),
            "activite",
            &taken,
        )?;
        in_order(form, opens, closes);
        Some(Self {
            id: ActivityId(id),
            slug,
            name,
            service: ServiceId(service),
            mode,
            weekdays,
            opens,
            closes,
            sites,
            formulas,
            retired: before.is_some_and(|before| before.retired),
            capacity: capacity.and_then(|places| u32::try_from(places).ok()),
        })
    }

    fn body(self) -> Body {
        Body::PutActivity { activity: self }
    }
}

/// How many lines of formulas the form has.
fn lines(form: &FormState) -> usize {
    let count = form.value("formules").parse::<usize>().unwrap_or(0);
    count.min(FORMULAS_MOST)
}

/// The formulas of the form. One that stood before keeps its id and its short name, whatever it is
/// called now: reservations name it.
fn formulas(form: &mut FormState, before: Option<&ActivityRecord>) -> Vec<FormulaRecord> {
    let mut made: Vec<FormulaRecord> = Vec::new();
    for n in 0..lines(form) {
        let (named, eaten) = (format!("formule-{n}-nom"), format!("formule-{n}-repas"));
        let name = form.text(&named, NAME_MOST);
        let meal = form.choice(&eaten, Meal::None, Meal::parse);
        let stood = form
            .value(&format!("formule-{n}-id"))
            .parse::<Uuid>()
            .ok()
            .and_then(|id| before?.formulas.iter().find(|formula| formula.id.0 == id));
        let slug: Option<Slug> = match stood {
            Some(stood) => Some(stood.slug.clone()),
            None => {
                let earlier = before.into_iter().flat_map(|activity| &activity.formulas);
                let taken: Vec<&str> = earlier
                    .chain(&made)
                    .map(|formula| formula.slug.as_str())
                    .collect();
                made_from(&name, "formule", &taken)
            }
        };
        let Some(slug) = slug else {
            form.flaw(&named, Flaw::Taken);
            continue;
        };
        if !name.is_empty() && made.iter().any(|formula| formula.name == name) {
            form.flaw(&named, Flaw::Taken);
        }
        made.push(FormulaRecord {
            id: stood.map_or_else(
                || FormulaId(uuid::Builder::from_random_bytes(random()).into_uuid()),
                |f| f.id,
            ),
            slug,
            name,
            meal,
        });
    }
    made
}
