use serde::Serialize;
use serde_json::Value;

use super::{
    Aws, AwsError,
    request::{Ask, Service, encode},
};

/// A function as it is deployed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeployedFunction {
    /// Its name.
    pub name: String,
    /// MB of memory.
    pub memory_mb: u64,
    /// Seconds that a call may last.
    pub timeout: u64,
    /// MB of `/tmp`.
    pub storage_mb: u64,
    /// `x86_64` or `arm64`.
    pub architecture: String,
    /// `Zip` or `Image`.
    pub package: String,
    /// `Active`, or why it cannot be called.
    pub state: String,
    /// The bucket that it uses.
    pub bucket: Option<String>,
}

/// What an account may use of Lambda in a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quota {
    /// Calls at once.
    pub concurrency: u64,
    /// Those that are not kept for one function.
    pub unreserved: u64,
}

impl Aws {
    /// The function of this name or ARN; none if there is none here.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn function(&self, name: &str) -> Result<Option<DeployedFunction>, AwsError> {
        let target = format!("/2015-03-31/functions/{}/configuration", encode(name));
        match self.json(get("GetFunctionConfiguration", target)).await {
            Ok(value) => Ok(Some(DeployedFunction::read(&value))),
            Err(AwsError::Refused(refusal)) if refusal.code == "ResourceNotFoundException" => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// What the account may use.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn quota(&self) -> Result<Quota, AwsError> {
        let target = "/2016-08-19/account-settings/".to_owned();
        let value = self.json(get("GetAccountSettings", target)).await?;
        let number = |name: &str| value["AccountLimit"][name].as_u64().unwrap_or(0);
        Ok(Quota {
            concurrency: number("ConcurrentExecutions"),
            unreserved: number("UnreservedConcurrentExecutions"),
        })
    }
}

fn get(action: &str, target: String) -> Ask<'_> {
    Ask {
        service: Service::Lambda,
        action,
        method: "GET",
        target,
        headers: Vec::new(),
        body: Vec::new(),
    }
}

impl DeployedFunction {
    fn read(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let state = match (value["State"].as_str(), value["StateReason"].as_str()) {
            (Some(state), Some(reason)) if state != "Active" => format!("{state}: {reason}"),
            (state, _) => state.unwrap_or("Active").to_owned(),
        };
        Self {
            name: text(&value["FunctionName"]),
            memory_mb: value["MemorySize"].as_u64().unwrap_or(0),
            timeout: value["Timeout"].as_u64().unwrap_or(0),
            storage_mb: value["EphemeralStorage"]["Size"].as_u64().unwrap_or(512),
            architecture: text(&value["Architectures"][0]),
            package: text(&value["PackageType"]),
            state,
            bucket: value["Environment"]["Variables"]["REVIDEO_BUCKET_NAME"]
                .as_str()
                .map(str::to_owned),
        }
    }
}
