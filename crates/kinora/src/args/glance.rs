use std::path::PathBuf;

use clap::Args;
use kinora_session::{FrameList, SEGMENT_SECONDS};

use super::{ProjectArgs, not_negative, positive, quality};

/// Single frames.
#[derive(Args, Debug)]
pub struct FrameArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// Frame numbers: 0,29,60-90:10 (from-to, both included, and step)
    #[arg(long, value_name = "LIST", required_unless_present_any = ["time", "sheet"])]
    pub frames: Option<FrameList>,

    /// The frame that is on at this second
    #[arg(long, value_name = "S", conflicts_with = "frames", value_parser = not_negative)]
    pub time: Option<f64>,

    /// One picture of N frames (12 if not given) spread over the film, from left to right
    /// and from top to bottom; which they are is printed
    #[arg(long, value_name = "N", conflicts_with_all = ["frames", "time"], num_args = 0..=1,
          default_missing_value = "12", value_parser = clap::value_parser!(u16).range(1..=400))]
    pub sheet: Option<u16>,

    /// Pixels across of each picture of a sheet
    #[arg(long, value_name = "PIXELS", requires = "sheet", default_value_t = 320,
          value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub sheet_width: u32,

    /// The file to write, .png, .jpg or .webp; %d or %06d in it is replaced by the frame's
    /// number
    #[arg(short, long, value_name = "FILE", default_value = "frame-%06d.png")]
    pub output: String,

    /// Quality of JPEG (92 by default) and WebP (85) up to 100, which is lossless in WebP
    #[arg(long, value_name = "N", value_parser = quality)]
    pub quality: Option<u8>,
}

/// Whether a file is a project's film.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// The finished file: MP4, MOV or WebM
    #[arg(value_name = "FILE")]
    pub finished: PathBuf,

    #[command(flatten)]
    pub project: ProjectArgs,

    /// Print JSON
    #[arg(long)]
    pub json: bool,

    /// How alike each frame that is compared must be: the peak signal-to-noise ratio of its
    /// brightness, in decibels
    #[arg(long, value_name = "DB", default_value_t = 25.0, value_parser = not_negative)]
    pub psnr: f64,
}

/// What a project is made of.
#[derive(Args, Debug)]
pub struct InspectArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// Print JSON
    #[arg(long)]
    pub json: bool,

    /// Length of the segments that would be rendered
    #[arg(long, value_name = "S", default_value_t = SEGMENT_SECONDS, value_parser = positive)]
    pub segment_seconds: f64,

    /// Print the nodes of the scene that is on at this second: their classes, boxes, lines in
    /// the project and properties
    #[arg(long, value_name = "S", value_parser = not_negative, conflicts_with = "boxes")]
    pub at: Option<f64>,

    /// Print every node's box and lines at these frames, as JSON
    #[arg(long, value_name = "LIST", hide = true)]
    pub boxes: Option<FrameList>,
}
