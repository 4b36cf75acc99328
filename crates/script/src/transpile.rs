//! TypeScript and JSX to the JavaScript that the engine runs.
//!
//! The build script compiles the runtime with this same file, so it knows
//! nothing of the rest of the crate.

use std::{ops::Range, path::Path};

use oxc::{
    allocator::Allocator,
    ast::ast::{
        BindingPattern, Declaration, Expression, ImportDeclarationSpecifier, JSXMemberExpression,
        JSXMemberExpressionObject, ModuleExportName, Program, PropertyKey, Statement,
        StaticMemberExpression, VariableDeclarator,
    },
    ast_visit::{Visit, walk},
    codegen::{Codegen, CodegenOptions},
    diagnostics::{OxcDiagnostic, Severity},
    parser::{ParseOptions, Parser},
    semantic::SemanticBuilder,
    span::{SourceType, Span},
    syntax::module_record::ExportExportName,
    transformer::{JsxRuntime, TransformOptions, Transformer},
};

#[path = "common_js.rs"]
mod common_js;
#[path = "decorators.rs"]
mod decorators;
#[path = "nesting.rs"]
mod nesting;

pub use common_js::CommonJs;

/// The module that JSX imports its factory from (`/jsx-runtime` is appended), unless a
/// pragma comment names another; what `tsconfig.json` says is for other tools.
pub const JSX_SOURCE: &str = "@revideo/2d/lib";
/// The module whose `/helpers/…` the transformer imports.
pub const HELPERS: &str = "kinora:globals";

/// A file in the engine's language and what links it to others.
#[derive(Debug)]
pub struct Transpiled {
    /// The JavaScript.
    pub code: String,
    /// From its places back to the source's; empty when they are the same.
    pub map: PlaceMap,
    /// What is left to link.
    pub links: Links,
}

/// What a project may say of the language of its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Whether decorators are those of TypeScript before the standard's.
    pub legacy_decorators: bool,
    /// Whether class fields are defined, as the standard has it, not assigned.
    pub define_fields: bool,
    /// Whether legacy decorators are told types.
    pub decorator_metadata: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            legacy_decorators: true,
            define_fields: false,
            decorator_metadata: false,
        }
    }
}

/// What a module imports and exports as values.
#[derive(Debug, Default)]
pub struct Links {
    /// Static imports and re-exports in order.
    pub imports: Vec<Import>,
    /// Names it exports, apart from those of [`Links::stars`].
    pub exports: Vec<String>,
    /// Specifiers of its `export * from`.
    pub stars: Vec<String>,
    /// Names it exports as types only.
    pub types: Vec<String>,
}

/// One `import … from` or `export … from`.
#[derive(Debug)]
pub struct Import {
    /// What the user wrote.
    pub specifier: String,
    /// Bytes of the source that hold the specifier; empty when made by the compiler.
    pub span: Range<u32>,
    /// Names taken from the module, each with its bytes in the source.
    pub names: Vec<(String, Range<u32>)>,
    /// What the module as a whole is known as here.
    pub namespace: Option<String>,
    /// Names that are read of it where it is known as a whole.
    pub read: Vec<String>,
}

/// A mistake in a source file.
#[derive(Debug)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes from the start of the source.
    pub offset: Option<u32>,
    /// What may help.
    pub help: Option<String>,
}

/// Places of generated code and the source places they come from.
#[derive(Clone, Debug, Default)]
pub struct PlaceMap(Vec<[u32; 4]>);

impl PlaceMap {
    /// The source's (line, column) of a generated one; all counted from 0.
    pub fn source(&self, line: u32, column: u32) -> (u32, u32) {
        if self.0.is_empty() {
            return (line, column);
        }
        let after = self
            .0
            .partition_point(|&[to_line, to_column, ..]| (to_line, to_column) <= (line, column));
        let [.., source_line, source_column] = self.0[after.saturating_sub(1)];
        (source_line, source_column)
    }

    /// The same for the source that another one was made of.
    fn through(self, edited: &decorators::Edited, source: &str) -> Self {
        let starts = |text: &str| -> Vec<u32> {
            let breaks = text.match_indices('\n').map(|(at, _)| at as u32 + 1);
            std::iter::once(0).chain(breaks).collect()
        };
        let (made, own) = (starts(&edited.text), starts(source));
        let places = self.0.into_iter().map(|[line, column, from, at]| {
            let start = made.get(from as usize).copied().unwrap_or(0);
            let rest = &edited.text[start as usize..];
            let offset: usize = rest.chars().take(at as usize).map(char::len_utf8).sum();
            let origin = edited.origin(start + offset as u32);
            let row = own.partition_point(|&start| start <= origin) - 1;
            let before = &source[own[row] as usize..origin as usize];
            [line, column, row as u32, before.chars().count() as u32]
        });
        Self(places.collect())
    }
}

