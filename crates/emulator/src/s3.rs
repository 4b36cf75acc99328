//! S3 as its clients see it: who may do what, where.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::{S3Auth, SecretKey};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};

use crate::fault::{
    ActionFault, Arrival, Asked, Faults, HANG, RequestFault, Sender, Traffic, TrafficBody, Traffics,
};
use crate::http::{self, Answer, Dropped, escape};
use crate::keyring::{Keyring, Owner};
use crate::signature::decode;
use crate::storage::Storage;

/// S3's answers to requests.
#[derive(Clone)]
pub struct S3(Arc<Inner>);

struct Inner {
    service: S3Service,
    storage: Storage,
    region: String,
    account: String,
    keyring: Arc<Keyring>,
    faults: Arc<Faults>,
    traffics: Arc<Traffics>,
}

/// What a request says before anything is verified.
struct Claim {
    /// The first parameter's name, by which S3 tells many operations apart.
    asked: String,
    method: String,
    bucket: String,
    key: String,
    /// Bucket, key and query, without what a signature changes.
    target: String,
    /// The access key that it is signed with.
    access_key: Option<String>,
    /// The region that it is signed for.
    region: Option<String>,
    /// Whether the signature is a part of the URL.
    is_presigned: bool,
    /// The bytes of its body.
    length: u64,
}

impl Claim {
    fn of(parts: &Parts) -> Self {
        let path = String::from_utf8_lossy(&decode(parts.uri.path())).into_owned();
        let (bucket, key) = path
            .trim_start_matches('/')
            .split_once('/')
            .unwrap_or((path.trim_matches('/'), ""));
        let header = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let presigned = query(parts, "X-Amz-Credential");
        let is_presigned = presigned.is_some();
        let credential = header("authorization")
            .and_then(|value| {
                Some(
                    value
                        .split_once("Credential=")?
                        .1
                        .split(',')
                        .next()?
                        .to_owned(),
                )
            })
            .or(presigned);
        // Access key, date, region.
        let field = |number| Some(credential.as_ref()?.split('/').nth(number)?.to_owned());
        let unsigned: Vec<&str> = parts
            .uri
            .query()
            .unwrap_or("")
            .split('&')
            .filter(|pair| !pair.starts_with("X-Amz-") && !pair.starts_with("uploadId="))
            .collect();
        let asked = parts.uri.query().unwrap_or("");
        Self {
            asked: asked.split(['=', '&']).next().unwrap_or("").to_owned(),
            method: parts.method.to_string(),
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            target: format!("{path}?{}", unsigned.join("&")),
            access_key: field(0),
            region: field(2),
            is_presigned,
            length: header("content-length")
                .and_then(|length| length.parse().ok())
                .unwrap_or(0),
        }
    }
}

impl Claim {
    /// What is asked for, as policies name it.
    fn action(&self) -> &'static str {
        match (
            self.method.as_str(),
            self.key.is_empty(),
            self.asked.as_str(),
        ) {
            ("GET", true, "lifecycle") => "s3:GetLifecycleConfiguration",
            ("POST", true, "delete") | ("DELETE", false, "") => "s3:DeleteObject",
            ("DELETE", false, _) => "s3:AbortMultipartUpload",
            ("PUT", true, _) => "s3:CreateBucket",
            ("DELETE", true, _) => "s3:DeleteBucket",
            ("GET" | "HEAD", true, _) => "s3:ListBucket",
            ("GET" | "HEAD", false, _) => "s3:GetObject",
            _ => "s3:PutObject",
        }
    }
}

/// A parameter of the query, decoded.
fn query(parts: &Parts, name: &str) -> Option<String> {
    let pairs = parts.uri.query()?.split('&');
    let value = pairs
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)?
        .1;
    String::from_utf8(decode(value)).ok()
}

/// Whether a request wants to be told to go on, though nothing is to come. S3 does so;
/// the server here answers at once, and botocore then misreads what follows on the same
/// connection.
fn asks_for_nothing(request: &Request<Incoming>) -> bool {
    use hyper::body::Body as _;
    request.headers().contains_key("expect") && request.body().is_end_stream()
}

impl S3 {
    pub fn new(
        storage: Storage,
        keyring: Arc<Keyring>,
        (region, account): (&str, &str),
        faults: Arc<Faults>,
        traffics: Arc<Traffics>,
    ) -> Self {
        let mut builder = S3ServiceBuilder::new(storage.clone());
        builder.set_auth(Keys(keyring.clone()));
        builder.set_access(Keys(keyring.clone()));
        let (service, region) = (builder.build(), region.to_owned());
        let account = account.to_owned();
        Self(Arc::new(Inner {
            service,
            storage,
            region,
            account,
            keyring,
            faults,
            traffics,
        }))
    }

