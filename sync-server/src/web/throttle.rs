//! Attempts that may be guesses, counted in the store: across processes, and across a restart.
//!
//! An attempt is counted before anything is looked at, and given back when it was right. A hundred
//! guesses sent at once are then no better than six sent in turn. Exchanges of enrolled tablets are
//! not attempts and are never counted.

use std::net::IpAddr;

use shared::ids::GuardianId;
use shared::time::UtcMs;

use crate::commune::Commune;
use crate::store::{Read, StoreError, Value, Write};

/// How long a subject stays locked, and how long a failure counts.
pub(super) const LOCK_MS: i64 = 15 * 60 * 1000;
/// Attempts at one account.
const OF_ACCOUNT: i64 = 6;
/// Wrong passwords from one address: a whole town hall may stand behind it.
const OF_ADDRESS: i64 = 60;
/// Wrong tablet codes from one address. A code has 60 bits: what is guarded is the server's time,
/// not the code. A school where six tablets are set up and each code is mistyped thrice stays below;
/// and what is locked then is enrolment from there, never an exchange.
const OF_CODES_OF_ADDRESS: i64 = 20;
/// Wrong tablet codes in a whole commune: far beyond what all its schools mistype in a quarter of an
/// hour, so that only guessing from many addresses at once meets it.
const OF_CODES: i64 = 500;
/// Registrations from one address: a family that mistypes stays below, and so does a library.
const OF_REGISTRATIONS_OF_ADDRESS: i64 = 6;
/// Registrations that name one e-mail: each sends a letter there.
const OF_REGISTRATIONS_OF_EMAIL: i64 = 3;
/// Registrations in a whole commune: more than its families send on the day it opens.
const OF_REGISTRATIONS: i64 = 120;
/// Ways to an identity provider that begin at one address: a whole school may stand behind it.
const OF_IDENTITIES: i64 = 60;
/// Links from one address that lead to nothing. They have 256 bits.
const OF_LINKS: i64 = 30;

/// Pairs of codes on paper from one address, typed without a slip and yet wrong.
const OF_FAMILY_CODES_OF_ADDRESS: i64 = 5;
/// The same in a whole commune, from many addresses at once. A pair has 70 bits.
const OF_FAMILY_CODES: i64 = 300;
/// Links asked for by one family: a mailbox is not to be filled.
const OF_LETTERS: i64 = 4;
/// Links asked for from one address: a school's corridor may stand behind it.
const OF_LETTERS_OF_ADDRESS: i64 = 20;
/// Links asked for in a whole commune.
const OF_ALL_LETTERS: i64 = 600;

/// Failures of one subject.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tries {
    failures: i64,
    locked_until: UtcMs,
    last_at: UtcMs,
}

impl Tries {
    /// One more attempt, or until when there can be none.
    fn one_more(self, now: UtcMs, limit: i64) -> Result<Self, UtcMs> {
        if self.locked_until > now {
            return Err(self.locked_until);
        }
        let forgotten = self.locked_until != UtcMs(0) || now.0.saturating_sub(self.last_at.0) >= LOCK_MS;
        let failures = if forgotten { 1 } else { self.failures + 1 };
        let locked_until = if failures >= limit {
            now.plus_ms(LOCK_MS)
        } else {
            UtcMs(0)
        };
        Ok(Self {
            failures,
            locked_until,
            last_at: now,
        })
    }
}

/// Whose attempts are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// An account, there or not, by its e-mail in lower case.
    Account(String),
    /// An address from which somebody logs in.
    Address(IpAddr),
    /// An address from which a tablet's code is given.
    CodesFrom(IpAddr),
    /// All codes given in the commune.
    Codes,
    /// An address from which a one-time link is opened.
    LinksFrom(IpAddr),
    /// A family's account, there or not, by its login in lower case.
    Family(String),
    /// An address from which families log in: it never locks a town hall out.
    FamiliesFrom(IpAddr),
    /// Second factors of a guardian.
    Factor(GuardianId),
    /// The password that a guardian who is in is asked for.
    Password(GuardianId),
    /// An address from which codes on paper are given.
    FamilyCodesFrom(IpAddr),
    /// All codes on paper given in the commune.
    FamilyCodes,
    /// Links asked for by whoever this is: an address or a login in lower case, or a household's id.
    LettersTo(String),
    /// An address from which links are asked for.
    LettersFrom(IpAddr),
    /// All links asked for in the commune.
    Letters,
    /// An address from which somebody asks to be known.
    RegistrationsFrom(IpAddr),
    /// The e-mail that somebody who asks to be known gives, in lower case.
    RegistrationsOf(String),
    /// All who ask to be known in the commune.
    Registrations,
    /// An address from which somebody goes to an identity provider.
    IdentitiesFrom(IpAddr),
}

