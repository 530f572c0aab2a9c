//! What is owed for reservations is settled by name.

use axum::response::Response;
use server_ui::desk::form::{Done, Flaw};
use shared::ids::{HouseholdId, ReservationId};
use shared::operation::{Body, BookingSettled};

use super::facts::{Forms, again, channel, owed_of, page_of};
use crate::web::desk::posted::Posted;
use crate::web::desk::reply::DeskError;
use crate::web::desk::rights::Right;

pub(super) async fn take(posted: Posted) -> Result<Response, DeskError> {
    let (desk, mut form) = posted.allow(Right::SettleBookings)?;
    let household = HouseholdId(desk.uuid("household")?);
    let known = owed_of(&desk, household).await?;
    let how = form.choice("comment", BookingSettled::Waived, |word| match word {
        "exonerer" => Some(BookingSettled::Waived),
        "payer" => Some(BookingSettled::Paid),
        "retablir" => Some(BookingSettled::Restored),
        _ => None,
    });
    let reservations = form.choices("reservation", |word| {
        let id = ReservationId(word.parse().ok()?);
        known.contains(&id).then_some(id)
    });
    if reservations.is_empty() {
        form.flaw("reservation", Flaw::Said("desk-booking-nothing-ticked"));
    }
    let words = form.text("raison", 200);
    let (back, channel) = (page_of(&desk, household), channel(&desk));
    let Some(body) = form.sound(Body::SettleBookings {
        reservations,
        how,
        words,
    }) else {
        return again(desk, household, Forms::owed(form)).await;
    };
    match desk.submit_through(channel, None, body).await? {
        Ok(_) => Ok(desk.done(&back, Done::Saved)),
        Err(refusal) => {
            form.refuse("reservation", &refusal);
            again(desk, household, Forms::owed(form)).await
        }
    }
}
