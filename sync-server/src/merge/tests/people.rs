use shared::codec::Hash32;
use shared::ids::{AgentId, StaffId};
use shared::operation::{Body, Fate, Role};

use super::ground::{START, Town, agent, id, one};
use crate::store::Value;

const PHC: &str = "$argon2id$v=19$m=8192,t=2,p=1$c2FsdHNhbHQ$aGFzaA";

fn link(n: u128, token: u8) -> Body {
    Body::IssueAgentLink {
        agent: AgentId(id(70 + n)),
        token: Hash32([token; 32]),
        expires_at: START.plus_ms(86_400_000),
    }
}

fn password(n: u128, token: u8) -> Body {
    Body::SetAgentPassword {
        agent: AgentId(id(70 + n)),
        phc: format!("{PHC}{token}"),
        token: Some(Hash32([token; 32])),
    }
}

#[test]
fn an_agent_made_on_the_lost_line_may_log_in_here() {
    let lost = Town::new();
    let live = lost.cut();
    lost.does(agent(2, "Dominique", Role::Gestionnaire));
    lost.does(link(2, 1));
    lost.does(password(2, 1));
    let report = live.merges(&lost.lost());
    assert_eq!((report.applied, report.listed), (2, 1));
    let phc = one(
        &live,
        "select phc from agent where email = 'agent2@ville.example'",
    );
    assert_eq!(phc, Value::Text(format!("{PHC}1")));
    assert_eq!(live.number("select count(*) from agent_link"), 0);
}

#[test]
fn a_password_chosen_on_both_lines_stays_that_of_today() {
    let lost = Town::new();
    let live = lost.cut();
    for (town, token) in [(&lost, 1), (&live, 2)] {
        town.does(link(1, token));
        town.does(password(1, token));
    }
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 1);
    let open = live.open();
    assert_eq!(open[0].title, "Mot de passe de Camille");
    assert!(!format!("{open:?}").contains("argon2id"), "no secret is shown");
    assert_eq!(
        one(&live, "select phc from agent"),
        Value::Text(format!("{PHC}2"))
    );
}

#[test]
fn two_agents_of_one_address_wait_for_a_person() {
    let lost = Town::new();
    let live = lost.cut();
    let as_agent = |n: u128| {
        let Body::PutAgent { mut agent } = agent(2, "Dominique", Role::Gestionnaire) else {
            unreachable!("an agent")
        };
        agent.id = AgentId(id(n));
        Body::PutAgent { agent }
    };
    lost.does(as_agent(770));
    lost.does(Body::SetAgentPassword {
        agent: AgentId(id(770)),
        phc: PHC.into(),
        token: None,
    });
    live.does(as_agent(771));
    let report = live.merges(&lost.lost());
    assert_eq!(report.to_settle, 2);
    assert_eq!(report.lines[1].fate, Fate::ToSettle);
}

#[test]
fn a_pin_is_merged_where_nobody_chose_another() {
    let lost = Town::new();
    let live = lost.cut();
    let pin = |phc: &str| Body::SetStaffPin {
        staff: StaffId(id(81)),
        phc: Some(phc.into()),
    };
    lost.does(pin(PHC));
    assert_eq!(live.merges(&lost.lost()).applied, 1);
    assert_eq!(one(&live, "select pin from staff"), Value::Text(PHC.into()));
    lost.does(pin("$argon2id$autre"));
    live.does(pin("$argon2id$ici"));
    assert_eq!(live.merges(&lost.lost()).to_settle, 1);
}
