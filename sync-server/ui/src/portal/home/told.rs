//! A stand-in until notices have words of their own.

use shared::operation::NoticeRecord;

/// What is said of one.
pub(super) struct Words {
    pub(super) title: String,
    pub(super) text: String,
}

/// Its words.
pub(super) fn notice_words(notice: &NoticeRecord) -> Words {
    Words {
        title: notice.kind.as_str().to_owned(),
        text: String::new(),
    }
}
