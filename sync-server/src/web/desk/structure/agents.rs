//! Users of the desk: inviting one, a new link, and taking one's rights away.

use axum::http::StatusCode;
use axum::response::Response;
use server_ui::desk::form::{Done, Flaw, FormState};
use server_ui::desk::structure::{
    AgentFacts, AgentState, Choices, DismissalPage, Line, LinkGiven, Part, agent_line, dismissal_page,
    link_page,
};
use shared::codec::{Blob, encode};
use shared::ids::{AgentId, SiteId};
use shared::operation::{AgentRecord, Body, Refusal, Role};
use shared::sign::sha256;
use shared::withdrawal::{Withdrawal, Withdrawn};
use uuid::Uuid;

use super::super::posted::Posted;
use super::super::reply::{DeskError, page};
use super::super::rights::Right;
use super::super::visit::Desk;
use super::records::{Kind, base, standing};
use super::town::{Kept, Town, offered};
use crate::clock::random;
use crate::record::Versioned;

/// How long a one-time link lives, in ms: seven days.
const LINK_MS: i64 = 7 * 86_400_000;
/// What is typed before rights are taken away.
const WORD: &str = "RÉVOQUER";

impl Kind for AgentRecord {
    const PART: Part = Part::Agents;
    const SEE: Right = Right::ManageAgents;
    const EDIT: Right = Right::ManageAgents;
    const RETIRES: bool = false;
    const NAMED: &'static str = "courriel";

    fn all(town: &Town) -> &[Versioned<Self>] {
        &town.agents
    }

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn retired(&self, town: &Town) -> bool {
        town.agents_dismissed.contains(&self.id)
    }

    fn has_secret(&self, town: &Town) -> bool {
        town.agents_active.contains(&self.id)
    }

    fn kept(&self) -> Kept {
        Kept {
            sites: self.sites.clone(),
            ..Kept::default()
        }
    }

    fn line(&self, town: &Town) -> Line {
        let state = if self.retired(town) {
            AgentState::Dismissed
        } else if self.has_secret(town) {
            AgentState::Active
        } else {
            AgentState::Invited
        };
        let sites = town.site_names(&self.sites);
        agent_line(self, &AgentFacts { sites, state })
    }

    fn blank(_: &Town) -> FormState {
        FormState::default()
    }

    fn fill(&self) -> FormState {
        FormState::default()
            .with("nom", &self.name)
            .with("courriel", &self.email)
            .with("role", self.role.as_str())
            .with_all("sites", self.sites.iter().map(ToString::to_string))
    }

    fn read(form: &mut FormState, id: Uuid, _: Option<&Self>, choices: &Choices, _: &Town) -> Option<Self> {
        let name = form.text("nom", 120);
        let email = form.email("courriel").to_lowercase();
        let role = form.choice("role", Role::Lecture, Role::parse);
        let mut sites: Vec<SiteId> = form.choices("sites", |word| offered(&choices.sites, word).map(SiteId));
        if role != Role::Directeur {
            sites.clear();
        } else if sites.is_empty() {
            form.flaw("sites", Flaw::Said("structure-agent-sites-missing"));
        }
        Some(Self {
            id: AgentId(id),
            email,
            name,
            role,
            sites,
        })
    }

    fn body(self) -> Body {
        Body::PutAgent { agent: self }
    }

    /// Whoever is new gets a link at once.
    async fn created(desk: &Desk, record: Self) -> Result<Response, DeskError> {
        give_link(desk, record).await
    }
}

/// Makes a link and shows it on the answer.
async fn give_link(desk: &Desk, agent: AgentRecord) -> Result<Response, DeskError> {
    let secret: [u8; 32] = random();
    let body = Body::IssueAgentLink {
        agent: agent.id,
        token: sha256(&[&secret]),
        expires_at: desk.commune.clock.now().plus_ms(LINK_MS),
    };
    if let Err(refusal) = desk.submit(None, body).await? {
        return Err(crate::web::WebError::Refused(refusal).into());
    }
    let path = format!("/activer/{}", data_encoding::BASE64URL_NOPAD.encode(&secret));
    let view = LinkGiven {
        bar: desk.bar(),
        name: agent.name,
        email: agent.email,
        link: format!("{}{}", desk.visit.origin(), desk.at(&path)),
    };
    Ok(page(StatusCode::OK, link_page(&view)))
}

pub(super) async fn link(posted: Posted) -> Result<Response, DeskError> {
    let (desk, _) = posted.allow(Right::ManageAgents)?;
    let (town, (agent, _)) = standing::<AgentRecord>(&desk).await?;
    if agent.retired(&town) {
        let back = format!("{}/{}", base::<AgentRecord>(&desk), agent.id);
        return Ok(desk.done(&back, Done::Unchanged));
    }
    give_link(&desk, agent).await
}

pub(super) async fn ask(desk: Desk) -> Result<Response, DeskError> {
    desk.require(Right::ManageAgents)?;
    let (_, (agent, _)) = standing::<AgentRecord>(&desk).await?;
    Ok(draw(&desk, StatusCode::OK, FormState::default(), agent))
}

fn draw(desk: &Desk, status: StatusCode, form: FormState, agent: AgentRecord) -> Response {
    let view = DismissalPage {
        bar: desk.bar(),
        form,
        id: agent.id.to_string(),
        name: agent.name,
        word: WORD.to_owned(),
    };
    page(status, dismissal_page(&view))
}

pub(super) async fn dismiss(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::ManageAgents)?;
    let (_, (agent, _)) = standing::<AgentRecord>(&desk).await?;
    form.word("mot", WORD);
    if form.is_flawed() {
        return Ok(draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, form, agent));
    }
    let now = desk.commune.clock.now();
    let withdrawal = Withdrawal::sign(Withdrawn::Agent, agent.id.0, now, &desk.commune.keys.signing);
    let body = Body::Withdraw {
        withdrawal: Blob(encode(&withdrawal)),
    };
    match desk.submit(None, body).await? {
        Ok(_) => Ok(desk.done(&base::<AgentRecord>(&desk), Done::Dismissed)),
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Forbidden)) => {
            form.refuse("mot", &refusal);
            Ok(draw(&desk, StatusCode::UNPROCESSABLE_ENTITY, form, agent))
        }
        Err(refusal) => Err(crate::web::WebError::Refused(refusal).into()),
    }
}
