//! An entry of the journal as lines of a family's history.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;
use server_ui::portal::account::{Deed, HistoryKind, HistoryLine, Origin, days_words, moment_words};
use shared::ids::{ActivityId, ChildId, GuardianId, ReservationId};
use shared::mark::{Closing, Kind, Mark, unpack};
use shared::operation::{
    Actor, Body, Channel, NoticeKind, NoticeRecord, ReceivedMark, Settlement, TakenBack,
};
use shared::time::UtcMs;

use super::sight::Sight;
use crate::about::Found;
use crate::store::{Read, StoreError};

/// What a history is worded with.
pub(super) struct Worder<'a> {
    pub(super) sight: &'a Sight,
    pub(super) zone: Tz,
    /// What the town hall is called.
    pub(super) label: &'a str,
}

/// Reservations of one child in one entry.
#[derive(Default)]
pub(super) struct Lot {
    dates: BTreeSet<NaiveDate>,
    activities: BTreeSet<ActivityId>,
}

pub(super) type Lots = BTreeMap<ChildId, Lot>;

/// « lundi 23 novembre 2026 ».
fn day_words(date: NaiveDate) -> String {
    format!("{} {}", shared::words::day(date), date.year())
}

/// By whom and through what, as whoever reads is told: `others` are the guardians of the household, `label` is what the
/// town hall is called.
pub(in crate::web::portal) fn origin_of(
    (actor, channel): (Actor, Channel),
    reader: GuardianId,
    others: &BTreeMap<GuardianId, String>,
    label: &str,
) -> Origin {
    let label = || label.to_owned();
    match (actor, channel) {
        (Actor::Guardian(who), _) if who == reader => Origin::Own,
        (Actor::Guardian(who), _) => match others.get(&who) {
            Some(name) => Origin::Other(name.clone()),
            None => Origin::Portal,
        },
        (Actor::Agent(_), Channel::Phone) => Origin::Phone(label()),
        (Actor::Agent(_), _) | (Actor::System | Actor::Host, Channel::Import | Channel::Desk) => {
            Origin::Town(label())
        }
        (Actor::Device(_), _) | (_, Channel::Tablet) => Origin::Tablet,
        (Actor::System | Actor::Host, Channel::Portal) => Origin::Portal,
        (Actor::System | Actor::Host, _) => Origin::Server,
    }
}

