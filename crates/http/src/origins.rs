use hyper::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue, VARY};

use crate::answer::{self, Answer};

/// Other sites whose pages may ask, as `https://example.com`; `*` are all.
#[derive(Clone, Debug, Default)]
pub struct Origins(pub Vec<String>);

impl Origins {
    /// Whether pages of this site may ask.
    pub fn has(&self, origin: &HeaderValue) -> bool {
        let known = |known: &String| known == "*" || known.as_bytes() == origin.as_bytes();
        self.0.iter().any(known)
    }

    /// Lets pages of this site read an answer, if they may ask.
    pub fn allow(&self, origin: &HeaderValue, to: &mut Answer) {
        if self.has(origin) {
            let allowed = origin.clone();
            to.headers_mut()
                .insert(ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
            answer::set(to, VARY, "origin");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_are_named_or_all() {
        let has = |origins: &[&str], origin: &'static str| {
            let origins = Origins(origins.iter().map(|&origin| origin.to_owned()).collect());
            let mut told = answer::whole("", "");
            let origin = HeaderValue::from_static(origin);
            origins.allow(&origin, &mut told);
            let allowed = told.headers().get(ACCESS_CONTROL_ALLOW_ORIGIN) == Some(&origin);
            assert_eq!(allowed, told.headers().contains_key(VARY));
            assert_eq!(allowed, origins.has(&origin));
            allowed
        };
        assert!(has(&["https://a.example"], "https://a.example"));
        assert!(has(&["*"], "null"));
        for other in ["http://a.example", "https://a.example.b", "null", ""] {
            assert!(!has(&["https://a.example"], other), "{other}");
        }
        assert!(!has(&[], "https://a.example"));
    }
}
