//! The lines of each table: taken out of a set, filled into a form, read from one, put back.

use server_ui::desk::form::{Flaw, FormState};
use server_ui::desk::rules::{Choices, ConditionKind, PaymentKind, Table, UNTIL, Word};
use shared::ids::{ActivityId, ClassId, SchoolId};
use shared::operation::{
    AgeOn, Case, Condition, ConditionRule, Delay, Group, Limit, Link, LinkKind, Opening, Payment, Places,
    Price, RuleSetRecord, Span, Waiting,
};

use super::parts::{
    WORDS_MOST, cents, fill_case, fill_moment, fill_stages, fill_ways, maybe_moment, moment, offered,
    read_case, read_stages, read_ways,
};

/// Lines that a table may have.
pub(super) const LINES_MOST: usize = 60;

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    Opening(Opening),
    Delay(Delay),
    Condition(ConditionRule),
    Limit(Limit),
    Link(Link),
    Group(Group),
    Places(Places),
    Waiting(Option<Waiting>),
    Price(Price),
    Payment(Payment),
}

/// All lines of a table.
pub(super) fn lines(set: &RuleSetRecord, table: Table) -> Vec<Line> {
    match table {
        Table::Openings => set.openings.iter().cloned().map(Line::Opening).collect(),
        Table::Add => set.add.iter().cloned().map(Line::Delay).collect(),
        Table::Cancel => set.cancel.iter().cloned().map(Line::Delay).collect(),
        Table::Conditions => set.conditions.iter().cloned().map(Line::Condition).collect(),
        Table::Limits => set.limits.iter().cloned().map(Line::Limit).collect(),
        Table::Links => set.links.iter().copied().map(Line::Link).collect(),
        Table::Groups => set.groups.iter().cloned().map(Line::Group).collect(),
        Table::Places => set.places.iter().cloned().map(Line::Places).collect(),
        Table::Waiting => set
            .waiting
            .map(|waiting| Line::Waiting(Some(waiting)))
            .into_iter()
            .collect(),
        Table::Prices => set.prices.iter().cloned().map(Line::Price).collect(),
        Table::Payment => vec![Line::Payment(set.payment)],
    }
}

/// Puts all lines of a table back; those of another table are left out.
pub(super) fn put(set: &mut RuleSetRecord, table: Table, lines: Vec<Line>) {
    macro_rules! only {
        ($kind:ident) => {
            lines
                .into_iter()
                .filter_map(|line| match line {
                    Line::$kind(line) => Some(line),
                    _ => None,
                })
                .collect()
        };
    }
    match table {
        Table::Openings => set.openings = only!(Opening),
        Table::Add => set.add = only!(Delay),
        Table::Cancel => set.cancel = only!(Delay),
        Table::Conditions => set.conditions = only!(Condition),
        Table::Limits => set.limits = only!(Limit),
        Table::Links => set.links = only!(Link),
        Table::Groups => set.groups = only!(Group),
        Table::Places => set.places = only!(Places),
        Table::Waiting => {
            let all: Vec<Option<Waiting>> = only!(Waiting);
            set.waiting = all.into_iter().flatten().next();
        }
        Table::Prices => set.prices = only!(Price),
        Table::Payment => {
            let all: Vec<Payment> = only!(Payment);
            set.payment = all.first().copied().unwrap_or(Payment::Billed);
        }
    }
}

/// What stands in the form of a new line.
pub(super) fn empty(table: Table) -> FormState {
    let form = FormState::default();
    match table {
        Table::Openings | Table::Places | Table::Prices => fill_case(form, &Case::all()),
        Table::Add | Table::Cancel => fill_case(form, &Case::all()).with("etapes", "0"),
        Table::Limits => form.with("nombre", "1").with("par", Span::Week.word()),
        Table::Links => form.with("lien", LinkKind::Excludes.word()),
        Table::Waiting => form.with("attente", "oui").with("minutes", "1440"),
        Table::Conditions | Table::Groups | Table::Payment => form,
    }
}

