package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.controller.informer.ChangeFilter;
import dev.sluice.controller.object.TestSource;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.queue.ControllerListener;
import dev.sluice.controller.queue.ControllerOptions;
import dev.sluice.controller.queue.Result;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ObjectKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a controller shares its workers, and how it stops. */
@Timeout(60)
class KindStartTest {

    @Test
    void aNamespaceDoesNotWaitForAnotherOneThatIsBusy() {
        Set<ObjectKey> begun = ConcurrentHashMap.newKeySet();
        CountDownLatch end = new CountDownLatch(1);
        Controller<ObjectKey> controller = KindStart.fair(
                ControllerOptions.named("test").withWorkers(1),
                key -> {
                    begun.add(key);
                    if (key.namespace().equals("busy")) {
                        end.await();
                    }
                    return Result.done();
                },
                () -> true,
                ControllerListener.NONE);
        for (String name : List.of("one", "two", "three")) {
            controller.enqueue(new ObjectKey("busy", name));
        }
        controller.enqueue(new ObjectKey("quiet", "one"));
        controller.start();

        await().until(() -> begun.contains(new ObjectKey("quiet", "one")));
        end.countDown();
        await().until(() -> begun.size() == 4);
        controller.stop(Duration.ofSeconds(30));
    }

    /** The state of each version, and whether the change causes a reconciliation. */
    @ParameterizedTest
    @CsvSource({
        "active, active, false",
        "active, suspended, false",
        "suspended, suspended, false",
        "suspended, active, true",
        "invalid, active, true",
        "invalid, invalid, false",
        "invalid, suspended, false",
        "active, invalid, true",
        "suspended, invalid, true"
    })
    void theEndOfASuspensionIsNoticedAlsoIfTheFunctionFails(String before, String after, boolean expected) {
        ChangeFilter<TestSource> triggers = KindStart.triggers(source -> {
            String state = source.spec().content();
            if (state.equals("invalid")) {
                throw new IllegalStateException(state);
            }
            return state.equals("suspended");
        });

        assertThat(triggers.test(source(before), source(after))).isEqualTo(expected);
    }

    private static TestSource source(String content) {
        return ToolkitJson.gson()
                .fromJson(
                        "{\"metadata\":{\"generation\":1},\"spec\":{\"content\":\"" + content + "\"}}",
                        TestSource.class);
    }

    @Test
    void allPartsAreStoppedAlsoIfOneFails() {
        List<String> stopped = new ArrayList<>();
        Deque<Runnable> stops = new ArrayDeque<>();
        stops.add(() -> stopped.add("first"));
        for (String name : List.of("second", "third")) {
            stops.add(() -> {
                throw new IllegalStateException(name);
            });
        }
        stops.add(() -> stopped.add("last"));

        assertThatThrownBy(() -> RunningController.runAll(stops))
                .hasMessage("second")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .extracting(Throwable::getMessage)
                        .containsExactly("third"));
        assertThat(stopped).containsExactly("first", "last");
        RunningController.runAll(stops);
    }
}
