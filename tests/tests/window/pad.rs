//! The tablet as a person holds it: its window, and what stands in it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use system_tests::clock::wait_for;
use system_tests::tablet::text;
use system_tests::{Browser, Screen, Tablet, Town, programs};

/// The site whose children are pointed.
pub(crate) const SITE: &str = "jules-ferry";
/// The list that is pointed: arrivals and departures.
pub(crate) const ACTIVITY: &str = "garderie-soir";
/// Monday, when school is out.
pub(crate) const EVENING: &str = "2026-11-23T16:35:00+01:00";

/// A tablet in somebody's hands.
pub(crate) struct Pad {
    pub(crate) window: Browser,
}

/// Something of the window, by its hook.
pub(crate) fn hook(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}

/// The same of a child's row.
pub(crate) fn of(part: &str, child: &str) -> String {
    hook(&format!("{part}-{child}"))
}

/// Somebody of the staff.
pub(crate) struct Colleague {
    pub(crate) name: String,
    pub(crate) pin: String,
}

/// The first of the staff of [`SITE`] in that role.
pub(crate) fn colleague(town: &Town, role: &str) -> Colleague {
    let staff = town.demo()["staff"].as_array().expect("staff");
    let here = |person: &&Value| {
        let site = text(&person["site"]);
        person["role"] == role && (site == SITE || site.is_empty())
    };
    let found = staff.iter().find(here);
    let found = found.unwrap_or_else(|| panic!("nobody is {role} at {SITE}"));
    Colleague {
        name: text(&found["name"]).to_owned(),
        pin: text(&found["pin"]).to_owned(),
    }
}

/// A list of texts that a script answered.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().expect("a list");
    list.iter().map(|one| text(one).to_owned()).collect()
}

/// A row as it is read: the word of its state, and the time or the reason below.
pub(crate) type Rows = BTreeMap<String, (String, String)>;

impl Pad {
    /// Switches the tablet on.
    pub(crate) fn on(town: &Town, screen: &Screen, now: &str) -> Self {
        Self {
            window: Browser::tablet(screen, &town.place("pad"), now),
        }
    }

    /// Switches a new tablet on, associates it with the site and says who holds it.
    pub(crate) fn enrolled(town: &Town, screen: &Screen, server: &str) -> Self {
        let pad = Self::on(town, screen, EVENING);
        pad.enrol(server, &town.code(&[SITE]));
        pad.enter(&colleague(town, "animateur"));
        pad.show_list();
        pad.wait_online();
        pad
    }

    /// Says who holds the tablet.
    #[track_caller]
    pub(crate) fn enter(&self, who: &Colleague) {
        self.touch_name(who);
        self.type_pin(&who.pin);
        self.window.wait(".day:not([hidden]) .bar:not([hidden])");
    }

    /// Touches a name on the screen that asks who points.
    #[track_caller]
    pub(crate) fn touch_name(&self, who: &Colleague) {
        let script = "return [...document.querySelectorAll('.person')]
            .find(person => person.querySelector('.person-name').textContent === arguments[0])?.dataset.testid";
        let found = wait_for(&format!("{} among the staff", who.name), || {
            let found = self.window.look(script, &[json!(who.name)])?;
            found.as_str().map(hook)
        });
        self.window.click(&found);
        wait_for("the name that is chosen", || {
            (self.window.attribute(&found, "aria-pressed").as_deref() == Some("true")).then_some(())
        });
    }

    /// Types a PIN with the keys of the screen.
    #[track_caller]
    pub(crate) fn type_pin(&self, pin: &str) {
        for digit in pin.chars() {
            self.window.click(&hook(&format!("key-{digit}")));
        }
        self.window.click(&hook("key-ok"));
    }

    /// Shows an activity's list, wherever the tablet stands.
    #[track_caller]
    pub(crate) fn show(&self, activity: &str) {
        let tab = hook(&format!("tab-{activity}"));
        self.window.click(&tab);
        wait_for(&format!("the list of {activity}"), || {
            let current = self.window.attribute(&tab, "aria-current");
            let loading = self.window.attribute(".rows", "aria-busy");
            (current.as_deref() == Some("true") && loading.as_deref() == Some("false")).then_some(())
        });
    }

