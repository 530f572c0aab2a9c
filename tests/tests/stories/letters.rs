//! Letters to families: they leave once, through a mail server that may be down, and what came back from a loss waits
//! for a person.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;
use shared::operation::{Actor, Channel, LetterKind};
use shared::time::UtcMs;
use sync_server::clock::Clock;
use sync_server::host::{Host, Setup};
use sync_server::letters::{self, Letter};
use system_tests::clock::wait_for;
use system_tests::programs::command;
use system_tests::rows::rows;
use system_tests::tablet::text;
use system_tests::town::{MORNING, SLUG};
use system_tests::{Mail, Server, SmtpSink, Town};

use crate::bookings::Agent;
use crate::desk::Desk;

const TUESDAY: &str = "2026-11-24";
const WEDNESDAY_NOON: &str = "2026-11-25T12:00:00+01:00";

/// A family of the demo town whose guardians have an account.
struct Family {
    child: String,
    first_name: String,
    addresses: Vec<String>,
}

/// The families, one after the other: each story bothers those it needs.
fn families(town: &Town) -> Vec<Family> {
    let all = town.demo()["families"].as_array().expect("families");
    let whole = all.iter().filter(|family| {
        let site = &family["children"][0]["site"];
        site == "jules-ferry" && family["guardians"][0]["email"].is_string()
    });
    whole
        .map(|family| Family {
            child: text(&family["children"][0]["id"]).to_owned(),
            first_name: text(&family["children"][0]["first_name"]).to_owned(),
            addresses: family["guardians"]
                .as_array()
                .expect("guardians")
                .iter()
                .map(|guardian| text(&guardian["email"]).to_owned())
                .collect(),
        })
        .collect()
}

/// Has the town hall book the canteen for a child on a day without one, or cancel it.
fn change_canteen(town: &Town, server: &Server, child: &str) {
    let agent = Agent::log_in(town, &server.url());
    for deed in ["annuler", "reserver"] {
        let (sum, form) = agent.plan(child, deed, TUESDAY);
        if !sum.starts_with('0') && !sum.contains("déjà fait") {
            agent.carry_out(child, &form);
            return;
        }
    }
    panic!("nothing could be changed for {child}");
}

fn about<'m>(mails: &'m [Mail], family: &Family) -> Vec<&'m Mail> {
    let of = |mail: &&Mail| mail.subject().contains(&family.first_name);
    mails.iter().filter(of).collect()
}

/// What the desk counts under a state.
fn counted(desk: &mut Desk, state: &str) -> u64 {
    let page = desk.page("envois");
    let tab = format!("etat={state}\"");
    let (_, rest) = page.split_once(&tab).expect("a tab");
    let (_, rest) = rest.split_once("letters-count\">").expect("a number");
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}

#[test]
fn a_recap_reaches_both_guardians_once_in_text_and_html() {
    let town = Town::new();
    let mut sink = SmtpSink::start();
    let server = town.mailing_server(&sink, MORNING);
    let family = &families(&town)[0];
    change_canteen(&town, &server, &family.child);
    let many = family.addresses.len();
    let mails = sink.wait_for(many).to_vec();
    let mut to: Vec<&str> = mails
        .iter()
        .flat_map(|mail| &mail.to)
        .map(String::as_str)
        .collect();
    to.sort_unstable();
    let mut expected: Vec<&str> = family.addresses.iter().map(String::as_str).collect();
    expected.sort_unstable();
    assert_eq!(to, expected);
    let mail = &mails[0];
    assert!(mail.subject().contains("Réservations de"), "{}", mail.subject());
    assert!(
        mail.html.contains(&family.first_name) && mail.text.contains("mardi 24 novembre"),
        "{}",
        mail.text
    );
    assert_eq!(mail.path(), format!("/{SLUG}/"));
    assert!(
        mail.text.contains(&server.url()),
        "the server's own address: {}",
        mail.text
    );
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    assert!(
        mail.header("From").contains("portail@ville.example"),
        "{}",
        mail.header("From")
    );
    assert!(!mail.html.contains("<img") && !mail.html.contains("<style"));

    let mut desk = Desk::of(&town, &server, "gestionnaire");
    wait_for("the letters are noted", || {
        (counted(&mut desk, "sent") == many as u64).then_some(())
    });
    assert_eq!(counted(&mut desk, "queued"), 0);
}

