//! Films rendered by workers that something else starts; see docs/engines.md.

use std::{env, sync::Arc, time::Duration};

use anyhow::anyhow;
use kinora_farm::Progress;
use kinora_lambda::{Bucket, JoinOrder, Posted, PostedPlace};
use kinora_project::{Access, CacheFolder, Voice as _};
use kinora_session::{RecordOrder, Session, processors};
use serde_json::json;

use super::lambda::block_on;
use crate::{
    args::{JobCommand, JobJoinArgs, JobPostArgs, ProgressStyle, StoreArgs, WorkerArgs},
    failure::Failure,
    interrupt, project,
    show::{Display, Terminal},
};

/// Where those who start workers tell each its number, all from 0.
const INDEX: [&str; 5] = [
    "AWS_BATCH_JOB_ARRAY_INDEX",
    "JOB_COMPLETION_INDEX",
    "CLOUD_RUN_TASK_INDEX",
    "BATCH_TASK_INDEX",
    "SLURM_ARRAY_TASK_ID",
];

/// `kinora job`.
pub fn command(command: &JobCommand) -> Result<(), Failure> {
    match command {
        JobCommand::Post(args) => post(args),
        JobCommand::Status(args) => status(args),
        JobCommand::Join(args) => join(args),
    }
}

fn post(args: &JobPostArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let recipe = project::settings(&args.project, &args.encode)
        .recipe(&args.output)
        .map_err(|error| Failure::Tool(error.into()))?;
    let terminal = Terminal::new();
    let session = Arc::new(project::open(&args.project, true, &terminal, &progress)?);
    let order = RecordOrder::new(recipe);
    let posted = block_on(async {
        let bucket = Bucket::at(&args.place.store).await?;
        let posted = kinora_lambda::post(&bucket, session, order, args.workers).await;
        posted.map_err(Failure::from)
    });
    let posted = posted.map_err(|failure| failure.or_interrupted(&progress))?;
    terminal.tell(&json!(posted));
    Ok(())
}

fn status(args: &StoreArgs) -> Result<(), Failure> {
    let (posted, standing) = block_on(async {
        let bucket = Bucket::at(&args.store).await?;
        let posted = Posted::of(&bucket).await?;
        let standing = posted.standing(&bucket).await?;
        Ok((posted, standing))
    })?;
    let runs = posted.runs.iter().enumerate().map(|(index, run)| {
        let done = standing
            .iter()
            .filter(|segment| (run[0]..run[1]).contains(segment));
        json!({"index": index, "segments": run[1] - run[0], "done": done.count()})
    });
    let runs: Vec<_> = runs.collect();
    let facts = json!({
        "film": posted.film,
        "frames": posted.frames,
        "segments": posted.segments,
        "done": standing.len(),
        "workers": runs,
    });
    Terminal::new().tell(&facts);
    Ok(())
}

fn join(args: &JobJoinArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    project::check_output(&args.output, args.progress)?;
    let recipe = project::settings(&args.project, &args.encode)
        .recipe(&args.output)
        .map_err(|error| Failure::Tool(error.into()))?;
    let terminal = Terminal::new();
    let mut session: Session = project::open(&args.project, true, &terminal, &progress)?;
    session.check_written(&args.output)?;
    project::make_folder(&args.output)?;
    let joined = block_on(async {
        let bucket = Bucket::at(&args.place.store).await?;
        if args.project.now.is_none() {
            session.set_now(Posted::of(&bucket).await?.now_ms);
        }
        let order = JoinOrder {
            record: RecordOrder::new(recipe),
            output: args.output.clone(),
            wait: args.wait.map(Duration::from_secs_f64),
            keep_parts: args.keep_parts,
        };
        let display = Display::start(args.progress, terminal.clone(), progress.clone());
        let joined = kinora_lambda::join(&bucket, Arc::new(session), order).await;
        display.end();
        joined.map_err(Failure::from)
    });
    let (posted, assembled) = joined.map_err(|failure| failure.or_interrupted(&progress))?;
    for warning in assembled.warnings() {
        terminal.say(&format!("warning: {warning}"));
    }
    if matches!(args.progress, ProgressStyle::Auto | ProgressStyle::Plain) {
        terminal.say(&format!(
            "made {}: {} frames, {:.1} MB of {} workers' parts",
            args.output.display(),
            posted.frames,
            assembled.bytes as f64 / 1e6,
            posted.runs.len()
        ));
    }
    Ok(())
}

/// `kinora worker`.
pub fn worker(args: &WorkerArgs) -> Result<(), Failure> {
    let index = match args.index {
        Some(index) => index,
        None => told_index(|name| env::var(name).ok())?,
    };
    let terminal = Terminal::new();
    let cache = CacheFolder::of_user_or_temporary(&terminal)?;
    let access = Access {
        download_bytes: u64::MAX,
        ..project::with_network(&args.network, Access::untrusted())
    };
    let place = PostedPlace {
        cache: cache.cache.clone(),
        access,
        threads: args.threads.map_or_else(processors, usize::from),
        time: args.max_time.map(Duration::from_secs_f64),
    };
    let done = block_on(async {
        let bucket = Bucket::at(&args.place.store).await?;
        let done = kinora_lambda::work(&bucket, index, place).await;
        done.map_err(Failure::from)
    })?;
    terminal.tell(&json!(done));
    match done.left.len() {
        0 => Ok(()),
        left => Err(Failure::Tool(anyhow!(
            "time ran out: `{left}` segments are left; start worker `{index}` again"
        ))),
    }
}

/// The worker's number as the engine tells it.
fn told_index(told: impl Fn(&str) -> Option<String>) -> Result<u64, Failure> {
    for name in INDEX {
        let Some(text) = told(name).filter(|text| !text.is_empty()) else {
            continue;
        };
        return text.parse().map_err(|_| {
            Failure::Tool(anyhow!(
                "`{name}` is `{text}`, not a worker's number; give it by --index"
            ))
        });
    }
    Err(Failure::Tool(anyhow!(
        "which worker is this? give its number, from 0, by --index, or in one of {}",
        INDEX.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_engine_tells_a_worker_s_number() {
        let told = |name: &str, text: &str| {
            told_index(|asked| (asked == name).then(|| text.to_owned()))
                .map_err(|failure| failure.message())
        };
        for name in INDEX {
            assert_eq!(told(name, "7"), Ok(7));
        }
        let wrong = told("JOB_COMPLETION_INDEX", "a").unwrap_err();
        assert!(wrong.contains("`JOB_COMPLETION_INDEX` is `a`"), "{wrong}");
        let none = told("SLURM_ARRAY_TASK_ID", "").unwrap_err();
        assert!(none.contains("--index"), "{none}");
    }
}
