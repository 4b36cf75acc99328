use kinora_film::{Blend, Color, Filter};
use kurbo::{Affine, Vec2};

use crate::{
    change::Change,
    error::SetError,
    value::{Input, Value},
};

/// What every node has: its place and how it is composited.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Effects {
    pub position: Option<Vec2>,
    /// Degrees, clockwise.
    pub rotation: f64,
    pub scale: Option<Vec2>,
    /// Degrees.
    pub skew: Vec2,
    pub z_index: f64,
    pub opacity: f64,
    /// Lengths in scene units.
    pub filters: Vec<Filter>,
    pub shadow_color: Color,
    pub shadow_blur: f64,
    pub shadow_offset: Vec2,
    pub cache: bool,
    pub cache_padding: [f64; 4],
    pub composite: bool,
    pub operation: Blend,
    /// How much of the node is drawn again with `source-over`.
    pub overlay: f64,
}

impl Default for Effects {
    fn default() -> Self {
        Self {
            position: None,
            rotation: 0.0,
            scale: None,
            skew: Vec2::ZERO,
            z_index: 0.0,
            opacity: 1.0,
            filters: Vec::new(),
            shadow_color: Color::TRANSPARENT,
            shadow_blur: 0.0,
            shadow_offset: Vec2::ZERO,
            cache: false,
            cache_padding: [0.0; 4],
            composite: false,
            operation: Blend::SourceOver,
            overlay: 0.0,
        }
    }
}

impl Effects {
    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        let place = C::PLACE;
        Ok(match input.name {
            "position" => C::put(&mut self.position, input.optional(Input::vec2)?, place),
            "rotation" => C::put(&mut self.rotation, input.or(0.0, Input::number)?, place),
            "scale" => C::put(&mut self.scale, input.optional(Input::vec2)?, place),
            "skew" => C::put(&mut self.skew, input.or(Vec2::ZERO, Input::vec2)?, place),
            "zIndex" => C::put(&mut self.z_index, input.or(0.0, Input::number)?, place),
            "opacity" => {
                let opacity = input.or(1.0, Input::number)?.clamp(0.0, 1.0);
                C::put(&mut self.opacity, opacity, place)
            }
            "filters" => C::put(&mut self.filters, filters(input)?, place),
            "shadowColor" => {
                let color = input.or(Color::TRANSPARENT, |i| color(i, i.value))?;
                C::put(&mut self.shadow_color, color, place)
            }
            "shadowBlur" => C::put(&mut self.shadow_blur, input.or(0.0, Input::number)?, place),
            "shadowOffset" => {
                let offset = input.or(Vec2::ZERO, Input::vec2)?;
                C::put(&mut self.shadow_offset, offset, place)
            }
            "cache" => C::put(&mut self.cache, input.or(false, Input::bool)?, place),
            "cachePadding" => C::put(
                &mut self.cache_padding,
                input.or([0.0; 4], Input::four)?,
                C::NONE,
            ),
            "composite" => {
                let composite = input.or(false, Input::bool)?;
                C::put(&mut self.composite, composite, place | C::ROOT)
            }
            "compositeOperation" => {
                let expected = "a composite operation such as `source-over` or `multiply`";
                let read = |i: Input<'_>| i.keyword(expected, Blend::from_name);
                C::put(
                    &mut self.operation,
                    input.or(Blend::SourceOver, read)?,
                    place,
                )
            }
            "compositeOverride" => {
                let overlay = input.or(0.0, Input::number)?.clamp(0.0, 1.0);
                C::put(&mut self.overlay, overlay, place)
            }
            _ => None,
        })
    }

    /// Own space to parent's space, with the origin at `origin`.
    pub fn transform_at(&self, origin: Vec2) -> Affine {
        let scale = self.scale.unwrap_or(Vec2::new(1.0, 1.0));
        let mut transform = Affine::translate(origin);
        if self.rotation != 0.0 {
            transform *= rotation(self.rotation);
        }
        if scale != Vec2::new(1.0, 1.0) {
            transform *= Affine::scale_non_uniform(scale.x, scale.y);
        }
        if self.skew.x != 0.0 {
            transform *=
                Affine::new([1.0, 0.0, libm::tan(self.skew.x.to_radians()), 1.0, 0.0, 0.0]);
        }
        if self.skew.y != 0.0 {
            transform *=
                Affine::new([1.0, libm::tan(self.skew.y.to_radians()), 0.0, 1.0, 0.0, 0.0]);
        }
        transform
    }

    pub fn has_shadow(&self) -> bool {
        self.shadow_color.a > 0.0 && (self.shadow_blur > 0.0 || self.shadow_offset != Vec2::ZERO)
    }
}

