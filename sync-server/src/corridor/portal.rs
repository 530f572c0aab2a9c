//! Operations of the families' side.

use shared::operation::{Body, Refusal};

use super::{CorridorError, Effect, Stage, accounts, doubles, notices, payers, requests, texts};

/// Whether an operation is one that somebody of a family can ask for at all; whose account, file or child it is
/// about is judged where it is applied.
pub(super) fn families_may(body: &Body) -> bool {
    matches!(
        body,
        Body::SetGuardianLogin { .. }
            | Body::IssueGuardianLink { .. }
            | Body::ConfirmAddress { .. }
            | Body::GuardianLoggedIn { .. }
            | Body::SetSecondFactor { .. }
            | Body::LinkIdentity { .. }
            | Body::SetContact { .. }
            | Body::DeleteAccount { .. }
            | Body::ExportData { .. }
            | Body::SendRequest { .. }
            | Body::ChooseNotices { .. }
            | Body::PutPush { .. }
            | Body::DropPush { .. }
            | Body::AcceptText { .. }
            | Body::QueueLetters { .. }
            | Body::Book { .. }
            | Body::WithdrawWishes { .. }
    )
}

/// Applies an operation of a family, or of the town hall for families.
pub(super) fn apply(stage: &mut Stage<'_>, body: &Body) -> Result<Effect, CorridorError> {
    match body {
        Body::PutPayer { payer } => payers::put_payer(stage, payer),
        Body::PutCustody { custody } => payers::put_custody(stage, custody),
        Body::IssueGuardianLink {
            guardian,
            token,
            purpose,
            address,
            expires_at,
            pair,
        } => accounts::issue_link(stage, *guardian, (*token, *purpose, address, *expires_at), *pair),
        Body::IssueFamilyCodes {
            codes,
            expires_at,
            batch,
        } => accounts::issue_codes(stage, codes, *expires_at, *batch),
        Body::ConfirmAddress { guardian, token } => accounts::confirm_address(stage, *guardian, *token),
        Body::GuardianLoggedIn {
            guardian,
            way,
            recovery,
        } => accounts::logged_in(stage, *guardian, *way, *recovery),
        Body::SetSecondFactor {
            guardian,
            sealed,
            recovery,
        } => accounts::set_second_factor(stage, *guardian, sealed.as_ref(), recovery),
        Body::LinkIdentity { guardian, identity } => accounts::link_identity(stage, *guardian, *identity),
        Body::SetContact {
            guardian,
            email,
            phone,
        } => accounts::set_contact(stage, *guardian, email.as_deref(), phone.as_deref()),
        Body::DeleteAccount { guardian } => accounts::delete(stage, *guardian),
        Body::RestoreAccount { guardian } => accounts::restore(stage, *guardian),
        Body::ForgetAccount { guardian } => accounts::forget(stage, *guardian),
        Body::SeenAs { guardian } => accounts::seen_as(stage, *guardian),
        Body::ExportData { guardian } => accounts::export(stage, *guardian),
        Body::NoteGuessing { what, attempts, from } => accounts::guessing(stage, *what, *attempts, from),
        Body::Register { registration } => requests::register(stage, registration),
        Body::SettleRegistration { registration, fate } => {
            requests::settle_registration(stage, *registration, fate)
        }
        Body::SendRequest { request } => requests::send(stage, request),
        Body::AnswerRequest { request, state, text } => requests::answer(stage, *request, *state, text),
        Body::ChooseNotices {
            guardian,
            choices,
            more,
        } => notices::choose(stage, *guardian, choices, more),
        Body::PutPush { push } => notices::put_push(stage, push),
        Body::DropPush { guardian, endpoint } => notices::drop_push(stage, *guardian, *endpoint),
        Body::Notify { notices, until } => notices::notify(stage, notices, *until),
        Body::QueueLetters { letters } => notices::queue(stage, letters),
        Body::NoteLetters { notes } => notices::note(stage, notes),
        Body::SetPushKey { public, sealed } => notices::set_push_key(stage, public, sealed),
        Body::PutText { text } => texts::put(stage, text),
        Body::RemoveText { text } => texts::remove(stage, *text),
        Body::AcceptText {
            guardian,
            text,
            edition,
        } => texts::accept(stage, *guardian, *text, *edition),
        Body::PutMenus { menus } => texts::put_menus(stage, menus),
        Body::PutPortal { portal } => texts::put_portal(stage, portal),
        Body::PutLogo { logo } => texts::put_logo(stage, logo.as_ref()),
        Body::MergeHouseholds { keep, gone } => doubles::households(stage, *keep, *gone),
        Body::MergeChildren { keep, gone } => doubles::children(stage, *keep, *gone),
        _ => Err(Refusal::NotFound("cette opération").into()),
    }
}
