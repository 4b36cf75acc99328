use hyper::{Request, StatusCode, header};

/// Who may speak to the studio: whoever knows its token, of its own page or of none.
pub struct Gate {
    token: String,
    /// The hosts by which it is reached.
    hosts: [String; 2],
}

impl Gate {
    /// The gate of a studio at this port with a token of its own.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn new(port: u16) -> std::io::Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(std::io::Error::other)?;
        Ok(Self {
            token: random.iter().map(|byte| format!("{byte:02x}")).collect(),
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
        let value = |name| request.headers().get(name).map(|value| value.as_bytes());
        let own = |host: &[u8]| self.hosts.iter().any(|known| known.as_bytes() == host);
        if !value(header::HOST).is_some_and(own) {
            return Err((StatusCode::FORBIDDEN, "the studio is not at this host"));
        }
        let of_own = |origin: &[u8]| origin.strip_prefix(b"http://").is_some_and(own);
        if !value(header::ORIGIN).is_none_or(of_own) {
            return Err((StatusCode::FORBIDDEN, "another site has no business here"));
        }
        let path = request.uri().path().trim_start_matches('/');
        let (token, rest) = path.split_once('/').unwrap_or((path, ""));
        match equal(token.as_bytes(), self.token.as_bytes()) {
            true => Ok(rest),
            false => Err((StatusCode::NOT_FOUND, "there is nothing here")),
        }
    }
}

/// Whether both are the same, in a time that does not tell where they differ.
fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_are_refused() {
        let gate = Gate::new(80).unwrap();
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
        let other = Gate::new(80).unwrap();
        assert_ne!(other.token, gate.token);
    }
}
