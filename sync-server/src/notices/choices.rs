//! Through what a guardian wants to be told what.

use shared::ids::GuardianId;
use shared::operation::{NoticeChoice, NoticeKind, PortalRecord};

use crate::store::{Read, Row, StoreError};

/// What a guardian chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Each kind that is not as it comes.
    pub kinds: Vec<NoticeChoice>,
    /// More addresses for notices of bills.
    pub more: Vec<String>,
}

impl Choices {
    /// Whether a kind goes by mail, and on the telephone.
    pub fn of(&self, kind: NoticeKind) -> NoticeChoice {
        let chosen = self.kinds.iter().copied().find(|one| one.kind == kind);
        match (kind, chosen) {
            // What touches the account itself is always said.
            (NoticeKind::Account, _) | (_, None) => usual(kind),
            (_, Some(chosen)) => chosen,
        }
    }
}

/// How a kind goes while nobody chose.
pub fn usual(kind: NoticeKind) -> NoticeChoice {
    let on = kind != NoticeKind::ChildLeft;
    NoticeChoice {
        kind,
        mail: on,
        push: on,
    }
}

/// Kinds that something can produce today, in the order of the page.
const OFFERED: [NoticeKind; 8] = [
    NoticeKind::Recap,
    NoticeKind::PlaceOffered,
    NoticeKind::Closure,
    NoticeKind::ChildLeft,
    NoticeKind::FileReviewed,
    NoticeKind::RequestAnswered,
    NoticeKind::SchoolChanged,
    NoticeKind::News,
];

/// Kinds that a guardian of this town chooses among.
pub fn offered(portal: &PortalRecord) -> Vec<NoticeKind> {
    let allowed = |kind: &NoticeKind| *kind != NoticeKind::ChildLeft || portal.child_left;
    OFFERED.into_iter().filter(allowed).collect()
}

/// Whether a kind is about money: it goes to the further addresses as well.
pub fn about_money(kind: NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::NewBill
            | NoticeKind::PaymentChanged
            | NoticeKind::DebitRefused
            | NoticeKind::Reminder
            | NoticeKind::PaymentBlocked
    )
}

/// What a guardian chose.
///
/// # Errors
/// [`StoreError`] of the engine.
pub fn choices(tx: &mut dyn Read, guardian: GuardianId) -> Result<Choices, StoreError> {
    let rows = tx.query(include_str!("sql/choices.sql"), &[guardian.into()])?;
    let chosen = |row: &Row| {
        let kind = NoticeKind::named(&row.text(0)?).ok_or_else(|| StoreError::Shape("kind".into()))?;
        Ok(NoticeChoice {
            kind,
            mail: row.flag(1)?,
            push: row.flag(2)?,
        })
    };
    let kinds: Result<_, StoreError> = rows.iter().map(chosen).collect();
    let more = tx.query(include_str!("sql/more.sql"), &[guardian.into()])?;
    Ok(Choices {
        kinds: kinds?,
        more: more.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?,
    })
}
