use std::{
    path::Path,
    ptr,
    rc::Rc,
    time::{Duration, Instant},
};

use rquickjs::{
    CatchResultExt as _, CaughtError, Context, Ctx, FromJs, Function, Object, Persistent, Promise,
    Runtime, Value, function::Args, qjs,
};

use crate::{
    Diagnostic, Host, Limits, ScriptError, globals,
    graph::Graph,
    guard::{Guard, Tripped, Watchman, late},
    heap::Heap,
    loader, native, trace,
    world::World,
};

/// A script engine with the runtime's modules, one project's files and a host.
pub struct Engine {
    own: Own,
    context: Context,
    world: Rc<World>,
    _watchman: Watchman,
}

/// The runtime's functions that keep the script's timers, and the one that tells which
/// built-ins it has replaced; dropped before the engine.
struct Own {
    next: Persistent<Function<'static>>,
    run: Persistent<Function<'static>>,
    tampered: Persistent<Function<'static>>,
}

impl Engine {
    /// An engine whose files lie below `root`.
    ///
    /// # Errors
    /// When the engine cannot be started.
    pub fn new(
        root: &Path,
        host: Box<dyn Host>,
        limits: &Limits,
        surroundings: native::Surroundings,
    ) -> Result<Self, ScriptError> {
        let broken = |cause: rquickjs::Error| ScriptError::Engine(cause.to_string());
        let guard = Guard::new(limits);
        let watchman = Watchman::start(&guard, host.watch())?;
        let heap = Heap::new(limits.heap_bytes, guard.alarm());
        let runtime = Runtime::new_with_alloc(heap.clone()).map_err(broken)?;
        runtime.set_max_stack_size(limits.stack_bytes);
        runtime.set_gc_threshold((limits.heap_bytes / 4).min(64 << 20));
        let trusts_all = surroundings.trusts_all;
        let graph = Graph::new(root, surroundings.confined).trusting_all(trusts_all);
        let world = Rc::new(World::new(graph, host, *limits, heap, guard));
        runtime.set_loader(loader::Edges(world.clone()), loader::Modules(world.clone()));
        runtime.set_interrupt_handler(Some(interrupt(world.clone())));
        runtime.set_host_promise_rejection_tracker(Some(trace::rejections(world.clone())));
        let context = Context::full(&runtime).map_err(broken)?;
        let own = context.with(|ctx| {
            start(&ctx, &world, surroundings).map_err(|failure| explain(&world, failure))
        })?;
        Ok(Self {
            own,
            context,
            world,
            _watchman: watchman,
        })
    }

    /// What the script lives in.
    pub fn world(&self) -> &Rc<World> {
        &self.world
    }

