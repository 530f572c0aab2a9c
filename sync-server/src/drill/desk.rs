//! An agent of the town hall, over HTTP with scripts off: pages are read, their forms filled in and sent.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;
use shared::ids::{ActivityId, ChildId, DeviceId, HouseholdId};

use super::forms::{Form, forms};
use super::http::{Browser, Page};
use super::{DrillError, SLUG, disk};

/// Who may log in, as `demo.json` has it.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// The login.
    pub(super) email: String,
    /// The password.
    pub(super) password: String,
}

impl Account {
    /// The first of a role.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when there is none.
    pub(super) fn of_role(demo: &Value, role: &str) -> Result<Self, DrillError> {
        let mut agents = demo["agents"].as_array().into_iter().flatten();
        let found = agents.find(|agent| agent["role"] == role);
        let text = |name: &str| found.and_then(|agent| agent[name].as_str()).map(str::to_owned);
        let (Some(email), Some(password)) = (text("email"), text("password")) else {
            return Err(DrillError::Broken(format!("demo.json n’a pas de {role}")));
        };
        Ok(Self { email, password })
    }
}

/// Reads `demo.json`.
///
/// # Errors
/// [`DrillError::Broken`] when it is not there.
pub(super) fn manifest(data: &Path) -> Result<Value, DrillError> {
    let bytes = disk::read(&data.join("demo.json"))?;
    serde_json::from_slice(&bytes).map_err(|e| DrillError::Broken(format!("demo.json : {e}")))
}

/// What is asked for on a page of reservations.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish<'w> {
    /// For whom.
    pub(super) child: ChildId,
    /// `cantine/repas`, or `garderie-soir`.
    pub(super) what: &'w str,
    /// When.
    pub(super) date: NaiveDate,
}

/// An agent who is logged in.
pub(super) struct Desk {
    browser: Browser,
}

fn at(path: &str) -> String {
    format!("/{SLUG}/gestion{path}")
}

/// The form of a page that goes there.
fn form_to(page: &Page, action: &str) -> Result<Form, DrillError> {
    let found = forms(&page.html).into_iter().find(|form| form.action == action);
    found.ok_or_else(|| {
        DrillError::Broken(format!(
            "la page (réponse {}) n’a pas de formulaire vers {action} : {}",
            page.status,
            said_on(page)
        ))
    })
}

/// What a page says in its title, for whoever wonders what went wrong.
fn said_on(page: &Page) -> String {
    let heading = page
        .html
        .split_once("<h1")
        .and_then(|(_, rest)| rest.split_once('>'));
    let heading = heading.map_or("", |(_, rest)| rest.split("</h1").next().unwrap_or_default());
    let flaws = page
        .html
        .split("class=\"flaw\"")
        .skip(1)
        .filter_map(|rest| rest.split_once('>'));
    let flaws: Vec<&str> = flaws
        .map(|(_, rest)| rest.split('<').next().unwrap_or_default())
        .collect();
    format!("« {} » {}", heading.trim(), flaws.join(" "))
}

impl Desk {
    /// Logs in.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the door stays shut.
    pub(super) fn log_in(server: &str, account: &Account) -> Result<Self, DrillError> {
        let mut browser = Browser::new(server);
        let path = at("/connexion");
        let page = browser.get(&path)?;
        let form = form_to(&page, &path)?
            .fill("email", &account.email)
            .fill("mot_de_passe", &account.password);
        let mut desk = Self { browser };
        desk.send(&path, &form)?;
        Ok(desk)
    }

    /// Whether somebody can log in.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when there is no answer.
    pub(super) fn can_log_in(server: &str, account: &Account) -> Result<bool, DrillError> {
        let mut browser = Browser::new(server);
        let path = at("/connexion");
        let page = browser.get(&path)?;
        let form = form_to(&page, &path)?
            .fill("email", &account.email)
            .fill("mot_de_passe", &account.password);
        Ok(browser.post(&path, &form.fields)?.status == 303)
    }

    /// Chooses a password with a one-time link, and logs in.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the link is not taken.
    pub(super) fn activate(server: &str, link: &str, account: &Account) -> Result<Self, DrillError> {
        let mut browser = Browser::new(server);
        let page = browser.get(link)?;
        let found = forms(&page.html)
            .into_iter()
            .find(|form| form.value("encore").is_some());
        let form = found
            .ok_or_else(|| DrillError::Broken(format!("le lien n’ouvre rien : {}", said_on(&page))))?
            .fill("mot_de_passe", &account.password)
            .fill("encore", &account.password);
        let action = if form.action.is_empty() {
            link
        } else {
            &form.action
        };
        let mut newcomer = Self { browser };
        newcomer.send(action, &form)?;
        Self::log_in(server, account)
    }

    /// A page that must be there.
    fn page(&mut self, path: &str) -> Result<Page, DrillError> {
        let page = self.browser.get(path)?;
        if page.status == 200 {
            return Ok(page);
        }
        Err(DrillError::Broken(format!(
            "la page {path} répond {} : {}",
            page.status,
            said_on(&page)
        )))
    }

