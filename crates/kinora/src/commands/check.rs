use std::sync::Arc;

use anyhow::anyhow;
use kinora_check::{CheckOptions, Gravity};
use kinora_farm::Progress;
use kinora_project::Voice as _;

use crate::{args::CheckArgs, failure::Failure, interrupt, project, show::Terminal};

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
    };
    let report = kinora_check::check(&session, &options)?;
    let (warnings, notes) = (report.count(Gravity::Warning), report.count(Gravity::Note));
    let many = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    if args.json {
        terminal.print(&format!("{:#}", report.to_json()));
    } else {
        for finding in &report.findings {
            terminal.print(&format!("{finding}\n"));
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
