//! Tablets of the drill: each gesture is a process of its own, so that the tablet is switched off between any two.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde_json::Value;
use shared::ids::{DeviceId, MarkId};
use shared::time::UtcMs;

use super::DrillError;
use super::calendar::at;
use super::facts::Key;
use super::programs::{Programs, Said};

/// What an animateur does in a session, by the activity's short name.
struct Session {
    activity: &'static str,
    /// When the first child is tapped in, or `None` where nobody is.
    arrivals: Option<(u32, u32)>,
    /// When the first child is tapped out.
    departures: Option<(u32, u32)>,
    /// Every so many children one is absent; nobody where it is 0.
    absent_one_in: usize,
    /// When the list is closed.
    closes: (u32, u32),
}

/// A part of the day, after which tablets meet the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Before school.
    Morning,
    /// The canteen.
    Noon,
    /// After school; on Wednesdays the whole day.
    Evening,
}

impl Part {
    /// In their order.
    pub(super) const ALL: [Self; 3] = [Self::Morning, Self::Noon, Self::Evening];

    /// When it is over, and whoever has a line meets the server.
    pub(super) fn over(self, date: NaiveDate) -> UtcMs {
        match self {
            Self::Morning => at(date, 8, 40),
            Self::Noon => at(date, 13, 45),
            Self::Evening => at(date, 18, 50),
        }
    }

    fn sessions(self) -> &'static [Session] {
        match self {
            Self::Morning => &[Session {
                activity: "garderie-matin",
                arrivals: Some((7, 32)),
                departures: Some((8, 20)),
                absent_one_in: 17,
                closes: (8, 35),
            }],
            Self::Noon => &[Session {
                activity: "cantine",
                arrivals: Some((11, 48)),
                departures: None,
                absent_one_in: 11,
                closes: (13, 30),
            }],
            Self::Evening => &[
                Session {
                    activity: "etude",
                    arrivals: None,
                    departures: Some((17, 50)),
                    absent_one_in: 0,
                    closes: (18, 5),
                },
                Session {
                    activity: "garderie-soir",
                    arrivals: Some((16, 32)),
                    departures: Some((17, 20)),
                    absent_one_in: 13,
                    closes: (18, 35),
                },
                Session {
                    activity: "ateliers-vendredi",
                    arrivals: None,
                    departures: None,
                    absent_one_in: 7,
                    closes: (17, 25),
                },
                Session {
                    activity: "mercredi",
                    arrivals: Some((8, 5)),
                    departures: Some((16, 45)),
                    absent_one_in: 9,
                    closes: (18, 30),
                },
            ],
        }
    }
}

/// A tablet.
#[derive(Clone, Debug)]
pub(super) struct Tablet {
    /// What it is called.
    pub(super) name: String,
    /// The short name of its site.
    pub(super) site: String,
    /// Its home folder.
    pub(super) home: PathBuf,
    /// Its id.
    pub(super) device: DeviceId,
    /// Which of the tablets of its site it is, and how many there are: they share the children.
    pub(super) turn: (usize, usize),
}

/// A line of a tablet's list.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The child's id.
    pub(super) child: String,
    /// The activity's short name.
    pub(super) activity: String,
    /// The site's short name.
    pub(super) site: String,
    /// Whether the child has a reservation.
    pub(super) booked: bool,
    /// Whether it is the server's own list, not a guess from a week before.
    pub(super) confirmed: bool,
    expected: bool,
}

/// What a tablet holds and owes.
#[derive(Clone, Debug, Default)]
pub(super) struct Status {
    /// Own marks without a receipt.
    pub(super) pending: u64,
    /// Own marks that were set aside.
    pub(super) quarantined: u64,
    /// It returned to its server all that it holds of before.
    pub(super) returned: bool,
    /// Each of its sheets with its digest.
    pub(super) sheets: BTreeMap<(String, String), String>,
}

impl Tablet {
    /// Enrols a new one.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot be.
    pub(super) fn enrol(
        programs: &Programs,
        mut new: Self,
        now: UtcMs,
        (server, code): (&str, &str),
    ) -> Result<Self, DrillError> {
        let args = ["enrol", "--server", server, "--code", code, "--name", &new.name];
        let told = programs.tablet(&new.home, now, &args)?.done()?;
        new.device = id_of(&told["device"]).map(DeviceId)?;
        Ok(new)
    }

    /// Runs a command.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot be started.
    pub(super) fn run(&self, programs: &Programs, now: UtcMs, args: &[&str]) -> Result<Said, DrillError> {
        programs.tablet(&self.home, now, args)
    }

    /// Its list of a date, all activities.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot be read.
    pub(super) fn list(
        &self,
        programs: &Programs,
        now: UtcMs,
        date: NaiveDate,
    ) -> Result<Vec<Listed>, DrillError> {
        let date = date.to_string();
        let told = self.run(programs, now, &["list", "--date", &date])?.done()?;
        let rows = told.as_array().into_iter().flatten();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        Ok(rows
            .map(|row| Listed {
                child: text(row, "child"),
                activity: text(row, "activity"),
                site: text(row, "site"),
                booked: row["booked"] == true,
                confirmed: row["confirmed"] == true,
                expected: row["state"] == "expected",
            })
            .collect())
    }

