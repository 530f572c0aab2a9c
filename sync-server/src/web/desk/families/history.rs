//! Who changed a child, and when. A record's version is the number of the journal entry that wrote
//! it, and each entry names the version that its maker saw: so the changes of one child are found
//! one from the other, however long the journal is.

use server_ui::desk::families::HistoryLine;
use shared::operation::{Actor, Body, Channel, ChildRecord, decode_body};

use crate::commune::Commune;
use crate::corridor::journal;
use crate::import::{Field, field_word};
use crate::store::{Read, Row, StoreError};
use crate::web::desk::day::{day_of, hour_of};
use shared::ids::AgentId;

/// How many changes are shown.
const SHOWN: usize = 20;

/// The changes of a child, newest first; health is named only to whoever may see it.
pub(super) fn of_child(
    tx: &mut dyn Read,
    commune: &Commune,
    version: i64,
    sees_health: bool,
) -> Result<Vec<HistoryLine>, StoreError> {
    let mut lines = Vec::new();
    let mut later: Option<ChildRecord> = None;
    let mut next = u64::try_from(version).ok();
    while let Some(seq) = next
        && lines.len() < SHOWN
    {
        let found = journal::page(tx, seq.saturating_sub(1), 1)?;
        let Some((entry, _)) = found
            .into_iter()
            .next()
            .filter(|(entry, _)| entry.header.seq == seq)
        else {
            break;
        };
        let body = entry.body.as_deref().and_then(|bytes| decode_body(bytes).ok());
        let child = match body {
            Some(Body::PutChild { child }) => Some(child),
            _ => None,
        };
        if let (Some(line), Some(earlier), Some(after)) = (lines.last_mut(), &child, &later) {
            let line: &mut HistoryLine = line;
            line.what = differences(earlier, after, sees_health);
        }
        let at = entry.header.received_at;
        let today = commune.today();
        lines.push(HistoryLine {
            when: format!(
                "{}, {}",
                day_of(at.date_in(commune.zone), today),
                hour_of(at, commune)
            ),
            who: who(tx, entry.header.actor)?,
            made: entry.header.seen.is_none(),
            imported: entry.header.channel == Channel::Import,
            what: Vec::new(),
        });
        later = child;
        next = entry
            .header
            .seen
            .and_then(|seen| u64::try_from(seen).ok())
            .filter(|seen| *seen < seq);
    }
    Ok(lines)
}

pub(in crate::web::desk) fn who(tx: &mut dyn Read, actor: Actor) -> Result<String, StoreError> {
    let agent = match actor {
        Actor::Agent(AgentId(id)) => tx.first(include_str!("sql/agent_name.sql"), &[id.into()])?,
        _ => None,
    };
    let name = agent.map(|row: Row| row.text(0)).transpose()?;
    Ok(name.unwrap_or_else(|| match actor {
        Actor::Guardian(_) => server_ui::desk::families::actor_family(),
        Actor::Agent(_) => server_ui::desk::families::actor_agent(),
        Actor::Host | Actor::Device(_) | Actor::System => server_ui::desk::families::actor_host(),
    }))
}

fn differences(a: &ChildRecord, b: &ChildRecord, sees_health: bool) -> Vec<String> {
    use server_ui::desk::families::{field_badges, field_health, field_homes, field_symbol};
    let mut what = Vec::new();
    let mut note = |differs: bool, word: String| {
        if differs {
            what.push(word);
        }
    };
    note(a.last_name != b.last_name, field_word(Field::LastName));
    note(a.first_name != b.first_name, field_word(Field::FirstName));
    note(a.born != b.born, field_word(Field::Born));
    note(a.reference != b.reference, field_word(Field::Reference));
    note(a.school != b.school, field_word(Field::School));
    note(a.class != b.class, field_word(Field::Class));
    note(a.phone != b.phone, field_word(Field::Phone));
    note(a.must_know != b.must_know, field_word(Field::MustKnow));
    note(a.left_on != b.left_on, field_word(Field::LeftOn));
    note(a.households != b.households, field_homes());
    note(a.badges != b.badges, field_badges());
    note(a.symbol != b.symbol, field_symbol());
    note(sees_health && a.health != b.health, field_health());
    what
}
