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

    /// A rule whose findings are not wanted; may be given more than once (docs/check.md)
    #[arg(long, value_name = "RULE")]
    pub ignore: Vec<Rule>,
}
