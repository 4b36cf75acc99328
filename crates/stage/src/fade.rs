use kinora_film::{Drawing, Group, Node as DrawingNode, Paint, Shape, Stroke};
use kurbo::Affine;

use crate::paint::faded;

/// A scene's drawing at an alpha of its canvas.
///
/// A canvas applies its alpha to each thing that is drawn on it, not to the
/// picture as a whole: where two overlap, the lower one shines through. Only what
/// has a surface of its own (an opacity, a filter, a shadow, `cache`) fades as one.
pub(crate) fn fade(drawing: &Drawing, alpha: f32) -> Drawing {
    match &**drawing {
        // The view's own surface is the canvas itself.
        DrawingNode::Group(view) if view.isolated && !has_effect(view) => each(view, alpha),
        _ => fade_one(drawing, alpha),
    }
}

/// A drawing at an alpha of the canvas that it is drawn on.
pub(crate) fn fade_one(drawing: &Drawing, alpha: f32) -> Drawing {
    let node = match &**drawing {
        DrawingNode::Group(group) if group.is_isolated() => DrawingNode::Group(Group {
            opacity: group.opacity * alpha,
            ..group.clone()
        }),
        DrawingNode::Group(group) => return each(group, alpha),
        DrawingNode::Shape(shape) if is_fadable(shape.fill.as_ref(), shape.stroke.as_ref()) => {
            DrawingNode::Shape(Shape {
                fill: shape.fill.as_ref().map(|paint| faded(paint, alpha)),
                stroke: shape
                    .stroke
                    .as_ref()
                    .map(|stroke| faded_stroke(stroke, alpha)),
                ..shape.clone()
            })
        }
        DrawingNode::Glyphs(run) if is_fadable(run.fill.as_ref(), run.stroke.as_ref()) => {
            let mut run = run.clone();
            run.fill = run.fill.as_ref().map(|paint| faded(paint, alpha));
            run.stroke = run
                .stroke
                .as_ref()
                .map(|stroke| faded_stroke(stroke, alpha));
            DrawingNode::Glyphs(run)
        }
        DrawingNode::Picture(picture) => {
            let mut picture = picture.clone();
            picture.opacity *= alpha;
            DrawingNode::Picture(picture)
        }
        DrawingNode::Shape(_) | DrawingNode::Glyphs(_) => DrawingNode::Group(Group {
            opacity: alpha,
            ..Group::new(Affine::IDENTITY, vec![drawing.clone()])
        }),
    };
    Drawing::new(node)
}

fn each(group: &Group, alpha: f32) -> Drawing {
    let children = group.children.iter().map(|child| fade_one(child, alpha));
    Drawing::new(DrawingNode::Group(Group {
        children: children.collect(),
        ..group.clone()
    }))
}

fn has_effect(group: &Group) -> bool {
    let plain = Group {
        isolated: false,
        ..group.clone()
    };
    plain.is_isolated()
}

/// A pattern's picture has no alpha to change.
fn is_fadable(fill: Option<&Paint>, stroke: Option<&Stroke>) -> bool {
    let pattern = |paint: &Paint| matches!(paint, Paint::Pattern(_));
    !fill.is_some_and(pattern) && !stroke.is_some_and(|stroke| pattern(&stroke.paint))
}

fn faded_stroke(stroke: &Stroke, alpha: f32) -> Stroke {
    Stroke {
        paint: faded(&stroke.paint, alpha),
        ..stroke.clone()
    }
}

#[cfg(test)]
mod tests {
    use kinora_film::{Color, Geometry};
    use kurbo::Rect;

    use super::*;

    fn square(alpha: f32) -> Drawing {
        let paint = Paint::Solid(Color::rgba(1.0, 0.0, 0.0, alpha));
        let geometry = Geometry::Rect(Rect::new(0.0, 0.0, 1.0, 1.0));
        Drawing::new(DrawingNode::Shape(Shape::filled(geometry, paint)))
    }

    fn grouped(opacity: f32, isolated: bool, children: Vec<Drawing>) -> Drawing {
        Drawing::new(DrawingNode::Group(Group {
            opacity,
            isolated,
            ..Group::new(Affine::translate((3.0, 4.0)), children)
        }))
    }

    #[test]
    fn each_thing_on_the_canvas_fades_for_itself() {
        for isolated in [false, true] {
            let view = grouped(
                1.0,
                isolated,
                vec![square(1.0), grouped(1.0, false, vec![square(0.5)])],
            );
            let want = grouped(
                1.0,
                isolated,
                vec![square(0.5), grouped(1.0, false, vec![square(0.25)])],
            );
            assert_eq!(fade(&view, 0.5), want);
        }
    }

    #[test]
    fn what_has_a_surface_of_its_own_fades_as_one() {
        let view = grouped(1.0, false, vec![grouped(0.5, false, vec![square(1.0)])]);
        let want = grouped(1.0, false, vec![grouped(0.25, false, vec![square(1.0)])]);
        assert_eq!(fade(&view, 0.5), want);
        let view = grouped(1.0, false, vec![grouped(1.0, true, vec![square(1.0)])]);
        let want = grouped(1.0, false, vec![grouped(0.5, true, vec![square(1.0)])]);
        assert_eq!(fade(&view, 0.5), want);
    }
}
