use serde_json::{Value, json};

use crate::{
    Fault, MOST_WORKERS,
    fields::{Fields, shown},
};

/// How many workers are to share a job, or what decides it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Aim {
    /// So many, at least 1; chosen if none are named.
    pub workers: Option<u64>,
    /// Seconds in which the film is to be there, counted from the job's start.
    pub deadline: Option<f64>,
    /// US dollars that it may cost at most.
    pub max_cost: Option<f64>,
    /// Whether only a plan is wanted.
    pub dry_run: bool,
    /// Whether a faster preset may be taken, which changes the picture, where time and money
    /// do not suffice otherwise.
    pub faster_preset: bool,
}

impl Aim {
    /// So many workers, whatever it takes and costs.
    pub fn workers(workers: u64) -> Self {
        Self {
            workers: Some(workers),
            ..Self::default()
        }
    }

    /// Whether time or money are given, so that the film has to be measured.
    pub fn is_bound(&self) -> bool {
        self.deadline.is_some() || self.max_cost.is_some()
    }

    /// What an event says: `numWorkers` (a number, or `auto`), `deadline`, `maxCost`,
    /// `dryRun`, `fasterPreset`.
    pub(crate) fn take(fields: &mut Fields) -> Result<Self, Fault> {
        let auto = fields.map.get("numWorkers") == Some(&json!("auto"));
        let workers = match auto {
            true => fields.take("numWorkers").and(None),
            false => fields.whole("numWorkers", 1..=MOST_WORKERS)?,
        };
        let aim = Self {
            workers,
            deadline: deadline(fields)?,
            max_cost: max_cost(fields)?,
            dry_run: fields.flag("dryRun")?.unwrap_or(false),
            faster_preset: fields.flag("fasterPreset")?.unwrap_or(false),
        };
        if aim.faster_preset && !aim.is_bound() {
            let what = "means nothing without `deadline` or `maxCost`";
            return Err(fields.fault("fasterPreset", what));
        }
        match aim.workers.is_some() || auto || aim.dry_run || aim.is_bound() {
            true => Ok(aim),
            false => Err(fields.missing("numWorkers")),
        }
    }
}

fn deadline(fields: &mut Fields) -> Result<Option<f64>, Fault> {
    let Some(value) = fields.take("deadline") else {
        return Ok(None);
    };
    let seconds = match &value {
        Value::String(text) => seconds(text),
        other => other.as_f64(),
    };
    match seconds.filter(|seconds| *seconds > 0.0 && seconds.is_finite()) {
        Some(seconds) => Ok(Some(seconds)),
        None => {
            let got = shown(&value.to_string());
            let what =
                format!("must be a time greater than 0, such as 8 or `8s` or `2m`, got `{got}`");
            Err(fields.fault("deadline", what))
        }
    }
}

fn max_cost(fields: &mut Fields) -> Result<Option<f64>, Fault> {
    let Some(value) = fields.take("maxCost") else {
        return Ok(None);
    };
    match value.as_f64().filter(|usd| *usd > 0.0 && usd.is_finite()) {
        Some(usd) => Ok(Some(usd)),
        None => {
            let got = shown(&value.to_string());
            Err(fields.fault(
                "maxCost",
                format!("must be US dollars, greater than 0, got `{got}`"),
            ))
        }
    }
}

/// Seconds of a text such as `8`, `8s`, `2m` or `1h`.
fn seconds(text: &str) -> Option<f64> {
    let (digits, unit) = match text.chars().last()? {
        's' => (&text[..text.len() - 1], 1.0),
        'm' => (&text[..text.len() - 1], 60.0),
        'h' => (&text[..text.len() - 1], 3600.0),
        _ => (text, 1.0),
    };
    digits.parse::<f64>().ok().map(|number| number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(value: Value) -> Result<Aim, String> {
        let Value::Object(map) = value else {
            unreachable!()
        };
        let mut fields = Fields { above: "", map };
        let aim = Aim::take(&mut fields).map_err(|fault| fault.text())?;
        fields.end().map_err(|fault| fault.text())?;
        Ok(aim)
    }

    #[test]
    fn workers_are_named_or_chosen() {
        assert_eq!(take(json!({"numWorkers": 5})), Ok(Aim::workers(5)));
        assert_eq!(take(json!({"numWorkers": "auto"})), Ok(Aim::default()));
        let both = take(json!({"deadline": "2m", "maxCost": 0.02})).unwrap();
        assert_eq!(
            (both.deadline, both.max_cost, both.workers),
            (Some(120.0), Some(0.02), None)
        );
        assert_eq!(take(json!({"deadline": 8})).unwrap().deadline, Some(8.0));
        assert!(take(json!({"dryRun": true})).unwrap().dry_run);
        assert_eq!(take(json!({})), Err("`numWorkers` is missing".to_owned()));
        assert_eq!(
            take(json!({"dryRun": false})),
            Err("`numWorkers` is missing".to_owned())
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        for wrong in [
            json!("soon"),
            json!(0),
            json!(-1),
            json!("0s"),
            json!(true),
            json!(""),
        ] {
            let told = take(json!({"deadline": wrong})).unwrap_err();
            assert!(
                told.starts_with("`deadline` must be a time greater than 0"),
                "{told}"
            );
        }
        for wrong in [json!("0.02"), json!(0), json!([1])] {
            let told = take(json!({"maxCost": wrong})).unwrap_err();
            assert!(told.starts_with("`maxCost` must be US dollars"), "{told}");
        }
        let told = take(json!({"numWorkers": 1, "fasterPreset": true})).unwrap_err();
        assert!(
            told.starts_with("`fasterPreset` means nothing without"),
            "{told}"
        );
        let told = take(json!({"numWorkers": 1, "dryRun": 1})).unwrap_err();
        assert!(told.starts_with("`dryRun` must be true or false"), "{told}");
    }
}
