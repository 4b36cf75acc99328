use bytes::Bytes;
use hyper::StatusCode;
use serde_json::{Value, json};

use crate::api::refusal::{Refusal, Unanswered};
use crate::api::unknown;
use crate::cloud::Cloud;
use crate::http::{self, Answer};
use crate::log_groups::Line;

/// The most lines of an answer.
const MOST: u64 = 10_000;

/// Answers a request to CloudWatch Logs.
pub fn answer(cloud: &Cloud, operation: &str, body: &Bytes) -> Result<Answer, Unanswered> {
    if operation != "FilterLogEvents" {
        return Err(unknown(&format!("logs:{operation}")).into());
    }
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    let group = asked["logGroupName"].as_str().unwrap_or_default();
    let Some(lines) = cloud.shared.logs.lines(group) else {
        let message = "The specified log group does not exist.";
        return Err(Refusal::new(400, "ResourceNotFoundException", message).into());
    };
    let (from, to) = (
        asked["startTime"].as_u64().unwrap_or(0),
        asked["endTime"].as_u64().unwrap_or(u64::MAX),
    );
    let pattern = asked["filterPattern"].as_str().unwrap_or_default();
    // Where the page before has ended.
    let token = asked["nextToken"].as_str();
    let after: u64 = token.and_then(|text| text.parse().ok()).unwrap_or(0);
    let most = asked["limit"].as_u64().unwrap_or(MOST).clamp(1, MOST) as usize;
    let mut found = lines.into_iter().filter(|line| {
        line.number > after && (from..=to).contains(&line.at_ms) && matches(pattern, &line.text)
    });
    let page: Vec<Line> = found.by_ref().take(most).collect();
    let mut told = json!({
        "events": page.iter().map(|line| json!({
            "logStreamName": line.stream,
            "timestamp": line.at_ms,
            "ingestionTime": line.at_ms,
            "message": line.text,
            "eventId": format!("{:056}", line.number),
        })).collect::<Vec<_>>(),
        "searchedLogStreams": [],
    });
    if let (Some(last), Some(_)) = (page.last(), found.next()) {
        told["nextToken"] = json!(last.number.to_string());
    }
    Ok(http::json(StatusCode::OK, &told))
}

/// Whether a line has all words of a pattern; words in quotes belong together.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
    {
        Some(phrase) => text.contains(phrase),
        None => pattern.split_whitespace().all(|word| text.contains(word)),
    }
}
