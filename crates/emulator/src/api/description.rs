use hyper::StatusCode;
use serde_json::{Value, json};

use crate::http::{self, Answer};
use crate::lambda::Lambda;

/// What `GetFunction` tells.
pub fn function(lambda: &Lambda, version: &str) -> Answer {
    let value = json!({
        "Configuration": configuration(lambda, version),
        "Code": {"RepositoryType": "ECR"},
        "Tags": {},
    });
    http::json(StatusCode::OK, &value)
}

/// What `ListVersionsByFunction` tells.
pub fn versions(lambda: &Lambda) -> Answer {
    let all = lambda.all_versions();
    let versions: Vec<Value> = all
        .iter()
        .map(|version| configuration(lambda, version))
        .collect();
    http::json(StatusCode::OK, &json!({"Versions": versions}))
}

/// What `GetFunctionConcurrency` tells: no calls are kept for the function.
pub fn concurrency() -> Answer {
    http::json(StatusCode::OK, &json!({}))
}

/// What `GetAccountSettings` tells.
pub fn account(lambda: &Lambda) -> Answer {
    let value = json!({
        "AccountLimit": {
            "TotalCodeSize": 80_530_636_800_u64,
            "CodeSizeUnzipped": 262_144_000,
            "CodeSizeZipped": 52_428_800,
            "ConcurrentExecutions": lambda.concurrency(),
            "UnreservedConcurrentExecutions": lambda.concurrency(),
        },
        "AccountUsage": {"TotalCodeSize": 0, "FunctionCount": 1},
    });
    http::json(StatusCode::OK, &value)
}

/// The function as one of its versions.
pub fn configuration(lambda: &Lambda, version: &str) -> Value {
    let deployment = &lambda.deployment;
    let function = &deployment.function;
    let qualifier = Some(version).filter(|version| *version != "$LATEST");
    json!({
        "FunctionName": function.name,
        "FunctionArn": deployment.arn(qualifier),
        "Role": format!("arn:aws:iam::{}:role/{}", deployment.account, function.name),
        "MemorySize": function.memory_mb,
        "Timeout": function.timeout.as_secs_f64().ceil() as u64,
        "EphemeralStorage": {"Size": function.ephemeral_storage_mb},
        "Architectures": [function.architecture],
        "PackageType": "Image",
        "Version": version,
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "LastModified": "1970-01-01T00:00:00.000+0000",
        "Environment": {"Variables": function.env},
    })
}
