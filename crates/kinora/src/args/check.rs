use clap::Args;
use kinora_check::Rule;

use super::ProjectArgs;

/// What is looked for.
#[derive(Args, Debug)]
pub struct CheckArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// Print JSON
    #[arg(long)]
    pub json: bool,

    /// End with exit code 1 if there are warnings
    #[arg(long)]
    pub strict: bool,

    /// A picture of the frames at which something was found, with a numbered box around what it
    /// is: .png, .jpg or .webp
    #[arg(long, value_name = "FILE")]
    pub storyboard: Option<String>,

    /// A rule whose findings are not wanted; may be given more than once (docs/check.md)
    #[arg(long, value_name = "RULE")]
    pub ignore: Vec<Rule>,
}
