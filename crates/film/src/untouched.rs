use kurbo::{Affine, Rect};

use crate::{AssetId, Drawing, Node, Picture, PictureSource, Size};

/// By how much a corner may lie off its pixel, for what arithmetic leaves.
const ALLOWED: f64 = 1e-6;

/// The file and the time, in seconds, of the video whose picture is all that a drawing shows
/// on a canvas of this size: stretched over exactly that, and nothing done to it or drawn
/// over it. None if it shows anything else. Whether the picture has the canvas's size is for
/// who knows the file.
///
/// What lies below it does not matter, because pictures of videos cover, but for those of
/// videos with opacity, which the file's reader knows of.
pub fn untouched_video(drawing: &Drawing, canvas: Size) -> Option<(AssetId, f64)> {
    let (picture, to_canvas) = top(drawing, Affine::IDENTITY)?;
    let PictureSource::Video { time } = picture.source else {
        return None;
    };
    let [across, skew_y, skew_x, down, ..] = to_canvas.as_coeffs();
    let upright = skew_x == 0.0 && skew_y == 0.0 && across > 0.0 && down > 0.0;
    let shown = to_canvas.transform_rect_bbox(picture.rect);
    let whole = Rect::new(0.0, 0.0, canvas.width.into(), canvas.height.into());
    let near = |a: f64, b: f64| (a - b).abs() <= ALLOWED;
    let covers = near(shown.x0, whole.x0)
        && near(shown.y0, whole.y0)
        && near(shown.x1, whole.x1)
        && near(shown.y1, whole.y1);
    (upright && covers && picture.opacity == 1.0).then_some((picture.asset, time))
}

/// The picture that is drawn last, if nothing is done to it, and how it comes to the canvas.
fn top(drawing: &Drawing, to_canvas: Affine) -> Option<(&Picture, Affine)> {
    match &**drawing {
        Node::Picture(picture) => Some((picture, to_canvas)),
        Node::Group(group) => {
            let last = group.children.iter().rev().find(|child| !is_empty(child))?;
            let plain = group.clip.is_none() && !group.is_isolated();
            plain.then(|| top(last, to_canvas * group.transform))?
        }
        Node::Shape(_) | Node::Glyphs(_) => None,
    }
}

/// Whether nothing is drawn.
fn is_empty(drawing: &Drawing) -> bool {
    match &**drawing {
        Node::Group(group) => group.children.iter().all(is_empty),
        Node::Shape(shape) => shape.fill.is_none() && shape.stroke.is_none(),
        Node::Glyphs(run) => run.glyphs.is_empty(),
        Node::Picture(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Clip, Color, FillRule, Filter, Geometry, Group, Paint, Shape};

    const CANVAS: Size = Size::new(64, 36);

    fn picture(rect: Rect) -> Picture {
        Picture {
            asset: AssetId::of(b"film"),
            source: PictureSource::Video { time: 1.5 },
            rect,
            opacity: 1.0,
            smoothing: true,
        }
    }

    fn group(transform: Affine, children: Vec<Drawing>) -> Group {
        Group::new(transform, children)
    }

    /// As a scene shows it: about the middle of the canvas.
    fn centred(children: Vec<Drawing>) -> Drawing {
        Node::Group(group(Affine::translate((32.0, 18.0)), children)).into()
    }

    fn video() -> Drawing {
        Node::Picture(picture(Rect::new(-32.0, -18.0, 32.0, 18.0))).into()
    }

    fn found(drawing: &Drawing) -> bool {
        untouched_video(drawing, CANVAS) == Some((AssetId::of(b"film"), 1.5))
    }

    #[test]
    fn a_video_that_fills_the_canvas_is_known() {
        let nothing = || Drawing::from(Node::Group(group(Affine::IDENTITY, Vec::new())));
        let fill = Shape::filled(
            Geometry::Rect(Rect::new(-9.0, -9.0, 9.0, 9.0)),
            Paint::Solid(Color::WHITE),
        );
        let below = Drawing::from(Node::Shape(fill));
        assert!(found(&centred(vec![video()])));
        assert!(found(&centred(vec![below.clone(), video(), nothing()])));
        let half = Node::Picture(picture(Rect::new(-64.0, -36.0, 64.0, 36.0))).into();
        let scaled = Node::Group(group(Affine::scale(0.5), vec![half])).into();
        assert!(found(&centred(vec![scaled])));
        assert!(!found(&centred(vec![video(), below])));
        assert!(!found(&centred(Vec::new())));
    }

    #[test]
    fn whatever_is_done_to_it_is_seen() {
        let with = |change: &dyn Fn(&mut Group)| {
            let mut group = group(Affine::translate((32.0, 18.0)), vec![video()]);
            change(&mut group);
            found(&Node::Group(group).into())
        };
        assert!(with(&|_| ()));
        assert!(!with(&|group| group.opacity = 0.99));
        assert!(!with(&|group| group.filters.push(Filter::Invert(1.0))));
        assert!(!with(&|group| group.isolated = true));
        assert!(!with(&|group| group.transform *= Affine::scale(1.01)));
        assert!(!with(&|group| group.transform *= Affine::FLIP_X));
        assert!(!with(&|group| group.transform *= Affine::rotate(1e-7)));
        assert!(!with(&|group| group.clip = Some(Clip {
            geometry: Geometry::Rect(Rect::new(0.0, 0.0, 64.0, 36.0)),
            rule: FillRule::NonZero,
        })));
        let other = |picture: Picture| found(&centred(vec![Node::Picture(picture).into()]));
        let plain = picture(Rect::new(-32.0, -18.0, 32.0, 18.0));
        assert!(other(plain.clone()));
        assert!(!other(Picture {
            opacity: 0.5,
            ..plain.clone()
        }));
        assert!(!other(Picture {
            source: PictureSource::Still,
            ..plain.clone()
        }));
        assert!(!other(Picture {
            rect: Rect::new(-32.0, -18.0, 32.0, 18.001),
            ..plain
        }));
    }
}
