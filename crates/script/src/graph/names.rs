//! Which names a module offers to those that import it.

use std::collections::HashSet;

use super::{Graph, Kind};
use crate::{Diagnostic, diagnostic::nearest, runtime};

impl Graph {
    /// Names that `name` imports and that its sources do not export.
    pub(super) fn check_names(&mut self, name: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let mut extra: Vec<(String, String)> = Vec::new();
        self.widen(name);
        for import in &self.modules[name].links.imports {
            let Some(target) = self.edge(name, &import.specifier) else {
                continue;
            };
            for read in &import.read {
                if let Offer::Add(module) = self.offer(target, read, &mut HashSet::new())
                    && self.modules[&module].is_open()
                {
                    extra.push((module, read.clone()));
                }
            }
            for (wanted, span) in &import.names {
                match self.offer(target, wanted, &mut HashSet::new()) {
                    Offer::Yes => {}
                    Offer::Add(module) => extra.push((module, wanted.clone())),
                    Offer::No => {
                        let at = self.span_place(name, span.start);
                        let names = self.exports(target, &mut HashSet::new());
                        diagnostics.push(no_export(&import.specifier, wanted, &names).at(at));
                    }
                }
            }
        }
        for (module, wanted) in extra {
            self.extra.entry(module).or_default().insert(wanted);
        }
        diagnostics
    }

    /// Has imports of a part of a package of ours that lacks what is wanted of it lead to
    /// the whole package, where that has it: the reference's parts are others.
    fn widen(&mut self, name: &str) {
        let mut wider: Vec<(String, &'static str)> = Vec::new();
        let imports = &self.modules[name].links.imports;
        for import in imports {
            let whole = runtime::package(&import.specifier);
            let target = self.edge(name, &import.specifier);
            let part = target.and_then(|target| runtime::MODULES.get(target));
            let (Some(whole), Some(part)) = (whole, part) else {
                continue;
            };
            let all = &runtime::MODULES[whole].exports;
            let same = imports
                .iter()
                .filter(|other| other.specifier == import.specifier);
            let mut names = same.flat_map(|other| other.names.iter().map(|(wanted, _)| wanted));
            let lacks = |wanted: &&String| !part.exports.contains(&wanted.as_str());
            let is_namespace = import.namespace.is_some();
            if !is_namespace
                && names.clone().any(|wanted| lacks(&wanted))
                && names.all(|wanted| all.contains(&wanted.as_str()))
            {
                wider.push((import.specifier.clone(), whole));
            }
        }
        for (specifier, whole) in wider {
            self.edges
                .insert((name.to_owned(), specifier), whole.to_owned());
        }
    }

    fn offer(&self, target: &str, wanted: &str, seen: &mut HashSet<String>) -> Offer {
        if let Some(module) = runtime::MODULES.get(target) {
            return if module.exports.contains(&wanted) {
                Offer::Yes
            } else {
                Offer::No
            };
        }
        let Some(module) = self.modules.get(target) else {
            return Offer::Yes;
        };
        if !seen.insert(target.to_owned()) {
            return Offer::No;
        }
        if module.links.exports.iter().any(|name| name == wanted) {
            return Offer::Yes;
        }
        if module.is_open() || module.links.types.iter().any(|name| name == wanted) {
            return Offer::Add(target.to_owned());
        }
        if wanted != "default" {
            let stars = module.links.stars.iter();
            let offers = stars.filter_map(|star| {
                let next = self.edge(target, star)?;
                Some(self.offer(next, wanted, seen))
            });
            // one that has it comes before one that can be given it
            let mut best = Offer::No;
            for offer in offers {
                match (offer, &best) {
                    (Offer::Yes, _) => return Offer::Yes,
                    (offer @ Offer::Add(_), Offer::No) => best = offer,
                    _ => {}
                }
            }
            return best;
        }
        Offer::No
    }

    pub(super) fn exports(&self, target: &str, seen: &mut HashSet<String>) -> Vec<String> {
        if let Some(module) = runtime::MODULES.get(target) {
            return module.exports.iter().map(|&name| name.to_owned()).collect();
        }
        let Some(module) = self.modules.get(target) else {
            return Vec::new();
        };
        if !seen.insert(target.to_owned()) {
            return Vec::new();
        }
        let mut names = module.links.exports.clone();
        let mut stars = module.links.stars.as_slice();
        if let Kind::CommonJs(own) = &module.kind {
            names.extend_from_slice(&own.exports);
            stars = &own.stars;
        }
        for star in stars {
            if let Some(next) = self.edge(target, star) {
                names.extend(self.exports(next, seen));
            }
        }
        names
    }
}

enum Offer {
    Yes,
    /// It does not exist, but this module can be given it.
    Add(String),
    No,
}

fn no_export(specifier: &str, wanted: &str, names: &[String]) -> Diagnostic {
    let what = match wanted {
        "default" => format!("`{specifier}` has no default export"),
        name => format!("`{specifier}` has no export `{name}`"),
    };
    let diagnostic = Diagnostic::error(what);
    if wanted == "default" {
        let braces = "import what you need by name: `import {…} from`";
        return if names.is_empty() {
            diagnostic
        } else {
            diagnostic.hint(braces)
        };
    }
    if let Some(name) = nearest(wanted, names.iter().map(String::as_str)) {
        return diagnostic.hint(format!("did you mean `{name}`?"));
    }
    let package = runtime::resolve(specifier).and_then(|_| {
        ["@revideo/core", "@revideo/2d"].into_iter().find(|other| {
            runtime::resolve(other)
                .and_then(|name| runtime::MODULES.get(name))
                .is_some_and(|module| module.exports.contains(&wanted))
        })
    });
    match package {
        Some(package) => diagnostic.hint(format!("`{package}` exports it")),
        None => diagnostic,
    }
}
