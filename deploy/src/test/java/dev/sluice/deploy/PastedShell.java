package dev.sluice.deploy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One bash for all pasted blocks, which keeps variables and functions. It exits at the first command that fails. */
final class PastedShell implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(12);

    private final Path checkout;
    private final Path directory;
    private final Process bash;
    private final Writer input;
    private int pasted;

    /**
     * Starts a shell in a directory that looks like the root of the repository.
     *
     * @param kubectl the program to run as {@code kubectl}
     */
    static PastedShell inCheckout(
            Path temporary, RealCluster cluster, Helm helm, Path kubectl, Map<String, String> environment)
            throws IOException {
        Path bin = Files.createDirectory(temporary.resolve("bin"));
        program(bin.resolve("kubectl"), kubectl.toString());
        if (helm.program().contains("/")) {
            program(bin.resolve("helm"), helm.program());
        }
        Path checkout = Files.createDirectory(temporary.resolve("checkout"));
        Tool.run(List.of(
                        "cp",
                        "-r",
                        Repository.CHART.getParent().toString(),
                        checkout.resolve("charts").toString()))
                .orFail();
        program(checkout.resolve("sluice"), String.join("' '", RunningController.java("reconciler-service")));
        Map<String, String> all = new HashMap<>(environment);
        all.put("PATH", bin + ":" + System.getenv("PATH"));
        all.put("KUBECONFIG", cluster.kubeconfig().toString());
        return new PastedShell(checkout, Files.createDirectory(temporary.resolve("shell")), all);
    }

    private static void program(Path file, String real) throws IOException {
        Files.writeString(file, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(real));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private PastedShell(Path checkout, Path files, Map<String, String> environment) throws IOException {
        this.checkout = checkout;
        directory = files;
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail")
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(files.resolve("bash.log").toFile());
        builder.environment().putAll(environment);
        bash = builder.start();
        input = bash.outputWriter(StandardCharsets.UTF_8);
    }

    /** Writes a file into the directory of the shell. */
    void file(String path, String content) throws IOException {
        Path file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /**
     * Runs a block and waits for its end.
     *
     * @return the output
     * @throws AssertionError if a command failed
     */
    String paste(String block) throws IOException {
        pasted++;
        Path commands = Files.writeString(directory.resolve("block-" + pasted), block);
        Path out = directory.resolve("out-" + pasted);
        Path err = directory.resolve("err-" + pasted);
        Path done = directory.resolve("done-" + pasted);
        input.write(". '%s' >'%s' 2>'%s' </dev/null; : >'%s'%n".formatted(commands, out, err, done));
        input.flush();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> Files.exists(done) || !bash.isAlive());
        if (!Files.exists(done)) {
            throw new AssertionError(
                    """
                    ended with code %d:
                    %s
                    printed:
                    %s
                    %s""".formatted(bash.exitValue(), block, Files.readString(out), Files.readString(err)));
        }
        return Files.readString(out);
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
    }
}
