use std::rc::Rc;

use rquickjs::{
    Ctx, Error, Exception, Module, Result,
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
        if name.starts_with("kinora:") && runtime::MODULES.contains_key(name) {
            return Ok(name.to_owned());
        }
        let mut graph = self.0.graph.borrow_mut();
        if let Some(known) = graph.edge(base, name) {
            return Ok(known.to_owned());
        }
        if graph.module(name).is_some() {
            return Ok(name.to_owned());
        }
        graph.add_import(base, name).map_err(|faults| {
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
    if !code.contains("import.meta") {
        return Module::declare(ctx.clone(), name, code);
    }
    let path = serde_json::to_string(name).expect("text is JSON");
    let file = path.split('?').next().unwrap_or(&path).trim_matches('"');
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let meta = format!(
        "Object.assign(import.meta, {{url: \"file://{file}\", filename: \"{file}\", dirname: \"{folder}\", \
         env: {{MODE: 'production', PROD: true, DEV: false, SSR: false, BASE_URL: '/'}}}});"
    );
    Module::declare(ctx.clone(), name, meta + &code)
}

#[allow(unsafe_code)]
fn load_bytecode<'js>(ctx: &Ctx<'js>, bytecode: &[u8]) -> Result<Module<'js, Declared>> {
    // SAFETY: the build script made these bytes with the engine that this
    // program links, and they are part of the program.
    unsafe { Module::load(ctx.clone(), bytecode) }
}
