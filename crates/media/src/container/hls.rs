//! HTTP Live Streaming: a play list and, beside it, pieces of MP4 in fragments (RFC 8216).

use std::{
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use super::{HeadSink, WholeFile, index::next_box, sink, turn::Turn};
use crate::{FrameSpec, MediaError, error::io_write_error};

/// Cuts what a muxer of fragments writes into files, and keeps their play list.
///
/// What comes first (`ftyp`, `moov`) is the file that a player loads first; each fragment
/// (`moof`, `mdat`) is a file of its own. The list is written anew with each of them, so that
/// it can be played from the first on.
pub(super) struct Hls {
    files: Box<dyn HeadSink>,
    frames: FrameSpec,
    stem: String,
    /// What is not a whole box yet.
    rest: Vec<u8>,
    head: Vec<u8>,
    /// The index of the fragment whose pictures follow, and how many there are.
    fragment: Option<(Vec<u8>, u64)>,
    /// Frames of each piece so far.
    pieces: Vec<u64>,
    bytes: u64,
}

impl Hls {
    /// Files that go to `files`, whose name is that of the play list.
    pub fn new(files: Box<dyn HeadSink>, frames: &FrameSpec) -> Self {
        Self {
            stem: stem(files.name()),
            files,
            frames: *frames,
            rest: Vec::new(),
            head: Vec::new(),
            fragment: None,
            pieces: Vec::new(),
            bytes: 0,
        }
    }

    fn take(&mut self, kind: [u8; 4], whole: &[u8]) -> io::Result<()> {
        match &kind {
            b"ftyp" | b"moov" => self.head.extend_from_slice(whole),
            b"moof" => {
                let frames = pictures(whole)
                    .ok_or_else(|| io::Error::other("a fragment tells no pictures"))?;
                self.fragment = Some((whole.to_vec(), frames));
            }
            b"mdat" => {
                let Some((mut piece, frames)) = self.fragment.take() else {
                    return Err(io::Error::other("pictures come without an index"));
                };
                piece.extend_from_slice(whole);
                self.store(&piece, frames)?;
            }
            // The index of all fragments, which the list is instead.
            _ => {}
        }
        Ok(())
    }

    fn store(&mut self, piece: &[u8], frames: u64) -> io::Result<()> {
        if self.pieces.is_empty() {
            self.bytes += self.head.len() as u64;
            self.files.beside(&first_name(&self.stem), &self.head)?;
        }
        let number = self.pieces.len() as u64;
        self.files.beside(&piece_name(&self.stem, number), piece)?;
        self.bytes += piece.len() as u64;
        self.pieces.push(frames);
        let list = self.list(false);
        self.files.show(list.as_bytes())
    }

    /// The play list, of a film that grows or a whole one.
    fn list(&self, whole: bool) -> String {
        // Counted in millionths of a second from the start, so that rounding never adds up.
        let micros = |frames: u64| {
            let whole = u128::from(frames) * u128::from(self.frames.fps_den) * 1_000_000;
            let rate = u128::from(self.frames.fps_num);
            (whole + rate / 2) / rate
        };
        let mut end = 0;
        let mut start = 0;
        let mut longest = 1_000_000;
        let mut entries = String::new();
        for (number, frames) in (0..).zip(&self.pieces) {
            end += frames;
            let length = micros(end) - micros(start);
            start = end;
            longest = longest.max(length);
            let (seconds, rest) = (length / 1_000_000, length % 1_000_000);
            let name = piece_name(&self.stem, number);
            let _ = writeln!(entries, "#EXTINF:{seconds}.{rest:06},\n{name}");
        }
        let (kind, end) = match whole {
            true => ("VOD", "#EXT-X-ENDLIST\n"),
            false => ("EVENT", ""),
        };
        let target = (longest + 500_000) / 1_000_000;
        let first = first_name(&self.stem);
        format!(
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:{target}\n#EXT-X-MEDIA-SEQUENCE:0\n\
             #EXT-X-PLAYLIST-TYPE:{kind}\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-MAP:URI=\"{first}\"\n{entries}{end}"
        )
    }
}

impl HeadSink for Hls {
    fn name(&self) -> &Path {
        self.files.name()
    }

    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.rest.extend_from_slice(bytes);
        while let Some((kind, whole, _)) = next_box(&self.rest) {
            let (kind, length) = (*kind, whole.len());
            let whole: Vec<u8> = self.rest.drain(..length).collect();
            self.take(kind, &whole)?;
        }
        Ok(())
    }

    fn begin(&mut self, head: &[u8]) -> io::Result<bool> {
        self.append(head)?;
        Ok(true)
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        self.append(head)?;
        let list = self.list(true);
        let list = self.files.finish(list.as_bytes())?;
        Ok(self.bytes + list)
    }
}

