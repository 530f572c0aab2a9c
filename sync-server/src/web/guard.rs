//! Whether a posted form came from our own page.

use axum::http::HeaderMap;
use subtle::ConstantTimeEq;

/// Whether the browser says that another site sent this. Old browsers say nothing: the form's token
/// then decides alone.
pub(in crate::web) fn from_elsewhere(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let authority = origin.split_once("://").map_or("", |(_, authority)| authority);
            // A proxy may hand on the name it was called by beside its own.
            let names = [text("host"), text("x-forwarded-host")];
            authority.is_empty()
                || !names
                    .into_iter()
                    .flatten()
                    .any(|name| name.eq_ignore_ascii_case(authority))
        }
        (None, None) => false,
    }
}

/// Whether the token that came is the one given out, compared without telling how much of it fits.
pub(in crate::web) fn same_token(expected: &str, given: &str) -> bool {
    !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(given.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn what_another_site_sends_is_told_apart() {
        let here = ("host", "preau.example");
        assert!(!from_elsewhere(&headers(&[here])));
        assert!(!from_elsewhere(&headers(&[
            here,
            ("sec-fetch-site", "same-origin")
        ])));
        assert!(!from_elsewhere(&headers(&[
            here,
            ("origin", "https://preau.example")
        ])));
        assert!(!from_elsewhere(&headers(&[
            ("host", "10.0.0.2:8080"),
            ("x-forwarded-host", "preau.example"),
            ("origin", "https://preau.example"),
        ])));
        for elsewhere in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://ailleurs.example"),
            ("origin", "null"),
        ] {
            assert!(from_elsewhere(&headers(&[here, elsewhere])), "{elsewhere:?}");
        }
    }

    #[test]
    fn a_token_fits_whole_or_not_at_all() {
        assert!(same_token("abc", "abc"));
        for wrong in ["", "ab", "abcd", "abd"] {
            assert!(!same_token("abc", wrong));
        }
        assert!(!same_token("", ""));
    }
}
