use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::api::refusal::{Refusal, Unanswered};
use crate::api::service::Form;
use crate::api::{result, unknown};
use crate::cloud::Cloud;
use crate::http::{Answer, escape};
use crate::stacks::{Stack, Work, reading};

/// The most bytes of a template that comes with the request.
const MOST_TEMPLATE: usize = 51_200;

/// Answers a request to CloudFormation.
pub fn answer(
    cloud: &Arc<Cloud>,
    operation: &str,
    form: &Form,
    request_id: &str,
) -> Result<Answer, Unanswered> {
    let name = form.text("StackName");
    let told = match operation {
        "CreateStack" => create(cloud, name, form)?,
        "UpdateStack" => update(cloud, name, form)?,
        "DeleteStack" => delete(cloud, name),
        "DescribeStacks" => format!("<Stacks>{}</Stacks>", described(cloud, &find(cloud, name)?)),
        "DescribeStackEvents" => {
            format!("<StackEvents>{}</StackEvents>", events(&find(cloud, name)?))
        }
        "DescribeStackResources" => format!(
            "<StackResources>{}</StackResources>",
            resources(&find(cloud, name)?)
        ),
        "GetTemplate" => format!(
            "<TemplateBody>{}</TemplateBody>",
            escape(&find(cloud, name)?.text)
        ),
        _ => return Err(unknown(&format!("cloudformation:{operation}")).into()),
    };
    Ok(result(operation, &told, request_id))
}

fn invalid(message: &str) -> Refusal {
    Refusal::new(400, "ValidationError", message)
}

fn find(cloud: &Cloud, name: &str) -> Result<Stack, Refusal> {
    let found = cloud.stacks.find(name);
    found.ok_or_else(|| invalid(&format!("Stack with id {name} does not exist")))
}

/// A stack as it is asked for.
fn asked(cloud: &Cloud, name: &str, form: &Form) -> Result<Stack, Refusal> {
    let text = form.text("TemplateBody");
    if text.is_empty() || text.len() > MOST_TEMPLATE {
        let message =
            format!("'templateBody' must have length greater than 0 and at most {MOST_TEMPLATE}");
        return Err(invalid(&message));
    }
    let template: Value = serde_json::from_str(text).map_err(|error| {
        invalid(&format!(
            "Template format error: JSON not well-formed ({error}); the emulator reads no YAML"
        ))
    })?;
    let needs_iam = template["Resources"].as_object().into_iter().flatten();
    let mut kinds = needs_iam.filter_map(|(_, one)| one["Type"].as_str());
    let capable = form
        .members("Capabilities", "")
        .any(|name| name.starts_with("CAPABILITY_"));
    if kinds.any(|kind| kind.starts_with("AWS::IAM::")) && !capable {
        let message = "Requires capabilities : [CAPABILITY_IAM]";
        return Err(Refusal::new(
            400,
            "InsufficientCapabilitiesException",
            message,
        ));
    }
    let keys = form
        .members("Parameters", "ParameterKey")
        .map(str::to_owned);
    let values = form
        .members("Parameters", "ParameterValue")
        .map(str::to_owned);
    let given: BTreeMap<String, String> = keys.zip(values).collect();
    let id = format!(
        "arn:aws:cloudformation:{}:{}:stack/{name}/{}",
        cloud.base.region,
        cloud.base.account,
        cloud.shared.new_id()
    );
    Ok(Stack {
        id,
        name: name.to_owned(),
        status: "CREATE_IN_PROGRESS",
        reason: None,
        made: OffsetDateTime::now_utc(),
        text: text.to_owned(),
        parameters: parameters(&template, given)?,
        template,
        resources: Vec::new(),
        events: Vec::new(),
    })
}

/// The parameters with their defaults, if they are what the template allows.
fn parameters(
    template: &Value,
    given: BTreeMap<String, String>,
) -> Result<BTreeMap<String, String>, Refusal> {
    let declared = template["Parameters"]
        .as_object()
        .cloned()
        .unwrap_or_default();
    if let Some(name) = given.keys().find(|name| !declared.contains_key(*name)) {
        return Err(invalid(&format!(
            "Parameters: [{name}] do not exist in the template"
        )));
    }
    let plain = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned)
    };
    let mut parameters = BTreeMap::new();
    for (name, rule) in &declared {
        let default = rule.get("Default").map(plain);
        let Some(value) = given.get(name).cloned().or(default) else {
            return Err(invalid(&format!("Parameters: [{name}] must have values")));
        };
        let number = value.parse::<f64>().ok();
        let limit = |key: &str| rule[key].as_f64().zip(number);
        if limit("MaxValue").is_some_and(|(most, number)| number > most) {
            return Err(invalid(&format!(
                "Parameter '{name}' must be a number not greater than {}",
                rule["MaxValue"]
            )));
        }
        if limit("MinValue").is_some_and(|(least, number)| number < least) {
            return Err(invalid(&format!(
                "Parameter '{name}' must be a number not less than {}",
                rule["MinValue"]
            )));
        }
        let allowed = rule["AllowedValues"].as_array();
        if allowed.is_some_and(|allowed| !allowed.iter().any(|one| plain(one) == value)) {
            return Err(invalid(&format!(
                "Parameter '{name}' must be one of AllowedValues"
            )));
        }
        parameters.insert(name.clone(), value);
    }
    Ok(parameters)
}

