//! Lambda's API for callers.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use serde_json::{Value, json};

use crate::Outcome;
use crate::fault::{self, CallFault, Loss};
use crate::http::{self, Answer, Dropped, Read};
use crate::keyring::Owner;
use crate::lambda::{Call, Lambda};
use crate::signature::{decode, verify};

/// The most bytes of an event whose caller waits.
const SYNCHRONOUS: usize = 6 * 1024 * 1024;
/// The most bytes of an event whose caller does not wait.
const ASYNCHRONOUS: usize = 1024 * 1024;

/// An error as Lambda words it.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    body: Value,
}

fn refusal(status: u16, code: &'static str, message: &str) -> Refusal {
    let body = json!({"Type": "User", "message": message});
    Refusal {
        status: StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST),
        code,
        body,
    }
}

/// Answers one request to Lambda's API.
pub async fn answer(lambda: Arc<Lambda>, request: Request<Incoming>) -> Result<Answer, Dropped> {
    let request_id = lambda.new_id();
    let (parts, body) = request.into_parts();
    let mut answer = match route(&lambda, &request_id, parts, body).await? {
        Ok(answer) => answer,
        Err(refusal) => {
            let mut answer = http::json(refusal.status, &refusal.body);
            http::set(&mut answer, "x-amzn-errortype", refusal.code);
            answer
        }
    };
    http::set(&mut answer, "x-amzn-requestid", &request_id);
    Ok(answer)
}

type Routed = Result<Result<Answer, Refusal>, Dropped>;

async fn route(lambda: &Arc<Lambda>, request_id: &str, parts: Parts, body: Incoming) -> Routed {
    let body = match http::read(body, SYNCHRONOUS).await {
        Read::Whole(body) => body,
        Read::TooLarge(_) => return Ok(Err(too_large(SYNCHRONOUS))),
        Read::Broken => return Err(Dropped),
    };
    let scope = (lambda.deployment.region.as_str(), "lambda");
    let now = SystemTime::now().into();
    let key = match verify(&parts, &body, &lambda.keyring, scope, now) {
        Ok(key) => key,
        Err(unsigned) => return Ok(Err(refusal(403, unsigned.code, &unsigned.message))),
    };
    if let Owner::Sandbox(number) = key.owner
        && lambda.traffics.of(number).is_expired()
    {
        let message = "The security token included in the request is expired";
        return Ok(Err(refusal(403, "ExpiredTokenException", message)));
    }
    let Some(rest) = parts.uri.path().strip_prefix("/2015-03-31/functions/") else {
        return Ok(Err(unknown_path(&parts)));
    };
    let steps: Vec<String> = rest
        .trim_end_matches('/')
        .split('/')
        .map(|step| String::from_utf8_lossy(&decode(step)).into_owned())
        .collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let Some((name, steps)) = steps.split_first() else {
        return Ok(Err(unknown_path(&parts)));
    };
    let qualifier = match qualifier(lambda, name, &parts) {
        Ok(qualifier) => qualifier,
        Err(refusal) => return Ok(Err(refusal)),
    };
    match (&parts.method, steps) {
        (&Method::POST, ["invocations"]) => {
            invoke(lambda, request_id, &parts, qualifier, body).await
        }
        (&Method::GET, []) => Ok(function(lambda, qualifier.as_deref())),
        (&Method::GET, ["configuration"]) => Ok(configured(lambda, qualifier.as_deref())),
        (&Method::GET, ["versions"]) => {
            let newest = lambda.versions.load(Relaxed);
            let numbers = (1..=newest).map(|number| number.to_string());
            let versions: Vec<Value> = std::iter::once("$LATEST".to_owned())
                .chain(numbers)
                .map(|version| configuration(lambda, &version))
                .collect();
            Ok(Ok(http::json(
                StatusCode::OK,
                &json!({"Versions": versions}),
            )))
        }
        (&Method::POST, ["versions"]) => {
            let number = lambda.versions.fetch_add(1, Relaxed) + 1;
            Ok(Ok(http::json(
                StatusCode::CREATED,
                &configuration(lambda, &number.to_string()),
            )))
        }
        _ => Ok(Err(unknown_path(&parts))),
    }
}

fn unknown_path(parts: &Parts) -> Refusal {
    let message = format!(
        "the emulator has no `{} {}`",
        parts.method,
        parts.uri.path()
    );
    refusal(404, "UnknownOperationException", &message)
}

fn too_large(limit: usize) -> Refusal {
    let message =
        format!("Request must be smaller than {limit} bytes for the InvokeFunction operation");
    refusal(413, "RequestTooLargeException", &message)
}

