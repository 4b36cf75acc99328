/// The module that gives scripts the globals they expect beside the language's own.
pub const MODULE: &str = "kinora:globals/index";
