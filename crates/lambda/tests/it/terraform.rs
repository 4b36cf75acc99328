//! `deploy/terraform` against `deploy/template.json`: the same resources, the same statements
//! of policies, the same settings. Terraform itself is not run.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

const TEMPLATE: &str = include_str!("../../../../deploy/template.json");
const MAIN: &str = include_str!("../../../../deploy/terraform/main.tf");
const VARIABLES: &str = include_str!("../../../../deploy/terraform/variables.tf");
const OUTPUTS: &str = include_str!("../../../../deploy/terraform/outputs.tf");

/// What stands in the module for each kind of the template's resources.
const KINDS: [(&str, &[&str]); 7] = [
    (
        "AWS::S3::Bucket",
        &[
            "aws_s3_bucket",
            "aws_s3_bucket_lifecycle_configuration",
            "aws_s3_bucket_ownership_controls",
            "aws_s3_bucket_public_access_block",
            "aws_s3_bucket_server_side_encryption_configuration",
        ],
    ),
    ("AWS::S3::BucketPolicy", &["aws_s3_bucket_policy"]),
    ("AWS::Logs::LogGroup", &["aws_cloudwatch_log_group"]),
    ("AWS::IAM::Role", &["aws_iam_role", "aws_iam_role_policy"]),
    // The zip is brought by the module itself; the command sends it between two changes.
    (
        "AWS::Lambda::Function",
        &["aws_lambda_function", "aws_s3_object"],
    ),
    (
        "AWS::Lambda::EventInvokeConfig",
        &["aws_lambda_function_event_invoke_config"],
    ),
    ("AWS::IAM::ManagedPolicy", &["aws_iam_policy"]),
];

/// The template's parameters and the module's variables.
const PARAMETERS: [(&str, &str); 9] = [
    ("Name", "name"),
    ("ImageUri", "image_uri"),
    ("CodeKey", "zip_file"),
    ("Architecture", "architecture"),
    ("MemorySize", "memory_size"),
    ("TemporaryStorage", "temporary_storage"),
    ("Concurrency", "concurrency"),
    ("LogDays", "log_days"),
    ("BucketDays", "bucket_days"),
];

fn template() -> Value {
    serde_json::from_str(TEMPLATE).unwrap()
}

/// Text with every stretch of white space as one space.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The blocks that begin with this word: the words behind it, and what stands in each.
fn blocks(text: &str, word: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(names) = line.strip_prefix(&format!("{word} ")) else {
            continue;
        };
        let body = lines.by_ref().take_while(|line| *line != "}");
        let body: Vec<&str> = body
            .filter(|line| !line.trim_start().starts_with('#'))
            .collect();
        let names = names.trim_end_matches('{').replace('"', "");
        found.push((plain(&names), plain(&body.join("\n"))));
    }
    found
}

fn resource(name: &str) -> String {
    let found = blocks(MAIN, "resource")
        .into_iter()
        .find(|(names, _)| names == name);
    found
        .unwrap_or_else(|| panic!("there is no resource `{name}`"))
        .1
}

