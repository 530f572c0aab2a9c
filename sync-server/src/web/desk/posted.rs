//! A form sent by someone who is logged in.

use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use server_ui::desk::Notice;
use server_ui::desk::form::FormState;

use super::open::corridor_refuses;
use super::reply::DeskError;
use super::rights::{Right, may};
use super::visit::{Desk, Visit};
use super::{kept, log_in};
use crate::web::App;

/// A form that nobody has judged yet: [`Posted::allow`] hands it out.
pub(super) struct Posted {
    desk: Desk,
    form: Option<FormState>,
}

impl FromRequest<App> for Posted {
    type Rejection = DeskError;

    async fn from_request(request: Request, app: &App) -> Result<Self, DeskError> {
        let (mut parts, body) = request.into_parts();
        let desk = Desk::from_request_parts(&mut parts, app).await;
        let Ok(visit) = Visit::from_request_parts(&mut parts, app).await;
        let headers = parts.headers.clone();
        let sent = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app).await;
        let sent = sent.ok().map(|Form(sent)| sent);
        match (desk, sent) {
            (Ok(desk), sent) => Ok(Self {
                desk,
                form: sent.map(FormState::read),
            }),
            // The session ended while the form was being filled in: what was typed waits.
            (Err(DeskError::LogIn { slug, back }), Some(sent)) => {
                match kept::of(&slug, visit.address(), &headers, sent) {
                    Some(kept) => Err(log_in::keeping(&visit, kept).await),
                    None => Err(DeskError::LogIn { slug, back }),
                }
            }
            (Err(error), _) => Err(error),
        }
    }
}

impl Posted {
    /// Hands the form out to whoever has a right, when it came from a page of this session and what it
    /// changes is open. Before this nothing may be done with it.
    ///
    /// # Errors
    /// [`DeskError`]: the right is missing, the form is not ours or cannot be read, or it is handed back
    /// with the reason, to be sent again.
    pub(super) fn allow(self, right: Right) -> Result<(Desk, FormState), DeskError> {
        if !may(self.desk.session.role, right) {
            return Err(self.desk.said(Notice::Forbidden));
        }
        let Some(form) = self.form else {
            return Err(self.desk.said(Notice::FormUnreadable));
        };
        self.desk.check_form(form.token())?;
        if let Some(part) = self.desk.obstacle(right)
            && !corridor_refuses(right)
        {
            let kept = kept::back(self.desk.commune.slug.as_str(), self.desk.visit.address(), &form);
            return Err(self.desk.closed(StatusCode::UNPROCESSABLE_ENTITY, part, kept));
        }
        Ok((self.desk, form))
    }
}
