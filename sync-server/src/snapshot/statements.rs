//! The few statements that fit every table. Their text stands in `sql/*.template`, where names in braces are
//! filled in from the registry: the names of tables and columns are constants of this program, never
//! taken from a snapshot.

use super::tables::Table;

/// Selects the first rows of a table by its primary key. Parameter: how many.
pub(super) fn first_page(table: &Table, columns: &[&str]) -> String {
    filled(include_str!("sql/first_page.template"), table, columns)
}

/// Selects the rows behind a key. Parameters: the key, then how many.
pub(super) fn next_page(table: &Table, columns: &[&str]) -> String {
    let after = numbered(1, table.key);
    filled(include_str!("sql/next_page.template"), table, columns)
        .replace("{after}", &after)
        .replace("{limit}", &format!("?{}", table.key + 1))
}

/// Inserts `rows` rows. Parameters: their values, row after row.
pub(crate) fn insert(table: &Table, columns: &[&str], rows: usize) -> String {
    let values: Vec<String> = (0..rows)
        .map(|row| format!("({})", numbered(1 + row * columns.len(), columns.len())))
        .collect();
    filled(include_str!("sql/insert.template"), table, columns).replace("{rows}", &values.join(", "))
}

fn filled(text: &str, table: &Table, columns: &[&str]) -> String {
    text.trim_end()
        .replace("{table}", table.name)
        .replace("{columns}", &columns.join(", "))
        .replace("{key}", &table.columns[..table.key].join(", "))
}

fn numbered(from: usize, count: usize) -> String {
    let places: Vec<String> = (from..from + count).map(|n| format!("?{n}")).collect();
    places.join(", ")
}
