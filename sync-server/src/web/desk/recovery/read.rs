//! The page as the record has it now.

use std::collections::{BTreeMap, BTreeSet};

use server_ui::desk::form::FormState;
use server_ui::desk::recovery::{
    CardLine, Current, PastLine, RecoveryBoard, SignedLine, SiteLine, TabletRow, Unconfirmed, Verdict,
};
use shared::ids::{AgentId, SiteId};
use shared::operation::Actor;
use shared::withdrawal::Withdrawn;

use super::super::day::{head, hour_of};
use super::super::quarantine::end_of;
use super::super::reach::Reach;
use super::super::service;
use super::{moment, proposals};
use crate::commune::Commune;
use crate::record;
use crate::returns::{self, Ground, Proposal, Recovery, SignedOff, Status, TabletStatus};
use crate::store::{Read, StoreError};

/// Cards listed by name; the rest are counted.
const CARDS: usize = 200;

/// Who looks, and where the page lies.
pub(super) struct Eyes {
    pub(super) reach: Reach,
    /// Whether whoever looks may act.
    pub(super) may: bool,
    /// The page's address.
    pub(super) address: String,
    /// The desk's address.
    pub(super) home: String,
}

/// What the page shows: the newest return, and those before.
pub(super) fn whole(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: &Eyes,
) -> Result<(Option<Current>, Vec<PastLine>), StoreError> {
    let mut all = returns::recoveries(tx)?.into_iter();
    let agents = agents(tx)?;
    let current = match all.next() {
        Some(recovery) => Some(current(tx, commune, eyes, &recovery, &agents)?),
        None => None,
    };
    let past = all.map(|recovery| PastLine {
        began: moment(recovery.began_at, commune),
        cause: recovery.cause,
        signed: recovery
            .signed_off
            .map(|signed| signed_line(signed, commune, &agents)),
    });
    let past = past.collect();
    Ok((current, past))
}

fn agents(tx: &mut dyn Read) -> Result<BTreeMap<AgentId, (String, String)>, StoreError> {
    let agents = record::agents(tx)?.into_iter();
    Ok(agents.map(|(a, _)| (a.id, (a.name, a.email))).collect())
}

fn signed_line(
    signed: SignedOff,
    commune: &Commune,
    agents: &BTreeMap<AgentId, (String, String)>,
) -> SignedLine {
    let by = match signed.by {
        Actor::Agent(agent) => agents
            .get(&agent)
            .map(|(name, _)| name.clone())
            .unwrap_or_default(),
        _ => String::new(),
    };
    SignedLine {
        at: moment(signed.at, commune),
        by,
        note: signed.note,
    }
}

fn current(
    tx: &mut dyn Read,
    commune: &Commune,
    eyes: &Eyes,
    recovery: &Recovery,
    agents: &BTreeMap<AgentId, (String, String)>,
) -> Result<Current, StoreError> {
    let ground = returns::ground(tx)?;
    let status = returns::status(tx, recovery)?;
    let all = waiting(&ground, recovery, &eyes.reach);
    let at = head(tx)?;
    let tablets: BTreeMap<_, _> = status
        .tablets
        .iter()
        .map(|tablet| (tablet.id, (tablet.name.clone(), end_of(tablet.id.0))))
        .collect();
    let action = eyes.may.then(|| format!("{}/propositions", eyes.address));
    let shown = proposals::view(&ground, &all, &tablets, commune, action);
    let (cards, cards_total) = cards(&ground, eyes);
    let board = board(commune, eyes, recovery, &status, &at, shown.total);
    Ok(Current {
        cause: recovery.cause,
        source: recovery.source.clone(),
        restored_to: recovery.restored_to.map(|at| moment(at, commune)),
        began: moment(recovery.began_at, commune),
        now: moment(commune.clock.now(), commune),
        branch: recovery.branch.to_string(),
        journal: (at.seq, at.hash.hex()),
        withdrawals_read: recovery.withdrawals_read,
        signed: recovery
            .signed_off
            .clone()
            .map(|signed| signed_line(signed, commune, agents)),
        services: service::cards(tx, commune)?,
        board,
        proposals: shown,
        unconfirmed: unconfirmed(tx, eyes, recovery, &status, agents)?,
        cards,
        cards_total,
        sign: FormState::default().of_version(recovery.version),
    })
}

/// The proposals within reach; once a return is signed off, only those of lists that came later.
pub(super) fn waiting(ground: &Ground, recovery: &Recovery, reach: &Reach) -> Vec<Proposal> {
    let signed = recovery.signed_off.as_ref().map(|_| recovery.version);
    let since = signed.and_then(|version| u64::try_from(version).ok());
    let mut all = returns::proposals(&ground.evidence.lists, &ground.held);
    all.retain(|proposal| {
        reach.has(proposal.line.site) && since.is_none_or(|since| proposal.source.seq > since)
    });
    all
}