#[test]
fn there_are_the_same_resources() {
    let template = template();
    let resources = template["Resources"].as_object().unwrap();
    let kinds: BTreeMap<&str, &[&str]> = KINDS.into_iter().collect();
    let wanted: BTreeSet<&str> = resources
        .values()
        .flat_map(|one| kinds[one["Type"].as_str().unwrap()].iter().copied())
        .collect();
    let names = blocks(MAIN, "resource");
    let found: BTreeSet<&str> = names
        .iter()
        .filter_map(|(names, _)| names.split(' ').next())
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn policies_have_the_same_statements() {
    let template = template();
    for (pointer, name) in [
        (
            "/Resources/BucketPolicy/Properties/PolicyDocument/Statement",
            "aws_s3_bucket_policy bucket_policy",
        ),
        (
            "/Resources/Role/Properties/Policies/0/PolicyDocument/Statement",
            "aws_iam_role_policy function",
        ),
        (
            "/Resources/RenderPolicy/Properties/PolicyDocument/Statement",
            "aws_iam_policy render_policy",
        ),
    ] {
        let statements = template.pointer(pointer).unwrap().as_array().unwrap();
        let wanted: Vec<String> = statements.iter().map(statement).collect();
        let text = resource(name);
        let found: Vec<String> = text
            .split("{ Sid = ")
            .skip(1)
            .map(|text| format!("Sid = {text}"))
            .collect();
        assert_eq!(found.len(), wanted.len(), "{name}");
        for (found, wanted) in found.iter().zip(&wanted) {
            assert!(
                found.starts_with(wanted.as_str()),
                "{name}:\n{found}\nis not\n{wanted}"
            );
        }
    }
    let trust = r#"Effect = "Allow" Principal = { Service = "lambda.amazonaws.com" } Action = "sts:AssumeRole""#;
    assert!(resource("aws_iam_role role").contains(trust));
}

/// A statement as the module words it.
fn statement(statement: &Value) -> String {
    let text = |name: &str| statement[name].as_str().unwrap();
    let principal = match statement.get("Principal") {
        Some(principal) => format!("Principal = {principal} "),
        None => String::new(),
    };
    format!(
        "Sid = \"{}\" Effect = \"{}\" {principal}Action = {} Resource = {} ",
        text("Sid"),
        text("Effect"),
        list(&statement["Action"]),
        list(&statement["Resource"])
    )
}

fn list(value: &Value) -> String {
    match value {
        Value::Array(list) => format!(
            "[{}]",
            list.iter().map(expression).collect::<Vec<_>>().join(", ")
        ),
        one => expression(one),
    }
}

/// A value of the template as the module words it.
fn expression(value: &Value) -> String {
    let function = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Name}";
    if let Some(path) = value["Fn::GetAtt"].as_array() {
        return match path[0].as_str().unwrap() {
            "Bucket" => "aws_s3_bucket.bucket.arn".to_owned(),
            // The module's provider tells it without the end.
            "LogGroup" => "\"${aws_cloudwatch_log_group.log_group.arn}:*\"".to_owned(),
            other => panic!("`{other}` has no counterpart"),
        };
    }
    match value["Fn::Sub"].as_str() {
        Some(text) if text == function => "local.function_arn".to_owned(),
        Some(text) => {
            let text = text.replace(function, "${local.function_arn}");
            format!(
                "\"{}\"",
                text.replace("${Bucket.Arn}", "${aws_s3_bucket.bucket.arn}")
            )
        }
        None => value.to_string(),
    }
}

#[test]
fn parameters_have_the_same_defaults_and_limits() {
    let template = template();
    let parameters = template["Parameters"].as_object().unwrap();
    let known: BTreeSet<&str> = PARAMETERS
        .iter()
        .map(|(name, _)| *name)
        .chain(["CodeBucket"])
        .collect();
    assert_eq!(
        parameters
            .keys()
            .map(String::as_str)
            .collect::<BTreeSet<_>>(),
        known
    );
    let variables: BTreeMap<String, String> = blocks(VARIABLES, "variable").into_iter().collect();
    assert_eq!(
        variables.len(),
        PARAMETERS.len() + 1,
        "and the bucket's name"
    );
    for (name, variable) in PARAMETERS {
        let (parameter, text) = (&parameters[name], &variables[variable]);
        let default = format!("default = {}", parameter["Default"]);
        assert!(text.contains(&default), "{variable}: {text}");
        for (limit, sign) in [("MinValue", ">="), ("MaxValue", "<=")] {
            if let Some(limit) = parameter.get(limit) {
                let condition = format!("var.{variable} {sign} {limit}");
                assert!(text.contains(&condition), "{variable}: no `{condition}`");
            }
        }
        if let Some(allowed) = parameter["AllowedValues"].as_array() {
            let allowed: Vec<String> = allowed.iter().map(Value::to_string).collect();
            let condition = format!("contains([{}], var.{variable})", allowed.join(", "));
            assert!(text.contains(&condition), "{variable}: no `{condition}`");
        }
        if variable != "zip_file" {
            let description = format!("description = {}", parameter["Description"]);
            assert!(text.contains(&description), "{variable}: {text}");
        }
    }
}

