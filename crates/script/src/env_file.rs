//! What a project's `.env` files say.

use std::{collections::BTreeMap, path::Path};

use crate::files::Files;

/// The files, in the reference's order: later ones win.
const NAMES: [&str; 4] = [
    ".env",
    ".env.local",
    ".env.production",
    ".env.production.local",
];
/// What the names of variables begin with that scripts see.
const PREFIX: &str = "VITE_";

/// The variables of the `.env` files in `root` that scripts see.
pub fn read(root: &Path, files: &Files) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for name in NAMES {
        if let Some(text) = files.secret_text(&root.join(name)) {
            parse(&text, &mut all);
        }
    }
    all.retain(|name, _| name.starts_with(PREFIX));
    all
}

/// Adds the variables of one file.
fn parse(text: &str, all: &mut BTreeMap<String, String>) {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim_start();
        let line = line.strip_prefix("export ").unwrap_or(line);
        let Some((name, value)) = line.split_once('=') else {
            continue;
        };
        let name = name.trim();
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_.-".contains(letter);
        if name.is_empty() || !name.chars().all(is_name) {
            continue;
        }
        let value = value.trim_start();
        let quote = value
            .chars()
            .next()
            .filter(|letter| "'\"`".contains(*letter));
        let value = match quote {
            Some(quote) => {
                let mut inner = value[1..].to_owned();
                // a quoted value may go on over lines
                while !inner.contains(quote) {
                    let Some(next) = lines.next() else { break };
                    inner.push('\n');
                    inner.push_str(next);
                }
                let inner = inner.split(quote).next().unwrap_or("");
                match quote {
                    '"' => inner.replace("\\n", "\n").replace("\\r", "\r"),
                    _ => inner.to_owned(),
                }
            }
            None => value.split('#').next().unwrap_or("").trim_end().to_owned(),
        };
        let value = if quote == Some('\'') {
            value
        } else {
            expanded(&value, all)
        };
        all.insert(name.to_owned(), value);
    }
}

/// A value with `$NAME` and `${NAME}` replaced by what stands before it.
fn expanded(value: &str, known: &BTreeMap<String, String>) -> String {
    let mut made = String::new();
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        let (before, after) = rest.split_at(at);
        if let Some(plain) = before.strip_suffix('\\') {
            made.push_str(plain);
            made.push('$');
            rest = &after[1..];
            continue;
        }
        made.push_str(before);
        let after = &after[1..];
        let (name, end) = match after.strip_prefix('{') {
            Some(inner) => match inner.find('}') {
                Some(end) => (&inner[..end], end + 2),
                None => ("", 0),
            },
            None => {
                let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
                let end = after.find(|letter| !is_part(letter));
                let end = end.unwrap_or(after.len());
                (&after[..end], end)
            }
        };
        match name {
            "" => made.push('$'),
            name => made.push_str(known.get(name).map_or("", String::as_str)),
        }
        rest = &after[end..];
    }
    made.push_str(rest);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_may_be_quoted_expanded_and_followed_by_comments() {
        let text = "# a comment\nVITE_A=abc # what it is\nexport VITE_B = \"two\\nlines\"\nVITE_C='$VITE_A'\n\
                    VITE_D=${VITE_A}-$VITE_A\nVITE_E=\"one\ntwo\"\nVITE_F=a\\$b\nno value\n=x\nVITE_G=\n";
        let mut all = BTreeMap::new();
        parse(text, &mut all);
        let all: Vec<(&str, &str)> = all.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            all,
            [
                ("VITE_A", "abc"),
                ("VITE_B", "two\nlines"),
                ("VITE_C", "$VITE_A"),
                ("VITE_D", "abc-abc"),
                ("VITE_E", "one\ntwo"),
                ("VITE_F", "a$b"),
                ("VITE_G", ""),
            ]
        );
    }
}
