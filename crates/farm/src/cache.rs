use std::{
    collections::HashSet,
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// How long an unfinished file of another run is left alone.
const ABANDONED: Duration = Duration::from_secs(3600);
/// How unfinished files begin.
const UNFINISHED: &str = ".unfinished-";

/// A folder of files named by what they contain, with a size cap.
///
/// A file appears whole or not at all, so a killed run leaves only whole files,
/// which the next run takes. Each use touches the file; when the folder outgrows
/// its cap, the least recently used go.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    limit: u64,
}

impl Cache {
    /// The cache in `folder`, which is made if absent, with at most `limit` bytes.
    ///
    /// # Errors
    /// When the folder cannot be made or written to.
    pub fn open(folder: &Path, limit: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let cache = Self {
            folder: folder.to_owned(),
            limit,
        };
        cache.unfinished()?;
        Ok(cache)
    }

    /// How many bytes it holds at most.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// Where the file with this name is or would be.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Whether the file is there; if so, it counts as used now.
    pub fn touch(&self, name: &str) -> bool {
        let Ok(file) = fs::File::options().append(true).open(self.path(name)) else {
            return false;
        };
        // A clock that cannot be written costs only the order of removal.
        let _ = file.set_modified(SystemTime::now());
        true
    }

    /// The file's bytes, if it is there.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn get(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.path(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Stores a file under a name, whole or not at all.
    ///
    /// # Errors
    /// When the disk is full or the folder not writable.
    pub fn put(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.unfinished()?;
        file.write_all(bytes)?;
        self.adopt(file, name)
    }

    /// An unfinished file in the cache's folder, removed when dropped.
    ///
    /// # Errors
    /// When the folder is not writable.
    pub fn unfinished(&self) -> io::Result<tempfile::NamedTempFile> {
        tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.folder)
    }

    /// Gives an unfinished file its name. A folder that has it meanwhile, which can only be
    /// there by mistake, goes.
    ///
    /// # Errors
    /// When the folder is not writable.
    pub fn adopt(&self, file: tempfile::NamedTempFile, name: &str) -> io::Result<()> {
        let path = self.path(name);
        let file = match file.persist(&path) {
            Ok(_) => return Ok(()),
            Err(error) if path.is_dir() => error.file,
            Err(error) => return Err(error.error),
        };
        fs::remove_dir_all(&path)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// When it is there and cannot be removed.
    pub fn remove(&self, name: &str) -> io::Result<()> {
        match fs::remove_file(self.path(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Removes the least recently used files until the cap is met, but none of
    /// `kept`, and what was left unfinished more than an hour ago.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not be removed.
    pub fn prune(&self, kept: &HashSet<String>) -> io::Result<()> {
        self.make_room(0, kept)
    }

    /// The same, so that `bytes` more can be stored within the cap.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not be removed.
    pub fn make_room(&self, bytes: u64, kept: &HashSet<String>) -> io::Result<()> {
        let now = SystemTime::now();
        let mut files = Vec::new();
        let mut total = bytes;
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            // Another process may have removed the file meanwhile.
            let Ok(meta) = entry.metadata() else { continue };
            if !meta.is_file() {
                continue;
            }
            let name = entry.file_name().to_string_lossy().into_owned();
            let used = meta.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            if name.starts_with(UNFINISHED) {
                if now.duration_since(used).is_ok_and(|age| age > ABANDONED) {
                    self.remove(&name)?;
                }
                continue;
            }
            total += meta.len();
            if !kept.contains(&name) {
                files.push((used, name, meta.len()));
            }
        }
        files.sort();
        for (_, name, size) in files {
            if total <= self.limit {
                break;
            }
            self.remove(&name)?;
            total -= size;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn age(cache: &Cache, name: &str, seconds: u64) {
        let file = fs::File::options()
            .append(true)
            .open(cache.path(name))
            .unwrap();
        let then = SystemTime::now() - Duration::from_secs(seconds);
        file.set_modified(then).unwrap();
    }

    #[test]
    fn the_least_recently_used_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 250).unwrap();
        for (name, seconds) in [("a", 40), ("b", 30), ("c", 20), ("d", 10)] {
            cache.put(name, &[0; 100]).unwrap();
            age(&cache, name, seconds);
        }
        assert!(cache.touch("a"));
        assert!(!cache.touch("e"));
        cache.prune(&HashSet::new()).unwrap();
        assert_eq!(names(folder.path()), ["a", "d"]);
    }

    #[test]
    fn what_is_kept_stays_over_the_cap() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 50).unwrap();
        cache.put("a", &[0; 100]).unwrap();
        cache.put("b", &[0; 100]).unwrap();
        cache.prune(&HashSet::from(["a".to_owned()])).unwrap();
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn abandoned_files_go_and_fresh_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1000).unwrap();
        for name in [".unfinished-old", ".unfinished-new"] {
            fs::write(cache.path(name), b"x").unwrap();
        }
        age(&cache, ".unfinished-old", 7200);
        cache.prune(&HashSet::new()).unwrap();
        assert_eq!(names(folder.path()), [".unfinished-new"]);
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_goes() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1000).unwrap();
        fs::create_dir_all(cache.path("a").join("b")).unwrap();
        assert!(!cache.touch("a"));
        cache.put("a", b"x").unwrap();
        assert_eq!(cache.get("a").unwrap().as_deref(), Some(&b"x"[..]));
    }

    #[test]
    fn a_dropped_unfinished_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path(), 1000).unwrap();
        drop(cache.unfinished().unwrap());
        assert!(names(folder.path()).is_empty());
        assert_eq!(cache.get("none").unwrap(), None);
    }
}
