//! What filters and shadows make of a picture, and how far they reach.

use kinora_film::{Filter, Shadow};

use crate::{
    SimdLevel,
    blur::{self, Samples},
    filter,
    pool::Pool,
    rect::PixelRect,
    scene::{Content, Item, Layer},
    vello::image::Image,
    view::View,
};

/// What is done to a layer's picture, in this order.
pub(crate) struct EffectList {
    pub filters: Vec<Filter>,
    pub shadow: Option<Shadow>,
}

impl EffectList {
    /// Whether nothing is done.
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty() && self.shadow.is_none()
    }

    /// What is touched within the canvas of a picture that touched `rect`, after
    /// the filters.
    pub fn filtered(&self, rect: PixelRect, canvas: PixelRect) -> PixelRect {
        let step = |rect: PixelRect, filter: &Filter| match filter.reach() {
            0.0 => rect,
            reach => rect.grown(reach.ceil() as i32).intersect(canvas),
        };
        self.filters.iter().fold(rect, step)
    }

    /// What the shadow touches within the canvas.
    pub fn shaded(&self, rect: PixelRect, canvas: PixelRect) -> PixelRect {
        let Some(shadow) = &self.shadow else {
            return PixelRect::default();
        };
        let rect = self.filtered(rect, canvas);
        let rect = rect.grown(shadow.reach().ceil() as i32);
        if rect.is_empty() {
            return rect;
        }
        let moved = rect.to_rect() + kurbo::Vec2::new(shadow.dx, shadow.dy);
        PixelRect::around(moved).intersect(canvas)
    }

    /// What picture and shadow touch within the canvas.
    pub fn touched(&self, rect: PixelRect, canvas: PixelRect) -> PixelRect {
        self.filtered(rect, canvas).union(self.shaded(rect, canvas))
    }
}

/// What a layer's effects made of it.
pub(crate) struct Effects {
    pub shadow: Option<Effect>,
    /// The filtered picture; none when there is no filter.
    pub picture: Option<Effect>,
}

/// A picture that stands at whole pixels of the canvas.
pub(crate) struct Effect {
    pub image: Image,
    pub rect: PixelRect,
}

/// Premultiplied pixels over a part of the canvas.
struct Surface {
    rgba: Vec<u8>,
    rect: PixelRect,
}

/// Makes the filtered picture and the shadow of a layer, whose items `render`
/// draws on a window. What lies outside of the canvas takes no part: blurs fade
/// towards its edges.
pub(crate) fn make(
    layer: &Layer,
    canvas: PixelRect,
    level: SimdLevel,
    pool: &Pool,
    render: &mut dyn FnMut(View) -> Vec<u8>,
) -> Effects {
    let list = &layer.effects;
    let view = |reduction: usize| View {
        rect: layer.touched,
        reduction,
        canvas,
    };
    let picture = (!list.filters.is_empty()).then(|| {
        let rgba = render(view(1));
        let rect = layer.touched;
        filtered(Surface { rgba, rect }, &list.filters, canvas, level, pool)
    });
    let shadow = list.shadow.and_then(|shadow| {
        let rect = list.shaded(layer.touched, canvas);
        let (alpha, source, reduction) = match &picture {
            Some(picture) => (opacities(&picture.rgba), picture.rect, 1),
            None => {
                let vector = layer.items.iter().all(is_vector);
                let wanted = blur::reduction(shadow.deviation);
                let reduction = if vector { wanted } else { 1 };
                let rgba = render(view(reduction));
                let alpha = opacities(&rgba);
                pool.keep_bytes(rgba);
                (alpha, layer.touched, reduction)
            }
        };
        let samples = Samples {
            values: &alpha,
            channels: 1,
            rect: source,
            reduction,
        };
        shade(&samples, shadow, rect, level, pool)
    });
    Effects {
        shadow,
        picture: picture.and_then(Surface::finish),
    }
}

/// How many pixels of a shadow are looked at together.
const RUN: usize = 32;

