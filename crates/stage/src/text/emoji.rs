use std::ops::Range;

/// Characters that are pictures unless a selector says otherwise
/// (`Emoji_Presentation` of Unicode's emoji data).
const PICTURES: [(u32, u32); 80] = [
    (0x231A, 0x231B),
    (0x23E9, 0x23EC),
    (0x23F0, 0x23F0),
    (0x23F3, 0x23F3),
    (0x25FD, 0x25FE),
    (0x2614, 0x2615),
    (0x2648, 0x2653),
    (0x267F, 0x267F),
    (0x2693, 0x2693),
    (0x26A1, 0x26A1),
    (0x26AA, 0x26AB),
    (0x26BD, 0x26BE),
    (0x26C4, 0x26C5),
    (0x26CE, 0x26CE),
    (0x26D4, 0x26D4),
    (0x26EA, 0x26EA),
    (0x26F2, 0x26F3),
    (0x26F5, 0x26F5),
    (0x26FA, 0x26FA),
    (0x26FD, 0x26FD),
    (0x2705, 0x2705),
    (0x270A, 0x270B),
    (0x2728, 0x2728),
    (0x274C, 0x274C),
    (0x274E, 0x274E),
    (0x2753, 0x2755),
    (0x2757, 0x2757),
    (0x2795, 0x2797),
    (0x27B0, 0x27B0),
    (0x27BF, 0x27BF),
    (0x2B1B, 0x2B1C),
    (0x2B50, 0x2B50),
    (0x2B55, 0x2B55),
    (0x1F004, 0x1F004),
    (0x1F0CF, 0x1F0CF),
    (0x1F18E, 0x1F18E),
    (0x1F191, 0x1F19A),
    (0x1F1E6, 0x1F1FF),
    (0x1F201, 0x1F201),
    (0x1F21A, 0x1F21A),
    (0x1F22F, 0x1F22F),
    (0x1F232, 0x1F236),
    (0x1F238, 0x1F23A),
    (0x1F250, 0x1F251),
    (0x1F300, 0x1F320),
    (0x1F32D, 0x1F335),
    (0x1F337, 0x1F37C),
    (0x1F37E, 0x1F393),
    (0x1F3A0, 0x1F3CA),
    (0x1F3CF, 0x1F3D3),
    (0x1F3E0, 0x1F3F0),
    (0x1F3F4, 0x1F3F4),
    (0x1F3F8, 0x1F43E),
    (0x1F440, 0x1F440),
    (0x1F442, 0x1F4FC),
    (0x1F4FF, 0x1F53D),
    (0x1F54B, 0x1F54E),
    (0x1F550, 0x1F567),
    (0x1F57A, 0x1F57A),
    (0x1F595, 0x1F596),
    (0x1F5A4, 0x1F5A4),
    (0x1F5FB, 0x1F64F),
    (0x1F680, 0x1F6C5),
    (0x1F6CC, 0x1F6CC),
    (0x1F6D0, 0x1F6D2),
    (0x1F6D5, 0x1F6D7),
    (0x1F6DC, 0x1F6DF),
    (0x1F6EB, 0x1F6EC),
    (0x1F6F4, 0x1F6FC),
    (0x1F7E0, 0x1F7EB),
    (0x1F7F0, 0x1F7F0),
    (0x1F90C, 0x1F93A),
    (0x1F93C, 0x1F945),
    (0x1F947, 0x1F9FF),
    (0x1FA70, 0x1FA7C),
    (0x1FA80, 0x1FA89),
    (0x1FA8F, 0x1FAC6),
    (0x1FACE, 0x1FADC),
    (0x1FADF, 0x1FAE9),
    (0x1FAF0, 0x1FAF8),
];

const AS_PICTURE: char = '\u{FE0F}';
const AS_TEXT: char = '\u{FE0E}';
const JOINER: char = '\u{200D}';
const KEYCAP: char = '\u{20E3}';

fn is_picture(character: char) -> bool {
    let code = u32::from(character);
    PICTURES
        .binary_search_by(|(first, last)| {
            if code < *first {
                std::cmp::Ordering::Greater
            } else if code > *last {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Equal
            }
        })
        .is_ok()
}

/// Whether the character only changes the one before.
fn is_extension(character: char) -> bool {
    matches!(character, AS_PICTURE | JOINER | KEYCAP)
        || ('\u{1F3FB}'..='\u{1F3FF}').contains(&character)
        || ('\u{E0020}'..='\u{E007F}').contains(&character)
}

/// The byte ranges of a text that are pictures, neighbours joined.
pub(super) fn emoji_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    if text.is_ascii() {
        return ranges;
    }
    let mut rest = text.char_indices().peekable();
    let mut joined = false;
    while let Some((start, character)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next);
        let picture = match next {
            Some(AS_TEXT) => false,
            Some(AS_PICTURE) => true,
            _ => is_picture(character) || joined,
        };
        joined = false;
        if !picture {
            continue;
        }
        let mut end = start + character.len_utf8();
        while let Some((at, next)) = rest.next_if(|(_, next)| is_extension(*next)) {
            end = at + next.len_utf8();
            joined = next == JOINER;
        }
        match ranges.last_mut() {
            Some(last) if last.end == start => last.end = end,
            _ => ranges.push(start..end),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pictures(text: &str) -> Vec<&str> {
        emoji_ranges(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn pictures_are_found_with_all_that_belongs_to_them() {
        assert_eq!(pictures("a 😀 b"), ["😀"]);
        assert_eq!(pictures("👩‍❤️‍👩 🇩🇪 1️⃣ 👍🏽"), ["👩‍❤️‍👩", "🇩🇪", "1️⃣", "👍🏽"]);
    }

    #[test]
    fn text_symbols_are_not_pictures_unless_asked() {
        assert_eq!(pictures("❤ ☀ © 12 #"), [""; 0]);
        assert_eq!(pictures("❤\u{FE0F}"), ["❤\u{FE0F}"]);
        assert_eq!(pictures("⌚\u{FE0E}"), [""; 0]);
    }

    #[test]
    fn the_table_is_in_order() {
        assert!(PICTURES.windows(2).all(|pair| pair[0].1 < pair[1].0));
    }
}
