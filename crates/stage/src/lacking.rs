use std::collections::HashSet;

/// How many characters a message shows.
const SHOWN: usize = 40;

/// Characters that no font has a glyph for.
#[derive(Default)]
pub(crate) struct Lacking {
    known: HashSet<char>,
    /// Those that nobody was told of yet, and the texts that they were first met in.
    new: Vec<char>,
    keys: Vec<String>,
    /// Those of the text that is being shaped.
    pending: Vec<char>,
}

impl Lacking {
    /// Characters of the text that is being shaped.
    pub fn note(&mut self, characters: Vec<char>) {
        self.pending.extend(characters);
    }

    /// A text with this key has been shaped.
    pub fn shaped(&mut self, key: &str) {
        let mut is_new = false;
        for character in std::mem::take(&mut self.pending) {
            if self.known.insert(character) {
                self.new.push(character);
                is_new = true;
            }
        }
        if is_new {
            self.keys.push(key.to_owned());
        }
    }

    /// The message on what was found since the last one.
    pub fn warning(&mut self) -> Option<String> {
        let (new, keys) = (
            std::mem::take(&mut self.new),
            std::mem::take(&mut self.keys),
        );
        let first = keys.first()?;
        let shown: String = new.iter().take(SHOWN).collect();
        let and = |count: usize| match count {
            0 => String::new(),
            1 => " and one other".to_owned(),
            count => format!(" and {count} others"),
        };
        let more = and(new.len().saturating_sub(SHOWN));
        let elsewhere = and(keys.len() - 1);
        Some(format!(
            "no font has a glyph for `{shown}`{more}, in `{first}`{elsewhere}: boxes are drawn \
             instead; put a font that has them into the project's `public/` folder, or take those \
             of this machine with `--system-fonts`"
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_character_is_named_once_with_the_text_that_it_was_first_in() {
        let mut lacking = Lacking::default();
        lacking.note(vec!['中', '文']);
        lacking.shaped("title");
        lacking.note(vec!['文']);
        lacking.shaped("body");
        assert_eq!(
            lacking.warning().unwrap(),
            "no font has a glyph for `中文`, in `title`: boxes are drawn instead; put a font that \
             has them into the project's `public/` folder, or take those of this machine with \
             `--system-fonts`"
        );
        assert_eq!(lacking.warning(), None);
        lacking.note(vec!['文']);
        lacking.shaped("again");
        assert_eq!(lacking.warning(), None);
    }

    #[test]
    fn a_message_is_short_however_much_is_missing() {
        let mut lacking = Lacking::default();
        lacking.note(('一'..).take(50).collect());
        lacking.shaped("a");
        lacking.note(vec!['ก']);
        lacking.shaped("b");
        let warning = lacking.warning().unwrap();
        assert!(
            warning.contains("` and 11 others, in `a` and one other: "),
            "{warning}"
        );
    }
}