/// How many pictures a fragment holds: those of its first track.
fn pictures(fragment: &[u8]) -> Option<u64> {
    let mut count = 0;
    let mut rest = &fragment[8..];
    while let Some((kind, track, after)) = next_box(rest) {
        rest = after;
        if kind == b"traf" {
            count += samples(&track[8..])?;
        }
    }
    (count > 0).then_some(count)
}

/// How many samples a fragment holds of a track, if that is the first.
fn samples(mut boxes: &[u8]) -> Option<u64> {
    let mut count = 0;
    let number = |content: &[u8]| Some(u32::from_be_bytes(*content.get(12..)?.first_chunk()?));
    while let Some((kind, whole, after)) = next_box(boxes) {
        boxes = after;
        match kind {
            b"tfhd" if number(whole)? != 1 => return Some(0),
            b"trun" => count += u64::from(number(whole)?),
            _ => {}
        }
    }
    Some(count)
}

/// The beginning of the names of a film's files: that of its list, without signs that mean
/// something in addresses.
fn stem(list: &Path) -> String {
    let stem = list.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |sign: char| match sign {
        '%' | '#' | '?' | ':' | '"' | '\\' => '_',
        sign if sign.is_control() => '_',
        sign => sign,
    };
    stem.chars().map(plain).collect()
}

fn first_name(stem: &str) -> String {
    format!("{stem}-init.mp4")
}

fn piece_name(stem: &str, number: u64) -> String {
    format!("{stem}-{number:05}.m4s")
}

/// A play list of this machine and the files beside it.
///
/// Each file is whole when it takes its name, and the list names only those that stand. A
/// film that is stopped or fails before its end leaves none of them.
pub struct ListSink {
    path: PathBuf,
    made: Vec<PathBuf>,
    whole: bool,
    /// Given back last, when what is not whole is gone.
    _turn: Turn,
}

impl ListSink {
    /// A list at `path`, in a folder that exists.
    ///
    /// # Errors
    /// When nothing can be written there, or another render is at work on it.
    pub fn create(path: &Path) -> Result<Self, MediaError> {
        let turn = Turn::take(path)?;
        // Whether it can be written is told before anything is rendered.
        WholeFile::create(path).map_err(|source| io_write_error(path, source))?;
        Ok(Self {
            path: path.to_owned(),
            made: Vec::new(),
            whole: false,
            _turn: turn,
        })
    }

    /// The file of a film's piece, from 0.
    pub fn piece(list: &Path, number: u64) -> PathBuf {
        sink::folder(list).join(piece_name(&stem(list), number))
    }
}

impl HeadSink for ListSink {
    fn name(&self) -> &Path {
        &self.path
    }

    fn append(&mut self, _: &[u8]) -> io::Result<()> {
        Err(io::Error::other("a play list is written as a whole"))
    }

