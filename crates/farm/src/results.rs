use std::{
    io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use kinora_worker::Chunk;

use crate::{Cache, Spool};

/// Where the results of segments stand until the file is put together: on disk or
/// elsewhere, never in memory.
pub trait ResultStore: Send + Sync {
    /// Whether the result of this name stands already.
    fn holds(&self, key: &str) -> bool;

    /// Stores the result of segment number `index`.
    ///
    /// # Errors
    /// When there is no room for it.
    fn put(&self, index: u64, key: &str, chunk: &Chunk) -> io::Result<()>;

    /// The result of segment number `index`; none if it is gone or damaged, and then it
    /// stands no longer in the way of another.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    fn take(&self, index: u64, key: &str) -> io::Result<Option<Chunk>>;

    /// The place by which errors speak of it.
    fn place(&self) -> PathBuf;
}

/// Results by what they are made of, for later runs as well. What the cache cannot keep,
/// because its disk is full for example, is kept for this run alone.
pub struct CachedResults {
    cache: Cache,
    spare: TemporaryResults,
    /// Why the cache could not keep a result, if it could not.
    fault: Mutex<Option<io::Error>>,
}

impl CachedResults {
    /// Results in `cache`; what it cannot keep goes to a temporary file in `scratch`.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new(cache: Cache, scratch: &Path) -> io::Result<Self> {
        Ok(Self {
            cache,
            spare: TemporaryResults::new_in(scratch)?,
            fault: Mutex::default(),
        })
    }

    /// Why the cache could not keep a result, if it could not.
    pub fn take_fault(&self) -> Option<io::Error> {
        self.fault().take()
    }

    fn fault(&self) -> std::sync::MutexGuard<'_, Option<io::Error>> {
        self.fault.lock().expect("no holder of the lock panics")
    }

    fn find(&self, key: &str) -> io::Result<Option<Chunk>> {
        let chunk = self
            .cache
            .get(key)?
            .and_then(|bytes| Chunk::from_bytes(&bytes, key).ok());
        if chunk.is_none() {
            self.cache.remove(key)?;
        }
        Ok(chunk)
    }
}

impl ResultStore for CachedResults {
    fn holds(&self, key: &str) -> bool {
        self.cache.touch(key)
    }

    fn put(&self, index: u64, key: &str, chunk: &Chunk) -> io::Result<()> {
        // The next run may be able to read what this one could not.
        if chunk.has_lost() {
            return self.spare.put(index, key, chunk);
        }
        let Err(fault) = self.cache.put(key, &chunk.to_bytes(key)) else {
            return Ok(());
        };
        self.spare.put(index, key, chunk)?;
        self.fault().get_or_insert(fault);
        Ok(())
    }

    fn take(&self, index: u64, key: &str) -> io::Result<Option<Chunk>> {
        match self.find(key) {
            Ok(Some(chunk)) => Ok(Some(chunk)),
            // What stands in its way is not this run's business.
            Ok(None) | Err(_) => self.spare.take(index, key),
        }
    }

    fn place(&self) -> PathBuf {
        self.cache.path("")
    }
}

/// Results of one run, in an unnamed temporary file.
pub struct TemporaryResults {
    spool: Mutex<Spool>,
    folder: PathBuf,
}

impl TemporaryResults {
    /// A place for results in a folder.
    ///
    /// # Errors
    /// When no file can be made there.
    pub fn new_in(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            spool: Mutex::new(Spool::new_in(folder)?),
            folder: folder.to_owned(),
        })
    }

    fn spool(&self) -> std::sync::MutexGuard<'_, Spool> {
        self.spool.lock().expect("no holder of the lock panics")
    }
}

impl ResultStore for TemporaryResults {
    fn holds(&self, _: &str) -> bool {
        false
    }

    fn put(&self, index: u64, key: &str, chunk: &Chunk) -> io::Result<()> {
        self.spool().put(index, &chunk.to_bytes(key))
    }

    fn take(&self, index: u64, key: &str) -> io::Result<Option<Chunk>> {
        let bytes = self.spool().get(index)?;
        Ok(bytes.and_then(|bytes| Chunk::from_bytes(&bytes, key).ok()))
    }

    fn place(&self) -> PathBuf {
        self.folder.clone()
    }
}

#[cfg(test)]
mod tests {
    use kinora_media::{Damage, EncodedVideo};
    use kinora_worker::DamagedFile;

    use super::*;

    fn chunk(frames: u64) -> Chunk {
        Chunk {
            frames,
            video: EncodedVideo {
                header: vec![1],
                packets: Vec::new(),
            },
            damaged: Vec::new(),
        }
    }

    #[test]
    fn what_the_cache_cannot_keep_is_kept_for_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("cache"), 1 << 20).unwrap();
        let results = CachedResults::new(cache.clone(), folder.path()).unwrap();
        results.put(0, "good", &chunk(1)).unwrap();
        // no file can have a name of this length
        let bad = &"b".repeat(300);
        assert!(!results.holds(bad));
        results.put(1, bad, &chunk(2)).unwrap();
        let frames = |index, key| {
            let taken: Option<Chunk> = results.take(index, key).unwrap();
            taken.map(|chunk| chunk.frames)
        };
        assert_eq!((frames(0, "good"), frames(1, bad)), (Some(1), Some(2)));
        assert!(results.take_fault().is_some());
    }

    #[test]
    fn what_could_not_be_read_is_tried_again_by_the_next_run() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(&folder.path().join("cache"), 1 << 20).unwrap();
        let results = CachedResults::new(cache, folder.path()).unwrap();
        let lost = DamagedFile {
            name: "a.mp4".to_owned(),
            damage: Damage {
                time: 1.0,
                stated: None,
            },
            lost: Some("it is gone".to_owned()),
        };
        let hole = Chunk {
            damaged: vec![lost],
            ..chunk(3)
        };
        results.put(0, "a", &hole).unwrap();
        assert!(!results.holds("a"));
        assert_eq!(results.take(0, "a").unwrap().unwrap().frames, 3);
    }

    #[test]
    fn another_segment_s_result_is_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1 << 20).unwrap();
        let results = CachedResults::new(cache.clone(), folder.path()).unwrap();
        results.put(0, "a", &chunk(1)).unwrap();
        results.put(1, "b", &chunk(2)).unwrap();
        std::fs::copy(cache.path("a"), cache.path("b")).unwrap();
        assert!(results.take(1, "b").unwrap().is_none());
        assert!(!results.holds("b"), "it stands in nobody's way");
    }
}
