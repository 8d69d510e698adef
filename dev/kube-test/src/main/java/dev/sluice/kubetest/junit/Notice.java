package dev.sluice.kubetest.junit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line in the build's output, printed once per JVM. */
final class Notice {

    private static final Set<String> PRINTED = ConcurrentHashMap.newKeySet();

    private Notice() {}

    @SuppressWarnings("SystemOut") // must be visible independent of the logging configuration
    static void once(String line) {
        if (PRINTED.add(line)) {
            System.out.println("[kubernetes-api] " + line);
        }
    }
}