    /// Names of the rows that are to be seen, in their order: « NOM Prénom ».
    pub(crate) fn names(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('.row:not([hidden])')].map(row =>
            row.querySelector('.last').textContent + ' ' + row.querySelector('.first').textContent)";
        texts(&self.window.read(script, &[]))
    }

    /// The children of the rows that are to be seen, in their order.
    pub(crate) fn shown(&self) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll('.row:not([hidden])')].map(row => row.dataset.child)";
        texts(&self.window.read(script, &[]))
    }

    /// The same tablet once its window is closed, by command line.
    pub(crate) fn off(self, town: &Town) -> Tablet {
        drop(self);
        let mut tablet = town.blank_tablet("pad");
        tablet.clock(EVENING);
        tablet
    }

    /// Types an address and a code, and sends them.
    pub(crate) fn enrol(&self, server: &str, code: &str) {
        self.window.fill(&hook("enrol-server"), server);
        self.window.fill(&hook("enrol-code"), code);
        self.window.click(&hook("enrol-submit"));
    }

    /// Shows the list of [`ACTIVITY`].
    pub(crate) fn show_list(&self) {
        self.show(ACTIVITY);
    }

    /// The children of the list in a state, in the order of the screen.
    pub(crate) fn children(&self, state: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll('.row[data-state=' + arguments[0] + ']')]
            .map(row => row.dataset.child)";
        texts(&self.window.read(script, &[state.into()]))
    }

    /// Every row of the list as it is read.
    pub(crate) fn rows(&self) -> Rows {
        let script = "return [...document.querySelectorAll('.row')].map(row => [
            row.dataset.child,
            row.dataset.state,
            row.querySelector('.state .detail').textContent])";
        let all = self.window.read(script, &[]);
        let line = |row: &Value| {
            (
                text(&row[0]).to_owned(),
                (text(&row[1]).to_owned(), text(&row[2]).to_owned()),
            )
        };
        all.as_array().expect("a list").iter().map(line).collect()
    }

    /// Shows a part of the list.
    pub(crate) fn filter(&self, part: &str) {
        self.window.click(&hook(&format!("filter-{part}")));
    }

    /// Touches a row and waits for what it says then.
    #[track_caller]
    pub(crate) fn tap(&self, child: &str, then: &str) {
        self.at_rest(child);
        self.window.click(&of("row-main", child));
        self.wait_state(child, then);
    }

    /// Waits until a row takes touches.
    #[track_caller]
    pub(crate) fn at_rest(&self, child: &str) {
        let rested = format!("{}:not([data-busy])", of("row", child));
        self.window.wait(&rested);
    }

    /// Waits until a row says so, for good.
    #[track_caller]
    pub(crate) fn wait_state(&self, child: &str, state: &str) {
        let said = format!("{}[data-state={state}]:not([data-pending])", of("row", child));
        self.window.wait(&said);
    }

    /// What is said of the line to the server.
    pub(crate) fn link(&self) -> String {
        self.window.words(&hook("link-state"))
    }

    /// Waits until the server is reached and nothing waits for it.
    #[track_caller]
    pub(crate) fn wait_online(&self) {
        self.window.wait_words(
            &format!("{}[data-online=true]", hook("link-state")),
            "En ligne, dernier échange",
        );
    }

    /// Waits until it is known that the server is gone.
    #[track_caller]
    pub(crate) fn wait_offline(&self) {
        self.window
            .wait(&format!("{}[data-online=false]", hook("link-state")));
    }

    /// Notes from now on every look a row has.
    pub(crate) fn watch(&self, child: &str) {
        let script = "const row = document.querySelector(arguments[0]);
            window.looks = [];
            const look = () => window.looks.push([row.dataset.pending ?? '', row.dataset.state]);
            new MutationObserver(look).observe(row, {attributes: true, attributeFilter: ['data-pending', 'data-state']})";
        self.window.read(script, &[json!(of("row", child))]);
    }

    /// The looks noted.
    pub(crate) fn looks(&self) -> Value {
        self.window.read("return window.looks", &[])
    }

    /// The battery is pulled out.
    pub(crate) fn kill9(self) {
        self.window.kill9(&programs::find("preau-tablet-app"));
    }
}
