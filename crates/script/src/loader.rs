use std::rc::Rc;

use rquickjs::{
    Ctx, Error, Exception, Function, Module, Object, Result,
    loader::{ImportAttributes, Loader, Resolver},
    module::Declared,
};

use crate::{runtime, world::World};

/// Says which module an import means.
pub struct Edges(pub Rc<World>);

/// Hands over modules.
pub struct Modules(pub Rc<World>);

impl Resolver for Edges {
    fn resolve<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        if base.starts_with("kinora:") {
            return match runtime::resolve_within(base, name) {
                Some(name) => Ok(name.to_owned()),
                None => Err(Error::new_resolving(base, name)),
            };
        }
        let world = &self.0;
        let mut graph = world.graph.borrow_mut();
        if graph.is_made(base)
            && let Some(name) = runtime::internal(name)
        {
            return Ok(name.to_owned());
        }
        if let Some(known) = graph.edge(base, name) {
            return Ok(known.to_owned());
        }
        if graph.contains(name) {
            return Ok(name.to_owned());
        }
        let added = graph.add_import(base, name);
        drop(graph);
        world.tell_assets();
        added.map_err(|faults| {
            let message = faults
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("\n");
            Exception::throw_message(ctx, &message)
        })
    }
}

impl Loader for Modules {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js, Declared>> {
        load(ctx, &self.0, name)
    }
}

/// The module of this name, of the runtime or of the graph.
///
/// # Errors
/// When there is none or the engine refuses its code.
pub fn load<'js>(ctx: &Ctx<'js>, world: &World, name: &str) -> Result<Module<'js, Declared>> {
    if let Some(module) = runtime::MODULES.get(name) {
        return load_bytecode(ctx, module.bytecode);
    }
    let code = world.graph.borrow().code(name);
    let Some(code) = code else {
        return Err(Error::new_loading(name));
    };
    let module = Module::declare(ctx.clone(), name, code)?;
    let file = name.split('?').next().unwrap_or(name);
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let meta = module.meta()?;
    meta.set("url", format!("file://{file}"))?;
    meta.set("filename", file)?;
    meta.set("dirname", folder)?;
    let env = Object::new(ctx.clone())?;
    env.set("MODE", "production")?;
    env.set("BASE_URL", "/")?;
    for (name, value) in [("PROD", true), ("DEV", false), ("SSR", false)] {
        env.set(name, value)?;
    }
    for (name, value) in world.graph.borrow_mut().environment() {
        env.set(name.as_str(), value.as_str())?;
    }
    meta.set("env", env)?;
    let glob = |ctx: Ctx<'js>| {
        let what =
            "`import.meta.glob` takes texts and options that stand where it is called, not values";
        Err::<(), _>(Exception::throw_message(&ctx, what))
    };
    meta.set("glob", Function::new(ctx.clone(), glob)?)?;
    Ok(module)
}

#[allow(unsafe_code)]
fn load_bytecode<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> Result<Module<'js, Declared>> {
    // SAFETY: the build script made these bytes with the engine that this
    // program links, and they are part of the program.
    unsafe { Module::load(ctx.clone(), bytecode) }
}