impl Worder<'_> {
    /// The lines of an entry that whoever reads may see: none where all of it is somebody else's.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn lines(
        &self,
        tx: &mut dyn Read,
        found: &Found,
    ) -> Result<Vec<(HistoryKind, HistoryLine)>, StoreError> {
        if let Body::Notify { notices, .. } = &found.body {
            return Ok(self.closures(notices));
        }
        let deeds = self.deeds(tx, &found.body)?;
        let when = moment_words(&self.day(Self::at(found)), &self.hour(Self::at(found)));
        let origin = self.origin(found);
        let line = |(kind, deed)| {
            let line = HistoryLine {
                when: when.clone(),
                deed,
                origin: origin.clone(),
            };
            (kind, line)
        };
        Ok(deeds.into_iter().map(line).collect())
    }

    /// What closures made of this guardian's reservations, as it was told.
    fn closures(&self, notices: &[NoticeRecord]) -> Vec<(HistoryKind, HistoryLine)> {
        let own = notices
            .iter()
            .filter(|notice| notice.kind == NoticeKind::Closure && notice.guardian == self.sight.guardian);
        let line = |notice: &NoticeRecord| HistoryLine {
            when: moment_words(&self.day(notice.at), &self.hour(notice.at)),
            deed: Deed::Closure(notice.facts.clone()),
            origin: Origin::Town(self.label.to_owned()),
        };
        own.map(|notice| (HistoryKind::Bookings, line(notice))).collect()
    }

    /// When it happened: of what was merged, when the lost server had received it.
    pub(super) fn at(found: &Found) -> UtcMs {
        found.header.first_received_at.unwrap_or(found.header.received_at)
    }

    fn day(&self, at: UtcMs) -> String {
        day_words(at.date_in(self.zone))
    }

    fn hour(&self, at: UtcMs) -> String {
        shared::words::hour(at.time_in(self.zone))
    }

    fn origin(&self, found: &Found) -> Origin {
        let by = (found.header.actor, found.header.channel);
        origin_of(by, self.sight.guardian, &self.sight.others, self.label)
    }

    fn deeds(&self, tx: &mut dyn Read, body: &Body) -> Result<Vec<(HistoryKind, Deed)>, StoreError> {
        if let Some((whose, deed)) = of_account(body) {
            let own = whose == self.sight.guardian;
            return Ok(own.then_some((HistoryKind::Account, deed)).into_iter().collect());
        }
        let file = |deed| vec![(HistoryKind::File, deed)];
        let of_file = |id: ChildId| self.sight.child(id).filter(|child| child.file());
        let household = self.sight.household;
        Ok(match body {
            Body::PutHousehold { household: put } if put.id == household => file(Deed::Household),
            Body::PutPayer { payer } if payer.household == Some(household) => file(Deed::Payer),
            Body::MergeHouseholds { keep, gone } if [*keep, *gone].contains(&household) => file(Deed::Merged),
            Body::IssueFamilyCodes { codes, .. } if codes.iter().any(|code| code.household == household) => {
                vec![(HistoryKind::Account, Deed::Codes)]
            }
            Body::PutChild { child } => match of_file(child.id) {
                Some(child) => file(Deed::Child(child.first_name.clone())),
                None => Vec::new(),
            },
            Body::PutCustody { custody } => match of_file(custody.child) {
                Some(child) => file(Deed::Custody(child.first_name.clone())),
                None => Vec::new(),
            },
            Body::MergeChildren { keep, .. } if of_file(*keep).is_some() => file(Deed::Merged),
            Body::SendRequest { request } if request.guardian == self.sight.guardian => {
                vec![(HistoryKind::Requests, Deed::Asked(request.title.clone()))]
            }
            // Found by its request, which is this guardian's.
            Body::AnswerRequest { .. } => vec![(HistoryKind::Requests, Deed::Answered)],
            Body::Reserve { lines } => {
                let lines = lines.iter().map(|line| (line.child, line.activity, line.date));
                self.booked(self.lots(lines), Deed::Reserved)
            }
            Body::CancelReservations { reservations } => {
                let lines = named(tx, reservations)?;
                self.booked(self.lots(lines.into_iter()), Deed::Cancelled)
            }
            Body::Book { .. }
            | Body::DecideWishes { .. }
            | Body::WithdrawWishes { .. }
            | Body::OfferPlaces { .. }
            | Body::EndWishes { .. }
            | Body::SettleBookings { .. }
            | Body::EndUnpaid { .. } => self.of_booking(tx, body)?,
            Body::PutHouseholdFacts { facts } if facts.household == household => file(Deed::Facts),
            Body::PutDocuments { child, .. } => match of_file(*child) {
                Some(child) => file(Deed::Documents(child.first_name.clone())),
                None => Vec::new(),
            },
            Body::TakeBackReservations { lines } => {
                let mut all = Vec::new();
                for line in lines {
                    match line {
                        TakenBack::Made { line, .. } | TakenBack::Changed { line, .. } => {
                            all.push((line.child, line.activity, line.date));
                        }
                        TakenBack::Cancelled { reservation, .. } => all.extend(named(tx, &[*reservation])?),
                    }
                }
                let deed = |child, _, _| Deed::TakenBack(child);
                self.booked(self.lots(all.into_iter()), deed)
            }
            Body::ReceiveMarks { marks, .. }
            | Body::SettleQuarantine {
                settlement: Settlement::Taken { marks },
                ..
            } => self.pointed(marks),
            Body::AttachChild { child, .. } => match self.sight.child(*child) {
                Some(child) => vec![(HistoryKind::Presence, Deed::Attached(child.first_name.clone()))],
                None => Vec::new(),
            },
            Body::SettleDiscrepancies { lines } => lines
                .iter()
                .filter_map(|line| {
                    let child = self.sight.child_on(line.child?, line.date)?;
                    let deed = Deed::Settled(child.first_name.clone(), day_words(line.date));
                    Some((HistoryKind::Presence, deed))
                })
                .collect(),
            _ => Vec::new(),
        })
    }

    /// By child, what is this household's of some reservations.
    pub(super) fn lots(&self, lines: impl Iterator<Item = (ChildId, ActivityId, NaiveDate)>) -> Lots {
        let mut lots = Lots::new();
        for (child, activity, date) in lines {
            if let Some(child) = self.sight.child_on(child, date) {
                let lot = lots.entry(child.id).or_default();
                lot.dates.insert(date);
                lot.activities.insert(activity);
            }
        }
        lots
    }

    pub(super) fn booked(
        &self,
        lots: Lots,
        deed: impl Fn(String, String, String) -> Deed,
    ) -> Vec<(HistoryKind, Deed)> {
        let worded = lots.into_iter().filter_map(|(child, lot)| {
            let child = self.sight.child(child)?.first_name.clone();
            let names = lot.activities.iter().map(|id| self.sight.activity(*id));
            let what = names.collect::<Vec<_>>().join(", ");
            let first = day_words(*lot.dates.first()?);
            let last = day_words(*lot.dates.last()?);
            let when = days_words(lot.dates.len(), &first, &last);
            Some((HistoryKind::Bookings, deed(child, what, when)))
        });
        worded.collect()
    }

    fn pointed(&self, marks: &[ReceivedMark]) -> Vec<(HistoryKind, Deed)> {
        let mut deeds = Vec::new();
        for mark in marks {
            if let Ok(mark) = unpack(&mark.value.0) {
                deeds.extend(self.of_mark(&mark));
            }
        }
        deeds
            .into_iter()
            .map(|deed| (HistoryKind::Presence, deed))
            .collect()
    }

    fn of_mark(&self, mark: &Mark) -> Vec<Deed> {
        let own = mark.device_time.plus_ms(mark.offset_ms.unwrap_or(0));
        let at = mark.stated.unwrap_or(own);
        let date = at.date_in(self.zone);
        let what = self.sight.activity(mark.activity);
        let when = moment_words(&day_words(date), &self.hour(at));
        if let Kind::Close {
            turned: Closing::Absent,
            children,
        } = &mark.kind
        {
            let seen = children
                .iter()
                .filter_map(|child| self.sight.child_on(*child, date));
            return seen
                .map(|child| Deed::Absent(child.first_name.clone(), what.clone(), when.clone()))
                .collect();
        }
        let Some(child) = mark.child.and_then(|child| self.sight.child_on(child, date)) else {
            return Vec::new();
        };
        let name = child.first_name.clone();
        match &mark.kind {
            Kind::In => vec![Deed::In(name, what, when)],
            Kind::Out => vec![Deed::Out(name, what, when)],
            Kind::Absent { .. } => vec![Deed::Absent(name, what, when)],
            Kind::Correct { .. } | Kind::Void { .. } | Kind::Stranger { .. } | Kind::Transfer { .. } => {
                vec![Deed::Noted(name, what)]
            }
            // Memos are between those who look after the child.
            Kind::Note { .. } | Kind::Close { .. } | Kind::Reopen | Kind::Welcome { .. } => Vec::new(),
        }
    }
}

