use std::fmt::Write as _;

use kinora_film::{Blend, Clip, Drawing, Geometry, Node, Paint, PictureSource, Stroke};

/// A drawing as readable text, a line for each node.
pub(crate) fn dump(drawing: &Drawing) -> String {
    let mut out = String::new();
    write(drawing, 0, &mut out);
    out
}

fn write(drawing: &Drawing, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    match &**drawing {
        Node::Group(group) => {
            let _ = write!(out, "{pad}group");
            let coefficients = group.transform.as_coeffs();
            match coefficients {
                [1.0, 0.0, 0.0, 1.0, 0.0, 0.0] => {}
                [1.0, 0.0, 0.0, 1.0, x, y] => {
                    let _ = write!(out, " move {x} {y}");
                }
                _ => {
                    let _ = write!(out, " matrix {coefficients:?}");
                }
            }
            if let Some(Clip { geometry, .. }) = &group.clip {
                let _ = write!(out, " clip {}", outline(geometry));
            }
            if group.opacity < 1.0 {
                let _ = write!(out, " opacity {}", group.opacity);
            }
            if group.blend != Blend::SourceOver {
                let _ = write!(out, " {:?}", group.blend);
            }
            for filter in &group.filters {
                let _ = write!(out, " {filter:?}");
            }
            if let Some(shadow) = &group.shadow {
                let _ = write!(
                    out,
                    " shadow {} {} {}",
                    shadow.deviation, shadow.dx, shadow.dy
                );
            }
            if group.isolated {
                out.push_str(" isolated");
            }
            out.push('\n');
            for child in &group.children {
                write(child, depth + 1, out);
            }
        }
        Node::Shape(shape) => {
            let _ = write!(out, "{pad}{}", outline(&shape.geometry));
            if let Some(fill) = &shape.fill {
                let _ = write!(out, " fill {}", paint(fill));
            }
            if let Some(line) = &shape.stroke {
                let _ = write!(out, " {}", stroke(line));
            }
            if shape.stroke_first {
                out.push_str(" stroke first");
            }
            if !shape.antialias {
                out.push_str(" aliased");
            }
            out.push('\n');
        }
        Node::Glyphs(run) => {
            let _ = write!(out, "{pad}{} glyphs of {} px", run.glyphs.len(), run.size);
            if let Some(first) = run.glyphs.first() {
                let _ = write!(out, " at {} {}", first.x, first.y);
            }
            if let Some(fill) = &run.fill {
                let _ = write!(out, " fill {}", paint(fill));
            }
            if let Some(line) = &run.stroke {
                let _ = write!(out, " {}", stroke(line));
            }
            if run.stroke_first {
                out.push_str(" stroke first");
            }
            out.push('\n');
        }
        Node::Picture(picture) => {
            let kind = match picture.source {
                PictureSource::Still => "still".to_owned(),
                PictureSource::Video { time } => format!("video at {time} s"),
            };
            let rect = picture.rect;
            let _ = write!(
                out,
                "{pad}{kind} {} {} {} {}",
                rect.x0, rect.y0, rect.x1, rect.y1
            );
            if picture.opacity < 1.0 {
                let _ = write!(out, " opacity {}", picture.opacity);
            }
            out.push('\n');
        }
    }
}

fn outline(geometry: &Geometry) -> String {
    match geometry {
        Geometry::Rect(r) => format!("rect {} {} {} {}", r.x0, r.y0, r.x1, r.y1),
        Geometry::RoundedRect(rounded) => {
            let (r, c) = (rounded.rect(), rounded.radii());
            format!(
                "rect {} {} {} {} round {} {} {} {}",
                r.x0, r.y0, r.x1, r.y1, c.top_left, c.top_right, c.bottom_right, c.bottom_left
            )
        }
        Geometry::Ellipse(e) => format!("ellipse {} {}", e.radii().x, e.radii().y),
        Geometry::Path(path) => format!("path {}", path.to_svg()),
    }
}

fn paint(paint: &Paint) -> String {
    match paint {
        Paint::Solid(color) => {
            let [r, g, b, a] = color.to_rgba8();
            format!("#{r:02x}{g:02x}{b:02x}{a:02x}")
        }
        Paint::Gradient(gradient) => format!("{:?} {} stops", gradient.kind, gradient.stops.len()),
        Paint::Pattern(_) => "pattern".to_owned(),
    }
}

fn stroke(stroke: &Stroke) -> String {
    let mut text = format!("stroke {} of {}", paint(&stroke.paint), stroke.width);
    if !stroke.dash.is_empty() {
        let _ = write!(text, " dash {:?}", stroke.dash);
    }
    text
}
