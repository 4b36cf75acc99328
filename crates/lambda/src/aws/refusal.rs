use serde_json::Value;

use super::{way_out, xml::Element};
use crate::{Fault, FaultKind};

/// Why AWS was not asked, or did not do what it was asked for.
#[derive(Debug)]
pub enum AwsError {
    /// It answered that it will not.
    Refused(Refusal),
    /// There was no answer, or no question.
    Failed(Fault),
}

/// An error as AWS answered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What was asked for, as policies name it: `cloudformation:CreateStack`.
    pub action: String,
    /// In which region.
    pub region: String,
    /// The HTTP status.
    pub status: u16,
    /// AWS's code, such as `AccessDenied`.
    pub code: String,
    /// AWS's words.
    pub message: String,
}

impl Refusal {
    /// Reads the answer to a request that failed; services word it in three ways.
    pub(super) fn read(
        action: &str,
        region: &str,
        status: u16,
        header: Option<&str>,
        body: &[u8],
    ) -> Self {
        let text = String::from_utf8_lossy(body);
        let (code, message) = match Element::parse(&text) {
            Some(root) => of_xml(&root),
            None => of_json(header, &text),
        };
        Self {
            action: action.to_owned(),
            region: region.to_owned(),
            status,
            code: code.unwrap_or_else(|| format!("HTTP {status}")),
            message: message.unwrap_or_default(),
        }
    }

    /// Whether the keys are good but may not do this.
    pub fn is_denial(&self) -> bool {
        is_denial(&self.code)
    }

    /// Whether it is worth asking again.
    pub(super) fn is_passing(&self) -> bool {
        let throttled =
            self.code.starts_with("Throttling") || self.code == "TooManyRequestsException";
        throttled || self.status >= 500
    }
}

/// Whether a code says that somebody may not do something.
pub fn is_denial(code: &str) -> bool {
    let denials = [
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "HTTP 403",
    ];
    denials.contains(&code)
}

/// `<ErrorResponse><Error>…` of most services, `<Error>…` of S3.
fn of_xml(root: &Element) -> (Option<String>, Option<String>) {
    let error = root.child("Error").unwrap_or(root);
    let text = |name| error.text_at(&[name]).map(str::to_owned);
    (text("Code"), text("Message"))
}

/// A code in a header or in `__type`, which may be followed or preceded by an address.
fn of_json(header: Option<&str>, text: &str) -> (Option<String>, Option<String>) {
    let body: Value = serde_json::from_str(text).unwrap_or_default();
    let code = header.or(body["__type"].as_str()).map(|code| {
        let code = code.split(':').next().unwrap_or(code);
        code.rsplit('#').next().unwrap_or(code).to_owned()
    });
    let message = body["message"].as_str().or(body["Message"].as_str());
    (code, message.map(str::to_owned))
}

impl From<Fault> for AwsError {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<Refusal> for Fault {
    /// The way out is the message, AWS's own words are its cause.
    fn from(refusal: Refusal) -> Self {
        let Refusal {
            action,
            region,
            code,
            message,
            ..
        } = &refusal;
        let kind = match refusal.is_passing() {
            true => FaultKind::Passing,
            false => FaultKind::Tool,
        };
        let text = way_out(code, message, region, Some(action))
            .unwrap_or_else(|| format!("AWS refuses `{action}` in `{region}`"));
        let mut fault = Self::new(kind, text);
        fault.causes.push(match message.as_str() {
            "" => code.clone(),
            message => format!("{code}: {message}"),
        });
        fault
    }
}

impl From<AwsError> for Fault {
    fn from(error: AwsError) -> Self {
        match error {
            AwsError::Refused(refusal) => refusal.into(),
            AwsError::Failed(fault) => fault,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: Option<&str>, body: &str) -> (String, String) {
        let refusal = Refusal::read(
            "sts:GetCallerIdentity",
            "eu-west-1",
            403,
            header,
            body.as_bytes(),
        );
        (refusal.code, refusal.message)
    }

    #[test]
    fn all_services_errors_are_read() {
        let told = |code: &str, message: &str| (code.to_owned(), message.to_owned());
        let query = "<ErrorResponse xmlns=\"x\"><Error><Type>Sender</Type><Code>ExpiredToken</Code>\
                     <Message>The security token is expired</Message></Error><RequestId>1</RequestId></ErrorResponse>";
        assert_eq!(
            read(None, query),
            told("ExpiredToken", "The security token is expired")
        );
        let s3 = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
        assert_eq!(read(None, s3), told("AccessDenied", "Access Denied"));
        let header = Some("AccessDeniedException:http://internal.amazon.com/coral/");
        assert_eq!(
            read(header, r#"{"Message":"no"}"#),
            told("AccessDeniedException", "no")
        );
        let logs = r#"{"__type":"com.amazonaws.logs#ResourceNotFoundException","message":"gone"}"#;
        assert_eq!(read(None, logs), told("ResourceNotFoundException", "gone"));
        assert_eq!(read(None, "<html>"), told("HTTP 403", ""));
    }
}
