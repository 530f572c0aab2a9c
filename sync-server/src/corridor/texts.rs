//! What the town writes for families, and how its portal is set up.

use shared::codec::encode;
use shared::ids::{GuardianId, TextId};
use shared::operation::{LogoRecord, MenuRecord, Outcome, PortalRecord, Refusal, TextKind, TextRecord};

use super::accounts::own;
use super::{CorridorError, Effect, Stage, checks, unchanged};
use crate::pictures::picture;
use crate::store::{Row, Value};

type Done = Result<Effect, CorridorError>;

/// Longest text, in characters.
const LONGEST: usize = 60_000;
/// Longest words of a page or a tab, and longest word beside a menu, in characters.
const LONGEST_WELCOME: usize = 4_000;
const LONGEST_NOTE: usize = 500;
/// Most dishes of a meal, and most lines of opening hours.
const MOST_DISHES: usize = 20;
const MOST_HOURS: usize = 20;
/// Longest delay to restore an account, in days, and most school years of history.
const LONGEST_RESTORE: u16 = 365;
const MOST_YEARS: u8 = 10;
/// Largest logo, in bytes.
const LARGEST_LOGO: usize = 100 * 1024;
/// Longest side of a logo, in points: a browser unpacks all of them.
const LARGEST_SIDE: u32 = 2_000;

fn invalid(what: &str) -> CorridorError {
    Refusal::Invalid(what.to_owned()).into()
}

