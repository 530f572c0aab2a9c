//! Who may see and do what. A director reaches only its own sites; the pages narrow what they show.

use shared::operation::Role;

/// Something that a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Right {
    /// See the day of a site, and print its lists.
    SeeBoard,
    /// See what tablets sent and the server kept aside.
    SeeQuarantine,
    /// Decide on what was kept aside, and say who an unknown child is.
    SettleQuarantine,
    /// See children and guardians.
    SeeFamilies,
    /// See health details.
    SeeHealth,
    /// Change children and guardians.
    EditFamilies,
    /// Import files.
    Import,
    /// See reservations.
    SeeBookings,
    /// Enter and cancel reservations.
    EditBookings,
    /// See schools, sites, classes, services, activities and the calendar.
    SeeStructure,
    /// Change schools, sites, classes, services and activities.
    EditStructure,
    /// Change the calendar and exceptional days.
    EditCalendar,
    /// Change staff and give PINs.
    ManageStaff,
    /// See tablets, give codes, revoke.
    ManageDevices,
    /// Invite agents, change their roles, dismiss them.
    ManageAgents,
    /// See what does not agree, and which sessions are complete.
    SeeDiscrepancies,
    /// Decide on what does not agree.
    SettleDiscrepancies,
    /// Have a session billed without waiting.
    WaiveSessions,
    /// See what came back after an incident.
    SeeRecovery,
    /// Take back, open, confirm, give up and sign after an incident.
    Recover,
    /// Note outages, such as the dead line of a site.
    NoteOutages,
    /// Set up the families' portal, write its texts and menus.
    EditPortal,
    /// Answer what families ask, and note it for them.
    AnswerRequests,
    /// Send families what they get in with, mend their accounts, unite files that stand twice.
    ManageAccounts,
    /// See by which rules families book, and try them out.
    SeeRules,
    /// Change them, put them into force and take them out.
    EditRules,
    /// Waive what lateness costs, and note what was paid at booking.
    SettleBookings,
}

impl Right {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 27] = [
        Self::SeeBoard,
        Self::SeeQuarantine,
        Self::SettleQuarantine,
        Self::SeeFamilies,
        Self::SeeHealth,
        Self::EditFamilies,
        Self::Import,
        Self::SeeBookings,
        Self::EditBookings,
        Self::SeeStructure,
        Self::EditStructure,
        Self::EditCalendar,
        Self::ManageStaff,
        Self::ManageDevices,
        Self::ManageAgents,
        Self::SeeDiscrepancies,
        Self::SettleDiscrepancies,
        Self::WaiveSessions,
        Self::SeeRecovery,
        Self::Recover,
        Self::NoteOutages,
        Self::EditPortal,
        Self::AnswerRequests,
        Self::ManageAccounts,
        Self::SeeRules,
        Self::EditRules,
        Self::SettleBookings,
    ];
}

/// Whether a role reaches that far.
pub(super) fn may(role: Role, right: Right) -> bool {
    use Right as R;
    match role {
        Role::Administrateur => true,
        Role::Gestionnaire => !matches!(right, R::ManageAgents | R::Recover),
        Role::Directeur => matches!(
            right,
            R::SeeBoard
                | R::SeeQuarantine
                | R::SettleQuarantine
                | R::SeeFamilies
                | R::SeeHealth
                | R::SeeBookings
                | R::EditBookings
                | R::SeeStructure
                | R::ManageStaff
                | R::SeeDiscrepancies
                | R::SettleDiscrepancies
                | R::SeeRecovery
                | R::NoteOutages
                | R::SeeRules
        ),
        Role::Regisseur if right == R::SettleBookings => true,
        Role::Regisseur | Role::Mandataire | Role::Lecture => {
            matches!(
                right,
                R::SeeBoard
                    | R::SeeFamilies
                    | R::SeeBookings
                    | R::SeeStructure
                    | R::SeeDiscrepancies
                    | R::SeeRules
            )
        }
    }
}
