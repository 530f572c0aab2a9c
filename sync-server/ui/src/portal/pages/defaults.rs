//! What stands on a page until the town wrote its own: honest, and made of what the town told.

use leptos::prelude::*;
use shared::operation::{PortalRecord, TextKind};

use crate::words::{t, t1};

/// How the town hall is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// Its telephone.
    pub phone: Option<String>,
    /// Its e-mail.
    pub email: Option<String>,
    /// Postal address and opening hours, a line each.
    pub hours: Vec<String>,
}

impl Contact {
    /// As the portal is set up.
    pub fn of(portal: &PortalRecord) -> Self {
        Self {
            phone: portal.phone.clone(),
            email: portal.email.clone(),
            hours: portal.hours.clone(),
        }
    }

    fn is_known(&self) -> bool {
        self.phone.is_some() || self.email.is_some() || !self.hours.is_empty()
    }

    /// In lines of the format of texts.
    fn lines(&self) -> String {
        let mut lines = self.hours.clone();
        if let Some(phone) = &self.phone {
            lines.push(t1("page-contact-phone", "phone", phone.as_str()));
        }
        if let Some(email) = &self.email {
            lines.push(t1("page-contact-email", "email", email.as_str()));
        }
        if lines.is_empty() {
            lines.push(t("page-contact-none"));
        }
        lines.join("\n")
    }
}

/// The text of a kind that stands until the town wrote its own. Of news there is none.
pub fn default_text(kind: TextKind, commune: &str, contact: &Contact) -> String {
    let own = match kind {
        TextKind::News | TextKind::Help => return String::new(),
        TextKind::Tariffs => t("page-default-tariffs"),
        TextKind::Rules => t("page-default-rules"),
        TextKind::Legal => t1("page-default-legal", "commune", commune),
        TextKind::Conditions => t1("page-default-conditions", "commune", commune),
        TextKind::Accessibility => t1("page-default-accessibility", "commune", commune),
        TextKind::Privacy => t1("page-default-privacy", "commune", commune),
    };
    let heading = t("page-contact-title");
    format!("{own}\n\n# {heading}\n{}", contact.lines())
}

/// How the town hall is reached, at the foot of a page; nothing where it told nothing.
pub(super) fn contact(contact: &Contact) -> Option<AnyView> {
    contact.is_known().then(|| {
        let lines: Vec<_> = contact
            .hours
            .iter()
            .map(|line| view! { <p>{line.clone()}</p> }.into_any())
            .collect();
        let phone = contact.phone.clone().map(|phone| {
            let digits: String = phone
                .chars()
                .filter(|c| c.is_ascii_digit() || *c == '+')
                .collect();
            view! { <p><a href=format!("tel:{digits}")>{phone}</a></p> }
        });
        let email = contact
            .email
            .clone()
            .map(|email| view! { <p><a href=format!("mailto:{email}")>{email.clone()}</a></p> });
        view! {
            <section class="pages-contact" aria-labelledby="contact">
                <h2 id="contact">{t("page-contact-title")}</h2>
                {lines}{phone}{email}
            </section>
        }
        .into_any()
    })
}
