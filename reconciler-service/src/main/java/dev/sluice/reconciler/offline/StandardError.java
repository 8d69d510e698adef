package dev.sluice.reconciler.offline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Detects whether standard error is a terminal. */
final class StandardError {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private StandardError() {}

    /** {@code System.console()} does not help: it checks standard input and output, and since JDK 22 always exists. */
    static boolean isStandardError() {
        try {
            String device = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException notLinux) {
            return false;
        }
    }
}
