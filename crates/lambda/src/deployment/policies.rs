//! Policies with the names of an account in place.

use serde_json::Value;

use super::values;
use crate::{
    Fault,
    aws::{Aws, Template, Values, deployer_policy},
};

/// What a policy's resources are named by.
pub struct Names(Values);

impl Names {
    /// The names in this account; those of a stack's resources once it stands.
    ///
    /// # Errors
    /// When AWS does not tell whose account it is.
    pub async fn of(aws: &Aws, stack: &str) -> Result<Self, Fault> {
        let identity = aws.identity().await?;
        let mut names = Self(values(aws, &identity.account, stack));
        // Whoever may not ask for the stack gets a place to fill in.
        names.0.names = aws.stack_resources(stack).await.unwrap_or_default();
        Ok(names.filled())
    }

    /// Places to fill in where an account's names are not known.
    pub fn unknown(stack: &str, region: Option<&str>) -> Self {
        let names = Self(Values {
            account: "ACCOUNT".to_owned(),
            region: region.unwrap_or("REGION").to_owned(),
            partition: "aws".to_owned(),
            stack: stack.to_owned(),
            parameters: [("Name".to_owned(), stack.to_owned())].into(),
            ..Values::default()
        });
        names.filled()
    }

    fn filled(mut self) -> Self {
        let bucket = self.0.names.entry("Bucket".to_owned());
        bucket.or_insert_with(|| "BUCKET".to_owned());
        self
    }

    /// The least that deploying and removing need.
    pub fn deployer(&self, image: bool) -> Value {
        deployer_policy(&self.0, image)
    }

    /// What the function may do.
    pub fn function(&self) -> Value {
        self.of_resource("Role", "/Policies/0/PolicyDocument")
    }

    /// What who renders may do.
    pub fn render(&self) -> Value {
        self.of_resource("RenderPolicy", "/PolicyDocument")
    }

    fn of_resource(&self, name: &str, pointer: &str) -> Value {
        let resources = Template::own().resources(&self.0);
        let properties = resources.get(name).map(|resource| &resource.properties);
        properties
            .and_then(|value| value.pointer(pointer))
            .cloned()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_say_what_is_to_be_filled_in() {
        let names = Names::unknown("films", Some("eu-west-1"));
        let render = names.render().to_string();
        assert!(
            render.contains("arn:aws:lambda:eu-west-1:ACCOUNT:function:films"),
            "{render}"
        );
        assert!(render.contains("arn:aws:s3:::BUCKET/*"), "{render}");
        assert!(names.function().to_string().contains("WriteItsLog"));
        assert!(names.deployer(false).to_string().contains("stack/films/*"));
    }
}
