//! The window's clock. It tells one thing only: how long nobody has touched the screen.

/// Milliseconds since some fixed moment, nights when the tablet slept included.
pub(crate) fn now_ms() -> f64 {
    js_sys::Date::now()
}
