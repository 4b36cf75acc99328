use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, anyhow};
use kinora_farm::{Progress, Report};
use kinora_media::{Quality, VideoCodec, WholeFile};
use kinora_project::Voice as _;
use kinora_session::{RecordOrder, RenderOrder, Session, SessionError, Wanted, processors};

use crate::{
    args::{ProgressStyle, RenderArgs},
    events,
    failure::Failure,
    interrupt, project,
    show::{Display, Terminal},
    stats::Stats,
};

/// `kinora render`.
pub fn command(args: &RenderArgs) -> Result<(), Failure> {
    let started = Instant::now();
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    let settings = project::settings(&args.project, &args.encode);
    project::check_output(&args.output, args.progress)?;
    let recipe = settings
        .recipe(&args.output)
        .map_err(|error| Failure::Tool(error.into()))?;
    let order = RenderOrder {
        output: args.output.clone(),
        record: RecordOrder {
            segment_seconds: args.segment_seconds,
            ..RecordOrder::new(recipe)
        },
        workers: args.workers.map_or_else(processors, usize::from),
        keep: !args.no_cache,
    };
    let session = project::open(&args.project, order.keep, &terminal, &progress)?;
    if let Some(stats) = &args.stats {
        session.check_written(stats)?;
    }
    let draw = |time| Thumbnail::draw(&session, time, &args.output);
    let thumbnail = args.thumbnail.thumbnail.map(draw).transpose();
    let thumbnail = thumbnail.map_err(|failure| failure.or_interrupted(&progress))?;
    let display = Display::start(args.progress, terminal.clone(), progress.clone());
    let rendered = session.render(&order).map_err(Failure::from);
    display.end();
    let rendered = rendered.map_err(|failure| failure.or_interrupted(&progress))?;
    if let Some(thumbnail) = thumbnail {
        thumbnail.write()?;
    }
    let stats = Stats {
        report: &rendered.report,
        recording: &rendered.recording,
        workers: order.workers,
        elapsed: started.elapsed(),
    };
    if events::are_on() {
        events::tell("done", stats.json());
    } else if matches!(args.progress, ProgressStyle::Auto | ProgressStyle::Plain) {
        terminal.say(&summary(&args.output, &rendered.report, started.elapsed()));
    }
    if let Some(path) = &args.stats {
        stats.write(path)?;
    }
    Ok(())
}

/// A picture that is to stand beside a film.
struct Thumbnail {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Thumbnail {
    /// Draws the frame that is on at a second: what is wrong with it is told before the film
    /// is rendered.
    fn draw(session: &Session, time: f64, film: &Path) -> Result<Self, Failure> {
        let path = film.with_extension("jpg");
        if film == Path::new("-") || path == film {
            let fault = "a thumbnail stands beside a film's file, and this film has none";
            return Err(Failure::Tool(anyhow!("{fault}")));
        }
        session.check_written(&path)?;
        let codec = VideoCodec::of_picture(&path, &Quality::default());
        let codec = codec.map_err(|error| Failure::Tool(error.into()))?;
        let mut bytes = Vec::new();
        session.frames(&Wanted::Time(time), |picture| {
            bytes = picture.encode(&codec)?;
            Ok::<_, SessionError>(())
        })?;
        Ok(Self { path, bytes })
    }

    fn write(&self) -> Result<(), Failure> {
        WholeFile::write(&self.path, &self.bytes)
            .with_context(|| format!("cannot write `{}`", self.path.display()))?;
        Ok(())
    }
}

/// What was made, in one line.
fn summary(output: &Path, report: &Report, elapsed: Duration) -> String {
    let cached = match report.cached_segments {
        0 => String::new(),
        cached => format!(", {cached} of {} segments from the cache", report.segments),
    };
    let copied = match report.copied {
        0 => "",
        _ => ", its pictures copied from the videos",
    };
    let name = match output == Path::new("-") {
        true => "the film on standard output".into(),
        false => output.display().to_string(),
    };
    format!(
        "made {name}: {} frames, {:.1} MB in {:.1} s{cached}{copied}",
        report.frames,
        report.bytes as f64 / 1e6,
        elapsed.as_secs_f64(),
    )
}