/// Of whom, in what and when some reservations were.
pub(super) fn named(
    tx: &mut dyn Read,
    reservations: &[ReservationId],
) -> Result<Vec<(ChildId, ActivityId, NaiveDate)>, StoreError> {
    let mut all = Vec::new();
    for id in reservations {
        let sql = include_str!("../../../record/reservation/whose.sql");
        if let Some(row) = tx.first(sql, &[(*id).into()])? {
            all.push((ChildId(row.uuid(0)?), ActivityId(row.uuid(1)?), row.date(3)?));
        }
    }
    Ok(all)
}

/// What was done to an account, and whose it is.
fn of_account(body: &Body) -> Option<(shared::ids::GuardianId, Deed)> {
    Some(match body {
        Body::SetGuardianLogin { guardian, .. } => (*guardian, Deed::Password),
        Body::IssueGuardianLink {
            guardian,
            purpose,
            address,
            ..
        } => (*guardian, Deed::Link(*purpose, address.clone())),
        Body::ConfirmAddress { guardian, .. } => (*guardian, Deed::Address),
        Body::GuardianLoggedIn { guardian, way, .. } => (*guardian, Deed::LoggedIn(*way)),
        Body::SetSecondFactor { guardian, sealed, .. } => (*guardian, Deed::Factor(sealed.is_some())),
        Body::LinkIdentity { guardian, identity } => (*guardian, Deed::Identity(identity.is_some())),
        Body::SetContact { guardian, .. } => (*guardian, Deed::Contact),
        Body::DeleteAccount { guardian } => (*guardian, Deed::Deleted),
        Body::RestoreAccount { guardian } => (*guardian, Deed::Restored),
        Body::ForgetAccount { guardian } => (*guardian, Deed::Forgotten),
        Body::ChooseNotices { guardian, .. } => (*guardian, Deed::Choices),
        Body::PutPush { push } => (push.guardian, Deed::Messages(true)),
        Body::DropPush { guardian, .. } => (*guardian, Deed::Messages(false)),
        Body::AcceptText { guardian, .. } => (*guardian, Deed::Accepted),
        Body::SeenAs { guardian } => (*guardian, Deed::SeenAs),
        Body::ExportData { guardian } => (*guardian, Deed::Exported),
        Body::SettleRegistration {
            fate: shared::operation::RegistrationFate::Accepted { guardian },
            ..
        } => (*guardian, Deed::Registered),
        _ => return None,
    })
}