    fn beside(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if self.made.is_empty() {
            // The list of an earlier film would name files of this one.
            match fs::remove_file(&self.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        let path = sink::folder(&self.path).join(name);
        WholeFile::write(&path, bytes)?;
        self.made.push(path);
        Ok(())
    }

    fn show(&mut self, bytes: &[u8]) -> io::Result<()> {
        WholeFile::write(&self.path, bytes)
    }

    fn finish(&mut self, head: &[u8]) -> io::Result<u64> {
        self.show(head)?;
        self.whole = true;
        Ok(head.len() as u64)
    }
}

impl Drop for ListSink {
    fn drop(&mut self) {
        if self.whole || self.made.is_empty() {
            return;
        }
        // The list first, which names the others.
        for path in [&self.path].into_iter().chain(&self.made) {
            let _ = fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut made = (content.len() as u32 + 8).to_be_bytes().to_vec();
        made.extend(kind);
        made.extend(content);
        made
    }

    fn fragment(frames: u32) -> Vec<u8> {
        let track = |id: u32, count: u32| {
            let place = [&[0; 4][..], &id.to_be_bytes()].concat();
            let run = [&[0; 4][..], &count.to_be_bytes()].concat();
            boxed(
                b"traf",
                &[boxed(b"tfhd", &place), boxed(b"trun", &run)].concat(),
            )
        };
        let moof = [boxed(b"mfhd", &[0; 8]), track(1, frames), track(2, 99)].concat();
        [boxed(b"moof", &moof), boxed(b"mdat", b"pictures")].concat()
    }

    fn spec() -> FrameSpec {
        FrameSpec {
            width: 2,
            height: 2,
            fps_num: 30_000,
            fps_den: 1001,
            transparent: false,
        }
    }

    #[test]
    fn a_list_grows_and_names_what_stands() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a film.m3u8");
        fs::write(&path, "of an earlier film").unwrap();
        let mut film = Hls::new(Box::new(ListSink::create(&path).unwrap()), &spec());
        let head = [boxed(b"ftyp", b"iso5"), boxed(b"moov", b"head")].concat();
        let whole = [&head[..], &fragment(60), &fragment(60), &fragment(7)].concat();
        let bytes = [&whole[..], &boxed(b"mfra", b"index")].concat();
        let text = || fs::read_to_string(&path).unwrap();
        let cut = head.len() + fragment(60).len() + 3;
        assert!(film.begin(&bytes[..5]).unwrap());
        assert_eq!(text(), "of an earlier film");
        film.append(&bytes[5..cut]).unwrap();
        let early = text();
        assert!(
            early.contains("TYPE:EVENT") && !early.contains("ENDLIST"),
            "{early}"
        );
        assert_eq!(early.matches("#EXTINF").count(), 1);
        film.append(&bytes[cut..]).unwrap();
        let size = film.finish(&[]).unwrap();
        assert_eq!(size, whole.len() as u64 + text().len() as u64);
        assert_eq!(
            text(),
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n\
             #EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n\
             #EXT-X-MAP:URI=\"a film-init.mp4\"\n\
             #EXTINF:2.002000,\na film-00000.m4s\n#EXTINF:2.002000,\na film-00001.m4s\n\
             #EXTINF:0.233567,\na film-00002.m4s\n#EXT-X-ENDLIST\n"
        );
        drop(film);
        assert_eq!(
            fs::read(folder.path().join("a film-init.mp4")).unwrap(),
            head
        );
        assert_eq!(fs::read(ListSink::piece(&path, 2)).unwrap(), fragment(7));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5);
    }

    #[test]
    fn a_film_that_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.m3u8");
        let mut film = Hls::new(Box::new(ListSink::create(&path).unwrap()), &spec());
        film.append(&[boxed(b"ftyp", b""), fragment(3)].concat())
            .unwrap();
        // the list, the first file, a piece, and who is at work on them
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
        drop(film);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_no_fragment_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.m3u8");
        let film = || Hls::new(Box::new(ListSink::create(&path).unwrap()), &spec());
        assert!(film().append(&boxed(b"moof", b"")).is_err());
        assert!(film().append(&boxed(b"mdat", b"")).is_err());
        let cut = boxed(b"moof", &boxed(b"traf", &boxed(b"trun", b"")));
        assert!(film().append(&cut).is_err());
    }
}
