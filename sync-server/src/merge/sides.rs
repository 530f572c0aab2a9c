//! Both sides of what stands against the record, field by field, in French.

mod bookings;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use shared::codec::Minute;
use shared::operation::{ActivityRecord, Body, ChildRecord, Decision, HouseholdRecord, Settlement};
use uuid::Uuid;

use super::facts;
use super::subjects::Discrepancy;
use crate::record;
use crate::store::{Read, Row, StoreError};

/// One field of both sides, in French; `None` where that side says nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What the lost history says.
    pub found: Option<String>,
    /// What the record says today.
    pub here: Option<String>,
}

type Said = Vec<(&'static str, Option<String>)>;
type Both = (String, Vec<Field>);

/// Of whom or what a body speaks, and the fields in which the two sides differ.
pub(super) fn of(tx: &mut dyn Read, body: &Body) -> Result<Both, StoreError> {
    let mut people = People {
        names: names(tx)?,
        tx,
    };
    people.both(body)
}

/// The names of places and of the staff, by id.
fn names(tx: &mut dyn Read) -> Result<BTreeMap<Uuid, String>, StoreError> {
    let mut all = BTreeMap::new();
    all.extend(
        record::schools(tx)?
            .into_iter()
            .map(|(one, _)| (one.id.0, one.name)),
    );
    all.extend(
        record::sites(tx)?
            .into_iter()
            .map(|(one, _)| (one.id.0, one.name)),
    );
    all.extend(
        record::classes(tx)?
            .into_iter()
            .map(|(one, _)| (one.id.0, one.name)),
    );
    all.extend(
        record::services(tx)?
            .into_iter()
            .map(|(one, _)| (one.id.0, one.name)),
    );
    all.extend(
        record::staff(tx)?
            .into_iter()
            .map(|(one, _)| (one.id.0, one.name)),
    );
    all.extend(
        record::agents(tx)?
            .into_iter()
            .map(|(one, _)| (one.id.0, one.name)),
    );
    for (activity, _) in record::activities(tx)? {
        all.insert(activity.id.0, activity.name);
        all.extend(activity.formulas.into_iter().map(|one| (one.id.0, one.name)));
    }
    Ok(all)
}

struct People<'t> {
    tx: &'t mut dyn Read,
    names: BTreeMap<Uuid, String>,
}

