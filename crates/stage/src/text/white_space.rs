use std::ops::Range;

use crate::font_style::Wrap;

/// A line as the text itself breaks, with its white space as it is measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct HardLine {
    pub text: String,
    /// Which bytes belong to which span, in order, covering all.
    pub runs: Vec<(Range<usize>, usize)>,
    /// The span that ended the line with a break, if one did.
    pub ended_by: Option<usize>,
}

impl HardLine {
    fn push(&mut self, span: usize, character: char) {
        let start = self.text.len();
        self.text.push(character);
        let end = self.text.len();
        match self.runs.last_mut() {
            Some((range, last)) if *last == span => range.end = end,
            _ => self.runs.push((start..end, span)),
        }
    }
}

/// Breaks spans (text and how it wraps) into lines, with white space collapsed
/// as CSS says: across spans, and to nothing at both ends of a line.
///
/// Without wrapping, line breaks of the text are kept (they become `<br>` in the
/// reference). A preformatted span ends in a line break of its own; its tabs stay.
pub(super) fn hard_lines<'a>(spans: impl IntoIterator<Item = (&'a str, Wrap)>) -> Vec<HardLine> {
    let mut lines = Vec::new();
    let mut line = HardLine::default();
    let mut space: Option<usize> = None;
    let mut end_line = |line: &mut HardLine, space: &mut Option<usize>, span| {
        *space = None;
        line.ended_by = Some(span);
        lines.push(std::mem::take(line));
    };
    for (index, (text, wrap)) in spans.into_iter().enumerate() {
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            let character = match character {
                '\r' => {
                    characters.next_if_eq(&'\n');
                    '\n'
                }
                other => other,
            };
            let white = matches!(character, ' ' | '\t' | '\n' | '\u{c}');
            match (wrap, character) {
                (Wrap::None | Wrap::Pre, '\n') => end_line(&mut line, &mut space, index),
                (Wrap::None | Wrap::Normal | Wrap::Balance, _) if white => {
                    if !line.text.is_empty() {
                        space.get_or_insert(index);
                    }
                }
                _ => {
                    if let Some(span) = space.take() {
                        line.push(span, ' ');
                    }
                    line.push(index, character);
                }
            }
        }
        if wrap == Wrap::Pre && !text.is_empty() {
            end_line(&mut line, &mut space, index);
        }
    }
    // A break at the very end begins no line.
    if !line.text.is_empty() {
        lines.push(line);
    }
    lines
}

/// A drawn string: runs of white space are single spaces, preformatted or not.
pub(super) fn collapsed(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() && character != '\u{a0}' {
            if !result.ends_with(' ') {
                result.push(' ');
            }
        } else {
            result.push(character);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(spans: &[(&str, Wrap)]) -> Vec<String> {
        hard_lines(spans.iter().copied())
            .into_iter()
            .map(|line| line.text)
            .collect()
    }

    #[test]
    fn white_space_collapses_within_and_across_spans() {
        assert_eq!(lines(&[("  a \t b ", Wrap::Normal)]), ["a b"]);
        let spans = [("a ", Wrap::None), (" b", Wrap::None)];
        let found = hard_lines(spans);
        assert_eq!(found[0].text, "a b");
        assert_eq!(found[0].runs, [(0..2, 0), (2..3, 1)]);
    }

    #[test]
    fn line_breaks_are_kept_unless_lines_wrap() {
        assert_eq!(lines(&[("a \n b", Wrap::None)]), ["a", "b"]);
        assert_eq!(lines(&[("a\r\nb", Wrap::None)]), ["a", "b"]);
        assert_eq!(lines(&[("a\nb", Wrap::Normal)]), ["a b"]);
        assert_eq!(lines(&[("a\n\nb\n", Wrap::None)]), ["a", "", "b"]);
        assert_eq!(lines(&[("\n", Wrap::None)]), [""]);
        assert_eq!(lines(&[("", Wrap::None)]), [""; 0]);
    }

    #[test]
    fn preformatted_text_keeps_spaces_and_ends_its_line() {
        assert_eq!(lines(&[("a  b\n c", Wrap::Pre)]), ["a  b", " c"]);
        assert_eq!(lines(&[("a", Wrap::Pre), ("b", Wrap::Pre)]), ["a", "b"]);
        assert_eq!(lines(&[("a\tb", Wrap::Pre)]), ["a\tb"]);
    }

    #[test]
    fn drawn_strings_have_single_spaces() {
        assert_eq!(collapsed("  a \t b\u{a0}\u{a0}c"), " a b\u{a0}\u{a0}c");
    }
}
