//! What the columns of a file are, by what stands above them.

use serde::{Deserialize, Serialize};
use shared::text::search_key;

use super::read::Table;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The child's last name.
    LastName,
    /// The name it goes by, when it is another.
    UsageName,
    /// Its first name.
    FirstName,
    /// Its date of birth.
    Born,
    /// Its number in another register, such as the INE.
    Reference,
    /// Its school.
    School,
    /// Its class.
    Class,
    /// The level of its class, for classes that are made by the import.
    Level,
    /// The number to call first.
    Phone,
    /// What staff must know.
    MustKnow,
    /// From which day on it has left.
    LeftOn,
    /// Something of its first guardian.
    One(Part),
    /// Something of its second guardian.
    Two(Part),
}

/// Something of a guardian.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Last name.
    LastName,
    /// The name it goes by, when it is another.
    UsageName,
    /// First name.
    FirstName,
    /// E-mail.
    Email,
    /// Telephone; a guardian may have several columns of them.
    Phone,
}

impl Part {
    const ALL: [Self; 5] = [
        Self::LastName,
        Self::UsageName,
        Self::FirstName,
        Self::Email,
        Self::Phone,
    ];
}

impl Field {
    /// All of them, in the order in which a form offers them.
    pub fn all() -> impl Iterator<Item = Self> {
        let child = [
            Self::LastName,
            Self::UsageName,
            Self::FirstName,
            Self::Born,
            Self::Reference,
            Self::School,
            Self::Class,
            Self::Level,
            Self::Phone,
            Self::MustKnow,
            Self::LeftOn,
        ];
        let guardians = [Self::One, Self::Two]
            .into_iter()
            .flat_map(|guardian| Part::ALL.into_iter().map(guardian));
        child.into_iter().chain(guardians)
    }

    /// The word for it in forms and drafts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LastName => "nom",
            Self::UsageName => "nom_usage",
            Self::FirstName => "prenom",
            Self::Born => "naissance",
            Self::Reference => "reference",
            Self::School => "ecole",
            Self::Class => "classe",
            Self::Level => "niveau",
            Self::Phone => "telephone",
            Self::MustKnow => "a_savoir",
            Self::LeftOn => "depart",
            Self::One(Part::LastName) => "resp1_nom",
            Self::One(Part::UsageName) => "resp1_nom_usage",
            Self::One(Part::FirstName) => "resp1_prenom",
            Self::One(Part::Email) => "resp1_courriel",
            Self::One(Part::Phone) => "resp1_telephone",
            Self::Two(Part::LastName) => "resp2_nom",
            Self::Two(Part::UsageName) => "resp2_nom_usage",
            Self::Two(Part::FirstName) => "resp2_prenom",
            Self::Two(Part::Email) => "resp2_courriel",
            Self::Two(Part::Phone) => "resp2_telephone",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::all().find(|field| field.as_str() == word)
    }

    /// Whether several columns may say it: the first that says something counts.
    pub fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Phone | Self::One(Part::Phone) | Self::Two(Part::Phone)
        )
    }
}

/// What each column of a table says; `None` for one that is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping(pub Vec<Option<Field>>);

impl Mapping {
    /// The columns that say something, in their order.
    pub fn columns(&self, field: Field) -> impl Iterator<Item = usize> + '_ {
        let found = self.0.iter().enumerate();
        found
            .filter(move |(_, said)| **said == Some(field))
            .map(|(column, _)| column)
    }

    /// Whether some column says it.
    pub fn has(&self, field: Field) -> bool {
        self.columns(field).next().is_some()
    }

    /// The guardian of whom columns say something, but none the last name.
    pub fn nameless(&self) -> Option<Field> {
        let sides: [fn(Part) -> Field; 2] = [Field::One, Field::Two];
        sides
            .into_iter()
            .find(|side| {
                let said = Part::ALL.into_iter().any(|part| self.has(side(part)));
                said && !self.has(side(Part::LastName)) && !self.has(side(Part::UsageName))
            })
            .map(|side| side(Part::LastName))
    }

    /// The first field that two columns claim.
    pub fn twice(&self) -> Option<Field> {
        Field::all().find(|field| !field.may_repeat() && self.columns(*field).count() > 1)
    }
}

