use crate::{
    change::Change,
    error::SetError,
    value::{Input, Value},
};

/// The largest font size in pixels, as in the reference's browser.
const LARGEST: f64 = 10_000.0;

/// How lines of a text break.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Wrap {
    /// Only where the text has line breaks.
    #[default]
    None,
    /// Where lines become too long; line breaks of the text are spaces.
    Normal,
    /// Only where the text has line breaks; spaces are kept.
    Pre,
    /// As `Normal`, with lines of about equal length.
    Balance,
}

/// Where lines lie in their block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Align {
    #[default]
    Start,
    Left,
    Center,
    Right,
    End,
    Justify,
}

/// Height of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum LineHeight {
    /// What the font asks for.
    Normal,
    Px(f64),
    /// Multiple of the font size.
    Factor(f64),
}

/// The text styles that a node sets itself; `None` inherits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FontProps {
    pub family: Option<String>,
    pub size: Option<f64>,
    pub italic: Option<bool>,
    pub weight: Option<f64>,
    pub line_height: Option<LineHeight>,
    pub letter_spacing: Option<f64>,
    pub wrap: Option<Wrap>,
    pub align: Option<Align>,
    pub rtl: Option<bool>,
}

/// Text styles after inheritance.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FontStyle {
    pub family: String,
    /// Pixels per em, 0 or more.
    pub size: f64,
    pub italic: bool,
    pub weight: f64,
    pub line_height: LineHeight,
    pub letter_spacing: f64,
    pub wrap: Wrap,
    pub align: Align,
    pub rtl: bool,
}

impl Default for FontStyle {
    /// What a scene's view gives its texts.
    fn default() -> Self {
        Self {
            family: "Roboto".to_owned(),
            size: 48.0,
            italic: false,
            weight: 400.0,
            line_height: LineHeight::Factor(1.2),
            letter_spacing: 0.0,
            wrap: Wrap::None,
            align: Align::Start,
            rtl: false,
        }
    }
}

impl FontStyle {
    /// The style of a node that sets `props` inside a node of this style.
    pub fn with(&self, props: &FontProps) -> Self {
        Self {
            family: props.family.clone().unwrap_or_else(|| self.family.clone()),
            size: props.size.unwrap_or(self.size),
            italic: props.italic.unwrap_or(self.italic),
            weight: props.weight.unwrap_or(self.weight),
            line_height: props.line_height.unwrap_or(self.line_height),
            letter_spacing: props.letter_spacing.unwrap_or(self.letter_spacing),
            wrap: props.wrap.unwrap_or(self.wrap),
            align: props.align.unwrap_or(self.align),
            rtl: props.rtl.unwrap_or(self.rtl),
        }
    }
}

impl FontProps {
    pub fn set(&mut self, input: Input<'_>) -> Result<Option<Change>, SetError> {
        use Change as C;
        let font = C::FONT;
        Ok(match input.name {
            "fontFamily" => {
                let family = input.optional(|i| Ok(i.text()?.to_owned()))?;
                C::put(&mut self.family, family, font)
            }
            "fontSize" => {
                let size = input
                    .optional(Input::number)?
                    .map(|size| size.clamp(0.0, LARGEST));
                C::put(&mut self.size, size, font)
            }
            "fontStyle" => C::put(&mut self.italic, input.optional(italic)?, font),
            "fontWeight" => C::put(&mut self.weight, input.optional(weight)?, font),
            "lineHeight" => C::put(&mut self.line_height, input.optional(line_height)?, font),
            "letterSpacing" => C::put(&mut self.letter_spacing, input.optional(spacing)?, font),
            "textWrap" => C::put(&mut self.wrap, input.optional(wrap)?, font),
            "textAlign" => C::put(&mut self.align, input.optional(align)?, font),
            "textDirection" => C::put(&mut self.rtl, rtl(input)?, font),
            _ => None,
        })
    }
}

fn italic(input: Input<'_>) -> Result<bool, SetError> {
    input.css_keyword("`normal`, `italic` or `oblique`", |name| match name {
        "normal" => Some(false),
        "italic" => Some(true),
        _ => name.starts_with("oblique").then_some(true),
    })
}

fn weight(input: Input<'_>) -> Result<f64, SetError> {
    match input.value {
        Value::Number(weight) => Ok(weight.clamp(1.0, 1000.0)),
        _ => input.css_keyword("a font weight", |name| match name {
            "normal" => Some(400.0),
            "bold" => Some(700.0),
            _ => name.parse().ok().filter(|w| (1.0..=1000.0).contains(w)),
        }),
    }
}

fn line_height(input: Input<'_>) -> Result<LineHeight, SetError> {
    let expected = "a number of pixels, a percentage or `normal`";
    match input.value {
        Value::Number(px) => Ok(LineHeight::Px(px.max(0.0))),
        _ => input.css_keyword(expected, |text| match text.strip_suffix('%') {
            Some(percent) => {
                let percent: f64 = percent.trim().parse().ok()?;
                percent
                    .is_finite()
                    .then(|| LineHeight::Factor(percent.max(0.0) / 100.0))
            }
            None => (text == "normal").then_some(LineHeight::Normal),
        }),
    }
}

fn spacing(input: Input<'_>) -> Result<f64, SetError> {
    match input.value {
        Value::Text(text) if text == "normal" => Ok(0.0),
        _ => Ok(input.number()?.clamp(-LARGEST, LARGEST)),
    }
}

fn wrap(input: Input<'_>) -> Result<Wrap, SetError> {
    match input.value {
        Value::Bool(true) => Ok(Wrap::Normal),
        Value::Bool(false) => Ok(Wrap::None),
        _ => input.css_keyword("true, false, `pre` or `balance`", |name| match name {
            "pre" => Some(Wrap::Pre),
            "balance" => Some(Wrap::Balance),
            "wrap" => Some(Wrap::Normal),
            "nowrap" => Some(Wrap::None),
            _ => None,
        }),
    }
}

fn align(input: Input<'_>) -> Result<Align, SetError> {
    input.css_keyword("a text alignment", |name| {
        Some(match name {
            "start" => Align::Start,
            "left" => Align::Left,
            "center" => Align::Center,
            "right" => Align::Right,
            "end" => Align::End,
            "justify" => Align::Justify,
            _ => return None,
        })
    })
}

fn rtl(input: Input<'_>) -> Result<Option<bool>, SetError> {
    let expected = "`ltr`, `rtl` or `inherit`";
    input.or(None, |input| {
        input.css_keyword(expected, |name| match name {
            "ltr" => Some(Some(false)),
            "rtl" => Some(Some(true)),
            "inherit" => Some(None),
            _ => None,
        })
    })
}
