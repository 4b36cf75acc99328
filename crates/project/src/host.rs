use std::{
    collections::HashMap,
    io::Write as _,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::Progress;
use kinora_film::{AssetId, AssetKind, Color, Drawing, Size};
use kinora_media::{Format, Jpeg, Png, VideoCodec, WebP};
use kinora_script::{
    FontUse, Host, HostAsset, LogLevel, PictureKind, Pixels, ScriptError, ScriptRequest,
    ScriptResponse, Watch,
};
use kinora_stage::FontSource;
use kinora_worker::{Recipe, SegmentRenderer, render_frame_rgba, straight, straighten};

use crate::{Library, media_tool, visible};

/// Where what a project has to say goes.
pub trait Voice: Send + Sync {
    /// A line beside the result: a warning, what a scene logs.
    fn say(&self, line: &str);

    /// A line that is a result: what a script prints.
    fn print(&self, line: &str) {
        self.say(line);
    }
}

/// Renders what a script asks for: a request in JSON and whether it is for a part,
/// the answer in JSON.
pub type ScriptRenderer = Box<dyn FnMut(&str, bool) -> Result<String, String> + Send>;

/// What becomes of a script that nothing else can end; told why it had to.
type Ending = Arc<dyn Fn(ScriptError) + Send + Sync>;

/// What a project may use of this machine: its own files, the network through
/// the cache, and fonts.
pub struct ProjectHost {
    library: Arc<Library>,
    progress: Arc<Progress>,
    voice: Arc<dyn Voice>,
    started: Instant,
    stills: HashMap<AssetId, kinora_media::Still>,
    /// What draws the pixels that the script reads.
    painter: SegmentRenderer,
    /// What a script renders projects with; a project that is recorded has none.
    renderer: Option<ScriptRenderer>,
    ending: Ending,
}

impl ProjectHost {
    /// The host of a project that is recorded.
    pub fn new(library: Arc<Library>, progress: Arc<Progress>, voice: Arc<dyn Voice>) -> Self {
        Self {
            library,
            progress,
            voice,
            started: Instant::now(),
            stills: HashMap::new(),
            painter: SegmentRenderer::new(),
            renderer: None,
            ending: Arc::new(end_process),
        }
    }

    /// The same with something else that becomes of a script that is inside of one
    /// built-in for long, so that nothing but the end of its thread ends it. The usual
    /// thing is the end of the process.
    pub fn ending(self, ending: impl Fn(ScriptError) + Send + Sync + 'static) -> Self {
        Self {
            ending: Arc::new(ending),
            ..self
        }
    }

    /// The host of a script that is run on its own; it may render projects.
    pub fn for_script(
        library: Arc<Library>,
        progress: Arc<Progress>,
        voice: Arc<dyn Voice>,
        renderer: ScriptRenderer,
    ) -> Self {
        Self {
            renderer: Some(renderer),
            ..Self::new(library, progress, voice)
        }
    }

    fn is_script(&self) -> bool {
        self.renderer.is_some()
    }

    fn warn(&self) {
        for warning in self.library.warnings() {
            self.voice.say(&format!("warning: {warning}"));
        }
    }
}

impl Host for ProjectHost {
    fn asset(&mut self, src: &str, kind: AssetKind) -> Result<HostAsset, String> {
        let entry = self.library.asset(src, kind);
        self.warn();
        let entry = entry?;
        let video = entry.info.video.as_ref();
        let vector = entry.vector.as_ref();
        let size = vector.map(|vector| (vector.width, vector.height));
        let size = size.or(video.map(|video| (video.width, video.height)));
        let (width, height) = size.unwrap_or_default();
        Ok(HostAsset {
            id: entry.id,
            width,
            height,
            duration: entry.info.duration,
            audio: entry.info.audio.is_some(),
            name: src.to_owned(),
            vector: vector.map(|vector| vector.drawing.clone()),
        })
    }

    fn read(&mut self, src: &str) -> Result<Vec<u8>, String> {
        let bytes = self.library.read(src);
        self.warn();
        bytes
    }

    fn fetch(&mut self, request: &ScriptRequest) -> Result<ScriptResponse, String> {
        let response = self.library.fetch(request);
        self.warn();
        response
    }

    fn imported(&mut self, path: &Path) {
        self.library.import(path);
    }

    fn fonts(&mut self) -> Box<dyn FontSource> {
        Box::new(self.library.fonts())
    }

    fn pixels(&mut self, vector: AssetId) -> Result<AssetId, String> {
        self.library.pixels(vector)
    }

    fn pixel(&mut self, asset: AssetId, x: u32, y: u32) -> Result<[u8; 4], String> {
        if !self.stills.contains_key(&asset) {
            let still = self.library.still(asset)?;
            self.stills.insert(asset, still);
        }
        let still = &self.stills[&asset];
        if x >= still.width || y >= still.height {
            return Ok([0; 4]);
        }
        let place = (y as usize * still.width as usize + x as usize) * 4;
        let [r, g, b, a] = [0, 1, 2, 3].map(|channel| still.rgba[place + channel]);
        Ok([straight(r, a), straight(g, a), straight(b, a), a])
    }

    fn paint(
        &mut self,
        drawing: &Drawing,
        (width, height): (u32, u32),
        fonts: &[FontUse],
    ) -> Result<Vec<u8>, String> {
        for font in fonts {
            self.library
                .add_bytes(font.id, &font.family, font.bytes.clone());
        }
        let level = Recipe::new(Format::default()).level();
        let level = level.ok_or("this machine draws nothing")?;
        let library = &*self.library;
        let size = Size::new(width, height);
        let painted = render_frame_rgba(&mut self.painter, drawing, 0, size, level, library);
        let mut pixels = painted.map_err(|error| error.to_string())?.to_vec();
        straighten(&mut pixels, Color::TRANSPARENT);
        Ok(pixels)
    }

    fn keep_pixels(&mut self, pixels: &Pixels<'_>) -> Result<HostAsset, String> {
        Ok(HostAsset {
            id: self.library.keep_pixels(pixels)?,
            width: pixels.width,
            height: pixels.height,
            duration: 0.0,
            audio: false,
            name: "pixels of a canvas".to_owned(),
            vector: None,
        })
    }

    fn encode_pixels(
        &mut self,
        pixels: &Pixels<'_>,
        kind: PictureKind,
        quality: Option<f64>,
    ) -> Result<Vec<u8>, String> {
        let percent = |usual: u8, least: u8| match quality {
            Some(quality) => ((quality * 100.0).round() as u8).max(least),
            None => usual,
        };
        let codec = match kind {
            PictureKind::Png => VideoCodec::Png(Png::default()),
            PictureKind::Jpeg => VideoCodec::Jpeg(Jpeg {
                quality: percent(92, 1),
            }),
            PictureKind::WebP => VideoCodec::WebP(WebP {
                quality: percent(80, 0),
                patches: false,
            }),
        };
        kinora_media::encode_still(&codec, pixels.width, pixels.height, pixels.rgba)
            .map_err(|error| error.to_string())
    }

    fn log(&mut self, level: LogLevel, message: &str, details: Option<&str>) {
        let label = match level {
            LogLevel::Error => "error: ",
            LogLevel::Warn => "warning: ",
            LogLevel::Info | LogLevel::Http => "",
            LogLevel::Verbose | LogLevel::Silly if !self.is_script() => return,
            _ => "",
        };
        let details = details
            .map(|text| format!("\n  {text}"))
            .unwrap_or_default();
        let line = format!("{label}{message}{details}");
        if self.is_script() && level >= LogLevel::Info {
            self.voice.print(&line);
        } else {
            self.voice.say(&line);
        }
    }

    fn render(&mut self, request_json: &str, partial: bool) -> Result<String, String> {
        match &mut self.renderer {
            Some(render) => render(request_json, partial),
            None => Err("a project cannot render; `kinora run` runs scripts that do".to_owned()),
        }
    }

    fn media(&mut self, function: &str, arguments_json: &str) -> Result<String, String> {
        match self.is_script() {
            true => media_tool(function, arguments_json),
            false => {
                Err("a project cannot write files; `kinora run` runs scripts that do".to_owned())
            }
        }
    }

    fn interrupted(&self) -> bool {
        self.progress.is_cancelled()
    }

    fn watch(&self) -> Option<Watch> {
        let (progress, ending) = (self.progress.clone(), self.ending.clone());
        Some(Watch {
            interrupted: Box::new(move || progress.is_cancelled()),
            stuck: Box::new(move |error| ending(error)),
        })
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}

/// Tells why on standard error and ends the process, as the command does after any
/// such error.
fn end_process(error: ScriptError) {
    let _ = writeln!(std::io::stderr(), "error: {}", visible(&error.to_string()));
    let interrupted = matches!(error, ScriptError::Interrupted);
    std::process::exit(if interrupted { 2 } else { 1 });
}
