//! Masks by how much they leave: drawn with the operations of a canvas, exactly, as
//! long as a mask consists of shapes.

use kinora_film::{
    Blend, Clip, Color, Drawing, FillRule, Geometry, Gradient, Group, Node, Paint, Shape,
};
use kurbo::Affine;
use resvg::usvg::{self, Mask, MaskType};

use crate::{
    clip::clipped,
    convert::{Converter, group},
    paint::{self, Under},
    path,
};

impl Converter<'_, '_> {
    /// What erases all of the drawings below it in a group that `mask` does not leave;
    /// `None` for what is to be done with pixels.
    pub fn mask(&mut self, mask: &Mask) -> Option<Drawing> {
        if mask.mask().is_some() {
            return None;
        }
        let left = match mask.kind() {
            MaskType::Alpha => self.group_children(mask.root()),
            MaskType::Luminance => luminous(mask.root(), 1.0)?,
        };
        let transform = path::affine(mask.root().transform());
        let region = path::rect(mask.rect().to_rect());
        let inner = Group::new(transform, left);
        Some(group(Group {
            blend: Blend::DestinationIn,
            clip: Some(Clip {
                geometry: Geometry::Rect(region),
                rule: FillRule::NonZero,
            }),
            isolated: true,
            ..Group::new(Affine::IDENTITY, vec![group(inner)])
        }))
    }
}

/// What a part leaves, as opacity. Light adds up as opacity does: a shape takes from
/// what lies below it as much as it covers, and adds as much as it shines.
fn luminous(parent: &usvg::Group, opacity: f32) -> Option<Vec<Drawing>> {
    let mut drawings = Vec::new();
    for node in parent.children() {
        match node {
            usvg::Node::Path(part) if !part.is_visible() => {}
            usvg::Node::Path(part) => {
                for under in paint::shapes(part)?.shapes {
                    shine(&under, opacity, &mut drawings)?;
                }
            }
            usvg::Node::Group(part) => drawings.push(inner(part, opacity)?),
            usvg::Node::Text(text) => drawings.push(inner(text.flattened(), opacity)?),
            usvg::Node::Image(_) => return None,
        }
    }
    Some(drawings)
}

fn inner(part: &usvg::Group, opacity: f32) -> Option<Drawing> {
    let is_one = part.children().len() <= 1 || part.opacity().get() >= 1.0;
    let is_plain = part.mask().is_none()
        && part.filters().is_empty()
        && part.blend_mode() == usvg::BlendMode::Normal;
    // A clip around shapes that take away would clip what they take.
    if !is_one || !is_plain || part.clip_path().is_some() && !is_bright(part) {
        return None;
    }
    let children = luminous(part, opacity * part.opacity().get())?;
    let (children, clip) = match part.clip_path() {
        Some(outline) => clipped(outline, children),
        None => (children, None),
    };
    Some(group(Group {
        clip,
        ..Group::new(path::affine(part.transform()), children)
    }))
}

/// Whether all of its shapes are white.
fn is_bright(part: &usvg::Group) -> bool {
    part.children().iter().all(|node| match node {
        usvg::Node::Group(part) => is_bright(part),
        usvg::Node::Path(part) => paint::shapes(part).is_some_and(|painted| {
            let paints = painted.shapes.iter().flat_map(|under| paints(&under.shape));
            paints.map(light).all(|(least, _)| least >= 1.0)
        }),
        usvg::Node::Text(text) => is_bright(text.flattened()),
        usvg::Node::Image(_) => false,
    })
}

fn paints(shape: &Shape) -> impl Iterator<Item = &Paint> {
    let stroke = shape.stroke.as_ref().map(|stroke| &stroke.paint);
    shape.fill.as_ref().into_iter().chain(stroke)
}

/// The least and the most that a paint shines, of 1.
fn light(paint: &Paint) -> (f32, f32) {
    match paint {
        Paint::Solid(color) => (luminance(*color), luminance(*color)),
        Paint::Gradient(gradient) => {
            let stops = gradient.stops.iter().map(|stop| luminance(stop.color));
            stops.fold((1.0, 0.0), |(least, most), it| {
                (it.min(least), it.max(most))
            })
        }
        Paint::Pattern(_) => (0.0, 1.0),
    }
}

fn luminance(color: Color) -> f32 {
    (0.2125 * color.r + 0.7154 * color.g + 0.0721 * color.b).min(1.0)
}

fn shine(under: &Under, opacity: f32, drawings: &mut Vec<Drawing>) -> Option<()> {
    let mut lights = paints(&under.shape).map(light);
    let (least, most) = lights.next()?;
    if lights.next().is_some() {
        return None;
    }
    let with = |map: &dyn Fn(Color) -> Color| Under {
        shape: recoloured(&under.shape, map),
        transform: under.transform,
    };
    let faded = |color: Color, by: f32| Color::rgba(1.0, 1.0, 1.0, color.a * opacity * by);
    if least >= 0.9999 {
        drawings.push(with(&|color| faded(color, 1.0)).drawing());
        return Some(());
    }
    let step = |blend, under: Under| {
        group(Group {
            blend,
            ..Group::new(Affine::IDENTITY, vec![under.drawing()])
        })
    };
    drawings.push(step(
        Blend::DestinationOut,
        with(&|color| faded(color, 1.0)),
    ));
    if most > 0.0 {
        drawings.push(step(
            Blend::Lighter,
            with(&|color| faded(color, luminance(color))),
        ));
    }
    Some(())
}

fn recoloured(shape: &Shape, map: &dyn Fn(Color) -> Color) -> Shape {
    let paint = |paint: &Paint| match paint {
        Paint::Solid(color) => Paint::Solid(map(*color)),
        Paint::Gradient(gradient) => {
            let mut gradient: Gradient = gradient.clone();
            for stop in &mut gradient.stops {
                stop.color = map(stop.color);
            }
            Paint::Gradient(gradient)
        }
        Paint::Pattern(pattern) => Paint::Pattern(pattern.clone()),
    };
    let mut shape = shape.clone();
    shape.fill = shape.fill.as_ref().map(paint);
    if let Some(stroke) = &mut shape.stroke {
        stroke.paint = paint(&stroke.paint);
    }
    shape
}

impl Under {
    /// The shape in the space of its path.
    pub fn drawing(self) -> Drawing {
        let shape = Drawing::new(Node::Shape(self.shape));
        match self.transform {
            Some(transform) => group(Group::new(transform, vec![shape])),
            None => shape,
        }
    }
}
