//! What an operation asks: every kind, with its number.

use minicbor::{Decode, Encode};

use super::account::{
    FamilyCode, Guessing, LinkPurpose, LogInWay, RegistrationFate, RegistrationRecord, RequestRecord,
    RequestState,
};
use super::day::{CalendarRecord, ExceptionalDayRecord};
use super::discrepancy::SettledDiscrepancy;
use super::family::{CustodyRecord, PayerRecord};
use super::incident::{IncidentPost, OutageRecord};
use super::kinds::bodies;
use super::merge::{Choice, LostEntry};
use super::notice::{LetterNote, LetterRecord, NoticeChoice, NoticeRecord, PushRecord};
use super::portal::{LogoRecord, MenuRecord, PortalRecord, TextRecord};
use super::received::{ReceivedMark, Settlement};
use super::record::{
    ActivityRecord, AgentRecord, ChildRecord, ClassRecord, HouseholdRecord, ReservationLine, SchoolRecord,
    ServiceRecord, SiteRecord, StaffRecord,
};
use super::recovery::{Capability, Cause, Openness, TakenBack};
use crate::codec::{Blob, Hash32};
use crate::ids::{
    ActivityId, AgentId, BatchId, BranchId, ChildId, DeviceId, ExceptionalDayId, GuardianId, HouseholdId,
    IncidentId, RegistrationId, RequestId, ReservationId, SettlementId, SiteId, StaffId, TextId,
};
use crate::position::Position;
use crate::time::UtcMs;
use crate::withdrawal::{Subject, Withdrawn};

