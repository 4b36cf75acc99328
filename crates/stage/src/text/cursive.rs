use std::ops::Range;

/// Blocks of scripts whose letters hang together: spacing would tear them apart, so a
/// browser sets them without (CSS Text, "cursive scripts").
const CURSIVE: [(u32, u32); 11] = [
    // Arabic, Syriac, Arabic supplement
    (0x0600, 0x077F),
    // N'Ko
    (0x07C0, 0x07FF),
    // Mandaic, Syriac supplement
    (0x0840, 0x086F),
    // Arabic extended
    (0x0870, 0x08FF),
    // Mongolian
    (0x1800, 0x18AF),
    // Phags-pa
    (0xA840, 0xA87F),
    // Arabic presentation forms
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
    // Hanifi Rohingya
    (0x10D00, 0x10D3F),
    // Arabic extended C
    (0x10EC0, 0x10EFF),
    // Mongolian supplement
    (0x11660, 0x1167F),
];

/// Joiner and non-joiner, which stand between letters.
const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// The parts of a text whose letters hang together, in order.
pub(super) fn cursive_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    if text.is_ascii() {
        return ranges;
    }
    for (start, character) in text.char_indices() {
        let end = start + character.len_utf8();
        let follows = ranges.last().is_some_and(|last| last.end == start);
        let is_cursive = is_cursive(character) || follows && JOINERS.contains(&character);
        match ranges.last_mut() {
            Some(last) if is_cursive && follows => last.end = end,
            _ if is_cursive => ranges.push(start..end),
            _ => {}
        }
    }
    ranges
}

fn is_cursive(character: char) -> bool {
    let code = u32::from(character);
    let after = CURSIVE.partition_point(|(_, last)| *last < code);
    CURSIVE.get(after).is_some_and(|(first, _)| *first <= code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_cursive_scripts_are_found_without_the_spaces_between_them() {
        let parts = |text: &'static str| -> Vec<&str> {
            cursive_ranges(text)
                .into_iter()
                .map(|range| &text[range])
                .collect()
        };
        assert_eq!(parts("plain text"), [""; 0]);
        assert_eq!(parts("größer, ещё"), [""; 0]);
        assert_eq!(parts("ab السلام عليكم cd"), ["السلام", "عليكم"]);
        assert_eq!(parts("می\u{200C}خواهم"), ["می\u{200C}خواهم"]);
    }
}
