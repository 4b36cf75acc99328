use std::{path::PathBuf, time::Duration};

use cpu_time::ThreadTime;
use kinora_film::{
    AssetId, Color, FilmHeader, Fps, FrameRange, Heard, Size, SoundTrack, kurbo::Affine,
};
use kinora_stage::ViewPlacement;
use rquickjs::{Array, CatchResultExt as _, Ctx, Function, Object, Promise, Value};

use crate::{
    Diagnostic, FilmSink, Host, NodeTrack, Place, Recorded, Recording, SceneSpan, ScriptError,
    ScriptOptions, TimeEvent,
    engine::{Engine, Failure, call_method, explain},
    film::{AnySink, Stoppable},
    native::Surroundings,
    stylesheets, trace,
};

const HOST: &str = "kinora:host/index";

/// Runs a project once and hands its frames to `sink`, to the end or until the sink wants
/// no more.
///
/// # Errors
/// When the project is at fault, with all that is known of where and why.
pub fn record<S: FilmSink>(
    options: &ScriptOptions,
    host: Box<dyn Host>,
    sink: &mut S,
) -> Result<Recorded<S::Stop>, ScriptError> {
    let mut sink = Stoppable {
        sink,
        stopped: None,
    };
    let recording = record_into(options, host, &mut sink)?;
    Ok(Recorded {
        recording,
        stopped: sink.stopped,
    })
}

fn record_into(
    options: &ScriptOptions,
    host: Box<dyn Host>,
    sink: &mut dyn AnySink,
) -> Result<Recording, ScriptError> {
    let started = ThreadTime::now();
    let surroundings = Surroundings {
        now_ms: options.now_ms,
        confined: options.confined,
        ignores_shaders: options.ignore_shaders,
        on_missing: options.on_missing,
        ..Surroundings::default()
    };
    let engine = Engine::new(&options.root, host, &options.limits, surroundings)?;
    let world = engine.world();
    world
        .guard
        .arm(Some(Duration::from_secs_f64(options.limits.frame_seconds)));
    let added = world.add_file(&options.project);
    let name = added.map_err(ScriptError::Project)?;
    stylesheets::load(world);

    let mut recorder = Recorder {
        engine: &engine,
        options,
        sink,
        origins: Vec::new(),
    };
    let done = engine.run(|_, ctx| recorder.run(ctx, &name));
    world.release(done.as_ref().err().map_or(&[], ScriptError::diagnostics));
    let mut recording = done?;
    let stage = world.stage_time.get();
    recording.stage_seconds = stage.as_secs_f64();
    recording.script_seconds = started
        .elapsed()
        .saturating_sub(stage)
        .saturating_sub(world.host_time.get())
        .as_secs_f64();
    Ok(recording)
}

struct Recorder<'a> {
    engine: &'a Engine,
    options: &'a ScriptOptions,
    sink: &'a mut dyn AnySink,
    /// The calls that made each scene.
    origins: Vec<String>,
}

/// What the player says of the project.
struct Facts {
    film: FilmHeader,
    /// Frames wanted; the end may lie behind the project's.
    wanted: FrameRange,
}

