//! What the town writes, in the small format that `docs/portal.md` tells: headings, paragraphs, lists, bold, links
//! to `https` addresses. Whatever is not one of these is text as it stands; nothing is ever read as HTML.

use leptos::prelude::*;

/// Longest address of a link, in bytes.
const LONGEST_ADDRESS: usize = 2_000;
/// Longest words of a link, in bytes.
const LONGEST_WORDS: usize = 600;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A heading: 2 or 3, as the title of the page is the first.
    Heading(u8, Vec<Span>),
    /// A paragraph, line by line.
    Paragraph(Vec<Vec<Span>>),
    /// A list; its items are numbered or not.
    List(bool, Vec<Vec<Span>>),
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// As it stands.
    Text(String),
    /// In bold.
    Strong(String),
    /// A link: its address, its words.
    Link(String, String),
}

/// Reads a text. Every text is one; the work grows with its length alone.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::new();
    // A line goes on with what the line before it began, unless an empty one parts them.
    let mut going = false;
    for line in text.lines() {
        let line: String = line.chars().filter(|c| !is_hidden(*c)).collect();
        let line = line.trim();
        if line.is_empty() {
            going = false;
            continue;
        }
        if let Some((level, words)) = heading(line) {
            all.push(Block::Heading(level, spans(words)));
            going = false;
            continue;
        }
        if let Some((numbered, words)) = item(line) {
            match all.last_mut() {
                Some(Block::List(same, items)) if *same == numbered && going => items.push(spans(words)),
                _ => all.push(Block::List(numbered, vec![spans(words)])),
            }
        } else {
            match all.last_mut() {
                Some(Block::Paragraph(lines)) if going => lines.push(spans(line)),
                _ => all.push(Block::Paragraph(vec![spans(line)])),
            }
        }
        going = true;
    }
    all
}

/// Characters that show nothing and can make a line say something else than it holds.
fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn heading(line: &str) -> Option<(u8, &str)> {
    let signs = line.bytes().take_while(|b| *b == b'#').count();
    let level = match signs {
        1 => 2,
        2..=6 => 3,
        _ => return None,
    };
    let words = line.get(signs..)?.strip_prefix(' ')?.trim();
    (!words.is_empty()).then_some((level, words))
}

