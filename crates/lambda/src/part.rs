use std::{ops::Range, path::Path, sync::Arc};

use kinora_farm::{FarmError, Job, JobOptions, Progress, RetryPolicy, segment_frames, write_wave};
use kinora_film::{Drawing, FilmHeader, share};
use kinora_media::VideoSettings;
use kinora_project::{Library, ProjectHost, Voice};
use kinora_raster::SimdLevel;
use kinora_script::{FilmSink, FontUse, ScriptOptions, Stopped};
use tempfile::TempDir;

use crate::{Encoding, Fault, FaultKind};

/// One worker's pictures and sound, in a folder that goes with this value.
pub struct Part {
    folder: TempDir,
    /// The output frames that it holds.
    pub frames: Range<u64>,
}

impl Part {
    /// The file of its pictures.
    pub fn video(&self) -> std::path::PathBuf {
        self.folder.path().join("visuals.mp4")
    }

    /// The file of its sound: 16-bit stereo at 48 kHz, as long as the pictures to the
    /// sample.
    pub fn audio(&self) -> std::path::PathBuf {
        self.folder.path().join("audio.wav")
    }
}

/// What a part is made of and with.
pub struct PartOptions<'a> {
    /// The project.
    pub script: &'a ScriptOptions,
    /// How it is encoded.
    pub encoding: Encoding,
    /// Which worker of how many.
    pub share: (u64, u64),
    /// The project's files.
    pub library: &'a Arc<Library>,
    /// Hears what the project says.
    pub voice: Arc<dyn Voice>,
    /// For temporary files.
    pub scratch: &'a Path,
    /// Asked whether to stop.
    pub progress: &'a Arc<Progress>,
    /// Threads that render.
    pub threads: usize,
}

/// Records a project and renders one worker's share of it: the way of Revideo's own
/// example, for callers that call workers themselves. The project is recorded twice,
/// because only its end tells which frames are the share.
///
/// # Errors
/// When the project or a file of it is at fault, or there is no room.
pub fn render_part(options: &PartOptions<'_>) -> Result<Part, Fault> {
    let whole = record(options, &mut ())?;
    let (worker, workers) = options.share;
    let frames = share(whole.frames.clone(), worker, workers);
    let room = |error| Fault::tool("there is no room for the part", &error);
    let folder = TempDir::new_in(options.scratch).map_err(room)?;
    let start = whole.frames.start;
    let part = Part {
        folder,
        frames: frames.start - start..frames.end - start,
    };
    if frames.is_empty() {
        let message = format!(
            "worker `{worker}` of `{workers}` has nothing to do: the film has {} frames",
            whole.frames.end - whole.frames.start
        );
        return Err(Fault::field("numWorkers", message));
    }
    let mut sink = PartSink {
        options,
        output: part.video(),
        wanted: frames,
        job: None,
        fault: None,
    };
    let recorded = record(options, &mut sink);
    if let Some(fault) = sink.fault {
        return Err(fault);
    }
    let recording = recorded?;
    sink.job.ok_or(FarmError::Empty)?.finish(&[])?;
    let fps = recording.header.fps;
    let range = part.frames.clone();
    write_wave(
        &part.audio(),
        &recording.sounds,
        fps,
        range,
        &**options.library,
    )?;
    Ok(part)
}

fn record(
    options: &PartOptions<'_>,
    sink: &mut dyn FilmSink,
) -> Result<kinora_script::Recording, Fault> {
    let host = ProjectHost::new(
        options.library.clone(),
        options.progress.clone(),
        options.voice.clone(),
    );
    Ok(kinora_script::record(options.script, Box::new(host), sink)?)
}

/// Renders the wanted frames of a film on this machine's threads.
struct PartSink<'a> {
    options: &'a PartOptions<'a>,
    output: std::path::PathBuf,
    wanted: Range<u64>,
    job: Option<Job>,
    fault: Option<Fault>,
}

impl PartSink<'_> {
    fn start(&self, header: &FilmHeader) -> Result<Job, Fault> {
        let (size, fps) = (header.size, header.fps);
        let encoding = self.options.encoding;
        let video = VideoSettings {
            crf: encoding.crf,
            preset: encoding.preset,
            ..VideoSettings::new(size.width, size.height, fps.num(), fps.den())
        };
        let wrong =
            |error: kinora_media::MediaError| Fault::new(FaultKind::Project, error.to_string());
        video.check().map_err(wrong)?;
        let options = JobOptions {
            output: self.output.clone(),
            header: *header,
            video,
            sound: false,
            level: SimdLevel::common(),
            segment_frames: segment_frames(encoding.segment_seconds, fps.value()),
            workers: self.options.threads,
            cache: None,
            scratch: self.options.scratch.to_owned(),
            retry: RetryPolicy::default(),
        };
        let (store, progress) = (self.options.library.clone(), self.options.progress.clone());
        Ok(Job::start(options, store, progress)?)
    }

    fn note(&mut self, done: Result<(), Fault>) -> Result<(), Stopped> {
        done.map_err(|fault| {
            self.fault = Some(fault);
            Stopped
        })
    }
}

impl FilmSink for PartSink<'_> {
    fn begin(&mut self, header: &FilmHeader) -> Result<(), Stopped> {
        let started = self.start(header).map(|job| self.job = Some(job));
        self.note(started)
    }

    fn font(&mut self, font: &FontUse) {
        let library = &self.options.library;
        library.add_bytes(font.id, &font.family, font.bytes.clone());
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Stopped> {
        match &mut self.job {
            Some(job) if self.wanted.contains(&number) => {
                let pushed = job.push(number, drawing).map_err(Fault::from);
                self.note(pushed)
            }
            // What follows the share is of no use but for its sound.
            _ => Ok(()),
        }
    }
}
