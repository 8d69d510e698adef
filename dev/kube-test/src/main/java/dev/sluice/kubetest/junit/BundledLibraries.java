package dev.sluice.kubetest.junit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The jars of the in-memory API in the jar of this library, copied into a directory. */
final class BundledLibraries implements Closeable {

    /** Resource with the names of the jars, as a class path: {@code ./a.jar:./b.jar}. */
    static final String LIST = "/META-INF/sluice/kube-api/list";

    private final URLClassLoader loader;

    private BundledLibraries(URLClassLoader loader) {
        this.loader = loader;
    }

    /** @param directory for the jars; whoever created it removes it */
    static BundledLibraries open(Path directory) throws IOException {
        List<URL> jars = new ArrayList<>();
        for (String entry : read(LIST).strip().split(":", -1)) {
            Path jar = directory.resolve(Path.of(entry).getFileName().toString());
            try (InputStream in = resource("/META-INF/sluice/kube-api/" + jar.getFileName())) {
                Files.copy(in, jar);
            }
            jars.add(jar.toUri().toURL());
        }
        return new BundledLibraries(
                new URLClassLoader("in-memory API", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
    }

    private static String read(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(BundledLibraries.class.getResourceAsStream(name), name);
    }

    ClassLoader loader() {
        return loader;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }
}