fn item(line: &str) -> Option<(bool, &str)> {
    for sign in ["- ", "* ", "• "] {
        if let Some(words) = line.strip_prefix(sign) {
            return Some((false, words.trim()));
        }
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let words = line.get(digits..)?.strip_prefix(". ")?;
    Some((true, words.trim()))
}

fn spans(line: &str) -> Vec<Span> {
    let mut all = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    // Once there is no other pair of stars, none is looked for again.
    let mut stars = true;
    while let Some(first) = rest.chars().next() {
        let found = match first {
            '*' if stars && rest.starts_with("**") => {
                let found = strong(rest);
                stars = found.is_some() || rest.get(2..).is_some_and(|after| after.contains("**"));
                found
            }
            '[' => link(rest),
            'h' if rest.starts_with("https://") => bare(rest),
            _ => None,
        };
        match found {
            Some((span, length)) => {
                if !plain.is_empty() {
                    all.push(Span::Text(std::mem::take(&mut plain)));
                }
                all.push(span);
                rest = rest.get(length..).unwrap_or_default();
            }
            None => {
                plain.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
            }
        }
    }
    if !plain.is_empty() {
        all.push(Span::Text(plain));
    }
    all
}

fn strong(rest: &str) -> Option<(Span, usize)> {
    let inside = rest.get(2..)?;
    let end = inside.find("**")?;
    let words = inside.get(..end)?;
    (!words.trim().is_empty()).then(|| (Span::Strong(words.to_owned()), end + 4))
}

/// `[words](https://…)`.
fn link(rest: &str) -> Option<(Span, usize)> {
    let inside = upto(rest.get(1..)?, LONGEST_WORDS);
    let end = inside.find("](")?;
    let words = inside.get(..end)?.trim();
    let after = upto(rest.get(end + 3..)?, LONGEST_ADDRESS);
    let close = after.find(')')?;
    let address = after.get(..close)?;
    (!words.is_empty() && is_safe(address)).then(|| {
        (
            Span::Link(address.to_owned(), words.to_owned()),
            end + 3 + close + 1,
        )
    })
}

/// An address that stands by itself, up to the first sign that ends one.
fn bare(rest: &str) -> Option<(Span, usize)> {
    let part = upto(rest, LONGEST_ADDRESS);
    let end = part.find(|c: char| !may_stand(c)).unwrap_or(part.len());
    let address = part
        .get(..end)?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*']);
    is_safe(address).then(|| (Span::Link(address.to_owned(), address.to_owned()), address.len()))
}

/// The beginning of a text, so many bytes at most.
fn upto(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Signs that an address may hold.
fn may_stand(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(c)
}

/// An encrypted address whose host is what it looks like: no name or password before it.
fn is_safe(address: &str) -> bool {
    let Some(rest) = address.strip_prefix("https://") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.chars().all(fits)
        && rest.chars().all(may_stand)
}

/// Draws a text.
pub(crate) fn prose(text: &str) -> AnyView {
    let parts: Vec<_> = blocks(text).into_iter().map(draw).collect();
    view! { <div class="prose">{parts}</div> }.into_any()
}

fn draw(block: Block) -> AnyView {
    match block {
        Block::Heading(2, words) => view! { <h2>{line(words)}</h2> }.into_any(),
        Block::Heading(_, words) => view! { <h3>{line(words)}</h3> }.into_any(),
        Block::Paragraph(lines) => {
            let lines: Vec<_> = lines
                .into_iter()
                .enumerate()
                .map(|(nth, words)| view! { {(nth > 0).then(|| view! { <br /> })}{line(words)} }.into_any())
                .collect();
            view! { <p>{lines}</p> }.into_any()
        }
        Block::List(numbered, items) => {
            let items: Vec<_> = items
                .into_iter()
                .map(|words| view! { <li>{line(words)}</li> }.into_any())
                .collect();
            if numbered {
                view! { <ol>{items}</ol> }.into_any()
            } else {
                view! { <ul>{items}</ul> }.into_any()
            }
        }
    }
}

fn line(words: Vec<Span>) -> Vec<AnyView> {
    words
        .into_iter()
        .map(|span| match span {
            Span::Text(text) => typeset(&text).into_any(),
            Span::Strong(text) => view! { <strong>{typeset(&text)}</strong> }.into_any(),
            Span::Link(address, text) => {
                view! { <a href=address rel="noreferrer">{typeset(&text)}</a> }.into_any()
            }
        })
        .collect()
}

/// Spaces where French typography lets no line break, whatever the keyboard of the town hall gave: before high signs and
/// within « 8 h 30 », « 1 300 » and « 3,60 € ».
pub(crate) fn typeset(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let high = next.is_some_and(|next| ":;?!»%€".contains(next));
        let hour = digit(before) && next == Some('h') && {
            let mut after = rest.clone();
            after.next();
            after.next().is_none_or(|c| !c.is_alphabetic())
        };
        let to_minutes = before == Some('h') && digit(next);
        let thousands = digit(before) && {
            let after: Vec<char> = rest.clone().take(4).collect();
            after.len() >= 3 && after[..3].iter().all(char::is_ascii_digit) && !digit(after.get(3).copied())
        };
        let inside = before == Some('«') || high || hour || to_minutes || thousands;
        let holds = c == ' ' && inside;
        all.push(if holds { '\u{a0}' } else { c });
        before = Some(c);
    }
    all
}

/// The words alone, for whatever shows no signs: the first so many characters, cut between two words.
pub fn opening(text: &str, most: usize) -> String {
    // The first lines are nearly always enough; a text that is all signs is read to its end.
    let lines = upto(text, 8 * most).rfind('\n');
    let beginning = lines.and_then(|end| text.get(..end)).unwrap_or(text);
    let words = all_words(beginning);
    let enough = words.chars().count() > most || beginning.len() == text.len();
    let all = typeset(&if enough { words } else { all_words(text) });
    if all.chars().count() <= most {
        return all;
    }
    let cut: String = all.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{}…", cut.trim_end_matches([' ', ',', ';', ':', '.']))
}

/// The words of paragraphs and lists.
fn all_words(text: &str) -> String {
    let mut all = String::new();
    for block in blocks(text) {
        let (lines, is_list) = match block {
            Block::Heading(..) => continue,
            Block::Paragraph(lines) => (lines, false),
            Block::List(_, lines) => (lines, true),
        };
        for (nth, words) in lines.into_iter().enumerate() {
            if !all.is_empty() {
                // What ends like a sentence needs no other mark before what follows.
                let apart = is_list && nth > 0 && !all.ends_with(['.', ';', ',', '!', '?', '…']);
                all.push_str(if apart { " · " } else { " " });
            }
            for span in words {
                match span {
                    Span::Text(text) | Span::Strong(text) | Span::Link(_, text) => all.push_str(&text),
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        let drawn = Owner::new().with(|| prose(text).to_html());
        drawn.replace("<!>", "").replace("<!---->", "")
    }

    fn inside(text: &str) -> String {
        let whole = html(text);
        let inside = whole.strip_prefix("<div class=\"prose\">").unwrap();
        inside.strip_suffix("</div>").unwrap().to_owned()
    }

    #[test]
    fn headings_paragraphs_lists_bold_and_links_are_read() {
        let drawn = inside(
            "# Cantine\nLundi,\nmardi.\n\nPuis **jeudi** aussi.\n- un\n- deux\n\n1. d’abord\n2. puis\n## Contact\n[Le site](https://ville.example/cantine?a=1)",
        );
        assert_eq!(
            drawn,
            "<h2>Cantine</h2><p>Lundi,<br>mardi.</p><p>Puis <strong>jeudi</strong> aussi.</p>\
             <ul><li>un</li><li>deux</li></ul><ol><li>d’abord</li><li>puis</li></ol><h3>Contact</h3>\
             <p><a href=\"https://ville.example/cantine?a=1\" rel=\"noreferrer\">Le site</a></p>"
        );
    }

    #[test]
    fn no_line_begins_with_a_high_sign_and_no_hour_is_torn() {
        for (typed, drawn) in [
            ("Rien reçu ? Appelez !", "Rien reçu_? Appelez_!"),
            ("« Repas » : 3,60 €, dès 1 300", "«_Repas_»_: 3,60_€, dès 1_300"),
            ("De 8 h 30 à 12 h.", "De 8_h_30 à 12_h."),
            ("Les 3 haies et 2 hérissons", "Les 3 haies et 2 hérissons"),
            ("Au 01 99 00 10 00 : Léa", "Au 01 99 00 10 00_: Léa"),
        ] {
            assert_eq!(typeset(typed), drawn.replace('_', "\u{a0}"));
        }
        assert_eq!(
            inside("**Ouvert : 8 h**"),
            "<p><strong>Ouvert\u{a0}: 8\u{a0}h</strong></p>"
        );
    }

    #[test]
    fn items_of_a_list_stand_apart_in_its_opening() {
        assert_eq!(
            opening("Au menu.\n- le panais\n- la courge", 200),
            "Au menu. le panais · la courge"
        );
    }

    #[test]
    fn nothing_is_read_as_html() {
        assert_eq!(
            inside("<script>alert(1)</script> & <b onclick=x>gras</b>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b onclick=x&gt;gras&lt;/b&gt;</p>"
        );
    }

    #[test]
    fn only_https_addresses_become_links() {
        for no in [
            "[x](javascript:alert(1))",
            "[x](http://ville.example)",
            "[x](https://ville.example@ailleurs.example)",
            "[x](//ville.example)",
            "[x](data:text/html,x)",
            "[x](https://)",
            "http://ville.example",
        ] {
            assert!(!html(no).contains("<a "), "{no}");
        }
        // The address that stands within may still be followed, without the words that hid it.
        for hidden in [
            "[x](https://ville.example b)",
            "[x](https://ville.example\"onclick=\"x)",
            "[](https://ville.example)",
        ] {
            let link = "<a href=\"https://ville.example\" rel=\"noreferrer\">https://ville.example</a>";
            assert!(html(hidden).contains(link), "{hidden}");
        }
        assert_eq!(
            inside("Voir https://ville.example/a."),
            "<p>Voir <a href=\"https://ville.example/a\" rel=\"noreferrer\">https://ville.example/a</a>.</p>"
        );
    }

    #[test]
    fn signs_that_begin_nothing_stay_as_they_are() {
        assert_eq!(inside("**gras"), "<p>**gras</p>");
        assert_eq!(inside("#sans espace"), "<p>#sans espace</p>");
        assert_eq!(inside("12 % [voir] (page 3)"), "<p>12\u{a0}% [voir] (page 3)</p>");
        assert_eq!(inside("****"), "<p>****</p>");
        assert_eq!(inside("2026. Une année"), "<p>2026. Une année</p>");
        assert_eq!(inside("a\u{202e}b\u{0}c"), "<p>abc</p>");
    }

    /// Numbers that look thrown and are the same every time.
    struct Thrown(u64);

    impl Thrown {
        fn below(&mut self, n: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % n as u64).unwrap()
        }
    }

    /// What is drawn, told apart from any HTML that was typed: each tag is one of ours, and stands in its place.
    fn check(drawn: &str) {
        let mut open: Vec<&str> = Vec::new();
        let mut rest = drawn;
        while let Some(at) = rest.find('<') {
            assert!(!rest[..at].contains('>'), "a bare > in {drawn}");
            let end = at + rest[at..].find('>').unwrap();
            let tag = &rest[at + 1..end];
            rest = &rest[end + 1..];
            if tag == "br" {
                continue;
            }
            if let Some(closed) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed), "{drawn}");
                continue;
            }
            let name = tag.split(' ').next().unwrap();
            match name {
                "div" => assert_eq!(tag, "div class=\"prose\""),
                "a" => {
                    let address = tag.strip_prefix("a href=\"").unwrap();
                    let address = address.strip_suffix("\" rel=\"noreferrer\"").unwrap();
                    assert!(
                        address.starts_with("https://") && !address.contains('"'),
                        "{drawn}"
                    );
                }
                other => {
                    assert!(["p", "h2", "h3", "ul", "ol", "li", "strong"].contains(&other) && tag == other);
                }
            }
            open.push(name);
        }
        assert!(open.is_empty() && !rest.contains('>'), "{drawn}");
    }

    #[test]
    fn no_text_whatever_comes_out_as_markup() {
        const PARTS: [&str; 34] = [
            "<",
            ">",
            "\"",
            "'",
            "&",
            "&lt;",
            "<script>",
            "</p>",
            "<!--",
            "-->",
            "<img src=x onerror=y>",
            "**",
            "*",
            "# ",
            "## ",
            "- ",
            "1. ",
            "[",
            "]",
            "](",
            ")",
            "(",
            "https://",
            "https://a.fr",
            "javascript:",
            "@",
            "\n",
            "\n\n",
            " ",
            "é",
            "\u{202e}",
            "\0",
            "x",
            "\\",
        ];
        let mut thrown = Thrown(0x9e37_79b9_7f4a_7c15);
        for _ in 0..4_000 {
            let parts = 1 + thrown.below(24);
            let text: String = (0..parts).map(|_| PARTS[thrown.below(PARTS.len())]).collect();
            check(&html(&text));
        }
    }

    #[test]
    fn a_long_text_of_openings_is_read_in_its_length() {
        // Each of these would be looked for to the end of the text, again and again.
        for part in ["[", "**a", "[a](", "https://", "[a](https://"] {
            let text = part.repeat(60_000 / part.len());
            assert!(!blocks(&text).is_empty());
        }
    }

    #[test]
    fn the_opening_is_words_alone() {
        assert_eq!(
            opening("# Titre\n**Lundi**, [voir](https://a.fr) la suite", 200),
            "Lundi, voir la suite"
        );
        assert_eq!(opening("un deux trois quatre", 12), "un deux…");
    }
}