impl People<'_> {
    fn name(&self, id: Uuid) -> String {
        self.names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| "inconnu ici".into())
    }

    fn child(&mut self, id: shared::ids::ChildId) -> Result<String, StoreError> {
        Ok(match record::child(self.tx, id)? {
            Some((child, _)) => format!("{} {}", child.first_name, child.last_name),
            None => "enfant inconnu ici".into(),
        })
    }

    fn both(&mut self, body: &Body) -> Result<Both, StoreError> {
        Ok(match body {
            Body::PutChild { child } => {
                let here = record::child(self.tx, child.id)?.map(|(child, _)| child);
                let found = self.of_child(child)?;
                let today = here.as_ref().map(|child| self.of_child(child)).transpose()?;
                (
                    format!("Enfant {} {}", child.first_name, child.last_name),
                    laid(found, today),
                )
            }
            Body::PutHousehold { household } => {
                let here = record::household(self.tx, household.id)?;
                let today = here.map(|(household, _)| of_household(&household));
                (
                    format!("Foyer {}", household.name),
                    laid(of_household(household), today),
                )
            }
            Body::PutActivity { activity } => {
                let here = record::activity(self.tx, activity.id)?.map(|(activity, _)| activity);
                let today = here.as_ref().map(|activity| self.of_activity(activity));
                (
                    format!("Activité {}", activity.name),
                    laid(self.of_activity(activity), today),
                )
            }
            Body::PutSchool { school } => {
                let said = |school: &shared::operation::SchoolRecord| {
                    vec![
                        ("Nom", some(&school.name)),
                        ("Horaires", Some(hours(school.starts, school.ends))),
                        ("Demi-journées", Some(school.half_days.to_string())),
                        ("Ouverte", Some(yes(!school.retired))),
                    ]
                };
                let here = record::school(self.tx, school.id)?.map(|(one, _)| said(&one));
                (format!("École {}", school.name), laid(said(school), here))
            }
            Body::PutSite { site } => {
                let here = record::site(self.tx, site.id)?.map(|(site, _)| site);
                let today = here.map(|site| self.of_site(&site));
                (format!("Site {}", site.name), laid(self.of_site(site), today))
            }
            Body::PutClass { class } => {
                let said = |class: &shared::operation::ClassRecord| {
                    vec![
                        ("Nom", some(&class.name)),
                        ("Niveau", some(&class.level)),
                        ("Ouverte", Some(yes(!class.retired))),
                    ]
                };
                let here = record::class(self.tx, class.id)?.map(|(one, _)| said(&one));
                (format!("Classe {}", class.name), laid(said(class), here))
            }
            Body::PutService { service } => {
                let said = |service: &shared::operation::ServiceRecord| {
                    vec![
                        ("Nom", some(&service.name)),
                        ("Adresse courte", some(service.slug.as_str())),
                        ("Ouvert", Some(yes(!service.retired))),
                    ]
                };
                let here = record::service(self.tx, service.id)?.map(|(one, _)| said(&one));
                (format!("Service {}", service.name), laid(said(service), here))
            }
            Body::PutStaff { staff } => {
                let here = record::staff_member(self.tx, staff.id)?.map(|(one, _)| one);
                let today = here.map(|staff| self.of_staff(&staff));
                (
                    format!("Équipe : {}", staff.name),
                    laid(self.of_staff(staff), today),
                )
            }
            Body::PutAgent { agent } => {
                let here = record::agent(self.tx, agent.id)?.map(|(one, _)| one);
                let today = here.map(|agent| self.of_agent(&agent));
                (format!("Agent {}", agent.name), laid(self.of_agent(agent), today))
            }
            Body::SetAgentPassword { agent, .. } => secret("Mot de passe", &self.name(agent.0)),
            Body::SetStaffPin { staff, .. } => secret("Code personnel", &self.name(staff.0)),
            Body::SetGuardianLogin { guardian, login, .. } => {
                let row = self
                    .tx
                    .first(include_str!("../record/merge/login.sql"), &[(*guardian).into()])?;
                let here = row.map(|row| row.opt(0, Row::text)).transpose()?.flatten();
                let field = Field {
                    name: "Identifiant".into(),
                    found: some(login),
                    here,
                };
                ("Accès d’un responsable".into(), vec![field])
            }
            Body::PutExceptionalDay { day } => {
                let here = record::exceptional_day(self.tx, day.id)?.map(|(one, _)| of_day(&one));
                (
                    format!("Jour exceptionnel : {}", day.words),
                    laid(of_day(day), here),
                )
            }
            Body::RemoveExceptionalDay { day } => {
                let here = record::exceptional_day(self.tx, *day)?.map(|(one, _)| one);
                let title = here.as_ref().map_or(String::new(), |day| day.words.clone());
                let field = Field {
                    name: "Jour exceptionnel".into(),
                    found: some("supprimé"),
                    here: here.map(|_| "maintenu".into()),
                };
                (format!("Jour exceptionnel : {title}"), vec![field])
            }
            Body::PutCalendar { .. } => ("Calendrier de la commune".into(), Vec::new()),
            Body::RenameCommune { name, zone, label } => {
                let row = self.tx.first(include_str!("../record/commune/get.sql"), &[])?;
                let found = vec![
                    ("Nom", some(name)),
                    ("Fuseau horaire", some(zone)),
                    ("Collectivité", some(label)),
                ];
                let here = row
                    .map(|row| {
                        Ok::<_, StoreError>(vec![
                            ("Nom", Some(row.text(1)?)),
                            ("Fuseau horaire", Some(row.text(2)?)),
                            ("Collectivité", Some(row.text(3)?)),
                        ])
                    })
                    .transpose()?;
                ("Commune".into(), laid(found, here))
            }
            Body::AttachChild { unknown, child } => {
                let row = self
                    .tx
                    .first(include_str!("../record/alias/get.sql"), &[(*unknown).into()])?;
                let here = row.map(|row| row.uuid(0)).transpose()?;
                let here = here.map(|id| self.child(shared::ids::ChildId(id))).transpose()?;
                let field = Field {
                    name: "Rattaché à".into(),
                    found: Some(self.child(*child)?),
                    here,
                };
                ("Enfant inconnu".into(), vec![field])
            }
            Body::SettleQuarantine { hash, settlement } => {
                let row = self
                    .tx
                    .first(include_str!("../record/quarantine/get.sql"), &[(*hash).into()])?;
                let here = row.map(|row| row.opt(3, Row::text)).transpose()?.flatten();
                let word = |taken: bool| Some(if taken { "repris" } else { "laissé de côté" }.to_owned());
                let field = Field {
                    name: "Décision".into(),
                    found: word(matches!(settlement, Settlement::Taken { .. })),
                    here: here.and_then(|here| word(here == "taken")),
                };
                ("Envoi mis de côté".into(), vec![field])
            }
            Body::Reserve { .. }
            | Body::CancelReservations { .. }
            | Body::TakeBackReservations { .. }
            | Body::Book { .. } => self.of_bookings(body)?,
            Body::PutRules { rules } => (format!("Règles de réservation « {} »", rules.name), Vec::new()),
            Body::RemoveRules { .. } => ("Règles de réservation retirées".into(), Vec::new()),
            Body::PutBookingSettings { .. } => ("Réglages des réservations".into(), Vec::new()),
            Body::DecideWishes { .. } => ("Réponse à des demandes de réservation".into(), Vec::new()),
            Body::WithdrawWishes { .. } => ("Demandes de réservation retirées".into(), Vec::new()),
            Body::SettleBookings { .. } => ("Sommes dues pour des réservations".into(), Vec::new()),
            Body::PutHouseholdFacts { facts } => {
                let home = record::household(self.tx, facts.household)?;
                let name = home.map_or_else(|| "inconnu ici".into(), |(home, _)| home.name);
                (format!("Foyer {name} : résidence et impayés"), Vec::new())
            }
            Body::PutDocuments { child, .. } => (format!("Documents de {}", self.child(*child)?), Vec::new()),
            Body::SettleDiscrepancies { lines } => {
                let mut fields = Vec::new();
                for line in lines {
                    let here = facts::settled(self.tx, &Discrepancy::of(line))?;
                    let who = line.child.map(|child| self.child(child)).transpose()?;
                    fields.push(Field {
                        name: format!(
                            "{}, {}, {}",
                            who.unwrap_or_else(|| "liste".into()),
                            self.name(line.activity.0),
                            said(line.date)
                        ),
                        found: Some(decision(&line.decision).into()),
                        here: here.map(|(_, one)| decision(&one).to_owned()),
                    });
                }
                ("Écarts de pointage".into(), fields)
            }
            Body::UndoSettlements { .. } => ("Décisions sur des écarts, reprises".into(), Vec::new()),
            Body::WaiveSession {
                site,
                date,
                activity,
                reason,
            } => {
                let date = NaiveDate::from_num_days_from_ce_opt(*date).unwrap_or_default();
                let key = [(*site).into(), date.into(), (*activity).into()];
                let row = self.tx.first(include_str!("../record/waiver/get.sql"), &key)?;
                let field = Field {
                    name: "Facturée sans attendre".into(),
                    found: reason.clone(),
                    here: row.map(|row| row.text(0)).transpose()?,
                };
                let title = format!("{}, {}, {}", self.name(activity.0), self.name(site.0), said(date));
                (title, vec![field])
            }
            Body::PostIncident { post } => (format!("Point de situation : {}", post.title), Vec::new()),
            Body::RemoveIncident { .. } => ("Point de situation retiré".into(), Vec::new()),
            Body::PutOutage { .. } => ("Panne".into(), Vec::new()),
            Body::Withdraw { .. } => ("Retrait d’un accès".into(), Vec::new()),
            Body::PutPayer { payer } => (format!("Payeur {}", payer.name), Vec::new()),
            Body::PutCustody { custody } => (format!("Garde de {}", self.child(custody.child)?), Vec::new()),
            Body::SetContact { .. } => ("Coordonnées d’un responsable".into(), Vec::new()),
            Body::ChooseNotices { .. } => ("Notifications d’un responsable".into(), Vec::new()),
            Body::SetSecondFactor { .. } | Body::LinkIdentity { .. } => {
                ("Accès d’un responsable".into(), Vec::new())
            }
            Body::DeleteAccount { .. } | Body::ForgetAccount { .. } => {
                ("Compte supprimé par un responsable".into(), Vec::new())
            }
            Body::RestoreAccount { .. } => ("Compte rétabli".into(), Vec::new()),
            Body::SettleRegistration { .. } => ("Demande d’inscription".into(), Vec::new()),
            Body::PutText { text } => (format!("Texte « {} »", text.title), Vec::new()),
            Body::RemoveText { .. } => ("Texte retiré".into(), Vec::new()),
            Body::PutMenus { .. } => ("Menus".into(), Vec::new()),
            Body::PutPortal { .. } => ("Réglages du portail".into(), Vec::new()),
            Body::PutLogo { .. } => ("Logo".into(), Vec::new()),
            Body::MergeHouseholds { .. } => ("Deux foyers réunis".into(), Vec::new()),
            Body::MergeChildren { .. } => ("Deux fiches d’enfant réunies".into(), Vec::new()),
            Body::ReceiveMarks {
                marks, site, date, ..
            } => {
                let date = NaiveDate::from_num_days_from_ce_opt(*date).unwrap_or_default();
                let title = format!("{} pointages, {}, {}", marks.len(), self.name(site.0), said(date));
                (title, Vec::new())
            }
            _ => ("Opération retrouvée".into(), Vec::new()),
        })
    }

    fn of_child(&mut self, child: &ChildRecord) -> Result<Said, StoreError> {
        let mut homes = Vec::new();
        for home in &child.households {
            let found = record::household(self.tx, *home)?;
            homes.push(found.map_or_else(|| "inconnu ici".into(), |(home, _)| home.name));
        }
        let badges: Vec<String> = child.badges.iter().map(|badge| badge.text.clone()).collect();
        Ok(vec![
            ("Prénom", some(&child.first_name)),
            ("Nom", some(&child.last_name)),
            ("Né le", Some(said(child.born))),
            ("École", child.school.map(|school| self.name(school.0))),
            ("Classe", child.class.map(|class| self.name(class.0))),
            ("Foyers", joined(homes)),
            ("Signalements", joined(badges)),
            ("À savoir", child.must_know.clone()),
            ("Téléphone", child.phone.clone()),
            ("Santé", child.health.clone()),
            ("Numéro", child.reference.clone()),
            ("Parti le", child.left_on.map(said)),
            (
                "Symbole",
                child.symbol.map(|one| format!("{}/{}", one.colour, one.shape)),
            ),
        ])
    }

    fn of_activity(&self, activity: &ActivityRecord) -> Said {
        let sites = activity.sites.iter().map(|site| self.name(site.0)).collect();
        let formulas = activity.formulas.iter().map(|one| one.name.clone()).collect();
        vec![
            ("Nom", some(&activity.name)),
            ("Adresse courte", some(activity.slug.as_str())),
            ("Service", Some(self.name(activity.service.0))),
            ("Horaires", Some(hours(activity.opens, activity.closes))),
            ("Sites", joined(sites)),
            ("Formules", joined(formulas)),
            ("Places", activity.capacity.map(|places| places.to_string())),
            ("Ouverte", Some(yes(!activity.retired))),
        ]
    }

    fn of_site(&self, site: &shared::operation::SiteRecord) -> Said {
        vec![
            ("Nom", some(&site.name)),
            ("Adresse courte", some(site.slug.as_str())),
            ("École", site.school.map(|school| self.name(school.0))),
            ("Téléphone", site.phone.clone()),
            ("Maternelle", Some(yes(site.nursery))),
            ("Ouvert", Some(yes(!site.retired))),
        ]
    }

    fn of_staff(&self, staff: &shared::operation::StaffRecord) -> Said {
        vec![
            ("Nom", some(&staff.name)),
            ("Rôle", some(&staff.role)),
            (
                "Sites",
                joined(staff.sites.iter().map(|site| self.name(site.0)).collect()),
            ),
            ("Jusqu’au", staff.until.map(said)),
        ]
    }

    fn of_agent(&self, agent: &shared::operation::AgentRecord) -> Said {
        vec![
            ("Nom", some(&agent.name)),
            ("Adresse électronique", some(&agent.email)),
            ("Rôle", some(agent.role.as_str())),
            (
                "Sites",
                joined(agent.sites.iter().map(|site| self.name(site.0)).collect()),
            ),
        ]
    }
}