/// The qualifier of the request, once it is clear that our function is meant.
fn qualifier(lambda: &Lambda, name: &str, parts: &Parts) -> Result<Option<String>, Refusal> {
    let deployment = &lambda.deployment;
    let from_query = parts
        .uri
        .query()
        .unwrap_or("")
        .split('&')
        .find_map(|pair| pair.strip_prefix("Qualifier="))
        .map(|value| String::from_utf8_lossy(&decode(value)).into_owned());
    let full = deployment.arn(None);
    let partial = format!("{}:{}", deployment.account, deployment.function.name);
    let with_function = format!(
        "{}:function:{}",
        deployment.account, deployment.function.name
    );
    let known = [
        full.as_str(),
        &partial,
        &with_function,
        &deployment.function.name,
    ];
    let suffix = known.iter().find_map(|known| name.strip_prefix(known));
    let from_name = match suffix {
        Some("") => None,
        Some(rest) if rest.starts_with(':') => Some(rest[1..].to_owned()),
        _ => {
            let arn = if name.starts_with("arn:") {
                name.to_owned()
            } else {
                full.replace(
                    &format!(":function:{}", deployment.function.name),
                    &format!(":function:{name}"),
                )
            };
            return Err(not_found(&arn));
        }
    };
    match (from_name, from_query) {
        (Some(one), Some(other)) if one != other => Err(refusal(
            400,
            "InvalidParameterValueException",
            "The derived qualifier from the function name does not match the specified qualifier.",
        )),
        (one, other) => {
            let qualifier = one.or(other);
            if lambda.version(qualifier.as_deref()).is_none() {
                return Err(not_found(&deployment.arn(qualifier.as_deref())));
            }
            Ok(qualifier)
        }
    }
}

fn not_found(arn: &str) -> Refusal {
    refusal(
        404,
        "ResourceNotFoundException",
        &format!("Function not found: {arn}"),
    )
}

async fn invoke(
    lambda: &Arc<Lambda>,
    request_id: &str,
    parts: &Parts,
    qualifier: Option<String>,
    body: Bytes,
) -> Routed {
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let kind = header("x-amz-invocation-type").unwrap_or("RequestResponse");
    let synchronous = match kind {
        "RequestResponse" | "DryRun" => true,
        "Event" => false,
        other => {
            let message = format!(
                "1 validation error detected: Value '{other}' at 'invocationType' failed to satisfy constraint: \
                 Member must satisfy enum value set: [Event, RequestResponse, DryRun]"
            );
            return Ok(Err(refusal(
                400,
                "InvalidParameterValueException",
                &message,
            )));
        }
    };
    if !synchronous && body.len() > ASYNCHRONOUS {
        return Ok(Err(too_large(ASYNCHRONOUS)));
    }
    let payload = if body.is_empty() {
        Bytes::from_static(b"{}")
    } else {
        body
    };
    if let Err(error) = serde_json::from_slice::<serde::de::IgnoredAny>(&payload) {
        let message = format!("Could not parse request body into json: {error}");
        return Ok(Err(refusal(
            400,
            "InvalidRequestContentException",
            &message,
        )));
    }
    // The qualifier was found before.
    let version = lambda
        .version(qualifier.as_deref())
        .unwrap_or_else(|| "$LATEST".to_owned());
    if kind == "DryRun" {
        return Ok(Ok(empty(StatusCode::NO_CONTENT, &version)));
    }
    let call = Call {
        request_id: request_id.to_owned(),
        qualifier,
        payload,
        client_context: header("x-amz-client-context").map(str::to_owned),
        attempt: 0,
        is_duplicate: false,
        synchronous,
    };
    let faults = lambda.faults.of_call(&call.payload);
    if let Some(refusal) = refused(lambda, &call, &version, &faults) {
        return Ok(Err(refusal));
    }
    if faults.contains(&CallFault::Duplicate) {
        lambda.faults.note(&CallFault::Duplicate, &call.request_id);
        let again = Call {
            is_duplicate: true,
            ..call.clone()
        };
        tokio::spawn(deliver(
            lambda.clone(),
            again,
            version.clone(),
            faults.clone(),
        ));
    }
    let wants_tail = header("x-amz-log-type") == Some("Tail");
    let answer = if synchronous {
        run(lambda, call, &version, &faults, wants_tail).await?
    } else {
        tokio::spawn(deliver(
            lambda.clone(),
            call,
            version.clone(),
            faults.clone(),
        ));
        Ok(empty(StatusCode::ACCEPTED, &version))
    };
    let loss = faults.iter().find_map(|fault| match fault {
        CallFault::LoseAnswer(loss) => Some((fault, *loss)),
        _ => None,
    });
    if let Some((fault, loss)) = loss {
        lambda.faults.note(fault, request_id);
        return match loss {
            Loss::Closed => Err(Dropped),
            Loss::Status(status) => Ok(Ok(gateway_error(status))),
        };
    }
    Ok(answer)
}

