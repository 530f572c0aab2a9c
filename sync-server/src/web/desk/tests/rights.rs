//! The table of rights, whole.

use shared::operation::Role;

use super::super::rights::{Right, may};

#[test]
fn every_role_reaches_as_far_as_it_should() {
    // Columns: administrateur, gestionnaire, directeur, régisseur, mandataire, lecture.
    let table = [
        (Right::SeeBoard, "xxxxxx"),
        (Right::SeeQuarantine, "xxx..."),
        (Right::SettleQuarantine, "xxx..."),
        (Right::SeeFamilies, "xxxxxx"),
        (Right::SeeHealth, "xxx..."),
        (Right::EditFamilies, "xx...."),
        (Right::Import, "xx...."),
        (Right::SeeBookings, "xxxxxx"),
        (Right::EditBookings, "xxx..."),
        (Right::SeeStructure, "xxxxxx"),
        (Right::EditStructure, "xx...."),
        (Right::EditCalendar, "xx...."),
        (Right::ManageStaff, "xxx..."),
        (Right::ManageDevices, "xx...."),
        (Right::ManageAgents, "x....."),
        (Right::SeeDiscrepancies, "xxxxxx"),
        (Right::SettleDiscrepancies, "xxx..."),
        (Right::WaiveSessions, "xx...."),
        (Right::SeeRecovery, "xxx..."),
        (Right::Recover, "x....."),
        (Right::NoteOutages, "xxx..."),
        (Right::EditPortal, "xx...."),
        (Right::AnswerRequests, "xx...."),
        (Right::ManageAccounts, "xx...."),
        (Right::SeeRules, "xxxxxx"),
        (Right::EditRules, "xx...."),
        (Right::SettleBookings, "xx.x.."),
    ];
    assert_eq!(table.map(|(right, _)| right), Right::ALL);
    for (right, row) in table {
        let reach: String = Role::ALL
            .iter()
            .map(|role| if may(*role, right) { 'x' } else { '.' })
            .collect();
        assert_eq!(reach, row, "{right:?}");
    }
}
