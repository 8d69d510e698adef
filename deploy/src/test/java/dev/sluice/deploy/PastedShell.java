package dev.sluice.deploy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One bash for all that is pasted, which keeps variables and functions. It ends with the first command that fails. */
final class PastedShell implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(6);

    private final Path directory;
    private final Process bash;
    private final Writer input;
    private int pasted;

    /** @param directory where the commands run; {@code files} in it is ours */
    PastedShell(Path directory, Map<String, String> environment) throws IOException {
        this.directory = Files.createDirectories(directory.resolve("files"));
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(this.directory.resolve("bash.log").toFile());
        builder.environment().putAll(environment);
        bash = builder.start();
        input = bash.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Runs a block to its end.
     *
     * @return what it printed
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
        await().atMost(LIMIT).until(() -> Files.exists(done) || !bash.isAlive());
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
