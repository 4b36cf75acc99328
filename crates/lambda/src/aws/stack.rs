use std::collections::BTreeMap;

use super::{Aws, AwsError, Template, request::Service, xml::Element};

/// A stack of CloudFormation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stack {
    /// Its name.
    pub name: String,
    /// What names it for good, also when it is gone.
    pub id: String,
    /// AWS's name of its state, such as `CREATE_COMPLETE`.
    pub status: String,
    /// Why it is in that state, if AWS says.
    pub reason: Option<String>,
    /// Its parameters.
    pub parameters: BTreeMap<String, String>,
    /// Its outputs.
    pub outputs: BTreeMap<String, String>,
}

/// What can be done with a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackState {
    /// It stands as it was last asked for.
    Ready,
    /// It stands as it was before it was last asked for something else, which failed.
    RolledBack,
    /// It was never made, or not removed to the end: nothing but removing it is possible.
    Unusable,
    /// AWS is at it.
    UnderWay,
    /// It is gone.
    Gone,
    /// AWS could not go back to what was before; only its console can help.
    Stuck,
}

impl Stack {
    /// What can be done with it.
    pub fn state(&self) -> StackState {
        match self.status.as_str() {
            "DELETE_COMPLETE" => StackState::Gone,
            "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE" => StackState::Ready,
            "UPDATE_ROLLBACK_COMPLETE" => StackState::RolledBack,
            // A change set that nobody carried out: there is nothing in the stack.
            "REVIEW_IN_PROGRESS" => StackState::Unusable,
            "CREATE_FAILED" | "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" | "DELETE_FAILED" => {
                StackState::Unusable
            }
            status if status.ends_with("_IN_PROGRESS") => StackState::UnderWay,
            _ => StackState::Stuck,
        }
    }

    fn read(element: &Element) -> Self {
        let text = |name| element.text_at(&[name]).map(str::to_owned);
        let pairs = |list: &str, key: &str, value: &str| {
            let members = element.members(&[list]).iter();
            let pair = |member: &Element| {
                let text = |name| member.text_at(&[name]).unwrap_or_default().to_owned();
                (text(key), text(value))
            };
            members.map(pair).collect()
        };
        Self {
            name: text("StackName").unwrap_or_default(),
            id: text("StackId").unwrap_or_default(),
            status: text("StackStatus").unwrap_or_default(),
            reason: text("StackStatusReason"),
            parameters: pairs("Parameters", "ParameterKey", "ParameterValue"),
            outputs: pairs("Outputs", "OutputKey", "OutputValue"),
        }
    }
}

/// Something that happened to a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackEvent {
    /// Names it.
    pub id: String,
    /// The resource's name in the template; the stack's own for the stack.
    pub resource: String,
    /// The resource's kind, such as `AWS::S3::Bucket`.
    pub kind: String,
    /// What its state is now.
    pub status: String,
    /// Why, if AWS says.
    pub reason: Option<String>,
}

impl StackEvent {
    fn read(element: &Element) -> Self {
        let text = |name| element.text_at(&[name]).unwrap_or_default().to_owned();
        Self {
            id: text("EventId"),
            resource: text("LogicalResourceId"),
            kind: text("ResourceType"),
            status: text("ResourceStatus"),
            reason: element
                .text_at(&["ResourceStatusReason"])
                .map(str::to_owned),
        }
    }

    /// Whether something could not be done, and not because something else could not.
    pub fn is_failure(&self) -> bool {
        let consequence = self
            .reason
            .as_deref()
            .is_none_or(|reason| reason.contains("cancelled"));
        self.status.ends_with("_FAILED") && !consequence
    }
}

impl Aws {
    /// The stack of this name or id; none if there is none. One that was removed is found
    /// by its id.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn stack(&self, name: &str) -> Result<Option<Stack>, AwsError> {
        let asked = self.cloud("DescribeStacks", name, &[]).await;
        let answer = match asked {
            Ok(answer) => answer,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        Ok(answer.members(&["Stacks"]).first().map(Stack::read))
    }

