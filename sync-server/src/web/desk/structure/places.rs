//! What the forms of schools, sites, classes and services hold.

use server_ui::desk::form::{Flaw, FormState};
use server_ui::desk::structure::{
    Choices, Line, Part, SiteFacts, class_line, school_line, service_line, site_line,
};
use shared::codec::Minute;
use shared::ids::{ClassId, SchoolId, ServiceId, SiteId};
use shared::operation::{Body, ClassRecord, SchoolKind, SchoolRecord, ServiceRecord, SiteRecord};
use shared::slug::Slug;
use uuid::Uuid;

use super::records::Kind;
use super::town::{Kept, Town, offered};
use crate::record::Versioned;
use crate::short_names::made_from;

/// Longest name, as the corridor has it.
const NAME_MOST: usize = 120;
/// Levels of classes.
const LEVELS: [&str; 11] = [
    "TPS", "PS", "MS", "GS", "CP", "CE1", "CE2", "CM1", "CM2", "ULIS", "UPE2A",
];

/// A time of day as fields hold it.
pub(super) fn clock(minute: Minute) -> String {
    minute.time().format("%H:%M").to_string()
}

/// Notes that the second of two times does not come after the first.
pub(super) fn in_order(form: &mut FormState, from: Minute, to: Minute) {
    if !form.is_flawed() && from >= to {
        form.flaw("fin", Flaw::Said("structure-order"));
    }
}

/// The short name typed, kept, or made from the name.
pub(super) fn short_name(
    form: &mut FormState,
    name: &str,
    before: Option<&Slug>,
    otherwise: &str,
    taken: &[&str],
) -> Option<Slug> {
    if let Some(typed) = form.maybe_slug("identifiant") {
        if taken.contains(&typed.as_str()) {
            form.flaw("identifiant", Flaw::Taken);
        }
        return Some(typed);
    }
    let slug = before.cloned().or_else(|| made_from(name, otherwise, taken));
    if slug.is_none() {
        form.flaw("identifiant", Flaw::NotASlug);
    }
    slug
}

impl Kind for SchoolRecord {
    const PART: Part = Part::Schools;
    const NAMED: &'static str = "nom";

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.schools
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

    fn line(&self, town: &Town) -> Line {
        let of_school = |(class, _): &&Versioned<ClassRecord>| class.school == self.id && !class.retired;
        school_line(self, town.classes.iter().filter(of_school).count())
    }

    fn blank(_: &Town) -> FormState {
        FormState::default()
            .with("genre", SchoolKind::Public.as_str())
            .with("semaine", "8")
            .with("debut", "08:30")
            .with("fin", "16:30")
    }

    fn fill(&self) -> FormState {
        FormState::default()
            .with("nom", &self.name)
            .with("genre", self.kind.as_str())
            .with("semaine", self.half_days.to_string())
            .with("debut", clock(self.starts))
            .with("fin", clock(self.ends))
    }

    fn read(form: &mut FormState, id: Uuid, before: Option<&Self>, _: &Choices, _: &Town) -> Option<Self> {
        let kinds = [SchoolKind::Public, SchoolKind::Private, SchoolKind::Outside];
        let school = Self {
            id: SchoolId(id),
            name: form.text("nom", NAME_MOST),
            kind: form.choice("genre", SchoolKind::Public, |word| {
                kinds.into_iter().find(|kind| kind.as_str() == word)
            }),
            half_days: form.choice("semaine", 8, |word| {
                word.parse().ok().filter(|n| matches!(n, 8 | 9))
            }),
            starts: form.time("debut"),
            ends: form.time("fin"),
            retired: before.is_some_and(|before| before.retired),
        };
        in_order(form, school.starts, school.ends);
        Some(school)
    }

    fn body(self) -> Body {
        Body::PutSchool { school: self }
    }
}

