//! A password that is chosen.

use std::collections::BTreeSet;

use server_ui::desk::form::{Flaw, FormState};

use crate::passwords::MIN_CHARS;
use crate::web::hashing::MAX_CHARS;

/// Fewest different signs.
const MIN_SIGNS: usize = 5;

/// Reads a password that was chosen and typed twice, and takes both out of the form. What is wrong is noted beside
/// its field.
pub(super) fn chosen(form: &mut FormState, login: &str) -> String {
    let password = form.value("mot_de_passe").to_owned();
    let again = form.value("encore").to_owned();
    form.drop_all("mot_de_passe");
    form.drop_all("encore");
    let chars = password.chars().count();
    let signs: BTreeSet<char> = password.chars().collect();
    let login = login.to_lowercase();
    let name = login.split('@').next().unwrap_or_default();
    let lower = password.to_lowercase();
    if password.is_empty() {
        form.flaw("mot_de_passe", Flaw::Missing);
    } else if chars < MIN_CHARS {
        form.flaw("mot_de_passe", Flaw::Said("portal-door-password-short"));
    } else if chars > MAX_CHARS {
        form.flaw("mot_de_passe", Flaw::Said("portal-door-password-long"));
    } else if signs.len() < MIN_SIGNS || (!login.is_empty() && (lower == login || lower == name)) {
        form.flaw("mot_de_passe", Flaw::Said("portal-door-password-plain"));
    } else if password != again {
        form.flaw("encore", Flaw::Said("portal-door-password-differs"));
    }
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flaw(password: &str, again: &str) -> Option<String> {
        let sent = vec![
            ("mot_de_passe".to_owned(), password.to_owned()),
            ("encore".to_owned(), again.to_owned()),
        ];
        let mut form = FormState::read(sent);
        chosen(&mut form, "karim.benali@famille.example");
        assert!(form.pairs().is_empty(), "no password stays in a form");
        form.flaws()
            .first()
            .map(|(name, flaw)| format!("{name} {flaw:?}"))
    }

    #[test]
    fn a_password_is_long_and_not_the_login() {
        assert_eq!(flaw("un préau sous la pluie", "un préau sous la pluie"), None);
        for (password, again, said) in [
            ("", "", "mot_de_passe Missing"),
            ("onze lettre", "onze lettre", "short"),
            (&"long".repeat(51), "", "long"),
            ("aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "plain"),
            (
                "Karim.Benali@famille.example",
                "Karim.Benali@famille.example",
                "plain",
            ),
            ("karim.benali", "karim.benali", "plain"),
            ("un préau sous la pluie", "un préau sous la pluie ", "encore"),
        ] {
            let found = flaw(password, again).unwrap_or_default();
            assert!(found.contains(said), "{password}: {found}");
        }
    }
}
