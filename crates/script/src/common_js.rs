//! What a CommonJS module requires and exports, as far as its text tells.

use std::ops::Range;

use oxc::{
    ast::ast::{
        Argument, AssignmentExpression, AssignmentTarget, CallExpression, Expression,
        IdentifierReference, ObjectExpression, ObjectPropertyKind, Program,
    },
    ast_visit::{Visit, walk},
    span::GetSpan as _,
};

/// What a CommonJS module links to.
#[derive(Debug, Default)]
pub struct CommonJs {
    /// Names that it requires, each once, with its bytes in the source.
    pub requires: Vec<(String, Range<u32>)>,
    /// Names that it exports.
    pub exports: Vec<String>,
    /// Modules all of whose names it exports.
    pub stars: Vec<String>,
    /// Whether it names `module`, `exports` or `require` at all.
    pub is_used: bool,
}

/// Reads a module.
pub fn read(program: &Program<'_>) -> CommonJs {
    let mut found = CommonJs::default();
    found.visit_program(program);
    found
}

impl CommonJs {
    fn export(&mut self, name: &str) {
        let is_name = |name: &str| {
            let mut letters = name.chars();
            let fits = |letter: char| letter == '_' || letter == '$' || letter.is_alphabetic();
            letters.next().is_some_and(fits)
                && letters.all(|letter| fits(letter) || letter.is_numeric())
        };
        if name != "default" && is_name(name) && !self.exports.iter().any(|known| known == name) {
            self.exports.push(name.to_owned());
        }
    }

    fn export_keys(&mut self, object: &ObjectExpression<'_>) {
        for property in &object.properties {
            match property {
                ObjectPropertyKind::ObjectProperty(property) => {
                    if let Some(name) = property.key.static_name() {
                        self.export(&name);
                    }
                }
                ObjectPropertyKind::SpreadProperty(spread) => {
                    self.stars.extend(required(&spread.argument));
                }
            }
        }
    }

    /// What is assigned to `module.exports`.
    fn export_all(&mut self, value: &Expression<'_>) {
        match value {
            Expression::ObjectExpression(object) => self.export_keys(object),
            Expression::AssignmentExpression(inner) => self.export_all(&inner.right),
            value => self.stars.extend(required(value)),
        }
    }
}

impl<'a> Visit<'a> for CommonJs {
    fn visit_identifier_reference(&mut self, it: &IdentifierReference<'a>) {
        self.is_used |= matches!(it.name.as_str(), "module" | "exports" | "require");
    }

    fn visit_call_expression(&mut self, it: &CallExpression<'a>) {
        let first = it.arguments.first();
        if let Expression::Identifier(callee) = &it.callee
            && callee.name == "require"
            && let Some((name, span)) = first.and_then(text)
            && !self.requires.iter().any(|(known, _)| *known == name)
        {
            self.requires.push((name, span));
        }
        let callee = match &it.callee {
            Expression::StaticMemberExpression(member) => Some(member.property.name.as_str()),
            Expression::Identifier(callee) => Some(callee.name.as_str()),
            _ => None,
        };
        let arguments = it.arguments.as_slice();
        match (callee, arguments) {
            (Some("defineProperty"), [object, name, ..])
                if object.as_expression().is_some_and(is_exports) =>
            {
                if let Some((name, _)) = text(name) {
                    self.export(&name);
                }
            }
            (Some("__exportStar"), [from, ..]) | (Some("__export" | "__reExport"), [.., from]) => {
                self.stars.extend(from.as_expression().and_then(required));
            }
            _ => {}
        }
        walk::walk_call_expression(self, it);
    }

    fn visit_assignment_expression(&mut self, it: &AssignmentExpression<'a>) {
        match &it.left {
            AssignmentTarget::StaticMemberExpression(left) => {
                if is_exports(&left.object) {
                    self.export(&left.property.name);
                } else if is_module(&left.object) && left.property.name == "exports" {
                    self.export_all(&it.right);
                }
            }
            AssignmentTarget::ComputedMemberExpression(left) if is_exports(&left.object) => {
                if let Expression::StringLiteral(name) = &left.expression {
                    self.export(&name.value);
                }
            }
            _ => {}
        }
        walk::walk_assignment_expression(self, it);
    }
}

/// Whether an expression is `exports` or `module.exports`.
fn is_exports(expression: &Expression<'_>) -> bool {
    match expression {
        Expression::Identifier(name) => name.name == "exports",
        Expression::StaticMemberExpression(member) => {
            is_module(&member.object) && member.property.name == "exports"
        }
        _ => false,
    }
}

fn is_module(expression: &Expression<'_>) -> bool {
    matches!(expression, Expression::Identifier(name) if name.name == "module")
}

/// The name in `require("name")`.
fn required(expression: &Expression<'_>) -> Option<String> {
    match expression {
        Expression::CallExpression(call) => match &call.callee {
            Expression::Identifier(callee) if callee.name == "require" => {
                call.arguments.first().and_then(text).map(|(name, _)| name)
            }
            // `_interopRequireWildcard(require("name"))`
            _ => call.arguments.first()?.as_expression().and_then(required),
        },
        _ => None,
    }
}

fn text(argument: &Argument<'_>) -> Option<(String, Range<u32>)> {
    let span = argument.span();
    let text = match argument {
        Argument::StringLiteral(text) => text.value.to_string(),
        Argument::TemplateLiteral(text) => text.single_quasi()?.to_string(),
        _ => return None,
    };
    Some((text, span.start..span.end))
}
