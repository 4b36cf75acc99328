//! What the errors mean that a new user of AWS meets first, and the way out of each.

use serde_json::json;

use super::refusal::is_denial;

/// The way out of an error, if it is one of those with a known one. `code` is AWS's, empty
/// if only its words are known (a stack's event); `action` is what was asked for.
pub fn way_out(code: &str, message: &str, region: &str, action: Option<&str>) -> Option<String> {
    let text = match code {
        "ExpiredToken" | "ExpiredTokenException" | "RequestExpired" | "TokenRefreshRequired" => {
            "the AWS credentials have expired: sign in again (`aws sso login`), or set new AWS_ACCESS_KEY_ID, \
             AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN"
                .to_owned()
        }
        "InvalidClientTokenId" | "UnrecognizedClientException" | "InvalidAccessKeyId" | "InvalidToken"
        | "AuthFailure" => format!(
            "AWS does not know this access key in `{region}`: it was mistyped or removed, a temporary key is without \
             its AWS_SESSION_TOKEN, or the region is not switched on for the account (AWS_ACCESS_KEY_ID, AWS_PROFILE)"
        ),
        "SignatureDoesNotMatch" | "InvalidSignatureException" if is_skew(message) => clock(),
        "RequestTimeTooSkewed" => clock(),
        "SignatureDoesNotMatch" | "InvalidSignatureException" => {
            "the AWS secret key does not belong to the access key: set both anew (AWS_ACCESS_KEY_ID, \
             AWS_SECRET_ACCESS_KEY)"
                .to_owned()
        }
        "OptInRequired" | "SubscriptionRequiredException" => {
            "the AWS account is not ready yet: finish signing up (a payment method, a telephone number) and wait up to \
             a day"
                .to_owned()
        }
        code if is_denial(code) => denied(message, action)?,
        "" => of_words(message)?,
        _ => return quota(message),
    };
    Some(text)
}

/// The way out of a stack's event, which has AWS's words only.
fn of_words(message: &str) -> Option<String> {
    if message.contains("is not authorized to perform") {
        return denied(message, None);
    }
    quota(message)
}

fn quota(message: &str) -> Option<String> {
    if message.contains("MemorySize") && message.contains("less than or equal to") {
        let most = message.split("less than or equal to").nth(1)?;
        let most: String = most
            .trim()
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        return Some(format!(
            "the account's functions have at most {most} MB of memory: deploy with `--memory {most}`, or ask AWS \
             Support for more"
        ));
    }
    if message.contains("UnreservedConcurrentExecution") {
        return Some(
            "the account has too few calls at once to keep some for one function: deploy without `--concurrency`, or \
             ask for more (Service Quotas, AWS Lambda, Concurrent executions)"
                .to_owned(),
        );
    }
    if message.contains("already exists") {
        return Some(
            "something of that name is there already, made by hand or by another stack: remove it, or deploy under \
             another name (`--stack`)"
                .to_owned(),
        );
    }
    None
}

fn is_skew(message: &str) -> bool {
    message.contains("Signature expired") || message.contains("Signature not yet current")
}

fn clock() -> String {
    "this machine's clock is off by more than five minutes, and AWS takes no request of another time: set it \
     (`timedatectl set-ntp true`)"
        .to_owned()
}

/// Names what may not be done, and the statement that would allow it. `action` is told if
/// AWS does not tell it itself.
fn denied(message: &str, action: Option<&str>) -> Option<String> {
    let after = |words: &str| {
        let rest = message.split_once(words)?.1;
        let word = rest.split_whitespace().next()?;
        Some(word.trim_end_matches([',', '.', ')']).trim_matches('"'))
    };
    let action = after("not authorized to perform: ").or(action)?;
    let who = after("User: ").unwrap_or("the access key's owner");
    let resource = after("on resource: ").unwrap_or("*");
    let statement = json!({"Effect": "Allow", "Action": action, "Resource": resource});
    let all = match action {
        "lambda:InvokeFunction" | "lambda:GetFunctionConfiguration" | "logs:FilterLogEvents" => {
            "render"
        }
        action if action.starts_with("s3:") && action.contains("Object") => "render",
        _ => "deploy",
    };
    let why = match message.contains("explicit deny") {
        true => "; a policy denies it, which no other can undo",
        false => "",
    };
    Some(format!(
        "`{who}` may not `{action}`{why}: add {statement} to its policy (`kinora lambda policy {all}` prints all that \
         is needed)"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(code: &str, message: &str) -> String {
        way_out(code, message, "eu-central-1", Some("s3:ListBucket")).unwrap_or_default()
    }

    #[test]
    fn a_denial_names_who_what_and_the_line_to_add() {
        let message = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: cloudformation:CreateStack \
                       on resource: arn:aws:cloudformation:eu-central-1:123456789012:stack/kinora/* because no \
                       identity-based policy allows the cloudformation:CreateStack action";
        let text = out("AccessDenied", message);
        assert!(
            text.contains(
                "`arn:aws:iam::123456789012:user/ann` may not `cloudformation:CreateStack`"
            ),
            "{text}"
        );
        let line = r#"{"Effect":"Allow","Action":"cloudformation:CreateStack","Resource":"arn:aws:cloudformation:eu-central-1:123456789012:stack/kinora/*"}"#;
        assert!(text.contains(line), "{text}");
        assert!(text.contains("`kinora lambda policy deploy`"), "{text}");
        // A stack's event has no code, and S3 often no words.
        assert_eq!(out("", message), text);
        assert!(out("AccessDenied", "Access Denied").contains("may not `s3:ListBucket`"));
        assert!(out("AccessDenied", "x with an explicit deny").contains("no other can undo"));
    }

    #[test]
    fn first_errors_have_ways_out() {
        for (code, message, word) in [
            ("ExpiredToken", "", "aws sso login"),
            ("UnrecognizedClientException", "", "AWS_SESSION_TOKEN"),
            ("SignatureDoesNotMatch", "we calculated", "secret key"),
            ("InvalidSignatureException", "Signature expired: x", "clock"),
            ("RequestTimeTooSkewed", "", "clock"),
            (
                "",
                "'MemorySize' value failed: Member must have value less than or equal to 3008 (Service",
                "--memory 3008",
            ),
            (
                "",
                "decreases account's UnreservedConcurrentExecution below its minimum",
                "--concurrency",
            ),
            ("", "kinora already exists in stack x", "--stack"),
        ] {
            assert!(out(code, message).contains(word), "{code} {message}");
        }
        assert_eq!(out("ValidationError", "Stack with id x does not exist"), "");
        assert_eq!(out("", "Resource creation cancelled"), "");
    }
}
