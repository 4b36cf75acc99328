use std::sync::Arc;

use anyhow::anyhow;
use kinora_check::{CheckOptions, Expectation, Gravity};
use kinora_farm::Progress;
use kinora_project::Voice as _;

use crate::{
    args::CheckArgs, failure::Failure, interrupt, picture_file::PictureFile, project,
    show::Terminal,
};

/// `kinora check`.
pub fn command(args: &CheckArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    check(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn check(args: &CheckArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let session = project::open(&args.project, true, &terminal, progress)?;
    let options = CheckOptions {
        ignored: args.ignore.iter().copied().collect(),
        expected: Expectation::beside(&args.project.project, &session.script().fence())
            .map_err(|fault| Failure::Project(anyhow!(fault)))?,
    };
    let storyboard = args
        .storyboard
        .as_deref()
        .map(PictureFile::parse)
        .transpose()?;
    if let Some(file) = &storyboard {
        session.check_written(&file.path(0))?;
    }
    let report = kinora_check::check(&session, &options)?;
    let (warnings, notes) = (report.count(Gravity::Warning), report.count(Gravity::Note));
    let many = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    if let Some(file) = &storyboard
        && let Some(picture) = kinora_check::storyboard(&session, &report.findings)?
    {
        file.write(&picture)?;
    }
    if args.json {
        terminal.tell(&report.to_json());
    } else {
        for (index, finding) in report.findings.iter().enumerate() {
            let number = match storyboard.is_some() {
                true => format!("{}. ", index + 1),
                false => String::new(),
            };
            terminal.print(&format!("{number}{finding}\n"));
        }
        terminal.print(&format!(
            "{}, {} in {} frames",
            many(warnings, "warning"),
            many(notes, "note"),
            report.frames
        ));
    }
    match args.strict && warnings > 0 {
        true => Err(Failure::Project(anyhow!(
            "{} (--strict)",
            many(warnings, "warning")
        ))),
        false => Ok(()),
    }
}
