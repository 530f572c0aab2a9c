//! Everything of a guardian's that the guardian may see, for programs (JSON) and for people (HTML), in one archive.

use std::io::{Cursor, Write as _};

use chrono::{Datelike, NaiveDate};
use serde_json::{Value as Json, json};
use server_ui::portal::account::{Part, copy_document, copy_words, deed_words, origin_words};
use shared::codec::decode;
use shared::ids::{ActivityId, RequestId};
use shared::operation::{Actor, NoticeRecord, PortalRecord};
use shared::time::UtcMs;
use zip::write::SimpleFileOptions;

use super::history::{self, Asked};
use super::sight::Sight;
use super::{Account, account};
use crate::commune::Commune;
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::portal::session::Guardian;

/// Lines of history in a copy at most.
const LINES: usize = 20_000;

/// What is being gathered: each part twice.
struct Gathered<'a> {
    commune: &'a Commune,
    json: serde_json::Map<String, Json>,
    parts: Vec<(String, Vec<(String, String)>)>,
}

impl Gathered<'_> {
    fn part(&mut self, part: Part, json: Json, lines: Vec<(String, String)>) {
        self.json.insert(part.as_str().to_owned(), json);
        self.parts.push((copy_words(part), lines));
    }

    fn instant(&self, at: UtcMs) -> String {
        let day = day_words(at.date_in(self.commune.zone));
        server_ui::portal::account::moment_words(&day, &shared::words::hour(at.time_in(self.commune.zone)))
    }
}

fn day_words(date: NaiveDate) -> String {
    format!("{} {}", shared::words::day(date), date.year())
}

fn iso(at: UtcMs) -> String {
    at.utc().to_rfc3339()
}

/// The archive.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn archive(
    commune: &Commune,
    guardian: &Guardian,
    portal: &PortalRecord,
) -> Result<Vec<u8>, StoreError> {
    let mut all = Gathered {
        commune,
        json: serde_json::Map::new(),
        parts: Vec::new(),
    };
    let now = commune.clock.now();
    all.json.insert("commune".into(), commune.name.clone().into());
    all.json.insert("fait_le".into(), iso(now).into());
    commune.store.read(|tx| {
        let own = account(tx, guardian.id)?;
        let sight = Sight::of(tx, guardian)?;
        of_account(&mut all, guardian, &own);
        household(&mut all, tx, guardian)?;
        children(&mut all, tx, &sight)?;
        bookings(&mut all, tx, &sight)?;
        requests(&mut all, tx, guardian)?;
        told(&mut all, tx, guardian)?;
        choices(&mut all, tx, guardian)
    })?;
    history_of(&mut all, guardian, portal)?;
    let person = format!("{} {}", guardian.first_name, guardian.last_name);
    let page = copy_document(&commune.name, &person, &all.instant(now), &all.parts);
    let json = serde_json::to_vec_pretty(&Json::Object(all.json)).unwrap_or_default();
    packed(&[("lisez-moi.html", page.as_bytes()), ("donnees.json", &json)])
        .map_err(|error| StoreError::Shape(error.to_string()))
}

