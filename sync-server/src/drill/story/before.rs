//! The town before the fire: founded, used, backed up at night, used for a day more.

use serde_json::Value;
use shared::ids::DeviceId;
use shared::time::UtcMs;
use shared::withdrawal::Withdrawn;
use uuid::Uuid;

use super::{Story, do_work};
use crate::drill::acts::choose;
use crate::drill::calendar::{at, day, said};
use crate::drill::desk::{Account, Desk, manifest};
use crate::drill::facts::Key;
use crate::drill::tablets::{Part, Tablet};
use crate::drill::{DrillError, SLUG, disk};

/// Sites that have two tablets.
const TWO: [&str; 3] = ["jules-ferry", "jean-moulin", "marie-curie"];
/// Where a tablet is lost on the last day.
pub(super) const LOST_AT: &str = "marie-curie";
/// Where the line is down on the last evening.
pub(super) const CUT_OFF: &str = "les-tilleuls";

impl Story<'_> {
    /// A town, its tablets, and the number of places on Wednesdays.
    pub(super) fn is_founded(&mut self) -> Result<(), DrillError> {
        let friday = day(3, 5);
        self.say("Vendredi 5 mars 2021. La ville est créée ; sa clé est copiée ailleurs.");
        self.refuse_used_database(at(friday, 6, 0))?;
        let create = [
            "commune",
            "create",
            SLUG,
            "--name",
            "Ville de Démonstration",
            "--demo",
        ];
        self.world.command(at(friday, 6, 0), &create)?;
        self.world.demo = manifest(&self.world.place.data)?;
        let key = self.world.path("ailleurs").join("demo.key");
        self.world.command(
            at(friday, 6, 1),
            &["key", "export", SLUG, "--file", &key.to_string_lossy()],
        )?;
        if self.world.options.offsite {
            let offsite = self.world.path("ailleurs").join("hors-site");
            disk::make(&offsite)?;
            self.world.offsite = Some(offsite);
        }
        self.founding = self.world.facts()?;
        self.acts = choose(&self.founding, (self.children / 20).clamp(2, 20));
        self.world.published = true;
        self.world.serve(at(friday, 7, 0))?;
        if let Some((activity, places)) = self.acts.limited {
            self.world.desk("administrateur")?.limit(activity, places)?;
        }
        self.enrol_all(at(friday, 7, 5))
    }

    /// Another's database is not played with.
    fn refuse_used_database(&self, now: UtcMs) -> Result<(), DrillError> {
        if self.world.place.store.is_none() {
            return Ok(());
        }
        let communes = self.world.command(now, &["commune", "list"])?;
        if communes.as_array().is_some_and(Vec::is_empty) {
            return Ok(());
        }
        Err(DrillError::Refused(
            "Cette base tient déjà des collectivités : l’exercice brûle tout, donnez-lui une base vide."
                .into(),
        ))
    }

    fn enrol_all(&mut self, now: UtcMs) -> Result<(), DrillError> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let codes = self.world.demo["tablet_codes"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let mut wanted = Vec::new();
        for code in &codes {
            let (site, code) = (text(&code["site"]), text(&code["code"]));
            let there = wanted.iter().filter(|(_, other, _)| *other == site).count();
            let most = if TWO.contains(&site.as_str()) { 2 } else { 1 };
            if there < most {
                wanted.push((there, site, code));
            }
        }
        for (n, site, code) in wanted {
            let of = if TWO.contains(&site.as_str()) { 2 } else { 1 };
            let tablet = self.enrol(&site, (n, of), &code, now)?;
            self.world.tablets.push(tablet);
        }
        Ok(())
    }

    fn enrol(
        &mut self,
        site: &str,
        (n, of): (usize, usize),
        code: &str,
        now: UtcMs,
    ) -> Result<Tablet, DrillError> {
        let name = format!("{site}-{}", n + 1);
        let new = Tablet {
            home: self.world.path("tablettes").join(&name),
            name,
            site: site.to_owned(),
            device: DeviceId(Uuid::nil()),
            turn: (n, of),
        };
        let tablet = Tablet::enrol(&self.world.programs, new, now, (&self.world.url(), code))?;
        self.did([Key::Tablet(tablet.device)]);
        Ok(tablet)
    }

    /// Part of a day: children are pointed, then whoever has a line meets the server.
    fn part(
        &mut self,
        date: chrono::NaiveDate,
        part: Part,
        children: usize,
        cut_off: &[&str],
    ) -> Result<usize, DrillError> {
        let tapped = self.world.point(date, part, children)?;
        let count = tapped.len();
        self.did(tapped);
        self.world.serve(part.over(date))?;
        self.world.meet(part.over(date), cut_off)?;
        Ok(count)
    }

    /// The day that the backup has, and its night.
    pub(super) fn eve(&mut self) -> Result<(), DrillError> {
        let monday = day(3, 8);
        self.world.serve(at(monday, 7, 0))?;
        self.world.meet(at(monday, 7, 5), &[])?;
        let mut taps = 0;
        for part in Part::ALL {
            taps += self.part(monday, part, self.children.div_ceil(3), &[])?;
        }
        let mut desk = self.world.desk("gestionnaire")?;
        let work = self.acts.eve.clone();
        let done = do_work(&mut desk, &work)?;
        self.say(&format!(
            "{} mars. Une journée ordinaire : {taps} pointages, {} réservations, annulations et fiches en mairie.",
            "Lundi 8",
            done.len()
        ));
        self.did(done);
        let night = at(day(3, 9), 2, 0);
        self.world.serve(night)?;
        let backup = self.world.path("ailleurs").join("demo-2021-03-09.snapshot");
        if self.world.offsite.is_some() {
            self.say("La nuit, 2 h 00. Le serveur expédie au fil de l’eau ce qui s’écrit, ailleurs.");
        } else {
            self.say("La nuit, 2 h 00. La sauvegarde de la nuit part ailleurs : c’est elle qui restera.");
        }
        self.world
            .command(night, &["snapshot", SLUG, "--to", &backup.to_string_lossy()])?;
        Ok(())
    }

    /// The day that burns.
    pub(super) fn last_day(&mut self) -> Result<(), DrillError> {
        let tuesday = day(3, 9);
        self.world.serve(at(tuesday, 7, 0))?;
        self.world.meet(at(tuesday, 7, 5), &[])?;
        let mut taps = self.part(tuesday, Part::Morning, self.children, &[])?;
        let work = self.acts.last.clone();
        let mut desk = self.world.desk("gestionnaire")?;
        let done = do_work(&mut desk, &work)?;
        self.say(&format!(
            "Mardi 9 mars. En mairie : {} réservations, {} annulations, {} familles joignables autrement.",
            work.books.len(),
            work.cancels.len(),
            work.moves.len()
        ));
        self.did(done);
        taps += self.part(tuesday, Part::Noon, self.children, &[])?;
        self.newcomers(at(tuesday, 14, 0))?;
        taps += self.part(tuesday, Part::Evening, self.children, &[CUT_OFF])?;
        self.say(&format!(
            "{taps} pointages sur {} tablettes ; depuis 16 h, aux Tilleuls, la ligne est coupée : ce qu’on y pointe reste \
             sur place.",
            self.world.tablets.len()
        ));
        Ok(())
    }

    /// A tablet more, an agent more, and a tablet that was lost on the way.
    fn newcomers(&mut self, now: UtcMs) -> Result<(), DrillError> {
        let told = self.world.command(now, &["enrol", SLUG, "--site", CUT_OFF])?;
        let code = told["code"].as_str().unwrap_or_default().to_owned();
        for tablet in self.world.tablets.iter_mut().filter(|t| t.site == CUT_OFF) {
            tablet.turn = (0, 2);
        }
        let tablet = self.enrol(CUT_OFF, (1, 2), &code, now)?;
        self.world.tablets.push(tablet);

        let account = Account {
            email: "camille.nouvelle@demo.example".into(),
            password: "cartable-verger-lampe-31".into(),
        };
        let create = [
            "agent",
            "create",
            SLUG,
            "--email",
            &account.email,
            "--role",
            "gestionnaire",
        ];
        let told = self.world.command(now, &create)?;
        let link = told["link"].as_str().unwrap_or_default();
        Desk::activate(&self.world.address(), link, &account)?;
        let agent = told["agent"].as_str().unwrap_or_default().parse();
        self.did(agent.ok().map(|id| Key::Agent(shared::ids::AgentId(id))));
        self.newcomer = Some(account);

        let lost = self
            .world
            .tablets
            .iter()
            .position(|t| t.site == LOST_AT && t.turn.0 == 1);
        let lost = lost.ok_or_else(|| DrillError::Broken("aucune tablette à perdre".into()))?;
        let lost = self.world.tablets.remove(lost);
        for tablet in self.world.tablets.iter_mut().filter(|t| t.site == LOST_AT) {
            tablet.turn = (0, 1);
        }
        self.world.desk("administrateur")?.withdraw(lost.device)?;
        self.did([Key::Withdrawal(Withdrawn::Device, lost.device.0.into())]);
        self.say(&format!(
            "{} : une tablette de plus aux Tilleuls, un agent de plus ; la tablette {} est perdue dans le bus, son droit \
             lui est retiré.",
            said(now.date_in(crate::drill::calendar::ZONE)),
            lost.name
        ));
        self.world.withdrawn = Some(lost);
        Ok(())
    }
}
