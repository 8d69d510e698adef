package dev.sluice.kubeapi.load;

import dev.sluice.kubeapi.json.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import tools.jackson.databind.JsonNode;

/** Collects the resourceVersions of a watch's events without a thread of its own. */
final class WatchedEvents implements Flow.Subscriber<String> {

    private final List<Long> revisions = new ArrayList<>();

    /** Completes when the watch ends. */
    private CompletableFuture<HttpResponse<Void>> answer = new CompletableFuture<>();

    static WatchedEvents open(HttpClient http, URI uri) {
        WatchedEvents events = new WatchedEvents();
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        events.answer = http.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(events));
        return events;
    }

    boolean isOpen() {
        return !answer.isDone();
    }

    synchronized int count() {
        return revisions.size();
    }

    synchronized List<Long> revisions() {
        return List.copyOf(revisions);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public synchronized void onNext(String line) {
        JsonNode event = Json.parse(line);
        revisions.add(
                Long.parseLong(event.at("/object/metadata/resourceVersion").asString()));
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
}