impl Subject {
    fn key(&self) -> String {
        match self {
            Self::Account(email) => format!("agent:{email}"),
            Self::Address(address) => format!("ip:{}", network(*address)),
            Self::CodesFrom(address) => format!("codes:{}", network(*address)),
            Self::Codes => "codes".to_owned(),
            Self::LinksFrom(address) => format!("links:{}", network(*address)),
            Self::Family(login) => format!("family:{login}"),
            Self::FamiliesFrom(address) => format!("families:{}", network(*address)),
            Self::Factor(guardian) => format!("factor:{guardian}"),
            Self::Password(guardian) => format!("password:{guardian}"),
            Self::FamilyCodesFrom(address) => format!("family-codes:{}", network(*address)),
            Self::FamilyCodes => "family-codes".to_owned(),
            Self::LettersTo(whom) => format!("letters-to:{whom}"),
            Self::LettersFrom(address) => format!("letters:{}", network(*address)),
            Self::Letters => "letters".to_owned(),
            Self::RegistrationsFrom(address) => format!("registrations:{}", network(*address)),
            Self::RegistrationsOf(email) => format!("registration:{email}"),
            Self::Registrations => "registrations".to_owned(),
            Self::IdentitiesFrom(address) => format!("identities:{}", network(*address)),
        }
    }

    fn limit(&self) -> i64 {
        match self {
            Self::Account(_) | Self::Family(_) | Self::Factor(_) | Self::Password(_) => OF_ACCOUNT,
            Self::Address(_) | Self::FamiliesFrom(_) => OF_ADDRESS,
            Self::CodesFrom(_) => OF_CODES_OF_ADDRESS,
            Self::Codes => OF_CODES,
            Self::LinksFrom(_) => OF_LINKS,
            Self::FamilyCodesFrom(_) => OF_FAMILY_CODES_OF_ADDRESS,
            Self::FamilyCodes => OF_FAMILY_CODES,
            Self::LettersTo(_) => OF_LETTERS,
            Self::LettersFrom(_) => OF_LETTERS_OF_ADDRESS,
            Self::Letters => OF_ALL_LETTERS,
            Self::RegistrationsFrom(_) => OF_REGISTRATIONS_OF_ADDRESS,
            Self::RegistrationsOf(_) => OF_REGISTRATIONS_OF_EMAIL,
            Self::Registrations => OF_REGISTRATIONS,
            Self::IdentitiesFrom(_) => OF_IDENTITIES,
        }
    }

    /// Whether being right shows that all that was counted against it was its owner's.
    fn is_cleared(&self) -> bool {
        matches!(
            self,
            Self::Account(_) | Self::Family(_) | Self::Factor(_) | Self::Password(_)
        )
    }
}

/// An address, or the /64 that a household or an office holds whole.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

/// Counts an attempt for each subject, and says until when there can be none. Where one of them is
/// locked nothing is written, so that whoever goes on costs a look.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn attempt(commune: &Commune, subjects: &[Subject]) -> Result<Option<UtcMs>, StoreError> {
    let now = commune.clock.now();
    if let Some(until) = commune.store.read(|tx| locked_until(tx, subjects, now))? {
        return Ok(Some(until));
    }
    let subjects = subjects.to_vec();
    commune.store.write(move |tx| charge(tx, &subjects, now))
}

/// Counts an attempt for each subject. `Ok(Some(until))`: one of them is locked, and nothing was
/// counted.
///
/// # Errors
/// [`StoreError`] of the engine.
fn charge(tx: &mut dyn Write, subjects: &[Subject], now: UtcMs) -> Result<Option<UtcMs>, StoreError> {
    let mut counted = Vec::with_capacity(subjects.len());
    for subject in subjects {
        match tries(tx, subject)?.one_more(now, subject.limit()) {
            Ok(tries) => counted.push(tries),
            Err(until) => return Ok(Some(until)),
        }
    }
    for (subject, tries) in subjects.iter().zip(counted) {
        let params: [Value; 4] = [
            subject.key().into(),
            tries.failures.into(),
            tries.locked_until.into(),
            tries.last_at.into(),
        ];
        tx.execute(include_str!("sql/throttle_put.sql"), &params)?;
    }
    Ok(None)
}