/// Columns of a text in characters, from those in units of UTF-16 that a source map has.
struct Columns<'t>(Vec<&'t str>);

impl<'t> Columns<'t> {
    fn of(text: &'t str) -> Self {
        // without characters of two units the columns are the same
        let differs = text.chars().any(|letter| letter.len_utf16() > 1);
        Self(if differs {
            text.split('\n').collect()
        } else {
            Vec::new()
        })
    }

    fn characters(&self, line: u32, units: u32) -> u32 {
        let Some(text) = self.0.get(line as usize) else {
            return units;
        };
        let (mut passed, mut letters) = (0, 0);
        for letter in text.chars() {
            if passed >= units {
                break;
            }
            passed += letter.len_utf16() as u32;
            letters += 1;
        }
        letters + units.saturating_sub(passed)
    }
}

/// Does something with the syntax of `source`, which must not be nested too deeply for it.
///
/// # Errors
/// When it is, or what `work` fails with.
pub fn guarded<T: Send>(
    source: &str,
    work: impl FnOnce() -> Result<T, Vec<Fault>> + Send,
) -> Result<T, Vec<Fault>> {
    nesting::within_limits(source, work)
}

/// Compiles `source`, whose language its path's extension tells.
///
/// # Errors
/// All mistakes of the parser, or the first of the stages after it.
pub fn transpile(source: &str, path: &Path, dialect: &Dialect) -> Result<Transpiled, Vec<Fault>> {
    nesting::within_limits(source, || translate(source, path, dialect))
}

fn translate(source: &str, path: &Path, dialect: &Dialect) -> Result<Transpiled, Vec<Fault>> {
    if dialect.legacy_decorators || !source.contains('@') && !source.contains("accessor") {
        return compile(source, path, dialect);
    }
    let edited = {
        let allocator = Allocator::default();
        let parsed = Parser::new(&allocator, source, source_type(path)).parse();
        check(&parsed.diagnostics)?;
        decorators::lower(source, &parsed.program)?
    };
    let Some(edited) = edited else {
        return compile(source, path, dialect);
    };
    let from =
        |range: &mut Range<u32>| *range = edited.origin(range.start)..edited.origin(range.end);
    match compile(&edited.text, path, dialect) {
        Ok(mut done) => {
            done.map = done.map.through(&edited, source);
            for import in &mut done.links.imports {
                from(&mut import.span);
                import.names.iter_mut().for_each(|(_, range)| from(range));
            }
            Ok(done)
        }
        Err(mut faults) => {
            for fault in &mut faults {
                fault.offset = fault.offset.map(|offset| edited.origin(offset));
            }
            Err(faults)
        }
    }
}

/// Names of this file that it exports in a list.
fn exported<'p>(program: &'p Program<'_>) -> impl Iterator<Item = (&'p str, Span)> {
    program
        .body
        .iter()
        .filter_map(|statement| match statement {
            Statement::ExportNamedDeclaration(it) => Some(&it.specifiers),
            _ => None,
        })
        .flatten()
        .filter_map(|one| match &one.local {
            ModuleExportName::IdentifierReference(name) => Some((name.name.as_str(), one.span)),
            ModuleExportName::IdentifierName(name) => Some((name.name.as_str(), one.span)),
            ModuleExportName::StringLiteral(_) => None,
        })
}

fn source_type(path: &Path) -> SourceType {
    SourceType::from_path(path)
        .unwrap_or_else(|_| SourceType::tsx())
        .with_module(true)
}

