package dev.sluice.artifact.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates daemon threads, which do not keep the JVM alive, with names that identify them in a thread dump. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Creates a thread without starting it. */
    public static Thread create(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Returns a factory whose threads all have this name, for executors with a single thread. */
    public static ThreadFactory named(String name) {
        return task -> create(name, task);
    }

    /** Returns a factory whose threads are named {@code <prefix>-1}, {@code <prefix>-2} and so on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> create(prefix + "-" + count.incrementAndGet(), task);
    }

    /**
     * Runs a task on a daemon thread and waits for it, because threads that it creates without a factory, such as those
     * of the JDK's HTTP server, are daemon threads then, too.
     */
    public static void runAndWait(Runnable task) {
        CompletableFuture.runAsync(task, run -> create("start", run).start()).join();
    }
}
