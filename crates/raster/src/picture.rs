use std::{collections::HashMap, sync::Arc};

use kinora_film::AssetId;
use kurbo::{Affine, Rect};

use crate::{
    Assets, Matrix, SimdLevel, Still, VideoPicture, YuvPlanes, YuvSource, kernel,
    kernel::Kernel,
    planes::{self, Planes},
    rgb,
    vello::image::Image,
};

/// A picture to draw from, at full size and reduced.
pub(crate) struct Texture {
    width: u32,
    height: u32,
    opaque: bool,
    level: SimdLevel,
    /// By how often width and height were halved.
    reduced: HashMap<(u32, u32), Image>,
}

impl Texture {
    fn new(
        mut rgba: Vec<u8>,
        width: u32,
        height: u32,
        opaque: bool,
        level: SimdLevel,
    ) -> Option<Self> {
        let (mut columns, mut rows) = (width as usize, height as usize);
        if columns == 0 || rows == 0 || rgba.len() != columns * rows * 4 {
            return None;
        }
        let mut halvings = (0, 0);
        while columns > LARGEST {
            (rgba, columns) = (halve_across(&rgba, columns, level), columns.div_ceil(2));
            halvings.0 += 1;
        }
        while rows > LARGEST {
            (rgba, rows) = (halve_down(&rgba, columns, level), rows.div_ceil(2));
            halvings.1 += 1;
        }
        let image = Image::new(rgba, columns, rows, opaque);
        Some(Self {
            width,
            height,
            opaque,
            level,
            reduced: HashMap::from([(halvings, image)]),
        })
    }

    /// The picture's own size in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// A version to draw with `scale` (canvas pixels per pixel of the picture,
    /// along each axis) and the transform from its pixels to the picture's.
    ///
    /// A smoothed picture that shrinks to less than half is reduced by averaging
    /// first, since the rasteriser looks at four pixels only.
    pub fn version(&mut self, scale: (f64, f64), smoothing: bool) -> (Image, Affine) {
        let least = self.reduced.keys().copied().min().unwrap_or_default();
        let halvings = |scale: f64, side: u32, least: u32| {
            let mut count = 0;
            let mut rest = scale;
            while smoothing && rest < 0.5 && (side >> count) > 1 {
                rest *= 2.0;
                count += 1;
            }
            count.max(least)
        };
        let wanted = (
            halvings(scale.0, self.width, least.0),
            halvings(scale.1, self.height, least.1),
        );
        let image = self.reduce(wanted, least);
        let factor = |halvings: u32| f64::from(1_u32 << halvings);
        let transform = Affine::scale_non_uniform(factor(wanted.0), factor(wanted.1));
        (image, transform)
    }

    fn reduce(&mut self, wanted: (u32, u32), least: (u32, u32)) -> Image {
        if let Some(image) = self.reduced.get(&wanted) {
            return image.clone();
        }
        let across = wanted.0 > least.0;
        let from = if across {
            (wanted.0 - 1, wanted.1)
        } else {
            (wanted.0, wanted.1 - 1)
        };
        let source = self.reduce(from, least);
        let (columns, rows) = (source.width(), source.height());
        let rgba = source.rgba();
        let image = if across {
            Image::new(
                halve_across(rgba, columns, self.level),
                columns.div_ceil(2),
                rows,
                self.opaque,
            )
        } else {
            Image::new(
                halve_down(rgba, columns, self.level),
                columns,
                rows.div_ceil(2),
                self.opaque,
            )
        };
        self.reduced.insert(wanted, image.clone());
        image
    }
}

/// The longest side the rasteriser takes, less a margin for its arithmetic.
const LARGEST: usize = 32_768;

fn mean(a: u8, b: u8) -> u8 {
    (u16::from(a) + u16::from(b)).div_ceil(2) as u8
}

fn halve_across(rgba: &[u8], width: usize, level: SimdLevel) -> Vec<u8> {
    let mut out = vec![0; rgba.len() / width * width.div_ceil(2)];
    kernel::run(
        level,
        HalveAcross {
            rgba,
            width,
            out: &mut out,
        },
    );
    out
}