fn unconfirmed(
    tx: &mut dyn Read,
    eyes: &Eyes,
    recovery: &Recovery,
    status: &Status,
    agents: &BTreeMap<AgentId, (String, String)>,
) -> Result<Vec<Unconfirmed>, StoreError> {
    if recovery.withdrawals_read || !eyes.may {
        return Ok(Vec::new());
    }
    let mut confirmed = BTreeSet::new();
    let sql = include_str!("../../../record/recovery/confirmed.sql");
    for row in tx.query(sql, &[recovery.branch.into()])? {
        confirmed.insert((row.text(0)?, row.uuid(1)?));
    }
    let dismissed = record::agents_dismissed(tx)?;
    let (agent, device) = (Withdrawn::Agent.as_str(), Withdrawn::Device.as_str());
    let people = agents
        .iter()
        .filter(|(id, _)| !dismissed.contains(*id) && !confirmed.contains(&(agent.to_owned(), id.0)))
        .map(|(id, (name, email))| Unconfirmed {
            kind: agent,
            id: id.to_string(),
            name: name.clone(),
            details: email.clone(),
        });
    let places: BTreeMap<SiteId, &str> = status
        .sites
        .iter()
        .map(|(id, name, _, _)| (*id, name.as_str()))
        .collect();
    let open = status
        .tablets
        .iter()
        .filter(|t| !t.confirmed && t.verdict != returns::Verdict::Withdrawn);
    let tablets = open.map(|tablet| {
        let sites: Vec<&str> = tablet
            .sites
            .iter()
            .filter_map(|site| places.get(site).copied())
            .collect();
        Unconfirmed {
            kind: device,
            id: tablet.id.to_string(),
            name: if tablet.name.is_empty() {
                format!("… {}", end_of(tablet.id.0))
            } else {
                tablet.name.clone()
            },
            details: sites.join(", "),
        }
    });
    Ok(people.chain(tablets).collect())
}

/// Children that no person saved since the machine made them again.
fn cards(ground: &Ground, eyes: &Eyes) -> (Vec<CardLine>, usize) {
    if !matches!(eyes.reach, Reach::All) {
        return (Vec::new(), 0);
    }
    let made = ground.held.children.values();
    let mut made: Vec<_> = made
        .filter(|(_, version)| ground.machine.contains(version))
        .map(|(child, _)| child)
        .collect();
    made.sort_by_cached_key(|child| shared::text::sort_key(&child.last_name, &child.first_name));
    let total = made.len();
    let cards = made.into_iter().take(CARDS).map(|child| CardLine {
        name: format!("{} {}", child.last_name, child.first_name),
        address: format!("{}/enfants/{}", eyes.home, child.id),
    });
    (cards.collect(), total)
}

fn board(
    commune: &Commune,
    eyes: &Eyes,
    recovery: &Recovery,
    status: &Status,
    at: &shared::receipt::Position,
    proposals: usize,
) -> RecoveryBoard {
    let within = |tablet: &&TabletStatus| {
        matches!(eyes.reach, Reach::All) || tablet.sites.iter().any(|site| eyes.reach.has(*site))
    };
    let tablets: Vec<&TabletStatus> = status.tablets.iter().filter(within).collect();
    let may = eyes.may && recovery.signed_off.is_none();
    let sites = status
        .sites
        .iter()
        .filter(|(id, ..)| eyes.reach.has(*id))
        .map(|(id, name, marks, lists)| SiteLine {
            name: name.clone(),
            marks: *marks,
            lists: *lists,
            tablets: tablets
                .iter()
                .filter(|tablet| tablet.sites.contains(id))
                .map(|tablet| row(tablet, commune, may.then_some(eyes.address.as_str())))
                .collect(),
        });
    let counts = |t: &&&TabletStatus| t.verdict != returns::Verdict::Withdrawn;
    RecoveryBoard {
        address: eyes.address.clone(),
        head: format!("{}:{}", at.branch, at.seq),
        as_of: hour_of(commune.clock.now(), commune),
        sites: sites.collect(),
        awaited: tablets.iter().filter(|t| !t.verdict.is_settled()).count(),
        tablets: tablets.iter().filter(counts).count(),
        of_unknown: if matches!(eyes.reach, Reach::All) {
            status.of_unknown
        } else {
            0
        },
        aside: if matches!(eyes.reach, Reach::All) {
            status.aside
        } else {
            (0, 0)
        },
        proposals,
    }
}

fn row(tablet: &TabletStatus, commune: &Commune, address: Option<&str>) -> TabletRow {
    let verdict = match &tablet.verdict {
        returns::Verdict::AllBack => Verdict::AllBack,
        returns::Verdict::New => Verdict::New,
        returns::Verdict::Withdrawn => Verdict::Withdrawn,
        returns::Verdict::Waived(reason) => Verdict::Waived(reason.clone()),
        returns::Verdict::Comparing => Verdict::Comparing,
        returns::Verdict::Owes(count) => Verdict::Owes(*count),
        returns::Verdict::NotSeen => Verdict::NotSeen,
    };
    TabletRow {
        name: tablet.name.clone(),
        end: end_of(tablet.id.0),
        contact: tablet.contact.map(|at| moment(at, commune)),
        marks: tablet.marks,
        lists: tablet.lists,
        agreed: tablet.agreed.map(|(seq, at)| (seq, moment(at, commune))),
        waive: address
            .filter(|_| !tablet.verdict.is_settled())
            .map(|address| format!("{address}/tablettes/{}", tablet.id)),
        verdict,
    }
}
