# `make demo` and `make test` do all their set-up themselves (see README.md).
.PHONY: demo docs test test-attacks test-image test-npm test-player test-storms test-studio test-playback build media bench bench-cloud

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

# Modules of tests: what is tried with the whole command and the whole function, and what is
# tried with the parts that are to stop it.
ATTACKS = attacks:: granted:: ranges:: network:: vectors:: stopped:: cached:: faults:: \
  bundles:: refusals:: jobs:: failures:: storage:: damage:: rendered::two_renders served::strangers
GUARDS = bundle:: address:: access:: visible:: kept_blocks:: results:: cache:: chunk:: sink:: \
  turn:: fence:: glyph_pictures:: guard::

# What strangers' projects, archives, media and servers may try (docs/security.md), on
# loopback only and with an end. `make test` runs the same tests among all others.
test-attacks: build
	timeout 1800 cargo test --release --locked --workspace --test safety --test hls --test faults --test bundles
	timeout 1800 cargo test --release --locked --workspace --test it -- $(ATTACKS)
	timeout 900 cargo test --release --locked --workspace --lib -- $(GUARDS)

# The function's image: built, run by the emulator, its films compared with local ones.
test-image: media
	./scripts/setup --deploy
	cargo build --release --locked --workspace
	./deploy/test-image

# The npm packages: packed, installed in empty folders from a registry on loopback, used.
# Needs Node and npm; TOOLS is a folder whose node_modules hold TypeScript.
test-npm: build media
	node npm/test/run.mjs target/release/kinora $(TOOLS)

# The studio in headless Chromium. Needs Node, Chromium (CHROMIUM names another than
# /usr/bin/chromium) and TOOLS, a folder whose node_modules hold playwright-core.
test-studio: build
	./scripts/test-studio target/release/kinora $(TOOLS)

# Finished films in headless Chromium: where frames are when they are sought and played, how
# many are decoded, what they show. Needs what the studio's test needs.
test-playback: build
	./scripts/test-playback target/release/kinora $(TOOLS)

# <kinora-player> in headless Chromium. Needs what the studio's test needs, React also.
test-player: build
	./scripts/test-player target/release/kinora $(TOOLS)

# The docs as a site, out/book/site, every link of which is followed. Needs mdBook (`cargo
# install mdbook`), or TOOLS, the folder of scripts/ci-tools.
docs:
	./scripts/book out/book $(if $(TOOLS),$(TOOLS)/mdbook/bin/mdbook,mdbook)

# Lambda's faults by the dozen (50 runs of each, 200 mixed) and a film of 7 GB: half an hour.
# `make test` runs fewer and smaller ones.
test-storms: build
	KINORA_STORMS=$${KINORA_STORMS:-50} KINORA_LONG=1 cargo test --release --locked --workspace --test it -- --nocapture --test-threads 2 storms:: long::

# Compares with ffmpeg and with earlier runs; writes bench/RESULTS.md and bench/MEDIA.md.
bench: build
	./scripts/media --barcode
	./bench/run
	./bench/run --media

# Films split over functions in the emulator; writes bench/CLOUD.md. Half an hour.
bench-cloud: media
	./scripts/setup --deploy
	cargo build --release --locked --workspace
	./bench/cloud
