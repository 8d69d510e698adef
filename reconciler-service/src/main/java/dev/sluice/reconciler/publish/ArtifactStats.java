package dev.sluice.reconciler.publish;

import java.util.concurrent.atomic.LongAdder;

/** Counters of the artifacts that runs have built. Thread-safe. */
public final class ArtifactStats {

    private final LongAdder rebuilt = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();

    void written(long bytes) {
        rebuilt.increment();
        writtenBytes.add(bytes);
    }

    void unchanged() {
        skipped.increment();
    }

    /** Artifact files written: new content, or a damaged or missing file rebuilt. */
    public long rebuilt() {
        return rebuilt.sum();
    }

    /** Artifacts whose file already existed and was intact. */
    public long skipped() {
        return skipped.sum();
    }

    /** Bytes of the files written, compressed. */
    public long writtenBytes() {
        return writtenBytes.sum();
    }
}
