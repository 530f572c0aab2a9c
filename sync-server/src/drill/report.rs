//! What a drill found: the table for a person, the same for tools.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::tally::{Row, Tally};

/// Something that is gone, said.
#[derive(Clone, Debug)]
pub(super) struct Gone {
    /// The word of its line.
    pub(super) kind: &'static str,
    /// What.
    pub(super) what: String,
    /// Who still holds it.
    pub(super) held_by: Vec<String>,
}

/// What a tablet held at the end.
#[derive(Clone, Debug)]
pub(super) struct TabletEnd {
    /// What it is called.
    pub(super) name: String,
    /// The short name of its site.
    pub(super) site: String,
    /// Its own marks without a receipt.
    pub(super) pending: u64,
    /// Its own marks that were set aside.
    pub(super) quarantined: u64,
    /// Its sheets.
    pub(super) sheets: usize,
    /// Those whose digest is not the server's.
    pub(super) differing: usize,
}

impl TabletEnd {
    fn is_well(&self) -> bool {
        self.pending == 0 && self.quarantined == 0 && self.differing == 0
    }
}

/// What a drill found.
#[derive(Clone, Debug)]
pub struct Report {
    /// The table.
    pub(super) tally: Tally,
    /// What is gone, said.
    pub(super) gone: Vec<Gone>,
    /// What was told as done before the fire and was nowhere then.
    pub(super) never: Vec<String>,
    /// What the merge said, and the same merge a second time; none where no disk was found.
    pub(super) merge: Option<(Value, Value)>,
    /// The tablets.
    pub(super) tablets: Vec<TabletEnd>,
    /// What `verify` said.
    pub(super) verify: Value,
    /// What else is not as it must be, a sentence each.
    pub(super) problems: Vec<String>,
    /// How long it took, in seconds.
    pub(super) seconds: f64,
    /// Where the world can be looked at.
    pub(super) kept: Option<std::path::PathBuf>,
}

impl Report {
    /// Nothing is missing that anything living still holds, and everything agrees.
    pub fn is_well(&self) -> bool {
        self.tally.missing().next().is_none()
            && self.never.is_empty()
            && self.problems.is_empty()
            && self.verify["ok"] == true
            && self.tablets.iter().all(TabletEnd::is_well)
    }

    /// For tools.
    pub fn value(&self) -> Value {
        let row = |row: &Row, kind: Option<(&str, &str)>| {
            let mut value = json!({
                "before": row.before,
                "since_backup": row.since_backup,
                "survived": row.survived,
                "reseeded": row.reseeded,
                "merged": row.merged,
                "to_settle": row.to_settle,
                "changed": row.changed,
                "lost": row.lost,
            });
            if let Some((kind, label)) = kind {
                value["kind"] = kind.into();
                value["label"] = label.into();
            }
            value
        };
        let rows = &self.tally.rows;
        let kinds: Vec<Value> = rows
            .iter()
            .map(|one| row(one, Some((one.kind.as_str(), one.kind.label()))))
            .collect();
        let gone = |missing: bool| -> Vec<Value> {
            let all = self.gone.iter().filter(|gone| gone.held_by.is_empty() != missing);
            all.map(|gone| json!({ "kind": gone.kind, "what": gone.what, "held_by": gone.held_by }))
                .collect()
        };
        let tablets: Vec<Value> = self
            .tablets
            .iter()
            .map(|tablet| {
                json!({
                    "name": tablet.name, "site": tablet.site, "pending": tablet.pending,
                    "quarantined": tablet.quarantined, "sheets": tablet.sheets, "differing": tablet.differing,
                })
            })
            .collect();
        json!({
            "ok": self.is_well(),
            "kinds": kinds,
            "total": row(&Row::total(rows), None),
            "missing": gone(true),
            "lost": gone(false),
            "never": self.never,
            "merge": self.merge.as_ref().map(|(first, _)| first),
            "merge_again": self.merge.as_ref().map(|(_, again)| again),
            "tablets": tablets,
            "verify": self.verify,
            "problems": self.problems,
            "seconds": (self.seconds * 10.0).round() / 10.0,
            "kept": self.kept,
        })
    }

