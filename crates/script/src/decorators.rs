//! The standard's decorators (as of 2023-11) in terms of calls, and its accessors in
//! terms of methods: neither the engine nor the compiler knows them.
//!
//! A class is told its decorators by a static block before all else:
//!
//! ```text
//! @d class C { @e x = 1; @f m() {} }
//!
//! let __dec0; class C {
//!   static { __dec0 = __decorate(this, [d], [["field", false, "x", [e]], ["method", false, "m", [f]]]); }
//!   #__dec0 = __dec0.start(this);
//!   x = __dec0.field(0, this, 1); m() {}
//! } C = __dec0.end(C);
//! ```

use std::ops::Range;

use oxc::{
    ast::ast::{
        AccessorProperty, Class, ClassElement, ClassType, Decorator, ExportDeclaration,
        ExportDefaultDeclaration, MethodDefinition, MethodDefinitionKind, Program,
        PropertyDefinition, PropertyKey,
    },
    ast_visit::{Visit, walk},
    span::GetSpan as _,
};

use super::{Fault, HELPERS};

/// A text made out of another, and where its parts come from.
pub struct Edited {
    /// The text.
    pub text: String,
    /// Bytes of it, in order, with the bytes of the other text that they are.
    parts: Vec<(Range<u32>, u32)>,
}

impl Edited {
    /// The byte of the other text that one of this comes from; that of the part
    /// before it where it is new.
    pub fn origin(&self, offset: u32) -> u32 {
        let after = self.parts.partition_point(|(part, _)| part.start <= offset);
        match self.parts.get(after.wrapping_sub(1)) {
            Some((part, from)) => from + (offset.min(part.end) - part.start),
            None => 0,
        }
    }
}

/// The same program without decorators; nothing if it has none.
///
/// # Errors
/// What is decorated and cannot be.
pub fn lower(source: &str, program: &Program<'_>) -> Result<Option<Edited>, Vec<Fault>> {
    let mut finder = Finder {
        source,
        edits: Vec::new(),
        faults: Vec::new(),
        statement: None,
        count: 0,
    };
    finder.visit_program(program);
    if !finder.faults.is_empty() {
        return Err(finder.faults);
    }
    if finder.edits.is_empty() {
        return Ok(None);
    }
    let start = program
        .hashbang
        .as_ref()
        .map_or(0, |line| line.span.end + 1);
    let import = format!("import __decorate from '{HELPERS}/helpers/applyDecorators'; ");
    finder.edits.push((start..start, vec![Part::New(import)]));
    Ok(Some(apply(source, finder.edits)))
}

enum Part {
    New(String),
    Old(Range<u32>),
}

type Edit = (Range<u32>, Vec<Part>);

fn apply(source: &str, mut edits: Vec<Edit>) -> Edited {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut edited = Edited {
        text: String::new(),
        parts: Vec::new(),
    };
    let keep = |edited: &mut Edited, range: Range<u32>| {
        let at = edited.text.len() as u32;
        edited
            .text
            .push_str(&source[range.start as usize..range.end as usize]);
        edited
            .parts
            .push((at..edited.text.len() as u32, range.start));
    };
    let mut at = 0;
    for (range, parts) in edits {
        // within a text that was moved as a whole
        if range.start < at {
            continue;
        }
        keep(&mut edited, at..range.start);
        for part in parts {
            match part {
                Part::New(text) => edited.text.push_str(&text),
                Part::Old(range) => keep(&mut edited, range),
            }
        }
        at = range.end;
    }
    keep(&mut edited, at..source.len() as u32);
    edited
}

struct Finder<'s> {
    source: &'s str,
    edits: Vec<Edit>,
    faults: Vec<Fault>,
    /// Where the statement begins whose class comes next.
    statement: Option<u32>,
    /// Classes so far.
    count: usize,
}

/// A decorated member.
struct Member {
    kind: &'static str,
    is_static: bool,
    key: Part,
    decorators: Vec<Range<u32>>,
}

