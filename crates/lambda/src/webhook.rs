use std::time::Duration;

use kinora_project::{Access, Webhook, WebhookSecret};
use serde_json::{Value, json};

use crate::{Fault, FaultKind, report::present_ms};

/// How long a function goes on trying: it is paid for meanwhile.
const PATIENCE: Duration = Duration::from_secs(10);

/// Posts a job's answer to a URL, as JSON: the answer's own fields with `jobId`, `status`
/// (`success` or `error`), `type` (`render.succeeded`, `render.failed`) and `timestamp`
/// (milliseconds since 1970), signed if there is a secret, as the Standard Webhooks have it.
///
/// Who may call the function names the URL, so any address may be told.
///
/// # Errors
/// When it did not arrive, or the other side did not answer with success.
pub async fn tell(
    url: &str,
    secret: Option<WebhookSecret>,
    job: &str,
    answer: &Result<Value, Fault>,
) -> Result<(), Fault> {
    let mut body = match answer {
        Ok(body) => body.clone(),
        Err(fault) => json!({"error": fault.text(), "fault": fault}),
    };
    let (status, kind) = match answer {
        Ok(_) => ("success", "render.succeeded"),
        Err(_) => ("error", "render.failed"),
    };
    body["jobId"] = json!(job);
    body["status"] = json!(status);
    body["type"] = json!(kind);
    body["timestamp"] = json!(present_ms());
    let untold = |what: String| Fault::new(FaultKind::Tool, what);
    let webhook = Webhook::new(url, secret, &Access::default());
    let webhook = webhook.map_err(|error| untold(format!("cannot post to `{url}`: {error}")))?;
    let id = format!("msg_{job}");
    let post = move || webhook.post_within(PATIENCE, &id, &body.to_string());
    let posted = tokio::task::spawn_blocking(post).await;
    let posted = posted.map_err(|error| Fault::tool("posting broke off", &error))?;
    posted.map_err(untold)
}
