use serde::{Deserialize, Serialize};

/// A fault of a media file that did not keep it from being shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Damage {
    /// Seconds into the file from which it is wrong or missing.
    pub time: f64,
    /// The length in seconds that the file states, if it ends at `time` already;
    /// otherwise the file is broken there and goes on.
    pub stated: Option<f64>,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.stated {
            Some(stated) => write!(
                f,
                "it ends at {:.2} s, though it states a length of {stated:.2} s",
                self.time
            ),
            None => write!(f, "it is damaged at {:.2} s", self.time),
        }
    }
}
