use std::path::PathBuf;

use clap::Args;
use kinora_film::Size;
use kinora_session::{FrameList, PixelBox, SEGMENT_SECONDS};

use super::{ProjectArgs, not_negative, positive, quality};

/// Single frames.
#[derive(Args, Debug)]
pub struct FrameArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// Frame numbers: 0,29,60-90:10 (from-to, both included, and step)
    #[arg(long, value_name = "LIST", required_unless_present_any = ["time", "sheet", "onion"])]
    pub frames: Option<FrameList>,

    /// The frame that is on at this second
    #[arg(long, value_name = "S", conflicts_with = "frames", value_parser = not_negative)]
    pub time: Option<f64>,

    /// One picture of N frames (12 if not given) spread over the film, from left to right
    /// and from top to bottom; which they are is printed
    #[arg(long, value_name = "N", conflicts_with_all = ["frames", "time"], num_args = 0..=1,
          default_missing_value = "12", value_parser = clap::value_parser!(u16).range(1..=400))]
    pub sheet: Option<u16>,

    /// One picture of the way of the node with this key: the last frame at which it is
    /// visible, the node as it was before laid faintly over it
    #[arg(long, value_name = "KEY", conflicts_with_all = ["frames", "time", "sheet"])]
    pub onion: Option<String>,

    /// Write what differs from a picture, or from the frame of the same time of a film, and
    /// print how much
    #[arg(long, value_name = "FILE", conflicts_with_all = ["sheet", "onion", "width", "crop"])]
    pub against: Option<PathBuf>,

    /// Only a part of each picture, in pixels of the frame
    #[arg(long, value_name = "LEFT,TOP,WIDTH,HEIGHT", value_parser = crop,
          conflicts_with = "sheet")]
    pub crop: Option<PixelBox>,

    /// Pixels across at most
    #[arg(long, value_name = "PIXELS", conflicts_with_all = ["sheet", "onion", "crop"],
          value_parser = clap::value_parser!(u32).range(1..=16384))]
    pub width: Option<u32>,

    /// Print as JSON what is printed
    #[arg(long)]
    pub json: bool,

    /// Pixels across of each picture of a sheet
    #[arg(long, value_name = "PIXELS", requires = "sheet", default_value_t = 320,
          value_parser = clap::value_parser!(u32).range(16..=4096))]
    pub sheet_width: u32,

    /// The file to write, .png, .jpg, .webp or .avif; %d or %06d in it is replaced by the frame's
    /// number
    #[arg(short, long, value_name = "FILE", default_value = "frame-%06d.png")]
    pub output: String,

    /// Quality of JPEG (92 by default), AVIF (75) and WebP (85) up to 100, which is lossless in WebP
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

/// The levels of a picture, and how loud a film is.
#[derive(Args, Debug)]
pub struct ScopesArgs {
    #[command(flatten)]
    pub project: ProjectArgs,

    /// The second whose picture is measured
    #[arg(long, value_name = "S", default_value_t = 0.0, value_parser = not_negative)]
    pub at: f64,

    /// Print JSON: levels, histograms, and the loudness of each tenth of a second
    #[arg(long)]
    pub json: bool,

    /// Also write waveform, vectorscope, histogram and loudness into one picture: .png, .jpg
    /// or .webp
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<String>,
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

/// Left, top, width and height in whole pixels.
fn crop(text: &str) -> Result<PixelBox, String> {
    let numbers: Option<Vec<u32>> = text
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    match numbers.as_deref() {
        Some(&[left, top, width, height]) if width > 0 && height > 0 => Ok(PixelBox {
            left,
            top,
            size: Size::new(width, height),
        }),
        _ => Err("it is left, top, width and height in pixels, such as 0,0,640,360".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_four_numbers() {
        let part = crop("10, 20,30,40").unwrap();
        assert_eq!(
            (part.left, part.top, part.size),
            (10, 20, Size::new(30, 40))
        );
        for text in ["1,2,3", "1,2,0,4", "-1,2,3,4", "a"] {
            assert!(crop(text).is_err(), "{text}");
        }
    }
}
