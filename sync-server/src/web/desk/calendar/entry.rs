//! What stands in the form of an exceptional day.

use server_ui::desk::calendar::SchoolClasses;
use server_ui::desk::form::{Choice, Flaw, FormState};
use shared::codec::Minute;
use shared::ids::{ActivityId, ClassId, ExceptionalDayId, SchoolId, ServiceId, SiteId};
use shared::operation::{
    ClassRecord, ExceptionalDayRecord, ExceptionalKind, MealEffect, MinimumService, SchoolRecord,
    ServiceRecord, SiteRecord,
};

use crate::record;
use crate::store::{Read, StoreError};

/// Schools, classes and sites of the town. What was retired stays nameable where a day names it.
#[derive(Clone, Default)]
pub(super) struct Places {
    schools: Vec<SchoolRecord>,
    classes: Vec<ClassRecord>,
    sites: Vec<SiteRecord>,
    services: Vec<ServiceRecord>,
}

/// What may be chosen in a form.
pub(super) struct Offered {
    pub(super) schools: Vec<Choice>,
    pub(super) classes: Vec<SchoolClasses>,
    pub(super) services: Vec<Choice>,
    pub(super) places: Vec<Choice>,
    pub(super) sites: Vec<Choice>,
}

impl Places {
    pub(super) fn read(tx: &mut dyn Read) -> Result<Self, StoreError> {
        Ok(Self {
            schools: record::schools(tx)?.into_iter().map(|(s, _)| s).collect(),
            classes: record::classes(tx)?.into_iter().map(|(c, _)| c).collect(),
            sites: record::sites(tx)?.into_iter().map(|(s, _)| s).collect(),
            services: record::services(tx)?.into_iter().map(|(s, _)| s).collect(),
        })
    }

    fn school_name(&self, id: SchoolId) -> &str {
        self.schools
            .iter()
            .find(|s| s.id == id)
            .map_or("", |s| s.name.as_str())
    }

    /// Names of the services, sites, schools and classes of a day.
    pub(super) fn whom(&self, day: &ExceptionalDayRecord) -> String {
        let schools = self
            .schools
            .iter()
            .filter(|school| day.schools.contains(&school.id))
            .map(|school| school.name.clone());
        let classes = self
            .classes
            .iter()
            .filter(|class| day.classes.contains(&class.id))
            .map(|class| format!("{} ({})", class.name, self.school_name(class.school)));
        let services = self
            .services
            .iter()
            .filter(|service| day.services.contains(&service.id))
            .map(|service| service.name.clone());
        let sites = self
            .sites
            .iter()
            .filter(|site| day.sites.contains(&site.id))
            .map(|site| site.name.clone());
        let all = services.chain(sites).chain(schools).chain(classes);
        all.collect::<Vec<_>>().join(", ")
    }

    /// The name of a site.
    pub(super) fn site_name(&self, id: SiteId) -> Option<String> {
        self.sites
            .iter()
            .find(|site| site.id == id)
            .map(|site| site.name.clone())
    }

    /// What may be chosen.
    pub(super) fn choices(&self, form: &FormState) -> Offered {
        let offered =
            |name: &str, id: String, retired: bool| !retired || form.all(name).contains(&id.as_str());
        let schools = self
            .schools
            .iter()
            .filter(|school| offered("ecoles", school.id.to_string(), school.retired))
            .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
            .collect();
        let classes = self.schools.iter().map(|school| {
            let field = classes_field(school.id);
            let of = |class: &&ClassRecord| {
                class.school == school.id && offered(&field, class.id.to_string(), class.retired)
            };
            SchoolClasses {
                school: school.name.clone(),
                classes: self
                    .classes
                    .iter()
                    .filter(of)
                    .map(|class| Choice::new(class.id.to_string(), class.name.clone()))
                    .collect(),
                field,
            }
        });
        let classes = classes.filter(|of| !of.classes.is_empty()).collect();
        let sites_of = |field: &str| {
            let offered = self
                .sites
                .iter()
                .filter(|site| offered(field, site.id.to_string(), site.retired));
            offered
                .map(|site| Choice::new(site.id.to_string(), site.name.clone()))
                .collect()
        };
        let services = self
            .services
            .iter()
            .filter(|service| offered("services", service.id.to_string(), service.retired))
            .map(|service| Choice::new(service.id.to_string(), service.name.clone()))
            .collect();
        Offered {
            schools,
            classes,
            services,
            places: sites_of("lieux"),
            sites: sites_of("sma_site"),
        }
    }

    fn school(&self, word: &str) -> Option<SchoolId> {
        self.schools
            .iter()
            .map(|s| s.id)
            .find(|id| id.to_string() == word)
    }

    fn class(&self, word: &str, school: SchoolId) -> Option<ClassId> {
        let mut of = self.classes.iter().filter(|class| class.school == school);
        of.find(|class| class.id.to_string() == word)
            .map(|class| class.id)
    }

    fn site(&self, word: &str) -> Option<SiteId> {
        self.sites.iter().map(|s| s.id).find(|id| id.to_string() == word)
    }

