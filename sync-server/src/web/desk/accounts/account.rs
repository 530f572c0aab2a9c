//! One guardian's account, and what the town hall can do for it.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::accounts::{AccountPage, LetterLine, account_page};
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::{Bar, Notice};
use shared::ids::{GuardianId, HouseholdId};
use shared::operation::{Actor, Body, Channel, LetterFate, LetterKind, LinkPurpose, Refusal};
use shared::time::UtcMs;

use super::list;
use super::people::{Facts, State, bounced, kids, state_of};
use crate::commune::Commune;
use crate::corridor::CorridorError;
use crate::letters::{Letter, link, submit_with};
use crate::record;
use crate::store::{Read, Row, StoreError};
use crate::web::WebError;
use crate::web::desk::day::{day_of, hour_of};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::{DeskError, page, see_other};
use crate::web::desk::rights::Right;
use crate::web::desk::visit::Desk;
use crate::web::portal::session;
use crate::web::throttle::{self, Subject};

/// What the record says of one account.
struct Account {
    household: HouseholdId,
    home: String,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    login: Option<String>,
    deleted_at: Option<UtcMs>,
    activated_at: Option<UtcMs>,
    second_factor: bool,
}

fn account(tx: &mut dyn Read, id: GuardianId) -> Result<Option<Account>, StoreError> {
    let row = tx.first(include_str!("sql/account.sql"), &[id.into()])?;
    row.map(|row| {
        Ok(Account {
            household: HouseholdId(row.uuid(0)?),
            name: format!("{} {}", row.text(1)?, row.text(2)?).trim().to_owned(),
            email: row.opt(3, Row::text)?,
            phone: row.opt(4, Row::text)?,
            login: row.opt(5, Row::text)?,
            activated_at: row.opt(6, Row::int)?.map(UtcMs),
            deleted_at: row.opt(7, Row::int)?.map(UtcMs),
            home: row.text(8)?,
            second_factor: row.int(9)? != 0,
        })
    })
    .transpose()
}

/// What counts attempts at an account.
fn counted(guardian: GuardianId, login: Option<&str>) -> Vec<Subject> {
    let login = login.map(|login| Subject::Family(login.to_lowercase()));
    login
        .into_iter()
        .chain([Subject::Factor(guardian), Subject::Password(guardian)])
        .collect()
}

pub(super) async fn show(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAccounts)?;
    draw(&desk, FormState::default(), StatusCode::OK).await
}

