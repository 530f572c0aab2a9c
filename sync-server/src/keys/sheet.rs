//! The recovery sheet: keys on paper, in base 32, and how they are typed in again by whoever has
//! nothing else left.

use data_encoding::BASE32_NOPAD;
use shared::codec::Hash32;
use shared::sign::sha256;
use shared::slug::Slug;

use super::file::{Retired, Secret};
use super::fingerprint;

/// Letters of one key.
const LETTERS: usize = 52;
/// Letters of its check.
const CHECK: usize = 4;
/// Letters of a group.
const GROUP: usize = 4;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The sheet.
pub(super) fn print(secret: &Secret) -> String {
    let mut lines = vec![
        line("signature", &secret.signing),
        line("sauvegardes", &secret.shipping),
        line("mémos", &secret.notes),
    ];
    for (nth, retired) in (1..).zip(&secret.retired) {
        lines.push(line(&format!("ancienne-{nth}"), &retired.key));
    }
    let retired = if secret.retired.is_empty() {
        ""
    } else {
        "\nLes lignes « ancienne » rouvrent les sauvegardes faites avant un changement de clé.\n"
    };
    format!(
        "FICHE DE SECOURS — {}\n\
         À imprimer et à garder dans un coffre, hors du serveur. Qui la détient peut tout relire ;\n\
         sans elle ni copie de la clé, aucune sauvegarde ne peut être rouverte.\n\n{}\n\
         Empreinte de la clé des sauvegardes : {}\n{retired}",
        secret.commune,
        lines.concat(),
        fingerprint(&secret.shipping),
    )
}

fn line(name: &str, key: &Hash32) -> String {
    let letters = BASE32_NOPAD.encode(&key.0);
    let groups: Vec<&str> = letters
        .as_bytes()
        .chunks(GROUP)
        .filter_map(|group| std::str::from_utf8(group).ok())
        .collect();
    format!("  {name:<11}  {}  contrôle {}\n", groups.join(" "), check_of(key))
}

fn check_of(key: &Hash32) -> String {
    let mut check = BASE32_NOPAD.encode(&sha256(&[&key.0]).0[..3]);
    check.truncate(CHECK);
    check
}

/// Reads a sheet that somebody typed. Case, spaces and accents do not matter, nor 0 for O, 1 for I and 8 for B.
/// What is wrong is told line by line.
pub(super) fn parse(text: &str, slug: &Slug) -> Result<Secret, Vec<String>> {
    let mut found = Found::default();
    let mut faults = Vec::new();
    let mut commune = slug.to_string();
    for (number, line) in (1..).zip(text.lines()) {
        let plain = plain(line);
        let mut words = plain.split_whitespace();
        let Some(first) = words.next() else { continue };
        if let Some(named) = plain.trim().strip_prefix("fiche de secours") {
            let named = named.trim_matches(|c: char| c.is_whitespace() || "—–-:".contains(c));
            if !named.is_empty() {
                named.clone_into(&mut commune);
            }
            continue;
        }
        let Some(which) = Which::named(first) else {
            continue;
        };
        let rest: Vec<&str> = words.collect();
        match key_of(&rest) {
            Ok(key) if !found.put(which, key) => {
                faults.push(format!(
                    "Ligne {number} (« {first} ») : cette ligne est là deux fois."
                ));
            }
            Ok(_) => {}
            Err(why) => faults.push(format!("Ligne {number} (« {first} ») : {why}")),
        }
    }
    let missing = [
        (found.signing.is_none(), "signature"),
        (found.shipping.is_none(), "sauvegardes"),
        (found.notes.is_none(), "mémos"),
    ];
    if faults.is_empty() {
        for (_, name) in missing.iter().filter(|(missing, _)| *missing) {
            faults.push(format!("Il manque la ligne « {name} »."));
        }
    }
    match (found.signing, found.shipping, found.notes) {
        (Some(signing), Some(shipping), Some(notes)) if faults.is_empty() => Ok(Secret {
            commune,
            signing,
            shipping,
            notes,
            retired: found
                .retired
                .into_iter()
                .map(|key| Retired { key, until: None })
                .collect(),
        }),
        _ => Err(faults),
    }
}

