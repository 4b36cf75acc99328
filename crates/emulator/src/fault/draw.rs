use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::SystemTime;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{ActionFault, CallFault, FaultPlan, RequestFault, Sender};

/// A fault that was injected.
#[derive(Clone, Debug, PartialEq)]
pub struct InjectedFault {
    /// When.
    pub at: SystemTime,
    /// What, in words.
    pub fault: String,
    /// The call's request id, or the method and path of a request to S3.
    pub into: String,
}

/// Decides which faults hit what.
#[derive(Debug)]
pub struct Faults {
    plan: FaultPlan,
    seed: u64,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// How often the same thing came before.
    seen: HashMap<[u8; 32], u32>,
    /// How often each rule would have hit so far: calls, then requests, then actions.
    calls: Vec<u32>,
    requests: Vec<u32>,
    actions: Vec<u32>,
    /// The actions that were asked for.
    asked: BTreeSet<String>,
    injected: Vec<InjectedFault>,
}

/// What a request to S3 is, as far as rules ask.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub method: &'a str,
    /// Bucket, key and what is done with it, without anything that changes from one
    /// try to the next.
    pub target: &'a str,
    pub key: &'a str,
    pub sender: Sender,
}

impl Faults {
    pub fn new(plan: FaultPlan, seed: u64) -> Self {
        let state = State {
            calls: vec![0; plan.calls.len()],
            requests: vec![0; plan.requests.len()],
            actions: vec![0; plan.actions.len()],
            ..State::default()
        };
        Self {
            plan,
            seed,
            state: Mutex::new(state),
        }
    }

    /// The faults of one delivery of the event.
    pub fn of_call(&self, payload: &[u8]) -> Vec<CallFault> {
        if self.plan.calls.is_empty() {
            return Vec::new();
        }
        let event: Value = serde_json::from_slice(payload).unwrap_or_default();
        let mut state = self.state.lock().unwrap();
        let id = state.identity(payload);
        let rules = self.plan.calls.iter().enumerate();
        rules
            .filter(|(number, rule)| {
                rule.means(&event)
                    && self.chance(b"call", *number, &id) < rule.chance
                    && counts(&mut state.calls[*number], rule.skip, rule.times)
            })
            .map(|(_, rule)| rule.fault.clone())
            .collect()
    }

    /// The faults of one request to S3.
    pub fn of_request(&self, asked: Asked) -> Vec<RequestFault> {
        if self.plan.requests.is_empty() {
            return Vec::new();
        }
        let mut state = self.state.lock().unwrap();
        let id = state.identity(format!("{} {}", asked.method, asked.target).as_bytes());
        let rules = self.plan.requests.iter().enumerate();
        rules
            .filter(|(number, rule)| {
                rule.method
                    .as_deref()
                    .is_none_or(|method| method == asked.method)
                    && asked.key.contains(&rule.key)
                    && (rule.sender == Sender::Any || rule.sender == asked.sender)
                    && self.chance(b"request", *number, &id) < rule.chance
                    && counts(&mut state.requests[*number], rule.skip, rule.times)
            })
            .map(|(_, rule)| rule.fault)
            .collect()
    }

    /// The fault of one action of the account's user, noted.
    pub fn of_action(&self, action: &str) -> Option<ActionFault> {
        let mut state = self.state.lock().unwrap();
        state.asked.insert(action.to_owned());
        if self.plan.actions.is_empty() {
            return None;
        }
        let id = state.identity(action.as_bytes());
        let mut rules = self.plan.actions.iter().enumerate();
        let (_, rule) = rules.find(|(number, rule)| {
            action.starts_with(&rule.action)
                && self.chance(b"action", *number, &id) < rule.chance
                && counts(&mut state.actions[*number], rule.skip, rule.times)
        })?;
        state.injected.push(InjectedFault {
            at: SystemTime::now(),
            fault: rule.fault.to_string(),
            into: action.to_owned(),
        });
        Some(rule.fault.clone())
    }

    /// The actions that the account's user has asked for so far.
    pub fn asked(&self) -> Vec<String> {
        self.state.lock().unwrap().asked.iter().cloned().collect()
    }

    pub fn note(&self, fault: &impl ToString, into: &str) {
        let injected = InjectedFault {
            at: SystemTime::now(),
            fault: fault.to_string(),
            into: into.to_owned(),
        };
        self.state.lock().unwrap().injected.push(injected);
    }

    pub fn injected(&self) -> Vec<InjectedFault> {
        self.state.lock().unwrap().injected.clone()
    }

