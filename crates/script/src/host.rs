use std::{collections::BTreeMap, time::Duration};

use kinora_film::{AssetId, AssetKind};
use kinora_stage::FontSource;

/// What a script asks of its surroundings; the binaries decide what is granted.
///
/// A source (`src`) is what a scene wrote: an `http(s):` or `data:` URL, a path
/// below `public/` with or without a leading slash, or the absolute path of a
/// file that a module imported.
pub trait Host {
    /// The file behind `src`, fetched and probed; blocks until it is at hand.
    ///
    /// # Errors
    /// Why it is not, in words that end a sentence: `the server answered 404`.
    fn asset(&mut self, src: &str, kind: AssetKind) -> Result<HostAsset, String>;

    /// The bytes behind `src` (a stylesheet, a font).
    ///
    /// # Errors
    /// Why they cannot be had.
    fn read(&mut self, src: &str) -> Result<Vec<u8>, String>;

    /// Where fonts come from that the project did not bring along; asked once.
    fn fonts(&mut self) -> Box<dyn FontSource>;

    /// The colour of one pixel of a still picture, 8 bits a channel, not premultiplied.
    ///
    /// # Errors
    /// When the asset is not a still picture.
    fn pixel(&mut self, asset: AssetId, x: u32, y: u32) -> Result<[u8; 4], String>;

    /// Something the script or its runtime has to say.
    fn log(&mut self, level: LogLevel, message: &str, details: Option<&str>);

    /// `renderVideo` (or, with `partial`, `renderPartialVideo`) called by a script
    /// under `kinora run`: the call's one argument as JSON, its result as JSON.
    ///
    /// # Errors
    /// What the script's promise is rejected with.
    fn render(&mut self, request_json: &str, partial: bool) -> Result<String, String> {
        let _ = (request_json, partial);
        Err("rendering is not available here".to_owned())
    }

    /// A function of `@revideo/ffmpeg` called by a script: its name, its arguments
    /// as a JSON array, its result as JSON.
    ///
    /// # Errors
    /// What the script's promise is rejected with.
    fn media(&mut self, function: &str, arguments_json: &str) -> Result<String, String> {
        let _ = arguments_json;
        Err(format!("`{function}` is not available here"))
    }

    /// What a script run on its own finds in `process.env`. Projects that are
    /// recorded find nothing there.
    fn environment(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// Whether the user wants to stop.
    fn interrupted(&self) -> bool {
        false
    }

    /// Time since some fixed moment, for a running script's `performance.now()`.
    fn now(&self) -> Duration;
}

/// A file that a script uses.
#[derive(Clone, Debug, PartialEq)]
pub struct HostAsset {
    /// Its content's hash.
    pub id: AssetId,
    /// Pixels across, after rotation; 0 for sound.
    pub width: u32,
    /// Pixels down, after rotation; 0 for sound.
    pub height: u32,
    /// Seconds; 0 for a still picture.
    pub duration: f64,
    /// Whether it can be heard.
    pub audio: bool,
    /// By what name the user knows it; for messages.
    pub name: String,
}

/// How important a log message is, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // the reference's own levels
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Http,
    Verbose,
    Debug,
    Silly,
}

impl LogLevel {
    /// The level of this name; unknown names are [`LogLevel::Info`].
    pub fn from_name(name: &str) -> Self {
        match name {
            "error" => Self::Error,
            "warn" => Self::Warn,
            "http" => Self::Http,
            "verbose" => Self::Verbose,
            "debug" => Self::Debug,
            "silly" => Self::Silly,
            _ => Self::Info,
        }
    }
}
