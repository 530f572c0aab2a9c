//! What the portable SQL says in PostgreSQL's words.

/// `?1` becomes `$1`, but not within text, names or remarks.
pub(super) fn parameters(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' | '"' => {
                out.push(c);
                for inner in rest.by_ref() {
                    out.push(inner);
                    if inner == c {
                        break;
                    }
                }
            }
            '-' if rest.peek() == Some(&'-') => {
                out.push(c);
                for inner in rest.by_ref() {
                    out.push(inner);
                    if inner == '\n' {
                        break;
                    }
                }
            }
            '?' if rest.peek().is_some_and(char::is_ascii_digit) => out.push('$'),
            _ => out.push(c),
        }
    }
    out
}

/// A migration waits for the commune's writers before it touches their tables: otherwise the two
/// would wait for each other.
const AFTER_WRITERS: &str = "LOCK TABLE journal_writer IN EXCLUSIVE MODE;\n";

/// A migration for PostgreSQL: text is ordered by its bytes, as in a file, whatever the database's
/// own order is.
pub(in crate::store) fn migration(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len() + 256);
    out.push_str(AFTER_WRITERS);
    for line in sql.split_inclusive('\n') {
        let (code, remark) = line.split_once("--").map_or((line, None), |(a, b)| (a, Some(b)));
        let mut word = String::new();
        for c in code.chars() {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
            } else {
                out.push_str(typed(&word));
                word.clear();
                out.push(c);
            }
        }
        out.push_str(typed(&word));
        if let Some(remark) = remark {
            out.push_str("--");
            out.push_str(remark);
        }
    }
    out
}

fn typed(word: &str) -> &str {
    if word == "text" {
        "text collate \"C\""
    } else {
        word
    }
}

/// An insertion of one row, `… values (?1, ?2, …)`, made one of many rows: each parameter becomes a
/// column of them, of the type given. `None` where the statement is no such insertion.
pub(super) fn over_columns(sql: &str, types: &[&str]) -> Option<String> {
    let single: Vec<String> = (1..=types.len()).map(|n| format!("?{n}")).collect();
    let single = format!("values ({})", single.join(", "));
    let (before, after) = sql.split_once(&single)?;
    let columns = types.iter().zip(1..).map(|(name, n)| format!("?{n}::{name}[]"));
    let columns: Vec<String> = columns.collect();
    Some(format!(
        "{before}select * from unnest({}){after}",
        columns.join(", ")
    ))
}

/// A name as an identifier.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_renamed_and_texts_are_not() {
        assert_eq!(parameters("select ?1, ?12"), "select $1, $12");
        assert_eq!(parameters("select '?1', \"?2\", ?3"), "select '?1', \"?2\", $3");
        assert_eq!(
            parameters("select 'it''s ?1' -- ?2\n, ?3"),
            "select 'it''s ?1' -- ?2\n, $3"
        );
        assert_eq!(parameters("a ? b"), "a ? b");
    }

    #[test]
    fn every_text_column_is_ordered_by_its_bytes() {
        let sql = "-- some text\ncreate table a (\n    b text not null,\n    context bigint, c text\n)";
        let wanted = "-- some text\ncreate table a (\n    b text collate \"C\" not null,\n    context bigint, c text collate \"C\"\n)";
        assert_eq!(migration(sql), format!("{AFTER_WRITERS}{wanted}"));
    }

    #[test]
    fn an_insertion_of_one_row_becomes_one_of_many() {
        assert_eq!(
            over_columns(
                "insert into a (b, c) values (?1, ?2) on conflict do nothing",
                &["bytea", "int8"]
            ),
            Some(
                "insert into a (b, c) select * from unnest(?1::bytea[], ?2::int8[]) on conflict do nothing"
                    .into()
            )
        );
        assert_eq!(
            over_columns("insert into a (b, c) values (?2, ?1)", &["bytea", "int8"]),
            None
        );
        assert_eq!(over_columns("update a set b = ?1", &["bytea"]), None);
    }

    #[test]
    fn names_are_quoted() {
        assert_eq!(quoted("commune_ville-sous-bois"), "\"commune_ville-sous-bois\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }
}
