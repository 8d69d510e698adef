package dev.sluice.artifact.storage;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

/** A separate process that stores artifacts until it is done or killed; the content of a file follows from its name. */
final class WritingProcess {

    static final String SHARED = "shared.tar.gz";
    private static final int NAMES = 40;

    private WritingProcess() {}

    /** Arguments: base directory, seed, number of writes. Prints a line before the first write. */
    public static void main(String[] arguments) throws IOException {
        ArtifactStorage storage =
                new ArtifactStorage(StorageOptions.of(Path.of(arguments[0]), "x:1"), Clock.systemUTC());
        Random random = new Random(Long.parseLong(arguments[1]));
        System.out.println("writing");
        for (int i = Integer.parseInt(arguments[2]); i > 0; i--) {
            int number = random.nextInt(NAMES);
            store(storage, number + ".tar.gz", number);
            store(storage, SHARED, number % 2);
            if (number == 0) {
                storage.removeAllButCurrent(artifact(storage, SHARED));
            }
        }
    }

    private static void store(ArtifactStorage storage, String name, int number) throws IOException {
        Artifact stored = storage.copy(artifact(storage, name), new ByteArrayInputStream(content(number)));
        if (!digest(number).equals(stored.digest())) {
            throw new IOException("stored " + name + " with the digest " + stored.digest());
        }
    }

    static Artifact artifact(ArtifactStorage storage, String name) {
        return storage.newArtifact("ExternalArtifact", "default", "app", "r", name);
    }

    private static byte[] content(int number) {
        byte[] content = new byte[number * 20_000 + 1];
        new Random(number).nextBytes(content);
        return content;
    }

    static String digest(int number) {
        return Digest.ofBytes(DigestAlgorithm.SHA256, content(number)).toString();
    }

    static Process start(Path base, long seed, int writes) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        classPath,
                        WritingProcess.class.getName(),
                        base.toString(),
                        Long.toString(seed),
                        Integer.toString(writes)))
                .directory(new File(base.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
