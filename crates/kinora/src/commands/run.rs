use std::sync::Arc;

use kinora_farm::Progress;
use kinora_script::Limits;

use kinora_project::{CacheFolder, Library, ProjectHost};

use super::partial;
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
    let library = Arc::new(Library::new(
        root.clone(),
        folder.cache.clone(),
        progress.clone(),
    ));
    let limits = Limits::default();
    let renderer = {
        let (root, progress) = (root.clone(), progress.clone());
        move |request: &str, partial: bool| partial::render(request, partial, &root, &progress)
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
