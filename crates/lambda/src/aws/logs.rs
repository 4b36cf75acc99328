use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Aws, AwsError,
    request::{Ask, Service},
};

/// A line of a function's log.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LogLine {
    /// Names the line.
    #[serde(skip)]
    pub id: String,
    /// When it was written: milliseconds since 1970.
    pub at_ms: u64,
    /// The sandbox that wrote it.
    pub stream: String,
    /// What it says, without its line's end.
    pub text: String,
}

/// Some lines of a log.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogPage {
    /// They, in order of time.
    pub lines: Vec<LogLine>,
    /// What the next page is asked for with, if there is one.
    pub next: Option<String>,
}

impl Aws {
    /// Lines of a log group from this time on (milliseconds since 1970); those with
    /// `pattern` in them, if it is not empty. None if there is no such group.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn log(
        &self,
        group: &str,
        since_ms: u64,
        pattern: &str,
        page: Option<&str>,
    ) -> Result<Option<LogPage>, AwsError> {
        let mut body = json!({"logGroupName": group, "startTime": since_ms});
        if !pattern.is_empty() {
            body["filterPattern"] = json!(format!("\"{}\"", pattern.replace('"', "")));
        }
        if let Some(page) = page {
            body["nextToken"] = json!(page);
        }
        let ask = Ask {
            service: Service::Logs,
            action: "FilterLogEvents",
            method: "POST",
            target: "/".to_owned(),
            headers: vec![
                ("content-type", "application/x-amz-json-1.1".to_owned()),
                ("x-amz-target", "Logs_20140328.FilterLogEvents".to_owned()),
            ],
            body: body.to_string().into_bytes(),
        };
        match self.json(ask).await {
            Ok(value) => Ok(Some(read(&value))),
            Err(AwsError::Refused(refusal)) if refusal.code == "ResourceNotFoundException" => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

fn read(value: &Value) -> LogPage {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let events = value["events"].as_array().map_or(&[][..], Vec::as_slice);
    let line = |event: &Value| LogLine {
        id: text(&event["eventId"]),
        at_ms: event["timestamp"].as_u64().unwrap_or(0),
        stream: text(&event["logStreamName"]),
        text: text(&event["message"]).trim_end().to_owned(),
    };
    LogPage {
        lines: events.iter().map(line).collect(),
        next: value["nextToken"].as_str().map(str::to_owned),
    }
}
