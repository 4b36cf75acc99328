use std::borrow::Cow;

/// A text as a terminal may be given it: what would move its cursor, ring its bell, end a
/// line early or turn the order of letters round is shown as an escape such as `\x1b`.
/// Ends of lines and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            letter if !is_hidden(letter) => shown.push(letter),
            letter if letter as u32 <= 0xff => shown += &format!("\\x{:02x}", letter as u32),
            letter => shown += &format!("\\u{:04x}", letter as u32),
        }
    }
    Cow::Owned(shown)
}

/// The same of a text that is JSON, which stays so: what it hides stands in its strings.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    let is_hidden = |letter| letter != '\r' && is_hidden(letter);
    if !json.chars().any(is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 8);
    for letter in json.chars() {
        match is_hidden(letter) {
            true => shown += &format!("\\u{:04x}", letter as u32),
            false => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

fn is_hidden(letter: char) -> bool {
    let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || letter.is_control() && !matches!(letter, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_commands_a_terminal_is_shown() {
        let plain = "a\tb\nÄ 漢字 👩‍🚀";
        assert!(matches!(visible(plain), Cow::Borrowed(same) if same == plain));
        assert_eq!(visible("\u{1b}[31mred\u{7}\u{8}"), "\\x1b[31mred\\x07\\x08");
        assert_eq!(visible("one\r\ntwo\rthree"), "one\ntwo\\x0dthree");
        assert_eq!(visible("\u{9b}2J\u{7f}"), "\\x9b2J\\x7f");
        assert_eq!(visible("a\u{202e}b\u{2066}"), "a\\u202eb\\u2066");
    }

    #[test]
    fn json_says_the_same_in_plain_letters() {
        let value = serde_json::json!({"Ä\u{9b}": ["\u{1b}[2J\u{7f}", "\u{202e}\r\n👩‍🚀"]});
        for text in [value.to_string(), format!("{value:#}")] {
            let shown = visible_json(&text);
            assert_eq!(visible(&shown), *shown);
            assert_eq!(
                serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
                value
            );
        }
        let plain = r#"{"a": "Ä\u001b"}"#;
        assert!(matches!(visible_json(plain), Cow::Borrowed(same) if same == plain));
    }
}
