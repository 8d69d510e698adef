package dev.sluice.artifact.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Failing volumes without the permission to mount: by a limit of a child process, and in a user namespace. */
@Timeout(180)
class RestrictedProcessIT {

    @TempDir
    Path directory;

    private int run(String script) throws Exception {
        Path base = Files.createDirectories(directory.resolve("volume"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        script,
                        base.toString(),
                        java,
                        // a limit on file sizes also applies to the files of the JVM
                        "-XX:-UsePerfData",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        FaultyVolume.class.getName(),
                        base.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS))
                    .as("finished in time")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"));
    }

    @Test
    void aFileSizeLimitIsReportedAndKeepsTheOldArtifact() throws Exception {
        // the unit is 512 or 1024 bytes, depending on the shell
        int exit = run("ulimit -f 1000 && exec \"$@\" full 'File too large'");

        assertThat(exit).as(output()).isZero();
    }

    @Test
    void aReadOnlyVolumeCanOnlyBeReadByAnyUser() throws Exception {
        boolean namespaces = run("unshare -rm mount -t tmpfs tmpfs \"$0\"") == 0;
        if (!namespaces) {
            System.out.println("RestrictedProcessIT: skipped a test: no user namespaces with mounts");
        }
        assumeTrue(namespaces, "no user namespaces with mounts");

        // bind: changes only the flag of this mount, because the tmpfs's options name a user that the namespace does
        // not map
        int exit = run("exec unshare -rm sh -c 'mount -t tmpfs tmpfs \"$0\" && \"$@\" fill"
                + " && mount -o remount,bind,ro \"$0\" && \"$@\" read-only \"Read-only file system\"' \"$0\" \"$@\"");

        assertThat(exit).as(output()).isZero();
    }
}
