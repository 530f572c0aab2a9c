//! Both sides of reservations.

use shared::operation::{Ask, Body, Decided, ReservationLine, TakenBack};

use super::{Both, Field, People, clock, facts, said, some};
use crate::merge::subjects::Booking;
use crate::merge::view::booking;
use crate::store::StoreError;

impl People<'_> {
    pub(super) fn of_bookings(&mut self, body: &Body) -> Result<Both, StoreError> {
        let mut fields = Vec::new();
        let mut first = None;
        let title = match body {
            Body::Reserve { lines } => {
                for line in lines {
                    fields.push(self.of_line(line)?);
                }
                return Ok((self.title(lines.first().map(Booking::of), lines.len())?, fields));
            }
            Body::CancelReservations { reservations } => {
                for id in reservations {
                    let Some(of) = booking(self.tx, *id)? else {
                        continue;
                    };
                    first.get_or_insert(of);
                    fields.push(self.of_cancel(&of)?);
                }
                self.title(first, reservations.len())?
            }
            Body::TakeBackReservations { lines } => {
                for line in lines {
                    match line {
                        TakenBack::Made { line, .. } | TakenBack::Changed { line, .. } => {
                            fields.push(self.of_line(line)?);
                        }
                        TakenBack::Cancelled { reservation, .. } => {
                            if let Some(of) = booking(self.tx, *reservation)? {
                                fields.push(self.of_cancel(&of)?);
                            }
                        }
                    }
                }
                format!("{} réservations retrouvées sur des listes", lines.len())
            }
            Body::Book { booking: made } => {
                for line in &made.lines {
                    match (&line.ask, &line.decided) {
                        (_, Decided::Refused { .. }) => {}
                        (Ask::Add { line, .. }, _) => {
                            first.get_or_insert(Booking::of(line));
                            fields.push(self.of_line(line)?);
                        }
                        (Ask::Cancel { reservation }, _) => {
                            if let Some(of) = booking(self.tx, *reservation)? {
                                first.get_or_insert(of);
                                fields.push(self.of_cancel(&of)?);
                            }
                        }
                    }
                }
                self.title(first, fields.len())?
            }
            _ => "Réservations".into(),
        };
        Ok((title, fields))
    }

    fn title(&mut self, first: Option<Booking>, lines: usize) -> Result<String, StoreError> {
        Ok(match first {
            Some(of) if lines == 1 => self.of_booking(&of)?,
            Some(_) => format!("{lines} réservations"),
            None => "Réservations inconnues ici".into(),
        })
    }

    fn of_booking(&mut self, of: &Booking) -> Result<String, StoreError> {
        Ok(format!(
            "{}, {}, {}, {}",
            self.child(of.child)?,
            self.name(of.activity.0),
            self.name(of.site.0),
            said(of.date)
        ))
    }

    fn of_line(&mut self, line: &ReservationLine) -> Result<Field, StoreError> {
        let of = Booking::of(line);
        let here = facts::standing(self.tx, &of)?;
        Ok(Field {
            name: self.of_booking(&of)?,
            found: Some(self.how(line)),
            here: here.map(|here| self.how(&here.line)),
        })
    }

    fn of_cancel(&mut self, of: &Booking) -> Result<Field, StoreError> {
        let here = facts::standing(self.tx, of)?;
        Ok(Field {
            name: self.of_booking(of)?,
            found: some("annulée"),
            here: here.map(|here| self.how(&here.line)),
        })
    }

    /// How a reservation is taken.
    fn how(&self, line: &ReservationLine) -> String {
        let mut all = vec!["réservée".to_owned()];
        all.extend(line.formula.map(|formula| self.name(formula.0)));
        all.extend(line.group.as_ref().map(|group| format!("groupe {group}")));
        all.extend(line.sitting.map(|sitting| format!("service {sitting}")));
        all.extend(line.table.as_ref().map(|table| format!("table {table}")));
        all.extend(line.expected_in.map(|at| format!("dès {}", clock(at))));
        all.extend(line.expected_out.map(|at| format!("jusqu’à {}", clock(at))));
        all.extend(line.comes_from.as_ref().map(|from| format!("vient de {from}")));
        all.extend(line.goes_to.as_ref().map(|to| format!("va à {to}")));
        all.join(", ")
    }
}
