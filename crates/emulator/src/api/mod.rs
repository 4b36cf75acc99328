//! Lambda's API for callers.

mod description;
mod invocation;
mod refusal;
pub mod runtime;

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request, StatusCode};

use crate::api::refusal::{Refusal, Unanswered};
use crate::http::{self, Answer, Dropped, Read};
use crate::keyring::Owner;
use crate::lambda::Lambda;
use crate::signature::{decode, verify};

/// The most bytes of an event whose caller waits.
const SYNCHRONOUS: usize = 6 * 1024 * 1024;
/// The most bytes of an event whose caller does not wait.
const ASYNCHRONOUS: usize = 1024 * 1024;

/// Answers one request to Lambda's API.
pub async fn answer(lambda: Arc<Lambda>, request: Request<Incoming>) -> Result<Answer, Dropped> {
    let request_id = lambda.new_id();
    let (parts, body) = request.into_parts();
    let mut answer = match route(&lambda, &request_id, &parts, body).await {
        Ok(answer) => answer,
        Err(Unanswered::Refused(refusal)) => refusal.answer(),
        Err(Unanswered::Dropped) => return Err(Dropped),
    };
    http::set(&mut answer, "x-amzn-requestid", &request_id);
    Ok(answer)
}

async fn route(
    lambda: &Arc<Lambda>,
    request_id: &str,
    parts: &Parts,
    body: Incoming,
) -> Result<Answer, Unanswered> {
    let body = match http::read(body, SYNCHRONOUS).await {
        Read::Whole(body) => body,
        Read::TooLarge(_) => return Err(Refusal::too_large(SYNCHRONOUS).into()),
        Read::Broken => return Err(Unanswered::Dropped),
    };
    authenticate(lambda, parts, &body)?;
    let unknown = || {
        let message = format!(
            "the emulator has no `{} {}`",
            parts.method,
            parts.uri.path()
        );
        Refusal::new(404, "UnknownOperationException", &message)
    };
    let plain = parts.uri.path().trim_end_matches('/');
    if (&parts.method, plain) == (&Method::GET, "/2016-08-19/account-settings") {
        return Ok(description::account(lambda));
    }
    // What is kept for a function was added to AWS's interface later.
    let path = ["/2015-03-31/functions/", "/2019-09-30/functions/"];
    let path = path
        .iter()
        .find_map(|above| parts.uri.path().strip_prefix(above))
        .ok_or_else(unknown)?;
    let (name, operation) = path
        .trim_end_matches('/')
        .split_once('/')
        .unwrap_or((path, ""));
    let qualifier = qualifier(lambda, &text(name), parts)?;
    // It was found to be there.
    let version = lambda.version(qualifier.as_deref()).unwrap_or_default();
    match (&parts.method, operation) {
        (&Method::POST, "invocations") => {
            let invocation = invocation::Invocation {
                request_id,
                parts,
                qualifier,
                version,
                body,
            };
            invocation.answer(lambda).await
        }
        (&Method::GET, "") => Ok(description::function(lambda, &version)),
        (&Method::GET, "configuration") => Ok(http::json(
            StatusCode::OK,
            &description::configuration(lambda, &version),
        )),
        (&Method::GET, "concurrency") => Ok(description::concurrency()),
        (&Method::GET, "versions") => Ok(description::versions(lambda)),
        (&Method::POST, "versions") => {
            let version = description::configuration(lambda, &lambda.publish());
            Ok(http::json(StatusCode::CREATED, &version))
        }
        _ => Err(unknown().into()),
    }
}

/// Lets in who signed with a key that is still good.
fn authenticate(lambda: &Lambda, parts: &Parts, body: &Bytes) -> Result<(), Refusal> {
    let scope = (lambda.deployment.region.as_str(), "lambda");
    let key = verify(
        parts,
        body,
        &lambda.keyring,
        scope,
        SystemTime::now().into(),
    )
    .map_err(|unsigned| Refusal::new(403, unsigned.code, &unsigned.message))?;
    match key.owner {
        Owner::Sandbox(number) if lambda.traffics.of(number).is_expired() => {
            let message = "The security token included in the request is expired";
            Err(Refusal::new(403, "ExpiredTokenException", message))
        }
        _ => Ok(()),
    }
}

fn text(encoded: &str) -> String {
    String::from_utf8_lossy(&decode(encoded)).into_owned()
}

/// The qualifier of the request, once it is clear that our function is meant.
fn qualifier(lambda: &Lambda, name: &str, parts: &Parts) -> Result<Option<String>, Refusal> {
    let deployment = &lambda.deployment;
    let (account, function) = (&deployment.account, &deployment.function.name);
    let full = deployment.arn(None);
    let known = [
        full.as_str(),
        &format!("{account}:function:{function}"),
        &format!("{account}:{function}"),
        function,
    ];
    let rest = known.iter().find_map(|known| name.strip_prefix(known));
    let from_name = match rest {
        Some("") => None,
        Some(rest) if rest.starts_with(':') => Some(rest[1..].to_owned()),
        _ if name.starts_with("arn:") => return Err(Refusal::not_found(name)),
        _ => {
            return Err(Refusal::not_found(
                &full.replace(&format!(":{function}"), &format!(":{name}")),
            ));
        }
    };
    let query = parts.uri.query().unwrap_or("");
    let from_query = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("Qualifier="))
        .map(text);
    if let (Some(one), Some(other)) = (&from_name, &from_query)
        && one != other
    {
        let message =
            "The derived qualifier from the function name does not match the specified qualifier.";
        return Err(Refusal::new(400, "InvalidParameterValueException", message));
    }
    let qualifier = from_name.or(from_query);
    match lambda.version(qualifier.as_deref()) {
        Some(_) => Ok(qualifier),
        None => Err(Refusal::not_found(&deployment.arn(qualifier.as_deref()))),
    }
}
