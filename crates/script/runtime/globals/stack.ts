// Between a mistake in a scene and where it shows lie constructors, signals and generators: the
// engine's ten calls do not reach the author's own line.
(Error as {stackTraceLimit?: number}).stackTraceLimit = 64;
