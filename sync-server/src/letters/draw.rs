//! A letter as it leaves: worded now, from the record as it is now.

use chrono_tz::Tz;
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use server_ui::letters::{Drawn, LetterView, letter};
use server_ui::portal::cart::Recap;
use shared::codec::decode;
use shared::ids::OperationId;
use shared::operation::{LetterKind, LetterRecord, NoticeRecord, PortalRecord};
use shared::time::UtcMs;

use super::office::Post;
use super::{Secret, recap};
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, StoreError};

/// What a letter needs of the record.
pub(super) struct Ground {
    pub(super) portal: PortalRecord,
    pub(super) name: Option<String>,
    pub(super) notice: Option<NoticeRecord>,
    pub(super) sealed: Option<Vec<u8>>,
    /// What became of the booking it tells of, and the booking.
    pub(super) booked: Option<(OperationId, Recap)>,
}

impl Ground {
    /// Reads it.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(super) fn read(tx: &mut dyn Read, zone: Tz, of: &LetterRecord) -> Result<Self, StoreError> {
        let mut ground = Self {
            portal: record::portal(tx)?.0,
            name: None,
            notice: None,
            sealed: None,
            booked: None,
        };
        if let Some(guardian) = of.guardian {
            let row = tx.first(include_str!("sql/first_name.sql"), &[guardian.into()])?;
            ground.name = row.map(|row| row.text(0)).transpose()?;
        }
        if let Some(notice) = of.notice {
            let row = tx.first(include_str!("sql/notice.sql"), &[notice.into()])?;
            let bytes = row.map(|row| row.bytes(0)).transpose()?;
            ground.notice = bytes.and_then(|bytes| decode(&bytes).ok());
        }
        let booking = of.facts.iter().find(|fact| fact.name == "booking");
        if let Some(id) = booking.and_then(|fact| fact.value.parse().ok())
            && let Some(booked) = recap::booked(tx, id)?
        {
            ground.booked = Some((id, recap::recap(tx, zone, &booked)?));
        }
        let row = tx.first(include_str!("sql/secret_get.sql"), &[of.id.into()])?;
        ground.sealed = row.map(|row| row.bytes(0)).transpose()?;
        Ok(ground)
    }
}

/// Whether a letter of this kind says nothing without what it carries.
fn carries(kind: LetterKind) -> bool {
    use LetterKind as K;
    matches!(
        kind,
        K::Activation | K::Reset | K::Login | K::Contact | K::Codes | K::Agent
    )
}

/// Why a letter is not sent at all: a word for the record.
pub(super) enum Void {
    /// Its link or codes were lost, with the ephemera of a machine.
    Lost,
    /// Its link is too old by now.
    Past,
    /// What it tells is no longer in the record.
    Untold,
}

impl Void {
    pub(super) fn detail(&self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Past => "past",
            Self::Untold => "untold",
        }
    }
}

/// Words a letter.
pub(super) fn drawn(
    commune: &Commune,
    base: &str,
    of: &LetterRecord,
    ground: &Ground,
    now: UtcMs,
) -> Result<Drawn, Void> {
    let secret = ground
        .sealed
        .as_deref()
        .and_then(|sealed| Secret::open(&commune.keys, sealed));
    if carries(of.kind) && secret.is_none() {
        return Err(Void::Lost);
    }
    if secret.as_ref().is_some_and(|secret| secret.expires_at <= now) {
        return Err(Void::Past);
    }
    if of.kind == LetterKind::Notice && ground.notice.is_none() {
        return Err(Void::Untold);
    }
    if of.kind == LetterKind::Booked && ground.booked.is_none() {
        return Err(Void::Untold);
    }
    let until = secret.as_ref().map(|secret| {
        let at = secret.expires_at;
        (at.date_in(commune.zone), at.time_in(commune.zone))
    });
    let path = |path: &str| format!("{base}{path}");
    let link = secret
        .as_ref()
        .and_then(|secret| secret.path.as_deref())
        .map(path);
    Ok(letter(&LetterView {
        commune: commune.name.clone(),
        label: commune.label.clone(),
        kind: of.kind,
        name: ground.name.clone(),
        facts: of.facts.clone(),
        address: of.to.clone(),
        notice: ground.notice.clone(),
        link: match &ground.booked {
            Some((id, _)) => Some(path(&format!("/{}/panier/recapitulatif/{id}", commune.slug))),
            None => link,
        },
        booked: ground.booked.as_ref().map(|(_, recap)| recap.clone()),
        lines: secret.map(|secret| secret.lines).unwrap_or_default(),
        until,
        portal: path(&format!("/{}/", commune.slug)),
        choices: path(&format!("/{}/compte/notifications", commune.slug)),
        phone: ground.portal.phone.clone(),
        email: ground.portal.email.clone(),
    }))
}

/// The Message-ID of a letter: always the same, so that a letter sent twice is known for the same.
pub(super) fn message_id(of: &LetterRecord, from: &Address) -> String {
    format!("<{}@{}>", of.id, from.domain())
}

/// The bytes of a letter. `None` where an address of it is none.
pub(super) fn message(
    commune: &Commune,
    post: &Post,
    of: &LetterRecord,
    portal: &PortalRecord,
    drawn: &Drawn,
) -> Option<(Address, Vec<u8>)> {
    let to: Address = of.to.parse().ok()?;
    let sender = portal.sender.as_deref().and_then(|sender| sender.parse().ok());
    let name = if portal.sender_name.trim().is_empty() {
        &commune.name
    } else {
        &portal.sender_name
    };
    let from = Mailbox::new(Some(name.clone()), sender.unwrap_or_else(|| post.from.clone()));
    let mut builder = Message::builder()
        .from(from)
        .to(Mailbox::new(None, to.clone()))
        .subject(drawn.subject.clone())
        .message_id(Some(message_id(of, &post.from)))
        // RFC 3834: nobody's absence is told to a machine.
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ));
    let answers = portal.reply_to.as_deref().or(portal.email.as_deref());
    if let Some(reply_to) = answers.and_then(|reply_to| reply_to.parse().ok()) {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    let at = commune.clock.now();
    let at = std::time::UNIX_EPOCH + std::time::Duration::from_millis(u64::try_from(at.0).unwrap_or(0));
    let parts = MultiPart::alternative()
        .singlepart(
            SinglePart::builder()
                .header(ContentType::TEXT_PLAIN)
                .body(drawn.text.clone()),
        )
        .singlepart(
            SinglePart::builder()
                .header(ContentType::TEXT_HTML)
                .body(drawn.html.clone()),
        );
    let message = builder.date(at).multipart(parts).ok()?;
    Some((to, message.formatted()))
}
