use std::collections::BTreeSet;

use kinora_film::{
    AssetId, Blend, Clip, Color, Drawing, FillRule, Geometry, Group, Node, Picture, PictureSource,
    Shape,
};
use kurbo::{Affine, Rect};
use resvg::usvg::{self, ImageKind, ImageRendering, PaintOrder, Tree};

use crate::{
    Keep,
    clip::clipped,
    paint::{self, Painted},
    path,
    raster::Raster,
    size::Natural,
};

/// Turns the parts of a picture into drawings.
pub struct Converter<'a, 'k> {
    keep: &'a mut Keep<'k>,
    /// The pictures that were kept.
    pub pictures: Vec<AssetId>,
    /// What is not drawn.
    pub remarks: BTreeSet<String>,
    /// How parts of the picture at hand become pixels.
    pub raster: Raster,
}

impl Natural {
    /// The space of a tree to that of a picture of `size`.
    pub fn placed(&self, tree: &Tree, size: (f64, f64)) -> Affine {
        let (width, height) = size;
        let (mut across, mut down) = (width / self.width, height / self.height);
        let mut offset = (0.0, 0.0);
        if self.has_view_box {
            let (w, h) = (
                f64::from(tree.size().width()),
                f64::from(tree.size().height()),
            );
            (across, down) = (width / w, height / h);
            if !self.stretches {
                let scale = across.min(down);
                offset = ((width - w * scale) / 2.0, (height - h * scale) / 2.0);
                (across, down) = (scale, scale);
            }
        }
        Affine::translate(offset) * Affine::scale_non_uniform(across, down)
    }
}

impl<'a, 'k> Converter<'a, 'k> {
    pub fn new(keep: &'a mut Keep<'k>, remarks: BTreeSet<String>) -> Self {
        Self {
            keep,
            pictures: Vec::new(),
            remarks,
            raster: Raster::default(),
        }
    }

    /// The whole of a file, within `size`.
    pub fn picture(&mut self, tree: &Tree, natural: &Natural, size: (f64, f64)) -> Drawing {
        let placed = natural.placed(tree, size);
        let within = Rect::new(0.0, 0.0, size.0, size.1);
        self.raster = Raster::of(placed.inverse().transform_rect_bbox(within));
        let children = self.children(tree.root(), placed);
        Drawing::new(Node::Group(Group {
            clip: cut(tree.root(), placed, within),
            ..Group::new(Affine::IDENTITY, children)
        }))
    }

    /// The root's children under `placed`.
    fn children(&mut self, root: &usvg::Group, placed: Affine) -> Vec<Drawing> {
        let drawings = self.group_children(root);
        if drawings.is_empty() {
            return drawings;
        }
        let transform = placed * path::affine(root.transform());
        vec![group(Group::new(transform, drawings))]
    }

    pub fn group_children(&mut self, parent: &usvg::Group) -> Vec<Drawing> {
        let above = path::affine(parent.abs_transform());
        let children = parent.children().iter();
        children.filter_map(|node| self.node(node, above)).collect()
    }

    /// A part of the picture in its parent's space, which is `above` in the picture's.
    fn node(&mut self, node: &usvg::Node, above: Affine) -> Option<Drawing> {
        let drawn = match node {
            usvg::Node::Group(group) => self.group(group),
            usvg::Node::Path(path) => self.path(path),
            usvg::Node::Image(image) => return self.image(image),
            usvg::Node::Text(text) => {
                let children = self.group_children(text.flattened());
                let transform = path::affine(text.flattened().transform());
                return (!children.is_empty()).then(|| group(Group::new(transform, children)));
            }
        };
        match drawn {
            Drawn::As(drawing) => Some(drawing),
            Drawn::Nothing => None,
            Drawn::Pixels => self.pixels(node, above),
        }
    }

    fn group(&mut self, part: &usvg::Group) -> Drawn {
        if !part.filters().is_empty() {
            return Drawn::Pixels;
        }
        let mut children = self.group_children(part);
        if children.is_empty() {
            return Drawn::Nothing;
        }
        let mut clip = None;
        if let Some(outline) = part.clip_path() {
            (children, clip) = clipped(outline, children);
        }
        let mut isolated = part.isolate();
        if let Some(mask) = part.mask() {
            let Some(mask) = self.mask(mask) else {
                return Drawn::Pixels;
            };
            if let Some(inner) = clip.take() {
                children = vec![group(Group {
                    clip: Some(inner),
                    ..Group::new(Affine::IDENTITY, children)
                })];
            }
            children.push(mask);
            isolated = true;
        }
        Drawn::As(group(Group {
            clip,
            opacity: part.opacity().get(),
            blend: blend(part.blend_mode()),
            isolated,
            ..Group::new(path::affine(part.transform()), children)
        }))
    }

    fn path(&mut self, part: &usvg::Path) -> Drawn {
        if !part.is_visible() {
            return Drawn::Nothing;
        }
        match paint::shapes(part) {
            Some(Painted { shapes, .. }) if shapes.is_empty() => Drawn::Nothing,
            Some(Painted { mut shapes, plain }) => {
                if plain && shapes.len() == 2 {
                    merge(&mut shapes, part.paint_order() == PaintOrder::StrokeAndFill);
                }
                let mut drawings: Vec<Drawing> =
                    shapes.into_iter().map(paint::Under::drawing).collect();
                Drawn::As(match drawings.len() {
                    1 => drawings.remove(0),
                    _ => group(Group::new(Affine::IDENTITY, drawings)),
                })
            }
            None => Drawn::Pixels,
        }
    }

