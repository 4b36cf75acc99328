use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::FunctionOptions;
use crate::keyring::Key;
use crate::machine::Machine;

/// What is deployed, and where.
#[derive(Clone)]
pub struct Deployment {
    pub function: FunctionOptions,
    pub region: String,
    pub account: String,
    pub data: PathBuf,
    /// The folder of the program.
    pub task_root: PathBuf,
    pub lambda_url: String,
    pub s3_url: String,
    pub machine: Arc<Machine>,
    /// `Zip` or `Image`, as the API tells it.
    pub package: &'static str,
}

impl Deployment {
    /// The function's ARN, with the qualifier that it was called by.
    pub fn arn(&self, qualifier: Option<&str>) -> String {
        let name = &self.function.name;
        let arn = format!(
            "arn:aws:lambda:{}:{}:function:{name}",
            self.region, self.account
        );
        match qualifier {
            Some(qualifier) => format!("{arn}:{qualifier}"),
            None => arn,
        }
    }

    /// Where the function's log goes.
    pub fn log_group(&self) -> String {
        format!("/aws/lambda/{}", self.function.name)
    }

    pub fn environment(&self, version: &str, stream: &str, key: &Key) -> BTreeMap<String, String> {
        let mut env = variables(self, version, stream, key);
        env.extend(self.function.env.clone());
        env
    }
}

/// The variables that Lambda sets.
fn variables(
    deployment: &Deployment,
    version: &str,
    stream: &str,
    key: &Key,
) -> BTreeMap<String, String> {
    let function = &deployment.function;
    let task_root = deployment.task_root.display().to_string();
    let region = &deployment.region;
    let variables: [(&str, String); 22] = [
        ("_HANDLER", "bootstrap".to_owned()),
        ("AWS_REGION", region.clone()),
        ("AWS_DEFAULT_REGION", region.clone()),
        ("AWS_LAMBDA_FUNCTION_NAME", function.name.clone()),
        ("AWS_LAMBDA_FUNCTION_VERSION", version.to_owned()),
        (
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
            function.memory_mb.to_string(),
        ),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", deployment.log_group()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", stream.to_owned()),
        ("AWS_ACCESS_KEY_ID", key.access_key.clone()),
        ("AWS_SECRET_ACCESS_KEY", key.secret_key.clone()),
        ("AWS_SESSION_TOKEN", key.token.clone().unwrap_or_default()),
        ("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".to_owned()),
        ("AWS_XRAY_DAEMON_ADDRESS", "169.254.79.129:2000".to_owned()),
        ("LAMBDA_TASK_ROOT", task_root.clone()),
        ("LAMBDA_RUNTIME_DIR", "/var/runtime".to_owned()),
        ("LANG", "en_US.UTF-8".to_owned()),
        ("TZ", ":UTC".to_owned()),
        ("PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin".to_owned()),
        (
            "LD_LIBRARY_PATH",
            format!(
                "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:{task_root}:{task_root}/lib:/opt/lib"
            ),
        ),
        ("AWS_ENDPOINT_URL_LAMBDA", deployment.lambda_url.clone()),
        ("AWS_ENDPOINT_URL_S3", deployment.s3_url.clone()),
    ];
    variables
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}