/// The mapping proposed for a table.
pub fn recognise(table: &Table) -> Mapping {
    let mut mapping = Mapping::default();
    for header in &table.headers {
        let found = field_of(header).filter(|field| field.may_repeat() || !mapping.has(*field));
        mapping.0.push(found);
    }
    // Contacts of nobody: a number may be the child's own to call, an address has no owner.
    for (side, name) in [
        (Field::One as fn(Part) -> Field, Field::One(Part::LastName)),
        (Field::Two, Field::Two(Part::LastName)),
    ] {
        if !mapping.has(name) {
            for said in &mut mapping.0 {
                if *said == Some(side(Part::Phone)) && name == Field::One(Part::LastName) {
                    *said = Some(Field::Phone);
                } else if Part::ALL.into_iter().any(|part| *said == Some(side(part))) {
                    *said = None;
                }
            }
        }
    }
    mapping
}

/// Words that stand between the words that count.
const FILLERS: [&str; 16] = [
    "de",
    "du",
    "d",
    "la",
    "le",
    "l",
    "des",
    "en",
    "adresse",
    "numero",
    "no",
    "n",
    "legal",
    "electronique",
    "son",
    "sa",
];

/// What a header says: « Nom d’usage élève », « Courriel du responsable légal 2 », `resp1_nom`.
#[expect(
    clippy::unnested_or_patterns,
    reason = "one header a pattern is easier to read and to add to"
)]
fn field_of(header: &str) -> Option<Field> {
    let key = search_key(&header.replace(['°', 'º'], " "));
    // A header of one word may hold its number: « parent1 ».
    let spaced: String = key
        .chars()
        .flat_map(|c| {
            let gap = c.is_ascii_digit().then_some(' ');
            gap.into_iter().chain([c]).chain(gap)
        })
        .collect();
    let words: Vec<&str> = spaced
        .split_whitespace()
        .filter(|word| !FILLERS.contains(word))
        .collect();
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    let mother = has(&["mere", "maman"]);
    let father = has(&["pere", "papa"]);
    let guardian = mother
        || father
        || has(&[
            "responsable",
            "responsables",
            "resp",
            "representant",
            "parent",
            "parents",
            "tuteur",
            "rl",
            "legal",
        ]);
    if guardian {
        let second = father || has(&["2", "second", "deuxieme"]);
        if has(&["3", "4", "autre"]) {
            return None;
        }
        let part = part_of(&words)?;
        return Some(if second {
            Field::Two(part)
        } else {
            Field::One(part)
        });
    }
    let rest: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !["eleve", "enfant"].contains(word))
        .collect();
    Some(match rest.as_slice() {
        ["nom"] | ["nom", "famille"] | ["nom", "naissance"] | ["last", "name"] | ["lastname"] => {
            Field::LastName
        }
        ["nom", "usage"] | ["nom", "usuel"] => Field::UsageName,
        ["prenom"] | ["prenoms"] | ["prenom", "1"] | ["first", "name"] | ["firstname"] => Field::FirstName,
        ["date", "naissance"]
        | ["date", "naiss"]
        | ["naissance"]
        | ["ne", "e", "le"]
        | ["nee", "le"]
        | ["ne"]
        | ["ddn"]
        | ["date", "birth"]
        | ["born"]
        | ["ne", "e"] => Field::Born,
        ["ine"]
        | ["identifiant", "national"]
        | ["identifiant", "national", "ine"]
        | ["reference"]
        | ["matricule"]
        | ["identifiant"] => Field::Reference,
        ["ecole"]
        | ["etablissement"]
        | ["nom", "ecole"]
        | ["etablissement", "scolaire"]
        | ["libelle", "ecole"]
        | ["school"]
        | ["ecole", "affectation"] => Field::School,
        ["classe"] | ["libelle", "classe"] | ["nom", "classe"] | ["classes"] | ["class"] => Field::Class,
        ["niveau"] | ["libelle", "niveau"] | ["niveau", "classe"] | ["niveau", "scolaire"] => Field::Level,
        ["telephone"] | ["tel"] | ["telephone", "urgence"] | ["tel", "urgence"] | ["urgence"] => Field::Phone,
        ["a", "savoir"] | ["consignes"] | ["consigne"] => Field::MustKnow,
        ["depart"] | ["date", "depart"] | ["date", "sortie"] | ["date", "radiation"] | ["radiation"] => {
            Field::LeftOn
        }
        // Our own and others’ files name contacts without saying whose they are: the first guardian’s.
        ["courriel"] | ["email"] | ["mail"] | ["e", "mail"] => Field::One(Part::Email),
        ["telephone", "portable"]
        | ["telephone", "domicile"]
        | ["telephone", "travail"]
        | ["portable"]
        | ["mobile"] => Field::One(Part::Phone),
        _ => return None,
    })
}

