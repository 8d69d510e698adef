package dev.sluice.kubeapi.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;

/** Where committed writes go before they count. */
interface Journal extends Closeable {

    /** A journal that forgets: for stores that live in memory only. */
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

    /** On return the record survives the death of this process; on failure it is not in the journal. */
    void append(JournalRecord entry) throws IOException;

    boolean wantsCompaction();

    /** Replaces the whole journal, atomically, by the records that are still true. */
    void compact(Collection<JournalRecord> live) throws IOException;
}
