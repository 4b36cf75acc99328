use std::collections::HashMap;

use kinora_film::{AssetId, GlyphRun};
use skrifa::{
    FontRef, GlyphId, MetadataProvider as _,
    instance::{LocationRef, Size},
    raw::TableProvider,
};

use crate::{
    Assets,
    vello::{Blob, FontData},
};

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
    /// Font units per em.
    pub em: f64,
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
            let (extent, em) = extent(blob.data(), index)?;
            let data = FontData::new(blob, index);
            Some(Font { data, extent, em })
        });
        self.fonts.insert((id, index), font.clone());
        font
    }
}

impl Font {
    /// Whether no two glyphs of a run can touch: the boxes of their outlines stand
    /// side by side. Runs of variable fonts, slanted or bolder ones do not count.
    pub fn stands_apart(&self, run: &GlyphRun) -> bool {
        if !run.coords.is_empty() || run.skew != 0.0 || run.embolden != 0.0 {
            return false;
        }
        let Ok(font) = FontRef::from_index(self.data.data.data(), run.index) else {
            return false;
        };
        let metrics = font.glyph_metrics(Size::new(run.size), LocationRef::default());
        let mut taken = f32::NEG_INFINITY;
        run.glyphs.iter().all(|glyph| {
            let Some(bounds) = metrics.bounds(GlyphId::new(glyph.id)) else {
                return false;
            };
            if bounds.x_max <= bounds.x_min {
                return true;
            }
            let free = glyph.x + bounds.x_min >= taken;
            taken = glyph.x + bounds.x_max;
            free
        })
    }
}

/// The font's own box and its units per em. The box is in ems, with a tenth to spare for the instances of a variable
/// font, and at least what a colour picture takes. None for what is no font.
fn extent(file: &[u8], index: u32) -> Option<(Extent, f64)> {
    let head = FontRef::from_index(file, index).ok()?.head().ok()?;
    let em = f64::from(head.units_per_em());
    if em == 0.0 {
        return None;
    }
    let reach = |side: i16, least: f64| (f64::from(side) / em * 1.1).max(least);
    let extent = Extent {
        left: reach(head.x_min().saturating_neg(), 0.2),
        bottom: reach(head.y_min().saturating_neg(), 0.4),
        right: reach(head.x_max(), 1.3),
        top: reach(head.y_max(), 1.2),
    };
    Some((extent, em))
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
    #[allow(clippy::disallowed_methods)] // a test reads a font file
    fn the_extent_of_a_font_is_its_box() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../script/fonts/Roboto-Regular.ttf"
        );
        let file = std::fs::read(path).unwrap();
        let (extent, em) = super::extent(&file, 0).unwrap();
        assert_eq!(em, 2048.0);
        assert!((1.2..2.0).contains(&extent.top) && (0.2..1.0).contains(&extent.bottom));
        assert!((0.2..2.0).contains(&extent.left) && (1.3..3.0).contains(&extent.right));
        assert_eq!(super::extent(&file, 1), None);
    }

    #[test]
    #[allow(clippy::disallowed_methods)] // a test reads a font file
    fn letters_stand_apart_unless_their_boxes_meet() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../script/fonts/Roboto-Regular.ttf"
        );
        let blob = Blob::new(std::sync::Arc::new(std::fs::read(path).unwrap()));
        let (extent, em) = super::extent(blob.data(), 0).unwrap();
        let data = FontData::new(blob, 0);
        let font = Font { data, extent, em };
        // The letter N of Roboto: its outline takes 0.55 of its size.
        let run = |step: f32, skew: f32| GlyphRun {
            font: AssetId::of(b"font"),
            index: 0,
            size: 100.0,
            coords: Vec::new(),
            embolden: 0.0,
            skew,
            glyphs: (0..3)
                .map(|n| kinora_film::Glyph {
                    id: 51,
                    x: n as f32 * step,
                    y: 0.0,
                })
                .collect(),
            fill: None,
            stroke: None,
            stroke_first: false,
        };
        assert!(font.stands_apart(&run(71.0, 0.0)));
        assert!(!font.stands_apart(&run(50.0, 0.0)));
        assert!(!font.stands_apart(&run(71.0, 10.0)));
    }
}