    /// Does something in the engine; what the script throws becomes a [`ScriptError`].
    ///
    /// # Errors
    /// What `act` fails with.
    pub fn run<T>(
        &self,
        act: impl for<'js> FnOnce(&Self, &Ctx<'js>) -> Result<T, Failure<'js>>,
    ) -> Result<T, ScriptError> {
        let _inside = self.world.guard.inside();
        self.context.with(|ctx| {
            act(self, &ctx).map_err(|failure| {
                let mut error = explain(&self.world, failure);
                if let ScriptError::Project(diagnostics) = &mut error
                    && let Some(first) = diagnostics.first_mut()
                {
                    first.hints.extend(self.tampered(&ctx));
                }
                error
            })
        })
    }

    /// What to look at first when a script that changes built-ins fails.
    fn tampered(&self, ctx: &Ctx<'_>) -> Option<String> {
        let tampered = self.own.tampered.clone().restore(ctx).ok()?;
        let names: Vec<String> = tampered.call(()).ok()?;
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        (!names.is_empty()).then(|| format!("the script has changed {}", names.join(", ")))
    }

    /// Loads and evaluates a module of the graph or the runtime; its exports.
    ///
    /// # Errors
    /// What it throws.
    pub fn import<'js>(&self, ctx: &Ctx<'js>, name: &str) -> Result<Object<'js>, Failure<'js>> {
        let module = loader::load(ctx, &self.world, name).catch(ctx)?;
        let (module, promise) = module.eval().catch(ctx)?;
        self.settle::<Value<'js>>(ctx, &promise)?;
        Ok(module.namespace().catch(ctx)?)
    }

    /// Runs the script until `promise` is settled; its value.
    ///
    /// # Errors
    /// What it was rejected with, or that it never will be settled.
    pub fn settle<'js, T: FromJs<'js>>(
        &self,
        ctx: &Ctx<'js>,
        promise: &Promise<'js>,
    ) -> Result<T, Failure<'js>> {
        self.world.handle(promise.as_value());
        loop {
            if let Some(cause) = self.world.guard.tripped() {
                // what was thrown by the engine tells where the script was
                return Err(match promise.result::<Value<'js>>() {
                    Some(Err(cause)) => Failure::Thrown(CaughtError::from_error(ctx, cause)),
                    _ => Failure::Tripped(cause),
                });
            }
            if let Some(result) = promise.result::<T>() {
                return Ok(result.catch(ctx)?);
            }
            if self.job(ctx)? {
                continue;
            }
            if !self.next_timer(ctx)? {
                return Err(Failure::Stuck);
            }
        }
    }

    /// Runs jobs and timers until none are left.
    ///
    /// # Errors
    /// What a timer's function throws.
    pub fn drain<'js>(&self, ctx: &Ctx<'js>) -> Result<(), Failure<'js>> {
        loop {
            while self.job(ctx)? {
                if let Some(cause) = self.world.guard.tripped() {
                    return Err(Failure::Tripped(cause));
                }
            }
            if self.world.has_rejections() || !self.next_timer(ctx)? {
                return Ok(());
            }
        }
    }

    /// Runs the next of the jobs that promises have left, if there is one.
    ///
    /// # Errors
    /// What stopped the script in it: that goes past all promises, so nobody else
    /// would tell where it was.
    #[allow(unsafe_code)]
    fn job<'js>(&self, ctx: &Ctx<'js>) -> Result<bool, Failure<'js>> {
        let mut ran_in = ptr::null_mut();
        // SAFETY: the context is live and this thread is inside of its runtime, in
        // which there is no other context; what was thrown is taken right away.
        let code = unsafe {
            let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
            qjs::JS_ExecutePendingJob(runtime, &mut ran_in)
        };
        if code >= 0 {
            return Ok(code > 0);
        }
        let thrown = CaughtError::from_error(ctx, rquickjs::Error::Exception);
        if self.world.guard.tripped().is_some() {
            return Err(Failure::Thrown(thrown));
        }
        self.world.uncaught(trace::diagnose(&self.world, &thrown));
        Ok(true)
    }

    fn next_timer<'js>(&self, ctx: &Ctx<'js>) -> Result<bool, Failure<'js>> {
        let next = self.own.next.clone().restore(ctx).catch(ctx)?;
        let wait: f64 = next.call(()).catch(ctx)?;
        if wait < 0.0 {
            return Ok(false);
        }
        if self.world.live.get() {
            self.sleep(Duration::from_secs_f64(wait / 1000.0))?;
        }
        let run = self.own.run.clone().restore(ctx).catch(ctx)?;
        run.call::<_, ()>(()).catch(ctx)?;
        Ok(true)
    }

    fn sleep<'js>(&self, time: Duration) -> Result<(), Failure<'js>> {
        const STEP: Duration = Duration::from_millis(50);
        let until = Instant::now() + time;
        loop {
            if self.world.host.borrow().interrupted() {
                return Err(Failure::Tripped(Tripped::Interrupted));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(STEP));
        }
    }
}

/// Puts the host's interface and the globals in place, and takes the former away from
/// whoever comes later.
fn start<'js>(
    ctx: &Ctx<'js>,
    world: &Rc<World>,
    surroundings: native::Surroundings,
) -> Result<Own, Failure<'js>> {
    let keeps = surroundings.trusts_all;
    native::install(ctx, world, surroundings)?;
    let module = loader::load(ctx, world, globals::MODULE).catch(ctx)?;
    let (module, promise) = module.eval().catch(ctx)?;
    promise.finish::<()>().catch(ctx)?;
    let module = module.namespace().catch(ctx)?;
    if !keeps {
        native::hide(ctx)?;
    }
    let function = |name: &str| {
        let function: Function<'js> = module.get(name).catch(ctx)?;
        Ok::<_, Failure<'js>>(Persistent::save(ctx, function))
    };
    Ok(Own {
        next: function("nextTimer")?,
        run: function("runTimer")?,
        tampered: function("tampered")?,
    })
}

