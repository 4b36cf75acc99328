use std::sync::Arc;

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};
use tokio::task::spawn_blocking;

use crate::job::{RenderJob, State};

/// Tells the job's listener of its end; should that not succeed, the job has a warning.
pub async fn tell(job: Arc<RenderJob>) {
    let told = job.clone();
    let posted = spawn_blocking(move || match &told.listener {
        Some(listener) => {
            let body = message(&told, listener.plain);
            let id = format!("msg_{}", told.id);
            listener.webhook.post(&id, &body.to_string())
        }
        None => Ok(()),
    });
    if let Ok(Err(fault)) = posted.await {
        job.warn(fault);
    }
}

fn message(job: &RenderJob, plain: bool) -> Value {
    let state = job.state();
    if !plain {
        return json!({
            "type": format!("job.{}", state.name()),
            "timestamp": OffsetDateTime::now_utc().format(&Rfc3339).unwrap_or_default(),
            "data": job.to_json(),
        });
    }
    match state {
        State::Succeeded { .. } => {
            json!({"tempProjectName": job.id, "status": "success", "downloadLink": job.link()})
        }
        state => json!({"tempProjectName": job.id, "status": "error", "error": why(&state)}),
    }
}

/// What went wrong with a job, in words.
pub fn why(state: &State) -> String {
    match state {
        State::Failed(error) => error["message"].as_str().unwrap_or_default().to_owned(),
        State::Cancelled => "the job was cancelled".to_owned(),
        _ => String::new(),
    }
}
