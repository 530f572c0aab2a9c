//! One outage as a file for a spreadsheet.

use super::show::{OutagePage, TabletLine};
use crate::desk::devices::name_of;
use crate::desk::lists::file_line;
use crate::words::t;

/// Draws it, a tablet a line.
pub fn outage_file(view: &OutagePage) -> String {
    let heads = [
        t("outages-column-tablet"),
        t("outages-site"),
        t("outages-file-made"),
        t("outages-file-made-first"),
        t("outages-file-made-last"),
        t("outages-file-back-first"),
        t("outages-file-back-last"),
        t("outages-file-others"),
        t("outages-file-disk"),
        t("outages-file-owed"),
        t("outages-file-heard"),
    ];
    let mut file = String::from('\u{feff}');
    file_line(&mut file, &heads);
    for tablet in &view.tablets {
        file_line(&mut file, &cells(tablet));
    }
    file
}

fn cells(tablet: &TabletLine) -> [String; 11] {
    let [made_first, made_last] = tablet.made_span.clone().unwrap_or_default();
    let [back_first, back_last] = tablet.back_span.clone().unwrap_or_default();
    let others: u64 = tablet.by_others.iter().map(|(_, count)| count).sum();
    [
        name_of(&tablet.name, &tablet.end),
        tablet.sites.clone(),
        tablet.made.to_string(),
        made_first,
        made_last,
        back_first,
        back_last,
        others.to_string(),
        tablet.from_disk.to_string(),
        tablet.owed.map(|owed| owed.to_string()).unwrap_or_default(),
        tablet.heard.clone().unwrap_or_default(),
    ]
}
