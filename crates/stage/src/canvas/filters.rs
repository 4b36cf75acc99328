use kinora_film::{Filter, Group, Shadow};
use kurbo::Affine;

use super::{assembly::grouped, ink};
use crate::layer::Layer;

/// What a canvas's `filter` makes of each thing that is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Filters {
    /// Those up to the last shadow, which is of what all before it made.
    shaded: Vec<Stage>,
    /// Those after it.
    pub last: Vec<Filter>,
    /// What its `opacity()` come to after it.
    pub opacity: f32,
}

/// Filters, and the shadow of what they make.
#[derive(Clone, Debug, PartialEq)]
struct Stage {
    filters: Vec<Filter>,
    opacity: f32,
    shadow: Shadow,
}

impl Filters {
    /// No filters.
    pub fn none() -> Self {
        Self {
            opacity: 1.0,
            ..Self::default()
        }
    }

    /// Filters by their numbers, as the runtime's canvas writes them; `None` of others.
    /// `scale` is how much larger than its own pixels the canvas is seen.
    pub fn read(mut n: &[f64], scale: f64) -> Option<Self> {
        let mut all = Self::none();
        while let Some((kind, rest)) = n.split_first() {
            if *kind as i64 == 9 {
                let (shadow, rest) = rest.split_at_checked(7)?;
                all.shade(Shadow {
                    dx: shadow[0] * scale,
                    dy: shadow[1] * scale,
                    deviation: shadow[2] * scale,
                    color: ink::color(&shadow[3..]),
                });
                n = rest;
                continue;
            }
            let (&value, rest) = rest.split_first()?;
            n = rest;
            all.last.push(match *kind as i64 {
                0 => Filter::Blur(value * scale),
                1 => Filter::Brightness(value),
                2 => Filter::Contrast(value),
                3 => Filter::Grayscale(value),
                4 => Filter::HueRotate(value),
                5 => Filter::Invert(value),
                6 => Filter::Saturate(value),
                7 => Filter::Sepia(value),
                _ => {
                    all.opacity *= value.clamp(0.0, 1.0) as f32;
                    continue;
                }
            });
        }
        Some(all)
    }

    fn shade(&mut self, shadow: Shadow) {
        self.shaded.push(Stage {
            filters: std::mem::take(&mut self.last),
            opacity: std::mem::replace(&mut self.opacity, 1.0),
            shadow,
        });
    }

    /// What becomes of a thing up to the last shadow.
    pub fn shaded(&self, layer: Layer) -> Layer {
        self.shaded.iter().fold(layer, |layer, stage| {
            let group = Group {
                filters: stage.filters.clone(),
                opacity: stage.opacity,
                shadow: Some(stage.shadow),
                ..Group::new(Affine::IDENTITY, Vec::new())
            };
            grouped(group, vec![layer])
        })
    }
}