impl Recorder<'_> {
    fn run<'js>(&mut self, ctx: &Ctx<'js>, name: &str) -> Result<Recording, Failure<'js>> {
        let player = self.open(ctx, name)?;
        let facts = self.facts(ctx, &player)?;
        let mut recording = Recording {
            header: facts.film,
            frames: facts.wanted.start..facts.wanted.start,
            scenes: Vec::new(),
            sounds: Vec::new(),
            assets: Vec::new(),
            fonts: Vec::new(),
            variables: Vec::new(),
            own_variables: serde_json::Value::Null,
            events: Vec::new(),
            trees: Vec::new(),
            tracks: Vec::new(),
            boxes: Vec::new(),
            now_ms: self.options.now_ms,
            files: Vec::new(),
            diagnostics: Vec::new(),
            script_seconds: 0.0,
            stage_seconds: 0.0,
        };
        if self.sink.begin(&facts.film).is_continue() {
            self.frames(ctx, &player, &facts, &mut recording)?;
        }
        self.finish(ctx, &player, &mut recording)?;
        Ok(recording)
    }

    /// Loads the project and makes a player of it.
    fn open<'js>(&mut self, ctx: &Ctx<'js>, name: &str) -> Result<Object<'js>, Failure<'js>> {
        let shown = self.options.project.display();
        let exports = self.engine.import(ctx, name)?;
        let glue = self.engine.import(ctx, HOST)?;
        let example = "export a project: `export default makeProject({scenes: [scene]})`";
        if !exports.contains_key("default").catch(ctx)? {
            return Err(
                Diagnostic::error(format!("`{shown}` has no default export"))
                    .hint(example)
                    .into(),
            );
        }
        let project: Value<'js> = exports.get("default").catch(ctx)?;
        let fault: Function<'js> = glue.get("fault").catch(ctx)?;
        let fault: Option<String> = fault.call((project.clone(),)).catch(ctx)?;
        if let Some(fault) = fault {
            let what = format!("the default export of `{shown}` is {fault}, not a project");
            return Err(Diagnostic::error(what).hint(example).into());
        }
        let beside = self
            .engine
            .world()
            .graph
            .borrow()
            .meta(&self.options.project);
        if let Some(meta) = beside.map_err(ScriptError::Project)? {
            let adopt: Function<'js> = glue.get("adopt").catch(ctx)?;
            let meta = ctx.json_parse(meta).catch(ctx)?;
            adopt.call::<_, ()>((project.clone(), meta)).catch(ctx)?;
        }
        let origins: Function<'js> = glue.get("origins").catch(ctx)?;
        self.origins = origins.call((project.clone(),)).catch(ctx)?;
        if let [only] = &*self.origins
            && let Some(place) = trace::place(self.engine.world(), only)
        {
            self.engine.world().guard.enter(place);
        }
        let settings = self.settings(ctx, &glue, &project)?;
        let open: Function<'js> = glue.get("open").catch(ctx)?;
        Ok(open.call((project, settings)).catch(ctx)?)
    }

    fn settings<'js>(
        &self,
        ctx: &Ctx<'js>,
        glue: &Object<'js>,
        project: &Value<'js>,
    ) -> Result<Object<'js>, Failure<'js>> {
        let options = self.options;
        let settings = Object::new(ctx.clone()).catch(ctx)?;
        let own: Function<'js> = glue.get("projectFps").catch(ctx)?;
        let own: f64 = own.call((project.clone(),)).catch(ctx)?;
        let fps = Fps::new(options.fps.unwrap_or(own))
            .map_err(|cause| Diagnostic::error(cause.to_string()))?;
        settings.set("fps", fps.value()).catch(ctx)?;
        if let Some((width, height)) = options.size {
            settings.set("size", vec![width, height]).catch(ctx)?;
        }
        if let Some(scale) = options.scale {
            settings.set("resolutionScale", scale).catch(ctx)?;
        }
        if let Some(background) = &options.background {
            settings.set("background", background.as_str()).catch(ctx)?;
        }
        if let Some(variables) = &options.variables {
            if !variables.is_object() {
                return Err(Diagnostic::error("variables must be a JSON object").into());
            }
            let value = ctx.json_parse(variables.to_string()).catch(ctx)?;
            settings.set("variables", value).catch(ctx)?;
        }
        Ok(settings)
    }

    fn facts<'js>(&self, ctx: &Ctx<'js>, player: &Object<'js>) -> Result<Facts, Failure<'js>> {
        let header: Object<'js> = call_method(player, "header", Vec::new())?;
        let number = |name: &str| header.get::<_, f64>(name).catch(ctx);
        let fps = Fps::new(number("fps")?).map_err(|cause| Diagnostic::error(cause.to_string()))?;
        let scale = number("resolutionScale")?;
        let size = pixels(number("width")? * scale, number("height")? * scale)?;
        let background: Vec<f64> = header.get("background").catch(ctx)?;
        let range: Vec<Option<f64>> = header.get("range").catch(ctx)?;
        let own = (
            range.first().copied().flatten().unwrap_or(0.0),
            range.get(1).copied().flatten().unwrap_or(f64::INFINITY),
        );
        let (from, to) = self.options.range.unwrap_or(own);
        let wanted = frame_at(from, fps, 0)..frame_at(to, fps, u64::MAX);
        if wanted.is_empty() {
            let what = format!("the range from `{from}` s to `{to}` s holds no frame");
            return Err(Diagnostic::error(what)
                .hint("a range ends after it starts")
                .into());
        }
        let channel = |index: usize| background.get(index).copied().unwrap_or(0.0) as f32;
        Ok(Facts {
            film: FilmHeader {
                size,
                fps,
                background: Color::rgba(channel(0), channel(1), channel(2), channel(3)),
            },
            wanted,
        })
    }

    fn frames<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        player: &Object<'js>,
        facts: &Facts,
        recording: &mut Recording,
    ) -> Result<(), Failure<'js>> {
        let fps = facts.film.fps;
        let longest = (self.options.limits.max_duration_s * fps.value()).ceil() as u64;
        let mut track = SoundTrack::new(fps);
        let mut frame = 0;
        let mut ended = false;
        loop {
            self.step(ctx, player, frame, &mut ended)?;
            self.engine.world().release(&[]);
            if frame >= facts.wanted.start {
                let placements = placements(ctx, player, self.engine)?;
                let world = self.engine.world();
                let (drawing, fonts) =
                    world.stage(|bridge| (bridge.stage.draw(&placements), bridge.new_fonts()));
                fonts.iter().for_each(|font| self.sink.font(font));
                track.push(frame - facts.wanted.start, sounds(ctx, player)?);
                if self.options.boxes.contains(&frame) {
                    recording.boxes.push((frame, boxes(player)?));
                }
                if self.options.trees.contains(&frame) {
                    recording.trees.push((frame, self.tree(player)?));
                }
                if (recording.tracks.len() as u64) < self.options.tracks {
                    recording.tracks.push((frame, tracks(player)?));
                }
                recording.frames.end = frame + 1;
                if world.outside(|| self.sink.frame(frame, drawing)).is_break() {
                    break;
                }
            }
            frame += 1;
            if ended || frame >= facts.wanted.end {
                break;
            }
            if frame > longest {
                return Err(self.endless(player)?.into());
            }
        }
        self.engine.world().guard.set_frame(None);
        if recording.frames.is_empty() {
            let (from, end) = (fps.seconds(facts.wanted.start), fps.seconds(frame));
            let what = format!("the range starts at {from} s, but the project ends at {end} s");
            return Err(Diagnostic::error(what).into());
        }
        recording.sounds = track.finish();
        Ok(())
    }

    /// Makes `frame`, the first or the next one.
    fn step<'js>(
        &self,
        ctx: &Ctx<'js>,
        player: &Object<'js>,
        frame: u64,
        ended: &mut bool,
    ) -> Result<(), Failure<'js>> {
        let world = self.engine.world();
        world.guard.set_frame(Some(frame));
        world.guard.arm(Some(Duration::from_secs_f64(
            self.options.limits.frame_seconds,
        )));
        if world.host.borrow().interrupted() {
            return Err(ScriptError::Interrupted.into());
        }
        let played = || {
            if frame == 0 {
                let promise: Promise<'js> = call_method(player, "start", Vec::new())?;
                self.engine.settle::<Value<'js>>(ctx, &promise)?;
                Ok(false)
            } else {
                let promise: Promise<'js> = call_method(player, "next", Vec::new())?;
                self.engine.settle(ctx, &promise)
            }
        };
        *ended = played().map_err(|failure| self.in_scene(player, failure))?;
        if world.heap.is_filling() {
            ctx.run_gc();
            world.heap.cleared();
        }
        Ok(())
    }

    /// A failure of which nothing tells where it was, with the scene that it was in.
    fn in_scene<'js>(&self, player: &Object<'js>, failure: Failure<'js>) -> Failure<'js> {
        let mut error = explain(self.engine.world(), failure);
        if let ScriptError::Project(diagnostics) = &mut error
            && let Some(first) = diagnostics.first_mut()
            && first.place.is_none()
        {
            first.place = self.origin(player);
        }
        error.into()
    }

    /// Where the present scene was made.
    fn origin(&self, player: &Object<'_>) -> Option<Place> {
        let last = scenes(player).ok()?.len().checked_sub(1)?;
        trace::place(self.engine.world(), self.origins.get(last)?)
    }

    /// The tree of nodes; where each was made is a place in the user's files.
    fn tree<'js>(&self, player: &Object<'js>) -> Result<serde_json::Value, Failure<'js>> {
        let text: String = call_method(player, "tree", Vec::new())?;
        let mut nodes: serde_json::Value = serde_json::from_str(&text)
            .map_err(|cause| ScriptError::Engine(format!("reading the tree of nodes: {cause}")))?;
        for node in nodes.as_array_mut().into_iter().flatten() {
            let made = node.as_object_mut().and_then(|node| node.remove("made"));
            let made = made.as_ref().and_then(|made| made.as_str());
            let place = made.and_then(|made| trace::place(self.engine.world(), made));
            node["place"] = place.map(|place| place.to_json()).unwrap_or_default();
        }
        Ok(nodes)
    }

    fn events<'js>(
        &self,
        ctx: &Ctx<'js>,
        player: &Object<'js>,
    ) -> Result<Vec<TimeEvent>, Failure<'js>> {
        let events: Array<'js> = call_method(player, "timeEvents", Vec::new())?;
        let event = |event: Object<'js>| {
            let made: String = event.get("made")?;
            let file: Option<String> = event.get("path")?;
            Ok(TimeEvent {
                scene: event.get("scene")?,
                name: event.get("name")?,
                file: file.map(PathBuf::from),
                from: event.get("from")?,
                seconds: event.get("seconds")?,
                place: trace::place(self.engine.world(), &made),
            })
        };
        let events = events.iter::<Object<'js>>().map(|found| event(found?));
        events
            .collect::<rquickjs::Result<_>>()
            .catch(ctx)
            .map_err(Into::into)
    }

    fn endless<'js>(&self, player: &Object<'js>) -> Result<Diagnostic, Failure<'js>> {
        let limit = self.options.limits.max_duration_s;
        let scenes = scenes(player)?;
        let name = scenes.last().map_or("", |scene| scene.name.as_str());
        let what = format!("scene `{name}` has not ended after {limit} s");
        Ok(Diagnostic::error(what).at(self.origin(player)).hint("an endless `loop` on the scene's own thread? start it with `yield` instead of `yield*`"))
    }

    fn finish<'js>(
        &self,
        ctx: &Ctx<'js>,
        player: &Object<'js>,
        recording: &mut Recording,
    ) -> Result<(), Failure<'js>> {
        let world = self.engine.world();
        recording.files = world.graph.borrow().files();
        recording.scenes = scenes(player)?;
        let variables: Array<'js> = call_method(player, "variablesRead", Vec::new())?;
        for variable in variables.iter::<Object<'js>>() {
            let variable = variable.catch(ctx)?;
            let name: String = variable.get("name").catch(ctx)?;
            let initial: Value<'js> = variable.get("initial").catch(ctx)?;
            let text = ctx.json_stringify(initial).catch(ctx)?;
            let text = text.map(|text| text.to_string()).transpose().catch(ctx)?;
            let value = text.and_then(|text| serde_json::from_str(&text).ok());
            recording
                .variables
                .push((name, value.unwrap_or(serde_json::Value::Null)));
        }
        let own: String = call_method(player, "ownVariables", Vec::new())?;
        recording.own_variables = serde_json::from_str(&own).unwrap_or_default();
        recording.events = self.events(ctx, player)?;
        for cue in &recording.sounds {
            let frames = (cue.frames.end - cue.frames.start) as f64;
            let end = cue.time + frames / recording.header.fps.value() * cue.rate;
            let stretch = match cue.loops {
                Some(length) => (0.0, length),
                None => (cue.time.max(cue.from), end),
            };
            world.stage(|bridge| bridge.hear(cue.asset, stretch));
        }
        world.stage(|bridge| {
            recording.assets = bridge.assets().to_vec();
            recording.fonts = bridge.fonts_used();
            recording
                .diagnostics
                .extend(bridge.stage.warnings().into_iter().map(Diagnostic::warning));
        });
        recording.diagnostics.extend(world.take_warnings());
        for mut rejected in world.take_rejections() {
            rejected.severity = crate::Severity::Warning;
            rejected
                .hints
                .push("a promise was rejected and nobody awaited it".to_owned());
            recording.diagnostics.push(rejected);
        }
        Ok(())
    }
}

