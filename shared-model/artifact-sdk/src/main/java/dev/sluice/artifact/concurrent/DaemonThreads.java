package dev.sluice.artifact.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates named daemon threads: a thread dump tells what each does, and none keeps the JVM alive. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** A thread that is not started yet. */
    public static Thread create(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A factory whose threads all have this name: for executors with one thread. */
    public static ThreadFactory named(String name) {
        return task -> create(name, task);
    }

    /** A factory whose threads are named {@code <prefix>-1}, {@code <prefix>-2} and so on. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> create(prefix + "-" + count.incrementAndGet(), task);
    }
}
