//! Plain text into paragraphs and XML.

/// The paragraphs of a text, each as its lines: an empty line ends a paragraph.
pub fn paragraphs(text: &str) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    let mut going = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            going = false;
            continue;
        }
        match all.last_mut().filter(|_| going) {
            Some(paragraph) => paragraph.push(line),
            None => all.push(vec![line]),
        }
        going = true;
    }
    all
}

/// Text as XML holds it: what marks elements is escaped, what no XML may hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' => out.push(c),
            // A carriage return would come out of a parser as a line feed.
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}