fn placements<'js>(
    ctx: &Ctx<'js>,
    player: &Object<'js>,
    engine: &Engine,
) -> Result<Vec<ViewPlacement>, Failure<'js>> {
    let views: Array<'js> = call_method(player, "views", Vec::new())?;
    views
        .iter::<Object<'js>>()
        .map(|view| {
            let view = view.catch(ctx)?;
            let id: u32 = view.get("id").catch(ctx)?;
            let transform: Vec<f64> = view.get("transform").catch(ctx)?;
            let alpha: f64 = view.get("alpha").catch(ctx)?;
            let found = engine.world().stage(|bridge| bridge.id(id));
            let Ok(node) = found else {
                return Err(ScriptError::Engine(format!(
                    "the player shows the unknown view `{id}`"
                ))
                .into());
            };
            let coefficients: [f64; 6] = transform
                .try_into()
                .unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
            Ok(ViewPlacement {
                view: node,
                transform: Affine::new(coefficients),
                alpha: alpha as f32,
            })
        })
        .collect()
}

fn sounds<'js>(ctx: &Ctx<'js>, player: &Object<'js>) -> Result<Vec<Heard>, Failure<'js>> {
    let sounds: Array<'js> = call_method(player, "sounds", Vec::new())?;
    let mut heard = Vec::with_capacity(sounds.len());
    for sound in sounds.iter::<Object<'js>>() {
        let sound = sound.catch(ctx)?;
        let asset: String = sound.get("asset").catch(ctx)?;
        let asset: AssetId = asset
            .parse()
            .map_err(|_| ScriptError::Engine(format!("`{asset}` is not an asset")))?;
        let number = |name: &str| sound.get::<_, f64>(name).catch(ctx);
        let one = Heard {
            key: sound.get("key").catch(ctx)?,
            asset,
            time: number("time")?,
            from: number("from")?,
            loops: Some(number("loops")?).filter(|length| *length > 0.0),
            rate: number("rate")?,
            keeps_pitch: sound.get("keepsPitch").catch(ctx)?,
            volume: number("volume")?.max(0.0),
        };
        if one.rate > 0.0 {
            heard.push(one);
        }
    }
    Ok(heard)
}

