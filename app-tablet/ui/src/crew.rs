//! Who holds the tablet, and the lock that hides the names when nobody touches it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::screen::{Crew, Person, Trouble};

use crate::{clock, commands};

/// How often the lock looks at the time.
const LOOK: Duration = Duration::from_secs(2);

/// The staff as the core last told it. A handle: copies are the same.
#[derive(Clone, Copy)]
pub(crate) struct Staff {
    /// `None` before the first answer.
    pub(crate) crew: RwSignal<Option<Crew>>,
    /// Names are hidden until somebody says who they are.
    pub(crate) locked: RwSignal<bool>,
    /// When the screen was touched last.
    touched_at: StoredValue<f64>,
}

impl Staff {
    /// Nobody yet.
    pub(crate) fn new() -> Self {
        Self {
            crew: RwSignal::new(None),
            locked: RwSignal::new(false),
            touched_at: StoredValue::new(clock::now_ms()),
        }
    }

    /// Who holds the tablet. Follows it.
    pub(crate) fn holder(self) -> Option<Person> {
        self.crew.read().as_ref().and_then(|crew| crew.holder.clone())
    }

    /// Takes what the core says of the staff.
    pub(crate) fn take(self, crew: Crew) {
        self.locked.set(crew.needed && crew.holder.is_none());
        self.touched();
        if self.crew.with_untracked(|known| known.as_ref() != Some(&crew)) {
            self.crew.set(Some(crew));
        }
    }

    /// Asks the core for the staff. Answers whether names may be shown.
    pub(crate) async fn ask(self) -> Result<bool, Trouble> {
        let crew = commands::crew().await?;
        self.take(crew);
        Ok(!self.locked.get_untracked())
    }

    /// Hides the names and gives the tablet back: the next person says who they are.
    pub(crate) fn lock(self) {
        self.locked.set(true);
        spawn_local(async move {
            match commands::leave().await {
                Ok(crew) => self.take(crew),
                Err(trouble) => leptos::logging::error!("leave: {}", trouble.message),
            }
        });
    }

    /// The core refused because nobody has said who they are.
    pub(crate) fn refused(self) {
        self.locked.set(true);
        spawn_local(async move {
            if let Ok(crew) = commands::crew().await {
                self.take(crew);
            }
        });
    }

    /// The screen was touched.
    pub(crate) fn touched(self) {
        self.touched_at.set_value(clock::now_ms());
    }

    /// Locks once nobody has touched the screen for as long as the town allows.
    pub(crate) fn watch(self) {
        let look = move || {
            let allowed = self.crew.with_untracked(|crew| {
                let held = crew
                    .as_ref()
                    .filter(|crew| crew.needed && crew.holder.is_some())?;
                (held.idle_minutes > 0).then(|| f64::from(held.idle_minutes) * 60_000.0)
            });
            let idle = clock::now_ms() - self.touched_at.get_value();
            if allowed.is_some_and(|allowed| idle >= allowed) && !self.locked.get_untracked() {
                self.lock();
            }
        };
        // The lock watches as long as the page lives.
        if let Err(cause) = set_interval_with_handle(look, LOOK) {
            leptos::logging::error!("the lock cannot watch: {cause:?}");
        }
    }
}
