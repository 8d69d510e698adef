package dev.sluice.controller.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.controller.event.EventRecorder;
import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.UnreadableObjectReporter;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.fake.FakeApi;
import dev.sluice.kubetest.fake.FakeApi.Answer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class LeadingWorkTest {

    private final FakeApi api = new FakeApi(asked -> Answer.status(500, "unused"));

    static Stream<LeadingWork.Preparation> failures() {
        return Stream.of(
                () -> {
                    throw new IOException("no volume");
                },
                () -> {
                    throw new IllegalStateException("a defect");
                },
                () -> {
                    throw new NoClassDefFoundError("a missing library");
                });
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aLeaderThatCannotStartEndsTheProcess(LeadingWork.Preparation preparation) throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        try (Informers informers = new Informers(api.client(), InformerOptions.DEFAULT);
                EventRecorder events = new EventRecorder(List.of(), 10, Clock.systemUTC())) {
            UnreadableObjectReporter reporter = new UnreadableObjectReporter(
                    informers,
                    new ApiRequests(api.client(), Duration.ofSeconds(30)),
                    events,
                    "maker",
                    Clock.systemUTC(),
                    Set.of());
            LeadingWork work = new LeadingWork(preparation, new Controllers(List.of()), reporter, failed::countDown);

            work.begin();

            assertThat(failed.await(50, TimeUnit.SECONDS)).isTrue();
            assertThat(work.getAsBoolean()).isFalse();
            assertThat(work.end(Duration.ofSeconds(50))).isTrue();
        }
    }
}