#[derive(Default)]
struct Found {
    signing: Option<Hash32>,
    shipping: Option<Hash32>,
    notes: Option<Hash32>,
    retired: Vec<Hash32>,
}

impl Found {
    /// Whether there was none yet.
    fn put(&mut self, which: Which, key: Hash32) -> bool {
        match which {
            Which::Signing => self.signing.replace(key).is_none(),
            Which::Shipping => self.shipping.replace(key).is_none(),
            Which::Notes => self.notes.replace(key).is_none(),
            Which::Retired => {
                self.retired.push(key);
                true
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Which {
    Signing,
    Shipping,
    Notes,
    Retired,
}

impl Which {
    fn named(word: &str) -> Option<Self> {
        let word = word.trim_end_matches(|c: char| c.is_ascii_digit() || "-:.".contains(c));
        match word {
            "signature" => Some(Self::Signing),
            "sauvegarde" | "sauvegardes" => Some(Self::Shipping),
            "memo" | "memos" => Some(Self::Notes),
            "ancienne" => Some(Self::Retired),
            _ => None,
        }
    }
}

/// Small letters without the accents of the sheet's words.
fn plain(line: &str) -> String {
    let small = line.chars().flat_map(char::to_lowercase);
    small
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| match c {
            'é' | 'è' | 'ê' => 'e',
            'ô' => 'o',
            other => other,
        })
        .collect()
}

/// The key that stands in these words, which may hold the word « contrôle ».
fn key_of(words: &[&str]) -> Result<Hash32, String> {
    let number = words
        .first()
        .is_some_and(|word| word.len() < GROUP && word.bytes().all(|b| b.is_ascii_digit()));
    let words = &words[usize::from(number)..];
    let is_check = |word: &&str| word.starts_with("controle");
    let (key, check) = match words.iter().position(is_check) {
        Some(at) => (letters(&words[..at])?, letters(&words[at + 1..])?),
        None => {
            let mut all = letters(words)?;
            let check = all.split_off(all.len().min(LETTERS));
            (all, check)
        }
    };
    if key.len() != LETTERS {
        return Err(format!("{} lettres au lieu de {LETTERS}.", key.len()));
    }
    if check.len() != CHECK {
        return Err(format!("{} lettres de contrôle au lieu de {CHECK}.", check.len()));
    }
    match decoded(&key).filter(|key| check_of(key).as_bytes() == check) {
        Some(key) => Ok(key),
        None => Err(suspect(&key, &check)),
    }
}

/// Letters of base 32, as they were meant.
fn letters(words: &[&str]) -> Result<Vec<u8>, String> {
    let mut all = Vec::with_capacity(LETTERS + CHECK);
    for c in words.iter().flat_map(|word| word.chars()) {
        let letter = match c {
            '-' | '.' | ':' | '·' => continue,
            '0' => b'O',
            '1' => b'I',
            '8' => b'B',
            c => u8::try_from(c.to_ascii_uppercase()).unwrap_or(0),
        };
        if !ALPHABET.contains(&letter) {
            return Err(format!("le caractère « {c} » n’est pas de ceux d’une clé."));
        }
        all.push(letter);
    }
    Ok(all)
}

fn decoded(letters: &[u8]) -> Option<Hash32> {
    BASE32_NOPAD.decode(letters).ok()?.try_into().ok().map(Hash32)
}

/// Where a letter is probably wrong: that which, changed alone, satisfies the check.
fn suspect(key: &[u8], check: &[u8]) -> String {
    for place in 0..key.len() {
        let mut other = key.to_vec();
        for letter in ALPHABET {
            other[place] = *letter;
            if decoded(&other).is_some_and(|key| check_of(&key).as_bytes() == check) {
                let group = place / GROUP;
                let typed = &key[group * GROUP..(group * GROUP + GROUP).min(key.len())];
                return format!(
                    "une lettre est fausse, sans doute dans le {}ᵉ groupe (« {} »).",
                    group + 1,
                    String::from_utf8_lossy(typed)
                );
            }
        }
    }
    "plusieurs lettres sont fausses, ou celles du contrôle. Relisez toute la ligne.".into()
}
