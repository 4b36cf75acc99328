//! The global object through which the runtime's TypeScript reaches Rust.

use std::{borrow::Cow, collections::BTreeMap, rc::Rc};

use kinora_film::{AssetId, AssetKind, OnMissing};
use kinora_stage::{NodeKind, Value as Property};
use rquickjs::{
    Array, ArrayBuffer, CatchResultExt as _, Ctx, Exception, Function, Object, Result, TypedArray,
    Value, context::EvalOptions, function::Opt,
};
use unicode_segmentation::UnicodeSegmentation as _;

use crate::{
    LogLevel, ScriptRequest, ScriptResponse,
    engine::{Failure, is_over},
    guard::Tripped,
    loader,
    stage_bridge::{NoNode, StageBridge},
    trace,
    world::World,
};

/// Defines a method of the native object.
macro_rules! method {
    ($native:ident, $ctx:ident, $name:literal, $function:expr) => {
        $native.set(
            $name,
            Function::new($ctx.clone(), $function)?.with_name($name)?,
        )?
    };
}

mod assets;
mod canvas;
mod pixels;

use assets::{missing, shown, svg_document};

/// The global object's name.
const NAME: &str = "__kinora";

/// What a script finds around it.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Whether time passes.
    pub live: bool,
    /// Whether modules come from the project's folder only.
    pub confined: bool,
    /// Whether modules may do what only the runtime's own may: in its tests.
    pub trusts_all: bool,
    /// Whether shaders are passed over with a warning.
    pub ignores_shaders: bool,
    /// What becomes of a video or sound that cannot be had.
    pub on_missing: OnMissing,
    /// The present, in milliseconds since 1970.
    pub now_ms: f64,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// Its environment.
    pub environment: BTreeMap<String, String>,
}

/// Puts the global object in place.
///
/// # Errors
/// When the engine refuses.
pub fn install<'js>(
    ctx: &Ctx<'js>,
    world: &Rc<World>,
    surroundings: Surroundings,
) -> std::result::Result<(), Failure<'js>> {
    world.live.set(surroundings.live);
    world.on_missing.set(surroundings.on_missing);
    let native = Object::new(ctx.clone()).catch(ctx)?;
    stage(ctx, world, &native).catch(ctx)?;
    canvas::define(ctx, world, &native).catch(ctx)?;
    pixels::define(ctx, world, &native).catch(ctx)?;
    files(ctx, world, &native).catch(ctx)?;
    common_js(ctx, world, &native).catch(ctx)?;
    talk(ctx, world, &native, surroundings).catch(ctx)?;
    ctx.globals().set(NAME, native).catch(ctx)?;
    Ok(())
}

/// Takes the global object away from those who did not take it in time, and keeps
/// those who did from changing it.
///
/// # Errors
/// When the engine refuses.
pub fn hide<'js>(ctx: &Ctx<'js>) -> std::result::Result<(), Failure<'js>> {
    let globals = ctx.globals();
    let native: Object<'js> = globals.get(NAME).catch(ctx)?;
    let object: Object<'js> = globals.get("Object").catch(ctx)?;
    let freeze: Function<'js> = object.get("freeze").catch(ctx)?;
    freeze.call::<_, ()>((native,)).catch(ctx)?;
    globals.remove(NAME).catch(ctx)?;
    Ok(())
}

