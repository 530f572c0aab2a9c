//! Rust sources split into code, comments and string literals: enough to look for a word where it counts.

use crate::tree;

pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
    /// The text with comments and literals blanked; every byte keeps its place.
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal>,
}

pub(crate) struct Literal {
    /// As written, escapes included.
    pub(crate) value: String,
    /// Where its opening quote stands.
    pub(crate) at: usize,
}

impl Source {
    fn new(path: String) -> Self {
        let text = tree::read(&path);
        let (code, literals) = split(&text);
        Self {
            path,
            text,
            code,
            literals,
        }
    }

    /// `path:line`, for a message that an editor can jump to.
    pub(crate) fn place(&self, at: usize) -> String {
        let line = self.text[..at].matches('\n').count() + 1;
        format!("{}:{line}", self.path)
    }

    /// Where the code ends that ships: at the file's test module, or before its first line if all of it is a test.
    pub(crate) fn shipped(&self) -> usize {
        let folders = ["tests", "benches", "examples"];
        if self.path.split('/').any(|part| folders.contains(&part)) {
            return 0;
        }
        self.code.find("#[cfg(test)]").unwrap_or(self.code.len())
    }
}

pub(crate) fn sources() -> Vec<Source> {
    tree::files(".rs").into_iter().map(Source::new).collect()
}

fn split(text: &str) -> (String, Vec<Literal>) {
    let mut code = text.as_bytes().to_vec();
    let mut literals = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let token = token(text, at);
        if let Token::Literal { opening, value } = &token {
            literals.push(Literal {
                value: (*value).to_owned(),
                at: at + opening,
            });
        }
        let end = at + token.length();
        if !matches!(token, Token::Code(_)) {
            code[at..end]
                .iter_mut()
                .filter(|byte| **byte != b'\n')
                .for_each(|byte| *byte = b' ');
        }
        at = end;
    }
    (
        String::from_utf8(code).expect("whole characters were blanked"),
        literals,
    )
}

enum Token<'a> {
    Code(usize),
    /// A comment or a character.
    Blank(usize),
    /// A string; `opening` is the length of the prefix (`r##`) before its quote.
    Literal {
        opening: usize,
        value: &'a str,
    },
}

impl Token<'_> {
    fn length(&self) -> usize {
        match self {
            Token::Code(length) | Token::Blank(length) => *length,
            // As many hashes close a raw string as opened it; `r` itself is not repeated.
            Token::Literal { opening, value } => opening + 2 + value.len() + opening.saturating_sub(1),
        }
    }
}

fn token(text: &str, at: usize) -> Token<'_> {
    let rest = &text[at..];
    let first = rest.chars().next().expect("the caller stops at the end");
    if rest.starts_with("//") {
        Token::Blank(rest.find('\n').unwrap_or(rest.len()))
    } else if rest.starts_with("/*") {
        Token::Blank(block_comment(rest))
    } else if first == '"' {
        Token::Literal {
            opening: 0,
            value: &rest[1..=string_body(&rest[1..])],
        }
    } else if first == 'r' && !text[..at].ends_with(is_word) {
        raw_string(rest).unwrap_or(Token::Code(1))
    } else if first == '\'' {
        character(rest).map_or(Token::Code(1), Token::Blank)
    } else {
        Token::Code(first.len_utf8())
    }
}

/// `b` and `c` may stand before the `r` of a raw string; any other letter makes it part of a name.
fn is_word(before: char) -> bool {
    before == '_' || (before.is_alphanumeric() && before != 'b' && before != 'c')
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        if rest[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if rest[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += rest[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

/// The length of a string's body, up to its closing quote.
fn string_body(body: &str) -> usize {
    let mut escaped = false;
    body.find(|next: char| {
        let closes = next == '"' && !escaped;
        escaped = next == '\\' && !escaped;
        closes
    })
    .expect("the compiler took this file, so every string is closed")
}

fn raw_string(rest: &str) -> Option<Token<'_>> {
    let hashes = rest[1..].chars().take_while(|next| *next == '#').count();
    let body = rest[1 + hashes..].strip_prefix('"')?;
    let closing = format!("\"{}", "#".repeat(hashes));
    Some(Token::Literal {
        opening: 1 + hashes,
        value: &body[..body.find(&closing)?],
    })
}

/// The length of a character literal, or nothing if the quote begins a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut inside = rest[1..].char_indices();
    let (_, first) = inside.next()?;
    if first == '\\' {
        let body = &rest[3..];
        return body.find('\'').map(|end| 3 + end + 1);
    }
    let (at, second) = inside.next()?;
    (second == '\'').then_some(1 + at + 1)
}

#[test]
fn literals_comments_and_code_are_told_apart() {
    let text = "f(\"a\\\"b\", r#\"c\"d\"#, 'x', '\\'', br\"e\") // \"no\"\n/* \"no /* \"no\" */ */ fn g<'a>() { \"é\" }";
    let (code, literals) = split(text);
    let values: Vec<_> = literals.iter().map(|literal| literal.value.as_str()).collect();
    assert_eq!(values, ["a\\\"b", "c\"d", "e", "é"]);
    assert_eq!(code.len(), text.len());
    assert!(code.contains("fn g<'a>() {"), "{code}");
    assert!(!code.contains("no") && !code.contains('x'), "{code}");
    assert!(literals.iter().all(|literal| text[literal.at..].starts_with('"')));
}
