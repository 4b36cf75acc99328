use std::collections::HashMap;
use std::sync::RwLock;

use sha2::{Digest, Sha256};

/// Who signed a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The account's user.
    Caller,
    /// The function in the sandbox of this number.
    Sandbox(u32),
}

/// What signs requests.
#[derive(Clone, Debug)]
#[allow(dead_code)]
pub struct Key {
    pub access_key: String,
    pub secret_key: String,
    /// Temporary keys go with a token.
    pub token: Option<String>,
    pub owner: Owner,
}

/// The access keys that there are. A sandbox's key outlives it, as a role's does:
/// URLs presigned with it stay good.
pub struct Keyring {
    seed: u64,
    keys: RwLock<HashMap<String, Key>>,
}

impl Keyring {
    pub fn new(credentials: &(String, String), seed: u64) -> Self {
        let key = Key {
            access_key: credentials.0.clone(),
            secret_key: credentials.1.clone(),
            token: None,
            owner: Owner::Caller,
        };
        Self {
            seed,
            keys: RwLock::new([(key.access_key.clone(), key)].into()),
        }
    }

    pub fn find(&self, access_key: &str) -> Option<Key> {
        self.keys.read().unwrap().get(access_key).cloned()
    }

    /// A temporary key for the sandbox.
    pub fn issue(&self, sandbox: u32) -> Key {
        let digest = |what: &str| {
            let mut hash = Sha256::new();
            hash.update(self.seed.to_le_bytes());
            hash.update(sandbox.to_le_bytes());
            hash.update(what);
            hash.finalize()
        };
        let base32 = |bytes: &[u8]| -> String {
            let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
            bytes
                .iter()
                .map(|byte| letters[usize::from(byte & 31)] as char)
                .collect()
        };
        let key = Key {
            access_key: format!("ASIA{}", base32(&digest("access")[..16])),
            secret_key: base64_simd::STANDARD.encode_to_string(&digest("secret")[..30]),
            token: Some(base64_simd::STANDARD.encode_to_string(digest("token"))),
            owner: Owner::Sandbox(sandbox),
        };
        self.keys
            .write()
            .unwrap()
            .insert(key.access_key.clone(), key.clone());
        key
    }
}
