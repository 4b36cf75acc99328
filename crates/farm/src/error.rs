use std::path::PathBuf;

use kinora_media::MediaError;
use kinora_worker::{DamagedFile, ErrorKind, WorkerError};

/// Why a film could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum FarmError {
    /// A segment could not be rendered.
    #[error("cannot render frames {}..{}", frames.start, frames.end)]
    Segment {
        /// Its output frames.
        frames: kinora_film::FrameRange,
        /// Why its last attempt failed.
        #[source]
        source: WorkerError,
    },
    /// The sound could not be mixed.
    #[error("cannot mix the sound")]
    Sound(#[source] WorkerError),
    /// The file could not be written.
    #[error("cannot write `{}`", path.display())]
    Output {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: MediaError,
    },
    /// The folder of the file could not be made.
    #[error("cannot make the folder `{}`", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The folder of the file is not writable.
    #[error("cannot write to the folder `{}`", path.display())]
    NotWritable {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A sound file could not be written.
    #[error("cannot write `{}`", path.display())]
    Wave {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Temporary data could not be stored.
    #[error("cannot store temporary data in `{}`", path.display())]
    Storage {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is broken where the film shows or sounds it, and such films are not wanted.
    #[error("{0}")]
    Damaged(DamagedFile),
    /// A recorded segment is not what was recorded.
    #[error("the recorded segment `{segment}` is damaged")]
    Recorded {
        /// Its number.
        segment: u64,
    },
    /// The result of a segment could not be had from where it stands.
    #[error("cannot read the result of segment {segment}")]
    Result {
        /// Its number.
        segment: u64,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The film cannot be encoded as it was asked for.
    #[error("{0}")]
    Settings(MediaError),
    /// The system gives no thread to work on.
    #[error("no thread to render on")]
    Threads(#[source] std::io::Error),
    /// No frame was recorded.
    #[error("the film has no frames")]
    Empty,
    /// A worker broke down.
    #[error("a worker broke down while rendering frames {}..{}: {message}", frames.start, frames.end)]
    Panic {
        /// The frames it had.
        frames: kinora_film::FrameRange,
        /// What it said.
        message: String,
    },
    /// The job was stopped from outside.
    #[error("the job was stopped")]
    Cancelled,
}

impl FarmError {
    /// Whose business the failure is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Segment { source, .. } | Self::Sound(source) => source.kind(),
            Self::Empty | Self::Settings(_) | Self::Damaged(_) => ErrorKind::Project,
            Self::Panic { .. } | Self::Recorded { .. } => ErrorKind::Passing,
            Self::Cancelled => ErrorKind::Cancelled,
            _ => ErrorKind::Tool,
        }
    }
}
