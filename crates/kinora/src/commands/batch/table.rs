use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use serde_json::{Map, Value};

/// A row's variables, and the line that it begins at.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub variables: Map<String, Value>,
    pub line: u64,
}

/// Reads a table by the ending of its name.
///
/// # Errors
/// When it cannot be read, has another ending, or a row is not what it should be; the
/// message names its line.
pub fn read(path: &Path) -> anyhow::Result<Vec<Row>> {
    let shown = path.display();
    let text = || {
        std::fs::read_to_string(path).with_context(|| format!("cannot read the table `{shown}`"))
    };
    let ending = path.extension().map(|it| it.to_ascii_lowercase());
    let rows = match ending.as_ref().and_then(|it| it.to_str()) {
        Some("csv") => of_csv(&text()?),
        Some("jsonl" | "ndjson") => of_json_lines(&text()?),
        _ => bail!("the table `{shown}` is neither .csv nor .jsonl by its name"),
    };
    let rows = rows.with_context(|| format!("the table `{shown}` is not in order"))?;
    match rows.is_empty() {
        true => bail!("the table `{shown}` has no rows"),
        false => Ok(rows),
    }
}

/// Values are taken as JSON where they are JSON, else as text; an empty one is none.
fn of_csv(text: &str) -> anyhow::Result<Vec<Row>> {
    // What spreadsheets put in front.
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names = reader.headers()?.clone();
    if let Some(name) = names.iter().find(|name| name.trim().is_empty()) {
        bail!("line 1: a column has the name `{name}`");
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, csv::Position::line);
        let variables = names
            .iter()
            .zip(&record)
            .filter(|(_, text)| !text.is_empty());
        let variables = variables.map(|(name, text)| {
            let value = serde_json::from_str(text).unwrap_or_else(|_| text.into());
            (name.trim().to_owned(), value)
        });
        rows.push(Row {
            variables: variables.collect(),
            line,
        });
    }
    Ok(rows)
}

fn of_json_lines(text: &str) -> anyhow::Result<Vec<Row>> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(at, text)| (at as u64 + 1, text));
    let lines = lines.filter(|(_, text)| !text.trim().is_empty());
    lines
        .map(|(line, text)| match serde_json::from_str(text) {
            Ok(Value::Object(variables)) => Ok(Row { variables, line }),
            Ok(_) => Err(anyhow!("line {line} is not a JSON object")),
            Err(error) => Err(anyhow!("line {line} is not JSON: {error}")),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn values(rows: anyhow::Result<Vec<Row>>) -> Vec<Value> {
        rows.unwrap()
            .into_iter()
            .map(|row| Value::Object(row.variables))
            .collect()
    }

    #[test]
    fn csv_is_read_as_spreadsheets_write_it() {
        let rows = of_csv("\u{feff}name,size,note\r\nAnn,12,\"a, \"\"b\"\"\nc\"\r\nBob,,007\r\n");
        assert_eq!(
            values(rows),
            [
                json!({"name": "Ann", "size": 12, "note": "a, \"b\"\nc"}),
                json!({"name": "Bob", "note": "007"}),
            ]
        );
    }

    #[test]
    fn each_line_of_json_is_a_row() {
        let rows = of_json_lines("{\"a\": [1]}\n\n{\"b\": null}\n");
        assert_eq!(values(rows), [json!({"a": [1]}), json!({"b": null})]);
    }

    #[test]
    fn rows_that_are_none_are_named() {
        for (fault, wanted) in [
            (of_csv("a,b\n1,2,3\n"), "line: 2"),
            (of_csv("a,,b\n1,2,3\n"), "line 1"),
            (of_json_lines("{}\n[1]\n"), "line 2 is not a JSON object"),
            (of_json_lines("{"), "line 1 is not JSON"),
        ] {
            let fault = fault.unwrap_err().to_string();
            assert!(fault.contains(wanted), "{fault}");
        }
    }
}
