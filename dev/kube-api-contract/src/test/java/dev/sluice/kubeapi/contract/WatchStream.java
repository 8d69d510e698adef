package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.databind.JsonNode;

/** An open watch, whose events are queued for the test. */
final class WatchStream implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Event END = new Event("END", Yaml.JSON.nullNode());

    /** A line of the stream. */
    record Event(String type, JsonNode object) {

        String name() {
            return object.at("/metadata/name").asString("");
        }

        String resourceVersion() {
            return object.at("/metadata/resourceVersion").asString("");
        }
    }

    private final Call call;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private WatchStream(Call call) {
        this.call = call;
    }

    /** Returns when the response has started; from then on, the server must send every change. */
    static WatchStream open(Call call) {
        try {
            Response response = call.execute();
            if (response.code() != 200) {
                throw new AssertionError("watch returned " + response.code() + ": "
                        + response.body().string());
            }
            WatchStream stream = new WatchStream(call);
            Thread reader = new Thread(() -> stream.read(response), "watch-reader");
            reader.setDaemon(true);
            reader.start();
            return stream;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void read(Response response) {
        try (response) {
            BufferedSource source = response.body().source();
            for (String line = source.readUtf8Line(); line != null; line = source.readUtf8Line()) {
                JsonNode event = Yaml.JSON.readTree(line);
                events.add(new Event(event.path("type").asString(), event.path("object")));
            }
        } catch (IOException e) {
            // cancelled by close, or broken by a test
        } finally {
            events.add(END);
        }
    }

    /** Returns the next event that is not a bookmark. */
    Event next() {
        Event event = nextOfAnyType();
        while (event.type().equals("BOOKMARK")) {
            event = nextOfAnyType();
        }
        return event;
    }

    Event nextOfAnyType() {
        try {
            Event event = events.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(event).as("an event within " + LIMIT).isNotNull();
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for an event", e);
        }
    }

    /** Returns type and name of the next events, such as {@code "ADDED a"}. */
    List<String> nextNames(int count) {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Event event = next();
            seen.add(event.type() + " " + event.name());
        }
        return seen;
    }

    /** Whether the server has ended the stream and all events were read. */
    boolean hasEnded() {
        return next().type().equals("END");
    }

    @Override
    public void close() {
        call.cancel();
    }
}
