use serde_json::{Value, json};

use super::Values;

/// The least that `kinora lambda deploy`, `destroy` and `doctor` need, as a policy: what they
/// ask themselves, and what CloudFormation does in their name. With `image`, also what a
/// function from an image of ECR takes.
pub fn deployer_policy(values: &Values, image: bool) -> Value {
    let Values {
        account,
        region,
        partition,
        stack,
        ..
    } = values;
    let bucket = format!("arn:{partition}:s3:::{stack}-bucket-*");
    let function = format!("arn:{partition}:lambda:{region}:{account}:function:{stack}");
    let group = format!("arn:{partition}:logs:{region}:{account}:log-group:/aws/lambda/{stack}");
    let iam = format!("arn:{partition}:iam::{account}");
    let mut statements = vec![
        allow(
            "MakeTheStack",
            "cloudformation",
            "CreateStack DeleteStack DescribeStackEvents DescribeStackResources DescribeStacks GetTemplate UpdateStack",
            json!(format!(
                "arn:{partition}:cloudformation:{region}:{account}:stack/{stack}/*"
            )),
        ),
        allow(
            "MakeTheBucket",
            "s3",
            "CreateBucket DeleteBucket DeleteBucketPolicy GetBucketOwnershipControls GetBucketPolicy \
             GetBucketPublicAccessBlock GetEncryptionConfiguration GetLifecycleConfiguration ListBucket \
             ListBucketMultipartUploads PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock \
             PutEncryptionConfiguration PutLifecycleConfiguration",
            json!(bucket),
        ),
        allow(
            "FillAndEmptyTheBucket",
            "s3",
            "AbortMultipartUpload DeleteObject GetObject PutObject",
            json!(format!("{bucket}/*")),
        ),
        allow(
            "MakeTheRole",
            "iam",
            "CreateRole DeleteRole DeleteRolePolicy GetRole GetRolePolicy PutRolePolicy UpdateAssumeRolePolicy \
             UpdateRole UpdateRoleDescription",
            json!(format!("{iam}:role/{stack}-Role-*")),
        ),
        json!({
            "Sid": "GiveTheRoleToTheFunction",
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": format!("{iam}:role/{stack}-Role-*"),
            "Condition": {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}},
        }),
        allow(
            "MakeTheRenderPolicy",
            "iam",
            "CreatePolicy CreatePolicyVersion DeletePolicy DeletePolicyVersion GetPolicy GetPolicyVersion \
             ListEntitiesForPolicy ListPolicyVersions",
            json!(format!("{iam}:policy/{stack}-RenderPolicy-*")),
        ),
        allow(
            "MakeTheFunction",
            "lambda",
            "CreateFunction DeleteFunction DeleteFunctionConcurrency DeleteFunctionEventInvokeConfig GetFunction \
             GetFunctionCodeSigningConfig GetFunctionConfiguration GetFunctionEventInvokeConfig \
             GetFunctionRecursionConfig GetRuntimeManagementConfig InvokeFunction PutFunctionConcurrency \
             PutFunctionEventInvokeConfig UpdateFunctionCode UpdateFunctionConfiguration \
             UpdateFunctionEventInvokeConfig",
            json!([function, format!("{function}:*")]),
        ),
        allow(
            "MakeTheLog",
            "logs",
            "CreateLogGroup DeleteLogGroup DeleteRetentionPolicy FilterLogEvents ListTagsForResource PutRetentionPolicy",
            json!([group, format!("{group}:*")]),
        ),
        allow("SeeLogs", "logs", "DescribeLogGroups", json!("*")),
        allow(
            "SeeTheAccountsLimits",
            "lambda",
            "GetAccountSettings",
            json!("*"),
        ),
    ];
    if image {
        statements.push(allow(
            "UseTheImage",
            "ecr",
            "BatchGetImage GetDownloadUrlForLayer GetRepositoryPolicy SetRepositoryPolicy",
            json!(format!(
                "arn:{partition}:ecr:{region}:{account}:repository/*"
            )),
        ));
    }
    json!({"Version": "2012-10-17", "Statement": statements})
}

/// A statement that allows a service's actions.
fn allow(name: &str, service: &str, actions: &str, resource: Value) -> Value {
    let actions = actions.split_whitespace();
    let actions: Vec<String> = actions
        .map(|action| format!("{service}:{action}"))
        .collect();
    json!({"Sid": name, "Effect": "Allow", "Action": actions, "Resource": resource})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_fits_where_policies_are_kept() {
        let values = Values {
            account: "123456789012".to_owned(),
            region: "ap-southeast-2".to_owned(),
            partition: "aws".to_owned(),
            stack: "a-name-of-moderate-length".to_owned(),
            ..Values::default()
        };
        // A managed policy has 6,144 characters at most, white space not counted.
        let text = deployer_policy(&values, true).to_string();
        assert!(text.len() <= 6144, "{}", text.len());
        assert!(!text.contains("\"Action\":\"*\"") && !text.contains(":*\",\"Resource"));
    }
}