async fn draw(desk: &Desk, form: FormState, status: StatusCode) -> Result<Response, DeskError> {
    let id = GuardianId(desk.uuid("id")?);
    let (bar, home) = (desk.bar(), desk.at(""));
    let view = desk
        .visit
        .app
        .with(&desk.visit.slug, move |commune| {
            commune.store.read(|tx| {
                let Some(account) = account(tx, id)? else {
                    return Ok(None);
                };
                view(tx, commune, id, account, (bar, home, form)).map(Some)
            })
        })
        .await?;
    match view {
        Some(view) => Ok(page(status, account_page(&view))),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

fn view(
    tx: &mut dyn Read,
    commune: &Commune,
    id: GuardianId,
    account: Account,
    (bar, home, form): (Bar, String, FormState),
) -> Result<AccountPage, StoreError> {
    let now = commune.clock.now();
    let today = commune.today();
    let when = |at: UtcMs| {
        let day = day_of(at.date_in(commune.zone), today);
        (day, hour_of(at, commune))
    };
    let came_back = match &account.email {
        Some(email) => bounced(tx)?.contains(email),
        None => false,
    };
    let mut letters = Vec::new();
    let mut asked_at = None;
    for row in tx.query(include_str!("sql/letters.sql"), &[id.into()])? {
        let Some(kind) = LetterKind::named(&row.text(0)?) else {
            continue;
        };
        let at = UtcMs(row.int(2)?);
        if kind == LetterKind::Activation && asked_at.is_none() {
            asked_at = Some(at);
        }
        letters.push(LetterLine {
            kind,
            to: row.text(1)?,
            when: when(at),
            fate: LetterFate::named(&row.text(3)?).unwrap_or(LetterFate::Queued),
        });
    }
    let facts = Facts {
        login: account.login.is_some(),
        activated_at: account.activated_at,
        deleted_at: account.deleted_at,
        asked_at,
        bounced: came_back,
    };
    let state = state_of(facts, record::portal(tx)?.0.restore_days);
    let nobody: Vec<u8> = Vec::new();
    let params = [id.into(), nobody.into()];
    let sessions = tx.first(include_str!("sql/sessions.sql"), &params)?;
    let (sessions, seen) = match sessions {
        Some(row) => (row.count(0)?, UtcMs(row.int(1)?)),
        None => (0, UtcMs(0)),
    };
    let locked = throttle::locked_until(tx, &counted(id, account.login.as_deref()), now)?;
    let children = kids(tx, today)?.remove(&account.household).unwrap_or_default();
    Ok(AccountPage {
        bar,
        home,
        form,
        id: id.to_string(),
        name: account.name,
        household: (account.home, account.household.to_string()),
        children: children
            .into_iter()
            .map(|kid| (kid.name, kid.id.to_string()))
            .collect(),
        login: account.login,
        email: account.email,
        phone: account.phone,
        state: list::state_view(state, commune),
        restorable: matches!(state, State::Deleted(until) if until > now),
        bounced: came_back,
        second_factor: account.second_factor,
        sessions,
        seen: (sessions > 0).then(|| when(seen)),
        locked: locked.map(|until| hour_of(until, commune)),
        letters,
    })
}

/// Something asked for of one account.
struct Asked {
    desk: Desk,
    form: FormState,
    id: GuardianId,
    account: Account,
}

async fn asked(posted: Posted) -> Result<Asked, DeskError> {
    let (desk, form) = posted.allow(Right::ManageAccounts)?;
    let id = GuardianId(desk.uuid("id")?);
    let found = desk.visit.app.with(&desk.visit.slug, move |commune| {
        commune.store.read(|tx| account(tx, id))
    });
    match found.await? {
        Some(account) => Ok(Asked {
            desk,
            form,
            id,
            account,
        }),
        None => Err(desk.said(Notice::PageUnknown)),
    }
}

impl Asked {
    fn by(&self) -> (Actor, Channel) {
        (Actor::Agent(self.desk.session.agent), Channel::Desk)
    }

    fn done(&self, done: Done) -> Response {
        let page = self.desk.at(&format!("/comptes/{}", self.id));
        self.desk.done(&page, done)
    }

    /// The page again, with what is wrong.
    async fn flawed(mut self, field: &str, flaw: Flaw) -> Result<Response, DeskError> {
        self.form.flaw(field, flaw);
        draw(&self.desk, self.form, StatusCode::UNPROCESSABLE_ENTITY).await
    }

    /// Mails a link to an address.
    async fn mail(self, purpose: LinkPurpose, address: String, field: &str) -> Result<Response, DeskError> {
        let (by, id) = (self.by(), self.id);
        let sent = self.desk.visit.app.with(&self.desk.visit.slug, move |commune| {
            let (body, letter) = link(commune, id, purpose, &address);
            let operation = commune.operation(by.0, by.1, body);
            submit_with(commune, vec![operation], by, vec![letter]).map_err(WebError::from)
        });
        let sent = sent.await;
        self.after(sent, Done::MailSent, field).await
    }

    async fn after(
        mut self,
        outcome: Result<(), WebError>,
        done: Done,
        field: &str,
    ) -> Result<Response, DeskError> {
        match outcome {
            Ok(()) => Ok(self.done(done)),
            Err(WebError::Refused(refusal)) => {
                self.form.refuse(field, &refusal);
                draw(&self.desk, self.form, StatusCode::UNPROCESSABLE_ENTITY).await
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// A new login: it takes effect when the link that is mailed there is opened.
pub(super) async fn login(posted: Posted) -> Result<Response, DeskError> {
    let mut asked = asked(posted).await?;
    let address = asked.form.email("identifiant");
    if asked.form.is_flawed() {
        return draw(&asked.desk, asked.form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    if asked.account.login.is_none() || asked.account.deleted_at.is_some() {
        return asked
            .flawed("identifiant", Flaw::Said("accounts-no-login-yet"))
            .await;
    }
    let (id, wanted) = (asked.id, address.clone());
    let taken = asked.desk.visit.app.with(&asked.desk.visit.slug, move |commune| {
        commune.store.read(|tx| {
            let sql = include_str!("../../../record/household/login_taken.sql");
            Ok::<_, StoreError>(tx.first(sql, &[wanted.as_str().into(), id.into()])?.is_some())
        })
    });
    if taken.await? {
        return asked.flawed("identifiant", Flaw::Taken).await;
    }
    asked.mail(LinkPurpose::Login, address, "identifiant").await
}

/// A link to activate, once more.
pub(super) async fn activation(posted: Posted) -> Result<Response, DeskError> {
    let asked = asked(posted).await?;
    if asked.account.login.is_some() {
        return asked.flawed("activation", Flaw::Said("accounts-has-login")).await;
    }
    match asked.account.email.clone() {
        Some(email) => asked.mail(LinkPurpose::Activate, email, "activation").await,
        None => asked.flawed("activation", Flaw::Said("accounts-no-email")).await,
    }
}

/// A link to choose another password.
pub(super) async fn reset(posted: Posted) -> Result<Response, DeskError> {
    let asked = asked(posted).await?;
    if asked.account.login.is_none() || asked.account.deleted_at.is_some() {
        return asked
            .flawed("reinitialiser", Flaw::Said("accounts-no-login-yet"))
            .await;
    }
    let login = asked.account.login.clone().filter(|login| login.contains('@'));
    match asked.account.email.clone().or(login) {
        Some(address) => asked.mail(LinkPurpose::Reset, address, "reinitialiser").await,
        None => {
            asked
                .flawed("reinitialiser", Flaw::Said("accounts-no-email"))
                .await
        }
    }
}

/// Whoever typed too many wrong passwords may try again.
pub(super) async fn unlock(posted: Posted) -> Result<Response, DeskError> {
    let asked = asked(posted).await?;
    let subjects = counted(asked.id, asked.account.login.as_deref());
    let freed = asked.desk.visit.app.with(&asked.desk.visit.slug, move |commune| {
        commune.store.write(move |tx| throttle::was_right(tx, &subjects))
    });
    freed.await?;
    Ok(asked.done(Done::Unlocked))
}

/// All its sessions end.
pub(super) async fn end_sessions(posted: Posted) -> Result<Response, DeskError> {
    let asked = asked(posted).await?;
    let id = asked.id;
    let ended = asked.desk.visit.app.with(&asked.desk.visit.slug, move |commune| {
        commune.store.write(move |tx| session::end_all_of(tx, id))
    });
    ended.await?;
    Ok(asked.done(Done::SessionsEnded))
}

/// A deleted account comes back.
pub(super) async fn restore(posted: Posted) -> Result<Response, DeskError> {
    let asked = asked(posted).await?;
    let restore_days = asked.desk.visit.app.with(&asked.desk.visit.slug, |commune| {
        commune
            .store
            .read(|tx| Ok::<_, StoreError>(record::portal(tx)?.0.restore_days))
    });
    let facts = Facts {
        deleted_at: asked.account.deleted_at,
        ..Facts::default()
    };
    let now = asked.desk.commune.clock.now();
    match state_of(facts, restore_days.await?) {
        State::Deleted(until) if until <= now => {
            return asked
                .flawed("restaurer", Flaw::Said("accounts-restore-late"))
                .await;
        }
        _ => {}
    }
    let body = Body::RestoreAccount { guardian: asked.id };
    let outcome = asked.desk.submit(None, body).await?.map(|_| ());
    asked
        .after(
            outcome.map_err(WebError::Refused),
            Done::AccountRestored,
            "restaurer",
        )
        .await
}

/// An account is deleted by the town hall, and its sessions end.
pub(super) async fn delete(posted: Posted) -> Result<Response, DeskError> {
    let mut asked = asked(posted).await?;
    asked.form.word("mot", "SUPPRIMER");
    if asked.form.is_flawed() {
        return draw(&asked.desk, asked.form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (by, id) = (asked.by(), asked.id);
    let told = asked
        .account
        .email
        .clone()
        .filter(|_| asked.account.login.is_some());
    let gone = asked.desk.visit.app.with(&asked.desk.visit.slug, move |commune| {
        let operation = commune.operation(by.0, by.1, Body::DeleteAccount { guardian: id });
        // Of a deletion that the family did not ask for the letter only says that it is so.
        let letter = told.map(|email| Letter::to(LetterKind::Deleted, email).of(id).saying("days", "0"));
        submit_with(commune, vec![operation], by, letter.into_iter().collect())?;
        commune
            .store
            .write(move |tx| session::end_all_of(tx, id))
            .map_err(CorridorError::from)
    });
    let gone = gone.await;
    asked.after(gone, Done::AccountDeleted, "mot").await
}

/// The agent looks at the portal as this guardian sees it: journaled first, and able to read only.
pub(super) async fn see(posted: Posted) -> Result<Response, DeskError> {
    let asked = asked(posted).await?;
    if asked.account.deleted_at.is_some() {
        return asked.flawed("voir", Flaw::Said("accounts-see-deleted")).await;
    }
    let body = Body::SeenAs { guardian: asked.id };
    let outcome: Result<_, Refusal> = asked.desk.submit(None, body).await?;
    if let Err(refusal) = outcome {
        return asked
            .after(Err(WebError::Refused(refusal)), Done::Unchanged, "voir")
            .await;
    }
    let (agent, id) = (asked.desk.session.agent, asked.id);
    let begun = asked.desk.visit.app.with(&asked.desk.visit.slug, move |commune| {
        let now = commune.clock.now();
        commune
            .store
            .write(move |tx| session::begin_as(tx, agent, id, now))
    });
    let secret = begun.await?;
    let mut response = see_other(&format!("/{}/", asked.desk.commune.slug));
    let cookie = asked.desk.visit.keep_family(&secret);
    response
        .headers_mut()
        .append(axum::http::header::SET_COOKIE, cookie);
    Ok(response)
}
