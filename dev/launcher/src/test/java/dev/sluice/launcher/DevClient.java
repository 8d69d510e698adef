package dev.sluice.launcher;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Inspects a running {@code ./sluice dev} through the Kubernetes API and by downloading artifacts. */
final class DevClient {

    private static final String ARTIFACTS = "/apis/source.toolkit.fluxcd.io/v1/namespaces/default/externalartifacts";
    private static final String GENERATORS =
            "/apis/source.extensions.fluxcd.io/v1beta1/namespaces/default/artifactgenerators";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int apiPort;

    DevClient(int apiPort) {
        this.apiPort = apiPort;
    }

    /** Returns the artifacts of all ExternalArtifacts that have one, by object name. */
    Map<String, JsonObject> externalArtifacts() throws IOException, InterruptedException {
        Map<String, JsonObject> artifacts = new TreeMap<>();
        HttpResponse<String> response = http.send(api(ARTIFACTS).build(), BodyHandlers.ofString());
        JsonObject list = JsonParser.parseString(response.body()).getAsJsonObject();
        for (JsonElement item : list.getAsJsonArray("items")) {
            JsonObject object = item.getAsJsonObject();
            JsonObject status = object.getAsJsonObject("status");
            if (status != null && status.has("artifact")) {
                String name = object.getAsJsonObject("metadata").get("name").getAsString();
                artifacts.put(name, status.getAsJsonObject("artifact"));
            }
        }
        return artifacts;
    }

    Map<String, String> revisions(Iterable<String> names) throws IOException, InterruptedException {
        Map<String, String> revisions = new TreeMap<>();
        for (String name : names) {
            revisions.put(name, revision(name));
        }
        return revisions;
    }

    String revision(String name) throws IOException, InterruptedException {
        return artifact(name).get("revision").getAsString();
    }

    /** Downloads and extracts an artifact; returns file content by path. */
    Map<String, String> download(String name, Path temp) throws IOException, InterruptedException {
        URI url = URI.create(artifact(name).get("url").getAsString());
        HttpRequest request =
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        Path unpacked = Files.createTempDirectory(temp, name);
        try (InputStream body = response.body();
                SpoolFile spool = SpoolFile.create(unpacked.resolve("spool"))) {
            if (response.statusCode() != 200) {
                throw new IOException("GET %s: HTTP %d".formatted(url, response.statusCode()));
            }
            FileTree tree = TarGzReader.index(body, spool, UnpackOptions.untrusted());
            DirectoryTree.write(tree, unpacked.resolve("tree"));
        }
        return files(unpacked.resolve("tree"));
    }

    void deleteGenerator(String name) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(api(GENERATORS + "/" + name).DELETE().build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("DELETE %s: HTTP %d: %s".formatted(name, response.statusCode(), response.body()));
        }
    }

    /** Returns the content of all files below a directory, by path. */
    static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                contents.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private JsonObject artifact(String name) throws IOException, InterruptedException {
        JsonObject artifact = externalArtifacts().get(name);
        if (artifact == null) {
            throw new AssertionError("ExternalArtifact %s has no artifact".formatted(name));
        }
        return artifact;
    }

    private HttpRequest.Builder api(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .timeout(Duration.ofSeconds(10));
    }
}
