use std::{error::Error, fmt, iter};

use kinora_media::Damage;
use serde::{Deserialize, Serialize};

/// A file that was shown or heard although something of it is broken or missing, or in
/// whose place something else was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DamagedFile {
    /// The name by which the user knows the file.
    pub name: String,
    /// Where its first fault is.
    pub damage: Damage,
    /// Why it could not be read on from there, if something else stands in for it.
    pub lost: Option<String>,
}

impl DamagedFile {
    /// A file that is shown as well as can be.
    pub(crate) fn broken(name: &str, damage: Damage) -> Self {
        Self {
            name: name.to_owned(),
            damage,
            lost: None,
        }
    }

    /// A file that cannot be read on from `time` seconds.
    pub(crate) fn lost(name: &str, time: f64, why: &(dyn Error + 'static)) -> Self {
        let causes = iter::successors(Some(why), |error| (*error).source());
        let causes: Vec<String> = causes.map(ToString::to_string).collect();
        Self {
            name: name.to_owned(),
            damage: Damage { time, stated: None },
            lost: Some(causes.join(": ")),
        }
    }

    /// Adds what was found to a list with the first fault of each file.
    pub fn add(self, files: &mut Vec<Self>) {
        match files.iter_mut().find(|file| file.name == self.name) {
            Some(known) if known.damage.time <= self.damage.time => (),
            Some(known) => *known = self,
            None => files.push(self),
        }
    }
}

impl fmt::Display for DamagedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lost {
            Some(why) => write!(
                f,
                "`{}`: it cannot be read at {:.2} s: {why}",
                self.name, self.damage.time
            ),
            None => write!(f, "`{}`: {}", self.name, self.damage),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_listed_once_with_its_first_fault() {
        let found = |name: &str, time| DamagedFile {
            name: name.to_owned(),
            damage: Damage { time, stated: None },
            lost: None,
        };
        let mut files = Vec::new();
        for file in [
            found("a", 3.0),
            found("b", 1.0),
            found("a", 2.0),
            found("a", 5.0),
        ] {
            file.add(&mut files);
        }
        assert_eq!(files, [found("a", 2.0), found("b", 1.0)]);
        assert_eq!(files[0].to_string(), "`a`: it is damaged at 2.00 s");
        let lost = DamagedFile {
            lost: Some("the server is silent".to_owned()),
            ..found("a", 1.5)
        };
        assert_eq!(
            lost.to_string(),
            "`a`: it cannot be read at 1.50 s: the server is silent"
        );
    }
}
