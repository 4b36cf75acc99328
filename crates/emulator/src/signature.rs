//! AWS's signature, version 4, on requests to Lambda.

use hmac::{Hmac, KeyInit, Mac};
use hyper::http::request::Parts;
use sha2::{Digest, Sha256};
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime};

use crate::keyring::{Key, Keyring};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const DATE: &[BorrowedFormatItem<'_>] =
    format_description!("[year][month][day]T[hour][minute][second]Z");

/// How far a request's time may be from ours.
const SKEW: time::Duration = time::Duration::minutes(5);

/// Why a request is not let in.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    pub message: String,
}

fn refusal(code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal {
        code,
        message: message.into(),
    }
}

fn incomplete(what: &str) -> Refusal {
    refusal(
        "IncompleteSignatureException",
        format!("Authorization header requires {what}"),
    )
}

/// The fields of an `Authorization` header.
struct Authorization<'a> {
    access_key: &'a str,
    /// Date, region, service and `aws4_request`.
    scope: &'a str,
    signed_headers: &'a str,
    signature: &'a str,
}

impl<'a> Authorization<'a> {
    fn read(text: &'a str) -> Result<Self, Refusal> {
        let fields = text
            .strip_prefix(ALGORITHM)
            .ok_or_else(|| incomplete(&format!("the algorithm `{ALGORITHM}`")))?;
        let field = |name: &str| {
            fields
                .split(',')
                .find_map(|field| field.trim().strip_prefix(name)?.strip_prefix('='))
                .ok_or_else(|| incomplete(&format!("'{name}' parameter.")))
        };
        let (access_key, scope) = field("Credential")?
            .split_once('/')
            .ok_or_else(|| incomplete("a scope in 'Credential'"))?;
        Ok(Self {
            access_key,
            scope,
            signed_headers: field("SignedHeaders")?,
            signature: field("Signature")?,
        })
    }
}

/// Who signed the request; refused as Lambda refuses it when nobody did.
pub fn verify(
    parts: &Parts,
    body: &[u8],
    keyring: &Keyring,
    (region, service): (&str, &str),
    now: OffsetDateTime,
) -> Result<Key, Refusal> {
    let header = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    let Some(authorization) = header("authorization") else {
        return Err(refusal(
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        ));
    };
    let given = Authorization::read(authorization)?;
    let date =
        header("x-amz-date").ok_or_else(|| incomplete("existence of an 'X-Amz-Date' header."))?;
    let key = keyring.find(given.access_key);
    let known = key.filter(|key| {
        key.token.is_none() || key.token.as_deref() == header("x-amz-security-token")
    });
    let Some(key) = known else {
        return Err(refusal(
            "UnrecognizedClientException",
            "The security token included in the request is invalid.",
        ));
    };
    check_date(date, now)?;
    let expected = format!("{}/{region}/{service}/aws4_request", &date[..8]);
    if given.scope != expected {
        return Err(refusal(
            "InvalidSignatureException",
            format!(
                "Credential should be scoped to `{expected}`, not `{}`.",
                given.scope
            ),
        ));
    }
    let request = canonical_request(parts, body, given.signed_headers)?;
    let text = format!(
        "{ALGORITHM}\n{date}\n{}\n{}",
        given.scope,
        hex(&Sha256::digest(request))
    );
    let signature = hex(&sign(&key.secret_key, given.scope, &text));
    if signature != given.signature {
        return Err(refusal(
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. \
             Check your AWS Secret Access Key and signing method. \
             Consult the service documentation for details.",
        ));
    }
    Ok(key)
}

fn check_date(date: &str, now: OffsetDateTime) -> Result<(), Refusal> {
    let time = PrimitiveDateTime::parse(date, DATE)
        .map_err(|_| incomplete("a valid 'X-Amz-Date' header."))?
        .assume_utc();
    let now_text = now.format(DATE).unwrap_or_default();
    if now - time > SKEW {
        let message = format!("Signature expired: {date} is now earlier than {now_text} - 5 min.");
        return Err(refusal("InvalidSignatureException", message));
    }
    if time - now > SKEW {
        let message =
            format!("Signature not yet current: {date} is still later than {now_text} + 5 min.");
        return Err(refusal("InvalidSignatureException", message));
    }
    Ok(())
}

