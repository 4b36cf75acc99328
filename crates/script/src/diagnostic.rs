use std::{
    fmt,
    path::{Path, PathBuf},
};

/// How grave a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The film is not what the project asks for.
    Error,
    /// The film may not be what the author expects.
    Warning,
}

/// A place in one of the user's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, below the project's root where possible.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The text of the line, if the file could be read.
    pub code_line: Option<String>,
    /// The function it is in, if known.
    pub function: Option<String>,
}

/// A mistake of the project, or something its author should know.
///
/// Its text is the message, `file:line:column`, the code line with a mark
/// below the column, the calls that led there and the hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// The calls in the user's files that led there, innermost first, without [`Diagnostic::place`].
    pub stack: Vec<Place>,
    /// What may help.
    pub hints: Vec<String>,
}

impl Place {
    /// The place as programs read it: `file`, `line`, `column`, `code` and `function`.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "code": self.code_line,
            "function": self.function,
        })
    }
}

impl Diagnostic {
    /// The diagnostic as programs read it: `severity`, `message`, `place`, `stack` and
    /// `hints`.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!({
            "severity": match self.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            "message": self.message,
            "place": self.place.as_ref().map(Place::to_json),
            "stack": self.stack.iter().map(Place::to_json).collect::<Vec<_>>(),
            "hints": self.hints,
        })
    }

    /// An error without a place.
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            place: None,
            stack: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// A warning without a place.
    pub fn warning(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(message)
        }
    }

    /// The same at `place`.
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    /// The same with one more hint.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            write!(f, "\n  {place}")?;
            if let Some(code) = &place.code_line {
                let number = place.line.to_string();
                let blank = " ".repeat(number.len());
                let indent: String = code
                    .chars()
                    .take(place.column.saturating_sub(1) as usize)
                    .map(|letter| if letter == '\t' { '\t' } else { ' ' })
                    .collect();
                write!(f, "\n  {number} | {code}\n  {blank} | {indent}^")?;
            }
        }
        for call in &self.stack {
            match &call.function {
                Some(name) => write!(f, "\n  called from {name} ({call})")?,
                None => write!(f, "\n  called from {call}")?,
            }
        }
        for hint in &self.hints {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

/// Line and column, both from 0, of a byte of `source`; columns in characters.
pub(crate) fn line_and_column(source: &str, offset: u32) -> (u32, u32) {
    let mut end = (offset as usize).min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let before = &source[..end];
    let line = before.matches('\n').count() as u32;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32;
    (line, column)
}

/// A place from a line and column counted from 0.
pub(crate) fn place(root: &Path, file: &Path, source: &str, line: u32, column: u32) -> Place {
    Place {
        file: file.strip_prefix(root).unwrap_or(file).to_owned(),
        line: line + 1,
        column: column + 1,
        code_line: source
            .split('\n')
            .nth(line as usize)
            .map(|text| text.trim_end_matches('\r').to_owned()),
        function: None,
    }
}

/// The one of `names` that `wanted` was probably meant to be.
pub(crate) fn nearest<'a>(
    wanted: &str,
    names: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).max(1);
    let lower = wanted.to_lowercase();
    names
        .into_iter()
        .map(|name| (distance(&lower, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, name)| (*distance, name.len(), *name))
        .map(|(_, name)| name)
}

/// Letters to insert, remove, replace or swap with a neighbour.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_below_the_column() {
        let place = place(
            Path::new("/p"),
            Path::new("/p/src/a.tsx"),
            "\tfoo(bar);\n",
            0,
            5,
        );
        let shown = Diagnostic::error("`bar` is not defined")
            .at(Some(place))
            .hint("define it")
            .to_string();
        assert_eq!(
            shown,
            "`bar` is not defined\n  src/a.tsx:1:6\n  1 | \tfoo(bar);\n    | \t    ^\n  hint: define it"
        );
    }

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["waitFor", "makeScene2D", "all", "any"];
        assert_eq!(nearest("waitfro", names), Some("waitFor"));
        assert_eq!(nearest("makeScene2d", names), Some("makeScene2D"));
        assert_eq!(nearest("waitUntil", names), None);
    }
}
