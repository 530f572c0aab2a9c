//! `doctor`: the configuration in effect, secrets hidden, and what is wrong with it. It looks, and
//! changes nothing.

mod communes;
mod machine;
mod mail;
mod offsite;
mod server;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clock::Clock;
use crate::host::{Backend, Setup};
use crate::letters::SmtpAddress;
use crate::offsite::TargetAddress;
use crate::store::StoreAddress;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something will be lost or does not work.
    Error,
    /// Something may be lost one day.
    Warning,
    /// Good to know.
    Info,
}

/// Something worth telling.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// What was found.
    pub what: String,
    /// What to do.
    pub advice: String,
}

/// What was found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// No finding is an error.
    pub ok: bool,
    /// The configuration in effect. No secret is in it.
    pub config: BTreeMap<&'static str, String>,
    /// What is wrong, the worst first.
    pub findings: Vec<Finding>,
}

/// Where findings are gathered.
#[derive(Default)]
struct Notes {
    config: BTreeMap<&'static str, String>,
    findings: Vec<Finding>,
}

impl Notes {
    fn setting(&mut self, name: &'static str, value: impl ToString) {
        self.config.insert(name, value.to_string());
    }

    fn note(&mut self, level: Level, what: impl Into<String>, advice: impl Into<String>) {
        self.findings.push(Finding {
            level,
            what: what.into(),
            advice: advice.into(),
        });
    }

    fn error(&mut self, what: impl Into<String>, advice: impl Into<String>) {
        self.note(Level::Error, what, advice);
    }

    fn warn(&mut self, what: impl Into<String>, advice: impl Into<String>) {
        self.note(Level::Warning, what, advice);
    }

    fn info(&mut self, what: impl Into<String>, advice: impl Into<String>) {
        self.note(Level::Info, what, advice);
    }
}

/// Looks at a host, and at where its communes are shipped to and its letters leave, if that is named.
pub fn examine(
    setup: &Setup,
    target: Option<&TargetAddress>,
    mail_server: Option<&SmtpAddress>,
    clock: Clock,
) -> Report {
    let mut notes = Notes::default();
    notes.setting("version", env!("CARGO_PKG_VERSION"));
    notes.setting("data", setup.data.display());
    notes.setting("keys", setup.keys.display());
    notes.setting("store", &setup.store);
    if matches!(setup.store, StoreAddress::Postgres(_)) {
        notes.setting("store_connections", setup.connections);
        let authorities = setup.authorities.as_ref();
        notes.setting(
            "store_ca",
            authorities.map_or_else(
                || "celles du système".to_owned(),
                |file| file.display().to_string(),
            ),
        );
    }
    notes.setting("now", clock.now());
    machine::look(setup, &mut notes);
    offsite::look(setup, target, &mut notes);
    mail::look(mail_server, &mut notes);
    if setup.data.is_dir() {
        match Backend::of(setup) {
            Ok(backend) => {
                server::look(&backend, setup, clock, &mut notes);
                communes::look(&backend, setup, &mut notes);
                offsite::look_for_lists(&backend, target, clock, &mut notes);
            }
            Err(error) => notes.error(
                format!("Les données ne peuvent pas être atteintes : {error}"),
                "Vérifiez --data, --store et les droits de l’utilisateur qui lance preau-server.",
            ),
        }
    }
    let Notes { config, mut findings } = notes;
    findings.sort_by_key(|finding| finding.level);
    Report {
        ok: findings.iter().all(|finding| finding.level != Level::Error),
        config,
        findings,
    }
}

#[cfg(test)]
mod tests;
