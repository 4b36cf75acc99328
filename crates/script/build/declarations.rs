//! Makes the declarations that editors read of the runtime's sources.

use std::collections::BTreeMap;

use oxc::{
    allocator::{Allocator, Vec as ArenaVec},
    ast::ast::{
        ClassElement, Declaration, ExportDefaultDeclarationKind, PropertyKey, Statement,
        TSSignature,
    },
    codegen::{Codegen, CodegenOptions, CommentOptions},
    diagnostics::OxcDiagnostic,
    isolated_declarations::{IsolatedDeclarations, IsolatedDeclarationsOptions},
    parser::Parser,
    span::SourceType,
};

/// The packages that have declarations: folders of the runtime.
const PACKAGES: [&str; 4] = ["core", "2d", "renderer", "ffmpeg"];
/// What a folder's own modules are named that projects import as they are.
const ENTRIES: [&str; 3] = ["index", "jsx-runtime", "jsx-dev-runtime"];

/// What is wrong with a source, and where in it.
pub struct Fault {
    pub offset: Option<u32>,
    pub message: String,
}

/// The declarations of all modules that projects can come by, by their paths without an
/// ending below the runtime's folder.
///
/// `sources` are the runtime's, by such paths.
pub fn declarations(
    sources: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, (String, Fault)> {
    let mut waiting: Vec<String> = sources
        .keys()
        .filter(|module| {
            let (folder, name) = module.rsplit_once('/').unwrap_or(("", module));
            let package = folder.split('/').next().unwrap_or("");
            PACKAGES.contains(&package) && ENTRIES.contains(&name)
        })
        .cloned()
        .collect();
    let mut made: BTreeMap<String, String> = BTreeMap::new();
    while let Some(module) = waiting.pop() {
        if made.contains_key(&module) {
            continue;
        }
        let text = declare(&sources[&module]).map_err(|fault| (module.clone(), fault))?;
        for specifier in specifiers(&text) {
            let Some(target) = target(sources, &module, specifier) else {
                continue;
            };
            if target.contains("/native/") {
                let message = format!("its declaration names `{target}`, which is internal");
                let offset = None;
                return Err((module, Fault { offset, message }));
            }
            waiting.push(target);
        }
        made.insert(module, text);
    }
    Ok(made)
}

fn declare(source: &str) -> Result<String, Fault> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, source, SourceType::ts()).parse();
    let fault = |diagnostics: &[OxcDiagnostic]| {
        diagnostics.first().map(|first| Fault {
            offset: first.labels.first().map(|label| label.offset()),
            message: first.message.to_string(),
        })
    };
    if let Some(fault) = fault(&parsed.diagnostics) {
        return Err(fault);
    }
    for statement in &mut parsed.program.body {
        hide(statement);
    }
    let options = IsolatedDeclarationsOptions {
        strip_internal: true,
    };
    let declared = IsolatedDeclarations::new(&allocator, options).build(&parsed.program);
    if let Some(fault) = fault(&declared.diagnostics) {
        return Err(fault);
    }
    let options = CodegenOptions {
        single_quote: true,
        comments: CommentOptions {
            jsdoc: true,
            ..CommentOptions::disabled()
        },
        ..CodegenOptions::default()
    };
    let printed = Codegen::new().with_options(options);
    Ok(printed.build(&declared.program).code)
}

/// Takes the members out that are the runtime's own affair.
fn hide(statement: &mut Statement<'_>) {
    let declaration = match statement {
        Statement::ClassDeclaration(class) => return members(&mut class.body.body),
        Statement::TSInterfaceDeclaration(interface) => {
            return signatures(&mut interface.body.body);
        }
        Statement::ExportDefaultDeclaration(export) => {
            if let ExportDefaultDeclarationKind::ClassDeclaration(class) = &mut export.declaration {
                members(&mut class.body.body);
            }
            return;
        }
        Statement::ExportDeclaration(export) => &mut export.declaration,
        _ => return,
    };
    match declaration {
        Declaration::ClassDeclaration(class) => members(&mut class.body.body),
        Declaration::TSInterfaceDeclaration(interface) => {
            signatures(&mut interface.body.body);
        }
        _ => {}
    }
}

fn members(list: &mut ArenaVec<'_, ClassElement<'_>>) {
    list.retain(|element| !element.property_key().is_some_and(is_internal));
}

fn signatures(list: &mut ArenaVec<'_, TSSignature<'_>>) {
    list.retain(|signature| match signature {
        TSSignature::TSPropertySignature(property) => !is_internal(&property.key),
        TSSignature::TSMethodSignature(method) => !is_internal(&method.key),
        _ => true,
    });
}

/// Whether a member's name is one that no user picks.
fn is_internal(key: &PropertyKey<'_>) -> bool {
    match key {
        PropertyKey::StaticIdentifier(name) => name.name.starts_with("$$"),
        PropertyKey::PrivateIdentifier(_) => true,
        _ => false,
    }
}

/// What a declaration imports or passes on.
fn specifiers(text: &str) -> Vec<&str> {
    let quoted = text.split(['\'', '"']).collect::<Vec<_>>();
    let pairs = quoted.windows(2);
    pairs
        .filter(|pair| {
            ["from ", "import("]
                .iter()
                .any(|end| pair[0].ends_with(end))
        })
        .map(|pair| pair[1])
        .collect()
}

fn target(sources: &BTreeMap<String, String>, importer: &str, specifier: &str) -> Option<String> {
    let path = match specifier.strip_prefix("@revideo/") {
        Some(rest) => rest.replacen("/lib", "", 1),
        None => crate::specifier::join(importer, specifier),
    };
    let index = format!("{path}/index");
    [path, index]
        .into_iter()
        .find(|name| sources.contains_key(name))
}
