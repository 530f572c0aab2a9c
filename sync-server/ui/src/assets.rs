//! The files that pages refer to, compiled in: a server is one file to copy.

/// A file under `/static/`.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Its name in the address.
    pub name: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What it holds.
    pub text: &'static str,
}

/// All of them.
pub const ASSETS: [Asset; 12] = [
    Asset {
        name: "base.css",
        media_type: "text/css; charset=utf-8",
        text: include_str!("../static/base.css"),
    },
    Asset {
        name: "desk.css",
        media_type: "text/css; charset=utf-8",
        text: concat!(
            include_str!("../static/desk.css"),
            include_str!("../static/desk-form.css"),
            include_str!("../static/desk-structure.css"),
            include_str!("../static/desk-calendar.css"),
            include_str!("../static/desk-families.css"),
            include_str!("../static/desk-import.css"),
            include_str!("../static/desk-bookings.css"),
            include_str!("../static/desk-lists.css"),
            include_str!("../static/desk-devices.css"),
            include_str!("../static/desk-recovery.css"),
            include_str!("../static/desk-discrepancies.css"),
            include_str!("../static/desk-merge.css"),
            include_str!("../static/desk-outages.css"),
            include_str!("../static/desk-service.css"),
            include_str!("../static/desk-portal.css"),
            include_str!("../static/desk-accounts.css"),
            include_str!("../static/desk-requests.css"),
            include_str!("../static/desk-letters.css"),
            include_str!("../static/desk-rules.css"),
            include_str!("../static/desk-booking.css"),
        ),
    },
    Asset {
        name: "public.css",
        media_type: "text/css; charset=utf-8",
        text: include_str!("../static/public.css"),
    },
    Asset {
        name: "portal.css",
        media_type: "text/css; charset=utf-8",
        text: concat!(
            include_str!("../static/desk-form.css"),
            include_str!("../static/portal.css"),
            include_str!("../static/portal-door.css"),
            include_str!("../static/portal-account.css"),
            include_str!("../static/portal-pages.css"),
            include_str!("../static/portal-home.css"),
            include_str!("../static/portal-period.css"),
            include_str!("../static/portal-notices.css"),
            include_str!("../static/portal-cart.css"),
        ),
    },
    Asset {
        name: "portal-bookings.css",
        media_type: "text/css; charset=utf-8",
        text: include_str!("../static/portal-bookings.css"),
    },
    Asset {
        name: "cells.svg",
        media_type: "image/svg+xml",
        text: include_str!("../static/cells.svg"),
    },
    Asset {
        name: "desk.js",
        media_type: "text/javascript; charset=utf-8",
        text: include_str!("../static/desk.js"),
    },
    Asset {
        name: "portal.js",
        media_type: "text/javascript; charset=utf-8",
        text: include_str!("../static/portal.js"),
    },
    Asset {
        name: "portal-period.js",
        media_type: "text/javascript; charset=utf-8",
        text: include_str!("../static/portal-period.js"),
    },
    Asset {
        name: "sw.js",
        media_type: "text/javascript; charset=utf-8",
        text: include_str!("../static/sw.js"),
    },
    Asset {
        name: "roof.svg",
        media_type: "image/svg+xml",
        text: include_str!("../static/roof.svg"),
    },
    Asset {
        name: "symbols.svg",
        media_type: "image/svg+xml",
        text: include_str!("../static/symbols.svg"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_a_child_may_choose_is_drawn() {
        let sprite = ASSETS.iter().find(|asset| asset.name == "symbols.svg").unwrap();
        for shape in shared::symbol::SHAPES {
            assert!(
                sprite.text.contains(&format!("<symbol id=\"{shape}\"")),
                "{shape}"
            );
        }
    }
}
