use kinora_lambda::policies;
use kinora_project::Voice as _;

use super::{aws, block_on};
use crate::{
    args::{PolicyArgs, PolicyFor},
    failure::Failure,
    show::Terminal,
};

/// `kinora lambda policy`.
pub fn command(args: &PolicyArgs) -> Result<(), Failure> {
    let terminal = Terminal::new();
    let stack = &args.stack.stack;
    // Who asks for the policy may be about to get the first keys.
    let known = block_on(async {
        let aws = aws(args.stack.region.as_deref()).await?;
        Ok(policies::Names::of(&aws, stack).await?)
    });
    let names = match known {
        Ok(names) => names,
        Err(failure) => {
            let why = failure.message();
            let why = why.lines().next().unwrap_or_default();
            terminal.say(&format!(
                "note: ACCOUNT, REGION and BUCKET are to be filled in ({why})"
            ));
            policies::Names::unknown(stack, args.stack.region.as_deref())
        }
    };
    let policy = match args.whom {
        PolicyFor::Deploy => names.deployer(args.image),
        PolicyFor::Function => names.function(),
        PolicyFor::Render => names.render(),
    };
    terminal.tell(&policy);
    Ok(())
}
