package dev.sluice.server.tomcat;

import dev.sluice.server.download.FileDownload;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Open files between the handler that found them and the connection that sends them. Tomcat knows a file to send by its
 * name only, and opens it after the handler has returned: by then the name may be gone or stand for other bytes. So the
 * handler leaves the open file here and gives Tomcat a ticket in place of the name.
 */
final class HandedOverFiles {

    private final Map<String, FileDownload> waiting = new ConcurrentHashMap<>();
    private final AtomicLong tickets = new AtomicLong();

    /** Leaves a file; whoever left it takes it back in case that no connection did. */
    String leave(FileDownload file) {
        String ticket = "sluice-" + tickets.incrementAndGet();
        waiting.put(ticket, file);
        return ticket;
    }

    /** Takes the file of a ticket, once; null afterwards. */
    @Nullable
    FileDownload take(String ticket) {
        return waiting.remove(ticket);
    }
}
