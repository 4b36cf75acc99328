use std::path::PathBuf;

use clap::Args;

use super::ProjectArgs;

/// The studio.
#[derive(Args, Debug)]
pub struct StudioArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// The port on this machine's own address; 0 takes one that is free
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    pub port: u16,

    /// Open the page in a browser, which is done anyway from a terminal
    #[arg(long, conflicts_with = "no_open")]
    pub open: bool,

    /// Open no browser
    #[arg(long)]
    pub no_open: bool,

    /// A site whose pages may look at the film, as https://example.com; may be given more
    /// than once; * for all
    #[arg(long = "allow-origin", value_name = "ORIGIN", value_parser = super::serve::origin)]
    pub allow_origins: Vec<String>,
}

/// Where `<kinora-player>` goes.
#[derive(Args, Debug)]
pub struct PlayerArgs {
    /// The folder to write the component's modules into; made if absent
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}
