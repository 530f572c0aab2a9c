//! Logging out at the provider as well.
//!
//! The provider asks for the token it gave us. No store keeps it: it waits in a cookie of its own, sealed, and goes
//! with the session.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use server_ui::portal::identity::identity_leaving;

use super::provider;
use crate::clock::random;
use crate::web::portal::family::Guest;
use crate::web::portal::reply::{PortalError, page, see_other};
use crate::web::visit::Visit;

/// What the token is sealed for.
const SEALED: &str = "identity leave";
/// The name of its cookie.
const COOKIE: &str = "fc-sortie";
/// Longest token that is kept, in bytes: a cookie holds no more.
const LONGEST: usize = 2_400;

/// The cookie that keeps a token until its person leaves.
pub(super) fn keep(guest: &Guest, id_token: &str) -> HeaderValue {
    if id_token.len() > LONGEST {
        return guest.visit.set_cookie(COOKIE, "", "; Max-Age=0");
    }
    let sealed = guest.commune.keys.seal(SEALED, id_token.as_bytes());
    let value = data_encoding::BASE64URL_NOPAD.encode(&sealed);
    guest.visit.set_cookie(COOKIE, &value, "")
}

fn kept(visit: &Visit) -> Option<&str> {
    let name = visit.cookie_name(COOKIE);
    let all = visit.headers.get_all("cookie").iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

/// The page where whoever logged out goes on, where they came in through the provider.
pub(in crate::web::portal) fn path_of_leaving(guest: &Guest) -> Option<String> {
    kept(&guest.visit).map(|_| guest.at("/franceconnect/sortie"))
}

pub(super) async fn show(guest: Guest) -> Result<Response, PortalError> {
    let provider = provider(&guest)?;
    let sealed =
        kept(&guest.visit).and_then(|text| data_encoding::BASE64URL_NOPAD.decode(text.as_bytes()).ok());
    let token = sealed.and_then(|sealed| guest.commune.keys.unseal(SEALED, &sealed));
    let token = token.and_then(|bytes| String::from_utf8(bytes).ok());
    let home = guest.at("/");
    let onwards = match token {
        Some(token) => {
            let back = format!("{}{home}", guest.visit.origin());
            let state = data_encoding::BASE64URL_NOPAD.encode(&random::<32>());
            let now = guest.commune.clock.now();
            provider.leave(&token, &back, &state, now).await.ok().flatten()
        }
        None => None,
    };
    let mut response = match onwards {
        Some(onwards) => page(StatusCode::OK, identity_leaving(&guest.frame(None), &onwards)),
        None => see_other(&home),
    };
    let gone = guest.visit.set_cookie(COOKIE, "", "; Max-Age=0");
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}
