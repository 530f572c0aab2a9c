//! What the town writes for families: its texts, its menus, its logo.

use chrono::NaiveDate;
use shared::codec::decode;
use shared::ids::{GuardianId, MenuId, SiteId, TextId};
use shared::operation::{LogoRecord, MenuRecord, TextKind, TextRecord};
use shared::time::UtcMs;
use uuid::Uuid;

use super::{Versioned, shape};
use crate::store::{Read, Row, StoreError};

/// A text as it was last written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TownText {
    /// The text.
    pub text: TextRecord,
    /// The version that it is at.
    pub version: i64,
    /// When it was last written.
    pub written_at: UtcMs,
}

impl TownText {
    fn of(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            text: decode(&row.bytes(0)?).map_err(|_| shape("town_text"))?,
            version: row.int(1)?,
            written_at: UtcMs(row.int(2)?),
        })
    }

    /// Whether families see it now.
    pub fn is_shown(&self, now: UtcMs) -> bool {
        self.text.from.is_some_and(|from| from <= now) && self.text.until.is_none_or(|until| until > now)
    }
}

/// A text that families accept, and this guardian has not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextToAccept {
    /// Which.
    pub id: TextId,
    /// What it is.
    pub kind: TextKind,
    /// Its title.
    pub title: String,
    /// The edition to accept.
    pub edition: u32,
}

/// All texts that stand, drafts and those of yesterday included.
///
/// # Errors
/// [`StoreError`] of the engine, as for all that follow.
pub fn texts(tx: &mut dyn Read) -> Result<Vec<TownText>, StoreError> {
    let rows = tx.query(include_str!("town_text/all.sql"), &[])?;
    rows.iter().map(TownText::of).collect()
}

/// One text that stands.
///
/// # Errors
/// See [`texts`].
pub fn text(tx: &mut dyn Read, id: TextId) -> Result<Option<TownText>, StoreError> {
    let row = tx.first(include_str!("town_text/one.sql"), &[id.into()])?;
    row.as_ref().map(TownText::of).transpose()
}

/// The news of this instant: what is pinned, then the newest.
///
/// # Errors
/// See [`texts`].
pub fn news(tx: &mut dyn Read, now: UtcMs) -> Result<Vec<TownText>, StoreError> {
    shown(tx, TextKind::News, now)
}

fn shown(tx: &mut dyn Read, kind: TextKind, now: UtcMs) -> Result<Vec<TownText>, StoreError> {
    let rows = tx.query(
        include_str!("town_text/shown.sql"),
        &[kind.as_str().into(), now.into()],
    )?;
    rows.iter().map(TownText::of).collect()
}

/// The one text of a kind that is shown at this instant: the one whose display began last.
///
/// # Errors
/// See [`texts`].
pub fn shown_text(tx: &mut dyn Read, kind: TextKind, now: UtcMs) -> Result<Option<TownText>, StoreError> {
    let all = shown(tx, kind, now)?;
    Ok(all.into_iter().max_by_key(|one| (one.text.from, one.version)))
}

/// When a guardian accepted an edition.
///
/// # Errors
/// See [`texts`].
pub fn text_accepted(
    tx: &mut dyn Read,
    guardian: GuardianId,
    text: TextId,
    edition: u32,
) -> Result<Option<UtcMs>, StoreError> {
    let params = [guardian.into(), text.into(), edition.into()];
    let row = tx.first(include_str!("town_text/accepted.sql"), &params)?;
    row.map(|row| row.int(0).map(UtcMs)).transpose()
}

/// How many guardians accepted an edition.
///
/// # Errors
/// See [`texts`].
pub fn text_accepted_count(tx: &mut dyn Read, text: TextId, edition: u32) -> Result<u64, StoreError> {
    let sql = include_str!("town_text/accepted_count.sql");
    let row = tx.first(sql, &[text.into(), edition.into()])?;
    row.map_or(Ok(0), |row| row.count(0))
}

/// What a guardian is expected to accept at this instant.
///
/// # Errors
/// See [`texts`].
pub fn texts_to_accept(
    tx: &mut dyn Read,
    guardian: GuardianId,
    now: UtcMs,
) -> Result<Vec<TextToAccept>, StoreError> {
    let mut all = Vec::new();
    for kind in TextKind::ALL.into_iter().filter(|kind| kind.is_accepted()) {
        let Some(TownText { text, .. }) = shown_text(tx, kind, now)? else {
            continue;
        };
        if text_accepted(tx, guardian, text.id, text.edition)?.is_none() {
            all.push(TextToAccept {
                id: text.id,
                kind,
                title: text.title,
                edition: text.edition,
            });
        }
    }
    Ok(all)
}

/// The meal of a day at a site, or everywhere: one id, whoever writes it and however often.
pub fn menu_id(date: NaiveDate, site: Option<SiteId>) -> MenuId {
    let namespace = Uuid::new_v5(&Uuid::NAMESPACE_DNS, b"menu.preau");
    let place = site.map(|site| site.to_string()).unwrap_or_default();
    MenuId(Uuid::new_v5(&namespace, format!("{date}/{place}").as_bytes()))
}

/// The meals of some days, both ends included; what was written last comes last within a day.
///
/// # Errors
/// See [`texts`].
pub fn menus(
    tx: &mut dyn Read,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<Versioned<MenuRecord>>, StoreError> {
    let rows = tx.query(include_str!("menu/between.sql"), &[from.into(), until.into()])?;
    rows.iter()
        .map(|row| {
            let menu = decode(&row.bytes(0)?).map_err(|_| shape("menu"))?;
            Ok((menu, row.int(1)?))
        })
        .collect()
}

/// The meal that is eaten at a site on a day: its own, or else everybody's.
pub fn menu_of(
    menus: &[Versioned<MenuRecord>],
    date: NaiveDate,
    site: Option<SiteId>,
) -> Option<&MenuRecord> {
    let of_day = || {
        menus
            .iter()
            .rev()
            .map(|(menu, _)| menu)
            .filter(move |menu| menu.date == date)
    };
    let own = site.and_then(|site| of_day().find(|menu| menu.sites.contains(&site)));
    own.or_else(|| of_day().find(|menu| menu.sites.is_empty()))
}

/// The town's logo.
///
/// # Errors
/// See [`texts`].
pub fn logo(tx: &mut dyn Read) -> Result<Option<Versioned<LogoRecord>>, StoreError> {
    let row = tx.first(include_str!("portal/logo.sql"), &[])?;
    row.map(|row| {
        let logo = LogoRecord {
            media_type: row.text(0)?,
            bytes: shared::codec::Blob(row.bytes(1)?),
            words: row.text(3)?,
        };
        Ok((logo, row.int(2)?))
    })
    .transpose()
}
