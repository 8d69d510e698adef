package dev.sluice.runtime.packaged;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A packaged service as tests start it: extracted as in its image, and with a class data archive. A start from the
 * executable jar takes twice the processor time. The first test of a build that needs a service makes both, below the
 * {@code target} of the service's module, for this content of the jar and this JVM; other test JVMs wait for it.
 */
public final class PackagedService {

    private static final Map<Path, PackagedService> MADE = new ConcurrentHashMap<>();
    private static final int KEY_LENGTH = 16;

    private final Path jar;

    private PackagedService(Path jar) {
        this.jar = jar;
    }

    /**
     * Returns the service of a Maven module.
     *
     * @param module the directory of the module, which has the name of the service
     * @throws IllegalStateException if its jar is not packaged
     */
    public static PackagedService of(Path module) {
        return MADE.computeIfAbsent(module.toAbsolutePath().normalize(), PackagedService::make);
    }

    /** Returns the executable jar of a module, from which the service is extracted. */
    public static Path executableJar(Path module) {
        Path directory = module.toAbsolutePath().normalize();
        Path jar = directory.resolve("target").resolve(directory.getFileName() + "-exec.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " does not exist; run mvn package");
        }
        return jar;
    }

    private static PackagedService make(Path module) {
        Path packaged = executableJar(module);
        try {
            Path parent = Files.createDirectories(packaged.resolveSibling("extracted"));
            Path directory = parent.resolve(key(packaged));
            Path jar = directory.resolve(module.getFileName() + ".jar");
            try (FileChannel file = FileChannel.open(
                            parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = file.lock()) {
                if (held.isValid() && !Files.exists(directory)) {
                    extract(packaged, directory);
                }
                if (!Files.exists(archive(jar))) {
                    new TrainingRun(jar).write(archive(jar));
                }
            }
            return new PackagedService(jar);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot extract " + packaged, e);
        }
    }

    /** The name of the directory for a jar: a class data archive is valid for one content and one JVM. */
    private static String key(Path packaged) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = new DigestInputStream(Files.newInputStream(packaged), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Extracts beside the directory first, because a test JVM can be killed at any time. */
    private static void extract(Path packaged, Path directory) throws IOException {
        Path made = Files.createTempDirectory(directory.getParent(), "unfinished-");
        Path log = made.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Djarmode=tools",
                "-jar",
                packaged.toString(),
                "extract",
                "--destination",
                made.resolve("layout").toString());
        TrainingRun.end(TrainingRun.start(command, log), log);
        Path layout = made.resolve("layout");
        String service = packaged.getFileName().toString();
        Files.move(layout.resolve(service), layout.resolve(service.replace("-exec.jar", ".jar")));
        Files.move(layout, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path archive(Path jar) {
        return jar.resolveSibling("classes.jsa");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The extracted jar, beside its libraries and {@code classes.jsa}. */
    public Path jar() {
        return jar;
    }

    /** Returns the command that starts the service: Java with options for a short life, the given options, the jar. */
    public List<String> command(String... javaOptions) {
        List<String> command = new ArrayList<>(List.of(java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(javaOptions));
        command.addAll(jarOptions());
        return command;
    }

    /** Returns the end of that command: the class data archive, unless its creation failed, and the jar. */
    public List<String> jarOptions() {
        List<String> options = new ArrayList<>();
        if (Files.exists(archive(jar))) {
            options.add("-XX:SharedArchiveFile=" + archive(jar));
        }
        options.addAll(List.of("-jar", jar.toString()));
        return options;
    }
}
