//! What each gesture does. When one answers, its marks are on the disk.

use shared::day_view::still_expected;
use shared::ids::{ChildId, MarkId, SiteId};
use shared::mark::{AbsenceScope, Kind, Reason};
use shared::screen::{Ask, Correction, Day, Deed, ListRef, Row, Tap, TapMany, Tapped, Transfer, Trouble};
use shared::time::UtcMs;

use super::{App, Inner, id, target};
use crate::error::ReplicaError;
use crate::point::{Draft, Target};
use crate::tablet::Tablet;

impl App {
    /// A tap on a child.
    ///
    /// # Errors
    /// [`Trouble`]: the tap is not recorded.
    pub async fn tap(&self, tap: Tap) -> Result<Tapped, Trouble> {
        let list = ListRef {
            site: tap.site,
            date: tap.date,
            activity: tap.activity,
        };
        let kind = kind_of(tap.deed, tap.reason, tap.rest_of_day);
        self.point(list, vec![tap.child], kind).await
    }

    /// One gesture on several children of a list: one transaction.
    ///
    /// # Errors
    /// [`Trouble`]: none of it is recorded.
    pub async fn tap_many(&self, many: TapMany) -> Result<Tapped, Trouble> {
        let kind = kind_of(many.deed, many.reason, false);
        self.point(many.list, many.children, kind).await
    }

    async fn point(&self, list: ListRef, children: Vec<String>, kind: Kind) -> Result<Tapped, Trouble> {
        self.gesture(list, move |inner, tablet, target| {
            let children: Vec<ChildId> = children.iter().map(|child| id(child)).collect::<Result<_, _>>()?;
            let day = tablet.day(&mut *inner.lists()?, target.site, target.date)?;
            let draft = |child: ChildId| {
                let row = day
                    .list
                    .rows
                    .iter()
                    .find(|r| r.child == child && r.activity == target.activity);
                let formula = row.and_then(|r| r.formula).filter(|_| kind == Kind::In);
                let aliases = day.list.aliases.iter().filter(|alias| alias.child == child);
                Draft::new(target, Some(child), kind.clone())
                    .formula(formula)
                    .aliases(aliases.map(|alias| alias.unknown).collect())
            };
            let drafts = children.into_iter().map(draft).collect();
            tablet.mark_all(drafts)
        })
        .await
    }

