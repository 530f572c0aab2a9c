//! docs/operations.md, docs/recovery.md, README and the package's files name no command or option that the programs do not have.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use system_tests::programs::run;

/// What is read by people who run a server.
const READ: [&str; 9] = [
    "docs/operations.md",
    "docs/recovery.md",
    "README.md",
    "packaging/preau.env",
    "packaging/systemd/preau-server.service",
    "packaging/Containerfile",
    "packaging/alerts.yml",
    "packaging/debian/postinst",
    "packaging/try/install.sh",
];

/// What a program answers to `--help`, by the command asked about.
#[derive(Default)]
struct Helps(BTreeMap<Vec<String>, String>);

impl Helps {
    fn of(&mut self, words: &[String]) -> &str {
        self.0.entry(words.to_vec()).or_insert_with(|| {
            let said = run(&words[0], words[1..].iter().map(String::as_str).chain(["--help"]));
            assert_eq!(said.code, Some(0), "{words:?}: {said:?}");
            said.stdout
        })
    }

    /// The commands below one.
    fn commands(&mut self, words: &[String]) -> BTreeSet<String> {
        let (_, list) = self.of(words).split_once("Commands:\n").unwrap_or_default();
        list.lines()
            .take_while(|line| line.starts_with("  "))
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .map(str::to_owned)
            .collect()
    }
}

/// A call of one of our programs.
#[derive(Debug, PartialEq, Eq)]
struct Call {
    /// The program and what follows.
    words: Vec<String>,
    /// It is set as code: what follows the program is a command. Elsewhere it may be a sentence.
    as_code: bool,
}

/// The calls in a text: between backquotes, at the beginning of a line, or within one.
fn calls(text: &str) -> Vec<Call> {
    let mut found = Vec::new();
    for line in text.lines() {
        for (n, part) in line.split('`').enumerate() {
            for (m, piece) in part
                .split(['(', ')', '|', '«', '»', ';', '"', '<', '>'])
                .enumerate()
            {
                let words: Vec<&str> = piece.split_whitespace().collect();
                let Some(at) = words.iter().position(|word| program(word).is_some()) else {
                    continue;
                };
                let name = program(words[at]).unwrap_or_default().to_owned();
                let rest = words[at + 1..].iter().map(|word| (*word).to_owned());
                found.push(Call {
                    words: std::iter::once(name).chain(rest).collect(),
                    as_code: at == 0 && m == 0 && (n % 2 == 1 || n == 0),
                });
            }
        }
    }
    found
}

/// The program that a word names; `preau` is the server's, as the package installs it.
fn program(word: &str) -> Option<&'static str> {
    match word.rsplit('/').next()? {
        "preau" | "preau-server" => Some("preau-server"),
        "preau-tablet" => Some("preau-tablet"),
        _ => None,
    }
}

#[test]
fn calls_are_found_where_they_stand() {
    let text = "Run `preau doctor`, as the user preau does:\n  target/debug/preau-server --data d serve\n";
    let call = |words: &[&str], as_code| Call {
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        as_code,
    };
    assert_eq!(
        calls(text),
        [
            call(&["preau-server", "doctor"], true),
            call(&["preau-server", "does:"], false),
            call(&["preau-server", "--data", "d", "serve"], true),
        ]
    );
}

#[test]
fn every_command_that_is_written_about_exists_with_its_options() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut helps = Helps::default();
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for file in READ {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
        for call in calls(&text) {
            let mut command = vec![call.words[0].clone()];
            let mut named = false;
            let mut words = call.words[1..].iter().map(String::as_str).peekable();
            let mut options = Vec::new();
            while let Some(word) = words.next() {
                let word = word.trim_matches(['[', ']', ',', '.', ':', '…']);
                if let Some(option) = word.strip_prefix("--") {
                    options.push(option.split('=').next().unwrap_or_default().to_owned());
                    // A value of an option that stands before the command is not the command.
                    let before = !named && !matches!(option, "json" | "dry-run" | "demo");
                    if before && words.peek().is_some_and(|next| !next.starts_with("--")) {
                        words.next();
                    }
                } else if helps.commands(&command).contains(word) {
                    command.push(word.to_owned());
                    named = true;
                } else if !named && word.chars().all(|c| c.is_ascii_lowercase()) && !word.is_empty() {
                    if call.as_code {
                        wrong.push(format!("{file}: {} has no command {word}", command.join(" ")));
                    }
                    options.clear();
                    break;
                }
            }
            // Options of another program, which names ours.
            if !named && !call.as_code {
                continue;
            }
            looked_at += usize::from(named);
            let help = helps.of(&command);
            wrong.extend(
                options
                    .iter()
                    .filter(|option| !option.is_empty() && !help.contains(&format!("--{option}")))
                    .map(|option| format!("{file}: {} has no --{option}", command.join(" "))),
            );
        }
        for setting in text
            .split(|c: char| !c.is_ascii_uppercase() && c != '_')
            .filter(|word| word.starts_with("PREAU_") && !OF_SCRIPTS.contains(word))
        {
            let serve = helps
                .of(&["preau-server".to_owned(), "serve".to_owned()])
                .to_owned();
            let help = [helps.of(&["preau-server".to_owned()]), " ", &serve].concat();
            let tablet = helps.of(&["preau-tablet".to_owned()]);
            if !help.contains(setting) && !tablet.contains(setting) {
                wrong.push(format!("{file}: no program reads {setting}"));
            }
        }
    }
    assert!(looked_at > 20, "hardly any call was found ({looked_at})");
    assert!(wrong.is_empty(), "Correct these:\n  {}", wrong.join("\n  "));
}

/// Settings of scripts and of the unit, which no program reads.
const OF_SCRIPTS: [&str; 5] = [
    "PREAU_SERVE",
    "PREAU_ROOT",
    "PREAU_BIN",
    "PREAU_PROFILE",
    "PREAU_DEMO_ONCE",
];

#[test]
fn every_option_of_the_server_is_explained_in_the_guide() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let guide = std::fs::read_to_string(root.join("docs/operations.md")).expect("the guide");
    let mut helps = Helps::default();
    let serve = ["preau-server".to_owned(), "serve".to_owned()];
    let help = helps.of(&serve).to_owned();
    let options = help
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--"))
        .map(|line| line.split([' ', '=']).next().unwrap_or_default());
    // Said in the README, or set by the settings of the same meaning.
    let elsewhere = [
        "now",
        "json",
        "data",
        "keys",
        "store",
        "store-ca",
        "store-connections",
    ];
    let silent: Vec<&str> = options
        .filter(|option| !elsewhere.contains(option) && !guide.contains(&format!("--{option}")))
        .collect();
    assert!(
        silent.is_empty(),
        "docs/operations.md does not explain these options of serve: {silent:?}"
    );
}
