use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What is deployed, as CloudFormation takes it.
pub const TEMPLATE: &str = include_str!("../../../../deploy/template.json");

/// A template of CloudFormation's in JSON, as far as ours uses what there can be.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(Value);

/// What a template's references stand for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Values {
    /// Given parameters; others have their defaults.
    pub parameters: BTreeMap<String, String>,
    /// The account's number.
    pub account: String,
    /// The region.
    pub region: String,
    /// `aws`, or where the region is another's.
    pub partition: String,
    /// The stack's name.
    pub stack: String,
    /// Resources' names, by their names in the template; those that are not known yet are
    /// written as `<NAME>`.
    pub names: BTreeMap<String, String>,
}

/// A resource with everything in place that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Such as `AWS::S3::Bucket`.
    pub kind: String,
    /// Its properties.
    pub properties: Value,
}

impl Template {
    /// The one that belongs to this version of Kinora.
    pub fn own() -> Self {
        Self::parse(TEMPLATE).expect("the template is JSON, as a test makes sure")
    }

    /// A template in JSON; none if the text is none, as one in YAML.
    pub fn parse(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        value["Resources"].is_object().then_some(Self(value))
    }

    /// Parameters and their defaults.
    pub fn defaults(&self) -> BTreeMap<String, String> {
        let entries = self.0["Parameters"].as_object().into_iter().flatten();
        let default = |value: &Value| match &value["Default"] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        entries
            .map(|(name, value)| (name.clone(), default(value)))
            .collect()
    }

    /// The resources that there are with these values.
    pub fn resources(&self, values: &Values) -> BTreeMap<String, Resource> {
        let reading = Reading {
            template: self,
            values,
        };
        let all = self.0["Resources"].as_object().into_iter().flatten();
        let wanted = all.filter(|(_, one)| match one["Condition"].as_str() {
            Some(condition) => reading.holds(condition),
            None => true,
        });
        wanted
            .map(|(name, one)| {
                let kind = one["Type"].as_str().unwrap_or_default().to_owned();
                let properties = reading.value(&one["Properties"]).unwrap_or_default();
                (name.clone(), Resource { kind, properties })
            })
            .collect()
    }

    /// The same template, but these resources stay when the stack is removed. CloudFormation
    /// takes that only along with another change, which a note in `Metadata` is.
    pub fn keeping(&self, names: &[&str]) -> Self {
        let mut value = self.0.clone();
        for name in names {
            value["Resources"][*name]["DeletionPolicy"] = json!("Retain");
            value["Resources"][*name]["Metadata"] =
                json!({"Kept": "stays when the stack is removed"});
        }
        Self(value)
    }

    /// The template as it is sent: without white space, of which CloudFormation takes 51,200
    /// bytes like any other.
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

/// A template being read with its values.
struct Reading<'a> {
    template: &'a Template,
    values: &'a Values,
}

impl Reading<'_> {
    /// Whether a condition of this name holds.
    fn holds(&self, name: &str) -> bool {
        self.is_true(&self.template.0["Conditions"][name])
    }

    fn is_true(&self, condition: &Value) -> bool {
        let each = |name: &str| condition[name].as_array().map_or(&[][..], Vec::as_slice);
        if let Some(name) = condition["Condition"].as_str() {
            return self.holds(name);
        }
        if let [left, right] = each("Fn::Equals") {
            return plain(self.value(left)) == plain(self.value(right));
        }
        if let [one] = each("Fn::Not") {
            return !self.is_true(one);
        }
        match condition.get("Fn::And") {
            Some(_) => each("Fn::And").iter().all(|one| self.is_true(one)),
            None => each("Fn::Or").iter().any(|one| self.is_true(one)),
        }
    }

    /// The value with all functions applied; none for `AWS::NoValue`.
    fn value(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Array(list) => Some(list.iter().filter_map(|one| self.value(one)).collect()),
            Value::Object(map) => match map.iter().next() {
                Some((name, argument))
                    if map.len() == 1 && (name == "Ref" || name.starts_with("Fn::")) =>
                {
                    self.apply(name, argument)
                }
                _ => {
                    let entry =
                        |(name, one): (&String, &Value)| Some((name.clone(), self.value(one)?));
                    Some(Value::Object(
                        map.iter().filter_map(entry).collect::<Map<_, _>>(),
                    ))
                }
            },
            plain => Some(plain.clone()),
        }
    }

    fn apply(&self, function: &str, argument: &Value) -> Option<Value> {
        match (function, argument) {
            ("Ref", Value::String(name)) => self.reference(name),
            ("Fn::GetAtt", Value::Array(path)) => {
                let [name, attribute] = path.as_slice() else {
                    return None;
                };
                Some(json!(self.attribute(name.as_str()?, attribute.as_str()?)))
            }
            ("Fn::Sub", Value::String(text)) => Some(json!(self.substituted(text))),
            ("Fn::If", Value::Array(parts)) => {
                let [condition, then, other] = parts.as_slice() else {
                    return None;
                };
                self.value(if self.holds(condition.as_str()?) {
                    then
                } else {
                    other
                })
            }
            _ => None,
        }
    }

    fn reference(&self, name: &str) -> Option<Value> {
        let values = self.values;
        let text = match name {
            "AWS::NoValue" => return None,
            "AWS::Region" => &values.region,
            "AWS::AccountId" => &values.account,
            "AWS::Partition" => &values.partition,
            "AWS::StackName" => &values.stack,
            name => {
                let parameter = &self.template.0["Parameters"][name];
                if parameter.is_null() {
                    return Some(json!(self.name(name)));
                }
                let given = values.parameters.get(name).cloned();
                let text = given
                    .or_else(|| self.template.defaults().remove(name))
                    .unwrap_or_default();
                let number = (parameter["Type"] == "Number")
                    .then(|| text.parse::<u64>().ok())
                    .flatten();
                return Some(number.map_or(json!(text), |number| json!(number)));
            }
        };
        Some(json!(text))
    }

    /// The name of a resource.
    fn name(&self, resource: &str) -> String {
        let known = self.values.names.get(resource).cloned();
        known.unwrap_or_else(|| format!("<{resource}>"))
    }

    fn attribute(&self, resource: &str, attribute: &str) -> String {
        let Values {
            account,
            region,
            partition,
            ..
        } = self.values;
        let one = &self.template.0["Resources"][resource];
        match (one["Type"].as_str().unwrap_or_default(), attribute) {
            ("AWS::S3::Bucket", "Arn") => format!("arn:{partition}:s3:::{}", self.name(resource)),
            ("AWS::IAM::Role", "Arn") => format!(
                "arn:{partition}:iam::{account}:role/{}",
                self.name(resource)
            ),
            ("AWS::Logs::LogGroup", "Arn") => {
                let name = plain(self.value(&one["Properties"]["LogGroupName"]));
                format!("arn:{partition}:logs:{region}:{account}:log-group:{name}:*")
            }
            _ => format!("<{resource}.{attribute}>"),
        }
    }

    /// `${Name}` and `${Name.Attribute}` replaced.
    fn substituted(&self, text: &str) -> String {
        let mut parts = text.split("${");
        let mut done = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap_or((part, ""));
            done += &match name.split_once('.') {
                Some((resource, attribute)) => self.attribute(resource, attribute),
                None => plain(self.reference(name)),
            };
            done += rest;
        }
        done
    }
}