    /// Points a part of a day with at most so many children; answers what was tapped. Nothing of it needs a line.
    ///
    /// # Errors
    /// [`DrillError`] when a tap is not taken.
    pub(super) fn point(
        &self,
        programs: &Programs,
        (date, part): (NaiveDate, Part),
        children: usize,
    ) -> Result<Vec<Key>, DrillError> {
        let mut tapped = Vec::new();
        let listed = self.list(programs, at(date, 7, 25), date)?;
        let mut all: Vec<&str> = Vec::new();
        for row in &listed {
            if !all.contains(&row.child.as_str()) {
                all.push(&row.child);
            }
        }
        let (mine, of) = self.turn;
        let chosen: BTreeSet<&str> = all
            .into_iter()
            .take(children)
            .enumerate()
            .filter(|(n, _)| n % of == mine)
            .map(|(_, child)| child)
            .collect();
        for session in part.sessions() {
            let expected: Vec<&Listed> = listed
                .iter()
                .filter(|row| {
                    row.activity == session.activity && row.expected && chosen.contains(row.child.as_str())
                })
                .collect();
            if listed.iter().all(|row| row.activity != session.activity) {
                continue;
            }
            self.session(programs, date, session, &expected, &mut tapped)?;
        }
        Ok(tapped)
    }

    fn session(
        &self,
        programs: &Programs,
        date: NaiveDate,
        session: &Session,
        expected: &[&Listed],
        tapped: &mut Vec<Key>,
    ) -> Result<(), DrillError> {
        let site = ["--site", self.site.as_str(), "--activity", session.activity];
        let date_said = date.to_string();
        let mut tap = |verb: &str, child: &str, now: UtcMs| -> Result<(), DrillError> {
            let args = [&[verb, child], &site[..], &["--date", &date_said]].concat();
            tapped.push(Key::Mark(mark_of(&self.run(programs, now, &args)?)?));
            Ok(())
        };
        let is_absent = |n: usize| session.absent_one_in > 0 && n % session.absent_one_in == 3;
        // A tap every five seconds, as on a real evening.
        let moment = |(hour, minute): (u32, u32), n: usize| {
            at(date, hour, minute).plus_ms(5_000 * i64::try_from(n).unwrap_or_default())
        };
        for (n, row) in expected.iter().enumerate() {
            if is_absent(n) {
                let when = session.arrivals.or(session.departures).unwrap_or(session.closes);
                tap("absent", &row.child, moment(when, n))?;
            } else if let Some(first) = session.arrivals {
                tap("in", &row.child, moment(first, n))?;
            }
        }
        for (n, row) in expected.iter().enumerate() {
            if let Some(first) = session.departures.filter(|_| !is_absent(n)) {
                tap("out", &row.child, moment(first, n))?;
            }
        }
        // One of them closes for all.
        if self.turn.0 == 0 {
            let args = [&["close"], &site[..], &["--date", &date_said]].concat();
            let said = self.run(programs, moment(session.closes, 0), &args)?;
            tapped.push(Key::Closing(mark_of(&said)?));
        }
        Ok(())
    }

    /// One exchange with the server; answers the exit code: 0 done, 2 refused, 3 no network.
    ///
    /// # Errors
    /// [`DrillError`] when it ends otherwise.
    pub(super) fn sync(&self, programs: &Programs, now: UtcMs) -> Result<i32, DrillError> {
        let said = self.run(programs, now, &["sync"])?;
        match said.code {
            Some(code @ (0 | 2 | 3)) => Ok(code),
            _ => Err(said.broken()),
        }
    }

    /// What it holds and owes.
    ///
    /// # Errors
    /// [`DrillError`] when it cannot say.
    pub(super) fn status(&self, programs: &Programs, now: UtcMs) -> Result<Status, DrillError> {
        let told = self.run(programs, now, &["status"])?.done()?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let sheets = told["sheets"].as_array().into_iter().flatten();
        Ok(Status {
            pending: told["pending"].as_u64().unwrap_or(u64::MAX),
            quarantined: told["quarantined"].as_u64().unwrap_or(u64::MAX),
            returned: told["returned"]["done"] == true,
            sheets: sheets
                .map(|sheet| {
                    (
                        (text(&sheet["site"]), text(&sheet["date"])),
                        text(&sheet["digest"]),
                    )
                })
                .collect(),
        })
    }

    /// The same tablet with its home elsewhere: a copy of it.
    ///
    /// # Errors
    /// [`DrillError`] of the disk.
    pub(super) fn copied(&self, to: &Path) -> Result<Self, DrillError> {
        let home = to.join(&self.name);
        super::disk::copy(&self.home, &home)?;
        Ok(Self { home, ..self.clone() })
    }
}

fn id_of(value: &Value) -> Result<uuid::Uuid, DrillError> {
    let text = value.as_str().unwrap_or_default();
    text.parse()
        .map_err(|_| DrillError::Broken(format!("« {text} » n’est pas un identifiant")))
}

fn mark_of(said: &Said) -> Result<MarkId, DrillError> {
    id_of(&said.done()?["mark"]).map(MarkId)
}
