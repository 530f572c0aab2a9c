//! A judge of feeds: reads one with an XML parser and holds it against what RFC 4287 asks for.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::Event;
use shared::time::UtcMs;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// An element: its name, its attributes, its text, what it holds.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the one child of this name.
    fn one(&self, name: &str) -> &str {
        let found: Vec<_> = self.children.iter().filter(|child| child.name == name).collect();
        assert_eq!(found.len(), 1, "<{}> has one <{name}>", self.name);
        &found[0].text
    }

    fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }
}

fn parse(xml: &str) -> Element {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_comments = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) => open.push(begun(&start)),
            Event::Empty(start) => {
                let element = begun(&start);
                open.last_mut().unwrap().children.push(element);
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().unwrap().children.push(element);
            }
            Event::Text(text) => {
                let text: &str = &text;
                assert!(!text.contains('<') && !text.contains('>'), "{text}");
                open.last_mut().unwrap().text.push_str(text);
            }
            Event::GeneralRef(name) => {
                let said = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "#39" => "'",
                    other => panic!("&{other}; is none that we write"),
                };
                open.last_mut().unwrap().text.push_str(said);
            }
            Event::Eof => break,
            Event::Decl(_) => {}
            other => panic!("{other:?} has no place in a feed"),
        }
    }
    let mut root = open.pop().unwrap();
    assert!(open.is_empty(), "every element ends");
    assert_eq!(root.children.len(), 1);
    root.children.remove(0)
}

fn begun(start: &quick_xml::events::BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.expect("an attribute");
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.value.to_string();
        assert!(!value.contains('<'), "{value}");
        (name, value)
    });
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

/// The ids of a feed that holds what it must: the feed's own, then those of its entries.
pub(super) fn judge(xml: &str) -> Vec<String> {
    let feed = parse(xml);
    assert_eq!((feed.name.as_str(), feed.attribute("xmlns")), ("feed", ATOM));
    let mut ids = vec![feed.one("id").to_owned()];
    let updated = UtcMs::parse(feed.one("updated")).expect("an instant");
    assert!(!feed.one("title").trim().is_empty());
    let author = feed.all("author").next().expect("whoever says it");
    assert!(!author.one("name").is_empty());
    for relation in ["self", "alternate"] {
        let of = |link: &&Element| link.attribute("rel") == relation;
        assert_eq!(feed.all("link").filter(of).count(), 1, "{relation}");
    }
    for entry in feed.all("entry") {
        ids.push(entry.one("id").to_owned());
        assert!(!entry.one("title").trim().is_empty());
        UtcMs::parse(entry.one("published")).expect("an instant");
        assert!(UtcMs::parse(entry.one("updated")).expect("an instant") <= updated);
        let content = entry.all("content").next().expect("words");
        assert_eq!(content.attribute("type"), "html");
        assert!(
            !content.text.contains("<script"),
            "what was typed is text: {}",
            content.text
        );
    }
    for id in &ids {
        assert!(id.starts_with("urn:uuid:"), "{id}");
    }
    assert_eq!(
        ids.iter().collect::<BTreeSet<_>>().len(),
        ids.len(),
        "each its own"
    );
    ids
}
