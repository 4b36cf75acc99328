//! The retained tree of nodes: properties, layout, text and shapes, to drawings
