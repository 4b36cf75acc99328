//! What a script draws by itself.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use kinora_stage::{CanvasCalls, Inside, Scope};
use rquickjs::{Array, Ctx, Exception, Function, Module, Object, Result, TypedArray, Value};

use super::{numbers_of, on_stage};
use crate::{
    runtime,
    stage_bridge::StageBridge,
    world::{self, World},
};

/// Canvases that lie within one another at most.
const DEEPEST: usize = 32;
/// Numbers of all the canvases that one node draws in a frame at most.
const MOST_NUMBERS: usize = 1 << 23;
/// Bytes of all their texts.
const MOST_TEXT: usize = 1 << 24;

/// Defines the functions.
pub(super) fn define<'js>(ctx: &Ctx<'js>, world: &Rc<World>, native: &Object<'js>) -> Result<()> {
    let w = world.clone();
    method!(
        native,
        ctx,
        "isInside",
        move |ctx: Ctx<'js>, tape: Array<'js>, x: f64, y: f64, what: u32| {
            let what = match what {
                0 => Inside::NonZero,
                1 => Inside::EvenOdd,
                _ => Inside::Stroke,
            };
            let calls = w.stage(|bridge| Reader::of(bridge).read(&ctx, &tape, 0))?;
            on_stage(&ctx, &w, |bridge| {
                bridge.stage.is_inside(&calls, (x, y).into(), what)
            })
        }
    );
    method!(native, ctx, "module", |ctx: Ctx<'js>, name: String| module(
        &ctx, &name
    ));
    let w = world.clone();
    method!(
        native,
        ctx,
        "record",
        move |ctx: Ctx<'js>, node: u32, is_whole: bool, tape: Value<'js>| {
            let scope = match is_whole {
                true => Scope::Whole,
                false => Scope::Content,
            };
            let recording = w.stage(|bridge| {
                let mut reader = Reader::of(bridge);
                let tape = tape.as_array();
                tape.map(|tape| reader.read(&ctx, tape, 0)).transpose()
            })?;
            on_stage(&ctx, &w, |bridge| bridge.record(node, scope, recording))
        }
    );
    let w = world.clone();
    method!(native, ctx, "measureText", move |text: String,
                                              family: String,
                                              n: TypedArray<
        'js,
        f64,
    >| {
        let n = numbers_of(&n);
        let Some((font, [align, baseline, ..])) = n.split_first_chunk::<6>() else {
            return Vec::new();
        };
        let place = (*align, *baseline);
        let m = w.stage(|bridge| bridge.measure_text(&text, &family, *font, place));
        vec![
            m.width,
            m.left,
            m.right,
            m.ascent,
            m.descent,
            m.font_ascent,
            m.font_descent,
            m.em_ascent,
            m.em_descent,
            m.alphabetic,
            m.hanging,
            m.ideographic,
        ]
    });
    let w = world.clone();
    method!(native, ctx, "outline", move |ctx: Ctx<'js>, node: u32| {
        on_stage(&ctx, &w, |bridge| {
            bridge.id(node).map(|id| bridge.stage.outline(id))
        })
    });
    Ok(())
}

/// Runs a module of the runtime that is loaded when it is first needed.
fn module<'js>(ctx: &Ctx<'js>, name: &str) -> Result<()> {
    if runtime::internal(name).is_none() {
        let what = format!("`{name}` is no module of the runtime");
        return Err(Exception::throw_message(ctx, &what));
    }
    let load = format!("import '{name}'");
    Module::evaluate(ctx.clone(), "kinora:load", load)?;
    Ok(())
}

/// Reads what contexts wrote down.
pub(super) struct Reader<'a> {
    bridge: &'a StageBridge,
    numbers: usize,
    text: usize,
    surfaces: HashMap<u64, Arc<CanvasCalls>>,
}

impl<'a> Reader<'a> {
    /// A reader of canvases on which nodes of this stage may be.
    pub fn of(bridge: &'a StageBridge) -> Self {
        Self {
            bridge,
            numbers: 0,
            text: 0,
            surfaces: HashMap::new(),
        }
    }

    /// From `[numbers, how many, texts, nodes, canvases]`.
    pub fn read<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        tape: &Array<'js>,
        depth: usize,
    ) -> Result<CanvasCalls> {
        let too_much = || Exception::throw_message(ctx, "too much is drawn on canvases at once");
        if depth > DEEPEST {
            return Err(too_much());
        }
        let numbers: TypedArray<'js, f64> = tape.get(0)?;
        let count: usize = tape.get(1)?;
        let mut numbers = numbers_of(&numbers);
        numbers.truncate(count);
        self.numbers += numbers.len();
        let texts: Vec<String> = tape.get(2)?;
        self.text += texts.iter().map(String::len).sum::<usize>();
        if self.numbers > MOST_NUMBERS || self.text > MOST_TEXT {
            return Err(too_much());
        }
        let nodes: Vec<u32> = tape.get(3)?;
        let surfaces: Array<'js> = tape.get(4)?;
        let surfaces = surfaces
            .iter::<Array<'js>>()
            .map(|surface| self.surface(ctx, &surface?, depth + 1))
            .collect::<Result<Vec<_>>>()?;
        let nodes = nodes.into_iter().map(|node| self.bridge.known(node));
        Ok(CanvasCalls::new(numbers, texts, nodes.collect(), surfaces))
    }

    /// A canvas that is drawn; one that is drawn more than once is read only once.
    fn surface<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        tape: &Array<'js>,
        depth: usize,
    ) -> Result<Arc<CanvasCalls>> {
        let key = world::key(tape.as_value());
        if let Some(known) = self.surfaces.get(&key) {
            return Ok(Arc::clone(known));
        }
        let calls = Arc::new(self.read(ctx, tape, depth)?);
        self.surfaces.insert(key, Arc::clone(&calls));
        Ok(calls)
    }
}