fn create(cloud: &Arc<Cloud>, name: &str, form: &Form) -> Result<String, Refusal> {
    if let Some(stack) = cloud.stacks.find(name) {
        let message = format!("Stack [{}] already exists", stack.name);
        return Err(Refusal::new(400, "AlreadyExistsException", &message));
    }
    let stack = asked(cloud, name, form)?;
    let id = stack.id.clone();
    cloud.stacks.add(stack);
    let work = Work {
        cloud: cloud.clone(),
        id: id.clone(),
    };
    work.state("CREATE_IN_PROGRESS", Some("User Initiated".to_owned()));
    tokio::spawn(work.create());
    Ok(format!("<StackId>{id}</StackId>"))
}

fn update(cloud: &Arc<Cloud>, name: &str, form: &Form) -> Result<String, Refusal> {
    let before = find(cloud, name)?;
    let states = [
        "CREATE_COMPLETE",
        "UPDATE_COMPLETE",
        "UPDATE_ROLLBACK_COMPLETE",
    ];
    if !states.contains(&before.status) {
        let message = format!(
            "Stack:{} is in {} state and can not be updated.",
            before.id, before.status
        );
        return Err(invalid(&message));
    }
    let wanted = asked(cloud, &before.name, form)?;
    let after = Stack {
        text: wanted.text,
        template: wanted.template,
        parameters: wanted.parameters,
        ..before.clone()
    };
    if effect(cloud, &before) == effect(cloud, &after) {
        return Err(invalid("No updates are to be performed."));
    }
    let id = before.id.clone();
    cloud.stacks.change(&id, |stack| *stack = after);
    let work = Work {
        cloud: cloud.clone(),
        id: id.clone(),
    };
    work.state("UPDATE_IN_PROGRESS", Some("User Initiated".to_owned()));
    tokio::spawn(work.update(before));
    Ok(format!("<StackId>{id}</StackId>"))
}

/// What a stack's resources come to. How they are removed is not a part of it: on its own,
/// AWS takes no change of that.
fn effect(cloud: &Cloud, stack: &Stack) -> Vec<(String, Option<Value>, Value)> {
    let reading = reading(cloud, stack);
    let row = |(name, _, declared): (String, String, Value)| {
        (
            name,
            reading.value(&declared["Properties"]),
            declared["Metadata"].clone(),
        )
    };
    reading.wanted().into_iter().map(row).collect()
}

fn delete(cloud: &Arc<Cloud>, name: &str) -> String {
    let found = cloud
        .stacks
        .find(name)
        .filter(|stack| stack.status != "DELETE_COMPLETE");
    if let Some(stack) = found {
        let work = Work {
            cloud: cloud.clone(),
            id: stack.id,
        };
        work.state("DELETE_IN_PROGRESS", Some("User Initiated".to_owned()));
        tokio::spawn(work.delete());
    }
    String::new()
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escape(text))
}

fn reason(name: &str, reason: Option<&String>) -> String {
    reason.map_or_else(String::new, |reason| element(name, reason))
}

fn time(at: OffsetDateTime) -> String {
    at.format(&Rfc3339).unwrap_or_default()
}

fn described(cloud: &Cloud, stack: &Stack) -> String {
    let reading = reading(cloud, stack);
    let member = |text: String| format!("<member>{text}</member>");
    let parameter = |(name, value): (&String, &String)| {
        member(element("ParameterKey", name) + &element("ParameterValue", value))
    };
    let parameters: String = stack.parameters.iter().map(parameter).collect();
    let outputs = stack.template["Outputs"].as_object().into_iter().flatten();
    let output = |(name, one): (&String, &Value)| {
        member(element("OutputKey", name) + &element("OutputValue", &reading.text(&one["Value"])))
    };
    let outputs: String = match stack.resources.is_empty() {
        true => String::new(),
        false => outputs.map(output).collect(),
    };
    member(
        element("StackId", &stack.id)
            + &element("StackName", &stack.name)
            + &element("StackStatus", stack.status)
            + &reason("StackStatusReason", stack.reason.as_ref())
            + &element("CreationTime", &time(stack.made))
            + &format!("<Parameters>{parameters}</Parameters><Outputs>{outputs}</Outputs>"),
    )
}

fn events(stack: &Stack) -> String {
    let latest = stack.events.iter().rev();
    let event = |event: &crate::stacks::Event| {
        format!(
            "<member>{}{}{}{}{}{}{}{}{}</member>",
            element("EventId", &event.id),
            element("StackId", &stack.id),
            element("StackName", &stack.name),
            element("LogicalResourceId", &event.resource),
            element("PhysicalResourceId", &event.physical),
            element("ResourceType", &event.kind),
            element("ResourceStatus", event.status),
            reason("ResourceStatusReason", event.reason.as_ref()),
            element("Timestamp", &time(event.at)),
        )
    };
    latest.map(event).collect()
}

fn resources(stack: &Stack) -> String {
    let resource = |made: &crate::stacks::Made| {
        format!(
            "<member>{}{}{}{}</member>",
            element("LogicalResourceId", &made.name),
            element("PhysicalResourceId", &made.physical),
            element("ResourceType", &made.kind),
            element("ResourceStatus", made.status),
        )
    };
    stack.resources.iter().map(resource).collect()
}