/// A text or a number as text.
fn plain(value: Option<Value>) -> String {
    match value {
        Some(Value::String(text)) => text,
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(parameters: &[(&str, &str)]) -> Values {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Values {
            parameters: parameters.iter().map(pair).collect(),
            account: "123456789012".to_owned(),
            region: "eu-central-1".to_owned(),
            partition: "aws".to_owned(),
            stack: "films".to_owned(),
            names: [("Bucket".to_owned(), "films-bucket-1".to_owned())].into(),
        }
    }

    #[test]
    fn there_is_no_function_before_there_is_code() {
        let template = Template::own();
        let names = |parameters: &[(&str, &str)]| {
            let found = template.resources(&values(parameters));
            found.into_keys().collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(&[]), "Bucket BucketPolicy LogGroup RenderPolicy Role");
        let all = "Attempts Bucket BucketPolicy Function LogGroup RenderPolicy Role";
        assert_eq!(names(&[("CodeKey", "kinora/code/1.zip")]), all);
        assert_eq!(names(&[("ImageUri", "1.dkr.ecr.x/kinora:1")]), all);
    }

    #[test]
    fn a_zip_and_an_image_are_told_apart() {
        let function = |parameters: &[(&str, &str)]| {
            let mut found = Template::own().resources(&values(parameters));
            found.remove("Function").unwrap().properties
        };
        let zip = function(&[
            ("Name", "films"),
            ("CodeKey", "a.zip"),
            ("MemorySize", "1769"),
            ("Concurrency", "7"),
        ]);
        assert_eq!(
            zip["Code"],
            json!({"S3Bucket": "films-bucket-1", "S3Key": "a.zip"})
        );
        assert_eq!(
            (&zip["PackageType"], &zip["Runtime"]),
            (&json!("Zip"), &json!("provided.al2023"))
        );
        assert_eq!(
            (&zip["MemorySize"], &zip["ReservedConcurrentExecutions"]),
            (&json!(1769), &json!(7))
        );
        assert_eq!(zip["FunctionName"], "films");
        let image = function(&[("ImageUri", "uri")]);
        assert_eq!(
            (&image["Code"], &image["PackageType"]),
            (&json!({"ImageUri": "uri"}), &json!("Image"))
        );
        assert!(
            image.get("Runtime").is_none() && image.get("ReservedConcurrentExecutions").is_none()
        );
    }

    #[test]
    fn references_become_names() {
        let found = Template::own().resources(&values(&[("Name", "films")]));
        let statements = &found["Role"].properties["Policies"][0]["PolicyDocument"]["Statement"];
        assert_eq!(
            statements[0]["Resource"],
            "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/films:*"
        );
        assert_eq!(
            statements[3]["Resource"],
            "arn:aws:s3:::films-bucket-1/kinora/*"
        );
        assert_eq!(
            statements[4]["Resource"][1],
            "arn:aws:lambda:eu-central-1:123456789012:function:films:*"
        );
        let text = serde_json::to_string(&found["Role"].properties).unwrap();
        assert!(!text.contains('$') && !text.contains('<'), "{text}");
        let rules = &found["Bucket"].properties["LifecycleConfiguration"]["Rules"];
        assert_eq!(rules.as_array().unwrap().len(), 3);
    }

    #[test]
    fn the_template_fits_into_a_request() {
        assert!(Template::own().text().len() < 51_200);
    }
}
