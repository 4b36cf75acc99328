use clap::Args;

use super::{not_negative, volume};

/// What a film's file tells of itself.
#[derive(Args, Clone, Debug)]
pub struct TagArgs {
    /// What the file says that it is called
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,

    /// Tell the project's scenes as chapters, in MP4, MOV, WebM and M4A
    #[arg(long)]
    pub chapters: bool,
}

/// A picture for the film's place in a list.
#[derive(Args, Clone, Debug)]
pub struct ThumbnailArgs {
    /// Also write the frame that is on at this second to a JPEG file beside the film: out.jpg
    /// for out.mp4
    #[arg(long, value_name = "S", value_parser = not_negative)]
    pub thumbnail: Option<f64>,
}

/// How loud a film is.
#[derive(Args, Clone, Debug)]
pub struct LoudnessArgs {
    /// By what all sound is made louder or quieter, 0 to 10
    #[arg(long, value_name = "N", value_parser = volume)]
    pub volume: Option<u32>,

    /// Keep the sound below -1 dBTP also between samples, where players and later encoders
    /// find it; by default no sample is above full scale
    #[arg(long)]
    pub true_peak: bool,
}
