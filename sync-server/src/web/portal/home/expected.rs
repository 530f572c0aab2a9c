//! What is expected of a guardian: one query, then pure.

use std::collections::BTreeSet;

use server_ui::portal::home::{Expected, Incident};
use shared::ids::{GuardianId, RequestId};
use shared::operation::TextKind;
use shared::time::UtcMs;

use crate::store::{Read, Row, StoreError};

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What is to be done, the weightiest first.
    pub(super) expected: Vec<Expected>,
    /// The newest post of an incident that lasts.
    pub(super) incident: Option<Incident>,
}

/// Reads it.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn found(tx: &mut dyn Read, guardian: GuardianId, now: UtcMs) -> Result<Found, StoreError> {
    let rows = tx.query(include_str!("sql/expected.sql"), &[guardian.into(), now.into()])?;
    judged(&rows)
}

fn judged(rows: &[Row]) -> Result<Found, StoreError> {
    let mut found = Found::default();
    let mut phones = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    let mut bounced = false;
    let mut email = String::new();
    let (mut texts, mut requests) = (Vec::new(), Vec::new());
    for row in rows {
        let said = row.text(3)?;
        match row.text(0)?.as_str() {
            "text" => {
                // Of each kind one is shown: the newest, which comes first.
                let kind = TextKind::named(&row.text(2)?);
                texts.extend(
                    kind.filter(|kind| kinds.insert(*kind))
                        .map(|kind| Expected::Text { kind, title: said }),
                );
            }
            "request" => requests.push(Expected::Request {
                id: RequestId(row.uuid(1)?),
                title: said,
            }),
            "bounced" => bounced = true,
            "email" => email = said,
            "phone" => {
                let digits: String = said.chars().filter(char::is_ascii_digit).collect();
                phones.insert(digits);
            }
            "incident" => found.incident = Some(Incident { title: said }),
            _ => {}
        }
    }
    found.expected.append(&mut texts);
    found.expected.append(&mut requests);
    if email.is_empty() {
        found.expected.push(Expected::NoEmail);
    } else if bounced {
        found.expected.push(Expected::Bounced { address: email });
    }
    match phones.len() {
        0 => found.expected.push(Expected::NoPhone),
        1 => found.expected.push(Expected::OnePhone),
        _ => {}
    }
    Ok(found)
}
