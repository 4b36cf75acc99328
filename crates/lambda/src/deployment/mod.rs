//! The function with all that belongs to it, made, changed and removed as one stack.

mod carry;
mod plan;
pub mod policies;
mod removal;
mod watch;

use std::collections::BTreeMap;

pub use carry::DeployedStack;
pub use plan::{Change, DeployPlan, What};
pub use removal::{Removal, Stored};

use crate::{
    Fault, FaultKind, Package,
    aws::{Aws, Stack, StackState, Values},
};

/// Hears what happens, a line each.
pub type Tell<'a> = &'a (dyn Fn(&str) + Sync);

/// How the function is to be deployed. What is not said stays as it is, or is as the
/// template has it.
#[derive(Clone, Default)]
pub struct DeployOrder {
    /// The stack's name, and the function's.
    pub stack: String,
    /// The program.
    pub code: Option<Code>,
    /// MB of memory.
    pub memory_mb: Option<u32>,
    /// MB of `/tmp`.
    pub storage_mb: Option<u32>,
    /// Calls at once that are kept for it; 0 keeps none.
    pub concurrency: Option<u32>,
    /// Days after which everything in the bucket goes; 0 keeps it.
    pub bucket_days: Option<u32>,
    /// `x86_64` or `arm64`.
    pub architecture: Option<String>,
}

/// The function's program.
#[derive(Clone)]
pub enum Code {
    /// An image that stands in ECR, in the region.
    Image(String),
    /// A zip.
    Zip(Package),
}

impl DeployOrder {
    /// The stack's parameters, given those that it has.
    fn parameters(
        &self,
        stack: Option<&Stack>,
        defaults: BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut parameters = defaults;
        let had = stack.map(|stack| &stack.parameters).into_iter().flatten();
        for (name, value) in had {
            if let Some(slot) = parameters.get_mut(name) {
                slot.clone_from(value);
            }
        }
        let mut set = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                parameters.insert(name.to_owned(), value);
            }
        };
        set("Name", Some(self.stack.clone()));
        set("MemorySize", self.memory_mb.map(|value| value.to_string()));
        set(
            "TemporaryStorage",
            self.storage_mb.map(|value| value.to_string()),
        );
        set(
            "Concurrency",
            self.concurrency.map(|value| value.to_string()),
        );
        set(
            "BucketDays",
            self.bucket_days.map(|value| value.to_string()),
        );
        set("Architecture", self.architecture.clone());
        let (image, key) = match &self.code {
            None => return parameters,
            Some(Code::Image(uri)) => (uri.clone(), String::new()),
            Some(Code::Zip(package)) => (String::new(), package.key()),
        };
        set("ImageUri", Some(image));
        set("CodeKey", Some(key));
        set("CodeBucket", Some(String::new()));
        parameters
    }
}

/// Whether this is a name that the stack, its bucket and its function can all have.
pub fn is_stack_name(text: &str) -> bool {
    let inner = text
        .bytes()
        .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    let first = text
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_lowercase());
    inner && first && !text.ends_with('-') && (2..=40).contains(&text.len())
}

/// Values for the template's references.
pub(crate) fn values(aws: &Aws, account: &str, stack: &str) -> Values {
    Values {
        account: account.to_owned(),
        region: aws.region().to_owned(),
        partition: aws.partition().to_owned(),
        stack: stack.to_owned(),
        parameters: [("Name".to_owned(), stack.to_owned())].into(),
        ..Values::default()
    }
}

/// The stack that can be worked with, once AWS is no longer at it.
async fn settled(aws: &Aws, name: &str, tell: Tell<'_>) -> Result<Option<Stack>, Fault> {
    let Some(stack) = aws.stack(name).await? else {
        return Ok(None);
    };
    match stack.state() {
        StackState::Gone => Ok(None),
        StackState::Stuck => Err(Fault::new(
            FaultKind::Tool,
            format!(
                "the stack `{name}` is in the state `{}`, out of which only CloudFormation's console in `{}` leads \
                 (`Continue update rollback`), or `kinora lambda destroy`",
                stack.status,
                aws.region()
            ),
        )),
        StackState::UnderWay => {
            tell(&format!(
                "AWS is still at the stack `{name}` ({}): waiting for it",
                stack.status
            ));
            let stack = watch::Watch::from_now(aws, &stack.id)
                .await?
                .end(tell)
                .await?
                .stack;
            Ok(Some(stack).filter(|stack| stack.state() != StackState::Gone))
        }
        _ => Ok(Some(stack)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Template;

    #[test]
    fn names_suit_a_bucket_and_a_function() {
        for good in ["kinora", "a1", "my-films"] {
            assert!(is_stack_name(good), "{good}");
        }
        for bad in [
            "",
            "k",
            "Kinora",
            "1a",
            "a-",
            "a_b",
            "../x",
            &"a".repeat(41),
        ] {
            assert!(!is_stack_name(bad), "{bad}");
        }
    }

    #[test]
    fn what_is_not_said_stays() {
        let stack = Stack {
            parameters: [("MemorySize", "1769"), ("Concurrency", "5"), ("Old", "1")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into(),
            ..Stack::default()
        };
        let order = DeployOrder {
            stack: "films".to_owned(),
            code: Some(Code::Image("uri".to_owned())),
            concurrency: Some(0),
            ..DeployOrder::default()
        };
        let found = order.parameters(Some(&stack), Template::own().defaults());
        let told = |name: &str| found[name].as_str();
        assert_eq!(
            (told("MemorySize"), told("Concurrency"), told("Name")),
            ("1769", "0", "films")
        );
        assert_eq!(
            (told("ImageUri"), told("CodeKey"), told("TemporaryStorage")),
            ("uri", "", "512")
        );
        assert!(!found.contains_key("Old"));
    }
}
