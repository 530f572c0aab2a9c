//! Rules of real towns to start from.

use super::word::Word;
use crate::words::t;

macro_rules! models {
    ($($(#[$doc:meta])* $name:ident $word:literal $title:literal $said:literal;)*) => {
        /// What a new set begins with.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Model {
            $($(#[$doc])* $name,)*
        }

        impl Word for Model {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$name, $word),)*];

            fn said(self) -> String {
                match self {
                    $(Self::$name => t($title),)*
                }
            }
        }

        impl Model {
            /// What it lays down.
            pub fn about(self) -> String {
                match self {
                    $(Self::$name => t($said),)*
                }
            }
        }
    };
}

models! {
    /// Nothing at all.
    Blank "vierge" "desk-rules-model-blank" "desk-rules-model-blank-said";
    /// The eve at noon.
    Eve "veille-12h" "desk-rules-model-eve" "desk-rules-model-eve-said";
    /// The eve at noon to book, 48 hours to cancel.
    EveBilled "veille-48h" "desk-rules-model-eve-billed" "desk-rules-model-eve-billed-said";
    /// Friday noon for the week after.
    Friday "vendredi-12h" "desk-rules-model-friday" "desk-rules-model-friday-said";
    /// Friday noon to book, the eve at noon to cancel.
    FridayEve "vendredi-veille" "desk-rules-model-friday-eve" "desk-rules-model-friday-eve-said";
    /// Tuesday night for the week after.
    Tuesday "mardi-minuit" "desk-rules-model-tuesday" "desk-rules-model-tuesday-said";
    /// Thursday noon for the week after.
    Thursday "jeudi-12h" "desk-rules-model-thursday" "desk-rules-model-thursday-said";
    /// 48 working hours, then another price.
    Replaced "48h-majoration" "desk-rules-model-replaced" "desk-rules-model-replaced-said";
    /// 5 working days, then more.
    Added "5-jours-ouvres" "desk-rules-model-added" "desk-rules-model-added-said";
    /// Seven days, then more.
    SevenDays "7-jours" "desk-rules-model-seven-days" "desk-rules-model-seven-days-said";
    /// Two days before at noon, week-ends left out.
    TwoDays "j-2-12h" "desk-rules-model-two-days" "desk-rules-model-two-days-said";
    /// The day of class before at eleven; the first day back, before the holidays.
    SchoolDay "jour-de-classe-11h" "desk-rules-model-school-day" "desk-rules-model-school-day-said";
    /// Three working days, paid within the hour, for good.
    PaidWithinHour "paye-dans-l-heure" "desk-rules-model-paid" "desk-rules-model-paid-said";
    /// Paid when booked, credited when cancelled in time.
    Credited "avoir" "desk-rules-model-credited" "desk-rules-model-credited-said";
    /// A window of registration for holidays, then 48 hours.
    Holidays "vacances" "desk-rules-model-holidays" "desk-rules-model-holidays-said";
    /// Two working days, with a complete file.
    CompleteFile "dossier-complet" "desk-rules-model-complete-file" "desk-rules-model-complete-file-said";
    /// The week locks before its Monday.
    WeekLocks "semaine-verrouillee" "desk-rules-model-week-locks" "desk-rules-model-week-locks-said";
    /// The 20th of the month before.
    Month "mois-precedent" "desk-rules-model-month" "desk-rules-model-month-said";
}
