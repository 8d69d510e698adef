package dev.sluice.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Flags that make a short-lived service on a desk start fast and stay small. */
final class JvmFlags {

    private JvmFlags() {}

    static List<String> forJar(Path jar) {
        List<String> flags = new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Xshare:auto"));
        Path archive = jar.resolveSibling("classes.jsa");
        if (Files.isRegularFile(archive)) {
            flags.add("-XX:SharedArchiveFile=" + archive);
        }
        return flags;
    }
}