fn part_of(words: &[&str]) -> Option<Part> {
    let has = |any: &[&str]| words.iter().any(|word| any.contains(word));
    if has(&["courriel", "mail", "email", "mel"]) {
        Some(Part::Email)
    } else if has(&["telephone", "tel", "portable", "mobile", "gsm"]) {
        Some(Part::Phone)
    } else if has(&["prenom", "prenoms"]) {
        Some(Part::FirstName)
    } else if has(&["usage", "usuel"]) {
        Some(Part::UsageName)
    } else if has(&["nom"]) {
        Some(Part::LastName)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headers: &str) -> Vec<Option<&'static str>> {
        let table = Table {
            headers: headers.split(';').map(str::to_owned).collect(),
            lines: Vec::new(),
        };
        recognise(&table)
            .0
            .iter()
            .map(|field| field.map(Field::as_str))
            .collect()
    }

    #[test]
    fn the_pupils_of_onde_are_recognised() {
        let headers = "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;\
                       Adresse2;Cp2;Commune2;Pays2; Cycle;Niveau;Libellé classe;Identifiant classe;Attestation fournie;\
                       Autorisation associations;Autorisation photo;Décision de passage";
        let found: Vec<_> = of(headers).into_iter().flatten().collect();
        assert_eq!(
            found,
            [
                "nom",
                "nom_usage",
                "prenom",
                "naissance",
                "reference",
                "niveau",
                "classe"
            ]
        );
    }

    #[test]
    fn guardians_are_recognised_however_they_are_called() {
        assert_eq!(
            of(
                "Nom responsable 1;Prénom du représentant légal 1;Courriel responsable 1;Téléphone portable responsable 1;\
                Téléphone domicile responsable 1;Nom responsable 2;Nom d’usage du responsable légal 2;Mail parent2;Tél. père;Prénom mère"
            ),
            [
                Some("resp1_nom"),
                Some("resp1_prenom"),
                Some("resp1_courriel"),
                Some("resp1_telephone"),
                Some("resp1_telephone"),
                Some("resp2_nom"),
                Some("resp2_nom_usage"),
                Some("resp2_courriel"),
                Some("resp2_telephone"),
                None,
            ]
        );
    }

    #[test]
    fn our_own_words_are_recognised_and_others_left_out() {
        let own: Vec<String> = Field::all()
            .map(|field| field.as_str().replace('_', " "))
            .collect();
        let found = of(&own.join(";"));
        assert!(found.iter().all(Option::is_some), "{own:?} {found:?}");
        assert_eq!(
            of(
                "Nom de l'enfant;PRENOM;Né(e) le;N° INE;École;Classe;Sexe;Ville de naissance;;Civilité Responsable;Adresse responsable"
            ),
            [
                Some("nom"),
                Some("prenom"),
                Some("naissance"),
                Some("reference"),
                Some("ecole"),
                Some("classe"),
                None,
                None,
                None,
                None,
                None,
            ]
        );
    }
}
