//! Clip paths: the simple ones stay outlines, the others cover what they leave.

use kinora_film::{Blend, Clip, Drawing, FillRule, Geometry, Group, Node};
use kurbo::Affine;
use resvg::usvg::{self, ClipPath};

use crate::{
    convert::{group, white},
    path,
};

/// What a clip path leaves of drawings; where one outline says it all, that outline
/// comes beside them.
pub fn clipped(clip: &ClipPath, mut children: Vec<Drawing>) -> (Vec<Drawing>, Option<Clip>) {
    if let Some(outer) = clip.clip_path() {
        children = vec![whole(clipped(outer, children))];
    }
    let transform = path::affine(clip.transform());
    if let Some(simple) = outline(clip.root(), transform) {
        return (children, Some(simple));
    }
    children.push(covering(clip.root(), transform));
    let isolated = Group {
        isolated: true,
        ..Group::new(Affine::IDENTITY, children)
    };
    (vec![group(isolated)], None)
}

fn whole((children, clip): (Vec<Drawing>, Option<Clip>)) -> Drawing {
    group(Group {
        clip,
        ..Group::new(Affine::IDENTITY, children)
    })
}

/// The one path that a clip path consists of, if that is all.
fn outline(parent: &usvg::Group, transform: Affine) -> Option<Clip> {
    match parent.children() {
        [usvg::Node::Group(inner)] if inner.clip_path().is_none() => {
            outline(inner, transform * path::affine(inner.transform()))
        }
        [usvg::Node::Path(part)] if part.is_visible() => {
            let fill = part.fill()?;
            Some(Clip {
                geometry: Geometry::Path(transform * path::path(part.data())),
                rule: path::rule(fill.rule()),
            })
        }
        _ => None,
    }
}

/// Erases what lies outside of a clip path's shapes.
fn covering(root: &usvg::Group, transform: Affine) -> Drawing {
    let shapes = shapes(root);
    group(Group {
        blend: Blend::DestinationIn,
        ..Group::new(transform, shapes)
    })
}

fn shapes(parent: &usvg::Group) -> Vec<Drawing> {
    let children = parent.children().iter();
    children
        .filter_map(|node| match node {
            usvg::Node::Path(part) if part.is_visible() => {
                let rule = part
                    .fill()
                    .map_or(FillRule::NonZero, |fill| path::rule(fill.rule()));
                let shape = white(Geometry::Path(path::path(part.data())), rule);
                Some(Drawing::new(Node::Shape(shape)))
            }
            usvg::Node::Text(text) => Some(inner(text.flattened())),
            usvg::Node::Group(part) => Some(inner(part)),
            usvg::Node::Path(_) | usvg::Node::Image(_) => None,
        })
        .collect()
}

fn inner(part: &usvg::Group) -> Drawing {
    let (children, clip) = match part.clip_path() {
        Some(clip) => clipped(clip, shapes(part)),
        None => (shapes(part), None),
    };
    group(Group {
        clip,
        ..Group::new(path::affine(part.transform()), children)
    })
}
