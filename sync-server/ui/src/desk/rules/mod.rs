//! Rules of booking: the list of sets, their tables line by line, and trying them out.

mod general;
mod line;
mod list;
mod model;
mod parts;
mod sentence;
mod show;
mod try_out;
mod word;

pub use general::{GeneralPage, SettingsPage, general_page, settings_page};
pub use line::{LinePage, line_page};
pub use list::{ListPage, SetLine, list_page};
pub use model::Model;
pub use parts::{Choices, STAGES_MOST, UNTIL};
pub use sentence::{copy_name, delete_word, refused_words, span_words};
pub use show::{Found, ShowPage, TableBlock, VersionPage, delete_page, show_page, version_page};
pub use try_out::{
    Answer, AnswerRow, Asking, Month, MonthDay, REPLAY_SIZE, ReplayLine, ReplayPage, ReplayTally, TryPage,
    answer, replay_page, square, try_page,
};
pub use word::{ConditionKind, CostKind, MomentKind, PaymentKind, Table, Word};
