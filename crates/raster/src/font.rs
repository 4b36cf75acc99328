use std::collections::HashMap;

use kinora_film::AssetId;
use vello_cpu::peniko::{Blob, FontData};

use crate::Assets;

/// How far the glyphs of a font reach from their origins, in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Extent {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// A font as the rasteriser takes it.
#[derive(Clone)]
pub(crate) struct Font {
    pub data: FontData,
    pub extent: Extent,
}

/// The fonts that were asked for, so that the rasteriser meets each of them
/// under one name (it keeps outlines by it).
#[derive(Default)]
pub(crate) struct Fonts {
    blobs: HashMap<AssetId, Option<Blob<u8>>>,
    fonts: HashMap<(AssetId, u32), Option<Font>>,
}

impl Fonts {
    /// The font, unless the file is not at hand or is no font.
    pub fn get(&mut self, id: AssetId, index: u32, assets: &dyn Assets) -> Option<Font> {
        if let Some(font) = self.fonts.get(&(id, index)) {
            return font.clone();
        }
        let blob = self
            .blobs
            .entry(id)
            .or_insert_with(|| assets.font(id).map(Blob::new))
            .clone();
        let font = blob.and_then(|blob| {
            let extent = extent(blob.data(), index)?;
            let data = FontData::new(blob, index);
            Some(Font { data, extent })
        });
        self.fonts.insert((id, index), font.clone());
        font
    }
}

/// Reads a font's box from its `head` table, with a tenth to spare for the
/// instances of a variable font, and at least what a colour picture takes.
fn extent(file: &[u8], index: u32) -> Option<Extent> {
    let start = if file.get(..4)? == b"ttcf" {
        u32_at(file, 12 + 4 * index as usize)? as usize
    } else {
        0
    };
    let tables = u16_at(file, start + 4)?;
    let head = (0..usize::from(tables)).find_map(|table| {
        let record = start + 12 + 16 * table;
        let tag = file.get(record..record + 4)?;
        (tag == b"head").then(|| u32_at(file, record + 8)).flatten()
    })? as usize;
    let em = f64::from(u16_at(file, head + 18)?);
    if em == 0.0 {
        return None;
    }
    let side = |at: usize| u16_at(file, head + at).map(|bits| f64::from(bits as i16) / em);
    let reach = |side: f64, least: f64| (side * 1.1).max(least);
    Some(Extent {
        left: reach(-side(36)?, 0.2),
        bottom: reach(-side(38)?, 0.4),
        right: reach(side(40)?, 1.3),
        top: reach(side(42)?, 1.2),
    })
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_be_bytes(*bytes))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_font_have_no_extent() {
        for bytes in [&b""[..], b"ttcf", b"\0\x01\0\0\0\xff", &[0xff; 64]] {
            assert_eq!(extent(bytes, 7), None);
        }
    }

    #[test]
    fn the_extent_of_a_font_is_its_box() {
        let mut file = vec![0; 12 + 16 + 54];
        file[5] = 1;
        file[12..16].copy_from_slice(b"head");
        file[23] = 28;
        file[28 + 18..28 + 20].copy_from_slice(&1000_u16.to_be_bytes());
        for (at, value) in [(36, -500_i16), (38, -1000), (40, 2000), (42, 3000)] {
            file[28 + at..28 + at + 2].copy_from_slice(&value.to_be_bytes());
        }
        let extent = extent(&file, 0).unwrap();
        assert!((extent.left - 0.55).abs() < 1e-9);
        assert!((extent.bottom - 1.1).abs() < 1e-9);
        assert!((extent.right - 2.2).abs() < 1e-9);
        assert!((extent.top - 3.3).abs() < 1e-9);
    }
}
