//! What the town hall closed: the tablet says so and stops pointing, unless a person decides otherwise. What
//! was pointed is always kept, and the server always takes it.

use chrono::NaiveDate;
use shared::operation::{Capability, Openness};
use shared::screen::Attendance;
use shared::wire::ServiceState;

use crate::error::ReplicaError;
use crate::store::meta::{self, Anyway};
use crate::tablet::Tablet;

impl Tablet {
    /// Parts of the service that are not open, as the server last said.
    pub fn services(&self) -> &[ServiceState] {
        self.met.services.as_deref().unwrap_or_default()
    }

    /// Pointing, where it is not open.
    fn attendance_state(&self) -> Option<&ServiceState> {
        self.services()
            .iter()
            .find(|one| one.capability == Capability::Attendance && one.state != Openness::Open)
    }

    /// The same, as the screens show it.
    ///
    /// # Errors
    /// Those of the file.
    pub fn attendance(&self) -> Result<Option<Attendance>, ReplicaError> {
        let Some(state) = self.attendance_state() else {
            return Ok(None);
        };
        Ok(Some(Attendance {
            closed: state.state == Openness::Closed,
            message: state.message.clone(),
            anyway: self.points_anyway()?,
        }))
    }

    /// Somebody decided to point all the same; it holds for the rest of that civil day.
    fn points_anyway(&self) -> Result<bool, ReplicaError> {
        let decided = meta::anyway(self.db.reader())?;
        Ok(self.anyway_once || decided.is_some_and(|decided| decided.date == self.today()))
    }

    /// From now until the end of the civil day this tablet points all the same, whatever is closed.
    ///
    /// # Errors
    /// Those of the file.
    pub fn point_anyway(&mut self) -> Result<(), ReplicaError> {
        let date: NaiveDate = self.today();
        let tx = self.db.begin()?;
        meta::put_anyway(&tx, &Anyway { date })?;
        tx.commit()?;
        Ok(())
    }

    /// The same as long as this program runs, and no longer.
    pub fn point_anyway_once(&mut self) {
        self.anyway_once = true;
    }

    /// Whether a mark may be made now.
    ///
    /// # Errors
    /// [`ReplicaError::Closed`], with what the town hall says.
    pub(crate) fn may_point(&self) -> Result<(), ReplicaError> {
        let Some(state) = self.attendance_state() else {
            return Ok(());
        };
        if self.points_anyway()? {
            return Ok(());
        }
        Err(ReplicaError::Closed {
            closed: state.state == Openness::Closed,
            message: state.message.clone(),
        })
    }
}