fn boxes<'js>(player: &Object<'js>) -> Result<serde_json::Value, Failure<'js>> {
    let text: String = call_method(player, "boxes", Vec::new())?;
    serde_json::from_str(&text)
        .map_err(|cause| ScriptError::Engine(format!("reading the boxes of nodes: {cause}")).into())
}

fn tracks<'js>(player: &Object<'js>) -> Result<Vec<NodeTrack>, Failure<'js>> {
    type Told = (String, usize, f64, f64, f64, f64, f64, f64, f64);
    let text: String = call_method(player, "tracks", Vec::new())?;
    let told: Vec<Told> = serde_json::from_str(&text)
        .map_err(|cause| ScriptError::Engine(format!("reading where nodes are: {cause}")))?;
    let track = |(key, depth, x, y, left, top, right, bottom, opacity)| NodeTrack {
        key,
        depth,
        origin: (x, y),
        bounds: (left, top, right, bottom),
        opacity,
    };
    Ok(told.into_iter().map(track).collect())
}

fn scenes<'js>(player: &Object<'js>) -> Result<Vec<SceneSpan>, Failure<'js>> {
    let ctx = player.ctx().clone();
    let scenes: Array<'js> = call_method(player, "scenes", Vec::new())?;
    scenes
        .iter::<Object<'js>>()
        .map(|scene| {
            let scene = scene.catch(&ctx)?;
            let number = |name: &str| scene.get::<_, f64>(name).catch(&ctx);
            Ok(SceneSpan {
                name: scene.get("name").catch(&ctx)?,
                first_frame: number("firstFrame")?.max(0.0) as u64,
                frames: number("frames")?.max(0.0) as u64,
            })
        })
        .collect()
}