struct HalveAcross<'a> {
    rgba: &'a [u8],
    width: usize,
    out: &'a mut [u8],
}

impl Kernel for HalveAcross<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let half = self.width.div_ceil(2) * 4;
        let rows = self.rgba.chunks_exact(self.width * 4);
        for (row, out) in rows.zip(self.out.chunks_exact_mut(half)) {
            let mut pairs = row.chunks_exact(8);
            for (pair, out) in (&mut pairs).zip(out.chunks_exact_mut(4)) {
                for channel in 0..4 {
                    out[channel] = mean(pair[channel], pair[channel + 4]);
                }
            }
            let rest = pairs.remainder();
            out[half - rest.len()..].copy_from_slice(rest);
        }
    }
}

fn halve_down(rgba: &[u8], width: usize, level: SimdLevel) -> Vec<u8> {
    let height = rgba.len() / (width * 4);
    let mut out = vec![0; width * 4 * height.div_ceil(2)];
    kernel::run(
        level,
        HalveDown {
            rgba,
            width,
            out: &mut out,
        },
    );
    out
}

struct HalveDown<'a> {
    rgba: &'a [u8],
    width: usize,
    out: &'a mut [u8],
}

impl Kernel for HalveDown<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let stride = self.width * 4;
        let pairs = self.rgba.chunks(stride * 2);
        for (pair, out) in pairs.zip(self.out.chunks_exact_mut(stride)) {
            let (above, below) = pair.split_at(stride);
            let below = if below.is_empty() { above } else { below };
            for ((out, above), below) in out.iter_mut().zip(above).zip(below) {
                *out = mean(*above, *below);
            }
        }
    }
}

/// The pictures that frames draw, each turned into the rasteriser's form once.
pub(crate) struct Pictures {
    level: SimdLevel,
    stills: HashMap<AssetId, Option<Texture>>,
    /// Opaque stills in YUV by their (reduced) size, with their numbers.
    still_planes: HashMap<(AssetId, usize, usize), (u64, VideoPicture)>,
    videos: Vec<Video>,
    next_id: u64,
}

struct Video {
    asset: AssetId,
    id: u64,
    picture: VideoPicture,
    texture: Option<Option<Texture>>,
    used: bool,
}

impl Pictures {
    pub fn new(level: SimdLevel) -> Self {
        Self {
            level,
            stills: HashMap::new(),
            still_planes: HashMap::new(),
            videos: Vec::new(),
            next_id: 1,
        }
    }

    pub fn level(&self) -> SimdLevel {
        self.level
    }

    /// The still, unless it is not at hand.
    pub fn still(&mut self, id: AssetId, assets: &dyn Assets) -> Option<&mut Texture> {
        let level = self.level;
        self.stills
            .entry(id)
            .or_insert_with(|| assets.still(id).and_then(|still| texture(&still, level)))
            .as_mut()
    }

    /// An opaque still in YUV, drawn on `rect` of the canvas: the reduced version
    /// that fits, a number that no other picture has, and the rectangle that this
    /// version fills (an odd one reaches a little further).
    pub fn still_planes(
        &mut self,
        id: AssetId,
        rect: Rect,
        smoothing: bool,
        assets: &dyn Assets,
    ) -> Option<(u64, VideoPicture, Rect)> {
        let level = self.level;
        let texture = self.still(id, assets).filter(|texture| texture.opaque)?;
        let (width, height) = texture.size();
        let scale = (
            rect.width() / f64::from(width),
            rect.height() / f64::from(height),
        );
        let (image, place) = texture.version(scale, smoothing);
        let [across, _, _, down, _, _] = place.as_coeffs();
        let (columns, rows) = (image.width(), image.height());
        let filled = Rect::new(
            rect.x0,
            rect.y0,
            rect.x0 + columns as f64 * across * scale.0,
            rect.y0 + rows as f64 * down * scale.1,
        );
        let next_id = &mut self.next_id;
        let (id, picture) = self
            .still_planes
            .entry((id, columns, rows))
            .or_insert_with(|| {
                let source = StillPlanes {
                    size: (columns as u32, rows as u32),
                    planes: planes::of_still(image.rgba(), columns, rows, level),
                };
                *next_id += 1;
                (*next_id - 1, VideoPicture::Yuv(Arc::new(source)))
            });
        Some((*id, picture.clone(), filled))
    }

