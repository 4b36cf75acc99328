//! S3 in front of a folder.

use std::path::Path;
use std::sync::Arc;

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::Incoming;
use s3s::access::{S3Access, S3AccessContext};
use s3s::auth::{S3Auth, SecretKey};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3Result, s3_error};

use crate::http::{Answer, Dropped};
use crate::keyring::Keyring;

/// S3's answers to requests.
#[derive(Clone)]
pub struct S3 {
    service: S3Service,
}

impl S3 {
    pub fn open(folder: &Path, keyring: Arc<Keyring>) -> std::io::Result<Self> {
        let files = s3s_fs::FileSystem::new(folder)
            .map_err(|error| std::io::Error::other(format!("{error:?}")))?;
        let mut builder = S3ServiceBuilder::new(files);
        builder.set_auth(Keys(keyring.clone()));
        builder.set_access(Keys(keyring));
        Ok(Self {
            service: builder.build(),
        })
    }

    pub async fn answer(self, request: Request<Incoming>) -> Result<Answer, Dropped> {
        let answer = self
            .service
            .call(request.map(s3s::Body::from))
            .await
            .map_err(|_| Dropped)?;
        Ok(answer.map(|body| body.boxed_unsync()))
    }
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
        let query = context.uri().query().unwrap_or("");
        let given = context
            .headers()
            .get("x-amz-security-token")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
            .or_else(|| {
                let value = query
                    .split('&')
                    .find_map(|pair| pair.strip_prefix("X-Amz-Security-Token="))?;
                String::from_utf8(crate::signature::decode(value)).ok()
            });
        if token.is_some() && token != given {
            return Err(s3_error!(
                InvalidToken,
                "The provided token is malformed or otherwise invalid."
            ));
        }
        Ok(())
    }
}