fn of_household(household: &HouseholdRecord) -> Said {
    let mut all = vec![("Nom", some(&household.name))];
    let guardians = |read: &dyn Fn(&shared::operation::GuardianRecord) -> Option<String>| {
        joined(household.guardians.iter().filter_map(read).collect())
    };
    all.push((
        "Responsables",
        guardians(&|one| Some(format!("{} {}", one.first_name, one.last_name))),
    ));
    all.push((
        "Adresses électroniques",
        guardians(&|one| Some(format!("{} : {}", one.first_name, one.email.as_ref()?))),
    ));
    all.push((
        "Téléphones",
        guardians(&|one| Some(format!("{} : {}", one.first_name, one.phone.as_ref()?))),
    ));
    all.push((
        "Autorité parentale",
        guardians(&|one| {
            let word = match one.authority {
                shared::operation::Authority::Full => "oui",
                shared::operation::Authority::None => "non",
                shared::operation::Authority::ByJudgment => "par jugement",
            };
            Some(format!("{} : {word}", one.first_name))
        }),
    ));
    all
}

fn of_day(day: &shared::operation::ExceptionalDayRecord) -> Said {
    vec![
        ("En mots", some(&day.words)),
        ("Du", Some(said(day.from))),
        ("Au", day.until.map(said)),
        ("Écoles", Some(day.schools.len().to_string())),
        ("Classes", Some(day.classes.len().to_string())),
        (
            "Service minimum",
            day.minimum_service
                .as_ref()
                .map(|one| hours(one.opens, one.closes)),
        ),
    ]
}

