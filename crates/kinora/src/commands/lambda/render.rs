use std::{path::Path, sync::Arc};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_lambda::{Account, CloudJob, Coordinator, Estimate, JobReport, LambdaFunction, Stream};
use kinora_media::{Container, WholeFile};
use kinora_project::Voice as _;
use kinora_script::ScriptOptions;
use kinora_session::RecordOrder;
use kinora_worker::Recipe;

use super::{block_on, bucket};
use crate::{
    args::{LambdaRenderArgs, ProgressStyle},
    failure::Failure,
    interrupt, project,
    show::{Display, Terminal},
};

/// `kinora lambda render`: this machine records the project and puts the film
/// together, functions render it.
pub fn command(args: &LambdaRenderArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    project::check_output(&args.output, args.progress)?;
    let recipe = project::settings(&args.project, &args.encode)
        .recipe(&args.output)
        .map_err(|error| Failure::Tool(error.into()))?;
    let terminal = Terminal::new();
    let session = project::open(&args.project, true, &terminal, &progress)?;
    if args.estimate {
        let estimate = Estimate::of(&session, &RecordOrder::new(recipe), args.workers)?;
        let text = serde_json::to_string_pretty(&estimate).context("figures are not JSON")?;
        terminal.print(&text);
        return Ok(());
    }
    for place in [Some(&args.output), args.stats.as_ref()]
        .into_iter()
        .flatten()
    {
        session.check_written(place)?;
    }
    project::make_folder(&args.output)?;
    if args.stream && recipe.format.container != Container::Mp4 {
        let error = anyhow!("`--stream` is for films in MP4, which its pieces are as well");
        return Err(Failure::Tool(error));
    }
    let mut job = job(args, session.script(), recipe);
    job.stream = args.stream.then(|| stream(&job.id, &terminal));
    let made = block_on(async {
        let account = Account::from_environment().await?;
        let bucket = bucket(&account, args.bucket.as_deref()).await?;
        let caller = LambdaFunction::new(&account, &args.function, args.qualifier.clone());
        let coordinator = Coordinator {
            bucket,
            caller: Arc::new(caller),
            session,
        };
        let display = Display::start(args.progress, terminal.clone(), progress.clone());
        let made = coordinator.make(job).await;
        display.end();
        made.map_err(Failure::from)
    })
    .map_err(|failure| failure.or_interrupted(&progress))?;
    if matches!(args.progress, ProgressStyle::Auto | ProgressStyle::Plain) {
        terminal.say(&summary(&args.output, &made));
    }
    if let Some(path) = &args.stats {
        let text = serde_json::to_string_pretty(&made).context("figures are not JSON")?;
        WholeFile::write(path, (text + "\n").as_bytes())
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    Ok(())
}

fn job(args: &LambdaRenderArgs, script: &ScriptOptions, recipe: Recipe) -> CloudJob {
    let job = CloudJob::new(script, recipe, &args.output, args.workers as usize);
    CloudJob {
        id: args.job.clone().unwrap_or(job.id),
        attempts: args.retries.saturating_add(1),
        keep_parts: args.keep_parts,
        copy_sources: args.copy_sources,
        now_ms: args.project.now,
        ..job
    }
}

/// The play list of a job's film in the bucket, of whose URL the user is told.
fn stream(job: &str, terminal: &Terminal) -> Stream {
    let terminal = terminal.clone();
    Stream {
        told: Arc::new(move |url| terminal.say(&format!("watch it at {url}"))),
        ..Stream::quiet(&format!("{job}.m3u8"))
    }
}

/// What was made, in one line.
fn summary(output: &Path, made: &JobReport) -> String {
    let more = |count: u64, what: &str| match count {
        0 => String::new(),
        count => format!(", {count} {what}"),
    };
    format!(
        "made {}: {} frames, {:.1} MB in {:.1} s by {} functions{}{}{}, about ${:.4}",
        output.display(),
        made.frames,
        made.bytes as f64 / 1e6,
        made.wall.total,
        made.workers,
        more(made.segments.cached, "segments stood already"),
        more(made.retries, "calls repeated"),
        more(made.hedges, "calls doubled"),
        made.estimated_cost_usd,
    )
}
