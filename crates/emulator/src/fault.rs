/// The faults that are injected.
#[derive(Clone, Debug, Default)]
pub struct FaultPlan {}
