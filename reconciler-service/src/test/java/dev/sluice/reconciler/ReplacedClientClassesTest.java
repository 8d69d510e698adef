package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import dev.sluice.artifact.tls.TestAuthority;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.kubernetes.client.util.credentials.ClientCertificateAuthentication;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes of the client that this service replaces; see docs/adr/0012. */
class ReplacedClientClassesTest {

    private final TestAuthority authority = new TestAuthority("cluster");
    private final TestAuthority.Issued issued = authority.issue();

    /** Methods that nothing in this service calls. */
    private static final Set<String> LEFT_OUT = Set.of(
            "createGson",
            "setLenientOnJson",
            "setOffsetDateTimeFormat",
            "setLocalDateFormat",
            "setDateFormat",
            "setSqlDateFormat",
            "getPassphrase",
            "setPassphrase");

    @ParameterizedTest
    @ValueSource(classes = {JSON.class, ClientCertificateAuthentication.class})
    void hasTheMethodsOfTheOriginal(Class<?> ours) throws IOException {
        assertThat(signatures(ours))
                .isEqualTo(signatures(new Original(ours).load()))
                .isNotEmpty();
    }

    private static Set<String> signatures(Class<?> type) {
        return Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> !LEFT_OUT.contains(method.getName()))
                .map(method -> Modifier.isStatic(method.getModifiers()) + " " + method.getName()
                        + Arrays.toString(method.getParameterTypes()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Loads the class of the jar instead of ours. */
    private static final class Original extends ClassLoader {

        private final Class<?> ours;

        Original(Class<?> ours) {
            super(ours.getClassLoader());
            this.ours = ours;
        }

        Class<?> load() throws IOException {
            List<URL> found = Collections.list(getResources(ours.getName().replace('.', '/') + ".class"));
            assertThat(found).as("ours comes first").hasSize(2);
            assertThat(found.get(0).getProtocol()).isEqualTo("file");
            try (InputStream in = found.get(1).openStream()) {
                byte[] bytes = in.readAllBytes();
                return defineClass(ours.getName(), bytes, 0, bytes.length);
            }
        }
    }

    @Test
    void readsAndWritesModelsAndRecords() {
        V1ObjectMeta metadata = JSON.deserialize("{\"name\":\"a\",\"new\":1}", V1ObjectMeta.class);

        assertThat(metadata.getName()).isEqualTo("a");
        assertThat(JSON.serialize(metadata)).isEqualTo("{\"name\":\"a\"}");
        assertThat(JSON.<V1ObjectMeta>deserialize(
                        new ByteArrayInputStream("{\"name\":\"ä\"}".getBytes(StandardCharsets.UTF_8)),
                        V1ObjectMeta.class))
                .isEqualTo(new V1ObjectMeta().name("ä"));
        assertThat(JSON.<String>deserialize("not JSON", String.class)).isEqualTo("not JSON");
        assertThatThrownBy(() -> JSON.deserialize("not JSON", V1ObjectMeta.class))
                .isInstanceOf(JsonParseException.class);
    }

    @Test
    void presentsTheClientCertificateOfAKubeconfig() throws IOException {
        for (String key : List.of(issued.keyPem(), issued.traditionalKeyPem())) {
            X509KeyManager manager = (X509KeyManager) client(key).getKeyManagers()[0];

            String alias = manager.chooseClientAlias(new String[] {"EC"}, null, null);
            assertThat(manager.getCertificateChain(alias)).containsExactly(issued.certificate());
            assertThat(manager.getPrivateKey(alias)).isEqualTo(issued.keys().getPrivate());
        }
    }

    @Test
    void saysWhatIsWrongWithTheClientCertificateOfAKubeconfig() {
        assertThatThrownBy(() -> client(authority.issue().keyPem()))
                .hasMessage(
                        "kubeconfig: cannot use TLS client key: it is damaged or does not belong to the certificate");
        assertThatThrownBy(() -> client("no key"))
                .hasMessageContaining("client key: it contains no private key in PEM format");
    }

    private ApiClient client(String key) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "apiVersion: v1",
                "current-context: c",
                "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]",
                "contexts: [{name: c, context: {cluster: c, user: u}}]"));
        lines.add("users: [{name: u, user: {client-certificate-data: %s, client-key-data: '%s'}}]"
                .formatted(base64(issued.certificatePem()), base64(key)));
        return ClientBuilder.kubeconfig(KubeConfig.loadKubeConfig(new StringReader(String.join("\n", lines))))
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
