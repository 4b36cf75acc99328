//! Commands for those who write projects with programs.

use std::path::PathBuf;

use clap::Args;

/// The manual.
#[derive(Args, Debug)]
pub struct DocsArgs {
    /// The page to print, by its name (default: the list of all)
    #[arg(value_name = "PAGE")]
    pub page: Option<String>,

    /// Print the list as JSON
    #[arg(long, conflicts_with = "page")]
    pub json: bool,
}

/// What tells agents how to work on a project.
#[derive(Args, Debug)]
pub struct SkillArgs {
    /// The project's folder
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,
}