/// The refusal that a fault makes, before anything runs.
fn refused(lambda: &Lambda, call: &Call, version: &str, faults: &[CallFault]) -> Option<Refusal> {
    let (fault, how) = faults.iter().find_map(|fault| match fault {
        CallFault::Refuse(how) => Some((fault, *how)),
        _ => None,
    })?;
    let refusal = match how {
        fault::Refusal::Throttled => throttled(),
        fault::Refusal::ServiceError => Refusal {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "ServiceException",
            body: json!({"Type": "Service", "Message": "The service encountered an internal error."}),
        },
    };
    lambda.faults.note(fault, &call.request_id);
    let outcome = Outcome::Refused(refusal.status.as_u16());
    lambda.refuse(call, version, outcome, vec![fault.to_string()]);
    Some(refusal)
}

/// What stands between a client and Lambda may answer in its own way.
fn gateway_error(status: u16) -> Answer {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let mut answer = Response::new(http::body(format!("<html><body>{status}</body></html>")));
    *answer.status_mut() = status;
    http::set(&mut answer, "content-type", "text/html");
    answer
}

/// Runs a call whose caller waits.
async fn run(
    lambda: &Arc<Lambda>,
    call: Call,
    version: &str,
    faults: &[CallFault],
    wants_tail: bool,
) -> Routed {
    // A caller that hangs up does not stop the call.
    let running = tokio::spawn({
        let (lambda, version, faults) = (lambda.clone(), version.to_owned(), faults.to_vec());
        async move { lambda.run(&call, &version, &faults).await }
    });
    let Ok(result) = running.await else {
        return Err(Dropped);
    };
    if result.outcome == Outcome::Throttled {
        return Ok(Err(throttled()));
    }
    let mut answer = Response::new(http::body(result.payload));
    http::set(&mut answer, "content-type", "application/json");
    http::set(&mut answer, "x-amz-executed-version", &result.version);
    if !result.outcome.is_success() {
        http::set(&mut answer, "x-amz-function-error", "Unhandled");
    }
    if wants_tail {
        let tail = base64_simd::STANDARD.encode_to_string(result.tail);
        http::set(&mut answer, "x-amz-log-result", &tail);
    }
    Ok(Ok(answer))
}

fn throttled() -> Refusal {
    Refusal {
        status: StatusCode::TOO_MANY_REQUESTS,
        code: "TooManyRequestsException",
        body: json!({
            "Reason": "ConcurrentInvocationLimitExceeded",
            "Type": "User",
            "message": "Rate Exceeded.",
        }),
    }
}

fn empty(status: StatusCode, version: &str) -> Answer {
    let mut answer = Response::new(http::body(Bytes::new()));
    *answer.status_mut() = status;
    http::set(&mut answer, "x-amz-executed-version", version);
    answer
}

/// Delivers an event until the function does not fail on it, three times at most.
/// Being throttled is no failure: the event waits.
async fn deliver(lambda: Arc<Lambda>, mut call: Call, version: String, mut faults: Vec<CallFault>) {
    let mut pause = Duration::from_secs(1);
    loop {
        let result = lambda.run(&call, &version, &faults).await;
        match result.outcome {
            Outcome::Success => return,
            Outcome::Throttled => {
                tokio::time::sleep(pause).await;
                pause = (pause * 2).min(Duration::from_secs(300));
            }
            // Lambda itself repeats only what nobody waits for.
            _ if call.synchronous => return,
            _ => {
                let Some(delay) = lambda.retry_delays.get(call.attempt as usize) else {
                    return;
                };
                tokio::time::sleep(*delay).await;
                call.attempt += 1;
                faults = lambda.faults.of_call(&call.payload);
            }
        }
    }
}

fn function(lambda: &Lambda, qualifier: Option<&str>) -> Result<Answer, Refusal> {
    let version = lambda.version(qualifier).unwrap_or_default();
    let value = json!({
        "Configuration": configuration(lambda, &version),
        "Code": {"RepositoryType": "ECR"},
        "Tags": {},
    });
    Ok(http::json(StatusCode::OK, &value))
}

fn configured(lambda: &Lambda, qualifier: Option<&str>) -> Result<Answer, Refusal> {
    let version = lambda.version(qualifier).unwrap_or_default();
    Ok(http::json(StatusCode::OK, &configuration(lambda, &version)))
}

fn configuration(lambda: &Lambda, version: &str) -> Value {
    let deployment = &lambda.deployment;
    let function = &deployment.function;
    let qualifier = Some(version).filter(|version| *version != "$LATEST");
    json!({
        "FunctionName": function.name,
        "FunctionArn": deployment.arn(qualifier),
        "Role": format!("arn:aws:iam::{}:role/{}", deployment.account, function.name),
        "MemorySize": function.memory_mb,
        "Timeout": function.timeout.as_secs_f64().ceil() as u64,
        "EphemeralStorage": {"Size": function.ephemeral_storage_mb},
        "Architectures": [function.architecture],
        "PackageType": "Image",
        "Version": version,
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "LastModified": "1970-01-01T00:00:00.000+0000",
        "Environment": {"Variables": function.env},
    })
}