fn stage<'js>(ctx: &Ctx<'js>, world: &Rc<World>, native: &Object<'js>) -> Result<()> {
    let w = world.clone();
    method!(
        native,
        ctx,
        "create",
        move |ctx: Ctx<'js>, kind: String, view: u32, key: String| {
            let Some(kind) = NodeKind::from_name(&kind) else {
                return Err(Exception::throw_message(
                    &ctx,
                    &format!("there is no kind of node `{kind}`"),
                ));
            };
            on_stage(&ctx, &w, |bridge| bridge.create(kind, view, key))
        }
    );
    let w = world.clone();
    method!(native, ctx, "dispose", move |ctx: Ctx<'js>, node: u32| {
        on_stage(&ctx, &w, |bridge| bridge.dispose(node))
    });
    let w = world.clone();
    method!(
        native,
        ctx,
        "children",
        move |ctx: Ctx<'js>, node: u32, children: Array<'js>| {
            let children = numbers(&ctx, &children)?;
            on_stage(&ctx, &w, |bridge| bridge.set_children(node, children))
        }
    );
    let w = world.clone();
    method!(
        native,
        ctx,
        "write",
        move |ctx: Ctx<'js>, batch: Array<'js>| write(&ctx, &w, &batch)
    );
    let w = world.clone();
    method!(
        native,
        ctx,
        "slot",
        move |ctx: Ctx<'js>, first: u32, node: u32, name: String, count: u32| {
            on_stage(&ctx, &w, |bridge| bridge.slot(first, node, name, count))
        }
    );
    let w = world.clone();
    method!(
        native,
        ctx,
        "blendSlot",
        move |ctx: Ctx<'js>, first: u32, node: u32, name: String| {
            on_stage(&ctx, &w, |bridge| bridge.blend_slot(first, node, name))
        }
    );
    let w = world.clone();
    method!(native, ctx, "unslot", move |first: u32| {
        w.stage(|bridge| bridge.unslot(first));
    });
    let w = world.clone();
    method!(native, ctx, "held", move |ctx: Ctx<'js>| {
        let (nodes, slots) = w.stage(|bridge| bridge.held());
        let held = Object::new(ctx)?;
        held.set("nodes", nodes)?;
        held.set("slots", slots)?;
        Ok::<_, rquickjs::Error>(held)
    });
    let w = world.clone();
    method!(
        native,
        ctx,
        "writeSlots",
        move |ctx: Ctx<'js>, values: Object<'js>, changed: Object<'js>| {
            write_slots(&ctx, &w, &values, &changed)
        }
    );
    let w = world.clone();
    method!(native, ctx, "box", move |ctx: Ctx<'js>, node: u32| {
        on_stage(&ctx, &w, |bridge| {
            let id = bridge.id(node)?;
            let found = bridge.stage.layout_box(id);
            Ok::<_, NoNode>(vec![found.x, found.y, found.width, found.height])
        })
    });
    let w = world.clone();
    method!(native, ctx, "lines", move |ctx: Ctx<'js>, node: u32| lines(
        &ctx, &w, node
    ));
    let w = world.clone();
    method!(
        native,
        ctx,
        "measureTexts",
        move |ctx: Ctx<'js>, style: Array<'js>, texts: String| {
            measure_texts(&ctx, &w, &style, &texts)
        }
    );
    let w = world.clone();
    method!(native, ctx, "arcLength", move |ctx: Ctx<'js>, node: u32| {
        on_stage(&ctx, &w, |bridge| {
            bridge.id(node).map(|id| bridge.stage.arc_length(id))
        })
    });
    let w = world.clone();
    method!(
        native,
        ctx,
        "pointAt",
        move |ctx: Ctx<'js>, node: u32, distance: f64| {
            on_stage(&ctx, &w, |bridge| {
                let id = bridge.id(node)?;
                let (point, tangent) = bridge.stage.point_at(id, distance);
                Ok::<_, NoNode>(vec![point.x, point.y, tangent.x, tangent.y])
            })
        }
    );
    Ok(())
}

/// A list of nodes' numbers.
fn numbers<'js>(ctx: &Ctx<'js>, list: &Array<'js>) -> Result<Vec<u32>> {
    if list.len() > LONGEST_LIST {
        let what = format!("a node has {LONGEST_LIST} children at most");
        return Err(Exception::throw_message(ctx, &what));
    }
    list.iter().collect()
}

fn on_stage<T, E: std::fmt::Display>(
    ctx: &Ctx<'_>,
    world: &World,
    work: impl FnOnce(&mut StageBridge) -> std::result::Result<T, E>,
) -> Result<T> {
    world
        .stage(work)
        .map_err(|cause| Exception::throw_message(ctx, &cause.to_string()))
}

/// Bytes of one text that a node is given at most.
const LONGEST_TEXT: usize = 1 << 20;
/// Elements of one list that a node is given at most.
const LONGEST_LIST: usize = 1 << 20;
/// How deep lists and objects that a node is given may lie within one another.
const DEEPEST_VALUE: usize = 16;

/// Sets the properties of a flat list `node, name, value, …`.
fn write<'js>(ctx: &Ctx<'js>, world: &World, batch: &Array<'js>) -> Result<()> {
    let set = |bridge: &mut StageBridge| {
        for index in (0..batch.len()).step_by(3) {
            let node: u32 = batch.get(index)?;
            let name: String = batch.get(index + 1)?;
            let value = match property(&batch.get::<Value<'js>>(index + 2)?, DEEPEST_VALUE) {
                Ok(value) => value?,
                Err(TooLarge(what)) => {
                    let key = bridge.key(node);
                    let what = format!("`{key}`: `{name}` is {what}");
                    return Err(Exception::throw_message(ctx, &what));
                }
            };
            if let Err(cause) = bridge.set(node, &name, value) {
                return Err(Exception::throw_message(ctx, &cause));
            }
        }
        Ok(())
    };
    world.stage(set)
}

