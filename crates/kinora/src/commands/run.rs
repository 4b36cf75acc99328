use std::sync::Arc;

use kinora_farm::Progress;
use kinora_project::Access;
use kinora_script::{Limits, ScriptOptions};
use kinora_session::Session;

use super::scripted::{self, Grant};
use crate::{args::RunArgs, failure::Failure, interrupt, project, show::Terminal};

/// `kinora run`.
pub fn command(args: &RunArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    run(args, &progress).map_err(|failure| failure.or_interrupted(&progress))
}

fn run(args: &RunArgs, progress: &Arc<Progress>) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let script = project::existing(&args.script)?;
    let root = project::root(&script, args.root.as_deref())?;
    let access = project::with_network(&args.network, Access::default());
    let options = ScriptOptions::new(&script);
    let grant = Grant {
        root: root.clone(),
        access: access.clone(),
        now_ms: args.now.unwrap_or(options.now_ms),
        limits: Limits {
            heap_bytes: args.limits.max_memory,
            stack_bytes: args.limits.max_stack,
            ..Limits::default()
        },
    };
    let options = ScriptOptions {
        root,
        limits: grant.limits,
        ..options
    };
    let surroundings = project::surroundings(access, true, &terminal, progress)?;
    let session = Session::open(options, surroundings);
    let renderer = {
        let progress = progress.clone();
        move |request: &str, partial: bool| scripted::render(request, partial, &grant, &progress)
    };
    Ok(session.run(&args.args, Box::new(renderer))?)
}
