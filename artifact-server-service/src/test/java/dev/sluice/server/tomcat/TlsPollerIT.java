package dev.sluice.server.tomcat;

import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.artifact.tls.TlsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The same over TLS: a volume that hangs and clients that disconnect have no other effects there. */
@Tag("soak")
class TlsPollerIT extends PollerIT {

    private static final TestAuthority AUTHORITY = new TestAuthority("authority");

    @TempDir
    private Path certificates;

    private final TestAuthority.Issued issued = AUTHORITY.issue();
    private ReloadingTls client = ReloadingTls.of(TlsFiles.none());

    @Override
    Optional<TlsSource> tls() {
        return Optional.of(ReloadingTls.of(secret().serverFiles()));
    }

    private SecretVolume secret() {
        try {
            SecretVolume secret = new SecretVolume(certificates);
            secret.write(issued, AUTHORITY.pem());
            client = ReloadingTls.of(TlsFiles.none().withAuthorities(secret.authorities()));
            return secret;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A download takes forty times as many reads. */
    @Override
    int stallEvery() {
        return 800;
    }

    @Override
    RawHttp connect() throws IOException {
        return RawHttp.overTls(address(), client.context());
    }
}
