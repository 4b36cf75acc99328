#[cfg(target_os = "linux")]
use std::os::fd::AsRawFd as _;
use std::{
    fs::File,
    io::{self, SeekFrom, Write},
    os::unix::fs::{FileExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

#[cfg(target_os = "linux")]
use rustix::fs::{AtFlags, CWD, Mode, OFlags};

use crate::{MediaError, error::io_write_error};

/// Where a film goes whose head is known only at its end.
///
/// The index of an MP4 file stands before the pictures, so that it plays while it
/// is still being loaded, but tells where each of them lies. So the pictures come
/// first, in order, and the head comes last. Nothing stands under the final name
/// before [`HeadSink::finish`] has returned, and a sink that is dropped before
/// leaves nothing behind.
pub trait HeadSink: Send {
    /// The name by which errors speak of the file.
    fn name(&self) -> &Path;

    /// Adds bytes after all that were added so far.
    ///
    /// # Errors
    /// When they cannot be stored.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Takes the head of a file of which it is known from the beginning, if the bytes are
    /// handed on as they come; whether it was taken. Else it comes with
    /// [`HeadSink::finish`].
    ///
    /// # Errors
    /// When it cannot be handed on.
    fn begin(&mut self, head: &[u8]) -> io::Result<bool> {
        let _ = head;
        Ok(false)
    }

    /// Puts `head` before all that was added and gives the file its name. Returns
    /// the file's size in bytes.
    ///
    /// # Errors
    /// When the file cannot be stored or named.
    fn finish(&mut self, head: &[u8]) -> io::Result<u64>;

    /// Adds a whole file to a sink of many, its number counted from 0.
    ///
    /// # Errors
    /// When it cannot be stored, or the sink is one file.
    fn file(&mut self, number: u64, bytes: &[u8]) -> io::Result<()> {
        let _ = (number, bytes);
        Err(io::Error::other(
            "a file for each picture cannot be stored in one place",
        ))
    }

    /// Stores a whole file beside the film's own, under this name.
    ///
    /// # Errors
    /// When it cannot be stored, or the sink is one file.
    fn beside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let _ = (name, bytes);
        Err(io::Error::other(
            "pieces of a film cannot be stored in one place",
        ))
    }

    /// Gives the film's own file this content until it is finished.
    ///
    /// # Errors
    /// When it cannot be stored, or the sink has no files beside the film's own.
    fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        let _ = bytes;
        Err(io::Error::other("a film that grows has pieces"))
    }
}

/// A file that takes its name when it is whole; until then it has none, or, where the
/// file system knows no nameless files, one that nobody can guess.
///
/// Two that are to have one name do not meet: each is whole, and the later one stays.
/// A link that stands under the name is replaced, never followed.
pub struct WholeFile {
    path: PathBuf,
    file: File,
    /// The name it has meanwhile, if it must have one.
    named: Option<tempfile::TempPath>,
}

impl WholeFile {
    /// Begins the file that is to be `path`, in a folder that exists.
    ///
    /// # Errors
    /// When nothing can be written there, or a folder has that name.
    pub fn create(path: &Path) -> io::Result<Self> {
        if path.file_name().is_none() {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        if path.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let (file, named) = match nameless(folder(path)) {
            Some(file) => (file, None),
            None => {
                let (file, name) = unfinished().tempfile_in(folder(path))?.into_parts();
                (file, Some(name))
            }
        };
        Ok(Self {
            path: path.to_owned(),
            file,
            named,
        })
    }

    /// Writes a file at once.
    ///
    /// # Errors
    /// When it cannot be written; nothing is left then.
    pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = Self::create(path)?;
        file.write_all(bytes)?;
        file.keep()
    }

    /// Gives the file its name.
    ///
    /// # Errors
    /// When it cannot have it; nothing is left then.
    pub fn keep(self) -> io::Result<()> {
        let named = match self.named {
            Some(named) => named,
            None => link(&self.file, folder(&self.path))?,
        };
        named.persist(&self.path).map_err(|error| error.error)
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl io::Seek for WholeFile {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        io::Seek::seek(&mut self.file, place)
    }
}

/// The folder in which a file stands.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// How an unfinished file is named where it must have a name.
fn unfinished() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kinora-").suffix(".partial");
    // As of any other file that a program makes: the user's mask is taken off.
    builder.permissions(std::fs::Permissions::from_mode(0o666));
    builder
}

/// A file without a name, of which nothing is left however the process ends; none if the
/// system has no such files here, or could not name them later.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    let open = || -> io::Result<File> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let file = rustix::fs::open(folder, flags, Mode::from_raw_mode(0o666))?;
        Ok(file.into())
    };
    // A file can be named once, so another one shows whether it can.
    link(&open().ok()?, folder).ok()?;
    open().ok()
}

#[cfg(not(target_os = "linux"))]
fn nameless(_: &Path) -> Option<File> {
    None
}

