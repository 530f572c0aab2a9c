//! The same at the desk, with plain forms.

use std::fs;

use system_tests::town::SLUG;

use super::{Burnt, path};
use crate::desk::{Desk, hidden};

impl Desk {
    /// Waits until a page no longer says that it works.
    fn after(&mut self, page: &str) -> String {
        system_tests::clock::wait_for("the work behind a page", || {
            let text = self.page(page);
            (!text.contains("data-again")).then_some(text)
        })
    }
}

#[test]
fn at_the_desk_a_file_is_sent_looked_at_merged_and_settled() {
    let burnt = Burnt::new();
    let mut desk = Desk::of(&burnt.town, &burnt.server, "administrateur");
    // One file, at rest.
    let copy = burnt.town.place("au-repos");
    system_tests::town::copy(&burnt.disk, &copy);
    let args = ["--data", path(&copy), "--json", "verify", SLUG];
    system_tests::programs::run("preau-server", args).done();
    let file = fs::read(copy.join(format!("communes/{SLUG}.db"))).expect("the store");
    let before = burnt.entries();
    let run = desk.upload("fusion", "fusion/envoi", "perdu.db", &file);
    let looked = desk.after(&run);
    assert!(looked.contains("Ce qui manque ici"), "{looked}");
    assert!(looked.contains("À trancher après la fusion"));
    assert_eq!(burnt.entries(), before, "a look writes nothing");
    assert_eq!(desk.send(&run, &format!("{run}/reunir"), &[]), 303);
    let merged = desk.after(&run);
    assert!(merged.contains("Fusion faite"), "{merged}");
    assert_eq!(
        desk.send("fusion", &format!("{run}/reunir"), &[]),
        303,
        "twice is once"
    );
    let page = desk.page("fusion");
    assert!(
        page.contains("04 65 71 00 01") && page.contains("04 65 71 00 02"),
        "{page}"
    );
    assert!(page.contains("À trancher (1)"), "the bar leads there");
    let name = named(&page, "prendre");
    assert_eq!(
        desk.send("fusion", "fusion/trancher", &[("garder", "coches")]),
        422
    );
    let fields = [("prendre", name.as_str()), ("note", "Vérifié au téléphone.")];
    assert_eq!(desk.send("fusion", "fusion/trancher", &fields), 303);
    let page = desk.page("fusion");
    assert!(!page.contains("À trancher ("), "{page}");
    assert!(page.contains("perdu.db"), "the merge is told");
    burnt.elsewhere.verified();
    assert_eq!(
        fs::read_dir(burnt.elsewhere.folder.join("fusion"))
            .expect("the folder")
            .filter(|entry| entry
                .as_ref()
                .is_ok_and(|entry| entry.file_name().to_string_lossy().ends_with(".envoi")))
            .count(),
        1,
        "kept as long as its page is"
    );
}

/// The value of the first button of that name.
fn named(page: &str, name: &str) -> String {
    let start = format!("name=\"{name}\" value=\"");
    let after = page.split(&start).nth(1).unwrap_or_else(|| panic!("{page}"));
    after.split('"').next().expect("a value").to_owned()
}

#[test]
fn only_an_administrator_merges() {
    let burnt = Burnt::new();
    for role in ["gestionnaire", "directeur"] {
        let mut desk = Desk::of(&burnt.town, &burnt.server, role);
        assert_eq!(desk.status("fusion"), 403, "{role}");
        assert_eq!(desk.status("fusion/familles"), 403);
    }
    let mut desk = Desk::of(&burnt.town, &burnt.server, "administrateur");
    let page = desk.page("fusion");
    assert!(hidden(&page, "jeton").is_some());
    // Only what the host itself found is ever opened.
    let disk = path(&burnt.disk).to_owned();
    assert_eq!(desk.send("fusion", "fusion/lire", &[("source", &disk)]), 404);
    assert_eq!(
        desk.status("fusion/lecture/00000000-0000-0000-0000-000000000000"),
        404
    );
}
