use std::rc::Rc;

use glifo::FontEmbolden;
use kinora_film::{Blend, Geometry, GlyphRun, Node, Paint, Shape};
use kurbo::{Affine, Rect, Shape as _};
use vello_cpu::{
    RenderContext,
    kurbo::Diagonal2,
    peniko::{ImageQuality, ImageSampler},
};

use super::{Renderer, brush, image::Image, seam};
use crate::{
    Assets, bounds,
    effect::{self, Effect, Effects},
    font::Font,
    hsl,
    scene::{Clip, Content, Item, Layer, Placed, TextureSource},
    view::View,
};

/// One pass over a list of items.
pub(super) struct Pass<'a> {
    pub renderer: &'a mut Renderer,
    pub context: &'a mut RenderContext,
    pub view: View,
    pub assets: &'a dyn Assets,
    /// The clips that are on, by number.
    pub clips: Vec<u64>,
}

impl Pass<'_> {
    pub fn draw(&mut self, items: &[Item]) {
        for item in items {
            if item.bounds.meets(self.view.rect) {
                self.draw_item(item);
            }
        }
    }

    fn draw_item(&mut self, item: &Item) {
        match &item.content {
            Content::Leaf {
                node,
                transform,
                opacity,
                font,
            } => {
                self.enter_clips(item);
                self.context
                    .set_transform(self.view.transform() * *transform);
                self.leave_edge(node, font.as_ref());
                match (&**node, font) {
                    (Node::Shape(shape), _) => self.draw_shape(shape, *opacity),
                    (Node::Glyphs(run), Some(font)) => self.draw_glyphs(run, font, *opacity),
                    _ => {}
                }
            }
            Content::Picture(placed) => {
                self.enter_clips(item);
                self.draw_picture(placed);
            }
            Content::Layer(layer) => self.draw_layer(item, layer),
        }
    }

    /// Turns on exactly the clips that take something from the item.
    fn enter_clips(&mut self, item: &Item) {
        let seen = item.bounds.intersect(self.view.rect);
        let mut wanted: Vec<&Clip> = Vec::new();
        let mut next = item.clip.as_deref();
        while let Some(clip) = next {
            if !clip.inside.contains(seen) {
                wanted.push(clip);
            }
            next = clip.outer.as_deref();
        }
        wanted.reverse();
        let common = wanted
            .iter()
            .zip(&self.clips)
            .take_while(|(clip, id)| clip.id == **id)
            .count();
        self.leave_clips(common);
        for clip in &wanted[common..] {
            self.push_clip(clip);
        }
    }

    /// Moves what would make the rasteriser panic: see [`seam`].
    fn leave_edge(&mut self, node: &Node, font: Option<&Font>) {
        let patterned = || {
            node.paints()
                .any(|paint| matches!(paint, Paint::Pattern(_)))
        };
        if self.clips.is_empty() && !patterned() {
            return;
        }
        let (transform, width) = (*self.context.transform(), self.view.width());
        let moved = match (node, font) {
            (Node::Shape(shape), _) => seam::off_edge_of(&shape.geometry, transform, width),
            (Node::Glyphs(run), Some(font)) => {
                seam::off_edge_within(bounds::glyphs(run, font.extent), transform, width)
            }
            _ => return,
        };
        self.context.set_transform(moved);
    }

    pub fn leave_clips(&mut self, count: usize) {
        while self.clips.len() > count {
            self.clips.pop();
            self.context.pop_clip();
        }
    }

    fn push_clip(&mut self, clip: &Clip) {
        let Node::Group(group) = &*clip.group else {
            return;
        };
        let Some(shape) = &group.clip else {
            return;
        };
        self.clips.push(clip.id);
        self.context.set_aliasing_threshold(None);
        let transform = self.view.transform() * clip.transform;
        let width = self.view.width();
        self.context
            .set_transform(seam::off_edge_of(&shape.geometry, transform, width));
        match &shape.geometry {
            Geometry::Rect(rect) => self.context.push_clip_rect(&rect.abs()),
            geometry => {
                self.context.set_fill_rule(brush::fill_rule(shape.rule));
                self.context.push_clip_path(&geometry.to_path());
            }
        }
    }

    fn draw_shape(&mut self, shape: &Shape, opacity: f32) {
        let threshold = (!shape.antialias).then_some(127);
        self.context.set_aliasing_threshold(threshold);
        if shape.stroke_first {
            self.stroke_shape(shape, opacity);
        }
        if let Some(fill) = &shape.fill {
            self.with_paint(fill, opacity, |pass| {
                pass.context.set_fill_rule(brush::fill_rule(shape.rule));
                match &shape.geometry {
                    Geometry::Rect(rect) => pass.context.fill_rect(&rect.abs()),
                    geometry => pass.context.fill_path(&geometry.to_path()),
                }
            });
        }
        if !shape.stroke_first {
            self.stroke_shape(shape, opacity);
        }
        self.context.set_aliasing_threshold(None);
    }

    fn stroke_shape(&mut self, shape: &Shape, opacity: f32) {
        let Some(stroke) = shape.stroke.as_ref().filter(|stroke| stroke.width > 0.0) else {
            return;
        };
        let path = shape.geometry.to_path();
        let length = brush::length(&path);
        self.with_paint(&stroke.paint, opacity, |pass| {
            pass.context.set_stroke(brush::stroke(stroke, length));
            pass.context.stroke_path(&path);
        });
    }

    fn draw_glyphs(&mut self, run: &GlyphRun, font: &Font, opacity: f32) {
        if run.stroke_first {
            self.stroke_glyphs(run, font, opacity);
        }
        if let Some(fill) = &run.fill {
            self.with_paint(fill, opacity, |pass| pass.run_glyphs(run, font, false));
        }
        if !run.stroke_first {
            self.stroke_glyphs(run, font, opacity);
        }
    }

    fn stroke_glyphs(&mut self, run: &GlyphRun, font: &Font, opacity: f32) {
        let Some(stroke) = run.stroke.as_ref().filter(|stroke| stroke.width > 0.0) else {
            return;
        };
        self.with_paint(&stroke.paint, opacity, |pass| {
            // An outline of a glyph is seldom longer than ten times its size.
            let length = f64::from(run.size) * 10.0;
            pass.context.set_stroke(brush::stroke(stroke, length));
            pass.run_glyphs(run, font, true);
        });
    }

    fn run_glyphs(&mut self, run: &GlyphRun, font: &Font, stroke: bool) {
        let embolden = embolden(run, font, stroke, *self.context.transform());
        let resources = &mut self.renderer.resources;
        let mut builder = self
            .context
            .glyph_run(resources, &font.data)
            .font_size(run.size)
            .hint(false)
            .normalized_coords(&run.coords);
        if run.embolden != 0.0 {
            builder = builder.font_embolden(embolden);
        }
        if run.skew != 0.0 {
            let slant = libm::tan(f64::from(run.skew).to_radians());
            builder = builder.glyph_transform(Affine::skew(-slant.clamp(-10.0, 10.0), 0.0));
        }
        let glyphs = run.glyphs.iter().map(|glyph| vello_cpu::Glyph {
            id: glyph.id,
            x: glyph.x,
            y: glyph.y,
        });
        // A glyph that a font lacks leaves a gap, as it would anywhere else.
        let _ = if stroke {
            builder.stroke_glyphs(glyphs)
        } else {
            builder.fill_glyphs(glyphs)
        };
    }

    /// Draws with a paint; not at all if the paint paints nothing.
    fn with_paint(&mut self, paint: &Paint, opacity: f32, draw: impl FnOnce(&mut Self)) {
        match paint {
            Paint::Solid(color) => {
                self.context.set_paint(brush::color(*color, opacity));
                draw(self);
            }
            Paint::Gradient(gradient) => {
                if let Some(ramp) = brush::gradient(gradient, opacity) {
                    self.context.set_paint(ramp);
                    self.context
                        .set_paint_transform(brush::gradient_transform(&gradient.kind));
                    draw(self);
                    self.context.reset_paint_transform();
                }
            }
            Paint::Pattern(pattern) => {
                let pictures = &mut self.renderer.pictures;
                let Some(texture) = pictures.still(pattern.asset, self.assets) else {
                    return;
                };
                let size = texture.size();
                let (image, place) = texture.version((1.0, 1.0), true);
                let paint = brush::pattern(pattern, &image, opacity);
                let shape_space = *self.context.transform();
                let tile = brush::pattern_extent(pattern.repetition, size);
                if let Some(extent) = tile {
                    let extent = Geometry::Rect(extent);
                    let transform = shape_space * pattern.transform;
                    let width = self.view.width();
                    self.context
                        .set_transform(seam::off_edge_of(&extent, transform, width));
                    self.context.push_clip_path(&extent.to_path());
                    self.context.set_transform(shape_space);
                }
                self.context.set_paint(paint);
                self.context.set_paint_transform(pattern.transform * place);
                draw(self);
                self.context.reset_paint_transform();
                if tile.is_some() {
                    self.context.pop_clip();
                }
            }
        }
    }

    fn draw_picture(&mut self, placed: &Placed) {
        let pictures = &mut self.renderer.pictures;
        let texture = match &placed.source {
            TextureSource::Still(id) => pictures.still(*id, self.assets),
            TextureSource::Video(id, _) => pictures.video_texture(*id),
        };
        let Some(texture) = texture else {
            return;
        };
        let (width, height) = texture.size();
        let transform = self.view.transform() * placed.transform;
        let rect = placed.rect;
        let natural = (
            rect.width() / f64::from(width),
            rect.height() / f64::from(height),
        );
        let [a, b, c, d, _, _] = transform.as_coeffs();
        let scale = (
            (a * a + b * b).sqrt() * natural.0.abs(),
            (c * c + d * d).sqrt() * natural.1.abs(),
        );
        let (image, place) = texture.version(scale, placed.smoothing);
        let sampler = ImageSampler {
            quality: if placed.smoothing {
                ImageQuality::Medium
            } else {
                ImageQuality::Low
            },
            alpha: placed.opacity,
            ..ImageSampler::default()
        };
        self.context.set_transform(transform);
        self.context.set_paint(brush::image(&image, sampler));
        self.context.set_paint_transform(
            Affine::translate((rect.x0, rect.y0))
                * Affine::scale_non_uniform(natural.0, natural.1)
                * place,
        );
        self.context.fill_rect(&rect.abs());
        self.context.reset_paint_transform();
    }

    fn draw_layer(&mut self, item: &Item, layer: &Layer) {
        let effects = (!layer.effects.is_empty()).then(|| self.effects(item.id, layer));
        if let Some(shadow) = effects.as_ref().and_then(|effects| effects.shadow.as_ref()) {
            self.draw_whole(item, layer, shadow);
        }
        match effects.as_ref().map(|effects| &effects.picture) {
            Some(Some(picture)) => {
                self.draw_whole(item, layer, picture);
            }
            _ if layer.effects.filters.is_empty() => {
                self.draw_piece(item, layer, |pass| pass.draw_scope(&layer.items));
            }
            _ => {}
        }
    }

    /// Draws a finished picture with the layer's clip, opacity and blend mode.
    fn draw_whole(&mut self, item: &Item, layer: &Layer, effect: &Effect) {
        if layer.blend == Blend::SourceOver {
            self.enter_clips(item);
            self.draw_effect(effect, layer.opacity);
        } else {
            self.draw_piece(item, layer, |pass| pass.draw_effect(effect, 1.0));
        }
    }

    /// Draws items that blend with each other and nothing else.
    fn draw_scope(&mut self, items: &[Item]) {
        if !items.iter().any(|item| hsl::is_hsl(item.blend())) {
            return self.draw(items);
        }
        let mut pixels = Vec::new();
        self.renderer
            .render(items, self.view, self.assets, &mut pixels);
        let (width, height) = (self.view.width(), self.view.height());
        self.draw_window(Image::new(pixels, width, height, false));
    }

    /// Draws a picture of the whole view.
    pub fn draw_window(&mut self, image: Image) {
        let size = (image.width() as f64, image.height() as f64);
        let sampler = ImageSampler {
            quality: ImageQuality::Low,
            ..ImageSampler::default()
        };
        self.context.set_transform(Affine::IDENTITY);
        self.context.set_paint(brush::image(&image, sampler));
        self.context.reset_paint_transform();
        self.context.set_aliasing_threshold(None);
        self.context
            .fill_rect(&Rect::from_origin_size((0.0, 0.0), size));
    }

    /// Draws one piece of a layer with the layer's clip, opacity and blend mode.
    fn draw_piece(&mut self, item: &Item, layer: &Layer, draw: impl FnOnce(&mut Self)) {
        self.enter_clips(item);
        // A clip acts on the whole of the layer, once.
        let clip = (!self.clips.is_empty()).then(|| {
            let (width, height) = (self.view.width() as f64, self.view.height() as f64);
            Rect::new(0.0, 0.0, width, height).to_path(0.1)
        });
        let blend = match hsl::is_hsl(layer.blend) {
            true => Blend::SourceOver,
            false => layer.blend,
        };
        let plain = layer.opacity >= 1.0 && blend == Blend::SourceOver;
        let isolates = !plain || clip.is_some() || layer.isolates();
        if isolates {
            self.context.set_aliasing_threshold(None);
            self.context.set_transform(Affine::IDENTITY);
            self.context.push_layer(
                clip.as_ref(),
                Some(brush::blend(blend)),
                Some(layer.opacity),
                None,
                None,
            );
        }
        self.leave_clips(0);
        draw(self);
        self.leave_clips(0);
        if isolates {
            self.context.pop_layer();
        }
    }

    fn effects(&mut self, id: u64, layer: &Layer) -> Rc<Effects> {
        if let Some(effects) = self.renderer.effects.get(&id) {
            return Rc::clone(effects);
        }
        let (canvas, level, assets) = (self.view.canvas, self.renderer.level, self.assets);
        let pool = self.renderer.pool.clone();
        let effects = Rc::new(effect::make(layer, canvas, level, &pool, &mut |view| {
            let mut pixels = pool.bytes(view.width() * view.height() * 4);
            self.renderer
                .render(&layer.items, view, assets, &mut pixels);
            pixels
        }));
        self.renderer.effects.insert(id, Rc::clone(&effects));
        effects
    }

    fn draw_effect(&mut self, effect: &Effect, opacity: f32) {
        let transform = self.view.transform();
        let quality = if self.view.reduction == 1 {
            ImageQuality::Low
        } else {
            ImageQuality::Medium
        };
        let sampler = ImageSampler {
            quality,
            alpha: opacity,
            ..ImageSampler::default()
        };
        let origin = (f64::from(effect.rect.x0), f64::from(effect.rect.y0));
        self.context.set_transform(transform);
        self.context.set_paint(brush::image(&effect.image, sampler));
        self.context.set_paint_transform(Affine::translate(origin));
        self.context.set_aliasing_threshold(None);
        self.context.fill_rect(&effect.rect.to_rect());
        self.context.reset_paint_transform();
    }
}

/// How far each edge of an emboldened glyph moves, in the units of the outlines
/// that the rasteriser expands: the font's own to fill them, pixels to stroke
/// them, which include an upright transform's scale.
fn embolden(run: &GlyphRun, font: &Font, stroke: bool, transform: Affine) -> FontEmbolden {
    let [a, b, c, d, _, _] = transform.as_coeffs();
    let upright = a == d && b == 0.0 && c == 0.0 && d > 0.0 && run.skew == 0.0;
    let unit = match stroke {
        false => font.em / f64::from(run.size),
        true if upright => d,
        true => 1.0,
    };
    let amount = f64::from(run.embolden) / 2.0 * unit;
    FontEmbolden::new(Diagonal2::new(amount, amount)).with_tolerance(0.05 * unit)
}
