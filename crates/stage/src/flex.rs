use kurbo::Vec2;
use taffy::{AlignContent, AlignItems, FlexDirection, FlexWrap};

use crate::{
    change::Change,
    error::SetError,
    font_style::FontProps,
    value::{Input, Value},
};

/// A length as CSS knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Length {
    Px(f64),
    /// Percent, 100 for the whole.
    Percent(f64),
    MinContent,
    MaxContent,
}

impl Length {
    pub fn read(input: Input<'_>) -> Result<Self, SetError> {
        Self::from_value(input.value)
            .ok_or_else(|| input.wrong("a number, a percentage, `min-content` or `max-content`"))
    }

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self::Px(*number)),
            Value::Text(text) => Self::from_text(text.trim()),
            _ => None,
        }
    }

    fn from_text(text: &str) -> Option<Self> {
        match text {
            "min-content" => return Some(Self::MinContent),
            "max-content" => return Some(Self::MaxContent),
            _ => {}
        }
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        if let Some(percent) = text.strip_suffix('%') {
            number(percent).map(Self::Percent)
        } else {
            number(text.strip_suffix("px").unwrap_or(text)).map(Self::Px)
        }
    }
}

/// What a box says about its layout and its texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BoxProps {
    pub layout: Option<bool>,
    pub width: Option<Length>,
    pub height: Option<Length>,
    pub min_width: Option<Length>,
    pub min_height: Option<Length>,
    pub max_width: Option<Length>,
    pub max_height: Option<Length>,
    pub ratio: Option<f64>,
    /// Top, right, bottom, left.
    pub margin: [f64; 4],
    /// Top, right, bottom, left.
    pub padding: [f64; 4],
    pub direction: FlexDirection,
    pub basis: Option<Length>,
    pub grow: f64,
    pub shrink: f64,
    pub wrap: FlexWrap,
    pub justify_content: AlignContent,
    pub align_content: AlignContent,
    pub align_items: AlignItems,
    pub align_self: Option<AlignItems>,
    /// Between columns, between rows.
    pub gap: [Length; 2],
    pub font: FontProps,
    pub offset: Vec2,
    pub clip: bool,
}

impl Default for BoxProps {
    fn default() -> Self {
        Self {
            layout: None,
            width: None,
            height: None,
            min_width: None,
            min_height: None,
            max_width: None,
            max_height: None,
            ratio: None,
            margin: [0.0; 4],
            padding: [0.0; 4],
            direction: FlexDirection::Row,
            basis: None,
            grow: 0.0,
            shrink: 1.0,
            wrap: FlexWrap::NoWrap,
            justify_content: AlignContent::START,
            align_content: AlignContent::NORMAL,
            align_items: AlignItems::STRETCH,
            align_self: None,
            gap: [Length::Px(0.0); 2],
            font: FontProps::default(),
            offset: Vec2::ZERO,
            clip: false,
        }
    }
}

impl BoxProps {
    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        let layout = C::LAYOUT;
        let length = |input: Input<'_>| input.optional(Length::read);
        Ok(match input.name {
            "layout" => C::put(&mut self.layout, input.optional(Input::bool)?, C::FLOW),
            "width" => C::put(&mut self.width, length(input)?, layout),
            "height" => C::put(&mut self.height, length(input)?, layout),
            "minWidth" => C::put(&mut self.min_width, length(input)?, layout),
            "minHeight" => C::put(&mut self.min_height, length(input)?, layout),
            "maxWidth" => C::put(&mut self.max_width, length(input)?, layout),
            "maxHeight" => C::put(&mut self.max_height, length(input)?, layout),
            "basis" => C::put(&mut self.basis, basis(input)?, layout),
            "ratio" => C::put(&mut self.ratio, input.optional(Input::number)?, layout),
            "margin" => C::put(&mut self.margin, input.or([0.0; 4], Input::four)?, layout),
            "padding" => C::put(&mut self.padding, input.or([0.0; 4], Input::four)?, layout),
            "direction" => C::put(&mut self.direction, direction(input)?, layout),
            "grow" => C::put(
                &mut self.grow,
                input.or(0.0, Input::number)?.max(0.0),
                layout,
            ),
            "shrink" => C::put(
                &mut self.shrink,
                input.or(1.0, Input::number)?.max(0.0),
                layout,
            ),
            "wrap" => C::put(&mut self.wrap, wrap(input)?, layout),
            "justifyContent" => {
                let value = input.or(AlignContent::START, distribution)?;
                C::put(&mut self.justify_content, value, layout)
            }
            "alignContent" => {
                let value = input.or(AlignContent::NORMAL, distribution)?;
                C::put(&mut self.align_content, value, layout)
            }
            "alignItems" => {
                let value = input.or(None, items)?.unwrap_or(AlignItems::STRETCH);
                C::put(&mut self.align_items, value, layout)
            }
            "alignSelf" => C::put(&mut self.align_self, input.or(None, items)?, layout),
            "gap" => C::put(&mut self.gap, gap(input)?, layout),
            "offset" => C::put(
                &mut self.offset,
                input.or(Vec2::ZERO, Input::vec2)?,
                C::PLACE,
            ),
            "clip" => C::put(&mut self.clip, input.or(false, Input::bool)?, C::OWN),
            _ => return self.font.set(input),
        })
    }
}

