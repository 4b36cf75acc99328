use std::{
    collections::HashMap,
    fs::{File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::fs::FileExt as _,
    path::Path,
    sync::{Mutex, MutexGuard},
};

use kinora_media::BLOCK;

/// Blocks of a file that is far away, kept on this machine's disk for later runs.
///
/// They stand one after the other in the order in which they came, each with its number
/// and its hash: a run that was killed leaves at most one that is not whole, and what does
/// not have its hash is fetched anew.
pub struct KeptBlocks {
    /// Tells one version of the file from another.
    version: [u8; 32],
    /// Bytes that are kept at most.
    most: u64,
    state: Mutex<State>,
}

struct State {
    file: File,
    /// Where each block's bytes begin.
    places: HashMap<u64, Place>,
}

#[derive(Clone, Copy)]
struct Place {
    start: u64,
    hash: [u8; 16],
}

/// Bytes before a block's own: its number, its length, its hash.
const HEAD: usize = 8 + 4 + 16;

impl KeptBlocks {
    /// The blocks of a version of a file, `most` bytes of them; those of another version go.
    ///
    /// # Errors
    /// When the file cannot be made or read.
    pub fn open(path: &Path, version: [u8; 32], most: u64) -> io::Result<Self> {
        let open = || {
            let mut options = OpenOptions::new();
            options.read(true).append(true).create(true).open(path)
        };
        let mut file = open()?;
        let mut stored = [0; 32];
        match file.read_exact(&mut stored) {
            Ok(()) if stored == version => {}
            // Somebody else may be reading the other version: it gets another file.
            _ => {
                let mut new = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(path))?;
                new.write_all(&version)?;
                new.persist(path).map_err(|error| error.error)?;
                file = open()?;
            }
        }
        let places = places(&mut file)?;
        let state = Mutex::new(State { file, places });
        Ok(Self {
            version,
            most,
            state,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no holder of the lock panics")
    }

    /// Fills `block` with block number `index`; whether it was kept.
    pub fn get(&self, index: u64, block: &mut [u8]) -> bool {
        let state = self.lock();
        let Some(place) = state.places.get(&index).copied() else {
            return false;
        };
        let read = state.file.read_exact_at(block, place.start).is_ok();
        drop(state);
        read && self.hash(index, block) == place.hash
    }

    /// Keeps a block, if no more are kept than may be.
    ///
    /// # Errors
    /// When there is no room for it.
    pub fn put(&self, index: u64, block: &[u8]) -> io::Result<()> {
        let hash = self.hash(index, block);
        let mut record = Vec::with_capacity(HEAD + block.len());
        record.extend(index.to_le_bytes());
        record.extend((block.len() as u32).to_le_bytes());
        record.extend(hash);
        record.extend(block);
        let mut state = self.lock();
        if state.file.stream_position()? + record.len() as u64 > self.most {
            return Ok(());
        }
        // Whoever else writes appends as well, so where it went is known only afterwards.
        state.file.write_all(&record)?;
        let end = state.file.stream_position()?;
        let start = end - block.len() as u64;
        state.places.insert(index, Place { start, hash });
        Ok(())
    }

    fn hash(&self, index: u64, block: &[u8]) -> [u8; 16] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.version);
        hasher.update(&index.to_le_bytes());
        hasher.update(block);
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        hash
    }
}

/// Where the blocks of a file are. What comes after one that is not whole is not found.
fn places(file: &mut File) -> io::Result<HashMap<u64, Place>> {
    let length = file.metadata()?.len();
    let mut places = HashMap::new();
    let mut start = 32;
    let mut head = [0; HEAD];
    while start + HEAD as u64 <= length {
        file.read_exact_at(&mut head, start)?;
        start += HEAD as u64;
        let (index, rest) = head.split_at(8);
        let (bytes, hash) = rest.split_at(4);
        let index = u64::from_le_bytes(index.try_into().expect("eight bytes"));
        let bytes = u64::from(u32::from_le_bytes(bytes.try_into().expect("four bytes")));
        if bytes > BLOCK || start + bytes > length {
            break;
        }
        let hash = hash.try_into().expect("sixteen bytes");
        places.insert(index, Place { start, hash });
        start += bytes;
    }
    file.seek(SeekFrom::End(0))?;
    Ok(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_outlive_the_run_and_not_their_version() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        let block = |value: u8| vec![value; BLOCK as usize];
        let kept = KeptBlocks::open(&path, [1; 32], 1 << 30).unwrap();
        let mut got = block(0);
        assert!(!kept.get(3, &mut got));
        kept.put(3, &block(3)).unwrap();
        kept.put(0, &[7; 5]).unwrap();
        // another process at the same time
        let other = KeptBlocks::open(&path, [1; 32], 1 << 30).unwrap();
        other.put(9, &block(9)).unwrap();
        kept.put(4, &block(4)).unwrap();
        for (kept, index) in [(&kept, 3), (&kept, 4), (&other, 3), (&other, 9)] {
            assert!(kept.get(index, &mut got));
            assert_eq!(got, block(index as u8));
        }
        let later = KeptBlocks::open(&path, [1; 32], 1 << 30).unwrap();
        for index in [3, 4, 9] {
            assert!(later.get(index, &mut got));
            assert_eq!(got, block(index as u8));
        }
        assert!(later.get(0, &mut got[..5]));
        assert_eq!(got[..5], [7; 5]);
        let changed = KeptBlocks::open(&path, [2; 32], 1 << 30).unwrap();
        assert!(!changed.get(3, &mut got));
        // who reads the old version goes on
        assert!(kept.get(4, &mut got));
        assert!(
            !KeptBlocks::open(&path, [1; 32], 1 << 30)
                .unwrap()
                .get(4, &mut got)
        );
    }

    #[test]
    fn no_more_is_kept_than_may_be() {
        let folder = tempfile::tempdir().unwrap();
        let kept = KeptBlocks::open(&folder.path().join("kept"), [1; 32], 300).unwrap();
        for index in 0..5 {
            kept.put(index, &[index as u8; 100]).unwrap();
        }
        let mut got = [0; 100];
        let kept: Vec<bool> = (0..5).map(|index| kept.get(index, &mut got)).collect();
        assert_eq!(kept, [true, true, false, false, false]);
    }

    #[test]
    fn damage_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kept");
        let kept = KeptBlocks::open(&path, [1; 32], 1 << 30).unwrap();
        kept.put(0, &[1; 100]).unwrap();
        kept.put(1, &[2; 100]).unwrap();
        drop(kept);
        let whole = std::fs::read(&path).unwrap();
        let mut got = [0; 100];
        let mut bent = whole.clone();
        bent[32 + HEAD + 50] ^= 1;
        std::fs::write(&path, bent).unwrap();
        let kept = KeptBlocks::open(&path, [1; 32], 1 << 30).unwrap();
        assert!(!kept.get(0, &mut got));
        assert!(kept.get(1, &mut got));
        std::fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        let kept = KeptBlocks::open(&path, [1; 32], 1 << 30).unwrap();
        assert!(kept.get(0, &mut got));
        assert!(!kept.get(1, &mut got));
    }
}
