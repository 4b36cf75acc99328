use std::{
    collections::HashMap,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use kinora_farm::Progress;
use kinora_film::{AssetId, AssetKind};
use kinora_script::{Host, HostAsset, LogLevel, ScriptRequest, ScriptResponse};
use kinora_stage::FontSource;

use crate::{Library, SystemFonts};

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

/// What a project may use of this machine: its own files, the network through
/// the cache, and fonts.
pub struct ProjectHost {
    library: Arc<Library>,
    progress: Arc<Progress>,
    voice: Arc<dyn Voice>,
    started: Instant,
    stills: HashMap<AssetId, kinora_media::Still>,
    /// What a script renders projects with; a project that is recorded has none.
    renderer: Option<ScriptRenderer>,
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
            renderer: None,
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
        Ok(HostAsset {
            id: entry.id,
            width: video.map_or(0, |video| video.width),
            height: video.map_or(0, |video| video.height),
            duration: entry.info.duration,
            audio: entry.info.audio.is_some(),
            name: src.to_owned(),
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
        let outside = self.library.access().outside_files;
        Box::new(SystemFonts::new(self.library.root()).following_links(outside))
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

    fn interrupted(&self) -> bool {
        self.progress.is_cancelled()
    }

    fn now(&self) -> Duration {
        self.started.elapsed()
    }
}

/// A premultiplied channel without its opacity.
pub fn straight(channel: u8, alpha: u8) -> u8 {
    match alpha {
        0 => 0,
        255 => channel,
        _ => ((u32::from(channel) * 255 + u32::from(alpha) / 2) / u32::from(alpha)).min(255) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_come_back_from_premultiplication() {
        assert_eq!(straight(0, 0), 0);
        assert_eq!(straight(200, 255), 200);
        assert_eq!(straight(64, 128), 128);
        assert_eq!(straight(128, 128), 255);
        assert_eq!(straight(255, 1), 255);
    }
}
