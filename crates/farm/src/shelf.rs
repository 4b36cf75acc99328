use std::{io, path::PathBuf, sync::Mutex};

use kinora_film::ContentHash;
use kinora_media::VideoSettings;
use kinora_worker::Chunk;

use crate::{Cache, Spool};

/// Where the results of segments stand until the file is assembled: on disk,
/// never in memory.
pub(crate) enum Shelf {
    /// In the cache, by what they are made of.
    Cache(Cache),
    /// In an unnamed temporary file, by their number.
    Spool {
        spool: Mutex<Spool>,
        folder: PathBuf,
    },
}

impl Shelf {
    /// Whether the result of a segment with this key stands already.
    pub fn holds(&self, key: &str) -> bool {
        match self {
            Self::Cache(cache) => cache.touch(key),
            Self::Spool { .. } => false,
        }
    }

    pub fn put(&self, segment: u64, key: &str, chunk: &Chunk) -> io::Result<()> {
        let bytes = chunk.to_bytes();
        match self {
            Self::Cache(cache) => cache.put(key, &bytes),
            Self::Spool { spool, .. } => spool
                .lock()
                .expect("no holder of the lock panics")
                .put(segment, &bytes),
        }
    }

    /// The result of a segment; none if it is gone or damaged.
    pub fn take(&self, segment: u64, key: &str) -> io::Result<Option<Chunk>> {
        let bytes = match self {
            Self::Cache(cache) => cache.get(key)?,
            Self::Spool { spool, .. } => spool
                .lock()
                .expect("no holder of the lock panics")
                .get(segment)?,
        };
        let chunk = bytes.and_then(|bytes| Chunk::from_bytes(&bytes).ok());
        if chunk.is_none()
            && let Self::Cache(cache) = self
        {
            cache.remove(key)?;
        }
        Ok(chunk)
    }

    pub fn folder(&self) -> PathBuf {
        match self {
            Self::Cache(cache) => cache.path(""),
            Self::Spool { folder, .. } => folder.clone(),
        }
    }
}

/// The name of a segment's result: what is drawn, how it is encoded, and by what.
pub fn segment_key(segment: ContentHash, video: &VideoSettings, level: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    let settings = postcard::to_stdvec(video).expect("plain data in memory always serialises");
    let parts: [&[u8]; 5] = [
        ENGINE.as_bytes(),
        kinora_media::version().as_bytes(),
        level.as_bytes(),
        &settings,
        &segment.0,
    ];
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_string()
}

/// Names the engine by all that a result's bytes depend on: its sources and the media
/// libraries. Results and plans of another engine are not to be mixed with its own.
pub fn engine() -> String {
    format!("{ENGINE}-{}", kinora_media::version())
}

/// Names the sources that a result depends on; made by the build script.
const ENGINE: &str = env!("KINORA_ENGINE");
