//! Moves the index of an MP4 file in front of its pictures.

/// Boxes that hold boxes, on the way to the tables of places.
const NESTS: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"stbl"];

/// The head of a file: what stood before the pictures, with the index between its
/// first box (the file's type) and the rest, and the places in the index moved up by
/// the index's own length. None if either is not made of boxes.
///
/// Places that no longer fit 32 bits are written in 64.
pub(crate) fn head(before: &[u8], index: &[u8]) -> Option<Vec<u8>> {
    let (kind, first, rest) = next_box(before)?;
    if kind != b"ftyp" {
        return None;
    }
    let narrow = Shift {
        by: index.len() as u64,
        wide: false,
    };
    let moved = match narrow.boxes(index) {
        Some(moved) => moved,
        None => {
            let wide = Shift { by: 0, wide: true };
            let by = wide.boxes(index)?.len() as u64;
            Shift { by, wide: true }.boxes(index)?
        }
    };
    Some([first, &moved, rest].concat())
}

/// The kind and whole bytes of the first box, and what follows it.
pub(super) fn next_box(bytes: &[u8]) -> Option<(&[u8; 4], &[u8], &[u8])> {
    let size = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
    let kind = bytes.get(4..8)?.first_chunk()?;
    if size < 8 {
        return None;
    }
    let (whole, rest) = bytes.split_at_checked(size)?;
    Some((kind, whole, rest))
}

/// By how much places move, and how they are written.
#[derive(Clone, Copy)]
struct Shift {
    by: u64,
    /// Whether all places are written in 64 bits.
    wide: bool,
}

impl Shift {
    /// The boxes with their places moved; none if they are damaged or a place does
    /// not fit.
    fn boxes(self, mut bytes: &[u8]) -> Option<Vec<u8>> {
        let mut moved = Vec::with_capacity(bytes.len());
        while !bytes.is_empty() {
            let (kind, whole, rest) = next_box(bytes)?;
            bytes = rest;
            match kind {
                b"stco" => {
                    let places =
                        places::<4>(whole)?.map(|place| u64::from(u32::from_be_bytes(place)));
                    self.table(places, &mut moved)?;
                }
                b"co64" => {
                    let wide = Self { wide: true, ..self };
                    wide.table(places::<8>(whole)?.map(u64::from_be_bytes), &mut moved)?;
                }
                kind if NESTS.contains(&kind) => {
                    put_box(kind, &self.boxes(&whole[8..])?, &mut moved)?;
                }
                _ => moved.extend(whole),
            }
        }
        Some(moved)
    }

    fn table(self, places: impl ExactSizeIterator<Item = u64>, to: &mut Vec<u8>) -> Option<()> {
        let mut content = vec![0; 4];
        content.extend((places.len() as u32).to_be_bytes());
        for place in places {
            let place = place.checked_add(self.by)?;
            if self.wide {
                content.extend(place.to_be_bytes());
            } else {
                content.extend(u32::try_from(place).ok()?.to_be_bytes());
            }
        }
        put_box(if self.wide { b"co64" } else { b"stco" }, &content, to)
    }
}

/// The numbers in a table of places.
fn places<const N: usize>(table: &[u8]) -> Option<impl ExactSizeIterator<Item = [u8; N]>> {
    let count = u32::from_be_bytes(*table.get(12..)?.first_chunk()?) as usize;
    let numbers = table[16..].as_chunks::<N>().0;
    (numbers.len() == count).then(|| numbers.iter().copied())
}

fn put_box(kind: &[u8; 4], content: &[u8], to: &mut Vec<u8>) -> Option<()> {
    to.extend(u32::try_from(content.len() + 8).ok()?.to_be_bytes());
    to.extend(kind);
    to.extend(content);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut made = Vec::new();
        put_box(kind, content, &mut made).unwrap();
        made
    }

    fn nested(table: Vec<u8>) -> Vec<u8> {
        let others = [boxed(b"stsz", b"sizes"), table].concat();
        let kinds = [b"stbl", b"minf", b"mdia", b"trak", b"moov"];
        kinds.iter().fold(others, |inner, kind| boxed(kind, &inner))
    }

    fn narrow(places: &[u32]) -> Vec<u8> {
        let mut content = vec![0; 4];
        content.extend((places.len() as u32).to_be_bytes());
        places
            .iter()
            .for_each(|place| content.extend(place.to_be_bytes()));
        boxed(b"stco", &content)
    }

    fn wide(places: &[u64]) -> Vec<u8> {
        let mut content = vec![0; 4];
        content.extend((places.len() as u32).to_be_bytes());
        places
            .iter()
            .for_each(|place| content.extend(place.to_be_bytes()));
        boxed(b"co64", &content)
    }

    #[test]
    fn places_move_by_the_length_of_the_index() {
        let before = [
            boxed(b"ftyp", b"isom"),
            boxed(b"free", b""),
            b"size".to_vec(),
            b"mdat".to_vec(),
        ]
        .concat();
        let index = nested(narrow(&[48, 1000]));
        let by = index.len() as u32;
        let want = [
            boxed(b"ftyp", b"isom"),
            nested(narrow(&[48 + by, 1000 + by])),
            boxed(b"free", b""),
            b"sizemdat".to_vec(),
        ];
        assert_eq!(head(&before, &index), Some(want.concat()));
    }

    #[test]
    fn places_beyond_32_bits_are_written_in_64() {
        let before = boxed(b"ftyp", b"isom");
        let index = nested(narrow(&[48, u32::MAX - 1]));
        let by = index.len() as u64 + 8;
        let want = [
            before.clone(),
            nested(wide(&[48 + by, u64::from(u32::MAX) - 1 + by])),
        ];
        assert_eq!(head(&before, &index), Some(want.concat()));
        let index = nested(wide(&[1 << 40]));
        let want = [
            before.clone(),
            nested(wide(&[(1 << 40) + index.len() as u64])),
        ];
        assert_eq!(head(&before, &index), Some(want.concat()));
    }

    #[test]
    fn what_is_not_made_of_boxes_has_no_head() {
        let before = boxed(b"ftyp", b"isom");
        assert_eq!(head(b"", &nested(narrow(&[1]))), None);
        assert_eq!(head(&boxed(b"free", b""), &nested(narrow(&[1]))), None);
        let index = nested(narrow(&[1, 2]));
        for length in 1..index.len() {
            assert_eq!(head(&before, &index[..length]), None, "cut to {length}");
        }
    }
}
