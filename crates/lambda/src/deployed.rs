use std::{env, time::Duration};

use aws_sdk_lambda::{Client, config::timeout::TimeoutConfig, types::Architecture};

use crate::{Account, Fault, Prices, Terms};

/// How long AWS may take to describe a function, each time that it is asked.
const PATIENCE: Duration = Duration::from_secs(5);

/// A function as it is deployed, as far as it decides what a job takes and costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployed {
    /// MB of memory, which decide the share of processors.
    pub memory_mb: u64,
    /// MB of `/tmp`.
    pub tmp_mb: u64,
    /// Whether its processors are arm64, not x86-64.
    pub arm: bool,
    /// Calls that may run at once.
    pub at_once: u64,
    /// What could not be learned, and what is reckoned with instead.
    pub notes: Vec<String>,
}

impl Default for Deployed {
    /// What `kinora lambda deploy` makes, in an account with AWS's usual limit.
    fn default() -> Self {
        Self {
            memory_mb: 3008,
            tmp_mb: 512,
            arm: env::consts::ARCH == "aarch64",
            at_once: 1000,
            notes: Vec::new(),
        }
    }
}

impl Deployed {
    /// GB of memory.
    pub fn gb(&self) -> f64 {
        self.memory_mb as f64 / 1024.0
    }

    /// The function of this name, as AWS describes it to the account. What may not be
    /// asked for is as by default, and noted.
    async fn ask(account: &Account, name: &str, qualifier: Option<String>) -> Self {
        let client = client(account);
        let mut deployed = Self::default();
        let described = client
            .get_function_configuration()
            .function_name(name)
            .set_qualifier(qualifier)
            .send();
        let (described, ()) = tokio::join!(described, deployed.ask_limit(&client, name));
        match described {
            Ok(function) => {
                let mb = |mb: i32| u64::try_from(mb).ok().filter(|mb| *mb > 0);
                deployed.memory_mb = function.memory_size().and_then(mb).unwrap_or(3008);
                let tmp = function.ephemeral_storage().and_then(|tmp| mb(tmp.size()));
                deployed.tmp_mb = tmp.unwrap_or(512);
                deployed.arm = function.architectures().contains(&Architecture::Arm64);
            }
            Err(_) => deployed.notes.push(format!(
                "AWS does not describe `{name}` (lambda:GetFunctionConfiguration): reckoned with {} MB",
                deployed.memory_mb
            )),
        }
        deployed
    }

    /// A function of so much memory, in MB; of the usual one if that is 0.
    pub fn of_size(memory_mb: u64) -> Self {
        let usual = Self::default();
        Self {
            memory_mb: if memory_mb > 0 {
                memory_mb
            } else {
                usual.memory_mb
            },
            ..usual
        }
    }

    /// This process's own function, whose environment says how large it is.
    pub async fn own(account: &Account, name: &str, memory_mb: u64) -> Self {
        let mut deployed = Self::of_size(memory_mb);
        deployed.ask_limit(&client(account), name).await;
        // The coordinator is a call as well.
        deployed.at_once = deployed.at_once.saturating_sub(1).max(1);
        deployed
    }

    /// Asks how many calls may run at once: what is kept for the function, else what the
    /// account has left.
    async fn ask_limit(&mut self, client: &Client, name: &str) {
        let kept = client.get_function_concurrency().function_name(name).send();
        let account = client.get_account_settings().send();
        let (kept, account) = tokio::join!(kept, account);
        let count = |count: i32| u64::try_from(count).ok().filter(|count| *count > 0);
        let kept = kept
            .ok()
            .and_then(|kept| kept.reserved_concurrent_executions());
        let limit = account.ok().and_then(|account| {
            let limit = account.account_limit()?;
            limit
                .unreserved_concurrent_executions()
                .and_then(count)
                .or(count(limit.concurrent_executions()))
        });
        match kept.and_then(count).or(limit) {
            Some(at_once) => self.at_once = at_once,
            None => self.notes.push(format!(
                "AWS does not tell how many calls may run at once (lambda:GetAccountSettings): reckoned with {}",
                self.at_once
            )),
        }
    }
}

impl Terms {
    /// On what terms the account's function of this name renders for a coordinator that is
    /// none. What AWS does not tell is as by default, and noted.
    ///
    /// # Errors
    /// When there are no prices for the account's region.
    pub async fn ask(
        account: &Account,
        prices: &Prices,
        name: &str,
        qualifier: Option<String>,
    ) -> Result<Self, Fault> {
        Ok(Self {
            rates: prices.rates(account.region())?,
            function: Deployed::ask(account, name, qualifier).await,
            ..Self::default()
        })
    }
}

fn client(account: &Account) -> Client {
    let config = aws_sdk_lambda::config::Builder::from(account.config())
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(PATIENCE)
                .operation_timeout(PATIENCE)
                .build(),
        )
        .build();
    Client::from_conf(config)
}
