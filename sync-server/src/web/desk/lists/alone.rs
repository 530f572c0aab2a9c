//! The lists of a site and day as they lie off-site.

use chrono::NaiveDate;
use server_ui::desk::lists::{PaperPage, PartBy, paper_alone, paper_title};
use shared::operation::SiteRecord;
use shared::time::UtcMs;

use super::read;
use crate::commune::Commune;
use crate::store::{Read, StoreError};
use crate::web::desk::day::{day_of, hour_of};

/// The lists of a site and day, ready to be drawn.
pub(crate) struct Lists {
    page: PaperPage,
}

impl Lists {
    /// Reads them, with all that staff must know of the children.
    ///
    /// # Errors
    /// [`StoreError`] of the engine.
    pub(crate) fn read(
        tx: &mut dyn Read,
        commune: &Commune,
        site: &SiteRecord,
        date: NaiveDate,
    ) -> Result<Self, StoreError> {
        let day = read::day(tx, site.id, date)?;
        let by = if site.nursery {
            PartBy::Class
        } else {
            PartBy::Group
        };
        // The same words whichever day they are drawn on.
        let label = day_of(date, NaiveDate::MIN);
        let sheets = day
            .activities
            .iter()
            .map(|activity| read::sheet(&day, activity, by, &site.name, &label, true))
            .collect();
        Ok(Self {
            page: PaperPage {
                commune: commune.name.clone(),
                printed: Default::default(),
                back: String::new(),
                title: paper_title(&site.name, &label),
                sheets,
            },
        })
    }

    /// Nobody is on them.
    pub(crate) fn are_empty(&self) -> bool {
        self.page.sheets.iter().all(|sheet| sheet.rows().next().is_none())
    }

    /// What tells one content from another, whenever it is drawn.
    pub(crate) fn content(&self) -> String {
        paper_alone(&self.page)
    }

    /// The document, drawn at an instant.
    pub(crate) fn draw(mut self, commune: &Commune, at: UtcMs) -> String {
        self.page.printed = [
            day_of(at.date_in(commune.zone), NaiveDate::MIN),
            hour_of(at, commune),
        ];
        paper_alone(&self.page)
    }
}