    /// The template of a stack.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn stack_template(&self, name: &str) -> Result<String, AwsError> {
        let answer = self.cloud("GetTemplate", name, &[]).await?;
        Ok(answer
            .text_at(&["TemplateBody"])
            .unwrap_or_default()
            .to_owned())
    }

    /// The names that a stack's resources have, by their names in the template. None for
    /// those that are not there.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn stack_resources(&self, name: &str) -> Result<BTreeMap<String, String>, AwsError> {
        let answer = match self.cloud("DescribeStackResources", name, &[]).await {
            Ok(answer) => answer,
            Err(error) if is_absent(&error) => return Ok(BTreeMap::new()),
            Err(error) => return Err(error),
        };
        let members = answer.members(&["StackResources"]).iter();
        let there = members.filter_map(|member| {
            let text = |name| member.text_at(&[name]).filter(|text| !text.is_empty());
            let gone = text("ResourceStatus")? == "DELETE_COMPLETE";
            let pair = (
                text("LogicalResourceId")?.to_owned(),
                text("PhysicalResourceId")?.to_owned(),
            );
            (!gone).then_some(pair)
        });
        Ok(there.collect())
    }

    /// What happened to a stack, the latest first, one page of it.
    ///
    /// # Errors
    /// When AWS refuses to tell.
    pub async fn stack_events(&self, name: &str) -> Result<Vec<StackEvent>, AwsError> {
        let answer = self.cloud("DescribeStackEvents", name, &[]).await?;
        Ok(answer
            .members(&["StackEvents"])
            .iter()
            .map(StackEvent::read)
            .collect())
    }

    /// Begins to make a stack; its id.
    ///
    /// # Errors
    /// When AWS refuses.
    pub async fn create_stack(
        &self,
        name: &str,
        template: &Template,
        parameters: &BTreeMap<String, String>,
    ) -> Result<String, AwsError> {
        let fields = wanted(template, parameters);
        let answer = self.cloud("CreateStack", name, &fields).await?;
        Ok(answer.text_at(&["StackId"]).unwrap_or(name).to_owned())
    }

    /// Begins to change a stack; whether there is anything to change.
    ///
    /// # Errors
    /// When AWS refuses.
    pub async fn update_stack(
        &self,
        name: &str,
        template: &Template,
        parameters: &BTreeMap<String, String>,
    ) -> Result<bool, AwsError> {
        let fields = wanted(template, parameters);
        match self.cloud("UpdateStack", name, &fields).await {
            Ok(_) => Ok(true),
            Err(AwsError::Refused(refusal))
                if refusal.message.contains("No updates are to be performed") =>
            {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins to remove a stack; one that is gone does no harm.
    ///
    /// # Errors
    /// When AWS refuses.
    pub async fn delete_stack(&self, name: &str) -> Result<(), AwsError> {
        self.cloud("DeleteStack", name, &[]).await.map(drop)
    }

    async fn cloud(
        &self,
        action: &str,
        stack: &str,
        more: &[(String, String)],
    ) -> Result<Element, AwsError> {
        let mut fields = vec![("StackName".to_owned(), stack.to_owned())];
        fields.extend_from_slice(more);
        self.query(Service::CloudFormation, action, &fields).await
    }
}

/// The fields that say how a stack is to be.
fn wanted(template: &Template, parameters: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut fields = vec![
        ("TemplateBody".to_owned(), template.text()),
        // The role and the policy for who renders.
        (
            "Capabilities.member.1".to_owned(),
            "CAPABILITY_IAM".to_owned(),
        ),
    ];
    for (number, (name, value)) in (1..).zip(parameters) {
        fields.push((
            format!("Parameters.member.{number}.ParameterKey"),
            name.clone(),
        ));
        fields.push((
            format!("Parameters.member.{number}.ParameterValue"),
            value.clone(),
        ));
    }
    fields
}

fn is_absent(error: &AwsError) -> bool {
    matches!(error, AwsError::Refused(refusal) if refusal.code == "ValidationError" && refusal.message.contains("does not exist"))
}
