use std::net::SocketAddr;

/// Where an emulator can be reached, and as whom.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Lambda's API.
    pub lambda: SocketAddr,
    /// S3.
    pub s3: SocketAddr,
    /// The region that requests are signed for.
    pub region: String,
    /// The caller's access key.
    pub access_key: String,
    /// The caller's secret key.
    pub secret_key: String,
    /// The function's name.
    pub function: String,
}

impl Endpoints {
    /// Lambda's API as a URL.
    pub fn lambda_url(&self) -> String {
        format!("http://{}", self.lambda)
    }

    /// S3 as a URL; buckets are the first step of the path.
    pub fn s3_url(&self) -> String {
        format!("http://{}", self.s3)
    }

    /// The variables that send AWS's SDKs and tools to the emulator.
    pub fn environment(&self) -> Vec<(String, String)> {
        [
            ("AWS_ENDPOINT_URL_LAMBDA", self.lambda_url()),
            ("AWS_ENDPOINT_URL_S3", self.s3_url()),
            ("AWS_ENDPOINT_URL_CLOUDFORMATION", self.lambda_url()),
            ("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", self.lambda_url()),
            ("AWS_ENDPOINT_URL_STS", self.lambda_url()),
            ("AWS_REGION", self.region.clone()),
            ("AWS_DEFAULT_REGION", self.region.clone()),
            ("AWS_ACCESS_KEY_ID", self.access_key.clone()),
            ("AWS_SECRET_ACCESS_KEY", self.secret_key.clone()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
    }
}