/// What the author reads of a failure.
pub fn explain(world: &World, failure: Failure<'_>) -> ScriptError {
    let tripped = world.guard.tripped();
    let thrown = match failure {
        Failure::Error(error) => return error,
        Failure::Stuck if world.heap.is_exhausted() => return exhausted(world, None),
        Failure::Stuck => {
            return Diagnostic::error("the script waits for something that never comes")
                .hint("a promise that is awaited or yielded is never resolved")
                .into();
        }
        Failure::Tripped(cause) => {
            return match cause {
                Tripped::Late => late(&world.guard, None),
                Tripped::Interrupted => ScriptError::Interrupted,
                Tripped::Exit(code) => ScriptError::Exit(code),
            };
        }
        Failure::Thrown(thrown) => thrown,
    };
    match tripped {
        Some(Tripped::Interrupted) => return ScriptError::Interrupted,
        Some(Tripped::Exit(code)) => return ScriptError::Exit(code),
        Some(Tripped::Late) => {
            let told = trace::diagnose(world, &thrown);
            return late(&world.guard, Some(told));
        }
        None => {}
    }
    let told = trace::diagnose(world, &thrown);
    if world.heap.is_exhausted() && trace::is_out_of_memory(&thrown) {
        return exhausted(world, Some(told));
    }
    world.in_frame(told).into()
}

fn exhausted(world: &World, told: Option<Diagnostic>) -> ScriptError {
    let limit = world.limits.heap_bytes >> 20;
    let message = format!("the script needs more than {limit} MiB of memory");
    let told = told.unwrap_or_else(|| Diagnostic::error(""));
    let diagnostic = Diagnostic { message, ..told };
    let hint = "an endless loop that keeps what it makes? `--max-memory` gives more";
    world.in_frame(diagnostic.hint(hint)).into()
}

fn interrupt(world: Rc<World>) -> Box<dyn FnMut() -> bool> {
    Box::new(move || is_over(&world))
}

/// Whether the script has to end, which is found out if it is not known.
pub fn is_over(world: &World) -> bool {
    let guard = &world.guard;
    if guard.tripped().is_none() {
        if guard.is_late() {
            guard.trip(Tripped::Late);
        } else if world.host.try_borrow().is_ok_and(|host| host.interrupted()) {
            guard.trip(Tripped::Interrupted);
        }
    }
    guard.tripped().is_some()
}

/// Why something in the engine did not work.
pub enum Failure<'js> {
    /// The script threw.
    Thrown(CaughtError<'js>),
    /// The script was stopped.
    Tripped(Tripped),
    /// Nothing is left that could settle the awaited promise.
    Stuck,
    /// What is explained already.
    Error(ScriptError),
}

impl<'js> From<CaughtError<'js>> for Failure<'js> {
    fn from(thrown: CaughtError<'js>) -> Self {
        Self::Thrown(thrown)
    }
}

impl From<ScriptError> for Failure<'_> {
    fn from(error: ScriptError) -> Self {
        Self::Error(error)
    }
}

impl From<Diagnostic> for Failure<'_> {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Error(diagnostic.into())
    }
}

/// Calls the method `name` of `object`.
///
/// # Errors
/// What it throws.
pub fn call_method<'js, R: FromJs<'js>>(
    object: &Object<'js>,
    name: &str,
    arguments: Vec<Value<'js>>,
) -> Result<R, Failure<'js>> {
    let ctx = object.ctx().clone();
    let method: Function<'js> = object.get(name).catch(&ctx)?;
    let call = || {
        let mut args = Args::new(ctx.clone(), arguments.len());
        args.this(object.clone())?;
        args.push_args(arguments)?;
        method.call_arg(args)
    };
    Ok(call().catch(&ctx)?)
}