    fn service_named(&self, word: &str) -> Option<ServiceId> {
        let mut ids = self.services.iter().map(|s| s.id);
        ids.find(|id| id.to_string() == word)
    }

    /// The day of a form; what is wrong is noted in it. `service` names the marks of its minimum
    /// service.
    pub(super) fn understood(
        &self,
        form: &mut FormState,
        id: ExceptionalDayId,
        service: ActivityId,
    ) -> ExceptionalDayRecord {
        let kind = form.choice("genre", ExceptionalKind::Closure, ExceptionalKind::parse);
        let words = form.text("motif", 80);
        let from = form.date("du");
        let until = form.maybe_date("au");
        if until.is_some_and(|until| until < from) {
            form.flaw("au", Flaw::Said("calendar-until-before-from"));
        }
        let schools = form.choices("ecoles", |word| self.school(word));
        let mut classes = Vec::new();
        for school in &self.schools {
            let mut of = form.choices(&classes_field(school.id), |word| self.class(word, school.id));
            classes.append(&mut of);
        }
        let services = form.choices("services", |word| self.service_named(word));
        let sites = form.choices("lieux", |word| self.site(word));
        let cancels = form.maybe_choice("sort", fate_of).unwrap_or(false);
        let closure = kind == ExceptionalKind::Closure;
        let narrowed = !(services.is_empty() && sites.is_empty());
        if schools.is_empty() && classes.is_empty() && !(closure && narrowed) {
            form.flaw(
                "ecoles",
                Flaw::Said(if closure {
                    "calendar-nothing-chosen"
                } else {
                    "calendar-nobody-chosen"
                }),
            );
        }
        if narrowed && !closure {
            let field = if services.is_empty() { "lieux" } else { "services" };
            form.flaw(field, Flaw::Said("calendar-closure-only"));
        }
        if cancels && !closure {
            form.flaw("sort", Flaw::Said("calendar-closure-only"));
        }
        // A class of a school that is wholly concerned is concerned already.
        classes.retain(|class| {
            let of = self.classes.iter().find(|c| c.id == *class).map(|c| c.school);
            !of.is_some_and(|school| schools.contains(&school))
        });
        let meals = if kind == ExceptionalKind::Closure {
            MealEffect::Cancelled
        } else {
            form.choice("repas", MealEffect::Kept, MealEffect::parse)
        };
        let minimum_service = self.service(form, kind, service);
        ExceptionalDayRecord {
            id,
            kind,
            from,
            until,
            schools,
            classes,
            words,
            meals,
            minimum_service,
            sites,
            services,
            cancels,
        }
    }

    fn service(
        &self,
        form: &mut FormState,
        kind: ExceptionalKind,
        activity: ActivityId,
    ) -> Option<MinimumService> {
        let site = form.maybe_choice("sma_site", |word| self.site(word))?;
        if kind != ExceptionalKind::Strike {
            form.flaw("sma_site", Flaw::Said("calendar-service-strike-only"));
        }
        let opens = form.time("sma_ouvre");
        let closes = form.time("sma_ferme");
        if closes <= opens && Minute::new(0, 0) < closes {
            form.flaw("sma_ferme", Flaw::Said("calendar-service-closes-first"));
        }
        Some(MinimumService {
            activity,
            site,
            opens,
            closes,
        })
    }
}

/// Reservations rest under a closure.
pub(super) const FREEZE: &str = "suspendre";
/// A closure cancels reservations.
pub(super) const CANCEL: &str = "annuler";

fn fate_of(word: &str) -> Option<bool> {
    match word {
        FREEZE => Some(false),
        CANCEL => Some(true),
        _ => None,
    }
}

/// The field that holds the classes of a school.
fn classes_field(school: SchoolId) -> String {
    format!("classes-{school}")
}

/// The form of a day.
pub(super) fn state_of(day: &ExceptionalDayRecord, places: &Places) -> FormState {
    let time = |minute: Minute| minute.time().format("%H:%M").to_string();
    let service = day.minimum_service.as_ref();
    let classes = places
        .classes
        .iter()
        .filter(|class| day.classes.contains(&class.id));
    let state = FormState::default();
    classes
        .fold(state, |state, class| {
            state.with(classes_field(class.school), class.id.to_string())
        })
        .with("genre", day.kind.as_str())
        .with("motif", day.words.as_str())
        .with("du", day.from.to_string())
        .with_maybe("au", day.until.map(|until| until.to_string()))
        .with_all("ecoles", day.schools.iter().map(ToString::to_string))
        .with("repas", day.meals.as_str())
        .with_all("services", day.services.iter().map(ToString::to_string))
        .with_all("lieux", day.sites.iter().map(ToString::to_string))
        .with("sort", if day.cancels { CANCEL } else { FREEZE })
        .with_maybe("sma_site", service.map(|s| s.site.to_string()))
        .with_maybe("sma_ouvre", service.map(|s| time(s.opens)))
        .with_maybe("sma_ferme", service.map(|s| time(s.closes)))
}