bodies! {
    /// A commune begins.
    0 "found_commune" FoundCommune {
        /// Its short name.
        #[n(0)] slug: String,
        /// Its name.
        #[n(1)] name: String,
        /// IANA time zone.
        #[n(2)] zone: String,
        /// What the town hall is called on screen, such as « mairie ».
        #[n(3)] label: String,
    }
    /// A school is made or changed.
    1 "put_school" PutSchool {
        /// The school.
        #[n(0)] school: SchoolRecord,
    }
    /// A site is made or changed.
    2 "put_site" PutSite {
        /// The site.
        #[n(0)] site: SiteRecord,
    }
    /// A class is made or changed.
    3 "put_class" PutClass {
        /// The class.
        #[n(0)] class: ClassRecord,
    }
    /// A service is made or changed.
    4 "put_service" PutService {
        /// The service.
        #[n(0)] service: ServiceRecord,
    }
    /// An activity is made or changed.
    5 "put_activity" PutActivity {
        /// The activity.
        #[n(0)] activity: ActivityRecord,
    }
    /// A member of the staff is made or changed.
    6 "put_staff" PutStaff {
        /// The member.
        #[n(0)] staff: StaffRecord,
    }
    /// A household is made or changed, with its guardians.
    7 "put_household" PutHousehold {
        /// The household.
        #[n(0)] household: HouseholdRecord,
    }
    /// A child is made or changed.
    8 "put_child" PutChild {
        /// The child.
        #[n(0)] child: ChildRecord,
    }
    /// Reservations are made. One that stands already (same child, activity, site and date) is
    /// left as it is.
    9 "reserve" Reserve {
        /// The reservations.
        #[n(0)] lines: Vec<ReservationLine>,
    }
    /// Reservations are cancelled.
    10 "cancel_reservations" CancelReservations {
        /// Which.
        #[n(0)] reservations: Vec<ReservationId>,
    }
    /// A user of the desk is made or changed.
    11 "put_agent" PutAgent {
        /// The agent.
        #[n(0)] agent: AgentRecord,
    }
    /// A one-time link is given to an agent, to choose a password.
    12 "issue_agent_link" IssueAgentLink {
        /// For whom.
        #[n(0)] agent: AgentId,
        /// SHA-256 of the token.
        #[n(1)] token: Hash32,
        /// Until when.
        #[n(2)] expires_at: UtcMs,
    }
    /// An agent's password is set.
    13 "set_agent_password" SetAgentPassword {
        /// Whose.
        #[n(0)] agent: AgentId,
        /// Argon2id in PHC form.
        #[n(1)] phc: String,
        /// The one-time link it was set with, used up by this.
        #[n(2)] token: Option<Hash32>,
    }
    /// A guardian's login and password are set.
    14 "set_guardian_login" SetGuardianLogin {
        /// Whose.
        #[n(0)] guardian: GuardianId,
        /// Login.
        #[n(1)] login: String,
        /// Argon2id in PHC form.
        #[n(2)] phc: String,
        /// The link it was set with, used up by this.
        #[n(3)] token: Option<Hash32>,
    }
    /// An agent logged in.
    15 "agent_logged_in" AgentLoggedIn {
        /// Who.
        #[n(0)] agent: AgentId,
    }
    /// A one-time code is given out for a tablet.
    16 "issue_tablet_code" IssueTabletCode {
        /// SHA-256 of the code.
        #[n(0)] code: Hash32,
        /// For which sites.
        #[n(1)] sites: Vec<SiteId>,
        /// Until when.
        #[n(2)] expires_at: UtcMs,
    }
    /// A tablet is enrolled with a code.
    17 "enrol_device" EnrolDevice {
        /// SHA-256 of the code.
        #[n(0)] code: Hash32,
        /// The tablet.
        #[n(1)] device: DeviceId,
        /// Its public key.
        #[cbor(n(2), with = "minicbor::bytes")] key: [u8; 32],
        /// What it calls itself.
        #[n(3)] name: String,
    }
    /// A tablet enrolled on a lost branch shows its signed credential.
    18 "admit_device" AdmitDevice {
        /// The encoded credential.
        #[n(0)] credential: Blob,
    }
    /// Marks of one sheet, handed in by a tablet.
    19 "receive_marks" ReceiveMarks {
        /// The tablet that handed them in.
        #[n(0)] device: DeviceId,
        /// The site.
        #[n(1)] site: SiteId,
        /// The date (as [`crate::codec::date`] numbers it).
        #[n(2)] date: i32,
        /// The marks, packed.
        #[n(3)] marks: Vec<ReceivedMark>,
    }
    /// A payload that cannot be taken is kept for a person to look at.
    20 "quarantine" Quarantine {
        /// The tablet that sent it.
        #[n(0)] device: DeviceId,
        /// The site it was said to be of.
        #[n(1)] site: SiteId,
        /// The date it was said to be of.
        #[n(2)] date: i32,
        /// Why: a word of [`crate::sheet::Fault`].
        #[n(3)] reason: String,
        /// SHA-256 of the payload.
        #[n(4)] hash: Hash32,
        /// The payload as it came.
        #[n(5)] payload: Blob,
    }
    /// A right is taken away.
    21 "withdraw" Withdraw {
        /// The encoded, signed withdrawal.
        #[n(0)] withdrawal: Blob,
    }
    /// The list of addresses is published.
    22 "publish_addresses" PublishAddresses {
        /// The encoded, signed list.
        #[n(0)] addresses: Blob,
    }
    /// A member of the staff gets a PIN, or loses it.
    23 "set_staff_pin" SetStaffPin {
        /// Whose.
        #[n(0)] staff: StaffId,
        /// Argon2id in PHC form.
        #[n(1)] phc: Option<String>,
    }
    /// The commune's calendar is set.
    24 "put_calendar" PutCalendar {
        /// The calendar.
        #[n(0)] calendar: CalendarRecord,
    }
    /// An exceptional day is made or changed.
    25 "put_exceptional_day" PutExceptionalDay {
        /// The day.
        #[n(0)] day: ExceptionalDayRecord,
    }
    /// An exceptional day does not take place: everything is as it was without it.
    26 "remove_exceptional_day" RemoveExceptionalDay {
        /// Which.
        #[n(0)] day: ExceptionalDayId,
    }
    /// A person decides on a payload that was kept aside.
    27 "settle_quarantine" SettleQuarantine {
        /// SHA-256 of the payload.
        #[n(0)] hash: Hash32,
        /// What becomes of it.
        #[n(1)] settlement: Settlement,
    }
    /// A child pointed as unknown is recognised: from here on its marks are this child's.
    28 "attach_child" AttachChild {
        /// The id the tablet gave it.
        #[n(0)] unknown: ChildId,
        /// Who it is.
        #[n(1)] child: ChildId,
    }
    /// A commune came back from a loss, on the branch that begins here. Reservation and payment are
    /// closed until a person opens them.
    29 "begin_recovery" BeginRecovery {
        /// Why.
        #[n(0)] cause: Cause,
        /// What it came back from, without a password.
        #[n(1)] source: String,
        /// When the newest entry that came back had been received.
        #[n(2)] restored_to: Option<UtcMs>,
        /// Whether the grow-only set of withdrawals could be read.
        #[n(3)] withdrawals_read: bool,
    }
    /// A part of the service is opened or closed.
    30 "set_capability" SetCapability {
        /// Which.
        #[n(0)] capability: Capability,
        /// How far.
        #[n(1)] state: Openness,
        /// What people are told.
        #[n(2)] message: String,
    }
    /// A tablet hands back signed data of a lost branch. The caller checked the signatures.
    31 "receive_envelopes" ReceiveEnvelopes {
        /// Which tablet.
        #[n(0)] device: DeviceId,
        /// Each an encoded [`crate::envelope::Envelope`].
        #[n(1)] envelopes: Vec<Blob>,
    }
    /// Reservations that signed lists of a lost branch prove are taken back.
    32 "take_back_reservations" TakeBackReservations {
        /// Each with its proof.
        #[n(0)] lines: Vec<TakenBack>,
    }
    /// A person vouches for somebody of whom it is not known whether they were withdrawn.
    33 "confirm_after_loss" ConfirmAfterLoss {
        /// Of which kind.
        #[n(0)] kind: Withdrawn,
        /// Who.
        #[n(1)] subject: Subject,
    }
    /// What a tablet may still hold is waited for no longer.
    34 "waive_device" WaiveDevice {
        /// Which.
        #[n(0)] device: DeviceId,
        /// Why.
        #[n(1)] reason: String,
    }
    /// A person says that a return from a loss is complete, or as complete as it will be.
    35 "sign_off_recovery" SignOffRecovery {
        /// Which, by its branch.
        #[n(0)] branch: BranchId,
        /// What they note.
        #[n(1)] note: String,
    }
    /// The commune is called otherwise, or lives by another clock. Its short name stays.
    36 "rename_commune" RenameCommune {
        /// Its name.
        #[n(0)] name: String,
        /// IANA time zone.
        #[n(1)] zone: String,
        /// What the town hall is called on screen.
        #[n(2)] label: String,
    }
    /// A lost history was found again, and what is missing of it here is merged from here on.
    37 "begin_merge" BeginMerge {
        /// Where it was read from, without a password.
        #[n(0)] source: String,
        /// Its newest entry that could be read.
        #[n(1)] end: Position,
        /// How many of its entries were missing here.
        #[n(2)] entries: u64,
    }
    /// What became of lost entries that are not written as they were.
    38 "note_lost" NoteLost {
        /// Each once.
        #[n(0)] lost: Vec<LostEntry>,
    }
    /// A person decides on a lost entry that stands against the record.
    39 "settle_lost" SettleLost {
        /// Which.
        #[n(0)] lost: Position,
        /// What becomes of it.
        #[n(1)] choice: Choice,
        /// What they note.
        #[n(2)] note: String,
    }
    /// Families are told of an incident, or an earlier word is put otherwise.
    40 "post_incident" PostIncident {
        /// The word.
        #[n(0)] post: IncidentPost,
    }
    /// A word about an incident is taken off the pages; it stays in the journal.
    41 "remove_incident" RemoveIncident {
        /// Which.
        #[n(0)] post: IncidentId,
    }
    /// Discrepancies are settled.
    42 "settle_discrepancies" SettleDiscrepancies {
        /// Each with its decision.
        #[n(0)] lines: Vec<SettledDiscrepancy>,
    }
    /// Decisions on discrepancies are taken back, with what followed from them.
    43 "undo_settlements" UndoSettlements {
        /// Which.
        #[n(0)] settlements: Vec<SettlementId>,
        /// Why.
        #[n(1)] reason: String,
    }
    /// A session is billed though something in it is owed or open; or no longer.
    44 "waive_session" WaiveSession {
        /// Where.
        #[n(0)] site: SiteId,
        /// When (as [`crate::codec::date`] numbers it).
        #[n(1)] date: i32,
        /// Which activity.
        #[n(2)] activity: ActivityId,
        /// Why; `None` takes it back.
        #[n(3)] reason: Option<String>,
    }
    /// A span in which tablets could not reach the server is noted or changed.
    45 "put_outage" PutOutage {
        /// The span.
        #[n(0)] outage: OutageRecord,
    }
    /// Who pays is written or changed.
    46 "put_payer" PutPayer {
        /// The payer.
        #[n(0)] payer: PayerRecord,
    }
    /// With whom a child is and who decides for it is written or changed.
    47 "put_custody" PutCustody {
        /// The whole of it.
        #[n(0)] custody: CustodyRecord,
    }
    /// A one-time link is mailed to a guardian; one of before for the same purpose opens nothing any more.
    48 "issue_guardian_link" IssueGuardianLink {
        /// For whom.
        #[n(0)] guardian: GuardianId,
        /// SHA-256 of the token.
        #[n(1)] token: Hash32,
        /// What it is for.
        #[n(2)] purpose: LinkPurpose,
        /// The address that it proves: where it is mailed to.
        #[n(3)] address: String,
        /// Until when.
        #[n(4)] expires_at: UtcMs,
        /// The pair of codes that it was asked with, used up by this.
        #[n(5)] pair: Option<Hash32>,
    }
    /// Codes on paper are given out; those of before for the same child and household open nothing any more.
    49 "issue_family_codes" IssueFamilyCodes {
        /// Each pair once.
        #[n(0)] codes: Vec<FamilyCode>,
        /// Until when.
        #[n(1)] expires_at: UtcMs,
        /// With which others.
        #[n(2)] batch: BatchId,
    }
    /// A guardian's new login or contact e-mail takes effect: its link was opened.
    50 "confirm_address" ConfirmAddress {
        /// Whose.
        #[n(0)] guardian: GuardianId,
        /// The link, used up by this.
        #[n(1)] token: Hash32,
    }
    /// A guardian logged in.
    51 "guardian_logged_in" GuardianLoggedIn {
        /// Who.
        #[n(0)] guardian: GuardianId,
        /// Through what.
        #[n(1)] way: LogInWay,
        /// The code for a lost telephone that was used up by this.
        #[n(2)] recovery: Option<Hash32>,
    }
    /// A second factor is set up, or given up.
    52 "set_second_factor" SetSecondFactor {
        /// Whose.
        #[n(0)] guardian: GuardianId,
        /// The secret, sealed by the commune's key; `None` gives it up.
        #[n(1)] sealed: Option<Blob>,
        /// SHA-256 of each code for a lost telephone.
        #[n(2)] recovery: Vec<Hash32>,
    }
    /// A guardian is known at an identity provider, or no longer.
    53 "link_identity" LinkIdentity {
        /// Who.
        #[n(0)] guardian: GuardianId,
        /// SHA-256 of issuer and subject; `None` unties it.
        #[n(1)] identity: Option<Hash32>,
    }
    /// A guardian's telephone is changed by who it belongs to, or their e-mail taken off.
    54 "set_contact" SetContact {
        /// Whose.
        #[n(0)] guardian: GuardianId,
        /// Contact e-mail; another one than the record's is taken only through its link.
        #[n(1)] email: Option<String>,
        /// Telephone.
        #[n(2)] phone: Option<String>,
    }
    /// A guardian deletes their account.
    55 "delete_account" DeleteAccount {
        /// Whose.
        #[n(0)] guardian: GuardianId,
    }
    /// The town hall restores it.
    56 "restore_account" RestoreAccount {
        /// Whose.
        #[n(0)] guardian: GuardianId,
    }
    /// The time in which it could be restored is over: login, password and choices are gone.
    57 "forget_account" ForgetAccount {
        /// Whose.
        #[n(0)] guardian: GuardianId,
    }
    /// A family that is not known asks to be.
    58 "register" Register {
        /// What it says.
        #[n(0)] registration: RegistrationRecord,
    }
    /// The town hall decides on it.
    59 "settle_registration" SettleRegistration {
        /// Which.
        #[n(0)] registration: RegistrationId,
        /// What becomes of it.
        #[n(1)] fate: RegistrationFate,
    }
    /// A family asks something, or adds to what it asked.
    60 "send_request" SendRequest {
        /// What.
        #[n(0)] request: RequestRecord,
    }
    /// The town hall answers.
    61 "answer_request" AnswerRequest {
        /// Which.
        #[n(0)] request: RequestId,
        /// Where it stands then.
        #[n(1)] state: RequestState,
        /// What is said.
        #[n(2)] text: String,
    }
    /// A guardian chooses what is sent, and through what.
    62 "choose_notices" ChooseNotices {
        /// Who.
        #[n(0)] guardian: GuardianId,
        /// Each kind that is not as it comes.
        #[n(1)] choices: Vec<NoticeChoice>,
        /// Up to three more addresses for notices of bills.
        #[n(2)] more: Vec<String>,
    }
    /// A browser takes messages for a guardian.
    63 "put_push" PutPush {
        /// Which.
        #[n(0)] push: PushRecord,
    }
    /// It takes them no longer.
    64 "drop_push" DropPush {
        /// Whose.
        #[n(0)] guardian: GuardianId,
        /// SHA-256 of its address.
        #[n(1)] endpoint: Hash32,
    }
    /// Guardians are told things.
    65 "notify" Notify {
        /// Each once.
        #[n(0)] notices: Vec<NoticeRecord>,
        /// Up to which entry the journal was looked through for things to tell, where it was.
        #[n(1)] until: Option<u64>,
    }
    /// Letters are to be mailed.
    66 "queue_letters" QueueLetters {
        /// Each once.
        #[n(0)] letters: Vec<LetterRecord>,
    }
    /// What became of letters.
    67 "note_letters" NoteLetters {
        /// Each with its fate.
        #[n(0)] notes: Vec<LetterNote>,
    }
    /// A text of the town is written or changed.
    68 "put_text" PutText {
        /// The text.
        #[n(0)] text: TextRecord,
    }
    /// A text is taken off the pages; it stays in the journal.
    69 "remove_text" RemoveText {
        /// Which.
        #[n(0)] text: TextId,
    }
    /// A guardian accepts a text.
    70 "accept_text" AcceptText {
        /// Who.
        #[n(0)] guardian: GuardianId,
        /// Which.
        #[n(1)] text: TextId,
        /// Which edition.
        #[n(2)] edition: u32,
    }
    /// Meals are written, changed or taken away.
    71 "put_menus" PutMenus {
        /// Each once.
        #[n(0)] menus: Vec<MenuRecord>,
    }
    /// The portal is set up.
    72 "put_portal" PutPortal {
        /// How.
        #[n(0)] portal: PortalRecord,
    }
    /// The town's logo is set, or taken away.
    73 "put_logo" PutLogo {
        /// The logo.
        #[n(0)] logo: Option<LogoRecord>,
    }
    /// Two households are one: what the second holds goes to the first.
    74 "merge_households" MergeHouseholds {
        /// Stays.
        #[n(0)] keep: HouseholdId,
        /// Goes.
        #[n(1)] gone: HouseholdId,
    }
    /// Two files are of one child: what the second holds goes to the first.
    75 "merge_children" MergeChildren {
        /// Stays.
        #[n(0)] keep: ChildId,
        /// Goes.
        #[n(1)] gone: ChildId,
    }
    /// An agent looks at the portal as a guardian sees it.
    76 "seen_as" SeenAs {
        /// As whom.
        #[n(0)] guardian: GuardianId,
    }
    /// What looks like guessing is noted, for the town hall to know.
    77 "note_guessing" NoteGuessing {
        /// What is guessed at.
        #[n(0)] what: Guessing,
        /// How often since the last note.
        #[n(1)] attempts: u32,
        /// From which network, such as 192.0.2.0/24.
        #[n(2)] from: String,
    }
    /// A guardian takes a copy of their data.
    78 "export_data" ExportData {
        /// Who.
        #[n(0)] guardian: GuardianId,
    }
    /// The key that browsers know our messages by (VAPID, RFC 8292).
    79 "set_push_key" SetPushKey {
        /// The public key, an uncompressed point of P-256.
        #[n(0)] public: Blob,
        /// The private key, sealed by the commune's key.
        #[n(1)] sealed: Blob,
    }
}
