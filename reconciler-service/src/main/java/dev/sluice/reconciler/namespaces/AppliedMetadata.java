package dev.sluice.reconciler.namespaces;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers the state of namespaces after this process applied them, where it differs from the inventory: somebody else
 * has set a control annotation, or the namespace is not to be changed. Forgetting costs one run. Thread-safe.
 */
final class AppliedMetadata {

    private static final int MAX_REMEMBERED = 10_000;

    private final Map<String, String> digests = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    /** @param entryDigest the digest in the inventory */
    void record(String generatorUid, String namespace, String entryDigest, String appliedDigest) {
        digests.put(key(generatorUid, namespace, entryDigest), appliedDigest);
    }

    boolean isExpected(String generatorUid, String namespace, String entryDigest, String appliedDigest) {
        return appliedDigest.equals(entryDigest)
                || appliedDigest.equals(digests.get(key(generatorUid, namespace, entryDigest)));
    }

    private static String key(String generatorUid, String namespace, String entryDigest) {
        return generatorUid + "/" + namespace + "/" + entryDigest;
    }
}
