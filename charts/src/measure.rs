//! How wide a text is, on the fonts that this crate ships.
//!
//! *Problem.* A label's place depends on its width, and a width guessed from bytes or characters is
//! wrong for Arabic, Vietnamese or Cyrillic. *Choice.* Shape it with `harfrust`, the shaper that the
//! PNGs are drawn with. *Invariant.* Nobody else guesses a width. On a page the reader's own
//! font may be wider than ours: [`SLACK`] is added for it.

use std::sync::OnceLock;

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};

/// The font files, regular and bold.
pub(crate) const FONTS: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Bold.ttf"),
];

/// The names the files carry, as a CSS list.
pub(crate) const FAMILY: &str = "Noto Sans, Noto Sans Arabic, sans-serif";

/// A true minus sign, which our edition of Noto Sans lacks, and what stands for it.
pub(crate) const MINUS: char = '\u{2212}';
pub(crate) const DASH: &str = "\u{2013}";

/// A reader's sans-serif may be this much wider than Noto Sans.
const SLACK: f64 = 1.03;

/// Regular or bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// The advance of `text` at `size` pixels.
pub(crate) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    let bold = usize::from(weight == Weight::Bold);
    let mut ems = 0.0;
    // The font has no minus sign; a dash is as wide, and stands for it in PNGs.
    let text = &text.replace(MINUS, DASH);
    let mut rest = text.as_str();
    while let Some(first) = rest.chars().next() {
        let arabic = is_arabic(first);
        let end = rest.find(|it| is_arabic(it) != arabic).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        ems += face(if arabic { 2 + bold } else { bold }).ems(run);
        rest = after;
    }
    ems * size * SLACK
}

/// Whether a text holds letters written from right to left.
pub(crate) fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|it| is_arabic(it) || ('\u{590}'..='\u{5ff}').contains(&it))
}

/// `text` cut to at most `room` pixels, with an ellipsis if it had to be cut.
pub(crate) fn elide(text: &str, room: f64, size: f64, weight: Weight) -> String {
    if width(text, size, weight) <= room {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let cut = |count: usize| {
        let end = ends.get(count).copied().unwrap_or(text.len());
        format!("{}…", text[..end].trim_end())
    };
    // Width grows with length well enough to search by halves.
    let (mut fits, mut fails) = (0, ends.len());
    while fits + 1 < fails {
        let middle = usize::midpoint(fits, fails);
        if width(&cut(middle), size, weight) <= room {
            fits = middle;
        } else {
            fails = middle;
        }
    }
    cut(fits)
}

/// `text` in lines of at most `room` pixels, broken at spaces; the last of `most` lines is cut.
pub(crate) fn wrap(text: &str, room: f64, size: f64, weight: Weight, most: usize) -> Vec<String> {
    if width(text, size, weight) <= room {
        return vec![text.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let joined = lines.last().map(|line| format!("{line} {word}"));
        match joined {
            Some(joined) if width(&joined, size, weight) <= room || lines.len() == most => {
                lines.pop();
                lines.push(joined);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    for line in &mut lines {
        *line = elide(line, room, size, weight);
    }
    lines
}

struct Face {
    font: FontRef<'static>,
    data: ShaperData,
}

impl Face {
    /// The advance of a run in one script, in ems. A character that the font lacks counts as one em.
    fn ems(&self, run: &str) -> f64 {
        let shaper = self.data.shaper(&self.font).build();
        let per_em = f64::from(shaper.units_per_em());
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let advance = |(info, position): (&harfrust::GlyphInfo, &harfrust::GlyphPosition)| {
            if info.glyph_id == 0 { 1.0 } else { f64::from(position.x_advance) / per_em }
        };
        shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(advance).sum()
    }
}

fn face(number: usize) -> &'static Face {
    static FACES: [OnceLock<Face>; 4] = [const { OnceLock::new() }; 4];
    FACES[number].get_or_init(|| {
        let font = FontRef::new(FONTS[number]).expect("the shipped fonts are whole");
        Face { data: ShaperData::new(&font), font }
    })
}

fn is_arabic(it: char) -> bool {
    matches!(it, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_joined_are_narrower_than_letters_apart() {
        let joined = width("البرازيل", 12.0, Weight::Regular);
        let apart: f64 = "البرازيل".chars().map(|it| width(&it.to_string(), 12.0, Weight::Regular)).sum();
        assert!(joined > 20.0 && joined < apart, "{joined} of {apart}");
    }

    #[test]
    fn a_mark_adds_no_width() {
        // Vietnamese, composed and decomposed.
        let composed = width("Cộng hòa", 12.0, Weight::Regular);
        let decomposed = width("Co\u{323}\u{302}ng ho\u{300}a", 12.0, Weight::Regular);
        assert!((composed - decomposed).abs() < 0.01);
    }

    #[test]
    fn bold_is_wider_and_size_is_linear() {
        assert!(width("Brazil", 12.0, Weight::Bold) > width("Brazil", 12.0, Weight::Regular));
        let twice = width("Brazil", 24.0, Weight::Regular);
        assert!((twice - 2.0 * width("Brazil", 12.0, Weight::Regular)).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn nothing_cut_or_wrapped_is_wider_than_its_room(
            text in "[a-zA-Z <&ệاب\u{4e00}]{0,60}", room in 30.0..300.0f64, most in 1..4usize
        ) {
            prop_assert!(width(&elide(&text, room, 12.0, Weight::Bold), 12.0, Weight::Bold) <= room);
            let lines = wrap(&text, room, 12.0, Weight::Regular, most);
            prop_assert!(lines.len() <= most);
            for line in lines {
                prop_assert!(width(&line, 12.0, Weight::Regular) <= room);
            }
        }
    }
}
