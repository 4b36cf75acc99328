use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{Blocks, blocks::Cursor};

/// Where a media file's bytes are.
#[derive(Clone, Debug)]
pub enum MediaSource {
    /// In a file of this machine.
    File(PathBuf),
    /// Somewhere that gives any part of them when it is asked.
    Blocks(Arc<Blocks>),
}

impl MediaSource {
    /// The file's path, or the name by which the user knows it.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Blocks(blocks) => blocks.name(),
        }
    }

    /// Its length in bytes.
    pub(crate) fn length(&self) -> io::Result<u64> {
        match self {
            Self::File(path) => Ok(std::fs::metadata(path)?.len()),
            Self::Blocks(blocks) => Ok(blocks.length()),
        }
    }

    /// Opens it to be read from its start.
    pub(crate) fn open(&self) -> io::Result<Bytes> {
        Ok(match self {
            Self::File(path) => Bytes::File(File::open(path)?),
            Self::Blocks(blocks) => Bytes::Blocks(Cursor::new(blocks.clone())),
        })
    }
}

impl<P: AsRef<Path> + ?Sized> From<&P> for MediaSource {
    fn from(path: &P) -> Self {
        Self::File(path.as_ref().to_owned())
    }
}

impl From<&Self> for MediaSource {
    fn from(source: &Self) -> Self {
        source.clone()
    }
}

impl From<Arc<Blocks>> for MediaSource {
    fn from(blocks: Arc<Blocks>) -> Self {
        Self::Blocks(blocks)
    }
}

/// A source open for reading.
pub(crate) enum Bytes {
    File(File),
    Blocks(Cursor),
}

impl Read for Bytes {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(buffer),
            Self::Blocks(cursor) => cursor.read(buffer),
        }
    }
}

impl Seek for Bytes {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Blocks(cursor) => cursor.seek(to),
        }
    }
}
