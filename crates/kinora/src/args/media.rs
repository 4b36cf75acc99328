//! Commands for media files.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::CallArgs;

#[derive(Debug, Subcommand)]
pub enum MediaCommand {
    /// Tells what files hold: pictures, sound, length
    Probe(ProbeArgs),
    /// Puts files that are encoded alike one behind the other
    Concat(ConcatArgs),
    /// Puts a sound beside the pictures of a video
    Merge(MergeArgs),
    /// Writes a silent WAV file
    Silence(SilenceArgs),
    /// Calls one of the functions of `@revideo/ffmpeg`, for programs
    #[command(hide = true)]
    Call(CallArgs),
}

#[derive(Args, Debug)]
pub struct ProbeArgs {
    /// The files
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct ConcatArgs {
    /// The files, in order: MP4, MOV or WebM, or WAV
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Args, Debug)]
pub struct MergeArgs {
    /// The sound
    #[arg(value_name = "AUDIO")]
    pub audio: PathBuf,

    /// The video, whose own sound is left out
    #[arg(value_name = "VIDEO")]
    pub video: PathBuf,

    /// The file to write: MP4, MOV or WebM
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

#[derive(Args, Debug)]
pub struct SilenceArgs {
    /// How long it is, in seconds
    #[arg(value_name = "SECONDS")]
    pub seconds: f64,

    /// The file to write: WAV
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}
