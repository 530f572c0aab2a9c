//! Messages that a service did not take now: when each is tried again, and when it is too old to be.

use std::collections::BTreeMap;

use shared::operation::NoticeKind;

/// Rest after the first try that failed, in seconds; each further one is four times as long.
const FIRST_REST: u64 = 30;
/// The longest rest, in seconds.
const LONGEST_REST: u64 = 60 * 60;
/// For how long a service that did not answer is left alone, in seconds.
const PAUSE: u64 = 60;

/// For how long a message is worth being sent, in seconds. That a child has left is news of the moment.
fn worth(kind: NoticeKind) -> u64 {
    match kind {
        NoticeKind::ChildLeft => 15 * 60,
        _ => 24 * 60 * 60,
    }
}

/// A message and what was tried.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tried<T> {
    /// The message.
    pub(super) message: T,
    /// What it tells of.
    pub(super) kind: NoticeKind,
    /// The service.
    pub(super) origin: String,
    /// When it was first to be sent, in seconds of this queue's clock, as all that follow.
    pub(super) first: u64,
    /// How often it was tried.
    pub(super) tries: u32,
}

/// Messages that wait for another try. Holds so many at most as it is made for.
#[derive(Debug)]
pub(super) struct Again<T> {
    most: usize,
    waiting: BTreeMap<(u64, u64), Tried<T>>,
    paused: BTreeMap<String, u64>,
    /// Keeps those of one second in their order.
    nth: u64,
}

impl<T> Again<T> {
    /// An empty one.
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            waiting: BTreeMap::new(),
            paused: BTreeMap::new(),
            nth: 0,
        }
    }

    /// Keeps a message that was not taken; `asked` is after how many seconds the service wants to be asked again. Gives
    /// back one that would be too old by then, or for which there is no room.
    pub(super) fn keep(&mut self, mut one: Tried<T>, asked: Option<u64>, now: u64) -> Result<(), Tried<T>> {
        one.tries = one.tries.saturating_add(1);
        let rest = FIRST_REST.saturating_mul(4_u64.saturating_pow(one.tries - 1));
        let due = now.saturating_add(rest.max(asked.unwrap_or(0)).min(LONGEST_REST));
        self.wait(one, due)
    }

    /// A service did not answer at all: for a while none of its messages is tried.
    pub(super) fn pause(&mut self, origin: &str, now: u64) {
        self.paused.retain(|_, until| now < *until);
        self.paused.insert(origin.to_owned(), now.saturating_add(PAUSE));
    }

    /// Gives a message back that may be tried now; one of a service that is left alone waits until it no longer is.
    pub(super) fn admit(&mut self, one: Tried<T>, now: u64) -> Option<Result<Tried<T>, Tried<T>>> {
        match self.paused.get(&one.origin).copied() {
            Some(until) if now < until => self.wait(one, until).err().map(Err),
            Some(_) => {
                self.paused.remove(&one.origin);
                Some(Ok(one))
            }
            None => Some(Ok(one)),
        }
    }

    /// The next message whose time has come.
    pub(super) fn due(&mut self, now: u64) -> Option<Tried<T>> {
        let first = self.waiting.first_entry()?;
        (first.key().0 <= now).then(|| first.remove())
    }

    /// After how many seconds there is one; `None` while none waits.
    pub(super) fn rest(&self, now: u64) -> Option<u64> {
        let ((due, _), _) = self.waiting.first_key_value()?;
        Some(due.saturating_sub(now))
    }

    fn wait(&mut self, one: Tried<T>, due: u64) -> Result<(), Tried<T>> {
        if self.waiting.len() >= self.most || due.saturating_sub(one.first) > worth(one.kind) {
            return Err(one);
        }
        self.nth += 1;
        self.waiting.insert((due, self.nth), one);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(message: &'static str, kind: NoticeKind, first: u64) -> Tried<&'static str> {
        Tried {
            message,
            kind,
            origin: "https://push.example".into(),
            first,
            tries: 0,
        }
    }

    /// When a message is tried by a service that never takes it, from its first second on.
    fn tries(kind: NoticeKind, asked: Option<u64>) -> Vec<u64> {
        let mut again = Again::new(10);
        let (mut one, mut now, mut at) = (tried("Fermeture", kind, 0), 0, vec![0]);
        while again.keep(one, asked, now).is_ok() {
            now += again.rest(now).unwrap();
            one = again.due(now).unwrap();
            at.push(now);
        }
        at
    }

    #[test]
    fn rests_grow_until_a_message_is_too_old() {
        let day = tries(NoticeKind::Closure, None);
        assert_eq!(&day[..6], [0, 30, 150, 630, 2_550, 6_150]);
        assert!(day.windows(2).all(|pair| pair[1] - pair[0] <= LONGEST_REST));
        let last = day.last().copied().unwrap();
        assert!((82_800..=86_400).contains(&last), "{last}");
        assert_eq!(tries(NoticeKind::ChildLeft, None), [0, 30, 150, 630]);
    }

    #[test]
    fn a_service_that_asks_for_time_gets_it_within_reason() {
        assert_eq!(&tries(NoticeKind::Closure, Some(300))[..4], [0, 300, 600, 1_080]);
        assert_eq!(
            &tries(NoticeKind::Closure, Some(u64::MAX))[..3],
            [0, 3_600, 7_200]
        );
    }

    #[test]
    fn a_service_that_does_not_answer_holds_up_its_own_messages_alone() {
        let mut again = Again::new(10);
        again.pause("https://push.example", 100);
        assert_eq!(
            again.admit(tried("Fermeture", NoticeKind::Closure, 100), 101),
            None
        );
        let other = Tried {
            origin: "https://autre.example".into(),
            ..tried("Menu", NoticeKind::Closure, 100)
        };
        assert_eq!(again.admit(other, 101).unwrap().unwrap().message, "Menu");
        assert_eq!(again.due(159), None);
        let one = again.due(160).unwrap();
        assert_eq!((one.message, one.tries), ("Fermeture", 0), "waiting is no try");
        assert!(again.admit(one, 160).unwrap().is_ok(), "it may be asked again");
    }

    #[test]
    fn what_finds_no_room_is_given_back() {
        let mut again = Again::new(1);
        assert!(again.keep(tried("une", NoticeKind::Closure, 0), None, 0).is_ok());
        let back = again.keep(tried("deux", NoticeKind::Closure, 0), None, 0);
        assert_eq!(back.unwrap_err().message, "deux");
        assert_eq!(again.due(30).unwrap().message, "une");
    }
}
