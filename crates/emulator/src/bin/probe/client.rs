//! A small HTTP client that signs for AWS, written against AWS's description of
//! signature version 4 and not against the emulator.

use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, SystemTime};

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// An address and whom to sign as.
#[derive(Clone, Debug)]
pub struct Client {
    /// Where the service listens.
    pub address: SocketAddr,
    /// `lambda` or `s3`.
    pub service: &'static str,
    /// The region of the signature.
    pub region: String,
    /// The access key; an empty one signs nothing.
    pub access_key: String,
    /// The secret key.
    pub secret_key: String,
    /// The token of a temporary key.
    pub token: Option<String>,
    /// How far this client's clock is ahead, in seconds.
    pub skew: i64,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }
}

impl Client {
    /// Sends one signed request and reads the whole answer.
    pub fn send(
        &self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Reply> {
        let mut all = vec![("host".to_owned(), self.address.to_string())];
        all.extend(
            headers
                .iter()
                .map(|(name, value)| (name.to_lowercase(), (*value).to_owned())),
        );
        if !self.access_key.is_empty() {
            self.sign(method, target, &mut all, body);
        }
        exchange(self.address, method, target, &all, body)
    }

    /// Adds the headers that sign the request.
    pub fn sign(
        &self,
        method: &str,
        target: &str,
        headers: &mut Vec<(String, String)>,
        body: &[u8],
    ) {
        let date = self.date();
        let hash = hex(&Sha256::digest(body));
        headers.push(("x-amz-date".to_owned(), date.clone()));
        if self.service == "s3" {
            headers.push(("x-amz-content-sha256".to_owned(), hash.clone()));
        }
        if let Some(token) = &self.token {
            headers.push(("x-amz-security-token".to_owned(), token.clone()));
        }
        headers.sort();
        let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(";");
        let lines: String = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = if self.service == "s3" {
            path.to_owned()
        } else {
            escape(path)
        };
        let request = format!(
            "{method}\n{path}\n{}\n{lines}\n{names}\n{hash}",
            sorted(query)
        );
        let signature = self.signature(&date, &request);
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={names}, Signature={signature}",
            self.access_key,
            self.scope(&date),
        );
        headers.push(("authorization".to_owned(), authorization));
    }

    /// The target of a presigned URL.
    #[allow(dead_code, reason = "the tests use it, the function does not")]
    pub fn presign(&self, method: &str, path: &str, seconds: u64) -> String {
        let date = self.date();
        let mut query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={date}&X-Amz-Expires={seconds}",
            escape(&format!("{}/{}", self.access_key, self.scope(&date))).replace('/', "%2F"),
        );
        if let Some(token) = &self.token {
            query += &format!(
                "&X-Amz-Security-Token={}",
                escape(token).replace('/', "%2F")
            );
        }
        query += "&X-Amz-SignedHeaders=host";
        let request = format!(
            "{method}\n{path}\n{}\nhost:{}\n\nhost\nUNSIGNED-PAYLOAD",
            sorted(&query),
            self.address
        );
        let signature = self.signature(&date, &request);
        format!("{path}?{query}&X-Amz-Signature={signature}")
    }

    fn scope(&self, date: &str) -> String {
        format!(
            "{}/{}/{}/aws4_request",
            &date[..8],
            self.region,
            self.service
        )
    }

    fn signature(&self, date: &str, request: &str) -> String {
        let scope = self.scope(date);
        let text = format!(
            "AWS4-HMAC-SHA256\n{date}\n{scope}\n{}",
            hex(&Sha256::digest(request))
        );
        let first = format!("AWS4{}", self.secret_key).into_bytes();
        let key = scope.split('/').fold(first, |key, step| mac(&key, step));
        hex(&mac(&key, &text))
    }

    fn date(&self) -> String {
        let now = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .unwrap_or_default();
        let seconds = now.as_secs() as i64 + self.skew;
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Years that begin in March put the leap day last.
        let days = days + 719_468;
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let (day, month, year) = (
            day - (153 * month + 2) / 5 + 1,
            (month + 2) % 12 + 1,
            year + era * 400,
        );
        let year = year + i64::from(month <= 2);
        format!(
            "{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z",
            rest / 3600,
            rest / 60 % 60,
            rest % 60
        )
    }
}

/// One request on a connection of its own.
pub fn exchange(
    address: SocketAddr,
    method: &str,
    target: &str,
    headers: &[(String, String)],
    body: &[u8],
) -> Result<Reply> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(1000)))?;
    let lines: String = headers
        .iter()
        .map(|(name, value)| format!("{name}: {value}\r\n"))
        .collect();
    let length = body.len();
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\n{lines}content-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    // The other side may answer before it has read everything.
    let sent = stream.write_all(body);
    let mut bytes = Vec::new();
    let read = stream.read_to_end(&mut bytes);
    if bytes.is_empty() {
        sent?;
        read?;
    }
    parse(method, &bytes)
}

fn parse(method: &str, bytes: &[u8]) -> Result<Reply> {
    let broken = |what: &str| {
        Error::new(
            ErrorKind::UnexpectedEof,
            format!("{what} in {} bytes", bytes.len()),
        )
    };
    let end = bytes
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .ok_or_else(|| broken("no head"))?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let status = lines
        .next()
        .and_then(|line| line.split(' ').nth(1)?.parse().ok())
        .ok_or_else(|| broken("no status"))?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_lowercase(), value.trim().to_owned()))
        .collect();
    let mut reply = Reply {
        status,
        headers,
        body: bytes[end + 4..].to_vec(),
    };
    if reply.header("transfer-encoding") == Some("chunked") {
        reply.body = chunks(&reply.body).ok_or_else(|| broken("a cut body"))?;
    } else if method != "HEAD" {
        let length = reply
            .header("content-length")
            .and_then(|length| length.parse().ok())
            .unwrap_or(0);
        if reply.body.len() != length {
            return Err(broken("a cut body"));
        }
    }
    Ok(reply)
}

fn chunks(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = bytes.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).ok()?, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(end + 2..end + 2 + size)?);
        bytes = bytes.get(end + 4 + size..)?;
    }
}

/// Percent-encodes all but unreserved characters and slashes.
pub fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                (byte as char).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// The query's pairs in order; a name without a value gets an empty one.
fn sorted(query: &str) -> String {
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            if pair.contains('=') {
                pair.to_owned()
            } else {
                format!("{pair}=")
            }
        })
        .collect();
    pairs.sort();
    pairs.join("&")
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("a key of any length is good");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
