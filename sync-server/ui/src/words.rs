//! The texts of the desk, in French.

use std::sync::LazyLock;

use shared::words::{FluentArgs, FluentValue, Locale, Words};

static FRENCH: LazyLock<Words> = LazyLock::new(|| Words::of_desk(Locale::Fr));

/// All of them.
pub(crate) fn french() -> &'static Words {
    &FRENCH
}

/// The text of a key.
pub(crate) fn t(key: &str) -> String {
    FRENCH.t(key)
}

/// The text of a key with one value put in.
pub(crate) fn t1<'a>(key: &str, name: &'a str, value: impl Into<FluentValue<'a>>) -> String {
    FRENCH.t1(key, name, value)
}

/// The text of a key with several texts put in.
pub(crate) fn with(key: &str, values: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in values {
        args.set(*name, *value);
    }
    FRENCH.with(key, &args)
}

/// The text of a key with texts and numbers put in.
pub(crate) fn with_args(key: &str, args: &FluentArgs<'_>) -> String {
    FRENCH.with(key, args)
}