    /// A number from 0 to below 1 that belongs to the rule and the thing.
    fn chance(&self, kind: &[u8], rule: usize, id: &[u8]) -> f64 {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(kind);
        hash.update((rule as u64).to_le_bytes());
        hash.update(id);
        let digest = hash.finalize();
        let mut bits = [0; 8];
        bits.copy_from_slice(&digest[..8]);
        (u64::from_le_bytes(bits) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl State {
    /// What the thing is and how often it came before.
    fn identity(&mut self, thing: &[u8]) -> Vec<u8> {
        let digest: [u8; 32] = Sha256::digest(thing).into();
        let seen = self.seen.entry(digest).or_default();
        let id = [&digest[..], &seen.to_le_bytes()].concat();
        *seen += 1;
        id
    }
}

/// Counts a hit; tells whether it is one that the rule wants.
fn counts(hits: &mut u32, skip: u32, times: u32) -> bool {
    let number = *hits;
    *hits = hits.saturating_add(1);
    number >= skip && number - skip < times
}

#[cfg(test)]
mod tests {
    use super::super::{CallRule, Moment, RequestRule};
    use super::*;
    use serde_json::json;

    fn asked(target: &str) -> Asked<'_> {
        Asked {
            method: "PUT",
            target,
            key: target,
            sender: Sender::Function,
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_faults_in_any_order() {
        let plan =
            FaultPlan::default().request(RequestRule::from(RequestFault::SlowDown).chance(0.3));
        let keys: Vec<String> = (0..200).map(|number| format!("/b/{number}")).collect();
        let hit = |seed, keys: &mut dyn Iterator<Item = &String>| {
            let faults = Faults::new(plan.clone(), seed);
            let mut hit: Vec<&String> = keys
                .filter(|key| !faults.of_request(asked(key)).is_empty())
                .collect();
            hit.sort();
            hit.into_iter().cloned().collect::<Vec<_>>()
        };
        let one = hit(1, &mut keys.iter());
        assert_eq!(one, hit(1, &mut keys.iter().rev()));
        assert_ne!(one, hit(2, &mut keys.iter()));
        assert!((40..80).contains(&one.len()), "{} of 200", one.len());
    }

    #[test]
    fn a_repetition_has_a_chance_of_its_own() {
        let plan = FaultPlan::default().call(CallRule::from(CallFault::Duplicate).chance(0.5));
        let faults = Faults::new(plan, 7);
        let hits: Vec<bool> = (0..64).map(|_| !faults.of_call(b"{}").is_empty()).collect();
        assert!(hits.contains(&true) && hits.contains(&false));
    }

    #[test]
    fn a_rule_is_for_what_it_says() {
        let plan = FaultPlan::default()
            .call(
                CallRule::from(CallFault::Slow(20.0))
                    .event("/workerId", 3)
                    .skip(1)
                    .times(2),
            )
            .request(
                RequestRule::from(RequestFault::Conflict)
                    .method("PUT")
                    .key("part")
                    .sender(Sender::Function),
            );
        let faults = Faults::new(plan, 0);
        let call = |worker: u32| {
            faults
                .of_call(json!({"workerId": worker}).to_string().as_bytes())
                .len()
        };
        assert_eq!(
            [call(3), call(2), call(3), call(3), call(3)],
            [0, 0, 1, 1, 0]
        );
        assert_eq!(
            faults.of_request(asked("a/part/1")),
            [RequestFault::Conflict]
        );
        assert_eq!(faults.of_request(asked("a/other")), []);
        assert_eq!(
            faults.of_request(Asked {
                method: "GET",
                ..asked("a/part/1")
            }),
            []
        );
        assert_eq!(
            faults.of_request(Asked {
                sender: Sender::Caller,
                ..asked("a/part/1")
            }),
            []
        );
    }

    #[test]
    fn a_plan_is_read_from_json() {
        let plan: FaultPlan = serde_json::from_value(json!({
            "calls": [
                {"fault": {"kill": {"after_ms": 150}}, "event": {"/workerId": 3}, "times": 1},
                {"fault": {"refuse": "throttled"}, "chance": 0.1},
                {"fault": "duplicate"},
                {"fault": {"lose_answer": {"status": 502}}},
            ],
            "requests": [{"fault": {"reset": 0.5}, "method": "PUT", "key": "parts/", "sender": "function"}],
        }))
        .unwrap();
        let kill = CallFault::Kill(Moment::After(std::time::Duration::from_millis(150)));
        assert_eq!(
            plan.calls[0],
            CallRule::from(kill).event("/workerId", 3).times(1)
        );
        assert_eq!(plan.requests[0].fault, RequestFault::Reset(0.5));
        let wrong = serde_json::from_value::<FaultPlan>(
            json!({"calls": [{"fault": "duplicate", "tmies": 1}]}),
        );
        assert!(
            wrong
                .unwrap_err()
                .to_string()
                .contains("unknown field `tmies`")
        );
    }
}
