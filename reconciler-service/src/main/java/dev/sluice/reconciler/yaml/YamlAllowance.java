package dev.sluice.reconciler.yaml;

import java.io.IOException;

/** Limits on reading a YAML file. Called before memory is used; an exception aborts the reading. */
public interface YamlAllowance {

    /** No limits; for the files of a command line user. */
    YamlAllowance UNLIMITED = new YamlAllowance() {
        @Override
        public void takeHeap(long bytes) {}

        @Override
        public void takeText(long characters) {}
    };

    /** Takes heap for values: an upper estimate, in bytes. */
    void takeHeap(long bytes) throws IOException;

    /** Counts the text of values and keys, in characters; the text of an alias counts each time it is used. */
    void takeText(long characters) throws IOException;
}
