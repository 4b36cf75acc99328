use skrifa::raw::{FileRef, TableProvider as _, types::Tag};

/// Pixels of each side that a picture in a font has at most; those of emoji have some 160.
const LARGEST: u32 = 4096;
/// The tables in which pictures lie.
const TABLES: [Tag; 3] = [Tag::new(b"CBDT"), Tag::new(b"sbix"), Tag::new(b"EBDT")];
/// What a PNG file begins with, the name of its head included.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Width and height of a picture in a font file that is larger than any that is drawn: what
/// draws one takes memory for all that its head tells, however little of it there is.
pub(crate) fn too_large(file: &[u8]) -> Option<(u32, u32)> {
    let fonts = FileRef::new(file).ok()?;
    let has_pictures = fonts.fonts().flatten().any(|font| {
        TABLES
            .iter()
            .any(|table| font.data_for_tag(*table).is_some())
    });
    if !has_pictures {
        return None;
    }
    // Wherever the tables say that pictures lie: a file has few enough places for them.
    let starts = (0..file.len()).filter(|at| file[*at..].starts_with(SIGNATURE));
    starts
        .filter_map(|at| size(&file[at + SIGNATURE.len()..]))
        .find(|(width, height)| *width > LARGEST || *height > LARGEST)
}

/// What the first part of a PNG file tells, behind its signature.
fn size(head: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| Some(u32::from_be_bytes(*head.get(at..)?.first_chunk()?));
    Some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A font file of one table.
    fn font(table: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut file = b"\0\x01\0\0\0\x01\0\x10\0\0\0\0".to_vec();
        file.extend(table);
        file.extend([0; 4]);
        file.extend(28u32.to_be_bytes());
        file.extend((content.len() as u32).to_be_bytes());
        file.extend(content);
        file
    }

    fn picture(width: u32, height: u32) -> Vec<u8> {
        let size = [width.to_be_bytes(), height.to_be_bytes()].concat();
        [SIGNATURE, b"\0\0\0\rIHDR", &size, b"\x08\x06\0\0\0"].concat()
    }

    #[test]
    fn a_large_picture_is_found_wherever_it_lies() {
        let small = picture(136, 128);
        assert_eq!(too_large(&font(b"sbix", &small)), None);
        for large in [picture(65_535, 1), picture(1, 65_535)] {
            let content = [&b"x\x89PN"[..], &small, b"yz", &large].concat();
            let found = too_large(&font(b"sbix", &content));
            assert_eq!(found.map(|(width, height)| width + height), Some(65_536));
            assert!(too_large(&font(b"CBDT", &content)).is_some());
            assert_eq!(too_large(&font(b"name", &content)), None);
            // what is cut off has no size
            assert_eq!(too_large(&font(b"sbix", &large[..17])), None);
        }
        assert_eq!(too_large(b"no font"), None);
    }
}
