use std::{env, path::Path};

use serde_json::{Map, Value};

use crate::{Fault, FaultKind, fields::Fields};

/// What calls, memory and requests cost, and how long functions take to start: data that
/// users can replace ([`Prices::read`]); `prices.json` beside this crate's sources is the
/// default.
#[derive(Clone, Debug, PartialEq)]
pub struct Prices {
    source: String,
    date: String,
    classes: Vec<Class>,
    model: CostModel,
}

/// What is paid in one region, in US dollars, and how a function there is reckoned with.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// Whose prices these are, for which regions, and when they were.
    pub whose: String,
    /// A gigabyte of memory during a second, on x86-64.
    pub x86_64: f64,
    /// The same on arm64.
    pub arm64: f64,
    /// A gigabyte of `/tmp` beyond the first 512 MB during a second.
    pub tmp_gb_second: f64,
    /// A call of a function.
    pub call: f64,
    /// Storing an object, or listing.
    pub put: f64,
    /// Reading an object.
    pub get: f64,
    /// How long things take.
    pub model: CostModel,
}

impl Default for Rates {
    /// Those of most regions, by the prices that are part of the program.
    fn default() -> Self {
        let rates = Prices::default().rates("us-east-1");
        rates.expect("the prices of the program have all regions")
    }
}

/// How long functions take, besides what rendering takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CostModel {
    /// MB of memory that come with one processor.
    pub processor_mb: f64,
    /// Seconds of work of the machine that measures, done in a second of a function's
    /// processor.
    pub processor_speed: f64,
    /// Seconds in which a new function starts and fetches its files, as they are billed.
    pub start_seconds: f64,
    /// Seconds in which one that is up does so.
    pub warm_seconds: f64,
    /// Seconds in which a recorded film is stored for the workers.
    pub publish_seconds: f64,
    /// Seconds from the last result to the film.
    pub join_seconds: f64,
    /// What each of its frames adds.
    pub join_seconds_per_frame: f64,
}

#[derive(Clone, Debug, PartialEq)]
struct Class {
    regions: Vec<String>,
    rates: Rates,
}

impl Default for Prices {
    fn default() -> Self {
        Self::parse(include_str!("../prices.json")).expect("the prices of the program are right")
    }
}

impl Prices {
    /// The prices in the file that `KINORA_PRICES` names, else those of the program.
    ///
    /// # Errors
    /// As [`Prices::read`].
    pub fn from_environment() -> Result<Self, Fault> {
        match env::var_os("KINORA_PRICES").filter(|file| !file.is_empty()) {
            Some(file) => Self::read(Path::new(&file)),
            None => Ok(Self::default()),
        }
    }

    /// The prices in a file.
    ///
    /// # Errors
    /// When it cannot be read or is no file of prices; the fault names the field.
    pub fn read(path: &Path) -> Result<Self, Fault> {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| {
            let message = format!("cannot read the prices in `{}`", path.display());
            Fault::tool(message, &error)
        })?;
        Self::parse(&text).map_err(|fault| Fault {
            kind: FaultKind::Tool,
            message: format!("no prices in `{}`: {}", path.display(), fault.message),
            ..fault
        })
    }

    /// Prices as a file has them.
    ///
    /// # Errors
    /// When a field is missing, unknown or of a wrong type; the fault names it.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| Fault::field("prices", format!("is not JSON: {error}")))?;
        let mut fields = fields(value, "prices")?;
        let source = text_of(&mut fields, "source")?;
        let date = text_of(&mut fields, "date")?;
        let model = fields.take("model").unwrap_or_default();
        let model = within("model.", CostModel::parse(model))?;
        let Some(Value::Array(list)) = fields.take("classes") else {
            return Err(fields.fault("classes", "must be a list of prices by region"));
        };
        let told = format!("{source}, {date}");
        let class = |(index, value)| {
            let class = Class::parse(value, &told, model);
            within(&format!("classes[{index}]."), class)
        };
        let classes = list.into_iter().enumerate().map(class);
        let classes = classes.collect::<Result<Vec<_>, _>>()?;
        fields.end()?;
        Ok(Self {
            source,
            date,
            classes,
            model,
        })
    }

    /// Whose they are, and when they were.
    pub fn whose(&self) -> String {
        format!("{}, {}", self.source, self.date)
    }

    /// What is paid in a region; prices for `*` are those of all regions that are not named.
    ///
    /// # Errors
    /// When there are none for it.
    pub fn rates(&self, region: &str) -> Result<Rates, Fault> {
        let of = |name: &str| {
            let has = |class: &&Class| class.regions.iter().any(|region| region == name);
            self.classes.iter().find(has)
        };
        let class = of(region).or_else(|| of("*")).ok_or_else(|| {
            let what = format!(
                "has no prices for the region `{region}`; add it, or `*` for all that are not named"
            );
            Fault::field("classes", what)
        })?;
        Ok(class.rates.clone())
    }
}

