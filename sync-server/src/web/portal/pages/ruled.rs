//! The rules of booking that count today, in the words in which they answer.

use std::sync::LazyLock;

use chrono::NaiveDate;
use server_ui::portal::pages::Ruled;
use shared::booking::{Said, set_for};
use shared::operation::TextKind;
use shared::words::{Locale, Words};

use crate::rules;
use crate::store::{Read, StoreError};

static FRENCH: LazyLock<Words> = LazyLock::new(|| Words::of_desk(Locale::Fr));

/// What they say: all but the prices for the règlement, and the prices for the tariffs.
pub(super) fn of(tx: &mut dyn Read, kind: TextKind, today: NaiveDate) -> Result<Vec<Ruled>, StoreError> {
    let ground = rules::town(tx, today, today)?;
    let said = Said::new(&FRENCH, &ground);
    let mut all = Vec::new();
    for set in &ground.sets {
        let counts = |activity: &&shared::operation::ActivityRecord| {
            let counting = set_for(activity.id, today, &ground);
            !activity.retired && counting.is_some_and(|one| one.id == set.id)
        };
        let named: Vec<&str> = ground
            .activities
            .values()
            .filter(counts)
            .map(|activity| activity.name.as_str())
            .collect();
        let chapters: Vec<(Option<String>, Vec<String>)> = if kind == TextKind::Tariffs {
            let lines: Vec<String> = set.prices.iter().map(|line| said.price(line)).collect();
            vec![(None, lines)]
        } else {
            let mut chapters = said.chapters(set);
            // The last one is about prices, which have a page of their own.
            chapters.pop();
            chapters
                .into_iter()
                .map(|chapter| (Some(chapter.title), chapter.lines))
                .collect()
        };
        let empty = chapters.iter().all(|(_, lines)| lines.is_empty());
        if !named.is_empty() && !empty {
            all.push(Ruled {
                activities: named.join(", "),
                chapters,
            });
        }
    }
    all.sort_by(|one, other| one.activities.cmp(&other.activities));
    Ok(all)
}
