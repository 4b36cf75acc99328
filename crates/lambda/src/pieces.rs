use std::{
    collections::VecDeque,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard},
    time::{Duration, Instant},
};

use bytes::Bytes;
use kinora_media::{HeadSink, Pattern};
use tokio::{runtime::Handle, task::JoinHandle};

use crate::{Bucket, Fault, keys};

/// Objects on their way at once.
const ON_THE_WAY: usize = 16;
/// Pieces up to which a growing list is stored with each of them; later ones of a film that
/// comes faster than this a piece are told together.
const FEW: usize = 64;
/// How often a long list is stored at most.
const PAUSE: Duration = Duration::from_secs(1);

/// The objects that a film's sinks have stored, shared with whoever removes them if the film
/// is not to be.
#[derive(Clone, Default)]
pub(crate) struct Made(Arc<Mutex<Vec<String>>>);

impl Made {
    fn list(&self) -> MutexGuard<'_, Vec<String>> {
        self.0.lock().expect("no holder of the lock panics")
    }

    fn add(&self, key: &str) {
        self.list().push(key.to_owned());
    }

    /// The keys so far; nothing is left here.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.list())
    }
}

/// Hears by which URL a film can be looked at, once there is something to see.
pub(crate) type Told = Arc<dyn Fn(String) + Send + Sync>;

/// A film of many objects: a picture for each frame, or a play list and its pieces.
///
/// A play list names its pieces as files beside it, which opens wherever they lie. For the
/// private bucket a second one stands beside it, of URLs that are signed one by one; it grows
/// with the film. Objects stand as soon as they are made; the list, or the last picture, comes
/// last.
///
/// To be used outside of the runtime's own threads, which it waits for.
pub(crate) struct PiecesSink {
    bucket: Bucket,
    key: String,
    name: PathBuf,
    runtime: Handle,
    /// The names of pictures, if there is one for each frame.
    pictures: Option<Pattern>,
    /// How long signed URLs are good.
    lasting: Duration,
    told: Told,
    made: Made,
    pieces: usize,
    shown: Option<Instant>,
    on_the_way: VecDeque<JoinHandle<Result<(), Fault>>>,
    bytes: u64,
}

impl PiecesSink {
    /// A play list that is to stand under `key`, and its pieces beside it.
    pub fn list(bucket: Bucket, key: &str, lasting: Duration, told: Told, made: Made) -> Self {
        Self {
            name: bucket.uri(key).into(),
            key: key.to_owned(),
            bucket,
            runtime: Handle::current(),
            pictures: None,
            lasting,
            told,
            made,
            pieces: 0,
            shown: None,
            on_the_way: VecDeque::new(),
            bytes: 0,
        }
    }

    /// Pictures whose keys are made of a pattern.
    pub fn pictures(bucket: Bucket, pattern: Pattern, key: &str, made: Made) -> Self {
        let nobody: Told = Arc::new(|_| {});
        let mut sink = Self::list(bucket, key, Duration::ZERO, nobody, made);
        sink.pictures = Some(pattern);
        sink
    }

    /// Stores an object, after waiting for earlier ones if there are many on their way.
    fn send(&mut self, key: String, bytes: &[u8]) -> io::Result<()> {
        while self.on_the_way.len() >= ON_THE_WAY {
            self.arrive()?;
        }
        self.made.add(&key);
        let (bucket, bytes) = (self.bucket.clone(), Bytes::copy_from_slice(bytes));
        let put = async move { bucket.put(&key, bytes).await };
        self.on_the_way.push_back(self.runtime.spawn(put));
        Ok(())
    }

    /// Waits for the object that has been on its way longest.
    fn arrive(&mut self) -> io::Result<()> {
        let Some(put) = self.on_the_way.pop_front() else {
            return Ok(());
        };
        let put = self.runtime.block_on(put);
        let put = put.map_err(|error| Fault::tool("storing the film broke off", &error));
        put.and_then(|put| put).map_err(io::Error::other)
    }

    fn settle(&mut self) -> io::Result<()> {
        while !self.on_the_way.is_empty() {
            self.arrive()?;
        }
        Ok(())
    }

