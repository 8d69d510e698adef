package dev.sluice.runtime.profile;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.actuate.management.HeapDumpWebEndpoint;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;

/**
 * Actuator's heap dumps, rate-limited like other requested garbage collections, because a dump of live objects collects
 * garbage first.
 */
@WebEndpoint(id = "heapdump", defaultAccess = Access.NONE)
final class PacedHeapDumps extends HeapDumpWebEndpoint {

    private final ForcedCollections collections;

    PacedHeapDumps(ForcedCollections collections) {
        this.collections = collections;
    }

    @Override
    @ReadOperation
    public WebEndpointResponse<Resource> heapDump(@Nullable Boolean live) {
        try {
            return collections.force(() -> super.heapDump(live));
        } catch (ProfileException e) {
            RetryAfterResponse.set(e.retryAfterSeconds());
            byte[] message = (e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8);
            return new WebEndpointResponse<>(new ByteArrayResource(message), e.status());
        }
    }
}
