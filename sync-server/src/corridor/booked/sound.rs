//! What rules may hold, judged when they are first made. A refusal says what to mend.

use shared::operation::{
    BookingSettingsRecord, Case, Condition, Count, Late, Link, Moment, Payment, Refusal, RuleSetRecord,
};

type Fits = Result<(), Refusal>;

/// Longest name, in characters.
const NAME: usize = 120;
/// Longest words of a rule, in characters.
const WORDS: usize = 500;
/// Most lines of each table, and most activities.
const LINES: usize = 200;
/// Longest delay, in days.
const DAYS: u16 = 730;
/// Most minutes that something may take: a year.
const MINUTES: u32 = 366 * 24 * 60;
/// Most kinds of documents.
const KINDS: usize = 50;
/// The longest that a place is held in a cart, in minutes.
const HOLD: u32 = 24 * 60;
/// Minutes, and seconds, of a day.
const DAY: u16 = 24 * 60;

fn fits(holds: bool, otherwise: &str) -> Fits {
    if holds {
        Ok(())
    } else {
        Err(Refusal::Invalid(otherwise.to_owned()))
    }
}

/// A set of rules, draft or live.
pub(super) fn rules(set: &RuleSetRecord) -> Fits {
    fits(!set.name.trim().is_empty(), "Donnez un nom à ces règles.")?;
    fits(
        set.name.chars().count() <= NAME,
        "Ce nom est trop long\u{a0}: 120 caractères au plus.",
    )?;
    fits(
        set.until.is_none_or(|until| set.from <= until),
        "La date de fin doit suivre la date de début.",
    )?;
    fits(
        !set.live || !set.activities.is_empty(),
        "Choisissez au moins une activité avant de mettre ces règles en service.",
    )?;
    let tables = [
        set.activities.len(),
        set.openings.len(),
        set.add.len(),
        set.cancel.len(),
        set.conditions.len(),
        set.limits.len(),
        set.links.len(),
        set.groups.len(),
        set.places.len(),
        set.prices.len(),
    ];
    fits(
        tables.iter().all(|lines| *lines <= LINES),
        "Ces règles ont trop de lignes\u{a0}: 200 par tableau au plus.",
    )?;
    openings_and_delays(set)?;
    who_and_how_many(set)?;
    places_and_prices(set)
}

fn openings_and_delays(set: &RuleSetRecord) -> Fits {
    for opening in &set.openings {
        case(&opening.case)?;
        words(opening.words.as_deref())?;
        for one in [&opening.from, &opening.until].into_iter().flatten() {
            moment(one)?;
        }
    }
    for delay in set.add.iter().chain(&set.cancel) {
        case(&delay.case)?;
        words(delay.words.as_deref())?;
        moment(&delay.until)?;
        fits(
            delay.late.len() <= LINES,
            "Ce délai a trop de suites\u{a0}: 200 au plus.",
        )?;
        for Late { until, ways } in &delay.late {
            moment(until)?;
            fits(
                ways.len() <= 4,
                "Une suite dit une chose au plus pour chaque voie\u{a0}: portail, téléphone, accueil, porte.",
            )?;
        }
    }
    Ok(())
}

fn who_and_how_many(set: &RuleSetRecord) -> Fits {
    for rule in &set.conditions {
        words(rule.words.as_deref())?;
        match &rule.condition {
            Condition::Age {
                from_months: Some(from),
                under_months: Some(under),
                ..
            } => fits(
                from < under,
                "L’âge le plus bas doit être sous l’âge le plus haut.",
            )?,
            Condition::UnpaidAtMost(cents) => {
                fits(cents.0 >= 0, "Un montant ne peut pas être négatif.")?;
            }
            _ => {}
        }
    }
    for limit in &set.limits {
        words(limit.words.as_deref())?;
    }
    for Link { activity, other, .. } in &set.links {
        fits(
            activity != other,
            "Une activité ne peut pas être liée à elle-même.",
        )?;
    }
    Ok(())
}