impl Class {
    fn parse(value: Value, told: &str, model: CostModel) -> Result<Self, Fault> {
        let mut fields = fields(value, "regions")?;
        let name = text_of(&mut fields, "name")?;
        let regions = match fields.take("regions") {
            Some(Value::Array(list)) => list
                .iter()
                .map(|one| one.as_str().map(str::to_owned))
                .collect(),
            _ => None,
        };
        let wrong = || fields.fault("regions", "must be a list of regions, or of `*`");
        let regions: Vec<String> = regions.ok_or_else(wrong)?;
        let by_processor = fields.take("gbSecond").unwrap_or_default();
        let (x86_64, arm64) = within("gbSecond.", gb_second(by_processor))?;
        let class = Self {
            regions,
            rates: Rates {
                whose: format!("{told} ({name})"),
                x86_64,
                arm64,
                tmp_gb_second: amount(&mut fields, "tmpGbSecond")?,
                call: amount(&mut fields, "call")?,
                put: amount(&mut fields, "put")?,
                get: amount(&mut fields, "get")?,
                model,
            },
        };
        fields.end()?;
        Ok(class)
    }
}

fn gb_second(value: Value) -> Result<(f64, f64), Fault> {
    let mut fields = fields(value, "x86_64")?;
    let prices = (
        amount(&mut fields, "x86_64")?,
        amount(&mut fields, "arm64")?,
    );
    fields.end()?;
    Ok(prices)
}

impl CostModel {
    fn parse(value: Value) -> Result<Self, Fault> {
        let mut fields = fields(value, "processorMb")?;
        let model = Self {
            processor_mb: more_than_nothing(&mut fields, "processorMb")?,
            processor_speed: more_than_nothing(&mut fields, "processorSpeed")?,
            start_seconds: amount(&mut fields, "startSeconds")?,
            warm_seconds: amount(&mut fields, "warmSeconds")?,
            publish_seconds: amount(&mut fields, "publishSeconds")?,
            join_seconds: amount(&mut fields, "joinSeconds")?,
            join_seconds_per_frame: amount(&mut fields, "joinSecondsPerFrame")?,
        };
        fields.end()?;
        Ok(model)
    }
}

/// The fields of a value; those of none are absent, the `first` before all others.
fn fields(value: Value, first: &str) -> Result<Fields, Fault> {
    match value {
        Value::Object(map) => Ok(Fields { above: "", map }),
        Value::Null => Ok(Fields {
            above: "",
            map: Map::new(),
        }),
        _ => Err(Fault::field(first, "must be a field of an object")),
    }
}

fn text_of(fields: &mut Fields, name: &str) -> Result<String, Fault> {
    let text = fields.text(name, 200)?;
    text.ok_or_else(|| fields.missing(name))
}

fn amount(fields: &mut Fields, name: &str) -> Result<f64, Fault> {
    let number = fields.number(name, 0.0)?;
    number.ok_or_else(|| fields.missing(name))
}

