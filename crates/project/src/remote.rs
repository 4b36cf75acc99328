use std::{
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use kinora_farm::{Cache, Progress};
use kinora_film::AssetId;
use kinora_media::{BLOCK, Blocks, ByteSource};
use serde::{Deserialize, Serialize};
use ureq::http::{Request, Response, StatusCode};

use crate::{
    Access,
    fetch::{ATTEMPTS, Attempt, Fetcher, OFFLINE, Patience, answered},
    kept_blocks::KeptBlocks,
    url::Url,
};

/// Where a file is that is read as far as it is needed, and which version of it is meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RemoteUrl {
    /// The address.
    pub url: String,
    /// The server's strong validator: while it stays, so do the bytes.
    pub etag: String,
    /// The file's length in bytes.
    pub length: u64,
}

impl RemoteUrl {
    /// The name under which workers find the file, which is not read for it: a hash of the
    /// address without its query (where signatures are), of the validator, which names one
    /// version of what is at the address, of the length and of the bytes at both ends.
    ///
    /// # Errors
    /// When the URL is none.
    pub fn identity(&self, ends: &[u8]) -> Result<AssetId, String> {
        let url = Url::parse(&self.url)?.to_string();
        let address = url.split('?').next().unwrap_or(&url);
        let mut hasher = blake3::Hasher::new_derive_key("kinora: a file that is read in parts");
        for part in [address.as_bytes(), self.etag.as_bytes(), ends] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        hasher.update(&self.length.to_le_bytes());
        Ok(AssetId::from_hash(*hasher.finalize().as_bytes()))
    }
}

/// A file behind a URL, read in parts. Each is asked for with the validator of the first
/// answer, so parts of two versions never come together.
pub struct RemoteFile {
    fetcher: Arc<Fetcher>,
    name: String,
    target: Url,
    remote: RemoteUrl,
    /// Where what was fetched is kept for later runs.
    kept: Option<KeptBlocks>,
    /// Milliseconds for which the server was waited for.
    waited: AtomicU64,
}

/// Why a part was not had.
enum Trouble {
    /// It may come yet.
    Passing(String),
    /// It will not.
    Lasting(String),
}

impl From<Attempt> for Trouble {
    fn from(attempt: Attempt) -> Self {
        match attempt {
            Attempt::Broken(reason) => Self::Passing(reason),
            Attempt::Refused(reason) => Self::Lasting(reason),
            _ => unreachable!("an answer is no failure"),
        }
    }
}

impl RemoteFile {
    /// A file that is known from its first answer; `name` is what messages call it.
    ///
    /// # Errors
    /// When its URL is none.
    pub fn new(
        fetcher: Arc<Fetcher>,
        name: &str,
        remote: RemoteUrl,
        kept: Option<KeptBlocks>,
    ) -> Result<Self, String> {
        Ok(Self {
            target: Url::parse(&remote.url)?,
            name: name.to_owned(),
            fetcher,
            remote,
            kept,
            waited: AtomicU64::new(0),
        })
    }

    /// The blocks of a file that another process has opened. Nothing is asked for yet, and
    /// nothing is kept on the disk.
    ///
    /// # Errors
    /// When its URL is none or may not be fetched, in words that end a sentence.
    pub fn reopen(
        name: &str,
        remote: RemoteUrl,
        cache: Cache,
        progress: Arc<Progress>,
        access: Access,
    ) -> Result<Blocks, String> {
        access.check(&Url::parse(&remote.url)?)?;
        let fetcher = Arc::new(Fetcher::new(cache, progress, access));
        let file = Self::new(fetcher, name, remote, None)?;
        Ok(Blocks::new(Box::new(file)))
    }

    /// Where it is.
    pub fn remote(&self) -> &RemoteUrl {
        &self.remote
    }

    /// Keeps what is known of the file's beginning.
    pub fn keep_head(&self, head: &[u8]) {
        let length = self.remote.length;
        for (index, block) in (0..).zip(head.chunks(BLOCK as usize)) {
            let whole = BLOCK.min(length - index * BLOCK) == block.len() as u64;
            if whole && let Some(kept) = &self.kept {
                // Without it, it is asked for again.
                let _ = kept.put(index, block);
            }
        }
    }

    /// Fetches a part, taking up again what breaks off.
    fn fetch(&self, start: u64, buffer: &mut [u8]) -> io::Result<()> {
        let access = self.fetcher.access();
        if access.offline {
            return Err(lasting(OFFLINE));
        }
        let waited = Duration::from_millis(self.waited.load(Relaxed));
        let patience = Patience::within(access.download_time, waited);
        let began = Instant::now();
        let fetched = self.fetch_patiently(start, buffer, patience);
        let time = began.elapsed().as_millis() as u64;
        self.waited.fetch_add(time, Relaxed);
        fetched
    }

