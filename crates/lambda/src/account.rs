use std::{
    env,
    sync::{Arc, Once},
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig, retry::RetryConfig};
use aws_credential_types::{
    Credentials,
    provider::{ProvideCredentials as _, SharedCredentialsProvider},
};
use aws_smithy_http_client::tls;
use object_store::{
    CredentialProvider,
    aws::{AwsCredential, AwsCredentialProvider},
};

use tokio::sync::Mutex;

use crate::{Fault, FaultKind};

/// Whose bucket and functions are used: what AWS's ordinary chain of settings says
/// (environment, profiles, single sign-on, roles).
#[derive(Clone)]
pub struct Account {
    config: SdkConfig,
    credentials: Arc<Keys>,
    region: String,
    s3_endpoint: Option<String>,
}

impl Account {
    /// An account given in full, such as an emulator's: access key and secret key, the
    /// region, and where Lambda and S3 answer.
    pub async fn given(keys: (&str, &str), region: &str, lambda: &str, s3: &str) -> Self {
        let credentials = Credentials::new(keys.0, keys.1, None, None, "given");
        let config = loader()
            .credentials_provider(credentials.clone())
            .region(Region::new(region.to_owned()))
            .endpoint_url(lambda)
            .load()
            .await;
        Self {
            config,
            credentials: Arc::new(Keys::new(SharedCredentialsProvider::new(credentials))),
            region: region.to_owned(),
            s3_endpoint: Some(s3.to_owned()),
        }
    }

    /// The account that the environment names.
    ///
    /// # Errors
    /// When no region or no credentials are set.
    pub async fn from_environment() -> Result<Self, Fault> {
        Self::in_region(None).await
    }

    /// The account that the environment names, in this region if one is given.
    ///
    /// # Errors
    /// When no region or no credentials are set.
    pub async fn in_region(region: Option<&str>) -> Result<Self, Fault> {
        let mut loader = loader();
        if let Some(region) = region {
            loader = loader.region(Region::new(region.to_owned()));
        }
        let config = loader.load().await;
        let Some(region) = config.region().map(Region::to_string) else {
            return Err(Fault::new(
                FaultKind::Tool,
                "no AWS region is set (AWS_REGION, AWS_DEFAULT_REGION, or the profile's `region`)",
            ));
        };
        let Some(provider) = config.credentials_provider() else {
            return Err(no_credentials());
        };
        let s3_endpoint = set("AWS_ENDPOINT_URL_S3").or_else(|| set("AWS_ENDPOINT_URL"));
        Ok(Self {
            config,
            credentials: Arc::new(Keys::new(provider)),
            region,
            s3_endpoint,
        })
    }

    /// AWS's own settings, for clients of other services.
    pub fn config(&self) -> &SdkConfig {
        &self.config
    }

    /// The region, such as `eu-central-1`.
    pub fn region(&self) -> &str {
        &self.region
    }

    /// Where S3 answers, if not at AWS.
    pub fn s3_endpoint(&self) -> Option<&str> {
        self.s3_endpoint.as_deref()
    }

    /// Makes sure that there are credentials, before anything is begun.
    ///
    /// # Errors
    /// When there are none or they cannot be had.
    pub async fn check(&self) -> Result<(), Fault> {
        self.keys().await.map(drop)
    }

    /// The keys that requests are signed with now.
    ///
    /// # Errors
    /// When there are none or they cannot be had.
    pub(crate) async fn keys(&self) -> Result<Credentials, Fault> {
        let keys = self.credentials.provider.provide_credentials().await;
        keys.map_err(|error| {
            let fault = no_credentials().because(&error);
            match fault.causes.iter().any(|cause| cause.contains("expired")) {
                true => Fault {
                    message: "the AWS sign-in has expired: sign in again (`aws sso login`)"
                        .to_owned(),
                    ..fault
                },
                false => fault,
            }
        })
    }

    /// The credentials for S3.
    pub fn credentials(&self) -> AwsCredentialProvider {
        self.credentials.clone()
    }
}

fn loader() -> ConfigLoader {
    use_ring();
    let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    let client = aws_smithy_http_client::Builder::new().tls_provider(ring);
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(client.build_https())
        // Calls of functions are repeated by the dispatcher alone, which knows what
        // another attempt costs.
        .retry_config(RetryConfig::disabled())
}

fn no_credentials() -> Fault {
    Fault::new(
        FaultKind::Tool,
        "no AWS credentials are set (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a role)",
    )
}

fn set(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// All of this process's TLS goes through ring.
pub(crate) fn use_ring() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only if a provider is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// AWS's credentials as the object store asks for them, with each request.
#[derive(Debug)]
struct Keys {
    provider: SharedCredentialsProvider,
    known: Mutex<Option<Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    credential: Arc<AwsCredential>,
    expiry: Option<SystemTime>,
}

/// How long before they expire credentials are asked for anew.
const MARGIN: Duration = Duration::from_secs(120);

impl Keys {
    fn new(provider: SharedCredentialsProvider) -> Self {
        Self {
            provider,
            known: Mutex::default(),
        }
    }
}

#[async_trait]
impl CredentialProvider for Keys {
    type Credential = AwsCredential;

    async fn get_credential(&self) -> object_store::Result<Arc<AwsCredential>> {
        let mut known = self.known.lock().await;
        let good = |known: &&Known| {
            known
                .expiry
                .is_none_or(|end| SystemTime::now() + MARGIN < end)
        };
        if let Some(known) = known.as_ref().filter(good) {
            return Ok(known.credential.clone());
        }
        let found = self.provider.provide_credentials().await;
        let found = found.map_err(|source| object_store::Error::Generic {
            store: "S3",
            source: Box::new(source),
        })?;
        let credential = Arc::new(AwsCredential {
            key_id: found.access_key_id().to_owned(),
            secret_key: found.secret_access_key().to_owned(),
            token: found.session_token().map(str::to_owned),
        });
        *known = Some(Known {
            credential: credential.clone(),
            expiry: found.expiry(),
        });
        Ok(credential)
    }
}

/// How long a function may take to answer at most: AWS's own limit, and a little.
pub const LONGEST_CALL: Duration = Duration::from_secs(15 * 60 + 30);
