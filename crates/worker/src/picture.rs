use std::sync::Arc;

use kinora_media::VideoFrame;
use kinora_raster::{Matrix, Still, VideoPicture, YuvPlanes, YuvSource};

use crate::{StoredAsset, WorkerError};

/// A decoded picture as the painter takes it; the planes are not copied.
pub(crate) fn adapt(frame: &VideoFrame) -> VideoPicture {
    match frame.rgba() {
        Some(rgba) => VideoPicture::Rgba(Arc::new(Still {
            width: frame.width(),
            height: frame.height(),
            rgba: rgba.to_vec(),
            opaque: false,
        })),
        None => VideoPicture::Yuv(Arc::new(Decoded(frame.clone()))),
    }
}

struct Decoded(VideoFrame);

impl YuvSource for Decoded {
    fn planes(&self) -> YuvPlanes<'_> {
        let planes = self.0.planes().expect("a picture is planes or RGBA");
        YuvPlanes {
            width: self.0.width(),
            height: self.0.height(),
            y: planes.y,
            y_stride: planes.y_stride,
            u: planes.u,
            v: planes.v,
            uv_stride: planes.uv_stride,
            matrix: match planes.matrix {
                kinora_media::Matrix::Bt601 => Matrix::Bt601,
                kinora_media::Matrix::Bt709 => Matrix::Bt709,
                kinora_media::Matrix::Bt2020 => Matrix::Bt2020,
            },
            full_range: planes.full_range,
        }
    }
}

/// What stands in for a picture that there is not.
pub(crate) fn black() -> VideoPicture {
    VideoPicture::Rgba(Arc::new(Still {
        width: 1,
        height: 1,
        rgba: vec![0, 0, 0, 255],
        opaque: true,
    }))
}

/// Decodes a still picture.
pub(crate) fn read_still(asset: &StoredAsset) -> Result<Arc<Still>, WorkerError> {
    let source = asset.media().expect("only fonts are in memory");
    let still = kinora_media::read_still(&source).map_err(|source| {
        let name = asset.name.clone();
        WorkerError::Asset { name, source }
    })?;
    Ok(Arc::new(Still {
        width: still.width,
        height: still.height,
        rgba: still.rgba,
        opaque: still.opaque,
    }))
}
