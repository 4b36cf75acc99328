use crate::api::refusal::Unanswered;
use crate::api::{result, unknown};
use crate::cloud::Cloud;
use crate::http::Answer;

/// Answers a request to STS.
pub fn answer(cloud: &Cloud, operation: &str, request_id: &str) -> Result<Answer, Unanswered> {
    if operation != "GetCallerIdentity" {
        return Err(unknown(&format!("sts:{operation}")).into());
    }
    let told = format!(
        "<Arn>{}</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>{}</Account>",
        cloud.user(),
        cloud.base.account
    );
    Ok(result(operation, &told, request_id))
}
