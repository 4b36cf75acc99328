//! Pictures in memory: reading and writing PNG, laying one over grey.

use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// 8-bit RGBA, straight alpha, rows without gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

impl Picture {
    /// A picture of one colour.
    pub fn filled(width: usize, height: usize, colour: [u8; 4]) -> Self {
        Self {
            width,
            height,
            rgba: colour.repeat(width * height),
        }
    }

    /// Reads a PNG of any colour type as 8-bit RGBA.
    pub fn read(path: &Path) -> Result<Self> {
        let file = File::open(path).with_context(|| format!("reading `{}`", path.display()))?;
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(
            png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
        );
        let mut reader = decoder.read_info()?;
        let size = reader
            .output_buffer_size()
            .with_context(|| format!("`{}` is too large", path.display()))?;
        let mut bytes = vec![0; size];
        let info = reader.next_frame(&mut bytes)?;
        bytes.truncate(info.buffer_size());
        let rgba = match info.color_type {
            png::ColorType::Rgba => bytes,
            png::ColorType::GrayscaleAlpha => bytes
                .chunks_exact(2)
                .flat_map(|pixel| [pixel[0], pixel[0], pixel[0], pixel[1]])
                .collect(),
            other => bail!("`{}` has the colour type {other:?}", path.display()),
        };
        Ok(Self {
            width: info.width as usize,
            height: info.height as usize,
            rgba,
        })
    }

    /// Writes a PNG, making its folder.
    pub fn write(&self, path: &Path) -> Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let file = File::create(path).with_context(|| format!("writing `{}`", path.display()))?;
        let mut encoder =
            png::Encoder::new(BufWriter::new(file), self.width as u32, self.height as u32);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rgba)?;
        Ok(())
    }

    /// The four bytes of one pixel.
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 4] {
        let at = (y * self.width + x) * 4;
        [
            self.rgba[at],
            self.rgba[at + 1],
            self.rgba[at + 2],
            self.rgba[at + 3],
        ]
    }

    /// Sets one pixel; outside of the picture nothing happens.
    pub fn set(&mut self, x: usize, y: usize, colour: [u8; 4]) {
        if x < self.width && y < self.height {
            let at = (y * self.width + x) * 4;
            self.rgba[at..at + 4].copy_from_slice(&colour);
        }
    }

    /// The picture laid over mid-grey: opaque.
    pub fn over_grey(&self) -> Self {
        let rgba = self
            .rgba
            .chunks_exact(4)
            .flat_map(|pixel| {
                let alpha = f32::from(pixel[3]) / 255.0;
                let over = |channel: u8| {
                    (f32::from(channel) * alpha + 128.0 * (1.0 - alpha)).round() as u8
                };
                [over(pixel[0]), over(pixel[1]), over(pixel[2]), 255]
            })
            .collect();
        Self {
            width: self.width,
            height: self.height,
            rgba,
        }
    }

    /// Copies another picture into this one with its top left at (`left`, `top`).
    pub fn paste(&mut self, other: &Picture, left: usize, top: usize) {
        for y in 0..other.height {
            for x in 0..other.width {
                self.set(left + x, top + y, other.pixel(x, y));
            }
        }
    }
}
