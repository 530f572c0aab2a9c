//! Of whom or what an operation speaks: two operations that share a subject may stand against each other.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use shared::codec::Hash32;
use shared::ids::{
    ActivityId, AgentId, ChildId, ClassId, ExceptionalDayId, GuardianId, HouseholdId, IncidentId, MenuId,
    OutageId, PayerId, RegistrationId, ReservationId, RuleSetId, SchoolId, ServiceId, SettlementId, SiteId,
    StaffId, TextId, WishId,
};
use shared::operation::{
    Ask, Body, Decision, DiscrepancyKind, ReservationLine, SettledDiscrepancy, TakenBack,
};

/// What a reservation is of: at most one stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Booking {
    /// The child.
    pub child: ChildId,
    /// The activity.
    pub activity: ActivityId,
    /// The site.
    pub site: SiteId,
    /// The date.
    pub date: NaiveDate,
}

impl Booking {
    /// What a line is of.
    pub fn of(line: &ReservationLine) -> Self {
        Self {
            child: line.child,
            activity: line.activity,
            site: line.site,
            date: line.date,
        }
    }
}

/// What a decision on a discrepancy is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Discrepancy {
    /// The site.
    pub site: SiteId,
    /// The date.
    pub date: NaiveDate,
    /// The activity.
    pub activity: ActivityId,
    /// The child, if one is meant.
    pub child: Option<ChildId>,
    /// Of which kind.
    pub kind: DiscrepancyKind,
    /// What showed it.
    pub evidence: Hash32,
}

impl Discrepancy {
    /// What a decision is of.
    pub fn of(line: &SettledDiscrepancy) -> Self {
        Self {
            site: line.site,
            date: line.date,
            activity: line.activity,
            child: line.child,
            kind: line.kind,
            evidence: line.evidence,
        }
    }
}

/// Of whom or what an operation speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The commune's name.
    Commune,
    /// A school.
    School(SchoolId),
    /// A site.
    Site(SiteId),
    /// A class.
    Class(ClassId),
    /// A service.
    Service(ServiceId),
    /// An activity.
    Activity(ActivityId),
    /// A member of the staff.
    Staff(StaffId),
    /// Its PIN.
    Pin(StaffId),
    /// A household.
    Household(HouseholdId),
    /// A guardian, in whichever household.
    Guardian(GuardianId),
    /// Its login.
    Login(GuardianId),
    /// A child.
    Child(ChildId),
    /// Who an unknown child is.
    Unknown(ChildId),
    /// A user of the desk.
    Agent(AgentId),
    /// Its password.
    Password(AgentId),
    /// The calendar.
    Calendar,
    /// An exceptional day.
    Day(ExceptionalDayId),
    /// A reservation, by what it is of.
    Booking(Booking),
    /// A payload kept aside.
    Payload(Hash32),
    /// A word about an incident.
    Incident(IncidentId),
    /// An outage.
    Outage(OutageId),
    /// Whether a session is billed though something in it is open.
    Session(SiteId, NaiveDate, ActivityId),
    /// A discrepancy.
    Discrepancy(Discrepancy),
    /// A decision on one.
    Settlement(SettlementId),
    /// A payer.
    Payer(PayerId),
    /// With whom a child is.
    Custody(ChildId),
    /// What is sent to a guardian, and through what.
    Choices(GuardianId),
    /// A family that asks to be known.
    Registration(RegistrationId),
    /// A text of the town.
    Text(TextId),
    /// A meal.
    Menu(MenuId),
    /// How the portal is set up.
    Portal,
    /// The town's logo.
    Logo,
    /// Rules of booking.
    Rules(RuleSetId),
    /// How families book.
    BookingSettings,
    /// What a family asked or waits for.
    Wish(WishId),
    /// What rules ask about a household.
    HouseholdFacts(HouseholdId),
    /// A child's documents.
    Documents(ChildId),
}

/// Tells what reservations are of that an operation only names.
pub trait Names {
    /// What this reservation is of, if that is known.
    fn booking(&mut self, reservation: ReservationId) -> Option<Booking>;

    /// What this decision is of, if that is known.
    fn discrepancy(&mut self, settlement: SettlementId) -> Option<Discrepancy>;
}

