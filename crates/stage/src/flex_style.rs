use taffy::{Dimension, LengthPercentage, LengthPercentageAuto, Position, Size, Style};

use crate::{
    flex::{BoxProps, Length},
    kind::own::Natural,
    units::floor_unit,
};

/// A box's style for the flex tree; a root is placed by nobody.
pub(crate) fn flex_style(flex: &BoxProps, natural: Natural, root: bool) -> Style {
    let (mut width, mut height) = (flex.width, flex.height);
    let ratio = flex.ratio.filter(|ratio| *ratio > 0.0).or(natural.ratio);
    if let Some(size) = natural.size
        && (natural.is_fixed || (width.is_none() && height.is_none()))
    {
        width = Some(Length::Px(size.x));
        height = Some(Length::Px(size.y));
    }
    if !root {
        // The flex tree counts an item as it is set when it sizes the box around.
        width = at_most(width, flex.max_width);
        height = at_most(height, flex.max_height);
    }
    let mut least = (flex.min_width, flex.min_height);
    if let (Some(ratio), Some(Length::Px(w)), Some(Length::Px(h)), false) =
        (ratio, width, height, root)
    {
        // An item does not shrink below what its proportions make of its other side.
        let least_of = |own: f64, most: Option<Length>| match most {
            Some(Length::Px(most)) => Length::Px(own.min(most)),
            _ => Length::Px(own),
        };
        least.0 = least.0.or(Some(least_of(w.min(h * ratio), flex.max_width)));
        least.1 = least
            .1
            .or(Some(least_of(h.min(w / ratio), flex.max_height)));
    }
    let [top, right, bottom, left] = flex.margin;
    let margin = |length: f64| LengthPercentageAuto::length(floor_unit(length) as f32);
    let [p_top, p_right, p_bottom, p_left] = flex.padding;
    let padding = |length: f64| LengthPercentage::length(floor_unit(length.max(0.0)) as f32);
    Style {
        position: if root {
            Position::Absolute
        } else {
            Position::Relative
        },
        size: Size {
            width: dimension(width),
            height: dimension(height),
        },
        min_size: Size {
            width: limit(least.0),
            height: limit(least.1),
        },
        max_size: Size {
            width: limit(flex.max_width),
            height: limit(flex.max_height),
        },
        aspect_ratio: ratio.map(|ratio| ratio as f32),
        margin: taffy::Rect {
            left: margin(left),
            right: margin(right),
            top: margin(top),
            bottom: margin(bottom),
        },
        padding: taffy::Rect {
            left: padding(p_left),
            right: padding(p_right),
            top: padding(p_top),
            bottom: padding(p_bottom),
        },
        gap: Size {
            width: gap(flex.gap[0]),
            height: gap(flex.gap[1]),
        },
        flex_direction: flex.direction,
        flex_wrap: flex.wrap,
        flex_grow: flex.grow as f32,
        flex_shrink: flex.shrink as f32,
        flex_basis: dimension(flex.basis),
        justify_content: flex.justify_content,
        align_content: flex.align_content,
        align_items: flex.align_items,
        align_self: flex.align_self,
        ..Style::DEFAULT
    }
}

fn at_most(length: Option<Length>, most: Option<Length>) -> Option<Length> {
    match (length, most) {
        (Some(Length::Px(px)), Some(Length::Px(most))) => Some(Length::Px(px.min(most))),
        _ => length,
    }
}

fn dimension(length: Option<Length>) -> Dimension {
    match length {
        None => Dimension::auto(),
        Some(Length::Px(px)) => Dimension::length(floor_unit(px.max(0.0)) as f32),
        Some(Length::Percent(percent)) => Dimension::percent((percent.max(0.0) / 100.0) as f32),
        Some(Length::MinContent) => Dimension::min_content(),
        Some(Length::MaxContent) => Dimension::max_content(),
    }
}

fn limit(length: Option<Length>) -> LengthPercentageAuto {
    match length {
        Some(Length::Px(px)) => LengthPercentageAuto::length(floor_unit(px.max(0.0)) as f32),
        Some(Length::Percent(percent)) => {
            LengthPercentageAuto::percent((percent.max(0.0) / 100.0) as f32)
        }
        None | Some(Length::MinContent | Length::MaxContent) => LengthPercentageAuto::auto(),
    }
}

fn gap(length: Length) -> LengthPercentage {
    match length {
        Length::Percent(percent) => LengthPercentage::percent((percent.max(0.0) / 100.0) as f32),
        Length::Px(px) => LengthPercentage::length(floor_unit(px.max(0.0)) as f32),
        Length::MinContent | Length::MaxContent => LengthPercentage::length(0.0),
    }
}
