//! Where to go after logging in.

/// Pages of a family that are worth coming back to.
const PAGES: [&str; 8] = [
    "reservations",
    "panier",
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
    if first == "panier" && FORMS_OF_CART.contains(&words.clone().next().unwrap_or_default()) {
        return Some(format!("/{slug}/panier"));
    }
    (PAGES.contains(&first) && words.all(plain)).then(|| path.to_owned())
}

/// What is posted to the cart, and is no page of its own: whoever comes back sees the cart.
const FORMS_OF_CART: [&str; 3] = ["lignes", "valider", "vider"];

/// The page of a family that a form came from, with its query and its place on the page.
pub(super) fn page(slug: &str, asked: &str) -> Option<String> {
    let (address, place) = asked.split_once('#').unwrap_or((asked, ""));
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let plain = |text: &str, more: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c) || more.contains(c))
    };
    let path = own(slug, path)?;
    if !plain(query, "=&") || !plain(place, "") || asked.len() > 1_000 {
        return Some(path);
    }
    let query = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    let place = if place.is_empty() {
        String::new()
    } else {
        format!("#{place}")
    };
    Some(path + &query + &place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_goes_back_to_where_it_was_on_the_page() {
        let grid = "/valmont/reservations?du=2026-11-23&vue=mois#j1124";
        assert_eq!(page("valmont", grid).as_deref(), Some(grid));
        let odd = "/valmont/reservations?du=\"><script>";
        assert_eq!(page("valmont", odd).as_deref(), Some("/valmont/reservations"));
        assert_eq!(page("valmont", "//ailleurs.example/reservations"), None);
        assert_eq!(
            own("valmont", "/valmont/panier/valider").as_deref(),
            Some("/valmont/panier")
        );
    }

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
