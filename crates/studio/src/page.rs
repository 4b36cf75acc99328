use std::collections::BTreeMap;

use bytes::Bytes;
use hyper::StatusCode;
use kinora_http::answer::{Answer, whole};
use serde_json::Value;

use crate::{StudioError, player, refusal::refusal};

/// What may be done by the page: its own scripts and styles, its own answers, nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' blob: data:; connect-src 'self'; form-action 'none'; base-uri 'none'; \
    frame-ancestors 'none'";

/// What begins the element of the page in which the state stands, and nothing in it.
const STATE_START: &str = r#"<script id="state" type="application/json">"#;
const STATE: &str = r#"<script id="state" type="application/json">null"#;

/// The page's files, by name.
const FILES: &[(&str, &str)] = &[
    ("", include_str!("../web/index.html")),
    ("studio.css", include_str!("../web/studio.css")),
    ("icon.svg", include_str!("../web/icon.svg")),
    ("main.ts", include_str!("../web/main.ts")),
    ("dom.ts", include_str!("../web/dom.ts")),
    ("server.ts", include_str!("../web/server.ts")),
    ("time.ts", include_str!("../web/time.ts")),
    ("film.ts", include_str!("../web/film.ts")),
    ("screen.ts", include_str!("../web/screen.ts")),
    ("transport.ts", include_str!("../web/transport.ts")),
    ("timeline.ts", include_str!("../web/timeline.ts")),
    ("findings.ts", include_str!("../web/findings.ts")),
    ("inspector.ts", include_str!("../web/inspector.ts")),
    ("variables.ts", include_str!("../web/variables.ts")),
    ("renders.ts", include_str!("../web/renders.ts")),
    ("keys.ts", include_str!("../web/keys.ts")),
];

/// The page, ready to be served: no types are left in its scripts.
pub struct Page(BTreeMap<String, (&'static str, Bytes)>);

impl Page {
    /// Takes the types out of the page's scripts.
    ///
    /// # Errors
    /// When one of them is broken.
    pub fn new() -> Result<Self, StudioError> {
        let files = FILES.iter().chain(player::SOURCES).map(|(name, text)| {
            let (kind, name, text) = match name.rsplit_once('.') {
                Some((stem, "ts")) => {
                    let script = player::to_javascript(name, text)?;
                    ("text/javascript", format!("{stem}.js"), Bytes::from(script))
                }
                Some((_, "css")) => ("text/css", (*name).to_owned(), Bytes::from(*text)),
                Some((_, "svg")) => ("image/svg+xml", (*name).to_owned(), Bytes::from(*text)),
                _ => (
                    "text/html; charset=utf-8",
                    (*name).to_owned(),
                    Bytes::from(*text),
                ),
            };
            Ok((name, (kind, text)))
        });
        files.collect::<Result<_, _>>().map(Self)
    }

    /// The page itself, with what is so now: JSON.
    pub fn index(&self, state: &Value) -> Answer {
        let Some((kind, html)) = self.0.get("") else {
            return self.file("");
        };
        // Nothing in it ends the element that it stands in.
        let state = state.to_string().replace('<', "\\u003c");
        let html =
            String::from_utf8_lossy(html).replacen(STATE, &format!("{STATE_START}{state}"), 1);
        whole(kind, html)
    }

    /// The file of this name.
    pub fn file(&self, name: &str) -> Answer {
        match self.0.get(name) {
            Some((kind, bytes)) => whole(kind, bytes.clone()),
            None => refusal(StatusCode::NOT_FOUND, "there is nothing here"),
        }
    }
}

/// Says what browsers may do with any answer.
pub fn protect(answer: &mut Answer) {
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        let value = hyper::header::HeaderValue::from_static(value);
        answer.headers_mut().insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_whole_and_light() {
        let page = Page::new().unwrap();
        let (_, html) = &page.0[""];
        let html = String::from_utf8_lossy(html);
        for (name, (kind, bytes)) in &page.0 {
            assert!(!bytes.is_empty(), "{name}");
            if *kind != "text/javascript" {
                continue;
            }
            let text = String::from_utf8_lossy(bytes);
            let imports = text.lines().filter(|line| line.starts_with("import "));
            for line in imports {
                let name = line
                    .split(['"', '\''])
                    .nth(1)
                    .unwrap()
                    .trim_start_matches("./");
                assert!(page.0.contains_key(name), "{line}");
            }
        }
        assert!(html.contains("main.js") && html.contains("studio.css"));
        assert!(html.contains(STATE));
        let bytes: usize = page.0.values().map(|(_, bytes)| bytes.len()).sum();
        assert!(bytes < 250_000, "{bytes}");
    }
}
