//! Drawings to pixels, on RGBA and on YUV planes