    fn fetch_patiently(&self, start: u64, buffer: &mut [u8], patience: Patience) -> io::Result<()> {
        let mut reason = String::new();
        let mut part = Part { buffer, have: 0 };
        let mut attempt = 0;
        while attempt < ATTEMPTS {
            let pause = Duration::from_millis(200 << attempt);
            if attempt > 0 && !self.fetcher.pause(pause) {
                return Err(lasting("interrupted"));
            }
            let before = part.have;
            match self.fetch_once(start, &mut part, patience) {
                Ok(()) => return Ok(()),
                Err(Trouble::Lasting(reason)) => return Err(lasting(&reason)),
                Err(Trouble::Passing(why)) => reason = why,
            }
            // Where something comes each time, all of it comes in the end.
            attempt = match part.have > before {
                true => 0,
                false => attempt + 1,
            };
            if patience.is_over() {
                break;
            }
        }
        Err(io::Error::new(io::ErrorKind::TimedOut, reason))
    }

    /// Asks once for what of a part is missing yet.
    fn fetch_once(
        &self,
        start: u64,
        part: &mut Part<'_>,
        patience: Patience,
    ) -> Result<(), Trouble> {
        let RemoteUrl { etag, length, .. } = &self.remote;
        let (from, end) = (start + part.have as u64, start + part.buffer.len() as u64);
        let request = Request::get("/")
            .header("range", format!("bytes={from}-{}", end - 1))
            .header("if-range", etag)
            .body(Vec::new())
            .map_err(|cause| Trouble::Lasting(format!("its ETag is not valid: {cause}")))?;
        let (response, _, _) = self.fetcher.follow(&self.target, request, patience)?;
        let status = response.status();
        let told = header(&response, "etag");
        let other = told.filter(|told| told != etag);
        let changed = |now: String| {
            Trouble::Lasting(format!(
                "it changed while it was used ({now}); start again once it stays as it is"
            ))
        };
        match status {
            _ if status.is_success() && other.is_some() => {
                let now = other.unwrap_or_default();
                return Err(changed(format!("its ETag was `{etag}` and is `{now}`")));
            }
            StatusCode::PARTIAL_CONTENT => {}
            StatusCode::OK => {
                // The right version, but whole: a part of it may come another time.
                let reason = "the server gave the whole file where it was asked for a part";
                return Err(Trouble::Passing(reason.to_owned()));
            }
            StatusCode::PRECONDITION_FAILED | StatusCode::RANGE_NOT_SATISFIABLE => {
                return Err(changed(answered(status)));
            }
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                return Err(Trouble::Lasting(format!(
                    "{} to a part of a file that it gave before: a signed URL may have expired; it has to last until the film is done",
                    answered(status)
                )));
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => return Err(changed(answered(status))),
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                return Err(Trouble::Passing(answered(status)));
            }
            _ => return Err(Trouble::Lasting(answered(status))),
        }
        match range(&response) {
            Some((_, _, whole)) if whole != *length => {
                return Err(changed(format!("it had {length} bytes and has {whole}")));
            }
            Some((first, last, _)) if first == from && last < end => {}
            _ => {
                return Err(Trouble::Passing(
                    "the server gave another part than it was asked for".to_owned(),
                ));
            }
        }
        let mut have = from;
        let body = self
            .fetcher
            .body(response.into_body(), part, &mut have, patience);
        body?;
        match part.have == part.buffer.len() {
            true => Ok(()),
            false => Err(Trouble::Passing(format!(
                "the server's answer broke off after {have} of {length} bytes"
            ))),
        }
    }
}

impl ByteSource for RemoteFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn length(&self) -> u64 {
        self.remote.length
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let Some(kept) = &self.kept else {
            return self.fetch(offset, buffer);
        };
        let first = offset / BLOCK;
        let mut blocks: Vec<&mut [u8]> = buffer.chunks_mut(BLOCK as usize).collect();
        let missing: Vec<bool> = (first..)
            .zip(&mut blocks)
            .map(|(index, block)| !kept.get(index, block))
            .collect();
        drop(blocks);
        // Each unbroken run of what is missing is one request.
        let mut place = 0;
        while place < missing.len() {
            let run = missing[place..].iter().take_while(|missing| **missing);
            let count = run.count();
            if count > 0 {
                let size = BLOCK as usize;
                let end = ((place + count) * size).min(buffer.len());
                let run = &mut buffer[place * size..end];
                self.fetch(offset + (place * size) as u64, run)?;
                let index = first + place as u64;
                for (index, block) in (index..).zip(run.chunks(size)) {
                    // Without room, it is asked for again in another run.
                    let _ = kept.put(index, block);
                }
            }
            place += count.max(1);
        }
        Ok(())
    }
}

