package dev.sluice.reconciler.yaml;

/** A place in a file, whose lines and columns count from 0 here, and from 1 when they are shown. */
record YamlMark(int line, int column) {

    @Override
    public String toString() {
        return "line %d, column %d".formatted(line + 1, column + 1);
    }
}
