use std::{
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

use rquickjs::Ctx;

use crate::{
    Host, Limits, ScriptError,
    engine::{Engine, Failure, Tripped},
    native::Surroundings,
};

/// Runs a script: its top level, and its timers and promises until none are left.
///
/// `args` are what `process.argv` holds after the two usual entries.
///
/// # Errors
/// When the script throws, a promise is rejected and nobody cares, or it
/// calls `process.exit` with another code than 0.
pub fn run_module(
    path: &Path,
    root: &Path,
    host: Box<dyn Host>,
    limits: &Limits,
    args: &[String],
) -> Result<(), ScriptError> {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut arguments = vec!["kinora".to_owned(), file.to_string_lossy().into_owned()];
    arguments.extend_from_slice(args);
    let surroundings = Surroundings {
        live: true,
        now_ms: now.as_secs_f64() * 1000.0,
        arguments,
        environment: host.environment(),
    };
    let engine = Engine::new(root, host, limits, surroundings)?;
    let added = engine.world().graph.borrow_mut().add_file(path);
    let name = added.map_err(ScriptError::Project)?;
    match engine.run(|engine, ctx| run(engine, ctx, &name)) {
        Err(ScriptError::Exit(0)) => Ok(()),
        done => done,
    }
}

fn run<'js>(engine: &Engine, ctx: &Ctx<'js>, name: &str) -> Result<(), Failure<'js>> {
    engine.import(ctx, name)?;
    engine.drain(ctx)?;
    let world = engine.world();
    if let Some(Tripped::Exit(code)) = world.guard.tripped() {
        return Err(ScriptError::Exit(code).into());
    }
    let rejected = world.take_rejections();
    if rejected.is_empty() {
        Ok(())
    } else {
        Err(ScriptError::Project(rejected).into())
    }
}