#[test]
fn settings_are_the_same() {
    let template = template();
    let function = &template["Resources"]["Function"]["Properties"];
    let text = resource("aws_lambda_function function");
    for (name, value) in [
        ("description", &function["Description"]),
        ("timeout", &function["Timeout"]),
    ] {
        assert!(text.contains(&format!("{name} = {value}")), "{name}");
    }
    for line in [
        r#"package_type = var.image_uri == "" ? "Zip" : "Image""#,
        r#"runtime = var.image_uri == "" ? "provided.al2023" : null"#,
        r#"handler = var.image_uri == "" ? "bootstrap" : null"#,
        "memory_size = var.memory_size",
        "ephemeral_storage { size = var.temporary_storage }",
        "architectures = [var.architecture]",
        "REVIDEO_BUCKET_NAME = aws_s3_bucket.bucket.bucket",
    ] {
        assert!(text.contains(line), "no `{line}`");
    }
    assert_eq!(function["Runtime"]["Fn::If"][2], "provided.al2023");
    assert_eq!(function["Handler"]["Fn::If"][2], "bootstrap");
    let variables = function["Environment"]["Variables"].as_object().unwrap();
    assert_eq!(
        variables.keys().collect::<Vec<_>>(),
        ["REVIDEO_BUCKET_NAME"]
    );

    let attempts = &template["Resources"]["Attempts"]["Properties"]["MaximumRetryAttempts"];
    let text = resource("aws_lambda_function_event_invoke_config attempts");
    assert!(text.contains(&format!("maximum_retry_attempts = {attempts}")));

    let bucket = &template["Resources"]["Bucket"]["Properties"];
    let text = resource("aws_s3_bucket_public_access_block bucket");
    for (name, value) in bucket["PublicAccessBlockConfiguration"]
        .as_object()
        .unwrap()
    {
        // BlockPublicAcls becomes block_public_acls.
        let letters = name.chars().flat_map(|letter| match letter.is_uppercase() {
            true => vec!['_', letter.to_ascii_lowercase()],
            false => vec![letter],
        });
        let line = format!(
            "{} = {value}",
            letters.collect::<String>().trim_start_matches('_')
        );
        assert!(text.contains(&line), "no `{line}`");
    }
    let owner = &bucket["OwnershipControls"]["Rules"][0]["ObjectOwnership"];
    assert!(resource("aws_s3_bucket_ownership_controls bucket").contains(&owner.to_string()));
    assert!(
        resource("aws_s3_bucket_server_side_encryption_configuration bucket").contains("AES256")
    );

    let rules = bucket["LifecycleConfiguration"]["Rules"]
        .as_array()
        .unwrap();
    let text = resource("aws_s3_bucket_lifecycle_configuration bucket");
    assert_eq!(text.matches("id = ").count(), rules.len());
    for rule in rules.iter().take(3) {
        let prefix = rule.get("Prefix").cloned().unwrap_or_else(|| "".into());
        let end = match rule.get("ExpirationInDays") {
            Some(days) => format!("expiration {{ days = {days} }}"),
            None => "abort_incomplete_multipart_upload { days_after_initiation = 1 }".to_owned(),
        };
        let wanted = format!(
            "rule {{ id = {} status = {} filter {{ prefix = {prefix} }} {end} }}",
            rule["Id"], rule["Status"]
        );
        assert!(text.contains(&wanted), "no `{wanted}`");
    }
    assert!(
        text.contains(
            r#"dynamic "rule" { for_each = var.bucket_days == 0 ? [] : [var.bucket_days]"#
        )
    );
}

#[test]
fn there_are_the_same_outputs() {
    let template = template();
    let found: BTreeMap<String, String> = blocks(OUTPUTS, "output").into_iter().collect();
    let outputs = template["Outputs"].as_object().unwrap();
    assert_eq!(found.len(), outputs.len());
    for output in outputs.values() {
        let description = format!("description = {}", output["Description"]);
        assert!(
            found.values().any(|text| text.contains(&description)),
            "no `{description}`"
        );
    }
}