fn places_and_prices(set: &RuleSetRecord) -> Fits {
    for group in &set.groups {
        fits(!group.name.trim().is_empty(), "Donnez un nom à chaque groupe.")?;
        fits(
            group.name.chars().count() <= NAME,
            "Ce nom est trop long\u{a0}: 120 caractères au plus.",
        )?;
        let same = set.groups.iter().filter(|other| other.name == group.name);
        fits(same.count() == 1, "Deux groupes portent le même nom.")?;
    }
    for places in &set.places {
        case(&places.case)?;
        fits(
            places
                .from
                .zip(places.until)
                .is_none_or(|(from, until)| from <= until),
            "La date de fin doit suivre la date de début.",
        )?;
        let known = |name: &String| set.groups.iter().any(|group| group.name == *name);
        fits(
            places.group.as_ref().is_none_or(known),
            "Ces places sont celles d’un groupe qui n’existe pas.",
        )?;
    }
    if let Some(waiting) = set.waiting {
        fits(
            (1..=MINUTES).contains(&waiting.offer_minutes),
            "Une place proposée doit être gardée au moins une minute, et un an au plus.",
        )?;
    }
    for price in &set.prices {
        case(&price.case)?;
        fits(price.cents.0 >= 0, "Un prix ne peut pas être négatif.")?;
    }
    if let Payment::AtBooking { within_minutes, .. } = set.payment {
        fits(
            (1..=MINUTES).contains(&within_minutes),
            "Laissez au moins une minute pour payer, et un an au plus.",
        )?;
    }
    Ok(())
}

fn case(case: &Case) -> Fits {
    fits(
        case.weekdays & 0x7f != 0 && case.weekdays <= 0x7f,
        "Choisissez au moins un jour de la semaine sur chaque ligne.",
    )
}

fn words(words: Option<&str>) -> Fits {
    fits(
        words.is_none_or(|words| words.chars().count() <= WORDS),
        "Ce texte est trop long\u{a0}: 500 caractères au plus.",
    )
}

fn count(count: &Count) -> Fits {
    fits(
        count.skipped <= 0x7f && count.skipped & 0x7f != 0x7f,
        "Un délai doit compter au moins un jour de la semaine.",
    )
}

fn moment(one: &Moment) -> Fits {
    let hour = |at: shared::codec::Minute| fits(at.0 < DAY, "Cette heure n’existe pas.");
    let days = |days: u16| fits(days <= DAYS, "Ce délai est trop long\u{a0}: deux ans au plus.");
    match one {
        Moment::Hours { hours, count: which } => {
            days(hours / 24)?;
            count(which)
        }
        Moment::Days {
            days: n,
            count: which,
            at,
        }
        | Moment::Period {
            days: n,
            count: which,
            at,
        } => {
            days(*n)?;
            count(which)?;
            hour(*at)
        }
        Moment::Weekday {
            weekday,
            weeks,
            count: which,
            at,
        } => {
            fits(*weekday <= 6, "Ce jour de la semaine n’existe pas.")?;
            days(u16::from(*weeks) * 7)?;
            count(which)?;
            hour(*at)
        }
        Moment::DayOfMonth {
            day,
            months,
            count: which,
            at,
        } => {
            fits((1..=31).contains(day), "Ce jour du mois n’existe pas.")?;
            fits(*months <= 24, "Ce délai est trop long\u{a0}: deux ans au plus.")?;
            count(which)?;
            hour(*at)
        }
        Moment::LastSchoolDay { at } => hour(*at),
        Moment::Week { hours } => days(hours / 24),
        Moment::At { second, .. } => fits(*second < u32::from(DAY) * 60, "Cette heure n’existe pas."),
        Moment::Start | Moment::End => Ok(()),
    }
}

/// How families book.
pub(super) fn settings(settings: &BookingSettingsRecord) -> Fits {
    fits(
        (1..=HOLD).contains(&settings.hold_minutes),
        "Une place est gardée au moins une minute, et une journée au plus.",
    )?;
    fits(
        settings
            .phone
            .as_ref()
            .is_none_or(|phone| phone.chars().count() <= 40),
        "Ce numéro est trop long.",
    )?;
    fits(
        settings.documents.len() <= KINDS,
        "Il y a trop de pièces\u{a0}: 50 au plus.",
    )?;
    for kind in &settings.documents {
        fits(!kind.trim().is_empty(), "Donnez un nom à chaque pièce.")?;
        fits(
            kind.chars().count() <= NAME,
            "Ce nom est trop long\u{a0}: 120 caractères au plus.",
        )?;
    }
    Ok(())
}
