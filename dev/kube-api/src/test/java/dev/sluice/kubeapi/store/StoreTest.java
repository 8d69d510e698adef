package dev.sluice.kubeapi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class StoreTest {

    private static final String THINGS = "things.example.com";

    private final Store store = Store.inMemory(10);

    @Test
    void everyWriteHasNextRevision() {
        StoredObject a = create("a");
        StoredObject changed = store.update(THINGS, a, object("a", 2)).orElseThrow();
        StoredObject gone = store.delete(THINGS, changed).orElseThrow();

        assertThat(List.of(a.revision(), changed.revision(), gone.revision())).containsExactly(2L, 3L, 4L);
        assertThat(gone.meta().resourceVersion()).isEqualTo("4");
        assertThat(store.get(THINGS, key("a"))).isNull();
    }

    @Test
    void rejectsWriteOfOutdatedObject() {
        StoredObject first = create("a");
        assertThat(store.update(THINGS, first, object("a", 2))).isPresent();

        assertThat(store.update(THINGS, first, object("a", 3))).isEmpty();
        assertThat(store.delete(THINGS, first)).isEmpty();
        assertThat(store.create(THINGS, key("a"), object("a", 4))).isEmpty();
        assertThat(store.revision()).isEqualTo(3);
    }

    @Test
    void listsInKeyOrder() {
        for (String name : List.of("b/x", "a/y", "a-b/z", "a/x")) {
            String[] parts = name.split("/", -1);
            store.create(THINGS, new StoreKey(parts[0], parts[1]), object(parts[1], 1));
        }

        assertThat(keys(store.list(THINGS, ""))).containsExactly("a/x", "a/y", "a-b/z", "b/x");
        assertThat(keys(store.list(THINGS, "a"))).containsExactly("a/x", "a/y");
        assertThat(keys(store.list(THINGS, "none"))).isEmpty();
    }

    @Test
    void listsAtOlderRevision() throws Exception {
        StoredObject a = create("a");
        StoredObject b = create("b");
        store.update(THINGS, a, object("a", 2));
        store.delete(THINGS, b);
        create("c");

        StoreSnapshot past = store.listAt(THINGS, "ns", b.revision());

        assertThat(keys(past)).containsExactly("ns/a", "ns/b");
        assertThat(past.objects().get(0).tree().at("/spec/n").asInt()).isEqualTo(1);
    }

    @Test
    void discardsOldestChangesBeyondLimit() throws Exception {
        StoredObject first = create("a");
        IntStream.range(0, 20).forEach(i -> create("n" + i));

        assertThatThrownBy(() -> store.listAt(THINGS, "", first.revision())).isInstanceOf(CompactedException.class);
        assertThatThrownBy(() -> store.changesAfter(THINGS, first.revision(), 100))
                .isInstanceOf(CompactedException.class);
        assertThat(store.changesAfter(THINGS, store.revision() - 10, 100)).hasSize(10);
        assertThat(store.changesAfter(THINGS, store.revision() - 10, 3))
                .extracting(StoreEvent::revision)
                .containsExactly(store.revision() - 9, store.revision() - 8, store.revision() - 7);
    }

    @Test
    void compactionAffectsOnlyReadersBehindIt() throws Exception {
        StoredObject a = create("a");
        store.create("others", key("x"), object("x", 1));
        store.compactHistory();

        assertThatThrownBy(() -> store.requireHistory(THINGS, a.revision())).isInstanceOf(CompactedException.class);
        assertThat(store.changesAfter(THINGS, a.revision(), 10)).isEmpty();
        store.requireHistory(THINGS, store.revision());
    }

    @Test
    void notifiesListenersOnlyAfterCommit() {
        List<String> notified = new ArrayList<>();
        store.onChange(notified::add);
        StoredObject a = create("a");
        store.update(THINGS, a, object("a", 2));
        store.update(THINGS, a, object("a", 3));

        assertThat(notified).containsExactly(THINGS, THINGS);
    }

    private StoredObject create(String name) {
        return store.create(THINGS, key(name), object(name, 1)).orElseThrow();
    }

    private static StoreKey key(String name) {
        return new StoreKey("ns", name);
    }

    private static ObjectNode object(String name, int n) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        object.putObject("spec").put("n", n);
        return object;
    }

    private static List<String> keys(StoreSnapshot snapshot) {
        return snapshot.objects().stream().map(o -> o.key().toString()).toList();
    }
}
