//! A colour and a symbol for every child who cannot say its name yet.

use crate::day_list::Symbol;
use crate::ids::ChildId;

/// Names of the colours, as style sheets know them.
pub const COLOURS: [&str; 8] = [
    "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink",
];

/// Names of the shapes, as the screens' sprite knows them.
pub const SHAPES: [&str; 24] = [
    "sun",
    "moon",
    "star",
    "heart",
    "leaf",
    "tree",
    "flower",
    "apple",
    "cherry",
    "pear",
    "fish",
    "bird",
    "cat",
    "snail",
    "butterfly",
    "ladybird",
    "boat",
    "car",
    "train",
    "balloon",
    "umbrella",
    "house",
    "kite",
    "mushroom",
];

/// The symbol of a child: the one chosen, else one that follows from its id and so never changes.
pub fn of(child: ChildId, chosen: Option<Symbol>) -> Symbol {
    let fits = |s: &Symbol| usize::from(s.colour) < COLOURS.len() && usize::from(s.shape) < SHAPES.len();
    chosen.filter(fits).unwrap_or_else(|| {
        let sum = child.as_bytes().iter().fold(7_u32, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u32::from(*byte))
        });
        Symbol {
            colour: (sum % 8) as u8,
            shape: (sum / 8 % 24) as u8,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_child_keeps_its_symbol_and_a_wrong_choice_is_not_taken() {
        let child = ChildId(Uuid::from_u128(5));
        assert_eq!(of(child, None), of(child, None));
        let chosen = Symbol { colour: 2, shape: 3 };
        assert_eq!(of(child, Some(chosen)), chosen);
        let wrong = Symbol { colour: 8, shape: 0 };
        assert_eq!(of(child, Some(wrong)), of(child, None));
    }
}
