use std::{collections::BTreeMap, path::Path, time::Duration};

use kinora_film::{AssetId, AssetKind, Drawing};
use kinora_stage::FontSource;

use crate::{FontUse, ScriptError};

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

    /// The answer to a request of the script's `fetch`.
    ///
    /// # Errors
    /// Why there is none, in words that end a sentence.
    fn fetch(&mut self, request: &ScriptRequest) -> Result<ScriptResponse, String> {
        let _ = request;
        Err("there is no network here".to_owned())
    }

    /// A module imported this file as data or as an address; the script may ask for
    /// it by this path from now on.
    fn imported(&mut self, path: &Path) {
        let _ = path;
    }

    /// Where fonts come from that the project did not bring along; asked once.
    fn fonts(&mut self) -> Box<dyn FontSource>;

    /// The pixels of a vector picture that [`Host::asset`] gave, as a file of their own.
    ///
    /// # Errors
    /// Why there are none.
    fn pixels(&mut self, vector: AssetId) -> Result<AssetId, String> {
        Err(format!("`{vector}` is not a vector picture"))
    }

    /// The colour of one pixel of a still picture, 8 bits a channel, not premultiplied.
    ///
    /// # Errors
    /// When the asset is not a still picture.
    fn pixel(&mut self, asset: AssetId, x: u32, y: u32) -> Result<[u8; 4], String>;

    /// What a drawing looks like on a transparent canvas of so many pixels across and down:
    /// red, green, blue and alpha, 8 bits each, not premultiplied, rows without gaps.
    /// `fonts` are those of its texts.
    ///
    /// # Errors
    /// Why there are no pixels, in words that end a sentence.
    fn paint(
        &mut self,
        drawing: &Drawing,
        size: (u32, u32),
        fonts: &[FontUse],
    ) -> Result<Vec<u8>, String> {
        let _ = (drawing, size, fonts);
        Err("there is nothing to draw with here".to_owned())
    }

    /// Keeps pixels that a script made as a picture that films can show.
    ///
    /// # Errors
    /// Why they cannot be kept, in words that end a sentence.
    fn keep_pixels(&mut self, pixels: &Pixels<'_>) -> Result<HostAsset, String> {
        let _ = pixels;
        Err("there is no place for pictures here".to_owned())
    }

    /// A picture file of pixels; `quality` is within `0.0..=1.0` where the kind has one.
    ///
    /// # Errors
    /// Why there is none, in words that end a sentence.
    fn encode_pixels(
        &mut self,
        pixels: &Pixels<'_>,
        kind: PictureKind,
        quality: Option<f64>,
    ) -> Result<Vec<u8>, String> {
        let _ = (pixels, kind, quality);
        Err("there is nothing to write pictures with here".to_owned())
    }

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

    /// What watches over the script from another thread; asked once, at the start.
    fn watch(&self) -> Option<Watch> {
        None
    }

    /// Time since some fixed moment, for a running script's `performance.now()`.
    fn now(&self) -> Duration;
}

/// How the surroundings end a script that the engine itself cannot stop: one that is
/// inside of a single built-in for long. The thread that runs it is lost then.
pub struct Watch {
    /// Whether the user wants to stop.
    pub interrupted: Box<dyn Fn() -> bool + Send>,
    /// Called on a thread of its own, some time after the script should have ended and
    /// has not, with what there is to say of it.
    pub stuck: Box<dyn FnOnce(ScriptError) + Send>,
}

/// What a script's `fetch` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptRequest {
    /// What it wrote: a URL, or a path as in `src`.
    pub url: String,
    /// In capitals.
    pub method: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// Empty without one.
    pub body: Vec<u8>,
}

/// What it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptResponse {
    /// Where the answer came from.
    pub url: String,
    /// Whether a server sent the request elsewhere.
    pub redirected: bool,
    /// The status code.
    pub status: u16,
    /// Its usual name.
    pub status_text: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The bytes.
    pub body: Vec<u8>,
}

impl ScriptResponse {
    /// The answer that a file is.
    pub fn found(url: &str, body: Vec<u8>) -> Self {
        Self {
            url: url.to_owned(),
            redirected: false,
            status: 200,
            status_text: "OK".to_owned(),
            headers: vec![("content-length".to_owned(), body.len().to_string())],
            body,
        }
    }
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
    /// What is drawn in place of a file that is not pixels: all of its size, from the
    /// top left corner on.
    pub vector: Option<Drawing>,
}

/// Pixels that a script made.
#[derive(Clone, Copy, Debug)]
pub struct Pixels<'a> {
    /// Pixels across, at least 1.
    pub width: u32,
    /// Pixels down, at least 1.
    pub height: u32,
    /// Red, green, blue and alpha, 8 bits each, not premultiplied, rows without gaps.
    pub rgba: &'a [u8],
}

/// What kind of file a picture is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names of the kinds
pub enum PictureKind {
    Png,
    Jpeg,
    WebP,
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
