package dev.sluice.runtime.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** The current stacks of threads, or those that started other threads. */
final class ThreadStacks {

    private ThreadStacks() {}

    /** Returns the current stack of every thread, with the thread's name as the outermost frame. */
    static byte[] now() {
        StackProfile profile = new StackProfile("threads");
        Thread.getAllStackTraces()
                .forEach((thread, stack) -> profile.add(Stream.concat(
                                Arrays.stream(stack).map(frame -> frame.getClassName() + "." + frame.getMethodName()),
                                Stream.of("thread " + thread.getName()))
                        .toList()));
        return profile.toGzip();
    }

    /** Returns the stacks in a recording of {@code jdk.ThreadStart} and deletes it. */
    static byte[] started(Path recording) throws ProfileException {
        StackProfile profile = new StackProfile("threads");
        try {
            for (RecordedEvent event : eventsOf(recording)) {
                RecordedStackTrace stack = event.getStackTrace();
                if (stack != null) {
                    profile.add(names(stack.getFrames()));
                }
            }
        } catch (IOException e) {
            throw ProfileException.unavailable("cannot read the recording: " + e.getMessage(), e);
        }
        return profile.toGzip();
    }

    private static List<RecordedEvent> eventsOf(Path recording) throws IOException {
        try {
            return RecordingFile.readAllEvents(recording);
        } finally {
            Files.deleteIfExists(recording);
        }
    }

    private static List<String> names(List<RecordedFrame> frames) {
        return frames.stream()
                .map(frame -> frame.getMethod().getType().getName() + "."
                        + frame.getMethod().getName())
                .toList();
    }
}
