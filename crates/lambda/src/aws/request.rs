use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::{
    http_request::{
        PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SigningSettings,
        UriPathNormalizationMode, sign,
    },
    sign::v4,
};
use aws_smithy_types::{DateTime, date_time::Format};
use bytes::Bytes;
use serde_json::Value;

use super::{AwsError, Refusal, xml::Element};
use crate::{Account, Fault, FaultKind};

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a request is made that AWS cannot answer just now.
const ATTEMPTS: u32 = 4;

/// One of AWS's services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    CloudFormation,
    Sts,
    Lambda,
    Logs,
    S3,
}

impl Service {
    /// By which name it is signed for, addressed and named in policies.
    fn name(self) -> &'static str {
        match self {
            Self::CloudFormation => "cloudformation",
            Self::Sts => "sts",
            Self::Lambda => "lambda",
            Self::Logs => "logs",
            Self::S3 => "s3",
        }
    }

    /// The variable that sends its requests elsewhere.
    fn variable(self) -> &'static str {
        match self {
            Self::CloudFormation => "AWS_ENDPOINT_URL_CLOUDFORMATION",
            Self::Sts => "AWS_ENDPOINT_URL_STS",
            Self::Lambda => "AWS_ENDPOINT_URL_LAMBDA",
            Self::Logs => "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS",
            Self::S3 => "AWS_ENDPOINT_URL_S3",
        }
    }

    /// The version of its query interface.
    fn version(self) -> &'static str {
        match self {
            Self::Sts => "2011-06-15",
            _ => "2010-05-15",
        }
    }
}

/// A request.
pub(super) struct Ask<'a> {
    pub service: Service,
    /// The operation, as policies name it without its service.
    pub action: &'a str,
    pub method: &'a str,
    /// Path and query, encoded.
    pub target: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

/// What a service answered with success.
pub(super) struct Answer {
    pub body: Bytes,
    /// The service's clock.
    pub date: Option<SystemTime>,
}

/// An account's services, in one region.
#[derive(Clone)]
pub struct Aws {
    account: Account,
    http: reqwest::Client,
}

