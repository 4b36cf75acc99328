use kinora_lambda::Removal;
use kinora_project::Voice as _;

use super::{ask::confirmed, aws, block_on};
use crate::{args::DestroyArgs, failure::Failure, show::Terminal};

/// `kinora lambda destroy`.
pub fn command(args: &DestroyArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let name = &args.stack.stack;
    block_on(async {
        let aws = aws(args.stack.region.as_deref()).await?;
        let tell = |line: &str| terminal.say(line);
        let Some(removal) = Removal::of(&aws, name, &tell).await? else {
            let region = aws.region();
            terminal.print(&format!(
                "there is no stack `{name}` in {region}: nothing is to be removed"
            ));
            return Ok(());
        };
        terminal.print(&shown(&removal, aws.region(), args.keep_bucket));
        let question = format!("remove this for good? Type `{name}`:");
        confirmed(args.yes, &question, name)?;
        removal.carry_out(&aws, args.keep_bucket, &tell).await?;
        terminal.print("removed");
        Ok(())
    })
}

/// What will go, and what will stay.
fn shown(removal: &Removal, region: &str, keep_bucket: bool) -> String {
    let mut lines = vec![format!(
        "the stack `{}` in {region} ({}), with",
        removal.stack.name, removal.stack.status
    )];
    for (name, physical) in &removal.resources {
        let stays = keep_bucket && name.starts_with("Bucket");
        let stays = if stays { ": stays" } else { "" };
        lines.push(format!("  {name}: {physical}{stays}"));
    }
    if let Some(stored) = &removal.stored {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let fate = if keep_bucket {
            "stays with"
        } else {
            "goes with"
        };
        lines.push(format!(
            "the bucket `{}` {fate} {} films, pictures and sounds ({:.1} MB), in all {} objects ({:.1} MB)",
            stored.bucket,
            stored.films,
            megabytes(stored.film_bytes),
            stored.objects,
            megabytes(stored.bytes),
        ));
    }
    let image = removal
        .stack
        .parameters
        .get("ImageUri")
        .filter(|uri| !uri.is_empty());
    if let Some((repository, _)) =
        image.and_then(|uri| uri.split_once('/')?.1.split_once([':', '@']))
    {
        lines.push(format!(
            "the images in ECR stay: `aws ecr delete-repository --region {region} --repository-name {repository} --force`"
        ));
    }
    lines.join("\n")
}
