use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_lambda::{
    Client,
    config::{retry::RetryConfig, timeout::TimeoutConfig},
    error::{DisplayErrorContext, SdkError},
    operation::invoke::InvokeError,
    primitives::Blob,
    types::{InvocationType, LogType},
};
use serde_json::Value;

use crate::{Account, Fault, FaultKind, account::LONGEST_CALL, aws::way_out};

/// What became of a call.
#[derive(Debug)]
pub enum Called {
    /// The function answered with this, and was billed so much.
    Answered(Value, Option<Billed>),
    /// Too many calls are under way.
    Throttled,
    /// The call or the function failed.
    Failed(Fault, Option<Billed>),
}

/// What a call cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Billed {
    /// Billed time.
    pub ms: u64,
    /// Memory of the function.
    pub memory_mb: u64,
}

impl Billed {
    /// Gigabytes times seconds, what Lambda's price is for.
    pub fn gb_seconds(self) -> f64 {
        self.memory_mb as f64 / 1024.0 * self.ms as f64 / 1000.0
    }

    /// Reads the line that Lambda writes at the end of each call.
    fn read(log: &str) -> Option<Self> {
        let report = log.lines().rev().find(|line| line.starts_with("REPORT"))?;
        let number = |name: &str| {
            let (_, rest) = report.split_once(name)?;
            rest.split_whitespace().next()?.parse().ok()
        };
        Some(Self {
            ms: number("Billed Duration:")?,
            memory_mb: number("Memory Size:")?,
        })
    }
}

/// Calls the function that workers run in.
#[async_trait]
pub trait Caller: Send + Sync {
    /// Calls it with an event and waits for its answer.
    async fn call(&self, event: &Value) -> Called;
}

/// A function of AWS Lambda.
pub struct LambdaFunction {
    client: Client,
    name: String,
    region: String,
    qualifier: Option<String>,
}

impl LambdaFunction {
    /// The function of this name or ARN; with a qualifier, that version of it.
    pub fn new(account: &Account, name: &str, qualifier: Option<String>) -> Self {
        let config = aws_sdk_lambda::config::Builder::from(account.config())
            .retry_config(RetryConfig::disabled())
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(10))
                    .operation_timeout(LONGEST_CALL)
                    .build(),
            )
            .build();
        Self {
            client: Client::from_conf(config),
            name: name.to_owned(),
            region: account.region().to_owned(),
            qualifier,
        }
    }

    fn refused(&self, error: SdkError<InvokeError>) -> Called {
        let text = DisplayErrorContext(&error).to_string();
        let name = &self.name;
        let fault = |kind, message: String| {
            let mut fault = Fault::new(kind, message);
            fault.causes.push(text.clone());
            Called::Failed(fault, None)
        };
        let SdkError::ServiceError(answer) = &error else {
            return fault(
                FaultKind::Passing,
                format!("the call of `{name}` broke off"),
            );
        };
        match answer.err() {
            InvokeError::TooManyRequestsException(_) => Called::Throttled,
            InvokeError::ResourceNotFoundException(_) => {
                let version = self.qualifier.as_deref().unwrap_or("$LATEST");
                fault(
                    FaultKind::Tool,
                    format!(
                        "there is no function `{name}` of version `{version}` in `{}`: `kinora lambda deploy --stack {name}` makes it, AWS_REGION names another region",
                        self.region
                    ),
                )
            }
            InvokeError::RequestTooLargeException(_) => fault(
                FaultKind::Tool,
                format!("the event for `{name}` is too large"),
            ),
            _ => match answer.raw().status().as_u16() {
                429 => Called::Throttled,
                401 | 403 => fault(FaultKind::Tool, self.denied(answer.err())),
                400..500 => fault(FaultKind::Tool, format!("AWS refuses the call of `{name}`")),
                _ => fault(
                    FaultKind::Passing,
                    format!("AWS cannot call `{name}` just now"),
                ),
            },
        }
    }
}

impl LambdaFunction {
    /// Why AWS does not let the function be called, and the way out.
    fn denied(&self, error: &InvokeError) -> String {
        let (code, message) = (error.meta().code(), error.meta().message());
        let action = Some("lambda:InvokeFunction");
        let known = way_out(
            code.unwrap_or_default(),
            message.unwrap_or_default(),
            &self.region,
            action,
        );
        known.unwrap_or_else(|| format!("AWS does not let `{}` be called", self.name))
    }
}

#[async_trait]
impl Caller for LambdaFunction {
    async fn call(&self, event: &Value) -> Called {
        let answer = self
            .client
            .invoke()
            .function_name(&self.name)
            .set_qualifier(self.qualifier.clone())
            .invocation_type(InvocationType::RequestResponse)
            .log_type(LogType::Tail)
            .payload(Blob::new(event.to_string()))
            .send()
            .await;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return self.refused(error),
        };
        let log = answer.log_result().map(decode_base64).unwrap_or_default();
        let billed = Billed::read(&log);
        let payload = answer
            .payload()
            .map(|blob| blob.as_ref())
            .unwrap_or_default();
        let value: Value = serde_json::from_slice(payload).unwrap_or(Value::Null);
        match answer.function_error() {
            None => Called::Answered(value, billed),
            Some(_) => Called::Failed(died(&value), billed),
        }
    }
}

/// The failure of a function that ended without an answer of its own.
fn died(error: &Value) -> Fault {
    let kind = error["errorType"].as_str().unwrap_or("an unknown error");
    let message = error["errorMessage"].as_str().unwrap_or_default();
    let what = match message {
        _ if message.contains("timed out") => "the worker ran into the function's time limit",
        _ if message.contains("killed") || kind.contains("OutOfMemory") => {
            "the worker was killed; if it lasts, give the function more memory"
        }
        _ => "the worker ended without an answer",
    };
    let mut fault = Fault::new(FaultKind::Passing, what);
    fault.causes.push(format!("{kind}: {message}"));
    fault
}

fn decode_base64(text: &str) -> String {
    let bytes = aws_smithy_types::base64::decode(text).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_call_cost_stands_in_its_log() {
        let log = "START RequestId: a\nREPORT RequestId: a\tDuration: 2502.12 ms\tBilled Duration: 2503 ms\tMemory Size: 3008 MB\tMax Memory Used: 210 MB\n";
        let billed = Billed {
            ms: 2503,
            memory_mb: 3008,
        };
        assert_eq!(Billed::read(log), Some(billed));
        assert!((billed.gb_seconds() - 7.3525).abs() < 1e-3);
        assert_eq!(Billed::read("END"), None);
    }
}
