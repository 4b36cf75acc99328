use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use crate::lambda::Lambda;

/// The functions that there are, by their names.
#[derive(Default)]
pub struct Functions(RwLock<BTreeMap<String, Arc<Lambda>>>);

impl Functions {
    pub fn find(&self, name: &str) -> Option<Arc<Lambda>> {
        self.0.read().unwrap().get(name).cloned()
    }

    /// Puts a function in the place of one of its name. Calls of that one go on; its unused
    /// sandboxes end.
    pub fn put(&self, lambda: Arc<Lambda>) {
        let name = lambda.deployment.function.name.clone();
        let before = self.0.write().unwrap().insert(name, lambda);
        if let Some(before) = before {
            before.close();
        }
    }

    /// Removes a function; `false` if there is none of this name.
    pub fn remove(&self, name: &str) -> bool {
        match self.0.write().unwrap().remove(name) {
            Some(lambda) => {
                lambda.close();
                true
            }
            None => false,
        }
    }

    pub fn all(&self) -> Vec<Arc<Lambda>> {
        self.0.read().unwrap().values().cloned().collect()
    }
}
