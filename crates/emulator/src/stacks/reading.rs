use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A template being read: what its functions come to.
pub struct Reading<'a> {
    pub template: &'a Value,
    pub parameters: &'a BTreeMap<String, String>,
    /// The names of resources that stand.
    pub names: BTreeMap<String, String>,
    pub region: &'a str,
    pub account: &'a str,
    pub stack: &'a str,
}

impl Reading<'_> {
    /// The resources that are wanted: name, kind and what is declared.
    pub fn wanted(&self) -> Vec<(String, String, Value)> {
        let all = self.template["Resources"].as_object().into_iter().flatten();
        let wanted = all.filter(|(_, one)| {
            let condition = one["Condition"].as_str();
            condition.is_none_or(|name| self.holds(name))
        });
        let row = |(name, one): (&String, &Value)| {
            let kind = one["Type"].as_str().unwrap_or_default();
            (name.clone(), kind.to_owned(), one.clone())
        };
        wanted.map(row).collect()
    }

    fn holds(&self, condition: &str) -> bool {
        self.is_true(&self.template["Conditions"][condition])
    }

    fn is_true(&self, condition: &Value) -> bool {
        let Some((function, argument)) = condition.as_object().and_then(|map| map.iter().next())
        else {
            return false;
        };
        let list = argument.as_array().map_or(&[][..], Vec::as_slice);
        match function.as_str() {
            "Condition" => argument.as_str().is_some_and(|name| self.holds(name)),
            "Fn::Equals" => list.len() == 2 && self.text(&list[0]) == self.text(&list[1]),
            "Fn::Not" => list.len() == 1 && !self.is_true(&list[0]),
            "Fn::And" => list.iter().all(|one| self.is_true(one)),
            "Fn::Or" => list.iter().any(|one| self.is_true(one)),
            _ => false,
        }
    }

    /// What a value comes to, as text.
    pub fn text(&self, value: &Value) -> String {
        match self.value(value) {
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// What a value comes to; none for `AWS::NoValue`.
    pub fn value(&self, value: &Value) -> Option<Value> {
        match value {
            Value::Array(list) => Some(list.iter().filter_map(|one| self.value(one)).collect()),
            Value::Object(map) => {
                if let (1, Some((function, argument))) = (map.len(), map.iter().next())
                    && (function == "Ref" || function.starts_with("Fn::"))
                {
                    return self.call(function, argument);
                }
                let entries = map.iter();
                let entry = |(name, one): (&String, &Value)| Some((name.clone(), self.value(one)?));
                Some(Value::Object(
                    entries.filter_map(entry).collect::<Map<_, _>>(),
                ))
            }
            plain => Some(plain.clone()),
        }
    }

    fn call(&self, function: &str, argument: &Value) -> Option<Value> {
        match function {
            "Ref" => self.referred(argument.as_str()?),
            "Fn::GetAtt" => Some(json!(
                self.attribute(argument[0].as_str()?, argument[1].as_str()?)
            )),
            "Fn::If" => {
                let branch = if self.holds(argument[0].as_str()?) {
                    1
                } else {
                    2
                };
                self.value(&argument[branch])
            }
            "Fn::Sub" => {
                let mut text = String::new();
                let mut rest = argument.as_str()?;
                while let Some((before, after)) = rest.split_once("${") {
                    let (name, end) = after.split_once('}')?;
                    text += before;
                    text += &match name.split_once('.') {
                        Some((resource, attribute)) => self.attribute(resource, attribute),
                        None => self.text(&json!({"Ref": name})),
                    };
                    rest = end;
                }
                Some(json!(text + rest))
            }
            _ => None,
        }
    }

    fn referred(&self, name: &str) -> Option<Value> {
        match name {
            "AWS::NoValue" => None,
            "AWS::Region" => Some(json!(self.region)),
            "AWS::AccountId" => Some(json!(self.account)),
            "AWS::Partition" => Some(json!("aws")),
            "AWS::StackName" => Some(json!(self.stack)),
            _ => {
                let value = self.parameters.get(name).or_else(|| self.names.get(name));
                Some(json!(value.cloned().unwrap_or_default()))
            }
        }
    }

    fn attribute(&self, resource: &str, attribute: &str) -> String {
        let name = self.names.get(resource).cloned().unwrap_or_default();
        let (region, account) = (self.region, self.account);
        let kind = self.template["Resources"][resource]["Type"].as_str();
        match (kind.unwrap_or_default(), attribute) {
            ("AWS::S3::Bucket", "Arn") => format!("arn:aws:s3:::{name}"),
            ("AWS::IAM::Role", "Arn") => format!("arn:aws:iam::{account}:role/{name}"),
            ("AWS::Logs::LogGroup", "Arn") => {
                format!("arn:aws:logs:{region}:{account}:log-group:{name}:*")
            }
            ("AWS::Lambda::Function", "Arn") => {
                format!("arn:aws:lambda:{region}:{account}:function:{name}")
            }
            _ => String::new(),
        }
    }
}
