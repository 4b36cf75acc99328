use std::io::Write as _;

use anyhow::Context as _;
use clap::CommandFactory as _;

use crate::{
    args::{Cli, CompletionArgs, ManArgs},
    failure::Failure,
};

/// `kinora completion`.
pub fn completion(args: &CompletionArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "kinora", &mut script);
    // A reader that has gone away is no error.
    let _ = std::io::stdout().write_all(&script);
    Ok(())
}

/// `kinora man`.
pub fn man(args: &ManArgs) -> Result<(), Failure> {
    let folder = &args.folder;
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
        .with_context(|| format!("cannot write the pages into `{}`", folder.display()))?;
    Ok(())
}