    pub async fn answer(self, request: Request<Incoming>) -> Result<Answer, Dropped> {
        let is_unasked = asks_for_nothing(&request);
        let mut answer = self.0.answer(request).await?;
        if is_unasked {
            http::set(&mut answer, "connection", "close");
        }
        Ok(answer)
    }
}

impl Inner {
    async fn answer(&self, request: Request<Incoming>) -> Result<Answer, Dropped> {
        let (parts, body) = request.into_parts();
        let claim = Claim::of(&parts);
        let traffic = self.traffic(&claim);
        if traffic.is_none()
            && !claim.is_presigned
            && let Some(fault) = self.faults.of_action(claim.action())
        {
            http::read(body, 0).await;
            return Ok(self.refused(&fault, claim.action()));
        }
        let mut is_lost = false;
        let mut cut = None;
        for fault in self.faults(&claim, traffic.as_deref()) {
            match fault {
                RequestFault::Delay(time) => tokio::time::sleep(time).await,
                RequestFault::LoseAnswer => is_lost = true,
                RequestFault::Reset(share) => cut = Some(share),
                _ => return refuse(fault, body).await,
            }
        }
        let arrival = traffic
            .as_ref()
            .map_or(Arrival::Pass, |traffic| traffic.arrive());
        match arrival {
            Arrival::Fatal => return hang().await,
            Arrival::Expired => return refuse(RequestFault::ExpiredToken, body).await,
            Arrival::Pass | Arrival::FatalAfter(_) => {}
        }
        if let Some(answer) = self.elsewhere(&claim) {
            http::read(body, 0).await;
            return Ok(answer);
        }
        let share_of = |bytes: u64| cut.map(|share: f64| (bytes as f64 * share) as u64);
        let left = if claim.length > 0 {
            share_of(claim.length)
        } else {
            None
        };
        let body = TrafficBody::new(body, traffic.clone(), left);
        let is_cut = body.is_cut();
        let request = Request::from_parts(parts, s3s::Body::http_body_unsync(body));
        let answer = self.service.call(request).await.map_err(|_| Dropped)?;
        if let (Arrival::FatalAfter(moment), Some(traffic)) = (arrival, &traffic) {
            traffic.fire(moment);
            return hang().await;
        }
        if is_lost || is_cut.load(Relaxed) {
            return Err(Dropped);
        }
        let length = answer
            .headers()
            .get("content-length")
            .and_then(|length| length.to_str().ok()?.parse().ok());
        if cut.is_none() || claim.length > 0 {
            return Ok(answer.map(|body| body.boxed_unsync()));
        }
        // The answer's body is cut, where it has one.
        let left = share_of(length.unwrap_or(0)).filter(|left| *left > 0 && claim.method != "HEAD");
        let left = left.ok_or(Dropped)?;
        Ok(answer.map(|body| TrafficBody::new(body, None, Some(left)).boxed_unsync()))
    }

