//! The sentences of notices: the same in the feed, in a letter and on a telephone.

use shared::operation::{NoticeKind, NoticeRecord};

use crate::letters::args_of;
use crate::words::{t, t1, with_args};

/// A notice in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticeWords {
    /// A few words.
    pub title: String,
    /// A sentence; empty where the title says it all.
    pub text: String,
    /// Where it leads: a path of the portal.
    pub path: &'static str,
}

/// What a kind is called where one chooses.
pub fn kind_words(kind: NoticeKind) -> String {
    match kind {
        NoticeKind::FileReviewed => t("notices-kind-file-reviewed"),
        NoticeKind::SchoolChanged => t("notices-kind-school-changed"),
        NoticeKind::Recap => t("notices-kind-recap"),
        NoticeKind::PlaceOffered => t("notices-kind-place-offered"),
        NoticeKind::Closure => t("notices-kind-closure"),
        NoticeKind::ChildLeft => t("notices-kind-child-left"),
        NoticeKind::RequestAnswered => t("notices-kind-request-answered"),
        NoticeKind::News => t("notices-kind-news"),
        NoticeKind::Account => t("notices-kind-account"),
        // Nothing can produce these yet.
        NoticeKind::PieceAsked
        | NoticeKind::QuotientChanged
        | NoticeKind::NewBill
        | NoticeKind::PaymentChanged
        | NoticeKind::DebitRefused
        | NoticeKind::Reminder
        | NoticeKind::PaymentBlocked => t("notices-kind-other"),
    }
}

/// A notice in words.
pub fn notice_words(notice: &NoticeRecord) -> NoticeWords {
    let args = args_of(&notice.facts);
    let say = |key: &str| with_args(key, &args);
    let (title, text, path) = match notice.kind {
        NoticeKind::FileReviewed => (
            say("notice-file-reviewed"),
            say("notice-file-reviewed-text"),
            "/demandes",
        ),
        NoticeKind::RequestAnswered if has(notice, "wish") => (
            say("notice-wish-answered"),
            said_by_town(notice, say("notice-wish-answered-text")),
            "/reservations/demandes",
        ),
        NoticeKind::RequestAnswered => (
            say("notice-request-answered"),
            say("notice-request-answered-text"),
            "/demandes",
        ),
        NoticeKind::SchoolChanged => (
            say("notice-school-changed"),
            say("notice-school-changed-text"),
            "/dossier",
        ),
        NoticeKind::Recap if has(notice, "unpaid") => {
            (say("notice-unpaid"), say("notice-unpaid-text"), "/reservations")
        }
        NoticeKind::Recap if has(notice, "booking") => {
            (say("notice-booked"), counted(notice, say), "/reservations")
        }
        NoticeKind::PlaceOffered => (
            say("notice-place"),
            say("notice-place-text"),
            "/reservations/demandes",
        ),
        NoticeKind::Recap => (say("notice-recap"), say("notice-recap-text"), "/reservations"),
        NoticeKind::Closure => (say("notice-closure"), say("notice-closure-text"), "/reservations"),
        NoticeKind::ChildLeft => (say("notice-child-left"), String::new(), "/"),
        NoticeKind::News => (say("notice-news"), t("notice-news-text"), "/actualites"),
        NoticeKind::Account => (say("notice-account"), t("notice-account-text"), "/compte"),
        NoticeKind::PieceAsked
        | NoticeKind::QuotientChanged
        | NoticeKind::NewBill
        | NoticeKind::PaymentChanged
        | NoticeKind::DebitRefused
        | NoticeKind::Reminder
        | NoticeKind::PaymentBlocked => (t("notices-kind-other"), String::new(), "/"),
    };
    NoticeWords { title, text, path }
}

fn has(notice: &NoticeRecord, name: &str) -> bool {
    notice.facts.iter().any(|fact| fact.name == name)
}

/// What became of the lines of a booking, each kind that there is.
fn counted(notice: &NoticeRecord, say: impl Fn(&str) -> String) -> String {
    let some = |name: &str| {
        let mut facts = notice.facts.iter();
        facts.any(|fact| fact.name == name && fact.value != "0")
    };
    let kinds = [
        ("made", "notice-booked-made"),
        ("cancelled", "notice-booked-cancelled"),
        ("asked", "notice-booked-asked"),
        ("waiting", "notice-booked-waiting"),
        ("refused", "notice-booked-refused"),
    ];
    let mut parts: Vec<String> = kinds
        .iter()
        .filter(|(name, _)| some(name))
        .map(|(_, key)| say(key))
        .collect();
    parts.push(say("notice-booked-when"));
    parts.join(" ")
}

/// With what the town hall says, where it says something.
fn said_by_town(notice: &NoticeRecord, text: String) -> String {
    let said = notice.facts.iter().find(|fact| fact.name == "said");
    match said {
        Some(fact) => format!("{text} {}", t1("notice-wish-said", "words", fact.value.as_str())),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use shared::ids::{GuardianId, NoticeId};
    use shared::operation::Fact;
    use shared::time::UtcMs;

    use super::*;

    fn said(kind: NoticeKind, facts: &[(&str, &str)]) -> NoticeWords {
        notice_words(&NoticeRecord {
            id: NoticeId(Default::default()),
            guardian: GuardianId(Default::default()),
            kind,
            child: None,
            at: UtcMs(0),
            facts: facts
                .iter()
                .map(|(name, value)| Fact {
                    name: (*name).into(),
                    value: (*value).into(),
                })
                .collect(),
        })
    }

    #[test]
    fn a_recap_counts_and_says_when() {
        let day = [
            ("who", "Léa"),
            ("from", "lundi 23 novembre"),
            ("until", "lundi 23 novembre"),
            ("days", "one"),
        ];
        let one = said(
            NoticeKind::Recap,
            &[&day[..], &[("made", "1"), ("cancelled", "0")]].concat(),
        );
        assert_eq!(one.title, "Réservations de Léa");
        assert_eq!(one.text, "Une réservation ajoutée, le lundi 23 novembre.");
        let span = [
            ("who", "Léa"),
            ("from", "lundi 23 novembre"),
            ("until", "jeudi 26 novembre"),
            ("days", "many"),
        ];
        let more = said(
            NoticeKind::Recap,
            &[&span[..], &[("made", "0"), ("cancelled", "4")]].concat(),
        );
        assert_eq!(
            more.text,
            "4\u{a0}réservations annulées, du lundi 23 novembre au jeudi 26 novembre."
        );
    }

    #[test]
    fn every_kind_is_worded_whole() {
        let facts = [
            ("who", "Léa"),
            ("hour", "17\u{a0}h\u{a0}42"),
            ("title", "Adresse"),
            ("state", "done"),
            ("school", "Jules-Ferry"),
            ("class", "CP"),
            ("has_class", "yes"),
            ("made", "2"),
            ("cancelled", "0"),
            ("from", "lundi"),
            ("until", "mardi"),
            ("days", "many"),
            ("what", "strike"),
            ("why", "Grève"),
            ("activity", "Cantine"),
            ("day", "lundi 23 novembre"),
            ("end", "23 novembre à 18 h"),
            ("count", "1"),
        ];
        for kind in NoticeKind::ALL {
            let words = said(*kind, &facts);
            for text in [&words.title, &words.text] {
                assert!(
                    !text.contains("notice-") && !text.contains('$') && !text.contains('{'),
                    "{kind:?}: {text}"
                );
            }
            assert!(!words.title.is_empty() && !kind_words(*kind).contains("notices-"));
        }
    }
}
