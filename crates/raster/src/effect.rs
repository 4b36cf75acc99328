use std::sync::Arc;

use kinora_film::{Filter, Shadow};
use vello_cpu::Pixmap;

use crate::{
    Assets, SimdLevel,
    blur::{self, Samples},
    filter, picture,
    rect::PixelRect,
    scene::{Content, Item, Layer},
    workshop::{Effects, View, Workshop},
};

/// A picture that stands at whole pixels of the canvas.
pub(crate) struct Effect {
    pub pixmap: Arc<Pixmap>,
    pub rect: PixelRect,
}

/// Premultiplied pixels over a part of the canvas.
struct Surface {
    rgba: Vec<u8>,
    rect: PixelRect,
}

/// Makes the filtered picture and the shadow of a layer. What lies outside of
/// the canvas takes no part: blurs fade towards its edges.
pub(crate) fn make(
    workshop: &mut Workshop,
    layer: &Layer,
    canvas: PixelRect,
    assets: &dyn Assets,
) -> Effects {
    let level = workshop.level;
    let picture = (!layer.filters.is_empty()).then(|| {
        let rgba = render(workshop, layer, 1, canvas, assets);
        let rect = layer.reach;
        filtered(Surface { rgba, rect }, &layer.filters, canvas, level)
    });
    let shadow = layer.shadow.and_then(|shadow| {
        let rect = layer.shaded(canvas);
        let (alpha, source, reduction) = match &picture {
            Some(picture) => (opacities(&picture.rgba), picture.rect, 1),
            None => {
                let vector = layer.items.iter().all(is_vector);
                let wanted = blur::reduction(shadow.deviation);
                let reduction = if vector { wanted } else { 1 };
                let rgba = render(workshop, layer, reduction, canvas, assets);
                (opacities(&rgba), layer.reach, reduction)
            }
        };
        let samples = Samples {
            values: &alpha,
            channels: 1,
            rect: source,
            reduction,
        };
        shade(&samples, shadow, rect, level)
    });
    Effects {
        shadow,
        picture: picture.and_then(Surface::finish),
    }
}

fn render(
    workshop: &mut Workshop,
    layer: &Layer,
    reduction: usize,
    canvas: PixelRect,
    assets: &dyn Assets,
) -> Vec<u8> {
    let view = View {
        rect: layer.reach,
        reduction,
        canvas,
    };
    let mut pixels = Vec::new();
    workshop.render(&layer.items, view, assets, &mut pixels);
    pixels
}

/// Whether an item can be drawn at a smaller size as well as any other way.
fn is_vector(item: &Item) -> bool {
    match &item.content {
        Content::Leaf { .. } | Content::Picture(_) => true,
        Content::Layer(layer) => {
            layer.filters.is_empty() && layer.shadow.is_none() && layer.items.iter().all(is_vector)
        }
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
) -> Surface {
    let mut colors = Vec::new();
    for filter in filters {
        match filter {
            Filter::Blur(deviation) => {
                filter::apply(&mut surface.rgba, &std::mem::take(&mut colors), level);
                surface = blurred(&surface, *deviation, canvas, level);
            }
            _ => colors.extend(filter::color_filter(filter)),
        }
    }
    if !colors.is_empty() {
        filter::apply(&mut surface.rgba, &colors, level);
    }
    surface
}

fn blurred(surface: &Surface, deviation: f64, canvas: PixelRect, level: SimdLevel) -> Surface {
    let rect = surface.rect.grown(blur::reach(deviation)).intersect(canvas);
    let samples = Samples {
        values: &surface.rgba,
        channels: 4,
        rect: surface.rect,
        reduction: 1,
    };
    let mut rgba = Vec::with_capacity(rect.width() * rect.height() * 4);
    blur::blur(&samples, deviation, level).rows(rect, (0.0, 0.0), |_, row| {
        rgba.extend(row.iter().map(|value| blur::byte(*value)));
    });
    Surface { rgba, rect }
}

/// The shadow of something with these opacities, over `rect`.
fn shade(alpha: &Samples<'_>, shadow: Shadow, rect: PixelRect, level: SimdLevel) -> Option<Effect> {
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
    let mut rgba = vec![0; stride * rect.height()];
    let offset = (shadow.dx, shadow.dy);
    blur::blur(alpha, shadow.deviation, level).rows(rect, offset, |number, row| {
        let pixels = rgba[number * stride..][..stride].chunks_exact_mut(4);
        for (pixel, value) in pixels.zip(row) {
            pixel.copy_from_slice(&tinted[usize::from(blur::byte(*value))]);
        }
    });
    Surface { rgba, rect }.finish()
}

impl Surface {
    fn finish(self) -> Option<Effect> {
        let (width, height) = (self.rect.width(), self.rect.height());
        (width > 0 && height > 0).then(|| Effect {
            pixmap: Arc::new(picture::premultiplied(self.rgba, width, height, true)),
            rect: self.rect,
        })
    }
}
