//! The API for callers, of Lambda and of the services by which it is deployed.

mod description;
mod identity;
mod invocation;
mod logs;
pub mod refusal;
pub mod runtime;
mod service;
mod stacks;

use std::sync::Arc;
use std::time::SystemTime;

use bytes::Bytes;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};

use crate::api::refusal::{Refusal, Unanswered};
use crate::api::service::{Form, Service};
use crate::cloud::Cloud;
use crate::http::{self, Answer, Dropped, Read};
use crate::keyring::{Key, Owner};
use crate::lambda::Lambda;
use crate::signature::{decode, verify};

/// The most bytes of an event whose caller waits.
const SYNCHRONOUS: usize = 6 * 1024 * 1024;
/// The most bytes of an event whose caller does not wait.
const ASYNCHRONOUS: usize = 1024 * 1024;

/// Answers one request to the API.
pub async fn answer(cloud: Arc<Cloud>, request: Request<Incoming>) -> Result<Answer, Dropped> {
    let request_id = cloud.shared.new_id();
    let (parts, body) = request.into_parts();
    let service = Service::of(&parts);
    let mut answer = match route(&cloud, service, &request_id, &parts, body).await {
        Ok(answer) => answer,
        Err(Unanswered::Refused(refusal)) => refusal.answer(service, &request_id),
        Err(Unanswered::Dropped) => return Err(Dropped),
    };
    http::set(&mut answer, "x-amzn-requestid", &request_id);
    Ok(answer)
}

async fn route(
    cloud: &Arc<Cloud>,
    service: Service,
    request_id: &str,
    parts: &Parts,
    body: Incoming,
) -> Result<Answer, Unanswered> {
    let body = match http::read(body, SYNCHRONOUS).await {
        Read::Whole(body) => body,
        Read::TooLarge(_) => return Err(Refusal::too_large(SYNCHRONOUS).into()),
        Read::Broken => return Err(Unanswered::Dropped),
    };
    let region = region(cloud, parts);
    let key = authenticate(cloud, service, (&region, parts), &body)?;
    let form = match service {
        Service::CloudFormation | Service::Sts => Form::read(&body),
        _ => Form::default(),
    };
    let operation = service.operation(parts, &form);
    if operation.is_empty() {
        return Err(unknown(&format!("{} {}", parts.method, parts.uri.path())).into());
    }
    if key.owner == Owner::Caller {
        let action = format!("{}:{operation}", service.name());
        if let Some(fault) = cloud.shared.faults.of_action(&action) {
            return Err(Refusal::of_fault(&fault, &cloud.denial(&action)).into());
        }
    }
    let is_anywhere = service == Service::Sts || operation == "GetAccountSettings";
    if region != cloud.base.region && !is_anywhere {
        return elsewhere(cloud, service, &region, parts, form.text("StackName"));
    }
    match service {
        Service::Lambda if operation == "GetAccountSettings" => Ok(description::account(cloud)),
        Service::Lambda => lambda(cloud, request_id, parts, body).await,
        Service::Sts => identity::answer(cloud, &operation, request_id),
        Service::Logs => logs::answer(cloud, &operation, &body),
        Service::CloudFormation => stacks::answer(cloud, &operation, &form, request_id),
    }
}

fn unknown(what: &str) -> Refusal {
    let message = format!("the emulator has no `{what}`");
    Refusal::new(404, "UnknownOperationException", &message)
}

/// The answer of an older service to an operation; `result` is XML.
fn result(operation: &str, result: &str, request_id: &str) -> Answer {
    let body = format!(
        "<{operation}Response><{operation}Result>{result}</{operation}Result>\
         <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{operation}Response>"
    );
    let mut answer = Response::new(http::body(body));
    http::set(&mut answer, "content-type", "text/xml");
    answer
}

