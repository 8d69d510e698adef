package dev.sluice.kubeapi.discovery;

import dev.sluice.kubeapi.resource.Endpoint;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** A name for the form in which objects are stored: clients compare it, nobody reads it. */
final class StorageVersionHash {

    private StorageVersionHash() {}

    static String of(Endpoint endpoint) {
        String text = endpoint.storageName() + "/" + endpoint.kind();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
