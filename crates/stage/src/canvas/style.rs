use std::rc::Rc;

use kinora_film::{Blend, Cap, Join};

use super::{
    code::Code,
    filters::Filters,
    ink::{self, Ink},
    play::CanvasError,
    state::{Baseline, Font, State},
    text,
};

impl State {
    /// Takes what a call says of how all that follows is drawn.
    ///
    /// `scale` is how much larger than its own pixels the canvas is seen.
    pub fn style(
        &mut self,
        code: Code,
        n: &[f64],
        texts: &[String],
        scale: f64,
    ) -> Result<(), CanvasError> {
        match code {
            Code::FillColor => self.fill = Ink::solid(n),
            Code::StrokeColor => self.stroke = Ink::solid(n),
            Code::FillInk | Code::StrokeInk => {
                let ink = Ink::read(n, texts).ok_or(CanvasError::Broken)?;
                if code == Code::FillInk {
                    self.fill = ink;
                } else {
                    self.stroke = ink;
                }
            }
            Code::LineWidth => self.width = n[0],
            Code::LineCap => {
                self.cap = match n[0] as i64 {
                    1 => Cap::Round,
                    2 => Cap::Square,
                    _ => Cap::Butt,
                }
            }
            Code::LineJoin => {
                self.join = match n[0] as i64 {
                    1 => Join::Round,
                    2 => Join::Bevel,
                    _ => Join::Miter,
                }
            }
            Code::MiterLimit => self.miter_limit = n[0],
            Code::LineDash => {
                let is_drawn = n.iter().any(|length| *length > 0.0);
                self.dash = if is_drawn { n.into() } else { Rc::new([]) };
            }
            Code::DashOffset => self.dash_offset = n[0],
            Code::Alpha => self.alpha = n[0] as f32,
            Code::Composite => {
                let name = texts.get(n[0] as usize);
                let blend = name.and_then(|name| Blend::from_name(name));
                self.blend = blend.unwrap_or(self.blend);
            }
            Code::ShadowColor => self.shadow_color = ink::color(n),
            Code::ShadowBlur => self.shadow_blur = n[0],
            Code::ShadowOffset => self.shadow_offset = (n[0], n[1]),
            Code::Filter => {
                let filters = Filters::read(n, scale).ok_or(CanvasError::Broken)?;
                self.filters = Rc::new(filters);
            }
            Code::Smoothing => self.smoothing = n[0] != 0.0,
            Code::Antialias => self.antialias = n[0] != 0.0,
            Code::Font => {
                let family = texts.get(n[5] as usize);
                self.font = Rc::new(Font {
                    style: text::style(n, family.ok_or(CanvasError::Broken)?),
                    word_spacing: n[4],
                });
            }
            Code::TextAlign => self.align = n[0] / 2.0,
            Code::TextBaseline => self.baseline = Baseline::from_number(n[0]),
            _ => return Err(CanvasError::Broken),
        }
        Ok(())
    }
}
