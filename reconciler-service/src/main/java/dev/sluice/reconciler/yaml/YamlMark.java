package dev.sluice.reconciler.yaml;

/** A position in a file; line and column are zero-based, and one-based in messages. */
record YamlMark(int line, int column) {

    @Override
    public String toString() {
        return "line %d, column %d".formatted(line + 1, column + 1);
    }
}
