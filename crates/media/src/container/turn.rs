use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

use super::sink;
use crate::{MediaError, error::io_write_error};

/// The sole right to make the files of a film that is many: a locked file beside them.
///
/// One file takes its name at once, so that two of one name do not meet; many would mix.
pub(super) struct Turn {
    path: PathBuf,
    /// Locked while it is open, also by what else this process does.
    _file: File,
}

impl Turn {
    /// Takes the right for the film of this name, in a folder that exists.
    ///
    /// # Errors
    /// When another render has it, or nothing can be written there.
    pub fn take(film: &Path) -> Result<Self, MediaError> {
        let unwritable = |source| io_write_error(film, source);
        let name = film.file_name().unwrap_or_default().to_string_lossy();
        let path = sink::folder(film).join(format!(".kinora-{name}.lock"));
        loop {
            let file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                // what a link leads to is not made, nor locked
                .custom_flags(libc::O_NOFOLLOW)
                .open(&path)
                .map_err(unwritable)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let path = film.to_owned();
                    return Err(MediaError::Busy { path });
                }
                Err(TryLockError::Error(source)) => return Err(unwritable(source)),
            }
            // The one before may have removed it after it was opened here.
            if is_at(&file, &path).map_err(unwritable)? {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

/// Whether a path leads to this very file.
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let (open, named) = (file.metadata()?, fs::symlink_metadata(path));
    match named {
        Ok(named) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Still locked: whoever opened it meanwhile looks whether it is there.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let film = folder.path().join("a.m3u8");
        let first = Turn::take(&film).unwrap();
        let fault = Turn::take(&film).err().unwrap().to_string();
        assert!(
            fault.starts_with("another render is at work on `"),
            "{fault}"
        );
        let other = Turn::take(&folder.path().join("b.m3u8")).unwrap();
        drop(first);
        drop(Turn::take(&film).unwrap());
        drop(other);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn of_many_at_once_one_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let film = folder.path().join("a.m3u8");
        let inside = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        let Ok(turn) = Turn::take(&film) else {
                            continue;
                        };
                        let others = inside.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                        assert_eq!(others, 0);
                        inside.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
                        drop(turn);
                    }
                });
            }
        });
        assert!(Turn::take(&film).is_ok());
    }

    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let victim = folder.path().join("victim");
        let link = folder.path().join(".kinora-a.m3u8.lock");
        std::os::unix::fs::symlink(&victim, &link).unwrap();
        assert!(Turn::take(&folder.path().join("a.m3u8")).is_err());
        assert!(!victim.exists());
    }
}