fn packed(files: &[(&str, &[u8])]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn of_account(all: &mut Gathered<'_>, guardian: &Guardian, own: &Account) {
    let name = format!("{} {}", guardian.first_name, guardian.last_name);
    let json = json!({
        "nom": name, "identifiant": own.login, "email": own.email, "telephone": own.phone,
        "ouvert_le": own.activated_at.map(iso), "double_authentification": own.second_factor,
        "franceconnect": own.identity,
    });
    let yes_no = |yes| copy_words(if yes { Part::Yes } else { Part::No });
    let mut lines = vec![
        (copy_words(Part::Name), name),
        (copy_words(Part::Login), own.login.clone()),
        (copy_words(Part::Email), own.email.clone().unwrap_or_default()),
        (copy_words(Part::Phone), own.phone.clone().unwrap_or_default()),
        (copy_words(Part::Factor), yes_no(own.second_factor)),
        (copy_words(Part::Identity), yes_no(own.identity)),
    ];
    if let Some(at) = own.activated_at {
        lines.push((copy_words(Part::Activated), all.instant(at)));
    }
    all.part(Part::Account, json, lines);
}

/// The people of one household know each other; how each can be reached is each one's own.
fn household(all: &mut Gathered<'_>, tx: &mut dyn Read, guardian: &Guardian) -> Result<(), StoreError> {
    let (mut names, mut title) = (Vec::new(), String::new());
    if let Some((household, _)) = record::household(tx, guardian.household)? {
        title = household.name;
        for one in household.guardians {
            names.push(format!("{} {}", one.first_name, one.last_name));
        }
    }
    let lines = names.iter().map(|name| (title.clone(), name.clone())).collect();
    all.part(
        Part::Household,
        json!({ "nom": title, "responsables": names }),
        lines,
    );
    Ok(())
}

/// Names of all; the file of those over whom there is parental authority.
fn children(all: &mut Gathered<'_>, tx: &mut dyn Read, sight: &Sight) -> Result<(), StoreError> {
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for seen in sight.children.iter().map(|seen| &seen.child) {
        let Some((child, _)) = record::child(tx, seen.id)? else {
            continue;
        };
        let name = format!("{} {}", child.first_name, child.last_name);
        let mut one = json!({ "prenom": child.first_name, "nom": child.last_name });
        let mut told = Vec::new();
        if seen.file() {
            one["naissance"] = child.born.to_string().into();
            one["sante"] = child.health.clone().into();
            one["a_savoir"] = child.must_know.clone().into();
            one["telephone"] = child.phone.clone().into();
            one["parti_le"] = child.left_on.map(|day| day.to_string()).into();
            one["signes"] = json!(child.badges.iter().map(|badge| &badge.text).collect::<Vec<_>>());
            told.push(server_ui::portal::account::born_words(&day_words(child.born)));
            told.extend(child.health.into_iter().chain(child.must_know));
            told.extend(child.badges.into_iter().map(|badge| badge.text));
        }
        list.push(one);
        lines.push((name, told.join(" ; ")));
    }
    all.part(Part::Children, Json::Array(list), lines);
    Ok(())
}

fn bookings(all: &mut Gathered<'_>, tx: &mut dyn Read, sight: &Sight) -> Result<(), StoreError> {
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for child in sight.children.iter().map(|seen| &seen.child) {
        for row in tx.query(include_str!("sql/reservations.sql"), &[child.id.into()])? {
            let date = row.date(2)?;
            if sight.child_on(child.id, date).is_none() {
                continue;
            }
            let activity = sight.activity(ActivityId(row.uuid(0)?));
            let cancelled = row.opt(3, Row::int)?.map(UtcMs);
            list.push(json!({
                "enfant": child.first_name, "activite": activity, "date": date.to_string(),
                "annulee_le": cancelled.map(iso),
            }));
            let mut words = format!("{activity}, {}", day_words(date));
            if cancelled.is_some() {
                words = format!("{words} ({})", copy_words(Part::Cancelled));
            }
            lines.push((child.first_name.clone(), words));
        }
    }
    all.part(Part::Bookings, Json::Array(list), lines);
    Ok(())
}

fn requests(all: &mut Gathered<'_>, tx: &mut dyn Read, guardian: &Guardian) -> Result<(), StoreError> {
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for row in tx.query(include_str!("sql/requests.sql"), &[guardian.id.into()])? {
        let (id, title) = (RequestId(row.uuid(0)?), row.text(2)?);
        let mut said = Vec::new();
        for line in tx.query(include_str!("sql/request_lines.sql"), &[id.into()])? {
            let at = UtcMs(line.int(0)?);
            let actor: Actor = decode(&line.bytes(1)?).map_err(|_| StoreError::Shape("actor".into()))?;
            let mine = actor == Actor::Guardian(guardian.id);
            let words = line.text(2)?;
            lines.push((title.clone(), format!("{} : {words}", all.instant(at))));
            said.push(json!({ "le": iso(at), "de_vous": mine, "texte": words }));
        }
        list.push(json!({
            "genre": row.text(1)?, "objet": title, "etat": row.text(3)?, "le": iso(UtcMs(row.int(4)?)),
            "messages": said,
        }));
    }
    all.part(Part::Requests, Json::Array(list), lines);
    Ok(())
}

/// The feed, and what was mailed.
fn told(all: &mut Gathered<'_>, tx: &mut dyn Read, guardian: &Guardian) -> Result<(), StoreError> {
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for row in tx.query(include_str!("sql/notices.sql"), &[guardian.id.into()])? {
        let notice: NoticeRecord = decode(&row.bytes(2)?).map_err(|_| StoreError::Shape("notice".into()))?;
        let facts: serde_json::Map<_, _> = notice
            .facts
            .iter()
            .map(|fact| (fact.name.clone(), fact.value.clone().into()))
            .collect();
        let values: Vec<_> = notice.facts.iter().map(|fact| fact.value.as_str()).collect();
        lines.push((all.instant(notice.at), values.join(", ")));
        list.push(json!({ "genre": notice.kind.as_str(), "le": iso(notice.at), "faits": facts }));
    }
    all.part(Part::Notices, Json::Array(list), lines);
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for row in tx.query(include_str!("sql/letters.sql"), &[guardian.id.into()])? {
        let (kind, to, at, fate) = (row.text(0)?, row.text(1)?, UtcMs(row.int(2)?), row.text(3)?);
        lines.push((all.instant(at), to.clone()));
        list.push(json!({ "genre": kind, "a": to, "le": iso(at), "sort": fate }));
    }
    all.part(Part::Letters, Json::Array(list), lines);
    Ok(())
}

fn choices(all: &mut Gathered<'_>, tx: &mut dyn Read, guardian: &Guardian) -> Result<(), StoreError> {
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for row in tx.query(include_str!("sql/choices.sql"), &[guardian.id.into()])? {
        let (kind, mail, push) = (row.text(0)?, row.flag(1)?, row.flag(2)?);
        let through = [(mail, Part::ByMail), (push, Part::ByPush)];
        let words = through
            .iter()
            .filter(|(yes, _)| *yes)
            .map(|(_, part)| copy_words(*part));
        lines.push((kind.clone(), words.collect::<Vec<_>>().join(", ")));
        list.push(json!({ "genre": kind, "email": mail, "appareil": push }));
    }
    let mut more = Vec::new();
    for row in tx.query(include_str!("sql/addresses.sql"), &[guardian.id.into()])? {
        let address = row.text(0)?;
        lines.push((copy_words(Part::Email), address.clone()));
        more.push(address);
    }
    all.part(
        Part::Choices,
        json!({ "choix": list, "autres_adresses": more }),
        lines,
    );
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    for row in tx.query(include_str!("sql/accepted.sql"), &[guardian.id.into()])? {
        let (title, edition, at) = (row.text(0)?, row.int(1)?, UtcMs(row.int(2)?));
        lines.push((title.clone(), all.instant(at)));
        list.push(json!({ "titre": title, "edition": edition, "le": iso(at) }));
    }
    all.part(Part::Accepted, Json::Array(list), lines);
    Ok(())
}

fn history_of(all: &mut Gathered<'_>, guardian: &Guardian, portal: &PortalRecord) -> Result<(), StoreError> {
    let (mut list, mut lines) = (Vec::new(), Vec::new());
    let mut asked = Asked {
        kind: None,
        before: None,
        lines: history::LINES,
    };
    loop {
        let answer = history::read(all.commune, guardian, portal, asked)?;
        for line in answer.lines {
            let what = format!("{} ({})", deed_words(&line.deed), origin_words(&line.origin));
            list.push(json!({ "quand": line.when, "quoi": deed_words(&line.deed), "par": origin_words(&line.origin) }));
            lines.push((line.when, what));
        }
        match answer.older {
            Some(before) if lines.len() < LINES => asked.before = Some(before),
            _ => break,
        }
    }
    all.part(Part::History, Json::Array(list), lines);
    Ok(())
}
