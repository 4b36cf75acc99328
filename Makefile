# `make demo` and `make test` do all their set-up themselves (see README.md).
.PHONY: demo test build media bench facts

# The default: a 30-second video from TSX, at out/hello.mp4.
demo: media build
	./target/release/kinora render examples/hello/src/project.tsx -o out/hello.mp4
	@echo "made $(CURDIR)/out/hello.mp4"

build:
	./scripts/setup
	cargo build --release --locked

media:
	./scripts/setup
	./scripts/media

# Every test; needs no network but the package registries, no GPU, no system fonts.
test: build
	cargo test --release --locked --workspace

# Compares with ffmpeg and with earlier runs; writes bench/RESULTS.md.
bench: build
	./scripts/media --barcode
	./bench/run