fn more_than_nothing(fields: &mut Fields, name: &str) -> Result<f64, Fault> {
    match amount(fields, name)? {
        0.0 => Err(fields.fault(name, "must be greater than 0")),
        number => Ok(number),
    }
}

/// What was read of an object within others: its faults name the way there.
fn within<T>(above: &str, read: Result<T, Fault>) -> Result<T, Fault> {
    read.map_err(|mut fault| {
        if let Some(field) = &fault.field {
            let whole = format!("{above}{field}");
            fault.message = fault
                .message
                .replacen(&format!("`{field}`"), &format!("`{whole}`"), 1);
            fault.field = Some(whole);
        }
        fault
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn own() -> Value {
        serde_json::from_str(include_str!("../prices.json")).unwrap()
    }

    fn refused(change: impl FnOnce(&mut Value)) -> String {
        let mut value = own();
        change(&mut value);
        Prices::parse(&value.to_string()).unwrap_err().text()
    }

    #[test]
    fn regions_have_their_own_prices() {
        let prices = Prices::default();
        let most = prices.rates("eu-central-1").unwrap();
        assert_eq!(most, Rates::default());
        assert_eq!(most.whose, "AWS's list prices, 2026-11 (most regions)");
        let dear = prices.rates("af-south-1").unwrap();
        assert!(dear.x86_64 > most.x86_64 && dear.arm64 < dear.x86_64);
        let mut value = own();
        value["classes"].as_array_mut().unwrap().remove(0);
        let some = Prices::parse(&value.to_string()).unwrap();
        let fault = some.rates("eu-central-1").unwrap_err().text();
        assert!(
            fault.starts_with("`classes` has no prices for the region `eu-central-1`"),
            "{fault}"
        );
    }

    #[test]
    fn what_is_wrong_with_a_file_is_named() {
        let table = [
            (
                refused(|value| value["date"] = json!(null)),
                "`date` is missing",
            ),
            (
                refused(|value| value["model"]["joinSeconds"] = json!("1")),
                "`model.joinSeconds` must be a number of at least 0, got `",
            ),
            (
                refused(|value| value["model"]["processorMb"] = json!(0)),
                "`model.processorMb` must be greater than 0",
            ),
            (
                refused(|value| value["model"]["startsecs"] = json!(0)),
                "`model.startsecs` is not a field",
            ),
            (
                refused(|value| value["model"] = json!(null)),
                "`model.processorMb` is missing",
            ),
            (
                refused(|value| value["classes"] = json!({})),
                "`classes` must be a list",
            ),
            (
                refused(|value| value["classes"][1]["put"] = json!(-1)),
                "`classes[1].put` must be a number of at least 0, got `-1`",
            ),
            (
                refused(|value| value["classes"][1]["gbSecond"]["arm64"] = json!(null)),
                "`classes[1].gbSecond.arm64` is missing",
            ),
            (
                refused(|value| value["classes"][0]["regions"] = json!("*")),
                "`classes[0].regions` must be a list",
            ),
            (
                refused(|value| value["price"] = json!(1)),
                "`price` is not a field",
            ),
            (
                Prices::parse("{").unwrap_err().text(),
                "`prices` is not JSON",
            ),
        ];
        for (told, message) in table {
            assert!(told.starts_with(message), "{told}");
        }
    }

    #[test]
    fn a_file_is_named_with_what_is_wrong_in_it() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "[]").unwrap();
        let fault = Prices::read(file.path()).unwrap_err();
        let name = file.path().display();
        assert_eq!(fault.kind, FaultKind::Tool);
        assert!(
            fault
                .text()
                .starts_with(&format!("no prices in `{name}`: ")),
            "{fault}"
        );
        assert!(
            Prices::read(Path::new("absent.json"))
                .unwrap_err()
                .text()
                .contains("`absent.json`")
        );
    }
}
