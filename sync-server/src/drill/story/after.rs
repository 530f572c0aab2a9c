//! Twenty-three days without a line to the tablets, and the disk that is found on the eighth.

use chrono::NaiveDate;
use serde_json::Value;
use shared::time::UtcMs;

use super::{Story, do_work, wish};
use crate::drill::acts::Again;
use crate::drill::calendar::{at, day, said};
use crate::drill::desk::{Account, Desk};
use crate::drill::programs::{Place, Serving, free_port};
use crate::drill::tablets::{Part, Tablet};
use crate::drill::world::{each, read};
use crate::drill::{DrillError, SLUG, Sabotage, disk, facts};

/// Exchanges after which a tablet must have nothing left to hand in.
const ROUNDS: usize = 10;
/// Days without a line on which children are pointed all the same.
const ALONE: [(u32, u32); 6] = [(3, 12), (3, 15), (3, 19), (3, 24), (3, 26), (4, 1)];

impl Story<'_> {
    /// Children are pointed on tablets whose server does not answer; one of each site tries.
    pub(super) fn points_alone(&mut self, date: NaiveDate, parts: &[Part]) -> Result<usize, DrillError> {
        let mut taps = 0;
        for part in parts {
            taps += self.world.point(date, *part, self.children.div_ceil(8))?.len();
        }
        let evening = at(date, 18, 55);
        let codes = self.world.sync_all(&self.world.tablets, evening)?;
        if let Some(n) = codes.iter().position(|code| *code != 3) {
            self.problems.push(format!(
                "Le {}, la tablette {} a fini un échange sans serveur avec le code {} au lieu de 3.",
                said(date),
                self.world.tablets[n].name,
                codes[n]
            ));
        }
        Ok(taps)
    }

    /// The town hall goes on at the new address; tablets on their own.
    pub(super) fn goes_on(&mut self) -> Result<(), DrillError> {
        let mut taps = 0;
        for (month, date) in ALONE.iter().take(2) {
            taps += self.points_alone(day(*month, *date), &[Part::Noon])?;
        }
        let now = at(day(3, 15), 9, 0);
        self.world.serve(now)?;
        self.helper_desk()?.open_reservations()?;
        let mut desk = self.world.desk("gestionnaire")?;
        let after = self.acts.after.clone();
        // Where all but the last minute was shipped, nobody has to ask again.
        let again = if self.world.options.offsite {
            Again::default()
        } else {
            self.acts.again.clone()
        };
        let done = do_work(&mut desk, &after)?;
        self.world.serve(at(day(3, 17), 9, 0))?;
        let mut desk = self.world.desk("gestionnaire")?;
        for booking in again.same.iter().chain(&again.otherwise).chain(&again.last_place) {
            desk.book(&wish(booking))?;
        }
        for booking in &again.anew {
            desk.cancel(&wish(booking))?;
            desk.book(&wish(booking))?;
        }
        for household in &again.moves {
            desk.move_family(*household, "06 39 98 77 77", "autre.adresse@demo.example")?;
        }
        self.say(&format!(
            "Du 12 au 17 mars. {taps} pointages hors ligne, aucune tablette ne trouve le serveur. En mairie, les \
             réservations rouvrent : {} opérations.",
            done.len()
        ));
        let asked = again.same.len()
            + again.otherwise.len()
            + again.anew.len()
            + again.moves.len()
            + usize::from(again.last_place.is_some());
        if asked > 0 {
            self.say(&format!(
                "{asked} familles reviennent demander ce que plus personne ne sait avoir fait."
            ));
        }
        Ok(())
    }

    /// The desk of whoever helped after the loss.
    fn helper_desk(&self) -> Result<Desk, DrillError> {
        let helper = self.helper.as_ref();
        let helper = helper.ok_or_else(|| DrillError::Broken("personne n’a été aidé".into()))?;
        Desk::log_in(&self.world.address(), helper)
    }

    /// What tablets alone would bring back: in a copy of the world, which goes its own way from here.
    pub(super) fn tablets_alone(&mut self) -> Result<(), DrillError> {
        self.world.stop()?;
        let now = at(day(3, 18), 9, 0);
        let copy = self.world.path("copie");
        let place = Place {
            data: copy.join("serveur"),
            store: None,
        };
        self.copy_server(&place, now)?;
        let tablets = self
            .world
            .tablets
            .iter()
            .map(|tablet| tablet.copied(&copy.join("tablettes")));
        let tablets = tablets.collect::<Result<Vec<_>, _>>()?;
        let log = self.world.path("journaux").join("serveur-copie.log");
        let plan = Serving::on(&format!("127.0.0.1:{}", free_port()?), log);
        let server = self.world.programs.serve(&place, now, &plan)?;
        let url = server.url();
        each(&tablets, |tablet| {
            tablet.run(&self.world.programs, now, &["address", &url])?.done()
        })?;
        self.come_back(&tablets, now)?;
        let mut desk = self.desk_of_copy(&place, server.address(), now)?;
        while desk.take_back()? {}
        server.stop()?;
        let facts = read(&place, |commune| commune.store.read(facts::read))?;
        self.reseeded = facts.things;
        let back = self.before.things.iter();
        let back = back
            .filter(|(key, content)| self.reseeded.get(key) == Some(content))
            .count();
        self.say(&format!(
            "Jeudi 18 mars, dans une copie du monde : avec les seules tablettes, {back} choses d’avant sur {} seraient de \
             retour.",
            self.before.things.len()
        ));
        Ok(())
    }

    /// A copy of the server's data: the folder itself, or what a snapshot says of a database.
    fn copy_server(&self, to: &Place, now: UtcMs) -> Result<(), DrillError> {
        let from = &self.world.place;
        if from.store.is_none() {
            return disk::copy(&from.data, &to.data);
        }
        let file = self.world.path("ailleurs").join("copie.snapshot");
        let file = file.to_string_lossy();
        self.world.command(now, &["snapshot", SLUG, "--to", &file])?;
        let key = self.world.path("ailleurs").join("demo.key");
        let restore = ["restore", SLUG, "--from", &file, "--key", &key.to_string_lossy()];
        self.world.programs.server(to, now, &restore)?.done()?;
        Ok(())
    }

    /// Somebody who may take back what lists prove, in the copy.
    fn desk_of_copy(&self, place: &Place, server: &str, now: UtcMs) -> Result<Desk, DrillError> {
        let helper = self.helper.as_ref();
        let helper = helper.ok_or_else(|| DrillError::Broken("personne n’a été aidé".into()))?;
        if self.world.place.store.is_none() {
            return Desk::log_in(server, helper);
        }
        // The copy was restored, and a restore knows nobody: a new link.
        let copied = Account {
            email: format!("copie.{}", helper.email),
            ..helper.clone()
        };
        let create = [
            "agent",
            "create",
            SLUG,
            "--email",
            &copied.email,
            "--role",
            "administrateur",
        ];
        let told = self.world.programs.server(place, now, &create)?.done()?;
        Desk::activate(server, told["link"].as_str().unwrap_or_default(), &copied)
    }

    /// Tablets meet the server until none of them owes anything.
    fn come_back(&self, tablets: &[Tablet], now: UtcMs) -> Result<(), DrillError> {
        for round in 0..ROUNDS {
            let now = now.plus_ms(60_000 * (1 + i64::try_from(round).unwrap_or_default()));
            self.world.sync_all(tablets, now)?;
            let status = each(tablets, |tablet| tablet.status(&self.world.programs, now))?;
            // One more round after the last has handed in, so that all have seen it.
            if round > 0 && status.iter().all(|one| one.pending == 0 && one.returned) {
                self.world.sync_all(tablets, now.plus_ms(30_000))?;
                return Ok(());
            }
        }
        Ok(())
    }

    /// The lost disk is found, and what it holds is merged while the town hall works.
    pub(super) fn disk_is_found(&mut self) -> Result<(), DrillError> {
        let now = at(day(3, 18), 15, 0);
        self.world.serve(now)?;
        if self.world.options.without_disk {
            self.say("Jeudi 18 mars. Personne ne retrouve le disque.");
            return Ok(());
        }
        self.say(
            "Jeudi 18 mars, huit jours après. On retrouve le disque. On regarde d’abord, puis on réunit.",
        );
        let from = match &self.set_aside {
            Some(name) => name.clone(),
            None => self.disk.to_string_lossy().into_owned(),
        };
        let merge = ["merge", SLUG, "--from", from.as_str()];
        let looked = self.world.command(now, &[&merge[..], &["--dry-run"]].concat())?;
        if self.is_sabotaged(Sabotage::Merge) {
            return Ok(());
        }
        let first = self.world.command(now.plus_ms(60_000), &merge)?;
        let again = self.world.command(now.plus_ms(120_000), &merge)?;
        self.judge_merge(&looked, &first, &again);
        self.say(&format!(
            "{} opérations reprises, {} déjà là, {} à trancher, {} seulement dites. Une seconde fois : {} reprise.",
            first["applied"], first["already_there"], first["to_settle"], first["listed"], again["applied"]
        ));
        self.merge = Some((first, again));
        Ok(())
    }

    /// Every lost operation in exactly one account, what was said beforehand, and the same once only.
    fn judge_merge(&mut self, looked: &Value, first: &Value, again: &Value) {
        let number = |value: &Value, name: &str| value[name].as_u64().unwrap_or(u64::MAX);
        let names = ["applied", "already_there", "to_settle", "listed"];
        let accounted = names
            .iter()
            .map(|name| number(first, name))
            .fold(0, u64::saturating_add);
        let lost = self.burnt.len() as u64;
        let mut told = Vec::new();
        if self.world.options.damaged {
            let problems = first["problems"].as_array().map_or(0, Vec::len);
            if accounted < lost && problems == 0 {
                told.push(format!(
                    "La fusion d’un disque abîmé rend compte de {accounted} opérations sur {lost} sans dire ce qu’elle \
                     n’a pas pu lire."
                ));
            }
        } else if accounted != lost {
            told.push(format!(
                "La fusion rend compte de {accounted} opérations ; le disque en tenait {lost}."
            ));
        }
        for name in names {
            if looked[name] != first[name] {
                told.push(format!(
                    "L’essai annonçait {name} = {}, la fusion a fait {}.",
                    looked[name], first[name]
                ));
            }
        }
        if number(again, "applied") != 0 {
            told.push(format!(
                "Une seconde fusion a encore repris {} opérations.",
                again["applied"]
            ));
        }
        self.problems.extend(told);
    }

    /// On the twenty-third day tablets are told where the server is.
    pub(super) fn tablets_come_back(&mut self) -> Result<(), DrillError> {
        let mut taps = 0;
        for (month, date) in ALONE.iter().skip(2) {
            taps += self.points_alone(day(*month, *date), &[Part::Noon])?;
        }
        self.say(&format!(
            "Du 19 mars au 1er avril. {taps} pointages hors ligne encore."
        ));
        if self.is_sabotaged(Sabotage::Tablet) {
            self.spoil_a_tablet()?;
        }
        let friday = day(4, 2);
        let now = at(friday, 9, 0);
        self.world.serve(now)?;
        // Whoever opens a page has the commune opened, and with it its addresses published.
        let mut helper = self.helper_desk()?;
        let list = self
            .world
            .path("ailleurs")
            .join("hors-site")
            .join(SLUG)
            .join("addresses");
        let list = list.to_string_lossy().into_owned();
        let tablets = self.world.tablets.clone();
        let told = each(&tablets, |tablet| {
            tablet.run(&self.world.programs, now, &["address", &list])?.done()
        })?;
        if told.iter().any(|told| told["addresses"] != true) {
            self.problems
                .push("Une tablette n’a pas cru la liste d’adresses signée.".into());
        }
        self.come_back(&tablets, now)?;
        helper.confirm_all(&self.not_to_confirm())?;
        while helper.take_back()? {}
        self.come_back(&tablets, at(friday, 10, 0))?;
        self.lost_tablet_is_refused(&list, at(friday, 10, 30))?;
        self.newcomer_comes_in()?;
        self.say(
            "Vendredi 2 avril, vingt-trois jours après. Les tablettes reçoivent la liste signée des adresses et rendent ce \
             qu’elles tiennent, jusqu’à ne plus rien devoir.",
        );
        self.world.stop()
    }

    /// Somebody deletes what a tablet holds alone.
    fn spoil_a_tablet(&mut self) -> Result<(), DrillError> {
        let n = self
            .world
            .tablets
            .iter()
            .position(|tablet| tablet.site == super::before::CUT_OFF);
        if let Some(n) = n {
            let tablet = self.world.tablets.remove(n);
            disk::take_away(&tablet.home, &self.world.path("tablette-sabotee"))?;
        }
        Ok(())
    }

    /// A right that was taken away on the lost day stays so.
    fn lost_tablet_is_refused(&mut self, list: &str, now: UtcMs) -> Result<(), DrillError> {
        let Some(lost) = self.world.withdrawn.clone() else {
            return Ok(());
        };
        lost.run(&self.world.programs, now, &["address", list])?;
        let code = lost.sync(&self.world.programs, now)?;
        if code != 2 {
            self.problems.push(format!(
                "La tablette perdue, dont le droit était retiré le jour de l’incendie, n’est pas refusée (code {code})."
            ));
        }
        Ok(())
    }

    /// Whoever became an agent on the lost day logs in, where anything still knew of it.
    fn newcomer_comes_in(&mut self) -> Result<(), DrillError> {
        let knows = !self.world.options.without_disk || self.world.options.offsite;
        if let (true, Some(account)) = (knows && !self.world.options.damaged, &self.newcomer)
            && !self.is_sabotaged(Sabotage::Merge)
            && !Desk::can_log_in(&self.world.address(), account)?
        {
            self.problems.push(format!(
                "L’agent {} , ajouté le jour de l’incendie, ne peut plus se connecter avec son mot de passe.",
                account.email
            ));
        }
        Ok(())
    }
}
