use std::sync::Arc;

use crate::deployment::Deployment;
use crate::functions::Functions;
use crate::shared::Shared;
use crate::stacks::Stacks;
use crate::storage::Storage;

/// All that answers at the API's address.
pub struct Cloud {
    pub shared: Arc<Shared>,
    pub functions: Functions,
    pub storage: Storage,
    pub stacks: Stacks,
    /// What functions are deployed like.
    pub base: Deployment,
    /// Calls at once that the account may have.
    pub concurrency: usize,
    /// The most memory in MB that a function may be given.
    pub most_memory_mb: u32,
}

impl Cloud {
    /// The account's user.
    pub fn user(&self) -> String {
        format!("arn:aws:iam::{}:user/emulator", self.base.account)
    }

    /// AWS's words for an action that no policy allows.
    pub fn denial(&self, action: &str) -> String {
        format!(
            "User: {} is not authorized to perform: {action} on resource: * because no identity-based policy allows the \
             {action} action",
            self.user()
        )
    }
}
