//! A browser that keeps cookies and follows nothing.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::response::Parts;
use axum::http::{HeaderMap, Request, StatusCode};
use tower::ServiceExt;

/// An answer.
pub(in crate::web) struct Reply {
    pub(in crate::web) status: StatusCode,
    pub(in crate::web) headers: HeaderMap,
    pub(in crate::web) text: String,
}

impl Reply {
    pub(in crate::web) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The token of the page's form.
    pub(in crate::web) fn token(&self) -> String {
        let after = self
            .text
            .split("name=\"jeton\" value=\"")
            .nth(1)
            .expect("the page has a form");
        after.split('"').next().unwrap().to_owned()
    }

    /// What stands in the element of an id.
    pub(in crate::web) fn text_of(&self, id: &str) -> String {
        let after = self.text.split(&format!(" id=\"{id}\"")).nth(1);
        let inside = after
            .and_then(|after| after.split_once('>'))
            .expect("an element of this id")
            .1;
        inside.split('<').next().unwrap().to_owned()
    }

    /// What is read, tags and comments left out.
    pub(in crate::web) fn words(&self) -> String {
        let mut words = String::new();
        let mut inside = false;
        for c in self.text.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => words.push(c),
                _ => {}
            }
        }
        words
    }
}

/// Keeps cookies, follows nothing.
#[derive(Clone)]
pub(in crate::web) struct Browser {
    pub(in crate::web) server: Router,
    pub(in crate::web) cookies: BTreeMap<String, String>,
    pub(in crate::web) headers: Vec<(&'static str, String)>,
}

impl Browser {
    pub(in crate::web) fn get(&mut self, path: &str) -> Reply {
        self.send("GET", path, String::new(), &[])
    }

    /// The same, logged out.
    pub(in crate::web) fn clone_without_session(&self) -> Self {
        let mut other = self.clone();
        other.cookies.clear();
        other
    }

    pub(in crate::web) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect::<Vec<_>>();
        self.send(
            "POST",
            path,
            body.join("&"),
            &[("content-type", "application/x-www-form-urlencoded")],
        )
    }

    /// Fills in the log-in form and sends it.
    pub(in crate::web) fn log_in(&mut self, email: &str, password: &str) -> Reply {
        let token = self.get("/ville/gestion/connexion").token();
        let fields = [("email", email), ("mot_de_passe", password), ("jeton", &token)];
        self.post("/ville/gestion/connexion", &fields)
    }

    /// The server works in a runtime of its own: tests look into the store between two requests, which async code
    /// must not.
    pub(in crate::web) fn answer(&self, request: Request<Body>) -> (Parts, Bytes) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (parts, body) = self.server.clone().oneshot(request).await.unwrap().into_parts();
            let endless = parts
                .headers
                .get("content-type")
                .is_some_and(|kind| kind == "text/event-stream");
            let bytes = if endless {
                Bytes::new()
            } else {
                to_bytes(body, 1 << 22).await.unwrap()
            };
            (parts, bytes)
        })
    }

    pub(in crate::web) fn send(
        &mut self,
        method: &str,
        path: &str,
        body: String,
        more: &[(&str, &str)],
    ) -> Reply {
        let cookies: Vec<_> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("cookie", cookies.join("; "));
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        let (parts, bytes) = self.answer(request.body(Body::from(body)).unwrap());
        for cookie in parts.headers.get_all("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Reply {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
