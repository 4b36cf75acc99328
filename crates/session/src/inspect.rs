use std::sync::Arc;

use kinora_farm::RecordedFilm;
use kinora_film::{AssetKind, SoundCue};
use kinora_media::Format;
use kinora_project::UsedUrl;
use kinora_script::Recording;
use kinora_worker::Recipe;
use serde_json::{Value, json};

use crate::{RecordOrder, Session, SessionError};

/// What a project is made of.
pub struct Inspection {
    /// Its film.
    pub film: Arc<RecordedFilm>,
    /// What else is known of it.
    pub recording: Recording,
    /// The URLs that it used.
    pub urls: Vec<UsedUrl>,
}

impl Session {
    /// Records the project to learn what it is made of, in segments of so many seconds.
    ///
    /// # Errors
    /// When the project is at fault, or there is no room for it.
    pub fn inspect(&self, segment_seconds: f64) -> Result<Inspection, SessionError> {
        let recorded = self.record(&RecordOrder {
            segment_seconds,
            encodes: false,
            ..RecordOrder::new(Recipe::new(Format::default()))
        })?;
        Ok(Inspection {
            film: recorded.film,
            recording: recorded.recording,
            urls: self.library.urls(),
        })
    }
}

impl Inspection {
    /// The facts as JSON, times in seconds to a thousandth.
    pub fn to_json(&self) -> Value {
        let recording = &self.recording;
        let header = self.film.header();
        let frames = recording.frames.end - recording.frames.start;
        let [r, g, b, a] = header.background.to_rgba8();
        let span =
            |span: Option<(f64, f64)>| span.map(|(from, to)| json!([round(from), round(to)]));
        let assets = recording.assets.iter().map(|used| {
            json!({
                "name": used.asset.name,
                "kind": kind(used.asset.kind),
                "id": used.asset.id.to_string(),
                "shown": span(used.shown),
                "heard": span(used.heard),
            })
        });
        let scenes = recording.scenes.iter().map(|scene| {
            json!({"name": scene.name, "firstFrame": scene.first_frame, "frames": scene.frames})
        });
        let fonts = recording
            .fonts
            .iter()
            .map(|font| json!({"family": font.family, "id": font.id.to_string()}));
        let variables = recording
            .variables
            .iter()
            .map(|(name, value)| json!({"name": name, "default": value}));
        let urls = self
            .urls
            .iter()
            .map(|used| json!({"url": used.url, "bytes": used.bytes, "kept": used.kept}));
        let segments = self.film.segments().into_iter().map(|segment| {
            json!({
                "firstFrame": segment.frames.start,
                "frames": segment.frames.end - segment.frames.start,
                "hash": segment.hash.to_string(),
            })
        });
        let mut facts = json!({
            "fps": header.fps.value(),
            "width": header.size.width,
            "height": header.size.height,
            "background": format!("#{r:02x}{g:02x}{b:02x}{a:02x}"),
            "frames": frames,
            "firstFrame": recording.frames.start,
            "seconds": header.fps.seconds(frames),
            "scenes": scenes.collect::<Vec<_>>(),
            "assets": assets.collect::<Vec<_>>(),
            "sounds": self.sounds(),
            "fonts": fonts.collect::<Vec<_>>(),
            "urls": urls.collect::<Vec<_>>(),
            "variables": variables.collect::<Vec<_>>(),
            "segments": segments.collect::<Vec<_>>(),
        });
        if !recording.boxes.is_empty() {
            let frames = recording.boxes.iter();
            let boxes = frames.map(|(frame, nodes)| json!({"frame": frame, "nodes": nodes}));
            facts["boxes"] = boxes.collect();
        }
        facts
    }
}

impl Inspection {
    /// What is heard: of each stretch its file, when it is heard, from which second of the
    /// file, after how many seconds that begins again, how fast, and how loud. Between the
    /// points of its volume it rises and falls evenly, before the first and after the last
    /// it stays.
    fn sounds(&self) -> Value {
        let fps = self.film.header().fps;
        let name = |id| {
            let mut assets = self.recording.assets.iter().map(|used| &used.asset);
            assets.find(|asset| asset.id == id).map(|asset| &asset.name)
        };
        let sound = |cue: SoundCue| {
            let at = |frame: u64| round(fps.seconds(cue.frames.start + frame));
            let levels = cue.volume.levels().iter();
            let volume = levels.map(|level| json!([at(level.frame), level.value]));
            json!({
                "name": name(cue.asset),
                "id": cue.asset.to_string(),
                "start": round(fps.seconds(cue.frames.start)),
                "end": round(fps.seconds(cue.frames.end)),
                "from": round(cue.time.max(cue.from)),
                "loop": cue.loops.map(round),
                "rate": cue.rate,
                "preservesPitch": cue.keeps_pitch,
                "volume": volume.collect::<Vec<_>>(),
            })
        };
        self.film.sounds().into_iter().map(sound).collect()
    }
}

fn kind(kind: AssetKind) -> &'static str {
    match kind {
        AssetKind::Still => "image",
        AssetKind::Video => "video",
        AssetKind::Audio => "audio",
        AssetKind::Font => "font",
    }
}

/// To a thousandth.
fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}
