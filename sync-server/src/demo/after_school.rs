//! Where a child goes when school ends: workshops, homework hour or childcare.

use chrono::{Datelike, NaiveDate};
use shared::codec::Minute;

use super::activities::{ACTIVITIES, EVENING, STUDY, WORKSHOPS};
use super::bookings::{Booker, Booking, group};
use super::calendar::weekday_bit;
use super::dice::Dice;
use super::places::{CP, SCHOOLS};

impl Booking {
    /// After school: workshops on Friday, homework hour or childcare, one at a time.
    pub(super) fn evening(
        &mut self,
        who: &Booker<'_>,
        site: usize,
        date: NaiveDate,
        stays: bool,
        beside: Option<String>,
    ) {
        let Booker { kid, habit, .. } = who;
        let mut ways = Dice::of(self.seed, "after school", &[who.n as u64]);
        let elementary = kid.level >= CP && SCHOOLS[kid.school].is_ours();
        let (workshops, studies) = (elementary && ways.percent(12), elementary && ways.percent(55));
        let (club_day, club) = (
            1 << ways.below(5),
            ways.percent(10)
                .then(|| ways.pick(&["Judo", "Danse", "École de musique"])),
        );
        let weekday = date.weekday().num_days_from_monday() as usize;
        let collected = habit.collected[weekday.min(4)];
        let in_workshop = workshops && held(WORKSHOPS, site) && weekday == 4;
        let study_ends = Minute::new(18, 0);
        if stays && !in_workshop && studies && held(STUDY, site) && collected <= study_ends {
            let mut line = self.line(who, STUDY, site, date);
            line.group = Some(if kid.level < CP + 2 { "CP-CE1" } else { "CE2-CM2" }.into());
            line.expected_out = Some(collected.max(Minute::new(17, 30)));
            if habit.bus {
                line.expected_out = Some(study_ends);
                line.goes_to = Some("Bus ligne 2".into());
            } else if kid.leaves_alone {
                line.goes_to = Some("Domicile".into());
            }
            self.lines.push(line);
            return;
        }
        let workshop_ends = Minute::new(17, 30);
        // Those collected later go on to the evening's childcare.
        let goes_on = stays && (!in_workshop || collected > workshop_ends);
        if goes_on {
            let mut line = self.line(who, EVENING, site, date);
            line.group = Some(group(kid).into());
            line.expected_out = Some(collected);
            line.comes_from = beside;
            if in_workshop {
                line.expected_in = Some(workshop_ends);
                line.comes_from = Some(ACTIVITIES[WORKSHOPS].name.into());
            } else if habit.bus {
                line.expected_out = Some(Minute::new(17, 15));
                line.goes_to = Some("Bus ligne 2".into());
            } else if let Some(club) = club.filter(|_| club_day == weekday_bit(date)) {
                line.expected_out = Some(Minute::new(17, 0));
                line.goes_to = Some(club.into());
            }
            self.lines.push(line);
        }
        if in_workshop {
            let mut line = self.line(who, WORKSHOPS, site, date);
            line.expected_out = Some(workshop_ends);
            line.goes_to = goes_on.then(|| ACTIVITIES[EVENING].name.into());
            self.lines.push(line);
        }
    }
}

fn held(activity: usize, site: usize) -> bool {
    ACTIVITIES[activity].sites.contains(&site)
}
