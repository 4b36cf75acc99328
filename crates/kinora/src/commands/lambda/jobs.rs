use kinora_lambda::Account;

use super::{block_on, bucket, progress};
use crate::{args::JobArgs, failure::Failure, show::Terminal};

/// `kinora lambda status`.
pub fn status(args: &JobArgs) -> Result<(), Failure> {
    block_on(async {
        let account = Account::from_environment().await?;
        let bucket = bucket(&account, args.bucket.as_deref()).await?;
        let told = progress(&bucket, &args.job).await?;
        Terminal::new().tell(&told);
        Ok(())
    })
}

/// `kinora lambda cancel`.
pub fn cancel(args: &JobArgs) -> Result<(), Failure> {
    block_on(async {
        let account = Account::from_environment().await?;
        let bucket = bucket(&account, args.bucket.as_deref()).await?;
        Ok(kinora_lambda::cancel(&bucket, &args.job).await?)
    })
}
