//! What is open, as the record has it now.

use std::collections::{BTreeMap, BTreeSet};

use server_ui::desk::discrepancies::{Group, KindTab, Open};
use server_ui::desk::form::Address;
use shared::ids::{ActivityId, SiteId};
use shared::operation::DiscrepancyKind;
use shared::sign::sha256;

use super::super::board;
use super::super::day::day_of;
use super::SIZE;
use super::asked::Filter;
use super::lines::Found;
use super::names::Names;
use crate::commune::Commune;
use crate::discrepancies::{Choice, fits, open_within};
use crate::store::{Read, StoreError};

/// How many are open, by site, activity and kind.
pub(super) type Counts = BTreeMap<(SiteId, ActivityId, DiscrepancyKind), u64>;

/// The counts of a period.
pub(super) fn counts(tx: &mut dyn Read, filter: &Filter) -> Result<Counts, StoreError> {
    open_within(tx, filter.period)
}

/// How many answer to the filter.
pub(super) fn total(counts: &Counts, filter: &Filter) -> usize {
    let own = counts
        .iter()
        .filter(|((site, activity, kind), _)| filter.has(*site, *activity, *kind));
    usize::try_from(own.map(|(_, count)| count).sum::<u64>()).unwrap_or(usize::MAX)
}

/// The kinds that there are, each with its count.
pub(super) fn kinds(counts: &Counts, filter: &Filter, address: &Address) -> Vec<KindTab> {
    let mut by_kind: BTreeMap<DiscrepancyKind, u64> = BTreeMap::new();
    for ((site, activity, kind), count) in counts {
        if filter.has_session(*site, *activity) {
            *by_kind.entry(*kind).or_default() += count;
        }
    }
    if let Some(kind) = filter.kind {
        by_kind.entry(kind).or_default();
    }
    let first = address.without("page");
    let all = KindTab {
        kind: None,
        count: by_kind.values().sum(),
        address: first.without("type").to_string(),
        current: filter.kind.is_none(),
    };
    let mut tabs: Vec<KindTab> = by_kind
        .into_iter()
        .map(|(kind, count)| KindTab {
            kind: Some(kind),
            count,
            address: first.with("type", kind.as_str()).to_string(),
            current: filter.kind == Some(kind),
        })
        .collect();
    tabs.sort_by_key(|tab| std::cmp::Reverse(tab.count));
    tabs.insert(0, all);
    tabs
}

/// Changes with what lies under the filter: with marks, lists and decisions of the period.
pub(super) fn fingerprint(tx: &mut dyn Read, filter: &Filter, total: usize) -> Result<String, StoreError> {
    let days = include_str!("../../../record/discrepancy/days.sql");
    let mut seen = (0_u64, 0_u64);
    for row in tx.query(days, &[filter.period.0.into(), filter.period.1.into()])? {
        seen = (seen.0.max(row.count(1)?), seen.1.max(row.count(2)?));
    }
    let words = format!("{total} {} {}", seen.0, seen.1);
    Ok(sha256(&[b"discrepancies", words.as_bytes()]).hex()[..16].to_owned())
}

/// Those of one page.
pub(super) fn page(tx: &mut dyn Read, filter: &Filter) -> Result<Vec<Found>, StoreError> {
    let params = filter.paged(filter.params());
    let rows = tx.query(include_str!("sql/open_page.sql"), &params)?;
    rows.iter().map(Found::of).collect()
}

/// Up to so many of the filter, whatever page they stand on.
pub(super) fn all(tx: &mut dyn Read, filter: &Filter, most: usize) -> Result<Vec<Found>, StoreError> {
    let mut params = filter.params();
    params.push(i64::try_from(most).unwrap_or(i64::MAX).into());
    params.push(0_i64.into());
    let rows = tx.query(include_str!("sql/open_page.sql"), &params)?;
    rows.iter().map(Found::of).collect()
}

/// What is open, a page of it.
pub(super) fn open(
    tx: &mut dyn Read,
    commune: &Commune,
    names: &Names,
    filter: &Filter,
    counts: &Counts,
) -> Result<Open, StoreError> {
    let total = total(counts, filter);
    let mut filter = filter.clone();
    filter.page = filter.page.min(total.div_ceil(SIZE).max(1));
    let found = page(tx, &filter)?;
    let mut groups: Vec<Group> = Vec::new();
    let mut last = None;
    for one in &found {
        let place = (one.date, one.site, one.activity);
        if last != Some(place) {
            last = Some(place);
            let (site, activity) = (names.site_slug(one.site), names.activity_slug(one.activity));
            groups.push(Group {
                date: day_of(one.date, commune.today()),
                site: names.site(one.site).to_owned(),
                activity: names.activity(one.activity),
                board: board::address(commune, site, one.date, activity),
                lines: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.lines.push(one.line(names, commune));
        }
    }
    let mut bulk: BTreeSet<Choice> = BTreeSet::new();
    for one in &found {
        bulk.extend(fits(one.kind, one.child.is_some()));
    }
    Ok(Open {
        groups,
        total,
        page: filter.page,
        size: SIZE,
        action: None,
        bulk: bulk.into_iter().map(Choice::as_str).collect(),
        fingerprint: fingerprint(tx, &filter, total)?,
        ticked: Vec::new(),
        all: false,
    })
}
