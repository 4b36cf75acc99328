use std::path::PathBuf;

use crate::MediaError;

/// A file name in which a number may stand: `frames/%06d.png`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    before: String,
    /// The least number of digits, and what follows.
    number: Option<(usize, String)>,
}

impl Pattern {
    /// Reads a name with at most one `%d` or `%06d` in it, and `%%` for a percent sign.
    ///
    /// # Errors
    /// When something else follows a percent sign, or more than one number would stand in
    /// the name.
    pub fn parse(text: &str) -> Result<Self, MediaError> {
        let fault = || {
            MediaError::Settings(format!(
                "`{text}` is not a file name: %d or %06d may stand in it once, and %% for a percent sign"
            ))
        };
        let mut parts = vec![String::new()];
        let mut number = None;
        let mut rest = text;
        while let Some((plain, after)) = rest.split_once('%') {
            let part = parts.last_mut().ok_or_else(fault)?;
            part.push_str(plain);
            if let Some(after) = after.strip_prefix('%') {
                part.push('%');
                rest = after;
                continue;
            }
            let (digits, after) = after.split_once('d').ok_or_else(fault)?;
            let width = match digits {
                "" => 0,
                _ => digits
                    .parse()
                    .ok()
                    .filter(|width| *width <= 20)
                    .ok_or_else(fault)?,
            };
            if number.replace(width).is_some() {
                return Err(fault());
            }
            parts.push(String::new());
            rest = after;
        }
        parts.last_mut().ok_or_else(fault)?.push_str(rest);
        let after = parts.pop().filter(|_| number.is_some());
        let before = match after {
            Some(_) => parts.pop().unwrap_or_default(),
            None => text.replace("%%", "%"),
        };
        Ok(Self {
            before,
            number: number.zip(after),
        })
    }

    /// Whether a number stands in it.
    pub fn is_numbered(&self) -> bool {
        self.number.is_some()
    }

    /// The name of this number's file.
    pub fn path(&self, number: u64) -> PathBuf {
        match &self.number {
            Some((width, after)) => format!("{}{number:0width$}{after}", self.before).into(),
            None => self.before.clone().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pattern: &str) -> Option<String> {
        let pattern = Pattern::parse(pattern).ok()?;
        Some(pattern.path(29).to_str().unwrap().to_owned())
    }

    #[test]
    fn numbers_stand_where_the_pattern_says() {
        assert_eq!(path("dir/%06d.png").as_deref(), Some("dir/000029.png"));
        assert_eq!(path("a%d.png").as_deref(), Some("a29.png"));
        assert_eq!(path("100%%-%3d").as_deref(), Some("100%-029"));
        assert_eq!(path("one.png").as_deref(), Some("one.png"));
        assert_eq!(path("50%%.png").as_deref(), Some("50%.png"));
        for pattern in ["%d-%d.png", "%s.png", "%", "%xd"] {
            assert_eq!(path(pattern), None, "{pattern}");
        }
    }
}
