use std::path::Path;

use anyhow::Context as _;
use kinora_lambda::{Code, DeployOrder, DeployPlan, DeployedStack, Package, What, aws::StackState};
use kinora_project::Voice as _;
use serde_json::json;

use super::{ask::confirmed, aws, block_on};
use crate::{args::DeployArgs, failure::Failure, show::Terminal};

/// `kinora lambda deploy`.
pub fn command(args: &DeployArgs) -> Result<(), Failure> {
    let order = order(args)?;
    let terminal = Terminal::new();
    let tell = |line: &str| terminal.say(line);
    block_on(async {
        let aws = aws(args.stack.region.as_deref()).await?;
        if !args.dry_run {
            order.settle(&aws, &tell).await?;
        }
        let plan = DeployPlan::of(&aws, &order).await?;
        match args.json {
            true => terminal.tell(&json!({"plan": plan.to_json()})),
            false => terminal.print(&shown(&plan, &order)),
        }
        if args.dry_run {
            return Ok(());
        }
        if !plan.is_done() {
            confirmed(args.yes, "do this? Type `yes`:", "yes")?;
        }
        let done = order.carry_out(&aws, &plan, &tell).await?;
        match args.json {
            true => terminal.tell(&json!({"deployed": done})),
            false => terminal.print(&ready(&done)),
        }
        Ok(())
    })
}

fn order(args: &DeployArgs) -> Result<DeployOrder, Failure> {
    let code = code(args)?;
    let built_for = match &code {
        Code::Zip(package) => package.architecture(),
        Code::Image(_) => None,
    };
    let named = args.architecture.map(|architecture| architecture.name());
    Ok(DeployOrder {
        stack: args.stack.stack.clone(),
        code: Some(code),
        memory_mb: args.memory,
        storage_mb: args.storage,
        concurrency: args.concurrency,
        bucket_days: args.bucket_days,
        architecture: named.or(built_for).map(str::to_owned),
    })
}

/// The function's program: what is named, what is deployed with this one, or this one.
fn code(args: &DeployArgs) -> Result<Code, Failure> {
    if let Some(uri) = &args.image_uri {
        return Ok(Code::Image(uri.clone()));
    }
    if let Some(file) = &args.zip {
        return Ok(Code::Zip(Package::read(file)?));
    }
    let own = std::env::current_exe().context("this program cannot be found")?;
    let beside = own.with_file_name("kinora-lambda");
    let (program, is_command): (&Path, bool) = match beside.is_file() {
        true => (&beside, false),
        false => (&own, true),
    };
    Ok(Code::Zip(Package::of_program(program, is_command)?))
}

/// The plan as a person reads it.
fn shown(plan: &DeployPlan, order: &DeployOrder) -> String {
    let mut lines = vec![format!(
        "account {} ({}), region {}",
        plan.identity.account, plan.identity.arn, plan.region
    )];
    let name = &order.stack;
    match (&plan.stack, &plan.ruin) {
        (_, Some(ruin)) => lines.push(format!(
            "the stack `{name}` came to nothing ({}): it is removed first, then made",
            ruin.status
        )),
        (None, None) => lines.push(format!("there is no stack `{name}`: it will be made")),
        (Some(stack), None) => {
            let after = match stack.state() {
                StackState::RolledBack => ", back at what it was before a change that failed",
                StackState::UnderWay => ", AWS is still at it",
                _ => "",
            };
            lines.push(format!(
                "there is the stack `{name}` ({}{after})",
                stack.status
            ));
        }
    }
    lines.push(String::new());
    for change in &plan.changes {
        let what = match change.what {
            What::Made => "made",
            What::Changed => "changed",
            What::LeftAlone => "left alone",
            What::Removed => "removed",
        };
        lines.push(format!(
            "  {what:10} {} ({})",
            change.name,
            change.kind.trim_start_matches("AWS::")
        ));
        lines.extend(
            change
                .properties
                .iter()
                .map(|line| format!("             {line}")),
        );
    }
    match (plan.upload, &order.code) {
        (Some(bytes), _) => lines.push(format!(
            "  sent       the function's zip, {:.1} MB",
            bytes as f64 / 1e6
        )),
        (None, Some(Code::Zip(_))) => {
            lines.push("  left alone the function's zip, which stands in the bucket".to_owned())
        }
        _ => {}
    }
    if plan.is_done() {
        lines.push(String::new());
        lines.push("nothing is to be changed".to_owned());
        return lines.join("\n");
    }
    lines.push(format!(
        "\nwhat the function may do:\n{:#}",
        plan.function_policy
    ));
    lines.push(format!(
        "\nwhat who renders may do, once the policy is attached to them:\n{:#}",
        plan.render_policy
    ));
    lines.push(String::new());
    lines.push(idle(plan));
    lines.join("\n")
}

/// What is deployed costs without being used.
fn idle(plan: &DeployPlan) -> String {
    let stored = match &plan.stored {
        Some(stored) => format!(
            "; it holds {} objects, {:.2} GB",
            stored.objects,
            stored.bytes as f64 / 1e9
        ),
        None => String::new(),
    };
    format!(
        "unused it costs nothing but what is stored: $0.023 a month for each GB in the bucket{stored}; $0.10 for each \
         GB of an image in ECR"
    )
}

/// What to do next.
fn ready(done: &DeployedStack) -> String {
    let DeployedStack {
        function,
        bucket,
        region,
        ..
    } = done;
    let what = match done.changed {
        true => "deployed",
        false => "nothing was to be changed",
    };
    format!(
        "{what}. To render with it:\n  export AWS_REGION={region} REVIDEO_BUCKET_NAME={bucket}\n  kinora new my-video\n  \
         kinora lambda render my-video/src/project.tsx --function {function} --workers 8 -o out.mp4\nto look after it:\n  \
         kinora lambda doctor --function {function}\nto remove it all:\n  kinora lambda destroy --stack {function} --region \
         {region}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_next_can_be_pasted() {
        let done = DeployedStack {
            function: "films".to_owned(),
            bucket: "films-bucket-1".to_owned(),
            region: "eu-central-1".to_owned(),
            render_policy_arn: String::new(),
            changed: true,
        };
        let text = ready(&done);
        let pasted = "\n  export AWS_REGION=eu-central-1 REVIDEO_BUCKET_NAME=films-bucket-1\n";
        assert!(text.contains(pasted), "{text}");
        assert!(text.contains("--function films"), "{text}");
    }
}
