use std::collections::HashMap;

use kinora_session::RowName;
use serde_json::{Map, Value};

use crate::{
    Aim, Fault, FullRender,
    event::{full, output_key},
    fields::{Fields, shown},
};

/// Rows that one batch may have, so that all their answers fit into one.
pub const MOST_ROWS: usize = 1000;

/// Render a film for each of many sets of variables.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchRender {
    /// What all of them share; its variables are those that a row does not replace.
    pub full: FullRender,
    /// The films.
    pub rows: Vec<BatchRow>,
}

/// One film of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchRow {
    /// Names the job that makes it.
    pub job: String,
    /// Variables of its own.
    pub variables: Map<String, Value>,
    /// The result's key.
    pub output: String,
}

impl BatchRender {
    /// Reads what is not a field of every event.
    pub(crate) fn read(fields: &mut Fields) -> Result<Self, Fault> {
        let pattern = fields.text("outputKey", 1024)?;
        let rows = rows(fields)?;
        let full = full(fields)?;
        if full.aim.workers.is_none() {
            return Err(fields.missing("numWorkers"));
        }
        if full.job.len() > 120 {
            return Err(fields.fault("jobId", "must be at most 120 bytes long for a batch"));
        }
        let format = full.request.settings.format.as_deref();
        let pattern = pattern.unwrap_or_else(|| crate::keys::row_output(&full.job, format));
        let name = RowName::parse(&pattern);
        let name = name.map_err(|error| fields.fault("outputKey", format!("is wrong: {error}")))?;
        let mut read = Vec::new();
        let mut first: HashMap<String, usize> = HashMap::new();
        for (variables, number) in rows.into_iter().zip(1..) {
            let key = name.path(&variables, number);
            let key = key.map_err(|error| {
                let what = format!("cannot be made for row `{number}`: {error}");
                fields.fault("outputKey", what)
            })?;
            let output = output_key(fields, key.to_string_lossy().into_owned())?;
            if let Some(other) = first.insert(output.clone(), number) {
                let what = format!(
                    "is `{}` for the rows `{other}` and `{number}`; put `{{row}}` into it",
                    shown(&output)
                );
                return Err(fields.fault("outputKey", what));
            }
            read.push(BatchRow {
                job: format!("{}-{number:04}", full.job),
                variables,
                output,
            });
        }
        Ok(Self { full, rows: read })
    }

    /// The event of a row alone, for so many workers.
    pub(crate) fn alone(&self, row: &BatchRow, workers: u64) -> FullRender {
        let mut full = self.full.clone();
        let mut variables = match full.request.variables.take() {
            Some(Value::Object(variables)) => variables,
            _ => Map::new(),
        };
        variables.extend(row.variables.clone());
        full.request.variables = Some(Value::Object(variables));
        FullRender {
            job: row.job.clone(),
            output: Some(row.output.clone()),
            aim: Aim::workers(workers),
            // Later rows may need them.
            keep_parts: true,
            webhook: None,
            ..full
        }
    }
}

fn rows(fields: &mut Fields) -> Result<Vec<Map<String, Value>>, Fault> {
    let value = fields.take("rows").ok_or_else(|| fields.missing("rows"))?;
    let Value::Array(rows) = value else {
        let what = "must be a list of objects, the variables of a film each";
        return Err(fields.fault("rows", what));
    };
    if !(1..=MOST_ROWS).contains(&rows.len()) {
        let what = format!("must be 1 to {MOST_ROWS} objects, got `{}`", rows.len());
        return Err(fields.fault("rows", what));
    }
    let object = |(row, number): (Value, usize)| match row {
        Value::Object(variables) => Ok(variables),
        other => {
            let what = format!(
                "must be objects; row `{number}` is `{}`",
                shown(&other.to_string())
            );
            Err(fields.fault("rows", what))
        }
    };
    rows.into_iter().zip(1..).map(object).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Event;

    fn batch(event: &Value) -> Result<BatchRender, Fault> {
        let mut event = event.clone();
        event["jobType"] = json!("batch");
        event["jobId"] = json!("all");
        event["numWorkers"] = json!(4);
        match Event::parse(&event.to_string())? {
            Event::Batch(batch) => Ok(*batch),
            other => panic!("no batch: {other:?}"),
        }
    }

    #[test]
    fn a_row_has_its_own_variables_and_those_of_all() {
        let read = batch(&json!({
            "variables": {"a": 1, "b": 1}, "rows": [{"b": 2, "name": "x"}, {"name": "y"}],
            "outputKey": "out/{name}-{row}.mp4", "webhook": "https://example.com",
        }));
        let read = read.unwrap();
        let keys: Vec<&str> = read.rows.iter().map(|row| row.output.as_str()).collect();
        assert_eq!(keys, ["out/x-1.mp4", "out/y-2.mp4"]);
        let full = read.alone(&read.rows[0], 3);
        assert_eq!(full.job, "all-0001");
        let variables = json!({"a": 1, "b": 2, "name": "x"});
        assert_eq!(full.request.variables, Some(variables));
        assert_eq!((full.aim, full.keep_parts), (Aim::workers(3), true));
        assert_eq!(full.webhook, None);
        let named = batch(&json!({"rows": [{}], "settings": {"format": "webm"}}));
        assert_eq!(named.unwrap().rows[0].output, "all/1.webm");
    }

    #[test]
    fn wrong_rows_are_refused_by_number() {
        let many: Vec<Value> = vec![json!({}); 1001];
        for (event, told) in [
            (json!({}), "`rows` is missing"),
            (json!({"rows": {}}), "`rows` must be a list of objects"),
            (
                json!({"rows": []}),
                "`rows` must be 1 to 1000 objects, got `0`",
            ),
            (
                json!({"rows": many}),
                "`rows` must be 1 to 1000 objects, got `1001`",
            ),
            (
                json!({"rows": [{}, 5]}),
                "`rows` must be objects; row `2` is `5`",
            ),
            (
                json!({"rows": [{}], "outputKey": "{a}.mp4"}),
                "`outputKey` cannot be made for row `1`: it has no `a`",
            ),
            (
                json!({"rows": [{}], "outputKey": "{a.mp4"}),
                "`outputKey` is wrong: a `{` is not closed",
            ),
            (
                json!({"rows": [{}, {}], "outputKey": "a.mp4"}),
                "`outputKey` is `a.mp4` for the rows `1` and `2`",
            ),
            (
                json!({"rows": [{"a": ".."}], "outputKey": "{a}.mp4"}),
                "`outputKey` cannot be made",
            ),
            (
                json!({"rows": [{}], "outputKey": "kinora/{row}.mp4"}),
                "`outputKey` must not lie under",
            ),
        ] {
            let fault = batch(&event).unwrap_err();
            assert_eq!(fault.status(), 400);
            assert!(fault.text().starts_with(told), "{}", fault.text());
        }
    }
}
