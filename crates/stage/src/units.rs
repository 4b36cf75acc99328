//! The browser's layout unit: a 64th of a pixel.

const UNIT: f64 = 64.0;

/// What fits into 32 bits of layout units.
const LONGEST: f64 = 33_554_431.0;

/// A length that a style gives, cut off to whole layout units as the reference's
/// browser does.
pub(crate) fn floor_unit(length: f64) -> f64 {
    (length.clamp(-LONGEST, LONGEST) * UNIT + 1e-6).floor() / UNIT
}

/// The width of a piece of text, rounded up to whole layout units likewise.
pub(crate) fn ceil_unit(length: f64) -> f64 {
    (length.clamp(-LONGEST, LONGEST) * UNIT - 1e-6).ceil() / UNIT
}

/// A computed length to the nearest layout unit: the flex algorithm here works
/// on floats, whose error is far below half a unit.
pub(crate) fn round_unit(length: f32) -> f64 {
    (f64::from(length) * UNIT).round() / UNIT
}
