package dev.sluice.kubeapi.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.StoreKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

final class FileJournalTest {

    private static final String THINGS = "things.example.com";

    @TempDir
    Path directory;

    @Test
    void keepsObjectsAndRevisionsAcrossRestart() throws Exception {
        long revision;
        try (Store store = open()) {
            StoredObject a = create(store, "a");
            create(store, "b");
            store.update(THINGS, a, object("a", 2));
            store.delete(THINGS, create(store, "c"));
            revision = store.revision();
        }
        try (Store store = open()) {
            assertThat(names(store)).containsExactly("a", "b");
            assertThat(store.list(THINGS, "")
                            .objects()
                            .get(0)
                            .tree()
                            .at("/spec/n")
                            .asInt())
                    .isEqualTo(2);
            assertThat(create(store, "d").revision()).isEqualTo(revision + 1);
        }
    }

    @Test
    void discardsHistoryAtRestart() throws Exception {
        long before;
        try (Store store = open()) {
            before = create(store, "a").revision();
            create(store, "b");
        }
        try (Store store = open()) {
            assertThatThrownBy(() -> store.requireHistory(THINGS, before)).isInstanceOf(CompactedException.class);
            store.requireHistory(THINGS, store.revision());
        }
    }

    @Test
    void readsIntactRecordsOfTruncatedJournal() throws Exception {
        try (Store store = open()) {
            create(store, "a");
            create(store, "b");
        }
        byte[] whole = Files.readAllBytes(journal());
        try (Store store = open()) {
            create(store, "c");
        }
        byte[] longer = Files.readAllBytes(journal());
        for (int length = whole.length; length < longer.length; length++) {
            Files.write(journal(), Arrays.copyOf(longer, length));
            try (Store store = open()) {
                assertThat(names(store)).as("cut at byte %d", length).containsExactly("a", "b");
                create(store, "d");
            }
            try (Store store = open()) {
                assertThat(names(store)).as("after the cut at byte %d", length).containsExactly("a", "b", "d");
            }
        }
    }

    @Test
    void rejectsCorruptJournal() throws Exception {
        try (Store store = open()) {
            create(store, "a");
            create(store, "b");
        }
        byte[] bytes = Files.readAllBytes(journal());
        bytes[20] ^= 1;
        Files.write(journal(), bytes);

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("corrupt record");
    }

    @Test
    void rejectsDirectoryInUse() throws Exception {
        Store store = open();
        try (store) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another Kubernetes API");
        }
    }

    @Test
    void compactionKeepsOnlyLiveRecords() throws Exception {
        long revision;
        try (Store store = open()) {
            StoredObject a = create(store, "a");
            String filler = "x".repeat(100_000);
            for (int i = 0; i < 100; i++) {
                ObjectNode next = object("a", i);
                next.put("filler", filler);
                a = store.update(THINGS, a, next).orElseThrow();
            }
            revision = store.revision();
        }
        assertThat(Files.size(journal())).isLessThan(5_000_000);
        try (Store store = open()) {
            assertThat(store.revision()).isEqualTo(revision);
            assertThat(store.list(THINGS, "")
                            .objects()
                            .get(0)
                            .tree()
                            .at("/spec/n")
                            .asInt())
                    .isEqualTo(99);
        }
    }

    private Store open() throws IOException {
        return Store.persistent(directory, 100);
    }

    private Path journal() {
        return directory.resolve(FileJournal.FILE_NAME);
    }

    private static StoredObject create(Store store, String name) {
        return store.create(THINGS, new StoreKey("", name), object(name, 1)).orElseThrow();
    }

    private static ObjectNode object(String name, int n) {
        ObjectNode object = Json.object();
        object.putObject("metadata").put("name", name);
        object.putObject("spec").put("n", n);
        return object;
    }

    private static List<String> names(Store store) {
        return store.list(THINGS, "").objects().stream()
                .map(o -> o.key().name())
                .toList();
    }
}