    /// Undoes marks, today's or older ones: of children, of a closing, of another undoing.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn undo(&self, marks: Vec<String>, ask: Ask) -> Result<Tapped, Trouble> {
        let list = self.list_shown(ask).await?;
        self.gesture(list, move |_, tablet, _| {
            let mut drafts = Vec::new();
            for mark in &marks {
                drafts.push(tablet.undoing(id(mark)?)?);
            }
            tablet.mark_all(drafts)
        })
        .await
    }

    /// Corrects the time of an arrival or a departure, with a reason.
    ///
    /// # Errors
    /// [`Trouble`]: it is no time of that day, or has not come yet.
    pub async fn correct(&self, correction: Correction, ask: Ask) -> Result<Tapped, Trouble> {
        let list = self.list_shown(ask).await?;
        self.gesture(list, move |_, tablet, _| {
            let mark: MarkId = id(&correction.mark)?;
            let (of, _) = tablet.found(mark)?;
            let at = at_field(tablet, &of, &correction.at)?;
            let draft = tablet.correcting(mark, at, Some(correction.why))?;
            tablet.mark_all(vec![draft])
        })
        .await
    }

    /// A child that nobody knows is here: it gets a name to be recognised by, and arrives.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn stranger(&self, list: ListRef, description: String) -> Result<Tapped, Trouble> {
        self.gesture(list, move |_, tablet, target| {
            tablet.stranger(target, &description)
        })
        .await
    }

    /// A child goes to another site for the rest of the day.
    ///
    /// # Errors
    /// [`Trouble`]: there is no such site.
    pub async fn transfer(&self, transfer: Transfer) -> Result<Tapped, Trouble> {
        let Transfer { list, child, to } = transfer;
        self.gesture(list, move |inner, tablet, target| {
            let (child, to): (ChildId, SiteId) = (id(&child)?, id(&to)?);
            let known = inner.other_sites(tablet, target.site)?;
            if !known.iter().any(|site| site.id == to.to_string()) {
                return Err(ReplicaError::Refused(
                    "Ce site n’est pas connu de la tablette. Synchronisez-la, puis recommencez.".into(),
                ));
            }
            tablet.mark_all(vec![Draft::new(target, Some(child), Kind::Transfer { to })])
        })
        .await
    }

    /// Closes a list: those still expected become absent, or present where all are by default.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn close_list(&self, list: ListRef) -> Result<Day, Trouble> {
        self.whole_list(list, |inner, tablet, target| {
            let day = tablet.day(&mut *inner.lists()?, target.site, target.date)?;
            let mode = day
                .list
                .activities
                .iter()
                .find(|a| a.id == target.activity)
                .map(|a| a.mode);
            let expected = still_expected(&day.rows, target.activity);
            tablet.close(target, mode.unwrap_or_default().closing(), expected)
        })
        .await
    }

    /// Opens a closed list again.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn reopen_list(&self, list: ListRef) -> Result<Day, Trouble> {
        self.whole_list(list, |_, tablet, target| tablet.reopen(target))
            .await
    }

    async fn whole_list(
        &self,
        list: ListRef,
        work: impl FnOnce(&Inner, &mut Tablet, Target) -> Result<MarkId, ReplicaError> + Send + 'static,
    ) -> Result<Day, Trouble> {
        let done = self.held(move |inner, tablet| {
            work(inner, tablet, target(&list)?)?;
            let ask = Ask {
                site: Some(list.site),
                date: Some(list.date),
                activity: Some(list.activity),
            };
            inner.day(tablet, &ask)
        });
        self.woken(done.await)
    }

    /// The list meant, what is missing being chosen as the day would.
    async fn list_shown(&self, ask: Ask) -> Result<ListRef, Trouble> {
        if let (Some(site), Some(date), Some(activity)) = (&ask.site, &ask.date, &ask.activity) {
            return Ok(ListRef {
                site: site.clone(),
                date: date.clone(),
                activity: activity.clone(),
            });
        }
        let day = self.day(ask).await?;
        Ok(ListRef {
            site: day.site.id,
            date: day.date,
            activity: day.activity.unwrap_or_else(|| uuid::Uuid::nil().to_string()),
        })
    }

    /// Makes marks, and answers what they changed of the list shown.
    pub(super) async fn gesture(
        &self,
        list: ListRef,
        work: impl FnOnce(&Inner, &mut Tablet, Target) -> Result<Vec<MarkId>, ReplicaError> + Send + 'static,
    ) -> Result<Tapped, Trouble> {
        let done = self.held(move |inner, tablet| {
            let target = target(&list)?;
            let before = inner.shown(tablet, &target)?;
            let marks = work(inner, tablet, target)?;
            let after = inner.shown(tablet, &target)?;
            let changed = |row: &&Row| before.rows.get(&row.child) != Some(row);
            Ok(Tapped {
                marks: marks.iter().map(ToString::to_string).collect(),
                rows: after.rows.values().filter(changed).cloned().collect(),
                activities: after.tabs.clone(),
                open_lists: after.open_lists.clone(),
                link: inner.link(tablet)?,
            })
        });
        self.woken(done.await)
    }

    pub(super) fn woken<T>(&self, done: Result<T, Trouble>) -> Result<T, Trouble> {
        if done.is_ok() {
            self.0.wake.notify_one();
        }
        done
    }
}

fn kind_of(deed: Deed, reason: Option<Reason>, rest_of_day: bool) -> Kind {
    match deed {
        Deed::In => Kind::In,
        Deed::Out => Kind::Out,
        Deed::Absent => Kind::Absent {
            scope: if rest_of_day {
                AbsenceScope::RestOfDay
            } else {
                AbsenceScope::Session
            },
            reason: reason.unwrap_or(Reason::Unjustified),
        },
    }
}

/// « 08:10 » on the date of a sheet. What has not come yet cannot have happened, unless the clock
/// itself is in doubt.
fn at_field(tablet: &Tablet, of: &Target, typed: &str) -> Result<UtcMs, ReplicaError> {
    let time = chrono::NaiveTime::parse_from_str(typed.trim(), "%H:%M").map_err(|_| {
        ReplicaError::Refused("Écrivez l’heure en heures et minutes, par exemple 08:10.".into())
    })?;
    let at = UtcMs::at_civil(of.date, time, tablet.zone());
    if at > tablet.now().plus_ms(60_000) && !tablet.clock_doubted() {
        return Err(ReplicaError::Refused(
            "Cette heure n’est pas encore passée. Corrigez-la, puis enregistrez.".into(),
        ));
    }
    Ok(at)
}
