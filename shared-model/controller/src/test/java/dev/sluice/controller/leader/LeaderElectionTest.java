package dev.sluice.controller.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.controller.queue.FakeTicker;
import dev.sluice.controller.request.FakeApi;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeaderElectionTest {

    private static final ObjectKey KEY = new ObjectKey("flux-system", "source-watcher-leader-election");
    private static final Instant START = Instant.parse("2026-07-01T10:00:00Z");

    private final FakeTicker ticker = new FakeTicker();
    private final long startNanos = ticker.nanos();

    /** What the wall clock moved on while the monotonic one stood still. */
    private volatile Duration asleep = Duration.ZERO;

    private final InstantSource clock =
            () -> START.plusNanos(ticker.nanos() - startNanos).plus(asleep);
    private final FakeLeases leases = new FakeLeases();
    private final FakeApi api = new FakeApi(leases);
    private final List<Replica> replicas = new ArrayList<>();

    /** A process of the election, and what became of it. */
    private final class Replica implements Leadership {
        final List<String> told = new CopyOnWriteArrayList<>();
        final List<Duration> limits = new CopyOnWriteArrayList<>();
        final LeaderElection election;
        volatile boolean ends = true;
        volatile boolean beginFails;

        Replica(String name) {
            this(LeaseOptions.of(KEY, name));
        }

        Replica(LeaseOptions options) {
            election = new LeaderElection(api.client(), options, this, ticker, clock);
            replicas.add(this);
        }

        Replica start() {
            election.start();
            return this;
        }

        @Override
        public void begin() {
            told.add("begin");
            if (beginFails) {
                throw new IllegalStateException("cannot begin");
            }
        }

        @Override
        public boolean end(Duration limit) {
            told.add("end, holder " + leases.spec("holderIdentity"));
            limits.add(limit);
            return ends;
        }

        @Override
        public void lost() {
            told.add("lost");
        }

        void awaitTold(String... what) {
            await().untilAsserted(() -> assertThat(told).containsExactly(what));
        }
    }

    @BeforeEach
    void waitLong() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @AfterEach
    void stop() {
        leases.down = true;
        replicas.forEach(replica -> replica.election.close(Duration.ZERO));
    }

    @Test
    void theFirstReplicaMakesTheLeaseAndLeads() {
        Replica one = new Replica("one").start();

        one.awaitTold("begin");
        assertThat(one.election.isLeader()).isTrue();
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");
        assertThat(leases.spec("leaseDurationSeconds")).isEqualTo("35");
        assertThat(leases.spec("leaseTransitions")).isEqualTo("0");
        assertThat(leases.spec("renewTime")).isEqualTo("2026-07-01T10:00:00.000000Z");
        assertThat(leases.spec("acquireTime")).isEqualTo("2026-07-01T10:00:00.000000Z");
    }

    @Test
    void aLeaderWhoseMachineSleptPastTheLeaseDoesNotLead() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        leases.set(leases.json().toString().replace("\"one\"", "\"two\""));

        asleep = Duration.ofSeconds(40);

        assertThat(one.election.isLeader()).isFalse();
        ticker.advanceAndSettle(Duration.ofSeconds(5));
        one.awaitTold("begin", "end, holder two", "lost");
        assertThat(one.limits).containsExactly(Duration.ZERO);
    }

    @Test
    void aLeaderThatSleptAndWhoseLeaseNobodyTookLeadsOnceItHasRenewed() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        asleep = Duration.ofHours(1);
        assertThat(one.election.isLeader()).isFalse();

        ticker.advanceAndSettle(Duration.ofSeconds(5));

        await().until(one.election::isLeader);
        one.awaitTold("begin");
    }

    @Test
    void aLeaderThatSleptAndReachesNobodyStaysWithoutLead() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        leases.down = true;
        asleep = Duration.ofSeconds(31);

        ticker.advanceAndSettle(Duration.ofSeconds(5));

        assertThat(one.election.isLeader()).isFalse();
        ticker.advanceAndSettle(Duration.ofSeconds(26));
        await().until(() -> one.told.contains("lost"));
    }

    @Test
    void aWallClockThatIsSetBackChangesNothing() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        asleep = Duration.ofDays(-1);
        assertThat(one.election.isLeader()).isTrue();

        asleep = Duration.ofDays(-1).plusSeconds(40);

        assertThat(one.election.isLeader())
                .as("slept after the clock was set back")
                .isFalse();
    }

    @Test
    void aCandidateWhoseClockIsSetTakesNoLeaseFromAnybody() {
        new Replica("one").start().awaitTold("begin");
        int before = api.requests().size();
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() > before);

        asleep = Duration.ofDays(1);
        ticker.advanceAndSettle(Duration.ofMillis(1_300));
        ticker.advanceAndSettle(Duration.ofMillis(1_300));

        assertThat(two.told).isEmpty();
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");
    }

    @Test
    void aLeaderRenewsEveryRetryPeriod() {
        new Replica("one").start().awaitTold("begin");
        int before = api.requests().size();

        for (int i = 1; i <= 20; i++) {
            ticker.advanceAndSettle(Duration.ofSeconds(5));
            assertThat(api.requests()).hasSize(before + i);
        }

        assertThat(replicas.get(0).election.isLeader()).isTrue();
        assertThat(replicas.get(0).told).containsExactly("begin");
    }

    @Test
    void aStandbyLeadsSoonAfterARelease() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        int before = api.requests().size();
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() > before);

        one.election.close(Duration.ofSeconds(10));

        one.awaitTold("begin", "end, holder one");
        assertThat(leases.spec("holderIdentity")).isEmpty();
        assertThat(one.election.isLeader()).isFalse();
        advance(Duration.ofMillis(1250));
        two.awaitTold("begin");
        assertThat(leases.spec("holderIdentity")).isEqualTo("two");
        assertThat(leases.spec("leaseTransitions")).isEqualTo("1");
    }

    @Test
    void theLeaseIsReleasedOnlyAfterTheWorkHasEnded() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        one.ends = false;

        one.election.close(Duration.ofSeconds(10));

        one.awaitTold("begin", "end, holder one");
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");
        assertThat(one.limits).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void aStandbyLeadsOneLeaseDurationAfterALeadersLastSignOfLife() {
        leases.set(held("crashed", 35));
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() >= 1);

        advance(Duration.ofSeconds(34));
        assertThat(two.told).isEmpty();

        advance(Duration.ofSeconds(2));
        two.awaitTold("begin");
    }

    @Test
    void theHoldersOwnPromiseCountsAndNotItsClock() {
        leases.set(held("other", 60).replace("2026-07-01T10:00:00.000000Z", "1999-01-01T00:00:00.000000Z"));
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() >= 1);

        advance(Duration.ofSeconds(50));
        assertThat(two.told).isEmpty();

        advance(Duration.ofSeconds(12));
        two.awaitTold("begin");
    }

    @Test
    void aStandbyWaitsAsLongAsTheLeaderShowsLife() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        Replica two = new Replica("two").start();

        advance(Duration.ofMinutes(3));

        assertThat(two.told).isEmpty();
        assertThat(one.told).containsExactly("begin");
    }

    @Test
    void aLeaderThatCannotRenewEndsItsWorkBeforeTheLeaseRunsOut() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");

        leases.down = true;
        advance(Duration.ofSeconds(29));
        assertThat(one.election.isLeader()).isTrue();
        assertThat(one.told).containsExactly("begin");
        advance(Duration.ofSeconds(1));

        one.awaitTold("begin", "end, holder one", "lost");
        assertThat(one.election.isLeader()).isFalse();
        assertThat(one.limits.get(0)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void aLeaderThatWasPausedKnowsByTheClockThatItDoesNotLead() throws Exception {
        Replica one = new Replica("one");
        LeadershipFence fence = new LeadershipFence(one.election::isLeader);
        one.start().awaitTold("begin");
        ApiClient writer = new ApiClient(new OkHttpClient.Builder()
                .addInterceptor(fence)
                .addInterceptor(new FakeApi(asked -> FakeApi.Answer.ok("{}")))
                .build());

        assertThat(write(writer)).isEqualTo(200);
        // nothing of the election has run yet when the process goes on
        leases.down = true;
        ticker.advance(Duration.ofSeconds(31));

        assertThat(one.election.isLeader()).isFalse();
        assertThatThrownBy(() -> write(writer)).hasMessageContaining("does not lead");
    }

    @Test
    void anOutageShorterThanTheRenewDeadlineIsSurvived() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");

        leases.down = true;
        advance(Duration.ofSeconds(20));
        leases.down = false;
        advance(Duration.ofSeconds(20));

        assertThat(one.told).containsExactly("begin");
        assertThat(one.election.isLeader()).isTrue();
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsNoLoss() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");

        leases.losesAnswers = true;
        advance(Duration.ofSeconds(10));
        leases.losesAnswers = false;
        advance(Duration.ofSeconds(25));

        assertThat(one.told).containsExactly("begin");
        assertThat(one.election.isLeader()).isTrue();
    }

    @Test
    void aLeaseThatSomebodyTookEndsTheWorkAtOnce() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");

        leases.set(held("usurper", 35));
        advance(Duration.ofSeconds(5));

        one.awaitTold("begin", "end, holder usurper", "lost");
        assertThat(one.limits).containsExactly(Duration.ZERO);
    }

    @Test
    void aLeaseThatSomebodyLabelledOrDeletedIsNoLoss() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");

        leases.set(held("one", 35).replace("\"metadata\":{", "\"metadata\":{\"labels\":{\"a\":\"b\"},"));
        advance(Duration.ofSeconds(5));

        assertThat(one.told).containsExactly("begin");
        assertThat(leases.json().toString())
                .contains("\"labels\":{\"a\":\"b\"}")
                .contains("\"strategy\":\"New\"");
    }

    @Test
    void aReplicaThatLostLeadsAgainWhenItsProcessGoesOn() {
        Replica one = new Replica("one").start();
        one.awaitTold("begin");
        leases.down = true;
        advance(Duration.ofSeconds(31));
        one.awaitTold("begin", "end, holder one", "lost");

        leases.down = false;
        advance(Duration.ofSeconds(10));

        one.awaitTold("begin", "end, holder one", "lost", "begin");
        assertThat(one.election.isLeader()).isTrue();
    }

    @Test
    void workThatCannotBeginDoesNotKeepTheElectionFromGoingOn() {
        Replica one = new Replica("one");
        one.beginFails = true;
        one.start().awaitTold("begin", "end, holder one");
        assertThat(one.election.isLeader()).isFalse();

        one.beginFails = false;
        advance(Duration.ofSeconds(5));

        await().until(one.election::isLeader);
    }

    @Test
    void aStandbyLeadsWhereTheWorkOfAnotherCannotBegin() {
        Replica one = new Replica("one");
        one.beginFails = true;
        one.start().awaitTold("begin", "end, holder one");
        await().untilAsserted(() -> assertThat(leases.spec("holderIdentity")).isEmpty());

        Replica two = new Replica("two").start();

        two.awaitTold("begin");
        advance(Duration.ofSeconds(10));
        assertThat(one.told).containsExactly("begin", "end, holder one");
        assertThat(two.election.isLeader()).isTrue();
    }

    @Test
    void aLeaseThatIsNotToBeReleasedIsLeftToRunOutAndThenAStandbyLeads() {
        Replica one = new Replica(LeaseOptions.of(KEY, "one").withoutRelease()).start();
        one.awaitTold("begin");
        int before = api.requests().size();
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() > before);

        one.election.close(Duration.ofSeconds(10));

        one.awaitTold("begin", "end, holder one");
        assertThat(one.election.isLeader()).isFalse();
        assertThat(leases.spec("holderIdentity")).as("not released").isEqualTo("one");
        advance(Duration.ofSeconds(34));
        assertThat(two.told).isEmpty();
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");

        advance(Duration.ofSeconds(2));
        two.awaitTold("begin");
        assertThat(leases.spec("holderIdentity")).isEqualTo("two");
    }

    @Test
    void aCandidateCanBeClosed() {
        leases.set(held("other", 35));
        Replica two = new Replica("two").start();

        two.election.close(Duration.ofSeconds(10));

        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("leader-election")));
        assertThat(leases.spec("holderIdentity")).isEqualTo("other");
    }

    @Test
    void timesInWhichTwoCouldLeadAreRefused() {
        Duration five = Duration.ofSeconds(5);
        Duration ten = Duration.ofSeconds(10);

        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseOptions(KEY, "one", ten, ten, five));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseOptions(KEY, "one", ten, five, five));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseOptions(KEY, "one", ten, five, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseOptions(KEY, "one", ten.plusMillis(1), ten, five));
    }

    /** In small steps, as time really passes. */
    private void advance(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += 250) {
            ticker.advanceAndSettle(Duration.ofMillis(250));
        }
    }

    private static int write(ApiClient client) throws IOException {
        Request request = new Request.Builder()
                .url("http://fake.invalid/x")
                .method("PATCH", RequestBody.create("{}", null))
                .build();
        try (okhttp3.Response response = client.getHttpClient().newCall(request).execute()) {
            return response.code();
        }
    }

    private static String held(String holder, int seconds) {
        return """
                {"apiVersion":"coordination.k8s.io/v1","kind":"Lease",
                 "metadata":{"name":"source-watcher-leader-election","namespace":"flux-system"},
                 "spec":{"holderIdentity":"%s","leaseDurationSeconds":%d,"leaseTransitions":0,"strategy":"New",
                  "renewTime":"2026-07-01T10:00:00.000000Z","acquireTime":"2026-07-01T10:00:00.000000Z"}}""".formatted(holder, seconds);
    }
}
