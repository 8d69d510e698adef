package dev.sluice.reconciler.volume;

import java.util.concurrent.atomic.LongAdder;

/** Counts for {@link VolumeStats}. Thread-safe. */
final class VolumeCounters {

    final LongAdder verified = new LongAdder();
    final LongAdder corrupted = new LongAdder();
    final LongAdder missing = new LongAdder();
    final LongAdder repaired = new LongAdder();
    final LongAdder orphansRemoved = new LongAdder();
    final LongAdder tempFilesRemoved = new LongAdder();
}
