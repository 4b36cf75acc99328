use std::sync::Arc;

use bytes::Bytes;
use hyper::{
    Method, Request, StatusCode,
    body::Incoming,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ALLOW, CONTENT_TYPE, ORIGIN,
        RANGE, RETRY_AFTER, WWW_AUTHENTICATE,
    },
};
use kinora_http::{
    answer::{self, Answer},
    secret,
};
use kinora_project::{Access, Webhook, WebhookSecret};
use serde_json::{Map, Value, json};
use tokio::sync::mpsc;

use crate::{
    door::Door,
    download,
    job::{Listener, RenderJob, State},
    jobs::{Jobs, NoRoom},
    order::Order,
    refusal::refusal,
    telling::why,
};

/// Bytes that a request may bring: what Revideo's server takes.
const LONGEST_REQUEST: usize = 50 << 20;
/// Seconds after which somebody who found no room may try again.
const TRY_AGAIN: &str = "5";

/// What requests are answered from.
pub struct House {
    pub door: Door,
    pub jobs: Arc<Jobs>,
    /// What webhooks may reach.
    pub access: Access,
    /// What they are signed with.
    pub secret: Option<WebhookSecret>,
}

type Asked = (Map<String, Value>, String);

/// What was asked for and cannot be had.
struct Refused(StatusCode, String);

/// Answers a request.
pub async fn answer(house: &Arc<House>, request: Request<Incoming>) -> Answer {
    let origin = request.headers().get(ORIGIN).cloned();
    let mut answered = admitted(house, request).await;
    if let Some(origin) = &origin {
        house.door.origins.allow(origin, &mut answered);
    }
    answered
}

async fn admitted(house: &Arc<House>, request: Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    // A film's name is as hard to guess as the token, and opens in a browser.
    let open = matches!(parts[..], ["health" | "openapi.json"] | ["download", _])
        || request.method() == Method::OPTIONS;
    if let Err((status, message)) = house.door.admit(&request, open) {
        let mut refused = refusal(status, message);
        if status == StatusCode::UNAUTHORIZED {
            answer::set(&mut refused, WWW_AUTHENTICATE, "Bearer");
        }
        return refused;
    }
    let methods: &[Method] = match parts[..] {
        [""] | ["health"] | ["openapi.json"] => &[Method::GET],
        ["download", _] => &[Method::GET, Method::HEAD],
        ["render"] => &[Method::POST],
        ["v1", "jobs"] => &[Method::GET, Method::POST],
        ["v1", "jobs", _] => &[Method::GET, Method::DELETE],
        ["v1", "jobs", _, "events"] => &[Method::GET],
        ["v1", "jobs", _, "cancel"] => &[Method::POST],
        _ => return refusal(StatusCode::NOT_FOUND, "there is nothing here"),
    };
    let method = request.method().clone();
    if !methods.contains(&method) {
        return other_method(&method, methods);
    }
    let answered = match (method, &parts[..]) {
        (Method::POST, ["render"]) => render(house, request).await,
        (Method::POST, ["v1", "jobs"]) => order(house, request).await,
        (_, [""]) => Ok(answer::json(&json!({
            "name": "kinora",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "/openapi.json",
        }))),
        (_, ["health"]) => {
            let (queued, running) = house.jobs.count();
            Ok(answer::json(
                &json!({"status": "ok", "queued": queued, "running": running}),
            ))
        }
        (_, ["openapi.json"]) => Ok(answer::whole("application/json", DESCRIPTION)),
        (method, ["download", name]) => match house.jobs.with_film(name) {
            Some(job) => {
                let range = request.headers().get(RANGE);
                Ok(download::file(&job.file, range, method == Method::GET).await)
            }
            None => Err(Refused(StatusCode::NOT_FOUND, "File not found.".to_owned())),
        },
        (_, ["v1", "jobs"]) => Ok(answer::json(&json!({"jobs": house.jobs.to_json()}))),
        (method, ["v1", "jobs", id, rest @ ..]) => match house.jobs.find(id) {
            None => Err(no_job()),
            Some(job) if rest == ["events"] => Ok(answer::events(events(job))),
            Some(job) => {
                if method != Method::GET {
                    stop(house, &job).await;
                }
                let told = job.to_json();
                if method == Method::DELETE {
                    house.jobs.forget(&job).await;
                }
                Ok(answer::json(&told))
            }
        },
        _ => Err(no_job()),
    };
    answered.unwrap_or_else(|Refused(status, message)| {
        let mut refused = refusal(status, &message);
        if status == StatusCode::TOO_MANY_REQUESTS {
            answer::set(&mut refused, RETRY_AFTER, TRY_AGAIN);
        }
        refused
    })
}

