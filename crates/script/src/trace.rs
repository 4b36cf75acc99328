//! From what a script throws to what its author reads.

use std::rc::Rc;

use rquickjs::{Array, CaughtError, Object, Value, runtime::RejectionTracker};

use crate::{Diagnostic, Place, world::World};

const DEPTH: usize = 8;

/// What was thrown, with places in the user's files.
pub fn diagnose(world: &World, thrown: &CaughtError<'_>) -> Diagnostic {
    match thrown {
        CaughtError::Exception(exception) => of_error(world, exception.as_object()),
        CaughtError::Value(value) => of_value(world, value),
        CaughtError::Error(error) => Diagnostic::error(error.to_string()),
    }
}

/// Whether the engine had no memory left: none even for the error that says so,
/// in which case it throws null, or none for what the error says.
pub fn is_out_of_memory(thrown: &CaughtError<'_>) -> bool {
    match thrown {
        CaughtError::Value(value) => value.is_null(),
        CaughtError::Exception(error) => match error.message().as_deref() {
            Some("out of memory") => true,
            Some("") | None => error
                .get("name")
                .is_ok_and(|name: String| name == "InternalError"),
            Some(_) => false,
        },
        CaughtError::Error(_) => false,
    }
}

/// Tells the world of promises that are rejected while nobody waits for them.
pub fn rejections(world: Rc<World>) -> RejectionTracker {
    Box::new(move |_, promise, reason, handled| {
        if handled {
            world.handle(&promise);
        } else {
            let diagnostic = of_value(&world, &reason);
            world.reject(&promise, diagnostic);
        }
    })
}

fn of_value(world: &World, value: &Value<'_>) -> Diagnostic {
    match value.as_object() {
        Some(object) if value.is_error() || object.contains_key("stack").unwrap_or(false) => {
            of_error(world, object)
        }
        _ => Diagnostic::error(format!("uncaught value `{}`", shortened(text_of(value)))),
    }
}

/// A message without the end that nobody would read.
fn shortened(text: String) -> String {
    const MOST: usize = 4000;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn text_of(value: &Value<'_>) -> String {
    if let Some(text) = value.as_string() {
        return text.to_string().unwrap_or_default();
    }
    if value.is_object() {
        let json = value.ctx().json_stringify(value.clone()).ok().flatten();
        return json
            .and_then(|json| json.to_string().ok())
            .unwrap_or_default();
    }
    value
        .get::<rquickjs::Coerced<String>>()
        .map(|text| text.0)
        .unwrap_or_default()
}

fn of_error(world: &World, error: &Object<'_>) -> Diagnostic {
    let text = |name: &str| {
        let value: Result<Value<'_>, _> = error.get(name);
        value
            .ok()
            .and_then(|it| it.as_string().and_then(|text| text.to_string().ok()))
    };
    let name = text("name").unwrap_or_default();
    let message = text("message").unwrap_or_default();
    let message = match (name.as_str(), message.as_str()) {
        ("", "") => "uncaught error".to_owned(),
        (name, "") => format!("uncaught {name}"),
        ("Error" | "", message) => message.to_owned(),
        (name, message) => format!("{name}: {message}"),
    };
    let mut diagnostic = Diagnostic::error(shortened(message));
    let mut calls = places(world, &text("stack").unwrap_or_default());
    if calls.is_empty()
        && let Some(place) = syntax_place(world, error)
    {
        calls.push(place);
    }
    let mut calls = calls.into_iter();
    diagnostic.place = calls.next();
    diagnostic.stack = calls.take(DEPTH).collect();
    if let Some(name) = browsers_name(&name, &diagnostic.message) {
        let hint = format!("there is no browser here, and so no `{name}`");
        diagnostic.hints.push(hint);
    }
    // what the runtime's own messages say beside the fact
    diagnostic.hints.extend(text("remarks"));
    add_causes(world, error, &mut diagnostic);
    diagnostic
}

/// What only browsers have, if the lack of it is the error.
fn browsers_name<'a>(error: &str, message: &'a str) -> Option<&'a str> {
    const NAMES: &[&str] = &[
        "localStorage",
        "sessionStorage",
        "location",
        "history",
        "HTMLElement",
        "HTMLVideoElement",
        "Audio",
        "DOMParser",
        "XMLHttpRequest",
        "WebSocket",
        "Worker",
        "getComputedStyle",
        "matchMedia",
        "MutationObserver",
        "ResizeObserver",
        "IntersectionObserver",
        "AudioContext",
        "indexedDB",
        "alert",
        "FileReader",
        "FontFace",
        "DOMRect",
    ];
    let name = message.strip_prefix("ReferenceError: ")?;
    let name = name.strip_suffix(" is not defined")?;
    (error == "ReferenceError" && NAMES.contains(&name)).then_some(name)
}