/// The subjects of an operation. What is merged by union has none, nor has what is never merged.
pub fn subjects(body: &Body, names: &mut dyn Names) -> BTreeSet<Subject> {
    let mut all = BTreeSet::new();
    match body {
        Body::RenameCommune { .. } => drop(all.insert(Subject::Commune)),
        Body::PutSchool { school } => drop(all.insert(Subject::School(school.id))),
        Body::PutSite { site } => drop(all.insert(Subject::Site(site.id))),
        Body::PutClass { class } => drop(all.insert(Subject::Class(class.id))),
        Body::PutService { service } => drop(all.insert(Subject::Service(service.id))),
        Body::PutActivity { activity } => drop(all.insert(Subject::Activity(activity.id))),
        Body::PutStaff { staff } => drop(all.insert(Subject::Staff(staff.id))),
        Body::SetStaffPin { staff, .. } => drop(all.insert(Subject::Pin(*staff))),
        Body::PutHousehold { household } => {
            all.insert(Subject::Household(household.id));
            all.extend(household.guardians.iter().map(|g| Subject::Guardian(g.id)));
        }
        Body::SetGuardianLogin { guardian, .. } => drop(all.insert(Subject::Login(*guardian))),
        Body::PutChild { child } => drop(all.insert(Subject::Child(child.id))),
        Body::AttachChild { unknown, .. } => drop(all.insert(Subject::Unknown(*unknown))),
        Body::PutAgent { agent } => drop(all.insert(Subject::Agent(agent.id))),
        Body::SetAgentPassword { agent, .. } => drop(all.insert(Subject::Password(*agent))),
        Body::PutCalendar { .. } => drop(all.insert(Subject::Calendar)),
        Body::PutExceptionalDay { day } => drop(all.insert(Subject::Day(day.id))),
        Body::RemoveExceptionalDay { day } => drop(all.insert(Subject::Day(*day))),
        Body::PostIncident { post } => drop(all.insert(Subject::Incident(post.id))),
        Body::RemoveIncident { post } => drop(all.insert(Subject::Incident(*post))),
        Body::PutOutage { outage } => drop(all.insert(Subject::Outage(outage.id))),
        Body::SettleQuarantine { hash, .. } => drop(all.insert(Subject::Payload(*hash))),
        Body::WaiveSession {
            site, date, activity, ..
        } => {
            let date = NaiveDate::from_num_days_from_ce_opt(*date);
            all.extend(date.map(|date| Subject::Session(*site, date, *activity)));
        }
        Body::Reserve { lines } => all.extend(lines.iter().map(|line| Subject::Booking(Booking::of(line)))),
        Body::CancelReservations { reservations } => {
            all.extend(reservations.iter().filter_map(|id| names.booking(*id)).map(Subject::Booking));
        }
        Body::TakeBackReservations { lines } => {
            for line in lines {
                let booking = match line {
                    TakenBack::Made { line, .. } | TakenBack::Changed { line, .. } => Some(Booking::of(line)),
                    TakenBack::Cancelled { reservation, .. } => names.booking(*reservation),
                };
                all.extend(booking.map(Subject::Booking));
            }
        }
        Body::SettleDiscrepancies { lines } => {
            for line in lines {
                all.insert(Subject::Discrepancy(Discrepancy::of(line)));
                all.insert(Subject::Settlement(line.id));
                match (&line.decision, line.child) {
                    (Decision::Reserve { line }, _) => {
                        all.insert(Subject::Booking(Booking::of(line)));
                    }
                    (Decision::Attach { .. }, Some(unknown)) => {
                        all.insert(Subject::Unknown(unknown));
                    }
                    _ => {}
                }
            }
        }
        Body::UndoSettlements { settlements, .. } => {
            for id in settlements {
                all.insert(Subject::Settlement(*id));
                all.extend(names.discrepancy(*id).map(Subject::Discrepancy));
            }
        }
        Body::PutPayer { payer } => drop(all.insert(Subject::Payer(payer.id))),
        Body::PutCustody { custody } => drop(all.insert(Subject::Custody(custody.child))),
        Body::SetSecondFactor { guardian, .. }
        | Body::LinkIdentity { guardian, .. }
        | Body::DeleteAccount { guardian }
        | Body::RestoreAccount { guardian }
        | Body::ForgetAccount { guardian } => drop(all.insert(Subject::Login(*guardian))),
        Body::SetContact { guardian, .. } => drop(all.insert(Subject::Guardian(*guardian))),
        Body::ChooseNotices { guardian, .. } => drop(all.insert(Subject::Choices(*guardian))),
        Body::SettleRegistration { registration, .. } => {
            all.insert(Subject::Registration(*registration));
        }
        Body::PutText { text } => drop(all.insert(Subject::Text(text.id))),
        Body::RemoveText { text } => drop(all.insert(Subject::Text(*text))),
        Body::PutMenus { menus } => all.extend(menus.iter().map(|menu| Subject::Menu(menu.id))),
        Body::PutPortal { .. } => drop(all.insert(Subject::Portal)),
        Body::PutLogo { .. } => drop(all.insert(Subject::Logo)),
        Body::MergeHouseholds { keep, gone } => {
            all.extend([*keep, *gone].map(Subject::Household));
        }
        Body::MergeChildren { keep, gone } => all.extend([*keep, *gone].map(Subject::Child)),
        Body::PutRules { rules } => drop(all.insert(Subject::Rules(rules.id))),
        Body::RemoveRules { rules } => drop(all.insert(Subject::Rules(*rules))),
        Body::PutBookingSettings { .. } => drop(all.insert(Subject::BookingSettings)),
        Body::Book { booking } => {
            for line in &booking.lines {
                match &line.ask {
                    Ask::Add { line, wish, .. } => {
                        all.insert(Subject::Booking(Booking::of(line)));
                        all.extend(wish.map(Subject::Wish));
                    }
                    Ask::Cancel { reservation } => {
                        all.extend(names.booking(*reservation).map(Subject::Booking));
                    }
                }
            }
        }
        Body::DecideWishes { wishes, .. } | Body::WithdrawWishes { wishes } | Body::EndWishes { wishes } => all.extend(wishes.iter().copied().map(Subject::Wish)),
        Body::OfferPlaces { offers } => all.extend(offers.iter().map(|offer| Subject::Wish(offer.wish))),
        Body::SettleBookings { reservations, .. } | Body::EndUnpaid { reservations } => {
            all.extend(reservations.iter().filter_map(|id| names.booking(*id)).map(Subject::Booking));
        }
        Body::PutHouseholdFacts { facts } => drop(all.insert(Subject::HouseholdFacts(facts.household))),
        Body::PutDocuments { child, .. } => drop(all.insert(Subject::Documents(*child))),
        // Merged by union.
        Body::IssueFamilyCodes { .. }
        | Body::Register { .. }
        | Body::SendRequest { .. }
        | Body::AnswerRequest { .. }
        | Body::AcceptText { .. }
        | Body::PutPush { .. }
        | Body::DropPush { .. }
        | Body::Notify { .. }
        | Body::QueueLetters { .. }
        | Body::NoteLetters { .. }
        | Body::NoteGuessing { .. } => {}
        Body::ReceiveMarks { .. }
        | Body::Quarantine { .. }
        | Body::Withdraw { .. }
        | Body::ReceiveEnvelopes { .. }
        // Never merged.
        | Body::FoundCommune { .. }
        | Body::IssueAgentLink { .. }
        | Body::AgentLoggedIn { .. }
        | Body::IssueGuardianLink { .. }
        | Body::ConfirmAddress { .. }
        | Body::GuardianLoggedIn { .. }
        | Body::SeenAs { .. }
        | Body::ExportData { .. }
        | Body::SetPushKey { .. }
        | Body::IssueTabletCode { .. }
        | Body::EnrolDevice { .. }
        | Body::AdmitDevice { .. }
        | Body::PublishAddresses { .. }
        | Body::BeginRecovery { .. }
        | Body::SetCapability { .. }
        | Body::ConfirmAfterLoss { .. }
        | Body::WaiveDevice { .. }
        | Body::SignOffRecovery { .. }
        | Body::BeginMerge { .. }
        | Body::NoteLost { .. }
        | Body::SettleLost { .. } => {}
    }
    all
}

