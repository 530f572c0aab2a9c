//! What is booked, and by which rules.

macro_rules! bookings {
    ($next:ident $($rest:ident)*; $($before:tt)*) => { $next! { $($rest)*; $($before)*
            /// Rules of booking are made or changed.
            80 "put_rules" PutRules {
                /// The set.
                #[n(0)] rules: RuleSetRecord,
            }
            /// Rules of booking are taken away; what was booked by them stays.
            81 "remove_rules" RemoveRules {
                /// Which set.
                #[n(0)] rules: RuleSetId,
            }
            /// How families book is set up.
            82 "put_booking_settings" PutBookingSettings {
                /// How.
                #[n(0)] settings: BookingSettingsRecord,
            }
            /// A family books and cancels, or the town hall does for it: all or part of a cart, as it was judged.
            83 "book" Book {
                /// What, and what became of each line.
                #[n(0)] booking: BookingRecord,
            }
            /// The town hall says yes or no to what families asked for.
            84 "decide_wishes" DecideWishes {
                /// Which.
                #[n(0)] wishes: Vec<WishId>,
                /// Yes.
                #[n(1)] accepted: bool,
                /// What the family is told.
                #[n(2)] words: Option<String>,
                /// Also where there is no place left.
                #[n(3)] beyond: bool,
            }
            /// What was asked for, waited for or offered is no longer wanted.
            85 "withdraw_wishes" WithdrawWishes {
                /// Which.
                #[n(0)] wishes: Vec<WishId>,
            }
            /// Places that became free are offered to those who wait.
            86 "offer_places" OfferPlaces {
                /// To whom, until when.
                #[n(0)] offers: Vec<PlaceOffer>,
            }
            /// Offers that nobody took in time, and wishes whose session is past, are over.
            87 "end_wishes" EndWishes {
                /// Which.
                #[n(0)] wishes: Vec<WishId>,
            }
            /// What is owed for reservations is settled by name: a surcharge or the price of a late cancellation is waived,
            /// or a payment at booking was received.
            88 "settle_bookings" SettleBookings {
                /// Which.
                #[n(0)] reservations: Vec<ReservationId>,
                /// How.
                #[n(1)] how: BookingSettled,
                /// Why.
                #[n(2)] words: String,
            }
            /// Reservations that had to be paid within a time were not, and are cancelled.
            89 "end_unpaid" EndUnpaid {
                /// Which.
                #[n(0)] reservations: Vec<ReservationId>,
            }
            /// What rules ask about a household is written: where it lives, what it owes.
            90 "put_household_facts" PutHouseholdFacts {
                /// The whole of it.
                #[n(0)] facts: HouseholdFactsRecord,
            }
            /// Which documents of a child the town hall holds.
            91 "put_documents" PutDocuments {
                /// Whose.
                #[n(0)] child: ChildId,
                /// All of them.
                #[n(1)] documents: Vec<DocumentRecord>,
            }
    } };
}

pub(super) use bookings;