/// The first and the last block of a file.
pub fn ends(blocks: &Arc<Blocks>) -> io::Result<Vec<u8>> {
    let (length, size) = (blocks.length(), BLOCK as usize);
    let mut ends = vec![0; 2 * size];
    blocks.read_at(0, &mut ends[..size])?;
    blocks.read_at(length - BLOCK, &mut ends[size..])?;
    Ok(ends)
}

/// Whether a file that begins with these bytes is MP3 or AAC without a container: frames
/// after a tag, if there is one, and nothing that tells how many.
pub fn is_mpeg_sound(head: &[u8]) -> bool {
    head.starts_with(b"ID3") || matches!(head, [0xff, second, ..] if second & 0xe0 == 0xe0)
}

fn lasting(reason: &str) -> io::Error {
    io::Error::other(reason.to_owned())
}

/// Takes a part as it comes.
struct Part<'a> {
    buffer: &'a mut [u8],
    have: usize,
}

impl Write for Part<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let rest = &mut self.buffer[self.have..];
        let Some(rest) = rest.get_mut(..bytes.len()) else {
            return Err(io::Error::other(
                "the server gave more than it was asked for",
            ));
        };
        rest.copy_from_slice(bytes);
        self.have += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A header of an answer.
pub fn header<T>(response: &Response<T>, name: &str) -> Option<String> {
    let value = response.headers().get(name)?;
    value.to_str().ok().map(str::to_owned)
}

/// The part that an answer holds, first and last byte, and the length of the whole.
pub fn range<T>(response: &Response<T>) -> Option<(u64, u64, u64)> {
    let text = header(response, "content-range")?;
    let (part, whole) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = part.split_once('-')?;
    Some((
        first.trim().parse().ok()?,
        last.trim().parse().ok()?,
        whole.trim().parse().ok()?,
    ))
}

/// The ETag of an answer, if it names the bytes themselves and not just what they mean.
pub fn strong_etag<T>(response: &Response<T>) -> Option<String> {
    header(response, "etag").filter(|etag| etag.len() > 2 && etag.starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(name: &str, value: &str) -> Response<()> {
        Response::builder().header(name, value).body(()).unwrap()
    }

    #[test]
    fn another_version_is_another_file_and_another_signature_is_not() {
        let remote = |url: &str, etag: &str, length| RemoteUrl {
            url: url.to_owned(),
            etag: etag.to_owned(),
            length,
        };
        let first = remote("https://a.test/film.mp4?sig=1", "\"x\"", 9_000_000);
        let id = first.identity(b"ends").unwrap();
        let signed = remote("https://a.test/film.mp4?sig=2", "\"x\"", 9_000_000);
        assert_eq!(signed.identity(b"ends").unwrap(), id);
        assert_ne!(first.identity(b"other").unwrap(), id);
        for other in [
            remote("https://a.test/other.mp4?sig=1", "\"x\"", 9_000_000),
            remote("https://a.test/film.mp4?sig=1", "\"y\"", 9_000_000),
            remote("https://a.test/film.mp4?sig=1", "\"x\"", 9_000_001),
        ] {
            assert_ne!(other.identity(b"ends").unwrap(), id, "{other:?}");
        }
    }

    #[test]
    fn sound_without_a_container_is_known_by_its_first_bytes() {
        for head in [&b"ID3\x04"[..], &[0xff, 0xfb, 0x90], &[0xff, 0xf1, 0x50]] {
            assert!(is_mpeg_sound(head), "{head:?}");
        }
        for head in [
            &b"\0\0\0\x20ftyp"[..],
            b"OggS",
            b"RIFF",
            b"fLaC",
            &[0xff, 0xd8],
            &[],
        ] {
            assert!(!is_mpeg_sound(head), "{head:?}");
        }
    }

    #[test]
    fn only_etags_that_name_bytes_are_strong() {
        for (text, strong) in [
            ("\"abc\"", true),
            ("W/\"abc\"", false),
            ("w/\"abc\"", false),
            ("\"\"", false),
            ("abc", false),
        ] {
            let told = strong_etag(&answer("etag", text));
            assert_eq!(told.is_some(), strong, "{text}");
        }
    }

    #[test]
    fn parts_are_read_as_they_are_told() {
        let told = |text: &str| range(&answer("content-range", text));
        assert_eq!(told("bytes 0-9/100"), Some((0, 9, 100)));
        for text in [
            "bytes 0-9/*",
            "bytes */100",
            "0-9/100",
            "bytes 9/100",
            "bytes a-9/100",
        ] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
