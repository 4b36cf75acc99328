use std::io::{self, Read, Seek as _, SeekFrom};

use crate::MediaSource;

/// Where the outermost boxes of an MP4 or QuickTime file say that it ends, and
/// where it does, if it ends before: a download that broke off.
///
/// A file cut behind its index opens and plays until the data is missing, so
/// nothing else tells before a frame is asked for.
///
/// Of a source that is read in blocks the fragments are not looked at: each would cost a
/// block.
pub(crate) fn missing_end(source: &MediaSource) -> io::Result<Option<(u64, u64)>> {
    let mut file = source.open()?;
    let length = source.length()?;
    let far = matches!(source, MediaSource::Blocks(_));
    let mut place = 0;
    while place + 8 <= length {
        file.seek(SeekFrom::Start(place))?;
        let (size, kind) = (number::<4>(&mut file)?, number::<4>(&mut file)?);
        if far && kind == MOOF {
            return Ok(None);
        }
        let size = match size {
            // The last box of a file may leave its size open.
            0 => return Ok(None),
            1 if place + 16 <= length => number::<8>(&mut file)?,
            size => size,
        };
        if size < 8 {
            return Ok(None);
        }
        match place.checked_add(size) {
            Some(end) if end <= length => place = end,
            end => return Ok(Some((end.unwrap_or(u64::MAX), length))),
        }
    }
    Ok(None)
}

/// The name of a box that begins a fragment.
const MOOF: u64 = u32::from_be_bytes(*b"moof") as u64;

/// A number of `N` bytes, most significant first.
fn number<const N: usize>(file: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; N];
    file.read_exact(&mut bytes)?;
    Ok(bytes
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxes(lengths: &[(u64, usize)]) -> Option<(u64, u64)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let mut bytes = Vec::new();
        for (stated, held) in lengths {
            match u32::try_from(*stated) {
                Ok(stated) => bytes.extend(stated.to_be_bytes()),
                Err(_) => bytes.extend(1_u32.to_be_bytes()),
            }
            bytes.extend(b"mdat");
            if *stated > u64::from(u32::MAX) {
                bytes.extend(stated.to_be_bytes());
            }
            bytes.extend(vec![7; *held]);
        }
        std::fs::write(&path, bytes).unwrap();
        missing_end(&MediaSource::from(&path)).unwrap()
    }

    #[test]
    fn whole_files_end_where_they_say() {
        assert_eq!(boxes(&[(24, 16), (108, 100)]), None);
        assert_eq!(boxes(&[(24, 16), (0, 100)]), None);
        assert_eq!(boxes(&[]), None);
    }

    #[test]
    fn files_cut_short_end_before() {
        assert_eq!(boxes(&[(24, 16), (108, 50)]), Some((132, 82)));
        assert_eq!(
            boxes(&[(24, 16), (1 << 33, 50)]),
            Some(((1 << 33) + 24, 90))
        );
    }
}
