//! S3 as its clients see it: who may do what, where.

use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Request, Response, StatusCode};
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::{S3Auth, SecretKey};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};

use crate::http::{self, Answer, Dropped};
use crate::keyring::Keyring;
use crate::signature::decode;
use crate::storage::Storage;

/// S3's answers to requests.
#[derive(Clone)]
pub struct S3 {
    service: S3Service,
    storage: Storage,
    region: String,
}

/// What a request says before anything is verified.
struct Claim {
    bucket: String,
    /// The region that it is signed for.
    region: Option<String>,
}

impl Claim {
    fn of(parts: &Parts) -> Self {
        let path = parts.uri.path().trim_start_matches('/');
        let bucket = path.split('/').next().unwrap_or("").to_owned();
        let credential = parts
            .headers
            .get("authorization")
            .and_then(|value| value.to_str().ok())
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
            .or_else(|| query(parts, "X-Amz-Credential"));
        // Access key, date, region.
        let region =
            credential.and_then(|credential| Some(credential.split('/').nth(2)?.to_owned()));
        Self { bucket, region }
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

impl S3 {
    pub fn new(storage: Storage, keyring: Arc<Keyring>, region: &str) -> Self {
        let mut builder = S3ServiceBuilder::new(storage.clone());
        builder.set_auth(Keys(keyring.clone()));
        builder.set_access(Keys(keyring));
        Self {
            service: builder.build(),
            storage,
            region: region.to_owned(),
        }
    }

    pub async fn answer(self, request: Request<Incoming>) -> Result<Answer, Dropped> {
        let (parts, body) = request.into_parts();
        if let Some(answer) = self.elsewhere(&Claim::of(&parts)) {
            return Ok(answer);
        }
        let request = Request::from_parts(parts, s3s::Body::from(body));
        let answer = self.service.call(request).await.map_err(|_| Dropped)?;
        Ok(answer.map(|body| body.boxed_unsync()))
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
                claim.bucket
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
            "The authorization header is malformed; the region '{signed}' is wrong; expecting '{region}'"
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

/// An error as S3 words it; nothing in it needs escaping.
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