#[test]
fn a_mail_server_that_is_down_for_a_day_costs_no_letter_and_doubles_none() {
    let town = Town::new();
    let mut sink = SmtpSink::start();
    sink.stop();
    let mut server = town.mailing_server(&sink, MORNING);
    let family = &families(&town)[0];
    change_canteen(&town, &server, &family.child);
    let many = family.addresses.len() as u64;
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    wait_for("the letters wait", || {
        (counted(&mut desk, "queued") == many).then_some(())
    });
    assert!(desk.page("envois?etat=queued").contains("attend depuis"));
    server.kill9();
    server.restart_at(WEDNESDAY_NOON);
    sink.start_again();
    let mails = sink.wait_for(many as usize).to_vec();
    assert_eq!(about(&mails, family).len(), many as usize);
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    wait_for("the letters are noted", || {
        (counted(&mut desk, "sent") == many).then_some(())
    });
    server.stop();
    server.restart_at(WEDNESDAY_NOON);
    // Whatever is sent later comes after all that could have been sent twice.
    let other = &families(&town)[1];
    change_canteen(&town, &server, &other.child);
    let last = sink.letter(|mail| mail.subject().contains(&other.first_name));
    assert!(last.to.iter().all(|to| other.addresses.contains(to)));
    assert_eq!(about(sink.mails(), family).len(), many as usize, "each once");
    assert_eq!(town.verify()["ok"], Value::Bool(true));
}

#[test]
fn two_processes_send_each_letter_once() {
    let town = Town::new();
    let mut sink = SmtpSink::start();
    let first = town.mailing_server(&sink, MORNING);
    let second = town.mailing_server(&sink, MORNING);
    let families = families(&town);
    let mut expected = 0;
    for (nth, family) in families.iter().take(6).enumerate() {
        let server = if nth % 2 == 0 { &first } else { &second };
        change_canteen(&town, server, &family.child);
        expected += family.addresses.len();
    }
    let ids = |mails: &[Mail]| {
        let mut ids: Vec<String> = mails
            .iter()
            .map(|mail| mail.header("Message-ID").to_owned())
            .collect();
        ids.sort_unstable();
        ids
    };
    let came = ids(sink.wait_for(expected));
    let mut desk = Desk::of(&town, &second, "gestionnaire");
    wait_for("all are noted", || {
        (counted(&mut desk, "sent") == expected as u64).then_some(())
    });
    let mut once = came.clone();
    once.dedup();
    assert_eq!(once, came, "no Message-ID twice");
    assert_eq!(sink.mails().len(), expected);
}

#[test]
fn without_a_mail_server_letters_wait_and_the_desk_says_so() {
    let town = Town::new();
    let server = town.server();
    let family = &families(&town)[0];
    change_canteen(&town, &server, &family.child);
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    let many = family.addresses.len() as u64;
    wait_for("the letters wait", || {
        (counted(&mut desk, "queued") == many).then_some(())
    });
    assert!(desk.page("envois").contains("Aucun serveur de courrier"));
    assert_eq!(Desk::of(&town, &server, "lecture").status("envois"), 403);
}

/// Queues letters as a page of the portal would.
fn queue(town: &Town, letters: Vec<Letter>) {
    let mut setup = Setup::folder(&town.data());
    if let Some(url) = town.url() {
        setup.store = url.parse().expect("an address");
    }
    let now = UtcMs::parse(MORNING).expect("an instant");
    let host = Host::open(setup, Clock::starting_at(now)).expect("a host");
    let commune = host.commune(SLUG).expect("the town");
    let by = (Actor::Host, Channel::Command);
    letters::submit_with(&commune, Vec::new(), by, letters).expect("letters that are taken");
}

