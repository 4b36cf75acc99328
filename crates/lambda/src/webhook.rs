use std::time::Duration;

use serde_json::{Value, json};

use crate::{Fault, FaultKind};

/// How often the answer is posted, should it not arrive.
const ATTEMPTS: u32 = 3;
/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Posts a job's answer to a URL, as JSON: the answer's own fields with `jobId` and
/// `status` (`success` or `error`).
///
/// # Errors
/// When it did not arrive, or the other side did not answer with success.
pub async fn tell(url: &str, job: &str, answer: &Result<Value, Fault>) -> Result<(), Fault> {
    let mut body = match answer {
        Ok(body) => body.clone(),
        Err(fault) => json!({"error": fault.text(), "fault": fault}),
    };
    body["jobId"] = json!(job);
    body["status"] = json!(if answer.is_ok() { "success" } else { "error" });
    let wrong = |error| Fault::tool(format!("cannot post to `{url}`"), &error);
    let client = reqwest::Client::builder()
        .timeout(PATIENCE)
        .build()
        .map_err(wrong)?;
    let mut attempt = 0;
    loop {
        attempt += 1;
        let sent = client
            .post(url)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await;
        let fault = match sent {
            Ok(answer) if answer.status().is_success() => return Ok(()),
            Ok(answer) => {
                let message = format!("`{url}` answered {}", answer.status());
                Fault::new(FaultKind::Tool, message)
            }
            Err(error) => wrong(error),
        };
        if attempt == ATTEMPTS {
            return Err(fault);
        }
        tokio::time::sleep(Duration::from_millis(300 << attempt)).await;
    }
}