    /// For a person.
    pub fn text(&self) -> String {
        let mut out = table(&self.tally.rows);
        let mut say = |line: String| {
            let _ = writeln!(out, "{line}");
        };
        say(String::new());
        if let Some((first, again)) = &self.merge {
            say(format!(
                "Fusion du disque retrouvé : {} opérations manquaient ; {} reprises, {} déjà là, {} à trancher, {} \
                 seulement dites. Une seconde fois : {} reprises.",
                sum(first),
                first["applied"],
                first["already_there"],
                first["to_settle"],
                first["listed"],
                again["applied"]
            ));
        }
        let differing: usize = self.tablets.iter().map(|tablet| tablet.differing).sum();
        let sheets: usize = self.tablets.iter().map(|tablet| tablet.sheets).sum();
        say(format!(
            "{} tablettes, {sheets} feuilles comparées au serveur par empreinte : {differing} différente(s).",
            self.tablets.len()
        ));
        for tablet in self.tablets.iter().filter(|tablet| !tablet.is_well()) {
            say(format!(
                "  - {} ({}) : {} pointages dus, {} mis de côté, {} feuilles différentes",
                tablet.name, tablet.site, tablet.pending, tablet.quarantined, tablet.differing
            ));
        }
        say(format!(
            "verify : {} ({} entrées au journal, {} pointages).",
            if self.verify["ok"] == true {
                "tout est en ordre"
            } else {
                "DES PROBLÈMES"
            },
            self.verify["journal"]["entries"],
            self.verify["marks"]
        ));
        let (missing, lost): (Vec<&Gone>, Vec<&Gone>) =
            self.gone.iter().partition(|gone| !gone.held_by.is_empty());
        if !lost.is_empty() {
            say("Perdu, et que plus rien ni personne ne tenait :".into());
            for gone in lost {
                say(format!("  - {}", gone.what));
            }
        }
        if !missing.is_empty() {
            say("IL MANQUE, bien que quelque chose de vivant le tienne encore :".into());
            for gone in missing {
                say(format!(
                    "  - {} (tenu par : {})",
                    gone.what,
                    gone.held_by.join(", ")
                ));
            }
        }
        for what in &self.never {
            say(format!("IL MANQUAIT DÉJÀ au moment de l’incendie : {what}"));
        }
        for problem in &self.problems {
            say(format!("ANOMALIE : {problem}"));
        }
        if let Some(kept) = &self.kept {
            say(format!("Le monde est resté dans {}.", kept.display()));
        }
        say(if self.is_well() {
            "Rien ne manque de ce qu’une tablette, une sauvegarde ou un disque tenait encore.".into()
        } else {
            "L’exercice a échoué : voir ci-dessus.".to_owned()
        });
        out.trim_end().to_owned()
    }
}

fn sum(merge: &Value) -> u64 {
    ["applied", "already_there", "to_settle", "listed"]
        .iter()
        .filter_map(|name| merge[*name].as_u64())
        .sum()
}

/// Heads of the columns, two lines each.
const HEADS: [(&str, &str); 9] = [
    ("", ""),
    ("", "avant"),
    ("depuis la", "sauvegarde"),
    ("survécu", "sans aide"),
    ("après ré-", "ensemencement"),
    ("après", "fusion"),
    ("à", "trancher"),
    ("changé", "depuis"),
    ("", "perdu"),
];

/// The table, aligned.
fn table(rows: &[Row]) -> String {
    let cells = |label: &str, row: &Row| -> Vec<String> {
        let numbers = [
            row.before,
            row.since_backup,
            row.survived,
            row.reseeded,
            row.merged,
            row.to_settle,
            row.changed,
            row.lost,
        ];
        std::iter::once(label.to_owned())
            .chain(numbers.iter().map(ToString::to_string))
            .collect()
    };
    let mut lines: Vec<Vec<String>> = vec![
        HEADS.iter().map(|(first, _)| (*first).to_owned()).collect(),
        HEADS.iter().map(|(_, second)| (*second).to_owned()).collect(),
    ];
    lines.extend(rows.iter().map(|row| cells(row.kind.label(), row)));
    lines.push(cells("Ensemble", &Row::total(rows)));
    let widths: Vec<usize> = (0..HEADS.len())
        .map(|n| {
            lines
                .iter()
                .map(|line| line[n].chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for line in lines {
        for (n, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - cell.chars().count());
            let _ = if n == 0 {
                write!(out, "{cell}{gap}")
            } else {
                write!(out, "  {gap}{cell}")
            };
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::facts::Kind;

    #[test]
    fn columns_are_aligned_whatever_stands_in_them() {
        let row = |kind, before| Row {
            kind,
            before,
            ..Row::total(&[])
        };
        let told = table(&[row(Kind::Marks, 12_345), row(Kind::Families, 7)]);
        let ends: Vec<usize> = told
            .lines()
            .skip(1)
            .map(|line| {
                let end = line.char_indices().filter(|(_, c)| c.is_alphanumeric()).count();
                assert!(end > 0, "{line}");
                line.chars().count()
            })
            .collect();
        assert!(ends.windows(2).all(|pair| pair[0] == pair[1]), "{told}");
        assert!(told.contains("Fiches des familles"), "{told}");
        assert!(
            told.lines().last().is_some_and(|line| line.contains("12352")),
            "{told}"
        );
    }
}