fn activation(to: &str, path: &str, good_ms: i64) -> Letter {
    let now = UtcMs::parse(MORNING).expect("an instant");
    Letter::to(LetterKind::Activation, to).with_link(path, now.plus_ms(good_ms))
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[test]
fn what_the_mail_server_says_of_an_address_decides_what_becomes_of_its_letter() {
    let town = Town::new();
    let mut sink = SmtpSink::start();
    queue(
        &town,
        vec![
            activation("zoe@famille.example", "/demo/activer/BON", 7 * DAY_MS),
            activation("inconnu@famille.example", "/demo/activer/PERDU", 7 * DAY_MS),
            activation("plus-tard@famille.example", "/demo/activer/PATIENT", 7 * DAY_MS),
            activation("lent@famille.example", "/demo/activer/VIEUX", -1),
        ],
    );
    let mut server = town.mailing_server(&sink, MORNING);
    let mail = sink.letter_to("zoe@famille.example");
    assert_eq!(mail.path(), "/demo/activer/BON");
    assert!(
        mail.text.contains("lundi 30 novembre à 7\u{a0}h"),
        "{}",
        mail.text
    );
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    wait_for("all are answered for", || {
        (counted(&mut desk, "dropped") == 1).then_some(())
    });
    let states = ["sent", "bounced", "queued", "dropped"].map(|state| counted(&mut desk, state));
    assert_eq!(states, [1, 1, 1, 1]);
    let bounced = desk.page("envois?etat=bounced");
    assert!(
        bounced.contains("inconnu@famille.example") && bounced.contains("550 5.1.1"),
        "{bounced}"
    );
    assert!(
        desk.page("envois?etat=dropped")
            .contains("le lien n’était plus valable")
    );
    assert!(
        !desk
            .page("envois?etat=sent&q=personne")
            .contains("zoe@famille.example")
    );
    assert!(
        desk.page("envois?etat=sent&q=ZOÉ")
            .contains("zoe@famille.example")
    );

    server.stop();
    server.restart_at(WEDNESDAY_NOON);
    assert_eq!(
        sink.letter_to("plus-tard@famille.example").path(),
        "/demo/activer/PATIENT"
    );
    assert_eq!(sink.mails().len(), 2);
    let seen = rows(&town, "select letter from letter_secret", &[]);
    wait_for("what was carried is forgotten", || {
        rows(&town, "select letter from letter_secret", &[])
            .is_empty()
            .then_some(())
    });
    assert!(seen.len() <= 1);
    for journal in rows(
        &town,
        "select body from journal where kind = 'queue_letters'",
        &[],
    ) {
        let body = String::from_utf8_lossy(journal.bytes(0)).into_owned();
        assert!(!body.contains("activer"), "no link in the record");
    }
}

#[test]
fn a_letter_that_comes_back_later_is_noted_by_the_command() {
    let town = Town::new();
    let mut sink = SmtpSink::start();
    queue(
        &town,
        vec![activation("zoe@famille.example", "/demo/activer/BON", DAY_MS)],
    );
    let server = town.mailing_server(&sink, MORNING);
    let mail = sink.letter_to("zoe@famille.example");
    let mut desk = Desk::of(&town, &server, "gestionnaire");
    wait_for("it is noted", || (counted(&mut desk, "sent") == 1).then_some(()));
    let notification = format!(
        "From: MAILER-DAEMON@relais.example\r\nTo: portail@ville.example\r\nSubject: Undelivered\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; relais.example\r\n\r\nFinal-Recipient: rfc822; zoe@famille.example\r\nAction: failed\r\n\
         Status: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {}\r\n\r\n--b--\r\n",
        mail.header("Message-ID")
    );
    let bounce = |message: &str| {
        let mut child = command("preau-server")
            .args(town.options())
            .args(["--json", "bounce", SLUG])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a program");
        let mut stdin = child.stdin.take().expect("its stdin");
        stdin.write_all(message.as_bytes()).expect("it reads");
        drop(stdin);
        child.wait_with_output().expect("an end")
    };
    let other = bounce("From: a@b.example\r\nSubject: Bonjour\r\n\r\nMerci.\r\n");
    assert_eq!(other.status.code(), Some(2));
    assert_eq!(counted(&mut desk, "bounced"), 0);
    let said = bounce(&notification);
    assert_eq!(
        said.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&said.stderr)
    );
    assert_eq!(counted(&mut desk, "bounced"), 1);
}
