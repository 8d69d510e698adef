package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.Resource;

class ForcedCollectionsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final ForcedCollections collections = new ForcedCollections(nanos::get);

    private int collect() throws ProfileException {
        return collections.force(count::incrementAndGet);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void allowsOneCollectionInTenSeconds() throws ProfileException {
        assertThat(collect()).isEqualTo(1);
        pass(Duration.ofMillis(7500));
        assertThatThrownBy(this::collect)
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("retry in 3 s")
                .extracting(e -> ((ProfileException) e).status(), e -> ((ProfileException) e).retryAfterSeconds())
                .containsExactly(429, 3L);
        assertThat(count).hasValue(1);

        pass(Duration.ofMillis(2500));
        assertThat(collect()).isEqualTo(2);
    }

    @Test
    void thePauseStartsAtTheEndOfACollection() throws ProfileException {
        collections.force(() -> {
            pass(Duration.ofSeconds(30));
            return 1;
        });
        assertThatThrownBy(this::collect).hasMessageContaining("retry in 1");
    }

    @Test
    void aProfileThatEndsLateEnoughMayStart() throws ProfileException {
        collect();
        pass(Duration.ofSeconds(1));
        assertThatThrownBy(() -> collections.checkIn(Duration.ofSeconds(8))).hasMessageContaining("retry in 2 s");
        collections.checkIn(Duration.ofSeconds(9));
    }

    @Test
    void classHistogramsAndHeapDumpsShareTheLimit() throws ProfileException {
        Profiles profiles = new Profiles(InstantSource.system(), new LiveObjects(), collections);
        ProfileQuery text = new ProfileQuery(null, 1, null);
        assertThat(profiles.answer("heap", text).status()).isEqualTo(200);

        ProfileResponse again = profiles.answer("heap", text);
        assertThat(again.status()).isEqualTo(429);
        assertThat(again.retryAfterSeconds()).isBetween(1L, 11L);
        assertThat(profiles.answer("heap", new ProfileQuery(1, null, 1)).status())
                .isEqualTo(429);
        WebEndpointResponse<Resource> dump = new PacedHeapDumps(collections).heapDump(null);
        assertThat(dump.getStatus()).isEqualTo(429);
    }
}
