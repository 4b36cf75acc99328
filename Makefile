# `make demo` and `make test` do all their set-up themselves (see README.md).
.PHONY: demo test test-image build media bench facts

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

# The function's image: built, run by the emulator, its films compared with local ones.
test-image: media
	./scripts/setup --deploy
	cargo build --release --locked --workspace
	./deploy/test-image

# Compares with ffmpeg and with earlier runs; writes bench/RESULTS.md.
bench: build
	./scripts/media --barcode
	./bench/run
