//! A form sent by someone who is logged in.

use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use server_ui::desk::Notice;
use server_ui::desk::form::FormState;

use super::reply::DeskError;
use super::rights::Right;
use super::visit::Desk;
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
        let desk = Desk::from_request_parts(&mut parts, app).await?;
        let sent = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, body), app).await;
        Ok(Self {
            desk,
            form: sent.ok().map(|Form(sent)| FormState::read(sent)),
        })
    }
}

impl Posted {
    /// Hands the form out to whoever has a right, when it came from a page of this session. Before
    /// this nothing may be done with it.
    ///
    /// # Errors
    /// [`DeskError`]: the right is missing, or the form is not ours or cannot be read.
    pub(super) fn allow(self, right: Right) -> Result<(Desk, FormState), DeskError> {
        self.desk.require(right)?;
        let Some(form) = self.form else {
            return Err(self.desk.said(Notice::FormUnreadable));
        };
        self.desk.check_form(form.token())?;
        Ok((self.desk, form))
    }
}
