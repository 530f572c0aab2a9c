//! What is written of families' accounts, of what they ask and are told, and of what the town writes for them.

use super::{AT, date, golden, id};
use crate::codec::{Blob, Hash32};
use crate::ids::{
    BatchId, ChildId, GuardianId, HouseholdId, LetterId, MenuId, NoticeId, PayerId, RegistrationId,
    RequestId, SiteId, TextId,
};
use crate::operation::{
    Authority, AuthorityOver, Body, Channel, CustodyException, CustodyRecord, Dish, Fact, FamilyCode,
    Guessing, HolidaySharing, LetterFate, LetterKind, LetterNote, LetterRecord, LinkPurpose, LogInWay,
    LogoRecord, MenuRecord, NoticeChoice, NoticeKind, NoticeRecord, PayerKind, PayerPeriod, PayerRecord,
    PortalRecord, PushRecord, RegistrationChild, RegistrationFate, RegistrationRecord, RequestKind,
    RequestRecord, RequestState, Sharing, Tab, TextKind, TextRecord, UnopenedTab,
};

const GUARDIAN: u8 = 10;

fn guardian() -> GuardianId {
    GuardianId(id(GUARDIAN))
}

fn fact() -> Fact {
    Fact {
        name: "a".into(),
        value: "b".into(),
    }
}

#[test]
fn who_pays_and_with_whom_a_child_is() {
    golden(
        &Body::PutPayer {
            payer: PayerRecord {
                id: PayerId(id(40)),
                kind: PayerKind::Organisation,
                name: "a".into(),
                household: None,
                guardian: Some(guardian()),
                address: vec!["b".into()],
                email: None,
                phone: Some("c".into()),
                siret: Some("12345678901234".into()),
                children: vec![PayerPeriod {
                    child: ChildId(id(7)),
                    from: date(),
                    until: None,
                }],
                retired: false,
            },
        },
        "82182e8b5028282828282828282828282828282828016161f6500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a816162f661636e3132333435363738393031323334818250070707070707070707070707070707071a000b4a67f4",
    );
    golden(
        &Body::PutCustody {
            custody: CustodyRecord {
                child: ChildId(id(7)),
                sharing: Some(Sharing {
                    first: HouseholdId(id(9)),
                    second: HouseholdId(id(11)),
                    anchor: date(),
                    holidays: HolidaySharing::FirstHalfInEvenYears,
                }),
                exceptions: vec![CustodyException {
                    from: date(),
                    until: date(),
                    household: HouseholdId(id(9)),
                }],
                authorities: vec![AuthorityOver {
                    guardian: guardian(),
                    authority: Authority::None,
                }],
                note: "a".into(),
            },
        },
        "8ac0d6460cd4af6d260ef8d12270d01b3ca60bc5c41ec0f37e2b085fd9ff11fe",
    );
}