    /// Sends a form that must be taken.
    fn send(&mut self, action: &str, form: &Form) -> Result<(), DrillError> {
        let page = self.browser.post(action, &form.fields)?;
        if page.status == 303 {
            return Ok(());
        }
        Err(DrillError::Broken(format!(
            "le formulaire {action} est refusé ({}) : {}",
            page.status,
            said_on(&page)
        )))
    }

    fn reservations(&mut self, wish: &Wish<'_>, deed: &str, replacing: bool) -> Result<(), DrillError> {
        let path = at(&format!("/reservations/enfant/{}", wish.child));
        let date = wish.date.to_string();
        let page = self.page(&format!("{path}?vue=periode&date={date}"))?;
        let mut form = form_to(&page, &path)?
            .fill("vue", "periode")
            .fill("acte", deed)
            .fill("du", &date)
            .fill("au", &date)
            .fill("quoi", wish.what)
            .fill("geste", "apercu");
        form.fields
            .retain(|(name, _)| name != "jours" && name != "remplacer");
        for weekday in 0..7 {
            form = form.and("jours", &weekday.to_string());
        }
        if replacing {
            form = form.fill("remplacer", "oui");
        }
        let preview = self.browser.post(&path, &form.fields)?;
        let form = form_to(&preview, &path)?.fill("geste", "faire");
        self.send(&path, &form)
    }

    /// Makes a reservation.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when it is not taken.
    pub(super) fn book(&mut self, wish: &Wish<'_>) -> Result<(), DrillError> {
        self.reservations(wish, "reserver", false)
    }

    /// Cancels one.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when it is not taken.
    pub(super) fn cancel(&mut self, wish: &Wish<'_>) -> Result<(), DrillError> {
        self.reservations(wish, "annuler", false)
    }

    /// A family can be reached elsewhere from now on: the first guardian's telephone and e-mail change.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the form is not taken.
    pub(super) fn move_family(
        &mut self,
        household: HouseholdId,
        phone: &str,
        email: &str,
    ) -> Result<(), DrillError> {
        let path = at(&format!("/foyers/{household}"));
        let page = self.page(&path)?;
        let form = form_to(&page, &path)?
            .fill("resp-telephone-0", phone)
            .fill("resp-courriel-0", email);
        self.send(&path, &form)
    }

    /// An activity has so many places from now on.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the form is not taken.
    pub(super) fn limit(&mut self, activity: ActivityId, places: usize) -> Result<(), DrillError> {
        let path = at(&format!("/reglages/activites/{activity}"));
        let page = self.page(&path)?;
        let form = form_to(&page, &path)?.fill("places", &places.to_string());
        self.send(&path, &form)
    }

    /// A tablet's right is taken away.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the form is not taken.
    pub(super) fn withdraw(&mut self, tablet: DeviceId) -> Result<(), DrillError> {
        let path = at(&format!("/tablettes/{tablet}/retirer"));
        let page = self.page(&path)?;
        let form = form_to(&page, &path)?.fill("mot", "RETIRER");
        self.send(&path, &form)
    }

    /// After a loss: vouches for everybody the page asks about, but for these.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when a form is not taken.
    pub(super) fn confirm_all(&mut self, but: &[String]) -> Result<usize, DrillError> {
        let (path, action) = (at(RECOVERY), at(&format!("{RECOVERY}/confirmer")));
        let page = self.page(&path)?;
        let asked = forms(&page.html).into_iter().filter(|form| form.action == action);
        let asked = asked.filter(|form| {
            let subject = form.value("sujet").unwrap_or_default();
            !but.iter().any(|one| one == subject)
        });
        let asked: Vec<Form> = asked.collect();
        for form in &asked {
            self.send(&action, form)?;
        }
        Ok(asked.len())
    }

    /// After a loss: opens reservations again.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the form is not taken.
    pub(super) fn open_reservations(&mut self) -> Result<(), DrillError> {
        let page = self.page(&at(RECOVERY))?;
        let all = forms(&page.html).into_iter();
        let mut asked = all.filter(|form| form.value("etat_reservation").is_some());
        let form = asked
            .next()
            .ok_or_else(|| DrillError::Broken("la page du retour n’ouvre pas les réservations".into()))?
            .fill("etat_reservation", "open");
        self.send(&form.action.clone(), &form)
    }

    /// After a loss: takes back every reservation that signed lists prove; answers whether there was any.
    ///
    /// # Errors
    /// [`DrillError::Broken`] when the form is not taken.
    pub(super) fn take_back(&mut self) -> Result<bool, DrillError> {
        let (path, action) = (at(RECOVERY), at(&format!("{RECOVERY}/propositions")));
        let page = self.page(&path)?;
        // Where nothing is proven there is no button for all of it.
        if !page.html.contains("value=\"tout\"") {
            return Ok(false);
        }
        let form = form_to(&page, &action)?.fill("geste", "tout");
        self.send(&action, &form)?;
        Ok(true)
    }
}

/// The page of a return from a loss.
const RECOVERY: &str = "/retour-apres-incident";