/// What the API is, as OpenAPI says it.
const DESCRIPTION: &str = include_str!("openapi.json");

fn no_job() -> Refused {
    let message = "there is no such job, or it ended long ago";
    Refused(StatusCode::NOT_FOUND, message.to_owned())
}

fn other_method(method: &Method, methods: &[Method]) -> Answer {
    let names: Vec<&str> = methods.iter().map(Method::as_str).collect();
    let names = names.join(", ");
    if method == Method::OPTIONS {
        let mut reply = answer::with(StatusCode::NO_CONTENT, answer::whole("", Bytes::new()));
        reply.headers_mut().remove(CONTENT_TYPE);
        answer::set(&mut reply, ALLOW, &names);
        answer::set(&mut reply, ACCESS_CONTROL_ALLOW_METHODS, &names);
        let headers = "authorization, content-type, range";
        answer::set(&mut reply, ACCESS_CONTROL_ALLOW_HEADERS, headers);
        return reply;
    }
    let message = format!("this takes {names}");
    let mut reply = refusal(StatusCode::METHOD_NOT_ALLOWED, &message);
    answer::set(&mut reply, ALLOW, &names);
    reply
}

/// The object that a request brings, and the start of URLs that lead back.
async fn asked(house: &House, request: Request<Incoming>) -> Result<Asked, Refused> {
    let base = house.door.base(&request);
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        let message = "a request brings `content-type: application/json`".to_owned();
        return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let bytes = answer::read(request.into_body(), LONGEST_REQUEST).await;
    let bytes = bytes.ok_or_else(|| {
        let message = format!("the request breaks off, or is longer than {LONGEST_REQUEST} bytes");
        Refused(StatusCode::PAYLOAD_TOO_LARGE, message)
    })?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(fields)) => Ok((fields, base)),
        Ok(_) => Err(wrong("the request is no JSON object".to_owned())),
        Err(error) => Err(wrong(format!("the request is not JSON: {error}"))),
    }
}

fn wrong(message: String) -> Refused {
    Refused(StatusCode::BAD_REQUEST, message)
}

/// A webhook that the request names in this field.
fn webhook(
    house: &House,
    fields: &mut Map<String, Value>,
    name: &str,
) -> Result<Option<Webhook>, Refused> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(url)) => {
            let webhook = Webhook::new(&url, house.secret.clone(), &house.access);
            webhook
                .map(Some)
                .map_err(|fault| wrong(format!("`{name}`: {fault}")))
        }
        Some(_) => Err(wrong(format!("`{name}` must be a URL"))),
    }
}

fn flag(fields: &mut Map<String, Value>, name: &str) -> Result<bool, Refused> {
    match fields.remove(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(flag),
        Some(_) => Err(wrong(format!("`{name}` must be true or false"))),
    }
}

/// Takes a job of what is left of a request.
fn take(
    house: &House,
    (mut fields, base): Asked,
    listener: Option<Listener>,
) -> Result<Arc<RenderJob>, Refused> {
    let order = Order::take(&mut fields).map_err(wrong)?;
    if let Some(name) = fields.keys().next() {
        return Err(wrong(format!("the request has no field `{name}`")));
    }
    let id = secret().map_err(|error| {
        Refused(
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("no random numbers: {error}"),
        )
    })?;
    house
        .jobs
        .add(id, order, base, listener)
        .map_err(|no_room| match no_room {
            NoRoom::Full => Refused(
                StatusCode::TOO_MANY_REQUESTS,
                "as many jobs wait as may; try again later".to_owned(),
            ),
            NoRoom::Closed => Refused(
                StatusCode::SERVICE_UNAVAILABLE,
                "the service is ending".to_owned(),
            ),
        })
}

