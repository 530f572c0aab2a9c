//! What the host's list says of communes that came from another store, or went to one.

use shared::slug::Slug;
use shared::time::UtcMs;

use super::{Host, HostError};
use crate::store::Row;

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The commune's name.
    pub name: String,
    /// When it was founded.
    pub created_at: UtcMs,
    /// Where it went, without a password, and when.
    pub moved: Option<(String, UtcMs)>,
}

impl Host {
    /// What the list says of a commune.
    ///
    /// # Errors
    /// [`HostError::Store`].
    pub fn line(&self, slug: &Slug) -> Result<Option<Line>, HostError> {
        let wanted = [slug.as_str().into()];
        let row = self
            .control
            .read(move |tx| tx.first(include_str!("../record/control/get.sql"), &wanted))?;
        let Some(row) = row else { return Ok(None) };
        let at = row.opt(3, Row::int)?.map(UtcMs);
        Ok(Some(Line {
            name: row.text(0)?,
            created_at: UtcMs(row.int(1)?),
            moved: row.opt(2, Row::text)?.zip(at),
        }))
    }

    /// Lists a commune that came here; one that had left is back.
    ///
    /// # Errors
    /// [`HostError::Store`].
    pub fn enlist(&self, slug: &Slug, line: &Line) -> Result<(), HostError> {
        let params = [
            slug.as_str().into(),
            line.name.as_str().into(),
            line.created_at.into(),
        ];
        self.control
            .write(move |tx| tx.execute(include_str!("../record/control/put.sql"), &params))?;
        Ok(())
    }

    /// Says where a commune went: it is not listed any more, and whoever asks for it is told.
    ///
    /// # Errors
    /// [`HostError::Store`].
    pub fn mark_moved(&self, slug: &Slug, to: &str, at: UtcMs) -> Result<(), HostError> {
        let params = [slug.as_str().into(), to.into(), at.into()];
        self.control
            .write(move |tx| tx.execute(include_str!("../record/control/moved.sql"), &params))?;
        Ok(())
    }

    /// Lets go of a commune whose store is no longer here; it is opened anew when it is asked for.
    pub fn forget(&self, slug: &str) {
        let Ok(slug) = slug.parse::<Slug>() else { return };
        if let Some(commune) = self.open.let_go(&slug) {
            commune.close();
        }
    }
}
