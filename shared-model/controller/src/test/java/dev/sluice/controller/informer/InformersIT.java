package dev.sluice.controller.informer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.sluice.controller.informer.FakeKube.Watches;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.informer.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The informers against a faulty server. */
@Timeout(120)
class InformersIT {

    private static final InformerOptions OPTIONS = new InformerOptions(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            new BackOffOptions(Duration.ofMillis(50), Duration.ofSeconds(5), 0.5),
            500);

    private final FakeKube kube = new FakeKube();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private Informers informers = new Informers(kube.client(), OPTIONS);

    @SuppressWarnings("NullAway.Init") // by start, which every test calls
    private SharedIndexInformer<GitRepository> informer;

    @BeforeEach
    void waitLong() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void stop() {
        informers.close();
        kube.close();
    }

    @Test
    void theCacheAndItsHandlersFollowTheServer() {
        kube.put("one", "r1");
        start(Scope.all());
        await().until(() -> changes.contains("new one r1"));

        kube.put("one", "r2");
        kube.put("two", "r1");
        kube.delete("one");

        await().until(() -> changes.size() == 4);
        // ordered per object; the client may reorder events of different objects
        assertThat(changes)
                .containsSubsequence("new one r1", "one r1 to r2", "gone one r2")
                .contains("new two r1");
        assertThat(informer.getIndexer().listKeys()).containsExactly("apps/two");
        assertThat(kube.watches.get(0)).containsEntry("allowWatchBookmarks", "true");
    }