/// `POST /v1/jobs`.
async fn order(house: &Arc<House>, request: Request<Incoming>) -> Result<Answer, Refused> {
    let (mut fields, base) = asked(house, request).await?;
    let listener = webhook(house, &mut fields, "webhook")?;
    let listener = listener.map(|webhook| Listener {
        webhook,
        plain: false,
    });
    let job = take(house, (fields, base), listener)?;
    Ok(answer::with(
        StatusCode::ACCEPTED,
        answer::json(&job.to_json()),
    ))
}

/// `POST /render`, as Revideo's server has it.
async fn render(house: &Arc<House>, request: Request<Incoming>) -> Result<Answer, Refused> {
    let (mut fields, base) = asked(house, request).await?;
    let streams = flag(&mut fields, "streamProgress")?;
    let listener = webhook(house, &mut fields, "callbackUrl")?;
    let listener = listener.map(|webhook| Listener {
        webhook,
        plain: true,
    });
    let calls_back = listener.is_some();
    let job = take(house, (fields, base), listener)?;
    if calls_back {
        return Ok(answer::json(&json!({"tempProjectName": job.id})));
    }
    // Nobody else knows of the job: it goes when whoever asked does.
    let leaving = Leaving(house.jobs.clone(), job.clone());
    if streams {
        return Ok(answer::events(plain_events(job, leaving)));
    }
    let state = ended(&job).await;
    drop(leaving);
    match state {
        State::Succeeded { .. } => Ok(answer::json(
            &json!({"status": "success", "downloadLink": job.link()}),
        )),
        state => Err(Refused(StatusCode::INTERNAL_SERVER_ERROR, why(&state))),
    }
}

/// Stops a job that nobody waits for any more.
struct Leaving(Arc<Jobs>, Arc<RenderJob>);

impl Drop for Leaving {
    fn drop(&mut self) {
        if !self.1.state().is_end() {
            self.0.cancel(&self.1);
        }
    }
}

/// How a job ended, once it has.
async fn ended(job: &RenderJob) -> State {
    let mut news = job.news();
    loop {
        let state = job.state();
        if state.is_end() || news.changed().await.is_err() {
            return state;
        }
    }
}

/// Stops a job, unless it has ended.
async fn stop(house: &Arc<House>, job: &Arc<RenderJob>) {
    if !job.state().is_end() {
        house.jobs.cancel(job);
        ended(job).await;
    }
}

/// A job's events: `progress` as it goes on, then one of its state's name.
fn events(job: Arc<RenderJob>) -> mpsc::Receiver<Bytes> {
    let (to, from) = mpsc::channel(4);
    tokio::spawn(async move {
        let mut news = job.news();
        loop {
            let told = job.to_json();
            let state = job.state();
            let name = if state.is_end() {
                state.name()
            } else {
                "progress"
            };
            let gone = to.send(answer::event(Some(name), &told)).await.is_err();
            if gone || state.is_end() {
                return;
            }
            tokio::select! {
                _ = news.changed() => {}
                () = to.closed() => return,
            }
        }
    });
    from
}

/// The same as Revideo's server tells it.
fn plain_events(job: Arc<RenderJob>, leaving: Leaving) -> mpsc::Receiver<Bytes> {
    let (to, from) = mpsc::channel(4);
    tokio::spawn(async move {
        let mut news = job.news();
        loop {
            let state = job.state();
            let event = match &state {
                State::Queued | State::Running => answer::event(
                    Some("progress"),
                    &json!({"worker": 0, "progress": job.share()}),
                ),
                State::Succeeded { .. } => {
                    let told = json!({"status": "success", "downloadLink": job.link()});
                    answer::event(Some("completed"), &told)
                }
                state => {
                    let told = json!({"status": "error", "message": why(state)});
                    answer::event(Some("error"), &told)
                }
            };
            let gone = to.send(event).await.is_err();
            if gone || state.is_end() {
                break;
            }
            tokio::select! {
                _ = news.changed() => {}
                () = to.closed() => break,
            }
        }
        drop(leaving);
    });
    from
}
