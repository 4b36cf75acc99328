//! Commands that programs start.

use std::path::PathBuf;

use clap::Args;

use super::{EncodeArgs, ProgressStyle, ProjectArgs};

#[derive(Args, Debug)]
pub struct PartArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// Which worker this is, from 0
    #[arg(long, value_name = "N")]
    pub worker: u64,

    /// How many workers there are
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub of: u64,

    /// The folder for the files, which exists
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,

    /// Threads (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,

    #[command(flatten)]
    pub encode: EncodeArgs,

    /// How progress is shown
    #[arg(long, value_enum, default_value_t = ProgressStyle::Auto)]
    pub progress: ProgressStyle,

    /// Neither take segments and downloads from the cache nor keep them there
    #[arg(long)]
    pub no_cache: bool,
}

#[derive(Args, Debug)]
pub struct OpenArgs {
    #[command(flatten)]
    pub project: ProjectArgs,
}

#[derive(Args, Debug)]
pub struct CallArgs {
    /// The function's name
    #[arg(value_name = "FUNCTION")]
    pub function: String,

    /// Its arguments
    #[arg(value_name = "JSON")]
    pub arguments: String,
}
