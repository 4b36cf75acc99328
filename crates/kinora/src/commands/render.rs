use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::anyhow;
use kinora_farm::{
    Cache, FarmError, Job, JobOptions, Progress, Report, RetryPolicy, segment_frames,
};
use kinora_film::{Drawing, FilmHeader};
use kinora_media::{Preset, VideoSettings};
use kinora_raster::SimdLevel;
use kinora_script::{FilmSink, FontUse, Recording, ScriptOptions, Stopped};

use kinora_project::{Access, CacheFolder, Library, ProjectHost, Voice as _};

use crate::{
    args::{ProgressStyle, RenderArgs},
    failure::Failure,
    interrupt, project,
    show::{Display, Terminal},
    stats::Stats,
};

/// What is rendered, how, and where to.
pub struct Order {
    pub script: ScriptOptions,
    pub access: Access,
    pub output: PathBuf,
    /// Whether the file has sound.
    pub sound: bool,
    /// The project's frames to render; all that are recorded if not given.
    pub frames: Option<Range<u64>>,
    pub workers: usize,
    pub segment_seconds: f64,
    pub crf: u8,
    pub preset: Preset,
    /// Whether segments are kept for later runs.
    pub keep: bool,
}

/// A rendered film.
pub struct Rendered {
    pub report: Report,
    pub recording: Recording,
    pub library: Arc<Library>,
}

/// `kinora render`.
pub fn command(args: &RenderArgs) -> Result<(), Failure> {
    let started = Instant::now();
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    check_name(&args.output)?;
    let workers = args.workers.map_or_else(processors, usize::from);
    let order = Order {
        script: project::options(&args.project)?,
        access: project::access(&args.project),
        output: args.output.clone(),
        sound: true,
        frames: None,
        workers,
        segment_seconds: args.segment_seconds,
        crf: args.crf,
        preset: args.preset,
        keep: !args.no_cache,
    };
    let folder = if args.no_cache {
        CacheFolder::temporary()?
    } else {
        CacheFolder::of_user()?
    };
    let display = Display::start(args.progress, terminal.clone(), progress.clone());
    let rendered = render(&order, &folder, &progress, &terminal);
    display.end();
    let rendered = rendered.map_err(|failure| failure.or_interrupted(&progress))?;
    if matches!(args.progress, ProgressStyle::Auto | ProgressStyle::Plain) {
        terminal.say(&summary(&args.output, &rendered.report, started.elapsed()));
    }
    if let Some(path) = &args.stats {
        let stats = Stats {
            report: &rendered.report,
            recording: &rendered.recording,
            workers,
            elapsed: started.elapsed(),
        };
        stats.write(path)?;
    }
    Ok(())
}

/// What was made, in one line.
fn summary(output: &Path, report: &Report, elapsed: Duration) -> String {
    let cached = match report.cached_segments {
        0 => String::new(),
        cached => format!(", {cached} of {} segments from the cache", report.segments),
    };
    format!(
        "made {}: {} frames, {:.1} MB in {:.1} s{cached}",
        output.display(),
        report.frames,
        report.bytes as f64 / 1e6,
        elapsed.as_secs_f64(),
    )
}

/// Worker threads when nothing else is said: one for each processor.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Refuses file names whose ending promises another format.
///
/// # Errors
/// When the name does not end in `.mp4`.
pub fn check_name(output: &Path) -> Result<(), Failure> {
    let ending = output.extension().and_then(|ending| ending.to_str());
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("mp4")) {
        return Ok(());
    }
    Err(Failure::Tool(anyhow!(
        "only MP4 files are written, and the name `{}` does not end in `.mp4`",
        output.display()
    )))
}

/// Records and renders a project.
///
/// # Errors
/// When the project, a file of it, or the output is at fault, or it is stopped.
pub fn render(
    order: &Order,
    folder: &CacheFolder,
    progress: &Arc<Progress>,
    terminal: &Terminal,
) -> Result<Rendered, Failure> {
    let root = order.script.root.clone();
    let library = Library::new(root, folder.cache.clone(), progress.clone());
    let library = Arc::new(library.granting(order.access.clone()));
    let host = ProjectHost::new(
        library.clone(),
        progress.clone(),
        Arc::new(terminal.clone()),
    );
    let mut sink = JobSink {
        order,
        cache: (order.keep && folder.lasting).then(|| folder.cache.clone()),
        library: &library,
        progress,
        job: None,
        failure: None,
    };
    let recorded = kinora_script::record(&order.script, Box::new(host), &mut sink);
    if let Some(failure) = sink.failure {
        return Err(failure);
    }
    let recording = recorded?;
    for diagnostic in &recording.diagnostics {
        terminal.say(&format!("warning: {diagnostic}"));
    }
    let job = sink.job.ok_or(FarmError::Empty)?;
    let report = job.finish(&recording.sounds)?;
    if folder.lasting {
        let mut kept = library.used();
        kept.extend(report.keys.iter().cloned());
        if let Err(error) = folder.cache.prune(&kept) {
            terminal.say(&format!(
                "warning: the cache cannot be kept to its size: {error}"
            ));
        }
    }
    Ok(Rendered {
        report,
        recording,
        library,
    })
}

/// Hands the recorded frames to a job.
struct JobSink<'a> {
    order: &'a Order,
    cache: Option<Cache>,
    library: &'a Arc<Library>,
    progress: &'a Arc<Progress>,
    job: Option<Job>,
    failure: Option<Failure>,
}

impl JobSink<'_> {
    fn start(&self, header: &FilmHeader) -> Result<Job, Failure> {
        project::check_even(header.size)?;
        let (size, fps) = (header.size, header.fps);
        let video = VideoSettings {
            crf: self.order.crf,
            preset: self.order.preset,
            ..VideoSettings::new(size.width, size.height, fps.num(), fps.den())
        };
        let options = JobOptions {
            output: self.order.output.clone(),
            header: *header,
            video,
            sound: self.order.sound,
            level: SimdLevel::common(),
            segment_frames: segment_frames(self.order.segment_seconds, fps.value()),
            workers: self.order.workers,
            cache: self.cache.clone(),
            scratch: std::env::temp_dir(),
            retry: RetryPolicy::default(),
        };
        Ok(Job::start(
            options,
            self.library.clone(),
            self.progress.clone(),
        )?)
    }

    fn push(&mut self, number: u64, drawing: Drawing) -> Result<(), Failure> {
        let wanted = |frames: &Range<u64>| frames.contains(&number);
        if let (Some(job), true) = (&mut self.job, self.order.frames.as_ref().is_none_or(wanted)) {
            job.push(number, drawing)?;
        }
        Ok(())
    }

    fn note(&mut self, result: Result<(), Failure>) -> Result<(), Stopped> {
        result.map_err(|failure| {
            self.failure = Some(failure);
            Stopped
        })
    }
}

impl FilmSink for JobSink<'_> {
    fn begin(&mut self, header: &FilmHeader) -> Result<(), Stopped> {
        let started = self.start(header).map(|job| self.job = Some(job));
        self.note(started)
    }

    fn font(&mut self, font: &FontUse) {
        self.library
            .add_bytes(font.id, &font.family, font.bytes.clone());
    }

    fn frame(&mut self, number: u64, drawing: Drawing) -> Result<(), Stopped> {
        let pushed = self.push(number, drawing);
        self.note(pushed)
    }
}
