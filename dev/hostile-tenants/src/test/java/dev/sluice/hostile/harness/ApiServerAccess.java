package dev.sluice.hostile.harness;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * How to connect to an API server.
 *
 * @param authority certificate of the authority to trust; empty with plain HTTP
 * @param token the account's bearer token; empty if the server does not authenticate
 */
record ApiServerAccess(URI server, Optional<byte[]> authority, String token) {

    static ApiServerAccess ofKubeconfig(Path kubeconfig) throws IOException {
        Map<String, Object> config =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(kubeconfig));
        Map<?, ?> cluster = first(config, "clusters", "cluster");
        Map<?, ?> user = first(config, "users", "user");
        Optional<byte[]> authority = Optional.ofNullable(cluster.get("certificate-authority-data"))
                .map(data -> Base64.getDecoder().decode(String.valueOf(data)));
        String token = user.containsKey("token") ? String.valueOf(user.get("token")) : "";
        return new ApiServerAccess(URI.create(String.valueOf(cluster.get("server"))), authority, token);
    }

    private static Map<?, ?> first(Map<String, Object> config, String list, String element) {
        List<?> all = (List<?>) Objects.requireNonNull(config.get(list));
        return (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) all.get(0)).get(element));
    }

    ApiServerAccess as(String otherToken) {
        return new ApiServerAccess(server, authority, otherToken);
    }

    SSLContext tls() {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            if (authority.isPresent()) {
                trusted.setCertificateEntry(
                        "authority",
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(authority.get())));
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot trust the certificate of " + server, e);
        }
    }
}
