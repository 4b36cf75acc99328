use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{Code, DeployOrder, Stored, values};
use crate::{
    Fault, FaultKind,
    aws::{Aws, Identity, Resource, Stack, StackState, Template, Values},
};

/// What deploying would do.
pub struct DeployPlan {
    /// Whose account it is.
    pub identity: Identity,
    /// The region.
    pub region: String,
    /// The stack that is there; none if there is none that could be worked with.
    pub stack: Option<Stack>,
    /// What has to go first: a stack that came to nothing.
    pub ruin: Option<Stack>,
    /// What becomes of each resource.
    pub changes: Vec<Change>,
    /// What the bucket holds, if there is one.
    pub stored: Option<Stored>,
    /// Bytes of the zip that have to be sent.
    pub upload: Option<u64>,
    /// What the function may do, as IAM has it.
    pub function_policy: Value,
    /// What who renders may do.
    pub render_policy: Value,
    /// The stack's parameters.
    pub(super) parameters: BTreeMap<String, String>,
    /// Resources' names.
    pub(super) names: BTreeMap<String, String>,
}

/// What becomes of a resource.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Its name in the template.
    pub name: String,
    /// Such as `AWS::S3::Bucket`.
    pub kind: String,
    /// What becomes of it.
    pub what: What,
    /// Its properties that change, from what to what.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub properties: Vec<String>,
}

/// What becomes of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// It is made.
    Made,
    /// It is changed.
    Changed,
    /// It stays as it is.
    LeftAlone,
    /// It is removed.
    Removed,
}

impl DeployPlan {
    /// Looks at what is there, and changes nothing.
    ///
    /// # Errors
    /// When AWS refuses to tell, or what is there cannot become what is wanted.
    pub async fn of(aws: &Aws, order: &DeployOrder) -> Result<Self, Fault> {
        let identity = aws.identity().await?;
        let found = aws.stack(&order.stack).await?;
        let found = found.filter(|stack| stack.state() != StackState::Gone);
        let (stack, ruin) = match found {
            Some(stack) if stack.state() == StackState::Unusable => (None, Some(stack)),
            found => (found, None),
        };
        let template = Template::own();
        let parameters = order.parameters(stack.as_ref(), template.defaults());
        let names = match &stack {
            Some(stack) => aws.stack_resources(&stack.id).await?,
            None => BTreeMap::new(),
        };
        let wanted = Values {
            parameters: parameters.clone(),
            names: names.clone(),
            ..values(aws, &identity.account, &order.stack)
        };
        let resources = template.resources(&wanted);
        let before = match &stack {
            Some(stack) => resources_of(aws, stack, &wanted).await?,
            None => Some(BTreeMap::new()),
        };
        let changes = changes(before.as_ref(), &resources, &names);
        refuse_another_package(&changes)?;
        let bucket = names.get("Bucket");
        let stored = match bucket {
            Some(bucket) => Stored::of(aws, bucket).await?,
            None => None,
        };
        Ok(Self {
            region: aws.region().to_owned(),
            upload: upload(aws, order, stored.as_ref()).await?,
            function_policy: resources["Role"].properties["Policies"][0]["PolicyDocument"].clone(),
            render_policy: resources["RenderPolicy"].properties["PolicyDocument"].clone(),
            identity,
            stack,
            ruin,
            changes,
            stored,
            parameters,
            names,
        })
    }

    /// Whether all is as it is wanted.
    pub fn is_done(&self) -> bool {
        let changes = self
            .changes
            .iter()
            .any(|change| change.what != What::LeftAlone);
        self.stack.is_some() && !changes && self.upload.is_none()
    }

    /// The plan for programs.
    pub fn to_json(&self) -> Value {
        let state = |stack: &Stack| json!({"name": stack.name, "status": stack.status});
        json!({
            "account": self.identity.account,
            "identity": self.identity.arn,
            "region": self.region,
            "stack": self.stack.as_ref().map(state),
            "removedFirst": self.ruin.as_ref().map(state),
            "changes": self.changes,
            "uploadBytes": self.upload,
            "stored": self.stored,
            "parameters": self.parameters,
            "functionPolicy": self.function_policy,
            "renderPolicy": self.render_policy,
        })
    }
}

/// What there is now, as far as its template can be read: one in YAML cannot.
async fn resources_of(
    aws: &Aws,
    stack: &Stack,
    wanted: &Values,
) -> Result<Option<BTreeMap<String, Resource>>, Fault> {
    let text = aws.stack_template(&stack.id).await?;
    let values = Values {
        parameters: stack.parameters.clone(),
        ..wanted.clone()
    };
    Ok(Template::parse(&text).map(|template| template.resources(&values)))
}

