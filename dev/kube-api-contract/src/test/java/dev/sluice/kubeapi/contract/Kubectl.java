package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.real.KubeAssets;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real kubectl with a kubeconfig and a namespace. */
record Kubectl(Path binary, Path kubeconfig, String namespace, Path directory) {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Finds kubectl in the directory of the control plane's binaries, or on the PATH. */
    static Optional<Path> find() {
        Stream<Path> own = KubeAssets.find().map(KubeAssets::kubectl).stream();
        Stream<Path> path = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "kubectl"));
        return Stream.concat(own, path).filter(Files::isExecutable).findFirst();
    }

    static Kubectl on(KubernetesApi api, Path binary, String namespace, Path directory) {
        return new Kubectl(binary, api.kubeconfig(), namespace, directory);
    }

    /** Output and exit code of a call. */
    record Outcome(String command, int exitCode, String output, String errors) {

        Outcome succeeds() {
            assertThat(exitCode).as("%s: %s%s", command, output, errors).isZero();
            return this;
        }

        Outcome fails() {
            assertThat(exitCode).as("%s: %s", command, output).isNotZero();
            return this;
        }

        List<String> lines() {
            return output.lines().toList();
        }
    }

    Outcome run(String... arguments) {
        return runWith("", arguments);
    }

    /** Runs with {@code input} on standard input, for {@code -f -}. */
    Outcome runWith(String input, String... arguments) {
        String command = "kubectl " + String.join(" ", arguments);
        try {
            Process process = start(arguments);
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " is not done after " + LIMIT);
            }
            return new Outcome(command, process.exitValue(), output.join(), errors.join());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted during " + command, e);
        }
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                binary.toString(),
                "--kubeconfig=" + kubeconfig,
                "--namespace=" + namespace,
                "--cache-dir=" + directory.resolve("cache")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }

    private static String text(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
