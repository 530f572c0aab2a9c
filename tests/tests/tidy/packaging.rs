//! What is given to whoever runs a server says the same as the program.

use std::collections::BTreeMap;

use sync_server::metrics::{ALL, Kind, Metric};

use crate::scan::sources;
use crate::tree;

const ALERTS: &str = "packaging/alerts.yml";
const UNIT: &str = "packaging/systemd/preau-server.service";
const MANIFEST: &str = "sync-server/Cargo.toml";
const GUIDE: &str = "docs/operations.md";
const NGINX: &str = "packaging/nginx/preau.conf";

/// A figure under the name that Prometheus gives it.
fn figure(told: &str) -> Option<&'static Metric> {
    let named = |name: &str| ALL.iter().find(|metric| metric.name == name);
    named(told).or_else(|| {
        let part = ["_bucket", "_count", "_sum"]
            .iter()
            .find_map(|part| told.strip_suffix(part))?;
        named(part).filter(|metric| metric.kind == Kind::Histogram)
    })
}

/// The figures that a text names, each with the labels asked of it.
fn figures_named(text: &str) -> Vec<(String, Vec<String>)> {
    let part_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(part_of_name) {
        let word = &rest[at..];
        let end = word.find(|c| !part_of_name(c)).unwrap_or(word.len());
        let (name, after) = word.split_at(end);
        rest = after;
        if name.starts_with("preau_") || name.starts_with("process_") {
            let inside = after.strip_prefix('{').and_then(|inside| inside.split_once('}'));
            let labels = inside.map_or("", |(labels, _)| labels).split(',');
            let labels = labels.filter_map(|label| Some(label.split_once(['=', '!'])?.0.trim().to_owned()));
            found.push((name.to_owned(), labels.collect()));
        }
    }
    found
}

#[test]
fn an_alert_watches_figures_that_exist() {
    let of_prometheus = ["job", "instance", "le"];
    let mut offences = Vec::new();
    for path in [ALERTS, "packaging/alerts_test.yml"] {
        let named = figures_named(&tree::read(path));
        assert!(
            named.len() > 10,
            "{path} names hardly any figure: is it read as it is written?"
        );
        for (name, labels) in named {
            match figure(&name) {
                None => offences.push(format!("{path}: {name}")),
                Some(metric) => offences.extend(
                    labels
                        .iter()
                        .filter(|label| {
                            !metric.labels.contains(&label.as_str())
                                && !of_prometheus.contains(&label.as_str())
                        })
                        .map(|label| format!("{path}: {name} has no label {label}")),
                ),
            }
        }
    }
    tree::none(
        &offences,
        "These are not among the figures of sync-server/src/metrics.rs, so the alert would never sound:",
    );
}

#[test]
fn a_figure_is_read_with_its_labels() {
    let named = figures_named("a + rate(preau_x_bucket{le=\"5\", way!=\"up\"}[5m]) > preau_y and up == 0");
    assert_eq!(
        named,
        [
            (
                "preau_x_bucket".to_owned(),
                vec!["le".to_owned(), "way".to_owned()]
            ),
            ("preau_y".to_owned(), vec![]),
        ]
    );
    assert!(figure("preau_sync_seconds_bucket").is_some() && figure("preau_sync_bytes_total_sum").is_none());
}

#[test]
fn an_alert_has_a_test_and_says_what_to_do() {
    let (rules, tests) = (tree::read(ALERTS), tree::read("packaging/alerts_test.yml"));
    let alerts: Vec<&str> = rules.split("- alert: ").skip(1).collect();
    assert!(!alerts.is_empty());
    let mut offences = Vec::new();
    for alert in alerts {
        let name = alert.lines().next().unwrap_or_default();
        let summary = alert.split_once("summary: >-").map_or("", |(_, summary)| summary);
        if !tests.contains(name) {
            offences.push(format!("{name}: not in packaging/alerts_test.yml"));
        }
        if summary.matches(['.', ';']).count() < 2 {
            offences.push(format!("{name}: one sentence says what is, another what to do"));
        }
    }
    tree::none(&offences, "Complete these alerts:");
}