/// Compiles what has no decorators but TypeScript's own.
fn compile(source: &str, path: &Path, dialect: &Dialect) -> Result<Transpiled, Vec<Fault>> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, source_type(path))
        .with_options(ParseOptions {
            parse_regular_expression: true,
            ..ParseOptions::default()
        })
        .parse();
    check(&parsed.diagnostics)?;
    let mut program = parsed.program;
    let declared: Vec<String> = parsed
        .module_record
        .local_export_entries
        .iter()
        .filter_map(|entry| match &entry.export_name {
            ExportExportName::Name(name) => Some(name.name.to_string()),
            _ => None,
        })
        .collect();

    let semantic = SemanticBuilder::new()
        .with_check_syntax_error(true)
        .with_excess_capacity(2.0)
        .with_enum_eval(true)
        .build(&program);
    check(&semantic.diagnostics)?;
    let scoping = semantic.semantic.into_scoping();
    let lost: Vec<Fault> = exported(&program)
        .filter(|(name, _)| scoping.get_root_binding((*name).into()).is_none())
        .map(|(name, span)| Fault {
            message: format!("`{name}` is exported, but there is nothing of that name"),
            offset: Some(span.start),
            help: None,
        })
        .collect();
    if !lost.is_empty() {
        return Err(lost);
    }
    let options = transform_options(dialect);
    let transformed =
        Transformer::new(&allocator, path, &options).build_with_scoping(scoping, &mut program);
    check(&transformed.diagnostics)?;

    let mut links = links(&program);
    links.types = declared
        .into_iter()
        .filter(|name| !links.exports.contains(name))
        .collect();
    let generated = Codegen::new()
        .with_options(CodegenOptions {
            source_map_path: Some(path.to_owned()),
            ..CodegenOptions::default()
        })
        .build(&program);
    let map = generated.map.map_or_else(PlaceMap::default, |map| {
        let (made, own) = (Columns::of(&generated.code), Columns::of(source));
        let places = map.get_tokens().map(|token| {
            let (line, from) = (token.get_dst_line(), token.get_src_line());
            [
                line,
                made.characters(line, token.get_dst_col()),
                from,
                own.characters(from, token.get_src_col()),
            ]
        });
        PlaceMap(places.collect())
    });
    Ok(Transpiled {
        code: generated.code,
        map,
        links,
    })
}

/// What plain JavaScript links to; the code is to be run as it stands.
#[derive(Debug)]
pub enum Plain {
    /// An ES module.
    Module(Links),
    /// A CommonJS module, or a script that is neither.
    CommonJs(CommonJs),
}

/// Reads plain JavaScript. Without any `import` or `export` it is taken for CommonJS.
///
/// # Errors
/// All mistakes of the parser.
pub fn scan(source: &str, path: &Path) -> Result<Plain, Vec<Fault>> {
    nesting::within_limits(source, || read(source, path))
}

fn read(source: &str, path: &Path) -> Result<Plain, Vec<Fault>> {
    let allocator = Allocator::default();
    let extension = path.extension().and_then(|it| it.to_str());
    let source_type = match extension {
        Some("cjs") => SourceType::cjs(),
        Some("mjs") => SourceType::mjs(),
        _ => SourceType::unambiguous(),
    };
    let parse = |source_type| {
        let options = ParseOptions {
            allow_return_outside_function: true,
            ..ParseOptions::default()
        };
        Parser::new(&allocator, source, source_type)
            .with_options(options)
            .parse()
    };
    let parsed = parse(source_type);
    if parsed.module_record.has_module_syntax || extension == Some("mjs") {
        check(&parsed.diagnostics)?;
        return Ok(Plain::Module(links(&parsed.program)));
    }
    // once more, as what it is: CommonJS allows what modules do not
    let parsed = parse(SourceType::cjs());
    check(&parsed.diagnostics)?;
    Ok(Plain::CommonJs(common_js::read(&parsed.program)))
}

fn transform_options(dialect: &Dialect) -> TransformOptions {
    let mut options = TransformOptions::default();
    options.jsx.jsx_plugin = true;
    options.jsx.runtime = JsxRuntime::Automatic;
    options.jsx.import_source = Some(JSX_SOURCE.to_owned());
    // The automatic runtime needs no name in scope: an unused `React` is dropped as any other.
    options.typescript.jsx_pragma = "".into();
    options.typescript.jsx_pragma_frag = "".into();
    options.decorator.legacy = dialect.legacy_decorators;
    options.decorator.emit_decorator_metadata =
        dialect.legacy_decorators && dialect.decorator_metadata;
    // `useDefineForClassFields: false`
    options.assumptions.set_public_class_fields = !dialect.define_fields;
    options.typescript.remove_class_fields_without_initializer = !dialect.define_fields;
    options.helper_loader.module_name = HELPERS.into();
    options
}

fn check(diagnostics: &[OxcDiagnostic]) -> Result<(), Vec<Fault>> {
    let faults: Vec<Fault> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .map(|diagnostic| Fault {
            message: message(&diagnostic.message),
            offset: diagnostic.labels.first().map(|label| label.offset()),
            help: diagnostic.help.as_ref().map(ToString::to_string),
        })
        .collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults)
    }
}

