use kinora_farm::FarmError;
use kinora_media::MediaError;
use kinora_script::ScriptError;
use kinora_worker::{ErrorKind, WorkerError};

/// Why a session could not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// The project or its script is at fault.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// The film could not be recorded, rendered or put together.
    #[error(transparent)]
    Farm(#[from] FarmError),
    /// A frame could not be drawn.
    #[error(transparent)]
    Worker(#[from] WorkerError),
    /// The film cannot be had as it was asked for.
    #[error("{0}")]
    Asked(String),
    /// A worker's share of a film has no frames.
    #[error("worker `{worker}` of `{workers}` has nothing to do: the film has {frames} frames")]
    NoFrames {
        /// Which worker, from 0.
        worker: u64,
        /// How many there are.
        workers: u64,
        /// Frames of the whole film.
        frames: u64,
    },
    /// The engine broke down; the message is what it said.
    #[error("the script engine broke down: {0}")]
    Broken(String),
}

impl SessionError {
    /// Whose business the failure is.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Script(ScriptError::Project(_) | ScriptError::Exit(_))
            | Self::Asked(_)
            | Self::NoFrames { .. } => ErrorKind::Project,
            Self::Script(ScriptError::Interrupted) => ErrorKind::Cancelled,
            Self::Script(ScriptError::Engine(_)) | Self::Broken(_) => ErrorKind::Tool,
            Self::Farm(error) => error.kind(),
            Self::Worker(error) => error.kind(),
        }
    }
}

/// Settings that no encoder takes are what was asked for.
impl From<MediaError> for SessionError {
    fn from(error: MediaError) -> Self {
        Self::Asked(error.to_string())
    }
}