impl Aws {
    /// The services of this account.
    ///
    /// # Errors
    /// When no client for HTTP can be made.
    pub fn new(account: &Account) -> Result<Self, Fault> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .connect_timeout(Duration::from_secs(10))
            .build()
            .map_err(|error| Fault::tool("no requests can be made", &error))?;
        Ok(Self {
            account: account.clone(),
            http,
        })
    }

    /// The account that is asked.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The region that is asked.
    pub fn region(&self) -> &str {
        self.account.region()
    }

    /// The partition of AWS that the region belongs to.
    pub fn partition(&self) -> &'static str {
        match self.region() {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// Asks in the way of the older services: a form with `Action`, answered in XML. Gives
    /// the `…Result` of the answer.
    pub(super) async fn query(
        &self,
        service: Service,
        action: &str,
        fields: &[(String, String)],
    ) -> Result<Element, AwsError> {
        let mut form = format!("Action={action}&Version={}", service.version());
        for (name, value) in fields {
            form.push_str(&format!("&{}={}", encode(name), encode(value)));
        }
        let form_type = "application/x-www-form-urlencoded; charset=utf-8".to_owned();
        let answer = self
            .send(Ask {
                service,
                action,
                method: "POST",
                target: "/".to_owned(),
                headers: vec![("content-type", form_type)],
                body: form.into_bytes(),
            })
            .await?;
        let root = Element::parse(&String::from_utf8_lossy(&answer.body));
        let root = root.ok_or_else(|| unreadable(service, action))?;
        let result = root.child(&format!("{action}Result")).cloned();
        Ok(result.unwrap_or_default())
    }

    /// Asks for what is answered in JSON.
    pub(super) async fn json(&self, ask: Ask<'_>) -> Result<Value, AwsError> {
        let (service, action) = (ask.service, ask.action.to_owned());
        let answer = self.send(ask).await?;
        let value = serde_json::from_slice(&answer.body);
        value.map_err(|_| unreadable(service, &action).into())
    }

    /// Makes a request, again if it is worth it.
    pub(super) async fn send(&self, ask: Ask<'_>) -> Result<Answer, AwsError> {
        let mut attempt = 1;
        loop {
            let failed = match self.send_once(&ask).await {
                Ok(answer) => return Ok(answer),
                Err(failed) => failed,
            };
            let is_passing = match &failed {
                AwsError::Refused(refusal) => refusal.is_passing(),
                AwsError::Failed(fault) => fault.kind == FaultKind::Passing,
            };
            if !is_passing || attempt == ATTEMPTS {
                return Err(failed);
            }
            tokio::time::sleep(Duration::from_millis(200 << attempt)).await;
            attempt += 1;
        }
    }

    async fn send_once(&self, ask: &Ask<'_>) -> Result<Answer, AwsError> {
        let url = format!("{}{}", self.endpoint(ask.service), ask.target);
        let keys = self.account.keys().await?;
        let signed = signature(ask, &url, self.region(), keys)
            .map_err(|error| Fault::tool(format!("cannot sign a request to `{url}`"), &*error))?;
        let method = reqwest::Method::from_bytes(ask.method.as_bytes()).unwrap_or_default();
        let mut request = self.http.request(method, &url).body(ask.body.clone());
        let own = ask
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        for (name, value) in own.chain(signed.iter().map(|(name, value)| (*name, value.as_str()))) {
            request = request.header(name, value);
        }
        let broken = |error: reqwest::Error| {
            let message = format!(
                "AWS does not answer at `{}`: no network, or no such region as `{}`",
                self.endpoint(ask.service),
                self.region()
            );
            AwsError::Failed(Fault::new(FaultKind::Passing, message).because(&error))
        };
        let answer = request.send().await.map_err(broken)?;
        let status = answer.status();
        let header = |name: &str| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let (kind, date) = (header("x-amzn-errortype"), header("date"));
        let body = answer.bytes().await.map_err(broken)?;
        if status.is_success() {
            let date = date.and_then(|text| DateTime::from_str(&text, Format::HttpDate).ok());
            let date = date.and_then(|date| SystemTime::try_from(date).ok());
            return Ok(Answer { body, date });
        }
        let action = format!("{}:{}", ask.service.name(), ask.action);
        let refusal = Refusal::read(
            &action,
            self.region(),
            status.as_u16(),
            kind.as_deref(),
            &body,
        );
        Err(AwsError::Refused(refusal))
    }

    fn endpoint(&self, service: Service) -> String {
        let set = std::env::var(service.variable())
            .ok()
            .filter(|url| !url.is_empty());
        let given = match service {
            Service::S3 => self.account.s3_endpoint(),
            _ => self.account.config().endpoint_url(),
        };
        if let Some(url) = set.as_deref().or(given) {
            return url.trim_end_matches('/').to_owned();
        }
        let domain = match self.partition() {
            "aws-cn" => "amazonaws.com.cn",
            _ => "amazonaws.com",
        };
        format!("https://{}.{}.{domain}", service.name(), self.region())
    }
}

fn unreadable(service: Service, action: &str) -> Fault {
    let message = format!("the answer to `{}:{action}` cannot be read", service.name());
    Fault::new(FaultKind::Tool, message)
}

/// The headers that say who asks.
fn signature(
    ask: &Ask<'_>,
    url: &str,
    region: &str,
    keys: Credentials,
) -> Result<Vec<(&'static str, String)>, Box<dyn std::error::Error + Send + Sync>> {
    let mut settings = SigningSettings::default();
    if ask.service == Service::S3 {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let identity = keys.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(ask.service.name())
        .time(SystemTime::now())
        .settings(settings)
        .build()?
        .into();
    let headers = ask
        .headers
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    let request = SignableRequest::new(ask.method, url, headers, SignableBody::Bytes(&ask.body))?;
    let (instructions, _) = sign(request, &params)?.into_parts();
    let (headers, _) = instructions.into_parts();
    Ok(headers
        .iter()
        .map(|header| (header.name(), header.value().to_owned()))
        .collect())
}

/// Percent-encodes all but unreserved characters.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(byte as char)
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}
