use std::sync::Arc;

use kinora_farm::Progress;
use kinora_script::{Limits, ScriptOptions};

use kinora_project::{Access, CacheFolder, Library, ProjectHost};

use super::partial::{self, Grant};
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
    let folder = CacheFolder::of_user()?;
    let access = project::with_network(&args.network, Access::default());
    let library = Library::new(root.clone(), folder.cache.clone(), progress.clone());
    let library = Arc::new(library.granting(access.clone()));
    let limits = Limits {
        heap_bytes: args.limits.max_memory,
        stack_bytes: args.limits.max_stack,
        ..Limits::default()
    };
    let renderer = {
        let progress = progress.clone();
        let grant = Grant {
            root: root.clone(),
            access,
            now_ms: args.now.unwrap_or(ScriptOptions::new(&script).now_ms),
        };
        move |request: &str, partial: bool| partial::render(request, partial, &grant, &progress)
    };
    let host = ProjectHost::for_script(
        library,
        progress.clone(),
        Arc::new(terminal),
        Box::new(renderer),
    );
    kinora_script::run_module(&script, &root, Box::new(host), &limits, &args.args)?;
    Ok(())
}
