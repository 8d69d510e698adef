package dev.sluice.controller.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.controller.queue.FakeTicker;
import dev.sluice.kubetest.fake.FakeApi;
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

    /** Wall-clock time that passed while the monotonic clock stood still. */
    private volatile Duration asleep = Duration.ZERO;

    private final InstantSource clock =
            () -> START.plusNanos(ticker.nanos() - startNanos).plus(asleep);
    private final FakeLeases leases = new FakeLeases();
    private final FakeApi api = new FakeApi(leases);
    private final List<Replica> replicas = new ArrayList<>();

    /** A replica in the election, with a record of what happened to it. */
    private final class Replica implements Leadership {
        final List<String> events = new CopyOnWriteArrayList<>();
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
            events.add("begin");
            if (beginFails) {
                throw new IllegalStateException("cannot begin");
            }
        }

        @Override
        public boolean end(Duration limit) {
            events.add("end, holder " + leases.spec("holderIdentity"));
            limits.add(limit);
            return ends;
        }

        @Override
        public void lost() {
            events.add("lost");
        }

        void awaitEvents(String... what) {
            await().untilAsserted(() -> assertThat(events).containsExactly(what));
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
    void theFirstReplicaCreatesTheLeaseAndLeads() {
        Replica one = new Replica("one").start();

        one.awaitEvents("begin");
        assertThat(one.election.isLeader()).isTrue();
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");
        assertThat(leases.spec("leaseDurationSeconds")).isEqualTo("35");
        assertThat(leases.spec("leaseTransitions")).isEqualTo("0");
        assertThat(leases.spec("renewTime")).isEqualTo("2026-07-01T10:00:00.000000Z");
        assertThat(leases.spec("acquireTime")).isEqualTo("2026-07-01T10:00:00.000000Z");
    }

    @Test
    void aLeaderSuspendedPastTheLeaseDoesNotLead() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        leases.set(leases.json().toString().replace("\"one\"", "\"two\""));

        asleep = Duration.ofSeconds(40);

        assertThat(one.election.isLeader()).isFalse();
        ticker.advanceAndSettle(Duration.ofSeconds(5));
        one.awaitEvents("begin", "end, holder two", "lost");
        assertThat(one.limits).containsExactly(Duration.ZERO);
    }

    @Test
    void aSuspendedLeaderLeadsAgainOnceItHasRenewed() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        asleep = Duration.ofHours(1);
        assertThat(one.election.isLeader()).isFalse();

        ticker.advanceAndSettle(Duration.ofSeconds(5));

        await().until(one.election::isLeader);
        one.awaitEvents("begin");
    }

    @Test
    void aSuspendedLeaderWithoutConnectionDoesNotLead() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        leases.down = true;
        asleep = Duration.ofSeconds(31);

        ticker.advanceAndSettle(Duration.ofSeconds(5));

        assertThat(one.election.isLeader()).isFalse();
        ticker.advanceAndSettle(Duration.ofSeconds(26));
        await().until(() -> one.events.contains("lost"));
    }

    @Test
    void settingTheWallClockBackHasNoEffect() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        asleep = Duration.ofDays(-1);
        assertThat(one.election.isLeader()).isTrue();

        asleep = Duration.ofDays(-1).plusSeconds(40);

        assertThat(one.election.isLeader())
                .as("suspended after the clock was set back")
                .isFalse();
    }

    @Test
    void aCandidateWhoseWallClockIsSetDoesNotTakeTheLease() {
        new Replica("one").start().awaitEvents("begin");
        int before = api.requests().size();
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() > before);

        asleep = Duration.ofDays(1);
        ticker.advanceAndSettle(Duration.ofMillis(1_300));
        ticker.advanceAndSettle(Duration.ofMillis(1_300));

        assertThat(two.events).isEmpty();
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");
    }

    @Test
    void aLeaderRenewsEveryRetryPeriod() {
        new Replica("one").start().awaitEvents("begin");
        int before = api.requests().size();

        for (int i = 1; i <= 20; i++) {
            ticker.advanceAndSettle(Duration.ofSeconds(5));
            assertThat(api.requests()).hasSize(before + i);
        }

        assertThat(replicas.get(0).election.isLeader()).isTrue();
        assertThat(replicas.get(0).events).containsExactly("begin");
    }

    @Test
    void aStandbyLeadsSoonAfterTheRelease() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        int before = api.requests().size();
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() > before);

        one.election.close(Duration.ofSeconds(10));

        one.awaitEvents("begin", "end, holder one");
        assertThat(leases.spec("holderIdentity")).isEmpty();
        assertThat(one.election.isLeader()).isFalse();
        advance(Duration.ofMillis(1250));
        two.awaitEvents("begin");
        assertThat(leases.spec("holderIdentity")).isEqualTo("two");
        assertThat(leases.spec("leaseTransitions")).isEqualTo("1");
    }

    @Test
    void theLeaseIsReleasedOnlyAfterTheWorkHasEnded() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        one.ends = false;

        one.election.close(Duration.ofSeconds(10));

        one.awaitEvents("begin", "end, holder one");
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");
        assertThat(one.limits).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void aStandbyLeadsOneLeaseDurationAfterTheLastRenewal() {
        leases.set(held("crashed", 35));
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() >= 1);

        advance(Duration.ofSeconds(34));
        assertThat(two.events).isEmpty();

        advance(Duration.ofSeconds(2));
        two.awaitEvents("begin");
    }

    @Test
    void theHoldersLeaseDurationCountsButNotItsClock() {
        leases.set(held("other", 60).replace("2026-07-01T10:00:00.000000Z", "1999-01-01T00:00:00.000000Z"));
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() >= 1);

        advance(Duration.ofSeconds(50));
        assertThat(two.events).isEmpty();

        advance(Duration.ofSeconds(12));
        two.awaitEvents("begin");
    }

    @Test
    void aStandbyWaitsWhileTheLeaderRenews() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        Replica two = new Replica("two").start();

        advance(Duration.ofMinutes(3));

        assertThat(two.events).isEmpty();
        assertThat(one.events).containsExactly("begin");
    }

    @Test
    void aLeaderThatCannotRenewEndsItsWorkBeforeTheLeaseExpires() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");

        leases.down = true;
        advance(Duration.ofSeconds(29));
        assertThat(one.election.isLeader()).isTrue();
        assertThat(one.events).containsExactly("begin");
        advance(Duration.ofSeconds(1));

        one.awaitEvents("begin", "end, holder one", "lost");
        assertThat(one.election.isLeader()).isFalse();
        assertThat(one.limits.get(0)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void aPausedLeaderDoesNotLeadAfterTheRenewDeadline() throws Exception {
        Replica one = new Replica("one");
        LeadershipFence fence = new LeadershipFence(one.election::isLeader);
        one.start().awaitEvents("begin");
        ApiClient writer = new ApiClient(new OkHttpClient.Builder()
                .addInterceptor(fence)
                .addInterceptor(new FakeApi(asked -> FakeApi.Answer.ok("{}")))
                .build());

        assertThat(write(writer)).isEqualTo(200);
        // the election's thread has not run yet when the process resumes
        leases.down = true;
        ticker.advance(Duration.ofSeconds(31));

        assertThat(one.election.isLeader()).isFalse();
        assertThatThrownBy(() -> write(writer)).hasMessageContaining("is no longer the leader");
    }

    @Test
    void anOutageShorterThanTheRenewDeadlineIsSurvived() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");

        leases.down = true;
        advance(Duration.ofSeconds(20));
        leases.down = false;
        advance(Duration.ofSeconds(20));

        assertThat(one.events).containsExactly("begin");
        assertThat(one.election.isLeader()).isTrue();
    }

    @Test
    void aLostResponseToARenewalDoesNotLoseTheLease() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");

        leases.losesAnswers = true;
        advance(Duration.ofSeconds(10));
        leases.losesAnswers = false;
        advance(Duration.ofSeconds(25));

        assertThat(one.events).containsExactly("begin");
        assertThat(one.election.isLeader()).isTrue();
    }

    @Test
    void theWorkEndsAtOnceWhenAnotherProcessTakesTheLease() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");

        leases.set(held("usurper", 35));
        advance(Duration.ofSeconds(5));

        one.awaitEvents("begin", "end, holder usurper", "lost");
        assertThat(one.limits).containsExactly(Duration.ZERO);
    }

    @Test
    void labellingOrDeletingTheLeaseDoesNotLoseIt() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");

        leases.set(held("one", 35).replace("\"metadata\":{", "\"metadata\":{\"labels\":{\"a\":\"b\"},"));
        advance(Duration.ofSeconds(5));

        assertThat(one.events).containsExactly("begin");
        assertThat(leases.json().toString())
                .contains("\"labels\":{\"a\":\"b\"}")
                .contains("\"strategy\":\"New\"");
    }

    @Test
    void aReplicaThatLostTheLeaseCanLeadAgain() {
        Replica one = new Replica("one").start();
        one.awaitEvents("begin");
        leases.down = true;
        advance(Duration.ofSeconds(31));
        one.awaitEvents("begin", "end, holder one", "lost");

        leases.down = false;
        advance(Duration.ofSeconds(10));

        one.awaitEvents("begin", "end, holder one", "lost", "begin");
        assertThat(one.election.isLeader()).isTrue();
    }

    @Test
    void theElectionContinuesWhenTheWorkCannotStart() {
        Replica one = new Replica("one");
        one.beginFails = true;
        one.start().awaitEvents("begin", "end, holder one");
        assertThat(one.election.isLeader()).isFalse();

        one.beginFails = false;
        advance(Duration.ofSeconds(10));

        await().until(one.election::isLeader);
    }

    @Test
    void backsOffWhileTheWorkCannotStart() {
        Replica one = new Replica("one");
        one.beginFails = true;
        one.start().awaitEvents("begin", "end, holder one");

        advance(Duration.ofMinutes(2));

        assertThat(one.events).filteredOn("begin"::equals).hasSizeBetween(4, 9);
    }

    @Test
    void aStandbyLeadsWhenTheWorkOfAnotherCannotStart() {
        Replica one = new Replica("one");
        one.beginFails = true;
        one.start().awaitEvents("begin", "end, holder one");
        await().untilAsserted(() -> assertThat(leases.spec("holderIdentity")).isEmpty());

        Replica two = new Replica("two").start();

        two.awaitEvents("begin");
        advance(Duration.ofSeconds(10));
        assertThat(one.events).containsExactly("begin", "end, holder one");
        assertThat(two.election.isLeader()).isTrue();
    }

    @Test
    void aLeaseWithoutReleaseExpiresBeforeAStandbyLeads() {
        Replica one = new Replica(LeaseOptions.of(KEY, "one").withoutRelease()).start();
        one.awaitEvents("begin");
        int before = api.requests().size();
        Replica two = new Replica("two").start();
        await().until(() -> api.requests().size() > before);

        one.election.close(Duration.ofSeconds(10));

        one.awaitEvents("begin", "end, holder one");
        assertThat(one.election.isLeader()).isFalse();
        assertThat(leases.spec("holderIdentity")).as("not released").isEqualTo("one");
        advance(Duration.ofSeconds(34));
        assertThat(two.events).isEmpty();
        assertThat(leases.spec("holderIdentity")).isEqualTo("one");

        advance(Duration.ofSeconds(2));
        two.awaitEvents("begin");
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
    void refusesTimesThatAllowTwoLeaders() {
        Duration five = Duration.ofSeconds(5);
        Duration ten = Duration.ofSeconds(10);

        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseOptions(KEY, "one", ten, ten, five));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseOptions(KEY, "one", ten, five, five));
        assertThatIllegalArgumentException().isThrownBy(() -> new LeaseOptions(KEY, "one", ten, five, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LeaseOptions(KEY, "one", ten.plusMillis(1), ten, five));
    }

    /** Advances the clock in small steps. */
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
