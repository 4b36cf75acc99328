//! Pixels of what a script drew on a canvas, and pictures of pixels that it made.

use std::rc::Rc;

use kinora_film::AssetKind;
use kinora_stage::Reading;
use rquickjs::{Array, ArrayBuffer, Ctx, Exception, Function, Object, Result, TypedArray};

use super::{bytes_of, canvas::Reader, look_at, numbers_of, on_stage, shown};
use crate::{PictureKind, Pixels, world::World};

/// Pixels that are read or kept at once at most.
const MOST_PIXELS: u64 = 1 << 24;

/// Defines the functions.
pub(super) fn define<'js>(ctx: &Ctx<'js>, world: &Rc<World>, native: &Object<'js>) -> Result<()> {
    let w = world.clone();
    method!(
        native,
        ctx,
        "pixels",
        move |ctx: Ctx<'js>,
              tape: Array<'js>,
              by: u32,
              size: Option<Vec<f64>>,
              place: TypedArray<'js, f64>,
              part: Vec<f64>| {
            read(&ctx, &w, &tape, by, size, &numbers_of(&place), &part)
        }
    );
    let w = world.clone();
    method!(
        native,
        ctx,
        "keepPixels",
        move |ctx: Ctx<'js>, rgba: TypedArray<'js, u8>, width: u32, height: u32| {
            let kept = look_at(&rgba, |rgba| {
                let pixels = sound(rgba, width, height)?;
                w.employ(|host| host.keep_pixels(&pixels))
            });
            let asset = kept.map_err(|cause| Exception::throw_message(&ctx, &cause))?;
            w.stage(|bridge| bridge.use_asset(&asset, AssetKind::Still));
            shown(&ctx, &asset)
        }
    );
    let w = world.clone();
    method!(
        native,
        ctx,
        "encodePixels",
        move |ctx: Ctx<'js>,
              rgba: TypedArray<'js, u8>,
              width: u32,
              height: u32,
              kind: String,
              quality: f64| {
            let kind = match kind.as_str() {
                "image/jpeg" => PictureKind::Jpeg,
                "image/webp" => PictureKind::WebP,
                _ => PictureKind::Png,
            };
            let quality = (0.0..=1.0).contains(&quality).then_some(quality);
            let rgba = bytes_of(&rgba);
            let file = sound(&rgba, width, height)
                .and_then(|pixels| w.employ(|host| host.encode_pixels(&pixels, kind, quality)));
            match file {
                Ok(file) => ArrayBuffer::new_copy(ctx.clone(), file),
                Err(cause) => Err(Exception::throw_message(&ctx, &cause)),
            }
        }
    );
    Ok(())
}

/// A part of what was drawn on a canvas, as its pixels.
fn read<'js>(
    ctx: &Ctx<'js>,
    world: &World,
    tape: &Array<'js>,
    by: u32,
    size: Option<Vec<f64>>,
    place: &[f64],
    part: &[f64],
) -> Result<ArrayBuffer<'js>> {
    let (Some(place), [x, y, width, height]) = (place.first_chunk(), part) else {
        return Err(Exception::throw_message(
            ctx,
            "no part of the canvas is named",
        ));
    };
    let (width, height) = (*width as u32, *height as u32);
    check(width, height).map_err(|cause| Exception::throw_message(ctx, &cause))?;
    let calls = world.stage(|bridge| Reader::of(bridge).read(ctx, tape, 0))?;
    let size = size.and_then(|size| Some((*size.first()?, *size.get(1)?)));
    let (drawing, fonts) = on_stage(ctx, world, |bridge| {
        let reading = Reading {
            by: bridge.known(by),
            size,
            place: *place,
            corner: (*x, *y),
        };
        let drawing = bridge.stage.picture(&calls, &reading);
        drawing.map(|drawing| (drawing, bridge.fonts_used()))
    })?;
    let pixels = world.employ(|host| host.paint(&drawing, (width, height), &fonts));
    match pixels {
        Ok(pixels) => ArrayBuffer::new_copy(ctx.clone(), pixels),
        Err(cause) => Err(Exception::throw_message(
            ctx,
            &format!("the canvas cannot be read: {cause}"),
        )),
    }
}

fn check(width: u32, height: u32) -> std::result::Result<(), String> {
    match u64::from(width) * u64::from(height) {
        0 => Err("a picture of no pixels".to_owned()),
        pixels if pixels > MOST_PIXELS => Err(format!(
            "{width}×{height} pixels are more than can be read or put at once ({MOST_PIXELS})"
        )),
        _ => Ok(()),
    }
}

fn sound(rgba: &[u8], width: u32, height: u32) -> std::result::Result<Pixels<'_>, String> {
    check(width, height)?;
    match rgba.len() as u64 == u64::from(width) * u64::from(height) * 4 {
        true => Ok(Pixels {
            width,
            height,
            rgba,
        }),
        false => Err(format!(
            "{} bytes are no {width} by {height} pixels",
            rgba.len()
        )),
    }
}
