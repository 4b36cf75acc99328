mod table;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use anyhow::{Context as _, anyhow};
use kinora_farm::Progress;
use kinora_media::WholeFile;
use kinora_project::Voice as _;
use kinora_script::ScriptOptions;
use kinora_session::{RenderOrder, RowName, Session, processors};
use serde_json::{Value, json};

use super::scripted::follow;
use crate::{
    args::BatchArgs,
    events,
    failure::Failure,
    interrupt, project,
    show::{Terminal, round},
    stats::Stats,
};
use table::Row;

/// `kinora batch`.
pub fn command(args: &BatchArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    let rows = table::read(&args.from).map_err(Failure::Project)?;
    let outputs = outputs(args, &rows)?;
    // Once for all rows: they share the present, and what standard input holds.
    let batch = Batch {
        args,
        script: project::options(&args.project)?,
        terminal: &terminal,
        progress: &progress,
    };

    if let Some(stats) = &args.stats {
        let checked = batch.script.fence().check_written(stats);
        checked.with_context(|| format!("cannot write `{}`", stats.display()))?;
    }

    let mut told = Vec::new();
    for (row, output) in rows.iter().zip(&outputs) {
        let begun = Instant::now();
        let done = batch.render(row, output);
        if progress.is_cancelled() {
            return Err(Failure::Interrupted);
        }
        let mut facts = json!({"line": row.line, "output": output});
        match &done {
            Ok(stats) => facts["stats"] = stats.clone(),
            Err(failure) => facts["error"] = failure.to_json(),
        }
        facts["seconds"] = json!(round(begun.elapsed().as_secs_f64()));
        match (events::are_on(), &done) {
            (true, _) => events::tell("row", facts.clone()),
            (false, Ok(_)) => terminal.print(&line(&facts)),
            (false, Err(failure)) => {
                terminal.say(&format!(
                    "error: line {}, {}: {}",
                    row.line,
                    output.display(),
                    failure.message()
                ));
            }
        }
        told.push(facts);
    }
    if let Some(path) = &args.stats {
        let text = format!("{:#}\n", json!(told));
        WholeFile::write(path, text.as_bytes())
            .with_context(|| format!("cannot write `{}`", path.display()))?;
    }
    let failed = told
        .iter()
        .filter(|facts| facts["error"].is_object())
        .count();
    if !events::are_on() {
        terminal.print(&sum(&told, failed));
    }
    match failed {
        0 => Ok(()),
        failed => Err(Failure::Project(anyhow!(
            "{failed} of {} videos could not be made",
            told.len()
        ))),
    }
}

/// The file of each row; all are looked at before anything is rendered.
fn outputs(args: &BatchArgs, rows: &[Row]) -> Result<Vec<PathBuf>, Failure> {
    let wrong = |message: String| Failure::Project(anyhow!(message));
    let pattern = RowName::parse(&args.output).map_err(wrong)?;
    let mut outputs = Vec::new();
    let mut first = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let output = pattern.path(&row.variables, at + 1).map_err(|fault| {
            wrong(format!(
                "line {} of `{}`: {fault}",
                row.line,
                args.from.display()
            ))
        })?;
        if let Some(other) = first.insert(output.clone(), row.line) {
            return Err(wrong(format!(
                "lines {other} and {} of `{}` would both be `{}`; put `{{row}}` into the name",
                row.line,
                args.from.display(),
                output.display()
            )));
        }
        outputs.push(output);
    }
    Ok(outputs)
}

/// What all rows share.
struct Batch<'a> {
    args: &'a BatchArgs,
    script: ScriptOptions,
    terminal: &'a Terminal,
    progress: &'a Progress,
}

impl Batch<'_> {
    /// Renders a row's video and gives its figures.
    fn render(&self, row: &Row, output: &Path) -> Result<Value, Failure> {
        let begun = Instant::now();
        let args = self.args;
        let settings = project::settings(&args.project, &args.encode);
        let recipe = settings
            .recipe(output)
            .map_err(|error| Failure::Tool(error.into()))?;
        let order = RenderOrder {
            workers: args.workers.map_or_else(processors, usize::from),
            ..RenderOrder::new(output, recipe)
        };
        let mut script = self.script.clone();
        let variables = script.variables.get_or_insert_with(|| json!({}));
        if let Value::Object(variables) = variables {
            variables.extend(row.variables.clone());
        }
        // What rows have in common is found in the cache by the later one.
        let progress = Arc::new(Progress::default());
        let access = project::access(&args.project);
        let surroundings = project::surroundings(access, true, self.terminal, &progress)?;
        let session = Session::open(script, surroundings);
        let rendered = follow(self.progress, &progress, || session.render(&order))??;
        let stats = Stats {
            report: &rendered.report,
            recording: &rendered.recording,
            workers: order.workers,
            elapsed: begun.elapsed(),
        };
        Ok(stats.json())
    }
}

/// What a row cost.
fn line(facts: &Value) -> String {
    let stats = &facts["stats"];
    let number = |name: &str| stats[name].as_u64().unwrap_or_default();
    format!(
        "{}: {} frames, {} of {} segments from the cache, {:.1} MB in {:.1} s",
        facts["output"].as_str().unwrap_or_default(),
        number("frames"),
        number("cacheHits"),
        number("segments"),
        number("bytes") as f64 / 1e6,
        facts["seconds"].as_f64().unwrap_or_default(),
    )
}

/// What all rows cost.
fn sum(told: &[Value], failed: usize) -> String {
    let sum = |name: &str| -> u64 {
        told.iter()
            .filter_map(|facts| facts["stats"][name].as_u64())
            .sum()
    };
    let seconds: f64 = told
        .iter()
        .filter_map(|facts| facts["seconds"].as_f64())
        .sum();
    format!(
        "made {} videos: {} frames, {} of {} segments from the cache, {:.1} MB in {seconds:.1} s",
        told.len() - failed,
        sum("frames"),
        sum("cacheHits"),
        sum("segments"),
        sum("bytes") as f64 / 1e6,
    )
}
