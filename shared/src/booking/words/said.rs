//! Lines of rules in words.

use super::Said;
use super::moment::dated;
use crate::operation::{
    AgeOn, Case, Condition, ConditionRule, Cost, Delay, Entrance, Group, Limit, Link, LinkKind, Opening,
    Payment, Places, Price, Season, Span, Verdict, Waiting, Way,
};
use crate::words::money;

impl Said<'_> {
    /// The sessions that a line speaks of: « le lundi, hors vacances scolaires »; `None` where it speaks of all.
    pub fn case(&self, case: &Case) -> Option<String> {
        let names = self.names;
        let mut parts = Vec::new();
        if !case.activities.is_empty() {
            parts.push(self.activities(&case.activities));
        }
        if case.weekdays & 0x7f != 0x7f {
            parts.push(self.weekdays(case.weekdays));
        }
        match case.season {
            Season::Any => {}
            Season::School => parts.push(self.t("booking-case-school")),
            Season::Holidays => parts.push(self.t("booking-case-holidays")),
            Season::FirstDayBack => parts.push(self.t("booking-case-first-day-back")),
        }
        if !case.sites.is_empty() {
            let sites = self.named(&case.sites, |id| names.site(id));
            parts.push(self.with("booking-case-sites", [("names", sites.into())]));
        }
        if !case.formulas.is_empty() {
            let formulas = self.named(&case.formulas, |id| names.formula(id));
            parts.push(self.with("booking-case-formulas", [("names", formulas.into())]));
        }
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// The sessions that a line speaks of, also where it speaks of all.
    pub fn case_or_all(&self, case: &Case) -> String {
        self.case(case).unwrap_or_else(|| self.t("booking-case-all"))
    }

    /// A deadline to book, with what comes after it.
    pub fn add(&self, delay: &Delay) -> String {
        self.delay(delay, "booking-said-add", "booking-said-add-for")
    }

    /// A deadline to cancel, with what comes after it.
    pub fn cancel(&self, delay: &Delay) -> String {
        self.delay(delay, "booking-said-cancel", "booking-said-cancel-for")
    }

    fn delay(&self, delay: &Delay, all: &str, of_case: &str) -> String {
        let moment = self.moment(&delay.until);
        let mut said = vec![match self.case(&delay.case) {
            None => self.with(all, [("moment", moment.into())]),
            Some(case) => self.with(of_case, [("case", case.into()), ("moment", moment.into())]),
        }];
        for late in &delay.late {
            said.push(self.with(
                "booking-said-late",
                [
                    ("moment", self.moment(&late.until).into()),
                    ("ways", self.ways(&late.ways).into()),
                ],
            ));
        }
        said.push(self.t("booking-said-refused"));
        if delay.strict {
            said.push(self.t("booking-said-strict"));
        }
        said.join(" ")
    }

    /// What becomes of something late, by where it comes in.
    pub fn ways(&self, ways: &[Way]) -> String {
        if ways.is_empty() {
            return self.t("booking-said-no-ways");
        }
        self.semicolons(ways.iter().map(|way| self.way(way)).collect())
    }

    fn way(&self, way: &Way) -> String {
        let entrance = self.entrance(way.entrance);
        let verdict = self.t(match way.verdict {
            Verdict::Refuse => "booking-verdict-refuse",
            Verdict::Request => "booking-verdict-request",
            Verdict::Accept => "booking-verdict-accept",
        });
        match self.cost(way) {
            Some(cost) if way.verdict != Verdict::Refuse => self.with(
                "booking-way-costs",
                [
                    ("entrance", entrance.into()),
                    ("verdict", verdict.into()),
                    ("cost", cost.into()),
                ],
            ),
            _ => self.with(
                "booking-way",
                [("entrance", entrance.into()), ("verdict", verdict.into())],
            ),
        }
    }

    /// By where something comes in: « en ligne ».
    pub fn entrance(&self, entrance: Entrance) -> String {
        self.t(match entrance {
            Entrance::Portal => "booking-entrance-portal",
            Entrance::Phone => "booking-entrance-phone",
            Entrance::Desk => "booking-entrance-desk",
            Entrance::Door => "booking-entrance-door",
        })
    }

    fn cost(&self, way: &Way) -> Option<String> {
        let cost = match way.cost {
            Cost::Free => return None,
            Cost::Replaces(cents) => self.with("booking-cost-replaces", [("money", money(cents).into())]),
            Cost::Adds(cents) => self.with("booking-cost-adds", [("money", money(cents).into())]),
            Cost::Full => self.t("booking-cost-full"),
            Cost::Part(percent) => self.with("booking-cost-part", [("percent", percent.into())]),
            Cost::Due(cents) => self.with("booking-cost-due", [("money", money(cents).into())]),
        };
        Some(match way.excused_within_days {
            None => cost,
            Some(days) => self.with(
                "booking-cost-excused",
                [("cost", cost.into()), ("days", days.into())],
            ),
        })
    }

    /// From when until when booking is possible.
    pub fn opening(&self, opening: &Opening) -> String {
        let from = opening
            .from
            .as_ref()
            .map_or_else(|| self.t("booking-said-opening-known"), |from| self.moment(from));
        let opens = match self.case(&opening.case) {
            None => self.with("booking-said-opening", [("from", from.into())]),
            Some(case) => self.with(
                "booking-said-opening-for",
                [("case", case.into()), ("from", from.into())],
            ),
        };
        match &opening.until {
            None => opens,
            Some(until) => {
                let closes = self.with("booking-said-closing", [("until", self.moment(until).into())]);
                format!("{opens} {closes}")
            }
        }
    }

    /// What a child or a household must be or have, and what becomes of the others.
    pub fn condition(&self, rule: &ConditionRule) -> String {
        let mut said = vec![self.must(&rule.condition)];
        if !rule.activities.is_empty() {
            let names = self.activities(&rule.activities);
            said.push(self.with("booking-said-only-for", [("names", names.into())]));
        }
        if !rule.otherwise.is_empty() {
            let ways = self.ways(&rule.otherwise);
            said.push(self.with("booking-said-otherwise", [("ways", ways.into())]));
        }
        said.join(" ")
    }

    fn must(&self, condition: &Condition) -> String {
        let names = self.names;
        match condition {
            Condition::Age {
                from_months,
                under_months,
                on,
            } => {
                let key = match on {
                    AgeOn::Session => "booking-said-age-session",
                    AgeOn::SchoolYear => "booking-said-age-school-year",
                    AgeOn::CalendarYear => "booking-said-age-calendar-year",
                };
                let age = self.age(*from_months, *under_months);
                let age = age.unwrap_or_else(|| self.t("booking-age-any"));
                self.with(key, [("age", age.into())])
            }
            Condition::Schools(ids) => self.with(
                "booking-said-schools",
                [("names", self.named(ids, |id| names.school(id)).into())],
            ),
            Condition::Classes(ids) => self.with(
                "booking-said-classes",
                [("names", self.named(ids, |id| names.class(id)).into())],
            ),
            Condition::Levels(all) => {
                self.with("booking-said-levels", [("names", self.and(all.clone()).into())])
            }
            Condition::Residence(all) => self.with(
                "booking-said-residence",
                [("names", self.and(all.clone()).into())],
            ),
            Condition::Documents(all) => self.with(
                "booking-said-documents",
                [("names", self.and(all.clone()).into())],
            ),
            Condition::UnpaidAtMost(cents) => {
                self.with("booking-said-unpaid", [("money", money(*cents).into())])
            }
        }
    }

    fn age(&self, from: Option<u16>, under: Option<u16>) -> Option<String> {
        let months = |months: u16| {
            if months.is_multiple_of(12) {
                self.with("booking-age-years", [("number", (months / 12).into())])
            } else {
                self.with("booking-age-months", [("number", months.into())])
            }
        };
        match (from.map(months), under.map(months)) {
            (None, None) => None,
            (Some(from), None) => Some(self.with("booking-said-age-from", [("from", from.into())])),
            (None, Some(under)) => Some(self.with("booking-said-age-under", [("under", under.into())])),
            (Some(from), Some(under)) => Some(self.with(
                "booking-said-age-between",
                [("from", from.into()), ("under", under.into())],
            )),
        }
    }

    /// How many reservations a child may have.
    pub fn limit(&self, limit: &Limit) -> String {
        let of = if limit.activities.is_empty() {
            String::new()
        } else {
            format!(" ({})", self.activities(&limit.activities))
        };
        let key = match limit.per {
            Span::Day => "booking-said-limit-day",
            Span::Week => "booking-said-limit-week",
            Span::Month => "booking-said-limit-month",
            Span::Period => "booking-said-limit-period",
            Span::Year => "booking-said-limit-year",
        };
        self.with(key, [("most", limit.most.into()), ("of", of.into())])
    }

    /// What goes, or does not go, with what.
    pub fn link(&self, link: &Link) -> String {
        let key = match link.kind {
            LinkKind::Excludes => "booking-said-excludes",
            LinkKind::Needs => "booking-said-needs",
            LinkKind::Brings => "booking-said-brings",
        };
        let (activity, other) = (self.activities(&[link.activity]), self.activities(&[link.other]));
        self.with(key, [("activity", activity.into()), ("other", other.into())])
    }

    /// Who is in a group.
    pub fn group(&self, group: &Group) -> String {
        let mut who: Vec<String> = Vec::new();
        if !group.levels.is_empty() {
            who.push(self.and(group.levels.clone()));
        }
        who.extend(self.age(group.from_months, group.under_months));
        if who.is_empty() {
            who.push(self.t("booking-said-group-all"));
        }
        self.with(
            "booking-said-group",
            [
                ("name", group.name.as_str().into()),
                ("who", who.join(", ").into()),
            ],
        )
    }

    /// How many places there are.
    pub fn places(&self, places: &Places) -> String {
        let mut parts = Vec::new();
        if let Some(name) = &places.group {
            parts.push(self.with("booking-said-places-group", [("name", name.as_str().into())]));
        }
        parts.extend(self.case(&places.case));
        if let Some(from) = places.from {
            parts.push(self.with("booking-said-from", [("date", dated(from).into())]));
        }
        if let Some(until) = places.until {
            parts.push(self.with("booking-said-until", [("date", dated(until).into())]));
        }
        let of = if parts.is_empty() {
            String::new()
        } else {
            format!(" ({})", parts.join(", "))
        };
        self.with(
            "booking-said-places",
            [("places", places.places.into()), ("for", of.into())],
        )
    }

    /// Waiting for a place.
    pub fn waiting(&self, waiting: &Waiting) -> String {
        let time = self.time(waiting.offer_minutes);
        let waits = self.with("booking-said-waiting", [("time", time.into())]);
        match waiting.most {
            None => waits,
            Some(most) => {
                format!(
                    "{waits} {}",
                    self.with("booking-said-waiting-most", [("most", most.into())])
                )
            }
        }
    }

    fn time(&self, minutes: u32) -> String {
        if minutes > 0 && minutes.is_multiple_of(60) {
            self.with("booking-said-hours", [("number", (minutes / 60).into())])
        } else {
            self.with("booking-said-minutes", [("number", minutes.into())])
        }
    }

    /// What a session costs.
    pub fn price(&self, price: &Price) -> String {
        let cents = money(price.cents);
        match self.case(&price.case) {
            None => self.with("booking-said-price", [("money", cents.into())]),
            Some(case) => self.with(
                "booking-said-price-for",
                [("case", case.into()), ("money", cents.into())],
            ),
        }
    }

    /// When a session is paid.
    pub fn payment(&self, payment: &Payment) -> String {
        match *payment {
            Payment::Billed => self.t("booking-said-billed"),
            Payment::AtBooking {
                within_minutes,
                credited,
            } => {
                let key = if credited {
                    "booking-said-paid-credited"
                } else {
                    "booking-said-paid-final"
                };
                self.with(key, [("time", self.time(within_minutes).into())])
            }
        }
    }
}
