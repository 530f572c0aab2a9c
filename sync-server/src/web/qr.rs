//! QR codes as paths: nothing is loaded and nothing stands inline but the drawing.

use qrcode::{Color, EcLevel, QrCode};

/// Light squares around a QR code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// The dark squares as a path, and how many squares a side has with its quiet zone. A text too long
/// for a code gives none; addresses are not.
pub(super) fn drawn(text: &str) -> (String, usize) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return (String::new(), 1);
    };
    let width = code.width();
    let squares: Vec<String> = code
        .to_colors()
        .into_iter()
        .enumerate()
        .filter(|(_, colour)| *colour == Color::Dark)
        .map(|(i, _)| format!("M{} {}h1v1h-1z", i % width + QUIET, i / width + QUIET))
        .collect();
    (squares.concat(), width + 2 * QUIET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_drawn_square_by_square_within_its_quiet_zone() {
        let (path, squares) = drawn("preau:https://preau.example.fr ville-3456-789A-BCDE");
        assert_eq!(squares, 33 + 8);
        assert!(path.starts_with("M4 4h1v1h-1z"), "the corner of the first finder");
    }
}