/// The parser's sentence in this program's form: lower case, no full stop.
fn message(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if letters.as_str().starts_with(|c: char| !c.is_uppercase()) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

fn links(program: &Program<'_>) -> Links {
    let mut links = Links::default();
    for statement in &program.body {
        add(&mut links, statement);
    }
    if links
        .imports
        .iter()
        .any(|import| import.namespace.is_some())
    {
        Reads(&mut links).visit_program(program);
    }
    links
}

/// Collects what is read of modules that are imported as a whole. A variable of the
/// same name elsewhere adds names that nobody asks for, which does no harm.
struct Reads<'l>(&'l mut Links);

impl Reads<'_> {
    fn note(&mut self, module: &str, name: &str) {
        let known_as = |namespace: &String| namespace == module;
        for import in &mut self.0.imports {
            let known = import.read.iter().any(|read| read == name);
            if import.namespace.as_ref().is_some_and(known_as) && !known {
                import.read.push(name.to_owned());
            }
        }
    }
}

impl<'a> Visit<'a> for Reads<'_> {
    fn visit_static_member_expression(&mut self, it: &StaticMemberExpression<'a>) {
        if let Expression::Identifier(object) = &it.object {
            self.note(&object.name, &it.property.name);
        }
        walk::walk_static_member_expression(self, it);
    }

    fn visit_jsx_member_expression(&mut self, it: &JSXMemberExpression<'a>) {
        if let JSXMemberExpressionObject::IdentifierReference(object) = &it.object {
            self.note(&object.name, &it.property.name);
        }
        walk::walk_jsx_member_expression(self, it);
    }

    fn visit_variable_declarator(&mut self, it: &VariableDeclarator<'a>) {
        if let (BindingPattern::ObjectPattern(pattern), Some(Expression::Identifier(object))) =
            (&it.id, &it.init)
        {
            for property in &pattern.properties {
                if let PropertyKey::StaticIdentifier(key) = &property.key {
                    self.note(&object.name, &key.name);
                }
            }
        }
        walk::walk_variable_declarator(self, it);
    }
}

fn add(links: &mut Links, statement: &Statement<'_>) {
    let range = |span: Span| span.start..span.end;
    let mut import = |specifier: &oxc::ast::ast::StringLiteral<'_>, names| {
        links.imports.push(Import {
            specifier: specifier.value.to_string(),
            span: range(specifier.span),
            names,
            namespace: None,
            read: Vec::new(),
        });
    };
    match statement {
        Statement::ImportDeclaration(it) if it.import_kind.is_value() => {
            let named = it.specifiers.iter().flatten().filter_map(|one| match one {
                ImportDeclarationSpecifier::ImportSpecifier(one) => {
                    Some((one.imported.name().to_string(), range(one.span)))
                }
                ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => {
                    Some(("default".to_owned(), range(one.span)))
                }
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => None,
            });
            import(&it.source, named.collect());
            let whole = it.specifiers.iter().flatten().find_map(|one| match one {
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => {
                    Some(one.local.name.to_string())
                }
                _ => None,
            });
            if let Some(last) = links.imports.last_mut() {
                last.namespace = whole;
            }
        }
        Statement::ExportFromDeclaration(it) if it.export_kind.is_value() => {
            let names = it
                .specifiers
                .iter()
                .map(|one| (one.local.name().to_string(), range(one.span)));
            import(&it.source, names.collect());
            links.exports.extend(
                it.specifiers
                    .iter()
                    .map(|one| one.exported.name().to_string()),
            );
        }
        Statement::ExportAllDeclaration(it) if it.export_kind.is_value() => {
            import(&it.source, Vec::new());
            match &it.exported {
                Some(name) => links.exports.push(name.name().to_string()),
                None => links.stars.push(it.source.value.to_string()),
            }
        }
        Statement::ExportNamedDeclaration(it) if it.export_kind.is_value() => links.exports.extend(
            it.specifiers
                .iter()
                .map(|one| one.exported.name().to_string()),
        ),
        Statement::ExportDefaultDeclaration(_) => links.exports.push("default".to_owned()),
        Statement::ExportDeclaration(it) => match &it.declaration {
            Declaration::VariableDeclaration(it) => {
                for one in &it.declarations {
                    let names = one.id.get_binding_identifiers();
                    links
                        .exports
                        .extend(names.iter().map(|name| name.name.to_string()));
                }
            }
            Declaration::FunctionDeclaration(it) => {
                links
                    .exports
                    .extend(it.id.iter().map(|id| id.name.to_string()));
            }
            Declaration::ClassDeclaration(it) => {
                links
                    .exports
                    .extend(it.id.iter().map(|id| id.name.to_string()));
            }
            _ => {}
        },
        _ => {}
    }
}
