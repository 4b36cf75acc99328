use std::{collections::BTreeSet, path::Path, sync::Arc};

use kinora_farm::{Progress, Spool, cost, segment_frames, segment_key};
use kinora_film::{AssetId, ContentHash, Cut, Cutter, Drawing, FilmHeader};
use kinora_media::{Preset, VideoSettings};
use kinora_project::Library;
use kinora_raster::SimdLevel;
use kinora_script::{FilmSink, FontUse, Host, Recording, ScriptOptions, Stopped};

use crate::{Fault, FaultKind, plan::Slot};

/// Seconds a segment.
pub const SEGMENT_SECONDS: f64 = 2.0;
/// Bytes of stack for the thread that runs scripts.
const STACK: usize = 32 << 20;

/// How a film is encoded.
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    /// Quality, 0 lossless to 51 worst.
    pub crf: u8,
    /// Speed of the encoder.
    pub preset: Preset,
    /// Seconds a segment.
    pub segment_seconds: f64,
}

/// A film as it was recorded, its segments waiting on disk.
pub struct Recorded {
    /// Everything but the frames.
    pub recording: Recording,
    /// How it is encoded.
    pub video: VideoSettings,
    /// The instruction set that it is drawn with.
    pub level: SimdLevel,
    /// The segments' places and names.
    pub slots: Vec<Slot>,
    /// About what each segment costs to render.
    pub costs: Vec<u64>,
    /// The files that the segments use.
    pub assets: Vec<AssetId>,
    spool: Spool,
}

impl Recorded {
    /// Frames of the film.
    pub fn frames(&self) -> u64 {
        self.slots.iter().map(|slot| slot.frames).sum()
    }

    /// The recorded bytes of a segment.
    ///
    /// # Errors
    /// When the disk is broken.
    pub fn segment(&self, segment: u64) -> Result<Vec<u8>, Fault> {
        let fault = |error| Fault::tool("cannot read a recorded segment", &error);
        Ok(self.spool.get(segment).map_err(fault)?.unwrap_or_default())
    }

    /// Names the film by all that its file depends on.
    pub fn name(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for slot in &self.slots {
            hasher.update(slot.key.as_bytes());
        }
        let sounds = serde_json::to_vec(&self.recording.sounds);
        hasher.update(&sounds.expect("plain data in memory always serialises"));
        hasher.finalize().to_hex()[..32].to_owned()
    }
}

/// Records a project on a thread of its own; blocks until it is done.
///
/// # Errors
/// When the project is at fault, or the segments cannot be stored in `scratch`.
pub fn record(
    script: &ScriptOptions,
    encoding: Encoding,
    library: &Arc<Library>,
    make_host: impl FnOnce() -> Box<dyn Host> + Send,
    scratch: &Path,
    progress: &Progress,
) -> Result<Recorded, Fault> {
    let fault = |error| Fault::tool("there is no room for recorded segments", &error);
    let mut sink = Sink {
        encoding,
        level: SimdLevel::common(),
        library,
        progress,
        video: None,
        cutter: None,
        spool: Spool::new_in(scratch).map_err(fault)?,
        slots: Vec::new(),
        costs: Vec::new(),
        assets: BTreeSet::new(),
        fault: None,
    };
    let (recording, sink) = std::thread::scope(|scope| {
        let run = move || {
            let recording = kinora_script::record(script, make_host(), &mut sink);
            (recording, sink)
        };
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, run)
            .map_err(|error| Fault::tool("no thread to record on", &error))?
            .join()
            .map_err(|_| Fault::new(FaultKind::Tool, "the script engine broke down"))
    })?;
    sink.finish(recording)
}

struct Sink<'a> {
    encoding: Encoding,
    level: SimdLevel,
    library: &'a Library,
    progress: &'a Progress,
    video: Option<VideoSettings>,
    cutter: Option<Cutter>,
    spool: Spool,
    slots: Vec<Slot>,
    costs: Vec<u64>,
    assets: BTreeSet<AssetId>,
    fault: Option<Fault>,
}

impl Sink<'_> {
    fn finish(
        mut self,
        recording: Result<Recording, kinora_script::ScriptError>,
    ) -> Result<Recorded, Fault> {
        if let Some(cut) = self.cutter.as_mut().and_then(Cutter::finish) {
            self.add(&cut)?;
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let recording = recording?;
        let Some(video) = self.video else {
            return Err(Fault::new(FaultKind::Project, "the film has no frames"));
        };
        Ok(Recorded {
            recording,
            video,
            level: self.level,
            slots: self.slots,
            costs: self.costs,
            assets: self.assets.into_iter().collect(),
            spool: self.spool,
        })
    }

    fn add(&mut self, cut: &Cut) -> Result<(), Fault> {
        let Some(video) = &self.video else {
            return Ok(());
        };
        let bytes = cut.segment.to_bytes();
        let hash = ContentHash(*blake3::hash(&bytes).as_bytes());
        self.spool
            .put(cut.index, &bytes)
            .map_err(|error| Fault::tool("cannot store a recorded segment", &error))?;
        self.slots.push(Slot {
            key: segment_key(hash, video, self.level.name()),
            first_frame: cut.first_frame,
            frames: cut.segment.frames.len() as u64,
        });
        self.costs.push(cost(&cut.segment, video.preset));
        self.assets.extend(cut.segment.assets());
        Ok(())
    }

    fn start(&mut self, header: &FilmHeader) -> Result<(), Fault> {
        let (size, fps) = (header.size, header.fps);
        let video = VideoSettings {
            crf: self.encoding.crf,
            preset: self.encoding.preset,
            ..VideoSettings::new(size.width, size.height, fps.num(), fps.den())
        };
        video
            .check()
            .map_err(|error| Fault::new(FaultKind::Project, error.to_string()))?;
        let length = segment_frames(self.encoding.segment_seconds, fps.value());
        self.cutter = Some(Cutter::new(*header, length));
        self.video = Some(video);
        Ok(())
    }

    fn note(&mut self, done: Result<(), Fault>) -> Result<(), Stopped> {
        done.map_err(|fault| {
            self.fault = Some(fault);
            Stopped
        })
    }
}

impl FilmSink for Sink<'_> {
    fn begin(&mut self, header: &FilmHeader) -> Result<(), Stopped> {
        let started = self.start(header);
        self.note(started)
    }

    fn font(&mut self, font: &FontUse) {
        self.library
            .add_bytes(font.id, &font.family, font.bytes.clone());
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Stopped> {
        self.progress.recorded_frame();
        let cut = self
            .cutter
            .as_mut()
            .and_then(|cutter| cutter.push(number, drawing));
        let added = match cut {
            Some(cut) => self.add(&cut),
            None => Ok(()),
        };
        self.note(added)
    }
}
