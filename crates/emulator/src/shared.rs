use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::EmulatorOptions;
use crate::fault::{Faults, Traffics};
use crate::keyring::Keyring;
use crate::ledger::Ledger;
use crate::log_groups::LogGroups;
use crate::signature::hex;

/// What all functions have in common.
pub struct Shared {
    pub keyring: Arc<Keyring>,
    pub faults: Arc<Faults>,
    pub traffics: Arc<Traffics>,
    pub ledger: Ledger,
    pub logs: LogGroups,
    /// Sandboxes made so far.
    pub sandboxes: AtomicU32,
    pub retry_delays: [Duration; 2],
    /// The most new sandboxes of a function in ten seconds.
    pub scaling: usize,
    /// How long an unused sandbox stays warm.
    pub keep_warm: Duration,
    seed: u64,
    ids: AtomicU64,
}

impl Shared {
    pub fn new(
        keyring: Arc<Keyring>,
        faults: Arc<Faults>,
        traffics: Arc<Traffics>,
        options: &EmulatorOptions,
    ) -> Self {
        Self {
            keyring,
            faults,
            traffics,
            ledger: Ledger::default(),
            logs: LogGroups::default(),
            sandboxes: AtomicU32::new(0),
            retry_delays: options.retry_delays,
            scaling: options.scaling,
            keep_warm: options.keep_warm,
            seed: options.seed,
            ids: AtomicU64::new(0),
        }
    }

    /// A request's id: a UUID that follows from the seed.
    pub fn new_id(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(self.ids.fetch_add(1, Relaxed).to_le_bytes());
        let text = hex(&hash.finalize());
        format!(
            "{}-{}-4{}-8{}-{}",
            &text[..8],
            &text[8..12],
            &text[13..16],
            &text[17..20],
            &text[20..32]
        )
    }
}
