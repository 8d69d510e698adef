package dev.sluice.controller.event;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The most recently stored events, for counting repetitions; bounded in number and in bytes. Confined to one thread.
 */
final class RecentEvents {

    static final long MAX_BYTES = 4 << 20;

    private static final int MAX_EVENTS = 4096;

    private final Map<String, Stored> events = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Stored(CoreV1Event event, long bytes) {}

    @Nullable
    CoreV1Event find(ObjectEvent event) {
        Stored stored = events.get(key(event));
        return stored == null ? null : stored.event();
    }

    void remember(ObjectEvent event, CoreV1Event written) {
        Stored before = events.put(key(event), new Stored(written, event.bytes()));
        bytes += event.bytes() - (before == null ? 0 : before.bytes());
        for (Iterator<Stored> eldest = events.values().iterator(); bytes > MAX_BYTES || events.size() > MAX_EVENTS; ) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }

    long bytes() {
        return bytes;
    }

    /** Hash of everything that must be equal for two events to count as one. */
    private static String key(ObjectEvent event) {
        V1ObjectReference object = event.object();
        String all = String.join(
                "\n",
                String.valueOf(object.getKind()),
                String.valueOf(object.getNamespace()),
                String.valueOf(object.getName()),
                String.valueOf(object.getUid()),
                event.type().stored(),
                event.reason(),
                event.annotations().toString(),
                event.message());
        return Digest.ofBytes(DigestAlgorithm.SHA256, all.getBytes(StandardCharsets.UTF_8))
                .hex();
    }
}
