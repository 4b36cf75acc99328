//! The fonts of stylesheets. Everything else in them has no meaning here.

/// A font that a stylesheet declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontFace {
    /// The name texts use.
    pub family: String,
    /// Its files, best first, as written.
    pub sources: Vec<String>,
}

/// What a stylesheet brings along.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stylesheet {
    /// Other stylesheets, as written.
    pub imports: Vec<String>,
    /// Fonts.
    pub faces: Vec<FontFace>,
}

/// Reads the `@import` and `@font-face` rules of a stylesheet.
pub fn read(source: &str) -> Stylesheet {
    let source = without_comments(source);
    let mut sheet = Stylesheet::default();
    for (at, _) in source.match_indices("@import") {
        let rest = &source[at + "@import".len()..];
        let rule = rest.split_once(';').map_or(rest, |(rule, _)| rule);
        // addresses may hold semicolons
        let rule = if rule.contains("url(") && !rule.contains(')') {
            rest
        } else {
            rule
        };
        let quoted = rule.trim_start();
        let found = match urls(quoted).into_iter().next() {
            Some(url) if quoted.starts_with("url(") => Some(url),
            _ => quotes(rest.trim_start()),
        };
        sheet.imports.extend(found);
    }
    for (at, _) in source.match_indices("@font-face") {
        let Some((_, rest)) = source[at..].split_once('{') else {
            continue;
        };
        let body = rest.split_once('}').map_or(rest, |(body, _)| body);
        let family =
            value(body, "font-family").map(|text| text.trim_matches(['"', '\'', ' ']).to_owned());
        let sources: Vec<String> = value(body, "src").map(urls).unwrap_or_default();
        if let Some(family) = family.filter(|_| !sources.is_empty()) {
            sheet.faces.push(FontFace { family, sources });
        }
    }
    sheet
}

fn without_comments(source: &str) -> String {
    let mut parts = source.split("/*");
    let mut plain = parts.next().unwrap_or("").to_owned();
    for part in parts {
        plain.push_str(part.split_once("*/").map_or("", |(_, after)| after));
    }
    plain
}

/// The value of the declaration `name`; semicolons within brackets belong to it.
fn value<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let at = body.match_indices(name).find(|(at, _)| {
        let before = body[..*at].trim_end();
        before.is_empty() || before.ends_with(';')
    })?;
    let rest = body[at.0 + name.len()..].trim_start().strip_prefix(':')?;
    let mut depth = 0;
    let end = rest.find(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ';' && depth == 0
    });
    Some(rest[..end.unwrap_or(rest.len())].trim())
}

fn urls(text: &str) -> Vec<String> {
    text.match_indices("url(")
        .filter_map(|(at, _)| text[at + "url(".len()..].split_once(')'))
        .map(|(url, _)| url.trim().trim_matches(['"', '\'']).to_owned())
        .collect()
}

fn quotes(text: &str) -> Option<String> {
    let quote = text.chars().next().filter(|it| matches!(it, '"' | '\''))?;
    text[1..].split_once(quote).map(|(url, _)| url.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_and_imports_are_read() {
        let sheet = read(
            "@import url('https://f.test/css2?family=A:wght@400;700');\n@import \"./b.css\";\n\
             /* @font-face { } */ @font-face { font-family: 'My Font'; src: local('x'), url(a.woff2) format('woff2'),\n url(\"a.ttf\"); }",
        );
        assert_eq!(
            sheet.imports,
            ["https://f.test/css2?family=A:wght@400;700", "./b.css"]
        );
        let face = FontFace {
            family: "My Font".to_owned(),
            sources: vec!["a.woff2".to_owned(), "a.ttf".to_owned()],
        };
        assert_eq!(sheet.faces, [face]);
    }

    #[test]
    fn what_is_not_complete_is_left_out() {
        assert_eq!(read("body { color: red }"), Stylesheet::default());
        assert_eq!(read("@font-face { font-family: x }"), Stylesheet::default());
    }
}
