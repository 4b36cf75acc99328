use std::{collections::HashSet, convert::Infallible};

use crate::{AssetId, Drawing, Node, Paint, PictureSource};

/// A file that a node uses, and as what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AssetUse {
    /// A font.
    Font(AssetId),
    /// A still picture.
    Still(AssetId),
    /// The picture of a video that is on at a time.
    Video(AssetId, f64),
}

impl AssetUse {
    /// The file.
    pub fn id(self) -> AssetId {
        match self {
            Self::Font(id) | Self::Still(id) | Self::Video(id, _) => id,
        }
    }
}

impl<C> Node<C> {
    /// What it consists of, bottom first; nothing for all but groups.
    pub fn children(&self) -> &[C] {
        match self {
            Self::Group(group) => &group.children,
            Self::Shape(_) | Self::Glyphs(_) | Self::Picture(_) => &[],
        }
    }

    /// What fills and outlines it; nothing of its children.
    pub fn paints(&self) -> impl Iterator<Item = &Paint> {
        let (fill, stroke) = match self {
            Self::Shape(shape) => (shape.fill.as_ref(), shape.stroke.as_ref()),
            Self::Glyphs(run) => (run.fill.as_ref(), run.stroke.as_ref()),
            Self::Group(_) | Self::Picture(_) => (None, None),
        };
        fill.into_iter().chain(stroke.map(|stroke| &stroke.paint))
    }

    /// The files that it uses itself; nothing of its children.
    pub fn assets(&self) -> impl Iterator<Item = AssetUse> {
        let own = match self {
            Self::Glyphs(run) => Some(AssetUse::Font(run.font)),
            Self::Picture(picture) => Some(match picture.source {
                PictureSource::Still => AssetUse::Still(picture.asset),
                PictureSource::Video { time } => AssetUse::Video(picture.asset, time),
            }),
            Self::Group(_) | Self::Shape(_) => None,
        };
        let painted = self.paints().filter_map(|paint| match paint {
            Paint::Pattern(pattern) => Some(AssetUse::Still(pattern.asset)),
            Paint::Solid(_) | Paint::Gradient(_) => None,
        });
        own.into_iter().chain(painted)
    }

    /// It with its children named in another way.
    pub(crate) fn map_children<D>(&self, mut map: impl FnMut(&C) -> D) -> Node<D> {
        let mapped = self.try_map_children(|child| Ok::<D, Infallible>(map(child)));
        match mapped {
            Ok(node) => node,
            Err(never) => match never {},
        }
    }

    /// It with its children named in another way, unless one of them cannot be.
    pub(crate) fn try_map_children<D, E>(
        &self,
        map: impl FnMut(&C) -> Result<D, E>,
    ) -> Result<Node<D>, E> {
        Ok(match self {
            Self::Group(group) => {
                let children = group.children.iter().map(map).collect::<Result<_, E>>()?;
                Node::Group(group.with_children(children))
            }
            Self::Shape(shape) => Node::Shape(shape.clone()),
            Self::Glyphs(run) => Node::Glyphs(run.clone()),
            Self::Picture(picture) => Node::Picture(picture.clone()),
        })
    }
}

/// The nodes of drawings, parents before children and bottom first, each once
/// however often it is shared.
///
/// ```
/// use kinora_film::{Drawing, Group, Node, Walk, kurbo::Affine};
///
/// let group = |children| Drawing::new(Node::Group(Group::new(Affine::IDENTITY, children)));
/// let leaf = group(vec![]);
/// let frames = [group(vec![leaf.clone(), leaf.clone()]), group(vec![leaf])];
/// let mut walk = Walk::default();
/// assert_eq!(walk.enter(&frames[0]).count(), 2);
/// assert_eq!(walk.enter(&frames[1]).count(), 1);
/// ```
#[derive(Debug, Default)]
pub struct Walk<'a> {
    seen: HashSet<usize>,
    /// What is still to be visited, last first.
    ahead: Vec<&'a Drawing>,
}

impl<'a> Walk<'a> {
    /// The nodes of several drawings, in their order.
    pub fn over(drawings: &'a [Drawing]) -> Self {
        Self {
            seen: HashSet::new(),
            ahead: drawings.iter().rev().collect(),
        }
    }

