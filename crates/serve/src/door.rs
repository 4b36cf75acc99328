use hyper::{
    Request, StatusCode,
    header::{AUTHORIZATION, HOST, HeaderName, HeaderValue, ORIGIN},
};
use kinora_http::{Origins, equal};

/// Who may speak to the service.
pub struct Door {
    /// What requests have to bring as `Authorization: Bearer`; none lets everybody on this
    /// machine in.
    pub token: Option<String>,
    /// Other sites whose pages may ask.
    pub origins: Origins,
    /// How the service is reached, as `https://render.example.com`; none takes it from each
    /// request.
    pub public: Option<String>,
    /// Whether only this machine reaches it.
    pub is_local: bool,
}

/// How somebody is refused.
pub type Refused = (StatusCode, &'static str);

impl Door {
    /// Lets a request in: it comes by a name of this machine or with the token, and from no
    /// page of a site that was not named. `open` ones need no token.
    ///
    /// # Errors
    /// How it is refused.
    pub fn admit<B>(&self, request: &Request<B>, open: bool) -> Result<(), Refused> {
        if let Some(origin) = request.headers().get(ORIGIN)
            && !self.origins.has(origin)
        {
            let message = "pages of this site may not ask here (--allow-origin)";
            return Err((StatusCode::FORBIDDEN, message));
        }
        match &self.token {
            _ if open => Ok(()),
            Some(token) => {
                let brought = request.headers().get(AUTHORIZATION);
                let brought = brought.map(HeaderValue::as_bytes).unwrap_or_default();
                let brought = brought.strip_prefix(b"Bearer ").unwrap_or_default();
                match equal(brought, token.as_bytes()) {
                    true => Ok(()),
                    false => Err((
                        StatusCode::UNAUTHORIZED,
                        "the request brings no token, or another: `Authorization: Bearer TOKEN`",
                    )),
                }
            }
            None if self.is_local && self.public.is_none() => {
                // Else any page could ask, by a name of its own that leads here.
                let host = request
                    .headers()
                    .get(HOST)
                    .and_then(|host| host.to_str().ok());
                match host.is_some_and(is_of_this_machine) {
                    true => Ok(()),
                    false => Err((
                        StatusCode::FORBIDDEN,
                        "the service is not at this host (--public-url)",
                    )),
                }
            }
            None => Ok(()),
        }
    }

    /// The start of URLs that lead here, without a slash.
    pub fn base<B>(&self, request: &Request<B>) -> String {
        if let Some(public) = &self.public {
            return public.trim_end_matches('/').to_owned();
        }
        let text = |name| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let scheme = text(HeaderName::from_static("x-forwarded-proto"));
        let scheme = scheme.filter(|scheme| *scheme == "https").unwrap_or("http");
        format!("{scheme}://{}", text(HOST).unwrap_or("localhost"))
    }
}

/// Whether a host, with or without a port, is this machine by a name that no other has.
fn is_of_this_machine(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door(token: Option<&str>, origins: &[&str], is_local: bool) -> Door {
        Door {
            token: token.map(str::to_owned),
            origins: Origins(origins.iter().map(|&origin| origin.to_owned()).collect()),
            public: None,
            is_local,
        }
    }

    fn asked(door: &Door, headers: &[(&str, &str)]) -> u16 {
        let mut request = Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        match door.admit(&request.body(()).unwrap(), false) {
            Ok(()) => 200,
            Err((status, _)) => status.as_u16(),
        }
    }

    #[test]
    fn without_a_token_only_this_machine_is_let_in() {
        let local = door(None, &[], true);
        for host in ["localhost:4000", "127.0.0.1", "[::1]:80"] {
            assert_eq!(asked(&local, &[("host", host)]), 200, "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:4000", "localhost:x"] {
            assert_eq!(asked(&local, &[("host", host)]), 403, "{host}");
        }
        assert_eq!(asked(&local, &[]), 403);
    }

    #[test]
    fn a_token_opens_and_nothing_like_it() {
        let door = door(Some("secret"), &[], false);
        let with = |value| asked(&door, &[("host", "x.example"), ("authorization", value)]);
        assert_eq!(with("Bearer secret"), 200);
        for wrong in [
            "Bearer secre",
            "Bearer secrets",
            "Bearer Secret",
            "secret",
            "Basic secret",
        ] {
            assert_eq!(with(wrong), 401, "{wrong}");
        }
        assert_eq!(asked(&door, &[("host", "x.example")]), 401);
    }

    #[test]
    fn pages_of_other_sites_are_named_or_refused() {
        let host = ("host", "localhost");
        let one = door(None, &["https://a.example"], true);
        assert_eq!(asked(&one, &[host, ("origin", "https://a.example")]), 200);
        for origin in ["https://b.example", "http://a.example", "null"] {
            assert_eq!(asked(&one, &[host, ("origin", origin)]), 403, "{origin}");
        }
        let all = door(None, &["*"], true);
        assert_eq!(asked(&all, &[host, ("origin", "https://b.example")]), 200);
        let none = door(None, &[], true);
        assert_eq!(asked(&none, &[host, ("origin", "http://localhost")]), 403);
    }

    #[test]
    fn links_lead_back_by_the_way_one_came() {
        let mut door = door(None, &[], true);
        let request = |headers: &[(&str, &str)]| {
            let mut request = Request::builder();
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.body(()).unwrap()
        };
        let plain = request(&[("host", "localhost:4000")]);
        assert_eq!(door.base(&plain), "http://localhost:4000");
        let proxied = request(&[("host", "r.example"), ("x-forwarded-proto", "https")]);
        assert_eq!(door.base(&proxied), "https://r.example");
        door.public = Some("https://render.example/".to_owned());
        assert_eq!(door.base(&plain), "https://render.example");
    }
}