/// Sets the properties whose slots have changed; `changed` holds how many they
/// are, and the first slot of each.
fn write_slots<'js>(
    ctx: &Ctx<'js>,
    world: &World,
    values: &Object<'js>,
    changed: &Object<'js>,
) -> Result<()> {
    let set = |bridge: &mut StageBridge| {
        let count: u32 = changed.get(0_u32)?;
        for index in 1..=count {
            let first: u32 = changed.get(index)?;
            let set = bridge.set_slots(first, |slot| values.get::<_, f64>(slot))?;
            if let Err(cause) = set {
                return Err(Exception::throw_message(ctx, &cause));
            }
        }
        Ok(())
    };
    world.stage(set)
}

/// A value is larger than any film needs.
struct TooLarge(String);

/// A script's value as the stage takes it.
fn property(value: &Value<'_>, depth: usize) -> std::result::Result<Result<Property>, TooLarge> {
    if let Some(number) = value.as_number() {
        return Ok(Ok(Property::Number(number)));
    }
    if let Some(text) = value.as_string() {
        let text = text.to_string();
        return match &text {
            Ok(text) if text.len() > LONGEST_TEXT => Err(TooLarge(format!(
                "a text of {} bytes, and at most {LONGEST_TEXT} can be drawn",
                text.len()
            ))),
            _ => Ok(text.map(Property::Text)),
        };
    }
    if let Some(switch) = value.as_bool() {
        return Ok(Ok(Property::Bool(switch)));
    }
    let is_plain = value.is_object() && !value.is_function();
    if is_plain && depth == 0 {
        return Err(TooLarge(format!(
            "a value of more than {DEEPEST_VALUE} lists and objects within one another"
        )));
    }
    if let Some(list) = value.as_array() {
        return elements(list, depth);
    }
    match value.as_object() {
        Some(object) if is_plain => {
            let mut parts = Vec::new();
            for part in object.props::<String, Value<'_>>() {
                let (name, value) = match part {
                    Ok(part) => part,
                    Err(cause) => return Ok(Err(cause)),
                };
                match property(&value, depth - 1)? {
                    Ok(value) => parts.push((name, value)),
                    Err(cause) => return Ok(Err(cause)),
                }
            }
            Ok(Ok(Property::Map(parts.into_iter().collect())))
        }
        _ => Ok(Ok(Property::Null)),
    }
}

fn elements(list: &Array<'_>, depth: usize) -> std::result::Result<Result<Property>, TooLarge> {
    let length = list.len();
    if length > LONGEST_LIST {
        return Err(TooLarge(format!(
            "a list of {length} elements, and at most {LONGEST_LIST} can be drawn"
        )));
    }
    let mut numbers = Vec::with_capacity(length);
    let mut others = Vec::new();
    for value in list.iter::<Value<'_>>() {
        let value = match value {
            Ok(value) => value,
            Err(cause) => return Ok(Err(cause)),
        };
        match value.as_number() {
            Some(number) if others.is_empty() => numbers.push(number),
            _ => {
                if others.is_empty() {
                    others.extend(numbers.drain(..).map(Property::Number));
                }
                match property(&value, depth - 1)? {
                    Ok(value) => others.push(value),
                    Err(cause) => return Ok(Err(cause)),
                }
            }
        }
    }
    Ok(Ok(if others.is_empty() {
        Property::Numbers(numbers)
    } else {
        Property::List(others)
    }))
}

fn lines<'js>(ctx: &Ctx<'js>, world: &World, node: u32) -> Result<Vec<Object<'js>>> {
    let lines = on_stage(ctx, world, |bridge| {
        bridge.id(node).map(|id| bridge.stage.lines(id))
    })?;
    lines
        .into_iter()
        .map(|line| {
            let object = Object::new(ctx.clone())?;
            object.set("text", line.text)?;
            object.set("x", line.x)?;
            object.set("y", line.y)?;
            object.set("width", line.width)?;
            object.set("height", line.height)?;
            object.set("baseline", line.baseline)?;
            Ok(object)
        })
        .collect()
}

