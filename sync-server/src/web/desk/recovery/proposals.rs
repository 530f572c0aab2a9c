//! Proposals as the page shows them.

use std::collections::BTreeMap;

use server_ui::desk::recovery::{Change, Group, ProposalLine, Proposals};
use server_ui::desk::recovery_words as words;
use shared::ids::{ActivityId, ChildId, DeviceId, FormulaId, SiteId};
use shared::operation::{ReservationLine, TakenBack};
use shared::sign::sha256;
use shared::words::hour;

use super::super::day::day_of;
use super::moment;
use crate::commune::Commune;
use crate::returns::{Evidence, Ground, Proposal, Weight};

/// Shown on one page; « all » takes the others too.
const SHOWN: usize = 400;

/// Changes with the proposals that « all » takes.
pub(super) fn fingerprint(all: &[Proposal]) -> String {
    let names: String = all
        .iter()
        .filter(|proposal| proposal.weight == Weight::Proven)
        .map(Proposal::name)
        .collect();
    sha256(&[b"proposals", names.as_bytes()]).hex()
}

/// Who and what proposals speak of: as the record has it, else as lists do.
struct Names {
    sites: BTreeMap<SiteId, String>,
    activities: BTreeMap<ActivityId, String>,
    formulas: BTreeMap<FormulaId, String>,
    children: BTreeMap<ChildId, String>,
}

impl Names {
    fn of(ground: &Ground) -> Self {
        let Evidence { lists, cards, .. } = &ground.evidence;
        let mut names = Self {
            sites: BTreeMap::new(),
            activities: BTreeMap::new(),
            formulas: BTreeMap::new(),
            children: BTreeMap::new(),
        };
        for (_, card) in cards {
            names.sites.insert(card.site, card.name.clone());
        }
        for (_, _, list) in lists {
            for activity in &list.activities {
                names.activities.insert(activity.id, activity.name.clone());
                for formula in &activity.formulas {
                    names.formulas.insert(formula.id, formula.name.clone());
                }
            }
            for child in &list.children {
                let name = format!("{} {}", child.last_name, child.first_name);
                names.children.insert(child.id, name);
            }
        }
        for (site, _) in &ground.held.sites {
            names.sites.insert(site.id, site.name.clone());
        }
        for (activity, _) in &ground.held.activities {
            names.activities.insert(activity.id, activity.name.clone());
            for formula in &activity.formulas {
                names.formulas.insert(formula.id, formula.name.clone());
            }
        }
        for (child, _) in ground.held.children.values() {
            let name = format!("{} {}", child.last_name, child.first_name);
            names.children.insert(child.id, name);
        }
        names
    }

    fn details(&self, line: &ReservationLine) -> String {
        let at = |minute: shared::codec::Minute| hour(minute.time());
        let formula = line.formula.and_then(|formula| self.formulas.get(&formula));
        [
            formula.cloned(),
            line.sitting.map(words::sitting),
            line.table.as_deref().map(words::table),
            line.group.as_deref().map(words::group),
            line.expected_in.map(|minute| words::arrives(&at(minute))),
            line.expected_out.map(|minute| words::leaves(&at(minute))),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
    }
}

/// What the page shows of them.
pub(super) fn view(
    ground: &Ground,
    all: &[Proposal],
    tablets: &BTreeMap<DeviceId, (String, String)>,
    commune: &Commune,
    action: Option<String>,
) -> Proposals {
    let names = Names::of(ground);
    let groups = |weight: Weight| -> (Vec<Group>, usize, usize) {
        let of: Vec<&Proposal> = all.iter().filter(|p| p.weight == weight).collect();
        let total = of.len();
        let mut groups: Vec<Group> = Vec::new();
        let mut last = None;
        for proposal in of.into_iter().take(SHOWN) {
            let line = &proposal.line;
            let place = (line.date, line.site, line.activity);
            if last != Some(place) {
                last = Some(place);
                groups.push(group(proposal, &names, tablets, commune));
            }
            if let Some(group) = groups.last_mut() {
                group.lines.push(ProposalLine {
                    name: proposal.name(),
                    child: names
                        .children
                        .get(&line.child)
                        .cloned()
                        .unwrap_or_else(words::nameless),
                    change: match proposal.taken_back {
                        TakenBack::Made { .. } => Change::Made,
                        TakenBack::Cancelled { .. } => Change::Cancelled,
                        TakenBack::Changed { .. } => Change::Changed,
                    },
                    details: names.details(line),
                    lost_child: !ground.held.children.contains_key(&line.child),
                });
            }
        }
        (groups, total, total.min(SHOWN))
    };
    let (proven, total, shown) = groups(Weight::Proven);
    let (decided, ..) = groups(Weight::DecidedSince);
    let (hidden, ..) = groups(Weight::Hidden);
    Proposals {
        proven,
        decided,
        hidden,
        total,
        shown,
        fingerprint: fingerprint(all),
        moved: false,
        trouble: None,
        action,
    }
}

fn group(
    proposal: &Proposal,
    names: &Names,
    tablets: &BTreeMap<DeviceId, (String, String)>,
    commune: &Commune,
) -> Group {
    let (line, source) = (&proposal.line, &proposal.source);
    let tablet = match tablets.get(&source.device) {
        Some((name, _)) if !name.is_empty() => name.clone(),
        Some((_, end)) => format!("… {end}"),
        None => format!("… {}", super::super::quarantine::end_of(source.device.0)),
    };
    let branch = source.branch.to_string();
    Group {
        date: day_of(line.date, commune.today()),
        site: names.sites.get(&line.site).cloned().unwrap_or_default(),
        activity: names.activities.get(&line.activity).cloned().unwrap_or_default(),
        proof: words::proof(
            source.branch_seq,
            branch.get(..8).unwrap_or_default(),
            &tablet,
            &moment(source.received_at, commune),
        ),
        hash: source.hash.hex().get(..16).unwrap_or_default().to_owned(),
        lines: Vec::new(),
    }
}
