use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use bytes::Bytes;
use hyper::{
    Method, Request, StatusCode,
    body::Incoming,
    header::{ACCESS_CONTROL_EXPOSE_HEADERS, HeaderName},
};
use kinora_check::{CheckOptions, Expectation};
use kinora_http::answer::{self, Answer, json, set, whole};
use kinora_lambda::{Aim, Prices, Proposal, Terms};
use kinora_media::{Quality, VideoCodec};
use kinora_session::{FrameList, RecordOrder, SessionError, Wanted};
use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;

use crate::{
    apart::apart,
    console::Silence,
    desk::Desk,
    moments::{self, Move},
    pictures::PictureKey,
    recorder,
    refusal::refusal,
    renders::Asked,
    sound,
    take::Take,
    watch,
};

/// Bytes that a request may bring.
const LONGEST_REQUEST: usize = 4 << 20;

/// What was asked for and cannot be had.
type Refused = (StatusCode, String);

/// Answers what the page asks for: what follows `api/`.
pub async fn answer(desk: &Arc<Desk>, name: &str, request: Request<Incoming>) -> Answer {
    let method = request.method().clone();
    let query = fields(request.uri().query().unwrap_or_default());
    let (name, argument) = name.split_once('/').unwrap_or((name, ""));
    let answered = match (method, name) {
        (Method::GET, "state") => Ok(json(&desk.to_json())),
        (Method::GET, "events") => Ok(events(desk)),
        (Method::GET, "frame") => frame(desk, argument, &query).await,
        (Method::GET, "sound") => samples(desk, &query).await,
        (Method::GET, "peaks") => peaks(desk).await,
        (Method::GET, "timeline") => timeline(desk).await,
        (Method::GET, "check") => check(desk).await,
        (Method::GET, "files") => files(desk).await,
        (Method::GET, "tree") => tree(desk, argument).await,
        (Method::POST, "price") => match body(request).await {
            Ok(fields) => price(desk, fields).await,
            Err(refused) => Err(refused),
        },
        (Method::POST, name) => match body(request).await {
            Ok(fields) => post(desk, name, argument, fields),
            Err(refused) => Err(refused),
        },
        _ => Err(nothing()),
    };
    answered.unwrap_or_else(|(status, message)| refusal(status, &message))
}

fn post(
    desk: &Arc<Desk>,
    name: &str,
    argument: &str,
    fields: Map<String, Value>,
) -> Result<Answer, Refused> {
    match name {
        "record" => desk.record(),
        "variables" => {
            let variables = fields.get("variables").cloned().unwrap_or_default();
            if !variables.is_object() && !variables.is_null() {
                return Err(wrong("`variables` must be an object"));
            }
            desk.set_variables(Some(variables).filter(Value::is_object));
        }
        "event" => move_event(desk, &fields)?,
        "render" => {
            let asked = Asked::take(fields, desk.root()).map_err(|fault| wrong(&fault))?;
            let id = desk.renders.add(asked, desk.script());
            return Ok(json(&json!({"id": id})));
        }
        "stop" => {
            let id = argument.parse().ok();
            if !id.is_some_and(|id| desk.renders.stop(id)) {
                return Err(nothing());
            }
        }
        _ => return Err(nothing()),
    }
    Ok(json(&json!({})))
}

/// The object that a request brings.
async fn body(request: Request<Incoming>) -> Result<Map<String, Value>, Refused> {
    let kind = request.headers().get("content-type");
    if kind.is_none_or(|kind| kind != "application/json") {
        let message = "a request brings application/json".to_owned();
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let bytes = answer::read(request.into_body(), LONGEST_REQUEST).await;
    let bytes = bytes.ok_or_else(|| wrong("the request is too long or broke off"))?;
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(fields)) => Ok(fields),
        _ => Err(wrong("the request is no JSON object")),
    }
}

fn nothing() -> Refused {
    (StatusCode::NOT_FOUND, "there is nothing here".to_owned())
}

fn wrong(message: &str) -> Refused {
    (StatusCode::BAD_REQUEST, message.to_owned())
}

fn failed(error: impl std::error::Error) -> Refused {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    (StatusCode::INTERNAL_SERVER_ERROR, message)
}

/// The fields of a query; what none of the page's contains is not decoded.
fn fields(query: &str) -> HashMap<&str, &str> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.collect()
}

fn take(desk: &Desk) -> Result<Arc<Take>, Refused> {
    let none = || (StatusCode::CONFLICT, "nothing is recorded yet".to_owned());
    desk.take().ok_or_else(none)
}

fn whole_take(desk: &Desk) -> Result<Arc<Take>, Refused> {
    let unfinished = || (StatusCode::CONFLICT, "the recording goes on".to_owned());
    let take = take(desk)?;
    take.is_whole().then_some(take).ok_or_else(unfinished)
}

/// Runs what takes its time where it holds up nobody.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let broken = |error: tokio::task::JoinError| failed(error);
    spawn_blocking(work).await.map_err(broken)?
}

