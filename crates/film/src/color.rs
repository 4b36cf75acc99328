use serde::{Deserialize, Serialize};

/// A colour in sRGB, not premultiplied; each channel within `0.0..=1.0`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Color {
    /// Red.
    pub r: f32,
    /// Green.
    pub g: f32,
    /// Blue.
    pub b: f32,
    /// Opacity: 0 transparent, 1 opaque.
    pub a: f32,
}

impl Color {
    /// Opaque black, the colour of a canvas style that was never set.
    pub const BLACK: Self = Self::rgba(0.0, 0.0, 0.0, 1.0);
    /// Opaque white.
    pub const WHITE: Self = Self::rgba(1.0, 1.0, 1.0, 1.0);
    /// Fully transparent.
    pub const TRANSPARENT: Self = Self::rgba(0.0, 0.0, 0.0, 0.0);

    /// A colour from its channels; what lies outside `0..=1` is clamped, NaN is 0.
    pub const fn rgba(r: f32, g: f32, b: f32, a: f32) -> Self {
        Self {
            r: unit(r),
            g: unit(g),
            b: unit(b),
            a: unit(a),
        }
    }

    /// The nearest 8-bit channels, still not premultiplied.
    pub fn to_rgba8(self) -> [u8; 4] {
        [self.r, self.g, self.b, self.a].map(|channel| (channel * 255.0 + 0.5) as u8)
    }

    /// A colour from 8-bit channels, not premultiplied.
    pub fn from_rgba8([r, g, b, a]: [u8; 4]) -> Self {
        let unit = |channel: u8| f32::from(channel) / 255.0;
        Self {
            r: unit(r),
            g: unit(g),
            b: unit(b),
            a: unit(a),
        }
    }

    /// The same colour with its opacity multiplied by `factor` (`0..=1`).
    pub fn faded(self, factor: f32) -> Self {
        Self::rgba(self.r, self.g, self.b, self.a * factor)
    }
}

const fn unit(value: f32) -> f32 {
    if value >= 1.0 {
        1.0
    } else if value > 0.0 {
        value
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_clamped_and_nan_is_zero() {
        assert_eq!(
            Color::rgba(2.0, -1.0, f32::NAN, 0.5),
            Color {
                r: 1.0,
                g: 0.0,
                b: 0.0,
                a: 0.5
            }
        );
    }

    #[test]
    fn eight_bit_round_trip_is_identity() {
        for value in 0..=255 {
            let bytes = [value, 255 - value, value / 2, value];
            assert_eq!(Color::from_rgba8(bytes).to_rgba8(), bytes);
        }
    }
}