/// Names a nameless file for the moment, in `folder`.
#[cfg(target_os = "linux")]
fn link(file: &File, folder: &Path) -> io::Result<tempfile::TempPath> {
    let source = format!("/proc/self/fd/{}", file.as_raw_fd());
    let link = |path: &Path| -> io::Result<()> {
        rustix::fs::linkat(CWD, source.as_str(), CWD, path, AtFlags::SYMLINK_FOLLOW)?;
        Ok(())
    };
    Ok(unfinished().make_in(folder, link)?.into_temp_path())
}

#[cfg(not(target_os = "linux"))]
fn link(_: &File, _: &Path) -> io::Result<tempfile::TempPath> {
    Err(io::ErrorKind::Unsupported.into())
}

/// A file of this machine; see [`WholeFile`].
pub struct FileSink {
    file: Option<WholeFile>,
    path: PathBuf,
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
        let file = WholeFile::create(path).map_err(|source| io_write_error(path, source))?;
        Ok(Self {
            file: Some(file),
            path: path.to_owned(),
            length: 0,
        })
    }

    fn file(&mut self) -> io::Result<&mut WholeFile> {
        let ended = || io::Error::other("the file has its name already");
        self.file.as_mut().ok_or_else(ended)
    }
}

/// Moves the first `length` bytes up by `room`, the last ones first.
fn make_room(file: &File, length: u64, room: u64) -> io::Result<()> {
    if room == 0 {
        return Ok(());
    }
    let mut block = vec![0; BLOCK.min(length) as usize];
    let mut end = length;
    while end > 0 {
        let start = end.saturating_sub(BLOCK);
        let block = &mut block[..(end - start) as usize];
        file.read_exact_at(block, start)?;
        file.write_all_at(block, start + room)?;
        end = start;
    }
    Ok(())
}

impl HeadSink for FileSink {
    fn name(&self) -> &Path {
        &self.path
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file()?.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    fn begin(&mut self, head: &[u8]) -> io::Result<bool> {
        self.append(head)?;
        Ok(true)
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        let length = self.length;
        let file = self.file()?;
        make_room(&file.file, length, head.len() as u64)?;
        file.file.write_all_at(head, 0)?;
        if let Some(file) = self.file.take() {
            file.keep()?;
        }
        Ok(length + head.len() as u64)
    }
}

/// A reader that takes a film's bytes as they come, such as the next program of a pipe.
///
/// Only what is written from the beginning to the end can go there
/// ([`Container::is_straight`](crate::Container::is_straight)).
pub struct PipeSink<W> {
    to: W,
    name: PathBuf,
    length: u64,
}

impl<W: Write + Send> PipeSink<W> {
    /// A sink that writes to `to`, of which errors speak as `name`.
    pub fn new(to: W, name: &str) -> Self {
        Self {
            to,
            name: name.into(),
            length: 0,
        }
    }
}

impl<W: Write + Send> HeadSink for PipeSink<W> {
    fn name(&self) -> &Path {
        &self.name
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)?;
        self.length += bytes.len() as u64;
        self.to.flush()
    }

    fn begin(&mut self, head: &[u8]) -> io::Result<bool> {
        self.append(head)?;
        Ok(true)
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        match head {
            [] => Ok(self.length),
            _ => Err(io::Error::other(
                "what lies in front is known only at the end, and cannot go into a pipe",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

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

    #[test]
    fn two_files_of_one_name_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let mut first = WholeFile::create(&path).unwrap();
        let mut second = WholeFile::create(&path).unwrap();
        first.write_all(b"first, and longer").unwrap();
        second.write_all(b"second").unwrap();
        first.keep().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"first, and longer");
        second.keep().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn links_are_replaced_and_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("a.png"), folder.path().join("key"));
        fs::write(&other, b"secret").unwrap();
        std::os::unix::fs::symlink(&other, &path).unwrap();
        WholeFile::write(&path, b"picture").unwrap();
        assert_eq!(fs::read(&other).unwrap(), b"secret");
        assert_eq!(fs::read(&path).unwrap(), b"picture");
        assert!(!path.is_symlink());
    }

    #[test]
    fn a_file_with_a_name_meanwhile_is_whole_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let named = || {
            let (file, named) = unfinished()
                .tempfile_in(folder.path())
                .unwrap()
                .into_parts();
            WholeFile {
                path: path.clone(),
                file,
                named: Some(named),
            }
        };
        drop(named());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let mut file = named();
        file.write_all(b"film").unwrap();
        assert!(!path.exists());
        file.keep().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"film");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        let other = tempfile::tempdir().unwrap().path().to_owned();
        fs::create_dir_all(&other).unwrap();
        fs::write(other.join("plain"), "").unwrap();
        assert_eq!(
            mode(&path),
            mode(&other.join("plain")),
            "as of any new file"
        );
        fs::remove_dir_all(&other).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