async fn lambda(
    cloud: &Arc<Cloud>,
    request_id: &str,
    parts: &Parts,
    body: Bytes,
) -> Result<Answer, Unanswered> {
    let unknown = || unknown(&format!("{} {}", parts.method, parts.uri.path()));
    let path = service::lambda_path(parts.uri.path()).ok_or_else(unknown)?;
    let (name, operation) = path
        .trim_end_matches('/')
        .split_once('/')
        .unwrap_or((path, ""));
    let (lambda, qualifier) = function(cloud, &text(name), parts)?;
    let lambda = &lambda;
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
        (&Method::GET, "concurrency") => Ok(description::concurrency(lambda)),
        (&Method::GET, "versions") => Ok(description::versions(lambda)),
        (&Method::POST, "versions") => {
            let version = description::configuration(lambda, &lambda.publish());
            Ok(http::json(StatusCode::CREATED, &version))
        }
        _ => Err(unknown().into()),
    }
}

/// The region that a request is signed for: each has an address of its own at AWS, and
/// here all have the same.
fn region(cloud: &Cloud, parts: &Parts) -> String {
    let authorization = parts.headers.get("authorization");
    let text = authorization.and_then(|value| value.to_str().ok());
    // Access key, date, region.
    let scope = text.and_then(|text| text.split("Credential=").nth(1)?.split('/').nth(2));
    scope.unwrap_or(&cloud.base.region).to_owned()
}

/// The answer of another region, in which there is nothing.
fn elsewhere(
    cloud: &Cloud,
    service: Service,
    region: &str,
    parts: &Parts,
    stack: &str,
) -> Result<Answer, Unanswered> {
    let refusal = match service {
        Service::CloudFormation => {
            let message = format!("Stack with id {stack} does not exist");
            Refusal::new(400, "ValidationError", &message)
        }
        Service::Logs => {
            let message = "The specified log group does not exist.";
            Refusal::new(400, "ResourceNotFoundException", message)
        }
        _ => {
            let path = service::lambda_path(parts.uri.path()).unwrap_or_default();
            let name = path.split('/').next().unwrap_or_default();
            let account = &cloud.base.account;
            let arn = format!("arn:aws:lambda:{region}:{account}:function:{name}");
            Refusal::not_found(&arn)
        }
    };
    Err(refusal.into())
}

/// Lets in who signed with a key that is still good.
fn authenticate(
    cloud: &Cloud,
    service: Service,
    (region, parts): (&str, &Parts),
    body: &Bytes,
) -> Result<Key, Refusal> {
    let scope = (region, service.name());
    let keyring = &cloud.shared.keyring;
    let key = verify(parts, body, keyring, scope, SystemTime::now().into())
        .map_err(|unsigned| Refusal::new(403, unsigned.code, &unsigned.message))?;
    match key.owner {
        Owner::Sandbox(number) if cloud.shared.traffics.of(number).is_expired() => {
            Err(Refusal::expired())
        }
        _ => Ok(key),
    }
}

fn text(encoded: &str) -> String {
    String::from_utf8_lossy(&decode(encoded)).into_owned()
}

/// The function of this name or ARN, and the qualifier that it is called by.
fn function(
    cloud: &Cloud,
    name: &str,
    parts: &Parts,
) -> Result<(Arc<Lambda>, Option<String>), Refusal> {
    let (account, region) = (&cloud.base.account, &cloud.base.region);
    let arn = format!("arn:aws:lambda:{region}:{account}:function:");
    let known = [
        arn.as_str(),
        &format!("{account}:function:"),
        &format!("{account}:"),
        "",
    ];
    let rest = known.iter().find_map(|known| name.strip_prefix(known));
    let rest = rest.unwrap_or(name);
    let (plain, from_name) = match rest.split_once(':') {
        Some((plain, qualifier)) => (plain, Some(qualifier.to_owned())),
        None => (rest, None),
    };
    let lambda = cloud.functions.find(plain);
    let Some(lambda) = lambda.filter(|_| !rest.starts_with("arn:")) else {
        let arn = match name.starts_with("arn:") {
            true => name.to_owned(),
            false => format!("{arn}{name}"),
        };
        return Err(Refusal::not_found(&arn));
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
        Some(_) => Ok((lambda, qualifier)),
        None => Err(Refusal::not_found(
            &lambda.deployment.arn(qualifier.as_deref()),
        )),
    }
}
