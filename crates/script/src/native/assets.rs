//! Files and what is in them, as the runtime is told of them.

use rquickjs::{Ctx, Object, Result};

use crate::HostAsset;

/// A file that there is not, and why.
pub fn missing<'js>(ctx: &Ctx<'js>, fault: &str) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("id", "")?;
    for name in ["width", "height", "duration"] {
        object.set(name, 0)?;
    }
    object.set("audio", false)?;
    object.set("missing", fault)?;
    Ok(object)
}

pub fn shown<'js>(ctx: &Ctx<'js>, asset: &HostAsset) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("id", asset.id.to_string())?;
    object.set("width", asset.width)?;
    object.set("height", asset.height)?;
    object.set("duration", asset.duration)?;
    object.set("audio", asset.audio)?;
    Ok(object)
}

pub fn svg_document<'js>(ctx: &Ctx<'js>, document: &kinora_svg::Document) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("root", svg_element(ctx, &document.root)?)?;
    object.set("bounds", document.bounds.map(Vec::from))?;
    Ok(object)
}

/// Elements lie no deeper than [`kinora_svg::document`] lets them.
fn svg_element<'js>(ctx: &Ctx<'js>, element: &kinora_svg::Element) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("name", element.name.as_str())?;
    let attributes = Object::new(ctx.clone())?;
    for (name, value) in &element.attributes {
        attributes.set(name.as_str(), value.as_str())?;
    }
    object.set("attributes", attributes)?;
    let children = element.children.iter();
    let children: Vec<Object<'js>> = children
        .map(|child| svg_element(ctx, child))
        .collect::<Result<_>>()?;
    object.set("children", children)?;
    Ok(object)
}
