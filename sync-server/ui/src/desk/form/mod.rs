//! The form kit: what every page of the desk fills in, lists and confirms with.
//!
//! Forms are plain and whole without a script. A handler reads a [`FormState`] from what was sent,
//! checks it, and either goes on with a 303 or draws the same page again (422) with what was typed
//! and a word beside each field that does not do; what somebody else changed meanwhile is shown
//! beside what was typed (409). Names of fields are French, short, without accents; `jeton` (the
//! session's token) and `version` (the version seen) are the kit's own.
//!
//! # The page of a record, in this crate
//!
//! ```ignore
//! pub fn site_page(view: &SitePage) -> String {
//!     page(form::head(t("structure-site"), &view.form), &view.bar, || {
//!         let form = FormView::new(&view.form, &view.bar);
//!         let inside = view! {
//!             {form.field(Field::text("nom", t("structure-name")).required().max(80))}
//!             {form.field(Field::tel("telephone", t("structure-phone")).hint(t("structure-phone-hint")))}
//!             {form.select(Select::new("ecole", t("structure-school"), &view.schools).or_none(t("structure-no-school")))}
//!             {form.checks(Checks::weekdays("jours", t("structure-weekdays")))}
//!         };
//!         view! {
//!             {heading(t("structure-site"), &[(t("structure-title"), view.back.clone())])}
//!             {form.sheet(&view.action, Buttons::save().cancel(&view.back), inside.into_any())}
//!         }
//!         .into_any()
//!     })
//! }
//! ```
//!
//! # Its handler, in the server
//!
//! ```ignore
//! async fn submit(posted: Posted) -> Result<Response, DeskError> {
//!     let (desk, mut form) = posted.allow(Right::EditStructure)?;
//!     let id = SiteId(desk.uuid("id")?);
//!     let site = SiteRecord {
//!         id,
//!         name: form.text("nom", 80),                // what is wrong is noted in the form
//!         phone: form.maybe_phone("telephone"),
//!         ..
//!     };
//!     let Some(site) = form.sound(site) else {
//!         return draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await;
//!     };
//!     match desk.submit(form.seen(), Body::PutSite { site }).await? {
//!         Ok(_) => Ok(desk.done(&list, Done::Saved)),  // 303, the next page says « Enregistré. »
//!         Err(Refusal::Changed { version }) => {
//!             form.overtaken(state_of(&newer), version); // both values are shown, nothing is overwritten
//!             draw(&desk, form, StatusCode::CONFLICT).await
//!         }
//!         Err(refusal) => {
//!             form.refuse(refusal_field, &refusal);
//!             draw(&desk, form, StatusCode::UNPROCESSABLE_ENTITY).await
//!         }
//!     }
//! }
//! ```

mod address;
mod choices;
mod confirm;
mod done;
mod fields;
mod filter;
mod flaw;
mod heading;
mod read;
mod state;
mod table;
mod view;

pub use address::Address;
pub use choices::{Checks, Choice, Radios, Select};
pub use confirm::confirm;
pub use done::{Done, done_notice};
pub use fields::{Field, TextArea};
pub use filter::filters;
pub use flaw::Flaw;
pub(in crate::desk) use heading::head;
pub use heading::{back_link, heading};
pub use state::FormState;
pub use table::{Column, pager, sorted_head};
pub use view::{Buttons, FormView};
