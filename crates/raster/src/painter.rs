use kinora_film::{Color, Drawing, Size};

use crate::{
    Assets, RasterError, SimdLevel, YuvView,
    backdrop::{Backdrop, BackdropPlanes},
    font::Fonts,
    planes::{self, Planes},
    rect::PixelRect,
    scene::{self, Flattener, Item, Numbers},
    tiles::Tiles,
    vello::Renderer,
};

/// Draws the frames of one canvas.
///
/// A painter remembers the last frame and draws only what differs from it; what
/// comes out depends on the frame alone.
pub struct Painter {
    size: Size,
    /// The canvas, made even.
    canvas: PixelRect,
    renderer: Renderer,
    fonts: Fonts,
    numbers: Numbers,
    tiles: Tiles,
    rgba: Vec<u8>,
    rgba_drawn: Vec<Drawn>,
    planes: Planes,
    backdrop: Option<BackdropPlanes>,
    planes_drawn: Vec<Drawn>,
    /// The frame and background that the planes show.
    shown: Option<(Drawing, Color)>,
}

/// Which state of a tile an output shows.
#[derive(Clone, Copy, Default)]
struct Drawn {
    version: u64,
    rect: PixelRect,
}

impl Painter {
    /// The longest side of a canvas in pixels.
    pub const MAX_SIDE: u32 = 16_384;

    /// A painter for a canvas of `size`.
    ///
    /// # Errors
    /// When the canvas is empty or a side is longer than [`Painter::MAX_SIDE`].
    pub fn new(size: Size, level: SimdLevel) -> Result<Self, RasterError> {
        let Size { width, height } = size;
        let sides = 1..=Self::MAX_SIDE;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(RasterError::Size { width, height });
        }
        let canvas = PixelRect::new(0, 0, width as i32, height as i32).even();
        let tiles = Tiles::new(canvas);
        let drawn = vec![Drawn::default(); tiles.tiles.len()];
        Ok(Self {
            size,
            canvas,
            renderer: Renderer::new(level),
            fonts: Fonts::default(),
            numbers: Numbers::default(),
            tiles,
            rgba: Vec::new(),
            rgba_drawn: drawn.clone(),
            planes: Planes::new(canvas.width(), canvas.height()),
            backdrop: None,
            planes_drawn: drawn,
            shown: None,
        })
    }

    /// The frame on a transparent background: premultiplied RGBA, rows from the
    /// top without gaps, exactly the canvas.
    pub fn rgba(&mut self, frame: &Drawing, assets: &dyn Assets) -> &[u8] {
        let items = self.flatten(frame, assets);
        self.tiles.draw(&items, &mut self.renderer, assets);
        self.end_frame();
        let (width, height) = (self.size.width as usize, self.size.height as usize);
        self.rgba.resize(width * height * 4, 0);
        let exact = PixelRect::new(0, 0, width as i32, height as i32);
        for (tile, drawn) in self.tiles.tiles.iter().zip(&mut self.rgba_drawn) {
            if tile.version == drawn.version {
                continue;
            }
            let old = drawn.rect.intersect(exact);
            for y in old.y0..old.y1 {
                let start = (y as usize * width + old.x0 as usize) * 4;
                self.rgba[start..][..old.width() * 4].fill(0);
            }
            let new = tile.rect.intersect(exact);
            let rows = tile.pixels.chunks_exact((tile.rect.width() * 4).max(1));
            for (y, row) in (new.y0..new.y1).zip(rows) {
                let start = (y as usize * width + new.x0 as usize) * 4;
                let length = new.width() * 4;
                self.rgba[start..][..length].copy_from_slice(&row[..length]);
            }
            *drawn = Drawn {
                version: tile.version,
                rect: tile.rect,
            };
        }
        &self.rgba
    }

    /// The frame in YUV over `background`, and that over black. An odd canvas
    /// gets one more column or row.
    pub fn yuv(&mut self, frame: &Drawing, background: Color, assets: &dyn Assets) -> YuvView<'_> {
        let stands = |(shown, color): &(Drawing, Color)| shown.same(frame) && *color == background;
        if !self.shown.as_ref().is_some_and(stands) {
            self.draw_planes(frame, background, assets);
            self.shown = Some((frame.clone(), background));
        }
        let size = (self.canvas.width(), self.canvas.height());
        YuvView {
            width: size.0 as u32,
            height: size.1 as u32,
            y: &self.planes.y,
            y_stride: size.0,
            u: &self.planes.u,
            v: &self.planes.v,
            uv_stride: size.0 / 2,
        }
    }

    fn draw_planes(&mut self, frame: &Drawing, background: Color, assets: &dyn Assets) {
        let level = self.renderer.level;
        let mut items = self.flatten(frame, assets);
        let pictures = &mut self.renderer.pictures;
        let backdrop = scene::split_backdrop(&mut items, self.canvas, pictures, assets);
        let backdrop = backdrop.unwrap_or_else(|| {
            let [r, g, b, a] = [background.r, background.g, background.b, background.a];
            let over_black = [r, g, b].map(|channel| (channel * a * 255.0 + 0.5) as u8);
            Backdrop::Color(planes::color(over_black, level))
        });
        self.tiles.draw(&items, &mut self.renderer, assets);
        self.end_frame();
        let stands = self
            .backdrop
            .take()
            .filter(|laid| laid.backdrop().same_as(&backdrop));
        let size = (self.canvas.width(), self.canvas.height());
        let changed = stands.is_none();
        let laid = stands.unwrap_or_else(|| BackdropPlanes::new(backdrop, size, level));
        if changed {
            laid.lay_all(&mut self.planes);
        }
        for (tile, drawn) in self.tiles.tiles.iter().zip(&mut self.planes_drawn) {
            if !changed {
                if tile.version == drawn.version {
                    continue;
                }
                laid.lay(&mut self.planes, drawn.rect);
                laid.lay(&mut self.planes, tile.rect);
            }
            self.planes.blend(tile.rect, &tile.pixels, level);
            *drawn = Drawn {
                version: tile.version,
                rect: tile.rect,
            };
        }
        self.backdrop = Some(laid);
    }

    fn flatten(&mut self, frame: &Drawing, assets: &dyn Assets) -> Vec<Item> {
        Flattener {
            canvas: self.canvas,
            numbers: &mut self.numbers,
            fonts: &mut self.fonts,
            pictures: &mut self.renderer.pictures,
            assets,
        }
        .flatten(frame)
    }

    fn end_frame(&mut self) {
        self.numbers.end_frame();
        self.renderer.end_frame(&self.numbers);
    }
}
