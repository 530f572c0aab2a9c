//! What was done a moment ago: a word in the address of the page that follows a form, never a
//! text, so that nobody can put words of his own on a page of the town hall.

use leptos::prelude::*;

use crate::desk::shapes::shape;
use crate::words::t;

macro_rules! dones {
    ($($(#[$doc:meta])* $name:ident $word:literal $key:literal;)*) => {
        /// What was done a moment ago.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Done {
            $($(#[$doc])* $name,)*
        }

        impl Done {
            /// The word that stands in the address.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }

            /// Reads the word back.
            pub fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The sentence on the next page.
            fn words(self) -> String {
                match self {
                    $(Self::$name => t($key),)*
                }
            }
        }
    };
}

dones! {
    /// A record was changed.
    Saved "enregistre" "form-done-saved";
    /// A record was made.
    Created "cree" "form-done-created";
    /// A record is no longer offered.
    Retired "retire" "form-done-retired";
    /// A record is offered again.
    Restored "remis" "form-done-restored";
    /// A record or a day was removed.
    Removed "supprime" "form-done-removed";
    /// An agent's rights were taken away.
    Dismissed "revoque" "form-done-dismissed";
    /// Nothing had to be changed.
    Unchanged "inchange" "form-done-unchanged";
    /// A tablet was withdrawn.
    TabletWithdrawn "tablette-retiree" "devices-done-withdrawn";
    /// The marks of a payload were taken in.
    TakenIn "pris-en-compte" "devices-done-taken";
    /// A payload was left aside.
    LeftAside "laisse" "devices-done-left";
    /// An unknown child was recognised.
    Recognised "reconnu" "devices-done-recognised";
    /// Reservations that lists prove were taken back.
    TakenBack "repris" "recovery-done-taken";
    /// Somebody was vouched for.
    Confirmed "confirme" "recovery-done-confirmed";
    /// A tablet is waited for no longer.
    Waived "plus-attendue" "recovery-done-waived";
    /// A part of the service was switched.
    Switched "ouvert-ou-ferme" "service-done-switched";
    /// A post on an incident can be read.
    Published "publie" "service-done-published";
    /// It can no longer.
    TakenOff "depublie" "service-done-taken-off";
    /// A return from a loss is over.
    SignedOff "signe" "recovery-done-signed";
    /// Decisions on discrepancies were undone.
    Undone "annule" "discrepancy-done-undone";
    /// A session is billed without waiting.
    SessionWaived "seance-facturable" "discrepancy-done-waived";
    /// A session waits again.
    SessionWaits "seance-attend" "discrepancy-done-waits";
    /// What was found again was settled.
    Settled "tranche" "merge-done-settled";
    /// A link was mailed.
    MailSent "courriel-envoye" "accounts-done-mail";
    /// Somebody who typed wrong passwords may try again.
    Unlocked "debloque" "accounts-done-unlocked";
    /// All sessions of an account ended.
    SessionsEnded "sessions-fermees" "accounts-done-sessions";
    /// A deleted account came back.
    AccountRestored "compte-restaure" "accounts-done-restored";
    /// An account was deleted.
    AccountDeleted "compte-supprime" "accounts-done-deleted";
    /// Two files are one.
    United "reuni" "accounts-done-united";
    /// A family that asked to be known is.
    Welcomed "inscription-acceptee" "accounts-done-welcomed";
    /// A family that asked to be known is not.
    Declined "inscription-refusee" "accounts-done-declined";
    /// Rules of booking went live.
    RulesLive "regles-en-vigueur" "desk-rules-done-live";
    /// They are live no longer.
    RulesRetired "regles-retirees" "desk-rules-done-retired";
}

/// The notice at the head of the page.
pub fn done_notice(done: Option<Done>) -> impl IntoView {
    done.map(|done| {
        view! {
            <div class="notice done no-print" data-kind="done" role="status">
                {shape("present")}<p class="grow">{done.words()}</p>
            </div>
        }
    })
}
