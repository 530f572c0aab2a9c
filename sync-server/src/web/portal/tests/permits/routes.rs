//! The routes of the portal as its sources write them: none can be added without a line in the table.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Method and path of a route.
pub(super) type Written = (&'static str, String);

/// Every route that the sources of the portal write, their tests aside.
pub(super) fn written() -> BTreeSet<Written> {
    let mut all = BTreeSet::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/portal"),
        &mut all,
    );
    all
}

fn collect(folder: &Path, all: &mut BTreeSet<Written>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "tests") {
                collect(&path, all);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            all.extend(routes_in(code));
        }
    }
}

/// `.route("PATH", get(…).post(…))`, however it is laid out.
fn routes_in(code: &str) -> Vec<Written> {
    let mut found = Vec::new();
    for call in code.split(".route(").skip(1) {
        let inside = &call[..end_of_call(call)];
        let (path, methods) = path_and_methods(inside);
        for method in ["get", "post", "put", "delete", "any"] {
            let call = format!("{method}(");
            let mut calls = methods.match_indices(&call);
            let is_one = |at: usize| {
                let last = methods[..at].chars().next_back();
                last.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            };
            if calls.any(|(at, _)| is_one(at)) {
                found.push((name(method), path.clone()));
            }
        }
    }
    found
}

fn name(method: &str) -> &'static str {
    match method {
        "get" => "GET",
        "post" => "POST",
        "put" => "PUT",
        "delete" => "DELETE",
        _ => "ANY",
    }
}

/// Where the parenthesis closes that the call opened.
fn end_of_call(call: &str) -> usize {
    let mut depth = 1;
    for (at, c) in call.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    call.len()
}

/// The path is a literal: the table could not be proved complete otherwise.
fn path_and_methods(inside: &str) -> (String, &str) {
    let literal = inside
        .trim_start()
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'));
    let (path, methods) =
        literal.unwrap_or_else(|| panic!("write the path of this route as a text: {inside}"));
    (path.to_owned(), methods)
}

#[test]
fn routes_are_read_however_they_are_laid_out() {
    let code = ".route(\"/{slug}/a\", get(show).post(submit))\n.route(\n \"/{slug}/b\",\n post(x::budget).layer(y(1)),\n)";
    assert_eq!(
        routes_in(code),
        [
            ("GET", "/{slug}/a".to_owned()),
            ("POST", "/{slug}/a".to_owned()),
            ("POST", "/{slug}/b".to_owned()),
        ]
    );
}
