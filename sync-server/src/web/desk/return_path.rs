//! Where to go after logging in.

/// Addresses that are no pages to come back to.
const NO_PAGES: [&str; 4] = ["connexion", "deconnexion", "activer", "evenements"];
/// Longest query carried along.
const QUERY_MOST: usize = 400;

/// The path asked for, if it is one of this commune's own pages: nothing that leaves the site, nor
/// anything that needs decoding to be judged.
pub(super) fn own(slug: &str, asked: &str) -> Option<String> {
    let (path, query) = asked
        .split_once('?')
        .map_or((asked, None), |(path, query)| (path, Some(query)));
    let page = path.strip_prefix(&format!("/{slug}/gestion"))?;
    let fits = is_page(page) && query.is_none_or(is_plain);
    fits.then(|| asked.to_owned())
}

/// Short words parted by single slashes: pages and ids, nothing that could be read as another host
/// or another folder.
fn is_page(page: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let Some(rest) = page.strip_prefix('/') else {
        return page.is_empty();
    };
    rest.split('/').all(word) && !NO_PAGES.contains(&rest.split('/').next().unwrap_or_default())
}

/// A query of plain characters; what is escaped must be a character that can be seen.
fn is_plain(query: &str) -> bool {
    let mut bytes = query.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                let hex = [bytes.next(), bytes.next()]
                    .map(|digit| char::from(digit.unwrap_or_default()).to_digit(16));
                matches!(hex, [Some(high), Some(low)] if high >= 2 && (high, low) != (7, 15))
            }
            byte => byte.is_ascii_alphanumeric() || b"=&-_.+".contains(&byte),
        };
        if !fits {
            return false;
        }
    }
    query.len() <= QUERY_MOST
}

#[cfg(test)]
mod tests {
    use super::own;

    #[test]
    fn only_pages_of_the_same_commune_are_led_back_to() {
        for good in [
            "/ville/gestion",
            "/ville/gestion/jour?site=jaures&date=2026-11-23&activite=cantine",
            "/ville/gestion/quarantaine",
            "/ville/gestion/reglages/sites/0190b7a4-0000-7000-8000-000000000051",
            "/ville/gestion/enfants?q=l%C3%A9a+d%E2%80%99arc&tri=-nom",
        ] {
            assert_eq!(own("ville", good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "/",
            "//ailleurs.example/ville/gestion",
            "https://ailleurs.example/ville/gestion",
            "/autre/gestion",
            "/ville/gestion/../../autre",
            "/ville/gestion//ailleurs.example",
            "/ville/gestion\\ailleurs",
            "/ville/gestion/jour?x=%0d%0aSet-Cookie:a",
            "/ville/gestion/jour?x=\r\nLocation: /",
            "/ville/gestion/enfants?q=%1f",
            "/ville/gestion/enfants?q=%2",
            "/ville/gestion/reglages/../../autre",
            "/ville/gestion/Reglages",
            "/ville/gestion/",
            "/ville/gestion/connexion",
            "/ville/gestion/deconnexion",
            "/ville/gestion/evenements",
            "/ville/gestion/activer/abc",
            "/ville/gestionnaire",
        ] {
            assert_eq!(own("ville", bad), None, "{bad}");
        }
    }
}
