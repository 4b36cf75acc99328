use anyhow::anyhow;
use kinora_project::{Voice as _, media_tool};

use crate::{args::MediaArgs, failure::Failure, show::Terminal};

/// `kinora media`: prints the answer as JSON.
pub fn command(args: &MediaArgs) -> Result<(), Failure> {
    let answer = media_tool(&args.function, &args.arguments);
    let answer = answer.map_err(|message| Failure::Tool(anyhow!(message)))?;
    Terminal::new().print(&answer);
    Ok(())
}
