package dev.sluice.reconciler.yaml;

import java.io.IOException;

/** What reading a YAML file may use. Asked before memory is used; what it throws ends the reading. */
public interface YamlAllowance {

    /** Everything is allowed: for files of the person at the command line. */
    YamlAllowance UNLIMITED = new YamlAllowance() {
        @Override
        public void takeHeap(long bytes) {}

        @Override
        public void takeText(long characters) {}
    };

    /** Takes memory for values, in bytes: an estimate from above. */
    void takeHeap(long bytes) throws IOException;

    /** Counts the text of values and keys, in characters, that of aliases wherever they stand. */
    void takeText(long characters) throws IOException;
}
