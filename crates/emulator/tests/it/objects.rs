//! Requests to S3 and what is in its answers.

use crate::client::{Client, Reply};

pub fn code(reply: &Reply) -> (u16, String) {
    (
        reply.status,
        element(&reply.text(), "Code").unwrap_or_default(),
    )
}

/// What stands between the first pair of such tags.
pub fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(
        rest.split_once(&format!("</{name}>"))?
            .0
            .replace("&quot;", "\""),
    )
}

/// What stands between all such tags.
pub fn elements(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open)
        .skip(1)
        .map(|piece| piece.split(&close).next().unwrap_or("").to_owned())
        .collect()
}

pub fn put(client: &Client, key: &str, headers: &[(&str, &str)], body: &[u8]) -> Reply {
    client
        .send("PUT", &format!("/kinora/{key}"), headers, body)
        .unwrap()
}

pub fn get(client: &Client, key: &str, headers: &[(&str, &str)]) -> Reply {
    client
        .send("GET", &format!("/kinora/{key}"), headers, &[])
        .unwrap()
}