fn add_causes(world: &World, error: &Object<'_>, diagnostic: &mut Diagnostic) {
    let mut cause: Option<Object<'_>> = error.get("cause").ok();
    for _ in 0..DEPTH {
        let Some(inner) = cause else { break };
        let told = of_error_alone(world, &inner);
        if diagnostic.place.is_none() {
            diagnostic.place = told.place;
            diagnostic.stack = told.stack;
        }
        diagnostic
            .hints
            .push(format!("caused by: {}", told.message));
        cause = inner.get("cause").ok();
    }
    let errors: Option<Array<'_>> = error.get("errors").ok();
    for inner in errors
        .iter()
        .flat_map(|errors| errors.iter::<Object<'_>>().take(DEPTH))
        .flatten()
    {
        let told = of_error_alone(world, &inner);
        diagnostic
            .hints
            .push(format!("one of them: {}", told.message));
    }
}

fn of_error_alone(world: &World, error: &Object<'_>) -> Diagnostic {
    let message: String = error.get("message").unwrap_or_default();
    let stack: String = error.get("stack").unwrap_or_default();
    let mut calls = places(world, &stack).into_iter();
    let mut diagnostic = Diagnostic::error(shortened(message));
    diagnostic.place = calls.next();
    diagnostic.stack = calls.take(DEPTH).collect();
    diagnostic
}

/// Where the engine's parser stopped.
fn syntax_place(world: &World, error: &Object<'_>) -> Option<Place> {
    let file: String = error.get("fileName").ok()?;
    let line: u32 = error.get("lineNumber").ok()?;
    let column: u32 = error.get("columnNumber").unwrap_or(1);
    world
        .graph
        .borrow()
        .place(&file, line.saturating_sub(1), column.saturating_sub(1))
}

/// The calls of a stack that are in the user's own files; those in packages if there are none.
fn places(world: &World, stack: &str) -> Vec<Place> {
    let graph = world.graph.try_borrow();
    let Ok(graph) = graph else { return Vec::new() };
    let calls: Vec<(bool, Place)> = stack
        .lines()
        .filter_map(call)
        .filter_map(|call| {
            let mut place = graph.place(
                call.file,
                call.line.checked_sub(1)?,
                call.column.saturating_sub(1),
            )?;
            place.function = call.function.map(str::to_owned);
            Some((graph.is_own(call.file), place))
        })
        .collect();
    let has_own = calls.iter().any(|(own, _)| *own);
    let mut places: Vec<Place> = calls
        .into_iter()
        .filter(|(own, _)| *own || !has_own)
        .map(|(_, place)| place)
        .collect();
    places.dedup();
    places
}

/// The innermost call of a stack that is in the user's own files.
pub fn place(world: &World, stack: &str) -> Option<Place> {
    places(world, stack).into_iter().next()
}

/// A text with the calls of a stack in it, of which the user's own stay, with
/// their own places.
pub fn translate(world: &World, text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        if !line.trim_start().starts_with("at ") {
            lines.push(line.to_owned());
        } else if let Some(place) = places(world, line).into_iter().next() {
            lines.push(match &place.function {
                Some(function) => format!("at {function} ({place})"),
                None => format!("at {place}"),
            });
        }
    }
    lines.join("\n").trim().to_owned()
}

struct Call<'a> {
    function: Option<&'a str>,
    file: &'a str,
    line: u32,
    column: u32,
}

/// A line of a stack: `    at function (file:line:column)` or `    at file:line:column`.
fn call(line: &str) -> Option<Call<'_>> {
    let line = line.trim().strip_prefix("at ")?;
    let (function, place) = match line
        .strip_suffix(')')
        .and_then(|line| line.split_once(" ("))
    {
        Some((function, place)) => (Some(function).filter(|name| *name != "<anonymous>"), place),
        None => (None, line),
    };
    let (rest, column) = place.rsplit_once(':')?;
    let (file, line) = rest.rsplit_once(':')?;
    Some(Call {
        function,
        file,
        line: line.parse().ok()?,
        column: column.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stack_lines_are_understood() {
        let named = call("    at main (/p/a b.tsx:3:14)").unwrap();
        assert_eq!(
            (named.function, named.file, named.line, named.column),
            (Some("main"), "/p/a b.tsx", 3, 14)
        );
        let bare = call("    at /p/c.ts:1:2").unwrap();
        assert_eq!(
            (bare.function, bare.file, bare.line, bare.column),
            (None, "/p/c.ts", 1, 2)
        );
        assert!(call("    at native").is_none());
    }
}
