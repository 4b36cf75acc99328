use std::path::PathBuf;

use clap::Args;

use super::{EncodeArgs, ProjectArgs};

/// Many videos of one project.
#[derive(Args, Debug)]
pub struct BatchArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// A table of variables, a video for each row: CSV whose first line names them, or a
    /// JSON object a line
    #[arg(long, value_name = "FILE.csv|FILE.jsonl")]
    pub from: PathBuf,

    /// The files to write; {NAME} stands for the row's value of that variable, {row} for
    /// the row's number, from 1
    #[arg(short, long, value_name = "PATTERN", default_value = "out/{row}.mp4")]
    pub output: String,

    /// Worker threads (default: one for each processor)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub workers: Option<u16>,

    #[command(flatten)]
    pub encode: EncodeArgs,

    /// A file for figures about each row
    #[arg(long, value_name = "FILE.json")]
    pub stats: Option<PathBuf>,
}