fn changes(
    before: Option<&BTreeMap<String, Resource>>,
    wanted: &BTreeMap<String, Resource>,
    names: &BTreeMap<String, String>,
) -> Vec<Change> {
    let mut changes: Vec<Change> = wanted
        .iter()
        .map(|(name, resource)| {
            let had = before.and_then(|before| before.get(name));
            let (what, properties) = match (had, before) {
                (Some(had), _) => match differences(&had.properties, &resource.properties) {
                    same if same.is_empty() => (What::LeftAlone, same),
                    differences => (What::Changed, differences),
                },
                // By a template that cannot be read.
                (None, None) if names.contains_key(name) => (What::Changed, Vec::new()),
                (None, _) => (What::Made, Vec::new()),
            };
            Change {
                name: name.clone(),
                kind: resource.kind.clone(),
                what,
                properties,
            }
        })
        .collect();
    let gone = before
        .into_iter()
        .flatten()
        .filter(|(name, _)| !wanted.contains_key(*name));
    changes.extend(gone.map(|(name, resource)| Change {
        name: name.clone(),
        kind: resource.kind.clone(),
        what: What::Removed,
        properties: Vec::new(),
    }));
    changes
}

/// The properties that differ, each in a line.
fn differences(had: &Value, wanted: &Value) -> Vec<String> {
    let entries = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let (had, wanted) = (entries(had), entries(wanted));
    let names = had
        .keys()
        .chain(wanted.keys().filter(|name| !had.contains_key(*name)));
    let short = |value: Option<&Value>| match value {
        None => "none".to_owned(),
        Some(value) => match value.to_string() {
            text if text.len() > 120 => "…".to_owned(),
            text => text,
        },
    };
    names
        .filter(|name| had.get(*name) != wanted.get(*name))
        .map(
            |name| match (short(had.get(name)), short(wanted.get(name))) {
                (before, after) if before == after => name.clone(),
                (before, after) => format!("{name}: {before} → {after}"),
            },
        )
        .collect()
}

/// Lambda does not let a function go over from a zip to an image, or back.
fn refuse_another_package(changes: &[Change]) -> Result<(), Fault> {
    let other = |line: &String| line.starts_with("PackageType:") && !line.contains("none");
    let Some(change) = changes
        .iter()
        .flat_map(|change| &change.properties)
        .find(|line| other(line))
    else {
        return Ok(());
    };
    Err(Fault::new(
        FaultKind::Tool,
        format!(
            "a function cannot go over from a zip to an image or back ({change}): remove it first \
             (`kinora lambda destroy --keep-bucket`), or deploy under another name (`--stack`)"
        ),
    ))
}

/// Bytes of the zip, unless it stands in the bucket already.
async fn upload(
    aws: &Aws,
    order: &DeployOrder,
    stored: Option<&Stored>,
) -> Result<Option<u64>, Fault> {
    let Some(Code::Zip(package)) = &order.code else {
        return Ok(None);
    };
    let size = package.bytes().len() as u64;
    let Some(stored) = stored else {
        return Ok(Some(size));
    };
    let bucket = crate::Bucket::open(aws.account(), &stored.bucket)?;
    let stands = bucket.head(&package.key()).await?;
    Ok(stands.is_none_or(|meta| meta.size != size).then_some(size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(properties: Value) -> Resource {
        Resource {
            kind: "AWS::Lambda::Function".to_owned(),
            properties,
        }
    }

    #[test]
    fn changes_name_what_differs() {
        let before = [(
            "Function".to_owned(),
            resource(json!({"MemorySize": 3008, "Timeout": 900})),
        )]
        .into();
        let wanted = [
            (
                "Function".to_owned(),
                resource(json!({"MemorySize": 1769, "Timeout": 900, "X": 1})),
            ),
            ("Role".to_owned(), resource(json!({}))),
        ]
        .into();
        let told = changes(Some(&before), &wanted, &BTreeMap::new());
        assert_eq!(told[0].what, What::Changed);
        assert_eq!(
            told[0].properties,
            ["MemorySize: 3008 → 1769", "X: none → 1"]
        );
        assert_eq!(told[1].what, What::Made);
        let back = changes(Some(&wanted), &before, &BTreeMap::new());
        assert_eq!(
            (back[1].name.as_str(), back[1].what),
            ("Role", What::Removed)
        );
        assert_eq!(
            changes(Some(&before), &before, &BTreeMap::new())[0].what,
            What::LeftAlone
        );
    }

    #[test]
    fn a_zip_does_not_become_an_image() {
        let one = [(
            "Function".to_owned(),
            resource(json!({"PackageType": "Zip"})),
        )]
        .into();
        let other = [(
            "Function".to_owned(),
            resource(json!({"PackageType": "Image"})),
        )]
        .into();
        let fault =
            refuse_another_package(&changes(Some(&one), &other, &BTreeMap::new())).unwrap_err();
        assert!(fault.message.contains("--keep-bucket"), "{fault}");
    }
}
