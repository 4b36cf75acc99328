use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom},
    path::Path,
};

/// Where the outermost boxes of an MP4 or QuickTime file say that it ends, and
/// where it does, if it ends before: a download that broke off.
///
/// A file cut behind its index opens and plays until the data is missing, so
/// nothing else tells before a frame is asked for.
pub(crate) fn missing_end(path: &Path) -> io::Result<Option<(u64, u64)>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut place = 0;
    while place + 8 <= length {
        file.seek(SeekFrom::Start(place))?;
        let size = match u64::from(number::<4>(&mut file)? as u32) {
            // The last box of a file may leave its size open.
            0 => return Ok(None),
            1 if place + 16 <= length => {
                file.seek(SeekFrom::Start(place + 8))?;
                number::<8>(&mut file)?
            }
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

/// A number of `N` bytes, most significant first.
fn number<const N: usize>(file: &mut File) -> io::Result<u64> {
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
        missing_end(&path).unwrap()
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
