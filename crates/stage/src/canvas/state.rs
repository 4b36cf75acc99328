use std::rc::Rc;

use kinora_film::{Blend, Cap, Color, FillRule, Geometry, Join, Shadow, Stroke};
use kurbo::Affine;

use super::{filters::Filters, ink::Ink};
use crate::font_style::FontStyle;

/// A region that bounds what is drawn, within those around it.
#[derive(Debug)]
pub(super) struct Clip {
    pub outer: Option<Rc<Clip>>,
    /// In the space in which the drawing begins.
    pub geometry: Geometry,
    pub rule: FillRule,
    /// How many there are with those around it.
    pub depth: usize,
}

/// What `save` puts on the stack.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub transform: Affine,
    pub clip: Option<Rc<Clip>>,
    pub fill: Ink,
    pub stroke: Ink,
    pub width: f64,
    pub cap: Cap,
    pub join: Join,
    pub miter_limit: f64,
    pub dash: Rc<[f64]>,
    pub dash_offset: f64,
    pub alpha: f32,
    pub blend: Blend,
    pub shadow_color: Color,
    pub shadow_blur: f64,
    pub shadow_offset: (f64, f64),
    pub filters: Rc<Filters>,
    pub smoothing: bool,
    pub antialias: bool,
    pub font: Rc<Font>,
    /// How much of a text's width lies left of where it is put.
    pub align: f64,
    pub baseline: Baseline,
}

/// How texts are set.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Font {
    pub style: FontStyle,
    /// Pixels that every space is wider.
    pub word_spacing: f64,
}

/// Which line of a text lies where it is put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Baseline {
    Alphabetic,
    Top,
    Hanging,
    Middle,
    Ideographic,
    Bottom,
}

impl Baseline {
    pub fn from_number(number: f64) -> Self {
        match number as i64 {
            1 => Self::Top,
            2 => Self::Hanging,
            3 => Self::Middle,
            4 => Self::Ideographic,
            5 => Self::Bottom,
            _ => Self::Alphabetic,
        }
    }
}

impl Default for State {
    /// A canvas's own state.
    fn default() -> Self {
        Self {
            transform: Affine::IDENTITY,
            clip: None,
            fill: Ink::black(),
            stroke: Ink::black(),
            width: 1.0,
            cap: Cap::Butt,
            join: Join::Miter,
            miter_limit: 10.0,
            dash: Rc::new([]),
            dash_offset: 0.0,
            alpha: 1.0,
            blend: Blend::SourceOver,
            shadow_color: Color::TRANSPARENT,
            shadow_blur: 0.0,
            shadow_offset: (0.0, 0.0),
            filters: Rc::new(Filters::none()),
            smoothing: true,
            antialias: true,
            font: Rc::new(Font {
                style: FontStyle {
                    family: "sans-serif".to_owned(),
                    size: 10.0,
                    ..FontStyle::default()
                },
                word_spacing: 0.0,
            }),
            align: 0.0,
            baseline: Baseline::Alphabetic,
        }
    }
}

impl State {
    /// The stroke with these lines.
    pub fn stroke_of(&self, paint: kinora_film::Paint) -> Stroke {
        Stroke {
            paint,
            width: self.width,
            join: self.join,
            cap: self.cap,
            miter_limit: self.miter_limit,
            dash: self.dash.to_vec(),
            dash_offset: self.dash_offset,
        }
    }

    /// The shadow, if there is any to see.
    pub fn shadow(&self, scale: f64) -> Option<Shadow> {
        let (dx, dy) = self.shadow_offset;
        let is_seen =
            self.shadow_color.a > 0.0 && (self.shadow_blur > 0.0 || dx != 0.0 || dy != 0.0);
        is_seen.then_some(Shadow {
            color: self.shadow_color,
            deviation: self.shadow_blur / 2.0 * scale,
            dx: dx * scale,
            dy: dy * scale,
        })
    }
}
