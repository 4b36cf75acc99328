use std::{io::SeekFrom, ops::Range, path::Path};

use bytes::Bytes;
use hyper::{
    StatusCode,
    header::{
        ACCEPT_RANGES, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE,
        HeaderValue,
    },
};
use kinora_http::answer::{self, Answer};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncSeekExt as _},
    sync::mpsc,
};

use crate::refusal::refusal;

/// Bytes that are read at once.
const BLOCK: usize = 1 << 16;

/// A file as an attachment: all of it, or the one range of bytes that is asked for. Without
/// `body` only its head.
pub async fn file(path: &Path, range: Option<&HeaderValue>, body: bool) -> Answer {
    let opened = match File::open(path).await {
        Ok(file) => file.metadata().await.map(|facts| (file, facts.len())),
        Err(error) => Err(error),
    };
    let Ok((file, length)) = opened else {
        return refusal(StatusCode::NOT_FOUND, "File not found.");
    };
    let range = range.and_then(|range| range.to_str().ok());
    let wanted = match range.map(|range| part(range, length)) {
        None | Some(Part::Whole) => 0..length,
        Some(Part::Bytes(wanted)) => wanted,
        Some(Part::None) => {
            let message = "the file has no bytes there";
            let mut reply = refusal(StatusCode::RANGE_NOT_SATISFIABLE, message);
            answer::set(&mut reply, CONTENT_RANGE, &format!("bytes */{length}"));
            return reply;
        }
    };
    let count = wanted.end - wanted.start;
    let mut reply = match body {
        true => answer::stream(parts(file, wanted.clone())),
        false => answer::whole("", Bytes::new()),
    };
    if count < length {
        *reply.status_mut() = StatusCode::PARTIAL_CONTENT;
        let told = format!("bytes {}-{}/{length}", wanted.start, wanted.end - 1);
        answer::set(&mut reply, CONTENT_RANGE, &told);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let told = format!("attachment; filename=\"{name}\"");
    answer::set(&mut reply, CONTENT_DISPOSITION, &told);
    answer::set(&mut reply, CONTENT_TYPE, kind(path));
    answer::set(&mut reply, CONTENT_LENGTH, &count.to_string());
    answer::set(&mut reply, ACCEPT_RANGES, "bytes");
    reply
}

/// Reads a file's bytes while somebody takes them.
fn parts(mut file: File, range: Range<u64>) -> mpsc::Receiver<Bytes> {
    let (to, from) = mpsc::channel(4);
    tokio::spawn(async move {
        if file.seek(SeekFrom::Start(range.start)).await.is_err() {
            return;
        }
        let mut left = range.end - range.start;
        let mut block = vec![0; BLOCK];
        while left > 0 {
            let most = (BLOCK as u64).min(left) as usize;
            match file.read(&mut block[..most]).await {
                // The length was promised: who reads sees that it breaks off.
                Ok(0) | Err(_) => return,
                Ok(read) => {
                    left -= read as u64;
                    let bytes = Bytes::copy_from_slice(&block[..read]);
                    if to.send(bytes).await.is_err() {
                        return;
                    }
                }
            }
        }
    });
    from
}

#[derive(Debug, PartialEq)]
enum Part {
    Whole,
    Bytes(Range<u64>),
    /// The range lies behind the end.
    None,
}

/// What a `Range` header asks of so many bytes. One that is not understood, or that asks
/// for several ranges, asks for the whole (RFC 9110, section 14.2).
fn part(range: &str, length: u64) -> Part {
    let Some((from, to)) = range
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Part::Whole;
    };
    let (from, to) = (from.trim(), to.trim());
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => text.parse::<u64>().ok(),
        false => None,
    };
    let wanted = match (number(from), number(to)) {
        (Some(from), None) if to.is_empty() => from..length,
        (Some(from), Some(to)) if from <= to => from..to.saturating_add(1).min(length),
        (None, Some(last)) if from.is_empty() => length.saturating_sub(last)..length,
        _ => return Part::Whole,
    };
    match wanted.start < wanted.end {
        true => Part::Bytes(wanted),
        false => Part::None,
    }
}

fn kind(path: &Path) -> &'static str {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    match ending.as_ref() {
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "gif" => "image/gif",
        "apng" => "image/apng",
        "webp" => "image/webp",
        "wav" => "audio/wav",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "opus" => "audio/ogg",
        "flac" => "audio/flac",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        for (range, wanted) in [
            ("bytes=0-9", Part::Bytes(0..10)),
            ("bytes=5-", Part::Bytes(5..100)),
            ("bytes=-7", Part::Bytes(93..100)),
            ("bytes=-700", Part::Bytes(0..100)),
            ("bytes=90-700", Part::Bytes(90..100)),
            ("bytes=100-", Part::None),
            ("bytes=-0", Part::None),
            ("bytes=9-0", Part::Whole),
            ("bytes=0-9,20-29", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=+1-9", Part::Whole),
            ("lines=0-9", Part::Whole),
        ] {
            assert_eq!(part(range, 100), wanted, "{range}");
        }
    }
}
