use bytes::Bytes;
use hyper::Method;
use hyper::http::request::Parts;

use crate::signature::decode;

/// A service that answers at the API's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Lambda,
    CloudFormation,
    Sts,
    Logs,
}

/// How operations are named in the header of services that speak JSON.
const LOGS: &str = "Logs_20140328.";

impl Service {
    /// The service that a request is for.
    pub fn of(parts: &Parts) -> Self {
        if header(parts, "x-amz-target").starts_with(LOGS) {
            return Self::Logs;
        }
        if parts.uri.path() != "/" {
            return Self::Lambda;
        }
        match header(parts, "authorization").contains("/sts/aws4_request") {
            true => Self::Sts,
            false => Self::CloudFormation,
        }
    }

    /// By which name it is signed for and named in policies.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lambda => "lambda",
            Self::CloudFormation => "cloudformation",
            Self::Sts => "sts",
            Self::Logs => "logs",
        }
    }

    /// The operation that is asked for, empty if it is none of Lambda's.
    pub fn operation(self, parts: &Parts, form: &Form) -> String {
        match self {
            Self::Lambda => lambda_operation(parts).to_owned(),
            Self::Logs => header(parts, "x-amz-target").replace(LOGS, ""),
            Self::CloudFormation | Self::Sts => form.text("Action").to_owned(),
        }
    }
}

fn header<'a>(parts: &'a Parts, name: &str) -> &'a str {
    let value = parts.headers.get(name);
    value.and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// What follows the beginning of the paths of Lambda's interface; what is kept for a
/// function was added to it later.
pub fn lambda_path(path: &str) -> Option<&str> {
    let above = ["/2015-03-31/functions/", "/2019-09-30/functions/"];
    above.iter().find_map(|above| path.strip_prefix(above))
}

fn lambda_operation(parts: &Parts) -> &'static str {
    let path = parts.uri.path();
    if path.starts_with("/2016-08-19/account-settings") {
        return "GetAccountSettings";
    }
    let Some(path) = lambda_path(path) else {
        return "";
    };
    let path = path.trim_end_matches('/');
    let operation = path.split_once('/').map_or("", |(_, operation)| operation);
    match (&parts.method, operation) {
        (&Method::POST, "invocations") => "InvokeFunction",
        (&Method::GET, "") => "GetFunction",
        (&Method::GET, "configuration") => "GetFunctionConfiguration",
        (&Method::GET, "concurrency") => "GetFunctionConcurrency",
        (&Method::GET, "versions") => "ListVersionsByFunction",
        (&Method::POST, "versions") => "PublishVersion",
        _ => "",
    }
}

/// The fields of a request of the older services.
#[derive(Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    pub fn read(body: &Bytes) -> Self {
        let text = String::from_utf8_lossy(body);
        let decoded =
            |text: &str| String::from_utf8_lossy(&decode(&text.replace('+', " "))).into_owned();
        let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
        Self(
            pairs
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect(),
        )
    }

    /// A field, empty if it is not there.
    pub fn text(&self, name: &str) -> &str {
        let field = self.0.iter().find(|(known, _)| known == name);
        field.map_or("", |(_, value)| value)
    }

    /// The fields of a list's members, in order: `LIST.member.1`, `LIST.member.2`, ….
    pub fn members<'a>(&'a self, list: &'a str, field: &'a str) -> impl Iterator<Item = &'a str> {
        let name = move |number: usize| match field {
            "" => format!("{list}.member.{number}"),
            field => format!("{list}.member.{number}.{field}"),
        };
        let found = move |number: usize| {
            let name = name(number);
            let field = self.0.iter().find(|(known, _)| *known == name)?;
            Some(field.1.as_str())
        };
        (1..).map_while(found)
    }
}