/// Why an operation is told and never merged, in French; `None` for those that are.
pub fn never_merged(body: &Body) -> Option<&'static str> {
    Some(match body {
        Body::FoundCommune { .. } => "La commune existe déjà ici.",
        Body::IssueAgentLink { .. } | Body::IssueGuardianLink { .. } | Body::IssueTabletCode { .. } => {
            "Un code ou un lien ne vaut que sur le serveur qui l’a donné. Donnez-en un autre s’il le faut."
        }
        Body::AgentLoggedIn { .. } | Body::GuardianLoggedIn { .. } => {
            "Une connexion passée ne se refait pas."
        }
        Body::SeenAs { .. } | Body::ExportData { .. } => "Une consultation passée ne se refait pas.",
        Body::ConfirmAddress { .. } => {
            "Une adresse ne se confirme qu’avec le lien reçu. Envoyez-en un autre s’il le faut."
        }
        Body::SetPushKey { .. } => "Ce serveur a sa propre clé pour les messages aux navigateurs.",
        Body::EnrolDevice { .. } | Body::AdmitDevice { .. } => {
            "La tablette se présente elle-même avec son titre signé : il n’y a rien à reprendre."
        }
        Body::PublishAddresses { .. } => "Les adresses d’avant ne sont plus celles du serveur.",
        Body::SetCapability { .. } => {
            "Ce qui est ouvert ou fermé se décide aujourd’hui, à la page Ouverture des services."
        }
        Body::BeginRecovery { .. }
        | Body::ConfirmAfterLoss { .. }
        | Body::WaiveDevice { .. }
        | Body::SignOffRecovery { .. } => "Le retour après un autre incident ne se refait pas ici.",
        Body::OfferPlaces { .. } | Body::EndWishes { .. } => {
            "Une place proposée ne l’était que pour un temps : le serveur en propose lui-même."
        }
        Body::EndUnpaid { .. } => {
            "Ce qui n’est pas payé à temps est rendu par le serveur lui-même, s’il ne l’a pas été depuis."
        }
        Body::BeginMerge { .. } | Body::NoteLost { .. } => {
            "Une fusion faite sur le serveur perdu : fusionnez aussi l’historique qu’elle avait repris."
        }
        _ => return None,
    })
}