/// The attempt was right: what was counted against the account is forgotten. To all others this one
/// attempt is given back, and no more, or whoever holds one account could guess at all others for
/// ever.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn was_right(tx: &mut dyn Write, subjects: &[Subject]) -> Result<(), StoreError> {
    for subject in subjects {
        let key = subject.key().into();
        if subject.is_cleared() {
            tx.execute(include_str!("sql/throttle_clear.sql"), &[key])?;
        } else {
            let params = [key, subject.limit().into()];
            tx.execute(include_str!("sql/throttle_give_back.sql"), &params)?;
        }
    }
    Ok(())
}

/// Until when one of the subjects is locked.
///
/// # Errors
/// [`StoreError`] of the engine.
pub(super) fn locked_until<R: Read + ?Sized>(
    tx: &mut R,
    subjects: &[Subject],
    now: UtcMs,
) -> Result<Option<UtcMs>, StoreError> {
    let mut latest = None;
    for subject in subjects {
        let until = tries(tx, subject)?.locked_until;
        latest = latest.max((until > now).then_some(until));
    }
    Ok(latest)
}

fn tries<R: Read + ?Sized>(tx: &mut R, subject: &Subject) -> Result<Tries, StoreError> {
    let row = tx.first(include_str!("sql/throttle_get.sql"), &[subject.key().into()])?;
    row.map_or(Ok(Tries::default()), |row| {
        Ok(Tries {
            failures: row.int(0)?,
            locked_until: UtcMs(row.int(1)?),
            last_at: UtcMs(row.int(2)?),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: UtcMs = UtcMs(1_795_345_200_000);

    fn after(attempts: i64, apart_ms: i64) -> Tries {
        let at = |n: i64| NOON.plus_ms(n * apart_ms);
        (0..attempts)
            .try_fold(Tries::default(), |tries, n| tries.one_more(at(n), OF_ACCOUNT))
            .unwrap()
    }

    #[test]
    fn the_sixth_failure_locks_for_a_quarter_of_an_hour() {
        assert_eq!(after(5, 0).locked_until, UtcMs(0));
        let locked = after(6, 0);
        assert_eq!(locked.one_more(NOON, OF_ACCOUNT), Err(NOON.plus_ms(LOCK_MS)));
        assert_eq!(
            locked.one_more(NOON.plus_ms(LOCK_MS - 1), OF_ACCOUNT),
            Err(NOON.plus_ms(LOCK_MS))
        );
        let again = locked.one_more(NOON.plus_ms(LOCK_MS), OF_ACCOUNT).unwrap();
        assert_eq!((again.failures, again.locked_until), (1, UtcMs(0)));
    }

    #[test]
    fn failures_of_long_ago_do_not_add_up() {
        assert_eq!(after(40, LOCK_MS).failures, 1);
        assert_eq!(after(5, LOCK_MS - 1).failures, 5);
    }

    #[test]
    fn who_logs_in_rightly_all_day_locks_nobody_out_and_covers_no_guesses() {
        let place = crate::store::testing::Place::new();
        let store = place.empty_store();
        let town_hall = [Subject::Address("192.0.2.1".parse().unwrap())];
        let attempt = |n: i64, right: bool| {
            let subjects = town_hall.clone();
            store.write(move |tx| {
                let locked = charge(tx, &subjects, NOON.plus_ms(n))?;
                if right && locked.is_none() {
                    was_right(tx, &subjects)?;
                }
                Ok::<_, StoreError>(locked)
            })
        };
        for n in 0..3 * OF_ADDRESS {
            assert_eq!(attempt(n, true).unwrap(), None, "log-in {n}");
        }
        let wrong = (0..OF_ADDRESS).map(|n| {
            attempt(n, true).unwrap();
            attempt(n, false).unwrap()
        });
        assert!(wrong.into_iter().all(|locked| locked.is_none()));
        assert!(
            attempt(OF_ADDRESS, true).unwrap().is_some(),
            "guesses between right ones count"
        );
    }

    #[test]
    fn neighbours_of_one_network_share_a_count() {
        let key = |text: &str| Subject::Address(text.parse().unwrap()).key();
        assert_eq!(key("2001:db8:0:7::1"), key("2001:db8:0:7:ffff::2"));
        assert_ne!(key("2001:db8:0:7::1"), key("2001:db8:0:8::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }
}
