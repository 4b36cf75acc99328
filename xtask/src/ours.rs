//! Runs the built `kinora` program on a scene.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::facts::Node;
use crate::picture::Picture;
use crate::root;

/// Builds the program when it is missing or out of date; its path.
pub fn program() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--release", "-p", "kinora"])
        .current_dir(root())
        .status()
        .context("starting cargo")?;
    if !status.success() {
        bail!("building `kinora` failed");
    }
    Ok(root().join("target/release/kinora"))
}

/// What Kinora made of one scene.
pub struct Ours {
    /// Frames of the whole project.
    pub frame_count: u64,
    /// The wanted frames in order.
    pub frames: Vec<OurFrame>,
}

/// One frame as Kinora lays it out and draws it.
pub struct OurFrame {
    /// Its nodes, in tree order.
    pub nodes: Vec<Node>,
    /// What it draws, straight alpha.
    pub picture: Picture,
}

#[derive(Deserialize)]
struct Inspection {
    frames: u64,
    boxes: Vec<FrameBoxes>,
}

#[derive(Deserialize)]
struct FrameBoxes {
    frame: u64,
    nodes: Vec<Node>,
}

/// Records the scene, reads boxes and draws the given frames.
pub fn play(program: &Path, project: &Path, frames: &[u64]) -> Result<Ours> {
    let list = frames
        .iter()
        .map(u64::to_string)
        .collect::<Vec<_>>()
        .join(",");
    let inspected = run(Command::new(program)
        .arg("inspect")
        .arg(project)
        .args(["--json", "--boxes", &list]))?;
    let inspection: Inspection =
        serde_json::from_slice(&inspected).context("reading what `kinora inspect` printed")?;

    let name = project.file_stem().context("the project has no name")?;
    let folder = root().join("target/facts").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    run(Command::new(program)
        .arg("frame")
        .arg(project)
        .args(["--frames", &list, "-o"])
        .arg(folder.join("%06d.png")))?;

    let mut all = Vec::new();
    for frame in frames {
        let nodes = inspection.boxes.iter().find(|boxes| boxes.frame == *frame);
        all.push(OurFrame {
            nodes: nodes.map(|boxes| boxes.nodes.clone()).unwrap_or_default(),
            picture: Picture::read(&folder.join(format!("{frame:06}.png")))?,
        });
    }
    Ok(Ours {
        frame_count: inspection.frames,
        frames: all,
    })
}

/// Standard output; the last lines of standard error become the error.
fn run(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().context("starting `kinora`")?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim();
    let said = if said.is_empty() { "nothing" } else { said };
    bail!("`kinora` ended with {} and said: {said}", output.status)
}
