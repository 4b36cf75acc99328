use std::collections::BTreeMap;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::cloud::Cloud;
use crate::deployment::Deployment;
use crate::fault::ActionFault;
use crate::lambda::Lambda;
use crate::stacks::Made;

/// The kinds of resources that can be made, in an order in which none needs a later one.
pub const KINDS: [&str; 7] = [
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::Logs::LogGroup",
    "AWS::IAM::Role",
    "AWS::Lambda::Function",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::IAM::ManagedPolicy",
];

/// Calls at once that an account has to leave to functions that keep none.
const LEAST_UNRESERVED: usize = 10;

/// A resource as it is wanted.
pub struct Wanted<'a> {
    pub stack: &'a str,
    pub name: &'a str,
    pub kind: &'a str,
    pub properties: &'a Value,
    /// What stands of it.
    pub before: Option<&'a Made>,
    /// What makes its name differ from others'.
    pub suffix: &'a str,
}

impl Wanted<'_> {
    /// Makes it, or changes what stands of it; by which name it is known then.
    ///
    /// # Errors
    /// AWS's reason why it cannot be.
    pub fn make(&self, cloud: &Cloud) -> Result<String, String> {
        self.ask(cloud)?;
        match self.kind {
            "AWS::S3::Bucket" => self.bucket(cloud),
            "AWS::S3::BucketPolicy" => Ok(text(&self.properties["Bucket"])),
            "AWS::Logs::LogGroup" => self.log_group(cloud),
            "AWS::Lambda::Function" => self.function(cloud),
            "AWS::Lambda::EventInvokeConfig" => Ok(format!(
                "{}|$LATEST",
                text(&self.properties["FunctionName"])
            )),
            "AWS::IAM::ManagedPolicy" => {
                let made = self.named(self.name);
                Ok(format!("arn:aws:iam::{}:policy/{made}", cloud.base.account))
            }
            "AWS::IAM::Role" => Ok(self.named(self.name)),
            kind => Err(format!("the emulator does not make `{kind}`")),
        }
    }

    /// A name that CloudFormation gives, or has given.
    fn named(&self, name: &str) -> String {
        match self.before {
            Some(before) => before
                .physical
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned(),
            None => format!("{}-{name}-{}", self.stack, self.suffix),
        }
    }

    /// Asks for what CloudFormation does in the user's name.
    fn ask(&self, cloud: &Cloud) -> Result<(), String> {
        let is_new = self.before.is_none();
        let actions: &[&str] = match (self.kind, is_new) {
            ("AWS::S3::Bucket", true) => &[
                "s3:CreateBucket",
                "s3:PutBucketPublicAccessBlock",
                "s3:PutBucketOwnershipControls",
                "s3:PutEncryptionConfiguration",
                "s3:PutLifecycleConfiguration",
            ],
            ("AWS::S3::Bucket", false) => &["s3:PutLifecycleConfiguration"],
            ("AWS::S3::BucketPolicy", _) => &["s3:PutBucketPolicy"],
            ("AWS::Logs::LogGroup", true) => &["logs:CreateLogGroup", "logs:PutRetentionPolicy"],
            ("AWS::Logs::LogGroup", false) => &["logs:PutRetentionPolicy"],
            ("AWS::IAM::Role", true) => &["iam:CreateRole", "iam:PutRolePolicy"],
            ("AWS::IAM::Role", false) => &["iam:PutRolePolicy"],
            ("AWS::IAM::ManagedPolicy", true) => &["iam:CreatePolicy"],
            ("AWS::IAM::ManagedPolicy", false) => &["iam:CreatePolicyVersion"],
            ("AWS::Lambda::Function", true) => {
                &["iam:PassRole", "s3:GetObject", "lambda:CreateFunction"]
            }
            ("AWS::Lambda::Function", false) => &[
                "lambda:UpdateFunctionCode",
                "lambda:UpdateFunctionConfiguration",
            ],
            ("AWS::Lambda::EventInvokeConfig", _) => &["lambda:PutFunctionEventInvokeConfig"],
            _ => &[],
        };
        ask(cloud, self.kind, actions)
    }

    fn bucket(&self, cloud: &Cloud) -> Result<String, String> {
        // Names of buckets have small letters only.
        let name = self.named(self.name).to_lowercase();
        if self.before.is_none() {
            let made = cloud.storage.make_bucket(&name);
            made.map_err(|error| format!("{name} already exists ({error})"))?;
        }
        let rules = &self.properties["LifecycleConfiguration"]["Rules"];
        let rules = rules.as_array().cloned().unwrap_or_default();
        if let Some(shelf) = cloud.storage.state().shelves.get_mut(&name) {
            shelf.rules = rules;
        }
        Ok(name)
    }

    fn log_group(&self, cloud: &Cloud) -> Result<String, String> {
        let name = text(&self.properties["LogGroupName"]);
        let is_new = self.before.is_none_or(|before| before.physical != name);
        if is_new && !cloud.shared.logs.make(&name) {
            return Err(format!(
                "Resource handler returned message: \"Resource of type 'AWS::Logs::LogGroup' with identifier \
                 '{{\"/properties/LogGroupName\":\"{name}\"}}' already exists.\" (HandlerErrorCode: AlreadyExists)"
            ));
        }
        Ok(name)
    }

    fn function(&self, cloud: &Cloud) -> Result<String, String> {
        let properties = self.properties;
        let name = text(&properties["FunctionName"]);
        let number = |value: &Value| text(value).parse::<u32>().ok();
        if self.before.is_none() && cloud.functions.find(&name).is_some() {
            return Err(refused(
                "Lambda",
                409,
                &format!("Function already exist: {name}"),
            ));
        }
        let memory_mb = number(&properties["MemorySize"]).unwrap_or(128);
        if memory_mb > cloud.most_memory_mb {
            let message = format!(
                "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal to {}",
                cloud.most_memory_mb
            );
            return Err(refused("Lambda", 400, &message));
        }
        let reserved =
            number(&properties["ReservedConcurrentExecutions"]).map(|count| count as usize);
        if let Some(reserved) = reserved {
            keep(cloud, &name, reserved)?;
        }
        let mut deployment = Deployment {
            package: if properties["PackageType"] == "Zip" {
                "Zip"
            } else {
                "Image"
            },
            ..cloud.base.clone()
        };
        if deployment.package == "Zip" {
            let place = cloud
                .base
                .data
                .join("functions")
                .join(format!("{name}-{}", self.suffix));
            unpack(cloud, &properties["Code"], &place)?;
            deployment.function.command = place.join("bootstrap");
            deployment.function.arguments = Vec::new();
            deployment.function.rootfs = None;
            deployment.task_root = place;
        } else if deployment.function.command.as_os_str().is_empty() {
            let message = "the emulator takes no image out of ECR: start it with the program that is in the image";
            return Err(refused("Lambda", 400, message));
        }
        let function = &mut deployment.function;
        function.name.clone_from(&name);
        function.memory_mb = memory_mb;
        function.ephemeral_storage_mb =
            number(&properties["EphemeralStorage"]["Size"]).unwrap_or(512);
        function.timeout = Duration::from_secs(number(&properties["Timeout"]).unwrap_or(3).into());
        function.architecture = text(&properties["Architectures"][0]);
        let variables = properties["Environment"]["Variables"].as_object();
        let own: BTreeMap<String, String> = variables
            .into_iter()
            .flatten()
            .map(|(name, value)| (name.clone(), text(value)))
            .collect();
        function.env.extend(own);
        let lambda = Lambda::new(
            deployment,
            cloud.shared.clone(),
            cloud.concurrency,
            reserved,
        );
        cloud.functions.put(Arc::new(lambda));
        Ok(name)
    }
}

