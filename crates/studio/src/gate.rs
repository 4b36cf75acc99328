use hyper::{
    Method, Request, StatusCode,
    header::{HOST, HeaderValue, ORIGIN},
};
use kinora_http::{Answer, Origins, equal, secret};

/// Who may speak to the studio: whoever knows its token, of its own page or of none; pages
/// of sites that were named may look at the film.
pub struct Gate {
    token: String,
    origins: Origins,
    /// The hosts by which it is reached.
    hosts: [String; 2],
}

impl Gate {
    /// The gate of a studio at this port with a token of its own.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new(port: u16, origins: Origins) -> std::io::Result<Self> {
        Ok(Self {
            token: secret()?,
            origins,
            hosts: [format!("127.0.0.1:{port}"), format!("localhost:{port}")],
        })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.hosts[0], self.token)
    }

    /// What of a request's path follows the token.
    ///
    /// # Errors
    /// How it is refused: another host's name leads here, another site asks, or the token
    /// is not the studio's.
    pub fn admit<'r, B>(
        &self,
        request: &'r Request<B>,
    ) -> Result<&'r str, (StatusCode, &'static str)> {
        let own = |host: &[u8]| self.hosts.iter().any(|known| known.as_bytes() == host);
        let host = request.headers().get(HOST);
        if !host.is_some_and(|host| own(host.as_bytes())) {
            return Err((StatusCode::FORBIDDEN, "the studio is not at this host"));
        }
        let origin = request.headers().get(ORIGIN);
        let of_own = |origin: &HeaderValue| {
            let host = origin.as_bytes().strip_prefix(b"http://");
            host.is_some_and(own)
        };
        let is_guest = !origin.is_none_or(of_own);
        if is_guest && !origin.is_some_and(|origin| self.origins.has(origin)) {
            return Err((StatusCode::FORBIDDEN, "another site has no business here"));
        }
        let path = request.uri().path().trim_start_matches('/');
        let (token, rest) = path.split_once('/').unwrap_or((path, ""));
        if !equal(token.as_bytes(), self.token.as_bytes()) {
            return Err((StatusCode::NOT_FOUND, "there is nothing here"));
        }
        if is_guest && !(request.method() == Method::GET && is_of_the_film(rest)) {
            let message = "pages of other sites look at the film and do nothing else";
            return Err((StatusCode::FORBIDDEN, message));
        }
        Ok(rest)
    }

    /// Lets pages of this site read an answer, if they may ask.
    pub fn allow(&self, origin: &HeaderValue, to: &mut Answer) {
        self.origins.allow(origin, to);
    }
}

/// Whether a path leads to what a player needs: the film and its own scripts.
fn is_of_the_film(path: &str) -> bool {
    match path.strip_prefix("api/") {
        Some(name) => {
            let name = name.split_once('/').map_or(name, |(name, _)| name);
            ["state", "events", "frame", "sound"].contains(&name)
        }
        None => path.ends_with(".js"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_refused() {
        let gate = Gate::new(80, Origins::default()).unwrap();
        let ask = |host: &str, origin: Option<&str>, path: &str| {
            let mut request = Request::builder().uri(path).header("host", host);
            if let Some(origin) = origin {
                request = request.header("origin", origin);
            }
            let request = request.body(()).unwrap();
            let admitted = gate.admit(&request);
            admitted
                .map(str::to_owned)
                .map_err(|(status, _)| status.as_u16())
        };
        let path = format!("/{}/api/state", gate.token);
        assert_eq!(ask("127.0.0.1:80", None, &path).as_deref(), Ok("api/state"));
        let origin = Some("http://localhost:80");
        assert_eq!(
            ask("localhost:80", origin, &path).as_deref(),
            Ok("api/state")
        );
        assert_eq!(ask("evil.example:80", None, &path), Err(403));
        assert_eq!(ask("127.0.0.1:81", None, &path), Err(403));
        for origin in ["http://evil.example", "https://localhost:80", "null"] {
            assert_eq!(ask("localhost:80", Some(origin), &path), Err(403));
        }
        assert_eq!(ask("localhost:80", None, "/api/state"), Err(404));
        assert_eq!(
            ask("localhost:80", None, &path.replacen(&gate.token, "0", 1)),
            Err(404)
        );
        let other = Gate::new(80, Origins::default()).unwrap();
        assert_ne!(other.token, gate.token);
    }

    #[test]
    fn pages_that_were_named_only_look() {
        let named = "https://a.example".to_owned();
        let gate = Gate::new(80, Origins(vec![named])).unwrap();
        let ask = |method: &str, origin: &str, path: &str| {
            let request = Request::builder().method(method);
            let request = request.uri(format!("/{}/{path}", gate.token));
            let request = request
                .header("host", "localhost:80")
                .header("origin", origin);
            match gate.admit(&request.body(()).unwrap()) {
                Ok(_) => 200,
                Err((status, _)) => status.as_u16(),
            }
        };
        let guest = "https://a.example";
        for path in [
            "kinora-player.js",
            "api/events",
            "api/state",
            "api/frame/3",
            "api/sound",
        ] {
            assert_eq!(ask("GET", guest, path), 200, "{path}");
            assert_eq!(ask("GET", "https://b.example", path), 403, "{path}");
            assert_eq!(ask("POST", guest, path), 403, "{path}");
        }
        for path in ["", "api/files", "api/tree/1", "api/check", "api/statement"] {
            assert_eq!(ask("GET", guest, path), 403, "{path}");
        }
        for path in ["api/render", "api/variables", "api/event"] {
            assert_eq!(ask("POST", guest, path), 403, "{path}");
            assert_eq!(ask("POST", "http://localhost:80", path), 200, "{path}");
        }
    }
}
