use std::collections::BTreeMap;

use serde::Serialize;

use super::{Code, DeployOrder, DeployPlan, Tell, settled, watch::Watch};
use crate::{
    Bucket, Fault, FaultKind, Package,
    aws::{Aws, Stack, StackState, Template},
    package::CODE,
};

/// What stands at the end.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeployedStack {
    /// The function's name.
    pub function: String,
    /// Its bucket.
    pub bucket: String,
    /// Their region.
    pub region: String,
    /// The policy for who renders.
    pub render_policy_arn: String,
    /// Whether anything was changed.
    pub changed: bool,
}

impl DeployOrder {
    /// Waits until AWS is no longer at the stack, as after an interrupted deployment.
    ///
    /// # Errors
    /// When AWS refuses to tell, or no deployment can go on from where the stack is.
    pub async fn settle(&self, aws: &Aws, tell: Tell<'_>) -> Result<(), Fault> {
        settled(aws, &self.stack, tell).await.map(drop)
    }

    /// Does what the plan says, and tells what happens. When it is interrupted or fails,
    /// another run goes on from there.
    ///
    /// # Errors
    /// When AWS refuses, or brings the stack not about; the fault names the way out.
    pub async fn carry_out(
        &self,
        aws: &Aws,
        plan: &DeployPlan,
        tell: Tell<'_>,
    ) -> Result<DeployedStack, Fault> {
        if let (true, Some(stack)) = (plan.is_done(), &plan.stack) {
            return deployed(aws, stack, false);
        }
        if let Some(ruin) = &plan.ruin {
            tell(&format!(
                "removing the stack `{}`, which came to nothing ({})",
                ruin.name, ruin.status
            ));
            remove(aws, ruin, tell).await?;
        }
        let mut stack = plan.stack.clone();
        let mut names = plan.names.clone();
        if let Some(Code::Zip(package)) = &self.code {
            if !names.contains_key("Bucket") {
                tell("making the bucket, in which the function's zip will stand");
                let without = without_code(&plan.parameters);
                let made = change(aws, &self.stack, stack.as_ref(), &without, tell).await?;
                names = aws.stack_resources(&made.id).await?;
                stack = Some(made);
            }
            let bucket = names.get("Bucket").ok_or_else(|| no_bucket(&self.stack))?;
            send(aws, bucket, package, tell).await?;
        }
        tell(&format!("bringing the stack `{}` up to date", self.stack));
        let stack = change(aws, &self.stack, stack.as_ref(), &plan.parameters, tell).await?;
        if let Some(Code::Zip(package)) = &self.code {
            let deployed = deployed(aws, &stack, true)?;
            remove_others(aws, &deployed.bucket, &package.key()).await?;
        }
        deployed(aws, &stack, true)
    }
}

/// The parameters of a stack that has no function yet.
fn without_code(parameters: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut parameters = parameters.clone();
    for name in ["ImageUri", "CodeKey"] {
        parameters.insert(name.to_owned(), String::new());
    }
    parameters
}

fn no_bucket(stack: &str) -> Fault {
    Fault::new(
        FaultKind::Tool,
        format!("the stack `{stack}` has no bucket"),
    )
}

/// Makes or changes the stack and waits until AWS is done.
async fn change(
    aws: &Aws,
    name: &str,
    stack: Option<&Stack>,
    parameters: &BTreeMap<String, String>,
    tell: Tell<'_>,
) -> Result<Stack, Fault> {
    let template = Template::own();
    let watch = match stack {
        None => Watch::from_the_start(aws, &aws.create_stack(name, &template, parameters).await?),
        Some(stack) => {
            let watch = Watch::from_now(aws, &stack.id).await?;
            if !aws.update_stack(&stack.id, &template, parameters).await? {
                return Ok(stack.clone());
            }
            watch
        }
    };
    watch.end(tell).await?.done(aws.region())
}

/// Removes a stack and waits until it is gone.
pub(super) async fn remove(aws: &Aws, stack: &Stack, tell: Tell<'_>) -> Result<(), Fault> {
    let watch = Watch::from_now(aws, &stack.id).await?;
    aws.delete_stack(&stack.id).await?;
    let ended = watch.end(tell).await?;
    match ended.stack.state() {
        StackState::Gone => Ok(()),
        _ => ended.done(aws.region()).map(drop),
    }
}

/// Puts the zip into the bucket, unless it stands there.
async fn send(aws: &Aws, bucket: &str, package: &Package, tell: Tell<'_>) -> Result<(), Fault> {
    let (bucket, key) = (Bucket::open(aws.account(), bucket)?, package.key());
    let bytes = package.bytes();
    if bucket
        .head(&key)
        .await?
        .is_some_and(|meta| meta.size == bytes.len() as u64)
    {
        tell("the function's zip stands in the bucket already");
        return Ok(());
    }
    tell(&format!(
        "sending the function's zip, {:.1} MB",
        bytes.len() as f64 / 1e6
    ));
    bucket.put_large(&key, bytes).await
}

/// Removes the zips of earlier deployments.
async fn remove_others(aws: &Aws, bucket: &str, key: &str) -> Result<(), Fault> {
    let bucket = Bucket::open(aws.account(), bucket)?;
    let keys = bucket.list(CODE).await?.into_iter().map(|(key, _)| key);
    let others: Vec<String> = keys.filter(|other| other != key).collect();
    match others.is_empty() {
        true => Ok(()),
        false => bucket.delete(others).await,
    }
}

fn deployed(aws: &Aws, stack: &Stack, changed: bool) -> Result<DeployedStack, Fault> {
    let output = |name: &str| stack.outputs.get(name).cloned();
    Ok(DeployedStack {
        function: output("FunctionName").unwrap_or_else(|| stack.name.clone()),
        bucket: output("BucketName").ok_or_else(|| no_bucket(&stack.name))?,
        region: aws.region().to_owned(),
        render_policy_arn: output("RenderPolicyArn").unwrap_or_default(),
        changed,
    })
}