#[test]
fn every_figure_is_counted_in_one_place_and_explained_in_the_guide() {
    let elsewhere: Vec<String> = sources()
        .iter()
        .filter(|source| {
            source.path.starts_with("sync-server/src/") && source.path != "sync-server/src/metrics.rs"
        })
        .flat_map(|source| {
            ["counter!(", "gauge!(", "histogram!("]
                .iter()
                .flat_map(|word| source.code.match_indices(word))
                .map(|(at, _)| source.place(at))
                .collect::<Vec<_>>()
        })
        .collect();
    tree::none(
        &elsewhere,
        "Give these figures a name and a line in sync-server/src/metrics.rs:",
    );

    let guide = tree::read(GUIDE);
    let unexplained: Vec<String> = ALL
        .iter()
        .filter(|metric| !guide.contains(&format!("`{}`", metric.name)))
        .map(|metric| metric.name.to_owned())
        .collect();
    tree::none(&unexplained, &format!("Explain these figures in {GUIDE}:"));

    let gone: Vec<String> = figures_named(&guide)
        .into_iter()
        .map(|(name, _)| name)
        // Names of files have numbers and capitals.
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .filter(|name| figure(name).is_none())
        .collect();
    tree::none(
        &gone,
        &format!("{GUIDE} explains figures that the program does not give:"),
    );
}

/// The settings of a unit, by section; a key may stand more than once.
fn unit() -> BTreeMap<String, Vec<(String, String)>> {
    let mut sections: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    let mut here = String::new();
    for line in tree::read(UNIT).lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
            name.clone_into(&mut here);
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("{UNIT}: {line}"));
        assert!(key.chars().all(|c| c.is_ascii_alphanumeric()), "{UNIT}: {line}");
        let section = sections.entry(here.clone()).or_default();
        section.push((key.to_owned(), value.to_owned()));
    }
    sections
}

#[test]
fn the_unit_starts_what_the_package_installs_and_gives_it_nothing_more() {
    let unit = unit();
    assert_eq!(unit.keys().collect::<Vec<_>>(), ["Install", "Service", "Unit"]);
    let value = |key: &str| -> Vec<&str> {
        let all = unit["Service"].iter().filter(|(name, _)| name == key);
        all.map(|(_, value)| value.as_str()).collect()
    };
    let manifest = tree::read(MANIFEST);
    assert!(manifest.contains(r#"["target/release/preau-server", "usr/bin/", "755"]"#));
    assert_eq!(value("ExecStart"), ["/usr/bin/preau-server serve $PREAU_SERVE"]);
    assert_eq!(value("EnvironmentFile"), ["/etc/preau/preau.env"]);
    assert!(manifest.contains(r#"conf-files = ["/etc/preau/preau.env"]"#));
    assert!(tree::read("packaging/preau.env").contains("\nPREAU_SERVE=\"--listen 127.0.0.1:"));
    for (key, wanted) in [
        ("User", "preau"),
        ("StateDirectory", "preau"),
        ("StateDirectoryMode", "0700"),
        ("UMask", "0077"),
        ("CapabilityBoundingSet", ""),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateDevices", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("RestrictNamespaces", "yes"),
    ] {
        assert_eq!(value(key), [wanted], "{UNIT}: {key}");
    }
}

#[test]
fn what_the_package_takes_in_is_there() {
    let manifest = tree::read(MANIFEST);
    let (_, assets) = manifest.split_once("assets = [").expect("the package has assets");
    let gone: Vec<String> = assets
        .lines()
        .filter_map(|line| line.trim().strip_prefix("[\"../")?.split('"').next())
        .filter(|path| !tree::root().join(path).exists())
        .map(str::to_owned)
        .collect();
    tree::none(&gone, &format!("{MANIFEST} packs files that are not there:"));
}

#[test]
fn the_proxy_lets_through_what_the_server_takes_and_hides_its_figures() {
    let nginx = tree::read(NGINX);
    let location = |head: &str| -> String {
        let (_, body) = nginx
            .split_once(&format!("location {head} {{"))
            .unwrap_or_else(|| panic!("{NGINX} has no location {head}"));
        body.split_once('}').map_or(body, |(body, _)| body).to_owned()
    };
    let mib = shared::wire::MAX_REQUEST >> 20;
    assert!(
        nginx.contains(&format!("\n    client_max_body_size {mib}m;")),
        "an exchange may have {mib} MiB"
    );
    assert!(location("= /metrics").contains("return 404;"));
    for events in ["= /v1/events", "~ ^/[^/]+/gestion/evenements$"] {
        assert!(location(events).contains("proxy_buffering off;"), "{events}");
    }
    assert!(location("= /v1/sync").contains("non_idempotent"));
    assert!(
        !location("/").contains("non_idempotent"),
        "a form that was sent is not sent again"
    );
    // Added to instead of written anew, it would carry what the client invented.
    assert!(nginx.contains("proxy_set_header X-Forwarded-For $remote_addr;"));
}
