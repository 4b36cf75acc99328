use kinora_film::{Color, Gradient, GradientKind, GradientStop, Paint, Pattern, Repetition};
use kurbo::{Affine, Point};

use crate::{
    effects::color,
    error::SetError,
    value::{Input, Value},
};

/// A fill or stroke style; `None` for null.
pub(crate) fn paint(input: Input<'_>) -> Result<Option<Paint>, SetError> {
    match input.value {
        Value::Null => Ok(None),
        Value::Map(_) => map_paint(input).map(Some),
        value => Ok(Some(Paint::Solid(color(input, value)?))),
    }
}

fn map_paint(input: Input<'_>) -> Result<Paint, SetError> {
    let kind = match input.value.part("type") {
        Some(Value::Text(kind)) => kind.as_str(),
        _ => return Err(input.wrong("a colour, a gradient or a pattern")),
    };
    let point = |name: &str| match input.value.part(name).and_then(Value::numbers).as_deref() {
        Some([x, y]) => Point::new(*x, *y),
        _ => Point::ZERO,
    };
    let number = |name: &str| {
        input
            .value
            .part(name)
            .and_then(Value::number)
            .unwrap_or(0.0)
    };
    let kind = match kind {
        "linear" => GradientKind::Linear {
            from: point("from"),
            to: point("to"),
        },
        "radial" => GradientKind::Radial {
            from: point("from"),
            from_radius: number("fromRadius").max(0.0),
            to: point("to"),
            to_radius: number("toRadius").max(0.0),
        },
        "conic" => GradientKind::Conic {
            center: point("from"),
            angle: number("angle"),
        },
        "pattern" => return pattern(input),
        _ => return Err(input.wrong("a gradient of type `linear`, `radial` or `conic`")),
    };
    Ok(Paint::Gradient(Gradient {
        kind,
        stops: stops(input)?,
    }))
}

/// Stops in rising order; stops of equal offset keep theirs, as on a canvas.
fn stops(input: Input<'_>) -> Result<Vec<GradientStop>, SetError> {
    let numbers = input
        .value
        .part("stops")
        .and_then(Value::numbers)
        .unwrap_or_default();
    if !numbers.len().is_multiple_of(5) {
        return Err(input.wrong("gradient stops of five numbers each"));
    }
    let mut stops: Vec<GradientStop> = numbers
        .chunks_exact(5)
        .map(|stop| GradientStop {
            offset: stop[0].clamp(0.0, 1.0) as f32,
            color: Color::rgba(
                stop[1] as f32,
                stop[2] as f32,
                stop[3] as f32,
                stop[4] as f32,
            ),
        })
        .collect();
    stops.sort_by(|a, b| a.offset.total_cmp(&b.offset));
    Ok(stops)
}

fn pattern(input: Input<'_>) -> Result<Paint, SetError> {
    let asset = match input.value.part("asset") {
        Some(Value::Text(id)) => id
            .parse()
            .map_err(|_| input.wrong("a pattern with the 64 digits of an asset"))?,
        _ => return Err(input.wrong("a pattern with an asset")),
    };
    let repetition = match input.value.part("repetition") {
        Some(Value::Text(name)) => match name.as_str() {
            "repeat-x" => Repetition::X,
            "repeat-y" => Repetition::Y,
            "no-repeat" => Repetition::None,
            _ => Repetition::Both,
        },
        _ => Repetition::Both,
    };
    Ok(Paint::Pattern(Pattern {
        asset,
        repetition,
        transform: Affine::IDENTITY,
    }))
}

/// The paint with its opacity multiplied by `factor`.
pub(crate) fn faded(paint: &Paint, factor: f32) -> Paint {
    match paint {
        Paint::Solid(color) => Paint::Solid(color.faded(factor)),
        Paint::Gradient(gradient) => {
            let mut gradient = gradient.clone();
            for stop in &mut gradient.stops {
                stop.color = stop.color.faded(factor);
            }
            Paint::Gradient(gradient)
        }
        Paint::Pattern(pattern) => Paint::Pattern(pattern.clone()),
    }
}
