use std::{path::Path, sync::Arc};

use kinora_farm::Progress;
use kinora_project::Voice as _;
use kinora_session::{PartOrder, processors};
use serde_json::json;

use crate::{
    args::PartArgs,
    failure::Failure,
    interrupt, project,
    show::{Display, Terminal},
};

/// `kinora part`: prints the paths of the part's files as JSON.
pub fn command(args: &PartArgs) -> Result<(), Failure> {
    let progress = Arc::new(Progress::default());
    interrupt::stop_on_interrupt(&progress);
    let terminal = Terminal::new();
    let settings = project::settings(&args.project, &args.encode);
    let recipe = settings.recipe(Path::new("visuals.mp4"));
    let order = PartOrder {
        recipe: recipe.map_err(|error| Failure::Tool(error.into()))?,
        worker: args.worker,
        workers: args.of,
        threads: args.workers.map_or_else(processors, usize::from),
        keep: !args.no_cache,
    };
    let session = project::open(&args.project, !args.no_cache, &terminal, &progress)?;
    let display = Display::start(args.progress, terminal.clone(), progress.clone());
    let part = session.part(&order, &args.output).map_err(Failure::from);
    display.end();
    let part = part.map_err(|failure| failure.or_interrupted(&progress))?;
    let answer = json!({
        "audioFile": part.audio,
        "videoFile": part.video,
        "frames": [part.frames.start, part.frames.end],
    });
    terminal.print(&answer.to_string());
    Ok(())
}
