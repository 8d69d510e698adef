package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Repeatedly starts the artifact server from the output of {@code deploy/image-layout DIR}: {@code java -cp
 * dev/benchmarks/target/benchmarks.jar dev.sluice.benchmarks.load.ServerStart DIR [TIMES]}. A start ends when the first
 * artifact was downloaded completely.
 */
public final class ServerStart {

    private static final int TIMES = 15;
    private static final int SIZE = 10_000;
    private static final int READ_TIMEOUT_MILLIS = 20_000;

    private record Start(double clockSeconds, double cpuSeconds, double residentMegabytes) {}

    private ServerStart() {}

    /** Prints the times of all starts except the first, which reads files that are later in the page cache. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1) {
            System.err.println("missing argument: the output directory of deploy/image-layout");
            System.exit(2);
        }
        int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : TIMES;
        Path root = Path.of(arguments[0], "roots", "artifact-server-service").toAbsolutePath();
        Path directory = Files.createTempDirectory("sluice-start");
        Path volume = Volumes.create(directory);
        Files.write(volume.resolve("load").resolve("app.tar.gz"), new byte[SIZE]);
        List<Start> starts = new ArrayList<>();
        try {
            for (int i = 0; i <= times; i++) {
                System.err.printf("start %d of %d%n", i, times);
                starts.add(start(root, directory, volume));
            }
        } finally {
            Volumes.delete(directory);
        }
        System.out.println("| | minimum | median | maximum |");
        System.out.println("| --- | --- | --- | --- |");
        print("clock, s", starts, Start::clockSeconds);
        print("CPU, s", starts, Start::cpuSeconds);
        print("resident, MB", starts, Start::residentMegabytes);
    }

    private static Start start(Path root, Path directory, Path volume) throws IOException {
        int port = MeasuredServer.freePort();
        long started = System.nanoTime();
        try (MeasuredServer server = MeasuredServer.start(command(root, volume, port), port, directory.resolve("log"));
                InputStream artifact = artifact(port)) {
            if (artifact.readAllBytes().length != SIZE) {
                throw new IOException("the artifact was not served completely");
            }
            double clock = (System.nanoTime() - started) / 1e9;
            return new Start(clock, server.cpuTime().toMillis() / 1e3, server.residentKilobytes() / 1e3);
        }
    }

    private static InputStream artifact(int port) throws IOException {
        URLConnection connection = URI.create("http://127.0.0.1:" + port + "/load/app.tar.gz")
                .toURL()
                .openConnection();
        connection.setReadTimeout(READ_TIMEOUT_MILLIS);
        return connection.getInputStream();
    }

    /** Like the image, but fails if the AOT cache cannot be used. */
    private static List<String> command(Path root, Path volume, int port) {
        return List.of(
                root.resolve("opt/java/bin/java").toString(),
                "-XX:AOTCache=" + root.resolve("app/app.aot"),
                "-XX:AOTMode=on",
                "@" + root.resolve("app/jvm.options"),
                "-Xmx64m",
                "-jar",
                root.resolve("app/app.jar").toString(),
                "--storage-path=" + volume,
                "--storage-addr=127.0.0.1:" + port,
                "--management-addr=127.0.0.1:0");
    }

    private static void print(String what, List<Start> starts, ToDoubleFunction<Start> figure) {
        double[] sorted = starts.stream().skip(1).mapToDouble(figure).sorted().toArray();
        System.out.printf(
                "| %s | %.2f | %.2f | %.2f |%n", what, sorted[0], sorted[sorted.length / 2], sorted[sorted.length - 1]);
    }
}
