package dev.sluice.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVM flags for fast startup and low memory use of the development services. */
final class JvmFlags {

    private JvmFlags() {}

    static List<String> forJar(Path jar) {
        List<String> flags =
                new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        Path archive = jar.resolveSibling("classes.jsa");
        if (Files.isRegularFile(archive)) {
            flags.add("-XX:SharedArchiveFile=" + archive);
        }
        return flags;
    }
}
