//! What a file says it is by its own first bytes: kinds of pictures that every browser shows and that hold no
//! script. Nothing is unpacked here; the size is read where the kind keeps it.

/// What a picture says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub(crate) media_type: &'static str,
    /// In points, one at least.
    pub(crate) width: u32,
    /// In points, one at least.
    pub(crate) height: u32,
}

/// What the bytes are; `None` for anything else, and for a picture cut off before its size.
pub(crate) fn picture(bytes: &[u8]) -> Option<Picture> {
    let (media_type, (width, height)) = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        ("image/png", png(bytes)?)
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        ("image/jpeg", jpeg(bytes)?)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12)? == b"WEBP" {
        ("image/webp", webp(bytes)?)
    } else {
        return None;
    };
    (width > 0 && height > 0).then_some(Picture {
        media_type,
        width,
        height,
    })
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    (bytes.get(12..16)? == b"IHDR").then_some(())?;
    Some((big(16)?, big(20)?))
}

/// Goes from segment to segment up to the one that begins the frame.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let big = |at: usize| Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Filling before a marker.
            0xff => at += 1,
            // Markers that stand alone.
            0x01 | 0xd0..=0xd7 => at += 2,
            // The picture itself, or its end, before any frame.
            0xd8..=0xda => return None,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((u32::from(big(at + 7)?), u32::from(big(at + 5)?)));
            }
            _ => at += 2 + usize::from(big(at + 2)?.max(2)),
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    let small = |at: usize, count: usize| {
        let part = bytes.get(at..at + count)?;
        Some(
            part.iter()
                .rev()
                .fold(0, |all, byte| (all << 8) | u32::from(*byte)),
        )
    };
    match bytes.get(12..16)? {
        b"VP8 " => {
            (bytes.get(23..26)? == [0x9d, 0x01, 0x2a]).then_some(())?;
            Some((small(26, 2)? & 0x3fff, small(28, 2)? & 0x3fff))
        }
        b"VP8L" => {
            (*bytes.get(20)? == 0x2f).then_some(())?;
            let both = small(21, 4)?;
            Some(((both & 0x3fff) + 1, ((both >> 14) & 0x3fff) + 1))
        }
        b"VP8X" => Some((small(24, 3)? + 1, small(27, 3)? + 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    fn seen(bytes: &[u8]) -> Option<(&'static str, u32, u32)> {
        picture(bytes).map(|one| (one.media_type, one.width, one.height))
    }

    #[test]
    fn each_kind_is_known_by_its_bytes_and_tells_its_size() {
        assert_eq!(seen(&png_of(320, 90)), Some(("image/png", 320, 90)));
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x11\x08\x00\x5a\x01\x40";
        assert_eq!(seen(jpeg), Some(("image/jpeg", 320, 90)));
        let lossy = b"RIFF....WEBPVP8 ....abc\x9d\x01\x2a\x40\x01\x5a\x00";
        assert_eq!(seen(lossy), Some(("image/webp", 320, 90)));
        let lossless = b"RIFF....WEBPVP8L....\x2f\x3f\x41\x16\x00";
        assert_eq!(seen(lossless), Some(("image/webp", 320, 90)));
        let extended = b"RIFF....WEBPVP8X....\x00\x00\x00\x00\x3f\x01\x00\x59\x00\x00";
        assert_eq!(seen(extended), Some(("image/webp", 320, 90)));
    }

    #[test]
    fn what_is_no_picture_is_none() {
        for other in [
            &b""[..],
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            b"GIF89a",
            b"<!doctype html>",
            b"RIFF....WAVE",
            b"\x89PNG\r\n\x1a\n<script>",
        ] {
            assert_eq!(picture(other), None, "{other:?}");
        }
        assert_eq!(picture(&png_of(0, 90)), None, "no point wide");
    }

    #[test]
    fn a_file_cut_anywhere_is_read_without_harm() {
        let jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0\x00\x11\x08\x00\x5a\x01\x40";
        for whole in [png_of(320, 90), jpeg.to_vec()] {
            for end in 0..whole.len() {
                assert_eq!(picture(&whole[..end]), None, "cut at {end}");
            }
        }
        // A segment that says it is shorter than its own length does not go round for ever.
        assert_eq!(picture(b"\xff\xd8\xff\xe0\x00\x00\xff\xe0\x00\x00"), None);
    }
}
