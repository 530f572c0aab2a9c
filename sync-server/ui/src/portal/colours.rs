//! A town's own colour, made into all that pages need of it: light enough or dark enough to be read on every
//! ground, in both themes. The grounds are those of `base.css`.

/// Least contrast of text and its ground (WCAG 2.2, 1.4.3).
pub const LEAST: f64 = 4.5;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rgb([u8; 3]);

const BLACK: Rgb = Rgb([0, 0, 0]);
const WHITE: Rgb = Rgb([255, 255, 255]);
/// Paper, raised, sunken of the light theme, then of the dark one, as in `base.css`.
const LIGHT: [Rgb; 3] = [Rgb([0xfb, 0xfa, 0xf6]), WHITE, Rgb([0xf2, 0xf0, 0xe9])];
const DARK: [Rgb; 3] = [
    Rgb([0x12, 0x18, 0x1f]),
    Rgb([0x1b, 0x23, 0x2c]),
    Rgb([0x0d, 0x12, 0x17]),
];
/// What stands on a button in the dark theme, as in `base.css`.
const ON_DARK: Rgb = Rgb([0x0d, 0x1a, 0x24]);
/// In how many steps a colour is made darker or lighter.
const STEPS: u16 = 128;

impl Rgb {
    fn read(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        if hex.len() != 6 || !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    fn hex(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// So many steps of the way to another colour.
    fn toward(self, other: Self, steps: u16) -> Self {
        let mut parts = self.0;
        for (mine, theirs) in parts.iter_mut().zip(other.0) {
            let sum = u32::from(*mine) * u32::from(STEPS - steps) + u32::from(theirs) * u32::from(steps);
            *mine = u8::try_from(sum / u32::from(STEPS)).unwrap_or(u8::MAX);
        }
        Self(parts)
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn against(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// Its contrast with the ground on which it shows least.
    fn on_all(self, grounds: &[Self]) -> f64 {
        grounds
            .iter()
            .map(|ground| self.against(*ground))
            .fold(f64::MAX, f64::min)
    }
}

/// What one theme makes of a colour.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shades {
    accent: Rgb,
    deep: Rgb,
    on: Rgb,
    wash: Rgb,
}

/// One theme in words: for whoever chooses a colour.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// Its hexadecimal name.
    pub accent: String,
    /// Its contrast with the ground on which it shows least.
    pub contrast: f64,
    /// The colour that was asked for would not do here.
    pub adapted: bool,
}

fn shades(asked: Rgb, grounds: [Rgb; 3], away: Rgb, on: Rgb) -> Shades {
    let accent = (0..=STEPS)
        .map(|steps| asked.toward(away, steps))
        .find(|one| one.on_all(&grounds) >= LEAST && one.against(on) >= LEAST)
        .unwrap_or(away);
    let raised = grounds[1];
    let wash = (0..=STEPS / 8)
        .rev()
        .map(|steps| raised.toward(accent, steps))
        .find(|wash| accent.against(*wash) >= LEAST)
        .unwrap_or(raised);
    Shades {
        accent,
        deep: accent.toward(away, STEPS / 4),
        on,
        wash,
    }
}

fn both(asked: Rgb) -> [Shades; 2] {
    [
        shades(asked, LIGHT, BLACK, WHITE),
        shades(asked, DARK, WHITE, ON_DARK),
    ]
}

/// What light and dark make of a colour; `None` where it is none, such as `#1f5f8b`.
pub fn shown(accent: &str) -> Option<[Shown; 2]> {
    let asked = Rgb::read(accent)?;
    let [light, dark] = both(asked);
    Some([(light, LIGHT), (dark, DARK)].map(|(shades, grounds)| Shown {
        accent: shades.accent.hex(),
        contrast: shades.accent.on_all(&grounds),
        adapted: shades.accent != asked,
    }))
}

fn properties(shades: Shades) -> String {
    format!(
        "--accent:{};--accent-deep:{};--on-accent:{};--accent-wash:{}",
        shades.accent.hex(),
        shades.deep.hex(),
        shades.on.hex(),
        shades.wash.hex()
    )
}

/// The stylesheet of a town's colour, to be read after `base.css`; nothing where it is none.
pub fn colours(accent: &str) -> String {
    let Some(asked) = Rgb::read(accent) else {
        return String::new();
    };
    let [light, dark] = both(asked).map(properties);
    format!(
        "@layer tokens{{:root{{{light}}}@media (prefers-color-scheme:dark){{:root:not([data-light=\"sun\"]){{{dark}}}}}}}\n"
    )
}

/// The same two themes side by side, whatever the screen asks for: for whoever chooses a colour.
pub fn preview_colours(accent: &str) -> String {
    let Some(asked) = Rgb::read(accent) else {
        return String::new();
    };
    let [light, dark] = both(asked).map(properties);
    let grounds = |[paper, raised, sunken]: [Rgb; 3], ink: &str, soft: &str, line: &str, edge: &str| {
        format!(
            "--paper:{};--raised:{};--sunken:{};--ink:{ink};--ink-soft:{soft};--line:{line};--edge:{edge}",
            paper.hex(),
            raised.hex(),
            sunken.hex()
        )
    };
    let light_ground = grounds(LIGHT, "#1c2733", "#51606f", "#d9d6cc", "#7f8a95");
    let dark_ground = grounds(DARK, "#eef2f5", "#a9b6c2", "#33404d", "#728190");
    format!(
        "@layer screen{{.portal-preview[data-theme=\"light\"]{{color-scheme:light;{light_ground};{light}}}\
         .portal-preview[data-theme=\"dark\"]{{color-scheme:dark;{dark_ground};{dark}}}}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every colour of a coarse net over all of them.
    fn net() -> impl Iterator<Item = Rgb> {
        let parts = (0..=255u8).step_by(17);
        parts.clone().flat_map(move |r| {
            let parts = parts.clone();
            parts
                .clone()
                .flat_map(move |g| parts.clone().map(move |b| Rgb([r, g, b])))
        })
    }

    #[test]
    fn whatever_a_town_chooses_can_be_read() {
        for asked in net() {
            for (shades, grounds) in both(asked).into_iter().zip([LIGHT, DARK]) {
                let name = asked.hex();
                assert!(shades.accent.on_all(&grounds) >= LEAST, "{name} on paper");
                assert!(shades.accent.against(shades.wash) >= LEAST, "{name} on its wash");
                assert!(shades.accent.against(shades.on) >= LEAST, "{name} under words");
                assert!(shades.deep.against(shades.on) >= LEAST, "{name}, touched");
            }
        }
    }

    #[test]
    fn what_does_is_left_as_it_is() {
        let [light, dark] = shown("#1f5f8b").unwrap();
        assert!(!light.adapted && light.accent == "#1f5f8b" && light.contrast > 6.0);
        assert!(dark.adapted && dark.contrast >= LEAST);
        let [light, dark] = shown("#ffe000").unwrap();
        assert!(light.adapted && !dark.adapted);
    }

    #[test]
    fn contrast_is_that_of_the_rule() {
        assert!((BLACK.against(WHITE) - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that does on white, #777777 does not.
        assert!(Rgb([0x76; 3]).against(WHITE) >= LEAST);
        assert!(Rgb([0x77; 3]).against(WHITE) < LEAST);
    }

    #[test]
    fn only_a_colour_makes_a_stylesheet() {
        for no in ["", "#12345", "1f5f8b", "#1f5f8g", "#1f5f8b;}", "red", "#é1f5f"] {
            assert_eq!(colours(no), "", "{no}");
            assert_eq!(preview_colours(no), "");
            assert!(shown(no).is_none());
        }
        assert!(colours("#1F5F8B").starts_with("@layer tokens{:root{--accent:#1f5f8b;"));
    }

    #[test]
    fn the_grounds_are_those_of_the_pages() {
        let base = include_str!("../../static/base.css");
        let (light, dark) = base.split_once("prefers-color-scheme: dark").unwrap();
        for (part, grounds) in [(light, LIGHT), (dark, DARK)] {
            for (name, ground) in ["--paper", "--raised", "--sunken"].iter().zip(grounds) {
                let line = format!("{name}: {};", ground.hex());
                assert!(part.contains(&line), "{line}");
            }
        }
        assert!(dark.contains(&format!("--on-accent: {};", ON_DARK.hex())));
    }
}
