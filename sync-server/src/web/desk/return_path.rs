//! Where to go after logging in.

/// The pages that a log-in may lead back to.
const PAGES: [&str; 3] = ["", "/jour", "/quarantaine"];

/// The path asked for, if it is one of this commune's own pages: nothing that leaves the site, nor
/// anything that needs decoding to be judged.
pub(super) fn own(slug: &str, asked: &str) -> Option<String> {
    let (path, query) = asked
        .split_once('?')
        .map_or((asked, None), |(path, query)| (path, Some(query)));
    let page = path.strip_prefix(&format!("/{slug}/gestion"))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "=&-_".contains(c);
    let fits =
        PAGES.contains(&page) && query.is_none_or(|query| query.len() <= 200 && query.chars().all(plain));
    fits.then(|| asked.to_owned())
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
            "/ville/gestion/evenements",
            "/ville/gestion/activer/abc",
            "/ville/gestionnaire",
        ] {
            assert_eq!(own("ville", bad), None, "{bad}");
        }
    }
}
