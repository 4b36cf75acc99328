use serde_json::{Map, Value};

use crate::Fault;

/// A text as messages show it.
pub fn shown(text: &str) -> String {
    let start: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        format!("{start}…")
    } else {
        start
    }
}

/// The fields of an object, taken one by one; what is left at the end is unknown.
pub struct Fields {
    /// The names above, with a dot after each.
    pub above: &'static str,
    pub map: Map<String, Value>,
}

impl Fields {
    /// The fault of a field.
    pub fn fault(&self, name: &str, what: impl std::fmt::Display) -> Fault {
        Fault::field(&format!("{}{name}", self.above), what)
    }

    /// A field that has to be there and is not.
    pub fn missing(&self, name: &str) -> Fault {
        self.fault(name, "is missing")
    }

    /// A field's value, if it has one.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.map.remove(name).filter(|value| !value.is_null())
    }

    /// The fault of a field that is not what is wanted.
    pub fn wrong(&self, name: &str, wanted: &str, value: &Value) -> Fault {
        self.fault(
            name,
            format!("must be {wanted}, got `{}`", shown(&value.to_string())),
        )
    }

    /// A text of at most so many bytes.
    pub fn text(&mut self, name: &str, longest: usize) -> Result<Option<String>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.len() > longest => {
                let what = format!("must be at most {longest} bytes long, got {}", text.len());
                Err(self.fault(name, what))
            }
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(self.wrong(name, "a text", &other)),
        }
    }

    /// True or false.
    pub fn flag(&mut self, name: &str) -> Result<Option<bool>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(other) => Err(self.wrong(name, "true or false", &other)),
        }
    }

    /// A whole number within a range.
    pub fn whole(
        &mut self,
        name: &str,
        range: std::ops::RangeInclusive<u64>,
    ) -> Result<Option<u64>, Fault> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        // JSON knows one kind of number: 5.0 is 5.
        let float = value
            .as_f64()
            .filter(|number| number.fract() == 0.0 && *number >= 0.0);
        let number = value.as_u64().or(float.map(|number| number as u64));
        match number.filter(|number| range.contains(number)) {
            Some(number) => Ok(Some(number)),
            None => {
                let wanted = format!("a whole number from {} to {}", range.start(), range.end());
                Err(self.wrong(name, &wanted, &value))
            }
        }
    }

    /// A number of at least `least`.
    pub fn number(&mut self, name: &str, least: f64) -> Result<Option<f64>, Fault> {
        let Some(value) = self.take(name) else {
            return Ok(None);
        };
        match value.as_f64().filter(|number| *number >= least) {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong(name, &format!("a number of at least {least}"), &value)),
        }
    }

    /// A list of whole numbers, which has to be there.
    pub fn numbers(&mut self, name: &str) -> Result<Vec<u64>, Fault> {
        let value = self.take(name).ok_or_else(|| self.missing(name))?;
        let numbers = value
            .as_array()
            .map(|list| list.iter().map(Value::as_u64).collect());
        match numbers {
            Some(Some(numbers)) => Ok(numbers),
            _ => Err(self.wrong(name, "a list of whole numbers", &value)),
        }
    }

    /// An object's own fields.
    pub fn object(&mut self, name: &'static str) -> Result<Option<Fields>, Fault> {
        let above = match name {
            "settings" => "settings.",
            "planned" => "planned.",
            _ => "",
        };
        match self.take(name) {
            None => Ok(None),
            Some(Value::Object(map)) => Ok(Some(Fields { above, map })),
            Some(other) => Err(self.wrong(name, "an object", &other)),
        }
    }

    /// Refuses what was not taken.
    pub fn end(&self) -> Result<(), Fault> {
        match self.map.keys().next() {
            None => Ok(()),
            Some(name) => {
                let above = self.above.to_owned();
                let name = shown(name);
                Err(Fault::field(
                    &format!("{above}{name}"),
                    "is not a field that is known here",
                ))
            }
        }
    }
}
