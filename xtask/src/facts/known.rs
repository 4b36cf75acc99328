//! The counted list of known differences.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::facts::{Comparison, Kind, folder};

/// One known difference: a scene may differ in this way, for this reason.
#[derive(Clone, Debug, Deserialize)]
pub struct Known {
    /// The scene's name.
    pub scene: String,
    /// In what way it differs.
    pub kind: Kind,
    /// Why, and whose fault it is.
    pub reason: String,
}

/// Reads `known-differences.json`.
pub fn known() -> Result<Vec<Known>> {
    let path = folder().join("known-differences.json");
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading `{}`", path.display()))
}

/// How what was found stands to what is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Found and not known: scene, kind, first detail.
    pub new: Vec<(String, Kind, String)>,
    /// Known and not found: to be taken off the list.
    pub mended: Vec<(String, Kind)>,
}

/// Compares what was found with the list, for the scenes that were compared.
pub fn judge(comparisons: &[Comparison], known: &[Known]) -> Verdict {
    let mut found = BTreeMap::new();
    for comparison in comparisons {
        for difference in &comparison.differences {
            found
                .entry((comparison.scene.clone(), difference.kind))
                .or_insert_with(|| difference.detail.clone());
        }
    }
    let seen: BTreeSet<&str> = comparisons
        .iter()
        .map(|comparison| comparison.scene.as_str())
        .collect();
    let listed: BTreeSet<(String, Kind)> = known
        .iter()
        .map(|entry| (entry.scene.clone(), entry.kind))
        .collect();
    Verdict {
        new: found
            .iter()
            .filter(|(place, _)| !listed.contains(place))
            .map(|((scene, kind), detail)| (scene.clone(), *kind, detail.clone()))
            .collect(),
        mended: listed
            .into_iter()
            .filter(|place| seen.contains(place.0.as_str()) && !found.contains_key(place))
            .collect(),
    }
}