/// What stands in the form of a line.
pub(super) fn fill(line: &Line) -> FormState {
    let form = FormState::default();
    match line {
        Line::Opening(one) => {
            let form = fill_moment(fill_moment(form, "ouvre", one.from), "ferme", one.until);
            fill_case(form, &one.case).with_maybe("mots", one.words.clone())
        }
        Line::Delay(one) => {
            let form = fill_stages(fill_moment(form, UNTIL, Some(one.until)), &one.late);
            fill_case(form, &one.case)
                .with_maybe("mots", one.words.clone())
                .with_maybe("strict", one.strict.then_some("oui"))
        }
        Line::Condition(one) => fill_condition(form, one),
        Line::Limit(one) => form
            .with("nombre", one.most.to_string())
            .with("par", one.per.word())
            .with_all("activites", one.activities.iter().map(ToString::to_string))
            .with_maybe("mots", one.words.clone()),
        Line::Link(one) => form
            .with("activite", one.activity.to_string())
            .with("lien", one.kind.word())
            .with("autre", one.other.to_string()),
        Line::Group(one) => form
            .with("nom", one.name.clone())
            .with_maybe("des", one.from_months.map(age_typed))
            .with_maybe("avant", one.under_months.map(age_typed))
            .with("niveaux", one.levels.join(", ")),
        Line::Places(one) => fill_case(form, &one.case)
            .with("places", one.places.to_string())
            .with_maybe("groupe", one.group.clone())
            .with_maybe("du", one.from.map(|date| date.to_string()))
            .with_maybe("au", one.until.map(|date| date.to_string())),
        Line::Waiting(None) => form,
        Line::Waiting(Some(one)) => form
            .with("attente", "oui")
            .with("minutes", one.offer_minutes.to_string())
            .with_maybe("nombre", one.most.map(|most| most.to_string())),
        Line::Price(one) => fill_case(form, &one.case).with("prix", one.cents.typed()),
        Line::Payment(Payment::Billed) => form.with("paiement", PaymentKind::Billed.word()),
        Line::Payment(Payment::AtBooking {
            within_minutes,
            credited,
        }) => form
            .with("paiement", PaymentKind::AtBooking.word())
            .with("minutes", within_minutes.to_string())
            .with_maybe("avoir", credited.then_some("oui")),
    }
}

fn fill_condition(form: FormState, one: &ConditionRule) -> FormState {
    let kind = |form: FormState, kind: ConditionKind| form.with("quoi", kind.word());
    let form = match &one.condition {
        Condition::Age {
            from_months,
            under_months,
            on,
        } => kind(form, ConditionKind::Age)
            .with_maybe("des", from_months.map(age_typed))
            .with_maybe("avant", under_months.map(age_typed))
            .with("le", on.word()),
        Condition::Schools(all) => {
            kind(form, ConditionKind::Schools).with_all("ecoles", all.iter().map(ToString::to_string))
        }
        Condition::Classes(all) => {
            kind(form, ConditionKind::Classes).with_all("classes", all.iter().map(ToString::to_string))
        }
        Condition::Levels(all) => kind(form, ConditionKind::Levels).with("niveaux", all.join(", ")),
        Condition::Residence(all) => kind(form, ConditionKind::Residence).with("communes", all.join(", ")),
        Condition::Documents(all) => {
            kind(form, ConditionKind::Documents).with_all("pieces", all.iter().cloned())
        }
        Condition::UnpaidAtMost(most) => kind(form, ConditionKind::Unpaid).with("impayes", most.typed()),
    };
    fill_ways(form, "sinon", &one.otherwise)
        .with_all("activites", one.activities.iter().map(ToString::to_string))
        .with_maybe("mots", one.words.clone())
}

