package dev.sluice.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A Git host with one repository, which {@code git http-backend} serves. */
final class GitHost implements AutoCloseable {

    private static final String REPOSITORY = "fleet";
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final Path directory;
    private final Path workTree;
    private final HttpServer server;

    private GitHost(Path directory) throws IOException {
        this.directory = directory;
        workTree = directory.resolve(REPOSITORY);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    /** Skips the test, with a line on standard output, if git cannot serve repositories. */
    static GitHost orSkip(Path directory) throws IOException {
        if (!canServe()) {
            System.out.println("git http-backend not found; source-controller is not tested with Sluice");
            Assumptions.abort("git http-backend not found; install git");
        }
        GitHost host = new GitHost(directory);
        Tool.run(List.of("git", "init", "--quiet", "--initial-branch=main", host.workTree.toString()))
                .orFail();
        host.server.start();
        return host;
    }

    private static boolean canServe() {
        return Tool.isAvailable("git")
                && Files.isExecutable(Path.of(
                        Tool.run(List.of("git", "--exec-path"))
                                .orFail()
                                .output()
                                .strip(),
                        "git-http-backend"));
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + REPOSITORY;
    }

    /** Commits files to the branch {@code main} and returns the revision as source-controller writes it. */
    String commit(Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = workTree.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git("add", "--all");
        git(
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false",
                "commit",
                "--quiet",
                "--message=change");
        return "main@sha1:" + git("rev-parse", "HEAD").strip();
    }

    private String git(String... arguments) {
        return Tool.run(Stream.concat(Stream.of("git", "-C", workTree.toString()), Stream.of(arguments))
                        .toList())
                .orFail()
                .output();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try {
            send(exchange, runBackend(exchange));
        } finally {
            exchange.close();
        }
    }

    private byte[] runBackend(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        ProcessBuilder backend = new ProcessBuilder("git", "http-backend").redirectError(Redirect.DISCARD);
        backend.environment()
                .putAll(Map.of(
                        "GIT_PROJECT_ROOT", directory.toString(),
                        "GIT_HTTP_EXPORT_ALL", "1",
                        "REQUEST_METHOD", exchange.getRequestMethod(),
                        "PATH_INFO", uri.getPath(),
                        "QUERY_STRING", Objects.requireNonNullElse(uri.getRawQuery(), ""),
                        "CONTENT_TYPE", header(exchange, "Content-Type"),
                        "HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding")));
        Process process = backend.start();
        try (OutputStream input = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(input);
        }
        return process.getInputStream().readAllBytes();
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }

    /** Sends the output of a CGI program: headers, an empty line and the body. */
    private static void send(HttpExchange exchange, byte[] output) throws IOException {
        String text = new String(output, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEADERS);
        int status = 200;
        for (String line : text.substring(0, end).split("\r\n", -1)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(header[0], header[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        exchange.getResponseBody().write(Arrays.copyOfRange(output, end + END_OF_HEADERS.length(), output.length));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
