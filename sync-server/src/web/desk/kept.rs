//! A form that was sent after its session had ended: it waits on the log-in page, unseen, and is
//! sent again by whoever logs in there. Nothing is stored on the server.

use axum::http::HeaderMap;
use server_ui::desk::KeptForm;
use server_ui::desk::form::FormState;

use super::return_path;

/// Largest form that is kept, in bytes.
const MOST: usize = 16 * 1024;

/// Secrets are typed again rather than kept; the token belonged to the session that ended.
fn is_kept(name: &str) -> bool {
    let secret = ["mot_de_passe", "encore", "code", "pin"];
    name != "jeton" && !secret.iter().any(|word| name.contains(word))
}

/// What waits, of a form sent to `address`; `None` where it is not one of this commune's own pages,
/// too large, or not said by the browser to come from here. Another site could otherwise have a
/// form of its making sent by somebody who only means to log in.
pub(super) fn of(
    slug: &str,
    address: &str,
    headers: &HeaderMap,
    sent: Vec<(String, String)>,
) -> Option<KeptForm> {
    let says_where = headers.contains_key("sec-fetch-site") || headers.contains_key("origin");
    if !says_where || crate::web::guard::from_elsewhere(headers) {
        return None;
    }
    made(slug, address, sent)
}

/// What was sent while it could not be taken, for the same person to send again.
pub(super) fn back(slug: &str, address: &str, form: &FormState) -> Option<KeptForm> {
    let mut pairs = form.pairs().to_vec();
    pairs.extend(form.seen().map(|seen| ("version".to_owned(), seen.to_string())));
    made(slug, address, pairs)
}

/// What the log-in page sent back.
pub(super) fn again(slug: &str, address: &str, encoded: &str) -> Option<KeptForm> {
    made(slug, address, serde_json::from_str(encoded).ok()?)
}

fn made(slug: &str, address: &str, sent: Vec<(String, String)>) -> Option<KeptForm> {
    let address = return_path::own(slug, address)?;
    let pairs: Vec<(String, String)> = sent.into_iter().filter(|(name, _)| is_kept(name)).collect();
    let bytes: usize = pairs.iter().map(|(name, value)| name.len() + value.len()).sum();
    let encoded = serde_json::to_string(&pairs).ok()?;
    (bytes <= MOST && !pairs.is_empty()).then_some(KeptForm {
        address,
        pairs,
        encoded,
    })
}
