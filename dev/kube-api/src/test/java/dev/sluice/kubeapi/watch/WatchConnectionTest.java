package dev.sluice.kubeapi.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubeapi.builtin.BuiltIns;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.node.ObjectNode;

final class WatchConnectionTest {

    private static final WatchRequest.ObjectEncoder NO_OBJECTS = new WatchRequest.ObjectEncoder() {
        @Override
        public byte[] encode(StoredObject object) {
            throw new AssertionError("unexpected call");
        }

        @Override
        public byte[] encode(ObjectNode served) {
            throw new AssertionError("unexpected call");
        }
    };

    private final List<WatchConnection> closed = new ArrayList<>();

    @Test
    void doesNotEndBeforeStart() throws IOException {
        WatchConnection connection = connection(Duration.ofMinutes(1));

        connection.endWhenDue(); // the timer can call this immediately
        connection.start();

        assertThat(closed).isEmpty();
        connection.end();
        assertThat(closed).containsExactly(connection);
    }

    @Test
    void endsAtTimeout() throws IOException {
        WatchConnection connection = connection(Duration.ZERO);
        connection.start();

        connection.endWhenDue();

        assertThat(closed).containsExactly(connection);
    }

    private WatchConnection connection(Duration duration) throws IOException {
        Store store = Store.inMemory(10);
        Endpoint configMaps =
                new ResourceRegistry(BuiltIns.all()).preferred("configmaps").orElseThrow();
        WatchRequest request = new WatchRequest(
                configMaps, object -> true, List.of(), false, store.revision(), false, Optional.empty(), NO_OBJECTS);
        MockAsyncContext async = new MockAsyncContext(new MockHttpServletRequest(), new Answer());
        return new WatchConnection(
                new WatchFeed(store, request), "/configmaps", async, Runnable::run, closed::add, duration);
    }

    /** Accepts all data as soon as a writer is registered. */
    private static final class Answer extends MockHttpServletResponse {

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    try {
                        listener.onWritePossible();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void write(int b) {}
            };
        }
    }
}