    /// The answer to an action of the user's that a fault hits.
    fn refused(&self, fault: &ActionFault, action: &str) -> Answer {
        let user = format!("arn:aws:iam::{}:user/emulator", self.account);
        let denied = format!(
            "User: {user} is not authorized to perform: {action} on resource: * because no identity-based policy allows the {action} action"
        );
        let (status, code, message) = match fault {
            ActionFault::Denied => (403, "AccessDenied", denied.as_str()),
            ActionFault::ExpiredToken => (400, "ExpiredToken", "The provided token has expired."),
            ActionFault::UnknownKey => (
                403,
                "InvalidAccessKeyId",
                "The AWS Access Key Id you provided does not exist in our records.",
            ),
            ActionFault::Throttled => (503, "SlowDown", "Please reduce your request rate."),
            ActionFault::ServiceError => {
                (500, "InternalError", "We encountered an internal error.")
            }
            ActionFault::Fail(words) => (400, "InvalidRequest", words.as_str()),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        error(status, code, &escape(message), "")
    }

    /// The traffic of the sandbox that sent the request itself.
    fn traffic(&self, claim: &Claim) -> Option<Arc<Traffic>> {
        if claim.is_presigned {
            return None;
        }
        match self.keyring.find(claim.access_key.as_deref()?)?.owner {
            Owner::Sandbox(number) => Some(self.traffics.of(number)),
            Owner::Caller => None,
        }
    }

    /// The faults that hit the request, noted.
    fn faults(&self, claim: &Claim, traffic: Option<&Traffic>) -> Vec<RequestFault> {
        let sender = if traffic.is_some() {
            Sender::Function
        } else {
            Sender::Caller
        };
        let asked = Asked {
            method: &claim.method,
            target: &claim.target,
            key: &claim.key,
            sender,
        };
        let faults = self.faults.of_request(asked);
        for fault in &faults {
            let into = format!("{} /{}/{}", claim.method, claim.bucket, claim.key);
            self.faults.note(fault, &into);
            if let Some(traffic) = traffic {
                traffic.note(&format!("{into}: {fault}"));
            }
        }
        faults
    }

    /// The answer to a request that is signed for another region than the bucket's.
    fn elsewhere(&self, claim: &Claim) -> Option<Answer> {
        let state = self.storage.state();
        let region = state
            .shelf(&claim.bucket)
            .ok()
            .and_then(|shelf| shelf.region.clone());
        let region = region.unwrap_or_else(|| self.region.clone());
        let signed = claim.region.as_ref().filter(|signed| **signed != region)?;
        if *signed == self.region {
            let message = "The bucket you are attempting to access must be addressed using the specified endpoint. \
                           Please send all future requests to this endpoint.";
            let more = format!(
                "<Endpoint>{0}.s3.{region}.amazonaws.com</Endpoint><Bucket>{0}</Bucket>",
                escape(&claim.bucket)
            );
            let mut answer = error(
                StatusCode::MOVED_PERMANENTLY,
                "PermanentRedirect",
                message,
                &more,
            );
            http::set(&mut answer, "x-amz-bucket-region", &region);
            return Some(answer);
        }
        let message = format!(
            "The authorization header is malformed; the region '{}' is wrong; expecting '{region}'",
            escape(signed)
        );
        let more = format!("<Region>{region}</Region>");
        let mut answer = error(
            StatusCode::BAD_REQUEST,
            "AuthorizationHeaderMalformed",
            &message,
            &more,
        );
        http::set(&mut answer, "x-amz-bucket-region", &region);
        Some(answer)
    }
}

/// Answers with the fault's error, once the request has been read.
async fn refuse(fault: RequestFault, body: Incoming) -> Result<Answer, Dropped> {
    http::read(body, 0).await;
    let (status, code, message) = match fault {
        RequestFault::SlowDown => (503, "SlowDown", "Please reduce your request rate."),
        RequestFault::Conflict => (
            409,
            "ConditionalRequestConflict",
            "A conflicting operation occurred during the request. Please retry.",
        ),
        RequestFault::ExpiredToken => (400, "ExpiredToken", "The provided token has expired."),
        _ => (
            500,
            "InternalError",
            "We encountered an internal error. Please try again.",
        ),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Ok(error(status, code, message, ""))
}

/// Leaves a sender without an answer that is about to be killed.
async fn hang() -> Result<Answer, Dropped> {
    tokio::time::sleep(HANG).await;
    Err(Dropped)
}

/// An error as S3 words it; `message` and `more` are XML.
fn error(status: StatusCode, code: &str, message: &str, more: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Error><Code>{code}</Code><Message>{message}</Message>{more}</Error>"
    );
    let mut answer = Response::new(http::body(body));
    *answer.status_mut() = status;
    http::set(&mut answer, "content-type", "application/xml");
    answer
}

/// Who may do something: whoever signs with a key of ours, and its token.
struct Keys(Arc<Keyring>);

#[async_trait::async_trait]
impl S3Auth for Keys {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        match self.0.find(access_key) {
            Some(key) => Ok(SecretKey::from(key.secret_key)),
            None => Err(s3_error!(
                InvalidAccessKeyId,
                "The AWS Access Key Id you provided does not exist in our records."
            )),
        }
    }
}

#[async_trait::async_trait]
impl S3Access for Keys {
    async fn check(&self, context: &mut S3AccessContext<'_>) -> S3Result<()> {
        let Some(credentials) = context.credentials() else {
            return Err(s3_error!(AccessDenied, "Access Denied"));
        };
        let token = self
            .0
            .find(&credentials.access_key)
            .and_then(|key| key.token);
        let header = context.headers().get("x-amz-security-token");
        let given = match header.and_then(|value| value.to_str().ok()) {
            Some(header) => Some(header.to_owned()),
            None => context
                .uri()
                .query()
                .unwrap_or("")
                .split('&')
                .find_map(|pair| pair.strip_prefix("X-Amz-Security-Token="))
                .and_then(|value| String::from_utf8(decode(value)).ok()),
        };
        if token.is_some() && token != given {
            return Err(s3_error!(
                InvalidToken,
                "The provided token is malformed or otherwise invalid."
            ));
        }
        Ok(())
    }
}