pub(super) fn put(stage: &mut Stage<'_>, text: &TextRecord) -> Done {
    unchanged(
        stage,
        include_str!("../record/town_text/version.sql"),
        text.id.into(),
    )?;
    if stage.live() {
        checks::named(&text.title)?;
        if text.text.chars().count() > LONGEST {
            return Err(invalid("Ce texte est trop long : 60 000 caractères au plus."));
        }
        if text.text.trim().is_empty() {
            return Err(invalid("Écrivez le texte."));
        }
        if text.edition == 0 {
            return Err(invalid("La première édition porte le numéro 1."));
        }
        if let (Some(from), Some(until)) = (text.from, text.until)
            && until <= from
        {
            return Err(invalid("La fin de l’affichage doit suivre son début."));
        }
        let row = stage
            .tx
            .first(include_str!("../record/town_text/get.sql"), &[text.id.into()])?;
        if let Some(row) = row {
            if row.text(0)? != text.kind.as_str() {
                return Err(invalid(
                    "Un texte reste de la sorte qu’il est. Écrivez-en un autre.",
                ));
            }
            if row.int(1)? > i64::from(text.edition) {
                return Err(invalid("Une édition ne revient pas en arrière."));
            }
        }
    }
    let params = [
        text.id.into(),
        text.kind.as_str().into(),
        text.title.as_str().into(),
        text.text.as_str().into(),
        text.from.into(),
        text.until.into(),
        text.pinned.into(),
        text.edition.into(),
        encode(text).into(),
        stage.context.now.into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/town_text/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn remove(stage: &mut Stage<'_>, text: TextId) -> Done {
    let row = stage
        .tx
        .first(include_str!("../record/town_text/get.sql"), &[text.into()])?
        .ok_or(Refusal::NotFound("ce texte"))?;
    let version = row.int(3)?;
    if row.flag(2)? {
        return Ok(Effect::Nothing(Outcome::Version(version)));
    }
    if stage.live() && stage.operation.seen != Some(version) {
        return Err(Refusal::Changed { version }.into());
    }
    let params = [text.into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/town_text/remove.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn accept(stage: &mut Stage<'_>, guardian: GuardianId, text: TextId, edition: u32) -> Done {
    own(stage, guardian)?;
    let row = stage
        .tx
        .first(include_str!("../record/town_text/get.sql"), &[text.into()])?
        .ok_or(Refusal::NotFound("ce texte"))?;
    if stage.live() {
        let accepted = TextKind::named(&row.text(0)?).is_some_and(TextKind::is_accepted);
        let shown = row
            .opt(4, Row::int)?
            .is_some_and(|from| from <= stage.context.now.0);
        if !accepted || !shown || row.flag(2)? {
            return Err(Refusal::NotFound("ce texte").into());
        }
        if row.int(1)? != i64::from(edition) {
            return Err(invalid(
                "Ce texte vient de changer. Relisez-le, puis acceptez-le.",
            ));
        }
    }
    let params = [
        guardian.into(),
        text.into(),
        edition.into(),
        stage.context.now.into(),
    ];
    let new = stage
        .tx
        .execute(include_str!("../record/town_text/accept.sql"), &params)?;
    Ok(if new == 0 {
        Effect::Nothing(Outcome::Done)
    } else {
        Effect::Changed(Outcome::Done)
    })
}

/// What the menus of a week were like when somebody began to write them: none was written since.
fn menu_unchanged(stage: &mut Stage<'_>, menu: &MenuRecord) -> Result<(), CorridorError> {
    let Some(seen) = stage.operation.seen else {
        return Ok(());
    };
    let sql = include_str!("../record/menu/version.sql");
    let row = stage.tx.first(sql, &[menu.id.into()])?;
    match row.map(|row| row.int(0)).transpose()? {
        Some(version) if version > seen => Err(Refusal::Changed { version }.into()),
        _ => Ok(()),
    }
}

fn menu_fits(menu: &MenuRecord) -> Result<(), CorridorError> {
    if menu.dishes.len() > MOST_DISHES {
        return Err(invalid("Un menu compte vingt plats au plus."));
    }
    if menu.note.chars().count() > LONGEST_NOTE {
        return Err(invalid("Ce mot est trop long : 500 caractères au plus."));
    }
    for dish in &menu.dishes {
        checks::named(&dish.name)?;
        if dish.allergens.iter().any(|number| !(1..=14).contains(number)) {
            return Err(invalid("Les allergènes sont numérotés de 1 à 14."));
        }
        if dish.signs >= 1 << 5 {
            return Err(invalid("Ce signe n’est pas connu."));
        }
    }
    Ok(())
}

pub(super) fn put_menus(stage: &mut Stage<'_>, menus: &[MenuRecord]) -> Done {
    for menu in menus {
        if stage.live() {
            menu_unchanged(stage, menu)?;
            menu_fits(menu)?;
        }
        if menu.dishes.is_empty() && menu.note.is_empty() {
            stage
                .tx
                .execute(include_str!("../record/menu/remove.sql"), &[menu.id.into()])?;
            continue;
        }
        let params = [
            menu.id.into(),
            menu.date.into(),
            encode(menu).into(),
            stage.version().into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/menu/put.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

fn portal_fits(portal: &PortalRecord) -> Result<(), CorridorError> {
    let hex = |accent: &str| {
        accent.len() == 7 && accent.starts_with('#') && accent.bytes().skip(1).all(|b| b.is_ascii_hexdigit())
    };
    if portal.accent.as_deref().is_some_and(|accent| !hex(accent)) {
        return Err(invalid("Une couleur s’écrit comme #1f5f8b."));
    }
    // A line end here would write headers of its own into a mail.
    if portal.sender_name.contains(char::is_control) {
        return Err(invalid("Ce nom tient sur une ligne."));
    }
    let chars = |text: &str| text.chars().count();
    let short = chars(&portal.sender_name) <= 120
        && portal.phone.as_deref().is_none_or(|phone| chars(phone) <= 40)
        && portal.hours.len() <= MOST_HOURS
        && portal.hours.iter().all(|line| chars(line) <= 160)
        && chars(&portal.welcome) <= LONGEST_WELCOME
        && portal.unopened.iter().all(|one| chars(&one.text) <= LONGEST_NOTE);
    if !short {
        return Err(invalid("Un de ces textes est trop long."));
    }
    let mut tabs: Vec<_> = portal.unopened.iter().map(|one| one.tab).collect();
    tabs.sort_unstable();
    if tabs.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(invalid("Une rubrique n’est fermée qu’une fois."));
    }
    if !(1..=LONGEST_RESTORE).contains(&portal.restore_days) {
        return Err(invalid("Le délai pour rétablir un compte va de 1 à 365 jours."));
    }
    if portal.history_years.is_some_and(|years| years > MOST_YEARS) {
        return Err(invalid("L’historique remonte à dix années scolaires au plus."));
    }
    for address in [&portal.email, &portal.sender, &portal.reply_to]
        .into_iter()
        .flatten()
    {
        let plain = !address.contains(|c: char| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
        let parts = address.split_once('@');
        let whole =
            parts.is_some_and(|(who, host)| !who.is_empty() && !host.is_empty() && !host.contains('@'));
        if !plain || !whole || address.len() > 254 {
            let words = format!("« {address} » n’est pas une adresse électronique.");
            return Err(Refusal::Invalid(words).into());
        }
    }
    Ok(())
}

pub(super) fn put_portal(stage: &mut Stage<'_>, portal: &PortalRecord) -> Done {
    unchanged(stage, include_str!("../record/portal/version.sql"), Value::Int(1))?;
    if stage.live() {
        portal_fits(portal)?;
    }
    let params = [encode(portal).into(), stage.version().into()];
    stage
        .tx
        .execute(include_str!("../record/portal/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}

pub(super) fn put_logo(stage: &mut Stage<'_>, logo: Option<&LogoRecord>) -> Done {
    let Some(logo) = logo else {
        let gone = stage
            .tx
            .execute(include_str!("../record/portal/remove_logo.sql"), &[])?;
        return Ok(if gone == 0 {
            Effect::Nothing(Outcome::Done)
        } else {
            Effect::Changed(Outcome::Version(stage.version()))
        });
    };
    if stage.live() {
        checks::named(&logo.words)?;
        if logo.bytes.0.len() > LARGEST_LOGO {
            return Err(invalid("Cette image est trop lourde : 100 ko au plus."));
        }
        match picture(&logo.bytes.0) {
            Some(found) if found.media_type == logo.media_type => {
                if found.width.max(found.height) > LARGEST_SIDE {
                    return Err(invalid(
                        "Cette image est trop grande : 2 000 points de côté au plus.",
                    ));
                }
            }
            _ => return Err(invalid("Choisissez une image PNG, JPEG ou WebP.")),
        }
    }
    let params = [
        logo.media_type.as_str().into(),
        logo.words.as_str().into(),
        logo.bytes.0.clone().into(),
        stage.version().into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/portal/put_logo.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Version(stage.version())))
}