#[test]
fn how_families_get_in() {
    golden(
        &Body::SetGuardianLogin {
            guardian: guardian(),
            login: "a".into(),
            phc: "b".into(),
            token: Some(Hash32([1; 32])),
        },
        "850e500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a6161616258200101010101010101010101010101010101010101010101010101010101010101",
    );
    golden(
        &Body::IssueGuardianLink {
            guardian: guardian(),
            token: Hash32([1; 32]),
            purpose: LinkPurpose::Contact,
            address: "a".into(),
            expires_at: AT,
            pair: None,
        },
        "861830500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a582001010101010101010101010101010101010101010101010101010101010101010361611b000001a2076b4400",
    );
    golden(
        &Body::IssueFamilyCodes {
            codes: vec![FamilyCode {
                pair: Hash32([1; 32]),
                child: ChildId(id(7)),
                household: HouseholdId(id(9)),
            }],
            expires_at: AT,
            batch: BatchId(id(41)),
        },
        "841831818358200101010101010101010101010101010101010101010101010101010101010101500707070707070707070707070707070750090909090909090909090909090909091b000001a2076b44005029292929292929292929292929292929",
    );
    golden(
        &Body::ConfirmAddress {
            guardian: guardian(),
            token: Hash32([1; 32]),
        },
        "831832500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a58200101010101010101010101010101010101010101010101010101010101010101",
    );
    golden(
        &Body::GuardianLoggedIn {
            guardian: guardian(),
            way: LogInWay::RecoveryCode,
            recovery: Some(Hash32([2; 32])),
        },
        "841833500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0258200202020202020202020202020202020202020202020202020202020202020202",
    );
    golden(
        &Body::SetSecondFactor {
            guardian: guardian(),
            sealed: Some(Blob(vec![1, 2])),
            recovery: vec![Hash32([2; 32])],
        },
        "841834500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a4201028158200202020202020202020202020202020202020202020202020202020202020202",
    );
    golden(
        &Body::LinkIdentity {
            guardian: guardian(),
            identity: Some(Hash32([3; 32])),
        },
        "831835500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a58200303030303030303030303030303030303030303030303030303030303030303",
    );
    golden(
        &Body::SetContact {
            guardian: guardian(),
            email: None,
            phone: Some("a".into()),
        },
        "841836500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0af66161",
    );
    for (body, expected) in [
        (
            Body::DeleteAccount { guardian: guardian() },
            "821837500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        ),
        (
            Body::RestoreAccount { guardian: guardian() },
            "821838500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        ),
        (
            Body::ForgetAccount { guardian: guardian() },
            "821839500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        ),
        (
            Body::SeenAs { guardian: guardian() },
            "82184c500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        ),
        (
            Body::ExportData { guardian: guardian() },
            "82184e500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
        ),
    ] {
        golden(&body, expected);
    }
    golden(
        &Body::NoteGuessing {
            what: Guessing::Codes,
            attempts: 5,
            from: "192.0.2.0/24".into(),
        },
        "84184d02056c3139322e302e322e302f3234",
    );
    golden(&Channel::Phone, "06");
}

#[test]
fn what_families_ask() {
    golden(
        &Body::Register {
            registration: RegistrationRecord {
                id: RegistrationId(id(42)),
                first_name: "a".into(),
                last_name: "b".into(),
                email: "c".into(),
                phone: None,
                children: vec![RegistrationChild {
                    first_name: "d".into(),
                    last_name: "e".into(),
                    born: date(),
                    school: "f".into(),
                }],
                message: "g".into(),
            },
        },
        "82183a87502a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a616161626163f68184616461651a000b4a6761666167",
    );
    golden(
        &Body::SettleRegistration {
            registration: RegistrationId(id(42)),
            fate: RegistrationFate::Accepted { guardian: guardian() },
        },
        "83183b502a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a8200500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a",
    );
    golden(&RegistrationFate::Refused { reason: "a".into() }, "82016161");
    golden(
        &Body::SendRequest {
            request: RequestRecord {
                id: RequestId(id(43)),
                guardian: guardian(),
                kind: RequestKind::Other,
                child: Some(ChildId(id(7))),
                title: "a".into(),
                text: "b".into(),
            },
        },
        "82183c86502b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a03500707070707070707070707070707070761616162",
    );
    golden(
        &Body::AnswerRequest {
            request: RequestId(id(43)),
            state: RequestState::Refused,
            text: "a".into(),
        },
        "84183d502b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b036161",
    );
}

#[test]
fn what_families_are_told() {
    golden(
        &Body::ChooseNotices {
            guardian: guardian(),
            choices: vec![NoticeChoice {
                kind: NoticeKind::Closure,
                mail: true,
                push: false,
            }],
            more: vec!["a".into()],
        },
        "84183e500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a818305f5f4816161",
    );
    golden(
        &Body::PutPush {
            push: PushRecord {
                guardian: guardian(),
                endpoint: "a".into(),
                key: Blob(vec![4; 65]),
                auth: Blob(vec![5; 16]),
                name: "b".into(),
            },
        },
        "a45dd188052c35dda9e52f8c9f8cae67d0647cb315663378713d6f078d09a154",
    );
    golden(
        &Body::DropPush {
            guardian: guardian(),
            endpoint: Hash32([1; 32]),
        },
        "831840500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a58200101010101010101010101010101010101010101010101010101010101010101",
    );
    golden(
        &Body::Notify {
            notices: vec![NoticeRecord {
                id: NoticeId(id(44)),
                guardian: guardian(),
                kind: NoticeKind::Account,
                child: Some(ChildId(id(7))),
                at: AT,
                facts: vec![fact()],
            }],
            until: Some(9),
        },
        "8318418186502c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0f50070707070707070707070707070707071b000001a2076b440081826161616209",
    );
    golden(
        &Body::QueueLetters {
            letters: vec![LetterRecord {
                id: LetterId(id(45)),
                kind: LetterKind::Agent,
                to: "a".into(),
                guardian: None,
                notice: Some(NoticeId(id(44))),
                batch: Some(BatchId(id(41))),
                facts: vec![fact()],
            }],
        },
        "8218428187502d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d0a6161f6502c2c2c2c2c2c2c2c2c2c2c2c2c2c2c2c5029292929292929292929292929292929818261616162",
    );
    golden(
        &Body::QueueLetters {
            letters: vec![LetterRecord {
                id: LetterId(id(45)),
                kind: LetterKind::Booked,
                to: "a".into(),
                guardian: None,
                notice: None,
                batch: None,
                facts: Vec::new(),
            }],
        },
        "8218428187502d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d0b6161f6f6f680",
    );
    golden(
        &Body::NoteLetters {
            notes: vec![LetterNote {
                letter: LetterId(id(45)),
                fate: LetterFate::Held,
                detail: "a".into(),
            }],
        },
        "8218438183502d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d056161",
    );
    golden(
        &Body::SetPushKey {
            public: Blob(vec![4; 65]),
            sealed: Blob(vec![1]),
        },
        "83184f584104040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404040404044101",
    );
}

#[test]
fn what_the_town_writes() {
    golden(
        &Body::PutText {
            text: TextRecord {
                id: TextId(id(46)),
                kind: TextKind::Privacy,
                title: "a".into(),
                text: "b".into(),
                from: Some(AT),
                until: None,
                pinned: true,
                edition: 2,
                sites: vec![SiteId(id(5))],
            },
        },
        "82184489502e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e07616161621b000001a2076b4400f6f502815005050505050505050505050505050505",
    );
    golden(
        &Body::RemoveText { text: TextId(id(46)) },
        "821845502e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e",
    );
    golden(
        &Body::AcceptText {
            guardian: guardian(),
            text: TextId(id(46)),
            edition: 2,
        },
        "841846500a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a502e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e02",
    );
    golden(
        &Body::PutMenus {
            menus: vec![MenuRecord {
                id: MenuId(id(47)),
                date: date(),
                sites: vec![SiteId(id(5))],
                dishes: vec![Dish {
                    name: "a".into(),
                    allergens: vec![1, 14],
                    signs: 3,
                }],
                note: "b".into(),
            }],
        },
        "8218478185502f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f1a000b4a678150050505050505050505050505050505058183616182010e036162",
    );
    golden(
        &Body::PutPortal {
            portal: PortalRecord {
                accent: Some("#1f5f8b".into()),
                unopened: vec![UnopenedTab {
                    tab: Tab::Bills,
                    text: "a".into(),
                }],
                history_years: Some(2),
                ..PortalRecord::default()
            },
        },
        "8218488f672331663566386260f6f6808182056161f5f4f4f460f6f602181e",
    );
    golden(
        &Body::PutLogo {
            logo: Some(LogoRecord {
                media_type: "image/png".into(),
                bytes: Blob(vec![1]),
                words: "a".into(),
            }),
        },
        "8218498369696d6167652f706e6741016161",
    );
    golden(
        &Body::MergeHouseholds {
            keep: HouseholdId(id(9)),
            gone: HouseholdId(id(11)),
        },
        "83184a5009090909090909090909090909090909500b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
    );
    golden(
        &Body::MergeChildren {
            keep: ChildId(id(7)),
            gone: ChildId(id(8)),
        },
        "83184b50070707070707070707070707070707075008080808080808080808080808080808",
    );
}
