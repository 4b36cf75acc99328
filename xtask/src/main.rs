//! `cargo run --release -p xtask -- facts compare|sheet`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::facts::{self, Comparison};
use xtask::ours;

#[derive(Parser)]
#[command(about = "Work on the repository itself")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Kinora against what the reference did in a browser.
    Facts {
        #[command(subcommand)]
        task: FactsTask,
    },
}

#[derive(Subcommand)]
enum FactsTask {
    /// Print every difference, and which of them are not on the list.
    Compare {
        /// Scenes by name; all when none is given.
        scenes: Vec<String>,
    },
    /// Draw reference, ours and difference side by side.
    Sheet {
        /// Scenes by name; all when none is given.
        scenes: Vec<String>,
        /// Where to; a number is put before the ending when there are several.
        #[arg(short, long, default_value = "out/facts.png")]
        output: PathBuf,
        /// Only scenes that differ.
        #[arg(long)]
        differing: bool,
    },
}

fn main() -> Result<ExitCode> {
    let Task::Facts { task } = Arguments::parse().task;
    match task {
        FactsTask::Compare { scenes } => compare(scenes),
        FactsTask::Sheet {
            scenes,
            output,
            differing,
        } => sheet(scenes, &output, differing),
    }
}

fn compare_all(scenes: Vec<String>) -> Result<Vec<Comparison>> {
    let program = ours::program()?;
    let scenes = if scenes.is_empty() {
        facts::scenes()?
    } else {
        scenes
    };
    facts::compare_all(&program, &scenes)
}

fn compare(scenes: Vec<String>) -> Result<ExitCode> {
    let comparisons = compare_all(scenes)?;
    for comparison in &comparisons {
        if comparison.differences.is_empty() {
            println!("{}: alike", comparison.scene);
        }
        for difference in &comparison.differences {
            println!(
                "{}: {}: {}",
                comparison.scene, difference.kind, difference.detail
            );
        }
    }
    let verdict = facts::judge(&comparisons, &facts::known()?);
    for (scene, kind, _) in &verdict.new {
        println!("new: {scene} {kind}");
    }
    for (scene, kind) in &verdict.mended {
        println!("mended, to be taken off the list: {scene} {kind}");
    }
    let alike = comparisons
        .iter()
        .filter(|comparison| comparison.differences.is_empty());
    println!("{} of {} scenes alike", alike.count(), comparisons.len());
    let clean = verdict.new.is_empty() && verdict.mended.is_empty();
    Ok(if clean {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn sheet(scenes: Vec<String>, output: &Path, differing: bool) -> Result<ExitCode> {
    let mut comparisons = compare_all(scenes)?;
    if differing {
        comparisons.retain(|comparison| !comparison.differences.is_empty());
    }
    let sheets = facts::sheets(&comparisons);
    for (index, sheet) in sheets.iter().enumerate() {
        let path = match (sheets.len(), output.file_stem()) {
            (1, _) | (_, None) => output.to_owned(),
            (_, Some(stem)) => {
                output.with_file_name(format!("{}-{}.png", stem.to_string_lossy(), index + 1))
            }
        };
        sheet.write(&path)?;
        println!("{}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}
