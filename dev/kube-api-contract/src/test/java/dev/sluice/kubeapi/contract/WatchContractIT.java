package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubeapi.contract.WatchStream.Event;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@KubernetesTest
final class WatchContractIT {

    private final Http http;
    private final String gadgets;

    WatchContractIT(KubernetesApi api, @TestNamespace String namespace) {
        this.http = Gadgets.definedOn(api);
        this.gadgets = Paths.gadgets(namespace);
    }

    @Test
    void sendsChangesAfterResourceVersion() {
        JsonNode first = make("a");
        make("b");
        http.patch(gadgets + "/b", Http.MERGE_PATCH, "spec: {size: 2}").ok();
        try (WatchStream watch = http.watch(from(first))) {
            http.delete(gadgets + "/a").ok();
            make("c");
            assertThat(watch.nextNames(4)).containsExactly("ADDED b", "MODIFIED b", "DELETED a", "ADDED c");
        }
    }

    @Test
    void eventsContainObjectOfTheirTime() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first))) {
            JsonNode changed = http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}")
                    .ok();
            http.delete(gadgets + "/a").ok();

            Event modified = watch.next();
            assertThat(modified.object()).isEqualTo(changed);
            Event deleted = watch.next();
            assertThat(deleted.type()).isEqualTo("DELETED");
            assertThat(deleted.object().at("/spec/size").asInt()).isEqualTo(2);
            assertThat(Long.parseLong(deleted.resourceVersion()))
                    .isGreaterThan(Long.parseLong(modified.resourceVersion()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "resourceVersion=0", "resourceVersion="})
    void startsWithExistingObjectsByDefault(String query) {
        make("a");
        make("b");
        try (WatchStream watch = http.watch(query.isEmpty() ? gadgets : Paths.with(gadgets, query))) {
            assertThat(watch.nextNames(2)).containsExactlyInAnyOrder("ADDED a", "ADDED b");
            make("c");
            assertThat(watch.nextNames(1)).containsExactly("ADDED c");
        }
    }

    @Test
    void sendsNoEventWithoutChange() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first))) {
            http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 1}").ok();
            make("b");
            assertThat(watch.nextNames(1)).containsExactly("ADDED b");
        }
    }

    @Test
    void selectionChangesAddAndDelete() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first) + "&labelSelector=color%3Dred")) {
            label("a", "red");
            http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
            label("a", "blue");
            http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 3}").ok();
            label("a", "red");
            http.delete(gadgets + "/a").ok();
            assertThat(watch.nextNames(5))
                    .containsExactly("ADDED a", "MODIFIED a", "DELETED a", "ADDED a", "DELETED a");
        }
    }

    @Test
    void watchesSingleObject() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first) + "&fieldSelector=metadata.name%3Db")) {
            http.patch(gadgets + "/a", Http.MERGE_PATCH, "spec: {size: 2}").ok();
            make("b");
            assertThat(watch.nextNames(1)).containsExactly("ADDED b");
        }
    }

    @Test
    void watchesAllNamespaces() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(Paths.GADGET_GROUP + "/gadgets?resourceVersion="
                + first.at("/metadata/resourceVersion").asString())) {
            make("b");
            Event event = watch.next();
            assertThat(event.name()).isEqualTo("b");
            assertThat(event.object().at("/metadata/namespace")).isEqualTo(first.at("/metadata/namespace"));
        }
    }

    @Test
    void markForDeletionIsAChange() {
        http.post(
                        gadgets,
                        "{apiVersion: contract.sluice.dev/v1, kind: Gadget, metadata: {name: f, finalizers: [sluice.dev/x]}, spec: {size: 1}}")
                .ok(201);
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first))) {
            http.delete(gadgets + "/f").ok();
            http.patch(gadgets + "/f", Http.MERGE_PATCH, "metadata: {finalizers: null}")
                    .ok();
            Event marked = watch.next();
            assertThat(marked.type()).isEqualTo("MODIFIED");
            assertThat(marked.object().at("/metadata/deletionTimestamp").asString())
                    .isNotBlank();
            assertThat(watch.nextNames(1)).containsExactly("DELETED f");
        }
    }

    @Test
    void endsAtTimeout() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first) + "&timeoutSeconds=1")) {
            assertThat(watch.hasEnded()).isTrue();
        }
    }

    @Test
    void sendsBookmarksBeforeEnd() {
        JsonNode first = make("a");
        try (WatchStream watch = http.watch(from(first) + "&timeoutSeconds=4&allowWatchBookmarks=true")) {
            JsonNode last = make("b");
            assertThat(watch.next().name()).isEqualTo("b");
            Event bookmark = watch.nextOfAnyType();
            assertThat(bookmark.type()).isEqualTo("BOOKMARK");
            assertThat(bookmark.object().path("kind").asString()).isEqualTo("Gadget");
            assertThat(bookmark.object().path("apiVersion").asString()).isEqualTo("contract.sluice.dev/v1");
            assertThat(Long.parseLong(bookmark.resourceVersion())).isGreaterThanOrEqualTo(resourceVersion(last));
        }
    }

    @Test
    void sendsInitialEventsAndBookmark() {
        make("a");
        JsonNode last = make("b");
        String query = "?sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        try (WatchStream watch = http.watch(gadgets + query)) {
            assertThat(watch.nextNames(2)).containsExactlyInAnyOrder("ADDED a", "ADDED b");
            Event bookmark = watch.nextOfAnyType();
            assertThat(bookmark.type()).isEqualTo("BOOKMARK");
            assertThat(bookmark.object()
                            .at("/metadata/annotations/k8s.io~1initial-events-end")
                            .asString())
                    .isEqualTo("true");
            assertThat(Long.parseLong(bookmark.resourceVersion())).isGreaterThanOrEqualTo(resourceVersion(last));
            make("c");
            assertThat(watch.nextNames(1)).containsExactly("ADDED c");
        }
    }

    @Test
    void canOmitInitialEvents() {
        make("a");
        JsonNode last = make("b");
        String query = "&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
        try (WatchStream watch = http.watch(from(last) + query)) {
            make("c");
            assertThat(watch.nextNames(1)).containsExactly("ADDED c");
        }
    }

    @Test
    void rejectsContinueToken() {
        assertThat(http.get(gadgets + "?watch=true&timeoutSeconds=1&labelSelector=a%3D%3D%3Db")
                        .code())
                .isEqualTo(400);
    }

    @Test
    void reportsCompactedHistoryInErrorEvent() {
        try (WatchStream watch = http.watch(gadgets + "?resourceVersion=1")) {
            Event error = watch.next();
            assertThat(error.type()).isEqualTo("ERROR");
            assertThat(error.object().path("kind").asString()).isEqualTo("Status");
            assertThat(error.object().path("code").asInt()).isEqualTo(410);
            assertThat(error.object().path("reason").asString()).isEqualTo("Expired");
            assertThat(error.object().path("message").asString()).startsWith("too old resource version");
            assertThat(watch.hasEnded()).isTrue();
        }
    }

    @Test
    void sendsSameOrderToAllWatches() throws Exception {
        JsonNode first = make("a");
        try (WatchStream one = http.watch(from(first));
                WatchStream two = http.watch(from(first))) {
            for (int i = 0; i < 20; i++) {
                make("n" + i);
                http.patch(gadgets + "/n" + i, Http.MERGE_PATCH, "spec: {size: 9}")
                        .ok();
            }
            assertThat(one.nextNames(40)).isEqualTo(two.nextNames(40));
        }
    }

    private JsonNode make(String name) {
        return http.post(gadgets, Gadgets.named(name, "{size: 1}")).ok(201);
    }

    private void label(String name, String color) {
        http.patch(gadgets + "/" + name, Http.MERGE_PATCH, "metadata: {labels: {color: " + color + "}}")
                .ok();
    }

    private String from(JsonNode object) {
        return gadgets + "?resourceVersion=" + resourceVersion(object);
    }

    private static long resourceVersion(JsonNode object) {
        return Long.parseLong(object.at("/metadata/resourceVersion").asString());
    }
}