    fn image(&mut self, image: &usvg::Image) -> Option<Drawing> {
        if !image.is_visible() {
            return None;
        }
        let size = (
            f64::from(image.size().width()),
            f64::from(image.size().height()),
        );
        let rect = Rect::new(0.0, 0.0, size.0, size.1);
        let bytes = match image.kind() {
            ImageKind::SVG(tree) => {
                let raster = std::mem::replace(&mut self.raster, Raster::of(rect));
                let children = self.children(tree.root(), Affine::IDENTITY);
                self.raster = raster;
                let clip = cut(tree.root(), Affine::IDENTITY, rect);
                let inner = Group::new(Affine::IDENTITY, children);
                return (!inner.children.is_empty()).then(|| group(Group { clip, ..inner }));
            }
            ImageKind::JPEG(bytes)
            | ImageKind::PNG(bytes)
            | ImageKind::GIF(bytes)
            | ImageKind::WEBP(bytes) => bytes,
        };
        match self.keep(bytes.as_ref().clone()) {
            Ok(asset) => {
                let smoothing = !matches!(
                    image.rendering_mode(),
                    ImageRendering::OptimizeSpeed
                        | ImageRendering::Pixelated
                        | ImageRendering::CrispEdges
                );
                Some(picture(asset, rect, smoothing))
            }
            Err(cause) => {
                self.remarks
                    .insert(format!("a picture that it holds is not drawn: {cause}"));
                None
            }
        }
    }

    /// A part as pixels, in the space of its parent.
    fn pixels(&mut self, node: &usvg::Node, above: Affine) -> Option<Drawing> {
        if above.determinant() == 0.0 {
            return None;
        }
        let (bytes, rect) = self.raster.part(node, above)?;
        match self.keep(bytes) {
            Ok(asset) => {
                let drawing = picture(asset, rect, true);
                let mut whole = Group::new(above.inverse(), vec![drawing]);
                if let usvg::Node::Group(group) = node {
                    whole.blend = blend(group.blend_mode());
                }
                Some(group(whole))
            }
            Err(cause) => {
                self.remarks
                    .insert(format!("a part of it is not drawn: {cause}"));
                None
            }
        }
    }

    fn keep(&mut self, bytes: Vec<u8>) -> Result<AssetId, String> {
        let asset = (self.keep)(bytes)?;
        if !self.pictures.contains(&asset) {
            self.pictures.push(asset);
        }
        Ok(asset)
    }
}

/// What became of a part.
enum Drawn {
    As(Drawing),
    Nothing,
    /// A film has no words for it.
    Pixels,
}

/// Fill and line of the same outline as one shape.
fn merge(shapes: &mut Vec<paint::Under>, stroke_first: bool) {
    let Some(second) = shapes.pop() else { return };
    if let Some(first) = shapes.first_mut() {
        first.shape.stroke = first.shape.stroke.take().or(second.shape.stroke);
        first.shape.fill = first.shape.fill.take().or(second.shape.fill);
        first.shape.stroke_first = stroke_first;
    }
}

/// What cuts a picture off at its edges; nothing if all of it lies within.
fn cut(root: &usvg::Group, placed: Affine, within: Rect) -> Option<Clip> {
    const SLACK: f64 = 0.01;
    let drawn = placed.transform_rect_bbox(path::rect(root.abs_stroke_bounding_box()));
    let is_within = within.inflate(SLACK, SLACK).contains_rect(drawn);
    (!is_within || !is_plain(root)).then_some(Clip {
        geometry: Geometry::Rect(within),
        rule: FillRule::NonZero,
    })
}

/// Whether nothing in it reaches beyond the outlines of its shapes.
fn is_plain(group: &usvg::Group) -> bool {
    group.filters().is_empty()
        && group.children().iter().all(|node| match node {
            usvg::Node::Group(group) => is_plain(group),
            _ => true,
        })
}

pub fn group(group: Group) -> Drawing {
    Drawing::new(Node::Group(group))
}

fn picture(asset: AssetId, rect: Rect, smoothing: bool) -> Drawing {
    Drawing::new(Node::Picture(Picture {
        asset,
        source: PictureSource::Still,
        rect,
        opacity: 1.0,
        smoothing,
    }))
}

/// A white shape.
pub fn white(geometry: Geometry, rule: FillRule) -> Shape {
    Shape {
        rule,
        ..Shape::filled(geometry, kinora_film::Paint::Solid(Color::WHITE))
    }
}

fn blend(mode: usvg::BlendMode) -> Blend {
    use usvg::BlendMode as B;
    match mode {
        B::Normal => Blend::SourceOver,
        B::Multiply => Blend::Multiply,
        B::Screen => Blend::Screen,
        B::Overlay => Blend::Overlay,
        B::Darken => Blend::Darken,
        B::Lighten => Blend::Lighten,
        B::ColorDodge => Blend::ColorDodge,
        B::ColorBurn => Blend::ColorBurn,
        B::HardLight => Blend::HardLight,
        B::SoftLight => Blend::SoftLight,
        B::Difference => Blend::Difference,
        B::Exclusion => Blend::Exclusion,
        B::Hue => Blend::Hue,
        B::Saturation => Blend::Saturation,
        B::Color => Blend::Color,
        B::Luminosity => Blend::Luminosity,
        B::PlusLighter => Blend::Lighter,
    }
}