/// What texts of a style measure: `style` is `name, value, …`, `texts` holds one a line.
fn measure_texts<'js>(
    ctx: &Ctx<'js>,
    world: &World,
    style: &Array<'js>,
    texts: &str,
) -> Result<Vec<f64>> {
    let mut props: Vec<(String, Property)> = Vec::with_capacity(style.len() / 2);
    for index in (0..style.len()).step_by(2) {
        let name: String = style.get(index)?;
        let value = match property(&style.get::<Value<'js>>(index + 1)?, DEEPEST_VALUE) {
            Ok(value) => value?,
            Err(TooLarge(what)) => {
                return Err(Exception::throw_message(
                    ctx,
                    &format!("`{name}` is {what}"),
                ));
            }
        };
        props.push((name, value));
    }
    let props: Vec<(&str, Property)> = props
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    let measured = on_stage(ctx, world, |bridge| {
        bridge.stage.measure_texts(&props, texts.split('\n'))
    })?;
    let mut numbers = vec![
        measured.ascent,
        measured.descent,
        measured.em_ascent,
        measured.line,
    ];
    numbers.extend(measured.widths);
    Ok(numbers)
}

fn files<'js>(ctx: &Ctx<'js>, world: &Rc<World>, native: &Object<'js>) -> Result<()> {
    let w = world.clone();
    method!(
        native,
        ctx,
        "asset",
        move |ctx: Ctx<'js>, src: String, kind: String| {
            let as_pixels = kind == "pixels";
            let kind = match kind.as_str() {
                "image" | "pixels" => AssetKind::Still,
                "video" => AssetKind::Video,
                _ => AssetKind::Audio,
            };
            let asset = w.ask_for(short(&src), |host| {
                let mut asset = host.asset(&src, kind)?;
                if as_pixels && asset.vector.take().is_some() {
                    asset.id = host.pixels(asset.id)?;
                }
                Ok::<_, String>(asset)
            });
            match asset {
                Ok(asset) => {
                    w.stage(|bridge| bridge.use_asset(&asset, kind));
                    shown(&ctx, &asset)
                }
                Err(cause) => {
                    let what = match kind {
                        AssetKind::Still => "image",
                        AssetKind::Video => "video",
                        _ => "sound",
                    };
                    let fault = format!("cannot load {what} `{}`: {cause}", short(&src));
                    match w.on_missing.get() {
                        _ if kind == AssetKind::Still => {
                            Err(Exception::throw_message(&ctx, &fault))
                        }
                        OnMissing::Error => Err(Exception::throw_message(&ctx, &fault)),
                        _ => missing(&ctx, &fault),
                    }
                }
            }
        }
    );
    let w = world.clone();
    method!(native, ctx, "text", move |ctx: Ctx<'js>, src: String| {
        let bytes = w.ask_for(short(&src), |host| host.read(&src));
        let text = bytes.and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())
        });
        text.map_err(|cause| Exception::throw_message(&ctx, &cause))
    });
    let w = world.clone();
    method!(
        native,
        ctx,
        "library",
        move |ctx: Ctx<'js>, module: String| {
            let module = loader::load(&ctx, &w, &format!("kinora:{module}"))?;
            let (module, done) = module.eval()?;
            // It awaits nothing, so that it is there at once or not at all.
            done.result::<()>().transpose()?;
            module.namespace()
        }
    );
    method!(native, ctx, "svg", move |ctx: Ctx<'js>, text: String| {
        match kinora_svg::document(&text) {
            Ok(document) => svg_document(&ctx, &document),
            Err(cause) => Err(Exception::throw_message(&ctx, &cause.to_string())),
        }
    });
    let w = world.clone();
    method!(
        native,
        ctx,
        "pixel",
        move |ctx: Ctx<'js>, asset: String, x: u32, y: u32| {
            let id = asset.parse::<AssetId>().map_err(|cause| cause.to_string());
            match id.and_then(|id| w.ask(|host| host.pixel(id, x, y))) {
                Ok(channels) => Ok(channels.map(u32::from).to_vec()),
                Err(cause) => Err(Exception::throw_message(&ctx, &cause)),
            }
        }
    );
    let w = world.clone();
    method!(
        native,
        ctx,
        "fetch",
        move |ctx: Ctx<'js>,
              url: String,
              method: String,
              headers: Vec<String>,
              body: TypedArray<'js, u8>| {
            let body = bytes_of(&body);
            let pairs = headers.chunks_exact(2);
            let request = ScriptRequest {
                url,
                method,
                headers: pairs
                    .map(|pair| (pair[0].clone(), pair[1].clone()))
                    .collect(),
                body,
            };
            match w.ask_for(short(&request.url), |host| host.fetch(&request)) {
                Ok(response) => answer(&ctx, response),
                Err(cause) => Err(Exception::throw_message(
                    &ctx,
                    &format!("cannot fetch `{}`: {cause}", short(&request.url)),
                )),
            }
        }
    );
    method!(native, ctx, "segments", segments);
    method!(native, ctx, "decode", decode);
    method!(native, ctx, "encode", move |ctx: Ctx<'js>, text: String| {
        TypedArray::new(ctx, text.into_bytes())
    });
    Ok(())
}

