//! One scene against its facts.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;
use serde::Deserialize;

use crate::facts::{Node, picture, project, read};
use crate::likeness::{self, Likeness};
use crate::ours::{self, Ours};
use crate::picture::Picture;

/// Pixels by which a box may differ.
const BOX: f64 = 0.1;

/// In what way Kinora differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It could not record or draw the scene.
    Render,
    /// Another number of frames.
    Frames,
    /// Another tree of nodes, or boxes that differ.
    Boxes,
    /// Other line breaks.
    Lines,
    /// Another picture.
    Picture,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Render => "render",
            Kind::Frames => "frames",
            Kind::Boxes => "boxes",
            Kind::Lines => "lines",
            Kind::Picture => "picture",
        })
    }
}

/// One thing that differs.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In what way.
    pub kind: Kind,
    /// Where, and both values.
    pub detail: String,
}

/// What comparing one scene came to.
pub struct Comparison {
    /// The scene's name.
    pub scene: String,
    /// Everything that differs; empty when nothing does.
    pub differences: Vec<Difference>,
    /// Each kept frame: number, the reference's picture, ours.
    pub pictures: Vec<(u64, Picture, Option<Picture>)>,
}

/// Records and draws a scene with `program` and compares it with its facts.
///
/// Fails only when the facts cannot be read; what Kinora cannot do is a difference.
pub fn compare(program: &Path, scene: &str) -> Result<Comparison> {
    let facts = read(scene)?;
    let numbers: Vec<u64> = facts.frames.iter().map(|frame| frame.frame).collect();
    let mut differences = Vec::new();
    let mut pictures = Vec::new();
    for number in &numbers {
        pictures.push((*number, Picture::read(&picture(scene, *number))?, None));
    }
    match ours::play(program, &project(scene), &numbers) {
        Err(error) => differences.push(Difference {
            kind: Kind::Render,
            detail: format!("{error:#}"),
        }),
        Ok(Ours {
            frame_count,
            frames,
        }) => {
            if frame_count != facts.frame_count {
                differences.push(Difference {
                    kind: Kind::Frames,
                    detail: format!("{} frames, want {}", frame_count, facts.frame_count),
                });
            }
            for ((fact, frame), (number, want, got)) in
                facts.frames.iter().zip(frames).zip(&mut pictures)
            {
                compare_nodes(*number, &fact.nodes, &frame.nodes, &mut differences);
                differences.extend(picture_difference(*number, want, &frame.picture));
                *got = Some(frame.picture);
            }
        }
    }
    Ok(Comparison {
        scene: scene.to_owned(),
        differences,
        pictures,
    })
}

/// Compares scenes, as many at a time as there are processors; in the order given.
pub fn compare_all(program: &Path, scenes: &[String]) -> Result<Vec<Comparison>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let work = || {
        while let Some(scene) = scenes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let compared = compare(program, scene);
            if let Ok(mut done) = done.lock() {
                done.push(compared);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let done = done.into_inner().unwrap_or_default();
    let mut all: Vec<Comparison> = done.into_iter().collect::<Result<_>>()?;
    let place = |scene: &str| scenes.iter().position(|other| other == scene);
    all.sort_by_key(|comparison| place(&comparison.scene));
    Ok(all)
}

/// The measures of two pictures when they do not pass, in words.
pub fn picture_difference(frame: u64, want: &Picture, got: &Picture) -> Option<Difference> {
    let detail = match likeness::compare(want, got) {
        None => format!(
            "frame {frame}: {}x{} pixels, want {}x{}",
            got.width, got.height, want.width, want.height
        ),
        Some(likeness) if likeness.passes() => return None,
        Some(Likeness {
            frame: whole,
            drawn,
            stray,
        }) => {
            format!(
                "frame {frame}: likeness {whole:.4}, of the drawn part {drawn:.4}, stray {:.2} %",
                stray * 100.0
            )
        }
    };
    Some(Difference {
        kind: Kind::Picture,
        detail,
    })
}

/// Numbers the pieces of text by their order in the tree and leaves out empty ones:
/// how many a text has made and thrown away before is nobody's business. White
/// space in lines counts as one space, which is how lines are drawn.
fn comparable(nodes: &[Node]) -> Vec<Node> {
    let empty = |node: &Node| node.class == "TxtLeaf" && node.width == Some(0.0);
    let mut nodes: Vec<Node> = nodes.iter().filter(|node| !empty(node)).cloned().collect();
    let mut leaves = 0;
    for node in &mut nodes {
        if node.class == "TxtLeaf" {
            leaves += 1;
            node.key = format!("TxtLeaf {leaves}");
        }
        for line in node.lines.iter_mut().flatten() {
            *line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
    nodes
}

fn compare_nodes(frame: u64, want: &[Node], got: &[Node], differences: &mut Vec<Difference>) {
    let (want, got) = (&comparable(want), &comparable(got));
    let found: HashMap<&str, &Node> = got.iter().map(|node| (node.key.as_str(), node)).collect();
    let wanted: HashMap<&str, &Node> = want.iter().map(|node| (node.key.as_str(), node)).collect();
    let mut boxes = |detail: String| {
        differences.push(Difference {
            kind: Kind::Boxes,
            detail: format!("frame {frame}: {detail}"),
        });
    };
    for node in got
        .iter()
        .filter(|node| !wanted.contains_key(node.key.as_str()))
    {
        boxes(format!("`{}` is too many", node.key));
    }
    for node in want {
        match found.get(node.key.as_str()) {
            None => boxes(format!("`{}` is missing", node.key)),
            Some(other) => {
                if let Some(text) = box_difference(node, other) {
                    boxes(text);
                }
            }
        }
    }
    for node in want {
        let Some(other) = found.get(node.key.as_str()) else {
            continue;
        };
        if node.lines.is_some() && node.lines != other.lines {
            differences.push(Difference {
                kind: Kind::Lines,
                detail: format!(
                    "frame {frame}: `{}` {:?}, want {:?}",
                    node.key, other.lines, node.lines
                ),
            });
        }
    }
}

/// Each number of a box that is off, in words.
fn box_difference(want: &Node, got: &Node) -> Option<String> {
    let numbers = |node: &Node| {
        [
            ("x", Some(node.x)),
            ("y", Some(node.y)),
            ("absolute x", Some(node.absolute[0])),
            ("absolute y", Some(node.absolute[1])),
            ("width", node.width),
            ("height", node.height),
            // A hundredth of opacity counts as much as the allowance of a pixel.
            ("opacity", Some(node.opacity * 10.0)),
        ]
    };
    let off: Vec<String> = numbers(want)
        .into_iter()
        .zip(numbers(got))
        .filter_map(|((name, want), (_, got))| match (want, got) {
            (Some(want), Some(got)) if (want - got).abs() <= BOX + 1e-6 => None,
            (None, None) => None,
            (want, got) => Some(format!("{name} {} want {}", number(got), number(want))),
        })
        .collect();
    (!off.is_empty()).then(|| format!("`{}` {}", want.key, off.join(", ")))
}

fn number(value: Option<f64>) -> String {
    value.map_or("none".to_owned(), |value| format!("{value:.3}"))
}