/// Reads a line; what is wrong is noted in the form.
pub(super) fn read(form: &mut FormState, table: Table, choices: &Choices) -> Option<Line> {
    let line = match table {
        Table::Openings => Line::Opening(opening(form, choices)),
        Table::Add | Table::Cancel => Line::Delay(Delay {
            until: moment(form, UNTIL),
            late: read_stages(form),
            case: read_case(form, choices),
            words: form.maybe_text("mots", WORDS_MOST),
            strict: form.has("strict"),
        }),
        Table::Conditions => Line::Condition(ConditionRule {
            condition: condition(form, choices),
            otherwise: read_ways(form, "sinon"),
            words: form.maybe_text("mots", WORDS_MOST),
            activities: form.choices("activites", |word| offered(&choices.activities, word, ActivityId)),
        }),
        Table::Limits => Line::Limit(Limit {
            most: u16::try_from(form.number("nombre", 1, 999)).unwrap_or(1),
            per: form.choice("par", Span::Week, Word::parse),
            activities: form.choices("activites", |word| offered(&choices.activities, word, ActivityId)),
            words: form.maybe_text("mots", WORDS_MOST),
        }),
        Table::Links => Line::Link(link(form, choices)),
        Table::Groups => Line::Group(group(form)),
        Table::Places => Line::Places(places(form, choices)),
        Table::Waiting => Line::Waiting(waiting(form)),
        Table::Prices => Line::Price(Price {
            cents: cents(form, "prix"),
            case: read_case(form, choices),
        }),
        Table::Payment => Line::Payment(payment(form)),
    };
    form.sound(line)
}

fn opening(form: &mut FormState, choices: &Choices) -> Opening {
    Opening {
        from: maybe_moment(form, "ouvre"),
        until: maybe_moment(form, "ferme"),
        case: read_case(form, choices),
        words: form.maybe_text("mots", WORDS_MOST),
    }
}

fn condition(form: &mut FormState, choices: &Choices) -> Condition {
    let kind = form.choice("quoi", ConditionKind::Age, Word::parse);
    match kind {
        ConditionKind::Age => {
            let (from_months, under_months) = ages(form);
            if from_months.is_none() && under_months.is_none() && !form.is_flawed() {
                form.flaw("des", Flaw::Missing);
            }
            Condition::Age {
                from_months,
                under_months,
                on: form.maybe_choice("le", Word::parse).unwrap_or(AgeOn::Session),
            }
        }
        ConditionKind::Schools => {
            Condition::Schools(form.some_choices("ecoles", |word| offered(&choices.schools, word, SchoolId)))
        }
        ConditionKind::Classes => {
            Condition::Classes(form.some_choices("classes", |word| offered(&choices.classes, word, ClassId)))
        }
        ConditionKind::Levels => {
            let all = listed(form, "niveaux");
            if all.is_empty() {
                form.flaw("niveaux", Flaw::Missing);
            }
            Condition::Levels(all)
        }
        ConditionKind::Residence => {
            let all = listed(form, "communes");
            // Two of the département (2A and 2B in Corse), three of the commune.
            let sound = |code: &String| {
                code.len() == 5
                    && code
                        .chars()
                        .enumerate()
                        .all(|(n, c)| c.is_ascii_digit() || n == 1 && matches!(c, 'A' | 'B'))
            };
            if all.is_empty() {
                form.flaw("communes", Flaw::Missing);
            } else if !all.iter().all(sound) {
                form.flaw("communes", Flaw::Said("desk-rules-not-insee"));
            }
            Condition::Residence(all)
        }
        ConditionKind::Documents => Condition::Documents(form.some_choices("pieces", |word| {
            choices
                .documents
                .iter()
                .any(|choice| choice.value == word)
                .then(|| word.to_owned())
        })),
        ConditionKind::Unpaid => Condition::UnpaidAtMost(cents(form, "impayes")),
    }
}