/// The state now, and whenever it changes. Several changes at once are told as one.
fn events(desk: &Arc<Desk>) -> Answer {
    let (put, parts) = tokio::sync::mpsc::channel(2);
    let desk = desk.clone();
    let mut bell = desk.bell.subscribe();
    tokio::spawn(async move {
        let mut last = Bytes::new();
        while !desk.has_ended() {
            let state = answer::event(None, &desk.to_json());
            if state != last {
                if put.send(state.clone()).await.is_err() {
                    return;
                }
                last = state;
            }
            use tokio::sync::broadcast::error::RecvError;
            match bell.recv().await {
                Ok(()) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
            while bell.try_recv().is_ok() {}
        }
    });
    answer::events(parts)
}

/// The codec of a kind of picture; none of bare pixels.
fn codec(kind: &str) -> Result<(&'static str, Option<VideoCodec>), Refused> {
    let (kind, file) = match kind {
        "png" => ("image/png", "frame.png"),
        "jpeg" => ("image/jpeg", "frame.jpg"),
        "webp" => ("image/webp", "frame.webp"),
        "rgba" => return Ok(("application/octet-stream", None)),
        _ => return Err(wrong("a picture is `png`, `jpeg`, `webp` or `rgba`")),
    };
    let codec = VideoCodec::of_picture(Path::new(file), &Quality::default());
    Ok((kind, Some(codec.map_err(failed)?)))
}

/// A frame of the project as a picture.
async fn frame(
    desk: &Arc<Desk>,
    number: &str,
    query: &HashMap<&str, &str>,
) -> Result<Answer, Refused> {
    let number: u64 = number.parse().map_err(|_| wrong("a frame is a number"))?;
    let (kind, codec) = codec(query.get("as").copied().unwrap_or("png"))?;
    let width = query.get("width").map(|width| width.parse::<u32>());
    let width = width.transpose().map_err(|_| wrong("a width is pixels"))?;
    let is_aside = query.contains_key("aside");
    let take = take(desk)?;
    if !is_aside {
        desk.playhead.store(number, Relaxed);
    }
    let key = key(&take, number, width, kind)?;
    let header = *take.film.header();
    let width = width.filter(|width| *width < header.size.width);
    let known = desk
        .pictures
        .lock()
        .expect("no holder of the lock panics")
        .get(&key);
    let (bytes, size) = match known {
        Some(bytes) => (bytes, None),
        None => {
            let easel = match is_aside {
                true => &desk.aside,
                false => &desk.easel,
            };
            let picture = easel.draw(take, number, width).await.map_err(failed)?;
            let desk = desk.clone();
            let work = move || {
                let size = picture.size;
                let bytes = match codec {
                    Some(codec) => picture.encode(&codec).map_err(failed)?,
                    None => picture.rgba,
                };
                let bytes = Bytes::from(bytes);
                let mut pictures = desk.pictures.lock().expect("no holder of the lock panics");
                pictures.put(key, bytes.clone());
                Ok((bytes, Some(size)))
            };
            aside(work).await?
        }
    };
    let mut answer = whole(kind, bytes);
    let size = size.unwrap_or(match width {
        Some(width) => kinora_session::in_proportion(header.size, width),
        None => header.size,
    });
    let size = format!("{}x{}", size.width, size.height);
    set(&mut answer, HeaderName::from_static("x-size"), &size);
    // Pages of other sites that may ask read it too.
    set(&mut answer, ACCESS_CONTROL_EXPOSE_HEADERS, "x-size");
    Ok(answer)
}

fn key(
    take: &Take,
    number: u64,
    width: Option<u32>,
    kind: &'static str,
) -> Result<PictureKey, Refused> {
    let place = number.checked_sub(take.first);
    let segments = take.film.segments();
    let entry = place.and_then(|place| {
        let index = segments.partition_point(|entry| entry.frames.end <= place);
        segments.get(index).map(|entry| (entry, place))
    });
    let Some((entry, place)) = entry else {
        return Err((StatusCode::NOT_FOUND, format!("there is no frame {number}")));
    };
    let header = take.film.header();
    Ok(PictureKey {
        segment: entry.hash,
        frame: place - entry.frames.start,
        size: header.size,
        background: header.background.to_rgba8(),
        width: width.filter(|width| *width < header.size.width),
        kind,
    })
}

async fn samples(desk: &Arc<Desk>, query: &HashMap<&str, &str>) -> Result<Answer, Refused> {
    let number = |name| {
        query
            .get(name)
            .and_then(|text: &&str| text.parse::<u64>().ok())
    };
    let (Some(from), Some(to)) = (number("from"), number("to")) else {
        return Err(wrong("sound is `from` a sample `to` another"));
    };
    let (desk, take) = (desk.clone(), whole_take(desk)?);
    let mixed = aside(move || sound::samples(&desk, &take, from..to.max(from)).map_err(failed));
    Ok(whole("application/octet-stream", mixed.await?))
}

async fn peaks(desk: &Arc<Desk>) -> Result<Answer, Refused> {
    let take = whole_take(desk)?;
    let peaks = aside(move || sound::peaks(&take).map_err(failed));
    Ok(whole("application/octet-stream", peaks.await?))
}

async fn timeline(desk: &Arc<Desk>) -> Result<Answer, Refused> {
    let (desk, take) = (desk.clone(), whole_take(desk)?);
    let facts = aside(move || take.timeline(desk.cache()).map_err(failed));
    Ok(json(&facts.await?))
}

async fn files(desk: &Arc<Desk>) -> Result<Answer, Refused> {
    let desk = desk.clone();
    let files = aside(move || Ok(watch::public_files(desk.root())));
    Ok(json(&json!(files.await?)))
}

async fn check(desk: &Arc<Desk>) -> Result<Answer, Refused> {
    let (desk, take) = (desk.clone(), whole_take(desk)?);
    let report = aside(move || {
        let script = take.session.script().clone();
        let expected = Expectation::beside(&script.project, &script.fence())
            .map_err(|fault| (StatusCode::UNPROCESSABLE_ENTITY, fault))?;
        let session = desk.open(script, Arc::new(Silence), Arc::default());
        let options = CheckOptions {
            expected,
            ..CheckOptions::default()
        };
        let report = apart(&desk, session, move |session, _| {
            kinora_check::check(&session, &options)
        });
        let report = report.flatten().map_err(|error| at_fault(&error))?;
        Ok(report.to_json())
    });
    Ok(json(&report.await?))
}

async fn tree(desk: &Arc<Desk>, number: &str) -> Result<Answer, Refused> {
    let number: u64 = number.parse().map_err(|_| wrong("a frame is a number"))?;
    let (desk, take) = (desk.clone(), whole_take(desk)?);
    let nodes = aside(move || {
        if let Some(known) = take.tree(number) {
            return Ok(known);
        }
        let script = take.session.script().clone();
        let session = desk.open(script, Arc::new(Silence), Arc::default());
        let wanted = Wanted::Frames(FrameList::one(number));
        let trees = apart(&desk, session, move |session, _| session.trees(&wanted));
        let trees = trees.flatten().map_err(|error| at_fault(&error))?;
        let nodes = trees
            .into_iter()
            .next()
            .map(|tree| tree.nodes)
            .unwrap_or_default();
        take.keep_tree(number, nodes.clone());
        Ok(nodes)
    });
    Ok(json(&nodes.await?))
}

/// What a film would cost if Lambda's functions made it.
async fn price(desk: &Arc<Desk>, fields: Map<String, Value>) -> Result<Answer, Refused> {
    let asked = Asked::take(fields, desk.root()).map_err(|fault| wrong(&fault))?;
    let cloud = asked.cloud.ok_or_else(|| wrong("`lambda` is not given"))?;
    let recipe = asked.settings.recipe(&asked.output).map_err(failed)?;
    let desk = desk.clone();
    let estimate = aside(move || {
        let mut script = desk.script();
        asked.settings.apply(&mut script);
        let session = desk.open(script, Arc::new(Silence), desk.reckon());
        let order = RecordOrder::new(recipe);
        let prices = Prices::from_environment().map_err(failed)?;
        let terms = Terms {
            rates: prices.rates("us-east-1").map_err(failed)?,
            ..Terms::default()
        };
        let aim = Aim::workers(cloud.workers);
        let plan = apart(&desk, session, move |session, _| {
            Proposal::of(&session, &order, Vec::new(), &aim, terms)
        });
        plan.map_err(|error| at_fault(&error))?
            .map_err(|fault| (StatusCode::CONFLICT, fault.text()))
    });
    Ok(json(
        &serde_json::to_value(estimate.await?).map_err(failed)?,
    ))
}

/// What is wrong with the project.
fn at_fault(error: &SessionError) -> Refused {
    let fault = recorder::fault(error);
    let message = fault["message"].as_str().unwrap_or_default();
    (StatusCode::CONFLICT, message.to_owned())
}

fn move_event(desk: &Desk, fields: &Map<String, Value>) -> Result<(), Refused> {
    let take = whole_take(desk)?;
    let text = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    let seconds = fields.get("seconds").and_then(Value::as_f64);
    let seconds = seconds.filter(|seconds| seconds.is_finite());
    let seconds = seconds.ok_or_else(|| wrong("`seconds` must be a number"))?;
    let events = take
        .recording
        .get()
        .map_or(&[][..], |recording| &recording.events);
    let named = |event: &&kinora_script::TimeEvent| {
        event.scene == text("scene") && event.name == text("name")
    };
    let event = events.iter().find(named).ok_or_else(nothing)?;
    let moved = Move {
        event,
        seconds: seconds.max(event.from),
        shift: fields.get("shift") == Some(&Value::Bool(true)),
    };
    moments::write(&moved, events, &take.session.script().fence())
        .map_err(|fault| (StatusCode::CONFLICT, fault))
}
