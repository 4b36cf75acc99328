use std::{
    collections::BTreeSet,
    fs, io,
    path::{Component, Path, PathBuf},
    sync::{Arc, Mutex},
};

use oxc_resolver::{FileMetadata, FileSystem, ResolveError};

use crate::Fence;

/// Bytes of a file that is read as a module at most.
const LARGEST: u64 = 64 << 20;

/// The files that modules may come from.
#[derive(Clone, Debug, Default)]
pub struct Files {
    fence: Fence,
    /// Those that were read, by the paths that led to them.
    read: Arc<Mutex<BTreeSet<PathBuf>>>,
}

impl Files {
    /// All files of the machine; those below `root` only when `confined`.
    pub fn new(root: &Path, confined: bool) -> Self {
        Self {
            fence: Fence::of(root, confined),
            read: Arc::default(),
        }
    }

    /// The files that were read so far, by the paths that led to them.
    pub fn seen(&self) -> Vec<PathBuf> {
        let read = self.read.lock().expect("no holder of the lock panics");
        read.iter().cloned().collect()
    }

    fn note(&self, path: &Path) {
        let mut read = self.read.lock().expect("no holder of the lock panics");
        read.insert(path.to_owned());
    }

    /// Whether a path leads to where nothing may be read.
    pub fn is_fenced_off(&self, path: &Path) -> bool {
        let Some(fence) = self.fence.root() else {
            return false;
        };
        let mut plain = PathBuf::new();
        for part in path.components() {
            match part {
                Component::ParentDir => {
                    plain.pop();
                }
                Component::CurDir => {}
                part => plain.push(part),
            }
        }
        !plain.starts_with(fence) || plain.exists() && self.within(&plain).is_err()
    }

    /// Whether there is such a folder, and it may be read.
    pub fn is_folder(&self, path: &Path) -> bool {
        self.within(path).is_ok_and(|path| path.is_dir())
    }

    /// Whether there is such a file, and it may be read.
    pub fn is_file(&self, path: &Path) -> bool {
        self.within(path).is_ok_and(|path| path.is_file())
    }

    /// A file's text, without a byte order mark.
    ///
    /// # Errors
    /// When it cannot or must not be read, or is not text.
    pub fn text(&self, path: &Path) -> io::Result<String> {
        let text = String::from_utf8(self.bytes(path)?);
        let text = text.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not text"))?;
        Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        })
    }

    /// A file's text, as [`Files::text`], that is not noted to have been read: what holds
    /// secrets travels with no bundle.
    pub fn secret_text(&self, path: &Path) -> Option<String> {
        self.fence.text(path, LARGEST).ok()
    }

    /// A file's content.
    ///
    /// # Errors
    /// When it cannot or must not be read.
    pub fn bytes(&self, path: &Path) -> io::Result<Vec<u8>> {
        let (content, real) = self.fence.bytes(path, LARGEST)?;
        match self.fence.root() {
            Some(_) => self.note(&real),
            None => self.note(path),
        }
        Ok(content)
    }

    /// The files of a folder.
    pub fn list(&self, folder: &Path) -> Vec<PathBuf> {
        let files = self.names(folder);
        files.iter().for_each(|file| self.note(file));
        files
    }

    /// The files of a folder, none of which is read.
    pub fn names(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = self.within(folder).and_then(fs::read_dir);
        let entries = entries.into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.retain(|file| self.is_file(file));
        files.sort();
        files
    }

    /// The folders in a folder, links left out.
    pub fn folders(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = self.within(folder).and_then(fs::read_dir);
        let entries = entries.into_iter().flatten().flatten();
        let is_folder = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
        let folders = entries.filter(is_folder).map(|entry| entry.path());
        let mut folders: Vec<PathBuf> = folders.collect();
        folders.sort();
        folders
    }

    /// The path, without links where these must not lead out.
    fn within(&self, path: &Path) -> io::Result<PathBuf> {
        match self.fence.root() {
            Some(_) => self.fence.real(path),
            None => Ok(path.to_owned()),
        }
    }
}

impl FileSystem for Files {
    fn new() -> Self {
        Self::default()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.bytes(path)
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        self.text(path)
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        fs::metadata(self.within(path)?).map(FileMetadata::from)
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        if self.fence.root().is_some() {
            self.within(path)?;
        }
        fs::symlink_metadata(path).map(FileMetadata::from)
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        Ok(fs::read_link(path)?)
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(self.within(path)?)
    }
}
