use std::{
    fs, io,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use super::{HeadSink, Pattern, animation::Animation, turn::Turn};
use crate::{MediaError, Packet, error::io_write_error};

/// A film as a file for each picture.
///
/// The files stand in a hidden folder beside their places until the last one is whole;
/// then each takes its name, in order. A film that is stopped or fails before leaves none.
pub struct SequenceSink {
    pattern: Pattern,
    /// The name by which errors speak of it.
    name: PathBuf,
    folder: tempfile::TempDir,
    count: u64,
    bytes: u64,
    _turn: Turn,
}

impl SequenceSink {
    /// Files of this pattern, in a folder that exists.
    ///
    /// # Errors
    /// When the name's last part has no place for a number, nothing can be written there, or
    /// another render is at work on it.
    pub fn create(name: &Path) -> Result<Self, MediaError> {
        let pattern = Self::pattern(name)?;
        let first = pattern.path(0);
        let parent = match first.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let turn = Turn::take(name)?;
        let folder = tempfile::Builder::new()
            .prefix(".kinora-")
            .suffix(".partial")
            .permissions(fs::Permissions::from_mode(0o700))
            .tempdir_in(parent)
            .map_err(|source| io_write_error(name, source))?;
        Ok(Self {
            pattern,
            name: name.to_owned(),
            folder,
            count: 0,
            bytes: 0,
            _turn: turn,
        })
    }

    /// The pattern of a sequence's name.
    ///
    /// # Errors
    /// When there is no place for a number in the name's last part.
    pub fn pattern(name: &Path) -> Result<Pattern, MediaError> {
        let text = name.to_str().ok_or_else(|| {
            MediaError::Settings(format!("the name `{}` is no text", name.display()))
        })?;
        let pattern = Pattern::parse(text)?;
        let (first, other) = (pattern.path(0), pattern.path(1));
        if first.file_name() != other.file_name() && first.parent() == other.parent() {
            return Ok(pattern);
        }
        let ending = first
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Err(MediaError::Settings(format!(
            "a film becomes a picture for each frame, and `{text}` names one file; put %05d where \
             the frame's number is to stand, as in `frames/%05d.{ending}`, or draw one frame with \
             `kinora frame`"
        )))
    }

    fn unfinished(&self, number: u64) -> PathBuf {
        self.folder.path().join(number.to_string())
    }
}

impl HeadSink for SequenceSink {
    fn name(&self) -> &Path {
        &self.name
    }

    fn append(&mut self, _: &[u8]) -> io::Result<()> {
        Err(io::Error::other("pictures are no single file"))
    }

    fn file(&mut self, number: u64, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.unfinished(number), bytes)?;
        self.count = self.count.max(number + 1);
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn finish(&mut self, _: &[u8]) -> io::Result<u64> {
        for number in 0..self.count {
            fs::rename(self.unfinished(number), self.pattern.path(number))?;
        }
        Ok(self.bytes)
    }
}

/// Hands each picture on as it is.
pub(super) struct Sequence {
    pub sink: Box<dyn HeadSink>,
    pub count: u64,
}

impl Animation for Sequence {
    fn name(&self) -> &Path {
        self.sink.name()
    }

    fn longest(&self) -> u64 {
        1
    }

    fn add(&mut self, packet: Packet, _: u64) -> Result<(), MediaError> {
        let stored = self.sink.file(self.count, &packet.data);
        self.count += 1;
        stored.map_err(|source| io_write_error(self.sink.name(), source))
    }

    fn finish(mut self: Box<Self>) -> Result<u64, MediaError> {
        let finished = self.sink.finish(&[]);
        finished.map_err(|source| io_write_error(self.sink.name(), source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_take_their_names_when_all_are_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = SequenceSink::create(&folder.path().join("%03d.png")).unwrap();
        for number in 0..12 {
            sink.file(number, &[number as u8]).unwrap();
        }
        assert!(!folder.path().join("000.png").exists());
        assert_eq!(sink.finish(&[]).unwrap(), 12);
        drop(sink);
        let names: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(names.len(), 12, "{names:?}");
        assert_eq!(fs::read(folder.path().join("011.png")).unwrap(), [11]);
    }

    #[test]
    fn a_sequence_that_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut sink = SequenceSink::create(&folder.path().join("%d.png")).unwrap();
        sink.file(0, b"picture").unwrap();
        drop(sink);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_name_without_a_number_says_where_it_goes() {
        for name in ["film.png", "frames-%d/film.png"] {
            let fault = SequenceSink::pattern(Path::new(name)).unwrap_err();
            assert!(fault.to_string().contains("frames/%05d.png"), "{fault}");
        }
        assert!(SequenceSink::pattern(Path::new("a/%05d.png")).is_ok());
    }
}
