use kinora_film::Drawing;
use kurbo::{Point, Vec2};

use crate::error::SetError;

/// A property value as the script writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// The property's default, or unset.
    Null,
    /// A switch.
    Bool(bool),
    /// A number; must be finite.
    Number(f64),
    /// A text, keyword or percentage (`"50%"`).
    Text(String),
    /// A list of numbers; all must be finite.
    Numbers(Vec<f64>),
    /// A list of anything.
    List(Vec<Value>),
    /// Named parts.
    Map(Vec<(String, Value)>),
    /// A drawing that was made elsewhere, such as a vector picture's.
    Drawing(Drawing),
}

impl Value {
    /// Whether a number in it is infinite or NaN.
    pub(crate) fn has_non_finite(&self) -> bool {
        match self {
            Self::Number(number) => !number.is_finite(),
            Self::Numbers(numbers) => numbers.iter().any(|n| !n.is_finite()),
            Self::List(values) => values.iter().any(Self::has_non_finite),
            Self::Map(parts) => parts.iter().any(|(_, value)| value.has_non_finite()),
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::Drawing(_) => false,
        }
    }

    /// The part called `name` of a map.
    pub(crate) fn part(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Map(parts) => parts
                .iter()
                .find_map(|(key, value)| (key == name).then_some(value)),
            _ => None,
        }
    }

    /// The numbers of a list, however it was written.
    pub(crate) fn numbers(&self) -> Option<Vec<f64>> {
        match self {
            Self::Numbers(numbers) => Some(numbers.clone()),
            Self::List(values) => values.iter().map(Self::number).collect(),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// How the value is named in a message.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Text(text) => format!("\"{text}\""),
            Self::Numbers(numbers) => format!("a list of {} numbers", numbers.len()),
            Self::List(values) => format!("a list of {} values", values.len()),
            Self::Map(_) => "an object".to_owned(),
            Self::Drawing(_) => "a drawing".to_owned(),
        }
    }
}

/// A property's name and the value it is to take: what readers turn into types.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub name: &'a str,
    pub value: &'a Value,
}

impl<'a> Input<'a> {
    pub fn wrong(&self, expected: &'static str) -> SetError {
        SetError::Type {
            name: self.name.to_owned(),
            expected,
            found: self.value.describe(),
        }
    }

    pub fn is_null(&self) -> bool {
        *self.value == Value::Null
    }

    /// `None` for null, else what `read` gives.
    pub fn optional<T>(
        self,
        read: impl FnOnce(Self) -> Result<T, SetError>,
    ) -> Result<Option<T>, SetError> {
        if self.is_null() {
            Ok(None)
        } else {
            read(self).map(Some)
        }
    }

    /// `default` for null, else what `read` gives.
    pub fn or<T>(
        self,
        default: T,
        read: impl FnOnce(Self) -> Result<T, SetError>,
    ) -> Result<T, SetError> {
        Ok(self.optional(read)?.unwrap_or(default))
    }

    pub fn number(self) -> Result<f64, SetError> {
        self.value.number().ok_or_else(|| self.wrong("a number"))
    }

    pub fn bool(self) -> Result<bool, SetError> {
        match self.value {
            Value::Bool(value) => Ok(*value),
            _ => Err(self.wrong("true or false")),
        }
    }

    pub fn text(self) -> Result<&'a str, SetError> {
        match self.value {
            Value::Text(text) => Ok(text),
            _ => Err(self.wrong("a text")),
        }
    }

    pub fn vec2(self) -> Result<Vec2, SetError> {
        match self.value.numbers().as_deref() {
            Some([x, y]) => Ok(Vec2::new(*x, *y)),
            _ => Err(self.wrong("two numbers")),
        }
    }

    /// Four numbers, or one for all four.
    pub fn four(self) -> Result<[f64; 4], SetError> {
        if let Value::Number(number) = self.value {
            return Ok([*number; 4]);
        }
        match self.value.numbers().as_deref() {
            Some([a, b, c, d]) => Ok([*a, *b, *c, *d]),
            _ => Err(self.wrong("four numbers")),
        }
    }

    pub fn numbers(self) -> Result<Vec<f64>, SetError> {
        self.value
            .numbers()
            .ok_or_else(|| self.wrong("a list of numbers"))
    }

    /// Points from `x, y, x, y, …`.
    pub fn points(self) -> Result<Vec<Point>, SetError> {
        let numbers = self.numbers()?;
        if numbers.len() % 2 != 0 {
            return Err(self.wrong("an even count of numbers"));
        }
        Ok(numbers
            .chunks_exact(2)
            .map(|pair| Point::new(pair[0], pair[1]))
            .collect())
    }

    /// The value that `read` finds for a keyword.
    pub fn keyword<T>(
        self,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SetError> {
        match self.value {
            Value::Text(text) => read(text).ok_or_else(|| SetError::Keyword {
                name: self.name.to_owned(),
                expected,
                found: self.value.describe(),
            }),
            _ => Err(self.wrong(expected)),
        }
    }

    /// As [`Input::keyword`], in large or small letters: those of CSS.
    pub fn css_keyword<T>(
        self,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, SetError> {
        self.keyword(expected, |text| read(text.to_ascii_lowercase().trim()))
    }
}
