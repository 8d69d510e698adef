package dev.sluice.runtime.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProfilesTest {

    private static final ProfileQuery TEXT = new ProfileQuery(null, 2, null);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Profiles profiles =
            new Profiles(InstantSource.system(), new LiveObjects(), new ForcedCollections(System::nanoTime));

    private void takeAProfile() {
        ProfileQuery longOne = new ProfileQuery(100, null, null);
        while (profiles.answer("mutex", longOne).status() == 409
                && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void doesNotStopAllThreadsDuringAProfile() throws InterruptedException {
        Thread taking = new Thread(this::takeAProfile, "taking");
        taking.setDaemon(true);
        taking.start();
        try {
            await().atMost(LIMIT).until(() -> profiles.answer("goroutine", TEXT).status() == 409);

            assertThat(profiles.answer("heap", TEXT).status()).isEqualTo(409);
            assertThat(profiles.answer("goroutine", new ProfileQuery(null, null, null))
                            .status())
                    .isEqualTo(409);
            assertThat(profiles.answer("cmdline", TEXT).status()).isEqualTo(200);
        } finally {
            taking.interrupt();
            taking.join(LIMIT.toMillis());
        }
        assertThat(profiles.answer("heap", TEXT).status()).isEqualTo(200);
        assertThat(profiles.answer("goroutine", TEXT).status()).isEqualTo(200);
    }
}
