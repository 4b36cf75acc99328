//! Short ways to say drawings.

use kinora_film::{
    Color, Drawing, Geometry, Glyph, GlyphRun, Gradient, GradientKind, GradientStop, Group, Node,
    Paint, Picture, PictureSource, Shape, Stroke,
};
use kurbo::{Affine, BezPath, Point, Rect};

use crate::hand;

pub const RED: Color = Color::rgba(0.9, 0.2, 0.2, 1.0);
pub const GREEN: Color = Color::rgba(0.1, 0.7, 0.3, 1.0);
pub const BLUE: Color = Color::rgba(0.2, 0.4, 0.9, 1.0);
pub const YELLOW: Color = Color::rgba(1.0, 0.8, 0.2, 1.0);

pub fn rect(x: f64, y: f64, width: f64, height: f64) -> Geometry {
    Geometry::Rect(Rect::new(x, y, x + width, y + height))
}

pub fn path(svg: &str) -> Geometry {
    Geometry::Path(BezPath::from_svg(svg).expect("a path"))
}

pub fn solid(color: Color) -> Paint {
    Paint::Solid(color)
}

pub fn filled(geometry: Geometry, color: Color) -> Shape {
    Shape::filled(geometry, solid(color))
}

pub fn stroked(geometry: Geometry, stroke: Stroke) -> Shape {
    let mut shape = filled(geometry, Color::TRANSPARENT);
    shape.fill = None;
    shape.stroke = Some(stroke);
    shape
}

pub fn line(color: Color, width: f64) -> Stroke {
    Stroke::new(solid(color), width)
}

pub fn shape(shape: Shape) -> Drawing {
    Drawing::new(Node::Shape(shape))
}

/// A rectangle of one colour.
pub fn block(x: f64, y: f64, width: f64, height: f64, color: Color) -> Drawing {
    shape(filled(rect(x, y, width, height), color))
}

pub fn group(children: Vec<Drawing>) -> Group {
    Group::new(Affine::IDENTITY, children)
}

pub fn node(group: Group) -> Drawing {
    Drawing::new(Node::Group(group))
}

pub fn placed(transform: Affine, child: Drawing) -> Drawing {
    node(Group::new(transform, vec![child]))
}

pub fn at(x: f64, y: f64, child: Drawing) -> Drawing {
    placed(Affine::translate((x, y)), child)
}

pub fn ramp(kind: GradientKind) -> Paint {
    let stop = |offset, color| GradientStop { offset, color };
    Paint::Gradient(Gradient {
        kind,
        stops: vec![
            stop(0.0, RED),
            stop(0.5, YELLOW),
            stop(1.0, Color::rgba(0.0, 0.2, 1.0, 0.3)),
        ],
    })
}

pub fn across(width: f64) -> GradientKind {
    GradientKind::Linear {
        from: Point::ZERO,
        to: Point::new(width, 0.0),
    }
}

pub fn run(text: &str, size: f32, color: Color) -> GlyphRun {
    let mut x = 0.0;
    let glyphs = text
        .bytes()
        .map(|byte| {
            let id = u32::from(byte) - 27;
            let glyph = Glyph { id, x, y: 0.0 };
            x += size * 0.6;
            glyph
        })
        .collect();
    GlyphRun {
        font: hand::font(),
        index: 0,
        size,
        coords: Vec::new(),
        embolden: 0.0,
        skew: 0.0,
        glyphs,
        fill: Some(solid(color)),
        stroke: None,
        stroke_first: false,
    }
}

pub fn glyphs(run: GlyphRun) -> Drawing {
    Drawing::new(Node::Glyphs(run))
}

pub fn text(text: &str, size: f32, color: Color) -> Drawing {
    glyphs(run(text, size, color))
}

pub fn still(asset: kinora_film::AssetId, rect: Rect) -> Picture {
    Picture {
        asset,
        source: PictureSource::Still,
        rect,
        opacity: 1.0,
        smoothing: true,
    }
}

pub fn video(asset: kinora_film::AssetId, time: f64, rect: Rect) -> Picture {
    Picture {
        source: PictureSource::Video { time },
        ..still(asset, rect)
    }
}

pub fn picture(picture: Picture) -> Drawing {
    Drawing::new(Node::Picture(picture))
}