/// Whether an item can be drawn at a smaller size as well as any other way.
fn is_vector(item: &Item) -> bool {
    match &item.content {
        Content::Leaf { .. } | Content::Picture(_) => true,
        Content::Layer(layer) => layer.effects.is_empty() && layer.items.iter().all(is_vector),
    }
}

fn opacities(rgba: &[u8]) -> Vec<u8> {
    rgba.chunks_exact(4).map(|pixel| pixel[3]).collect()
}

fn filtered(
    mut surface: Surface,
    filters: &[Filter],
    canvas: PixelRect,
    level: SimdLevel,
    pool: &Pool,
) -> Surface {
    let mut colors = Vec::new();
    for filter in filters {
        match filter {
            Filter::Blur(deviation) => {
                if !colors.is_empty() {
                    filter::apply(&mut surface.rgba, &std::mem::take(&mut colors), level);
                }
                let sharp = surface;
                surface = blurred(&sharp, *deviation, canvas, level, pool);
                pool.keep_bytes(sharp.rgba);
            }
            _ => colors.extend(filter::color_filter(filter)),
        }
    }
    if !colors.is_empty() {
        filter::apply(&mut surface.rgba, &colors, level);
    }
    surface
}

fn blurred(
    surface: &Surface,
    deviation: f64,
    canvas: PixelRect,
    level: SimdLevel,
    pool: &Pool,
) -> Surface {
    let reach = Filter::Blur(deviation).reach().ceil() as i32;
    let rect = surface.rect.grown(reach).intersect(canvas);
    let samples = Samples {
        values: &surface.rgba,
        channels: 4,
        rect: surface.rect,
        reduction: 1,
    };
    let mut rgba = pool.bytes(rect.width() * rect.height() * 4);
    let blurred = blur::blur(&samples, deviation, level, pool);
    blurred.rows(rect, (0.0, 0.0), |_, row| {
        rgba.extend(row.iter().map(|value| blur::byte(*value)));
    });
    blurred.recycle(pool);
    Surface { rgba, rect }
}

/// The shadow of something with these opacities, over `rect`.
fn shade(
    alpha: &Samples<'_>,
    shadow: Shadow,
    rect: PixelRect,
    level: SimdLevel,
    pool: &Pool,
) -> Option<Effect> {
    if rect.is_empty() {
        return None;
    }
    let color = shadow.color;
    let opacity = color.a * 255.0;
    let full = [
        color.r * opacity,
        color.g * opacity,
        color.b * opacity,
        opacity,
    ];
    let tinted: Vec<[u8; 4]> = (0..=255_u8)
        .map(|mask| full.map(|value| (value * f32::from(mask) / 255.0 + 0.5) as u8))
        .collect();
    let stride = rect.width() * 4;
    let mut rgba = pool.bytes(stride * rect.height());
    rgba.resize(stride * rect.height(), 0);
    let blurred = blur::blur(alpha, shadow.deviation, level, pool);
    blurred.rows(rect, (shadow.dx, shadow.dy), |number, row| {
        let pixels = rgba[number * stride..][..stride].chunks_mut(RUN * 4);
        for (pixels, values) in pixels.zip(row.chunks(RUN)) {
            // Much of a shadow is nothing.
            if values.iter().fold(0, |any, value| any | value) == 0 {
                continue;
            }
            for (pixel, value) in pixels.chunks_exact_mut(4).zip(values) {
                pixel.copy_from_slice(&tinted[usize::from(blur::byte(*value))]);
            }
        }
    });
    blurred.recycle(pool);
    Surface { rgba, rect }.finish()
}

impl Effects {
    /// Gives the memory of the pictures back.
    pub fn recycle(self, pool: &Pool) {
        for effect in [self.shadow, self.picture].into_iter().flatten() {
            if let Some(memory) = effect.image.take() {
                pool.keep_bytes(memory);
            }
        }
    }
}

impl Surface {
    fn finish(self) -> Option<Effect> {
        let (width, height) = (self.rect.width(), self.rect.height());
        (width > 0 && height > 0).then(|| Effect {
            image: Image::new(self.rgba, width, height, false),
            rect: self.rect,
        })
    }
}
