//! Tabs that the town leaves closed for now, with a text of its own.

use axum::http::StatusCode;
use server_ui::portal::pages::unopened_page;
use server_ui::portal::{Place, Said};
use shared::operation::{Capability, Openness, PortalRecord, UnopenedTab};

use super::family::Guest;
use super::reply::{PortalError, page};
use crate::record::Part;

impl Guest {
    /// Whether the town has opened the tab of a place.
    pub(super) fn is_open(&self, place: Place) -> bool {
        let mut unopened = self.ground.portal.unopened.iter();
        !unopened.any(|one| Some(one.tab) == place.tab())
    }

    /// The part of the service that is closed, where it is: what it would show is not shown.
    pub(super) fn shut(&self, capability: Capability) -> Option<&Part> {
        let mut parts = self.ground.unopened.iter();
        parts.find(|part| part.capability == capability && part.state == Openness::Closed)
    }

    /// The page that says of a part of the service why it is closed.
    pub(super) fn shut_page(&self, place: Place, part: &Part) -> PortalError {
        let frame = self.frame(Some(place));
        let html = server_ui::portal::closed(&frame, part.capability, part.state, &part.message);
        PortalError::Drawn(Box::new(page(StatusCode::FORBIDDEN, html)))
    }

    /// Goes on only where it has.
    ///
    /// # Errors
    /// The page that says what the town says of a tab that is not open yet.
    pub(super) fn opened(&self, place: Place) -> Result<(), PortalError> {
        match self.unopened(place, &self.ground.portal) {
            Some(page) => Err(page),
            None => Ok(()),
        }
    }

    /// The page of a tab that nothing of ours can fill yet: what the town says of it, or `ours`.
    pub(super) fn never_opened(&self, place: Place, ours: String) -> PortalError {
        let mut portal = self.ground.portal.clone();
        if let Some(tab) = place.tab()
            && self.is_open(place)
        {
            portal.unopened.push(UnopenedTab { tab, text: ours });
        }
        self.unopened(place, &portal)
            .unwrap_or_else(|| self.said(Said::PageUnknown))
    }

    fn unopened(&self, place: Place, portal: &PortalRecord) -> Option<PortalError> {
        let html = unopened_page(&self.frame(Some(place)), place, portal)?;
        Some(PortalError::Drawn(Box::new(page(StatusCode::OK, html))))
    }
}
