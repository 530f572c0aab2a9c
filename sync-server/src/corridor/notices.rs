//! What families are told, through what, and what became of letters.

use shared::codec::{Blob, Hash32, encode};
use shared::ids::GuardianId;
use shared::operation::{
    LetterFate, LetterNote, LetterRecord, NoticeChoice, NoticeKind, NoticeRecord, Outcome, PushRecord,
    Refusal,
};
use shared::sign::sha256;

use super::accounts::own;
use super::{CorridorError, Effect, Stage};
use crate::store::Value;

type Done = Result<Effect, CorridorError>;

/// Most further addresses of one guardian.
const MANY_ADDRESSES: usize = 3;

pub(super) fn notify(stage: &mut Stage<'_>, notices: &[NoticeRecord], until: Option<u64>) -> Done {
    for notice in notices {
        let params = [
            notice.id.into(),
            notice.guardian.into(),
            notice.kind.as_str().into(),
            notice.child.into(),
            notice.at.into(),
            encode(notice).into(),
            stage.seq.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/notice/put.sql"), &params)?;
    }
    // How far a lost server had looked says nothing about this journal.
    if let Some(until) = until.filter(|_| !stage.merged) {
        let before = stage.tx.first(include_str!("../record/notice/cursor.sql"), &[])?;
        let before = before.map_or(Ok(-1), |row| row.int(0))?;
        let until = i64::try_from(until).unwrap_or(i64::MAX);
        if until > before {
            stage
                .tx
                .execute(include_str!("../record/notice/set_cursor.sql"), &[until.into()])?;
        } else if notices.is_empty() {
            return Ok(Effect::Nothing(Outcome::Done));
        }
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn queue(stage: &mut Stage<'_>, letters: &[LetterRecord]) -> Done {
    for letter in letters {
        let params = [
            letter.id.into(),
            letter.kind.as_str().into(),
            letter.to.as_str().into(),
            letter.guardian.into(),
            letter.notice.map_or(Value::Null, Value::from),
            letter.batch.map_or(Value::Null, Value::from),
            encode(letter).into(),
            stage.branch.into(),
            stage.merged.into(),
            stage.context.now.into(),
            stage.seq.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/letter/put.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn note(stage: &mut Stage<'_>, notes: &[LetterNote]) -> Done {
    let mut changed = false;
    for one in notes {
        let row = stage
            .tx
            .first(include_str!("../record/letter/fate.sql"), &[one.letter.into()])?
            .ok_or(Refusal::NotFound("cette lettre"))?;
        let before = row.text(0)?;
        let now = stage.context.now;
        // What a person let leave on a server that was lost does not leave here by itself.
        if one.fate == LetterFate::Queued && stage.merged {
            continue;
        }
        if one.fate == LetterFate::Queued {
            // A person lets it leave: from here on it is of this branch.
            let params = [one.letter.into(), stage.branch.into(), now.into()];
            stage
                .tx
                .execute(include_str!("../record/letter/release.sql"), &params)?;
        } else if before == one.fate.as_str() {
            continue;
        } else {
            let params = [
                one.letter.into(),
                one.fate.as_str().into(),
                now.into(),
                one.detail.as_str().into(),
            ];
            stage
                .tx
                .execute(include_str!("../record/letter/note.sql"), &params)?;
        }
        changed = true;
    }
    Ok(if changed {
        Effect::Changed(Outcome::Done)
    } else {
        Effect::Nothing(Outcome::Done)
    })
}

pub(super) fn choose(
    stage: &mut Stage<'_>,
    guardian: GuardianId,
    choices: &[NoticeChoice],
    more: &[String],
) -> Done {
    own(stage, guardian)?;
    if stage.live() {
        if more.len() > MANY_ADDRESSES {
            return Err(Refusal::Invalid("Trois adresses de plus, au plus.".into()).into());
        }
        for address in more {
            let fits =
                address.contains('@') && address.len() <= 254 && !address.contains(char::is_whitespace);
            if !fits {
                return Err(
                    Refusal::Invalid(format!("« {address} » n’est pas une adresse électronique.")).into(),
                );
            }
        }
        if choices.iter().any(|choice| choice.kind == NoticeKind::Account) {
            return Err(Refusal::Invalid("Ce qui touche au compte lui-même est toujours dit.".into()).into());
        }
    }
    for sql in [
        include_str!("../record/guardian/clear_choices.sql"),
        include_str!("../record/guardian/clear_addresses.sql"),
    ] {
        stage.tx.execute(sql, &[guardian.into()])?;
    }
    for choice in choices {
        let params = [
            guardian.into(),
            choice.kind.as_str().into(),
            choice.mail.into(),
            choice.push.into(),
        ];
        stage
            .tx
            .execute(include_str!("../record/guardian/add_choice.sql"), &params)?;
    }
    for (place, address) in (0_i64..).zip(more) {
        let params = [guardian.into(), place.into(), address.as_str().into()];
        stage
            .tx
            .execute(include_str!("../record/guardian/add_address.sql"), &params)?;
    }
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn put_push(stage: &mut Stage<'_>, push: &PushRecord) -> Done {
    own(stage, push.guardian)?;
    if stage.live() {
        let fits = push.endpoint.starts_with("https://") && push.endpoint.len() <= 2_000;
        if !fits || push.key.0.len() != 65 || push.auth.0.len() != 16 {
            return Err(Refusal::Invalid("Ce navigateur ne peut pas recevoir de messages.".into()).into());
        }
    }
    let params = [
        sha256(&[push.endpoint.as_bytes()]).into(),
        push.guardian.into(),
        encode(push).into(),
        stage.context.now.into(),
    ];
    stage
        .tx
        .execute(include_str!("../record/push/put.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}

pub(super) fn drop_push(stage: &mut Stage<'_>, guardian: GuardianId, endpoint: Hash32) -> Done {
    own(stage, guardian)?;
    let params = [endpoint.into(), guardian.into()];
    let gone = stage
        .tx
        .execute(include_str!("../record/push/drop.sql"), &params)?;
    Ok(if gone == 0 {
        Effect::Nothing(Outcome::Done)
    } else {
        Effect::Changed(Outcome::Done)
    })
}

pub(super) fn set_push_key(stage: &mut Stage<'_>, public: &Blob, sealed: &Blob) -> Done {
    let params = [public.0.clone().into(), sealed.0.clone().into()];
    stage
        .tx
        .execute(include_str!("../record/push/set_key.sql"), &params)?;
    Ok(Effect::Changed(Outcome::Done))
}
