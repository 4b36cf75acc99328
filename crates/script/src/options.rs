use std::{
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use kinora_film::OnMissing;

use crate::Fence;

/// What to record and within which limits.
#[derive(Clone, Debug)]
pub struct ScriptOptions {
    /// The file whose default export is the project.
    pub project: PathBuf,
    /// The folder that holds `public/` and that messages name files relative to.
    pub root: PathBuf,
    /// Replaces the project's variables; a JSON object.
    pub variables: Option<serde_json::Value>,
    /// Frames per second instead of the project's.
    pub fps: Option<f64>,
    /// Width and height, before scaling, instead of the project's.
    pub size: Option<(u32, u32)>,
    /// Output pixels a unit instead of the project's resolution scale.
    pub scale: Option<f64>,
    /// Seconds from and to (half-open; infinity allowed) instead of the project's range.
    pub range: Option<(f64, f64)>,
    /// Project frames at which every node's box is noted, in order.
    pub boxes: Vec<u64>,
    /// Project frames at which the tree of nodes is told, in order.
    pub trees: Vec<u64>,
    /// At how many frames, from the first on, it is told where the visible nodes are.
    pub tracks: u64,
    /// A CSS colour instead of the project's background.
    pub background: Option<String>,
    /// What the script takes for the present: milliseconds since 1970. It stands still.
    pub now_ms: f64,
    /// Whether modules come from below [`ScriptOptions::root`] only, wherever links lead.
    pub confined: bool,
    /// Whether shaders, which are not run, are a warning instead of an error.
    pub ignore_shaders: bool,
    /// What becomes of a video or sound that cannot be had.
    pub on_missing: OnMissing,
    /// What a script may use.
    pub limits: Limits,
}

impl ScriptOptions {
    /// Records all of `project` as it stands, at the present moment.
    pub fn new(project: impl Into<PathBuf>) -> Self {
        let project = project.into();
        Self {
            root: project_root(&project),
            project,
            variables: None,
            fps: None,
            size: None,
            scale: None,
            range: None,
            boxes: Vec::new(),
            trees: Vec::new(),
            tracks: 0,
            background: None,
            now_ms: present_ms(),
            confined: false,
            ignore_shaders: false,
            on_missing: OnMissing::Error,
            limits: Limits::default(),
        }
    }

    /// Which files the project may read.
    pub fn fence(&self) -> Fence {
        Fence::of(&self.root, self.confined)
    }
}

/// What a script may use before it is stopped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Seconds of film.
    pub max_duration_s: f64,
    /// Seconds of wall clock for the script of one frame, or for loading the project.
    pub frame_seconds: f64,
    /// Seconds that a script may wait for its host, for downloads say, while
    /// [`Limits::frame_seconds`] run. Infinity is none.
    pub wait_seconds: f64,
    /// Bytes of the script's heap.
    pub heap_bytes: usize,
    /// Bytes of its stack; the calling thread's must be a good deal larger.
    pub stack_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_duration_s: 6.0 * 3600.0,
            frame_seconds: 30.0,
            wait_seconds: f64::INFINITY,
            heap_bytes: 2 << 30,
            stack_bytes: 1 << 20,
        }
    }
}

/// The present in whole milliseconds since 1970.
pub(crate) fn present_ms() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_millis() as f64
}

/// What marks a project's folder.
const MARKS: [&str; 3] = ["package.json", "tsconfig.json", "public"];

/// The folder that a stranger's project is taken for: the file's own, or, where that is
/// called `src`, the one above if it holds a `package.json`, `tsconfig.json` or
/// `public/`. Never one further up, which may be the user's.
pub fn own_folder(project_file: &Path) -> PathBuf {
    let file = std::path::absolute(project_file).unwrap_or_else(|_| project_file.to_owned());
    let own = file.parent().unwrap_or(Path::new("."));
    let above = own.parent().filter(|_| own.ends_with("src"));
    let above = above.filter(|above| MARKS.iter().any(|mark| above.join(mark).exists()));
    above.unwrap_or(own).to_owned()
}

/// The nearest folder above `project_file` that holds a `package.json`,
/// `tsconfig.json` or `public/`; else the file's own.
pub fn project_root(project_file: &Path) -> PathBuf {
    let file = std::path::absolute(project_file).unwrap_or_else(|_| project_file.to_owned());
    let marked = |folder: &&Path| MARKS.iter().any(|mark| folder.join(mark).exists());
    let own = file.parent().unwrap_or(Path::new("."));
    file.ancestors()
        .skip(1)
        .find(marked)
        .unwrap_or(own)
        .to_owned()
}
