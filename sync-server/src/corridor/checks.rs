//! What fields may hold, judged when an operation is first made. A refusal says what to mend.

use shared::codec::Minute;
use shared::exceptional::names_something;
use shared::operation::{
    ActivityRecord, AgentRecord, CalendarRecord, ChildRecord, ExceptionalDayRecord, ExceptionalKind,
    HouseholdRecord, Refusal, SchoolRecord, StaffRecord,
};
use shared::symbol::{COLOURS, SHAPES};
use shared::time::UtcMs;

type Fits = Result<(), Refusal>;

/// Longest name, in characters.
const NAME_CHARS: usize = 120;
/// Longest text of several lines, in characters.
const TEXT_CHARS: usize = 4_000;
/// Roles of the staff that points.
const STAFF_ROLES: [&str; 5] = ["directeur", "animateur", "atsem", "restauration", "remplacant"];
/// Minutes of a day.
const DAY: u16 = 24 * 60;

fn fits(holds: bool, otherwise: &str) -> Fits {
    if holds {
        Ok(())
    } else {
        Err(Refusal::Invalid(otherwise.to_owned()))
    }
}

/// A name that can be shown.
pub(super) fn named(name: &str) -> Fits {
    fits(!name.trim().is_empty(), "Indiquez un nom.")?;
    short(name)
}

fn short(text: &str) -> Fits {
    fits(
        text.chars().count() <= NAME_CHARS,
        "Ce texte est trop long : 120 caractères au plus.",
    )
}

fn text(text: Option<&str>) -> Fits {
    fits(
        text.is_none_or(|text| text.chars().count() <= TEXT_CHARS),
        "Ce texte est trop long : 4 000 caractères au plus.",
    )
}

fn hours(opens: Minute, closes: Minute) -> Fits {
    fits(
        opens.0 < closes.0 && closes.0 <= DAY,
        "L’heure de fin doit suivre l’heure de début.",
    )
}

/// A school.
pub(super) fn school(s: &SchoolRecord) -> Fits {
    named(&s.name)?;
    fits(
        matches!(s.half_days, 8 | 9),
        "Une semaine d’école compte 8 ou 9 demi-journées.",
    )?;
    hours(s.starts, s.ends)
}

/// An activity.
pub(super) fn activity(a: &ActivityRecord) -> Fits {
    named(&a.name)?;
    fits(
        a.weekdays != 0 && a.weekdays < 128,
        "Choisissez au moins un jour de la semaine.",
    )?;
    hours(a.opens, a.closes)?;
    fits(
        a.capacity != Some(0),
        "Le nombre de places est d’au moins 1. Laissez vide s’il n’y a pas de limite.",
    )?;
    for (i, formula) in a.formulas.iter().enumerate() {
        named(&formula.name)?;
        let twice = a.formulas[..i].iter().any(|f| f.slug == formula.slug);
        if twice {
            return Err(Refusal::Taken(formula.slug.to_string()));
        }
    }
    Ok(())
}

/// A member of the staff.
pub(super) fn staff(s: &StaffRecord) -> Fits {
    named(&s.name)?;
    fits(
        STAFF_ROLES.contains(&s.role.as_str()),
        "Choisissez un rôle : directeur, animateur, ATSEM, restauration ou remplaçant.",
    )
}

/// A user of the desk.
pub(super) fn agent(a: &AgentRecord) -> Fits {
    named(&a.name)?;
    fits(
        a.email.contains('@') && a.email.len() <= 254 && !a.email.contains(char::is_whitespace),
        "Indiquez une adresse électronique.",
    )
}

/// A household.
pub(super) fn household(h: &HouseholdRecord) -> Fits {
    named(&h.name)?;
    for guardian in &h.guardians {
        named(&guardian.last_name)?;
        short(&guardian.first_name)?;
    }
    Ok(())
}

/// A child.
pub(super) fn child(c: &ChildRecord, now: UtcMs) -> Fits {
    named(&c.last_name)?;
    named(&c.first_name)?;
    // A day's grace: the commune may be ahead of UTC.
    let tomorrow = now.plus_ms(86_400_000).date_in(chrono_tz::UTC);
    fits(c.born <= tomorrow, "La date de naissance est dans l’avenir.")?;
    fits(
        c.symbol
            .is_none_or(|s| usize::from(s.colour) < COLOURS.len() && usize::from(s.shape) < SHAPES.len()),
        "Choisissez une couleur et un symbole de la liste.",
    )?;
    text(c.must_know.as_deref())?;
    text(c.health.as_deref())?;
    c.badges.iter().try_for_each(|badge| short(&badge.text))
}

/// The calendar.
pub(super) fn calendar(c: &CalendarRecord) -> Fits {
    for period in &c.local {
        named(&period.name)?;
        fits(
            period.from <= period.until,
            "Le dernier jour ne peut pas précéder le premier.",
        )?;
    }
    Ok(())
}

/// An exceptional day.
pub(super) fn exceptional_day(d: &ExceptionalDayRecord) -> Fits {
    fits(
        !d.words.trim().is_empty(),
        "Dites en quelques mots ce qui se passe.",
    )?;
    short(&d.words)?;
    fits(
        d.until.is_none_or(|until| d.from <= until),
        "Le dernier jour ne peut pas précéder le premier.",
    )?;
    let closure = d.kind == ExceptionalKind::Closure;
    fits(
        closure || (d.sites.is_empty() && d.services.is_empty() && !d.cancels),
        "Seule une fermeture peut porter sur des lieux ou des services, ou annuler des réservations.",
    )?;
    fits(
        names_something(d),
        if closure {
            "Choisissez au moins une école, une classe, un lieu ou un service."
        } else {
            "Choisissez au moins une école ou une classe."
        },
    )?;
    let Some(service) = &d.minimum_service else {
        return Ok(());
    };
    fits(
        d.kind == ExceptionalKind::Strike,
        "Le service minimum d’accueil n’existe qu’en cas de grève.",
    )?;
    hours(service.opens, service.closes)
}
