//! What the address of the page asks for.

use chrono::{Days, NaiveDate};
use server_ui::desk::form::{Address, FormState};
use shared::ids::{ActivityId, AgentId, SiteId};
use shared::operation::DiscrepancyKind;

use super::super::reach::Reach;
use super::super::visit::Desk;
use super::names::Names;
use super::{PATH, SIZE};
use crate::store::Value;

/// What may stand in the address.
const KNOWN: [&str; 7] = ["vue", "du", "au", "site", "activite", "type", "page"];
/// The longest period, in days: longer ones begin later.
const LONGEST_DAYS: u64 = 92;
/// The period that is shown when none is asked for, in days.
const USUAL_DAYS: u64 = 7;

/// Which view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Open,
    Decided,
    Sessions,
}

/// What is asked for, before the record is looked at.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) address: Address,
    pub(super) reach: Reach,
    pub(super) agent: AgentId,
}

/// What is asked for, as the record knows it.
#[derive(Clone, Debug)]
pub(super) struct Filter {
    pub(super) period: (NaiveDate, NaiveDate),
    pub(super) site: Option<SiteId>,
    pub(super) activity: Option<ActivityId>,
    pub(super) kind: Option<DiscrepancyKind>,
    reach: Reach,
    agent: AgentId,
    pub(super) page: usize,
}

impl Asked {
    /// From the address of the page.
    pub(super) fn of(desk: &Desk) -> Self {
        let asked = desk.asked(&KNOWN);
        Self::over(desk, asked.pairs())
    }

    /// From what a form carried along.
    pub(super) fn carried(desk: &Desk, form: &FormState) -> Self {
        let pairs: Vec<(String, String)> = form
            .pairs()
            .iter()
            .filter_map(|(name, value)| {
                let name = name.strip_prefix("f_")?;
                Some((name.to_owned(), value.clone()))
            })
            .collect();
        Self::over(desk, &pairs)
    }

    fn over(desk: &Desk, pairs: &[(String, String)]) -> Self {
        let known = pairs.iter().filter(|(name, _)| KNOWN.contains(&name.as_str()));
        Self {
            address: known.fold(Address::new(desk.at(PATH)), |address, (name, value)| {
                address.with(name, value)
            }),
            reach: desk.reach().clone(),
            agent: desk.session.agent,
        }
    }

    pub(super) fn shown(&self) -> Shown {
        match self.address.value("vue") {
            "decides" => Shown::Decided,
            "seances" => Shown::Sessions,
            _ => Shown::Open,
        }
    }

    /// The period: never ahead of today, and not too long.
    pub(super) fn period(&self, today: NaiveDate) -> (NaiveDate, NaiveDate) {
        let date = |name: &str| {
            let mut form = FormState::default().with(name, self.address.value(name));
            form.maybe_date(name)
        };
        let until = date("au").unwrap_or(today).min(today);
        let back = |days: u64| until.checked_sub_days(Days::new(days - 1)).unwrap_or(until);
        let from = date("du").unwrap_or_else(|| back(USUAL_DAYS));
        (from.clamp(back(LONGEST_DAYS), until), until)
    }

    /// With what the record knows; what it does not know is asked for by nobody.
    pub(super) fn filter(&self, today: NaiveDate, names: &Names) -> Filter {
        let page = self.address.value("page").parse().unwrap_or(1_usize);
        Filter {
            period: self.period(today),
            site: names
                .site_named(self.address.value("site"))
                .filter(|site| self.reach.has(*site)),
            activity: names.activity_named(self.address.value("activite")),
            kind: DiscrepancyKind::named(self.address.value("type")),
            reach: self.reach.clone(),
            agent: self.agent,
            page: page.clamp(1, 1_000_000),
        }
    }
}

impl Filter {
    pub(super) fn has(&self, site: SiteId, activity: ActivityId, kind: DiscrepancyKind) -> bool {
        self.has_session(site, activity) && self.kind.is_none_or(|one| one == kind)
    }

    pub(super) fn has_session(&self, site: SiteId, activity: ActivityId) -> bool {
        self.reach.has(site)
            && self.site.is_none_or(|one| one == site)
            && self.activity.is_none_or(|one| one == activity)
    }

    pub(super) fn reach(&self) -> &Reach {
        &self.reach
    }

    /// The parameters of statements about discrepancies and decisions.
    pub(super) fn params(&self) -> Vec<Value> {
        let mut params = self.place();
        let kind = self.kind.map(DiscrepancyKind::as_str).unwrap_or_default();
        params.push(Value::from(self.kind.is_none()));
        params.push(kind.into());
        params.extend(self.within());
        params
    }

    /// The parameters of statements about sessions.
    pub(super) fn session_params(&self) -> Vec<Value> {
        let mut params = self.place();
        params.extend(self.within());
        params
    }

    fn place(&self) -> Vec<Value> {
        const NONE: &[u8] = &[];
        vec![
            self.period.0.into(),
            self.period.1.into(),
            self.site.is_none().into(),
            self.site.map_or_else(|| NONE.into(), Value::from),
            self.activity.is_none().into(),
            self.activity.map_or_else(|| NONE.into(), Value::from),
        ]
    }

    fn within(&self) -> [Value; 2] {
        [matches!(self.reach, Reach::All).into(), self.agent.into()]
    }

    /// The same with the lines of a page.
    pub(super) fn paged(&self, mut params: Vec<Value>) -> Vec<Value> {
        let size = i64::try_from(SIZE).unwrap_or(i64::MAX);
        let before = i64::try_from((self.page - 1) * SIZE).unwrap_or(i64::MAX);
        params.push(size.into());
        params.push(before.into());
        params
    }
}
