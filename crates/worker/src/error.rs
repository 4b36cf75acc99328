use kinora_film::AssetId;
use kinora_media::MediaError;

use crate::StoreError;

/// Why a segment, a frame or a stretch of sound could not be made.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// A file that the film names cannot be had.
    #[error("the file `{id}` is not at hand")]
    Store {
        /// The file.
        id: AssetId,
        /// Why.
        #[source]
        source: StoreError,
    },
    /// A file cannot be read as what the film uses it as.
    #[error("cannot use `{name}`")]
    Asset {
        /// The name by which the user knows it.
        name: String,
        /// Why.
        #[source]
        source: MediaError,
    },
    /// A font file cannot be read.
    #[error("cannot read the font `{name}`")]
    Font {
        /// The name by which the user knows it.
        name: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A frame of a video cannot be decoded.
    #[error("cannot decode `{name}` at {time:.3} s for frame {frame}")]
    Decode {
        /// The name by which the user knows the video.
        name: String,
        /// Seconds into the video.
        time: f64,
        /// The output frame that shows it.
        frame: u64,
        /// Why.
        #[source]
        source: MediaError,
    },
    /// A stretch of sound cannot be decoded.
    #[error("cannot decode the sound of `{name}` for frames {}..{}", frames.start, frames.end)]
    Sound {
        /// The name by which the user knows the file.
        name: String,
        /// The frames during which it is heard.
        frames: kinora_film::FrameRange,
        /// Why.
        #[source]
        source: MediaError,
    },
    /// This machine cannot draw as the recipe says.
    #[error("the film is drawn with `{name}`, which this machine's processor does not have")]
    Level {
        /// The instruction set.
        name: String,
    },
    /// The canvas cannot be drawn on.
    #[error("cannot draw")]
    Canvas(#[source] kinora_raster::RasterError),
    /// The encoder failed.
    #[error("cannot encode frame {frame}")]
    Encode {
        /// The output frame.
        frame: u64,
        /// Why.
        #[source]
        source: MediaError,
    },
    /// The work was stopped from outside.
    #[error("the work was stopped")]
    Cancelled,
}

/// Whose business a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Another attempt may succeed.
    Passing,
    /// The project is at fault: its files or its settings.
    Project,
    /// The tool or its surroundings are at fault.
    Tool,
    /// Nobody's: the work was stopped.
    Cancelled,
}

impl WorkerError {
    /// Whose business the failure is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Store { source, .. } if source.passing => ErrorKind::Passing,
            Self::Asset { source, .. }
            | Self::Decode { source, .. }
            | Self::Sound { source, .. }
                if source.is_passing() =>
            {
                ErrorKind::Passing
            }
            Self::Level { .. } => ErrorKind::Passing,
            Self::Store { .. } | Self::Encode { .. } => ErrorKind::Tool,
            Self::Canvas(_)
            | Self::Asset { .. }
            | Self::Font { .. }
            | Self::Decode { .. }
            | Self::Sound { .. } => ErrorKind::Project,
            Self::Cancelled => ErrorKind::Cancelled,
        }
    }
}
