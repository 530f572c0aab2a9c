//! What the town hall, tablets and the server itself ask.

macro_rules! town {
    ($next:ident $($rest:ident)*; $($before:tt)*) => { $next! { $($rest)*; $($before)*
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
    } };
}

pub(super) use town;
