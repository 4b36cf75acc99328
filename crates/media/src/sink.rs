use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    os::unix::fs::FileExt as _,
    path::{Path, PathBuf},
};

use crate::{MediaError, error::io_write_error};

/// Where a film goes whose head is known only at its end.
///
/// The index of an MP4 file stands before the pictures, so that it plays while it
/// is still being loaded, but tells where each of them lies. So the pictures come
/// first, in order, and the head comes last. Nothing stands under the final name
/// before [`Mp4Sink::finish`] has returned, and a sink that is dropped before
/// leaves nothing behind.
pub trait Mp4Sink: Send {
    /// The name by which errors speak of the file.
    fn name(&self) -> &Path;

    /// Adds bytes after all that were added so far.
    ///
    /// # Errors
    /// When they cannot be stored.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Puts `head` before all that was added and gives the file its name. Returns
    /// the file's size in bytes.
    ///
    /// # Errors
    /// When the file cannot be stored or named.
    fn finish(&mut self, head: &[u8]) -> io::Result<u64>;
}

/// A file that stands beside its final place, with `.partial` after its name,
/// until it is complete.
pub struct FileSink {
    path: PathBuf,
    temporary: PathBuf,
    file: File,
    length: u64,
}

/// Bytes moved at once to make room for the head.
const BLOCK: u64 = 4 << 20;

impl FileSink {
    /// Creates the file that is to be `path`.
    ///
    /// # Errors
    /// When it cannot be created there.
    pub fn create(path: &Path) -> Result<Self, MediaError> {
        let Some(name) = path.file_name() else {
            return Err(io_write_error(path, io::ErrorKind::InvalidFilename.into()));
        };
        if path.is_dir() {
            return Err(io_write_error(path, io::ErrorKind::IsADirectory.into()));
        }
        let mut temporary = OsString::from(name);
        temporary.push(".partial");
        let temporary = path.with_file_name(temporary);
        let file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&temporary)
            .map_err(|source| io_write_error(path, source))?;
        Ok(Self {
            path: path.to_owned(),
            temporary,
            file,
            length: 0,
        })
    }

    /// Moves all bytes up by `room`, the last ones first.
    fn make_room(&self, room: u64) -> io::Result<()> {
        let mut block = vec![0; BLOCK.min(self.length) as usize];
        let mut end = self.length;
        while end > 0 {
            let start = end.saturating_sub(BLOCK);
            let block = &mut block[..(end - start) as usize];
            self.file.read_exact_at(block, start)?;
            self.file.write_all_at(block, start + room)?;
            end = start;
        }
        Ok(())
    }
}

impl Mp4Sink for FileSink {
    fn name(&self) -> &Path {
        &self.path
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        self.make_room(head.len() as u64)?;
        self.file.write_all_at(head, 0)?;
        fs::rename(&self.temporary, &self.path)?;
        Ok(self.length + head.len() as u64)
    }
}

impl Drop for FileSink {
    fn drop(&mut self) {
        // After `finish` there is nothing left to remove, and a file that cannot be
        // removed cannot be helped here.
        let _ = fs::remove_file(&self.temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_comes_first_and_the_name_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        for length in [0, 1, BLOCK as usize - 1, 2 * BLOCK as usize + 3] {
            let body: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let mut sink = FileSink::create(&path).unwrap();
            sink.append(&body[..length / 2]).unwrap();
            sink.append(&body[length / 2..]).unwrap();
            assert!(!path.exists());
            assert_eq!(sink.finish(b"head").unwrap(), length as u64 + 4);
            drop(sink);
            assert!(fs::read(&path).unwrap() == [b"head", &body[..]].concat());
            fs::remove_file(&path).unwrap();
        }
        drop(FileSink::create(&path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