/// A turn by `degrees`, clockwise on screen; whole quarters are exact.
pub(crate) fn rotation(degrees: f64) -> Affine {
    let turn = degrees.rem_euclid(360.0);
    let (sin, cos) = if turn == 0.0 {
        (0.0, 1.0)
    } else if turn == 90.0 {
        (1.0, 0.0)
    } else if turn == 180.0 {
        (0.0, -1.0)
    } else if turn == 270.0 {
        (-1.0, 0.0)
    } else {
        libm::sincos(turn.to_radians())
    };
    Affine::new([cos, sin, -sin, cos, 0.0, 0.0])
}

/// A colour from `[r, g, b, a]`, each within 0 and 1.
pub(crate) fn color(input: Input<'_>, value: &Value) -> Result<Color, SetError> {
    match value.numbers().as_deref() {
        Some([r, g, b, a]) => Ok(Color::rgba(*r as f32, *g as f32, *b as f32, *a as f32)),
        _ => Err(input.wrong("a colour as four numbers")),
    }
}

/// The filters that do something, from `[[name, value], …]`.
fn filters(input: Input<'_>) -> Result<Vec<Filter>, SetError> {
    let wrong = || input.wrong("a list of filter names and values");
    let list = match input.value {
        Value::Null => return Ok(Vec::new()),
        Value::Numbers(numbers) if numbers.is_empty() => return Ok(Vec::new()),
        Value::List(list) => list,
        _ => return Err(wrong()),
    };
    let mut filters = Vec::with_capacity(list.len());
    for entry in list {
        let Value::List(pair) = entry else {
            return Err(wrong());
        };
        let [Value::Text(name), Value::Number(value)] = pair.as_slice() else {
            return Err(wrong());
        };
        let (filter, neutral) = filter(name, *value).ok_or_else(wrong)?;
        if *value != neutral {
            filters.push(filter);
        }
    }
    Ok(filters)
}

/// A filter and the value at which it does nothing.
fn filter(name: &str, value: f64) -> Option<(Filter, f64)> {
    let positive = value.max(0.0);
    Some(match name {
        "invert" => (Filter::Invert(positive.min(1.0)), 0.0),
        "sepia" => (Filter::Sepia(positive.min(1.0)), 0.0),
        "grayscale" => (Filter::Grayscale(positive.min(1.0)), 0.0),
        "brightness" => (Filter::Brightness(positive), 1.0),
        "contrast" => (Filter::Contrast(positive), 1.0),
        "saturate" => (Filter::Saturate(positive), 1.0),
        "hue" => (Filter::HueRotate(value), 0.0),
        "blur" => (Filter::Blur(positive), 0.0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use kurbo::Point;

    use super::*;

    #[test]
    fn the_transform_is_move_turn_scale_skew() {
        let effects = Effects {
            rotation: 90.0,
            scale: Some(Vec2::new(2.0, 3.0)),
            skew: Vec2::new(45.0, 0.0),
            ..Effects::default()
        };
        // (1, 1) skewed along x is (2, 1), scaled (4, 3), turned (-3, 4), moved (7, 24).
        let moved = effects.transform_at(Vec2::new(10.0, 20.0)) * Point::new(1.0, 1.0);
        assert!((moved - Point::new(7.0, 24.0)).hypot() < 1e-9, "{moved:?}");
    }

    #[test]
    fn filters_at_their_neutral_value_are_left_out() {
        let pair = |name: &str, value| {
            Value::List(vec![Value::Text(name.to_owned()), Value::Number(value)])
        };
        let value = Value::List(vec![
            pair("blur", 0.0),
            pair("brightness", 1.0),
            pair("hue", 90.0),
        ]);
        let mut effects = Effects::default();
        let input = Input {
            name: "filters",
            value: &value,
        };
        assert_eq!(effects.set(input), Ok(Some(Change::PLACE)));
        assert_eq!(effects.filters, [Filter::HueRotate(90.0)]);
    }
}