impl Kind for SiteRecord {
    const PART: Part = Part::Sites;

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.sites
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
            schools: self.school.into_iter().collect(),
            ..Kept::default()
        }
    }

    fn line(&self, town: &Town) -> Line {
        let facts = SiteFacts {
            school: self.school.map(|school| town.school_name(school)),
            activities: town
                .activities
                .iter()
                .filter(|(activity, _)| activity.sites.contains(&self.id) && !activity.retired)
                .map(|(activity, _)| activity.name.clone())
                .collect(),
        };
        site_line(self, &facts)
    }

    fn blank(_: &Town) -> FormState {
        FormState::default()
    }

    fn fill(&self) -> FormState {
        FormState::default()
            .with("nom", &self.name)
            .with_maybe("ecole", self.school.map(|school| school.to_string()))
            .with_maybe("telephone", self.phone.clone())
            .with_maybe("maternelle", self.nursery.then_some("oui"))
            .with("identifiant", self.slug.as_str())
    }

    fn read(
        form: &mut FormState,
        id: Uuid,
        before: Option<&Self>,
        choices: &Choices,
        town: &Town,
    ) -> Option<Self> {
        let name = form.text("nom", NAME_MOST);
        let taken: Vec<&str> = others(&town.sites, id).map(|site| site.slug.as_str()).collect();
        let school = form.maybe_choice("ecole", |word| offered(&choices.schools, word).map(SchoolId));
        let phone = form.maybe_phone("telephone");
        Some(Self {
            id: SiteId(id),
            slug: short_name(form, &name, before.map(|site| &site.slug), "site", &taken)?,
            name,
            school,
            phone,
            retired: before.is_some_and(|before| before.retired),
            nursery: form.has("maternelle"),
        })
    }

    fn body(self) -> Body {
        Body::PutSite { site: self }
    }
}

impl Kind for ClassRecord {
    const PART: Part = Part::Classes;
    const NAMED: &'static str = "nom";

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.classes
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
            schools: vec![self.school],
            ..Kept::default()
        }
    }

    fn line(&self, town: &Town) -> Line {
        class_line(self, town.school_name(self.school))
    }

    fn blank(town: &Town) -> FormState {
        // Where there is one school, nobody has to choose it.
        let mut offered = town.schools.iter().filter(|(school, _)| !school.retired);
        let only = offered.next().filter(|_| offered.next().is_none());
        FormState::default().with_maybe("ecole", only.map(|(school, _)| school.id.to_string()))
    }

    fn fill(&self) -> FormState {
        FormState::default()
            .with("ecole", self.school.to_string())
            .with("nom", &self.name)
            .with("niveau", &self.level)
    }

    fn read(
        form: &mut FormState,
        id: Uuid,
        before: Option<&Self>,
        choices: &Choices,
        _: &Town,
    ) -> Option<Self> {
        let school = form.choice("ecole", Uuid::nil(), |word| offered(&choices.schools, word));
        let name = form.text("nom", NAME_MOST);
        let level = form.text("niveau", 40);
        Some(Self {
            id: ClassId(id),
            school: SchoolId(school),
            name,
            level: levels(form, &level),
            retired: before.is_some_and(|before| before.retired),
        })
    }

    fn body(self) -> Body {
        Body::PutClass { class: self }
    }
}

/// « ce1 – ce2 » as `CE1-CE2`.
fn levels(form: &mut FormState, typed: &str) -> String {
    let parts: Vec<String> = typed
        .split(['-', '–', '/', ' '])
        .filter(|part| !part.is_empty())
        .map(str::to_uppercase)
        .collect();
    let known = parts.iter().all(|part| LEVELS.contains(&part.as_str()));
    if !typed.is_empty() && (parts.is_empty() || !known) {
        form.flaw("niveau", Flaw::Said("structure-level-unknown"));
    }
    parts.join("-")
}

impl Kind for ServiceRecord {
    const PART: Part = Part::Services;

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.services
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

    fn line(&self, town: &Town) -> Line {
        let activities: Vec<String> = town
            .activities
            .iter()
            .filter(|(activity, _)| activity.service == self.id && !activity.retired)
            .map(|(activity, _)| activity.name.clone())
            .collect();
        service_line(self, &activities)
    }

    fn blank(_: &Town) -> FormState {
        FormState::default()
    }

    fn fill(&self) -> FormState {
        FormState::default()
            .with("nom", &self.name)
            .with("identifiant", self.slug.as_str())
    }

    fn read(form: &mut FormState, id: Uuid, before: Option<&Self>, _: &Choices, town: &Town) -> Option<Self> {
        let name = form.text("nom", NAME_MOST);
        let taken: Vec<&str> = others(&town.services, id)
            .map(|service| service.slug.as_str())
            .collect();
        let kept = before.map(|service| &service.slug);
        Some(Self {
            id: ServiceId(id),
            slug: short_name(form, &name, kept, "service", &taken)?,
            name,
            retired: before.is_some_and(|before| before.retired),
        })
    }

    fn body(self) -> Body {
        Body::PutService { service: self }
    }
}

/// All records but the one of an id.
pub(super) fn others<K: Kind>(all: &[Versioned<K>], id: Uuid) -> impl Iterator<Item = &K> {
    all.iter()
        .map(|(record, _)| record)
        .filter(move |record| record.id() != id)
}