/// Both sides beside each other, without what is the same.
fn laid(found: Said, here: Option<Said>) -> Vec<Field> {
    let here = here.unwrap_or_default();
    found
        .into_iter()
        .enumerate()
        .map(|(nth, (name, found))| Field {
            name: name.to_owned(),
            found,
            here: here.get(nth).and_then(|(_, here)| here.clone()),
        })
        .filter(|field| field.found != field.here)
        .collect()
}

fn secret(what: &str, whose: &str) -> Both {
    let field = Field {
        name: what.to_owned(),
        found: some("celui d’avant l’incident, changé sur le serveur perdu"),
        here: some("celui d’aujourd’hui"),
    };
    (format!("{what} de {whose}"), vec![field])
}

fn decision(one: &Decision) -> &'static str {
    match one {
        Decision::Confirm => "confirmé",
        Decision::Correct { .. } => "corrigé",
        Decision::Justify { .. } => "absence justifiée",
        Decision::Reserve { .. } => "réservation faite",
        Decision::Attach { .. } => "rattaché à un enfant",
        Decision::Ignore => "laissé ainsi",
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn joined(all: Vec<String>) -> Option<String> {
    (!all.is_empty()).then(|| all.join(", "))
}

fn yes(holds: bool) -> String {
    if holds { "oui" } else { "non" }.into()
}

fn said(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

fn clock(at: Minute) -> String {
    format!("{:02}:{:02}", at.0 / 60, at.0 % 60)
}

fn hours(from: Minute, until: Minute) -> String {
    format!("{}–{}", clock(from), clock(until))
}