    /// Stores the list of signed URLs; whoever waits for it hears of the first.
    fn show_signed(&mut self, list: &[u8]) -> io::Result<()> {
        self.settle()?;
        self.made.add(&keys::signed_list(&self.key));
        let put = put_signed(&self.bucket, &self.key, list, self.lasting);
        let url = self.runtime.block_on(put).map_err(io::Error::other)?;
        if self.shown.replace(Instant::now()).is_none() {
            (self.told)(url);
        }
        Ok(())
    }
}

/// Stores a play list with signed URLs in place of names beside the one under `key`, of which
/// `list` is the text. Returns the URL by which it is played.
///
/// # Errors
/// When it cannot be stored, or there are no credentials to sign with.
pub(crate) async fn put_signed(
    bucket: &Bucket,
    key: &str,
    list: &[u8],
    lasting: Duration,
) -> Result<String, Fault> {
    let list = String::from_utf8_lossy(list);
    let mut made = String::new();
    for line in list.lines() {
        match Line::of(line) {
            Line::Told => made.push_str(line),
            Line::First(name) => {
                let url = bucket.presign(&keys::beside(key, name), lasting).await?;
                made.extend([MAP, &url, "\""]);
            }
            Line::Piece(name) => {
                made.push_str(&bucket.presign(&keys::beside(key, name), lasting).await?);
            }
        }
        made.push('\n');
    }
    let signed = keys::signed_list(key);
    bucket.put(&signed, made).await?;
    bucket.presign(&signed, lasting).await
}

/// What a line of a play list names.
#[derive(Debug, PartialEq)]
enum Line<'a> {
    /// Nothing.
    Told,
    /// What a player loads first.
    First(&'a str),
    /// A piece.
    Piece(&'a str),
}

/// How the line begins that names what a player loads first (RFC 8216, 4.3.2.5).
const MAP: &str = "#EXT-X-MAP:URI=\"";

impl<'a> Line<'a> {
    fn of(line: &'a str) -> Self {
        match line.strip_prefix(MAP) {
            Some(rest) => Self::First(rest.trim_end_matches('"')),
            None if line.is_empty() || line.starts_with('#') => Self::Told,
            None => Self::Piece(line),
        }
    }
}

impl HeadSink for PiecesSink {
    fn name(&self) -> &Path {
        &self.name
    }

    fn append(&mut self, _: &[u8]) -> io::Result<()> {
        Err(io::Error::other("the film is no single object"))
    }

    fn file(&mut self, number: u64, bytes: &[u8]) -> io::Result<()> {
        let Some(pattern) = &self.pictures else {
            return Err(io::Error::other("a play list has no pictures of its own"));
        };
        let key = pattern.path(number).to_string_lossy().into_owned();
        self.bytes += bytes.len() as u64;
        self.send(key, bytes)
    }

    fn beside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.pieces += 1;
        self.send(keys::beside(&self.key, name), bytes)
    }

    fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        let soon = self.shown.is_some_and(|shown| shown.elapsed() < PAUSE);
        if soon && self.pieces > FEW {
            return Ok(());
        }
        self.show_signed(bytes)
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        self.settle()?;
        if self.pictures.is_some() {
            return Ok(self.bytes);
        }
        self.show_signed(head)?;
        self.made.add(&self.key);
        let put = self.bucket.put(&self.key, head.to_vec());
        self.runtime.block_on(put).map_err(io::Error::other)?;
        Ok(head.len() as u64)
    }
}

impl Drop for PiecesSink {
    fn drop(&mut self) {
        for put in &self.on_the_way {
            put.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_name_a_file_are_told_from_others() {
        let list = "#EXTM3U\n#EXT-X-MAP:URI=\"a-init.mp4\"\n#EXTINF:2.000000,\na-00000.m4s\n";
        let lines: Vec<Line<'_>> = list.lines().map(Line::of).collect();
        let (first, piece) = (Line::First("a-init.mp4"), Line::Piece("a-00000.m4s"));
        assert_eq!(lines, [Line::Told, first, Line::Told, piece]);
    }
}
