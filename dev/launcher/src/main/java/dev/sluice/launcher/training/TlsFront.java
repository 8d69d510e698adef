package dev.sluice.launcher.training;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Terminates TLS in front of the in-memory API, so that the training run records the classes of a TLS client: API
 * servers of clusters have TLS.
 */
final class TlsFront implements Closeable {

    private static final char[] PASSWORD = "training".toCharArray();
    private static final String ALIAS = "api";

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        return thread;
    });
    private final SSLServerSocket listener;
    private final URI api;
    private final String authority;

    private TlsFront(SSLServerSocket listener, URI api, String authority) {
        this.listener = listener;
        this.api = api;
        this.authority = authority;
    }

    /** @param scratch directory for the key */
    static TlsFront start(URI api, Path scratch) throws IOException, InterruptedException {
        Path store = scratch.resolve("api.p12");
        createKey(store);
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            SSLServerSocket listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
            String pem = "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder()
                            .encodeToString(keys.getCertificate(ALIAS).getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            TlsFront front = new TlsFront(listener, api, pem);
            front.threads.execute(front::accept);
            return front;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot create a TLS server for the training run", e);
        }
    }

    private static void createKey(Path store) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                ALIAS,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=api",
                "-ext",
                "san=ip:127.0.0.1");
        Process process = new ProcessBuilder(command).inheritIO().start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed with code " + process.exitValue());
        }
    }

    void writeKubeconfig(Path file) throws IOException {
        String data = Base64.getEncoder().encodeToString(authority.getBytes(StandardCharsets.US_ASCII));
        Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: training
                clusters: [{name: training, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                users: [{name: training, user: {token: training}}]
                contexts: [{name: training, context: {cluster: training, user: training}}]
                """.formatted(listener.getLocalPort(), data));
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket target = new Socket(InetAddress.getLoopbackAddress(), api.getPort());
                threads.execute(() -> copy(client, target));
                threads.execute(() -> copy(target, client));
            }
        } catch (IOException closed) {
            threads.shutdownNow();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException ended) {
            // either side closed its connection
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
