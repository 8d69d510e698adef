package dev.sluice.kubetest.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
final class RealApiServerIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private RealApiServer server;

    @BeforeAll
    void start() throws Exception {
        Optional<KubeAssets> assets = KubeAssets.find();
        if (assets.isEmpty()) {
            System.out.println("[kubernetes-api] RealApiServerIT skipped: " + KubeAssets.ENVIRONMENT + " is not set");
        }
        Assumptions.assumeTrue(assets.isPresent(), "no kube-apiserver found");
        server = RealApiServer.start(RealApiOptions.of(assets.get()));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void answersOnlyAdministrator() throws Exception {
        assertThat(health(ServerFiles.ADMIN_TOKEN, "/api/v1/secrets")).isTrue();
        assertThat(health("wrong", "/api/v1/secrets")).isFalse();
        assertThat(Files.readString(server.kubeconfig())).contains(server.url().toString());
    }

    @Test
    void keepsObjectsAfterCrash() throws Exception {
        long before = server.pid();

        server.kill();
        assertThat(health(ServerFiles.ADMIN_TOKEN, "/readyz")).isFalse();
        server.startAgain();

        assertThat(server.pid()).isNotEqualTo(before);
        assertThat(health(ServerFiles.ADMIN_TOKEN, "/api/v1/namespaces/default"))
                .isTrue();
    }

    @Test
    void keepsObjectsAfterEtcdCrash() throws Exception {
        long before = server.pid();

        server.restartStore();

        await().atMost(LIMIT).until(() -> health(ServerFiles.ADMIN_TOKEN, "/api/v1/namespaces/default"));
        assertThat(server.pid()).isEqualTo(before);
    }

    @Test
    void doesNotAnswerWhilePaused() throws Exception {
        server.pause();
        try {
            assertThat(health(ServerFiles.ADMIN_TOKEN, "/readyz")).isFalse();
        } finally {
            server.resume();
        }
        await().atMost(LIMIT).until(() -> health(ServerFiles.ADMIN_TOKEN, "/readyz"));
    }

    /** The next process removes the directory. */
    @Test
    void exitsWithKilledJvm(@TempDir Path directory) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForgetfulMain.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = jvm.inputReader()) {
            long child = Long.parseLong(output.readLine());
            Path left = Path.of(output.readLine());
            assertThat(isAlive(child)).isTrue();
            TemporaryDirectory.create(directory, ForgetfulMain.PREFIX).close();
            assertThat(left.resolve("file")).as("of a living process").exists();

            jvm.destroyForcibly();

            await().atMost(LIMIT).until(() -> !isAlive(child));
            jvm.waitFor();
            TemporaryDirectory.create(directory, ForgetfulMain.PREFIX).close();
            assertThat(left).doesNotExist();
        } finally {
            jvm.destroyForcibly();
        }
    }

    @Test
    void reportsWhyServerDidNotStart(@TempDir Path directory) {
        RealApiOptions options =
                RealApiOptions.of(KubeAssets.find().orElseThrow()).in(directory).withFlag("no-such-flag", "1");

        assertThatThrownBy(() -> RealApiServer.start(options))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kube-apiserver exited with code 1")
                .hasMessageContaining("unknown flag: --no-such-flag");
    }

    private boolean health(String token, String path) throws Exception {
        Path certificate = server.logDirectory().resolve("certificates").resolve("apiserver.crt");
        return HealthCheck.secure(server.url(), certificate, token).isOk(path);
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
