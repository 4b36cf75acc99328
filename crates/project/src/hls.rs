use std::{fs::File, io::Read as _, ops::Range, path::Path};

/// A stretch of a film: the bytes behind an address, or some of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As the play list writes it.
    pub address: String,
    /// Which bytes; all if none are named.
    pub bytes: Option<Range<u64>>,
}

/// What an HLS play list (RFC 8216) leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlayList {
    /// One film in several qualities.
    Choice {
        /// Where the play list of the best is.
        best: String,
        /// Whether its sound is in a play list of its own.
        sound_apart: bool,
    },
    /// The parts of a film, in order; one after the other they are a file.
    Parts(Vec<Piece>),
}

/// Whether a file is an HLS play list, by its first bytes.
pub fn is_play_list(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(10).read_to_end(&mut head));
    read.is_ok() && begins_as_play_list(&head)
}

/// Whether a file that begins with these bytes is a play list.
pub fn begins_as_play_list(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    text.starts_with(b"#EXTM3U")
}

/// Reads a play list.
///
/// # Errors
/// Why it cannot be played, in words that end a sentence.
pub fn read(text: &str) -> Result<PlayList, String> {
    match best(text) {
        Some(choice) => Ok(choice),
        None => parts(text).map(PlayList::Parts),
    }
}

/// The variant of the highest bit rate; none if these are not variants.
fn best(text: &str) -> Option<PlayList> {
    let mut best: Option<(u64, &str, bool)> = None;
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        let Some(attributes) = line.strip_prefix("#EXT-X-STREAM-INF:") else {
            continue;
        };
        let rate = attribute(attributes, "BANDWIDTH").and_then(|rate| rate.parse().ok());
        let rate: u64 = rate.unwrap_or(0);
        let address = lines.find(|line| !line.is_empty() && !line.starts_with('#'))?;
        let group = attribute(attributes, "AUDIO");
        let apart = group.is_some_and(|group| has_own_sound(text, group));
        if best.is_none_or(|(most, _, _)| rate > most) {
            best = Some((rate, address, apart));
        }
    }
    best.map(|(_, address, sound_apart)| PlayList::Choice {
        best: address.to_owned(),
        sound_apart,
    })
}

/// Whether the sound of a group has an address of its own.
fn has_own_sound(text: &str, group: &str) -> bool {
    let media = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("#EXT-X-MEDIA:"));
    media
        .filter(|attributes| attribute(attributes, "GROUP-ID") == Some(group))
        .any(|attributes| attribute(attributes, "URI").is_some())
}

fn parts(text: &str) -> Result<Vec<Piece>, String> {
    let mut parts: Vec<Piece> = Vec::new();
    let mut bytes = None;
    let mut ended = false;
    for line in text.lines().map(str::trim) {
        if let Some(range) = line.strip_prefix("#EXT-X-BYTERANGE:") {
            bytes = Some(range);
        } else if let Some(attributes) = line.strip_prefix("#EXT-X-MAP:") {
            let address = attribute(attributes, "URI").ok_or("its `EXT-X-MAP` has no `URI`")?;
            let range = attribute(attributes, "BYTERANGE");
            let part = piece(address, range, None)?;
            if !parts.contains(&part) {
                parts.push(part);
            }
        } else if let Some(attributes) = line.strip_prefix("#EXT-X-KEY:") {
            let method = attribute(attributes, "METHOD").unwrap_or("NONE");
            if method != "NONE" {
                return Err(format!("its film is encrypted (`{method}`)"));
            }
        } else if line == "#EXT-X-DISCONTINUITY" {
            return Err("its film is put together from several (`EXT-X-DISCONTINUITY`)".to_owned());
        } else if line == "#EXT-X-ENDLIST" {
            ended = true;
        } else if !line.is_empty() && !line.starts_with('#') {
            let part = piece(line, bytes.take(), parts.last())?;
            parts.push(part);
        }
    }
    match (ended, parts.is_empty()) {
        (_, true) => Err("it is a play list without a film".to_owned()),
        (false, _) => Err("it is a live stream, which has no end".to_owned()),
        (true, false) => Ok(parts),
    }
}

/// A part of which `range` (`LENGTH[@START]`) is played; without a start it goes on
/// where the part before ended.
fn piece(address: &str, range: Option<&str>, before: Option<&Piece>) -> Result<Piece, String> {
    let bytes = range.map(|range| {
        let (length, start) = match range.split_once('@') {
            Some((length, start)) => (length.parse().ok()?, start.parse().ok()?),
            None => {
                let before = before.filter(|before| before.address == address);
                (range.parse().ok()?, before?.bytes.as_ref()?.end)
            }
        };
        Some(start..u64::checked_add(start, length)?)
    });
    match bytes {
        Some(None) => Err("one of its byte ranges cannot be read".to_owned()),
        bytes => Ok(Piece {
            address: address.to_owned(),
            bytes: bytes.flatten(),
        }),
    }
}

/// The value of an attribute in `NAME=VALUE,NAME="VALUE"`.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let (key, value) = rest.split_once('=')?;
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => value.split_at(value.find(',').unwrap_or(value.len())),
        };
        if key.trim() == name {
            return Some(value.trim());
        }
        rest = after.strip_prefix(',').unwrap_or(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(address: &str, bytes: Option<Range<u64>>) -> Piece {
        let address = address.to_owned();
        Piece { address, bytes }
    }

    #[test]
    fn the_best_of_a_choice_is_played() {
        let text = "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"own\",NAME=\"a, b\",URI=\"a.m3u8\"\n\
            #EXT-X-STREAM-INF:BANDWIDTH=100,CODECS=\"avc1.4d401e,mp4a.40.2\"\nlow.m3u8\n\
            #EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=900,AUDIO=\"own\"\n# a note\nhigh.m3u8\n\
            #EXT-X-STREAM-INF:BANDWIDTH=500\nmiddle.m3u8\n";
        let wanted = PlayList::Choice {
            best: "high.m3u8".to_owned(),
            sound_apart: true,
        };
        assert_eq!(read(text), Ok(wanted));
    }

    #[test]
    fn parts_are_files_or_bytes_of_files() {
        let text = "#EXTM3U\r\n#EXT-X-TARGETDURATION:2\r\n#EXT-X-MAP:URI=\"i.mp4\",BYTERANGE=\"9@1\"\r\n\
            #EXTINF:2,\r\n#EXT-X-BYTERANGE:10@20\r\na.ts\r\n#EXTINF:2,\r\n#EXT-X-BYTERANGE:5\r\na.ts\r\n\
            #EXTINF:2,\r\nb.ts?x=1\r\n#EXT-X-ENDLIST\r\n";
        let wanted = vec![
            piece("i.mp4", Some(1..10)),
            piece("a.ts", Some(20..30)),
            piece("a.ts", Some(30..35)),
            piece("b.ts?x=1", None),
        ];
        assert_eq!(read(text), Ok(PlayList::Parts(wanted)));
    }

    #[test]
    fn what_cannot_be_played_is_told() {
        let told = |body: &str| read(&format!("#EXTM3U\n{body}")).unwrap_err();
        assert!(told("#EXTINF:2,\na.ts\n").contains("live"));
        assert!(told("#EXT-X-ENDLIST").contains("without a film"));
        assert!(
            told("#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\na.ts\n#EXT-X-ENDLIST").contains("AES-128")
        );
        for range in ["5", "x@1", "1@-1", "18446744073709551615@1"] {
            let list = format!("#EXT-X-BYTERANGE:{range}\na.ts\n#EXT-X-ENDLIST");
            assert!(told(&list).contains("byte ranges"), "{range}");
        }
    }
}
