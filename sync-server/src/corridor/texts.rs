//! What the town writes for families, and how its portal is set up.

use shared::codec::encode;
use shared::ids::{GuardianId, TextId};
use shared::operation::{LogoRecord, MenuRecord, Outcome, PortalRecord, Refusal, TextKind, TextRecord};

use super::accounts::own;
use super::{CorridorError, Effect, Stage, checks, unchanged};
use crate::store::Value;

type Done = Result<Effect, CorridorError>;

/// Longest text, in characters.
const LONGEST: usize = 60_000;
/// Largest logo, in bytes.
const LARGEST_LOGO: usize = 100 * 1024;
/// Kinds of files that every browser shows and that hold no script.
const LOGO_TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

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
        if let (Some(from), Some(until)) = (text.from, text.until)
            && until <= from
        {
            return Err(invalid("La fin de l’affichage doit suivre son début."));
        }
        let row = stage
            .tx
            .first(include_str!("../record/town_text/get.sql"), &[text.id.into()])?;
        if let Some(row) = row
            && (row.text(0)? != text.kind.as_str() || row.int(1)? > i64::from(text.edition))
        {
            return Err(invalid("Une édition ne revient pas en arrière."));
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
        if !TextKind::named(&row.text(0)?).is_some_and(TextKind::is_accepted) {
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

pub(super) fn put_menus(stage: &mut Stage<'_>, menus: &[MenuRecord]) -> Done {
    for menu in menus {
        if stage.live() {
            for dish in &menu.dishes {
                checks::named(&dish.name)?;
                if dish.allergens.iter().any(|number| !(1..=14).contains(number)) {
                    return Err(invalid("Les allergènes sont numérotés de 1 à 14."));
                }
            }
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

pub(super) fn put_portal(stage: &mut Stage<'_>, portal: &PortalRecord) -> Done {
    unchanged(stage, include_str!("../record/portal/version.sql"), Value::Int(1))?;
    if stage.live() {
        let hex = |accent: &str| {
            accent.len() == 7
                && accent.starts_with('#')
                && accent.bytes().skip(1).all(|b| b.is_ascii_hexdigit())
        };
        if portal.accent.as_deref().is_some_and(|accent| !hex(accent)) {
            return Err(invalid("Une couleur s’écrit comme #1f5f8b."));
        }
        if portal.sender_name.contains(['\r', '\n']) {
            return Err(invalid("Ce nom tient sur une ligne."));
        }
        for address in [&portal.email, &portal.sender, &portal.reply_to]
            .into_iter()
            .flatten()
        {
            if !address.contains('@') || address.len() > 254 || address.contains(char::is_whitespace) {
                return Err(
                    Refusal::Invalid(format!("« {address} » n’est pas une adresse électronique.")).into(),
                );
            }
        }
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
        if !LOGO_TYPES.contains(&logo.media_type.as_str()) {
            return Err(invalid("Choisissez une image PNG, JPEG ou WebP."));
        }
        if logo.bytes.0.len() > LARGEST_LOGO {
            return Err(invalid("Cette image est trop lourde : 100 ko au plus."));
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