/// The request in the one form that both sides sign.
fn canonical_request(parts: &Parts, body: &[u8], signed: &str) -> Result<String, Refusal> {
    let mut text = format!(
        "{}\n{}\n{}\n",
        parts.method,
        encode(parts.uri.path().as_bytes(), true),
        canonical_query(parts.uri.query().unwrap_or("")),
    );
    for name in signed.split(';') {
        let values: Vec<&str> = parts
            .headers
            .get_all(name)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .collect();
        if values.is_empty() {
            return Err(incomplete(&format!("the signed header '{name}'")));
        }
        let words: Vec<String> = values
            .iter()
            .map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        text += &format!("{name}:{}\n", words.join(","));
    }
    let hash = hex(&Sha256::digest(body));
    text += &format!("\n{signed}\n{hash}");
    Ok(text)
}

/// Sorted `name=value` pairs, each encoded anew.
fn canonical_query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (encode(&decode(name), false), encode(&decode(value), false))
        })
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    pairs.join("&")
}

/// Percent-encodes all but unreserved characters (and slashes, on request).
fn encode(bytes: &[u8], keep_slash: bool) -> String {
    let mut text = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                text.push(byte as char)
            }
            b'/' if keep_slash => text.push('/'),
            _ => text += &format!("%{byte:02X}"),
        }
    }
    text
}

/// Undoes percent-encoding; what is no encoding stays as it is.
pub fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    out
}

fn sign(secret_key: &str, scope: &str, text: &str) -> [u8; 32] {
    let first = format!("AWS4{secret_key}").into_bytes();
    let key = scope
        .split('/')
        .fold(first, |key, step| mac(&key, step).to_vec());
    mac(&key, text)
}

fn mac(key: &[u8], text: &str) -> [u8; 32] {
    let mut mac = <Hmac<Sha256>>::new_from_slice(key).expect("a key of any length is good");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().into()
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::Request;

    /// The worked example of AWS's description of the signature.
    fn example(authorization: &str, now: &str) -> Result<Key, Refusal> {
        let (parts, ()) = Request::get("/?Action=ListUsers&Version=2010-05-08")
            .header("host", "iam.amazonaws.com")
            .header(
                "content-type",
                "application/x-www-form-urlencoded; charset=utf-8",
            )
            .header("x-amz-date", "20150830T123600Z")
            .header("authorization", authorization)
            .body(())
            .unwrap()
            .into_parts();
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned();
        let keyring = Keyring::new(&("AKIDEXAMPLE".to_owned(), secret), 0);
        let now = PrimitiveDateTime::parse(now, DATE).unwrap().assume_utc();
        verify(&parts, b"", &keyring, ("us-east-1", "iam"), now)
    }

    const AUTHORIZATION: &str = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
        SignedHeaders=content-type;host;x-amz-date, \
        Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";

    #[test]
    fn the_example_is_good() {
        let key = example(AUTHORIZATION, "20150830T123959Z").unwrap();
        assert_eq!(key.access_key, "AKIDEXAMPLE");
    }

    #[test]
    fn what_differs_from_the_example_is_refused() {
        let now = "20150830T123600Z";
        let refused =
            |authorization: &str, now: &str| example(authorization, now).unwrap_err().code;
        assert_eq!(
            refused(&AUTHORIZATION.replace("5d67", "5d68"), now),
            "InvalidSignatureException"
        );
        assert_eq!(
            refused(&AUTHORIZATION.replace("us-east-1", "us-east-2"), now),
            "InvalidSignatureException"
        );
        assert_eq!(
            refused(AUTHORIZATION, "20150830T124101Z"),
            "InvalidSignatureException"
        );
        assert_eq!(
            refused(&AUTHORIZATION.replace("AKID", "AKIA"), now),
            "UnrecognizedClientException"
        );
        assert_eq!(
            refused(&AUTHORIZATION.replace("host;", "host;x-none;"), now),
            "IncompleteSignatureException"
        );
        assert_eq!(refused("Basic eDp5", now), "IncompleteSignatureException");
    }

    #[test]
    fn names_are_encoded_once_more() {
        assert_eq!(encode(b"/a%3A1/~b c", true), "/a%253A1/~b%20c");
        assert_eq!(canonical_query("b=2&a=%24x&c&a=1"), "a=%24x&a=1&b=2&c=");
        assert_eq!(decode("%24LATEST%zz%"), b"$LATEST%zz%");
    }
}
