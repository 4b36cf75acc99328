use std::{path::Path, sync::Arc};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_lambda::{
    Account, Aim, CloudJob, Coordinator, Deployed, Fault, JobReport, LambdaFunction, Prices,
    Proposal, Stream, Terms,
};
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
    let settings = project::settings(&args.project, &args.encode);
    let recipe = settings
        .recipe(&args.output)
        .map_err(|error| Failure::Tool(error.into()))?;
    let aim = aim(args);
    if aim.faster_preset && !aim.is_bound() {
        return Err(Failure::Tool(anyhow!(
            "`--faster-preset` means nothing without `--deadline` or `--max-cost`"
        )));
    }
    let faster = match aim.faster_preset {
        true => settings.faster(&args.output),
        false => Vec::new(),
    };
    let terminal = Terminal::new();
    let session = project::open(&args.project, true, &terminal, &progress)?;
    let prices = match &args.prices {
        Some(file) => Prices::read(file)?,
        None => Prices::from_environment()?,
    };
    if args.dry_run || args.estimate {
        let terms = block_on(async { Ok(planned(args, &prices).await?) })?;
        let order = RecordOrder::new(recipe);
        let plan = Proposal::of(&session, &order, faster, &aim, terms).map_err(Failure::from);
        let plan = plan.map_err(|failure| failure.or_interrupted(&progress))?;
        if args.json || args.estimate {
            let text = serde_json::to_string_pretty(&plan).context("figures are not JSON")?;
            terminal.print(&text);
        } else {
            terminal.print(&plan.table());
        }
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
    job.faster = faster;
    job.stream = args.stream.then(|| stream(&job.id, &terminal));
    let made = block_on(async {
        let account = Account::from_environment().await?;
        let bucket = bucket(&account, args.bucket.as_deref()).await?;
        job.terms = terms(args, &prices, &account).await?;
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
    let job = CloudJob::new(script, recipe, &args.output, aim(args));
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

fn aim(args: &LambdaRenderArgs) -> Aim {
    Aim {
        workers: args.workers.0,
        deadline: args.deadline,
        max_cost: args.max_cost,
        dry_run: args.dry_run || args.estimate,
        faster_preset: args.faster_preset,
    }
}

/// On what terms the function renders, as far as AWS tells this account.
async fn terms(
    args: &LambdaRenderArgs,
    prices: &Prices,
    account: &Account,
) -> Result<Terms, Fault> {
    Terms::ask(account, prices, &args.function, args.qualifier.clone()).await
}

/// The same for a plan, which is made without an account as well.
async fn planned(args: &LambdaRenderArgs, prices: &Prices) -> Result<Terms, Fault> {
    let account = Account::from_environment().await;
    let why = match account {
        Ok(account) => match account.check().await {
            Ok(()) => return terms(args, prices, &account).await,
            Err(fault) => fault,
        },
        Err(fault) => fault,
    };
    let mut function = Deployed::default();
    function.notes.push(format!(
        "AWS was not asked about `{}`: {}; reckoned with {} MB and {} calls at once",
        args.function, why.message, function.memory_mb, function.at_once
    ));
    Ok(Terms {
        rates: prices.rates("us-east-1")?,
        function,
        ..Terms::default()
    })
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
