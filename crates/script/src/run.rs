use std::path::Path;

use rquickjs::Ctx;

use crate::{
    Host, Limits, ScriptError,
    engine::{Engine, Failure},
    guard::Tripped,
    native::Surroundings,
    options::present_ms,
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
    let surroundings = Surroundings {
        live: true,
        ..Surroundings::default()
    };
    run_in(path, root, host, limits, args, surroundings)
}

/// Runs a test of the runtime: as [`run_module`], but modules may import all of the
/// runtime by the names it has for itself, and find the host's interface.
///
/// # Errors
/// As for [`run_module`].
#[doc(hidden)]
pub fn run_runtime_test(path: &Path, root: &Path, host: Box<dyn Host>) -> Result<(), ScriptError> {
    let surroundings = Surroundings {
        live: true,
        trusts_all: true,
        ..Surroundings::default()
    };
    run_in(path, root, host, &Limits::default(), &[], surroundings)
}

fn run_in(
    path: &Path,
    root: &Path,
    host: Box<dyn Host>,
    limits: &Limits,
    args: &[String],
    surroundings: Surroundings,
) -> Result<(), ScriptError> {
    let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut arguments = vec!["kinora".to_owned(), file.to_string_lossy().into_owned()];
    arguments.extend_from_slice(args);
    let surroundings = Surroundings {
        now_ms: present_ms(),
        arguments,
        environment: host.environment(),
        ..surroundings
    };
    let engine = Engine::new(root, host, limits, surroundings)?;
    let added = engine.world().add_file(path);
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
