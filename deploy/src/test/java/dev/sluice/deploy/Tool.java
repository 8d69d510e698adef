package dev.sluice.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs programs and captures their output. */
final class Tool {

    private static final long LIMIT_SECONDS = 900;

    private Tool() {}

    /** Exit code, standard output and standard error of a program. */
    record Result(int code, String output, String errors) {

        Result orFail() {
            if (code != 0) {
                throw new AssertionError("exit code %d%n%s%n%s".formatted(code, output, errors));
            }
            return this;
        }
    }

    static Result run(List<String> command) {
        return run("", command);
    }

    static Result run(String input, List<String> command) {
        try {
            Path out = Files.createTempFile("sluice-tool-", ".out");
            Path err = Files.createTempFile("sluice-tool-", ".err");
            try {
                int code = execute(input, command, out, err);
                return new Result(code, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command + " ran", e);
        }
    }

    private static int execute(String input, List<String> command, Path out, Path err)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(Redirect.to(out.toFile()))
                .redirectError(Redirect.to(err.toFile()))
                .start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not exit within " + LIMIT_SECONDS + " s");
        }
        return process.exitValue();
    }

    /** Whether a program of this name is on the PATH. */
    static boolean isAvailable(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