/// A size in whole pixels.
fn pixels<'js>(width: f64, height: f64) -> Result<Size, Failure<'js>> {
    const LARGEST: f64 = 16_384.0;
    let (width, height) = (width.round(), height.round());
    if !(1.0..=LARGEST).contains(&width) || !(1.0..=LARGEST).contains(&height) {
        let what = format!(
            "a film cannot be `{width}x{height}` pixels: each side lies within 1 and {LARGEST}"
        );
        return Err(Diagnostic::error(what).into());
    }
    Ok(Size::new(width as u32, height as u32))
}

/// The first frame that begins at `seconds` or later; `endless` for infinity.
fn frame_at(seconds: f64, fps: Fps, endless: u64) -> u64 {
    if !seconds.is_finite() {
        return endless;
    }
    let frames = seconds * f64::from(fps.num()) / f64::from(fps.den());
    (frames - 1e-6).ceil().max(0.0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_frames_without_rounding_errors() {
        let fps = Fps::new(30.0).unwrap();
        for frame in 0..1000_u32 {
            assert_eq!(frame_at(f64::from(frame) / 30.0, fps, 0), u64::from(frame));
        }
        assert_eq!(frame_at(0.01, fps, 0), 1);
        assert_eq!(frame_at(f64::INFINITY, fps, 7), 7);
        assert_eq!(frame_at(-1.0, fps, 7), 0);
    }
}
