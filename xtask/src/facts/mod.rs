//! The browser facts, and where Kinora differs from them.

mod compare;
mod known;
mod sheet;

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

pub use compare::{Comparison, Difference, Kind, compare, compare_all};
pub use known::{Known, Verdict, judge, known};
pub use sheet::sheets;

use crate::root;

/// What the reference did with one scene.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// Frames of an export of the whole project.
    pub frame_count: u64,
    /// The frames that were kept.
    pub frames: Vec<FrameFacts>,
}

/// What the reference did in one frame.
#[derive(Clone, Debug, Deserialize)]
pub struct FrameFacts {
    /// The frame's number.
    pub frame: u64,
    /// All nodes below the view, in tree order.
    pub nodes: Vec<Node>,
}

/// A node's box, as `position()`, `absolutePosition()` and `size()` give it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Node {
    /// The node's key.
    pub key: String,
    /// The name of its class.
    pub class: String,
    /// Position relative to the parent, pixels.
    pub x: f64,
    /// Position relative to the parent, pixels.
    pub y: f64,
    /// Position on the canvas, pixels.
    pub absolute: [f64; 2],
    /// Own opacity, 0 to 1.
    pub opacity: f64,
    /// Width in pixels, of nodes that have a size.
    pub width: Option<f64>,
    /// Height in pixels, of nodes that have a size.
    pub height: Option<f64>,
    /// Visual lines, of an outermost text.
    pub lines: Option<Vec<String>>,
}

fn folder() -> PathBuf {
    root().join("browser-facts")
}

/// Names of all scenes that have facts, sorted.
pub fn scenes() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder().join("facts"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "json")
            && let Some(name) = path.file_stem().and_then(|name| name.to_str())
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Reads one scene's facts.
pub fn read(scene: &str) -> Result<Facts> {
    let path = folder().join("facts").join(format!("{scene}.json"));
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("reading `{}`", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("reading `{}`", path.display()))
}

/// Where the reference's picture of a frame lies.
pub fn picture(scene: &str, frame: u64) -> PathBuf {
    folder().join("facts").join(format!("{scene}-{frame}.png"))
}

/// Where a scene's project file lies.
pub fn project(scene: &str) -> PathBuf {
    folder().join("scenes").join(format!("{scene}.tsx"))
}
