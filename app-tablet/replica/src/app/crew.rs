//! Who points: saying it, forgetting it, taking on a substitute, unlocking.

use shared::screen::{Crew, Entry, Person, Trouble};

use super::{App, Inner, id};
use crate::crew::{FAILURES, IDLE_MINUTES, Member, Staff, hashed, verifies};
use crate::error::ReplicaError;
use crate::tablet::Tablet;
use shared::ids::StaffId;

/// A PIN about to be looked at.
struct Attempt {
    member: StaffId,
    phc: String,
    /// Wrong ones in a row before this one.
    before: u32,
}

impl App {
    /// The staff, and who holds the tablet.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn crew(&self) -> Result<Crew, Trouble> {
        self.with(Inner::crew).await
    }

    /// Somebody says who they are.
    ///
    /// # Errors
    /// [`Trouble`]: nobody of that id, or without a PIN.
    pub async fn enter(&self, staff: String, pin: String) -> Result<Entry, Trouble> {
        let who: StaffId = id(&staff)?;
        let attempt = self
            .with(move |inner, tablet| inner.attempts(tablet, |m| m.id == who))
            .await?;
        match self.tried(attempt, pin).await? {
            Tried::Right(member, phc) => {
                self.with(move |inner, tablet| {
                    tablet.hand_to(member, &phc);
                    Ok(Entry::Right(inner.crew(tablet)?))
                })
                .await
            }
            Tried::Wrong(left) => Ok(Entry::Wrong(left)),
            Tried::Locked => Ok(Entry::Locked),
        }
    }

    /// Whoever holds the tablet puts it down.
    ///
    /// # Errors
    /// [`Trouble`].
    pub async fn leave(&self) -> Result<Crew, Trouble> {
        self.with(|inner, tablet| {
            tablet.holder = None;
            inner.crew(tablet)
        })
        .await
    }

    /// The director who holds the tablet takes somebody on for today.
    ///
    /// # Errors
    /// [`Trouble`]: the holder is no director, or name or PIN will not do.
    pub async fn welcome(&self, name: String, pin: String) -> Result<Crew, Trouble> {
        self.held(|inner, tablet| {
            let staff = tablet.staff(&mut *inner.lists()?)?;
            let holder = tablet.holder(&staff).and_then(|holder| staff.member(holder));
            if holder.is_some_and(Member::is_director) {
                return Ok(());
            }
            Err(ReplicaError::Refused(
                "Seul un directeur ou une directrice peut ajouter un remplaçant : passez-lui la tablette."
                    .into(),
            ))
        })
        .await?;
        if !(4..=6).contains(&pin.len()) || !pin.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(ReplicaError::Refused("Choisissez un code de 4 à 6 chiffres.".into()).into());
        }
        let phc = blocking(move || hashed(&pin)).await?;
        let taken = self.held(move |inner, tablet| {
            tablet.take_on(&name, phc)?;
            inner.crew(tablet)
        });
        self.woken(taken.await)
    }

    /// A director gives a locked colleague new attempts.
    ///
    /// # Errors
    /// [`Trouble`]: nobody of that id, or no director with a PIN.
    pub async fn unlock(&self, staff: String, director_pin: String) -> Result<Entry, Trouble> {
        let who: StaffId = id(&staff)?;
        let attempts = self
            .with(move |inner, tablet| inner.attempts(tablet, |m| m.is_director() && m.pin.is_some()))
            .await?;
        match self.tried(attempts, director_pin).await? {
            Tried::Right(..) => {
                self.with(move |inner, tablet| {
                    tablet.forgive(who)?;
                    Ok(Entry::Right(inner.crew(tablet)?))
                })
                .await
            }
            Tried::Wrong(left) => Ok(Entry::Wrong(left)),
            Tried::Locked => Ok(Entry::Locked),
        }
    }

    /// Looks at a PIN that one of some people may have. It was counted against all of them before;
    /// the right one is forgiven, and the others are as they were.
    async fn tried(&self, attempts: Vec<Attempt>, pin: String) -> Result<Tried, Trouble> {
        let open: Vec<Attempt> = attempts.into_iter().filter(|a| a.before < FAILURES).collect();
        if open.is_empty() {
            return Ok(Tried::Locked);
        }
        let (open, right) = blocking(move || {
            let right = open.iter().position(|attempt| verifies(&pin, &attempt.phc));
            (open, right)
        })
        .await?;
        self.with(move |_, tablet| {
            let Some(right) = right else {
                let left = open
                    .iter()
                    .map(|a| FAILURES.saturating_sub(a.before + 1))
                    .max()
                    .unwrap_or(0);
                return Ok(if left == 0 {
                    Tried::Locked
                } else {
                    Tried::Wrong(left)
                });
            };
            for (n, attempt) in open.iter().enumerate() {
                if n == right {
                    tablet.forgive(attempt.member)?;
                } else {
                    tablet.count(attempt.member, &attempt.phc, attempt.before)?;
                }
            }
            let attempt = &open[right];
            Ok(Tried::Right(attempt.member, attempt.phc.clone()))
        })
        .await
    }

    /// Whether a PIN is that of whoever holds the tablet: `Ok(None)` when it is, else the attempts
    /// left. Nobody is left to point after too many.
    pub(super) async fn confirmed(&self, pin: String) -> Result<Option<u32>, Trouble> {
        let attempts = self
            .with(|inner, tablet| {
                let staff = tablet.staff(&mut *inner.lists()?)?;
                let holder = tablet.holder(&staff);
                inner.attempts(tablet, |m| Some(m.id) == holder)
            })
            .await?;
        match self.tried(attempts, pin).await? {
            Tried::Right(..) => Ok(None),
            Tried::Wrong(left) => Ok(Some(left)),
            Tried::Locked => {
                self.leave().await?;
                Ok(Some(0))
            }
        }
    }
}

