use hyper::StatusCode;
use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::http::{self, Answer};
use crate::lambda::Lambda;

/// What `GetFunction` tells.
pub fn function(lambda: &Lambda, version: &str) -> Answer {
    let value = json!({
        "Configuration": configuration(lambda, version),
        "Code": {"RepositoryType": if lambda.deployment.package == "Zip" { "S3" } else { "ECR" }},
        "Tags": {},
    });
    http::json(StatusCode::OK, &value)
}

/// What `GetFunctionConcurrency` tells.
pub fn concurrency(lambda: &Lambda) -> Answer {
    let value = match lambda.reserved() {
        Some(count) => json!({"ReservedConcurrentExecutions": count}),
        None => json!({}),
    };
    http::json(StatusCode::OK, &value)
}

/// What `GetAccountSettings` tells.
pub fn account(cloud: &Cloud) -> Answer {
    let functions = cloud.functions.all();
    let reserved: usize = functions
        .iter()
        .filter_map(|lambda| lambda.reserved())
        .sum();
    let value = json!({
        "AccountLimit": {
            "TotalCodeSize": 80_530_636_800_u64,
            "CodeSizeUnzipped": 262_144_000,
            "CodeSizeZipped": 52_428_800,
            "ConcurrentExecutions": cloud.concurrency,
            "UnreservedConcurrentExecutions": cloud.concurrency.saturating_sub(reserved),
        },
        "AccountUsage": {"TotalCodeSize": 0, "FunctionCount": functions.len()},
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
        "PackageType": deployment.package,
        "Version": version,
        "State": "Active",
        "LastUpdateStatus": "Successful",
        "LastModified": "1970-01-01T00:00:00.000+0000",
        "Environment": {"Variables": function.env},
    })
}
