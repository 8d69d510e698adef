package dev.sluice.kubetest.junit;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line for whoever reads the build's output, printed once per JVM. */
final class Notice {

    private static final Set<String> PRINTED = ConcurrentHashMap.newKeySet();

    private Notice() {}

    @SuppressWarnings("SystemOut") // the build's output is the place for it, whatever the logging is set to
    static void once(String line) {
        if (PRINTED.add(line)) {
            System.out.println("[kubernetes-api] " + line);
        }
    }
}
