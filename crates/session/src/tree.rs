use std::fmt;

use kinora_film::{Drawing, FilmHeader};
use kinora_script::{FilmSink, NodeTrack};
use serde_json::{Value, json};

use crate::{Session, SessionError, Wanted, on_script_stack};

/// The nodes of the scene that is on at a frame.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameTree {
    /// The frame's number in the project.
    pub number: u64,
    /// The view and all nodes below it, in tree order: `key`, `class`, `depth` (0 is the
    /// view), `corners` (canvas pixels, clockwise from what is the top left one when
    /// nothing is turned) and `size` of the box around it and all below, `own` (corners of
    /// what it draws itself), `scale` (pixels a unit), `opacity` (with those above),
    /// `properties` (`name`, `value` as text, whether `initial`), `lines` and `letters`
    /// (corners) of texts, `kind`, `source` (pixels across and down) of pictures and videos
    /// that are no drawings, `clip` (`time`, `duration`, `loops`) of videos, `place` in the
    /// project.
    pub nodes: Value,
}

impl FrameTree {
    /// The tree as JSON: `frame` and `nodes`.
    pub fn to_json(&self) -> Value {
        json!({"frame": self.number, "nodes": self.nodes})
    }
}

/// A line for each node: class, key, box on the canvas, line in the project.
impl fmt::Display for FrameTree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "frame {}", self.number)?;
        for node in self.nodes.as_array().into_iter().flatten() {
            let text = |name: &str| node[name].as_str().unwrap_or_default();
            let depth = node["depth"].as_u64().unwrap_or(0) as usize;
            write!(f, "{:1$}{2} {3}", "", 2 * depth, text("class"), text("key"))?;
            let (size, at) = (&node["size"], &node["corners"][0]);
            write!(f, "  {}×{} at {},{}", size[0], size[1], at[0], at[1])?;
            if let Some(lines) = node["lines"].as_array() {
                let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                write!(f, "  {:?}", lines.join(" "))?;
            }
            if let (Some(file), line) = (node["place"]["file"].as_str(), &node["place"]["line"]) {
                write!(f, "  {file}:{line}")?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Runs a script as far as some frame.
struct Until<'a> {
    wanted: &'a Wanted,
    last: u64,
}

impl FilmSink for Until<'_> {
    type Stop = ();

    fn begin(&mut self, header: &FilmHeader) -> Result<(), ()> {
        self.last = self.wanted.list(header.fps).last();
        Ok(())
    }

    fn frame(&mut self, number: u64, _: Drawing) -> Result<(), ()> {
        (number < self.last).then_some(()).ok_or(())
    }
}

/// Frames at which it is told where nodes are: they are kept in memory.
const MOST_TRACKS: u64 = 20_000;

/// What a film's nodes do.
#[derive(Clone, Debug, PartialEq)]
pub struct Survey {
    /// The nodes of the frames that were asked for.
    pub trees: Vec<FrameTree>,
    /// Where the visible nodes are at the frames up to the last of those, by their numbers: at
    /// the first 20 000.
    pub tracks: Vec<(u64, Vec<NodeTrack>)>,
}

impl Session {
    /// Tells the nodes of the frames wanted, and where nodes are at all frames up to the
    /// last of them.
    ///
    /// # Errors
    /// As [`Session::trees`].
    pub fn survey(&self, wanted: &Wanted) -> Result<Survey, SessionError> {
        self.run_to(wanted, MOST_TRACKS)
    }

    /// Runs the script as far as the frames wanted and tells the nodes that are there.
    /// What the project's author should know is not said again.
    ///
    /// # Errors
    /// When the project is at fault, or there is no such frame.
    pub fn trees(&self, wanted: &Wanted) -> Result<Vec<FrameTree>, SessionError> {
        Ok(self.run_to(wanted, 0)?.trees)
    }

    fn run_to(&self, wanted: &Wanted, tracks: u64) -> Result<Survey, SessionError> {
        self.check_inputs()?;
        let mut script = self.script.clone();
        script.tracks = tracks;
        script.trees = match wanted {
            Wanted::Frames(list) => list.from(0).collect(),
            Wanted::Time(_) => {
                let fps = self.look_quietly()?.header.fps;
                wanted.list(fps).from(0).collect()
            }
        };
        let mut sink = Until { wanted, last: 0 };
        let recorded = on_script_stack(|| kinora_script::record(&script, self.host(), &mut sink))??;
        let kinora_script::Recording {
            trees: found,
            tracks,
            frames,
            ..
        } = recorded.recording;
        let missing = script.trees.iter().find(|number| {
            let told = |(frame, _): &(u64, Value)| frame == *number;
            !found.iter().any(told)
        });
        if let Some(number) = missing {
            return Err(SessionError::Asked(format!(
                "there is no frame {number}: the project has frames {}..{} (the last one not included)",
                frames.start, frames.end
            )));
        }
        let tree = |(number, nodes)| FrameTree { number, nodes };
        Ok(Survey {
            trees: found.into_iter().map(tree).collect(),
            tracks,
        })
    }
}
