package dev.sluice.kubeapi.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/** The persistence of committed writes. */
interface Journal extends Closeable {

    /** A journal for in-memory stores, which persists nothing. */
    Journal NONE = new Journal() {
        @Override
        public void append(JournalRecord entry) {}

        @Override
        public boolean wantsCompaction() {
            return false;
        }

        @Override
        public void compact(Collection<JournalRecord> live) {}

        @Override
        public void close() {}
    };

    /**
     * Appends a record, which then survives the death of this process. After a failure, the journal does not contain
     * it.
     */
    void append(JournalRecord entry) throws IOException;

    boolean wantsCompaction();

    /** Atomically replaces the journal with the live records. */
    void compact(Collection<JournalRecord> live) throws IOException;
}