    /** A program whose main method fails must end. */
    @Test
    void noThreadKeepsTheProcessAlive() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        kube.put("one", "r1");
        start(Scope.all());

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(
                        thread -> !before.contains(thread) && !thread.getName().matches("(HTTP|pool-|awaitility).*"))
                .anyMatch(thread -> thread.getName().equals("informer-gitrepositories"))
                .allMatch(Thread::isDaemon);
    }

    @Test
    void aLateHandlerGetsTheCachedObjects() {
        kube.put("one", "r1");
        start(Scope.all());

        informer.addEventHandler(new ChangeHandler<>(this::note));

        assertThat(changes).containsExactly("new one r1", "new one r1");
    }

    @Test
    void cachedObjectsAreTrimmed() {
        kube.put("one", "r1");
        start(Scope.all());

        GitRepository cached = informer.getIndexer().getByKey("apps/one");
        assertThat(cached.metadata().getManagedFields()).isNull();
        assertThat(cached.metadata().getAnnotations()).containsOnlyKeys("kept");
    }

    @Test
    void keepsTheFieldsOfOneManagerInListsAndWatches() {
        start(Scope.all().keepingManager("mine"));
        kube.put("one", "r1");
        await().until(() -> changes.size() == 1);

        GitRepository cached = informer.getIndexer().getByKey("apps/one");
        assertThat(cached.metadata().getManagedFields())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getManager()).isEqualTo("mine"));
    }

    @Test
    void sharesTheKeptFieldsOfAThousandObjects() {
        kube.put("one", "r1");
        start(Scope.all().keepingManager("mine"));
        kube.put("two", "r1");
        await().until(() -> changes.size() == 2);

        assertThat(informer.getIndexer().getByKey("apps/one").metadata().getManagedFields())
                .isSameAs(informer.getIndexer().getByKey("apps/two").metadata().getManagedFields());
    }

    @Test
    void resumesABrokenWatchWithoutANewList() {
        start(Scope.all());
        kube.put("one", "r1");
        await().until(() -> changes.size() == 1);
        int seen = kube.version();

        kube.breakWatches();
        kube.put("two", "r1");

        await().until(() -> changes.contains("new two r1"));
        assertThat(kube.lists).hasSize(1);
        assertThat(kube.watches.get(1)).containsEntry("resourceVersion", String.valueOf(seen));
    }

    @Test
    void resumesFromABookmark() {
        start(Scope.all());
        kube.bookmark();
        int bookmarked = kube.version();
        await().until(() -> String.valueOf(bookmarked).equals(informer.lastSyncResourceVersion()));

        kube.breakWatches();

        await().until(() -> kube.watches.size() == 2);
        assertThat(kube.watches.get(1)).containsEntry("resourceVersion", String.valueOf(bookmarked));
    }

    @Test
    void backsOffWhenWatchesEndAtOnce() {
        // without our back-off, the client would open 20 per second
        kube.mode = Watches.ENDED_AT_ONCE;
        start(Scope.all());

        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        assertThat(kube.watches.size()).isBetween(2, 15);
        assertThat(kube.lists).hasSize(1);

        kube.mode = Watches.SERVED;
        kube.put("one", "r1");
        await().until(() -> changes.contains("new one r1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED_GONE", "ERROR_GONE"})
    void relistsAfterExpiredHistoryAndFindsMissedChanges(Watches gone) {
        kube.put("deleted", "r1");
        kube.put("changed", "r1");
        kube.put("unchanged", "r1");
        kube.put("recreated", "r1");
        start(Scope.all());
        await().until(() -> changes.size() == 4);
        changes.clear();

        kube.mode = gone;
        kube.breakWatches();
        await().until(() -> kube.watches.size() > 1);
        kube.delete("deleted");
        kube.put("changed", "r2");
        kube.delete("recreated");
        kube.put("recreated", "r2");
        kube.forget();
        kube.mode = Watches.SERVED;

        await().until(() -> changes.size() >= 4);
        assertThat(changes)
                .containsExactlyInAnyOrder(
                        "gone deleted r1", "changed r1 to r2", "gone recreated r1", "new recreated r2");
    }

    @Test
    void retriesTheWatchOfABusyServerWithoutANewList() {
        kube.mode = Watches.REFUSED_503;
        start(Scope.all());
        await().until(() -> kube.watches.size() >= 3);

        kube.mode = Watches.SERVED;
        kube.put("one", "r1");

        await().until(() -> changes.contains("new one r1"));
        assertThat(kube.lists).hasSize(1);
    }

    @Test
    void retriesFailedListsUntilTheCacheIsFilled() {
        kube.put("one", "r1");
        kube.listFailures.set(3);

        start(Scope.all());

        assertThat(informers.hasSynced()).isTrue();
        assertThat(kube.lists).hasSize(4);
    }

    @Test
    void acceptsTheOlderStateOfARestoredServer() {
        // the client would request the remembered version forever
        start(Scope.all());
        kube.tooLargeVersion = true;
        kube.mode = Watches.REFUSED_GONE;
        kube.breakWatches();
        await().until(() -> kube.lists.size() >= 2);
        kube.mode = Watches.SERVED;
        kube.put("one", "r1");

        await().until(() -> changes.contains("new one r1"));
        assertThat(kube.lists.get(kube.lists.size() - 1)).doesNotContainKey("resourceVersion");
    }

    @Test
    void listsInPages() {
        for (int i = 0; i < 1_201; i++) {
            kube.put("object-" + i, "r1");
        }

        start(Scope.all());

        assertThat(informer.getIndexer().list()).hasSize(1_201);
        assertThat(kube.lists).hasSize(3).allSatisfy(query -> assertThat(query).containsEntry("limit", "500"));
    }

    @Test
    void listsEverythingWhenPagesExpire() {
        for (int i = 0; i < 1_201; i++) {
            kube.put("object-" + i, "r1");
        }
        kube.expireContinue = true;

        start(Scope.all());

        assertThat(informer.getIndexer().list()).hasSize(1_201);
        assertThat(kube.lists.get(2)).doesNotContainKeys("limit", "continue");
    }

    @Test
    void replacesASilentConnection() {
        InformerOptions impatient = new InformerOptions(
                Duration.ofSeconds(10), Duration.ofMillis(300), OPTIONS.reconnect(), OPTIONS.pageSize());
        informers = new Informers(kube.client(), impatient);
        kube.mode = Watches.SILENT;
        start(Scope.all());
        await().until(() -> kube.watches.size() == 1);
        kube.mode = Watches.SERVED;

        kube.put("one", "r1");

        await().until(() -> changes.contains("new one r1"));
        assertThat(kube.lists).hasSize(1);
    }

    @Test
    void anUnreadableEventDoesNotEndTheInformer() {
        start(Scope.all());
        kube.sendRaw("<html>proxy error</html>");
        kube.breakWatches();
        await().until(() -> kube.watches.size() >= 3);
        kube.forget();

        kube.put("one", "r1");

        await().until(() -> changes.contains("new one r1"));
    }

    @Test
    void sendsTheSelectorWithListAndWatch() {
        start(Scope.all().withLabels("shard in (a,b)"));

        await().until(() -> kube.watches.size() == 1);
        Map<String, String> list = kube.lists.get(0);
        assertThat(list).containsEntry("labelSelector", "shard in (a,b)").containsEntry("resourceVersion", "0");
        assertThat(kube.watches.get(0)).containsEntry("labelSelector", "shard in (a,b)");
    }

    @Test
    void aSecondInformerOfAKindIsRefused() {
        start(Scope.all());

        assertThatIllegalStateException()
                .isThrownBy(() -> informers.add(GitRepository.TYPE, Scope.all().inNamespace("apps")))
                .withMessageContaining("GitRepository");
    }

    @Test
    void noChangeIsLostAndNoThreadLeaksOverManyReconnects() {
        reconnect(100);
    }

    @Test
    @Tag("soak")
    @Timeout(600)
    void noChangeIsLostAndNoThreadLeaksOverThousandsOfReconnects() {
        reconnect(5_000);
    }

    private void reconnect(int times) {
        informers = new Informers(
                kube.client(),
                new InformerOptions(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        new BackOffOptions(Duration.ofMillis(1), Duration.ofMillis(2), 0.5),
                        500));
        start(Scope.all());
        int threads = Thread.activeCount();
        long heap = usedHeap();

        for (int i = 1; i <= times; i++) {
            kube.breakWatches();
            kube.put("object", "r" + i);
            int opened = i + 1;
            await().pollInterval(Duration.ofMillis(1)).until(() -> kube.watches.size() >= opened);
        }

        await().until(() -> changes.size() == times);
        for (int i = 2; i <= times; i++) {
            assertThat(changes.get(i - 1)).endsWith("to r" + i);
        }
        assertThat(kube.lists).hasSize(1);
        assertThat(Thread.activeCount()).isLessThan(threads + 20);
        int reconnects = kube.watches.size() - 1;
        kube.forget();
        kube.watches.clear();
        System.out.printf(
                "InformersIT: %d reconnects, %d changes, none lost, %d list, threads %d to %d, heap %d to %d KiB%n",
                reconnects,
                changes.size(),
                kube.lists.size(),
                threads,
                Thread.activeCount(),
                heap / 1024,
                usedHeap() / 1024);
    }

    /** Returns the used heap after a garbage collection. */
    private static long usedHeap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void start(Scope scope) {
        informer = informers.add(GitRepository.TYPE, scope);
        informer.addEventHandler(new ChangeHandler<>(this::note));
        informers.start();
        await().until(informers::hasSynced);
    }

    private void note(@Nullable GitRepository before, @Nullable GitRepository after) {
        if (before == null && after != null) {
            changes.add("new " + after.metadata().getName() + " " + revision(after));
        } else if (before != null && after == null) {
            changes.add("gone " + before.metadata().getName() + " " + revision(before));
        } else if (before != null && after != null) {
            changes.add(after.metadata().getName() + " " + revision(before) + " to " + revision(after));
        }
    }

    private static String revision(GitRepository repository) {
        return repository.artifact().orElseThrow().revision();
    }
}
