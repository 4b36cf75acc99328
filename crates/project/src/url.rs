use ureq::http::Uri;

/// An `http:` or `https:` URL as it is compared and fetched: its path has no dot
/// segments and its fragment is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url {
    secure: bool,
    /// A user's name and password; never shown.
    login: Option<String>,
    /// In lower case, IPv6 addresses in their brackets.
    host: String,
    port: u16,
    /// Path and query, from the first slash on.
    path: String,
}

impl Url {
    /// Reads a URL.
    ///
    /// # Errors
    /// Why it is none, in words that end a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let plain = text.split('#').next().unwrap_or(text).replace(' ', "%20");
        let plain = escape(&plain);
        let start = plain.split(':').next().unwrap_or("").to_ascii_lowercase();
        if has_scheme(&plain) && start != "http" && start != "https" {
            return Err("only `http:` and `https:` URLs are fetched".to_owned());
        }
        let uri: Uri = plain
            .parse()
            .map_err(|cause| format!("it is not a valid URL: {cause}"))?;
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err("only `http:` and `https:` URLs are fetched".to_owned()),
        };
        let authority = uri
            .authority()
            .ok_or("it is not a valid URL: it has no host")?;
        let login = authority.as_str().rsplit_once('@');
        let host = authority.host().to_lowercase();
        if host.is_empty() {
            return Err("it is not a valid URL: it has no host".to_owned());
        }
        let usual = if secure { 443 } else { 80 };
        let (path, query) = (uri.path(), uri.query());
        let mut path = without_dots(path);
        if let Some(query) = query {
            path.push('?');
            path.push_str(query);
        }
        Ok(Self {
            secure,
            login: login.map(|(login, _)| login.to_owned()),
            host,
            port: authority.port_u16().unwrap_or(usual),
            path,
        })
    }

    /// What `reference` means in a document at this URL.
    ///
    /// # Errors
    /// Why it means nothing that can be fetched.
    pub fn join(&self, reference: &str) -> Result<Self, String> {
        let scheme = if self.secure { "https" } else { "http" };
        let own = self.path.split('?').next().unwrap_or("/");
        let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
        let origin = self.origin();
        if has_scheme(reference) {
            return Self::parse(reference);
        }
        Self::parse(&match reference.chars().next() {
            _ if reference.starts_with("//") => format!("{scheme}:{reference}"),
            Some('/') => format!("{origin}{reference}"),
            Some('?') => format!("{origin}{own}{reference}"),
            Some('#') | None => format!("{origin}{}", self.path),
            _ => format!("{origin}{folder}/{reference}"),
        })
    }

    /// Scheme, host and, where it is not the usual one, port.
    pub fn origin(&self) -> String {
        let (scheme, usual) = if self.secure {
            ("https", 443)
        } else {
            ("http", 80)
        };
        let port = match self.port {
            port if port == usual => String::new(),
            port => format!(":{port}"),
        };
        format!("{scheme}://{}{port}", self.host)
    }

    /// The URL as it is asked for, with all that is in it.
    pub fn in_full(&self) -> String {
        match &self.login {
            Some(login) => self.to_string().replacen("://", &format!("://{login}@"), 1),
            None => self.to_string(),
        }
    }

    /// Its host, without the brackets of an IPv6 address.
    pub fn host(&self) -> &str {
        self.host.trim_matches(['[', ']'])
    }

    /// Whether `self` begins as `prefix` does: the same scheme, host and port, and
    /// a path that starts with the prefix's.
    pub fn begins_with(&self, prefix: &Self) -> bool {
        self.origin() == prefix.origin() && self.path.starts_with(&prefix.path)
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.origin(), self.path)
    }
}

fn has_scheme(reference: &str) -> bool {
    let name = reference.split(['/', '?', '#']).next().unwrap_or("");
    name.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// The same with percent signs for what is not ASCII, as browsers send it.
fn escape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() && !matches!(letter, '"' | '<' | '>' | '`' | '{' | '}' | '|') {
            plain.push(letter);
        } else {
            let mut bytes = [0; 4];
            for byte in letter.encode_utf8(&mut bytes).bytes() {
                plain.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    plain
}

/// A path in which `.` and `..` have been followed, however they were written.
fn without_dots(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut ends_open = false;
    for part in path.split('/').skip(1) {
        let plain = part.to_ascii_lowercase().replace("%2e", ".");
        ends_open = matches!(plain.as_str(), "." | "..");
        match plain.as_str() {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let mut plain = format!("/{}", parts.join("/"));
    if ends_open && !plain.ends_with('/') {
        plain.push('/');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"))
    }

    #[test]
    fn urls_are_written_in_one_way() {
        for (written, same) in [
            ("HTTPS://A.Test", "https://a.test/"),
            ("https://a.test:443/x#y", "https://a.test/x"),
            (
                "http://a.test:8080/a/../b?c=/../d",
                "http://a.test:8080/b?c=/../d",
            ),
            ("http://a.test/a/%2E%2e/%2e/b/..", "http://a.test/"),
            (
                "http://a.test/ü {1}.png",
                "http://a.test/%C3%BC%20%7B1%7D.png",
            ),
            ("http://[::1]:9/a", "http://[::1]:9/a"),
        ] {
            assert_eq!(url(written).to_string(), same);
        }
        let private = url("http://me:secret@a.test/b");
        assert_eq!(private.to_string(), "http://a.test/b");
        assert_eq!(private.in_full(), "http://me:secret@a.test/b");
        assert_eq!(private.host(), "a.test");
        for text in ["file:///etc/passwd", "ftp://a/b", "http:///a", "a/b"] {
            assert!(Url::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn references_are_joined() {
        let base = url("https://a.test/x/y.css?z=1");
        for (reference, whole) in [
            ("b.ttf", "https://a.test/x/b.ttf"),
            ("../b.ttf?v=2", "https://a.test/b.ttf?v=2"),
            ("/b", "https://a.test/b"),
            ("//c.test/b", "https://c.test/b"),
            ("http://d.test/", "http://d.test/"),
            ("?q", "https://a.test/x/y.css?q"),
            ("", "https://a.test/x/y.css?z=1"),
            ("a/b:c", "https://a.test/x/a/b:c"),
        ] {
            assert_eq!(base.join(reference).unwrap().to_string(), whole);
        }
        assert!(base.join("file:///etc/passwd").is_err());
    }

    #[test]
    fn a_prefix_ends_the_host_where_it_ends() {
        let allowed = |text: &str, prefix: &str| url(text).begins_with(&url(prefix));
        assert!(allowed("https://a.test/img/1.png", "https://a.test/img/"));
        assert!(allowed("https://A.test/img", "https://a.test"));
        assert!(!allowed("https://a.test.evil.test/", "https://a.test"));
        assert!(!allowed("https://a.test:444/", "https://a.test"));
        assert!(!allowed("http://a.test/", "https://a.test"));
        assert!(!allowed(
            "https://a.test/img/../secret",
            "https://a.test/img/"
        ));
        assert!(!allowed(
            "https://a.test/img/%2e%2e/secret",
            "https://a.test/img/"
        ));
    }
}