    /// Goes on with `drawing`, before anything that is left: gives those of its
    /// nodes that were not met yet.
    pub fn enter(&mut self, drawing: &'a Drawing) -> &mut Self {
        self.ahead.push(drawing);
        self
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = &'a Drawing;

    fn next(&mut self) -> Option<&'a Drawing> {
        loop {
            let drawing = self.ahead.pop()?;
            if self.seen.insert(drawing.address()) {
                self.ahead.extend(drawing.children().iter().rev());
                return Some(drawing);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{Affine, Rect};

    use super::*;
    use crate::{
        Color, Geometry, Glyph, GlyphRun, Group, Pattern, Picture, Repetition, Shape, Stroke,
    };

    fn pattern(name: &str) -> Paint {
        Paint::Pattern(Pattern {
            asset: AssetId::of(name.as_bytes()),
            repetition: Repetition::Both,
            transform: Affine::IDENTITY,
        })
    }

    fn glyphs(fill: Option<Paint>, stroke: Option<Paint>) -> Node {
        Node::Glyphs(GlyphRun {
            font: AssetId::of(b"font"),
            index: 0,
            size: 10.0,
            coords: Vec::new(),
            embolden: 0.0,
            skew: 0.0,
            glyphs: vec![Glyph {
                id: 1,
                x: 0.0,
                y: 0.0,
            }],
            fill,
            stroke: stroke.map(|paint| Stroke::new(paint, 1.0)),
            stroke_first: false,
        })
    }

    fn picture(source: PictureSource) -> Node {
        Node::Picture(Picture {
            asset: AssetId::of(b"picture"),
            source,
            rect: Rect::new(0.0, 0.0, 1.0, 1.0),
            opacity: 1.0,
            smoothing: true,
        })
    }

    #[test]
    fn a_node_names_the_files_of_its_source_and_its_paints() {
        let uses = |node: Node| node.assets().collect::<Vec<_>>();
        let id = |name: &str| AssetId::of(name.as_bytes());
        assert_eq!(
            uses(glyphs(Some(pattern("fill")), Some(pattern("line")))),
            [
                AssetUse::Font(id("font")),
                AssetUse::Still(id("fill")),
                AssetUse::Still(id("line"))
            ]
        );
        let outline = Geometry::Rect(Rect::new(0.0, 0.0, 1.0, 1.0));
        let mut shape = Shape::filled(outline, Paint::Solid(Color::WHITE));
        assert_eq!(uses(Node::Shape(shape.clone())), []);
        shape.stroke = Some(Stroke::new(pattern("line"), 1.0));
        assert_eq!(uses(Node::Shape(shape)), [AssetUse::Still(id("line"))]);
        assert_eq!(
            uses(picture(PictureSource::Still)),
            [AssetUse::Still(id("picture"))]
        );
        assert_eq!(
            uses(picture(PictureSource::Video { time: 1.5 })),
            [AssetUse::Video(id("picture"), 1.5)]
        );
    }

    #[test]
    fn nodes_come_parents_first_bottom_first_and_once() {
        let leaf = |name| Drawing::new(glyphs(Some(pattern(name)), None));
        let group = |children| Drawing::new(Node::Group(Group::new(Affine::IDENTITY, children)));
        let (a, b, c) = (leaf("a"), leaf("b"), leaf("c"));
        let inner = group(vec![a.clone(), b.clone()]);
        let root = group(vec![inner.clone(), c.clone(), inner.clone(), a.clone()]);
        let mut walk = Walk::default();
        let order: Vec<usize> = walk.enter(&root).map(Drawing::address).collect();
        let want = [&root, &inner, &a, &b, &c].map(Drawing::address);
        assert_eq!(order, want);
        assert!(walk.enter(&inner).next().is_none());
    }

    #[test]
    fn a_deep_drawing_does_not_exhaust_the_stack() {
        const DEPTH: usize = 20_000;
        let group = |children| Drawing::new(Node::Group(Group::new(Affine::IDENTITY, children)));
        let mut levels = vec![group(vec![])];
        for _ in 1..DEPTH {
            levels.push(group(vec![levels[levels.len() - 1].clone()]));
        }
        assert_eq!(Walk::default().enter(&levels[DEPTH - 1]).count(), DEPTH);
        // Given up from the outside in: dropping it whole would recurse as deep.
        while levels.pop().is_some() {}
    }
}