/// What came of a PIN.
enum Tried {
    Right(StaffId, String),
    Wrong(u32),
    Locked,
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ReplicaError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| ReplicaError::Fault(error.to_string()))
}

impl Inner {
    /// The people a PIN may be of; the attempt is counted against those who are not locked.
    fn attempts(
        &self,
        tablet: &mut Tablet,
        of: impl Fn(&Member) -> bool,
    ) -> Result<Vec<Attempt>, ReplicaError> {
        let staff = tablet.staff(&mut *self.lists()?)?;
        let mut attempts = Vec::new();
        for member in staff.members.iter().filter(|member| of(member)) {
            let phc = member.pin.clone().ok_or_else(|| {
                ReplicaError::Refused(format!(
                    "{} n’a pas de code : demandez-en un à la mairie.",
                    member.name
                ))
            })?;
            let before = tablet.failures(member.id, &phc)?;
            if before < FAILURES {
                tablet.count(member.id, &phc, before + 1)?;
            }
            attempts.push(Attempt {
                member: member.id,
                phc,
                before,
            });
        }
        if attempts.is_empty() {
            return Err(ReplicaError::Refused(
                "Personne de ce nom ne pointe sur cette tablette. Synchronisez-la, ou demandez à la mairie."
                    .into(),
            ));
        }
        Ok(attempts)
    }

    pub(super) fn crew(&self, tablet: &mut Tablet) -> Result<Crew, ReplicaError> {
        tablet.enrolled()?;
        let mut lists = self.lists()?;
        let staff = tablet.staff(&mut lists)?;
        let holder = tablet.holder(&staff);
        let cards = tablet.cards(&mut lists)?;
        let people: Vec<Person> = staff
            .members
            .iter()
            .map(|member| self.person(tablet, member))
            .collect::<Result<_, _>>()?;
        Ok(Crew {
            needed: staff.needed,
            holder: people
                .iter()
                .find(|p| holder.is_some_and(|h| h.to_string() == p.id))
                .cloned(),
            people,
            sites: cards.iter().map(|card| card.name.clone()).collect(),
            idle_minutes: IDLE_MINUTES,
        })
    }

    /// Who holds the tablet, for the screens.
    pub(super) fn holding(&self, tablet: &mut Tablet, staff: &Staff) -> Result<Option<Person>, ReplicaError> {
        let holder = tablet.holder(staff).and_then(|holder| staff.member(holder));
        holder.map(|member| self.person(tablet, member)).transpose()
    }

    fn person(&self, tablet: &Tablet, member: &Member) -> Result<Person, ReplicaError> {
        let failures = match &member.pin {
            Some(pin) => tablet.failures(member.id, pin)?,
            None => 0,
        };
        let words = &self.words;
        Ok(Person {
            id: member.id.to_string(),
            name: member.name.clone(),
            initials: initials(&member.name),
            role: member.role.clone(),
            role_label: match member.role.as_str() {
                "directeur" => words.t("core-role-directeur"),
                "animateur" => words.t("core-role-animateur"),
                "atsem" => words.t("core-role-atsem"),
                "restauration" => words.t("core-role-restauration"),
                "remplacant" => words.t("core-role-remplacant"),
                other => other.to_owned(),
            },
            without_pin: member.pin.is_none(),
            locked: failures >= FAILURES,
            director: member.is_director(),
        })
    }
}

/// The first letters of the first and the last word of a name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}