/// Words parted by commas or blanks, in capitals.
fn listed(form: &FormState, name: &str) -> Vec<String> {
    form.value(name)
        .split([',', ';', ' ', '\u{a0}'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_uppercase)
        .collect()
}

/// An age as people type it: « 6 », « 6 ans », « 2 ans 6 mois », « 30 mois ».
fn age(text: &str) -> Option<u16> {
    let mut months = 0_u16;
    let mut number: Option<u16> = None;
    for word in text
        .replace("ans", " ans")
        .replace("mois", " mois")
        .split_whitespace()
    {
        match word {
            "an" | "ans" => months = months.checked_add(number.take()?.checked_mul(12)?)?,
            "mois" => months = months.checked_add(number.take()?)?,
            "et" => {}
            digits if number.is_none() => number = Some(digits.parse().ok()?),
            _ => return None,
        }
    }
    if let Some(years) = number {
        months = months.checked_add(years.checked_mul(12)?)?;
    }
    (months <= 30 * 12).then_some(months)
}

fn age_typed(months: u16) -> String {
    match (months / 12, months % 12) {
        (years, 0) => format!("{years} ans"),
        (0, months) => format!("{months} mois"),
        (years, months) => format!("{years} ans {months} mois"),
    }
}

fn maybe_age(form: &mut FormState, name: &str) -> Option<u16> {
    let text = form.value(name).trim().to_lowercase();
    if text.is_empty() {
        return None;
    }
    let found = age(&text);
    if found.is_none() {
        form.flaw(name, Flaw::Said("desk-rules-not-an-age"));
    }
    found
}

fn ages(form: &mut FormState) -> (Option<u16>, Option<u16>) {
    let (from, under) = (maybe_age(form, "des"), maybe_age(form, "avant"));
    if let (Some(from), Some(under)) = (from, under)
        && from >= under
    {
        form.flaw("avant", Flaw::Said("desk-rules-ages-crossed"));
    }
    (from, under)
}

fn link(form: &mut FormState, choices: &Choices) -> Link {
    let nil = ActivityId(uuid::Uuid::nil());
    let activity = form.choice("activite", nil, |word| {
        offered(&choices.activities, word, ActivityId)
    });
    let kind = form.choice("lien", LinkKind::Excludes, Word::parse);
    let other = form.choice("autre", nil, |word| offered(&choices.others, word, ActivityId));
    if activity == other && !form.is_flawed() {
        form.flaw("autre", Flaw::Said("desk-rules-link-itself"));
    }
    Link {
        kind,
        activity,
        other,
    }
}

fn group(form: &mut FormState) -> Group {
    let name = form.text("nom", 60);
    let (from_months, under_months) = ages(form);
    Group {
        name,
        levels: listed(form, "niveaux"),
        from_months,
        under_months,
    }
}

fn places(form: &mut FormState, choices: &Choices) -> Places {
    let group = form.maybe_choice("groupe", |word| {
        choices
            .groups
            .iter()
            .any(|choice| choice.value == word)
            .then(|| word.to_owned())
    });
    let (from, until) = (form.maybe_date("du"), form.maybe_date("au"));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        form.flaw("au", Flaw::Said("desk-rules-until-before"));
    }
    Places {
        places: u32::try_from(form.number("places", 0, 99_999)).unwrap_or_default(),
        group,
        from,
        until,
        case: read_case(form, choices),
    }
}

fn waiting(form: &mut FormState) -> Option<Waiting> {
    form.has("attente").then(|| Waiting {
        offer_minutes: u32::try_from(form.number("minutes", 10, 43_200)).unwrap_or_default(),
        most: form
            .maybe_number("nombre", 1, 9_999)
            .and_then(|most| u32::try_from(most).ok()),
    })
}

fn payment(form: &mut FormState) -> Payment {
    match form.choice("paiement", PaymentKind::Billed, Word::parse) {
        PaymentKind::Billed => Payment::Billed,
        PaymentKind::AtBooking => Payment::AtBooking {
            within_minutes: u32::try_from(form.number("minutes", 5, 43_200)).unwrap_or_default(),
            credited: form.has("avoir"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_as_people_type_it() {
        for (text, months) in [
            ("6", 72),
            ("6 ans", 72),
            ("2 ans 6 mois", 30),
            ("2 ans et 6 mois", 30),
            ("30mois", 30),
        ] {
            assert_eq!(age(text), Some(months), "{text}");
        }
        for text in ["six", "-1", "6 ans ans", "400 ans"] {
            assert_eq!(age(text), None, "{text}");
        }
        for months in [72, 30, 11, 0] {
            assert_eq!(age(&age_typed(months)), Some(months));
        }
    }
}
