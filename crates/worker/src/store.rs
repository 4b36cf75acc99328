use std::{path::PathBuf, sync::Arc};

use kinora_film::AssetId;
use kinora_media::{Blocks, MediaSource};

/// The bytes of a file, shared.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Where a file's bytes are.
#[derive(Clone)]
pub enum Content {
    /// In a file of this machine.
    File(PathBuf),
    /// In memory.
    Memory(Bytes),
    /// Elsewhere, read as far as it is needed.
    Blocks(Arc<Blocks>),
}

/// A file that the film names.
#[derive(Clone)]
pub struct StoredAsset {
    /// The name by which the user knows it; for messages.
    pub name: String,
    /// Its bytes.
    pub content: Content,
}

impl StoredAsset {
    /// Where the bytes of a picture, video or sound are; none if they are in memory, as
    /// only fonts are.
    pub fn media(&self) -> Option<MediaSource> {
        match &self.content {
            Content::File(path) => Some(MediaSource::File(path.clone())),
            Content::Blocks(blocks) => Some(MediaSource::Blocks(blocks.clone())),
            Content::Memory(_) => None,
        }
    }
}

/// Gives the files that a segment names by their hash.
pub trait AssetStore: Send + Sync {
    /// The file with this hash, brought to this machine if it was not here, or what of it
    /// is needed can be read from where it is.
    ///
    /// # Errors
    /// When it cannot be had; `passing` tells whether asking again may help.
    fn find(&self, id: AssetId) -> Result<StoredAsset, StoreError>;
}

/// Why a store did not give a file.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct StoreError {
    /// What was wrong.
    pub message: String,
    /// Whether asking again may help.
    pub passing: bool,
}
