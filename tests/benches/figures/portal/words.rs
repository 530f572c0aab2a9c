//! What people read on a page: two servers that show the same words drew the same page.

/// The words of a page's body, one space between them.
pub(super) fn of(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    let body = page.split_once("<body").map_or(&*page, |(_, body)| body);
    let body = body.split_once('>').map_or(body, |(_, body)| body);
    let mut read = String::new();
    for piece in body.split('<') {
        // What follows a tag; before the first there is no tag.
        let words = piece.split_once('>').map_or(piece, |(_, words)| words);
        read.push(' ');
        read.push_str(words);
    }
    for (written, sign) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        read = read.replace(written, sign);
    }
    read.split_whitespace().collect::<Vec<_>>().join(" ")
}
