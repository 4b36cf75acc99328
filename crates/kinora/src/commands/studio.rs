use std::{
    io::IsTerminal as _,
    process::{Command, Stdio},
};

use anyhow::Context as _;
use kinora_http::Origins;
use kinora_project::{CacheFolder, Voice as _};
use kinora_studio::{Studio, StudioOptions};

use crate::{args::StudioArgs, failure::Failure, project, show::Terminal};

/// `kinora studio`: serves the page until it is interrupted.
pub fn command(args: &StudioArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let script = project::options(&args.project)?;
    let mut command = vec!["kinora".to_owned(), "render".to_owned()];
    command.push(args.project.project.display().to_string());
    let mut studio = Studio::start(StudioOptions {
        script,
        access: project::access(&args.project),
        cache: CacheFolder::of_user_or_temporary(&terminal)?,
        scratch: std::env::temp_dir(),
        port: args.port,
        origins: Origins(args.allow_origins.clone()),
        command,
    })
    .map_err(|error| Failure::Tool(error.into()))?;
    let close = studio.closer();
    ctrlc::set_handler(close).context("cannot listen for Ctrl-C")?;
    terminal.print(studio.url());
    if args.open || (!args.no_open && std::io::stdout().is_terminal()) {
        open(studio.url(), &terminal);
    }
    studio.wait();
    Ok(())
}

/// Opens the page in the user's browser, as far as there is one.
fn open(url: &str, terminal: &Terminal) {
    let program = match cfg!(target_os = "macos") {
        true => "open",
        false => "xdg-open",
    };
    let opened = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if opened.is_err() {
        terminal.say("warning: no browser was found; open the page yourself");
    }
}
