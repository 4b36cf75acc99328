use std::{convert::Infallible, ops::ControlFlow, path::PathBuf, sync::Arc};

use kinora_film::{Asset, AssetId, Drawing, FilmHeader, FrameRange, SoundCue};

use crate::{Diagnostic, Place};

/// Takes the film as it is recorded.
pub trait FilmSink {
    /// Why a sink wants no more of a film.
    type Stop;

    /// What all frames share; comes first, once.
    ///
    /// # Errors
    /// When nothing more is wanted.
    fn begin(&mut self, header: &FilmHeader) -> Result<(), Self::Stop>;

    /// A font file that later frames may use; comes before the first that does.
    fn font(&mut self, font: &FontUse) {
        let _ = font;
    }

    /// The next frame and its number in the project, from 0 at the project's start.
    ///
    /// # Errors
    /// When nothing more is wanted.
    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Self::Stop>;
}

/// Takes a film and keeps nothing of it.
impl FilmSink for () {
    type Stop = Infallible;

    fn begin(&mut self, _: &FilmHeader) -> Result<(), Infallible> {
        Ok(())
    }

    fn frame(&mut self, _: u64, _: Drawing) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Where a node is at a frame, in pixels of the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeTrack {
    /// Its key.
    pub key: String,
    /// How far it lies below the view, from 1.
    pub depth: usize,
    /// Its origin.
    pub origin: (f64, f64),
    /// Left, top, right and bottom of the box around what it draws itself, or else around it
    /// and all below.
    pub bounds: (f64, f64, f64, f64),
    /// With those above, over 0.
    pub opacity: f64,
}

/// What was recorded, whole or up to where its sink stopped it.
#[derive(Clone, Debug)]
pub struct Recorded<S> {
    /// What the recording was.
    pub recording: Recording,
    /// Why the sink wanted no more, if it did.
    pub stopped: Option<S>,
}

/// A sink of any kind, as the recorder meets it: what it stops for is kept beside.
pub(crate) trait AnySink {
    fn begin(&mut self, header: &FilmHeader) -> ControlFlow<()>;
    fn font(&mut self, font: &FontUse);
    fn frame(&mut self, number: u64, drawing: Drawing) -> ControlFlow<()>;
}

/// A sink and what it stopped for.
pub(crate) struct Stoppable<'a, S: FilmSink> {
    pub sink: &'a mut S,
    pub stopped: Option<S::Stop>,
}

impl<S: FilmSink> Stoppable<'_, S> {
    fn note(&mut self, done: Result<(), S::Stop>) -> ControlFlow<()> {
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(stop) => {
                self.stopped = Some(stop);
                ControlFlow::Break(())
            }
        }
    }
}

impl<S: FilmSink> AnySink for Stoppable<'_, S> {
    fn begin(&mut self, header: &FilmHeader) -> ControlFlow<()> {
        let done = self.sink.begin(header);
        self.note(done)
    }

    fn font(&mut self, font: &FontUse) {
        self.sink.font(font);
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> ControlFlow<()> {
        let done = self.sink.frame(number, drawing);
        self.note(done)
    }
}

/// What a recording was, beside its frames.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What all frames share.
    pub header: FilmHeader,
    /// The project frames that were recorded.
    pub frames: FrameRange,
    /// The scenes that were begun, in order.
    pub scenes: Vec<SceneSpan>,
    /// What is heard; frame 0 is the first recorded one.
    pub sounds: Vec<SoundCue>,
    /// The files that scenes asked for, in the order of first use.
    pub assets: Vec<AssetUse>,
    /// The fonts that texts were set in.
    pub fonts: Vec<FontUse>,
    /// Variables that scenes read, with their values when not given.
    pub variables: Vec<(String, serde_json::Value)>,
    /// The variables that the project has by itself: a JSON object.
    pub own_variables: serde_json::Value,
    /// The moments of scenes that their author may move, in the order of their use.
    pub events: Vec<TimeEvent>,
    /// The view of the present scene and all its nodes in tree order, at the frames that
    /// were asked for: lists of key, class, depth, corners on the canvas, size, opacity,
    /// properties, lines and place.
    pub trees: Vec<(u64, serde_json::Value)>,
    /// Where the visible nodes of the present scene are, at as many of the first frames as were
    /// asked for.
    pub tracks: Vec<(u64, Vec<NodeTrack>)>,
    /// The nodes of the present scene at the frames that were asked for: lists of
    /// key, class, position, size, opacity and lines.
    pub boxes: Vec<(u64, serde_json::Value)>,
    /// What the script took for the present: milliseconds since 1970.
    pub now_ms: f64,
    /// The files that its modules came from, their packages' and settings included, by
    /// the paths that led to them.
    pub files: Vec<PathBuf>,
    /// Warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// Seconds of CPU time spent in the script and its runtime.
    pub script_seconds: f64,
    /// Seconds of CPU time spent laying out and drawing.
    pub stage_seconds: f64,
}

/// A moment of a scene that its author may move.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeEvent {
    /// The scene's name.
    pub scene: String,
    /// The event's.
    pub name: String,
    /// The `.meta` file that keeps it, which need not exist; none of a scene that was not
    /// imported with `?scene`.
    pub file: Option<PathBuf>,
    /// Seconds since the scene's start at which it was asked for.
    pub from: f64,
    /// Seconds since the scene's start at which it is.
    pub seconds: f64,
    /// Where it was asked for.
    pub place: Option<Place>,
}

/// Where a scene lies in the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SceneSpan {
    /// Its name.
    pub name: String,
    /// Its first frame.
    pub first_frame: u64,
    /// How many frames it lasts; those recorded so far if it did not end.
    pub frames: u64,
}

/// A file and how much of it was seen and heard.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetUse {
    /// The file.
    pub asset: Asset,
    /// The seconds of it that were shown, `(from, to)`; none for what has no time or was not shown.
    pub shown: Option<(f64, f64)>,
    /// The seconds of it that were heard.
    pub heard: Option<(f64, f64)>,
}

/// A font file.
#[derive(Clone)]
pub struct FontUse {
    /// The family it was found under.
    pub family: String,
    /// Its content's hash.
    pub id: AssetId,
    /// Its content.
    pub bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
}

impl std::fmt::Debug for FontUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FontUse")
            .field("family", &self.family)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}
