//! What families ask, and what is asked for them.

macro_rules! families {
    ($next:ident $($rest:ident)*; $($before:tt)*) => { $next! { $($rest)*; $($before)*
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
    } };
}

pub(super) use families;