impl Finder<'_> {
    fn class(&mut self, class: &Class<'_>, statement: Option<u32>) {
        let decorated =
            |element: &ClassElement<'_>| decorators(element).is_some_and(|all| !all.is_empty());
        for element in &class.body.body {
            if let ClassElement::AccessorProperty(it) = element
                && it.decorators.is_empty()
            {
                self.plain_accessor(it);
            }
        }
        if class.decorators.is_empty() && !class.body.body.iter().any(decorated) {
            return;
        }
        let name = format!("__dec{}", self.count);
        self.count += 1;
        let mut keys = Vec::new();
        let mut members = Vec::new();
        for element in &class.body.body {
            if decorated(element)
                && let Some(member) = self.member(element, &name, members.len(), &mut keys)
            {
                members.push(member);
            }
        }
        let own: Vec<Range<u32>> = class.decorators.iter().map(expression).collect();
        for decorator in &class.decorators {
            self.remove(decorator.span.start..decorator.span.end);
        }
        self.head(class, &name, members, own);
        let first = class.decorators.first().map(|it| it.span.start);
        let start = class.span.start.min(first.unwrap_or(u32::MAX));
        let variables = [vec![name.clone()], keys].concat().join(", ");
        let (before, after) = match class.r#type {
            ClassType::ClassDeclaration => {
                let start = statement.map_or(start, |it| it.min(start));
                let id = self.id(class, &name);
                let end = match class.decorators.is_empty() {
                    true => String::new(),
                    false => format!(" {id} = {name}.end({id});"),
                };
                ((start, format!("let {variables}; ")), end)
            }
            ClassType::ClassExpression => {
                let before = format!("(() => {{ let {variables}; const {name}C = ");
                (
                    (start, before),
                    format!(
                        "; return {name}.end({name}C, {}); }})()",
                        class.id.is_none()
                    ),
                )
            }
        };
        self.edits
            .push((before.0..before.0, vec![Part::New(before.1)]));
        self.edits
            .push((class.span.end..class.span.end, vec![Part::New(after)]));
    }

    /// The static block that tells the class what decorates it.
    fn head(&mut self, class: &Class<'_>, name: &str, members: Vec<Member>, own: Vec<Range<u32>>) {
        let mut parts = vec![Part::New(format!(" static {{ {name} = __decorate(this, "))];
        let list = |parts: &mut Vec<Part>, decorators: Vec<Range<u32>>| {
            parts.push(Part::New("[".to_owned()));
            for decorator in decorators {
                parts.push(Part::Old(decorator));
                parts.push(Part::New(", ".to_owned()));
            }
            parts.push(Part::New("]".to_owned()));
        };
        list(&mut parts, own);
        parts.push(Part::New(", [".to_owned()));
        for member in members {
            let Member {
                kind, is_static, ..
            } = member;
            parts.push(Part::New(format!("['{kind}', {is_static}, ")));
            parts.push(member.key);
            parts.push(Part::New(", ".to_owned()));
            list(&mut parts, member.decorators);
            parts.push(Part::New("], ".to_owned()));
        }
        parts.push(Part::New(format!("]); }} #{name} = {name}.start(this); ")));
        let open = class.body.span.start + 1;
        self.edits.push((open..open, parts));
    }

    /// The class's name, which it is given if it has none.
    fn id(&mut self, class: &Class<'_>, name: &str) -> String {
        if let Some(id) = &class.id {
            return id.name.to_string();
        }
        let inside = class.decorators.iter().map(|it| it.span.end);
        let from = inside.fold(class.span.start, u32::max) as usize;
        let keyword = self.source[from..]
            .find("class")
            .map_or(from, |at| from + at + 5) as u32;
        let id = format!("{name}C");
        self.edits
            .push((keyword..keyword, vec![Part::New(format!(" {id}"))]));
        id
    }

    fn member(
        &mut self,
        element: &ClassElement<'_>,
        name: &str,
        index: usize,
        keys: &mut Vec<String>,
    ) -> Option<Member> {
        let all = decorators(element)?;
        let (key, computed) = match element {
            ClassElement::MethodDefinition(it) => (&it.key, it.computed),
            ClassElement::PropertyDefinition(it) => (&it.key, it.computed),
            ClassElement::AccessorProperty(it) => (&it.key, it.computed),
            _ => return None,
        };
        if let PropertyKey::PrivateIdentifier(key) = key {
            self.faults.push(Fault {
                message: format!(
                    "decorators of private members are not supported: `#{}`",
                    key.name
                ),
                offset: all.first().map(|it| it.span.start),
                help: Some("decorate a public member, or call the function by hand".to_owned()),
            });
            return None;
        }
        for decorator in all {
            self.remove(decorator.span.start..decorator.span.end);
        }
        let span = key.span();
        let key_range = span.start..span.end;
        let shown = match key {
            PropertyKey::StaticIdentifier(key) => Part::New(format!("'{}'", key.name)),
            _ if computed => {
                let variable = format!("{name}K{index}");
                keys.push(variable.clone());
                let before = format!("{variable} = ");
                self.edits
                    .push((span.start..span.start, vec![Part::New(before)]));
                Part::New(variable)
            }
            _ => Part::Old(key_range.clone()),
        };
        let (kind, is_static) = match element {
            ClassElement::MethodDefinition(it) => (method_kind(it), it.r#static),
            ClassElement::PropertyDefinition(it) => {
                self.field(it, name, index);
                ("field", it.r#static)
            }
            ClassElement::AccessorProperty(it) => {
                let key = if computed {
                    format!("[{name}K{index}]")
                } else {
                    self.source[span.start as usize..span.end as usize].to_owned()
                };
                self.accessor(it, name, index, &key);
                ("accessor", it.r#static)
            }
            _ => return None,
        };
        Some(Member {
            kind,
            is_static,
            key: shown,
            decorators: all.iter().map(expression).collect(),
        })
    }

    fn field(&mut self, field: &PropertyDefinition<'_>, name: &str, index: usize) {
        let before = format!("{name}.field({index}, this, ");
        if let Some(value) = &field.value {
            let span = value.span();
            self.edits
                .push((span.start..span.start, vec![Part::New(before)]));
            self.edits
                .push((span.end..span.end, vec![Part::New(")".to_owned())]));
            return;
        }
        // behind the name, where types are left out as well
        let mut from = field.key.span().end;
        if field.computed {
            from += 1 + self.source[from as usize..].find(']').unwrap_or(0) as u32;
        }
        let until = field.type_annotation.as_ref().map(|it| it.span.end);
        let mark = u32::from(field.optional || field.definite);
        let until = until.unwrap_or(from + mark);
        let text = format!(" = {before}undefined)");
        self.edits.push((from..until, vec![Part::New(text)]));
    }

    fn accessor(&mut self, it: &AccessorProperty<'_>, name: &str, index: usize, key: &str) {
        let last = it.decorators.last().map_or(it.span.start, |it| it.span.end);
        let is_static = if it.r#static { "static " } else { "" };
        let hidden = format!("#{name}A{index}");
        let before = format!(" {is_static}{hidden} = {name}.field({index}, this, ");
        let mut parts = vec![Part::New(before)];
        match it.value.as_ref().map(|value| value.span()) {
            Some(span) => parts.push(Part::Old(span.start..span.end)),
            None => parts.push(Part::New("undefined".to_owned())),
        }
        // a key that is computed is so once, where the decorators' list is made
        let once = match it.computed {
            true => {
                let span = it.key.span();
                vec![
                    Part::New(format!("); {is_static}get [{name}K{index} = ")),
                    Part::Old(span.start..span.end),
                    Part::New("]".to_owned()),
                ]
            }
            false => vec![Part::New(format!("); {is_static}get {key}"))],
        };
        parts.extend(once);
        parts.push(Part::New(format!(
            "() {{ return this.{hidden}; }} {is_static}set {key}(value) {{ this.{hidden} = value; }}"
        )));
        self.edits.push((last..it.span.end, parts));
    }

    /// A pair of methods and a private field for an accessor that nothing decorates.
    fn plain_accessor(&mut self, it: &AccessorProperty<'_>) {
        let is_static = if it.r#static { "static " } else { "" };
        let hidden = format!("#__accessor{}", it.span.start);
        let key = it.key.span();
        let mut parts = vec![Part::New(format!("{is_static}{hidden} = "))];
        match it.value.as_ref().map(|value| value.span()) {
            Some(span) => parts.push(Part::Old(span.start..span.end)),
            None => parts.push(Part::New("undefined".to_owned())),
        }
        let (open, close) = if it.computed { ("[", "]") } else { ("", "") };
        for (what, body) in [
            ("get", format!("() {{ return this.{hidden}; }}")),
            ("set", format!("(value) {{ this.{hidden} = value; }}")),
        ] {
            let apart = if what == "get" { "; " } else { " " };
            parts.push(Part::New(format!("{apart}{is_static}{what} {open}")));
            parts.push(Part::Old(key.start..key.end));
            parts.push(Part::New(format!("{close}{body}")));
        }
        self.edits.push((it.span.start..it.span.end, parts));
    }

    /// Takes a text out; its line breaks stay.
    fn remove(&mut self, range: Range<u32>) {
        let text = &self.source[range.start as usize..range.end as usize];
        let breaks: String = text.chars().filter(|&letter| letter == '\n').collect();
        self.edits.push((range, vec![Part::New(breaks)]));
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_export_declaration(&mut self, it: &ExportDeclaration<'a>) {
        self.statement = Some(it.span.start);
        walk::walk_export_declaration(self, it);
        self.statement = None;
    }

    fn visit_export_default_declaration(&mut self, it: &ExportDefaultDeclaration<'a>) {
        self.statement = Some(it.span.start);
        walk::walk_export_default_declaration(self, it);
        self.statement = None;
    }

    fn visit_class(&mut self, it: &Class<'a>) {
        let statement = self.statement.take();
        self.class(it, statement);
        walk::walk_class(self, it);
    }
}

fn decorators<'e, 'a>(element: &'e ClassElement<'a>) -> Option<&'e [Decorator<'a>]> {
    match element {
        ClassElement::MethodDefinition(it) => Some(&it.decorators),
        ClassElement::PropertyDefinition(it) => Some(&it.decorators),
        ClassElement::AccessorProperty(it) => Some(&it.decorators),
        _ => None,
    }
}

fn expression(decorator: &Decorator<'_>) -> Range<u32> {
    let span = decorator.expression.span();
    span.start..span.end
}

fn method_kind(method: &MethodDefinition<'_>) -> &'static str {
    match method.kind {
        MethodDefinitionKind::Get => "getter",
        MethodDefinitionKind::Set => "setter",
        _ => "method",
    }
}