fn answer<'js>(ctx: &Ctx<'js>, response: ScriptResponse) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("url", response.url)?;
    object.set("redirected", response.redirected)?;
    object.set("status", response.status)?;
    object.set("statusText", response.status_text)?;
    let headers = response.headers.into_iter();
    let headers: Vec<String> = headers.flat_map(|(name, value)| [name, value]).collect();
    object.set("headers", headers)?;
    // a copy, which counts as the script's memory
    object.set("body", ArrayBuffer::new_copy(ctx.clone(), response.body)?)?;
    Ok(object)
}

/// A copy of what a typed array holds; nothing of one that is detached.
fn bytes_of<E>(array: &TypedArray<'_, E>) -> Vec<u8> {
    look_at(array, <[u8]>::to_vec)
}

/// The numbers of a typed array.
fn numbers_of(array: &TypedArray<'_, f64>) -> Vec<f64> {
    look_at(array, |bytes| {
        let (numbers, _) = bytes.as_chunks::<8>();
        numbers.iter().copied().map(f64::from_ne_bytes).collect()
    })
}

/// Looks at what a typed array holds; nothing of one that is detached. `look` may
/// allocate in the engine, and must not run any script.
#[allow(unsafe_code)]
fn look_at<E, T>(array: &TypedArray<'_, E>, look: impl FnOnce(&[u8]) -> T) -> T {
    // SAFETY: no script runs while the bytes are borrowed, and nothing else moves,
    // changes or detaches them.
    let bytes = unsafe { array.as_bytes() };
    look(bytes.unwrap_or_default())
}

/// The text that bytes are in UTF-8 and how many were taken, as an array; undefined if
/// they are not such text and `fatal`.
fn decode<'js>(
    ctx: Ctx<'js>,
    bytes: TypedArray<'js, u8>,
    fatal: bool,
    more: bool,
) -> Result<Option<Array<'js>>> {
    let text = look_at(&bytes, |bytes| {
        let taken = match more {
            true => without_half_letter(bytes),
            false => bytes,
        };
        let text = String::from_utf8_lossy(taken);
        if fatal && matches!(text, Cow::Owned(_)) {
            return None;
        }
        let text = rquickjs::String::from_str(ctx.clone(), &text);
        Some((text, taken.len()))
    });
    let Some((text, end)) = text else {
        return Ok(None);
    };
    let found = Array::new(ctx)?;
    found.set(0, text?)?;
    found.set(1, end as f64)?;
    Ok(Some(found))
}

/// The bytes without a letter at the end that goes on behind them.
fn without_half_letter(bytes: &[u8]) -> &[u8] {
    // a letter takes four bytes at most: what is missing, is so at the end
    let end = bytes.len();
    let cut = (end.saturating_sub(3)..end).find(|&at| {
        let fault = std::str::from_utf8(&bytes[at..]).err();
        fault.is_some_and(|fault| fault.valid_up_to() == 0 && fault.error_len().is_none())
    });
    &bytes[..cut.unwrap_or(end)]
}

/// Where the parts of a text begin, in UTF-16 units, each with 1 if it is a word.
fn segments(text: String, granularity: String) -> Vec<u32> {
    let starts: Vec<(usize, &str)> = match granularity.as_str() {
        "word" => text.split_word_bound_indices().collect(),
        "sentence" => text.split_sentence_bound_indices().collect(),
        _ => text.grapheme_indices(true).collect(),
    };
    let mut found = Vec::with_capacity(starts.len() * 2);
    let mut at = 0;
    for (_, part) in starts {
        let is_word = part.chars().any(char::is_alphanumeric);
        found.extend([at, u32::from(is_word)]);
        at += part.encode_utf16().count() as u32;
    }
    found
}

