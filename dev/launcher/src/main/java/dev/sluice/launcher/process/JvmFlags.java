package dev.sluice.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JVM flags for fast startup and low memory use of the development services.
 *
 * @param archive file name of the class data archives beside the jars, which are valid only for the JVM that wrote them;
 *     null for none
 * @param writes whether the services write their archives at exit, instead of reading them
 */
public record JvmFlags(@Nullable String archive, boolean writes) {

    /** System property with the name of the archives; the script {@code sluice} sets it. */
    private static final String ARCHIVE = "sluice.archive";

    /** Uses the archives that the script has written for this JVM. */
    public static JvmFlags ofSystem() {
        return new JvmFlags(System.getProperty(ARCHIVE), false);
    }

    /** Writes the archives. */
    public JvmFlags writing() {
        return new JvmFlags(archive, true);
    }

    List<String> forJar(Path jar) {
        List<String> flags =
                new ArrayList<>(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        if (archive != null) {
            Path file = jar.resolveSibling(archive);
            if (writes) {
                flags.add("-XX:ArchiveClassesAtExit=" + file);
            } else if (Files.isRegularFile(file)) {
                flags.add("-XX:SharedArchiveFile=" + file);
            }
        }
        return flags;
    }
}
