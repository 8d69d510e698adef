package dev.sluice.kubetest.junit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * The in-memory API: that of {@code dev/kube-api} on the class path, or the one in the jar of this library. The latter has
 * a class loader of its own: its libraries neither replace those of the tests nor have to agree with them.
 */
final class InMemoryServer implements Closeable {

    private static final String API = "dev.sluice.kubeapi.EmbeddedApi";

    private final Closeable libraries;
    private final ClassLoader loader;
    private final Closeable api;
    private final UnaryOperator<String> commands;

    private InMemoryServer(Closeable libraries, ClassLoader loader, Object api) {
        this.libraries = libraries;
        this.loader = loader;
        this.api = (Closeable) api;
        @SuppressWarnings("unchecked") // its documented type
        UnaryOperator<String> typed = (UnaryOperator<String>) api;
        this.commands = typed;
    }

    /** @param directory for the jars of the API */
    static InMemoryServer start(Path directory) throws IOException {
        if (InMemoryServer.class.getResource(BundledLibraries.LIST) == null) {
            return start(() -> {}, InMemoryServer.class.getClassLoader());
        }
        BundledLibraries libraries = BundledLibraries.open(directory);
        return start(libraries, libraries.loader());
    }

    private static InMemoryServer start(Closeable libraries, ClassLoader loader) throws IOException {
        return as(
                loader,
                () -> new InMemoryServer(
                        libraries,
                        loader,
                        Class.forName(API, true, loader).getConstructor().newInstance()));
    }

    /** Returns the result of a command of {@code EmbeddedApi}. */
    String command(String name) throws IOException {
        return as(loader, () -> commands.apply(name));
    }

    private interface Action<T> {
        T run() throws ReflectiveOperationException, IOException;
    }

    /** Libraries of the API, and the threads that they start, find their classes with the context class loader. */
    private static <T> T as(ClassLoader loader, Action<T> action) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.run();
        } catch (ReflectiveOperationException e) {
            throw new IOException("cannot start the in-memory API: " + e.getCause(), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        as(loader, () -> {
            api.close();
            return "";
        });
        libraries.close();
    }
}