/// Removes a resource; what stands in the way of it.
pub fn unmake(cloud: &Cloud, made: &Made) -> Result<(), String> {
    let actions: &[&str] = match made.kind.as_str() {
        "AWS::S3::Bucket" => &["s3:DeleteBucket"],
        "AWS::S3::BucketPolicy" => &["s3:DeleteBucketPolicy"],
        "AWS::Logs::LogGroup" => &["logs:DeleteLogGroup"],
        "AWS::IAM::Role" => &["iam:DeleteRolePolicy", "iam:DeleteRole"],
        "AWS::IAM::ManagedPolicy" => &["iam:ListPolicyVersions", "iam:DeletePolicy"],
        "AWS::Lambda::Function" => &["lambda:DeleteFunction"],
        "AWS::Lambda::EventInvokeConfig" => &["lambda:DeleteFunctionEventInvokeConfig"],
        _ => &[],
    };
    ask(cloud, &made.kind, actions)?;
    match made.kind.as_str() {
        "AWS::S3::Bucket" => match cloud.storage.remove_bucket(&made.physical) {
            Err(error) if error.code().as_str() == "BucketNotEmpty" => Err(refused(
                "S3",
                409,
                "The bucket you tried to delete is not empty",
            )),
            // One that is gone is as good.
            _ => Ok(()),
        },
        "AWS::Logs::LogGroup" => {
            cloud.shared.logs.remove(&made.physical);
            Ok(())
        }
        "AWS::Lambda::Function" => {
            cloud.functions.remove(&made.physical);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether the user may do all of these.
fn ask(cloud: &Cloud, kind: &str, actions: &[&str]) -> Result<(), String> {
    let service = kind.split("::").nth(1).unwrap_or_default();
    for action in actions {
        let Some(fault) = cloud.shared.faults.of_action(action) else {
            continue;
        };
        return Err(match fault {
            ActionFault::Denied => refused(service, 403, &cloud.denial(action)),
            ActionFault::ExpiredToken => refused(
                service,
                403,
                "The security token included in the request is expired",
            ),
            ActionFault::UnknownKey => refused(
                service,
                403,
                "The security token included in the request is invalid.",
            ),
            ActionFault::Throttled => refused(service, 429, "Rate exceeded"),
            ActionFault::ServiceError => refused(service, 500, "Internal failure"),
            ActionFault::Fail(words) => words,
        });
    }
    Ok(())
}

/// A service's error as CloudFormation hands it on.
fn refused(service: &str, status: u16, message: &str) -> String {
    format!(
        "Resource handler returned message: \"{message} (Service: {service}, Status Code: {status}, Request ID: \
         00000000-0000-4000-8000-000000000000)\" (HandlerErrorCode: InvalidRequest)"
    )
}

/// Keeps calls for one function, if enough are left to the others.
fn keep(cloud: &Cloud, name: &str, count: usize) -> Result<(), String> {
    let others = cloud.functions.all();
    let others = others
        .iter()
        .filter(|lambda| lambda.deployment.function.name != name);
    let kept: usize = others.filter_map(|lambda| lambda.reserved()).sum();
    if cloud.concurrency >= kept + count + LEAST_UNRESERVED {
        return Ok(());
    }
    let message = format!(
        "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below \
         its minimum value of [{LEAST_UNRESERVED}]."
    );
    Err(refused("Lambda", 400, &message))
}

/// Unpacks the function's zip.
fn unpack(cloud: &Cloud, code: &Value, place: &Path) -> Result<(), String> {
    let (bucket, key) = (text(&code["S3Bucket"]), text(&code["S3Key"]));
    let read = cloud.storage.read(&cloud.storage.state(), &bucket, &key);
    let (_, file) = read.map_err(|error| {
        let message = format!(
            "Error occurred while GetObject. S3 Error Code: {}. S3 Error Message: {}",
            error.code().as_str(),
            error.message().unwrap_or_default()
        );
        refused("Lambda", 400, &message)
    })?;
    let damaged = |_| {
        refused(
            "Lambda",
            400,
            "Could not unzip uploaded file. Please check your file, then try to upload again.",
        )
    };
    let mut archive = zip::ZipArchive::new(file).map_err(damaged)?;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(damaged)?;
        let Some(path) = entry.enclosed_name() else {
            continue;
        };
        let mode = entry.unix_mode().unwrap_or(0o644);
        let target = place.join(path);
        let written = match entry.is_dir() {
            true => std::fs::create_dir_all(&target),
            false => write(&mut entry, &target, mode),
        };
        written.map_err(|error| {
            format!("the emulator cannot write `{}`: {error}", target.display())
        })?;
    }
    Ok(())
}

fn write(entry: &mut impl std::io::Read, target: &PathBuf, mode: u32) -> std::io::Result<()> {
    if let Some(parent) = target.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes)?;
    let mut file = std::fs::File::create(target)?;
    file.write_all(&bytes)?;
    file.set_permissions(std::fs::Permissions::from_mode(mode & 0o777))
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