fn basis(input: Input<'_>) -> Result<Option<Length>, SetError> {
    match input.value {
        Value::Text(text) if text == "auto" || text == "content" => Ok(None),
        _ => input.optional(Length::read),
    }
}

fn gap(input: Input<'_>) -> Result<[Length; 2], SetError> {
    let wrong = || input.wrong("two lengths (between columns, between rows)");
    let lengths: Vec<Length> = match input.value {
        Value::Null => return Ok([Length::Px(0.0); 2]),
        Value::Numbers(numbers) => numbers.iter().map(|n| Length::Px(*n)).collect(),
        Value::List(values) => values.iter().filter_map(Length::from_value).collect(),
        _ => return Err(wrong()),
    };
    <[Length; 2]>::try_from(lengths).map_err(|_| wrong())
}

fn direction(input: Input<'_>) -> Result<FlexDirection, SetError> {
    input.or(FlexDirection::Row, |input| {
        input.css_keyword("a flex direction", |name| {
            Some(match name {
                "row" => FlexDirection::Row,
                "row-reverse" => FlexDirection::RowReverse,
                "column" => FlexDirection::Column,
                "column-reverse" => FlexDirection::ColumnReverse,
                _ => return None,
            })
        })
    })
}

fn wrap(input: Input<'_>) -> Result<FlexWrap, SetError> {
    input.or(FlexWrap::NoWrap, |input| {
        input.css_keyword("`nowrap`, `wrap` or `wrap-reverse`", |name| {
            Some(match name {
                "nowrap" => FlexWrap::NoWrap,
                "wrap" => FlexWrap::Wrap,
                "wrap-reverse" => FlexWrap::WrapReverse,
                _ => return None,
            })
        })
    })
}

fn distribution(input: Input<'_>) -> Result<AlignContent, SetError> {
    input.css_keyword("a way to distribute space", |name| {
        Some(match name {
            "normal" => AlignContent::NORMAL,
            "start" | "left" => AlignContent::START,
            "end" | "right" => AlignContent::END,
            "flex-start" => AlignContent::FLEX_START,
            "flex-end" => AlignContent::FLEX_END,
            "center" => AlignContent::CENTER,
            "stretch" => AlignContent::STRETCH,
            "space-between" => AlignContent::SPACE_BETWEEN,
            "space-around" => AlignContent::SPACE_AROUND,
            "space-evenly" => AlignContent::SPACE_EVENLY,
            _ => return None,
        })
    })
}

/// An alignment of items; `None` for `auto`.
fn items(input: Input<'_>) -> Result<Option<AlignItems>, SetError> {
    input.css_keyword("a way to align items", |name| {
        Some(match name {
            "auto" => None,
            "normal" | "stretch" => Some(AlignItems::STRETCH),
            "start" => Some(AlignItems::START),
            "end" => Some(AlignItems::END),
            "self-start" => Some(AlignItems::SELF_START),
            "self-end" => Some(AlignItems::SELF_END),
            "flex-start" => Some(AlignItems::FLEX_START),
            "flex-end" => Some(AlignItems::FLEX_END),
            "center" => Some(AlignItems::CENTER),
            "baseline" => Some(AlignItems::BASELINE),
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_numbers_percentages_or_keywords() {
        let read = |value: Value| {
            Length::read(Input {
                name: "width",
                value: &value,
            })
        };
        let text = |text: &str| read(Value::Text(text.to_owned()));
        assert_eq!(read(Value::Number(3.0)), Ok(Length::Px(3.0)));
        assert_eq!(text("50%"), Ok(Length::Percent(50.0)));
        assert_eq!(text("1.5px"), Ok(Length::Px(1.5)));
        assert_eq!(text("max-content"), Ok(Length::MaxContent));
        assert_eq!(
            text("wide").unwrap_err().to_string(),
            "`width` must be a number, a percentage, `min-content` or `max-content`, got `\"wide\"`"
        );
    }
}
