//! Where to go after logging in.

/// Pages of a family that are worth coming back to.
const PAGES: [&str; 7] = [
    "reservations",
    "factures",
    "demandes",
    "dossier",
    "compte",
    "fil",
    "reglement",
];

/// The path asked for, if it is one of this commune's own pages for families; a query is not carried along.
pub(super) fn own(slug: &str, asked: &str) -> Option<String> {
    let path = asked.split('?').next().unwrap_or_default();
    let rest = path.strip_prefix(&format!("/{slug}/"))?;
    let mut words = rest.split('/');
    let first = words.next().unwrap_or_default();
    let plain = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    (PAGES.contains(&first) && words.all(plain)).then(|| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_this_commune_are_come_back_to() {
        assert_eq!(
            own("valmont", "/valmont/compte/historique?p=2").as_deref(),
            Some("/valmont/compte/historique")
        );
        for stranger in [
            "/valmont/gestion",
            "//ailleurs.example/compte",
            "/autre/compte",
            "/valmont/compte//ailleurs",
            "/valmont/compte/..%2f",
            "https://ailleurs.example/valmont/compte",
            "/valmont/connexion",
        ] {
            assert_eq!(own("valmont", stranger), None, "{stranger}");
        }
    }
}