/// Compiles CommonJS modules: their text is a function's, in which what modules
/// forbid is allowed.
fn common_js<'js>(ctx: &Ctx<'js>, world: &Rc<World>, native: &Object<'js>) -> Result<()> {
    let w = world.clone();
    method!(
        native,
        ctx,
        "compile",
        move |ctx: Ctx<'js>, file: String| {
            let code = w.graph.borrow().common_js(&file);
            let Some((name, code)) = code else {
                let what = format!("there is no CommonJS module `{file}`");
                return Err(Exception::throw_message(&ctx, &what));
            };
            let mut options = EvalOptions::default();
            options.strict = false;
            options.filename = Some(name);
            ctx.eval_with_options::<Value<'js>, _>(code, options)
        }
    );
    Ok(())
}

/// A source in a message: `data:` URLs are long.
fn short(src: &str) -> &str {
    match src.strip_prefix("data:") {
        Some(rest) => &src[.."data:".len() + rest.find(',').unwrap_or(0)],
        None => src,
    }
}

/// A message without the end that nobody would read.
fn shortened(mut text: String) -> String {
    const MOST: usize = 1 << 20;
    if text.len() > MOST {
        text.truncate(text.floor_char_boundary(MOST));
        text.push('…');
    }
    text
}

fn talk<'js>(
    ctx: &Ctx<'js>,
    world: &Rc<World>,
    native: &Object<'js>,
    surroundings: Surroundings,
) -> Result<()> {
    let w = world.clone();
    method!(
        native,
        ctx,
        "log",
        move |level: String, message: String, details: Opt<Value<'js>>| {
            let details = details
                .0
                .and_then(|it| it.as_string().and_then(|text| text.to_string().ok()));
            let message = shortened(message);
            w.log(LogLevel::from_name(&level), message, details);
        }
    );
    native.set("ignoreShaders", surroundings.ignores_shaders)?;
    native.set("onMissing", surroundings.on_missing.name())?;
    let now_ms = surroundings.now_ms;
    method!(native, ctx, "now", move || now_ms);
    let w = world.clone();
    let started = world.host.borrow().now();
    method!(native, ctx, "elapsed", move || {
        let passed = w.host.borrow().now().saturating_sub(started);
        passed.as_secs_f64() * 1000.0
    });
    let w = world.clone();
    method!(native, ctx, "breathe", move |ctx: Ctx<'js>| {
        match is_over(&w) {
            true => Err(Exception::throw_message(&ctx, "the script has to end")),
            false => Ok(()),
        }
    });
    let w = world.clone();
    method!(native, ctx, "enter", move |ctx: Ctx<'js>| {
        let here = Exception::from_message(ctx, "")?;
        if let Some(place) = here.stack().and_then(|stack| trace::place(&w, &stack)) {
            w.guard.enter(place);
        }
        Ok::<_, rquickjs::Error>(())
    });
    native.set("live", surroundings.live)?;
    native.set("argv", surroundings.arguments)?;
    let environment = Object::new(ctx.clone())?;
    environment.set("NODE_ENV", "production")?;
    for (name, value) in surroundings.environment {
        environment.set(name, value)?;
    }
    native.set("env", environment)?;
    let w = world.clone();
    method!(native, ctx, "exit", move |ctx: Ctx<'js>, code: i32| {
        if w.live.get() {
            w.guard.trip(Tripped::Exit(code));
        }
        Err::<(), _>(Exception::throw_message(&ctx, "process.exit was called"))
    });
    if surroundings.live {
        for (name, partial) in [("render", false), ("renderPartial", true)] {
            let w = world.clone();
            let render = move |ctx: Ctx<'js>, request: String| {
                w.ask(|host| host.render(&request, partial))
                    .map_err(|cause| Exception::throw_message(&ctx, &cause))
            };
            native.set(name, Function::new(ctx.clone(), render)?)?;
        }
        let w = world.clone();
        method!(
            native,
            ctx,
            "media",
            move |ctx: Ctx<'js>, name: String, arguments: String| {
                w.ask(|host| host.media(&name, &arguments))
                    .map_err(|cause| Exception::throw_message(&ctx, &cause))
            }
        );
    }
    Ok(())
}