    /// The picture of a video that is on at `time`, and a number that is equal
    /// for equal pictures; the number stays known while every frame asks for it.
    pub fn video(
        &mut self,
        asset: AssetId,
        time: f64,
        assets: &dyn Assets,
    ) -> Option<(u64, VideoPicture)> {
        let picture = assets.video(asset, time)?;
        let known = self
            .videos
            .iter_mut()
            .find(|video| video.asset == asset && video.picture.same_as(&picture));
        if let Some(video) = known {
            video.used = true;
            return Some((video.id, picture));
        }
        let id = self.next_id;
        self.next_id += 1;
        self.videos.push(Video {
            asset,
            id,
            picture: picture.clone(),
            texture: None,
            used: true,
        });
        Some((id, picture))
    }

    /// The picture with this number as a texture.
    pub fn video_texture(&mut self, id: u64) -> Option<&mut Texture> {
        let level = self.level;
        let video = self.videos.iter_mut().find(|video| video.id == id)?;
        let picture = &video.picture;
        video
            .texture
            .get_or_insert_with(|| match picture {
                VideoPicture::Yuv(source) => {
                    let planes = source.planes();
                    let rgba = rgb::from_yuv(&planes, level)?;
                    Texture::new(rgba, planes.width, planes.height, true, level)
                }
                VideoPicture::Rgba(still) => texture(still, level),
            })
            .as_mut()
    }

    /// Lets go of pictures that this frame did not ask for.
    pub fn end_frame(&mut self) {
        self.videos.retain(|video| video.used);
        for video in &mut self.videos {
            video.used = false;
        }
    }
}

/// A still as a decoder would give it.
struct StillPlanes {
    size: (u32, u32),
    planes: Planes,
}

impl YuvSource for StillPlanes {
    fn planes(&self) -> YuvPlanes<'_> {
        let source = self.planes.source();
        YuvPlanes {
            width: self.size.0,
            height: self.size.1,
            y: source.y,
            y_stride: source.y_stride,
            u: source.u,
            v: source.v,
            uv_stride: source.uv_stride,
            matrix: Matrix::Bt709,
            full_range: false,
        }
    }
}

fn texture(still: &Still, level: SimdLevel) -> Option<Texture> {
    let rgba = still.rgba.clone();
    Texture::new(rgba, still.width, still.height, still.opaque, level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level() -> SimdLevel {
        SimdLevel::detect()
    }

    #[test]
    fn halving_averages_and_keeps_an_odd_last_pixel() {
        let row = [[0, 10, 20, 30], [2, 20, 40, 255], [9, 9, 9, 9]].concat();
        assert_eq!(halve_across(&row, 3, level()), [1, 15, 30, 143, 9, 9, 9, 9]);
        assert_eq!(halve_down(&row, 1, level()), [1, 15, 30, 143, 9, 9, 9, 9]);
    }

    #[test]
    fn a_version_is_at_most_twice_as_large_as_drawn() {
        let mut texture = Texture::new(vec![255; 64 * 16 * 4], 64, 16, true, level()).unwrap();
        let mut size = |scale: (f64, f64), smoothing: bool| {
            let (image, transform) = texture.version(scale, smoothing);
            let [a, _, _, d, _, _] = transform.as_coeffs();
            (image.width(), image.height(), a, d)
        };
        assert_eq!(size((1.0, 1.0), true), (64, 16, 1.0, 1.0));
        assert_eq!(size((0.5, 0.3), true), (64, 8, 1.0, 2.0));
        assert_eq!(size((0.1, 0.01), true), (8, 1, 8.0, 16.0));
        assert_eq!(size((0.1, 0.01), false), (64, 16, 1.0, 1.0));
    }

    #[test]
    fn pictures_that_are_not_what_they_say_are_not_drawn() {
        assert!(Texture::new(vec![0; 15], 2, 2, true, level()).is_none());
        assert!(Texture::new(Vec::new(), 0, 5, true, level()).is_none());
    }
}
