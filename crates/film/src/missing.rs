use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What becomes of a film of which a video or a sound is missing, cannot be read, or
/// cannot be read on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OnMissing {
    /// It is given up.
    #[default]
    Error,
    /// The last good picture stays, or nothing is seen if there was none.
    Hold,
    /// The video's box is black.
    Black,
}

impl OnMissing {
    /// The name by which users know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Hold => "hold",
            Self::Black => "black",
        }
    }
}

impl FromStr for OnMissing {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let all = [Self::Error, Self::Hold, Self::Black];
        let found = all.into_iter().find(|known| known.name() == name);
        found.ok_or_else(|| "must be `error`, `hold` or `black`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for (name, known) in [
            ("error", OnMissing::Error),
            ("hold", OnMissing::Hold),
            ("black", OnMissing::Black),
        ] {
            assert_eq!((name.parse(), known.name()), (Ok(known), name));
        }
        assert!("Hold".parse::<OnMissing>().is_err());
    }
}
